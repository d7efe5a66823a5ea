//! Node and npm, which run the journeys and the engine's wasm outside a browser.

use super::packages::{self, Package};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::progress::setting_up;

/// The oldest one that has the test runner's options that the journeys use.
const OLDEST: u32 = 18;

/// Makes sure that `node` and `npm` can be typed.
pub(crate) fn ensure(machine: &Machine) -> Result<(), Failure> {
    if is_present(machine) {
        return Ok(());
    }
    setting_up(
        "Node",
        "it runs the browser journeys and the engine's wasm",
        "a minute",
    );
    let package = Package {
        apt: &["nodejs", "npm"],
        dnf: &["nodejs", "npm"],
        pacman: &["nodejs", "npm"],
        apk: &["nodejs", "npm"],
        brew: &["node"],
    };
    packages::install(
        machine,
        &package,
        &format!("Node {OLDEST} or later with npm"),
    )?;
    if is_present(machine) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the system's Node is older than {OLDEST} or without npm: install a later one from https://nodejs.org/"
    )))
}

fn is_present(machine: &Machine) -> bool {
    machine
        .version_of("node")
        .is_some_and(|it| is_new_enough(&it))
        && machine.version_of("npm").is_some()
}

fn is_new_enough(printed: &str) -> bool {
    let version = printed.trim().trim_start_matches('v');
    version
        .split('.')
        .next()
        .and_then(|it| it.parse().ok())
        .is_some_and(|it: u32| OLDEST <= it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_age_is_read_from_its_version() {
        for (printed, expected) in [
            ("v20.20.2\n", true),
            ("v18.0.0", true),
            ("v16.20.1", false),
            ("v9.1.0", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(printed), expected, "{printed:?}");
        }
    }
}
