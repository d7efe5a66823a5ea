//! Every sampler of random numbers by its name: what is measured by itself, and compared natively
//! and in wasm. Simulations draw through their scenario instead.

use crate::distribution::{Distribution, Quantiles, Sampler};
use crate::random::{Draws, Purpose, Stream};
use crate::time::SimDuration;
use crate::zipf::Zipf;

/// One sampler.
pub struct Sampling {
    /// Whose numbers it draws, and which.
    pub name: &'static str,
    draw: Box<dyn Fn(u32) -> u64>,
}

impl Sampling {
    /// Draws so many numbers, the same ones each time, and gives back a hash of all their bits.
    #[must_use]
    pub fn hash(&self, count: u32) -> u64 {
        (self.draw)(count)
    }

    /// All of them, made ready.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            from_stream("stream-bits", Stream::bits),
            from_stream("stream-uniform", |it| it.uniform().to_bits()),
            from_stream("stream-below", |it| it.below(1_000) as u64),
            from_stream("stream-exponential", |it| it.exponential().to_bits()),
            from_draws("draws-bits", Draws::bits),
            from_draws("draws-uniform", |it| it.uniform().to_bits()),
            from_draws("draws-below", |it| it.below(1_000) as u64),
            from_draws("draws-exponential", |it| it.exponential().to_bits()),
            from_draws("draws-normal", |it| it.normal().to_bits()),
        ];
        all.extend(laws().into_iter().map(|(name, law)| {
            let sampler = Sampler::new(&law);
            from_draws(name, move |it| sampler.sample(it).as_nanos())
        }));
        for (name, keys) in [
            ("zipf-10-thousand", 10_000),
            ("zipf-1-million", 1_000_000),
            ("zipf-10-million", Zipf::MAX_KEYS),
        ] {
            let zipf = Zipf::try_new(keys, 0.9);
            all.extend(zipf.map(|zipf| from_draws(name, move |it| zipf.rank(it.bits()).into())));
        }
        all
    }
}

/// One law of each kind, with a mean of 8 ms.
fn laws() -> Vec<(&'static str, Distribution)> {
    let mean = SimDuration::from_millis(8);
    let low = SimDuration::from_millis(4);
    let high = SimDuration::from_millis(12);
    let measured = [
        (0.0, SimDuration::from_millis(1)),
        (0.5, SimDuration::from_millis(6)),
        (0.9, SimDuration::from_millis(15)),
        (0.99, SimDuration::from_millis(30)),
        (1.0, SimDuration::from_millis(46)),
    ];
    let mut laws = vec![
        ("deterministic", Distribution::Deterministic { mean }),
        ("exponential", Distribution::Exponential { mean }),
        ("uniform", Distribution::Uniform { low, high }),
        ("erlang-4", Distribution::Erlang { mean, shape: 4 }),
        ("lognormal", Distribution::Lognormal { mean, cv2: 4.0 }),
        (
            "hyperexponential",
            Distribution::Hyperexponential { mean, cv2: 4.0 },
        ),
        ("pareto", Distribution::Pareto { mean, shape: 1.5 }),
    ];
    let measured = Quantiles::try_new(&measured).map(Distribution::Measured);
    laws.extend(measured.map(|law| ("measured", law)));
    laws
}

/// Draws from one sequence.
fn from_stream(name: &'static str, draw: impl Fn(&mut Stream) -> u64 + 'static) -> Sampling {
    sampling(name, move |count| {
        let mut stream = Stream::new(1, name, Purpose::Work);
        (0..count).fold(0, |hash, _| fold(hash, draw(&mut stream)))
    })
}

/// Draws from a new sequence each time, as requests do.
fn from_draws(name: &'static str, draw: impl Fn(&mut Draws) -> u64 + 'static) -> Sampling {
    sampling(name, move |count| {
        (0..count).fold(0, |hash, number| {
            fold(hash, draw(&mut Draws::new(number.into(), 1)))
        })
    })
}

fn sampling(name: &'static str, draw: impl Fn(u32) -> u64 + 'static) -> Sampling {
    Sampling {
        name,
        draw: Box::new(draw),
    }
}

/// Cheap, so that what is measured is the drawing.
const fn fold(hash: u64, bits: u64) -> u64 {
    hash.rotate_left(5).wrapping_add(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A million draws of each. A change of these changes every run.
    const GOLDEN: [(&str, u64); 20] = [
        ("stream-bits", 0xc434_24ce_d197_3c43),
        ("stream-uniform", 0xa73f_7220_735b_adf8),
        ("stream-below", 0x0f6d_0a25_c56a_b105),
        ("stream-exponential", 0x8343_bddb_0cc8_88a1),
        ("draws-bits", 0x9de8_3ec0_d912_d14d),
        ("draws-uniform", 0x47b4_deec_69f0_4801),
        ("draws-below", 0x161b_93fa_7631_2bfd),
        ("draws-exponential", 0xb317_2406_bbfc_8cb7),
        ("draws-normal", 0x6c99_7738_e778_2c90),
        ("deterministic", 0xbfff_ffff_ffff_fe17),
        ("exponential", 0xfef1_3e10_a5a2_8e52),
        ("uniform", 0xf920_743f_5893_c483),
        ("erlang-4", 0xfd89_e5d4_c904_5606),
        ("lognormal", 0xfd62_faab_8707_6746),
        ("hyperexponential", 0xdf10_3884_d9cb_951e),
        ("pareto", 0x07b5_2ba4_6cb4_7b1d),
        ("measured", 0x3f2e_5f1d_d437_1014),
        ("zipf-10-thousand", 0x97fa_a56e_08d2_379f),
        ("zipf-1-million", 0x50b6_1b08_e698_bc60),
        ("zipf-10-million", 0x54af_070f_68fa_5cb1),
    ];

    #[test]
    fn a_million_draws_of_each_are_always_the_same() {
        let got: Vec<(&str, u64)> = Sampling::all()
            .iter()
            .map(|it| (it.name, it.hash(1_000_000)))
            .collect();
        assert_eq!(got, GOLDEN, "{got:#x?}");
    }
}
