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
        distribution(&run.simulation().measurement(), document.slo()),
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
        distribution.contains("99 of 100 faster than ")
            && distribution.contains("% got none</text>"),
        "{distribution}"
    );
}

#[test]
fn a_time_without_answers_is_a_gap_in_the_lines() {
    let text = "format = 1\n\
         nodes.users = { kind = \"clients\", rate = \"RATE/s\" }\n\
         nodes.web = { kind = \"server\" }\n\
         links = [{ from = \"users\", to = \"web\" }]\n\
         [[timeline]]\nat = \"20s\"\nkill = \"web\"\n\
         [[timeline]]\nat = \"40s\"\nheal = \"web\"\n";
    let lines = |text: &str, seconds: u64| {
        let [_, latency, _] = charts(text, seconds * 1_000_000_000);
        // The first one is the key.
        let path = latency.split("<path class=\"c-p50\" d=\"").nth(2);
        path.and_then(|rest| rest.split('"').next())
            .expect("a line")
            .matches('M')
            .count()
    };
    for rate in ["5", "100"] {
        let text = text.replace("RATE", rate);
        // Few users leave windows empty, too; that is no gap.
        assert_eq!(lines(&text, 19), 1, "{rate}/s before");
        assert_eq!(lines(&text, 60), 2, "{rate}/s after");
    }
}

/// Left and right ends of every text, by its anchor.
fn texts(svg: &str) -> Vec<(f64, f64, String)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!("{name}=\"")).nth(1)?;
        Some(value.split('"').next()?.to_owned())
    };
    let mut found = Vec::new();
    for element in svg.split("<text ").skip(1) {
        let (tag, rest) = element.split_once('>').expect("closed");
        let text = rest.split('<').next().expect("closed").to_owned();
        let number = |name| attribute(tag, name).and_then(|value| value.parse::<f64>().ok());
        let (x, size) = (number("x").expect("x"), number("font-size").expect("size"));
        let wide = width(&text, size, false);
        let left = match attribute(tag, "text-anchor").as_deref() {
            Some("end") => x - wide,
            Some("middle") => x - wide / 2.0,
            _ => x,
        };
        found.push((left, left + wide, text));
    }
    found
}

#[test]
fn no_label_leaves_the_picture_whatever_the_range() {
    let single = |rate: &str, service: &str, slo: &str| {
        format!(
            "format = 1\nslo = \"{slo}\"\n\
             nodes.users = {{ kind = \"clients\", rate = \"{rate}\" }}\n\
             nodes.web = {{ kind = \"server\", workers = 1000, service-time = \"{service}\" }}\n\
             links = [{{ from = \"users\", to = \"web\", latency = \"0ms\" }}]\n"
        )
    };
    let second = 1_000_000_000;
    for (text, nanos) in [
        (single("1000000/s", "1us", "1ms"), second / 2),
        (single("150000/s", "2ms", "60s"), second / 2),
        (single("0.001/s", "1h", "1ms"), 400_000 * second),
        (single("100/s", "1us", "1ms"), 10 * second),
        (single("0.01/s", "1ms", "200ms"), 3_000_000 * second),
        (single("0/s", "1ms", "200ms"), 10 * second),
    ] {
        for svg in charts(&text, nanos) {
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            let texts = texts(&svg);
            for (left, right, label) in &texts {
                assert!(
                    *left >= 0.0 && *right <= WIDTH,
                    "{label}: {left} to {right}"
                );
            }
            let mut labels: Vec<&str> = texts.iter().map(|(_, _, text)| text.as_str()).collect();
            let n_labels = labels.len();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(
                labels.len(),
                n_labels,
                "each label is another one: {labels:?}"
            );
        }
    }
}
