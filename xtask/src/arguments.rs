//! The command line: what was typed, or what is wrong with it.

use crate::base_path::BasePath;
use crate::bench::Bench;
use crate::failure::Failure;

const COMMANDS: [&str; 5] = ["serve", "test", "build", "bench", "setup"];

/// What `bench` takes where it measures times.
const TIMES: [&str; 2] = ["--no-peers", "--browser"];

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    /// With options for `trunk serve`.
    Serve(Vec<String>),
    Test,
    Build(BasePath),
    Bench(Bench),
    Setup,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn read(words: &[String]) -> Result<Command, Failure> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (command, rest) = match words.as_slice() {
        [] | ["help" | "-h", ..] => return Ok(Command::Help),
        words if words.contains(&"--help") => return Ok(Command::Help),
        [command, rest @ ..] => (*command, rest),
    };
    match (command, rest) {
        ("serve", options) => Ok(Command::Serve(
            options.iter().map(|&option| option.to_owned()).collect(),
        )),
        ("test", []) => Ok(Command::Test),
        ("build", []) => Ok(Command::Build(BasePath::root())),
        ("build", ["--base-path"]) => Err(Failure::new(
            "`--base-path` needs a path, such as `--base-path /repo/`",
        )),
        ("build", ["--base-path", path]) => BasePath::parse(path).map(Command::Build),
        ("build", [option]) if option.starts_with("--base-path=") => {
            let (_, path) = option.split_once('=').unwrap_or_default();
            BasePath::parse(path).map(Command::Build)
        }
        ("bench", ["--instructions"]) => Ok(instructions(false)),
        ("bench", ["--instructions", "--accept"]) => Ok(instructions(true)),
        ("bench", options) if options.iter().all(|it| TIMES.contains(it)) => {
            Ok(Command::Bench(Bench::Time {
                peers: !options.contains(&"--no-peers"),
                browser: options.contains(&"--browser"),
            }))
        }
        ("setup", []) => Ok(Command::Setup),
        (command, rest) if COMMANDS.contains(&command) => Err(Failure::new(format!(
            "`cargo xtask {command}` does not take `{}`; see `cargo xtask --help`",
            rest.join(" ")
        ))),
        (command, _) => Err(Failure::new(match nearest(command) {
            Some(meant) => format!("there is no command `{command}`; did you mean `{meant}`?"),
            None => format!("there is no command `{command}`; see `cargo xtask --help`"),
        })),
    }
}

const fn instructions(accept: bool) -> Command {
    Command::Bench(Bench::Instructions { accept })
}

/// The command that was most likely meant: with at most two letters too many, missing, wrong, or
/// changed with their neighbours.
fn nearest(written: &str) -> Option<&'static str> {
    COMMANDS
        .into_iter()
        .map(|command| (strsim::osa_distance(written, command), command))
        .filter(|&(distance, _)| distance <= 2)
        .min()
        .map(|(_, command)| command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Command, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        read(&words).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_command_is_read_with_its_options() {
        let repo = || BasePath::parse("/repo/").expect("a base path");
        for (line, command) in [
            ("", Command::Help),
            ("build --help", Command::Help),
            ("build", Command::Build(BasePath::root())),
            ("build --base-path /repo", Command::Build(repo())),
            ("build --base-path=/repo/", Command::Build(repo())),
            (
                "bench --no-peers",
                Command::Bench(Bench::Time {
                    peers: false,
                    browser: false,
                }),
            ),
            ("bench --instructions --accept", instructions(true)),
            ("serve -p 9", Command::Serve(vec!["-p".into(), "9".into()])),
        ] {
            assert_eq!(typed(line), Ok(command), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_answered_with_what_would_be() {
        for (line, sentence) in [
            (
                "build --base-path",
                "`--base-path` needs a path, such as `--base-path /repo/`",
            ),
            (
                "build --fast",
                "`cargo xtask build` does not take `--fast`; see `cargo xtask --help`",
            ),
            (
                "biuld",
                "there is no command `biuld`; did you mean `build`?",
            ),
            (
                "bench --accept",
                "`cargo xtask bench` does not take `--accept`; see `cargo xtask --help`",
            ),
            ("serv", "there is no command `serv`; did you mean `serve`?"),
            (
                "publish",
                "there is no command `publish`; see `cargo xtask --help`",
            ),
        ] {
            assert_eq!(typed(line), Err(sentence.to_owned()), "{line}");
        }
    }
}
