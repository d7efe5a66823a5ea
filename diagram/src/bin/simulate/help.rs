//! What `--help` prints. Options, formats and exit codes are explained here and nowhere else.

/// The help for a command, or for all of them.
pub(crate) fn about(command: Option<&str>) -> &'static str {
    match command {
        Some("run") => include_str!("help/run.txt"),
        Some("sweep") => include_str!("help/sweep.txt"),
        Some("compare") => include_str!("help/compare.txt"),
        Some("check") => include_str!("help/check.txt"),
        Some("new") => include_str!("help/new.txt"),
        Some("schema") => include_str!("help/schema.txt"),
        _ => include_str!("help/simulate.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_fits_in_a_terminal() {
        let commands = ["run", "sweep", "compare", "check", "new", "schema"].map(Some);
        for command in commands.into_iter().chain([None]) {
            for line in about(command).lines() {
                assert!(line.chars().count() <= 80, "{command:?}: {line}");
            }
        }
    }
}
