//! The one table of parameters that drives reading, ranges, defaults, schema, documentation and the
//! playground's inspector.
//!
//! Each kind of node declares its own list in `kind/`; the settings of a document and of a link are
//! here. Nothing else knows what a key is called or what it may hold.

mod reference;

use simulator::{Kind, Link, NodeKind, SimDuration};

use crate::kind;
use crate::quantity::{Quantity, Value};

pub use reference::reference;

/// One thing that can be set.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// How it is written in a file: `"service-time"`.
    pub key: &'static str,
    /// How people read it: "Service time".
    pub label: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// Its form and range.
    pub quantity: Quantity,
    /// The value it has where none is written, as text.
    pub default: &'static str,
    /// Where the default comes from.
    pub source: Option<Source>,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who says so.
    pub text: &'static str,
    /// Where it can be read.
    pub url: Option<&'static str>,
    /// When it was said.
    pub date: Option<&'static str>,
    /// How far to trust it.
    pub quality: Quality,
}

/// How far a number is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Somebody measured it and said how.
    Measured,
    /// A vendor says so.
    Vendor,
    /// Practitioners repeat it.
    RuleOfThumb,
    /// Chosen for teaching because it is round.
    Illustrative,
}

impl Quality {
    /// The word for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Vendor => "vendor's figure",
            Self::RuleOfThumb => "rule of thumb",
            Self::Illustrative => "illustrative",
        }
    }
}

/// A text that explains, where explanations are wanted: in the schema and the inspector. An article's
/// figures do without, and their readers need not download it.
pub(crate) const fn prose(text: &'static str) -> &'static str {
    if cfg!(feature = "reference") {
        text
    } else {
        ""
    }
}

impl Source {
    /// A round number of the article's teaching world.
    pub(crate) const ILLUSTRATIVE: Option<Self> = Some(Self {
        text: prose("chosen for teaching"),
        url: None,
        date: None,
        quality: Quality::Illustrative,
    });
}

impl Parameter {
    /// The default as a value.
    #[must_use]
    pub fn default_value(&self) -> Value {
        self.quantity
            .parse(self.default)
            .expect("a test reads every default in the tables")
    }

    /// How `value` stands in a TOML file.
    #[must_use]
    pub fn to_toml(&self, value: &Value) -> String {
        self.quantity.in_toml(&self.quantity.format(value))
    }
}

/// What can be set on a node of this kind, in the order in which an inspector shows it.
#[must_use]
pub fn parameters(kind: Kind) -> &'static [Parameter] {
    kind::table(kind)
}

/// The present value of the parameter `key` of a node, as text that can be set again. A field of a
/// group is reached with a dot: `"health-check.interval"`.
#[must_use]
pub fn value_text(node: &NodeKind, key: &str) -> Option<String> {
    let (parameter, value) = value(node, key)?;
    Some(parameter.quantity.format(&value))
}

/// The present value of the parameter `key` of a node, as people read it.
#[must_use]
pub fn value_for_people(node: &NodeKind, key: &str) -> Option<String> {
    let (parameter, value) = value(node, key)?;
    Some(parameter.quantity.for_people(&value))
}

fn value(node: &NodeKind, key: &str) -> Option<(&'static Parameter, Value)> {
    let (key, field) = match key.split_once('.') {
        Some((key, field)) => (key, Some(field)),
        None => (key, None),
    };
    let table = kind::table(node.kind());
    let place = table.iter().position(|parameter| parameter.key == key)?;
    let value = kind::write(node).into_iter().nth(place)?;
    let parameter = &table[place];
    let Some(field) = field else {
        return Some((parameter, value));
    };
    let (Quantity::Group { fields, .. }, Value::Group(Some(values))) = (parameter.quantity, value)
    else {
        return None;
    };
    let place = fields.iter().position(|parameter| parameter.key == field)?;
    Some((&fields[place], values.into_iter().nth(place)?))
}

/// Values read for a table, one for each parameter, in the table's order.
pub(crate) struct Values<'v> {
    table: &'static [Parameter],
    values: &'v [Value],
}

impl<'v> Values<'v> {
    pub(crate) const fn new(table: &'static [Parameter], values: &'v [Value]) -> Self {
        Self { table, values }
    }

