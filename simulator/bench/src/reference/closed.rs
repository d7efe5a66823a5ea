//! Users who think, ask, and wait for the answer before they think again.

use super::run::{ARRIVAL, Run};
use super::station::Station;
use super::{MILLISECOND, Outcome, SECOND};

const REACHED: u32 = 1;
const SERVED: u32 = 2;
const LOOKED_UP: u32 = 3;
const STORED: u32 = 4;
const ANSWERED: u32 = 5;

const THINK: f64 = 10.0 * SECOND;
/// One way through the network.
const JOURNEY: u64 = 5_000_000;
const SERVERS: u64 = 400;
const SERVICE: f64 = 2.0 * MILLISECOND;
const LOOK_UP: u64 = 200_000;
const HITS: f64 = 0.9;
const SHARDS: u64 = 32;
const SHARD_WORKERS: u32 = 8;
const QUERY: f64 = 5.0 * MILLISECOND;

/// `users` for as long as they need for so many requests if answers took no time.
///
/// The server with fewer requests of two random ones, a cache, and shards of a database for what it misses. A
/// user is the only request of their own, so both have one number.
pub(crate) fn closed(seed: u64, users: u32, requests: u64) -> Outcome {
    let end = (requests as f64 / f64::from(users) * THINK) as u64;
    let mut run = Run::new(seed, users);
    let mut servers = vec![Station::new(1); SERVERS as usize];
    let mut present = vec![0_u32; SERVERS as usize];
    let mut shards = vec![Station::new(SHARD_WORKERS); SHARDS as usize];
    for user in 0..users {
        wait(&mut run, THINK, ARRIVAL, user);
    }
    while let Some((kind, user)) = run.next_until(end) {
        match kind {
            ARRIVAL => {
                run.begin(user);
                run.schedule(JOURNEY, REACHED, user);
            }
            REACHED => {
                let bits = run.bits();
                let (one, other) = (below(SERVERS, bits), below(SERVERS, bits >> 32));
                let server = if present[other] < present[one] {
                    other
                } else {
                    one
                };
                run.at[user as usize] = server as u32;
                present[server] += 1;
                if servers[server].take_in(&mut run, user) {
                    wait(&mut run, SERVICE, SERVED, user);
                }
            }
            SERVED => {
                let server = run.at[user as usize] as usize;
                present[server] -= 1;
                if let Some(next) = servers[server].let_go(&run) {
                    wait(&mut run, SERVICE, SERVED, next);
                }
                run.schedule(LOOK_UP, LOOKED_UP, user);
            }
            LOOKED_UP => {
                if run.uniform() <= HITS {
                    run.schedule(JOURNEY, ANSWERED, user);
                    continue;
                }
                let shard = below(SHARDS, run.bits());
                run.at[user as usize] = shard as u32;
                if shards[shard].take_in(&mut run, user) {
                    wait(&mut run, QUERY, STORED, user);
                }
            }
            STORED => {
                let shard = run.at[user as usize] as usize;
                if let Some(next) = shards[shard].let_go(&run) {
                    wait(&mut run, QUERY, STORED, next);
                }
                run.schedule(JOURNEY, ANSWERED, user);
            }
            _ => {
                run.end(user);
                wait(&mut run, THINK, ARRIVAL, user);
            }
        }
    }
    run.outcome
}

fn wait(run: &mut Run, mean: f64, then: u32, user: u32) {
    let duration = run.exponential(mean);
    run.schedule(duration, then, user);
}

/// One of `count`, by the lower half of random bits.
fn below(count: u64, bits: u64) -> usize {
    (((bits & 0xffff_ffff) * count) >> 32) as usize
}
