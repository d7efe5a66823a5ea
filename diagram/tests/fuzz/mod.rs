//! What holds for any bytes whatever. Each function panics where it does not.
//!
//! `diagram/fuzz` lets libFuzzer search for such bytes; `tests/fuzz.rs` tries those that were found,
//! and some like them, on every machine.

pub(crate) mod bytes;
pub(crate) mod edits;
pub(crate) mod link;
pub(crate) mod scenario;
