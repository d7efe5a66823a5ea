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
  --json           results for programs: `simulate run --help` explains them

FILE may be - for standard input. Exit codes: 0 for success, 1 for problems
in a file, 2 for a command that is not understood.
";

const HELP_FOR_RUN: &str = "\
Runs a scenario with its variants and prints the results.

usage: simulate run FILE [--seed N] [--for DURATION] [--json]

options:
  --seed N         another seed, so another run of the same system
  --for DURATION   another length of simulated time, such as 60s
  --json           results for programs

With --json there is one object on standard output, always with \"format\": 1.

Of a file with problems it has only \"problems\", a list of objects with file,
line, column, at, message and help; what is unknown is null. The exit code is 1.

Of a run it has, after the warm-up unless something else is said:
  title                  of the scenario, may be empty
  seed, run, events      which run it was: its hash over all events, the warm-up
                         included, is the same on every machine
  duration_s, warm_up_s, measured_s, slo_ms
  requests               sent while it was measured
  ok, late               answered while it was measured, within the objective
                         (slo_ms) or later
  failed, shed           ended in an error, or turned away on purpose
  in_flight_at_end       neither answered nor given up when the run ended
  failures               failed, by reason; every reason is listed
  response_mean_ms, response_p50_ms, response_p95_ms, response_p99_ms,
  response_max_ms        of ok and late; null where nothing was answered
  user_network_mean_ms   the users' own network and DNS, which are not part of
                         the response time
  nodes                  a list: name, kind, utilisation (0 to 1),
                         arrivals_per_s, throughput_per_s, mean_wait_ms, served,
                         shed, failed
  variants               a list of objects with name, label and all of the above
                         from seed on

requests is not ok + late + failed + shed: what was under way when the warm-up
ended is answered while it is measured, and what is under way at the end is not.
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
        Command::HelpForRun => output::print(HELP_FOR_RUN),
        Command::Schema => output::print(&diagram::schema::json_schema()),
        Command::Check { files } => check::check(&files),
        Command::Run(options) => run::run(&options),
    }
}
