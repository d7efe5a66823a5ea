//! One run of all checks: headings as it goes, failures kept for the end.

use crate::failure::Failure;
use crate::progress::Clock;
use crate::tally::Tally;

/// What has been checked so far.
pub(super) struct Run {
    clock: Clock,
    tally: Tally,
    failures: Vec<String>,
}

impl Run {
    pub(super) fn start() -> Self {
        Self {
            clock: Clock::start(),
            tally: Tally::default(),
            failures: Vec::new(),
        }
    }

    pub(super) fn heading(&self, title: &str) {
        self.clock.heading(title);
    }

    /// Takes note of a tool: what needs one that is missing is not run, and that is a failure.
    pub(super) fn set_up<T>(&mut self, outcome: Result<T, Failure>) -> Option<T> {
        outcome
            .map_err(|failure| self.fail(&failure.to_string()))
            .ok()
    }

    /// Runs something that either holds or does not.
    pub(super) fn check(&mut self, title: &str, check: impl FnOnce() -> Result<(), Failure>) {
        self.check_with(title, Some(()), |()| check());
    }

    /// Runs a check that needs something; gives back whether what came after may rely on it.
    pub(super) fn check_with<T>(
        &mut self,
        title: &str,
        needed: Option<T>,
        check: impl FnOnce(T) -> Result<(), Failure>,
    ) -> Option<()> {
        let needed = self.begin(title, needed)?;
        match check(needed) {
            Ok(()) => Some(()),
            Err(failure) => {
                self.tally.failed += 1;
                self.fail(&format!("{title}: {failure}"));
                None
            }
        }
    }

    /// Runs a set of tests, each of which counts.
    pub(super) fn tests(&mut self, title: &str, tests: impl FnOnce() -> Result<Tally, Failure>) {
        self.tests_with(title, Some(()), |()| tests());
    }

    /// Runs a set of tests that needs something.
    pub(super) fn tests_with<T>(
        &mut self,
        title: &str,
        needed: Option<T>,
        tests: impl FnOnce(T) -> Result<Tally, Failure>,
    ) {
        let Some(needed) = self.begin(title, needed) else {
            return;
        };
        match tests(needed) {
            Ok(tally) => {
                self.tally += tally;
                match tally {
                    Tally {
                        failed: 0,
                        passed: 0,
                    } => {
                        self.tally.failed += 1;
                        self.fail(&format!("{title}: not one test was run"));
                    }
                    Tally { failed: 0, .. } => {}
                    Tally { failed, .. } => self.fail(&format!("{title}: {failed} failed")),
                }
            }
            Err(failure) => {
                self.tally.failed += 1;
                self.fail(&format!("{title}: {failure}"));
            }
        }
    }

    /// Lists what failed; the last line counts the tests.
    pub(super) fn finish(self) -> Result<(), Failure> {
        println!("\nDone after {}.", self.clock.elapsed());
        for failure in &self.failures {
            println!("  failed: {failure}");
        }
        // A line of its own that means the same with or without a terminal.
        println!(
            "total: {} passed, {} failed",
            self.tally.passed, self.tally.failed
        );
        if self.failures.is_empty() {
            return Ok(());
        }
        Err(Failure::new("not everything passed"))
    }

    fn begin<T>(&mut self, title: &str, needed: Option<T>) -> Option<T> {
        self.heading(title);
        if needed.is_none() {
            self.tally.failed += 1;
            self.fail(&format!(
                "{title}: not run, because what it needs is missing"
            ));
        }
        needed
    }

    fn fail(&mut self, sentence: &str) {
        println!("failed: {sentence}");
        self.failures.push(sentence.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_without_a_single_test_is_a_failure() {
        let mut run = Run::start();
        run.tests("empty", || Ok(Tally::default()));
        assert_eq!(
            run.tally,
            Tally {
                passed: 0,
                failed: 1
            }
        );
        assert!(run.finish().is_err());
    }

    #[test]
    fn what_needs_a_missing_tool_counts_as_failed() {
        let mut run = Run::start();
        let tool: Option<()> = run.set_up(Err(Failure::new("no such tool")));
        assert_eq!(run.check_with("with tool", tool, |()| Ok(())), None);
        run.tests("other", || {
            Ok(Tally {
                passed: 2,
                failed: 0,
            })
        });
        assert_eq!(
            run.tally,
            Tally {
                passed: 2,
                failed: 1
            }
        );
        assert_eq!(run.failures.len(), 2);
    }

    #[test]
    fn a_run_without_failures_is_content() {
        let mut run = Run::start();
        run.check("fine", || Ok(()));
        run.tests("two", || {
            Ok(Tally {
                passed: 2,
                failed: 0,
            })
        });
        assert!(run.finish().is_ok());
    }
}
