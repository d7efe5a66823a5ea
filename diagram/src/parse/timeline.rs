//! The timeline: what happens during a run.

use std::ops::Range;

use simulator::SimTime;
use toml::de::DeValue;

use super::section::{At, Problems, Section, list, what};
use super::setting::{path_of, read_set};
use super::sound::Doubts;
use crate::document::{Document, MAX_TIMELINE, Timed};
use crate::edit::{Edit, EditError, Rehearsal, canonical, check_factor};
use crate::kind;
use crate::parameter::{LINK, Values};
use crate::quantity::{Fault, parse_duration, quote};
use crate::suggestion::did_you_mean;

/// What an entry can do, each with the keys that go with it.
const VERBS: [(&str, &[&str]); 10] = [
    ("kill", &[]),
    ("slow", &["factor"]),
    ("heal", &[]),
    ("set", &[]),
    ("duplicate", &["as"]),
    ("remove", &[]),
    ("rename", &["to"]),
    ("add", &["kind"]),
    ("connect", &[]),
    ("disconnect", &[]),
];

pub(super) fn read_timeline(root: &Section<'_, '_>, problems: &mut Problems) -> Vec<At<Timed>> {
    let mut timeline = Vec::new();
    let entries = list(root, "timeline", problems);
    if entries.len() > MAX_TIMELINE {
        let fault = Fault::new(format!(
            "the timeline has {} entries; at most {MAX_TIMELINE} fit",
            entries.len()
        ));
        problems.add(entries[MAX_TIMELINE].span(), "timeline", fault);
        return timeline;
    }
    for (place, value) in entries.iter().enumerate() {
        if let Some(section) = Section::of(value, &format!("timeline[{place}]"), problems) {
            read_entry(&section, &mut timeline, problems);
        }
    }
    // An entry may set many things.
    if let Some(first) = timeline.get(MAX_TIMELINE) {
        let fault = Fault::new(format!(
            "the timeline has {} changes; at most {MAX_TIMELINE} fit",
            timeline.len()
        ));
        problems.add(first.span.clone(), "timeline", fault);
        return Vec::new();
    }
    // Stable: entries of the same moment happen in the order in which they are written.
    timeline.sort_by_key(|entry| entry.what.at);
    timeline
}

fn read_entry(section: &Section<'_, '_>, timeline: &mut Vec<At<Timed>>, problems: &mut Problems) {
    let verbs: Vec<&(&str, &[&str])> = VERBS
        .iter()
        .filter(|(verb, _)| section.get(verb).is_some())
        .collect();
    let known: Vec<&str> = match verbs.as_slice() {
        [(verb, companions)] => ["at", verb]
            .iter()
            .chain(companions.iter())
            .copied()
            .collect(),
        _ => VERBS
            .iter()
            .flat_map(|(verb, companions)| companions.iter().chain([verb]))
            .chain([&"at"])
            .copied()
            .collect(),
    };
    section.expect_keys(&known, problems);
    let at = read_moment(section, problems);
    let verb = match verbs.as_slice() {
        [(verb, _)] => *verb,
        [] => {
            let words: Vec<&str> = VERBS.iter().map(|(verb, _)| *verb).collect();
            let fault = Fault::with_help(
                "this entry does not say what happens",
                format!("it needs one of {}", words.join(", ")),
            );
            problems.add(section.span.clone(), &section.at, fault);
            return;
        }
        _ => {
            let words: Vec<&str> = verbs.iter().map(|(verb, _)| *verb).collect();
            let fault = Fault::with_help(
                format!(
                    "this entry does several things at once: {}",
                    words.join(", ")
                ),
                "write one entry for each",
            );
            problems.add(section.span.clone(), &section.at, fault);
            return;
        }
    };
    for (span, edit) in read_verb(section, verb, problems) {
        let path = match &edit {
            Edit::Set { path, .. } => path_of(&section.path(verb), path),
            _ => section.path(verb),
        };
        timeline.push(At {
            span,
            at: path,
            what: Timed { at, edit },
        });
    }
}

fn read_moment(section: &Section<'_, '_>, problems: &mut Problems) -> SimTime {
    let Some((text, span)) = section.required_text("at", "20s", problems) else {
        return SimTime::ZERO;
    };
    match parse_duration(text.trim()) {
        Ok(at) => SimTime::from_nanos(at.as_nanos()),
        Err(fault) => {
            problems.add(span, &section.path("at"), fault);
            SimTime::ZERO
        }
    }
}

