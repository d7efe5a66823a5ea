//! What comes out of a run: numbers, tables, sentences, claims.

use diagram::{Document, Edit, Report, Run, Unit, describe, numbers, parameter, report, table};
use simulator::SimTime;

const SINGLE: &str = include_str!("valid/single-server.toml");
const FOUR: &str = include_str!("valid/four-servers.toml");

fn results(text: &str) -> (Document, Report) {
    let document = Document::parse(text).expect("valid");
    let report = report(&document);
    (document, report)
}

#[test]
fn there_are_six_numbers_whatever_the_system() {
    for text in [
        SINGLE,
        FOUR,
        "format = 1\n",
        "format = 1\n[nodes.a]\nkind = \"server\"\n",
    ] {
        let (document, report) = results(text);
        let labels: Vec<&str> = numbers::tiles(&document, &report.base)
            .iter()
            .map(|tile| tile.label)
            .collect();
        assert_eq!(
            labels,
            ["Goodput", "p50", "p95", "p99", "Failed", "Bottleneck"]
        );
        let live = numbers::tiles(&document, &Run::new(&document).simulation().snapshot());
        assert_eq!(live.len(), 6);
        assert!(
            live.iter()
                .all(|tile| !tile.value.contains("NaN") && !tile.value.is_empty())
        );
    }
}

#[test]
fn the_engine_agrees_with_theory_where_there_is_one() {
    let (_, report) = results(SINGLE);
    let value = |name: &str| report.metric(name).expect(name).value;
    // M/M/2 at 100 requests a second and 12 ms: 18.75 ms.
    assert!((value("at-100.theory.mean") - 0.018_75).abs() < 1e-6);
    assert!((value("at-100.mean") / value("at-100.theory.mean") - 1.0).abs() < 0.05);
    assert!((value("at-100.utilisation(server)") - 0.6).abs() < 0.02);
    let table = table::results(&report);
    assert!(table.head.contains(&"Mean in theory".to_owned()));
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
}

#[test]
fn theory_counts_the_network_behind_a_balancer_as_the_engine_does() {
    let (_, report) = results(
        "format = 1\nduration = \"600s\"\n[nodes.users]\nkind = \"clients\"\nrate = \"100/s\"\n\
         [nodes.lb]\nkind = \"balancer\"\n[nodes.web]\nkind = \"server\"\nworkers = 2\nservice-time = \"12ms\"\n\
         [[links]]\nfrom = \"users\"\nto = \"lb\"\nlatency = \"20ms\"\n\
         [[links]]\nfrom = \"lb\"\nto = \"web\"\nlatency = \"20ms\"\n",
    );
    for share in ["mean", "p50", "p99"] {
        let measured = report.metric(share).expect("answered").value;
        let theory = report.metric(&format!("theory.{share}"));
        let theory = theory.expect("one station").value;
        assert!((measured / theory - 1.0).abs() < 0.05, "{share}");
    }
}

/// The law is that of the system as drawn; one with a slow server is another.
#[test]
fn there_is_no_theory_beside_a_node_that_does_not_work_as_drawn() {
    let text = SINGLE.replace("150/s", "50/s");
    let document = Document::parse(&text).expect("valid");
    let mut run = Run::new(&document);
    let mut names_theory = |edit: Option<Edit>, until: u64| {
        if let Some(edit) = edit {
            run.edit(edit).expect("possible");
        }
        run.run_until(SimTime::from_secs(until), u64::MAX);
        numbers::tiles(run.document(), &run.simulation().snapshot())
            .iter()
            .any(|tile| tile.note.contains("theory"))
    };
    let name = || "server".to_owned();
    let slow = Edit::Slow {
        name: name(),
        factor: 10.0,
    };
    assert!(names_theory(None, 10));
    assert!(!names_theory(Some(slow), 20));
    assert!(names_theory(Some(Edit::Heal { name: name() }), 30));
    assert!(!names_theory(Some(Edit::Kill { name: name() }), 40));
}

#[test]
fn a_system_of_several_stations_has_no_theory() {
    let (_, report) = results(FOUR);
    assert_eq!(
        report.metric("theory.mean"),
        Err("no closed form applies to this system".to_owned())
    );
    assert!(
        !table::results(&report)
            .head
            .contains(&"Mean in theory".to_owned())
    );
}

#[test]
fn claims_find_their_numbers() {
    let (_, report) = results(FOUR);
    for (name, unit) in [
        ("p99", Unit::Seconds),
        ("goodput", Unit::PerSecond),
        ("failed", Unit::Count),
        ("failed(connection-refused)", Unit::Count),
        ("utilisation(db)", Unit::Share),
        ("utilisation(web)", Unit::Share),
        ("at-100.served(web)", Unit::Count),
    ] {
        assert_eq!(
            report.metric(name).map(|metric| metric.unit),
            Ok(unit),
            "{name}"
        );
    }
    for (name, message) in [
        ("p98", "there is no metric `p98`; did you mean \"p95\"?"),
        (
            "at100.p99",
            "there is no variant `at100`; did you mean \"at-100\"?",
        ),
        (
            "utilisation(dbb)",
            "there is no node called \"dbb\"; did you mean \"db\"?",
        ),
        (
            "utilization(db)",
            "there is no metric `utilization(…)`; did you mean \"utilisation\"?",
        ),
        (
            "utilisation(db",
            "`utilisation(db` lacks its closing parenthesis",
        ),
    ] {
        assert_eq!(
            report.metric(name).map(|metric| metric.value),
            Err(message.to_owned())
        );
    }
}

