//! Text that goes into a script of data.

/// A JSON string with its quotes, safe inside a `<script>`: no tag can begin or end in it.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // `<` could begin `</script>` or `<!--`; the two separators end a line in old JavaScript.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn nothing_gets_out_of_a_script() {
        assert_eq!(
            string("</script><!--\n\"\\\u{1}\u{2028}é"),
            "\"\\u003c/script\\u003e\\u003c!--\\n\\\"\\\\\\u0001\\u2028é\""
        );
    }
}
