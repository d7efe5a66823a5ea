//! A stretch of a run, measured: what tables and tests report.

use crate::metrics::{CacheCounts, Histogram, Mark, StationMeter, mean};
use crate::outcome::{Failures, Tally};
use crate::time::{SimDuration, SimTime};

/// The results of a stretch of a run, usually after a warm-up.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// How long the stretch is.
    pub duration: SimDuration,
    /// What was sent and what ended in the stretch. A request may begin before it or end after it,
    /// so these books need not balance; `in_flight` is the number at the end.
    pub tally: Tally,
    /// Response times of the requests answered in the stretch.
    pub response: Histogram,
    /// Mean time that DNS and the users' own network added to each answered request, which
    /// `response` leaves out.
    pub user_network: SimDuration,
    /// One entry a node, in the order of the present scenario.
    pub nodes: Vec<NodeMeasurement>,
}

/// The results of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeMeasurement {
    /// Share of the time in which its workers were busy, 0 to 1.
    pub utilisation: f64,
    /// Arrivals per second, queries included.
    pub arrival_rate: f64,
    /// Requests finished per second.
    pub throughput: f64,
    /// Requests finished.
    pub served: u64,
    /// Mean time in the queue of those whose service began.
    pub mean_wait: SimDuration,
    /// Mean time that its queries waited for a connection, of those that got one of a limited number.
    pub mean_connection_wait: SimDuration,
    /// Requests turned away on purpose.
    pub shed: u64,
    /// Failures at this node, by reason.
    pub failures: Failures,
    /// What a cache did, or all edges of a content delivery network.
    pub cache: Option<CacheCounts>,
}

/// The totals at the moment at which a measurement begins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Baseline {
    pub(crate) at: SimTime,
    pub(crate) tally: Tally,
    /// One a slot; slots that came later began at nothing.
    pub(crate) nodes: Vec<NodeBaseline>,
}

/// A node's totals at that moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NodeBaseline {
    mark: Mark,
    served: u64,
    shed: u64,
    wait_nanos: u128,
    waits: u64,
    connection_nanos: u128,
    connection_waits: u64,
    failures: Failures,
}

impl Baseline {
    pub(crate) fn new<'a>(
        now: SimTime,
        tally: Tally,
        nodes: impl Iterator<Item = &'a StationMeter>,
    ) -> Self {
        let nodes = nodes.map(|meter| NodeBaseline::new(now, meter)).collect();
        Self {
            at: now,
            tally,
            nodes,
        }
    }

    /// What has changed since in the books.
    pub(crate) fn tally_since(&self, total: &Tally) -> Tally {
        Tally {
            in_flight: total.in_flight,
            ..total.since(&self.tally)
        }
    }

    /// How many calls have arrived since at the node in `slot`.
    pub(crate) fn arrived_since(&self, slot: usize, meter: &StationMeter) -> u64 {
        let before = self.nodes.get(slot).map_or(0, |node| node.mark.arrived);
        meter.arrived - before
    }

    /// What has changed since at the node in `slot`.
    pub(crate) fn node_since(
        &self,
        now: SimTime,
        slot: usize,
        meter: &StationMeter,
        workers: u32,
    ) -> NodeMeasurement {
        let late = NodeBaseline {
            mark: Mark {
                at: self.at,
                ..Mark::default()
            },
            ..NodeBaseline::default()
        };
        let base = self.nodes.get(slot).copied().unwrap_or(late);
        let (utilisation, arrival_rate) = meter.rates(now, workers, base.mark);
        let served = meter.served - base.served;
        let span = now.since(self.at);
        let throughput = if span.is_zero() {
            0.0
        } else {
            served as f64 / span.as_secs_f64()
        };
        let mut failures = meter.failures;
        failures.subtract(&base.failures);
        NodeMeasurement {
            utilisation,
            arrival_rate,
            throughput,
            served,
            mean_wait: mean(meter.wait_nanos - base.wait_nanos, meter.waits - base.waits),
            mean_connection_wait: mean(
                meter.connection_nanos - base.connection_nanos,
                meter.connection_waits - base.connection_waits,
            ),
            shed: meter.shed - base.shed,
            failures,
            cache: None,
        }
    }
}

impl NodeBaseline {
    fn new(now: SimTime, meter: &StationMeter) -> Self {
        Self {
            mark: Mark {
                at: now,
                busy_area: meter.busy_area(now),
                arrived: meter.arrived,
            },
            served: meter.served,
            shed: meter.shed,
            wait_nanos: meter.wait_nanos,
            waits: meter.waits,
            connection_nanos: meter.connection_nanos,
            connection_waits: meter.connection_waits,
            failures: meter.failures,
        }
    }
}
