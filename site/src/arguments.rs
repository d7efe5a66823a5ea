//! The command line: what was typed, and what the environment says where nothing was.

use std::ffi::OsString;
use std::path::PathBuf;

use article::Base;
use diagram::suggestion::did_you_mean;
use lexopt::{Arg, Parser, ValueExt};

use crate::config::Config;
use crate::new::NewChapter;

/// What `site --help` prints.
pub const HELP: &str = "\
site: builds the pages from the content

Usage:
  site build [options]   writes the site
  site check [options]   reads everything and runs every figure, but writes nothing
  site new ARTICLE/CHAPTER [options]
                         begins a chapter, and the article too where there is none yet

Options:
  --content DIR      the folder of Markdown [content]
  --shell FILE       the page that the pages are written into [$TRUNK_STAGING_DIR/index.html,
                     or a built-in one without live figures]
  --out DIR          the folder to write to; nothing is removed from it
                     [$TRUNK_STAGING_DIR, or target/site]
  --base-path PATH   the path under which the site is served [$TRUNK_PUBLIC_URL, or /]
  --origin URL       scheme and host, such as https://example.org, for canonical addresses
  -h, --help         this text

Exit status: 0 when all is well, 1 when the content has problems, 2 when the command is not understood.
";

const COMMANDS: [&str; 3] = ["build", "check", "new"];
const OPTIONS: [&str; 6] = [
    "--content",
    "--shell",
    "--out",
    "--base-path",
    "--origin",
    "--help",
];

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write the site.
    Build(Config),
    /// Only look.
    Check(PathBuf),
    /// Begin a chapter.
    New {
        /// The folder of Markdown.
        content: PathBuf,
        /// Which one.
        chapter: NewChapter,
    },
    /// Print [`HELP`].
    Help,
}

/// Reads the words after the program's name. `environment` gives the value of a variable.
///
/// # Errors
/// A sentence that says what was not understood, with the nearest thing that would be.
pub fn parse(
    words: impl IntoIterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Command, String> {
    let mut typed = Typed::default();
    let mut parser = Parser::from_args(words);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Long("content") => typed.content = Some(value(&mut parser)?.into()),
            Arg::Long("shell") => typed.shell = Some(value(&mut parser)?.into()),
            Arg::Long("out") => typed.out = Some(value(&mut parser)?.into()),
            Arg::Long("base-path") => typed.base_path = Some(text(value(&mut parser)?)?),
            Arg::Long("origin") => typed.origin = Some(text(value(&mut parser)?)?),
            Arg::Long(other) => return Err(unknown("option", &format!("--{other}"), &OPTIONS)),
            Arg::Short(other) => return Err(unknown("option", &format!("-{other}"), &OPTIONS)),
            Arg::Value(word) if typed.command.is_none() => typed.command = Some(text(word)?),
            Arg::Value(word)
                if typed.command.as_deref() == Some("new") && typed.chapter.is_none() =>
            {
                typed.chapter = Some(text(word)?);
            }
            Arg::Value(word) => {
                return Err(format!("there is one word too many: `{}`", text(word)?));
            }
        }
    }
    resolve(typed, environment)
}

/// What was typed, which may not make sense yet.
#[derive(Default)]
struct Typed {
    command: Option<String>,
    chapter: Option<String>,
    content: Option<PathBuf>,
    shell: Option<PathBuf>,
    out: Option<PathBuf>,
    base_path: Option<String>,
    origin: Option<String>,
}

