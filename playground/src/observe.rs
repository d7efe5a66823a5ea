//! What the browser tells by itself: whether a figure is on screen, how large it is, whether motion
//! is wanted, which colours hold. Each observer stops when it is dropped.

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Element, Event, EventTarget, IntersectionObserver, IntersectionObserverEntry, MediaQueryList,
    MutationObserver, MutationObserverInit, ResizeObserver,
};
use yew::Callback;

use crate::rescue;

const REDUCED_MOTION: &str = "(prefers-reduced-motion: reduce)";
const DARK: &str = "(prefers-color-scheme: dark)";
const COARSE_POINTER: &str = "(pointer: coarse)";

/// Whether an element is in the viewport.
pub struct Visibility {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Visibility {
    /// Tells `changed` at once and at every change.
    pub fn observe(element: &Element, changed: Callback<bool>) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let last = entries.get(entries.length().saturating_sub(1));
            if let (false, Ok(entry)) = (
                rescue::has_panicked(),
                last.dyn_into::<IntersectionObserverEntry>(),
            ) {
                changed.emit(entry.is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _closure: closure,
        })
    }
}

impl Drop for Visibility {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The size of an element in CSS pixels.
pub struct Size {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Size {
    /// Tells `changed` at once and at every change.
    pub fn observe(element: &Element, changed: Callback<()>) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |_entries: Array| {
            if !rescue::has_panicked() {
                changed.emit(());
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _closure: closure,
        })
    }
}

impl Drop for Size {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The colours of the page: the reader's switch (`data-theme`) or the system's.
pub struct Theme {
    switch: MutationObserver,
    _system: Option<Listener>,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl Theme {
    /// Tells `changed` at every change.
    pub fn observe(changed: Callback<()>) -> Option<Self> {
        let system = media(DARK).map(|query| {
            let changed = changed.clone();
            Listener::new(
                &query,
                "change",
                Callback::from(move |_: Event| changed.emit(())),
            )
        });
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if !rescue::has_panicked() {
                changed.emit(());
            }
        });
        let switch = MutationObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_attribute_filter(&Array::of1(&"data-theme".into()));
        let root = web_sys::window()?.document()?.document_element()?;
        switch.observe_with_options(&root, &options).ok()?;
        Some(Self {
            switch,
            _system: system,
            _closure: closure,
        })
    }
}

impl Drop for Theme {
    fn drop(&mut self) {
        self.switch.disconnect();
    }
}

/// Whether the reader asked for less motion.
pub struct Motion {
    _listener: Option<Listener>,
}

impl Motion {
    /// Tells `changed` at every change; [`prefers_reduced_motion`] tells the present state.
    pub fn observe(changed: Callback<bool>) -> Self {
        let listener = media(REDUCED_MOTION).map(|query| {
            let changed = Callback::from(move |_: Event| changed.emit(prefers_reduced_motion()));
            Listener::new(&query, "change", changed)
        });
        Self {
            _listener: listener,
        }
    }
}

/// Whether the reader's system asks for less motion.
pub fn prefers_reduced_motion() -> bool {
    media(REDUCED_MOTION).is_some_and(|query| query.matches())
}

/// Whether the main pointer is a finger: "tap" instead of "click".
pub fn has_coarse_pointer() -> bool {
    media(COARSE_POINTER).is_some_and(|query| query.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}

/// A listener for an event of the window or of a media query, removed when dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `heard` for every event called `kind`.
    pub fn new(target: &EventTarget, kind: &'static str, heard: Callback<Event>) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if !rescue::has_panicked() {
                heard.emit(event);
            }
        });
        let function = closure.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback(kind, function);
        Self {
            target: target.clone(),
            kind,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, function);
    }
}
