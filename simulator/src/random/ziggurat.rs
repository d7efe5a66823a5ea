//! Exponential and normal numbers without a logarithm in 99 of 100 draws.
//!
//! Marsaglia and Tsang 2000, "The ziggurat method for generating random variables", Journal of
//! Statistical Software 5 (8). The area under a falling density is covered by 256 layers of equal
//! area: 255 rectangles one upon the other, and at the bottom one that ends in the tail. A point of
//! a layer that lies left of the next layer's edge is under the density, and most points do.
//!
//! 64 bits make a draw: the lowest 8 choose the layer, the next one the sign of a normal number, the
//! highest 53 the place. They do not overlap, which the first edition of the method had wrong.

use std::sync::OnceLock;

use super::Draws;

const LAYERS: usize = 256;

/// Where the tail of exp(-x) begins, so that the uppermost of 256 layers closes at 1.
const EXPONENTIAL_TAIL: f64 = 7.697_117_470_131_05;

/// Where the tail of exp(-x²/2) begins, likewise, and the area of one layer.
const NORMAL_TAIL: f64 = 3.654_152_885_361_009;
const NORMAL_AREA: f64 = 4.928_673_233_974_655e-3;

/// The layers of one density, from the bottom one to the top.
struct Layers {
    /// How far each layer reaches to the right. The bottom one reaches as far as if it were a
    /// rectangle; then follow where the tail begins, and so on; the last edge, above the top, is 0.
    edges: [f64; LAYERS + 1],
    /// The density at each edge; none at the bottom one's.
    heights: [f64; LAYERS + 1],
}

impl Layers {
    fn new(tail: f64, area: f64, density: fn(f64) -> f64, inverse: fn(f64) -> f64) -> Self {
        let (mut edges, mut heights) = ([0.0; LAYERS + 1], [0.0; LAYERS + 1]);
        let mut edge = tail;
        edges[0] = area / density(tail);
        for layer in 1..LAYERS {
            edges[layer] = edge;
            heights[layer] = density(edge);
            edge = inverse(heights[layer] + area / edge);
        }
        heights[LAYERS] = 1.0;
        Self { edges, heights }
    }

    /// The layer of `bits`, the place in it, and whether the place is surely under the density.
    fn place(&self, bits: u64) -> (usize, f64, bool) {
        let layer = bits as usize & (LAYERS - 1);
        // Signed, since the conversion from signed numbers is one instruction everywhere.
        let x = (bits >> 11) as i64 as f64 * (1.0 / 9_007_199_254_740_992.0) * self.edges[layer];
        (layer, x, x < self.edges[layer + 1])
    }

    /// A height between the lower and the upper end of a layer.
    fn height(&self, layer: usize, draws: &mut Draws) -> f64 {
        let (low, high) = (self.heights[layer], self.heights[layer + 1]);
        low + draws.uniform() * (high - low)
    }
}

/// The layers of both laws. Computed at the first draw, in some 20 µs: they would be 8 KB of every
/// page.
struct Tables {
    exponential: Layers,
    normal: Layers,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        exponential: Layers::new(
            EXPONENTIAL_TAIL,
            // The rectangle below the tail's beginning, and the tail.
            (EXPONENTIAL_TAIL + 1.0) * exponential_density(EXPONENTIAL_TAIL),
            exponential_density,
            |height| -libm::log(height),
        ),
        normal: Layers::new(NORMAL_TAIL, NORMAL_AREA, normal_density, |height| {
            libm::sqrt(-2.0 * libm::log(height))
        }),
    })
}

fn exponential_density(x: f64) -> f64 {
    libm::exp(-x)
}

fn normal_density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x)
}

/// An exponential number with mean 1 from 64 random bits, and seldom `more` of them.
#[inline]
pub(super) fn exponential(bits: u64, more: impl FnOnce() -> Draws) -> f64 {
    let layers = &tables().exponential;
    let (layer, x, is_under) = layers.place(bits);
    if is_under {
        return x;
    }
    exponential_at_the_edge(layers, layer, x, more())
}

/// A normal number with mean 0 and variance 1 from 64 random bits, and seldom `more` of them.
#[inline]
pub(super) fn normal(bits: u64, more: impl FnOnce() -> Draws) -> f64 {
    let layers = &tables().normal;
    let (layer, x, is_under) = layers.place(bits);
    let x = if is_under {
        x
    } else {
        normal_at_the_edge(layers, layer, x, more())
    };
    // The sign is random: a branch on it would be mispredicted every other time.
    f64::from_bits(x.to_bits() ^ (bits & 0x100) << 55)
}

