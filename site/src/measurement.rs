//! Running the figures of all pages, and holding the text to what they measured.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use article::Reports;
use diagram::Report;
use diagram::diagnostic::Diagnostic;
use rayon::prelude::*;

use crate::library::Library;

/// A figure that takes longer than this is named, so that nobody wonders what a build is doing.
const SLOW: Duration = Duration::from_secs(5);

/// What the figures measured, page by page.
#[derive(Debug, Default)]
pub(crate) struct Measurements {
    pages: BTreeMap<String, Reports>,
    none: Reports,
}

impl Measurements {
    /// Runs every figure, several at once, and compares the claims.
    pub(crate) fn take(library: &Library) -> (Self, Vec<Diagnostic>) {
        let pages: Vec<_> = library.pages().collect();
        let jobs: Vec<_> = pages
            .iter()
            .flat_map(|page| page.figures.iter().map(move |figure| (page, figure)))
            .filter_map(|(page, figure)| Some((page, figure, figure.document.as_ref()?)))
            .collect();
        let reports: Vec<(String, String, Report)> = jobs
            .par_iter()
            .map(|(page, figure, document)| {
                let start = Instant::now();
                let report = diagram::report(document);
                if start.elapsed() > SLOW {
                    eprintln!(
                        "{}: figure {} took {:.1} s to run",
                        page.path,
                        figure.id,
                        start.elapsed().as_secs_f64()
                    );
                }
                (page.path.clone(), figure.id.clone(), report)
            })
            .collect();
        let mut measurements = Self::default();
        for (page, figure, report) in reports {
            measurements
                .pages
                .entry(page)
                .or_default()
                .insert(figure, report);
        }
        let problems = pages
            .iter()
            .flat_map(|page| article::check_claims(page, measurements.of(&page.path)))
            .collect();
        (measurements, problems)
    }

    /// What the figures of one page measured.
    pub(crate) fn of(&self, path: &str) -> &Reports {
        self.pages.get(path).unwrap_or(&self.none)
    }
}
