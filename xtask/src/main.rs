//! `cargo xtask`: serve, test, build and bench. The only place that knows about tools.
//!
//! Every command first sets up what it needs ([`setup`]): what is there costs nothing, what is
//! missing is announced, installed and kept for later checkouts. Nothing here knows how the site or
//! the engine work: it starts the programs that do, and reads what they print.

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

use crate::base_path::BasePath;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::workspace::Workspace;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [trunk serve options]     preview the site at http://127.0.0.1:8080/, reloading on change
  test                            everything that CI runs; the last line counts the tests
  build [--base-path /repo/]      the publishable site in dist/, with a table of its sizes
  bench                           events per second of the engine, natively and in wasm
  setup                           only install what the commands above need

Every command first installs what it misses, says so, and keeps it for later checkouts.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let command = arguments.first().map_or("--help", String::as_str);
    let rest = arguments.get(1..).unwrap_or_default();
    if matches!(command, "--help" | "-h" | "help") || rest.iter().any(|it| it == "--help") {
        print!("{HELP}");
        return Ok(());
    }
    let machine = Machine::new()?;
    let workspace = Workspace::find(&machine)?;
    match (command, rest) {
        ("serve", options) => serve::serve(&machine, &workspace, options),
        ("test", []) => test::test(&machine, &workspace),
        ("build", []) => build::build(&machine, &workspace, &BasePath::root()),
        ("build", [flag, path]) if flag == "--base-path" => {
            build::build(&machine, &workspace, &BasePath::parse(path)?)
        }
        ("bench", []) => bench::bench(&machine, &workspace),
        ("setup", []) => setup::everything(&machine, &workspace),
        ("test" | "build" | "bench" | "setup", _) => Err(Failure::new(format!(
            "`cargo xtask {command}` does not take `{}`; see `cargo xtask --help`",
            rest.join(" ")
        ))),
        _ => Err(Failure::new(format!(
            "there is no command `{command}`; see `cargo xtask --help`"
        ))),
    }
}
