//! Counting tests in what test runners print.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Adds what one line of `cargo test` says, which it does once for each test program.
    pub(crate) fn read_cargo(&mut self, line: &str) {
        let Some(counts) = line.trim().strip_prefix("test result: ") else {
            return;
        };
        for part in counts.split(['.', ';']) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(what)) = (words.next().map(str::parse), words.next()) {
                self.add(what, number);
            }
        }
    }

    /// Adds what one line of the summary of Node's test runner says.
    pub(crate) fn read_node(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        let (Some("ℹ" | "#"), Some(what), Some(number), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return;
        };
        if let Ok(number) = number.parse() {
            self.add(
                if matches!(what, "pass") {
                    "passed"
                } else {
                    what
                },
                number,
            );
        }
    }

    fn add(&mut self, what: &str, number: u64) {
        match what {
            "passed" => self.passed += number,
            // Node counts what it stopped apart from what failed; it did not pass either.
            "failed" | "fail" | "cancelled" => self.failed += number,
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_program_of_cargo_is_counted() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test tests::a ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s",
        ] {
            tally.read_cargo(line);
        }
        assert_eq!(
            tally,
            Tally {
                passed: 14,
                failed: 3
            }
        );
    }

    #[test]
    fn nodes_summary_is_counted_in_both_of_its_styles() {
        let mut tally = Tally::default();
        for line in [
            "✔ adding a server lowers p99 (812.1ms)",
            "ℹ tests 9",
            "ℹ pass 5",
            "ℹ fail 1",
            "ℹ cancelled 2",
            "ℹ duration_ms 1234.5",
            "# pass 1",
            "# fail 0",
        ] {
            tally.read_node(line);
        }
        assert_eq!(
            tally,
            Tally {
                passed: 6,
                failed: 3
            }
        );
    }
}
