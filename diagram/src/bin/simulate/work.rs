//! Many runs, spread over the cores of the machine. Each run is as deterministic as ever; only which
//! thread makes it differs, and results are in the order of the runs.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use diagram::report::outcome_while;
use diagram::{Document, Outcome};

use crate::cancel;
use crate::progress::Progress;

/// Makes `count` runs on `threads` threads, or one a core. `document` says what a run runs, and
/// `take` keeps of its outcome what is needed: an outcome is large. `None` stands for a run that
/// cancelling came before.
pub(crate) fn run_all<T: Send>(
    count: usize,
    threads: Option<usize>,
    progress: &Progress,
    document: impl Fn(usize) -> Document + Sync,
    take: impl Fn(Outcome) -> T + Sync,
) -> Vec<Option<T>> {
    let threads = threads
        .or_else(|| thread::available_parallelism().ok().map(NonZeroUsize::get))
        .unwrap_or(1)
        .clamp(1, count.max(1));
    let results: Vec<Mutex<Option<T>>> = (0..count).map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while !cancel::is_cancelled() {
            let run = next.fetch_add(1, Ordering::Relaxed);
            let Some(result) = results.get(run) else {
                return;
            };
            let outcome = outcome_while(&document(run), &mut |share| {
                progress.tell(run, share);
                !cancel::is_cancelled()
            });
            let Some(outcome) = outcome else { return };
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(take(outcome));
            progress.tell(run, 1.0);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    progress.clear();
    let results = results.into_iter();
    results
        .map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulator::SimDuration;

    #[test]
    fn results_are_in_order_whichever_thread_makes_them() {
        let document = Document::default_playground().with_duration(SimDuration::from_millis(200));
        let runs = |threads| {
            run_all(
                20,
                Some(threads),
                &Progress::new(20, false),
                |run| document.with_seed(run as u64),
                |outcome| (outcome.document.seed(), outcome.fingerprint),
            )
        };
        let alone = runs(1);
        let seeds: Vec<u64> = alone.iter().flatten().map(|&(seed, _)| seed).collect();
        assert_eq!(seeds, (0..20).collect::<Vec<u64>>());
        assert_eq!(alone, runs(4));
    }
}
