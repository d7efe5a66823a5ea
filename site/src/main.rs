//! `site`: the generator on the command line. What it does is in the library.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::time::SystemTime;

use article::Date;
use diagram::diagnostic::Diagnostic;
use site::arguments::{self, Command, HELP};
use site::{Error, Summary};

fn main() -> ExitCode {
    let command = match arguments::parse(std::env::args_os().skip(1), |name| std::env::var_os(name))
    {
        Ok(command) => command,
        Err(message) => {
            eprintln!("site: {message}");
            return ExitCode::from(2);
        }
    };
    let result = match command {
        Command::Help => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Command::Build(config) => site::build(&config).map(|summary| {
            println!(
                "{}, {} files written to {}",
                counts(summary, "page"),
                summary.written,
                config.out.display()
            );
        }),
        Command::Check(content) => site::check(&content)
            .map(|summary| println!("{}, all well", counts(summary, "Markdown file"))),
        Command::New { content, chapter } => {
            site::create(&content, &chapter, Date::of(SystemTime::now())).map(|written| {
                for path in written {
                    println!("wrote {}", path.display());
                }
            })
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Error::Content(problems)) => {
            report(&problems);
            ExitCode::FAILURE
        }
        // Trunk would show its own page, which only says that this program failed.
        Err(Error::Shown(problems)) => {
            report(&problems);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("site: {error}");
            ExitCode::FAILURE
        }
    }
}

fn report(problems: &[Diagnostic]) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for problem in problems {
        eprintln!("{}\n", problem.render(colour));
    }
    eprintln!("{} in the content", plural(problems.len(), "problem"));
}

/// `noun`: a build makes pages of its own as well, a check reads those that are written.
fn counts(summary: Summary, noun: &str) -> String {
    format!(
        "{}, {}, {}",
        plural(summary.pages, noun),
        plural(summary.figures, "figure"),
        plural(summary.claims, "measured number")
    )
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
