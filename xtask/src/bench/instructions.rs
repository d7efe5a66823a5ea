//! How many instructions an event takes: unlike a time, the same on a busy machine.
//!
//! Valgrind counts those of every run that `bench counted` names, and the accepted counts are kept beside the
//! benchmark. Processors of another architecture have other instructions, so each has counts of its own.

use std::collections::BTreeMap;
use std::env::consts::ARCH;
use std::fs;
use std::path::Path;

use super::native;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::setup::valgrind;
use crate::workspace::Workspace;

const FILE: &str = "simulator/bench/instructions.txt";

const HEAD: &str = "\
# Instructions for each event: architecture, run, count. `cargo xtask bench --instructions` compares with them,
# and with `--accept` writes them.
";

/// What a count may exceed the accepted one by. Another version of a library or of the compiler may do that.
const TOLERANCE: f64 = 0.05;

/// Counts by architecture and run.
type Counts = BTreeMap<(String, String), f64>;

/// Prints the counts beside the accepted ones and fails where one is larger, or accepts them.
pub(super) fn measure(
    machine: &Machine,
    workspace: &Workspace,
    accept: bool,
) -> Result<(), Failure> {
    if let Err(failure) = valgrind::ensure(machine) {
        println!("Instructions are not counted: {failure}.");
        return Ok(());
    }
    let file = workspace.root().join(FILE);
    let mut accepted = fs::read_to_string(&file).map_or_else(|_| Counts::new(), |it| read(&it));
    let counted = count(machine, workspace, &accepted)?;
    if accept {
        accepted.retain(|(architecture, _), _| architecture != ARCH);
        accepted.extend(counted);
        println!("\nThese counts are accepted now.");
        return fs::write(&file, write(&accepted))
            .map_err(|error| Failure::file("write", &file, &error));
    }
    let worse = worse(&counted, &accepted);
    if worse.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "more instructions than accepted in {}: find out why, or type `cargo xtask bench --instructions --accept`",
        worse.join(", ")
    )))
}

/// Counts and prints the instructions of every run.
fn count(machine: &Machine, workspace: &Workspace, accepted: &Counts) -> Result<Counts, Failure> {
    let program = native(machine, workspace)?;
    let log = workspace.target().join("bench-instructions.log");
    let mut counts = Counts::new();
    println!(
        "\ninstructions for each event\n\n{:32} {:>8} {:>9} {:>6}",
        "run", "counted", "accepted", "change"
    );
    for line in machine.tool(&program).arg("counted").read()?.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let run = words[1..].join(" ");
        let counted = count_one(machine, &program, &words, &log)?;
        let key = (ARCH.to_owned(), run.clone());
        match accepted.get(&key) {
            Some(before) => {
                let change = (counted / before - 1.0) * 100.0;
                println!("{run:32} {counted:8.1} {before:9.1} {change:+5.1}%");
            }
            None => println!("{run:32} {counted:8.1} {:>9}", "none"),
        }
        counts.insert(key, counted);
    }
    Ok(counts)
}

fn count_one(
    machine: &Machine,
    program: &Path,
    words: &[&str],
    log: &Path,
) -> Result<f64, Failure> {
    let printed = machine
        .tool("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--log-file={}", log.display()))
        .arg(program)
        .args(words)
        .read()?;
    let said = fs::read_to_string(log).map_err(|error| Failure::file("read", log, &error))?;
    let events = printed.trim().strip_prefix("events ").map(str::parse);
    match (events, instructions(&said)) {
        (Some(Ok::<f64, _>(events)), Some(instructions)) if 0.0 < events => {
            Ok(instructions / events)
        }
        _ => Err(Failure::new(format!(
            "Valgrind did not count the instructions of `{}`",
            words.join(" ")
        ))),
    }
}

/// A line such as `==12== Collected : 123456`.
fn instructions(log: &str) -> Option<f64> {
    let line = log.lines().find(|it| it.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

/// The runs that take more instructions than accepted.
fn worse(counted: &Counts, accepted: &Counts) -> Vec<String> {
    counted
        .iter()
        .filter(|(key, count)| {
            accepted
                .get(key)
                .is_some_and(|before| before * (1.0 + TOLERANCE) < **count)
        })
        .map(|((_, run), _)| run.clone())
        .collect()
}

/// Lines such as `x86_64 bare mm1 123.4`.
fn read(text: &str) -> Counts {
    let read = |line: &str| -> Option<((String, String), f64)> {
        let (architecture, rest) = line.split_once(' ')?;
        let (run, count) = rest.rsplit_once(' ')?;
        Some((
            (architecture.to_owned(), run.to_owned()),
            count.parse().ok()?,
        ))
    };
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    lines.filter_map(read).collect()
}

fn write(counts: &Counts) -> String {
    let lines = counts
        .iter()
        .map(|((architecture, run), count)| format!("{architecture} {run} {count:.1}\n"));
    HEAD.to_owned() + &lines.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted_is_read_as_it_was_written() {
        let text = format!("{HEAD}aarch64 bare mm1 100.5\nx86_64 workload edited 321.0\n");
        let counts = read(&text);
        assert_eq!(counts.len(), 2);
        assert_eq!(write(&counts), text);
    }

    #[test]
    fn only_what_exceeds_the_tolerance_is_worse() {
        let accepted = read("x86_64 bare mm1 100\nx86_64 bare mm16 100\nx86_64 bare web 100\n");
        let counted = read(
            "x86_64 bare mm1 104\nx86_64 bare mm16 106\nx86_64 bare web 50\nx86_64 bare closed 9\n",
        );
        assert_eq!(worse(&counted, &accepted), ["bare mm16"]);
    }

    #[test]
    fn valgrind_says_how_many_instructions_there_were() {
        let log = "==7== Events    : Ir\n==7== Collected : 4242\n==7== \n";
        assert_eq!(instructions(log), Some(4242.0));
        assert_eq!(instructions("==7== \n"), None);
    }
}
