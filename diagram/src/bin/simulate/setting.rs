//! `--set web.workers=4` and `--set users.rate=50..150/5`: a path in the document and its values.

use diagram::{Document, Edit, EditError};

/// The most values of one `--set`.
const MAX_VALUES: usize = 1_000;

/// A path with the values that it is to have, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) path: String,
    /// At least one.
    pub(crate) values: Vec<String>,
    /// As it was written.
    written: String,
}

impl Setting {
    /// Reads `PATH=VALUE`, `PATH=A,B,C` or `PATH=FROM..TO/N`.
    pub(crate) fn parse(written: &str) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("--set {written}: {what}"));
        // A path may hold an arrow, but no equals sign.
        let Some((path, values)) = written.split_once('=') else {
            return wrong("write PATH=VALUE, such as users.rate=200/s");
        };
        let (path, values) = (path.trim(), values.trim());
        if path.is_empty() || values.is_empty() {
            return wrong("write PATH=VALUE, such as users.rate=200/s");
        }
        let values = match values.split_once("..") {
            Some((from, rest)) => match range(from, rest) {
                Ok(values) => values,
                Err(what) => return wrong(&what),
            },
            None => list(values),
        };
        if values.iter().any(String::is_empty) {
            return wrong("a value is missing between two commas");
        }
        if values.len() > MAX_VALUES {
            return wrong(&format!("these are more than {MAX_VALUES} values"));
        }
        Ok(Self {
            path: path.to_owned(),
            values,
            written: written.to_owned(),
        })
    }

    /// The same setting with the usual unit, where only that was left out: a rate has but one.
    pub(crate) fn completed(mut self, document: &Document) -> Self {
        for value in &mut self.values {
            let is_bare = !value.is_empty() && split(value).1.is_empty();
            let rate = format!("{value}/s");
            if is_bare && set(document, &self.path, value).is_err() {
                let is_rate = set(document, &self.path, &rate).is_ok();
                *value = if is_rate { rate } else { std::mem::take(value) };
            }
        }
        self
    }

    /// The document with one of the values.
    pub(crate) fn apply(&self, document: &Document, value: &str) -> Result<Document, String> {
        set(document, &self.path, value).map_err(|error| format!("--set {}: {error}", self.written))
    }
}

fn set(document: &Document, path: &str, value: &str) -> Result<Document, EditError> {
    let (path, value) = (path.to_owned(), value.to_owned());
    document.apply(&Edit::Set { path, value })
}

/// Everything that `settings` say, where each has one value.
pub(crate) fn apply_all(document: &Document, settings: &[Setting]) -> Result<Document, String> {
    settings.iter().try_fold(document.clone(), |changed, each| {
        let each = each.clone().completed(&changed);
        match each.values.as_slice() {
            [value] => each.apply(&changed, value),
            _ => Err(format!(
                "--set {}: one value is wanted here; sweep takes several",
                each.written
            )),
        }
    })
}

/// Every combination of the values, the last setting changing fastest.
pub(crate) fn grid(settings: &[Setting]) -> Vec<Vec<&str>> {
    settings.iter().fold(vec![Vec::new()], |grid, setting| {
        grid.iter()
            .flat_map(|point| {
                setting.values.iter().map(move |value| {
                    let mut point = point.clone();
                    point.push(value.as_str());
                    point
                })
            })
            .collect()
    })
}

