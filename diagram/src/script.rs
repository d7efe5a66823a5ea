//! A document as a list of edits from an empty one, each a list of words.
//!
//! A live figure gets its document in this form: it only has to be carried out, so a page with
//! figures downloads no reader of TOML. [`read`] gives the very document that [`write()`] was given.
//!
//! ```text
//! ["set", "seed", "7"]                  a setting of the document, a node or a link
//! ["add", "web-1", "server"]            a node
//! ["connect", "users", "web-1", "20ms"] a link
//! ["move", "web-1", "3", "1"]           its place on the screen
//! ["controls", "load", "faults"]        where they are not the usual ones
//! ["at", "20s", "kill", "web-2"]        the timeline: a moment, then an edit
//! ["variant", "name", "Label", path, value, …]
//! ```

mod edits;

use simulator::{SimDuration, SimTime};

use crate::control::Control;
use crate::diff::diff;
use crate::document::{Document, Draft, Timed, Variant};
use crate::edit::Edit;
use crate::kind;
use crate::quantity::{format_duration, parse_duration, parse_number};
use crate::shortest::Shortest;

pub use edits::{EditsError, MAX_EDITS, read_edits, write_edits};

/// The words that lead from an empty document to this one.
#[must_use]
pub fn write(document: &Document) -> Vec<Vec<String>> {
    let mut script: Vec<Vec<String>> = diff(&Document::empty(), document)
        .iter()
        .map(words)
        .collect();
    if let Some(controls) = &document.settings.controls {
        let keys = controls.iter().map(|control| control.key().into_owned());
        script.push(std::iter::once("controls".to_owned()).chain(keys).collect());
    }
    for Timed { at, edit } in document.timeline() {
        let at = format_duration(SimDuration::from_nanos(at.as_nanos()));
        let mut line = vec!["at".to_owned(), at];
        line.extend(words(edit));
        script.push(line);
    }
    for variant in document.variants() {
        let mut line = vec!["variant".to_owned(), variant.name.clone()];
        line.push(variant.label.clone());
        for (path, value) in &variant.settings {
            line.extend([path.clone(), value.clone()]);
        }
        script.push(line);
    }
    script
}

/// The document that a script leads to; `None` where a line has no meaning or cannot be carried out.
#[must_use]
pub fn read<W: AsRef<str>>(script: &[Vec<W>]) -> Option<Document> {
    let mut document = Document::empty();
    let mut controls = None;
    let (mut timeline, mut variants) = (Vec::new(), Vec::new());
    for line in script {
        let line: Vec<&str> = line.iter().map(AsRef::as_ref).collect();
        match line.as_slice() {
            ["controls", keys @ ..] => {
                controls = Some(
                    keys.iter()
                        .map(|key| Control::from_key(key))
                        .collect::<Option<Vec<_>>>()?,
                );
            }
            ["at", at, what @ ..] => timeline.push(Timed {
                at: SimTime::ZERO + parse_duration(at).ok()?,
                edit: edit(what)?,
            }),
            ["variant", name, label, settings @ ..] => variants.push(Variant {
                name: (*name).to_owned(),
                label: (*label).to_owned(),
                settings: settings
                    .chunks_exact(2)
                    .map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
                    .collect(),
            }),
            what => document = document.apply_alone(&edit(what)?).ok()?,
        }
    }
    let mut draft = Draft::of(&document);
    draft.settings.controls = controls;
    draft.timeline = timeline;
    draft.variants = variants;
    let mut document = draft.build().ok()?;
    document.drop_impossible();
    Some(document)
}

fn words(edit: &Edit) -> Vec<String> {
    let latency_text;
    let (x_text, y_text);
    let words: &[&str] = match edit {
        Edit::Set { path, value } => &["set", path, value],
        Edit::Add { name, kind } => &["add", name, kind::key(*kind)],
        Edit::Duplicate { name, as_name } => &["duplicate", name, as_name],
        Edit::Remove { name } => &["remove", name],
        Edit::Rename { name, to } => &["rename", name, to],
        Edit::Connect { from, to, latency } => {
            latency_text = format_duration(*latency);
            &["connect", from, to, &latency_text]
        }
        Edit::Disconnect { from, to } => &["disconnect", from, to],
        Edit::Move { name, x, y } => {
            (x_text, y_text) = (x.to_string(), y.to_string());
            &["move", name, &x_text, &y_text]
        }
        Edit::Kill { name } => &["kill", name],
        Edit::Slow { name, factor } => {
            x_text = Shortest(*factor).to_string();
            &["slow", name, &x_text]
        }
        Edit::Heal { name } => &["heal", name],
    };
    words.iter().map(|&word| word.to_owned()).collect()
}

fn edit(words: &[&str]) -> Option<Edit> {
    let own = |word: &str| word.to_owned();
    Some(match *words {
        ["set", path, value] => Edit::Set {
            path: own(path),
            value: own(value),
        },
        ["add", name, kind] => Edit::Add {
            name: own(name),
            kind: kind::from_key(kind)?,
        },
        ["duplicate", name, as_name] => Edit::Duplicate {
            name: own(name),
            as_name: own(as_name),
        },
        ["remove", name] => Edit::Remove { name: own(name) },
        ["rename", name, to] => Edit::Rename {
            name: own(name),
            to: own(to),
        },
        ["connect", from, to, latency] => Edit::Connect {
            from: own(from),
            to: own(to),
            latency: parse_duration(latency).ok()?,
        },
        ["disconnect", from, to] => Edit::Disconnect {
            from: own(from),
            to: own(to),
        },
        ["move", name, x, y] => Edit::Move {
            name: own(name),
            x: x.parse().ok()?,
            y: y.parse().ok()?,
        },
        ["kill", name] => Edit::Kill { name: own(name) },
        ["slow", name, factor] => Edit::Slow {
            name: own(name),
            factor: parse_number(factor)?,
        },
        ["heal", name] => Edit::Heal { name: own(name) },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_meaning_is_refused() {
        for line in [
            vec![],
            vec!["set", "seed"],
            vec!["set", "seed", "many"],
            vec!["add", "web", "cloud"],
            vec!["at", "soon", "kill", "web"],
            vec!["controls", "weather"],
            vec!["connect", "web", "db", "1ms"],
        ] {
            assert_eq!(read(std::slice::from_ref(&line)), None, "{line:?}");
        }
        assert_eq!(read::<&str>(&[]), Some(Document::empty()));
    }
}
