//! Simulates a law and compares.

use crate::metrics::Measurement;
use crate::scenario::ScenarioError;
use crate::simulation::Simulation;
use crate::statistics::{Interval, interval, warm_up};
use crate::time::{SimDuration, SimTime};
use crate::validation::{Effort, Law, Measure, Settling, UNIT};

/// How many standard errors a simulated mean may be away from its theory: over thirty replications
/// that happens by chance once in ten thousand figures, and with fixed seeds it happens again only
/// when the engine draws differently.
pub const BOUND: f64 = 4.5;

/// What rounding to whole nanoseconds can make: half of one in a million for each time, twenty times
/// as much in a queue that is busy for 95 % of the time.
const ROUNDING: f64 = 2e-5;
/// The same for a figure near zero: means are given in whole nanoseconds.
const GRAIN: f64 = 2e-6;

/// How many pilot runs MSER-5 sees the average of, and at how many moments.
const PILOTS: u32 = 5;
const MOMENTS: u32 = 1_000;

/// What came of a law.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// [`Law::name`].
    pub law: String,
    /// One for each figure, in their order.
    pub findings: Vec<Finding>,
    /// Independent runs.
    pub replications: u32,
    /// The rule by which the beginning was left out.
    pub settling: Settling,
    /// How long the beginning was that was left out of each run, in [`UNIT`]s.
    pub warm_up: f64,
    /// How long each run was measured, in [`UNIT`]s.
    pub length: f64,
    /// Requests that were sent while measuring, in all runs.
    pub requests: u64,
    /// Events that were simulated, in all runs and with the beginnings.
    pub events: u64,
}

/// What came of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub figure: String,
    /// In what it is measured.
    pub measure: Measure,
    /// What theory says.
    pub theory: f64,
    /// What was simulated, with Student's interval over the replications at the law's level. That of
    /// a true theory misses it once in a hundred at 99 %.
    pub simulated: Interval,
    /// How far from its theory the simulated mean may be: [`BOUND`] standard errors, and what the
    /// theory itself may be off.
    pub bound: f64,
    /// Whether it is no farther.
    pub holds: bool,
    /// Whether the bound is narrow enough to see a fault.
    pub is_sharp: bool,
}

impl Verdict {
    /// Whether all figures hold.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

/// Simulates `law` and compares; `progress` hears how many of how many runs are over.
///
/// # Errors
/// Where the law's system is no scenario.
pub fn check(
    law: &Law,
    effort: Effort,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Verdict, Vec<ScenarioError>> {
    let replications = effort.replications.max(2);
    let length = law.length * effort.length.max(0.0);
    let warm_up = match law.settling {
        Settling::Relaxation(time) => 10.0 * time,
        Settling::Mser5 => (2.0 * pilot(law)?).max(law.length / 50.0),
    };
    let (mut runs, mut events) = (Vec::new(), 0);
    for replication in 0..replications {
        progress(replication, replications);
        let scenario = (law.system)(seed(&law.name, replication))?;
        let mut simulation = Simulation::new(&scenario);
        simulation.run_until(moment(warm_up), u64::MAX);
        simulation.begin_measurement();
        simulation.run_until(moment(warm_up + length), u64::MAX);
        events += simulation.events();
        runs.push(simulation.measurement());
    }
    progress(replications, replications);
    Ok(Verdict {
        law: law.name.clone(),
        findings: findings(law, &runs),
        replications,
        settling: law.settling,
        warm_up,
        length,
        requests: runs.iter().map(|run| run.tally.generated).sum(),
        events,
    })
}

fn findings(law: &Law, runs: &[Measurement]) -> Vec<Finding> {
    let finding = |figure: &super::Figure| {
        let values: Vec<f64> = runs.iter().map(|run| (figure.read)(run)).collect();
        // A figure that could not be read says nothing: an interval that holds nothing.
        let simulated = interval(&values, law.level).unwrap_or(Interval {
            mean: f64::NAN,
            half_width: 0.0,
            standard_error: 0.0,
            count: values.len(),
            level: law.level,
        });
        let by_chance = BOUND * simulated.standard_error;
        let off = (law.truth.tolerance() + ROUNDING) * figure.theory.abs() + GRAIN;
        let bound = by_chance + off;
        Finding {
            figure: figure.name.clone(),
            measure: figure.measure,
            theory: figure.theory,
            simulated,
            bound,
            holds: (simulated.mean - figure.theory).abs() <= bound,
            is_sharp: by_chance <= figure.resolution,
        }
    };
    law.figures.iter().map(finding).collect()
}

/// How many units MSER-5 leaves out of the number of requests in the system, averaged over pilots.
fn pilot(law: &Law) -> Result<f64, Vec<ScenarioError>> {
    let mut sums = vec![0.0; MOMENTS as usize];
    let step = law.length / f64::from(MOMENTS);
    for pilot in 0..PILOTS {
        // Seeds from the other end than those of replications.
        let scenario = (law.system)(seed(&law.name, u32::MAX - pilot))?;
        let mut simulation = Simulation::new(&scenario);
        for (i, sum) in (1..).zip(&mut sums) {
            simulation.run_until(moment(step * f64::from(i)), u64::MAX);
            *sum += simulation.snapshot().totals.in_flight as f64;
        }
    }
    let left_out = warm_up(&sums).map_or(sums.len() / 2, |rule| rule.left_out);
    Ok(left_out as f64 * step)
}

fn moment(units: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_nanos_f64(units * UNIT.as_nanos() as f64)
}

/// Laws draw from seeds of their own: with the same arrivals in all, one odd draw would look like a
/// bias everywhere. FNV-1a over the name and the number of the run.
fn seed(name: &str, replication: u32) -> u64 {
    let bytes = name.bytes().chain(replication.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
