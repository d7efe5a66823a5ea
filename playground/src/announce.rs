//! What the live region says, and how often: changes of state only, at least three seconds apart.
//!
//! What comes too early is kept, so that nothing is lost when the system changes twice in a second;
//! where a node changes back before it was said, both sentences are said, in order.

/// At least this many milliseconds lie between two announcements.
pub const PAUSE_MS: f64 = 3_000.0;
/// More sentences than this at a time nobody can follow; the rest is counted.
const MOST_SENTENCES: usize = 3;

/// Collects sentences and lets them out at a bearable pace.
#[derive(Clone, Debug, Default)]
pub struct Announcer {
    waiting: Vec<String>,
    said_at: Option<f64>,
}

impl Announcer {
    /// Adds sentences about changes of state.
    pub fn hear(&mut self, sentences: impl IntoIterator<Item = String>) {
        for sentence in sentences {
            if !self.waiting.contains(&sentence) {
                self.waiting.push(sentence);
            }
        }
    }

    /// What to say at `now`, in milliseconds, if anything.
    pub fn speak(&mut self, now: f64) -> Option<String> {
        let is_early = self.said_at.is_some_and(|before| now - before < PAUSE_MS);
        if is_early || self.waiting.is_empty() {
            return None;
        }
        self.said_at = Some(now);
        let n_more = self.waiting.len().saturating_sub(MOST_SENTENCES);
        let mut text: Vec<String> = self.waiting.drain(..).take(MOST_SENTENCES).collect();
        if n_more > 0 {
            text.push(format!("And {n_more} more."));
        }
        Some(text.join(" "))
    }

    /// Forgets what was not said yet: a new run has begun.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(announcer: &mut Announcer, sentences: &[&str]) {
        announcer.hear(sentences.iter().map(|&sentence| sentence.to_owned()));
    }

    #[test]
    fn the_first_change_is_said_at_once() {
        let mut announcer = Announcer::default();
        hear(&mut announcer, &["web-2 died."]);
        assert_eq!(announcer.speak(10.0).as_deref(), Some("web-2 died."));
        assert_eq!(announcer.speak(20.0), None);
    }

    #[test]
    fn changes_in_quick_succession_wait_and_come_together() {
        let mut announcer = Announcer::default();
        hear(&mut announcer, &["a."]);
        announcer.speak(0.0);
        hear(&mut announcer, &["b."]);
        assert_eq!(announcer.speak(1_000.0), None);
        hear(&mut announcer, &["c.", "b."]);
        assert_eq!(announcer.speak(2_999.0), None);
        assert_eq!(announcer.speak(3_000.0).as_deref(), Some("b. c."));
    }

    #[test]
    fn a_flood_is_cut_and_counted() {
        let mut announcer = Announcer::default();
        hear(&mut announcer, &["1.", "2.", "3.", "4.", "5."]);
        assert_eq!(
            announcer.speak(0.0).as_deref(),
            Some("1. 2. 3. And 2 more.")
        );
    }

    #[test]
    fn a_new_run_forgets_what_was_waiting() {
        let mut announcer = Announcer::default();
        hear(&mut announcer, &["a."]);
        announcer.clear();
        assert_eq!(announcer.speak(0.0), None);
    }
}
