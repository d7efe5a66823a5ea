//! What the model wants done by those who can: the session, the browser.

use std::rc::Rc;

use diagram::speed::Speed;
use diagram::{Document, Edit};
use simulator::SimTime;

use crate::focus::Focus;
use crate::kept::Slot;

/// A wish of [`crate::update::update`], carried out by the island.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Let time pass, or hold it.
    SetRunning(bool),
    /// Let it pass at this speed.
    SetSpeed(Speed),
    /// Run as fast as possible to this moment; `None` gives that up.
    SetGoal(Option<SimTime>),
    /// Carry out one event.
    Step,
    /// Change the running system now.
    Apply(Edit),
    /// Make the running system become this one now.
    Become(Rc<Document>),
    /// Begin again with this one at time zero.
    Restart(Rc<Document>),
    /// Report and draw the present state at once.
    ShowNow,
    /// Draw what the pointer drags.
    Redraw,
    /// Give this the keyboard focus, once it is on the page.
    Focus(Focus),
    /// Give this the keyboard focus if what has it is about to go away.
    KeepFocus(Focus),
    /// Let the figure's link to the playground carry these changes.
    CarryChanges(String),
    /// Keep this scenario for the next visit.
    Save(Slot, Rc<Document>),
    /// Tell what is kept in this slot; the next visit begins with it.
    Load(Slot),
    /// Take the share link out of the address: it no longer says what is shown.
    ClearFragment,
    /// Make a link to this very run.
    MakeLink,
    /// Put a text on the clipboard.
    Copy(String),
    /// Offer a text as a file.
    Download {
        /// The name of the file.
        name: String,
        /// What is in it.
        text: String,
    },
}
