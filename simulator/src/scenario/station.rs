//! How workers and their queue treat calls: order of service, overload, the machine that they run on.
//!
//! What servers and databases have in common. Every default is the plain station: first in, first
//! out, nobody turned away before the queue is full, speed 1.

use crate::time::SimDuration;

/// Who is served next, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discipline {
    /// First in, first out.
    #[default]
    Fifo,
    /// Last in, first out: under overload some are served at once, instead of all too late.
    Lifo,
    /// First in, first out, but last in, first out as long as the queue has not been empty for the
    /// interval (Maurer 2015, "Fail at scale", ACM Queue 13 (8)).
    AdaptiveLifo {
        /// More than 0, at most 1 h. 100 ms at Facebook.
        interval: SimDuration,
    },
    /// The most important request first, of equally important ones the first in. Nobody is
    /// interrupted. Classes from [`CLASSES`] on count as the last one.
    Priority,
    /// Processor sharing: all are served at once, and the workers' time is shared out equally, so that
    /// of `n` calls at `c` workers each progresses at the speed 1 or `c / n`, whichever is less.
    Sharing {
        /// How many are served at once, 1 to 100,000; the others wait in the queue. `None`: as many as
        /// there are workers and places in the queue, and nobody waits.
        most: Option<u32>,
    },
}

/// How many classes of importance are told apart.
pub const CLASSES: usize = 4;

/// What is done about calls that will probably be too late, besides the queue's limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overload {
    /// Whether a call that nobody waits for any more is dropped when a worker would begin it. Otherwise
    /// it is worked on for nobody.
    pub drops_expired: bool,
    /// How long calls may wait, looked at when a worker would begin them; `None` for ever.
    pub wait_limit: Option<WaitLimit>,
    /// How many may be inside at once, those included that wait for queries: 1 to 1,000,000; `None` for
    /// any number.
    pub most_inside: Option<u32>,
    /// Who is turned away before he waits in vain.
    pub shedding: Shedding,
}

/// A limit on the wait that becomes strict as long as the queue stands ("controlled delay": Nichols and
/// Jacobson 2012; as used for requests by Maurer 2015, "Fail at scale", ACM Queue 13 (8)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitLimit {
    /// How long the queue may go without being empty, and how long a call may wait until then: more
    /// than 0, at most 1 h. 100 ms at Facebook.
    pub interval: SimDuration,
    /// How long a call may wait that comes later: more than 0, at most the interval. 5 ms at
    /// Facebook.
    pub target: SimDuration,
}

/// Who is turned away before he waits in vain.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Shedding {
    /// Nobody: whoever comes to a full queue has to go.
    #[default]
    Off,
    /// From a full queue the least important has to go, of these the last; the newcomer takes the
    /// place. If he is no more important himself, he has to go.
    LeastImportant,
    /// While the workers' utilisation in the last whole window is `above`, newcomers are turned away.
    Utilisation {
        /// From which utilisation on: more than 0, at most 1.
        above: f64,
        /// Over how long it is measured, and how old it may be: 10 ms to 1 h.
        window: SimDuration,
        /// So many of the most important classes are always let in, 0 to 3.
        spared: u8,
    },
}

/// The machine that the workers run on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// Services take their time divided by this: 0.01 to 100. 1 is the machine for which the service
    /// times are given.
    pub speed: f64,
    /// How long it refuses connections before it works, after it was added to a running system or
    /// healed: at most 1 h. The first nodes of a run are ready at once.
    pub boot_time: SimDuration,
    /// Pauses in which nothing goes on, as those of a garbage collector; `None` for no pauses.
    pub pauses: Option<Pauses>,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            speed: 1.0,
            boot_time: SimDuration::ZERO,
            pauses: None,
        }
    }
}

/// Pauses that come regularly; when the first one comes is drawn from the node's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pauses {
    /// From the beginning of one to the beginning of the next: 1 ms to 1 h.
    pub every: SimDuration,
    /// How long each is: more than 0, at most nine tenths of that.
    pub length: SimDuration,
}

const HOUR: SimDuration = SimDuration::from_secs(3_600);

