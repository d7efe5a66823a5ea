//! The normal law by its quantile: one uniform number gives one normal number, and a larger one a
//! larger one, so that two systems that share their chance stay comparable.

/// The number below which a normal number with mean 0 and variance 1 lies with probability `p`.
///
/// Wichura 1988, "The percentage points of the normal distribution", Applied Statistics 37 (3),
/// algorithm AS 241, PPND16: relative error about 1e-16. Probabilities are taken from 2^-53 to
/// 1 - 2^-53, so the result is always finite.
pub(crate) fn quantile(p: f64) -> f64 {
    let p = p.clamp(SMALLEST, 1.0 - SMALLEST);
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&MIDDLE, 0.180_625 - q * q);
    }
    let r = libm::sqrt(-libm::log(p.min(1.0 - p)));
    let distance = if r <= 5.0 {
        ratio(&TAIL, r - 1.6)
    } else {
        ratio(&FAR_TAIL, r - 5.0)
    };
    distance.copysign(q)
}

const SMALLEST: f64 = f64::EPSILON / 2.0;

/// Numerator and denominator, the constant terms first.
type Rational = [[f64; 8]; 2];

fn ratio([above, below]: &Rational, x: f64) -> f64 {
    let value = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
    value(above) / value(below)
}

const MIDDLE: Rational = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];

const TAIL: Rational = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];

const FAR_TAIL: Rational = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Lower tails; the far ones are in the ranges of their own coefficients.
    const TABLE: [(f64, f64); 8] = [
        (0.4, -0.2533471031357998),
        (0.25, -0.6744897501960817),
        (0.1, -1.2815515655446008),
        (0.05, -1.6448536269514726),
        (0.01, -2.3263478740408408),
        (0.001, -3.090232306167813),
        (1e-6, -4.753424308822899),
        (1e-9, -5.9978070150076865),
    ];

    #[test]
    fn known_percentage_points_on_both_sides() {
        for (p, z) in TABLE {
            for (p, z) in [(p, z), (1.0 - p, -z)] {
                let got = quantile(p);
                assert!((got - z).abs() <= 1e-9 * z.abs(), "{p}: {got}, not {z}");
            }
        }
        assert_eq!(quantile(0.5), 0.0);
    }

    #[test]
    fn it_grows_and_is_finite_at_both_ends() {
        let points: Vec<f64> = (0..=10_000).map(|i| quantile(f64::from(i) / 1e4)).collect();
        assert!(points.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(points.iter().all(|it| it.is_finite()));
    }
}
