use proptest::prelude::*;

use super::*;
use crate::document::Variant;
use crate::edit::Edit;
use simulator::{Kind, NodeKind, SimDuration, SimTime};

const SIX_NODES: &str = include_str!("../../tests/valid/four-servers.toml");

#[test]
fn a_document_says_everything_that_was_written() {
    let document = Document::parse(SIX_NODES).expect("valid");
    assert_eq!(document.title(), "Four servers, one dies");
    assert_eq!(document.seed(), 7);
    assert_eq!(document.slo(), SimDuration::from_millis(200));
    let names: Vec<&str> = document
        .nodes()
        .iter()
        .map(|node| node.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "users", "dns", "balancer", "web-1", "web-2", "web-3", "web-4", "db"
        ]
    );
    assert_eq!(document.links().len(), 10);
    let NodeKind::Clients(clients) = &document.nodes()[0].kind else {
        panic!("clients first")
    };
    assert!((clients.rate - 400.0).abs() < 1e-12);
    assert_eq!(document.timeline().len(), 3);
    assert_eq!(document.timeline()[0].at, SimTime::from_secs(20));
    assert_eq!(
        document.variants(),
        [Variant {
            name: "at-100".into(),
            label: "100 requests a second".into(),
            settings: vec![
                ("users.rate".into(), "100/s".into()),
                ("web.count".into(), "8".into())
            ],
        }]
    );
    assert_eq!(
        document.node("web-1").and_then(|node| node.position),
        Some((20, 1))
    );
}

#[test]
fn a_short_document_has_defaults() {
    let document = Document::parse("format = 1\n[nodes.a]\nkind = \"server\"\n").expect("valid");
    assert_eq!(document.seed(), 1);
    assert_eq!(document.duration(), SimDuration::from_secs(60));
    assert_eq!(document.nodes()[0].kind, kind_default(Kind::Server));
    assert!(
        Document::parse("format = 1\nduration = \"5s\"\n").is_ok(),
        "the warm-up adapts"
    );
}

fn kind_default(kind: Kind) -> NodeKind {
    crate::kind::default(kind)
}

#[test]
fn what_is_written_is_read_back() {
    for text in [
        SIX_NODES,
        "format = 1\n",
        include_str!("../document/playground.toml"),
    ] {
        let document = Document::parse(text).expect("valid");
        let written = document.to_toml();
        assert_eq!(
            Document::parse(&written).as_ref(),
            Ok(&document),
            "{written}"
        );
        assert_eq!(
            Document::parse(&written).expect("valid").to_toml(),
            written,
            "canonical"
        );
    }
}

#[test]
fn equal_servers_are_one_table() {
    let text = Document::parse(SIX_NODES).expect("valid").to_toml();
    assert_eq!(text.matches("[nodes.").count(), 5, "{text}");
    assert_eq!(text.matches("[[links]]").count(), 4, "{text}");
}

#[test]
fn a_path_in_a_set_needs_no_quotes() {
    let plain = SIX_NODES.replace("\"users.rate\" =", "users.rate =");
    assert_eq!(Document::parse(&plain), Document::parse(SIX_NODES));
    let text = |set: &str| {
        let begin = SIX_NODES.replace("rise = 2", "rise = 3");
        format!("{begin}\n[[variants]]\nname = \"check\"\nset = {{ {set} }}\n")
    };
    for (quoted, plain) in [
        (
            "\"balancer.health-check.interval\" = \"3s\"",
            "balancer.health-check.interval = \"3s\"",
        ),
        (
            "\"balancer.health-check.interval\" = \"3s\"",
            "balancer = { health-check.interval = \"3s\" }",
        ),
        (
            "\"balancer.health-check.interval\" = \"3s\", \"balancer.health-check.fall\" = 4",
            "balancer.health-check.interval = \"3s\", balancer.health-check.fall = 4",
        ),
        (
            "\"balancer.health-check\" = \"off\"",
            "balancer.health-check = \"off\"",
        ),
        (
            "\"balancer.health-check\" = \"{ interval = \\\"3s\\\" }\"",
            "\"balancer.health-check\" = { interval = \"3s\" }",
        ),
        (
            "\"balancer.health-check\" = { interval = \"3s\" }",
            "balancer.health-check = { interval = \"3s\" }",
        ),
        (
            "\"web -> db.latency\" = \"1ms\"",
            "\"web -> db\".latency = \"1ms\"",
        ),
    ] {
        let quoted = Document::parse(&text(quoted)).expect(quoted);
        assert_eq!(Document::parse(&text(plain)), Ok(quoted), "{plain}");
    }
}

/// A path leads to one field; a table in braces is the whole group, and what it does not name has
/// its default.
#[test]
fn one_field_of_a_group_leaves_the_others_as_they_are() {
    let settings = |set: &str| {
        let text = SIX_NODES.replace("rise = 2", "rise = 3").replace(
            "\"users.rate\" = \"100/s\"",
            &format!("balancer.health-check{set}"),
        );
        let document = Document::parse(&text).expect(set);
        let changed = document.variant(&document.variants()[0]);
        let balancer = changed.node("balancer").expect("there is one").kind.clone();
        let NodeKind::Balancer(balancer) = balancer else {
            panic!("a balancer")
        };
        balancer.health_check.expect("it is on")
    };
    let field = settings(".interval = \"3s\"");
    assert_eq!((field.interval, field.rise), (SimDuration::from_secs(3), 3));
    let group = settings(" = { interval = \"3s\" }");
    assert_eq!((group.interval, group.rise), (SimDuration::from_secs(3), 2));
}

