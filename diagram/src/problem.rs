//! What is wrong with a text, and where.

use std::fmt;
use std::ops::Range;

/// More problems than this help nobody, and none beyond them is looked into.
pub(crate) const MAX_PROBLEMS: usize = 100;

/// One fault of a document. All faults of a text are reported together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the text that are at fault.
    pub span: Range<usize>,
    /// The path inside the document: `nodes.web.workers`. Empty for the text as a whole.
    pub at: String,
    /// What is wrong, in plain words.
    pub message: String,
    /// What to write instead, where that can be guessed.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}
