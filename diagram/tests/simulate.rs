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
        shown.contains("As drawn") && shown.contains("requests"),
        "{shown}"
    );
    assert!(shown.contains("seed 7"), "{shown}");
}

#[test]
fn a_run_says_what_its_nodes_count() {
    let shown = text(&simulate(&["run", FOUR, "--for", "5s"], "").stdout);
    let last = shown.replace('\n', " ");
    assert!(
        last.contains("5 s of simulated time; busy, served and failed since 833 ms: "),
        "{last}"
    );
    let (_, events) = last.trim_end().rsplit_once(": ").expect("events");
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

/// What the command prints when all is well.
fn printed(arguments: &[&str]) -> String {
    let output = simulate(arguments, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn no_table_is_wider_than_a_terminal() {
    let overload = FOUR.replace("four-servers", "overload");
    let single = FOUR.replace("four-servers", "single-server");
    for arguments in [
        vec!["run", FOUR, "--for", "2s"],
        vec!["run", &overload, "--for", "3s"],
        vec!["run", &single, "--for", "2s"],
        vec!["run", FOUR, "--for", "2s", "--replications", "3"],
        vec!["sweep", FOUR, "--for", "1s", "--set", "users.rate=9,99"],
        vec!["compare", FOUR, "--for", "1s", "--set", "web.workers=1"],
    ] {
        let shown = printed(&arguments);
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
        }
    }
}

#[test]
fn replications_have_seeds_of_their_own_and_can_be_made_again() {
    let shown = printed(&["run", FOUR, "--for", "2s", "--replications", "3", "--json"]);
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    let values = |key: &str| -> Vec<String> {
        let lines = lines.iter().filter_map(|line| line.strip_prefix(key));
        lines
            .map(|v| v.trim_matches([',', '"']).to_owned())
            .collect()
    };
    // The first of all is that of the scenario; three of it and three of its variant follow.
    let (seeds, runs) = (values("\"seed\": "), values("\"run\": \""));
    assert_eq!(seeds.len(), 7, "{shown}");
    assert_eq!(seeds[..2], ["7", "7"]);
    assert_eq!(seeds[1..4], seeds[4..]);
    let again = printed(&["run", FOUR, "--for", "2s", "--json", "--seed", &seeds[3]]);
    assert!(again.contains(&runs[2]), "{} {again}", runs[2]);
    assert!(shown.contains("\"p99_ms\": {") && shown.contains("\"low\": "));
}

#[test]
fn a_sweep_is_in_order_however_many_runs_are_made_at_a_time() {
    let sweep = |jobs: &str, form: &str| {
        printed(&[
            "sweep",
            FOUR,
            "--for",
            "1s",
            "--set",
            "users.rate=100..300/3",
            "--set",
            "web.service-time=4,8ms",
            "--replications",
            "2",
            "--jobs",
            jobs,
            form,
        ])
    };
    let csv = sweep("1", "--csv");
    let starts: Vec<&str> = csv
        .lines()
        .map(|line| &line[..line.len().min(12)])
        .collect();
    assert_eq!(csv.lines().count(), 7);
    assert_eq!(starts[0], "users.rate,w");
    for (line, start) in csv.lines().skip(1).zip([
        "100/s,4ms,",
        "100/s,8ms,",
        "200/s,4ms,",
        "200/s,8ms,",
        "300/s,4ms,",
        "300/s,8ms,",
    ]) {
        assert!(line.starts_with(start), "{line}");
        assert_eq!(line.split(',').count(), 2 + 3 * 6, "{line}");
    }
    assert_eq!(csv, sweep("3", "--csv"));
    assert_eq!(sweep("1", "--json"), sweep("3", "--json"));
}

#[test]
fn a_comparison_tells_a_difference_from_chance() {
    let slower = [
        "compare",
        FOUR,
        "--for",
        "5s",
        "--set",
        "web.service-time=16ms",
    ];
    let shown = printed(&slower);
    let mean = shown
        .lines()
        .find(|line| line.starts_with("mean "))
        .expect("a row");
    assert!(mean.contains("  +") && mean.ends_with("  yes"), "{mean}");
    assert!(shown.contains("mean is higher"), "{shown}");

    let same = ["compare", FOUR, FOUR, "--for", "1s", "--replications", "3"];
    let shown = printed(&same);
    assert!(shown.contains("no, always the same"), "{shown}");
    assert!(shown.contains("No difference is significant"), "{shown}");

    let noise = [
        "compare",
        FOUR,
        "--set",
        "balancer.policy=random",
        "--for",
        "1s",
        "--json",
    ];
    let shown = printed(&noise);
    assert!(shown.contains("\"replications_needed\": "), "{shown}");
    assert!(shown.contains("\"significant\": "), "{shown}");
}

#[test]
fn a_series_goes_where_it_is_asked_to() {
    let csv = printed(&["run", FOUR, "--for", "1s", "--series", "csv"]);
    let mut lines = csv.lines();
    let head = lines.next().expect("a head");
    assert_eq!(
        head,
        "run,seed,start_s,width_s,sent,ok,late,failed,shed,mean_ms,p50_ms,p95_ms,p99_ms"
    );
    assert!(
        lines.clone().all(|line| line.split(',').count() == 13),
        "{csv}"
    );
    assert!(
        lines
            .clone()
            .any(|line| line.starts_with("base,7,0.5,0.02,")),
        "{csv}"
    );
    assert!(lines.any(|line| line.starts_with("at-100,7,")), "{csv}");

    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("series.json");
    let file = file.to_str().expect("UTF-8");
    let table = printed(&[
        "run", FOUR, "--for", "1s", "--series", "json", "--out", file,
    ]);
    assert!(table.contains("As drawn"), "{table}");
    let json = std::fs::read_to_string(file).expect("written");
    assert!(
        json.starts_with("{\n  \"format\": 1,\n  \"series\": ["),
        "{json}"
    );
}

#[test]
fn what_new_writes_checks_and_runs_and_overwrites_nothing() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("starter.toml");
    let file = file.to_str().expect("UTF-8");
    let _ = std::fs::remove_file(file);
    assert!(printed(&["new", file]).contains("written"));
    assert!(printed(&["check", file]).contains("4 nodes, 3 links"));
    assert!(printed(&["run", file, "--for", "1s"]).contains("Two servers"));
    std::fs::write(file, "mine").expect("writable");
    let output = simulate(&["new", file], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--force overwrites it"));
    assert_eq!(std::fs::read_to_string(file).expect("there"), "mine");
    printed(&["new", file, "--force"]);
    assert!(printed(&["check", file]).contains("4 nodes"));
    let starter = printed(&["new"]);
    assert_eq!(simulate(&["check", "-"], &starter).status.code(), Some(0));
}

#[test]
fn wrong_settings_are_wrong_use_and_say_what_may_be_meant() {
    for (arguments, message) in [
        (
            ["run", FOUR, "--set", "web.wokers=3"],
            "\"web-1\" has no setting \"wokers\"; did you mean \"workers\"?",
        ),
        (
            ["sweep", FOUR, "--set", "wbe.workers=1,2"],
            "there is no node called \"wbe\"; did you mean \"web\"?",
        ),
        (
            ["compare", FOUR, "--set", "web.workers=2,3"],
            "one value is wanted here; sweep takes several",
        ),
    ] {
        let output = simulate(&arguments, "");
        assert_eq!(output.status.code(), Some(2));
        let shown = text(&output.stderr);
        assert!(shown.contains(message), "{shown}");
    }
    let metric = ["run", FOUR, "--replications", "2", "--metrics", "p98"];
    let shown = text(&simulate(&metric, "").stderr);
    assert!(shown.contains("did you mean \"p95\"?"), "{shown}");
}

#[test]
fn a_check_for_programs_lists_files_and_problems() {
    let output = simulate(&["check", FOUR, MISSPELT, "--json"], "");
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("\"nodes\": 8,\n      \"links\": 10"),
        "{shown}"
    );
    assert!(shown.contains("did you mean \\\"title\\\"?"), "{shown}");
}

/// An endless sweep is cancelled once it says that something is complete.
#[cfg(unix)]
#[test]
fn ctrl_c_prints_what_is_complete_and_ends_with_130() {
    use std::io::Read as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .args(["sweep", FOUR, "--for", "60s", "--progress", "--csv"])
        .args(["--set", "users.rate=10..500/1000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stderr = child.stderr.take().expect("piped");
    let mut told = String::new();
    while !told.contains("% · 1") {
        let mut buffer = [0; 256];
        let length = stderr.read(&mut buffer).expect("readable");
        assert!(length > 0, "it ended by itself: {told}");
        told.push_str(&String::from_utf8_lossy(&buffer[..length]));
    }
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status();
    assert!(killed.expect("kill is there").success());
    let mut shown = String::new();
    let mut stdout = child.stdout.take().expect("piped");
    stdout.read_to_string(&mut shown).expect("UTF-8");
    stderr.read_to_string(&mut told).expect("UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(130), "{told}");
    assert!(shown.starts_with("users.rate,goodput_per_s,"), "{shown}");
    let n_points = shown.lines().count() - 1;
    assert!((1..1000).contains(&n_points), "{n_points}");
    assert!(told.contains("cancelled when "), "{told}");
}
