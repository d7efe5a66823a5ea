//! Variants: further runs of the same document with other settings.

use super::section::{At, Problems, Section, list};
use super::setting::{Setting, path_of, read_set};
use super::sound::Doubts;
use crate::document::{Document, MAX_VARIANT_SETTINGS, MAX_VARIANTS, Variant};
use crate::edit::{Edit, EditError, Rehearsal, canonical};
use crate::name::check_name;
use crate::quantity::{Fault, quote};

/// A variant as it is written: its settings with their places.
pub(super) struct WrittenVariant {
    name: String,
    label: String,
    settings: Vec<Setting>,
}

pub(super) fn read_variants(
    root: &Section<'_, '_>,
    problems: &mut Problems,
) -> Vec<At<WrittenVariant>> {
    let mut variants: Vec<At<WrittenVariant>> = Vec::new();
    for (place, value) in list(root, "variants", problems).iter().enumerate() {
        let at = format!("variants[{place}]");
        if place >= MAX_VARIANTS {
            let fault = Fault::new(format!("at most {MAX_VARIANTS} variants fit"));
            problems.add(value.span(), "variants", fault);
            break;
        }
        let Some(section) = Section::of(value, &at, problems) else {
            continue;
        };
        section.expect_keys(&["name", "label", "set"], problems);
        let settings = read_set(&section, problems);
        if settings.len() > MAX_VARIANT_SETTINGS {
            let fault = Fault::new(format!(
                "a variant has at most {MAX_VARIANT_SETTINGS} settings"
            ));
            problems.add(section.span.clone(), &at, fault);
            continue;
        }
        let Some((name, span)) = section.required_text("name", "at-100", problems) else {
            continue;
        };
        let label = section.text("label", problems).map_or_else(
            || name.clone(),
            |(text, span)| {
                if text.chars().count() > 200 || text.chars().any(char::is_control) {
                    let fault = Fault::new("a label is at most 200 characters on one line");
                    problems.add(span, &section.path("label"), fault);
                }
                text
            },
        );
        if let Err(fault) = check_name(&name) {
            problems.add(span.clone(), &section.path("name"), fault);
        } else if variants.iter().any(|other| other.what.name == name) {
            let fault = Fault::new(format!("there is another variant called {}", quote(&name)));
            problems.add(span.clone(), &section.path("name"), fault);
        }
        variants.push(At {
            span,
            at,
            what: WrittenVariant {
                name,
                label,
                settings,
            },
        });
    }
    variants
}

/// Applies each variant to the document and reports what is impossible.
pub(super) fn check_variants(
    document: &mut Document,
    variants: Vec<At<WrittenVariant>>,
    doubts: &Doubts,
    problems: &mut Problems,
) {
    let mut rehearsal = Rehearsal::of(document);
    for At {
        at,
        what: WrittenVariant {
            name,
            label,
            settings,
        },
        ..
    } in variants
    {
        rehearsal.begin_again();
        let mut kept = Vec::new();
        for (span, (path, value)) in settings {
            if rehearsal.is_over() || problems.are_enough() {
                break;
            }
            let result = canonical(rehearsal.present(), &path, &value).and_then(|value| {
                let (path, set) = (path.clone(), value.clone());
                rehearsal.carry_out(&Edit::Set { path, value: set })?;
                Ok(value)
            });
            match result {
                Ok(value) => kept.push((path, value)),
                Err(EditError { message, help }) => {
                    let at = path_of(&format!("{at}.set"), &path);
                    if !doubts.excuse(rehearsal.present(), &Edit::Set { path, value }) {
                        problems.add(span, &at, Fault { message, help });
                    }
                }
            }
        }
        document.variants.push(Variant {
            name,
            label,
            settings: kept,
        });
    }
}
