//! The scale of the load slider: logarithmic, from nothing to a million requests per second.

use std::f64::consts::LN_10;

use diagram::decade::{magnitude, power_of_ten};

/// The highest load that can be set, in requests per second.
const HIGHEST_LOAD: f64 = 1_000_000.0;
/// Places of the load slider for a factor of ten.
const PLACES_PER_DECADE: f64 = 20.0;
/// The last place of the load slider: a million.
pub const LAST_LOAD_PLACE: f64 = 6.0 * PLACES_PER_DECADE;

/// The place of the slider for a load.
#[must_use]
pub fn load_place(rate: f64) -> f64 {
    if rate < 1.0 {
        return 0.0;
    }
    (libm::log(rate) / LN_10 * PLACES_PER_DECADE)
        .round()
        .clamp(0.0, LAST_LOAD_PLACE)
}

/// The load at a place of the slider, to two digits; the first place is no load at all.
#[must_use]
pub fn load_at(place: f64) -> f64 {
    if place < 1.0 || place.is_nan() {
        return 0.0;
    }
    let exact = libm::exp(LN_10 * place.min(LAST_LOAD_PLACE) / PLACES_PER_DECADE);
    // The nudge is for the powers of ten, which come out a little low.
    let unit = power_of_ten(magnitude(exact * (1.0 + 1e-9)) - 1).max(0.1);
    let rounded = (exact / unit).round() * unit;
    ((rounded * 10.0).round() / 10.0).min(HIGHEST_LOAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_runs_from_nothing_to_a_million_in_round_numbers() {
        for (place, rate) in [
            (0.0, 0.0),
            (1.0, 1.1),
            (20.0, 10.0),
            (46.0, 200.0),
            (60.0, 1_000.0),
            (120.0, 1e6),
        ] {
            assert_eq!(load_at(place), rate, "{place}");
        }
        assert_eq!(load_at(f64::NAN), 0.0);
        assert_eq!(load_at(1e9), 1e6);
    }

    #[test]
    fn every_place_is_found_again_from_its_load() {
        for place in 1..=120 {
            assert_eq!(load_place(load_at(f64::from(place))), f64::from(place));
        }
    }
}
