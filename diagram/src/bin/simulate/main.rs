//! `simulate`: runs, compares and checks scenario files without a browser.
//!
//! Exit codes: 0 for success, 1 for problems in a file or with a file, 2 for a command line that is
//! not understood, 130 for what Ctrl-C has cancelled.

mod arguments;
mod cancel;
mod check;
mod columns;
mod compare;
mod estimate;
mod help;
mod input;
mod interval;
mod new;
mod output;
mod problems;
mod progress;
mod replicate;
mod results;
mod run;
mod sample;
mod seed;
mod series;
mod setting;
mod sweep;
mod work;

use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let command = match arguments::read(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(message) => return output::wrong_use(&message),
    };
    cancel::listen();
    match command {
        Command::Help(command) => output::print(help::about(command)),
        Command::Schema => output::print(&diagram::schema::json_schema()),
        Command::Check { files, as_json } => check::check(&files, as_json),
        Command::Run(options) => run::run(&options),
        Command::Sweep(options) => sweep::sweep(&options),
        Command::Compare(options) => compare::compare(&options),
        Command::New { file, is_forced } => new::new(file.as_deref(), is_forced),
    }
}
