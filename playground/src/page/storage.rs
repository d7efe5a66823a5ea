//! Work in progress that survives a reload, and nothing else.
//!
//! Storage may be full, switched off or private; the playground works without it, but tells the
//! reader when something could not be kept.

use web_sys::Storage;

use crate::beginning::Stored;
use crate::kept::Slot;

const OWN: &str = "zero-to-a-million.playground.1";
const OPENED: &str = "zero-to-a-million.playground.opened.1";
const LAST: &str = "zero-to-a-million.playground.last.1";
/// What stands under [`LAST`] for [`Slot::Opened`]; anything else is [`Slot::Own`].
const LAST_IS_OPENED: &str = "opened";

/// All that is kept.
pub fn load() -> Stored {
    let last = storage().and_then(|storage| storage.get_item(LAST).ok()?);
    Stored {
        own: load_from(Slot::Own),
        opened: load_from(Slot::Opened),
        last: match last.as_deref() {
            Some(LAST_IS_OPENED) => Slot::Opened,
            _ => Slot::Own,
        },
    }
}

/// The scenario that is kept in `slot`, as text.
pub fn load_from(slot: Slot) -> Option<String> {
    storage()?.get_item(key(slot)).ok()?
}

/// Keeps a scenario in `slot`, with which the next visit begins. Whether that worked; otherwise
/// what was kept before is kept still.
pub fn save(slot: Slot, scenario: &str) -> bool {
    let is_kept = storage().is_some_and(|storage| storage.set_item(key(slot), scenario).is_ok());
    if is_kept {
        remember(slot);
    }
    is_kept
}

/// Lets the next visit begin with what is kept in `slot`.
pub fn remember(slot: Slot) {
    let last = match slot {
        Slot::Own => "own",
        Slot::Opened => LAST_IS_OPENED,
    };
    if let Some(storage) = storage() {
        // Without it the next visit begins with the other one, which has a way to this one.
        let _ = storage.set_item(LAST, last);
    }
}

const fn key(slot: Slot) -> &'static str {
    match slot {
        Slot::Own => OWN,
        Slot::Opened => OPENED,
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
