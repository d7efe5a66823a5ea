//! The running simulation and the clock on the wall.
//!
//! A session advances the run to a target that follows from the wall time that has passed and from
//! the speed, within a budget per frame. Where the budget does not suffice the simulation falls
//! behind, and the speed that was reached is reported; events are never skipped. The clock is
//! handed in, so that tests decide what time it is.

use diagram::speed::Speed;
use diagram::{Document, Edit, EditError, Run};
use simulator::{Progress, SimDuration, SimTime, Step};

/// How long a frame may simulate, in milliseconds: a third of a frame at 60 per second.
pub const FRAME_BUDGET_MS: f64 = 6.0;
/// The same while the reader waits for "run to": nothing else moves meanwhile.
pub const FAST_BUDGET_MS: f64 = 12.0;
/// Events between two looks at the clock: about a tenth of a millisecond.
const CHUNK: u64 = 1_000;
/// A longer pause between two frames is not caught up with: the tab was hidden or the machine busy.
const LONGEST_FRAME_SECONDS: f64 = 0.1;
/// How slowly the reported speed follows the reached one, in seconds.
const PACE_MEMORY_SECONDS: f64 = 0.5;

/// A document being run at a speed.
pub struct Session {
    run: Run,
    speed: Speed,
    goal: Option<SimTime>,
    // The part of a nanosecond that the last frame left over.
    carry: f64,
    // Reached speed over wanted speed, smoothed; 1 while the simulation keeps up.
    pace: f64,
}

/// What one frame did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    /// Whether the moment set by [`Session::set_goal`] was reached in this frame.
    pub has_reached_goal: bool,
    /// Whether the budget ran out first.
    pub is_behind: bool,
}