/// The checks of these parameters: whether each is in range, its name, its range.
pub(super) fn checks(
    discipline: Discipline,
    overload: &Overload,
    machine: &Machine,
) -> Vec<(bool, &'static str, &'static str)> {
    let is_span = |span: SimDuration| !span.is_zero() && span <= HOUR;
    let interval = match discipline {
        Discipline::AdaptiveLifo { interval } => is_span(interval),
        _ => true,
    };
    let most = match discipline {
        Discipline::Sharing { most } => most.is_none_or(|most| (1..=100_000).contains(&most)),
        _ => true,
    };
    let limit = overload.wait_limit;
    let (above, window, spared) = match overload.shedding {
        Shedding::Utilisation {
            above,
            window,
            spared,
        } => (
            0.0 < above && above <= 1.0,
            (SimDuration::from_millis(10)..=HOUR).contains(&window),
            usize::from(spared) < CLASSES,
        ),
        Shedding::Off | Shedding::LeastImportant => (true, true, true),
    };
    let pauses = machine.pauses;
    vec![
        (interval, "interval", "more than 0, at most 1 h"),
        (most, "most", "1 to 100,000"),
        (
            limit.is_none_or(|limit| is_span(limit.interval)),
            "wait_limit.interval",
            "more than 0, at most 1 h",
        ),
        (
            limit.is_none_or(|limit| !limit.target.is_zero() && limit.target <= limit.interval),
            "wait_limit.target",
            "more than 0, at most the interval",
        ),
        (
            overload
                .most_inside
                .is_none_or(|most| (1..=1_000_000).contains(&most)),
            "most_inside",
            "1 to 1,000,000",
        ),
        (above, "above", "more than 0, at most 1"),
        (window, "window", "10 ms to 1 h"),
        (spared, "spared", "0 to 3"),
        (
            (0.01..=100.0).contains(&machine.speed),
            "speed",
            "0.01 to 100",
        ),
        (machine.boot_time <= HOUR, "boot_time", "at most 1 h"),
        (
            pauses.is_none_or(|it| (SimDuration::from_millis(1)..=HOUR).contains(&it.every)),
            "pauses.every",
            "1 ms to 1 h",
        ),
        (
            pauses.is_none_or(|it| {
                let longest = SimDuration::from_nanos(it.every.as_nanos() / 10).saturating_mul(9);
                !it.length.is_zero() && it.length <= longest
            }),
            "pauses.length",
            "more than 0, at most nine tenths of the period",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(discipline: Discipline, overload: Overload, machine: Machine, wrong: &[&str]) {
        let faults = checks(discipline, &overload, &machine)
            .into_iter()
            .filter(|check| !check.0)
            .map(|check| check.1);
        assert_eq!(faults.collect::<Vec<_>>(), wrong);
    }

    #[test]
    fn ranges_are_checked() {
        let (plain, works) = (Overload::default(), Machine::default());
        let (zero, second) = (SimDuration::ZERO, SimDuration::from_secs(1));
        check(Discipline::Fifo, plain, works, &[]);
        let interval = zero;
        check(
            Discipline::AdaptiveLifo { interval },
            plain,
            works,
            &["interval"],
        );
        let most = Some(0);
        check(Discipline::Sharing { most }, plain, works, &["most"]);
        let limit = |interval, target| Overload {
            wait_limit: Some(WaitLimit { interval, target }),
            ..plain
        };
        check(Discipline::Fifo, limit(second, second), works, &[]);
        check(
            Discipline::Fifo,
            limit(zero, second),
            works,
            &["wait_limit.interval", "wait_limit.target"],
        );
        let shedding = |above, window, spared| Overload {
            most_inside: Some(0),
            shedding: Shedding::Utilisation {
                above,
                window,
                spared,
            },
            ..plain
        };
        check(
            Discipline::Fifo,
            shedding(1.0, second, 3),
            works,
            &["most_inside"],
        );
        check(
            Discipline::Fifo,
            shedding(f64::NAN, zero, 4),
            works,
            &["most_inside", "above", "window", "spared"],
        );
        let machine = |speed, boot_time, every, length| Machine {
            speed,
            boot_time,
            pauses: Some(Pauses { every, length }),
        };
        let tenth = SimDuration::from_millis(100);
        check(
            Discipline::Fifo,
            plain,
            machine(0.01, HOUR, second, tenth),
            &[],
        );
        check(
            Discipline::Fifo,
            plain,
            machine(0.0, HOUR + second, zero, zero),
            &["speed", "boot_time", "pauses.every", "pauses.length"],
        );
        check(
            Discipline::Fifo,
            plain,
            machine(f64::INFINITY, zero, second, second),
            &["speed", "pauses.length"],
        );
    }
}
