//! A whole number for every node of a kind, in steps that reach far: 1, 2, 3, 4, 5, 10, 20, …

use diagram::parameter::{self, value_text};
use diagram::quantity::Quantity;
use diagram::wording::grouped;
use diagram::{Document, Edit};
use simulator::Kind;

use super::choice::first_value;
use super::{Face, Turn, set, with_unit};

/// What the stepper shows: the value of the first such node.
pub(super) fn face(document: &Document, kind: Kind, key: &str) -> Face {
    let present = first_value(document, kind, key).and_then(|text| text.parse::<u64>().ok());
    match (present, range_of(kind, key)) {
        (Some(present), Some((min, max))) => Face::Stepper {
            value: grouped(present as f64),
            can_go_down: present > min,
            can_go_up: present < max,
        },
        _ => Face::Nothing,
    }
}

/// The edits that set all of them; a text is for the document to judge.
pub(super) fn edits(document: &Document, kind: Kind, key: &str, turn: &Turn) -> Vec<Edit> {
    let Some((min, max)) = range_of(kind, key) else {
        return Vec::new();
    };
    document
        .nodes()
        .iter()
        .filter(|node| node.kind.kind() == kind)
        .filter_map(|node| {
            let before = value_text(&node.kind, key)?;
            let present: u64 = before.parse().ok()?;
            let wanted = match turn {
                Turn::Up => above(present).min(max).to_string(),
                Turn::Down => below(present).max(min).to_string(),
                Turn::To(text) => with_unit(text, ""),
                Turn::Slid(_) => return None,
            };
            (wanted != before).then(|| set(&node.name, key, wanted))
        })
        .collect()
}

/// The next larger number of the steps.
#[must_use]
pub fn above(present: u64) -> u64 {
    let unit = power_of_ten(present);
    let digit = present / unit + 1;
    unit.saturating_mul(if digit > HIGHEST_DIGIT { 10 } else { digit })
}

/// The next smaller number of the steps.
#[must_use]
pub fn below(present: u64) -> u64 {
    let less = present.saturating_sub(1);
    let unit = power_of_ten(less);
    unit * (less / unit).min(HIGHEST_DIGIT)
}

/// The steps have one digit that is not zero, and at most this one.
const HIGHEST_DIGIT: u64 = 5;

/// The largest power of ten that is not larger; 1 for 0.
fn power_of_ten(number: u64) -> u64 {
    10_u64.pow(number.checked_ilog10().unwrap_or(0))
}

fn range_of(kind: Kind, key: &str) -> Option<(u64, u64)> {
    let parameter = parameter::parameters(kind)
        .iter()
        .find(|parameter| parameter.key == key)?;
    match parameter.quantity {
        Quantity::Count { min, max } => Some((min, max)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_steps_lead_far_and_back_the_same_way() {
        let steps = [0, 1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 200];
        for pair in steps.windows(2) {
            assert_eq!(above(pair[0]), pair[1]);
            assert_eq!(below(pair[1]), pair[0]);
        }
    }

    #[test]
    fn a_number_between_two_steps_goes_to_the_nearest_on_each_side() {
        assert_eq!((below(12), above(12)), (10, 20));
        assert_eq!((below(7), above(7)), (5, 10));
        assert_eq!((below(99), above(99)), (50, 100));
        assert_eq!(below(0), 0);
        assert_eq!(above(u64::MAX), u64::MAX);
    }
}
