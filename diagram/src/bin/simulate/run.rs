//! `simulate run`: a scenario, its variants, and the results as a table, as JSON or as a series.

use std::process::ExitCode;

use diagram::{Document, Report, Variant};

use crate::arguments::RunOptions;
use crate::progress::Progress;
use crate::replicate::Group;
use crate::sample::{Column, Sample};
use crate::series::History;
use crate::work::run_all;
use crate::{cancel, columns, input, output, replicate, results, seed, series, setting};

pub(crate) fn run(options: &RunOptions) -> ExitCode {
    let document = match input::load(&options.file, options.as_json) {
        Ok(document) => options.runs.change(&document),
        Err(code) => return code,
    };
    let document = match setting::apply_all(&document, &options.settings) {
        Ok(document) => document,
        Err(message) => return output::wrong_use(&message),
    };
    let documents = with_variants(&document);
    match options.runs.replications {
        Some(count) => replicated(&documents, count, options),
        None => once(&documents, options),
    }
}

/// The document itself and each of its variants.
fn with_variants(document: &Document) -> Vec<(Option<Variant>, Document)> {
    let variants = document.variants().iter();
    let variants = variants.map(|variant| (Some(variant.clone()), document.variant(variant)));
    std::iter::once((None, document.clone()))
        .chain(variants)
        .collect()
}

/// One run of each.
fn once(documents: &[(Option<Variant>, Document)], options: &RunOptions) -> ExitCode {
    let all = documents.len();
    let progress = Progress::new(all, options.runs.shows_progress);
    let document = |run: usize| documents[run].1.clone();
    let outcomes = run_all(all, options.runs.threads, &progress, document, |outcome| {
        outcome
    });
    let complete = outcomes.iter().flatten().count();
    let mut outcomes = outcomes.into_iter();
    let Some(base) = outcomes.next().flatten() else {
        return cancel::ended(complete, all);
    };
    let variants = documents.iter().skip(1).zip(outcomes);
    let report = Report {
        base,
        variants: variants
            .filter_map(|((variant, _), outcome)| Some((variant.clone()?, outcome?)))
            .collect(),
    };
    let history = options.series.map(|_| series::of_report(&report));
    let is_cancelled = complete < all;
    let text = || {
        if options.as_json {
            format!("{}\n", results::json(&report, is_cancelled).pretty())
        } else {
            results::human(&report, columns::width())
        }
    };
    let code = show(options, &history.unwrap_or_default(), text);
    if is_cancelled {
        return cancel::ended(complete, all);
    }
    code
}

/// Writes the series where one is asked for, and prints the results unless the series is printed.
fn show(options: &RunOptions, history: &[History], text: impl Fn() -> String) -> ExitCode {
    let Some(form) = options.series else {
        return output::print(&text());
    };
    let written = output::write(options.out.as_deref(), &series::text(history, form));
    if options.out.is_none() || written != ExitCode::SUCCESS {
        return written;
    }
    output::print(&text())
}

/// Several runs of each, with different seeds.
fn replicated(
    documents: &[(Option<Variant>, Document)],
    count: usize,
    options: &RunOptions,
) -> ExitCode {
    let base = &documents[0].1;
    let names = options.runs.metrics.clone();
    let names = names.unwrap_or_else(|| replicate::usual_metrics(base));
    let columns = match Column::all(base, &names) {
        Ok(columns) => columns,
        Err(message) => return output::wrong_use(&message),
    };
    let all = documents.len() * count;
    let progress = Progress::new(all, options.runs.shows_progress);
    // First the first replication of each, then the second: so a cancelled table has all columns.
    let document = |run: usize| {
        let (number, which) = (run / documents.len(), run % documents.len());
        documents[which]
            .1
            .with_seed(seed::of_replication(base.seed(), number))
    };
    let wants_series = options.series.is_some();
    let made = run_all(all, options.runs.threads, &progress, document, |outcome| {
        let history = wants_series.then(|| History::of(&outcome));
        (Sample::of(&outcome, &columns), history)
    });
    let complete = made.iter().flatten().count();
    let mut groups: Vec<Group> = documents
        .iter()
        .map(|(v, _)| Group::new(v.as_ref()))
        .collect();
    let mut histories = Vec::new();
    for (place, made) in made.into_iter().enumerate() {
        let Some((sample, history)) = made else {
            continue;
        };
        let group = &mut groups[place % documents.len()];
        histories.extend(history.map(|history| history.called(&group.name)));
        group.samples.push(sample);
    }
    let is_cancelled = complete < all;
    if groups.iter().all(|group| group.samples.is_empty()) {
        return cancel::ended(complete, all);
    }
    let text = || {
        if options.as_json {
            let json = replicate::json(base, &columns, &groups, is_cancelled);
            format!("{}\n", json.pretty())
        } else {
            replicate::human(base, &columns, &groups, columns::width())
        }
    };
    let code = show(options, &histories, text);
    if is_cancelled {
        return cancel::ended(complete, all);
    }
    code
}