/// The edits of an entry: one, or one for each setting of a `set`.
fn read_verb(
    section: &Section<'_, '_>,
    verb: &str,
    problems: &mut Problems,
) -> Vec<(Range<usize>, Edit)> {
    if verb == "set" {
        return read_set(section, problems)
            .into_iter()
            .map(|(span, (path, value))| (span, Edit::Set { path, value }))
            .collect();
    }
    let mut one = || -> Option<(Range<usize>, Edit)> {
        if let "connect" | "disconnect" = verb {
            let (_, value) = section.get(verb)?;
            let ends = Section::of(value, &section.path(verb), problems)?;
            let table: &'static [_] = if verb == "connect" { &LINK } else { &[] };
            let values = ends.read_all(table, &["from", "to"], problems);
            let from = ends.required_text("from", "web", problems);
            let to = ends.required_text("to", "db", problems);
            let ((from, _), (to, _)) = (from?, to?);
            let edit = if verb == "connect" {
                let latency = Values::new(&LINK, &values).duration("latency");
                Edit::Connect { from, to, latency }
            } else {
                Edit::Disconnect { from, to }
            };
            return Some((value.span(), edit));
        }
        let (name, span) = section.text(verb, problems)?;
        let edit = match verb {
            "kill" => Edit::Kill { name },
            "heal" => Edit::Heal { name },
            "remove" => Edit::Remove { name },
            "slow" => Edit::Slow {
                name,
                factor: read_factor(section, problems)?,
            },
            "duplicate" => {
                let (as_name, _) = section.required_text("as", "web-5", problems)?;
                Edit::Duplicate { name, as_name }
            }
            "rename" => {
                let (to, _) = section.required_text("to", "web-5", problems)?;
                Edit::Rename { name, to }
            }
            _ => {
                let (text, span) = section.required_text("kind", "server", problems)?;
                let Some(kind) = kind::from_key(&text) else {
                    let keys = simulator::Kind::ALL.map(kind::key);
                    let fault = Fault {
                        message: format!("there is no kind {}", quote(&text)),
                        help: did_you_mean(&text, keys),
                    };
                    problems.add(span, &section.path("kind"), fault);
                    return None;
                };
                Edit::Add { name, kind }
            }
        };
        Some((span, edit))
    };
    one().into_iter().collect()
}

fn read_factor(section: &Section<'_, '_>, problems: &mut Problems) -> Option<f64> {
    let Some((_, value)) = section.get("factor") else {
        let fault = Fault::with_help("the key \"factor\" is missing here", "write factor = 10");
        problems.add(section.span.clone(), &section.at, fault);
        return None;
    };
    let number = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    };
    let fault = match number {
        None => Fault::with_help(
            format!("a number is expected here, not {}", what(value.get_ref())),
            "write factor = 10",
        ),
        Some(factor) => match check_factor(factor) {
            Ok(()) => return number,
            Err(fault) => fault,
        },
    };
    problems.add(value.span(), &section.path("factor"), fault);
    None
}

/// Carries the timeline out on the document, entry after entry, and reports what is impossible.
pub(super) fn check_timeline(
    document: &mut Document,
    timeline: Vec<At<Timed>>,
    doubts: &Doubts,
    problems: &mut Problems,
) {
    let mut rehearsal = Rehearsal::of(document);
    for At {
        span,
        at,
        what: Timed { at: moment, edit },
    } in timeline
    {
        if rehearsal.is_over() || problems.are_enough() {
            break;
        }
        match carry_out(&mut rehearsal, edit.clone()) {
            Ok(edit) => document.timeline.push(Timed { at: moment, edit }),
            Err(_) if doubts.excuse(rehearsal.present(), &edit) => {}
            Err(EditError { message, help }) => problems.add(span, &at, Fault { message, help }),
        }
    }
}

fn carry_out(rehearsal: &mut Rehearsal, edit: Edit) -> Result<Edit, EditError> {
    edit.check_in_run()?;
    let edit = match edit {
        Edit::Set { path, value } => {
            let value = canonical(rehearsal.present(), &path, &value)?;
            Edit::Set { path, value }
        }
        edit => edit,
    };
    rehearsal.carry_out(&edit)?;
    Ok(edit)
}