fn resolve(
    typed: Typed,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Command, String> {
    let content = typed.content.unwrap_or_else(|| PathBuf::from("content"));
    match typed.command.as_deref() {
        Some("check") => Ok(Command::Check(content)),
        Some("new") => match typed.chapter {
            Some(chapter) => Ok(Command::New {
                content,
                chapter: NewChapter::parse(&chapter)?,
            }),
            None => Err("which chapter? `site new my-article/first-chapter`".to_owned()),
        },
        Some("build") => {
            let staging = environment("TRUNK_STAGING_DIR").map(PathBuf::from);
            let base_path = match typed.base_path {
                Some(path) => path,
                None => match environment("TRUNK_PUBLIC_URL") {
                    Some(path) => text(path)?,
                    None => "/".to_owned(),
                },
            };
            let origin = typed.origin.as_deref().map(check_origin).transpose()?;
            Ok(Command::Build(Config {
                content,
                shell: typed
                    .shell
                    .or_else(|| staging.as_ref().map(|folder| folder.join("index.html"))),
                out: typed
                    .out
                    .or(staging)
                    .unwrap_or_else(|| PathBuf::from("target/site")),
                base: Base::parse(&base_path)?,
                origin,
            }))
        }
        Some(other) => Err(unknown("command", other, &COMMANDS)),
        None => Err("which command? `site build`, `site check` or `site new`".to_owned()),
    }
}

fn check_origin(origin: &str) -> Result<String, String> {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    match host {
        Some(host)
            if !host.is_empty()
                && host
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c)) =>
        {
            Ok(origin.to_owned())
        }
        _ => Err(format!(
            "the origin is a scheme and a host without a path, such as `https://example.org`, not `{origin}`"
        )),
    }
}

fn value(parser: &mut Parser) -> Result<OsString, String> {
    parser.value().map_err(|error| error.to_string())
}

fn text(word: OsString) -> Result<String, String> {
    word.string().map_err(|error| error.to_string())
}

fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    match did_you_mean(word, known.iter().copied()) {
        Some(help) => format!("there is no {what} `{word}`; {help}"),
        None => format!("there is no {what} `{word}`; `site --help` lists what there is"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, parse};

    fn run(words: &str, environment: &[(&str, &str)]) -> Result<Command, String> {
        parse(words.split_whitespace().map(Into::into), |name| {
            environment
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.into())
        })
    }

    fn build(words: &str, environment: &[(&str, &str)]) -> (String, Option<String>, String) {
        match run(words, environment) {
            Ok(Command::Build(config)) => (
                config.out.display().to_string(),
                config.shell.map(|shell| shell.display().to_string()),
                config.base.as_str().to_owned(),
            ),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_typed_wins_over_what_trunk_says() {
        let trunk = [
            ("TRUNK_STAGING_DIR", "dist/.stage"),
            ("TRUNK_PUBLIC_URL", "/book/"),
        ];
        let own = |out: &str, shell: Option<&str>, base: &str| {
            (out.to_owned(), shell.map(str::to_owned), base.to_owned())
        };
        assert_eq!(build("build", &[]), own("target/site", None, "/"));
        assert_eq!(
            build("build", &trunk),
            own("dist/.stage", Some("dist/.stage/index.html"), "/book/")
        );
        assert_eq!(
            build("build --out o --shell s.html --base-path=/x/", &trunk),
            own("o", Some("s.html"), "/x/")
        );
    }

    #[test]
    fn what_is_not_understood_is_answered_with_the_nearest_thing() {
        for (words, expected) in [
            (
                "biuld",
                "there is no command `biuld`; did you mean \"build\"?",
            ),
            (
                "build --base-pth /x/",
                "there is no option `--base-pth`; did you mean \"--base-path\"?",
            ),
            (
                "publish",
                "there is no command `publish`; `site --help` lists what there is",
            ),
            (
                "",
                "which command? `site build`, `site check` or `site new`",
            ),
            ("new", "which chapter? `site new my-article/first-chapter`"),
            ("new a/b c", "there is one word too many: `c`"),
            ("build now", "there is one word too many: `now`"),
            (
                "build --base-path ./",
                "the base path has to begin and end with a slash, such as `/` or `/book/`, and is `./`",
            ),
            ("build --out", "missing argument for option '--out'"),
        ] {
            assert_eq!(run(words, &[]), Err(expected.to_owned()), "{words}");
        }
        assert!(run("build --origin https://example.org/x", &[]).is_err());
        assert!(run("build --origin https://example.org", &[]).is_ok());
        assert_eq!(run("check --help", &[]), Ok(Command::Help));
    }
}
