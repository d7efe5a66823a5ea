//! What the terminal shows while commands run: a heading with the time since the start.

use std::time::{Duration, Instant};

/// The time since a command was typed.
pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Announces the next step.
    pub(crate) fn heading(&self, title: &str) {
        println!("\n[{}] {title}", minutes(self.0.elapsed()));
    }

    pub(crate) fn elapsed(&self) -> String {
        minutes(self.0.elapsed())
    }
}

/// Announces what is missing and is set up now: what, why, and how long it takes.
pub(crate) fn setting_up(what: &str, why: &str, how_long: &str) {
    println!("Setting up {what}: {why} ({how_long}).");
}

/// `83 s` as `1:23`.
fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_and_seconds() {
        assert_eq!(minutes(Duration::from_millis(7_900)), "0:07");
        assert_eq!(minutes(Duration::from_secs(83)), "1:23");
        assert_eq!(minutes(Duration::from_secs(3_600)), "60:00");
    }
}
