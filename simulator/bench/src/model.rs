//! The models that the engine is compared with others on: each as a bare loop, and in the engine.

use simulator::{Policy, Scenario, SimTime, Simulation};

use crate::reference::{self, Outcome};
use crate::system::{System, balancer, cache, database, exponential, readers, server, users};

/// What is simulated, for how many customers, and what theory says of it.
pub(crate) struct Model {
    pub(crate) name: &'static str,
    /// Customers of one measured run.
    pub(crate) customers: u64,
    /// Arrivals, ends of services, answers of a cache and ends of journeys of each customer, on average.
    ///
    /// What an engine has besides is not counted, so that nanoseconds an event mean the same for all.
    pub(crate) events: f64,
    /// How long a customer stays on average, in seconds, by theory.
    pub(crate) mean: f64,
    /// The standard deviation of the mean over a million customers, as a share of it.
    ///
    /// Measured over 60 seeds for each model; over `n` customers it is larger by the root of `1e6 / n`.
    pub(crate) spread: f64,
    bare: fn(seed: u64, customers: u64) -> Outcome,
    /// Nothing for a model that the engine does not have.
    engine: Option<fn(customers: u64) -> u64>,
}

/// Who runs a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The loop in [`mod@reference`].
    Bare,
    /// The engine, with all its books.
    Engine,
}

impl Subject {
    pub(crate) const ALL: [Self; 2] = [Self::Bare, Self::Engine];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Engine => "engine",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Every model, the simplest first.
pub(crate) const MODELS: [Model; 5] = [
    // Users at random before one server at 90 %.
    Model {
        name: "mm1",
        customers: 1_000_000,
        events: 2.0,
        mean: 10.0,
        spread: 0.0215,
        bare: |seed, customers| reference::queue(seed, 0.9, 1, customers),
        engine: Some(|customers| queue(0.9, 1, customers)),
    },
    // The same before sixteen workers with one queue.
    Model {
        name: "mm16",
        customers: 1_000_000,
        events: 2.0,
        mean: 1.369_590,
        spread: 0.0084,
        bare: |seed, customers| reference::queue(seed, 14.4, 16, customers),
        engine: Some(|customers| queue(14.4, 16, customers)),
    },
    // Eight servers in turn, a cache, and a database for what it misses. The mean takes the queries for
    // Poisson, which they nearly are: E8/M/1, 0.1 ms, and a tenth of M/M/4.
    Model {
        name: "web",
        customers: 1_000_000,
        events: 3.1,
        mean: 0.002_237_3,
        spread: 0.0074,
        bare: reference::web,
        engine: Some(web),
    },
    // A million users who think: 10 ms of network, the better of two random servers (Mitzenmacher 2001),
    // 0.2 ms, and a tenth of a query that hardly ever waits.
    Model {
        name: "closed",
        customers: 2_000_000,
        events: 5.1,
        mean: 0.013_231,
        spread: 0.0004,
        bare: |seed, customers| reference::closed(seed, 1_000_000, customers),
        engine: None,
    },
    // The same with a thousand users, who never meet.
    Model {
        name: "closed-1k",
        customers: 1_000_000,
        events: 5.1,
        mean: 0.012_7,
        spread: 0.0002,
        bare: |seed, customers| reference::closed(seed, 1_000, customers),
        engine: None,
    },
];

impl Model {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        MODELS.iter().find(|it| it.name == name)
    }

    /// Whether the subject has this model.
    pub(crate) fn has(&self, subject: Subject) -> bool {
        subject == Subject::Bare || self.engine.is_some()
    }

    /// Runs the bare loop.
    pub(crate) fn bare(&self, seed: u64, customers: u64) -> Outcome {
        (self.bare)(seed, customers)
    }

    /// Runs the model and gives back how many customers were served.
    pub(crate) fn run(&self, subject: Subject, customers: u64) -> u64 {
        match (subject, self.engine) {
            (Subject::Bare, _) => self.bare(1, customers).served,
            (Subject::Engine, Some(engine)) => engine(customers),
            (Subject::Engine, None) => 0,
        }
    }
}

/// The web system in the engine: queries pass the cache on their way to the database.
fn web(customers: u64) -> u64 {
    let system = System::new(1)
        .node("users", readers(8_000.0))
        .node("balancer", balancer(Policy::RoundRobin, None))
        .node("cache", cache(100, 0.9))
        .node("db", database(4, exponential(4_000), exponential(4_000)))
        .link("users", "balancer", 0)
        .link("cache", "db", 0);
    let scenario = (1..=8)
        .map(|number| format!("web-{number}"))
        .fold(system, |system, name| {
            system
                .node(&name, server(1, exponential(700), 1))
                .link("balancer", &name, 0)
                .link(&name, "cache", 0)
        });
    served(&scenario.scenario(), customers as f64 / 8_000.0)
}

/// M/M/c in the engine, a thousand times as fast, so that its times are those of a server.
fn queue(rate: f64, workers: u32, customers: u64) -> u64 {
    let rate = rate * 1_000.0;
    let scenario = System::new(1)
        .node("users", users(rate, None))
        .node("web", server(workers, exponential(1_000), 0))
        .link("users", "web", 0)
        .scenario();
    served(&scenario, customers as f64 / rate)
}

/// How many a system has answered after so many seconds.
fn served(scenario: &Scenario, seconds: f64) -> u64 {
    let mut simulation = Simulation::new(scenario);
    simulation.run_until(SimTime::from_nanos((seconds * 1e9) as u64), u64::MAX);
    let totals = simulation.snapshot().totals;
    totals.ok + totals.late
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bare_loops_simulate_what_theory_says() {
        for model in &MODELS {
            let (seeds, customers) = (1..=2, 500_000);
            let means = seeds.map(|seed| model.bare(seed, customers).mean() / 1e9);
            let mean = means.sum::<f64>() / 2.0;
            let customers = 2.0 * customers as f64;
            let error = (mean / model.mean - 1.0).abs() * (customers / 1e6).sqrt();
            assert!(
                error < 4.5 * model.spread,
                "{}: {mean} instead of {}",
                model.name,
                model.mean
            );
        }
    }

    /// Of the open models everybody is served; of the closed ones some are still on their way.
    #[test]
    fn they_count_events_as_the_models_do() {
        let customers = 100_000;
        for model in &MODELS {
            let outcome = model.bare(1, customers);
            let counted = outcome.events as f64 / outcome.served as f64;
            assert!(
                (counted / model.events - 1.0).abs() < 0.03,
                "{}: {counted} events a customer",
                model.name
            );
            assert!(
                outcome.served as f64 > 0.95 * customers as f64,
                "{}: {} served",
                model.name,
                outcome.served
            );
        }
    }

    #[test]
    fn the_engine_does_the_same_amount_of_work() {
        let customers = 200_000;
        for model in MODELS.iter().filter(|it| it.has(Subject::Engine)) {
            let share = model.run(Subject::Engine, customers) as f64 / customers as f64;
            // 4.5 standard deviations of a Poisson number, and the few who are still waiting.
            assert!((share - 1.0).abs() < 0.011, "{}: {share}", model.name);
        }
    }
}
