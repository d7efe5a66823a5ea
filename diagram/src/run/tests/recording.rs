//! The document that reproduces a run.

use proptest::prelude::*;
use simulator::Kind;

use super::*;

fn named(name: &str) -> String {
    name.to_owned()
}

fn set(path: &str, value: &str) -> Edit {
    Edit::Set {
        path: path.to_owned(),
        value: value.to_owned(),
    }
}

/// A run of `document` together with what happens by itself.
fn run_with(document: &str, timeline: &str) -> Run {
    Run::new(&Document::parse(&format!("{document}{timeline}")).expect("valid"))
}

/// What the recording of `run` comes to by now is what `run` has come to.
#[track_caller]
fn check_recording(run: &Run) {
    let recording = run.recording();
    assert!(run.is_recording_exact());
    assert_eq!(Document::parse(&recording.to_toml()), Ok(recording.clone()));
    let mut again = Run::new(&recording);
    again.run_until(run.now(), u64::MAX);
    assert_eq!(again.document().scenario(), run.document().scenario());
    assert_eq!(again.simulation().snapshot(), run.simulation().snapshot());
}

#[test]
fn what_is_built_before_the_start_is_what_the_run_begins_with() {
    let example = Document::default_playground();
    let mut run = Run::new(&example);
    for edit in [
        Edit::Remove {
            name: named("web-2"),
        },
        Edit::Add {
            name: named("cache"),
            kind: Kind::Database,
        },
        Edit::Connect {
            from: named("web-1"),
            to: named("cache"),
            latency: SimDuration::from_millis(1),
        },
        Edit::Move {
            name: named("cache"),
            x: 5,
            y: 2,
        },
    ] {
        run.edit(edit).expect("possible");
    }
    let recording = run.recording();
    assert!(recording.node("web-2").is_none());
    assert_eq!(
        recording.node("cache").and_then(|node| node.position),
        Some((5, 2))
    );
    assert_eq!(recording.timeline(), []);
    assert_eq!(&recording, run.design());
    let end = SimTime::from_secs(1);
    run.run_until(end, u64::MAX);
    assert_eq!(
        fingerprint_at(&recording, end),
        run.simulation().fingerprint()
    );
}

#[test]
fn undo_before_the_start_leaves_no_trace() {
    let example = Document::default_playground();
    let mut run = Run::new(&example);
    run.edit(Edit::Remove {
        name: named("web-2"),
    })
    .expect("possible");
    run.set_document(example.clone());
    assert_eq!(run.recording(), example);
}

#[test]
fn a_recording_looks_as_the_system_looks_now() {
    let mut run = Run::new(&Document::default_playground());
    run.run_until(SimTime::from_secs(1), u64::MAX);
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
fn undo_leaves_the_objective_that_the_timeline_set() {
    let timeline = "[[timeline]]\nat = \"5s\"\nset = { slo = \"1s\" }\n";
    let mut run = run_with(SYSTEM, timeline);
    run.run_until(SimTime::from_secs(10), u64::MAX);
    let earlier = run.design().clone();
    run.edit(set("users.rate", "300/s")).expect("possible");
    run.set_document(earlier);
    assert_eq!(run.document().slo(), SimDuration::from_secs(1));
    run.edit(set("users.rate", "200/s")).expect("possible");
    run.run_until(SimTime::from_secs(11), u64::MAX);
    assert_eq!(run.simulation().scenario().slo(), SimDuration::from_secs(1));
    check_recording(&run);
}

#[test]
fn a_recording_covers_as_much_time_as_the_reader_said() {
    let mut run = Run::new(&Document::default_playground());
    run.run_until(SimTime::from_secs(1), u64::MAX);
    run.edit(set("duration", "9s"))
        .expect_err("shorter than its warm-up");
    run.edit(set("warm-up", "3s")).expect("possible");
    run.edit(set("duration", "9s")).expect("possible");
    let recording = run.recording();
    assert_eq!(recording.duration(), SimDuration::from_secs(9));
    assert_eq!(recording.warm_up(), SimDuration::from_secs(3));
}

/// Users, and servers behind a balancer.
fn servers(count: usize) -> String {
    format!(
        r#"
format = 1
nodes.users.kind = "clients"
nodes.balancer.kind = "balancer"
nodes.web = {{ kind = "server", count = {count} }}
links = [{{ from = "users", to = "balancer" }}, {{ from = "balancer", to = "web" }}]
"#
    )
}

/// So many entries of a timeline, one second after the other from 100 s on.
fn entries(count: usize) -> String {
    (0..count)
        .map(|i| {
            let (at, rate) = (100 + i, 1 + i % 2);
            format!("[[timeline]]\nat = \"{at}s\"\nset = {{ \"users.rate\" = \"{rate}/s\" }}\n")
        })
        .collect()
}

/// Sets another rate so many times.
fn set_rates(run: &mut Run, count: usize) {
    for i in 0..count {
        let rate = format!("{}/s", 3 + i % 2);
        run.edit(set("users.rate", &rate)).expect("a valid rate");
    }
}

#[test]
fn a_recording_is_not_exact_where_it_would_be_too_much_work() {
    let mut run = run_with(&servers(200), &entries(240));
    run.run_until(SimTime::from_secs(1), u64::MAX);
    set_rates(&mut run, 1);
    check_recording(&run);
    set_rates(&mut run, 100);
    assert!(run.recording().timeline().len() < 340);
    assert!(!run.is_recording_exact());
}

#[test]
fn a_recording_never_has_more_entries_than_can_be_read() {
    let mut run = run_with(&servers(1), &entries(600));
    let whole = run.design().clone();
    run.run_until(SimTime::from_secs(1), u64::MAX);
    run.set_document(whole.without_timeline());
    set_rates(&mut run, 700);
    check_recording(&run);
    run.set_document(whole);
    assert!(!run.is_recording_exact());
    let recording = run.recording();
    assert_eq!(Document::parse(&recording.to_toml()), Ok(recording));
}

#[test]
fn what_the_timeline_can_no_longer_do_is_not_missing_from_a_recording() {
    let mut run = Run::new(&document());
    run.run_until(SimTime::from_secs(1), u64::MAX);
    let name = named("web-2");
    run.edit(Edit::Remove { name }).expect("possible");
    assert_eq!(run.recording().timeline().len(), 2);
    run.run_until(SimTime::from_secs(21), u64::MAX);
    check_recording(&run);
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

/// The system, whose timeline happens within the first second.
fn quick() -> String {
    SYSTEM
        .replace("at = \"20s\"", "at = \"200ms\"")
        .replace("at = \"40s\"", "at = \"700ms\"")
}

/// What else happens by itself: to the objective.
const OBJECTIVE: &str = r#"
[[timeline]]
at = "300ms"
set = { slo = "1s" }
"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_recording_reproduces_its_run(deeds in prop::collection::vec(deeds(), 1..25)) {
        let mut run = run_with(&quick(), &format!("{AT_ONCE}{OBJECTIVE}"));
        let mut earlier = vec![run.design().clone()];
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
        check_recording(&run);
    }
}
