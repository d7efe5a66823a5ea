//! What is compared: a number of a measurement and what theory says of it.

use crate::metrics::{CacheCounts, Histogram, Measurement};
use crate::time::SimDuration;
use crate::validation::UNIT;

/// A number that a run gives, with its theory.
pub struct Figure {
    /// What it is: "mean response".
    pub name: String,
    /// In what it is measured.
    pub measure: Measure,
    /// What theory says.
    pub theory: f64,
    /// How wide the bound of a test may be, in [`Figure::measure`]; wider, it would hide a fault.
    pub resolution: f64,
    /// Reads it.
    pub(super) read: Reading,
}

type Reading = Box<dyn Fn(&Measurement) -> f64 + Send + Sync>;

/// In what a figure is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Times, in [`UNIT`](super::UNIT)s: mean services.
    Services,
    /// A share, 0 to 1.
    Share,
    /// How often, for each [`UNIT`](super::UNIT).
    Rate,
}

impl Figure {
    /// A figure of any kind that has to be known to a part `precision` of its value in a test.
    pub(super) fn new(
        name: impl Into<String>,
        measure: Measure,
        theory: f64,
        precision: f64,
        read: impl Fn(&Measurement) -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            measure,
            theory,
            resolution: precision * theory,
            read: Box::new(read),
        }
    }
}

/// Mean time from the system's edge and back.
pub(super) fn mean_response(theory: f64, precision: f64) -> Figure {
    let read = |m: &Measurement| units(m.response.mean());
    Figure::new("mean response", Measure::Services, theory, precision, read)
}

/// The response time that `percent` per cent of the requests do not exceed.
pub(super) fn percentile(percent: u32, theory: f64, precision: f64) -> Figure {
    let q = f64::from(percent) / 100.0;
    let read = move |m: &Measurement| response_quantile(&m.response, q);
    let name = format!("p{percent} of the response");
    Figure::new(name, Measure::Services, theory, precision, read)
}

/// The share of responses of at most `services` units.
pub(super) fn share_within(services: u32, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| share_up_to(&m.response, f64::from(services));
    let name = format!("answered within {services}");
    Figure::new(name, Measure::Share, theory, precision, read)
}

/// Mean time in the queue of the node at this place.
pub(super) fn mean_wait(node: usize, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| at(m, node, |node| units(node.mean_wait));
    Figure::new("mean wait", Measure::Services, theory, precision, read)
}

/// Mean time that queries of the node at this place waited for a connection.
pub(super) fn mean_connection_wait(node: usize, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| at(m, node, |node| units(node.mean_connection_wait));
    let name = "mean wait for a connection";
    Figure::new(name, Measure::Services, theory, precision, read)
}

/// Share of the time in which the workers of the node at this place are busy.
pub(super) fn utilisation(node: usize, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| at(m, node, |node| node.utilisation);
    Figure::new("utilisation", Measure::Share, theory, precision, read)
}

/// How often the node at this place is asked.
pub(super) fn arrival_rate(node: usize, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| at(m, node, |node| node.arrival_rate * UNIT.as_secs_f64());
    Figure::new("arrival rate", Measure::Rate, theory, precision, read)
}

/// The share of reads that the cache at this place answers from what it holds.
pub(super) fn hit_share(node: usize, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| {
        at(m, node, |node| {
            let ratio = node.cache.as_ref().and_then(CacheCounts::hit_ratio);
            ratio.unwrap_or(f64::NAN)
        })
    };
    Figure::new("hits", Measure::Share, theory, precision, read)
}

/// The share of these answers that lack a write.
pub(super) fn outdated_share(node: usize, theory: f64, precision: f64) -> Figure {
    let read = move |m: &Measurement| {
        at(m, node, |node| {
            let share = |counts: &CacheCounts| counts.outdated as f64 / counts.hits as f64;
            node.cache.as_ref().map_or(f64::NAN, share)
        })
    };
    Figure::new("outdated", Measure::Share, theory, precision, read)
}

/// The share of requests that found no place.
pub(super) fn lost(theory: f64, precision: f64) -> Figure {
    let read = |m: &Measurement| {
        let lost = m.tally.failed.total() + m.tally.shed;
        lost as f64 / m.tally.generated.max(1) as f64
    };
    Figure::new("lost", Measure::Share, theory, precision, read)
}

/// Mean time that DNS and the users' own network add.
pub(super) fn mean_network(theory: f64, precision: f64) -> Figure {
    let read = |m: &Measurement| units(m.user_network);
    Figure::new("mean network", Measure::Services, theory, precision, read)
}

fn at(
    measurement: &Measurement,
    node: usize,
    read: impl Fn(&crate::metrics::NodeMeasurement) -> f64,
) -> f64 {
    measurement.nodes.get(node).map_or(f64::NAN, read)
}

fn units(duration: SimDuration) -> f64 {
    duration.as_nanos() as f64 / UNIT.as_nanos() as f64
}

/// The distribution function at a number of units: exact at the ends of buckets, and a straight line
/// between them.
fn share_up_to(histogram: &Histogram, services: f64) -> f64 {
    let mut before = (0.0, 0.0);
    for (end, share) in histogram.cumulative() {
        let point = (units(end), share);
        if point.0 >= services {
            let part = (services - before.0) / (point.0 - before.0);
            return before.1 + part * (point.1 - before.1);
        }
        before = point;
    }
    1.0
}

/// The inverse of [`share_up_to`]: finer than the middle of a bucket.
fn response_quantile(histogram: &Histogram, q: f64) -> f64 {
    let mut before = (0.0, 0.0);
    for (end, share) in histogram.cumulative() {
        let point = (units(end), share);
        if point.1 >= q {
            let part = (q - before.1) / (point.1 - before.1);
            return before.0 + part * (point.0 - before.0);
        }
        before = point;
    }
    before.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distribution_functions_are_read_between_the_ends_of_buckets() {
        let mut histogram = Histogram::default();
        for i in 0..4_000 {
            histogram.record(SimDuration::from_nanos(i * UNIT.as_nanos() / 1_000));
        }
        for services in [1.0, 2.0, 3.0] {
            let share = share_up_to(&histogram, services);
            assert!((share - services / 4.0).abs() < 3e-4, "{services}: {share}");
        }
        for q in [0.1, 0.333, 0.5, 0.99] {
            let value = response_quantile(&histogram, q);
            assert!((value - 4.0 * q).abs() < 4e-3, "{q}: {value}");
        }
        assert_eq!(share_up_to(&histogram, 9.0), 1.0);
        assert_eq!(response_quantile(&Histogram::default(), 0.5), 0.0);
    }
}
