//! What the playground begins with: a link, what was kept of the last visit, or its own example.

use std::rc::Rc;

use diagram::Document;

use crate::history::{History, State};
use crate::kept::{Kept, Opened, Slot};
use crate::link;
use crate::model::{Model, Status};
use crate::text;

/// What the browser has kept, as text that may be anything.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// The reader's own scenario.
    pub own: Option<String>,
    /// What a link brought and the reader changed.
    pub opened: Option<String>,
    /// Which of them was worked on last.
    pub last: Slot,
}

/// What the playground begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// The scenario.
    pub document: Rc<Document>,
    authored: Rc<Document>,
    slot: Slot,
    kept: Kept,
    status: Option<Status>,
    // What was kept and cannot be read: shown, so that it is not lost.
    unreadable: Option<String>,
}

/// What to begin with, where the address holds `fragment` behind `#s=`.
#[must_use]
pub fn begin(fragment: Option<&str>, stored: &Stored) -> Beginning {
    match fragment.map(link::open) {
        Some(Ok(link)) => {
            let mut kept = kept(stored);
            let design_text = link.design.to_toml();
            let is_same = stored.opened.as_ref() == Some(&design_text);
            if kept.opened == Opened::Last && !is_same {
                kept.opened = Opened::Earlier;
            }
            let mut status = link.status;
            status.text.push_str(text::what_is_kept(kept));
            Beginning {
                document: Rc::new(link.design),
                authored: Rc::new(link.authored),
                slot: Slot::Opened,
                kept,
                status: Some(status),
                unreadable: None,
            }
        }
        Some(Err(error)) => {
            let mut beginning = resume(stored);
            let shown = match (&beginning.status, beginning.slot) {
                (None, _) => text::BELOW_IS_THE_EXAMPLE,
                (Some(status), _) if status.is_error => text::BELOW_IS_THE_EXAMPLE_AND_IMPORT,
                (Some(_), Slot::Own) => text::BELOW_IS_YOUR_OWN,
                (Some(_), Slot::Opened) => text::BELOW_IS_FROM_A_LINK,
            };
            let refused = text::link_refused(&error.to_string(), shown);
            beginning.status = Some(Status::failed(refused));
            beginning
        }
        None => resume(stored),
    }
}

fn kept(stored: &Stored) -> Kept {
    Kept {
        own: stored.own.is_some(),
        opened: match stored.opened {
            Some(_) => Opened::Last,
            None => Opened::Nothing,
        },
        is_refused: false,
    }
}

/// What was worked on last, or the example.
fn resume(stored: &Stored) -> Beginning {
    let (slot, text) = match (stored.last, &stored.opened, &stored.own) {
        (Slot::Opened, Some(text), _) | (_, Some(text), None) => (Slot::Opened, Some(text)),
        (_, _, own) => (Slot::Own, own.as_ref()),
    };
    let read = text.map(|text| Document::parse(text).map_err(|_| text));
    let (document, status, unreadable) = match (read, slot) {
        (Some(Ok(document)), Slot::Own) => (document, Some(Status::said(text::RESUMED)), None),
        (Some(Ok(document)), Slot::Opened) => {
            (document, Some(Status::said(text::RESUMED_LINK)), None)
        }
        (Some(Err(text)), _) => (
            Document::default_playground(),
            Some(Status::failed(text::UNREADABLE_WORK)),
            Some(text.clone()),
        ),
        (None, _) => (Document::default_playground(), None, None),
    };
    let document = Rc::new(document);
    Beginning {
        authored: Rc::clone(&document),
        document,
        slot,
        kept: kept(stored),
        status,
        unreadable,
    }
}

