//! Where work is kept between two visits.
//!
//! The reader's own scenario and what came with a link lie in slots of their own: neither
//! overwrites the other.

/// A place for one scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slot {
    /// For what the reader built.
    #[default]
    Own,
    /// For what a link brought and the reader changed.
    Opened,
}

/// What the browser keeps, as far as the page knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whether there is a scenario of the reader's own.
    pub own: bool,
    /// What lies in the slot of links.
    pub opened: Opened,
    /// Whether the browser refused to keep the last change.
    pub is_refused: bool,
}

/// What lies in the slot of links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    #[default]
    Nothing,
    /// Work on an earlier link than the one that is shown; the next change replaces it.
    Earlier,
    /// Work on the last link that was opened.
    Last,
}
