//! Problems as lines of text, for tests.

use diagram::Problem;
use diagram::diagnostic::line_and_column;

/// `line:column: message; help [what is marked]`, one problem a line, in the order of the file.
pub(crate) fn list(text: &str, problems: &[Problem]) -> String {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|problem| problem.span.start);
    let mut out = String::new();
    for problem in sorted {
        let (line, column) = line_and_column(text, problem.span.start);
        let marked = text[problem.span.clone()].escape_debug();
        out.push_str(&format!("{line}:{column}: {}", problem.message));
        if let Some(help) = &problem.help {
            out.push_str(&format!("; {help}"));
        }
        out.push_str(&format!(" [{marked}]\n"));
    }
    out
}