    fn get(&self, key: &str) -> &'v Value {
        self.table
            .iter()
            .position(|parameter| parameter.key == key)
            .and_then(|place| self.values.get(place))
            .expect("a test reads every kind, so every key is in its table")
    }

    pub(crate) fn duration(&self, key: &str) -> SimDuration {
        self.optional_duration(key).unwrap_or(SimDuration::MAX)
    }

    pub(crate) fn optional_duration(&self, key: &str) -> Option<SimDuration> {
        match self.get(key) {
            Value::Duration(duration) => Some(*duration),
            _ => None,
        }
    }

    pub(crate) fn number(&self, key: &str) -> f64 {
        match self.get(key) {
            Value::Rate(number) | Value::Share(number) | Value::Number(number) => *number,
            _ => 0.0,
        }
    }

    pub(crate) fn count(&self, key: &str) -> u32 {
        match self.get(key) {
            Value::Count(count) => u32::try_from(*count).unwrap_or(u32::MAX),
            _ => 0,
        }
    }

    pub(crate) fn choice(&self, key: &str) -> usize {
        match self.get(key) {
            Value::Choice(place) => *place,
            _ => 0,
        }
    }

    pub(crate) fn text(&self, key: &str) -> &'v str {
        match self.get(key) {
            Value::Text(text) => text,
            _ => "",
        }
    }

    pub(crate) fn service_time(&self, key: &str) -> simulator::Distribution {
        match self.get(key) {
            Value::ServiceTime(law) => law.clone(),
            _ => simulator::Distribution::Deterministic {
                mean: SimDuration::ZERO,
            },
        }
    }

    /// The fields of a group; `None` where it is off.
    pub(crate) fn group(&self, key: &str) -> Option<Values<'v>> {
        let place = self
            .table
            .iter()
            .position(|parameter| parameter.key == key)?;
        match (self.table[place].quantity, self.values.get(place)?) {
            (Quantity::Group { fields, .. }, Value::Group(Some(values))) => {
                Some(Values::new(fields, values))
            }
            _ => None,
        }
    }
}

/// What can be set on a document as a whole.
pub static SETTINGS: [Parameter; 7] = [
    Parameter {
        key: "title",
        label: "Title",
        doc: prose("The heading of the figure."),
        quantity: Quantity::Text { max: 200 },
        default: "",
        source: None,
    },
    Parameter {
        key: "description",
        label: "Description",
        doc: prose("The first sentence of the text that stands for the picture."),
        quantity: Quantity::Text { max: 1_000 },
        default: "",
        source: None,
    },
    Parameter {
        key: "seed",
        label: "Seed",
        doc: prose(
            "The number from which all chance is derived: the same seed gives the same run.",
        ),
        quantity: Quantity::Count {
            min: 0,
            max: i64::MAX as u64,
        },
        default: "1",
        source: None,
    },
    Parameter {
        key: "slo",
        label: "Objective",
        doc: prose("An answer that takes longer than this counts as late."),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(1),
            max: SimDuration::from_secs(60),
            never: None,
        },
        default: "200ms",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "duration",
        label: "Duration",
        doc: prose("How much simulated time the computed results cover, the warm-up included."),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(100),
            max: SimDuration::from_secs(3600),
            never: None,
        },
        default: "60s",
        source: None,
    },
    Parameter {
        key: "warm-up",
        label: "Warm-up",
        doc: prose(
            "The beginning of the run that is left out of the results; shorter than the duration.",
        ),
        quantity: Quantity::Duration {
            min: SimDuration::ZERO,
            max: SimDuration::from_secs(3600),
            never: None,
        },
        default: "10s",
        source: None,
    },
    Parameter {
        key: "speed",
        label: "Speed",
        doc: prose("How fast simulated time passes when the live figure starts."),
        quantity: Quantity::Speed,
        default: "slowed 50x",
        source: None,
    },
];

/// The latency of a link for which nothing else is said.
pub const LINK_LATENCY: SimDuration = SimDuration::from_micros(250);

/// What can be set on a link.
pub static LINK: [Parameter; 1] = [Parameter {
    key: "latency",
    label: "Latency, one way",
    doc: prose("How long a message takes in one direction."),
    quantity: Quantity::Duration {
        min: SimDuration::ZERO,
        max: Link::MAX_LATENCY,
        never: None,
    },
    default: "250us",
    source: Some(Source {
        text: "half of the 500 µs round trip inside a data centre in Jeff Dean's table; \
               napkin-math measures 250 µs for the round trip",
        url: Some(prose("https://github.com/sirupsen/napkin-math")),
        date: Some(prose("2026-03")),
        quality: Quality::RuleOfThumb,
    }),
}];

/// A setting of a document by its key.
pub(crate) fn setting(key: &str) -> Option<&'static Parameter> {
    SETTINGS.iter().find(|parameter| parameter.key == key)
}

#[cfg(test)]
mod tests;
