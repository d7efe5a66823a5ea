//! Names of nodes, their order, and groups such as "web" for web-1, web-2 and so on.

use std::cmp::Ordering;

use simulator::Kind;

use crate::order::sort;
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

/// Whether a name is among those that `name` means, see [`resolve`]; quicker for many of them.
pub(crate) fn meaning<'n>(
    mut names: impl Iterator<Item = &'n str>,
    name: &str,
) -> impl Fn(&str) -> bool {
    let is_one = names.any(|known| known == name);
    let name = name.to_owned();
    move |known| {
        if is_one {
            known == name
        } else {
            split_number(known).is_some_and(|(stem, _)| stem == name)
        }
    }
}

/// Names in an order in which each is found quickly.
pub(crate) struct Index<'n>(Vec<(&'n str, usize)>);

impl<'n> Index<'n> {
    /// The index of names in the order of their places.
    pub(crate) fn new(names: impl Iterator<Item = &'n str>) -> Self {
        let mut places: Vec<(&str, usize)> = names.zip(0..).collect();
        sort(&mut places, |(a, _), (b, _)| a.cmp(b));
        Self(places)
    }

    /// The first place of this very name.
    pub(crate) fn first(&self, name: &str) -> Option<usize> {
        let place = self.0.partition_point(|(known, _)| *known < name);
        let (known, place) = self.0.get(place)?;
        (*known == name).then_some(*place)
    }

    /// The places of the nodes that `name` means, see [`resolve`].
    pub(crate) fn resolve(&self, name: &str) -> Vec<usize> {
        if let Some(place) = self.first(name) {
            return vec![place];
        }
        let is_member = |known| split_number(known).is_some_and(|(stem, _)| stem == name);
        let members = self.0.iter().filter(|(known, _)| is_member(known));
        let mut places: Vec<usize> = members.map(|&(_, place)| place).collect();
        sort(&mut places, usize::cmp);
        places
    }
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
        let index = Index::new(names.into_iter());
        for name in ["web", "db", "cache", "", "web-2", "db-1"] {
            let places = resolve(names, name);
            assert_eq!(index.resolve(name), places);
            let is_meant = meaning(names.into_iter(), name);
            let meant = (0..names.len()).filter(|&place| is_meant(names[place]));
            assert_eq!(Vec::from_iter(meant), places);
        }
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
