//! A short list of edits as text that fits into an address: what a reader changed in a figure.
//!
//! `1.set,web-1.workers,4;duplicate,web-2,web-3`: the version, then the edits in the words of a
//! script, percent-encoded, parted by commas and semicolons. What is read here was written by
//! anybody: it is bounded, and each edit is checked when it is applied.

use std::fmt;

use simulator::Scenario;

use super::{edit, words};
use crate::document::MAX_LINKS;
use crate::edit::Edit;

const VERSION: &str = "1";
/// The most edits that are read: all that a figure's controls can do at once to the largest system.
/// They turn one setting of a link and at most three of a node, which may also join or leave.
pub const MAX_EDITS: usize = MAX_LINKS + 4 * Scenario::MAX_NODES;
/// The longest text that is read, in characters: so many edits that name two nodes and a value.
const MAX_TEXT: usize = 128 * MAX_EDITS;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Why a text is no list of edits: a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditsError {
    /// It is of a version that is not known here, or has none.
    UnknownVersion,
    /// There are more than [`MAX_EDITS`] edits, or more text than those need.
    TooLong,
    /// It was cut off or changed on its way, or never was a list of edits.
    Damaged,
}

impl fmt::Display for EditsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownVersion => "They are of a version that this page does not know.",
            Self::TooLong => "There are more of them than a link can carry.",
            Self::Damaged => "A part of them is damaged or missing.",
        })
    }
}

impl std::error::Error for EditsError {}

/// The edits as text for an address; empty where there are none.
///
/// # Errors
/// [`EditsError::TooLong`] where [`read_edits`] would not read so much.
pub fn write_edits(edits: &[Edit]) -> Result<String, EditsError> {
    let mut text = String::new();
    for (i, edit) in edits.iter().enumerate() {
        text.push_str(if i == 0 { "1." } else { ";" });
        for (i, word) in words(edit).iter().enumerate() {
            if i > 0 {
                text.push(',');
            }
            for byte in word.bytes() {
                if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
                    text.push(char::from(byte));
                } else {
                    text.push('%');
                    text.push(char::from(HEX[usize::from(byte >> 4)]));
                    text.push(char::from(HEX[usize::from(byte & 15)]));
                }
            }
        }
    }
    if edits.len() > MAX_EDITS || text.len() > MAX_TEXT {
        return Err(EditsError::TooLong);
    }
    Ok(text)
}

/// The edits that [`write_edits`] wrote, of this or an earlier release. Faults are not among them:
/// they act on a run, not on a document.
///
/// # Errors
/// An [`EditsError`] that says what is wrong with the text.
pub fn read_edits(text: &str) -> Result<Vec<Edit>, EditsError> {
    if text.len() > MAX_TEXT {
        return Err(EditsError::TooLong);
    }
    let (version, list) = text.split_once('.').ok_or(EditsError::Damaged)?;
    if version != VERSION {
        return Err(EditsError::UnknownVersion);
    }
    if list.split(';').count() > MAX_EDITS {
        return Err(EditsError::TooLong);
    }
    list.split(';')
        .map(|line| one(line).ok_or(EditsError::Damaged))
        .collect()
}

fn one(line: &str) -> Option<Edit> {
    let words: Vec<String> = line.split(',').map(decoded).collect::<Option<_>>()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let edit = edit(&words)?;
    let is_fault = matches!(
        edit,
        Edit::Kill { .. } | Edit::Slow { .. } | Edit::Heal { .. }
    );
    (!is_fault).then_some(edit)
}

fn decoded(word: &str) -> Option<String> {
    let mut bytes = word.bytes();
    let mut decoded = Vec::with_capacity(word.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let (high, low) = (bytes.next()?, bytes.next()?);
            digit(high)? << 4 | digit(low)?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use simulator::{Kind, SimDuration};

    use super::*;

    fn own(word: &str) -> String {
        word.to_owned()
    }

    fn set(path: &str, value: &str) -> Edit {
        Edit::Set {
            path: own(path),
            value: own(value),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let edits = [
            set("users.rate", "2,000/s"),
            set("web -> db.latency", "1.5ms"),
            set("title", "Größe; 100%, \"ja\"&e=<b>#"),
            Edit::Add {
                name: own("cache"),
                kind: Kind::Database,
            },
            Edit::Duplicate {
                name: own("web-1"),
                as_name: own("web-2"),
            },
            Edit::Remove { name: own("web-1") },
            Edit::Rename {
                name: own("db"),
                to: own("main-db"),
            },
            Edit::Connect {
                from: own("web"),
                to: own("main-db"),
                latency: SimDuration::from_micros(250),
            },
            Edit::Disconnect {
                from: own("web"),
                to: own("main-db"),
            },
            Edit::Move {
                name: own("cache"),
                x: -1,
                y: 3,
            },
        ];
        let text = write_edits(&edits).expect("they are few");
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._/%,;".contains(&byte)),
            "{text}"
        );
        assert_eq!(read_edits(&text).as_deref(), Ok(edits.as_slice()));
    }

    #[test]
    fn a_link_that_was_published_stays_readable() {
        let text = "1.set,users.rate,300/s;duplicate,web-2,web-3;set,web%20-%3E%20db.latency,1ms";
        let copy = Edit::Duplicate {
            name: own("web-2"),
            as_name: own("web-3"),
        };
        let edits = [
            set("users.rate", "300/s"),
            copy,
            set("web -> db.latency", "1ms"),
        ];
        assert_eq!(read_edits(text).as_deref(), Ok(edits.as_slice()));
        assert_eq!(write_edits(&edits).as_deref(), Ok(text));
    }

    #[test]
    fn no_edits_are_no_text() {
        assert_eq!(write_edits(&[]).as_deref(), Ok(""));
    }

    #[test]
    fn what_is_too_long_to_be_read_is_not_written() {
        let many = vec![set("users.rate", "1/s"); MAX_EDITS + 1];
        let long = [set("title", &"x".repeat(MAX_TEXT))];
        for edits in [many.as_slice(), long.as_slice()] {
            assert_eq!(write_edits(edits), Err(EditsError::TooLong));
        }
        assert!(write_edits(&many[1..]).is_ok());
    }

    #[test]
    fn hostile_texts_are_refused_in_words() {
        let long = format!("1.{}", "a".repeat(MAX_TEXT));
        let many = format!("1.{}", "remove,a;".repeat(MAX_EDITS));
        for (text, error) in [
            ("", EditsError::Damaged),
            ("1.", EditsError::Damaged),
            ("1.;", EditsError::Damaged),
            ("set,a.rate,1/s", EditsError::UnknownVersion),
            ("2.remove,a", EditsError::UnknownVersion),
            ("1.remove", EditsError::Damaged),
            ("1.remove,a,b", EditsError::Damaged),
            ("1.remove,a;explode,b", EditsError::Damaged),
            ("1.remove,%", EditsError::Damaged),
            ("1.remove,%4", EditsError::Damaged),
            ("1.remove,%zz", EditsError::Damaged),
            ("1.remove,%+1", EditsError::Damaged),
            ("1.remove,%FF", EditsError::Damaged),
            ("1.kill,a", EditsError::Damaged),
            (long.as_str(), EditsError::TooLong),
            (many.as_str(), EditsError::TooLong),
        ] {
            let shown = text.get(..20).unwrap_or(text);
            assert_eq!(read_edits(text), Err(error.clone()), "{shown}");
            assert!(error.to_string().ends_with('.'));
        }
    }
}
