use super::*;
use crate::document::Document;
use crate::run::Run;
use simulator::SimTime;

fn charts(text: &str, nanos: u64) -> [String; 3] {
    let document = Document::parse(text).expect("valid");
    let mut run = Run::new(&document);
    run.run_until(SimTime::from_nanos(nanos), u64::MAX);
    let series = run.simulation().series();
    [
        requests(series),
        latency(series, document.slo()),
        distribution(&merged(series), document.slo()),
    ]
}

const FOUR: &str = include_str!("../../tests/valid/four-servers.toml");

#[test]
fn charts_without_data_say_so() {
    for (nanos, text) in [(0, FOUR), (1_000, FOUR), (1_000_000_000, "format = 1\n")] {
        for svg in charts(text, nanos) {
            assert!(svg.contains(" yet.</text>"), "{svg}");
            assert!(svg.contains("c-axis") && !svg.contains("NaN") && !svg.contains("inf"));
        }
    }
}

#[test]
fn charts_at_any_time_hold_only_finite_numbers_inside_the_picture() {
    for nanos in [
        30_000_000,
        60_000_000,
        100_000_000,
        1_000_000_000,
        30_000_000_000,
    ] {
        for svg in charts(FOUR, nanos) {
            assert!(
                !svg.contains("NaN") && !svg.contains("inf"),
                "{nanos}: {svg}"
            );
            for path in svg.split(" d=\"").skip(1) {
                let d = path.split('"').next().expect("closed");
                for (x, y) in points(d) {
                    assert!((-0.1..=WIDTH).contains(&x), "{d}");
                    assert!((-0.1..=HEIGHT).contains(&y), "{d}");
                }
            }
        }
    }
}

/// Where the pen of a path is after each of its commands.
fn points(d: &str) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    let mut found = Vec::new();
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..]
            .find(|c: char| c.is_ascii_alphabetic())
            .map_or(rest.len(), |end| end + 1);
        // A sign begins a number, too.
        let numbers: Vec<f64> = rest[1..end]
            .replace('-', " -")
            .split_whitespace()
            .map(|number| number.parse().expect("a number"))
            .collect();
        match (command, numbers.as_slice()) {
            ('M' | 'L', [a, b]) => (x, y) = (*a, *b),
            ('l', [a, b]) => (x, y) = (x + a, y + b),
            ('H', [a]) => x = *a,
            ('h', [a]) => x += a,
            ('V', [a]) => y = *a,
            ('v', [a]) => y += a,
            ('Z', []) => {}
            other => panic!("{other:?} in {d}"),
        }
        found.push((x, y));
        rest = &rest[end..];
    }
    found
}

#[test]
fn the_words_of_a_chart_tell_its_result() {
    let [requests, latency, distribution] = charts(FOUR, 30_000_000_000);
    assert!(
        requests.contains("<title>Requests a second, by outcome. In "),
        "{requests}"
    );
    assert!(requests.contains(">failed</text>") && requests.contains(">offered</text>"));
    assert!(latency.contains(">objective 200 ms</text>"), "{latency}");
    assert!(
        distribution.contains("99 of 100 faster than "),
        "{distribution}"
    );
}
