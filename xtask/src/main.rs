//! `cargo xtask`: serve, test, build and bench. The only place that knows about tools.
//!
//! Every command first sets up what it needs ([`setup`]): what is there costs nothing, what is
//! missing is announced, installed and kept for later checkouts. Nothing here knows how the site or
//! the engine work: it starts the programs that do, and reads what they print.

mod arguments;
mod base_path;
mod bench;
mod build;
mod failure;
mod machine;
mod parity;
mod progress;
mod serve;
mod setup;
mod sizes;
mod tally;
mod test;
mod tool;
mod workspace;

use std::env;
use std::process::ExitCode;

use crate::arguments::Command;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::workspace::Workspace;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [trunk serve options]     preview the site at http://127.0.0.1:8080/, reloading on change
  test                            everything that CI runs; the last line counts the tests
  build [--base-path /repo/]      the publishable site in dist/, with a table of its sizes
  bench [--no-peers] [--browser]  how fast the engine is: natively, in wasm, beside others
  bench --instructions [--accept] instructions of each event, compared with the accepted ones
  setup                           only install what the commands above need

Every command first installs what it misses, says so, and keeps it for later checkouts.
Exit status: 0 when all is well, 1 when something failed, 2 when the command is not understood.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let command = match arguments::read(&arguments) {
        Ok(command) => command,
        Err(failure) => {
            eprintln!("error: {failure}");
            return ExitCode::from(2);
        }
    };
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<(), Failure> {
    if *command == Command::Help {
        print!("{HELP}");
        return Ok(());
    }
    let machine = Machine::new()?;
    let workspace = Workspace::find(&machine)?;
    match command {
        Command::Help => Ok(()),
        Command::Serve(options) => serve::serve(&machine, &workspace, options),
        Command::Test => test::test(&machine, &workspace),
        Command::Build(base) => build::build(&machine, &workspace, base),
        Command::Bench(what) => bench::bench(&machine, &workspace, *what),
        Command::Setup => setup::everything(&machine, &workspace),
    }
}
