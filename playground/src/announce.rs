//! What the live region says, and how often: changes of state only, at least three seconds apart.
//!
//! No sentence waits for its turn. The state at the last announcement is kept, and when it is time to
//! speak, what differs by then is said: what came and went in between is never heard. Once something
//! that was said is no longer so, the line is cleared.

use std::rc::Rc;

use diagram::describe::{Moment, changes, is_about_failures};

use crate::sample::Sample;

/// At least this many milliseconds lie between two announcements.
pub const PAUSE_MS: f64 = 3_000.0;
/// More sentences than this at a time nobody can follow; the rest is counted.
const MOST_SENTENCES: usize = 3;

/// Compares reports at a bearable pace.
#[derive(Clone, Debug, Default)]
pub struct Announcer {
    /// The state that listeners know of.
    known: Option<Rc<Sample>>,
    last: Option<Announcement>,
    failures: Failures,
}

/// How many requests have failed, and when that was last another number.
#[derive(Clone, Copy, Debug, Default)]
struct Failures {
    count: u64,
    changed_at: f64,
}

impl Failures {
    fn take_in(&mut self, now: f64, sample: &Sample) {
        let nodes = sample.snapshot.nodes.iter();
        let count = nodes.map(|node| node.failures.total()).sum();
        if count != self.count {
            (self.count, self.changed_at) = (count, now);
        }
    }

    /// Whether requests still fail, where it was said that they do.
    fn agree(self, now: f64, last: &Announcement) -> bool {
        let speaks_of_them = last.sentences.iter().any(|it| is_about_failures(it));
        !speaks_of_them || now - self.changed_at < PAUSE_MS
    }
}

/// What was said, and what it was said of.
#[derive(Clone, Debug)]
struct Announcement {
    at: f64,
    /// The state before.
    before: Rc<Sample>,
    sentences: Vec<String>,
    line: String,
}

impl Announcer {
    /// What the line that shows `shown` is to say at `now`, in milliseconds, if it is to change.
    pub fn hear(&mut self, now: f64, shown: &str, sample: &Rc<Sample>) -> Option<String> {
        let Some(known) = &self.known else {
            self.known = Some(Rc::clone(sample));
            return None;
        };
        self.failures.take_in(now, sample);
        let last = self.last.as_ref();
        if last.is_none_or(|last| now - last.at >= PAUSE_MS) {
            let sentences = changes(moment(known), moment(sample));
            if !sentences.is_empty() {
                let before = Rc::clone(known);
                let line = line(&sentences);
                self.known = Some(Rc::clone(sample));
                self.last = Some(Announcement {
                    at: now,
                    before,
                    sentences,
                    line: line.clone(),
                });
                return Some(line);
            }
        }
        let is_over = last.is_some_and(|last| {
            shown == last.line && !(last.holds(sample) && self.failures.agree(now, last))
        });
        is_over.then(String::new)
    }

    /// Forgets what was known: a new run has begun.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Announcement {
    /// Whether all of it would be said now as well.
    fn holds(&self, sample: &Sample) -> bool {
        let still = changes(moment(&self.before), moment(sample));
        let is_still = |said: &String| still.iter().any(|it| claim(it) == claim(said));
        self.sentences.iter().take(MOST_SENTENCES).all(is_still)
    }
}

fn moment(sample: &Sample) -> Moment<'_> {
    Moment {
        document: &sample.document,
        snapshot: &sample.snapshot,
    }
}

/// A sentence without its evidence, which is another one at every moment.
fn claim(sentence: &str) -> &str {
    sentence
        .split_once(':')
        .map_or(sentence, |(claim, _)| claim)
}

