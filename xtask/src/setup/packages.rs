//! The system's own package manager, where this user may use it.

use crate::failure::Failure;
use crate::machine::Machine;

/// What a program is called by each package manager.
pub(super) struct Package {
    pub(super) apt: &'static [&'static str],
    pub(super) dnf: &'static [&'static str],
    pub(super) pacman: &'static [&'static str],
    pub(super) apk: &'static [&'static str],
    pub(super) brew: &'static [&'static str],
}

/// A package manager and how it is told to install without asking.
struct Manager {
    program: &'static str,
    /// Run first, to learn which versions there are.
    refresh: &'static [&'static str],
    install: &'static [&'static str],
    packages: &'static [&'static str],
    needs_root: bool,
}

/// Installs `package`, or says in one sentence what to type.
pub(super) fn install(machine: &Machine, package: &Package, what: &str) -> Result<(), Failure> {
    let managers = [
        Manager {
            program: "apt-get",
            refresh: &["update"],
            install: &["install", "--yes", "--no-install-recommends"],
            packages: package.apt,
            needs_root: true,
        },
        Manager {
            program: "dnf",
            refresh: &[],
            install: &["install", "--assumeyes"],
            packages: package.dnf,
            needs_root: true,
        },
        Manager {
            program: "pacman",
            refresh: &[],
            install: &["-Sy", "--noconfirm"],
            packages: package.pacman,
            needs_root: true,
        },
        Manager {
            program: "apk",
            refresh: &[],
            install: &["add"],
            packages: package.apk,
            needs_root: true,
        },
        Manager {
            program: "brew",
            refresh: &[],
            install: &["install"],
            packages: package.brew,
            needs_root: false,
        },
    ];
    let Some(manager) = managers
        .into_iter()
        .find(|it| machine.find(it.program).is_some())
    else {
        return Err(Failure::new(format!(
            "{what} is missing: please install it"
        )));
    };
    let by_hand = format!(
        "{}{} {} {}",
        if manager.needs_root { "sudo " } else { "" },
        manager.program,
        manager.install.join(" "),
        manager.packages.join(" ")
    );
    let prefix: &[&str] = if !manager.needs_root || is_root(machine) {
        &[]
    } else if may_sudo(machine) {
        &["sudo", "--non-interactive"]
    } else {
        return Err(Failure::new(format!("{what} is missing: type `{by_hand}`")));
    };
    let run = |arguments: &[&str]| {
        let mut words = prefix
            .iter()
            .chain([&manager.program])
            .chain(arguments)
            .copied();
        let program = words.next().unwrap_or(manager.program);
        machine
            .tool(program)
            .args(words)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .show()
    };
    if !manager.refresh.is_empty() {
        // An outdated list may still do; if it does not, the installation says so.
        let _ = run(manager.refresh);
    }
    let install: Vec<&str> = manager
        .install
        .iter()
        .chain(manager.packages)
        .copied()
        .collect();
    run(&install)
        .map_err(|failure| Failure::new(format!("{what} is missing ({failure}): type `{by_hand}`")))
}

fn is_root(machine: &Machine) -> bool {
    machine
        .tool("id")
        .arg("-u")
        .read()
        .is_ok_and(|it| it.trim() == "0")
}

fn may_sudo(machine: &Machine) -> bool {
    machine.find("sudo").is_some()
        && machine
            .tool("sudo")
            .args(["--non-interactive", "true"])
            .read()
            .is_ok()
}
