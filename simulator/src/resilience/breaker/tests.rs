use super::*;
use BreakerState::{Closed, HalfOpen, Open};

/// What happens to a breaker in a table.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A call is let through.
    Call,
    /// A call is refused.
    Refused,
    /// The oldest call that has not ended succeeds.
    Success,
    /// The oldest call that has not ended fails.
    Failure,
    /// The oldest call that has not ended is cancelled.
    Abandoned,
    /// Nothing; only the state is looked at.
    Look,
}
use Step::{Abandoned, Call, Failure, Look, Refused, Success};

const IN_A_ROW: BreakerPolicy = BreakerPolicy {
    trip: Trip::Consecutive { failures: 2 },
    open_for: SimDuration::from_secs(10),
    probes: 2,
};

const SHARE: BreakerPolicy = BreakerPolicy {
    trip: Trip::FailureShare {
        share: 0.5,
        minimum: 4,
        window: SimDuration::from_secs(10),
    },
    ..IN_A_ROW
};

/// Each row: at which second, what, and the state after it.
#[track_caller]
fn check(policy: BreakerPolicy, rows: &[(u64, Step, BreakerState)]) {
    let (mut breaker, mut calls) = (Breaker::new(policy), Vec::new());
    for (row, &(seconds, step, state)) in rows.iter().enumerate() {
        let now = SimTime::from_secs(seconds);
        match step {
            Call => calls.push(breaker.try_call(now).expect("let through")),
            Refused => assert_eq!(breaker.try_call(now), None, "row {row}"),
            Success => breaker.on_end(now, calls.remove(0), true),
            Failure => breaker.on_end(now, calls.remove(0), false),
            Abandoned => breaker.on_abandoned(calls.remove(0)),
            Look => {}
        }
        assert_eq!(
            breaker.state(now),
            state,
            "row {row}: {step:?} at {seconds} s"
        );
    }
}

#[test]
fn failures_in_a_row_open_it_and_successful_probes_close_it() {
    check(
        IN_A_ROW,
        &[
            (0, Call, Closed),
            (1, Failure, Closed),
            (1, Call, Closed),
            (2, Success, Closed),
            // The success in between began a new row.
            (2, Call, Closed),
            (3, Failure, Closed),
            (3, Call, Closed),
            (4, Failure, Open),
            (4, Refused, Open),
            (13, Refused, Open),
            (14, Look, HalfOpen),
            (14, Call, HalfOpen),
            (14, Call, HalfOpen),
            (15, Refused, HalfOpen),
            (16, Success, HalfOpen),
            (16, Refused, HalfOpen),
            (17, Success, Closed),
            (17, Call, Closed),
            // The row before it opened is forgotten.
            (18, Failure, Closed),
        ],
    );
}

#[test]
fn one_failed_probe_opens_it_for_the_whole_time_again() {
    check(
        IN_A_ROW,
        &[
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Failure, Closed),
            (0, Failure, Open),
            (10, Call, HalfOpen),
            (10, Call, HalfOpen),
            (11, Success, HalfOpen),
            (12, Failure, Open),
            (21, Refused, Open),
            (22, Call, HalfOpen),
        ],
    );
}

#[test]
fn calls_from_before_a_change_of_state_do_not_count() {
    check(
        IN_A_ROW,
        &[
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (1, Failure, Closed),
            (1, Failure, Open),
            (2, Failure, Open),
            (3, Success, Open),
            (11, Look, HalfOpen),
            (11, Failure, HalfOpen),
            (11, Call, HalfOpen),
            (12, Success, HalfOpen),
        ],
    );
    // Open from second 1 and not from second 2: the third failure has not prolonged it.
}

#[test]
fn a_cancelled_probe_makes_room_for_another() {
    check(
        IN_A_ROW,
        &[
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Failure, Closed),
            (0, Failure, Open),
            // Cancelled, but from before.
            (10, Look, HalfOpen),
            (10, Abandoned, HalfOpen),
            (10, Call, HalfOpen),
            (10, Call, HalfOpen),
            (10, Refused, HalfOpen),
            (11, Abandoned, HalfOpen),
            (11, Call, HalfOpen),
            (11, Refused, HalfOpen),
            (12, Success, HalfOpen),
            (12, Success, Closed),
        ],
    );
}

#[test]
fn a_share_of_failures_opens_it_once_enough_calls_ended() {
    check(
        SHARE,
        &[
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (1, Failure, Closed),
            (1, Failure, Closed),
            (1, Success, Closed),
            // The fourth completes the minimum: two of four.
            (1, Success, Open),
            (11, Call, HalfOpen),
            (11, Call, HalfOpen),
            (11, Success, HalfOpen),
            (11, Success, Closed),
            // What was counted before is forgotten.
            (12, Call, Closed),
            (12, Failure, Closed),
        ],
    );
}

#[test]
fn old_calls_leave_the_window() {
    check(
        SHARE,
        &[
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Call, Closed),
            (0, Failure, Closed),
            (0, Failure, Closed),
            (0, Failure, Closed),
            // Ten seconds later they do not count any more, and three are too few.
            (10, Failure, Closed),
            (10, Failure, Closed),
            (10, Failure, Closed),
            (19, Call, Closed),
            // At the end of the window the three still count.
            (19, Success, Open),
        ],
    );
}

#[test]
fn ranges_are_checked() {
    let names = |policy: BreakerPolicy| {
        let faults = policy.check();
        faults
            .iter()
            .map(|fault| fault.parameter)
            .collect::<Vec<_>>()
    };
    assert!(names(IN_A_ROW).is_empty() && names(SHARE).is_empty());
    let faulty = |trip| BreakerPolicy {
        trip,
        open_for: SimDuration::ZERO,
        probes: 0,
    };
    let row = faulty(Trip::Consecutive { failures: 0 });
    assert_eq!(names(row), ["failures", "open_for", "probes"]);
    let share = faulty(Trip::FailureShare {
        share: f64::NAN,
        minimum: 0,
        window: SimDuration::MAX,
    });
    assert_eq!(
        names(share),
        ["share", "minimum", "window", "open_for", "probes"]
    );
}
