//! Old news: a copy of the loads that is refreshed now and then.

use crate::time::{SimDuration, SimTime};

/// The loads as a balancer knows them that hears of them only every so often.
///
/// Refreshed at whole multiples of the age, whatever the traffic (the periodic updates of
/// Mitzenmacher 2000, "How useful is old information?"), strictly speaking at the first choice after
/// each of them. A target that joined meanwhile is thought to be idle.
#[derive(Clone, Debug, Default)]
pub(crate) struct StaleLoad {
    copy: Vec<u32>,
    /// The next refresh.
    next: SimTime,
}

impl StaleLoad {
    /// What is known at `now` of the loads `live` with an `age` that may be zero for "everything".
    pub(crate) fn view<'a>(
        &'a mut self,
        age: SimDuration,
        now: SimTime,
        live: &'a [u32],
    ) -> &'a [u32] {
        if age.is_zero() {
            return live;
        }
        if now >= self.next {
            self.copy.clear();
            self.copy.extend_from_slice(live);
            let periods = now.as_nanos() / age.as_nanos() + 1;
            self.next = SimTime::from_nanos(periods.saturating_mul(age.as_nanos()));
        }
        &self.copy
    }

    /// The age was edited: the next view is a fresh one.
    pub(crate) fn refresh(&mut self) {
        self.next = SimTime::ZERO;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_are_copied_at_multiples_of_the_age() {
        let (age, mut stale) = (SimDuration::from_millis(10), StaleLoad::default());
        for (millis, live, seen) in [
            (3, &[1, 1][..], &[1, 1][..]),
            (9, &[7, 7], &[1, 1]),
            (10, &[2, 3], &[2, 3]),
            (19, &[9, 9, 9], &[2, 3]),
            (47, &[4, 5, 6], &[4, 5, 6]),
            (49, &[0, 0, 0], &[4, 5, 6]),
            (50, &[8], &[8]),
        ] {
            let now = SimTime::ZERO + SimDuration::from_millis(millis);
            assert_eq!(stale.view(age, now, live), seen, "at {millis} ms");
        }
        let now = SimTime::ZERO + SimDuration::from_millis(51);
        assert_eq!(stale.view(SimDuration::ZERO, now, &[1, 2]), [1, 2]);
        assert_eq!(stale.view(age, now, &[1, 2]), [8]);
        stale.refresh();
        assert_eq!(stale.view(age, now, &[1, 2]), [1, 2]);
    }
}
