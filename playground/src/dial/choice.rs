//! A choice of one of a few words, for every node of a kind.

use diagram::parameter::{self, value_text};
use diagram::quantity::Quantity;
use diagram::{Document, Edit};
use simulator::Kind;

use super::{Face, names, set};

/// What the choice shows: the value of the first such node.
pub(super) fn choice(document: &Document, kind: Kind, key: &str) -> Face {
    let parameter = parameter::parameters(kind)
        .iter()
        .find(|parameter| parameter.key == key);
    match (
        parameter.map(|it| it.quantity),
        first_value(document, kind, key),
    ) {
        (Some(Quantity::Choice(choices)), Some(present)) => Face::Choice {
            choices: choices
                .iter()
                .map(|choice| (choice.text.to_owned(), choice.label.to_owned()))
                .collect(),
            present,
        },
        _ => Face::Nothing,
    }
}

/// The edits that choose `value` for all of them.
pub(super) fn choose(document: &Document, kind: Kind, key: &str, value: &str) -> Vec<Edit> {
    names(document, kind)
        .map(|name| set(name, key, value))
        .collect()
}

/// The value of the first node of that kind.
pub(super) fn first_value(document: &Document, kind: Kind, key: &str) -> Option<String> {
    let node = document
        .nodes()
        .iter()
        .find(|node| node.kind.kind() == kind)?;
    value_text(&node.kind, key)
}
