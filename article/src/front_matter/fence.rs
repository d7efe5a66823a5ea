//! The two `---` lines: where the YAML is, and where the Markdown begins.

use std::ops::Range;

/// What stands at the beginning of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// Both lines are there.
    Closed {
        /// What is between them.
        yaml: Range<usize>,
        /// Where the Markdown begins.
        body: usize,
    },
    /// The second line is missing.
    Open {
        /// Where the Markdown most likely begins, so that the rest of the file can still be checked.
        body: usize,
    },
    /// The first line is something else.
    Missing,
}

pub(super) fn find(text: &str) -> Fence {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Fence::Missing;
    }
    let start = first.len();
    let mut at = start;
    let mut first_empty_line = None;
    for line in lines {
        match line.trim_end() {
            "---" => {
                return Fence::Closed {
                    yaml: start..at,
                    body: at + line.len(),
                };
            }
            "" => _ = first_empty_line.get_or_insert(at),
            _ => {}
        }
        at += line.len();
    }
    Fence::Open {
        body: first_empty_line.unwrap_or(at),
    }
}
