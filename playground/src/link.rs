//! What a link to the playground holds: a scenario, and perhaps what the reader of a figure changed
//! in it.
//!
//! In the address it is `#s=<scenario>` or `#s=<scenario>&e=<edits>`. Anybody can have written it.

use diagram::share::{self, ShareError};
use diagram::{Document, script};

use crate::model::Status;
use crate::text;

/// What parts the scenario from the edits.
const EDITS: &str = "&e=";

/// A link that could be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The scenario.
    pub authored: Document,
    /// The scenario with the edits; the same where there are none, or where they are damaged.
    pub design: Document,
    /// What to say about it.
    pub status: Status,
}

/// Reads what stands behind `#s=`.
///
/// # Errors
/// A [`ShareError`] if not even the scenario can be read.
pub fn open(fragment: &str) -> Result<Link, ShareError> {
    let (code, edits) = match fragment.split_once(EDITS) {
        Some((code, edits)) => (code, Some(edits)),
        None => (fragment, None),
    };
    let authored = share::decode(code)?;
    let (design, status) = match edits.map(|edits| changed(&authored, edits)) {
        None => (authored.clone(), Status::said(text::LINK_OPENED)),
        Some(Ok(design)) => (design, Status::said(text::FIGURE_OPENED)),
        Some(Err(reason)) => {
            let status = Status::failed(text::changes_refused(&reason));
            (authored.clone(), status)
        }
    };
    Ok(Link {
        authored,
        design,
        status,
    })
}

/// The document with all of the edits, or why that is not possible.
fn changed(authored: &Document, edits: &str) -> Result<Document, String> {
    let edits = script::read_edits(edits).map_err(|error| error.to_string())?;
    authored
        .apply_all(&edits)
        .map_err(|error| format!("One of them does not fit it: {error}."))
}

#[cfg(test)]
mod tests {
    use diagram::Edit;

    use super::*;

    fn code() -> String {
        share::encode(&Document::default_playground()).expect("it is small")
    }

    #[test]
    fn a_link_without_edits_is_its_scenario() {
        let link = open(&code()).expect("it is a link");
        assert_eq!(link.authored, Document::default_playground());
        assert_eq!(link.design, link.authored);
        assert_eq!(link.status, Status::said(text::LINK_OPENED));
    }

    #[test]
    fn a_link_with_edits_is_what_they_make_of_the_scenario() {
        let edits = [
            Edit::Duplicate {
                name: "web-2".to_owned(),
                as_name: "web-9".to_owned(),
            },
            Edit::Set {
                path: "web-9.workers".to_owned(),
                value: "7".to_owned(),
            },
        ];
        let link = open(&format!(
            "{}&e={}",
            code(),
            script::write_edits(&edits).expect("they are few")
        ));
        let link = link.expect("it is a link");
        assert_eq!(link.authored, Document::default_playground());
        assert!(link.design.node("web-9").is_some());
        assert_eq!(link.status, Status::said(text::FIGURE_OPENED));
    }

    #[test]
    fn damaged_edits_leave_the_scenario_as_its_author_made_it_and_say_so() {
        let too_many = format!("1.{}", "remove,a;".repeat(script::MAX_EDITS));
        for edits in [
            "",
            "1.",
            "9.remove,web-1",
            "1.remove,nobody",
            "1.set,web-1.workers,lots",
            "1.remove,web-1;remove,web-1",
            "1.kill,web-1",
            "1.<script>",
            "1.remove,web-1&e=1.remove,web-2",
            too_many.as_str(),
        ] {
            let link = open(&format!("{}&e={edits}", code())).expect("the scenario is valid");
            assert_eq!(link.design, link.authored, "{edits:.20}");
            assert!(link.status.is_error, "{edits:.20}");
            assert!(link.status.text.contains("author"), "{}", link.status.text);
        }
    }

    #[test]
    fn edits_without_a_scenario_are_no_link() {
        assert!(open("&e=1.remove,web-1").is_err());
    }
}
