//! The benchmark in a browser: in a worker of an empty page, as the engine runs on the site.

use std::path::{Path, PathBuf};

use super::PROFILE;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::parity;
use crate::setup::{browser, journeys};
use crate::workspace::Workspace;

/// What a page needs.
pub(super) struct Page {
    browser: PathBuf,
    /// The wasm with the JavaScript that loads it.
    folder: PathBuf,
}

impl Page {
    /// Makes sure of a browser and of what drives it; the benchmark is already built for wasm.
    pub(super) fn ensure(
        machine: &Machine,
        workspace: &Workspace,
        wasm_bindgen: &Path,
    ) -> Result<Self, Failure> {
        journeys::ensure(machine, workspace)?;
        let browser = browser::ensure(machine)?;
        let folder = workspace.target().join("bench-wasm").join("web");
        parity::join_wasm(machine, workspace, wasm_bindgen, PROFILE, "web", &folder)?;
        Ok(Self { browser, folder })
    }

    /// Runs the benchmark with these words and gives back what it prints.
    pub(super) fn run(
        &self,
        machine: &Machine,
        workspace: &Workspace,
        words: &[&str],
    ) -> Result<String, Failure> {
        machine
            .tool("node")
            .arg(workspace.root().join("simulator/bench/browser.mjs"))
            .arg(&self.folder)
            .args(words)
            .env("CHROMIUM", &self.browser)
            .read()
    }
}
