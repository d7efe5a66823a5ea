//! A whole number for nodes of a kind, in steps that reach far: 1, 2, 3, 4, 5, 10, 20, …

use diagram::parameter::{self, value_text};
use diagram::quantity::Quantity;
use diagram::wording::grouped;
use diagram::{DiagramNode, Edit};
use simulator::Kind;

use super::{Face, Turn, set, with_unit};

/// What the stepper shows: the value of the first of `nodes`, which are all of one kind.
pub(super) fn face(nodes: &[&DiagramNode], key: &str) -> Face {
    let first = nodes.first().and_then(|node| value_and_range(node, key));
    match first {
        Some((present, (min, max))) => Face::Stepper {
            value: grouped(present as f64),
            can_go_down: present > min,
            can_go_up: present < max,
        },
        None => Face::Nothing,
    }
}

/// The edits that set all of them; a text is for the document to judge.
pub(super) fn edits(nodes: &[&DiagramNode], key: &str, turn: &Turn) -> Vec<Edit> {
    nodes
        .iter()
        .filter_map(|node| {
            let (present, (min, max)) = value_and_range(node, key)?;
            let wanted = match turn {
                Turn::Up => above(present).min(max).to_string(),
                Turn::Down => below(present).max(min).to_string(),
                Turn::To(text) => with_unit(text, ""),
                Turn::Slid(_) => return None,
            };
            (wanted != present.to_string()).then(|| set(&node.name, key, wanted))
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

fn value_and_range(node: &DiagramNode, key: &str) -> Option<(u64, (u64, u64))> {
    let present = value_text(&node.kind, key)?.parse().ok()?;
    Some((present, range_of(node.kind.kind(), key)?))
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
