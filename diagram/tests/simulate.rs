//! The command `simulate` as a shell sees it.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const FOUR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/valid/four-servers.toml");
const MISSPELT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/invalid/misspelt.toml");
const FORMAT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/invalid/format.toml");

fn simulate(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A command that does not read its input closes it early; that is no fault of the test.
    let _ = child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_same_run_has_the_same_hash() {
    let hash = |arguments: &[&str]| {
        let output = simulate(arguments, "");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let json = text(&output.stdout);
        let line = json
            .lines()
            .find(|line| line.contains("\"run\""))
            .expect("a hash");
        line.trim().to_owned()
    };
    let once = hash(&["run", FOUR, "--json", "--for", "5s"]);
    assert_eq!(once, hash(&["run", "--for=5s", "--json", FOUR]));
    assert_ne!(
        once,
        hash(&["run", FOUR, "--json", "--for", "5s", "--seed", "8"])
    );
}

#[test]
fn a_run_prints_a_row_for_each_variant() {
    let output = simulate(&["run", FOUR, "--for", "5s"], "");
    let shown = text(&output.stdout);
    assert!(
        shown.contains("As drawn") && shown.contains("100 requests a second"),
        "{shown}"
    );
    assert!(shown.contains("seed 7"), "{shown}");
}

#[test]
fn a_run_says_what_its_nodes_count() {
    let shown = text(&simulate(&["run", FOUR, "--for", "5s"], "").stdout);
    let last = shown.lines().last().expect("lines");
    assert!(
        last.contains("5 s of simulated time; busy, served and failed since 833 ms: "),
        "{last}"
    );
    let (_, events) = last.rsplit_once(": ").expect("events");
    assert!(
        events.contains(',') && events.ends_with(" events in all."),
        "{last}"
    );
}

#[test]
fn what_is_counted_is_what_the_file_has() {
    let file = "format = 1\n[nodes.users]\nkind = \"clients\"\n[nodes.web]\nkind = \"server\"\n\
                count = 2\n[[links]]\nfrom = \"users\"\nto = \"web\"\n";
    assert_eq!(
        text(&simulate(&["check", "-"], file).stdout),
        "<stdin>: 2 nodes, 1 link; with all members of its groups 3 nodes, 2 links\n"
    );
}

#[test]
fn standard_input_is_a_file_called_minus() {
    let output = simulate(
        &["check", "-"],
        "format = 1\n[nodes.a]\nkind = \"server\"\n",
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "<stdin>: 1 node, 0 links\n");
}

#[test]
fn every_problem_of_every_file_is_shown_with_its_place() {
    let output = simulate(&["check", MISSPELT, FOUR, FORMAT, "no-such-file.toml"], "");
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    for expected in [
        "misspelt.toml:2:1",
        "did you mean \"title\"?",
        "format.toml:1:10",
        "no-such-file.toml",
        "problems",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(text(&output.stdout).contains(
        "four-servers.toml: 5 nodes, 4 links; with all members of its groups 8 nodes, 10 links"
    ));
}

#[test]
fn a_wrong_command_ends_with_2() {
    let output = simulate(&["rnu"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("did you mean `run`?"));
    assert_eq!(simulate(&[], "").status.code(), Some(2));
    assert_eq!(simulate(&["--help"], "").status.code(), Some(0));
}

#[test]
fn nobody_listening_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_names_in_json_are_stable() {
    let output = simulate(&["run", FOUR, "--json", "--for", "1s"], "");
    let shown = text(&output.stdout);
    let names: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("  \""))
        .filter_map(|line| line.trim().strip_prefix('"')?.split('"').next())
        .collect();
    assert_eq!(
        names,
        [
            "format",
            "title",
            "seed",
            "run",
            "events",
            "duration_s",
            "warm_up_s",
            "measured_s",
            "slo_ms",
            "requests",
            "ok",
            "late",
            "failed",
            "shed",
            "in_flight_at_end",
            "failures",
            "response_mean_ms",
            "response_p50_ms",
            "response_p95_ms",
            "response_p99_ms",
            "response_max_ms",
            "user_network_mean_ms",
            "nodes",
            "variants",
        ]
    );
}

#[test]
fn in_json_a_bad_file_is_a_list_of_problems() {
    for (file, line, message) in [
        (MISSPELT, "\"line\": 2", "there is no key"),
        (
            "no-such-file.toml",
            "\"line\": null",
            "there is no such file",
        ),
        (
            env!("CARGO_MANIFEST_DIR"),
            "\"line\": null",
            "this is a folder",
        ),
    ] {
        let output = simulate(&["run", file, "--json"], "");
        assert_eq!(output.status.code(), Some(1));
        let shown = text(&output.stdout);
        assert!(shown.starts_with("{\n  \"format\": 1,\n  \"problems\": ["));
        assert!(shown.contains(line) && shown.contains(message), "{shown}");
        assert!(!text(&output.stderr).is_empty(), "people read it, too");
    }
}

#[test]
fn a_text_that_is_too_long_is_told_its_size() {
    let long = "# far too long\n".repeat(10_000);
    let output = simulate(&["check", "-"], &long);
    let shown = text(&output.stderr);
    assert!(
        shown.contains("<stdin>: this text has more than 65536 bytes; at most 65536 are read"),
        "{shown}"
    );
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("long.toml");
    std::fs::write(&file, &long).expect("writable");
    let output = simulate(&["check", file.to_str().expect("UTF-8")], "");
    let shown = text(&output.stderr);
    assert!(shown.contains("this text has 150000 bytes"), "{shown}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn help_for_run_explains_every_name_in_its_json() {
    let help = text(&simulate(&["run", "--help"], "").stdout);
    let output = simulate(&["run", FOUR, "--json", "--for", "1s"], "");
    let json = text(&output.stdout);
    let names = json
        .lines()
        .filter(|line| line.starts_with("  \"") || line.starts_with("      \""))
        .filter_map(|line| line.trim().strip_prefix('"')?.split('"').next());
    let mut n_names = 0;
    for name in names.filter(|&name| name != "format") {
        assert!(help.contains(name), "{name}");
        n_names += 1;
    }
    assert!(n_names > 30);
}
