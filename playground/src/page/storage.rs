//! Work in progress that survives a reload, and nothing else.
//!
//! Storage may be full, switched off or private; the playground works without it, so every error
//! is ignored.

use web_sys::Storage;

const WORK_IN_PROGRESS: &str = "zero-to-a-million.playground.1";

/// The scenario that was being worked on, as text.
pub fn load() -> Option<String> {
    storage()?.get_item(WORK_IN_PROGRESS).ok()?
}

/// Keeps the scenario that is being worked on.
pub fn save(scenario: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(WORK_IN_PROGRESS, scenario);
    }
}

/// Forgets it.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(WORK_IN_PROGRESS);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
