//! What has to be the same natively and in wasm, in a line of text for each run.

use std::hash::{DefaultHasher, Hasher as _};

use simulator::Simulation;
use simulator::sampling::Sampling;

/// How many events happened, the hash of them, and the hash of what came of them.
pub(crate) fn of(run: &Simulation) -> String {
    let (events, happened) = (run.events(), run.fingerprint());
    format!("{events} {happened:016x} {:016x}", results(run))
}

/// A line for each sampler of random numbers: the hash of a million draws.
pub(crate) fn of_draws() -> String {
    let line = |it: &Sampling| format!("fingerprint {} {:016x}", it.name, it.hash(1_000_000));
    let lines: Vec<String> = Sampling::all().iter().map(line).collect();
    lines.join("\n")
}

/// A hash of every number that readers are shown: books, percentiles, utilisations, history.
///
/// It is taken from how they are printed, so a field that is new is in it too. Floating-point numbers
/// are printed with all the digits that tell them apart, so equal texts mean equal bits. The same
/// compiler builds both sides, so its library's hash will do, whichever it is.
fn results(run: &Simulation) -> u64 {
    let results = (run.snapshot(), run.measurement(), run.series());
    let mut hasher = DefaultHasher::new();
    hasher.write(format!("{results:?}").as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use simulator::{Scenario, SimDuration, SimTime};

    use super::*;
    use crate::workload;

    #[test]
    fn another_objective_changes_results_and_no_event() {
        let run_with = |slo| {
            let scenario = &workload::all()[0].scenario;
            let (nodes, links) = (scenario.nodes().to_vec(), scenario.links().to_vec());
            let scenario = Scenario::try_new(scenario.seed(), slo, nodes, links);
            let mut run = Simulation::new(&scenario.expect("only the objective is another"));
            run.run_until(SimTime::from_secs(1), u64::MAX);
            run
        };
        let (strict, lax) = (
            run_with(SimDuration::from_millis(1)),
            run_with(SimDuration::from_secs(1)),
        );
        assert_eq!(strict.fingerprint(), lax.fingerprint());
        assert_ne!(of(&strict), of(&lax));
    }
}
