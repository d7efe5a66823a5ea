//! Text that goes into a script of data.

use diagram::json::quoted;

/// A JSON string with its quotes, safe inside a `<script>`: no tag can begin or end in it.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    // `<` could begin `</script>` or `<!--`; the two separators end a line in old JavaScript.
    for c in quoted(text).chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
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