#[test]
fn limits_hold() {
    let long = format!("format = 1\ntitle = \"{}\"\n", "x".repeat(MAX_TEXT));
    assert!(Document::parse(&long).is_err());
    let many = "format = 1\n[nodes.web]\nkind = \"server\"\ncount = 256\nqueue-limit = 0\n";
    assert!(Document::parse(many).is_ok());
    assert!(Document::parse(&format!("{many}[nodes.one]\nkind = \"dns\"\n")).is_err());
    let entry = "[[timeline]]\nat = \"1s\"\nkill = \"web-1\"\n";
    let text = |entries: usize| format!("{many}{}", entry.repeat(entries));
    assert!(Document::parse(&text(1_000)).is_ok());
    assert!(Document::parse(&text(1_001)).is_err());
    let mut deep = "format = 1\nlinks = ".to_owned();
    deep.push_str(&"[".repeat(30_000));
    assert!(Document::parse(&deep).is_err());
}

/// Values that a setting may have, so that edits often succeed and sometimes do not.
fn edits() -> impl Strategy<Value = Edit> {
    let name = prop_oneof![
        Just("users"),
        Just("balancer"),
        Just("web-1"),
        Just("web-3"),
        Just("web-7"),
        Just("db"),
        Just("web"),
        Just("cache"),
        Just("dns")
    ]
    .prop_map(str::to_owned);
    let path = prop_oneof![
        Just(("users.rate", "12.5/s")),
        Just(("users.timeout", "never")),
        Just(("web.workers", "4")),
        Just(("web.count", "3")),
        Just(("web.count", "6")),
        Just(("web-1.service-time", "5ms lognormal cv2=2.5")),
        Just(("balancer.health-check", "off")),
        Just(("balancer.health-check.interval", "250ms")),
        Just(("web -> db.latency", "1ms")),
        Just(("slo", "50ms")),
        Just(("seed", "9")),
        Just(("title", "A \"b\" \\ <c>")),
        Just(("speed", "slowed 3x")),
        Just(("warm-up", "1.000000001s")),
        Just(("db.nothing", "1"))
    ];
    let kind = prop_oneof![
        Just(Kind::Server),
        Just(Kind::Database),
        Just(Kind::Balancer),
        Just(Kind::Clients),
        Just(Kind::Dns)
    ];
    prop_oneof![
        4 => path.prop_map(|(path, value)| Edit::Set { path: path.into(), value: value.into() }),
        1 => (name.clone(), kind).prop_map(|(name, kind)| Edit::Add { name, kind }),
        1 => (name.clone(), name.clone()).prop_map(|(name, as_name)| Edit::Duplicate { name, as_name }),
        1 => name.clone().prop_map(|name| Edit::Remove { name }),
        1 => (name.clone(), name.clone()).prop_map(|(name, to)| Edit::Rename { name, to }),
        1 => (name.clone(), name.clone(), 0_u64..2_000_000_000).prop_map(|(from, to, nanos)| Edit::Connect {
            from, to, latency: SimDuration::from_nanos(nanos)
        }),
        1 => (name.clone(), name.clone()).prop_map(|(from, to)| Edit::Disconnect { from, to }),
        1 => (name.clone(), -20..20, -20..20).prop_map(|(name, x, y)| Edit::Move { name, x, y }),
        1 => name.prop_map(|name| Edit::Kill { name }),
    ]
}

fn document_after(edits: &[Edit]) -> Document {
    edits.iter().fold(
        Document::parse(SIX_NODES).expect("valid"),
        |document, edit| document.apply(edit).unwrap_or(document),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_document_is_read_back(edits in prop::collection::vec(edits(), 0..12)) {
        let document = document_after(&edits);
        let text = document.to_toml();
        prop_assert_eq!(Document::parse(&text), Ok(document), "{}", text);
    }

    #[test]
    fn every_document_comes_back_from_its_script(edits in prop::collection::vec(edits(), 0..12)) {
        let document = document_after(&edits);
        let script = crate::script::write(&document);
        prop_assert_eq!(crate::script::read(&script), Some(document), "{:?}", script);
    }

    #[test]
    fn a_difference_leads_from_one_document_to_the_other(
        first in prop::collection::vec(edits(), 0..8),
        second in prop::collection::vec(edits(), 0..8),
    ) {
        let (before, after) = (document_after(&first), document_after(&second));
        let mut present = before.clone();
        for edit in crate::diff(&before, &after) {
            present = present.apply(&edit).expect("each edit of a difference is possible");
        }
        prop_assert_eq!(present.scenario(), after.scenario());
        prop_assert_eq!(&present.settings.title, &after.settings.title);
        prop_assert_eq!(present.speed(), after.speed());
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = Document::parse(&text);
        let _ = Document::parse(&format!("format = 1\n{text}"));
    }

    #[test]
    fn no_mutation_of_a_document_panics(cut in 0..2_000_usize, length in 0..40_usize, with in "[\\[\\]{}\"=a-z0-9.\\n %/-]{0,20}") {
        let chars: Vec<char> = SIX_NODES.chars().collect();
        let start = cut.min(chars.len());
        let end = (start + length).min(chars.len());
        let text: String = chars[..start].iter().copied().chain(with.chars()).chain(chars[end..].iter().copied()).collect();
        if let Err(problems) = Document::parse(&text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
                let diagnostic = crate::diagnostic::Diagnostic::new("a.toml", &text, 0, &problem);
                prop_assert!(diagnostic.line >= 1 && diagnostic.column >= 1);
            }
        }
    }
}
