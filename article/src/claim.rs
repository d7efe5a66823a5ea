//! Numbers in prose that the engine measures.
//!
//! A code span `{= knee.p99}` inserts a measured number;
//! `{knee.at-100.p99 ~ 79ms ± 15%}` shows the author's number and fails the build when the measured one is elsewhere.

mod amount;

use std::ops::Range;

use diagram::suggestion::did_you_mean;

pub use self::amount::{Amount, Kind};

/// A number in the text that belongs to a figure of the same page.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Id of the figure.
    pub figure: String,
    /// The number's name in the figure's report: "p99", "at-100.p99", "utilisation(db)".
    pub metric: String,
    /// What the author says about it.
    pub kind: ClaimKind,
    /// Where it is.
    pub span: Range<usize>,
}

/// Whether a number is taken from the run or compared with it.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimKind {
    /// The text shows the measured number.
    Inserted,
    /// The text shows the author's number, which has to be near the measured one.
    Checked {
        /// The author's number.
        claimed: Amount,
        /// How far the measured number may be from it.
        tolerance: Tolerance,
    },
}

/// How far a measured number may be from a claimed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// A share of the claimed number: 0.15 for "± 15%".
    Relative(f64),
    /// In the number's own unit: "± 2ms", or "± 2pp" (percentage points) for a share.
    Absolute(Amount),
}

impl Tolerance {
    /// Whether `measured` is near enough, both in base units.
    #[must_use]
    pub fn allows(self, claimed: f64, measured: f64) -> bool {
        let allowed = match self {
            Self::Relative(share) => claimed.abs() * share,
            Self::Absolute(amount) => amount.value(),
        };
        // Not a number is never near.
        (measured - claimed).abs() <= allowed
    }
}

impl std::fmt::Display for Tolerance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Relative(share) => write!(f, "± {}%", amount::plain_number(share * 100.0)),
            Self::Absolute(amount) if amount.kind() == Kind::Share => {
                write!(
                    f,
                    "± {} percentage points",
                    amount::plain_number(amount.value() * 100.0)
                )
            }
            Self::Absolute(amount) => write!(f, "± {amount}"),
        }
    }
}

/// The widest tolerance, as a share of the claimed number. Ten times as much would pass with 1000%.
const WIDEST_TOLERANCE: f64 = 0.5;

/// A claim's figure, metric and kind; or what is wrong and what helps.
pub(crate) type Parsed = Result<(String, String, ClaimKind), (String, Option<String>)>;

/// Reads a code span. None when it is code.
pub(crate) fn parse(code: &str) -> Option<Parsed> {
    let inner = code.trim().strip_prefix('{')?;
    let Some(inner) = inner.strip_suffix('}') else {
        // Published as it is, it would be a riddle to every reader.
        let is_claim = inner.starts_with('=') || (inner.contains('~') && inner.contains('±'));
        return is_claim.then(|| {
            Err((
                "the claim lacks its closing brace".to_owned(),
                Some(format!("write `{}}}`", code.trim())),
            ))
        });
    };
    if let Some(path) = inner.strip_prefix('=') {
        return Some(
            parse_path(path.trim()).map(|(figure, metric)| (figure, metric, ClaimKind::Inserted)),
        );
    }
    let (path, rest) = inner.split_once('~')?;
    // JSON and template code may hold a tilde too; a claim begins with a figure's name.
    if path.contains(['"', '\'', ':']) {
        return None;
    }
    Some(parse_checked(path.trim(), rest))
}

fn parse_checked(path: &str, rest: &str) -> Parsed {
    let (figure, metric) = parse_path(path)?;
    let (number, tolerance) = ["±", "+/-", "+-"]
        .into_iter()
        .find_map(|sign| rest.split_once(sign))
        .ok_or_else(|| {
            (
                "the claim does not say how far off it may be".to_owned(),
                Some(format!(
                    "write `{{{figure}.{metric} ~ {} ± 10%}}`",
                    rest.trim()
                )),
            )
        })?;
    let claimed = Amount::parse(number).map_err(|message| (message, None))?;
    let tolerance = parse_tolerance(tolerance.trim(), claimed)?;
    Ok((figure, metric, ClaimKind::Checked { claimed, tolerance }))
}

fn parse_path(path: &str) -> Result<(String, String), (String, Option<String>)> {
    match path.split_once('.') {
        Some((figure, metric)) if !figure.is_empty() && !metric.is_empty() => {
            Ok((figure.to_owned(), metric.to_owned()))
        }
        _ => Err((
            format!("`{path}` does not name a figure's number"),
            Some("write the figure's id, a dot and the number's name: `knee.p99`".to_owned()),
        )),
    }
}

fn parse_tolerance(text: &str, claimed: Amount) -> Result<Tolerance, (String, Option<String>)> {
    let error = |message| (message, None);
    if let Some(points) = text.strip_suffix("pp") {
        let points = Amount::parse(&format!("{}%", points.trim())).map_err(error)?;
        if claimed.kind() != Kind::Share {
            return Err(error(
                "`pp` (percentage points) only fits a percentage".to_owned(),
            ));
        }
        return Ok(Tolerance::Absolute(points));
    }
    let amount = Amount::parse(text).map_err(error)?;
    if amount.kind() == Kind::Share {
        if amount.value() > WIDEST_TOLERANCE {
            return Err((
                format!("a claim that holds within {amount} claims next to nothing"),
                Some("a tolerance is at most 50%".to_owned()),
            ));
        }
        return Ok(Tolerance::Relative(amount.value()));
    }
    if amount.kind() != claimed.kind() {
        return Err(error(format!(
            "the tolerance is {}, but the number is {}",
            amount.kind().label(),
            claimed.kind().label()
        )));
    }
    Ok(Tolerance::Absolute(amount))
}