#[test]
fn a_figure_is_described_in_sentences() {
    let (document, report) = results(FOUR);
    let text = describe::figure(&document, &report);
    for part in [
        "Users reach four web servers through a load balancer. Users send 400 requests a second, at random moments.",
        "4 servers web-1 to web-4 (2 workers, 8 ms each)",
        "After 20 s web-2 dies, after 40 s web-2 works again",
        "failed, mostly with \"connection refused\"",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!describe::leaves_out(&document).is_empty());
}

#[test]
fn only_changes_of_state_are_announced() {
    let (document, _) = results(FOUR);
    let mut run = Run::new(&document);
    run.run_until(SimTime::from_secs(19), u64::MAX);
    let before = run.simulation().snapshot();
    let moment = |snapshot| describe::Moment {
        document: &document,
        snapshot,
    };
    assert!(describe::changes(moment(&before), moment(&before)).is_empty());
    run.run_until(SimTime::from_secs(21), u64::MAX);
    let after = run.simulation().snapshot();
    let said = describe::changes(moment(&before), moment(&after));
    assert!(said.contains(&"web-2 is dead.".to_owned()), "{said:?}");
    assert!(
        said.contains(&"Requests begin to fail at web-2: connection refused.".to_owned()),
        "{said:?}"
    );
}

#[test]
fn nodes_of_other_names_are_not_compared() {
    let mut run = Run::new(&Document::default_playground());
    run.run_until(SimTime::from_secs(1), u64::MAX);
    let name = "web-1".to_owned();
    run.edit(Edit::Kill { name }).expect("servers can fail");
    run.run_until(SimTime::from_secs(30), u64::MAX);
    let (old, before) = (run.document().clone(), run.simulation().snapshot());
    let (name, to) = ("web-2".to_owned(), "app".to_owned());
    run.edit(Edit::Rename { name, to }).expect("it is free");
    // There are as many nodes as before, and "app" stands where "web-1" stood.
    let after = run.simulation().snapshot();
    let then = describe::Moment {
        document: &old,
        snapshot: &before,
    };
    let now = describe::Moment {
        document: run.document(),
        snapshot: &after,
    };
    let said = describe::changes(then, now);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn several_of_a_kind_are_blamed_together_and_only_when_it_is_clear() {
    let text = |rate: &str, servers: u32| {
        format!(
            "format = 1\nnodes.users = {{ kind = \"clients\", rate = \"{rate}\" }}\n\
             nodes.web = {{ kind = \"server\", count = {servers}, workers = 1, service-time = \"10ms\" }}\n\
             nodes.balancer = {{ kind = \"balancer\" }}\n\
             links = [{{ from = \"users\", to = \"balancer\" }}, {{ from = \"balancer\", to = \"web\" }}]\n"
        )
    };
    for (rate, servers, sentence) in [
        ("80/s", 1, Some("The bottleneck is web-1.")),
        ("240/s", 3, Some("The servers are the bottleneck.")),
        ("55/s", 1, None),
    ] {
        let document = Document::parse(&text(rate, servers)).expect("valid");
        let mut run = Run::new(&document);
        let before = run.simulation().snapshot();
        run.run_until(SimTime::from_secs(200), u64::MAX);
        let after = run.simulation().snapshot();
        let moment = |snapshot| describe::Moment {
            document: &document,
            snapshot,
        };
        let said = describe::changes(moment(&before), moment(&after));
        assert_eq!(said.first().map(String::as_str), sentence, "{said:?}");
    }
}

#[test]
fn where_nothing_can_be_reached_the_bottleneck_says_why() {
    let text = "format = 1\nnodes.users = { kind = \"clients\", rate = \"80/s\" }\n\
         nodes.balancer = { kind = \"balancer\" }\n\
         links = [{ from = \"users\", to = \"balancer\" }]\n";
    let document = Document::parse(text).expect("valid");
    let mut run = Run::new(&document);
    run.run_until(SimTime::from_secs(10), u64::MAX);
    let tiles = numbers::tiles(&document, &run.simulation().snapshot());
    let tile = tiles.last().expect("six");
    assert_eq!(tile.value, "none");
    assert_eq!(tile.note, "no healthy server");
    assert!(tile.is_trouble);
}

#[test]
fn the_numbers_say_what_they_cover() {
    let document = Document::parse(FOUR).expect("valid");
    let mut run = Run::watched(&document);
    run.run_until(SimTime::from_secs(30), u64::MAX);
    let tiles = numbers::tiles(&document, &run.simulation().snapshot());
    let plain = |tile: &numbers::Tile| tile.note.replace('\u{a0}', " ");
    let notes: Vec<String> = tiles.iter().map(plain).collect();
    assert!(notes[0].ends_with(" offered, last 10 s"), "{notes:?}");
    assert!(notes[2].ends_with(" answers since 20 s"), "{notes:?}");
    assert_eq!(notes[3], "objective 200 ms");
    assert!(notes[4].ends_with("refused, since 20 s"), "{notes:?}");
}

#[test]
fn the_reference_lists_every_parameter() {
    let text = parameter::reference();
    for kind in simulator::Kind::ALL {
        for parameter in parameter::parameters(kind) {
            assert!(text.contains(&format!("| `{}` |", parameter.key)));
        }
    }
}

#[test]
fn a_group_can_grow_and_shrink() {
    let (document, _) = results(FOUR);
    let set = |value: &str| {
        document.apply(&Edit::Set {
            path: "web.count".into(),
            value: value.into(),
        })
    };
    let grown = set("6").expect("possible");
    assert_eq!(grown.resolve("web").len(), 6);
    // Each of the six is called by the balancer and calls the database.
    assert_eq!(grown.links().len(), 2 + 12);
    assert_eq!(set("1").expect("possible").resolve("web").len(), 1);
    assert!(set("0").is_err());
}
