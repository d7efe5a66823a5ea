//! The output folder: the only place that is written to, and only where something has changed.
//!
//! An unchanged file keeps its time, so that whatever watches the folder is not woken for nothing.
//! Nothing is ever removed.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::Error;

/// A folder to write to.
#[derive(Debug)]
pub(crate) struct Output {
    root: PathBuf,
}

impl Output {
    /// Creates the folder. It may not be the content folder, nor lie in it, nor hold it.
    pub(crate) fn new(root: &Path, content: &Path) -> Result<Self, Error> {
        let absolute = |path: &Path| {
            path.canonicalize()
                .map_err(|error| Error::file("read", path, error))
        };
        // Looked at before it is made, so that a refusal leaves nothing behind.
        let nearest = root
            .ancestors()
            .find(|folder| folder.exists())
            .unwrap_or(Path::new("."));
        let refuse = |reason: &str| {
            Err(Error::Output(format!(
                "the site cannot be written to {}: {reason}",
                root.display()
            )))
        };
        if !nearest.is_dir() {
            return refuse(&format!("{} is a file, not a folder", nearest.display()));
        }
        let (nearest_in_full, content) = (absolute(nearest)?, absolute(content)?);
        if nearest_in_full.starts_with(&content) {
            return refuse("the next build would read it as content");
        }
        // Such a folder is a project's; its own `index.html` would be overwritten.
        if root.exists() && content.starts_with(nearest_in_full) {
            return refuse("the content lies in it, with other things that are not the site's");
        }
        fs::create_dir_all(root).map_err(|error| Error::file("create", root, error))?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Writes a file below the folder; false if it was the same already.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<bool, Error> {
        let path = self.place(path)?;
        if fs::read(&path).is_ok_and(|present| present == bytes) {
            return Ok(false);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::file("create", folder, error))?;
        }
        fs::write(&path, bytes).map_err(|error| Error::file("write", &path, error))?;
        Ok(true)
    }

    /// Copies a file to a place below the folder; false if it was the same already.
    pub(crate) fn copy(&self, source: &Path, path: &str) -> Result<bool, Error> {
        let bytes = fs::read(source).map_err(|error| Error::file("read", source, error))?;
        self.write(path, &bytes)
    }

    /// No path leads out of the folder.
    fn place(&self, path: &str) -> Result<PathBuf, Error> {
        let is_below = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if is_below && !path.is_empty() {
            Ok(self.root.join(path))
        } else {
            Err(Error::Output(format!(
                "`{path}` does not lie below the output folder"
            )))
        }
    }
}
