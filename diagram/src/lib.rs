//! The shared document: scenario text, edits, layout, static pictures, share links.

pub mod control;
pub mod diff;
pub mod document;
pub mod edit;
pub mod kind;
pub mod name;
pub mod parameter;
mod parse;
mod problem;
pub mod quantity;
pub mod share;
pub mod speed;
mod suggestion;
pub mod wording;

pub use control::Control;
pub use diff::diff;
pub use document::{DiagramNode, Document, Timed, Variant};
pub use edit::{Edit, EditError};
pub use problem::Problem;
pub use speed::Speed;
