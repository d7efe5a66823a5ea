//! The machine this runs on: where its programs and caches are, and what it can reach.

use std::cell::OnceCell;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::tool::Tool;

/// Where programs and caches are.
pub(crate) struct Machine {
    /// `PATH`, with cargo's own bin folder at its end in case it is not there yet.
    path: OsString,
    cargo_home: PathBuf,
    trunk_cache: PathBuf,
    reaches_github: OnceCell<bool>,
}

impl Machine {
    pub(crate) fn new() -> Result<Self, Failure> {
        let home = env::home_dir()
            .ok_or_else(|| Failure::new("there is no home folder: set HOME and try again"))?;
        let cargo_home =
            env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(env::split_paths(&path).chain([cargo_home.join("bin")]))
            .map_err(|error| Failure::new(format!("PATH cannot be read: {error}")))?;
        Ok(Self {
            path,
            cargo_home,
            trunk_cache: trunk_cache(&home),
            reaches_github: OnceCell::new(),
        })
    }

    /// A program that is looked for on `PATH` and among cargo's programs.
    pub(crate) fn tool(&self, program: impl AsRef<std::ffi::OsStr>) -> Tool {
        Tool::new(program, &self.path)
    }

    /// The cargo that runs this.
    pub(crate) fn cargo(&self) -> Tool {
        self.tool(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Where `program` is, if it is anywhere on `PATH`.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let name = program_file(program);
        env::split_paths(&self.path)
            .map(|folder| folder.join(&name))
            .find(|it| it.is_file())
    }

    /// What `program --version` prints, or nothing where there is no such program.
    pub(crate) fn version_of(&self, program: impl AsRef<Path>) -> Option<String> {
        self.tool(program.as_ref()).arg("--version").read().ok()
    }

    /// Where `cargo install` puts programs.
    pub(crate) fn cargo_bin(&self) -> PathBuf {
        self.cargo_home.join("bin")
    }

    /// Where cargo keeps the sources of libraries.
    pub(crate) fn library_sources(&self) -> PathBuf {
        self.cargo_home.join("registry").join("src")
    }

    /// Where Trunk keeps the tools it downloads: one `name-version` folder for each.
    ///
    /// What is put there in Trunk's own layout is found by a `trunk serve` typed by hand too.
    pub(crate) fn trunk_cache(&self) -> &Path {
        &self.trunk_cache
    }

    /// Whether released programs can be downloaded; asked at most once, and only when needed.
    pub(crate) fn reaches_github(&self) -> bool {
        *self.reaches_github.get_or_init(|| {
            self.tool("curl")
                .args(["--silent", "--fail", "--head", "--output"])
                .arg(if cfg!(windows) { "NUL" } else { "/dev/null" })
                .args([
                    "--connect-timeout",
                    "5",
                    "--max-time",
                    "10",
                    "https://github.com/",
                ])
                .read()
                .is_ok()
        })
    }
}

/// The file name of a program on this system.
pub(crate) fn program_file(program: &str) -> String {
    format!("{program}{}", env::consts::EXE_SUFFIX)
}

/// The same folder that Trunk computes for itself.
fn trunk_cache(home: &Path) -> PathBuf {
    if cfg!(target_os = "macos") {
        return home.join("Library/Caches/dev.trunkrs.trunk");
    }
    if cfg!(windows) {
        let local =
            env::var_os("LOCALAPPDATA").map_or_else(|| home.join("AppData/Local"), PathBuf::from);
        return local.join("trunkrs/trunk/cache");
    }
    env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|it| it.is_absolute())
        .unwrap_or_else(|| home.join(".cache"))
        .join("trunk")
}
