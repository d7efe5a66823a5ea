//! Animation frames: one closure for all of them, cancelled when dropped.
//!
//! The loop knows nothing of simulations; it calls its body with the time of the frame as long as it
//! is running. A hidden tab gets no frames from the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use yew::Callback;

use crate::rescue;

/// Calls its body once a frame while it is running.
pub struct FrameLoop {
    shared: Rc<Shared>,
}

type OnFrame = Closure<dyn FnMut(f64)>;

struct Shared {
    body: Callback<f64>,
    pending: Cell<Option<i32>>,
    is_running: Cell<bool>,
    // Registered anew for every frame: a closure of its own per frame would be garbage sixty times a
    // second.
    closure: RefCell<Option<OnFrame>>,
}

impl FrameLoop {
    /// A loop that stands still.
    pub fn new(body: Callback<f64>) -> Self {
        let shared = Rc::new(Shared {
            body,
            pending: Cell::new(None),
            is_running: Cell::new(false),
            closure: RefCell::new(None),
        });
        let weak = Rc::downgrade(&shared);
        let closure = OnFrame::new(move |time: f64| {
            let Some(shared) = weak.upgrade() else { return };
            shared.pending.set(None);
            if rescue::has_panicked() {
                return;
            }
            shared.body.emit(time);
            if shared.is_running.get() {
                shared.request();
            }
        });
        *shared.closure.borrow_mut() = Some(closure);
        Self { shared }
    }

    /// Starts or stops; the frame that was already asked for is cancelled.
    pub fn set_running(&self, is_running: bool) {
        self.shared.is_running.set(is_running);
        if is_running {
            self.shared.request();
        } else {
            self.shared.cancel();
        }
    }
}

impl Drop for FrameLoop {
    fn drop(&mut self) {
        self.shared.is_running.set(false);
        self.shared.cancel();
    }
}

impl Shared {
    fn request(&self) {
        if self.pending.get().is_some() {
            return;
        }
        let closure = self.closure.borrow();
        let (Some(window), Some(closure)) = (web_sys::window(), closure.as_ref()) else {
            return;
        };
        self.pending.set(
            window
                .request_animation_frame(closure.as_ref().unchecked_ref())
                .ok(),
        );
    }

    fn cancel(&self) {
        if let (Some(id), Some(window)) = (self.pending.take(), web_sys::window()) {
            // Cancelling can only fail for an id that is no longer pending, which is what is wanted.
            let _ = window.cancel_animation_frame(id);
        }
    }
}
