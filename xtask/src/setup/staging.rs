//! A folder in which a tool is made ready before it is moved into place.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A temporary folder; whatever is still in it goes away with it.
pub(super) struct Staging(PathBuf);

impl Staging {
    /// Makes an empty folder inside `parent`, so that a later move stays on one disk.
    ///
    /// A process that crashed leaves its folder behind, and the number of a process comes round again.
    pub(super) fn inside(parent: &Path) -> Result<Self, Failure> {
        let path = parent.join(format!(".setting-up-{}", std::process::id()));
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Failure::file("empty", &path, &error));
            }
            _ => {}
        }
        fs::create_dir_all(&path).map_err(|error| Failure::file("create", &path, &error))?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Moves `name` from here to `to`, replacing what is there.
    pub(super) fn publish(&self, name: impl AsRef<Path>, to: &Path) -> Result<(), Failure> {
        let from = self.0.join(name);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::file("create", parent, &error))?;
        }
        if to.is_dir() {
            fs::remove_dir_all(to).map_err(|error| Failure::file("replace", to, &error))?;
        }
        fs::rename(&from, to).map_err(|error| Failure::file("move a tool to", to, &error))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing depends on it being gone; a left-over is only a wasted folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_published_stays_and_the_rest_goes() {
        let parent = std::env::temp_dir().join(format!("xtask-staging-{}", std::process::id()));
        let to = parent.join("bin/tool");
        {
            let staging = Staging::inside(&parent).unwrap();
            fs::write(staging.path().join("tool"), "new").unwrap();
            fs::write(staging.path().join("archive"), "left over").unwrap();
            staging.publish("tool", &to).unwrap();
        }
        assert_eq!(fs::read_to_string(&to).unwrap(), "new");
        assert_eq!(
            fs::read_dir(&parent).unwrap().count(),
            1,
            "only bin/ is left"
        );
        fs::remove_dir_all(&parent).unwrap();
    }

    #[test]
    fn what_a_crashed_process_left_is_not_taken_for_a_tool() {
        let parent = std::env::temp_dir().join(format!("xtask-crashed-{}", std::process::id()));
        let crashed = Staging::inside(&parent).unwrap();
        fs::write(crashed.path().join("tool"), "half of it").unwrap();
        std::mem::forget(crashed);
        let staging = Staging::inside(&parent).unwrap();
        assert_eq!(fs::read_dir(staging.path()).unwrap().count(), 0);
        drop(staging);
        fs::remove_dir_all(&parent).unwrap();
    }
}
