//! The simulators that `cargo xtask bench` compares the engine with, in the build folder.

use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::machine::{Machine, program_file};
use crate::progress::setting_up;
use crate::workspace::Workspace;

/// Where the programs are that run the models on them.
pub(crate) const FOLDER: &str = "simulator/bench/peers";

const WHY: &str = "the engine is compared with it";

/// Makes sure that a program on a library in Rust is built, and gives back the folder that it is in.
pub(crate) fn compiled(
    machine: &Machine,
    workspace: &Workspace,
    folder: &str,
    name: &str,
) -> Result<PathBuf, Failure> {
    let target = workspace.target().join("peers").join(folder);
    let built = target.join("release");
    if !built.is_dir() {
        setting_up(name, WHY, "compiled, about a minute");
    }
    // Cargo knows whether anything is left to do.
    machine
        .cargo()
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--manifest-path",
        ])
        .arg(
            workspace
                .root()
                .join(FOLDER)
                .join(folder)
                .join("Cargo.toml"),
        )
        .arg("--target-dir")
        .arg(&target)
        .show()?;
    Ok(built)
}

/// Makes sure of a Python with exactly the packages that `requirements.txt` names, and gives back where it is.
pub(crate) fn python(machine: &Machine, workspace: &Workspace) -> Result<PathBuf, Failure> {
    let list = workspace
        .root()
        .join(FOLDER)
        .join("python/requirements.txt");
    let wanted = fs::read(&list).map_err(|error| Failure::file("read", &list, &error))?;
    let parent = workspace.target().join("peers");
    let folder = parent.join("python");
    let python = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = python.join(program_file("python"));
    // A copy of the list that was installed: written last, so an interrupted installation has none.
    let installed = folder.join("installed.txt");
    if python.is_file() && fs::read(&installed).is_ok_and(|it| it == wanted) {
        return Ok(python);
    }
    let _ = fs::remove_dir_all(&folder);
    let Some(system) = ["python3", "python"]
        .into_iter()
        .find(|it| machine.find(it).is_some())
    else {
        return Err(Failure::new("there is no Python here"));
    };
    setting_up(
        "SimPy and Ciw",
        "the engine is compared with them",
        "ready-made, seconds",
    );
    machine
        .tool(system)
        .args(["-m", "venv"])
        .arg(&folder)
        .read()
        .map_err(|failure| {
            Failure::new(format!(
                "{failure}; Debian and Ubuntu have it in the package python3-venv"
            ))
        })?;
    machine
        .tool(&python)
        .args(["-m", "pip", "install", "--quiet", "--requirement"])
        .arg(&list)
        .show()?;
    fs::write(&installed, wanted).map_err(|error| Failure::file("write", &installed, &error))?;
    Ok(python)
}
