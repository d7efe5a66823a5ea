//! What was asked for on the command line.

use std::ffi::OsString;

use diagram::quantity::parse_duration;
use lexopt::{Arg, Parser};
use simulator::SimDuration;

/// A command that is understood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    /// What `run` takes and prints, the fields of its JSON included.
    HelpForRun,
    Schema,
    Check {
        files: Vec<OsString>,
    },
    Run(RunOptions),
}

/// What `run` is asked to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RunOptions {
    pub(crate) file: OsString,
    pub(crate) seed: Option<u64>,
    pub(crate) duration: Option<SimDuration>,
    pub(crate) as_json: bool,
}

const OPTIONS_OF_RUN: [&str; 4] = ["seed", "for", "json", "help"];
const COMMANDS: [&str; 4] = ["run", "check", "schema", "help"];

/// Reads the arguments behind the name of the program.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = Parser::from_args(arguments);
    let text = |error: lexopt::Error| error.to_string();
    let command = match parser.next().map_err(text)? {
        None => return Err("a command is missing".to_owned()),
        Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Value(word)) => word.to_string_lossy().into_owned(),
        Some(other) => return Err(other.unexpected().to_string()),
    };
    let (mut files, mut options) = (Vec::new(), RunOptions::default());
    let is_run = command == "run";
    while let Some(argument) = parser.next().map_err(text)? {
        match argument {
            Arg::Short('h') | Arg::Long("help") if is_run => return Ok(Command::HelpForRun),
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Value(file) => files.push(file),
            Arg::Long("seed") if is_run => {
                let written = parser.value().map_err(text)?;
                options.seed = Some(read_seed(&written.to_string_lossy())?);
            }
            Arg::Long("for") if is_run => {
                let written = parser.value().map_err(text)?;
                options.duration = Some(read_duration(&written.to_string_lossy())?);
            }
            Arg::Long("json") if is_run => options.as_json = true,
            Arg::Long(option) => return Err(no_option(&command, option)),
            other => return Err(other.unexpected().to_string()),
        }
    }
    match (command.as_str(), files.as_slice()) {
        ("help", [topic]) if topic == "run" => Ok(Command::HelpForRun),
        ("help", _) => Ok(Command::Help),
        ("schema", []) => Ok(Command::Schema),
        ("schema", [file, ..]) => Err(format!("schema takes no file, but got {file:?}")),
        ("check" | "run", []) => Err(format!("{command} needs a file")),
        ("check", _) => Ok(Command::Check { files }),
        ("run", [file]) => {
            options.file.clone_from(file);
            Ok(Command::Run(options))
        }
        ("run", _) => Err("run takes one file; check takes several".to_owned()),
        (unknown, _) => {
            let help = nearest(unknown, &COMMANDS).map_or_else(
                || format!("; the commands are {}", COMMANDS.join(", ")),
                |known| format!("; did you mean `{known}`?"),
            );
            Err(format!("there is no command `{unknown}`{help}"))
        }
    }
}

/// The word that differs from `written` by two letters at most.
fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    // Comparing costs length times length.
    let all = known.iter().filter(|_| written.len() <= 64);
    let (distance, word) = all
        .map(|&word| (strsim::damerau_levenshtein(written, word), word))
        .min()?;
    (distance <= 2).then_some(word)
}

fn no_option(command: &str, option: &str) -> String {
    let options: &[&str] = match command {
        "run" => &OPTIONS_OF_RUN,
        _ => &["help"],
    };
    let help = match nearest(option, options) {
        Some(known) => format!("; did you mean --{known}?"),
        None if OPTIONS_OF_RUN.contains(&option) => "; it is an option of run".to_owned(),
        None => format!("; it has --{}", options.join(", --")),
    };
    format!("{command} has no option --{option}{help}")
}

fn read_seed(written: &str) -> Result<u64, String> {
    let largest = i64::MAX as u64;
    let seed: Option<u64> = written.parse().ok().filter(|&seed| seed <= largest);
    seed.ok_or_else(|| format!("--seed {written}: a seed is a whole number from 0 to {largest}"))
}

fn read_duration(written: &str) -> Result<SimDuration, String> {
    let range = SimDuration::from_millis(100)..=SimDuration::from_secs(3600);
    match parse_duration(written) {
        Ok(duration) if range.contains(&duration) => Ok(duration),
        Ok(_) => Err(format!("--for {written} is out of range: 100ms to 1h")),
        Err(fault) => {
            let is_number = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit());
            let in_seconds = is_number.then(|| format!("write \"{written}s\""));
            let help = in_seconds
                .or(fault.help)
                .map(|help| format!("; {help}"))
                .unwrap_or_default();
            Err(format!("--for {written}: {}{help}", fault.message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(parse("--help"), Ok(Command::Help));
        for line in ["run --help", "run a -h", "help run"] {
            assert_eq!(parse(line), Ok(Command::HelpForRun), "{line}");
        }
        assert_eq!(parse("check --help"), Ok(Command::Help));
        assert_eq!(
            parse("check a b"),
            Ok(Command::Check {
                files: vec!["a".into(), "b".into()]
            })
        );
        assert_eq!(
            parse("run --json a.toml --seed 7 --for 90s"),
            Ok(Command::Run(RunOptions {
                file: "a.toml".into(),
                seed: Some(7),
                duration: Some(SimDuration::from_secs(90)),
                as_json: true,
            }))
        );
        assert_eq!(
            parse("run -"),
            Ok(Command::Run(RunOptions {
                file: "-".into(),
                ..RunOptions::default()
            }))
        );
    }

    #[test]
    fn a_wrong_command_says_what_may_be_meant() {
        for (line, message) in [
            ("", "a command is missing"),
            ("rnu a", "there is no command `rnu`; did you mean `run`?"),
            (
                "paint",
                "there is no command `paint`; the commands are run, check, schema, help",
            ),
            ("run", "run needs a file"),
            ("run a b", "run takes one file; check takes several"),
            (
                "run a --for 9",
                "--for 9: a duration needs its unit; write \"9s\"",
            ),
            ("run a --for 9h", "--for 9h is out of range: 100ms to 1h"),
            (
                "run a --for soon",
                "--for soon: \"soon\" does not begin with a number; write \"8ms\"",
            ),
            (
                "run a --seed abc",
                "--seed abc: a seed is a whole number from 0 to 9223372036854775807",
            ),
            (
                "check --json a",
                "check has no option --json; it is an option of run",
            ),
            (
                "run a --sed 7",
                "run has no option --sed; did you mean --seed?",
            ),
            (
                "run a --quickly",
                "run has no option --quickly; it has --seed, --for, --json, --help",
            ),
            ("run a --for", "missing argument for option '--for'"),
        ] {
            assert_eq!(parse(line), Err(message.to_owned()), "{line}");
        }
        assert!(parse("run a --seed -1").is_err());
    }
}
