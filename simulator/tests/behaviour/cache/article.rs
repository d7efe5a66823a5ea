//! What the chapter on caches says happens.

use simulator::{CallPolicy, Database, WhenFull};

use super::*;
use crate::support::exponential;

/// The teaching world with a cache: 8 ms of application on web servers of two workers, 4 ms of database on two,
/// 0.5 ms there and back, nine reads of ten, and a cache before the database that takes next to no time.
fn teaching_world(clients: Clients, servers: u32, cache: Cache) -> Scenario {
    let users = Clients {
        arrivals: Arrivals::Poisson,
        read_share: 0.9,
        ..clients
    };
    let cache = Cache {
        lookup_time: Cache::default().lookup_time,
        queue_limit: 100_000,
        ..cache
    };
    let db = Database {
        workers: 2,
        read_time: exponential(4.0),
        write_time: exponential(4.0),
        queue_limit: 5_000,
        when_full: WhenFull::Fail,
        ..Database::default()
    };
    let mut system = System::new(1)
        .node("users", NodeKind::Clients(users))
        .balancer(Policy::RoundRobin, None)
        .node("cache", NodeKind::Cache(cache))
        .node("db", NodeKind::Database(db))
        .link("users", "balancer", 20.0)
        .link("cache", "db", 0.0);
    for number in 0..servers {
        let name = format!("web-{number}");
        let web = NodeKind::Server(Server {
            queue_limit: 1_000,
            ..server(2, exponential(8.0))
        });
        system = system
            .node(&name, web)
            .link("balancer", &name, 0.0)
            .link(&name, "cache", 0.25);
    }
    system.build()
}

fn users(rate: f64) -> Clients {
    Clients {
        rate,
        ..Clients::default()
    }
}

#[test]
fn the_first_hits_save_the_database_and_the_next_ones_save_capacity() {
    // Misconceptions 2 and 3. At 480 requests a second the database is busy for 96 % without a cache; its
    // M/M/2 queue takes 51.0 ms then, so that the article's 63 ms are a simulation's luck.
    for (hit_ratio, mean, tolerance) in [
        (0.0, 59.6, 0.15),
        (0.5, 11.5, 0.03),
        (0.8, 9.7, 0.03),
        (0.99, 8.9, 0.03),
    ] {
        let world = teaching_world(users(480.0), 8, assumed(hit_ratio));
        let mut simulation = Simulation::new(&world);
        simulation.run_until(at(20_000), u64::MAX);
        simulation.begin_measurement();
        simulation.run_until(at(420_000), u64::MAX);
        let measured = simulation.measurement();
        let got = measured.response.mean().as_millis_f64();
        assert!(
            (got / mean - 1.0).abs() < tolerance,
            "{got} ms against {mean} ms with {hit_ratio} hits"
        );
        // What reaches the database of a request, and how many that makes it take: 500/(0.1 + 0.9 (1-h)).
        let asked = measured.nodes[DB.index()].arrival_rate / 480.0;
        let share: f64 = 0.1 + 0.9 * (1.0 - hit_ratio);
        let requests = measured.tally.generated as f64;
        let bound = 4.5 * (share * (1.0 - share) / requests).sqrt() + 4.5 / requests.sqrt();
        assert!((asked - share).abs() < bound, "{asked} against {share}");
    }
}

#[test]
fn the_capacity_is_that_of_the_database_over_what_reaches_it() {
    for (hit_ratio, capacity) in [(0.5, 909.0), (0.8, 1_786.0), (0.9, 2_632.0)] {
        let busy = |part: f64| {
            let world = teaching_world(users(capacity * part), 32, assumed(hit_ratio));
            let mut simulation = Simulation::new(&world);
            simulation.run_until(at(20_000), u64::MAX);
            simulation.begin_measurement();
            simulation.run_until(at(60_000), u64::MAX);
            let queued = simulation.snapshot().nodes[DB.index()].queued;
            (
                simulation.measurement().nodes[DB.index()].utilisation,
                queued,
            )
        };
        let (utilisation, _) = busy(0.9);
        assert!((utilisation - 0.9).abs() < 0.03, "{utilisation}");
        // Beyond it, the queue grows by a tenth of what the database takes.
        let (utilisation, queued) = busy(1.1);
        assert!(utilisation > 0.999, "{utilisation}");
        let grown = f64::from(queued) / (50.0 * 60.0);
        assert!((grown - 1.0).abs() < 0.25, "{queued}");
    }
}

