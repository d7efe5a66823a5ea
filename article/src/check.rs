//! Claims against measurements.

use std::collections::BTreeMap;

use diagram::diagnostic::Diagnostic;
use diagram::{Metric, Problem, Report};

use crate::claim::{self, Claim, ClaimKind, Kind};
use crate::page::Page;

/// What the figures of one page measured, by the id of the figure.
#[derive(Debug, Default)]
pub struct Reports(BTreeMap<String, Report>);

impl Reports {
    /// Adds the report of a figure. Of two figures with the same id the first has it, as in the page's
    /// list of figures: the second is a fault of its own.
    pub fn insert(&mut self, figure: String, report: Report) {
        self.0.entry(figure).or_insert(report);
    }

    /// The report of a figure.
    #[must_use]
    pub fn get(&self, figure: &str) -> Option<&Report> {
        self.0.get(figure)
    }

    /// The number that a claim is about, as people read it.
    pub(crate) fn measured(&self, claim: &Claim) -> Option<String> {
        let metric = self.get(&claim.figure)?.metric(&claim.metric).ok()?;
        // A number and its unit stay on one line.
        Some(metric.to_string().replace(' ', "\u{a0}"))
    }
}

/// Runs every figure of a page, one after the other.
#[must_use]
pub fn simulate(page: &Page) -> Reports {
    let mut reports = Reports::default();
    for figure in &page.figures {
        if let Some(document) = &figure.document {
            reports.insert(figure.id.clone(), diagram::report(document));
        }
    }
    reports
}

/// Every claim of the page that does not hold, or that is about nothing.
#[must_use]
pub fn check_claims(page: &Page, reports: &Reports) -> Vec<Diagnostic> {
    let problems = page.claims.iter().filter_map(|claim| {
        let (message, help) = check(page, reports, claim).err()?;
        Some(Problem {
            span: claim.span.clone(),
            at: String::new(),
            message,
            help,
        })
    });
    problems
        .map(|problem| Diagnostic::new(&page.path, &page.source, 0, &problem))
        .collect()
}

fn check(page: &Page, reports: &Reports, claim: &Claim) -> Result<(), (String, Option<String>)> {
    let Some(figure) = page.figures.iter().find(|figure| figure.id == claim.figure) else {
        let known: Vec<&str> = page
            .figures
            .iter()
            .map(|figure| figure.id.as_str())
            .collect();
        return Err((
            format!("this page has no figure `{}`", claim.figure),
            claim::unknown_figure(&claim.figure, &known),
        ));
    };
    // A figure whose scenario is invalid has been reported already.
    let Some((document, report)) = figure.document.as_ref().zip(reports.get(&claim.figure)) else {
        return Ok(());
    };
    let metric = report
        .metric(&claim.metric)
        .map_err(|message| (message, None))?;
    let ClaimKind::Checked { claimed, tolerance } = &claim.kind else {
        return Ok(());
    };
    let kind = kind_of(&metric);
    if kind != claimed.kind() {
        return Err((
            format!(
                "`{}` is {}, but the claim is {}",
                claim.metric,
                kind.label(),
                claimed.kind().label()
            ),
            Some(format!("it measured {metric}")),
        ));
    }
    if tolerance.allows(claimed.value(), metric.value) {
        return Ok(());
    }
    Err((
        format!("the claim does not hold: claimed {claimed} {tolerance}, measured {metric}"),
        Some(format!("the figure runs with seed {}", document.seed())),
    ))
}

fn kind_of(metric: &Metric) -> Kind {
    match metric.unit {
        diagram::Unit::Count => Kind::Count,
        diagram::Unit::Share => Kind::Share,
        diagram::Unit::Seconds => Kind::Time,
        diagram::Unit::PerSecond => Kind::Rate,
    }
}
