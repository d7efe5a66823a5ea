//! Equal servers in turn, a cache, and a database for what it misses.

use super::run::{ARRIVAL, Run};
use super::station::Station;
use super::{MILLISECOND, Outcome, SECOND};

const SERVED: u32 = 1;
const LOOKED_UP: u32 = 2;
const STORED: u32 = 3;

const RATE: f64 = 8_000.0;
const SERVERS: u32 = 8;
const SERVICE: f64 = 0.7 * MILLISECOND;
const LOOK_UP: u64 = 100_000;
const HITS: f64 = 0.9;
const DATABASE_WORKERS: u32 = 4;
const QUERY: f64 = 4.0 * MILLISECOND;

/// `customers` who come at random.
pub(crate) fn web(seed: u64, customers: u64) -> Outcome {
    let mut run = Run::open(seed, customers);
    let mut servers = vec![Station::new(1); SERVERS as usize];
    let mut database = Station::new(DATABASE_WORKERS);
    let mut turn = 0;
    run.arrive(SECOND / RATE);
    while let Some((kind, request)) = run.next() {
        match kind {
            ARRIVAL => {
                run.arrive(SECOND / RATE);
                run.at[request as usize] = turn;
                if servers[turn as usize].take_in(&mut run, request) {
                    work(&mut run, SERVICE, SERVED, request);
                }
                turn = (turn + 1) % SERVERS;
            }
            SERVED => {
                let server = run.at[request as usize];
                if let Some(next) = servers[server as usize].let_go(&run) {
                    work(&mut run, SERVICE, SERVED, next);
                }
                run.schedule(LOOK_UP, LOOKED_UP, request);
            }
            LOOKED_UP => {
                if run.uniform() <= HITS {
                    run.leave(request);
                } else if database.take_in(&mut run, request) {
                    work(&mut run, QUERY, STORED, request);
                }
            }
            _ => {
                if let Some(next) = database.let_go(&run) {
                    work(&mut run, QUERY, STORED, next);
                }
                run.leave(request);
            }
        }
    }
    run.outcome
}

fn work(run: &mut Run, mean: f64, done: u32, request: u32) {
    let duration = run.exponential(mean);
    run.schedule(duration, done, request);
}