/// The world of experiment 4: keys, a cache that holds half of them and hits nine times in ten, and users who
/// wait for a second.
fn flushable(rate: f64, patience: Option<SimDuration>) -> Scenario {
    let keys = Clients {
        keys: 10_000,
        skew: 1.0,
        timeout: Some(SimDuration::from_secs(1)),
        ..users(rate)
    };
    let cache = caching(|caching| {
        caching.content = CacheContent::Keys(CachedKeys {
            entries: 5_000,
            ..CachedKeys::default()
        });
    });
    let world = teaching_world(keys, 16, writes(CacheWrites::Through, cache));
    let policy = patience.map(|timeout| {
        Box::new(CallPolicy {
            timeout: Some(timeout),
            ..CallPolicy::default()
        })
    });
    let mut links = world.links().to_vec();
    for link in links.iter_mut().filter(|link| link.from == CACHE) {
        link.policy.clone_from(&policy);
    }
    Scenario::try_new(1, world.slo(), world.nodes().to_vec(), links).expect("a sound system")
}

/// Of the requests of the next seconds: the part answered in time, and the mean response in milliseconds.
fn run_for(simulation: &mut Simulation, seconds: u64) -> (f64, f64) {
    simulation.begin_measurement();
    let until = simulation.now() + SimDuration::from_secs(seconds);
    simulation.run_until(until, u64::MAX);
    let measured = simulation.measurement();
    let good = measured.tally.ok as f64 / measured.tally.generated as f64;
    (good, measured.response.mean().as_millis_f64())
}

#[test]
fn a_cache_that_is_flushed_under_load_takes_its_database_along() {
    // Experiment 4: 1,600 a second, which a cold cache lets through to a database for 500.
    let mut simulation = Simulation::new(&flushable(400.0, None));
    // It is warmed at a rate that the database can take alone.
    run_for(&mut simulation, 120);
    simulation.apply(Edit::Reconfigure(flushable(1_600.0, None)));
    let (good, mean) = run_for(&mut simulation, 60);
    assert!(good > 0.99, "{good}");
    assert!((mean / 9.7 - 1.0).abs() < 0.05, "{mean} ms");
    let hits = snapshot(&simulation).measured.hit_ratio().expect("reads");
    assert!((hits - 0.9).abs() < 0.01, "{hits}");
    simulation.apply(Edit::Flush(CACHE));
    let (good, mean) = run_for(&mut simulation, 3);
    assert!(good < 0.6 && mean > 100.0, "{good}, {mean} ms");
    // The database goes on with what nobody waits for any more, and that fills the cache: it recovers.
    run_for(&mut simulation, 17);
    let (good, _) = run_for(&mut simulation, 10);
    assert!(good > 0.99, "{good}");
}

#[test]
fn a_cache_whose_fills_time_out_never_warms_under_load() {
    // Misconception 6: two stable states under the same load, warm and cold.
    let patience = Some(SimDuration::from_secs(1));
    let mut simulation = Simulation::new(&flushable(400.0, patience));
    run_for(&mut simulation, 120);
    simulation.apply(Edit::Reconfigure(flushable(1_600.0, patience)));
    let (good, _) = run_for(&mut simulation, 60);
    assert!(good > 0.99, "warm: {good}");
    simulation.apply(Edit::Flush(CACHE));
    run_for(&mut simulation, 120);
    let (good, _) = run_for(&mut simulation, 60);
    // The few keys that were filled before the database had a queue are all that there is: 1,600 a second want
    // more than it can do for ever.
    assert!(good < 0.65, "cold, three minutes later: {good}");
    // Less than the database can take alone: it works off its queue, and the cache warms.
    simulation.apply(Edit::Reconfigure(flushable(400.0, patience)));
    run_for(&mut simulation, 180);
    simulation.apply(Edit::Reconfigure(flushable(1_600.0, patience)));
    let (good, _) = run_for(&mut simulation, 60);
    assert!(good > 0.99, "warm again: {good}");
}