impl Beginning {
    /// Lets a model that shows [`Beginning::document`] begin so.
    pub fn prepare(&self, model: &mut Model) {
        model.authored = Rc::clone(&self.authored);
        model.history = History::new(State {
            authored: Rc::clone(&self.authored),
            ..State::new(Rc::clone(&self.document), self.slot)
        });
        model.kept = self.kept;
        if let Some(status) = &self.status {
            model.status = status.clone();
        }
        if let Some(text) = &self.unreadable {
            model.show_unreadable(text.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use diagram::share;

    use super::*;

    fn text(seed: u64) -> String {
        Document::default_playground().with_seed(seed).to_toml()
    }

    fn link(seed: u64) -> String {
        share::encode(&Document::default_playground().with_seed(seed)).expect("it is small")
    }

    fn stored(own: Option<u64>, opened: Option<u64>, last: Slot) -> Stored {
        Stored {
            own: own.map(text),
            opened: opened.map(text),
            last,
        }
    }

    fn said(beginning: &Beginning) -> &str {
        beginning.status.as_ref().map_or("", |status| &status.text)
    }

    #[test]
    fn nothing_kept_is_the_example() {
        let it = begin(None, &Stored::default());
        assert_eq!(*it.document, Document::default_playground());
        assert_eq!((it.slot, it.status), (Slot::Own, None));
    }

    #[test]
    fn what_was_worked_on_last_comes_back_and_says_which_it_is() {
        let it = begin(None, &stored(Some(5), Some(6), Slot::Own));
        assert_eq!((it.document.seed(), it.slot), (5, Slot::Own));
        assert_eq!(said(&it), text::RESUMED);
        let it = begin(None, &stored(Some(5), Some(6), Slot::Opened));
        assert_eq!((it.document.seed(), it.slot), (6, Slot::Opened));
        assert_eq!(said(&it), text::RESUMED_LINK);
        assert!(it.kept.own);
    }

    #[test]
    fn a_link_never_takes_the_place_of_what_is_kept() {
        let it = begin(Some(&link(9)), &stored(Some(5), None, Slot::Own));
        assert_eq!((it.document.seed(), it.slot), (9, Slot::Opened));
        assert!(it.kept.own && said(&it).contains(text::OWN_IS_KEPT));
        let it = begin(Some(&link(9)), &Stored::default());
        assert_eq!(said(&it), text::LINK_OPENED, "nothing is kept");
    }

    #[test]
    fn work_on_an_earlier_link_is_named_before_it_can_be_replaced() {
        let it = begin(Some(&link(9)), &stored(None, Some(6), Slot::Own));
        assert_eq!(it.kept.opened, Opened::Earlier);
        assert!(said(&it).contains(text::EARLIER_IS_KEPT), "{}", said(&it));
        let it = begin(Some(&link(6)), &stored(None, Some(6), Slot::Own));
        assert_eq!(it.kept.opened, Opened::Last, "it is the same");
    }

    #[test]
    fn a_damaged_link_says_truly_what_is_shown_instead() {
        for (stored, seed, shown) in [
            (Stored::default(), None, text::BELOW_IS_THE_EXAMPLE),
            (
                stored(Some(5), None, Slot::Own),
                Some(5),
                text::BELOW_IS_YOUR_OWN,
            ),
            (
                stored(Some(5), Some(6), Slot::Opened),
                Some(6),
                text::BELOW_IS_FROM_A_LINK,
            ),
        ] {
            let it = begin(Some("1.!!"), &stored);
            assert!(said(&it).contains(shown), "{}", said(&it));
            assert!(it.status.as_ref().is_some_and(|status| status.is_error));
            let seed = seed.unwrap_or(Document::default_playground().seed());
            assert_eq!(it.document.seed(), seed);
        }
    }

    #[test]
    fn what_was_kept_and_cannot_be_read_is_shown_instead_of_lost() {
        let broken = Stored {
            own: Some("format = 99".to_owned()),
            ..Stored::default()
        };
        let it = begin(None, &broken);
        assert_eq!(said(&it), text::UNREADABLE_WORK);
        let mut model = Model::new(
            crate::model::Surface::Playground,
            Document::clone(&it.document),
            true,
        );
        it.prepare(&mut model);
        assert_eq!(model.import, "format = 99");
        assert!(!model.problems.is_empty());
        let it = begin(Some("1.!!"), &broken);
        assert!(said(&it).contains(text::BELOW_IS_THE_EXAMPLE_AND_IMPORT));
        assert_eq!(it.unreadable.as_deref(), Some("format = 99"));
    }
}
