mod recording;

use simulator::SimDuration;

use super::*;

const SYSTEM: &str = include_str!("../../tests/valid/four-servers.toml");

fn document() -> Document {
    Document::parse(SYSTEM)
        .expect("valid")
        .with_duration(SimDuration::from_secs(3))
}

/// What happens by itself at the very beginning.
const AT_ONCE: &str = r#"
[[timeline]]
at = "0s"
set = { "users.rate" = "50/s" }

[[timeline]]
at = "0s"
slow = "web-3"
factor = 3
"#;

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
fn what_is_to_happen_at_once_is_still_to_happen_after_undo() {
    let document = Document::parse(&format!("{SYSTEM}{AT_ONCE}")).expect("valid");
    let kill = |run: &mut Run| run.edit(Edit::Kill { name: "db".into() });
    let mut plain = Run::new(&document);
    kill(&mut plain).expect("possible");

    // A fault is part of a run, so what follows it does not make another one.
    let mut undone = Run::new(&document);
    kill(&mut undone).expect("possible");
    undone
        .edit(Edit::Remove {
            name: "web-3".into(),
        })
        .expect("possible");
    undone.set_document(document);
    for run in [&mut plain, &mut undone] {
        run.run_until(SimTime::from_secs(1), u64::MAX);
    }
    assert_eq!(undone.document(), plain.document());
    let web_3 = undone.document().node_id("web-3").expect("exists").index();
    assert_eq!(
        undone.simulation().snapshot().nodes[web_3].condition,
        simulator::Condition::Slow { factor: 3.0 }
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
