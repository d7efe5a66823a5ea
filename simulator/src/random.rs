//! Random numbers that are the same on every machine.
//!
//! Two kinds. A [`Stream`] is a sequence that belongs to one component and one purpose, so that
//! adding a component moves no other stream. A [`Draws`] belongs to one request: what a request
//! brings (its class, its work at each step) is a function of the seed and its number alone, so two
//! designs that are fed the same seed are fed the same work (common random numbers).
//!
//! Both offer the same: 64 bits, a uniform number, a whole number, an exponential and a normal one.

mod draws;
mod stream;
mod ziggurat;

pub(crate) use draws::Draws;
pub(crate) use stream::Stream;

/// What a component uses a stream for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Gaps between arrivals.
    Arrivals = 1,
    /// A balancer's choices.
    Choice = 2,
    /// The work and class of each request.
    Work = 3,
    /// The fate of probes.
    Probes = 4,
    /// When bursts of arrivals begin and end.
    Bursts = 5,
    /// What a machine does by itself.
    Machine = 16,
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

/// The key of request `number` among those whose work derives from `key`.
pub(crate) const fn request_key(key: u64, number: u64) -> u64 {
    mix(key.wrapping_add(number.wrapping_mul(STEP)))
}

/// The key of an attempt, 1 for the first one, at the call that has `key`: the first one does what the
/// call would do without retries. No query of a server has such a number.
pub(crate) const fn attempt_key(key: u64, attempt: u8) -> u64 {
    match attempt {
        0 | 1 => key,
        _ => request_key(key, (attempt as u64) << 32),
    }
}

/// A uniform number above 0 and at most 1, with 53 random bits.
fn unit(bits: u64) -> f64 {
    ((bits >> 11) + 1) as f64 / 9_007_199_254_740_992.0
}

/// `bits` as a point of `count` equal stretches: which stretch, and where in it in 2^-32.
///
/// This is the product of both, cut after 32 fractional digits: each stretch is met within
/// `count` / 2^64 equally often (Lemire 2019 without the rejection step). Two narrow products,
/// because wasm has no wide one.
pub(crate) const fn stretch(bits: u64, count: u32) -> (u32, u32) {
    let count = count as u64;
    let product = (bits >> 32) * count + (((bits & 0xffff_ffff) * count) >> 32);
    ((product >> 32) as u32, product as u32)
}

#[cfg(test)]
mod tests;
