//! The static-site generator: from a folder of Markdown to a folder of pages.
//!
//! ```text
//! content/ ──► sources ──► library ──► measurements ──► pages ──► output folder
//!             (files)    (parsed,      (figures run,   (HTML in
//!                         linked)       claims checked)  the shell)
//! ```
//!
//! This is the only library that touches files.
//! It knows nothing of Markdown (that is `article`) and nothing of engines (that is `diagram`).
//! Its output depends on the content, the shell and the configuration alone: building twice gives identical bytes.

mod application;
pub mod arguments;
mod config;
mod error;
mod frame;
mod glue;
mod library;
mod lighten;
mod measurement;
mod new;
mod output;
mod page;
mod preview;
mod shell;
mod source;
mod text;

pub use self::config::Config;
pub use self::error::Error;
pub use self::new::{NewChapter, create};

use std::path::Path;

use diagram::diagnostic::Diagnostic;
use rayon::prelude::*;

use self::library::Library;
use self::measurement::Measurements;
use self::output::Output;
use self::shell::Shells;

/// What a build did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Pages in the site; of a check, those that are made from Markdown.
    pub pages: usize,
    /// Figures that were run.
    pub figures: usize,
    /// Numbers in the text that were compared with a run, or taken from one.
    pub claims: usize,
    /// Files that were written because they had changed.
    pub written: usize,
}

/// Builds the whole site.
///
/// # Errors
/// Everything that is wrong with the content, or the first thing that is wrong with shell or output.
pub fn build(config: &Config) -> Result<Summary, Error> {
    let (library, measurements, problems) = prepare(&config.content)?;
    if !problems.is_empty() {
        return Err(preview::refusal(&library, config, problems));
    }
    let output = Output::new(&config.out, &config.content)?;
    let shells = match &config.shell {
        Some(path) => {
            glue::files(&config.out, &output)?;
            lighten::files(&config.out, &output)?;
            Shells::read(path, &config.out, &config.base)?
        }
        None => Shells::stub(&config.base),
    };
    let pages = page::all(&library, &measurements, config);
    let filled: Vec<(String, String)> = pages
        .par_iter()
        .map(|page| (page.url.output_path(), shells.fill(page)))
        .collect();
    let mut written = 0;
    for (path, html) in &filled {
        written += usize::from(output.write(path, html.as_bytes())?);
    }
    for asset in &library.files {
        written += usize::from(output.copy(&asset.source, &asset.url.output_path())?);
    }
    if config.shell.is_none() {
        for (path, text) in shell::STUB_FILES {
            written += usize::from(output.write(path, text.as_bytes())?);
        }
    }
    Ok(Summary {
        pages: pages.len(),
        written,
        ..summary(&library)
    })
}

/// Reads the whole content and runs every figure, but writes nothing.
///
/// # Errors
/// Everything that is wrong with the content.
pub fn check(content: &Path) -> Result<Summary, Error> {
    let (library, _, problems) = prepare(content)?;
    if problems.is_empty() {
        Ok(summary(&library))
    } else {
        Err(Error::Content(problems))
    }
}

/// Reads and runs everything; the problems are in the order of files and lines.
fn prepare(content: &Path) -> Result<(Library, Measurements, Vec<Diagnostic>), Error> {
    let (sources, mut problems) = source::walk(content)?;
    let (library, found) = Library::read(sources);
    problems.extend(found);
    let (measurements, found) = Measurements::take(&library);
    problems.extend(found);
    problems.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
    Ok((library, measurements, problems))
}

fn summary(library: &Library) -> Summary {
    Summary {
        pages: library.pages().count(),
        figures: library.pages().map(|page| page.figures.len()).sum(),
        claims: library.pages().map(|page| page.claims.len()).sum(),
        written: 0,
    }
}
