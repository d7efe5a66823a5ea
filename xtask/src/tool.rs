//! Starting other programs: shown as they run, or read in silence.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// A program about to be started.
pub(crate) struct Tool {
    command: Command,
    /// What a person would type, for messages.
    typed: String,
}

impl Tool {
    /// `path` is where programs are looked for, see [`crate::machine::Machine::tool`].
    pub(crate) fn new(program: impl AsRef<OsStr>, path: &OsStr) -> Self {
        // People type the name of a program, not where it is.
        let path_of_program = Path::new(program.as_ref());
        let typed = path_of_program.file_stem().unwrap_or(program.as_ref());
        let typed = typed.to_string_lossy().into_owned();
        let mut command = Command::new(program);
        // Trunk takes `NO_COLOR=1` for a bad value of its own flag, and every sub-command fails.
        command.env("PATH", path).env_remove("NO_COLOR");
        Self { command, typed }
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.typed.push(' ');
        self.typed.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    pub(crate) fn args(self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.command.env(name, value.into());
        self
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it with its output on the terminal, so that progress is seen.
    pub(crate) fn show(mut self) -> Result<(), Failure> {
        let status = self
            .command
            .status()
            .map_err(|error| self.unstarted(&error))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed())
        }
    }

    /// Runs it in silence and gives back what it printed to its standard output.
    pub(crate) fn read(mut self) -> Result<String, Failure> {
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| self.unstarted(&error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim();
            return Err(match said.lines().last() {
                Some(last) => Failure::new(format!("`{}` failed: {last}", self.typed)),
                None => self.failed(),
            });
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it, shows its standard output line by line, and hands each line to `seen` as well.
    ///
    /// The result says whether the program was content; errors are for programs that never ran.
    pub(crate) fn watch(mut self, mut seen: impl FnMut(&str)) -> Result<bool, Failure> {
        let mut child = self
            .command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| self.unstarted(&error))?;
        if let Some(output) = child.stdout.take() {
            let mut shown = std::io::stdout().lock();
            for line in BufReader::new(output).split(b'\n') {
                let Ok(line) = line else { break };
                let line = String::from_utf8_lossy(&line);
                // A closed terminal is no reason to lose the count.
                let _ = writeln!(shown, "{line}");
                seen(&line);
            }
        }
        let status = child.wait().map_err(|error| self.unstarted(&error))?;
        Ok(status.success())
    }

    /// Becomes the program, so that what ends this ends the program too.
    #[cfg(unix)]
    pub(crate) fn take_over(mut self) -> Result<(), Failure> {
        use std::os::unix::process::CommandExt as _;
        let error = self.command.exec();
        Err(self.unstarted(&error))
    }

    /// Runs the program to its end; elsewhere than on Unix there is no becoming it.
    #[cfg(not(unix))]
    pub(crate) fn take_over(self) -> Result<(), Failure> {
        self.show()
    }

    fn failed(&self) -> Failure {
        Failure::new(format!("`{}` failed", self.typed))
    }

    fn unstarted(&self, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot start `{}`: {error}", self.typed))
    }
}
