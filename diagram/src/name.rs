//! Names of nodes, their order, and groups such as "web" for web-1, web-2 and so on.

use std::cmp::Ordering;

use simulator::Kind;

use crate::quantity::{Fault, quote};

/// The longest name of a node.
pub const MAX_NAME: usize = 32;

/// Checks that `name` is 1 to 32 characters of a–z, A–Z, 0–9, `-` and `_`.
///
/// # Errors
/// A [`Fault`] that says which characters are allowed.
pub fn check_name(name: &str) -> Result<(), Fault> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if name.is_empty() || name.len() > MAX_NAME || !name.bytes().all(allowed) {
        return Err(Fault::with_help(
            format!("{} cannot be a name", quote(name)),
            "a name has 1 to 32 characters of a-z, A-Z, 0-9, - and _",
        ));
    }
    Ok(())
}

/// Splits "web-12" into "web" and 12; `None` for a name without a number behind a dash.
#[must_use]
pub fn split_number(name: &str) -> Option<(&str, u32)> {
    let (stem, digits) = name.rsplit_once('-')?;
    let is_plain = !stem.is_empty()
        && !digits.is_empty()
        && !digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok()?;
    is_plain.then_some((stem, number))
}

/// The places of the nodes that `name` means: the node of that name or, where there is none, all
/// nodes called `name-1`, `name-2` and so on.
pub(crate) fn resolve<'n>(
    names: impl IntoIterator<Item = &'n str> + Clone,
    name: &str,
) -> Vec<usize> {
    if let Some(place) = names.clone().into_iter().position(|known| known == name) {
        return vec![place];
    }
    names
        .into_iter()
        .enumerate()
        .filter(|(_, known)| split_number(known).is_some_and(|(stem, _)| stem == name))
        .map(|(place, _)| place)
        .collect()
}

/// The order of nodes: by kind as a request meets them, then by name, numbers by their value. It is
/// canonical so that neither the order of writing nor an undone removal changes a run.
pub(crate) fn order(a: (Kind, &str), b: (Kind, &str)) -> Ordering {
    let key = |(kind, name)| {
        let (stem, number) = split_number(name).unwrap_or((name, 0));
        (kind, stem, number, name)
    };
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_name_means_all_its_nodes_unless_a_node_is_called_so() {
        let names = ["web-1", "web-2", "web-x", "db", "db-1"];
        assert_eq!(resolve(names, "web"), [0, 1]);
        assert_eq!(resolve(names, "db"), [3]);
        assert!(resolve(names, "cache").is_empty());
        assert!(resolve(names, "").is_empty());
    }

    #[test]
    fn numbers_are_ordered_by_value() {
        let mut names = ["web-10", "web-2", "web", "web-1", "app"];
        names.sort_by(|a, b| order((Kind::Server, a), (Kind::Server, b)));
        assert_eq!(names, ["app", "web", "web-1", "web-2", "web-10"]);
    }

    #[test]
    fn names_are_plain() {
        assert!(check_name("web-1_A").is_ok());
        for wrong in ["", "a b", "é", "a.b", "<script>", &"x".repeat(33)] {
            assert!(check_name(wrong).is_err(), "{wrong}");
        }
        assert_eq!(split_number("web-01"), None);
        assert_eq!(split_number("-1"), None);
        assert_eq!(split_number("a-b-3"), Some(("a-b", 3)));
    }
}
