//! Which session is bound to which target.

use std::collections::BTreeMap;

use crate::time::{SimDuration, SimTime};

/// Sessions and their targets, for as long as they are used.
///
/// Those that have not been used for a lifetime are not found any more, and are dropped all at once
/// after at most another one, so that no session needs a timer of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions {
    /// Those used since the last turn, and those used in the lifetime before.
    young: BTreeMap<u64, Bound>,
    old: BTreeMap<u64, Bound>,
    next_turn: SimTime,
}

#[derive(Clone, Copy, Debug)]
struct Bound {
    target: u32,
    /// Until when, if it is not used again.
    until: SimTime,
}

impl Sessions {
    /// The target of a session.
    pub(super) fn find(&self, session: u64, now: SimTime) -> Option<u32> {
        let bound = self.young.get(&session).or_else(|| self.old.get(&session));
        bound
            .filter(|bound| now < bound.until)
            .map(|bound| bound.target)
    }

    /// A session uses its target, or is bound to another one.
    pub(super) fn bind(&mut self, session: u64, target: u32, now: SimTime, lifetime: SimDuration) {
        if now >= self.next_turn {
            self.old = std::mem::take(&mut self.young);
            self.next_turn = now + lifetime;
        }
        let until = now + lifetime;
        if self
            .young
            .insert(session, Bound { target, until })
            .is_none()
        {
            self.old.remove(&session);
        }
    }

    /// How many are remembered.
    pub(super) fn count(&self) -> usize {
        self.young.len() + self.old.len()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_stays_bound_for_a_lifetime_after_its_last_use() {
        let at = SimTime::from_secs;
        let lifetime = SimDuration::from_secs(10);
        let mut sessions = Sessions::default();
        sessions.bind(1, 7, at(0), lifetime);
        sessions.bind(2, 8, at(4), lifetime);
        assert_eq!(sessions.find(1, at(9)), Some(7));
        assert_eq!(sessions.find(1, at(10)), None);
        assert_eq!(sessions.find(2, at(13)), Some(8));
        // The turn comes; the second one is still found, the first one is of no use.
        sessions.bind(3, 9, at(12), lifetime);
        assert_eq!(sessions.find(2, at(13)), Some(8));
        assert_eq!(sessions.count(), 3);
        sessions.bind(2, 9, at(13), lifetime);
        assert_eq!(sessions.find(2, at(22)), Some(9));
        assert_eq!(sessions.count(), 3);
        // After another turn the first one is forgotten for good.
        sessions.bind(2, 9, at(22), lifetime);
        assert_eq!(sessions.count(), 2);
        sessions.clear();
        assert_eq!((sessions.find(2, at(22)), sessions.count()), (None, 0));
    }
}
