//! Ctrl-C: runs stop at the next moment at which they are asked, and what is complete is shown.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::output;

/// What shells report of a program that Ctrl-C ended.
const CANCELLED: u8 = 130;

static IS_CANCELLED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C asks the runs to stop; pressed again, it ends the program at once.
pub(crate) fn listen() {
    let heard = ctrlc::set_handler(|| {
        if IS_CANCELLED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(CANCELLED));
        }
    });
    // Where nothing can listen, Ctrl-C ends the program as it always did.
    drop(heard);
}

/// Whether Ctrl-C was pressed.
pub(crate) fn is_cancelled() -> bool {
    IS_CANCELLED.load(Ordering::Relaxed)
}

/// Says what is complete, once everything that there is was printed.
pub(crate) fn ended(complete: usize, all: usize) -> ExitCode {
    output::error(&format!(
        "simulate: cancelled when {complete} of {all} runs were complete\n"
    ));
    ExitCode::from(CANCELLED)
}
