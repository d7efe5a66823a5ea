//! The two npm packages that the journeys use: a driver for the browser and an accessibility check.

use std::fs;

use super::node;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::progress::setting_up;
use crate::workspace::Workspace;

/// Makes sure that `e2e/node_modules` is what `e2e/package-lock.json` says.
pub(crate) fn ensure(machine: &Machine, workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.root().join("e2e");
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| Failure::file("read", &lock, &error))?;
    // A copy of the lock that was installed: written last, so an interrupted install has none.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    node::ensure(machine)?;
    setting_up(
        "the journeys' npm packages",
        "they drive the browser",
        "seconds",
    );
    machine
        .tool("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .within(&folder)
        .show()
        .map_err(|failure| {
            Failure::new(format!(
                "the journeys' npm packages could not be set up ({failure}): type `npm ci` in e2e/"
            ))
        })?;
    fs::write(&installed, wanted).map_err(|error| Failure::file("write", &installed, &error))
}
