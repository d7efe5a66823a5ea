//! Valgrind, which counts the instructions of a program.

use super::packages::{self, Package};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::progress::setting_up;

/// Makes sure that `valgrind` can be typed.
pub(crate) fn ensure(machine: &Machine) -> Result<(), Failure> {
    if machine.version_of("valgrind").is_some() {
        return Ok(());
    }
    setting_up("Valgrind", "it counts instructions", "a minute");
    let package = Package {
        apt: &["valgrind"],
        dnf: &["valgrind"],
        pacman: &["valgrind"],
        apk: &["valgrind"],
        brew: &["valgrind"],
    };
    packages::install(machine, &package, "Valgrind")
}
