//! Style sheets and scripts without what only their authors read: comments and indentation.
//!
//! Trunk could do this to style sheets, but only together with the shell, which then has no slots any
//! more; and the scripts that wasm-bindgen writes it leaves as they are. What is left out here never
//! changes a meaning: no name, no line break of a script, no space inside a value.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::output::Output;

/// Lightens the style sheets and scripts that lie directly in `out`.
pub(crate) fn files(out: &Path, output: &Output) -> Result<(), Error> {
    let read = |error| Error::file("read", out, error);
    for entry in fs::read_dir(out).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let lighten = match path.extension().and_then(|it| it.to_str()) {
            Some("css") => style,
            Some("js") => script,
            _ => continue,
        };
        let text = fs::read_to_string(&path).map_err(|error| Error::file("read", &path, error))?;
        output.write(name, lighten(&text).as_bytes())?;
    }
    Ok(())
}

/// A style sheet without comments, and with spaces only where they separate something.
fn style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if matches!(first, '"' | '\'') {
            let length = string_length(rest, first);
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if first.is_whitespace() {
            rest = rest.trim_start();
            let is_needed = !out.is_empty()
                && !out.ends_with([' ', '{', '}', ';', ','])
                && !rest.starts_with(['{', '}', ';', ',']);
            // A comment may follow, and more space after it.
            if is_needed {
                out.push(' ');
            }
        } else {
            if matches!(first, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// The length of the string with which `text` begins, its quotes included.
fn string_length(text: &str, quote: char) -> usize {
    let mut is_escaped = true;
    for (place, char) in text.char_indices() {
        if char == quote && !is_escaped {
            return place + 1;
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    text.len()
}

/// A script without indentation and without comments that have lines of their own. Line breaks stay,
/// because they may end a statement. A script with a text over several lines stays as it is.
fn script(text: &str) -> String {
    if text.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        // Code after the end of a comment keeps the comment's line.
        if is_comment && let Some((_, after)) = line.split_once("*/") {
            is_comment = false;
            if !after.is_empty() {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_keeps_its_meaning() {
        for (before, after) in [
            (
                "/* why */\n.a > .b :hover,\n.c {\n  margin: 0 1px;\n}\n",
                ".a > .b :hover,.c{margin: 0 1px;}",
            ),
            (
                "a { width: calc(1px + 2px) } /* x */ b{}",
                "a{width: calc(1px + 2px)}b{}",
            ),
            (
                "q { content: \"/* no  comment */ \\\" {\" }",
                "q{content: \"/* no  comment */ \\\" {\"}",
            ),
            ("a /* one */ b /* two */ {}", "a b{}"),
            (
                "@media (width < 700px) and (hover) { }",
                "@media (width < 700px) and (hover){}",
            ),
            ("a { } /* never closed", "a{}"),
        ] {
            assert_eq!(style(before), after);
            assert_eq!(style(after), after, "twice is once");
        }
    }

    #[test]
    fn a_script_keeps_its_lines_of_code() {
        let before = "/**\n * What it does.\n */\nexport function f() {\n    // Why.\n    return `${1}`;\n\n}\n/* a */ let b = 1;\n";
        let after = "export function f() {\nreturn `${1}`;\n}\n/* a */ let b = 1;\n";
        assert_eq!(script(before), after);
        assert_eq!(script(after), after, "twice is once");
        let long = "let a = `one\n    two`;\n";
        assert_eq!(script(long), long, "a text of two lines stays");
    }
}
