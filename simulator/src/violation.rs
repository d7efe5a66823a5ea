//! A parameter outside its range, told apart from the node it belongs to.

/// A parameter that is outside its range.
///
/// Whoever knows the node turns it into an error for the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Which parameter, by its field name.
    pub(crate) parameter: &'static str,
    /// The range in words: "1 to 1,024".
    pub(crate) range: &'static str,
}

/// The violations among `checks`, each of which says whether a parameter is in its range.
pub(crate) fn violations(checks: &[(bool, &'static str, &'static str)]) -> Vec<Violation> {
    checks
        .iter()
        .filter(|&&(is_in_range, ..)| !is_in_range)
        .map(|&(_, parameter, range)| Violation { parameter, range })
        .collect()
}
