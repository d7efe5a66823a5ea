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
                let numbers = d.split(|c: char| c.is_ascii_alphabetic() || c == ' ');
                for number in numbers.filter(|number| !number.is_empty()) {
                    let number: f64 = number.parse().expect("a number");
                    assert!((-0.1..=WIDTH).contains(&number), "{d}");
                }
            }
        }
    }
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
