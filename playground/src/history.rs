//! Undo and redo: whole states, not inverse commands.
//!
//! A state is the scenario and what the reader broke and mended in it. What the timeline of a
//! scenario breaks is no part of it, because that is no step of the reader's. Documents are shared,
//! so a state costs a few pointers; the list is bounded.

use std::rc::Rc;

use diagram::Document;
use simulator::{Condition, SimTime};

use crate::by_name::ByName;
use crate::kept::Slot;

const MOST_STATES: usize = 200;

/// The nodes that are not as they should be.
pub type Faults = ByName<Condition>;

/// The condition that the reader put a node into.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Put {
    /// Which.
    pub condition: Condition,
    /// When: what the timeline does to the node later counts more.
    pub at: SimTime,
}

/// What undo returns to.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The scenario.
    pub document: Rc<Document>,
    /// What the reader broke and mended.
    pub puts: ByName<Put>,
    /// The scenario that the work began with.
    pub authored: Rc<Document>,
    /// Where the work is kept.
    pub slot: Slot,
}

impl State {
    /// The beginning of work on `document`.
    #[must_use]
    pub fn new(document: Rc<Document>, slot: Slot) -> Self {
        Self {
            authored: Rc::clone(&document),
            document,
            puts: ByName::default(),
            slot,
        }
    }
}

/// The present state with everything before and after it.
#[derive(Clone, Debug)]
pub struct History {
    past: Vec<State>,
    present: State,
    future: Vec<State>,
    // Changes under the same key in a row are one step: a slider that is dragged, for instance.
    merging: Option<String>,
}

impl History {
    /// A history with nothing to undo.
    #[must_use]
    pub fn new(present: State) -> Self {
        Self {
            past: Vec::new(),
            present,
            future: Vec::new(),
            merging: None,
        }
    }

    /// The present state.
    #[must_use]
    pub fn present(&self) -> &State {
        &self.present
    }

    /// Whether there is anything to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is anything to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Makes `state` the present one. Consecutive changes under the same `key` become one step.
    pub fn record(&mut self, state: State, key: Option<&str>) {
        if state == self.present {
            return;
        }
        let continues = key.is_some() && self.merging.as_deref() == key;
        let before = std::mem::replace(&mut self.present, state);
        if !continues {
            self.past.push(before);
            if self.past.len() > MOST_STATES {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.merging = key.map(str::to_owned);
    }

    /// Ends a series of changes that count as one.
    pub fn settle(&mut self) {
        self.merging = None;
    }

    /// Takes over what became of the scenario in the run: not a step of the reader's.
    pub fn follow(&mut self, document: Rc<Document>) {
        self.present.document = document;
    }

    /// Takes over when the reader's faults were put there again: not a step either.
    pub fn amend(&mut self, puts: ByName<Put>) {
        self.present.puts = puts;
    }

    /// Goes one step back.
    pub fn undo(&mut self) -> Option<&State> {
        let before = self.past.pop()?;
        self.future
            .push(std::mem::replace(&mut self.present, before));
        self.merging = None;
        Some(&self.present)
    }

    /// Goes one step forward again.
    pub fn redo(&mut self) -> Option<&State> {
        let after = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.present, after));
        self.merging = None;
        Some(&self.present)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(seed: u64) -> State {
        let document = Document::default_playground().with_seed(seed);
        State::new(Rc::new(document), Slot::Own)
    }

    fn history() -> History {
        History::new(state(1))
    }

    #[test]
    fn undo_and_redo_walk_the_same_way() {
        let mut history = history();
        history.record(state(2), None);
        history.record(state(3), None);
        assert_eq!(history.undo(), Some(&state(2)));
        assert_eq!(history.undo(), Some(&state(1)));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo(), Some(&state(2)));
        assert_eq!(history.redo(), Some(&state(3)));
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn a_new_change_forgets_what_was_undone() {
        let mut history = history();
        history.record(state(2), None);
        history.undo();
        history.record(state(3), None);
        assert!(!history.can_redo());
        assert_eq!(history.undo(), Some(&state(1)));
    }

    #[test]
    fn a_dragged_slider_is_one_step_until_it_settles() {
        let mut history = history();
        history.record(state(2), Some("load"));
        history.record(state(3), Some("load"));
        history.settle();
        history.record(state(4), Some("load"));
        assert_eq!(history.undo(), Some(&state(3)));
        assert_eq!(history.undo(), Some(&state(1)));
    }

    #[test]
    fn a_change_that_changes_nothing_is_no_step() {
        let mut history = history();
        history.record(state(1), None);
        assert!(!history.can_undo());
    }

    #[test]
    fn the_list_is_bounded() {
        let mut history = history();
        for seed in 2..1_000 {
            history.record(state(seed), None);
        }
        let mut n_steps = 0;
        while history.undo().is_some() {
            n_steps += 1;
        }
        assert_eq!(n_steps, MOST_STATES);
    }
}
