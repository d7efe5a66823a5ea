//! `cargo xtask serve`: the site on this machine, reloading on change.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use crate::failure::Failure;
use crate::machine::Machine;
use crate::setup::{self, wasm_opt};
use crate::workspace::Workspace;

/// Named in Trunk.toml as well.
const PORT: u16 = 8080;

/// Sets up what is missing and hands over to `trunk serve`, which gets `options`.
///
/// A debug build: it optimises the engine as a release does, and is ready sooner after a change.
pub(crate) fn serve(
    machine: &Machine,
    workspace: &Workspace,
    options: &[String],
) -> Result<(), Failure> {
    // Trunk would find out after a build of minutes.
    let port = port_of(options);
    if let Some(port) = port {
        expect_free(port)?;
    }
    setup::for_building(machine, workspace)?;
    if let Err(failure) = wasm_opt::ensure(machine) {
        println!("Note, only for release builds: {failure}.");
    }
    let is_plain = !options
        .iter()
        .any(|it| it.starts_with("--a") || it.starts_with("-a"));
    let address = match port {
        Some(port) if is_plain => format!("http://127.0.0.1:{port}/"),
        _ => "the address that Trunk prints".to_owned(),
    };
    println!("Building the site, a few minutes the first time; then it is at {address}");
    machine
        .tool("trunk")
        // Where a build fails, what is wrong has been said; how Trunk is made inside helps nobody.
        .env("RUST_BACKTRACE", "0")
        .arg("serve")
        .args(options)
        .within(workspace.root())
        .take_over()
}

/// The port that Trunk will take; none where the option is one that only Trunk understands.
fn port_of(options: &[String]) -> Option<u16> {
    let Some(place) = options
        .iter()
        .position(|it| it.starts_with("--port") || it.starts_with("-p"))
    else {
        return Some(PORT);
    };
    let option = options[place].trim_start_matches("--port");
    let option = option.trim_start_matches("-p").trim_start_matches('=');
    if option.is_empty() {
        options.get(place + 1)?.parse().ok()
    } else {
        option.parse().ok()
    }
}

fn expect_free(port: u16) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(Failure::new(format!(
            "port {port} is taken, perhaps by another `cargo xtask serve`: end that one, \
             or type `cargo xtask serve --port {}`",
            port.saturating_add(1)
        ))),
        // Whatever else is wrong, Trunk says it better.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_as_trunk_reads_it() {
        for (line, port) in [
            ("", Some(8080)),
            ("--open", Some(8080)),
            ("--port 9000", Some(9000)),
            ("--port=9000 --open", Some(9000)),
            ("-p 9000", Some(9000)),
            ("-p9000", Some(9000)),
            ("--port", None),
            ("--port many", None),
        ] {
            let options: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            assert_eq!(port_of(&options), port, "{line}");
        }
    }

    #[test]
    fn a_port_that_is_taken_is_named_with_a_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = taken.local_addr().expect("it has an address").port();
        let sentence = expect_free(port).expect_err("it is taken").to_string();
        assert!(
            sentence.contains(&format!("port {port} is taken")),
            "{sentence}"
        );
        drop(taken);
        assert_eq!(expect_free(port), Ok(()));
    }
}
