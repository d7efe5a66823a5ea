//! The results of a document: the run itself and one for each variant, measured after the warm-up.

use simulator::{Measurement, Progress, Series, Sightings, SimTime, Snapshot};

use crate::bottleneck::judge_again;
use crate::document::{Document, Variant};
use crate::run::Run;

/// How many travelling requests a picture of the end shows at most.
const DOTS: usize = 16;
/// Events between two reports of progress: about a tenth of a second.
const SLICE: u64 = 500_000;

/// The results of a document and of its variants.
#[derive(Clone, Debug)]
pub struct Report {
    /// The document as it is.
    pub base: Outcome,
    /// Each variant with its own run.
    pub variants: Vec<(Variant, Outcome)>,
}

/// The results of one run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was run.
    pub document: Document,
    /// The stretch after the warm-up.
    pub measurement: Measurement,
    /// The state at the end. Utilisations are those of the measured stretch, and the bottleneck is
    /// judged by them, so that the picture says what the table says.
    pub snapshot: Snapshot,
    /// Where the requests are at the end.
    pub sightings: Sightings,
    /// The history of the whole run.
    pub series: Series,
    /// The hash over all events: the same document gives the same on every machine.
    pub fingerprint: u64,
    /// How many events there were.
    pub events: u64,
}

/// Runs a document and its variants to their end.
#[must_use]
pub fn report(document: &Document) -> Report {
    let variants = document.variants().iter();
    Report {
        base: outcome(document),
        variants: variants
            .map(|variant| (variant.clone(), outcome(&document.variant(variant))))
            .collect(),
    }
}

/// Runs a document to its end, without its variants.
#[must_use]
pub fn outcome(document: &Document) -> Outcome {
    outcome_while(document, &mut |_| true).expect("nothing stops it")
}

/// Like [`outcome`], but `goes_on` is told now and then which share of the run is done, and says
/// whether it is still wanted. `None` where it is not.
#[must_use]
pub fn outcome_while(document: &Document, goes_on: &mut dyn FnMut(f64) -> bool) -> Option<Outcome> {
    let mut run = Run::new(document);
    let warm_up = SimTime::ZERO + document.warm_up();
    let end = SimTime::ZERO + document.duration();
    for target in [warm_up, end] {
        while run.run_until(target, SLICE) == Progress::BudgetSpent {
            if !goes_on(run.now().as_secs_f64() / end.as_secs_f64()) {
                return None;
            }
        }
        if target == warm_up {
            run.begin_measurement();
        }
    }
    let simulation = run.simulation();
    let measurement = simulation.measurement();
    let mut snapshot = simulation.snapshot();
    judge_again(&mut snapshot, &measurement);
    Some(Outcome {
        document: run.document().clone(),
        measurement,
        snapshot,
        sightings: simulation.sightings(DOTS),
        series: simulation.series().clone(),
        fingerprint: simulation.fingerprint(),
        events: simulation.events(),
    })
}
