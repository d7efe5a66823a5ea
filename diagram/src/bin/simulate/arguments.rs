//! What was asked for on the command line.
//!
//! In two steps: first every option is read into [`Written`], as far as its command has it; then the
//! command takes from there what it needs.

mod value;

use std::ffi::OsString;

use diagram::Document;
use diagram::suggestion::nearest;
use lexopt::{Arg, Parser};
use simulator::SimDuration;

use crate::setting::Setting;

/// A command that is understood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// The help for a command, or for all of them.
    Help(Option<&'static str>),
    Schema,
    Check {
        files: Vec<OsString>,
        as_json: bool,
    },
    Run(RunOptions),
    Sweep(SweepOptions),
    Compare(CompareOptions),
    New {
        file: Option<OsString>,
        is_forced: bool,
    },
}

/// How runs are made: what `run`, `sweep` and `compare` have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Runs {
    pub(crate) seed: Option<u64>,
    pub(crate) duration: Option<SimDuration>,
    pub(crate) replications: Option<usize>,
    pub(crate) threads: Option<usize>,
    pub(crate) metrics: Option<Vec<String>>,
    pub(crate) shows_progress: bool,
}

impl Runs {
    /// The document with the seed and the duration that are asked for.
    pub(crate) fn change(&self, document: &Document) -> Document {
        let seed = self.seed.unwrap_or(document.seed());
        let document = document.with_seed(seed);
        match self.duration {
            Some(duration) => document.with_duration(duration),
            None => document,
        }
    }
}

/// What `run` is asked to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RunOptions {
    pub(crate) file: OsString,
    pub(crate) runs: Runs,
    pub(crate) settings: Vec<Setting>,
    pub(crate) as_json: bool,
    pub(crate) series: Option<Form>,
    pub(crate) out: Option<OsString>,
}

/// What `sweep` is asked to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SweepOptions {
    pub(crate) file: OsString,
    pub(crate) runs: Runs,
    /// At least one.
    pub(crate) settings: Vec<Setting>,
    /// `None` is a table for people.
    pub(crate) form: Option<Form>,
}

/// What `compare` is asked to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CompareOptions {
    pub(crate) file: OsString,
    /// The file itself with the settings, where there is none.
    pub(crate) other: Option<OsString>,
    pub(crate) runs: Runs,
    pub(crate) settings: Vec<Setting>,
    pub(crate) as_json: bool,
}

/// A form for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Json,
}

/// Every command with its options.
const COMMANDS: [(&str, &[&str]); 7] = [
    (
        "run",
        &[
            "seed",
            "for",
            "set",
            "replications",
            "metrics",
            "series",
            "out",
            "jobs",
            "json",
            "progress",
            "help",
        ],
    ),
    (
        "sweep",
        &[
            "set",
            "seed",
            "for",
            "replications",
            "metrics",
            "jobs",
            "json",
            "csv",
            "progress",
            "help",
        ],
    ),
    (
        "compare",
        &[
            "set",
            "seed",
            "for",
            "replications",
            "metrics",
            "jobs",
            "json",
            "progress",
            "help",
        ],
    ),
    ("check", &["json", "help"]),
    ("new", &["force", "help"]),
    ("schema", &["help"]),
    ("help", &["help"]),
];

/// Everything that options can say.
#[derive(Default)]
struct Written {
    files: Vec<OsString>,
    runs: Runs,
    settings: Vec<Setting>,
    as_json: bool,
    as_csv: bool,
    series: Option<Form>,
    out: Option<OsString>,
    is_forced: bool,
}

/// Reads the arguments behind the name of the program.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = Parser::from_args(arguments);
    let text = |error: lexopt::Error| error.to_string();
    let word = match parser.next().map_err(text)? {
        None => return Err("a command is missing".to_owned()),
        Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help(None)),
        Some(Arg::Value(word)) => word.to_string_lossy().into_owned(),
        Some(other) => return Err(other.unexpected().to_string()),
    };
    let (command, options) = known_command(&word)?;
    let mut written = Written::default();
    while let Some(argument) = parser.next().map_err(text)? {
        let option = match argument {
            Arg::Value(file) => {
                written.files.push(file);
                continue;
            }
            Arg::Short('h') => "help".to_owned(),
            Arg::Long(option) => option.to_owned(),
            other => return Err(other.unexpected().to_string()),
        };
        if !options.contains(&option.as_str()) {
            return Err(no_option(command, options, &option));
        }
        if option == "help" {
            return Ok(Command::Help(Some(command)));
        }
        written.take(&option, &mut parser)?;
    }
    written.into_command(command)
}

