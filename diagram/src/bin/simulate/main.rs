//! `simulate`: runs and checks scenario files without a browser.
//!
//! Exit codes: 0 for success, 1 for problems in a file, 2 for a command that is not understood.

mod arguments;
mod check;
mod input;
mod output;
mod run;

use std::process::ExitCode;

use arguments::Command;

const HELP: &str = "\
Runs and checks scenario files.

usage: simulate run FILE [--seed N] [--for DURATION] [--json]
       simulate check FILE...
       simulate schema

commands:
  run      runs a scenario with its variants and prints the results
  check    reads files and prints every problem of every one of them
  schema   prints the JSON Schema of the format, for editors

options of run:
  --seed N         another seed, so another run of the same system
  --for DURATION   another length of simulated time, such as 60s
  --json           results for programs, with the unit in every name

FILE may be - for standard input. Exit codes: 0 for success, 1 for problems
in a file, 2 for a command that is not understood.
";

fn main() -> ExitCode {
    let command = match arguments::read(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(message) => {
            output::error(&format!("simulate: {message}\nTry `simulate --help`.\n"));
            return ExitCode::from(2);
        }
    };
    match command {
        Command::Help => output::print(HELP),
        Command::Schema => output::print(&diagram::schema::json_schema()),
        Command::Check { files } => check::check(&files),
        Command::Run(options) => run::run(&options),
    }
}