fn line(sentences: &[String]) -> String {
    let mut line = sentences[..sentences.len().min(MOST_SENTENCES)].join(" ");
    let n_more = sentences.len().saturating_sub(MOST_SENTENCES);
    if n_more > 0 {
        line.push_str(&format!(" And {n_more} more."));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Asking;
    use crate::session::Session;
    use diagram::layout::{Orientation, place};
    use diagram::{Document, Edit};
    use simulator::SimTime;

    const SYSTEM: &str = "format = 1\n\
         nodes.users = { kind = \"clients\", rate = \"10/s\" }\n\
         nodes.web = { kind = \"server\", count = 5, workers = 2 }\n\
         links = [{ from = \"users\", to = \"web\" }]\n";

    struct Told {
        announcer: Announcer,
        session: Session,
        shown: String,
    }

    impl Told {
        fn new() -> Self {
            Self::of(SYSTEM)
        }

        fn of(system: &str) -> Self {
            let document = Document::parse(system).expect("a valid scenario");
            let mut told = Self {
                announcer: Announcer::default(),
                session: Session::new(&document),
                shown: String::new(),
            };
            assert_eq!(told.at(0.0), None);
            told
        }

        fn put(&mut self, edits: impl IntoIterator<Item = Edit>) {
            for edit in edits {
                self.session.edit(edit).expect("possible");
            }
        }

        fn run_to(&mut self, seconds: u64) {
            self.session.set_goal(Some(SimTime::from_secs(seconds)));
            self.session.advance(0.0, 1e9, &mut || 0.0);
        }

        /// What the line changes to at that moment.
        fn at(&mut self, now: f64) -> Option<String> {
            let document = Rc::new(self.session.run().document().clone());
            let layout = Rc::new(place(&document, Orientation::Across));
            let asking = Asking {
                id: "test",
                with_charts: false,
                most_dots: 1,
            };
            let sample = Rc::new(Sample::take(&self.session, document, layout, asking));
            let said = self.announcer.hear(now, &self.shown, &sample);
            if let Some(line) = &said {
                self.shown.clone_from(line);
            }
            said
        }
    }

    fn kill(name: &str) -> Edit {
        let name = name.to_owned();
        Edit::Kill { name }
    }

    fn heal(name: &str) -> Edit {
        let name = name.to_owned();
        Edit::Heal { name }
    }

    #[test]
    fn the_first_change_is_said_at_once_and_once() {
        let mut told = Told::new();
        told.put([kill("web-2")]);
        assert_eq!(told.at(10.0).as_deref(), Some("web-2 is dead."));
        assert_eq!(told.at(20.0), None);
        assert_eq!(told.at(9_000.0), None);
    }

    #[test]
    fn changes_in_quick_succession_come_together() {
        let mut told = Told::new();
        told.put([kill("web-1")]);
        told.at(10.0);
        told.put([kill("web-2")]);
        assert_eq!(told.at(1_000.0), None);
        told.put([kill("web-3")]);
        assert_eq!(told.at(3_009.0), None);
        let both = "web-2 is dead. web-3 is dead.";
        assert_eq!(told.at(3_010.0).as_deref(), Some(both));
    }

    #[test]
    fn what_is_over_is_not_said_any_more() {
        let mut told = Told::new();
        told.put([kill("web-1")]);
        told.at(10.0);
        told.put([kill("web-2")]);
        told.at(1_000.0);
        told.put([heal("web-2")]);
        assert_eq!(told.at(4_000.0), None, "it never was");
        told.put([heal("web-1")]);
        assert_eq!(told.at(4_100.0).as_deref(), Some("web-1 works again."));
        told.put([kill("web-1")]);
        assert_eq!(told.at(4_200.0).as_deref(), Some(""), "it does not");
        assert_eq!(told.at(7_100.0).as_deref(), Some("web-1 is dead."));
    }

    #[test]
    fn failures_that_are_over_are_not_said_any_more() {
        let mut told = Told::of(
            "format = 1\n\
             nodes.users = { kind = \"clients\", rate = \"100/s\" }\n\
             nodes.lb = { kind = \"balancer\", health-check = { interval = \"5s\" } }\n\
             nodes.web = { kind = \"server\", count = 2, workers = 2 }\n\
             links = [{ from = \"users\", to = \"lb\" }, { from = \"lb\", to = \"web\" }]\n",
        );
        told.put([kill("web-1")]);
        told.run_to(20);
        let said = told
            .at(10.0)
            .expect("they failed until the balancer noticed");
        let order = [
            "web-1 is dead.",
            "begin to fail at web-1",
            "lb no longer uses web-1.",
        ];
        let places = order.map(|words| said.find(words).expect(words));
        assert!(places.is_sorted(), "{said}");
        told.run_to(60);
        assert_eq!(
            told.at(3_100.0).as_deref(),
            Some(""),
            "nobody fails any more"
        );
    }

    #[test]
    fn a_line_of_somebody_else_stays() {
        let mut told = Told::new();
        told.put([kill("web-1")]);
        told.at(10.0);
        told.put([heal("web-1")]);
        told.shown = "Undone.".to_owned();
        assert_eq!(told.at(20.0), None);
    }

    #[test]
    fn a_flood_is_cut_and_counted() {
        let mut told = Told::new();
        told.put((1..=5).map(|number| kill(&format!("web-{number}"))));
        let said = told.at(10.0).expect("a change");
        assert!(said.ends_with("web-3 is dead. And 2 more."), "{said}");
    }

    #[test]
    fn other_nodes_do_not_make_the_same_ones_news() {
        let mut told = Told::new();
        let name = "web-1".to_owned();
        told.put([kill("web-2"), Edit::Remove { name }]);
        assert_eq!(told.at(10.0).as_deref(), Some("web-2 is dead."));
    }

    #[test]
    fn a_new_run_forgets_what_was_known() {
        let mut told = Told::new();
        told.put([kill("web-1")]);
        told.announcer.clear();
        assert_eq!(told.at(10.0), None);
    }
}
