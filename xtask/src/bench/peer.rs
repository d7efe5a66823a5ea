//! Other simulators, each with a small program of ours that runs the same models.
//!
//! What cannot be had here is left out, and a sentence says so.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::setup::peers;
use crate::workspace::Workspace;

/// The models that our programs for them have.
const MODELS: [&str; 3] = ["mm1", "mm16", "web"];

/// Another simulator that is ready to run.
pub(super) struct Peer {
    name: String,
    version: String,
    program: PathBuf,
    /// The script, where the program is an interpreter.
    script: Option<PathBuf>,
    /// Of each run: about a second's worth, and a tenth of that for the fast ones.
    customers: u64,
}

impl Peer {
    pub(super) fn has(&self, model: &str) -> bool {
        MODELS.contains(&model)
    }

    /// Runs a model and gives back the line that was printed; every round has numbers of its own.
    pub(super) fn run(
        &self,
        machine: &Machine,
        model: &str,
        seed: usize,
    ) -> Result<String, Failure> {
        self.run_with(machine, model, self.customers, seed)
    }

    fn run_with(
        &self,
        machine: &Machine,
        model: &str,
        customers: u64,
        seed: usize,
    ) -> Result<String, Failure> {
        machine
            .tool(&self.program)
            .args(&self.script)
            .args([model, &customers.to_string(), &seed.to_string()])
            .read()
    }

    /// The same with the name and the version that it says itself.
    fn introduced(self, machine: &Machine) -> Result<Self, Failure> {
        let printed = self.run_with(machine, MODELS[0], 100, 1)?;
        let name = text(&printed, "name").unwrap_or_default().to_owned();
        let version = text(&printed, "version").unwrap_or_default().to_owned();
        Ok(Self {
            name,
            version,
            ..self
        })
    }
}

impl Display for Peer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// Installs whatever can be had into the build folder and says what cannot.
pub(super) fn ensure(machine: &Machine, workspace: &Workspace) -> Vec<Peer> {
    let compiled = [
        ("simcore", "SimCore", 1_000_000),
        ("nexosim", "NeXosim", 200_000),
    ];
    let compiled = compiled.map(|(folder, name, customers)| {
        let peer = peers::compiled(machine, workspace, folder, name).map(|built| Peer {
            name: name.to_owned(),
            version: String::new(),
            program: built.join(program_file(&format!("on-{folder}"))),
            script: None,
            customers,
        });
        (name, peer)
    });
    let scripts = workspace.root().join(peers::FOLDER).join("python");
    let interpreted = [("simpy", "SimPy", 100_000), ("ciw", "Ciw", 20_000)];
    let interpreted = interpreted.map(|(package, name, customers)| {
        let peer = peers::python(machine, workspace).map(|python| Peer {
            name: name.to_owned(),
            version: String::new(),
            program: python,
            script: Some(scripts.join(format!("on_{package}.py"))),
            customers,
        });
        (name, peer)
    });
    let mut present = Vec::new();
    for (name, peer) in compiled.into_iter().chain(interpreted) {
        match peer.and_then(|it| it.introduced(machine)) {
            Ok(peer) => present.push(peer),
            Err(failure) => println!("{name} is left out: {failure}."),
        }
    }
    let names: Vec<String> = present.iter().map(Peer::to_string).collect();
    if !names.is_empty() {
        println!("The engine is compared with {}.", names.join(", "));
    }
    present
}

/// The value of `key` in a flat object.
fn text<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = json.split_once(&format!("\"{key}\": \""))?;
    Some(rest.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulator_introduces_itself() {
        let printed = r#"{"name": "SimPy", "version": "4.1.2", "customers": 100}"#;
        assert_eq!(text(printed, "name"), Some("SimPy"));
        assert_eq!(text(printed, "version"), Some("4.1.2"));
        assert_eq!(text(printed, "licence"), None);
    }
}
