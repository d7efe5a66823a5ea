//! Bytes read as decisions.

/// Bytes from which decisions are taken, one after the other; zeros when they are used up.
pub(crate) struct Bytes<'d> {
    rest: &'d [u8],
}

impl<'d> Bytes<'d> {
    /// Decisions out of `data`.
    pub(crate) const fn new(data: &'d [u8]) -> Self {
        Self { rest: data }
    }

    /// Whether something is left.
    pub(crate) const fn has_more(&self) -> bool {
        !self.rest.is_empty()
    }

    /// A number from 0 to 255.
    pub(crate) fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&first, rest)) => {
                self.rest = rest;
                first
            }
            None => 0,
        }
    }

    /// One of `choices`, of which there is at least one.
    pub(crate) fn pick<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        &choices[usize::from(self.byte()) % choices.len()]
    }
}
