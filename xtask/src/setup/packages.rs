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
    /// What may help where the installation fails.
    remedy: Option<&'static str>,
}

fn managers(package: &Package) -> [Manager; 5] {
    [
        Manager {
            program: "apt-get",
            refresh: &["update"],
            install: &["install", "--yes", "--no-install-recommends"],
            packages: package.apt,
            needs_root: true,
            remedy: None,
        },
        Manager {
            program: "dnf",
            refresh: &[],
            install: &["install", "--assumeyes"],
            packages: package.dnf,
            needs_root: true,
            remedy: None,
        },
        Manager {
            program: "pacman",
            // A fresh list with old packages is a partial upgrade, which Arch does not support:
            // https://wiki.archlinux.org/title/System_maintenance#Partial_upgrades_are_unsupported
            refresh: &[],
            install: &["-S", "--needed", "--noconfirm"],
            packages: package.pacman,
            needs_root: true,
            remedy: Some(
                "where the package database is too old, `sudo pacman -Syu` brings the whole system up to date first",
            ),
        },
        Manager {
            program: "apk",
            refresh: &[],
            install: &["add"],
            packages: package.apk,
            needs_root: true,
            remedy: None,
        },
        Manager {
            program: "brew",
            refresh: &[],
            install: &["install"],
            packages: package.brew,
            needs_root: false,
            remedy: None,
        },
    ]
}

impl Manager {
    fn arguments(&self) -> Vec<&'static str> {
        [self.install, self.packages].concat()
    }

    /// What a person would type.
    fn by_hand(&self) -> String {
        let sudo = if self.needs_root { "sudo " } else { "" };
        format!("{sudo}{} {}", self.program, self.arguments().join(" "))
    }

    /// Why `what` is still missing.
    fn failed(&self, what: &str, failure: &Failure) -> Failure {
        let remedy = self
            .remedy
            .map(|remedy| format!("; {remedy}"))
            .unwrap_or_default();
        Failure::new(format!(
            "{what} is missing ({failure}): type `{}`{remedy}",
            self.by_hand()
        ))
    }
}

/// Installs `package`, or says in one sentence what to type.
pub(super) fn install(machine: &Machine, package: &Package, what: &str) -> Result<(), Failure> {
    let Some(manager) = managers(package)
        .into_iter()
        .find(|it| machine.find(it.program).is_some())
    else {
        return Err(Failure::new(format!(
            "{what} is missing: please install it"
        )));
    };
    let prefix: &[&str] = if !manager.needs_root || is_root(machine) {
        &[]
    } else if may_sudo(machine) {
        &["sudo", "--non-interactive"]
    } else {
        let by_hand = manager.by_hand();
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
    run(&manager.arguments()).map_err(|failure| manager.failed(what, &failure))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_installation_says_what_to_type() {
        let package = Package {
            apt: &["nodejs", "npm"],
            dnf: &["nodejs"],
            pacman: &["nodejs", "npm"],
            apk: &["nodejs"],
            brew: &["node"],
        };
        for (program, expected) in [
            (
                "apt-get",
                "Node is missing (no): type `sudo apt-get install --yes --no-install-recommends nodejs npm`",
            ),
            (
                "pacman",
                "Node is missing (no): type `sudo pacman -S --needed --noconfirm nodejs npm`; \
                 where the package database is too old, `sudo pacman -Syu` brings the whole system up to date first",
            ),
            ("brew", "Node is missing (no): type `brew install node`"),
        ] {
            let manager = managers(&package)
                .into_iter()
                .find(|it| it.program == program)
                .expect("it is known");
            let failure = manager.failed("Node", &Failure::new("no"));
            assert_eq!(failure.to_string(), expected);
        }
    }
}
