use super::*;
use crate::document::MAX_WORK;
use crate::problem::MAX_PROBLEMS;

fn parse(text: &str) -> Document {
    Document::parse(text).expect("valid")
}

fn rename(name: &str, to: &str) -> Edit {
    Edit::Rename {
        name: name.to_owned(),
        to: to.to_owned(),
    }
}

const LINKED: &str = r#"
format = 1
nodes.web.kind = "server"
nodes.db.kind = "database"
links = [{ from = "web", to = "db", latency = "1ms" }]
timeline = [
  { at = "10s", set = { "web -> db.latency" = "50ms" } },
  { at = "20s", set = { "db.workers" = 3 } },
]
variants = [{ name = "far", set = { "web->db.latency" = "80ms", "web.workers" = 2 } }]
"#;

#[test]
fn settings_of_a_link_follow_the_new_name_of_its_ends() {
    let renamed = parse(LINKED)
        .apply(&rename("db", "store"))
        .and_then(|document| document.apply(&rename("web", "app")))
        .expect("both names are free");
    let text = renamed.to_toml();
    for kept in ["app -> store.latency", "store.workers", "app.workers"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert_eq!(renamed.timeline().len(), 2);
    assert_eq!(renamed.variants()[0].settings.len(), 2);
}

#[test]
fn a_cell_at_the_end_of_all_numbers_is_refused() {
    let document = parse(LINKED);
    for (x, y) in [(i32::MIN, 0), (0, i32::MIN), (1_001, 0), (0, -1_001)] {
        let name = "web".to_owned();
        assert!(document.apply(&Edit::Move { name, x, y }).is_err());
    }
}

#[test]
fn a_chain_that_is_too_long_is_counted_in_calls() {
    let servers: String = (0..10)
        .map(|number| format!("nodes.s{number}.kind = \"server\"\n"))
        .collect();
    let links: String = (0..9)
        .map(|from| format!("[[links]]\nfrom = \"s{from}\"\nto = \"s{}\"\n", from + 1))
        .collect();
    let problems = Document::parse(&format!("format = 1\n{servers}{links}")).expect_err("too long");
    let message = &problems[0].message;
    assert!(
        message.ends_with("and s9 has more than 8 calls"),
        "{message}"
    );
}

/// 256 nodes and 1,024 links, with `timeline` as the inside of a list.
fn largest(timeline: &str) -> String {
    format!(
        r#"
format = 1
nodes.users.kind = "clients"
nodes.balancer = {{ kind = "balancer", count = 32 }}
nodes.web = {{ kind = "server", count = 32 }}
nodes.spare = {{ kind = "server", count = 191 }}
links = [{{ from = "balancer", to = "web" }}]
timeline = [{timeline}]
"#
    )
}

#[test]
fn the_work_of_an_edit_is_bounded_however_large_the_document() {
    let entry = "{ at = \"1s\", set = { \"web-1.workers\" = 3 } },";
    let fitting = MAX_WORK / (256 + 1_024 + 1);
    let document = parse(&largest(&entry.repeat(fitting)));
    assert_eq!(document.timeline().len(), fitting);

    let problems = Document::parse(&largest(&entry.repeat(fitting + 100))).expect_err("too much");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0]
            .message
            .starts_with("these are too many changes")
    );

    // A system that grows under its timeline keeps what may be worked.
    let small = largest(&entry.repeat(1_000))
        .replace("= 32", "= 2")
        .replace("= 191", "= 1");
    let grown = [("web", 32), ("balancer", 32), ("spare", 191)]
        .into_iter()
        .try_fold(parse(&small), |document, (stem, count)| {
            let path = format!("{stem}.count");
            document.apply(&Edit::Set {
                path,
                value: count.to_string(),
            })
        });
    let grown = match grown {
        Ok(grown) => grown,
        Err(error) => panic!("{error}"),
    };
    assert!(grown.timeline().len() <= fitting);
    let mut rehearsal = Rehearsal::of(&grown);
    for timed in grown.timeline() {
        rehearsal.carry_out(&timed.edit).expect("it was kept");
    }
    assert!(rehearsal.work() <= MAX_WORK);
}

#[test]
fn a_timeline_is_counted_in_changes_not_in_entries() {
    let settings: String = (0..1_100)
        .map(|n| format!("\"w-{n}.workers\" = 2,"))
        .collect();
    let text = format!("format = 1\ntimeline = [{{ at = \"1s\", set = {{ {settings} }} }}]\n");
    let problems = Document::parse(&text).expect_err("too many");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        problems[0].message,
        "the timeline has 1100 changes; at most 1000 fit"
    );
}

#[test]
fn nothing_is_guessed_beyond_the_problems_that_are_shown() {
    let link = "[[links]]\nfrom = \"wbe\"\nto = \"bd\"\n";
    let text = format!(
        "format = 1\nnodes.web.kind = \"server\"\n{}",
        link.repeat(1_500)
    );
    let problems = Document::parse(&text).expect_err("no such nodes");
    assert_eq!(problems.len(), MAX_PROBLEMS);
    assert!(problems.iter().any(|problem| problem.help.is_some()));
}

#[test]
fn what_is_not_looked_at_again_would_have_stayed() {
    let document = parse(include_str!("../../tests/valid/four-servers.toml"));
    let mut n_spared = 0;
    for (path, value) in [
        ("users.rate", "1/s"),
        ("web.workers", "9"),
        ("web-1.service-time", "1h"),
        ("web.queue-limit", "0"),
        ("web.count", "1"),
        ("web -> db.latency", "9ms"),
        ("balancer.policy", "random"),
        ("balancer.health-check", "none"),
        ("slo", "1s"),
        ("title", "Another"),
        ("duration", "1s"),
    ] {
        let edit = Edit::Set {
            path: path.to_owned(),
            value: value.to_owned(),
        };
        let Ok(mut all) = document.apply_alone(&edit) else {
            continue;
        };
        all.drop_impossible();
        assert_eq!(document.apply(&edit), Ok(all), "{path}");
        n_spared += usize::from(edit.leaves_the_rest_possible());
    }
    assert!(n_spared >= 6, "{n_spared}");
}

#[test]
fn changes_all_at_once_come_to_the_same_as_one_by_one() {
    let document = parse(include_str!("../../tests/valid/four-servers.toml"));
    let remove = |name: &str| Edit::Remove {
        name: name.to_owned(),
    };
    let edits = [
        rename("db", "store"),
        remove("web-2"),
        Edit::Set {
            path: "web.count".to_owned(),
            value: "2".to_owned(),
        },
    ];
    let one_by_one = edits
        .iter()
        .try_fold(document.clone(), |document, edit| document.apply(edit));
    let all = document.apply_all(&edits);
    assert_eq!(all, one_by_one);
    assert!(all.is_ok_and(|all| all.timeline().len() < document.timeline().len()));
    assert!(
        document
            .apply_all(&[remove("web-2"), remove("web-2")])
            .is_err()
    );
}
