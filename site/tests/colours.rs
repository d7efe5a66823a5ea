//! The style sheets, read as text: contrast, and what the page's policy needs of them.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds nothing to unwrap has failed"
)]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../style/tokens.css");
const SHEETS: [(&str, &str); 3] = [
    ("frame", include_str!("../style/frame.css")),
    ("prose", include_str!("../style/prose.css")),
    ("home", include_str!("../style/home.css")),
];

type Theme = BTreeMap<String, [f64; 3]>;

/// The colours of one block of declarations.
fn theme(block: &str) -> Theme {
    let lines = block.lines().filter_map(|line| {
        line.trim()
            .strip_prefix("--")?
            .strip_suffix(';')?
            .split_once(": #")
    });
    lines
        .map(|(name, hex)| {
            let channel =
                |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            (name.to_owned(), [channel(0), channel(2), channel(4)])
        })
        .collect()
}

/// Light, dark by the system, dark by choice.
fn themes() -> [Theme; 3] {
    let blocks: Vec<&str> = TOKENS.split(" color-scheme:").skip(1).collect();
    let [light, dark, chosen] = blocks[..] else {
        panic!("three blocks of colours")
    };
    [theme(light), theme(dark), theme(chosen)]
}

/// The contrast ratio of the Web Content Accessibility Guidelines.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |[red, green, blue]: [f64; 3]| {
        let linear = |c: f64| {
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_has_a_contrast_of_4_5_in_every_theme() {
    for theme in themes() {
        for ground in ["bg", "surface", "node"] {
            for text in ["text", "muted", "accent", "failed"] {
                let ratio = contrast(theme[text], theme[ground]);
                assert!(ratio >= 4.5, "--{text} on --{ground}: {ratio:.2}");
            }
        }
        assert!(contrast(theme["on-accent"], theme["accent"]) >= 4.5);
        // The labels of callouts.
        for tone in ["ok", "late"] {
            let ratio = contrast(theme[tone], theme["surface"]);
            assert!(ratio >= 4.0, "--{tone}: {ratio:.2}");
        }
    }
}

#[test]
fn what_is_drawn_has_a_contrast_of_3_in_every_theme() {
    for theme in themes() {
        for ground in ["bg", "surface", "node"] {
            for colour in [
                "ok",
                "late",
                "failed",
                "shed",
                "write",
                "answer",
                "accent",
                "node-line",
            ] {
                let ratio = contrast(theme[colour], theme[ground]);
                assert!(ratio >= 3.0, "--{colour} on --{ground}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn dark_is_dark_whoever_chose_it() {
    let [light, dark, chosen] = themes();
    assert_eq!(dark, chosen);
    assert_eq!(
        light.keys().collect::<Vec<_>>(),
        dark.keys().collect::<Vec<_>>()
    );
}

#[test]
fn pages_take_colours_from_the_tokens_alone() {
    let lines = SHEETS.iter().flat_map(|&(name, text)| {
        let lines = text.lines().zip(1..);
        lines.map(move |(line, number)| (format!("{name}.css:{number}"), line, text))
    });
    for (place, line, text) in lines {
        let is_paper = line.contains("background: #fff");
        assert!(is_paper || !line.contains(": #"), "{place}: {line}");
        for name in line.split("var(--").skip(1) {
            let name = name.split([')', ',']).next().unwrap();
            let definition = format!("--{name}:");
            let is_known = TOKENS.contains(&definition) || text.contains(&definition);
            assert!(is_known, "{place}: --{name} is not defined");
        }
    }
}
