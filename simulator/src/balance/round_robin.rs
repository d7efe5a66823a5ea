//! Round robin: each target in turn.

/// Remembers whose turn it was.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoundRobin {
    last: Option<u32>,
    /// Where `last` stood among the eligible ones; a hint that saves the search while nobody joins
    /// or leaves.
    place: usize,
}

impl RoundRobin {
    /// The next one of `eligible` (ascending) after the last choice, then from the beginning again.
    /// Whoever joins or leaves, the turn goes on where it was.
    pub(crate) fn choose(&mut self, eligible: &[u32]) -> Option<u32> {
        let next = match self.last {
            None => 0,
            Some(last) if eligible.get(self.place) == Some(&last) => self.place + 1,
            Some(last) => eligible.partition_point(|&target| target <= last),
        };
        self.place = if next < eligible.len() { next } else { 0 };
        let chosen = eligible.get(self.place).copied()?;
        self.last = Some(chosen);
        Some(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_turn_and_the_turn_survives_joins_and_leaves() {
        let mut turns = RoundRobin::default();
        for (eligible, chosen) in [
            (&[1, 4, 9][..], Some(1)),
            (&[1, 4, 9], Some(4)),
            // The one whose turn it was leaves; the next one is next all the same.
            (&[1, 9], Some(9)),
            (&[1, 9], Some(1)),
            // One joins behind and one in front.
            (&[0, 1, 2, 9], Some(2)),
            (&[0, 1, 2, 9], Some(9)),
            (&[0, 1, 2, 9], Some(0)),
            (&[], None),
            (&[0, 1, 2, 9], Some(1)),
            (&[1], Some(1)),
            (&[1], Some(1)),
        ] {
            assert_eq!(turns.choose(eligible), chosen, "{eligible:?}");
        }
    }
}
