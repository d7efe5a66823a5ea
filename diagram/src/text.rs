//! Text in pictures: how wide it is at most, shortening, escaping.
//!
//! No font is measured: a picture is made without a screen. The widths are those of a wide sans-serif
//! (DejaVu Sans, Verdana), so narrower fonts leave some room.

/// An upper estimate of the width of `text` in a sans-serif font of `size` px.
pub(crate) fn width(text: &str, size: f64, is_bold: bool) -> f64 {
    let em: f64 = text.chars().map(advance).sum();
    em * size * if is_bold { 1.09 } else { 1.0 }
}

/// `text`, shortened with … where it is wider than `most`.
pub(crate) fn fit(text: &str, most: f64, size: f64, is_bold: bool) -> String {
    if width(text, size, is_bold) <= most {
        return text.to_owned();
    }
    let room = most - width("…", size, is_bold);
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size, is_bold) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end_matches([' ', '·', '-']))
}

/// `text` safe inside an element and inside a quoted attribute, in HTML and in XML.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No control character is allowed in XML but these.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The advance of a character in em.
const fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.29,
        'f' | 't' | 'r' | ' ' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '[' | ']' | '·' => 0.39,
        '-' | '–' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.98,
        'A'..='Z' | '×' | '+' | '=' | '<' | '>' | '~' => 0.76,
        '0'..='9' => 0.64,
        _ => 0.62,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_ends_in_an_ellipsis_and_fits() {
        for text in [
            "web-1",
            "a-name-of-thirty-two-characters",
            "WWWWWWWWWWWWWW",
            "",
        ] {
            let fitted = fit(text, 60.0, 12.0, true);
            assert!(width(&fitted, 12.0, true) <= 60.0, "{fitted}");
        }
        assert_eq!(fit("web-1", 60.0, 12.0, true), "web-1");
    }

    #[test]
    fn hostile_text_is_plain_text() {
        assert_eq!(
            escape("<b a='1'>&\u{0}\""),
            "&lt;b a=&#39;1&#39;&gt;&amp; &quot;"
        );
    }

    #[test]
    fn control_characters_become_spaces_except_line_ends_and_tabs() {
        assert_eq!(escape("a\tb\nc\r\u{7}\u{7f}\u{85}d"), "a\tb\nc    d");
    }
}
