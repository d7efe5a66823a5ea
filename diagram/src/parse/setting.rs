//! Settings by their paths: `set = { "users.rate" = "200/s" }`.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeValue};

use super::section::{Problems, Section, plain_text, what};
use crate::quantity::{Fault, quote};

/// A path and a value with their place.
pub(super) type Setting = (Range<usize>, (String, String));

/// The settings under the key `set`, in the order in which they are written.
pub(super) fn read_set(section: &Section<'_, '_>, problems: &mut Problems) -> Vec<Setting> {
    let Some((_, value)) = section.get("set") else {
        return Vec::new();
    };
    let Some(settings) = Section::of(value, &section.path("set"), problems) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    flatten(&settings, "", 0, &mut found, problems);
    found
}

/// How many tables lie around the field of a group: `node.group.field`.
const MAX_DEPTH: usize = 2;

/// The path of a setting inside the document: `variants[0].set.users.rate`.
pub(super) fn path_of(set: &str, path: &str) -> String {
    format!("{set}.{}", quote(path).trim_matches('"'))
}

/// The settings of a table. An unquoted `users.rate = "200/s"` is a table in a table to TOML, and
/// means the same as the quoted path.
fn flatten(
    section: &Section<'_, '_>,
    prefix: &str,
    depth: usize,
    found: &mut Vec<Setting>,
    problems: &mut Problems,
) {
    for (key, value) in section.entries() {
        let path = format!("{prefix}{}", key.get_ref());
        let is_node = depth == 0 && !path.contains(['.', '>']);
        let is_part_of_path = is_node || (depth < MAX_DEPTH && is_before_dot(key, value));
        if let (DeValue::Table(_), true) = (value.get_ref(), is_part_of_path) {
            if let Some(inner) = Section::of(value, &section.at, problems) {
                flatten(&inner, &format!("{path}."), depth + 1, found, problems);
            }
            continue;
        }
        match plain_text(value.get_ref()) {
            Some(text) => found.push((span_of(key.span(), value), (path, text))),
            None => {
                let fault = Fault::new(format!(
                    "a value in quotes or a whole number is expected here, not {}",
                    what(value.get_ref())
                ));
                problems.add(value.span(), &section.at, fault);
            }
        }
    }
}

/// Whether `key` is a part of a dotted key, rather than a table in braces: a group in braces is
/// set as a whole, while a path leads to one of its fields. The reader of TOML tells the two apart
/// only by their place: a table that nothing but a dot opens stands where its key stands.
fn is_before_dot(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> bool {
    key.span() == value.span()
}

fn span_of(key: Range<usize>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    key.start..value.span().end.max(key.end)
}
