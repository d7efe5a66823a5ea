//! Random numbers that are the same on every machine.
//!
//! Two kinds. A [`Stream`] is a sequence that belongs to one component and one purpose, so that
//! adding a component moves no other stream. A [`Draws`] belongs to one request: what a request
//! brings (its class, its work at each step) is a function of the seed and its number alone, so two
//! designs that are fed the same seed are fed the same work (common random numbers).

use crate::normal;

/// What a component uses a stream for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Gaps between arrivals.
    Arrivals = 1,
    /// A balancer's choices.
    Choice = 2,
    /// The work and class of each request.
    Work = 3,
}

/// SplitMix64's finaliser: a bijection that spreads every input bit over the output
/// (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", figure 14).
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The odd constant by which SplitMix64 steps: 2^64 over the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A 64-bit key for everything that the component `name` draws for `purpose`.
pub(crate) fn key(seed: u64, name: &str, purpose: Purpose) -> u64 {
    // FNV-1a: names are short and not hostile to it, only distinct.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mix(mix(seed.wrapping_add(STEP)) ^ mix(hash) ^ (purpose as u64).wrapping_mul(STEP))
}

/// A uniform number above 0 and at most 1, with 53 random bits.
fn unit(bits: u64) -> f64 {
    ((bits >> 11) + 1) as f64 / 9_007_199_254_740_992.0
}

/// An exponential number with mean 1.
fn exponential(uniform: f64) -> f64 {
    -libm::log(uniform)
}

/// The random sequence of one component for one purpose: SFC64 (Doty-Humphrey, PractRand).
///
/// Chosen for wasm, which has no wide multiplication: as fast there as natively.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    a: u64,
    b: u64,
    c: u64,
    counter: u64,
}

impl Stream {
    pub(crate) fn new(seed: u64, name: &str, purpose: Purpose) -> Self {
        let key = key(seed, name, purpose);
        let mut stream = Self {
            a: key,
            b: mix(key ^ STEP),
            c: mix(!key),
            counter: 1,
        };
        // The author's recommendation: the first outputs still show the seed.
        for _ in 0..12 {
            stream.next();
        }
        stream
    }

    fn next(&mut self) -> u64 {
        let output = self.a.wrapping_add(self.b).wrapping_add(self.counter);
        self.counter = self.counter.wrapping_add(1);
        self.a = self.b ^ (self.b >> 11);
        self.b = self.c.wrapping_add(self.c << 3);
        self.c = self.c.rotate_left(24).wrapping_add(output);
        output
    }

    /// An exponential number with mean 1.
    pub(crate) fn exponential(&mut self) -> f64 {
        exponential(unit(self.next()))
    }

    /// A whole number from 0 to `count` - 1, each equally likely but for a bias below 2^-24 for the
    /// few hundred targets that a balancer can have (Lemire 2019 without the rejection step).
    pub(crate) fn below(&mut self, count: usize) -> usize {
        (((self.next() >> 32) * count as u64) >> 32) as usize
    }
}

/// The random numbers of one request at one step of its way.
#[derive(Clone, Debug)]
pub(crate) struct Draws(u64);

impl Draws {
    /// `key` names the request, `step` the occasion.
    pub(crate) fn new(key: u64, step: u32) -> Self {
        Self(mix(
            key ^ u64::from(step).wrapping_mul(0xd6e8_feb8_6659_fd93)
        ))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A uniform number above 0 and at most 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        unit(self.next())
    }

    /// An exponential number with mean 1.
    pub(crate) fn exponential(&mut self) -> f64 {
        exponential(self.uniform())
    }

    /// A normal number with mean 0 and variance 1.
    pub(crate) fn normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }
}

/// The key of request `number` among those whose work derives from `key`.
pub(crate) const fn request_key(key: u64, number: u64) -> u64 {
    mix(key.wrapping_add(number.wrapping_mul(STEP)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_different_names_purposes_and_seeds_differ() {
        let first = |seed, name, purpose| Stream::new(seed, name, purpose).next();
        let base = first(7, "web-1", Purpose::Arrivals);
        assert_eq!(base, first(7, "web-1", Purpose::Arrivals));
        assert_ne!(base, first(8, "web-1", Purpose::Arrivals));
        assert_ne!(base, first(7, "web-2", Purpose::Arrivals));
        assert_ne!(base, first(7, "web-1", Purpose::Choice));
    }

    #[test]
    fn exponential_draws_have_mean_one_and_variance_one() {
        let mut stream = Stream::new(1, "x", Purpose::Arrivals);
        check_moments(|| stream.exponential(), 1.0, 1.0);
        let mut number = 0;
        check_moments(
            || {
                number += 1;
                Draws::new(request_key(3, number), 2).exponential()
            },
            1.0,
            1.0,
        );
    }

    #[test]
    fn normal_draws_have_mean_zero_and_variance_one() {
        let mut draws = Draws::new(5, 0);
        check_moments(|| draws.normal(), 0.0, 1.0);
    }

    #[test]
    fn every_target_is_equally_likely() {
        let mut stream = Stream::new(1, "balancer", Purpose::Choice);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[stream.below(7)] += 1;
        }
        // 4.5 standard deviations of a binomial(70,000, 1/7).
        assert!(
            counts
                .iter()
                .all(|&n| (f64::from(n) - 10_000.0).abs() < 417.0),
            "{counts:?}"
        );
    }

    #[track_caller]
    fn check_moments(mut draw: impl FnMut() -> f64, mean: f64, variance: f64) {
        let n = 200_000;
        let values: Vec<f64> = (0..n).map(|_| draw()).collect();
        let m = values.iter().sum::<f64>() / f64::from(n);
        let v = values.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / f64::from(n);
        // 4.5 standard errors; the fourth central moment is at most 9 here.
        assert!(
            (m - mean).abs() < 4.5 * (variance / f64::from(n)).sqrt(),
            "mean {m}"
        );
        assert!(
            (v - variance).abs() < 4.5 * (8.0 / f64::from(n)).sqrt(),
            "variance {v}"
        );
    }
}