/// What helps when a claim names a figure that the page does not have.
pub(crate) fn unknown_figure(name: &str, known: &[&str]) -> Option<String> {
    // A figure without an id is a fault of its own.
    let known: Vec<&str> = known.iter().copied().filter(|id| !id.is_empty()).collect();
    did_you_mean(name, known.iter().copied()).or_else(|| match known.as_slice() {
        [] => Some("the page has no figure with an id".to_owned()),
        known => Some(format!("the page's figures are {}", known.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::{Amount, ClaimKind, Kind, Tolerance, parse, unknown_figure};

    #[test]
    fn no_empty_list_is_offered() {
        let help = |known: &[&str]| unknown_figure("bottleneck", known);
        assert_eq!(
            help(&[""]).as_deref(),
            Some("the page has no figure with an id")
        );
        assert_eq!(
            help(&["", "knee"]).as_deref(),
            Some("the page's figures are knee")
        );
    }

    #[track_caller]
    fn claim(code: &str) -> (String, String, ClaimKind) {
        parse(code).expect("a claim").expect("a valid claim")
    }

    #[test]
    fn a_number_is_inserted_by_its_name() {
        let expected = |metric: &str| ("knee".to_owned(), metric.to_owned(), ClaimKind::Inserted);
        assert_eq!(claim("{= knee.p99}"), expected("p99"));
        assert_eq!(claim("{=knee.at-100.p99 }"), expected("at-100.p99"));
        assert_eq!(
            claim("{= knee.utilisation(db)}"),
            expected("utilisation(db)")
        );
    }

    #[test]
    fn a_number_is_checked_within_a_tolerance() {
        let (figure, metric, kind) = claim("{knee.at-100.p99 ~ 79ms ± 15%}");
        assert_eq!((figure.as_str(), metric.as_str()), ("knee", "at-100.p99"));
        let ClaimKind::Checked { claimed, tolerance } = kind else {
            panic!("a checked claim")
        };
        assert_eq!(
            (claimed.kind(), claimed.to_string().as_str()),
            (Kind::Time, "79\u{a0}ms")
        );
        assert_eq!(tolerance, Tolerance::Relative(0.15));
        assert!(tolerance.allows(claimed.value(), 0.0685));
        assert!(!tolerance.allows(claimed.value(), 0.0665));
        assert!(!tolerance.allows(claimed.value(), f64::NAN));
    }

    #[test]
    fn tolerances_are_relative_or_in_the_same_unit() {
        let tolerance = |code: &str| match claim(code).2 {
            ClaimKind::Checked { tolerance, .. } => tolerance.to_string(),
            ClaimKind::Inserted => panic!("a checked claim"),
        };
        assert_eq!(tolerance("{a.p50 ~ 12ms +/- 500us}"), "± 500\u{a0}µs");
        assert_eq!(tolerance("{a.failed ~ 4,500 ± 300}"), "± 300");
        assert_eq!(
            tolerance("{a.utilisation(db) ~ 90 % ± 2pp}"),
            "± 2 percentage points"
        );
        assert_eq!(tolerance("{a.utilisation(db) ~ 90% ± 2%}"), "± 2%");
        assert_eq!(
            Tolerance::Absolute(Amount::parse("2ms").expect("an amount")).to_string(),
            "± 2\u{a0}ms"
        );
    }

    #[test]
    fn code_with_braces_stays_code() {
        for code in [
            "{}",
            "{ \"id\": 1 }",
            "x ~ y",
            "{\"a\": \"~\"}",
            "fn f() {}",
            "{id}",
            "{",
            "{ x ~ y",
        ] {
            assert!(parse(code).is_none(), "{code}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (code, expected) in [
            ("{= knee.p99", "the claim lacks its closing brace"),
            (
                "{knee.p99 ~ 79ms ± 10%",
                "the claim lacks its closing brace",
            ),
            (
                "{knee.p99 ~ 79ms ± 1000%}",
                "a claim that holds within 1,000% claims next to nothing",
            ),
            ("{knee.p99 ~ 79ms ± -5%}", "`-5%` is negative"),
            ("{= p99}", "`p99` does not name a figure's number"),
            (
                "{knee.p99 ~ 79ms}",
                "the claim does not say how far off it may be",
            ),
            ("{knee.p99 ~ fast ± 10%}", "`fast` is not a number"),
            ("{knee.p99 ~ 79 parsecs ± 10%}", "`parsecs` is not a unit"),
            (
                "{knee.p99 ~ 79ms ± 3/s}",
                "the tolerance is a rate, but the number is a time",
            ),
            (
                "{knee.p99 ~ 79ms ± 3pp}",
                "`pp` (percentage points) only fits a percentage",
            ),
        ] {
            let (message, _) = parse(code).expect("a claim").expect_err(code);
            assert_eq!(message, expected);
        }
    }
}
