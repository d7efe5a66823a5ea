use proptest::prelude::*;
use simulator::{Kind, SimDuration};

use super::*;

const SYSTEM: &str = include_str!("../../tests/valid/four-servers.toml");

fn document() -> Document {
    Document::parse(SYSTEM)
        .expect("valid")
        .with_duration(SimDuration::from_secs(3))
}

fn fingerprint_at(document: &Document, end: SimTime) -> u64 {
    let mut run = Run::new(document);
    run.run_until(end, u64::MAX);
    run.simulation().fingerprint()
}

#[test]
fn the_timeline_happens_at_its_exact_time() {
    let mut run = Run::new(&document());
    run.run_until(SimTime::from_nanos(19_999_999_999), u64::MAX);
    let web_2 = run.document().node_id("web-2").expect("exists").index();
    assert_eq!(
        run.simulation().snapshot().nodes[web_2].condition,
        simulator::Condition::Up
    );
    run.run_until(SimTime::from_secs(20), u64::MAX);
    assert_eq!(
        run.simulation().snapshot().nodes[web_2].condition,
        simulator::Condition::Dead
    );
    run.run_until(SimTime::from_secs(41), u64::MAX);
    assert_eq!(
        run.simulation().snapshot().nodes[web_2].condition,
        simulator::Condition::Up
    );
}

#[test]
fn steps_and_leaps_give_the_same_run() {
    let text = SYSTEM
        .replace("at = \"20s\"", "at = \"20ms\"")
        .replace("at = \"40s\"", "at = \"45ms\"");
    let document = Document::parse(&text).expect("valid");
    let mut stepped = Run::new(&document);
    for _ in 0..500 {
        stepped.step().expect("clients go on sending");
    }
    let mut leapt = Run::new(&document);
    assert_eq!(leapt.run_until(SimTime::MAX, 500), Progress::BudgetSpent);
    assert_eq!(
        stepped.simulation().fingerprint(),
        leapt.simulation().fingerprint()
    );
    assert!(
        stepped.now() > SimTime::from_nanos(45_000_000),
        "the timeline was passed"
    );
}

#[test]
fn an_edit_that_is_not_possible_changes_nothing() {
    let mut run = Run::new(&document());
    let before = run.recording();
    for edit in [
        Edit::Remove {
            name: "cache".into(),
        },
        Edit::Kill {
            name: "users".into(),
        },
        Edit::Slow {
            name: "web".into(),
            factor: f64::NAN,
        },
        Edit::Set {
            path: "seed".into(),
            value: "3".into(),
        },
        Edit::Connect {
            from: "db".into(),
            to: "users".into(),
            latency: SimDuration::ZERO,
        },
    ] {
        assert!(run.edit(edit).is_err());
    }
    assert_eq!(run.recording(), before);
}

#[test]
fn undo_is_an_earlier_document_and_keeps_the_run() {
    let mut run = Run::new(&document());
    let earlier = run.design().clone();
    run.run_until(SimTime::from_secs(1), u64::MAX);
    run.edit(Edit::Remove {
        name: "web-4".into(),
    })
    .expect("possible");
    run.run_until(SimTime::from_secs(2), u64::MAX);
    run.set_document(earlier.clone());
    assert_eq!(run.document().scenario(), earlier.scenario());
    assert_eq!(run.now(), SimTime::from_secs(2));
    run.run_until(SimTime::from_secs(3), u64::MAX);
    let end = run.now();
    assert_eq!(
        fingerprint_at(&run.recording(), end),
        run.simulation().fingerprint()
    );
}

#[test]
fn another_seed_begins_again() {
    let mut run = Run::new(&document());
    run.run_until(SimTime::from_secs(1), u64::MAX);
    run.set_document(document().with_seed(8));
    assert_eq!(run.now(), SimTime::ZERO);
}

#[test]
fn moving_a_node_or_a_title_never_changes_a_run() {
    let mut run = Run::new(&document());
    run.run_until(SimTime::from_nanos(500_000_000), u64::MAX);
    run.edit(Edit::Move {
        name: "db".into(),
        x: 3,
        y: 4,
    })
    .expect("possible");
    run.edit(Edit::Set {
        path: "title".into(),
        value: "Other".into(),
    })
    .expect("possible");
    run.run_until(SimTime::from_secs(1), u64::MAX);
    assert_eq!(
        run.simulation().fingerprint(),
        fingerprint_at(&document(), run.now())
    );
    assert_eq!(run.document().title(), "Other");
}

