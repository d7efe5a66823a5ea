//! Share links: a document as text that fits behind `#s=` in an address.
//!
//! A link is `1.` and then the document's TOML, deflated, in the URL-safe alphabet of base 64. The
//! number in front is the version; every version ever published stays readable. What is read here
//! was written by anybody: it is bounded before it is unpacked and checked like any other document.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::document::{Document, MAX_TEXT};
use crate::problem::Problem;
use crate::run::Run;

/// The longest link that is read, in characters.
pub const MAX_LINK: usize = 16 * 1024;

/// The strongest of the usual levels; a document is small, so time does not matter.
const LEVEL: u8 = 9;

/// Why a link cannot be opened: a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// It does not begin with a version.
    NotALink,
    /// It is of a version that is not known here.
    UnknownVersion(String),
    /// It is longer than [`MAX_LINK`], or unpacks to more than [`MAX_TEXT`].
    TooLong,
    /// It was cut off or changed on its way.
    Damaged,
    /// It holds a text that is not a document.
    NotADocument(Vec<Problem>),
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => f.write_str("This is not a share link."),
            Self::UnknownVersion(version) => write!(
                f,
                "This share link is of version {version}, which is newer than this page. Reload the page and try again."
            ),
            Self::TooLong => f.write_str("The scenario is longer than a share link may be."),
            Self::Damaged => {
                f.write_str("This share link is damaged: a part of it seems to be missing.")
            }
            Self::NotADocument(problems) => {
                f.write_str("This share link does not hold a valid scenario")?;
                match problems.first() {
                    Some(problem) => write!(f, ": {problem}."),
                    None => f.write_str("."),
                }
            }
        }
    }
}

impl std::error::Error for ShareError {}

/// The document as text for a link that [`decode`] reads.
///
/// # Errors
/// [`ShareError::TooLong`] for a document that no link can hold, such as a recording of very many
/// changes.
pub fn encode(document: &Document) -> Result<String, ShareError> {
    let text = document.to_toml();
    let packed = compress_to_vec(text.as_bytes(), LEVEL);
    let link = format!("1.{}", URL_SAFE_NO_PAD.encode(packed));
    if text.len() > MAX_TEXT || link.len() > MAX_LINK {
        return Err(ShareError::TooLong);
    }
    Ok(link)
}

/// A run as text for a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedRun {
    /// What [`decode`] reads.
    pub code: String,
    /// Whether it reproduces the run. Otherwise it holds the system as it is now.
    pub is_exact: bool,
}

/// The recording of `run`, or its design where more was done than a link can hold.
///
/// # Errors
/// [`ShareError::TooLong`] where even the design does not fit.
pub fn encode_run(run: &Run) -> Result<SharedRun, ShareError> {
    if run.is_recording_exact()
        && let Ok(code) = encode(&run.recording())
    {
        let is_exact = true;
        return Ok(SharedRun { code, is_exact });
    }
    let code = encode(run.design())?;
    let is_exact = false;
    Ok(SharedRun { code, is_exact })
}

/// The document in a link made by [`encode`] of this or an earlier release.
///
/// # Errors
/// A [`ShareError`] that says what is wrong with the link.
pub fn decode(link: &str) -> Result<Document, ShareError> {
    let link = link.trim();
    if link.len() > MAX_LINK {
        return Err(ShareError::TooLong);
    }
    let (version, packed) = link.split_once('.').ok_or(ShareError::NotALink)?;
    if version.is_empty() || version.len() > 4 || !version.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ShareError::NotALink);
    }
    if version != "1" {
        return Err(ShareError::UnknownVersion(version.to_owned()));
    }
    // Mail programs and people add padding; it says nothing.
    let packed = packed.trim_end_matches('=');
    let packed = URL_SAFE_NO_PAD
        .decode(packed)
        .map_err(|_| ShareError::Damaged)?;
    let text = decompress_to_vec_with_limit(&packed, MAX_TEXT).map_err(|error| {
        if error.status == TINFLStatus::HasMoreOutput {
            ShareError::TooLong
        } else {
            ShareError::Damaged
        }
    })?;
    let text = String::from_utf8(text).map_err(|_| ShareError::Damaged)?;
    Document::parse(&text).map_err(ShareError::NotADocument)
}

#[cfg(test)]
mod tests;
