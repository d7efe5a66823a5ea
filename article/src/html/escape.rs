//! Text that goes into HTML.

/// Text between tags, and in attributes with double quotes.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// A JSON string with its quotes, safe inside a `<script>`: no tag can begin or end in it.
#[must_use]
pub fn json_string(text: &str) -> String {
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
    use super::{json_string, text};

    #[test]
    fn nothing_gets_out_of_text() {
        assert_eq!(
            text("a < b & \"c\" > 'd'"),
            "a &lt; b &amp; &quot;c&quot; &gt; 'd'"
        );
    }

    #[test]
    fn nothing_gets_out_of_a_script() {
        assert_eq!(
            json_string("</script><!--\n\"\\\u{1}\u{2028}é"),
            "\"\\u003c/script\\u003e\\u003c!--\\n\\\"\\\\\\u0001\\u2028é\""
        );
    }
}