/// Values between commas, but not between those inside braces. A number without a unit has that of
/// the last value: `10,20,50ms`.
fn list(values: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let parts = values.split(|c: char| {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    let mut values: Vec<String> = parts.map(|value| value.trim().to_owned()).collect();
    let unit = values
        .last()
        .map(|last| split(last))
        .filter(|(number, _)| !number.is_empty())
        .map(|(_, unit)| unit.to_owned())
        .unwrap_or_default();
    for value in &mut values {
        let is_bare = !value.is_empty() && split(value).1.is_empty();
        if is_bare {
            value.push_str(&unit);
        }
    }
    values
}

/// `FROM` and `TO/N`: N values at equal distances, both ends among them.
fn range(from: &str, rest: &str) -> Result<Vec<String>, String> {
    let count = rest
        .rsplit_once('/')
        .and_then(|(to, count)| Some((to, count.trim().parse::<usize>().ok()?)));
    let Some((to, count)) = count else {
        return Err(format!(
            "a range says how many values it has: {from}..{rest}/5"
        ));
    };
    if !(2..=MAX_VALUES).contains(&count) {
        return Err(format!("a range has from 2 to {MAX_VALUES} values"));
    }
    let ((first, first_unit), (last, unit)) = (split(from.trim()), split(to.trim()));
    let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    let (Some(first), Some(last)) = (number(first), number(last)) else {
        return Err("a range goes from a number to a number".to_owned());
    };
    if !first_unit.is_empty() && first_unit != unit {
        return Err("both ends of a range have the same unit".to_owned());
    }
    let steps = (count - 1) as f64;
    Ok((0..count)
        .map(|place| {
            let share = place as f64 / steps;
            let value = first * (1.0 - share) + last * share;
            // Nine digits are enough for people, and hide that 0.1 is no number of a machine.
            let rounded = (value * 1e9).round() / 1e9;
            format!("{rounded}{unit}")
        })
        .collect())
}

/// A value's number and what follows it; the number is empty where there is none.
fn split(value: &str) -> (&str, &str) {
    let end = value
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(value.len());
    value.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(written: &str) -> Vec<String> {
        Setting::parse(written).expect(written).values
    }

    #[test]
    fn lists_and_ranges_are_written_out() {
        for (written, expected) in [
            ("web.workers=4", "4"),
            ("users.rate=50,100,150", "50 | 100 | 150"),
            ("users.rate=50/s, 100/s", "50/s | 100/s"),
            ("web.service-time=2,4,8ms", "2ms | 4ms | 8ms"),
            ("lb.policy=random,round-robin", "random | round-robin"),
            ("web.count=1..4/4", "1 | 2 | 3 | 4"),
            ("users.rate=50/s..150/s/3", "50/s | 100/s | 150/s"),
            ("users.rate=50..150/s/3", "50/s | 100/s | 150/s"),
            ("users.reads=0..100%/3", "0% | 50% | 100%"),
            ("web -> db.latency=0.1..0.3ms/3", "0.1ms | 0.2ms | 0.3ms"),
            (
                "lb.health-check={ interval = \"1s\", fall = 2 },off",
                "{ interval = \"1s\", fall = 2 } | off",
            ),
        ] {
            assert_eq!(values(written).join(" | "), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_setting_says_why() {
        for (written, why) in [
            ("users.rate", "write PATH=VALUE, such as users.rate=200/s"),
            ("=4", "write PATH=VALUE, such as users.rate=200/s"),
            ("a.b=1,,2", "a value is missing between two commas"),
            ("a.b=1..9", "a range says how many values it has: 1..9/5"),
            (
                "a.b=1/s..9/s",
                "a range says how many values it has: 1/s..9/s/5",
            ),
            ("a.b=1..9/1", "a range has from 2 to 1000 values"),
            ("a.b=1ms..9s/2", "both ends of a range have the same unit"),
            ("a.b=x..y/2", "a range goes from a number to a number"),
        ] {
            let message = format!("--set {written}: {why}");
            assert_eq!(Setting::parse(written), Err(message));
        }
    }

    #[test]
    fn a_grid_has_every_combination_in_order() {
        let settings = ["a.x=1,2", "b.y=p,q,r"].map(|text| Setting::parse(text).expect(text));
        let points: Vec<String> = grid(&settings).iter().map(|p| p.join("")).collect();
        assert_eq!(points, ["1p", "1q", "1r", "2p", "2q", "2r"]);
    }

    #[test]
    fn a_rate_may_lack_its_unit_and_a_fault_says_what_is_meant() {
        let document = Document::default_playground();
        let apply = |written: &str| {
            let setting = Setting::parse(written).expect(written).completed(&document);
            let changed = setting.apply(&document, &setting.values[0]);
            changed.map(drop)
        };
        assert_eq!(apply("users.rate=50"), Ok(()));
        assert_eq!(
            apply("users.rat=50"),
            Err(
                "--set users.rat=50: \"users\" has no setting \"rat\"; did you mean \"rate\"?"
                    .into()
            )
        );
        assert_eq!(
            apply("usrs.rate=50"),
            Err(
                "--set usrs.rate=50: there is no node called \"usrs\"; did you mean \"users\"?"
                    .into()
            )
        );
        assert!(apply("web.service-time=8").is_err_and(|error| error.contains("\"8ms\"")));
    }
}
