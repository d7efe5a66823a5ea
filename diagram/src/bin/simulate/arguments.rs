//! What was asked for on the command line.

use std::ffi::OsString;

use diagram::quantity::parse_duration;
use lexopt::{Arg, Parser, ValueExt as _};
use simulator::SimDuration;

/// A command that is understood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Schema,
    Check { files: Vec<OsString> },
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
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Value(file) => files.push(file),
            Arg::Long("seed") if is_run => {
                options.seed = Some(parser.value().map_err(text)?.parse().map_err(text)?);
            }
            Arg::Long("for") if is_run => {
                let written = parser.value().map_err(text)?;
                options.duration = Some(read_duration(&written.to_string_lossy())?);
            }
            Arg::Long("json") if is_run => options.as_json = true,
            other => return Err(other.unexpected().to_string()),
        }
    }
    match (command.as_str(), files.as_slice()) {
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
            let nearest = COMMANDS
                .into_iter()
                .map(|known| (strsim::damerau_levenshtein(unknown, known), known))
                .min();
            let help = match nearest {
                Some((distance, known)) if distance <= 2 => format!("; did you mean `{known}`?"),
                _ => format!("; the commands are {}", COMMANDS.join(", ")),
            };
            Err(format!("there is no command `{unknown}`{help}"))
        }
    }
}

fn read_duration(written: &str) -> Result<SimDuration, String> {
    let range = SimDuration::from_millis(100)..=SimDuration::from_secs(3600);
    match parse_duration(written) {
        Ok(duration) if range.contains(&duration) => Ok(duration),
        Ok(_) => Err(format!("--for {written} is out of range: 100ms to 1h")),
        Err(fault) => {
            let help = fault
                .help
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
        assert_eq!(parse("run --help"), Ok(Command::Help));
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
                "--for 9: a duration needs its unit; write \"9ms\"",
            ),
            ("run a --for 9h", "--for 9h is out of range: 100ms to 1h"),
            ("check --json a", "invalid option '--json'"),
        ] {
            assert_eq!(parse(line), Err(message.to_owned()), "{line}");
        }
        assert!(parse("run a --seed -1").is_err());
    }
}