#[cold]
#[inline(never)]
fn exponential_at_the_edge(layers: &Layers, layer: usize, x: f64, mut draws: Draws) -> f64 {
    let (mut layer, mut x) = (layer, x);
    let mut beyond = 0.0;
    loop {
        if layer == 0 {
            // The tail looks like the whole: what is left of a memoryless time is such a time.
            beyond += EXPONENTIAL_TAIL;
        } else if layers.height(layer, &mut draws) < exponential_density(x) {
            return beyond + x;
        }
        let is_under;
        (layer, x, is_under) = layers.place(draws.bits());
        if is_under {
            return beyond + x;
        }
    }
}

/// The absolute value.
#[cold]
#[inline(never)]
fn normal_at_the_edge(layers: &Layers, layer: usize, x: f64, mut draws: Draws) -> f64 {
    let (mut layer, mut x) = (layer, x);
    loop {
        if layer == 0 {
            return normal_tail(&mut draws);
        }
        if layers.height(layer, &mut draws) < normal_density(x) {
            return x;
        }
        let is_under;
        (layer, x, is_under) = layers.place(draws.bits());
        if is_under {
            return x;
        }
    }
}

/// Beyond the beginning of the tail: Marsaglia 1964, "Generating a variable from the tail of the
/// normal distribution", with exponential numbers in place of logarithms.
fn normal_tail(draws: &mut Draws) -> f64 {
    loop {
        let beyond = draws.exponential() / NORMAL_TAIL;
        if 2.0 * draws.exponential() > beyond * beyond {
            return NORMAL_TAIL + beyond;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goodness::{check_law, check_mean};

    /// Of every edge and height, bit for bit.
    const GOLDEN: u64 = 0xb755_c88d_76ba_60e5;

    #[test]
    fn the_tables_are_the_same_everywhere() {
        let Tables {
            exponential,
            normal,
        } = tables();
        let hash = [exponential, normal]
            .into_iter()
            .flat_map(|it| it.edges.iter().chain(&it.heights))
            .fold(0, |hash: u64, it| {
                (hash.rotate_left(5) ^ it.to_bits()).wrapping_mul(0x517c_c1b7_2722_0a95)
            });
        assert_eq!(hash, GOLDEN, "{hash:#x}");
    }

    #[test]
    fn the_uppermost_layer_closes_at_the_top() {
        for (layers, density) in [
            (&tables().exponential, exponential_density as fn(f64) -> f64),
            (&tables().normal, normal_density),
        ] {
            let edges = layers.edges;
            assert!(edges.windows(2).all(|pair| pair[0] > pair[1]));
            let area = edges[0] * density(edges[1]);
            let top = layers.heights[LAYERS - 1] + area / edges[LAYERS - 1];
            assert!((top - 1.0).abs() < 1e-14, "{top}");
            assert_eq!(edges[LAYERS], 0.0);
        }
    }

    /// What is drawn beyond the beginning of the tail, in so many draws.
    fn beyond(tail: f64, draw: impl Fn(&mut Draws) -> f64) -> (Vec<f64>, f64) {
        const COUNT: u32 = 30_000_000;
        let mut draws = Draws::new(11, 1);
        let values = (0..COUNT).map(|_| draw(&mut draws).abs());
        (values.filter(|&it| it > tail).collect(), f64::from(COUNT))
    }

    #[test]
    fn the_tail_of_the_exponential_law_has_its_weight_and_its_form() {
        let (values, count) = beyond(EXPONENTIAL_TAIL, Draws::exponential);
        let weight = exponential_density(EXPONENTIAL_TAIL);
        let deviation = (count * weight).sqrt();
        assert!((values.len() as f64 - count * weight).abs() < 4.5 * deviation);
        let left: Vec<f64> = values.iter().map(|it| it - EXPONENTIAL_TAIL).collect();
        check_law(&left, |x| -libm::expm1(-x));
        check_mean(left.into_iter(), 1.0, 1.0);
    }

    #[test]
    fn the_tail_of_the_normal_law_has_its_weight_and_its_form() {
        let (values, count) = beyond(NORMAL_TAIL, Draws::normal);
        let both_tails = |x: f64| libm::erfc(x / std::f64::consts::SQRT_2);
        let weight = both_tails(NORMAL_TAIL);
        let deviation = (count * weight).sqrt();
        assert!((values.len() as f64 - count * weight).abs() < 4.5 * deviation);
        let shares: Vec<f64> = values
            .iter()
            .map(|&x| 1.0 - both_tails(x) / weight)
            .collect();
        check_mean(shares.iter().copied(), 0.5, 1.0 / 12.0);
        check_mean(shares.iter().map(|x| x * x), 1.0 / 3.0, 4.0 / 45.0);
    }
}