impl Written {
    /// Reads one option that the command has.
    fn take(&mut self, option: &str, parser: &mut Parser) -> Result<(), String> {
        let mut value = || -> Result<OsString, String> {
            let value = parser.value();
            value.map_err(|error| error.to_string())
        };
        match option {
            "json" => self.as_json = true,
            "csv" => self.as_csv = true,
            "progress" => self.runs.shows_progress = true,
            "force" => self.is_forced = true,
            "out" => self.out = Some(value()?),
            _ => {
                let value = value()?;
                let value = value.to_string_lossy();
                let runs = &mut self.runs;
                match option {
                    "seed" => runs.seed = Some(value::seed(&value)?),
                    "for" => runs.duration = Some(value::duration(&value)?),
                    "replications" => {
                        runs.replications = Some(value::count("replications", &value, 2..=10_000)?);
                    }
                    "jobs" => runs.threads = Some(value::count("jobs", &value, 1..=1_024)?),
                    "metrics" => runs.metrics = Some(value::metrics(&value)?),
                    "series" => self.series = Some(value::form(&value)?),
                    _ => self.settings.push(Setting::parse(&value)?),
                }
            }
        }
        Ok(())
    }

    fn into_command(self, command: &'static str) -> Result<Command, String> {
        let mut files = self.files.iter().cloned();
        let (file, other, is_more) = (files.next(), files.next(), files.next().is_some());
        let needed = file
            .clone()
            .ok_or_else(|| format!("{command} needs a file"));
        let (runs, settings, as_json) = (self.runs, self.settings, self.as_json);
        if as_json && self.as_csv {
            return Err("--json and --csv exclude each other".to_owned());
        }
        match command {
            "run" => {
                let file = needed?;
                if other.is_some() {
                    return Err("run takes one file; check takes several".to_owned());
                }
                if self.out.is_some() && self.series.is_none() {
                    return Err("--out says where --series goes, which is missing".to_owned());
                }
                if runs.metrics.is_some() && runs.replications.is_none() {
                    return Err("--metrics needs --replications; without, run shows all".to_owned());
                }
                if as_json && self.series.is_some() && self.out.is_none() {
                    return Err("--json and --series need --out for one of them".to_owned());
                }
                Ok(Command::Run(RunOptions {
                    file,
                    runs,
                    settings,
                    as_json,
                    series: self.series,
                    out: self.out,
                }))
            }
            "sweep" => {
                let file = needed?;
                if other.is_some() {
                    return Err("sweep takes one file".to_owned());
                }
                if settings.is_empty() {
                    let example = "such as --set users.rate=50,100,150";
                    return Err(format!("sweep needs something to change, {example}"));
                }
                let form = match (as_json, self.as_csv) {
                    (true, _) => Some(Form::Json),
                    (_, true) => Some(Form::Csv),
                    _ => None,
                };
                Ok(Command::Sweep(SweepOptions {
                    file,
                    runs,
                    settings,
                    form,
                }))
            }
            "compare" => {
                let file = needed?;
                if is_more {
                    return Err("compare takes two files".to_owned());
                }
                match (&other, settings.is_empty()) {
                    (None, true) => Err("compare needs a second file, or --set with what is \
                                         different, such as --set web.workers=4"
                        .to_owned()),
                    (Some(_), false) => {
                        Err("compare takes two files, or one and --set, but not both".to_owned())
                    }
                    _ => Ok(Command::Compare(CompareOptions {
                        file,
                        other,
                        runs,
                        settings,
                        as_json,
                    })),
                }
            }
            "check" => {
                needed?;
                Ok(Command::Check {
                    files: self.files,
                    as_json,
                })
            }
            "new" if other.is_some() => Err("new writes one file".to_owned()),
            "new" => Ok(Command::New {
                file,
                is_forced: self.is_forced,
            }),
            "schema" => match file {
                None => Ok(Command::Schema),
                Some(file) => Err(format!("schema takes no file, but got {file:?}")),
            },
            _ => match file {
                None => Ok(Command::Help(None)),
                Some(topic) => {
                    let (command, _) = known_command(&topic.to_string_lossy())?;
                    Ok(Command::Help(Some(command)))
                }
            },
        }
    }
}

fn known_command(word: &str) -> Result<(&'static str, &'static [&'static str]), String> {
    let found = COMMANDS.iter().find(|(name, _)| *name == word);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
        let help = nearest(word, names.iter().copied()).map_or_else(
            || format!("; the commands are {}", names.join(", ")),
            |known| format!("; did you mean `{known}`?"),
        );
        format!("there is no command `{word}`{help}")
    })
}

fn no_option(command: &str, options: &[&str], option: &str) -> String {
    let others: Vec<&str> = COMMANDS
        .iter()
        .filter(|(_, options)| options.contains(&option))
        .map(|(name, _)| *name)
        .collect();
    let help = if !others.is_empty() {
        let others = diagram::wording::enumeration(&others);
        format!("; it is an option of {others}")
    } else if let Some(known) = nearest(option, options.iter().copied()) {
        format!("; did you mean --{known}?")
    } else {
        format!("; it has --{}", options.join(", --"))
    };
    format!("{command} has no option --{option}{help}")
}

#[cfg(test)]
mod tests;
