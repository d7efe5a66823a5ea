//! From events of the browser to messages. No decisions about the system are made here.

pub mod keyboard;
pub mod pointer;
