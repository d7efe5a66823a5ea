//! The browser in which the journeys are made: a Chromium that the system provides.

use std::env;
use std::path::PathBuf;

use super::packages::{self, Package};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::progress::setting_up;

/// What a Chromium may be called on `PATH`.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
];

/// Where it is on systems that do not put applications on `PATH`.
const PLACES: [&str; 4] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// Makes sure that there is a Chromium, and gives back where it is.
pub(crate) fn ensure(machine: &Machine) -> Result<PathBuf, Failure> {
    if let Some(browser) = find(machine) {
        return Ok(browser);
    }
    setting_up(
        "Chromium",
        "the journeys are made in a real browser",
        "a minute or two",
    );
    let package = Package {
        apt: &["chromium"],
        dnf: &["chromium"],
        pacman: &["chromium"],
        apk: &["chromium"],
        brew: &["--cask", "chromium"],
    };
    packages::install(machine, &package, "a browser (Chromium or Chrome)")?;
    find(machine).ok_or_else(|| {
        Failure::new("there is still no Chromium on PATH: set CHROMIUM to where one is")
    })
}

fn find(machine: &Machine) -> Option<PathBuf> {
    let chosen = env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .filter(|it| it.is_file());
    chosen
        .or_else(|| NAMES.iter().find_map(|name| machine.find(name)))
        .or_else(|| PLACES.iter().map(PathBuf::from).find(|it| it.is_file()))
}
