//! This checkout: where it is, where cargo builds it, and which versions it locks.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::machine::Machine;

/// The checkout that commands work on.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    pub(crate) fn find(machine: &Machine) -> Result<Self, Failure> {
        // What cargo says now comes first: the checkout may have been moved since this was compiled.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .parent()
            .ok_or_else(|| Failure::new("xtask has to be inside the workspace"))?
            .to_path_buf();
        let metadata = machine
            .cargo()
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .within(&root)
            .read()?;
        let target = target_directory(&metadata)
            .ok_or_else(|| Failure::new("`cargo metadata` names no target directory"))?;
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's build folder; everything made here that is not the site goes below it.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The version of `package` in Cargo.lock.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        let lock =
            fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
        locked_version(&lock, package)
            .ok_or_else(|| Failure::new(format!("Cargo.lock does not name {package}")))
    }
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    Some(
        lines
            .next()?
            .strip_prefix("version = \"")?
            .strip_suffix('"')?
            .to_owned(),
    )
}

fn target_directory(metadata: &str) -> Option<PathBuf> {
    let (_, rest) = metadata.split_once("\"target_directory\":\"")?;
    let (path, _) = rest.split_once('"')?;
    Some(PathBuf::from(path.replace("\\\\", "\\")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "yew"), None);
    }

    #[test]
    fn the_target_directory_is_read_from_metadata() {
        let metadata = r#"{"packages":[],"target_directory":"/tmp/build here","version":1}"#;
        assert_eq!(
            target_directory(metadata),
            Some(PathBuf::from("/tmp/build here"))
        );
        assert_eq!(
            target_directory(r#"{"target_directory":"C:\\code\\target"}"#),
            Some(PathBuf::from(r"C:\code\target"))
        );
    }
}