#[derive(Clone, Debug)]
enum Deed {
    Step,
    Run(u64),
    Edit(Edit),
    Undo,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let name = || {
        prop_oneof![
            Just("web-1"),
            Just("web-2"),
            Just("web"),
            Just("web-5"),
            Just("db"),
            Just("balancer")
        ]
        .prop_map(str::to_owned)
    };
    let set = prop_oneof![
        Just(("users.rate", "900/s")),
        Just(("users.rate", "50/s")),
        Just(("web.workers", "1")),
        Just(("web.count", "6")),
        Just(("web.count", "2")),
        Just(("balancer.policy", "least-connections")),
        Just(("db.read-time", "9ms")),
        Just(("slo", "20ms")),
        Just(("web -> db.latency", "3ms")),
        Just(("title", "x"))
    ]
    .prop_map(|(path, value)| Edit::Set {
        path: path.into(),
        value: value.into(),
    });
    prop_oneof![
        2 => Just(Deed::Step),
        4 => (0..300_000_000_u64).prop_map(Deed::Run),
        3 => set.prop_map(Deed::Edit),
        1 => name().prop_map(|name| Deed::Edit(Edit::Kill { name })),
        1 => name().prop_map(|name| Deed::Edit(Edit::Slow { name, factor: 7.5 })),
        1 => name().prop_map(|name| Deed::Edit(Edit::Heal { name })),
        1 => name().prop_map(|name| Deed::Edit(Edit::Remove { name })),
        1 => name().prop_map(|name| Deed::Edit(Edit::Duplicate { name, as_name: "web-5".into() })),
        1 => name().prop_map(|name| Deed::Edit(Edit::Add { name, kind: Kind::Server })),
        1 => name().prop_map(|to| Deed::Edit(Edit::Rename { name: "web-1".into(), to })),
        1 => Just(Deed::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_recording_reproduces_its_run(deeds in prop::collection::vec(deeds(), 1..25)) {
        let text = SYSTEM.replace("at = \"20s\"", "at = \"200ms\"").replace("at = \"40s\"", "at = \"700ms\"");
        let document = Document::parse(&text).expect("valid");
        let mut run = Run::new(&document);
        let mut earlier = vec![document.clone()];
        for deed in deeds {
            match deed {
                Deed::Step => {
                    run.step();
                }
                Deed::Run(nanos) => {
                    run.run_until(run.now() + SimDuration::from_nanos(nanos), u64::MAX);
                }
                Deed::Edit(edit) => {
                    if run.edit(edit).is_ok() {
                        earlier.push(run.design().clone());
                    }
                }
                Deed::Undo => {
                    let place = earlier.len() / 2;
                    run.set_document(earlier[place].clone());
                }
            }
        }
        // Whatever is left at the present moment happens before the comparison.
        run.run_until(run.now() + SimDuration::from_millis(1), u64::MAX);
        let recording = run.recording();
        prop_assert_eq!(Document::parse(&recording.to_toml()), Ok(recording.clone()));
        let mut again = Run::new(&recording);
        again.run_until(run.now(), u64::MAX);
        prop_assert_eq!(again.simulation().fingerprint(), run.simulation().fingerprint());
        prop_assert_eq!(again.simulation().snapshot(), run.simulation().snapshot());
    }
}

#[test]
fn a_recording_looks_as_the_system_looks_now() {
    let mut run = Run::new(&Document::default_playground());
    let place = Edit::Move {
        name: "web-1".to_owned(),
        x: 3,
        y: 1,
    };
    run.edit(place).expect("a node");
    run.edit(Edit::Set {
        path: "title".to_owned(),
        value: "Mine".to_owned(),
    })
    .expect("a title");
    let recording = run.recording();
    assert_eq!(recording.title(), "Mine");
    assert_eq!(
        recording.node("web-1").and_then(|node| node.position),
        Some((3, 1))
    );
}

#[test]
fn a_balancer_takes_no_time_so_it_cannot_be_slow() {
    let mut run = Run::new(&Document::default_playground());
    let slow = Edit::Slow {
        name: "balancer".to_owned(),
        factor: 10.0,
    };
    let refused = run
        .edit(slow)
        .expect_err("nothing would change")
        .to_string();
    assert!(refused.contains("cannot be slow"), "{refused}");
}

#[test]
fn a_watched_run_measures_since_the_last_change() {
    let document = Document::parse(SYSTEM).expect("valid");
    let since = |run: &Run| run.simulation().snapshot().measured.since;
    let mut run = Run::watched(&document);
    let warm = SimTime::ZERO + document.warm_up();
    run.run_until(SimTime::from_secs(19), u64::MAX);
    assert_eq!(since(&run), warm);

    let (name, to) = ("web-1".to_owned(), "first".to_owned());
    run.edit(Edit::Rename { name, to }).expect("a free name");
    let (name, x, y) = ("first".to_owned(), 3, 4);
    run.edit(Edit::Move { name, x, y }).expect("a node");
    assert_eq!(since(&run), warm, "neither is a change");

    run.run_until(SimTime::from_secs(30), u64::MAX);
    assert_eq!(since(&run), SimTime::from_secs(20), "the timeline");
    let path = "users.rate".to_owned();
    let value = "100/s".to_owned();
    run.edit(Edit::Set { path, value }).expect("a rate");
    assert_eq!(since(&run), SimTime::from_secs(30), "the reader");
    let snapshot = run.simulation().snapshot();
    assert_eq!(snapshot.measured.response.count, 0);
    assert!(snapshot.nodes.iter().all(|node| node.failures.total() == 0));
}

#[test]
fn a_watched_run_that_nobody_changes_measures_what_a_report_does() {
    let text = "format = 1\nwarm-up = \"2s\"\nduration = \"9s\"\n\
         nodes.users = { kind = \"clients\", rate = \"100/s\" }\n\
         nodes.web = { kind = \"server\" }\n\
         links = [{ from = \"users\", to = \"web\" }]\n";
    let document = Document::parse(text).expect("valid");
    let computed = crate::report::outcome(&document);
    let mut run = Run::watched(&document);
    // However it is cut into steps.
    for _ in 0..100 {
        run.step().expect("clients go on sending");
    }
    run.run_until(SimTime::from_secs(9), u64::MAX);
    assert_eq!(run.simulation().measurement(), computed.measurement);
    assert_eq!(run.simulation().fingerprint(), computed.fingerprint);
}
