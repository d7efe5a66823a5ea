//! What crosses links without latency.

use std::collections::VecDeque;

use crate::call::NONE;

/// Calls and answers that arrive at this very moment, before anything else happens; the first one out is
/// the first one in.
#[derive(Clone, Debug)]
pub(super) struct HandOvers {
    /// Mostly there is one at most.
    first: u32,
    others: VecDeque<u32>,
}

impl Default for HandOvers {
    fn default() -> Self {
        Self {
            first: NONE,
            others: VecDeque::new(),
        }
    }
}

impl HandOvers {
    pub(super) fn push(&mut self, call: u32) {
        if self.first == NONE && self.others.is_empty() {
            self.first = call;
        } else {
            self.others.push_back(call);
        }
    }

    pub(super) fn pop(&mut self) -> Option<u32> {
        match std::mem::replace(&mut self.first, NONE) {
            NONE => self.others.pop_front(),
            first => Some(first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_leave_in_the_order_in_which_they_came() {
        let mut hand_overs = HandOvers::default();
        let (mut pushed, mut popped) = (0, 0);
        for round in 1..6 {
            for _ in 0..round {
                hand_overs.push(pushed);
                pushed += 1;
            }
            for _ in 0..round / 2 + 1 {
                assert_eq!(hand_overs.pop(), Some(popped));
                popped += 1;
            }
        }
        while let Some(call) = hand_overs.pop() {
            assert_eq!(call, popped);
            popped += 1;
        }
        assert_eq!(popped, pushed);
    }
}