impl Session {
    /// A session at the beginning of `document`'s run.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self {
            run: Run::watched(document),
            speed: document.speed(),
            goal: None,
            carry: 0.0,
            pace: 1.0,
        }
    }

    /// The run.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// How fast simulated time is meant to pass.
    #[must_use]
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// Changes the speed from now on.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
        self.forget_pace();
    }

    /// The speed that is really reached, where it is clearly less than the wanted one.
    #[must_use]
    pub fn reached_factor(&self) -> Option<f64> {
        (self.goal.is_none() && self.pace < 0.9).then(|| self.speed.factor() * self.pace)
    }

    /// Runs as fast as possible to `goal` from now on, instead of at the set speed.
    pub fn set_goal(&mut self, goal: Option<SimTime>) {
        self.goal = goal;
        self.forget_pace();
    }

    /// Starts again with `document` at time zero; the speed stays.
    pub fn restart(&mut self, document: &Document) {
        self.run = Run::watched(document);
        self.goal = None;
        self.forget_pace();
    }

    /// Carries out exactly one event.
    pub fn step(&mut self) -> Option<Step> {
        self.run.step()
    }

    /// Changes the running system at the present moment.
    ///
    /// # Errors
    /// The sentence for people, where the edit does not fit the system.
    pub fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        self.run.edit(edit)
    }

    /// Makes the running system become `document` at the present moment.
    pub fn set_document(&mut self, document: &Document) {
        self.run.set_document(document.clone());
    }

    /// Lets `seconds` of wall time pass, and simulates at most `budget_ms` as told by `clock`.
    pub fn advance(
        &mut self,
        seconds: f64,
        budget_ms: f64,
        clock: &mut dyn FnMut() -> f64,
    ) -> Advance {
        let began = clock();
        let seconds = seconds.clamp(0.0, LONGEST_FRAME_SECONDS);
        let start = self.run.now();
        let target = self.goal.unwrap_or_else(|| {
            let nanos = seconds * 1e9 * self.speed.factor() + self.carry;
            self.carry = nanos - nanos.floor();
            start + SimDuration::from_nanos_f64(nanos)
        });
        let is_behind = loop {
            if self.run.run_until(target, CHUNK) == Progress::Reached {
                break false;
            }
            if clock() - began >= budget_ms {
                break true;
            }
        };
        if is_behind {
            self.carry = 0.0;
        }
        self.observe_pace(seconds, target.since(start), self.run.now().since(start));
        let has_reached_goal = self.goal.is_some() && !is_behind;
        if has_reached_goal {
            self.goal = None;
            self.forget_pace();
        }
        Advance {
            has_reached_goal,
            is_behind,
        }
    }

    fn observe_pace(&mut self, seconds: f64, wanted: SimDuration, reached: SimDuration) {
        if wanted.is_zero() {
            return;
        }
        let share = reached.as_secs_f64() / wanted.as_secs_f64();
        let weight = (seconds / PACE_MEMORY_SECONDS).min(1.0);
        self.pace += (share - self.pace) * weight;
    }

    fn forget_pace(&mut self) {
        self.carry = 0.0;
        self.pace = 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUSY: &str = r#"
format = 1
speed = "real time"
[nodes.users]
kind = "clients"
rate = "20000/s"
[nodes.web]
kind = "server"
workers = 100
service-time = "2ms"
[[links]]
from = "users"
to = "web"
"#;

    fn session() -> Session {
        Session::new(&Document::parse(BUSY).expect("a valid scenario"))
    }

    /// A clock that shows one more millisecond at every look.
    fn ticking() -> impl FnMut() -> f64 {
        let mut time = 0.0;
        move || {
            time += 1.0;
            time
        }
    }

    #[test]
    fn a_frame_advances_by_wall_time_times_speed() {
        let mut session = session();
        session.set_speed(Speed::new(0.5));
        let advance = session.advance(0.016, 1e9, &mut || 0.0);
        assert_eq!(session.run().now(), SimTime::from_nanos(8_000_000));
        assert!(!advance.is_behind);
        assert_eq!(session.reached_factor(), None);
    }

    #[test]
    fn parts_of_nanoseconds_are_not_lost_between_frames() {
        let mut session = session();
        session.set_speed(Speed::SLOWEST);
        for _ in 0..1_000 {
            session.advance(0.000_001_5, 1e9, &mut || 0.0);
        }
        // 1000 frames of 1.5 ns of simulated time each; floats may owe the last one.
        let nanos = session.run().now().as_nanos();
        assert!((1_499..=1_500).contains(&nanos), "{nanos}");
    }

    #[test]
    fn a_long_pause_between_frames_is_not_caught_up_with() {
        let mut session = session();
        session.advance(3_600.0, 1e9, &mut || 0.0);
        assert_eq!(session.run().now(), SimTime::from_nanos(100_000_000));
    }

    #[test]
    fn a_spent_budget_falls_behind_and_reports_the_reached_speed() {
        let mut session = session();
        session.set_speed(Speed::FASTEST);
        for _ in 0..60 {
            let advance = session.advance(0.016, 3.0, &mut ticking());
            assert!(advance.is_behind);
        }
        let reached = session.reached_factor().expect("far behind");
        assert!(reached < Speed::FASTEST.factor() / 2.0, "{reached}");
    }

    #[test]
    fn falling_behind_skips_no_events() {
        let target = SimTime::from_nanos(50_000_000);
        let mut slow = session();
        slow.set_goal(Some(target));
        while !slow.advance(0.016, 1.0, &mut ticking()).has_reached_goal {}
        let mut fast = session();
        fast.set_goal(Some(target));
        assert!(fast.advance(0.016, 1e9, &mut || 0.0).has_reached_goal);
        let hash = |session: &Session| session.run().simulation().fingerprint();
        assert_eq!(hash(&slow), hash(&fast));
        assert_eq!(slow.run().now(), target);
    }

    #[test]
    fn frames_of_any_length_give_the_same_run() {
        let at = |frame: f64, n_frames: u32| {
            let mut session = session();
            for _ in 0..n_frames {
                session.advance(frame, 1e9, &mut || 0.0);
            }
            session.set_goal(Some(SimTime::from_nanos(400_000_000)));
            session.advance(0.0, 1e9, &mut || 0.0);
            session.run().simulation().fingerprint()
        };
        assert_eq!(at(0.1, 2), at(0.007, 31));
    }

    #[test]
    fn what_is_built_before_play_is_what_the_link_opens_and_speed_and_goal_stay() {
        let mut session = session();
        let goal = SimTime::from_nanos(50_000_000);
        session.set_speed(Speed::FASTEST);
        session.set_goal(Some(goal));
        let name = || "cache".to_owned();
        let kind = simulator::Kind::Database;
        session
            .edit(Edit::Add { name: name(), kind })
            .expect("free");
        let (name, x, y) = (name(), 4, 2);
        session
            .edit(Edit::Move { name, x, y })
            .expect("it is there");
        let shared = diagram::share::encode_run(session.run()).expect("it is small");
        let opened = diagram::share::decode(&shared.code);
        assert_eq!(opened.as_ref(), Ok(session.run().design()));
        assert!(session.advance(0.016, 1e9, &mut || 0.0).has_reached_goal);
        assert_eq!(session.run().now(), goal);
        assert_eq!(session.speed(), Speed::FASTEST);
    }
}
