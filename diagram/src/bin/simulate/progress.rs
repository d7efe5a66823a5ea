//! How far long work is: one line on a terminal, rewritten at most ten times a second.

use std::io::{self, IsTerminal as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::output;

/// Work that takes longer than this says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// The shortest time between two lines.
const PAUSE: Duration = Duration::from_millis(100);
/// Back to the start of the line, and away with what stood there.
const CLEAR: &str = "\r\x1b[K";

/// The progress of a number of runs, told by the threads that make them.
pub(crate) struct Progress {
    /// `None` where nobody is to be told.
    state: Option<Mutex<State>>,
}

struct State {
    began: Instant,
    last: Option<Instant>,
    /// When the first line is due.
    patience: Duration,
    /// How far each run is, 0 to 1.
    shares: Vec<f64>,
    /// Their sum.
    sum: f64,
    complete: usize,
}

impl Progress {
    /// The progress of `runs` runs: shown on a terminal once they have taken a while, and always and
    /// at once where it is asked for.
    // The clock only decides what is shown while waiting; no result depends on it.
    #[allow(clippy::disallowed_methods)]
    pub(crate) fn new(runs: usize, is_asked_for: bool) -> Self {
        let is_shown = is_asked_for || io::stderr().is_terminal();
        let state = is_shown.then(|| {
            Mutex::new(State {
                began: Instant::now(),
                last: None,
                patience: if is_asked_for { PAUSE } else { PATIENCE },
                shares: vec![0.0; runs],
                sum: 0.0,
                complete: 0,
            })
        });
        Self { state }
    }

    /// A run has come as far as `share`, 0 to 1.
    #[allow(clippy::disallowed_methods)]
    pub(crate) fn tell(&self, run: usize, share: f64) {
        let Some(state) = &self.state else { return };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = state.shares.get_mut(run) else {
            return;
        };
        let before = std::mem::replace(known, share);
        state.sum += share - before;
        if share >= 1.0 && before < 1.0 {
            state.complete += 1;
        }
        let now = Instant::now();
        let elapsed = now - state.began;
        let is_due = state
            .last
            .map_or(elapsed >= state.patience, |last| now - last >= PAUSE);
        if is_due {
            state.last = Some(now);
            let all = state.shares.len();
            let line = line(state.sum / all as f64, state.complete, all, elapsed);
            output::error(&format!("{CLEAR}{line}"));
        }
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        let Some(state) = &self.state else { return };
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last.is_some() {
            output::error(CLEAR);
        }
    }
}

/// "37% · 12 of 40 runs · about 8 s left".
fn line(share: f64, complete: usize, all: usize, elapsed: Duration) -> String {
    let mut line = format!("{:.0}%", (share * 100.0).floor());
    if all > 1 {
        line.push_str(&format!(" · {complete} of {all} runs"));
    } else {
        line.push_str(" simulated");
    }
    // Before that, a guess would jump about.
    if share >= 0.05 && elapsed >= PATIENCE {
        let left = elapsed.as_secs_f64() * (1.0 - share) / share;
        let left = if left < 90.0 {
            format!("{:.0} s", left.ceil())
        } else {
            format!("{:.0} min", left / 60.0)
        };
        line.push_str(&format!(" · about {left} left"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_and_how_long() {
        let after = Duration::from_secs;
        for (share, complete, all, elapsed, shown) in [
            (
                0.378,
                12,
                40,
                after(5),
                "37% · 12 of 40 runs · about 9 s left",
            ),
            (0.01, 0, 40, after(5), "1% · 0 of 40 runs"),
            (0.5, 0, 1, Duration::from_millis(400), "50% simulated"),
            (
                0.1,
                4,
                40,
                after(60),
                "10% · 4 of 40 runs · about 9 min left",
            ),
        ] {
            assert_eq!(line(share, complete, all, elapsed), shown);
        }
    }
}
