//! Nodes and groups of them.

use std::ops::Range;

use simulator::cost::NodeCost;
use simulator::{Kind, NodeKind, Scenario};

use super::section::{Problems, Section, shown, what, whole_number};
use crate::cost::{self, COST};
use crate::document::DiagramNode;
use crate::kind;
use crate::name::check_name;
use crate::quantity::{Fault, Quantity, Value, quote};
use crate::suggestion::{did_you_mean, nearest};

/// Reads every node. `places` gets the bytes and the path of each, `unread` the names of those of
/// which nothing but the name is certain.
pub(super) fn read(
    root: &Section<'_, '_>,
    places: &mut Vec<(Range<usize>, String)>,
    unread: &mut Vec<String>,
    problems: &mut Problems,
) -> Vec<DiagramNode> {
    let mut nodes: Vec<DiagramNode> = Vec::new();
    let Some((_, tables)) = root.get("nodes") else {
        return nodes;
    };
    let Some(tables) = Section::of(tables, "nodes", problems) else {
        return nodes;
    };
    for (key, value) in tables.entries() {
        let name: &str = key.get_ref();
        let at = tables.path(shown(name));
        if let Err(fault) = check_name(name) {
            problems.add(key.span(), "nodes", fault);
            continue;
        }
        let section = Section::of(value, &at, problems).map(|mut section| {
            section.span = key.span();
            section
        });
        let Written {
            kind,
            cost,
            count,
            is_certain,
        } = section.map_or_else(Written::default, |section| read_node(&section, problems));
        let names = match count {
            None => vec![name.to_owned()],
            Some(count) => (1..=count)
                .map(|number| format!("{name}-{number}"))
                .collect(),
        };
        for name in names {
            // The reader of TOML has seen to it that no table comes twice, but a group may meet a
            // single node.
            if nodes.len() <= Scenario::MAX_NODES {
                if !is_certain {
                    unread.push(name.clone());
                }
                nodes.push(DiagramNode {
                    name,
                    kind: kind.clone(),
                    cost,
                    position: None,
                });
                places.push((key.span(), at.clone()));
            }
        }
    }
    nodes
}

/// What the table of a node says.
struct Written {
    kind: NodeKind,
    cost: Option<NodeCost>,
    count: Option<u64>,
    /// Whether it says the kind, or nearly: what was most likely meant is taken for it.
    is_certain: bool,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            kind: kind::default(Kind::Server),
            cost: None,
            count: None,
            is_certain: false,
        }
    }
}

fn read_node(section: &Section<'_, '_>, problems: &mut Problems) -> Written {
    let kind = read_kind(section, problems);
    let count = read_count(section, problems);
    let Some(kind) = kind else {
        // Which keys and values it may have, nobody knows.
        return Written {
            count,
            ..Written::default()
        };
    };
    let values = section.read_all(kind::table(kind), &["kind", "count", cost::KEY], problems);
    Written {
        kind: kind::read(kind, &values),
        cost: cost::read(&section.read(&COST, problems)),
        count,
        is_certain: true,
    }
}

/// The kind that is written or, where that is none, the one that was most likely meant.
fn read_kind(section: &Section<'_, '_>, problems: &mut Problems) -> Option<Kind> {
    let (text, span) = section.required_text("kind", "server", problems)?;
    let keys = Kind::ALL.map(kind::key);
    kind::from_key(&text).or_else(|| {
        let fault = Fault {
            message: format!("there is no kind {}", quote(&text)),
            help: did_you_mean(&text, keys)
                .or_else(|| Some(format!("the kinds are {}", keys.join(", ")))),
        };
        problems.add(span, &section.path("kind"), fault);
        nearest(&text, keys).and_then(kind::from_key)
    })
}

fn read_count(section: &Section<'_, '_>, problems: &mut Problems) -> Option<u64> {
    let (_, value) = section.get("count")?;
    let quantity = Quantity::Count {
        min: 1,
        max: Scenario::MAX_NODES as u64,
    };
    let result = match whole_number(value.get_ref()) {
        Some(digits) => quantity.parse(&digits),
        None => Err(Fault::new(format!(
            "{} is expected here, not {}",
            quantity.describe(),
            what(value.get_ref())
        ))),
    };
    match result {
        Ok(Value::Count(count)) => Some(count),
        Ok(_) => None,
        Err(fault) => {
            problems.add(value.span(), &section.path("count"), fault);
            // The group still exists, so that links to it are not reported too.
            Some(1)
        }
    }
}
