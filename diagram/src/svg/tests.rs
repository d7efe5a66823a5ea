use super::*;
use crate::layout::place;
use crate::run::Run;
use simulator::SimTime;

const HOSTILE: &str = "</title><script>alert('x')</script>&\"";

fn pictures(text: &str, seconds: u64) -> Vec<String> {
    let document = Document::parse(text).expect("valid");
    let mut run = Run::new(&document);
    run.run_until(SimTime::from_secs(seconds), u64::MAX);
    let (snapshot, seen) = (run.simulation().snapshot(), run.simulation().sightings(100));
    [Orientation::Across, Orientation::Down]
        .into_iter()
        .map(|orientation| {
            let layout = place(run.document(), orientation);
            let options = SceneOptions {
                id: "a\" onload=\"x",
                title: HOSTILE,
                description: HOSTILE,
                with_requests: Some(&seen),
            };
            scene(run.document(), &layout, &snapshot, &options)
        })
        .collect()
}

/// Whether every element is closed in order and every attribute is quoted: what a strict reader of
/// XML checks. Returns the names of all elements.
fn elements(svg: &str) -> Vec<String> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        assert!(
            !rest[..start].contains('>'),
            "a bare > in {}",
            &rest[..start]
        );
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split([' ', '/']).next().expect("a name").to_owned();
        if !tag.ends_with('/') {
            open.push(name.clone());
        }
        all.push(name);
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

#[test]
fn hostile_text_stays_text_and_no_style_is_inline() {
    let text = include_str!("../../tests/valid/four-servers.toml");
    for svg in pictures(text, 26) {
        let names = elements(&svg);
        let allowed = [
            "svg", "title", "desc", "g", "path", "rect", "circle", "text",
        ];
        assert!(
            names.iter().all(|name| allowed.contains(&name.as_str())),
            "{names:?}"
        );
        assert!(!svg.contains("style=") && !svg.contains("onload=") && !svg.contains("NaN"));
    }
}

#[test]
fn trouble_is_shown_in_words_and_shapes() {
    for svg in pictures(include_str!("../../tests/valid/four-servers.toml"), 26) {
        assert!(
            svg.contains("d-server is-dead") && svg.contains(">no answer<"),
            "dead"
        );
        assert!(
            svg.contains("d-cross") && svg.contains("d-badge"),
            "cross and badge"
        );
        assert!(
            svg.contains(">web-2 failed 1 of 2<") || svg.contains(">web-2: out<"),
            "{svg}"
        );
    }
    for svg in pictures(include_str!("../../tests/valid/sixteen-servers.toml"), 18) {
        assert!(svg.contains("is-slow") && svg.contains("d-hatch"));
        assert!(svg.contains(">bottleneck<"));
    }
}

#[test]
fn a_crowd_is_a_number() {
    for svg in pictures(include_str!("../../tests/valid/overload.toml"), 18) {
        assert!(svg.contains("d-count") && svg.contains("d-more") && svg.contains("d-badge-shed"));
        assert!(svg.len() < 60_000, "{}", svg.len());
    }
}

#[test]
fn an_empty_document_says_so() {
    for svg in pictures("format = 1\n", 1) {
        elements(&svg);
        assert!(svg.contains("Nothing is here yet."));
    }
}
