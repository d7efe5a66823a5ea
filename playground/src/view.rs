//! What is shown: plain functions from the model to HTML. They read nothing else and decide nothing.

#[cfg(feature = "page")]
pub mod advice;
pub mod button;
pub mod card;
pub mod charts;
pub mod clock;
pub mod controls;
#[cfg(feature = "page")]
pub mod drag;
#[cfg(feature = "page")]
pub mod exchange;
#[cfg(feature = "page")]
pub mod facts;
pub mod figure;
pub mod help;
pub mod icon;
#[cfg(feature = "page")]
pub mod inspector;
#[cfg(feature = "page")]
pub mod kept;
pub mod legend;
#[cfg(feature = "page")]
pub mod links;
pub mod numbers;
#[cfg(feature = "page")]
pub mod palette;
#[cfg(feature = "page")]
pub mod playground;
#[cfg(feature = "page")]
pub mod run_line;
pub mod scene;
pub mod select;
#[cfg(feature = "page")]
pub mod setting;
pub mod stepper;
pub mod table;
pub mod text_field;
#[cfg(feature = "page")]
pub mod toolbar;
pub mod transport;

use std::rc::Rc;

use web_sys::{File, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::input::pointer;
use crate::model::Model;
use crate::msg::Msg;

/// What a text means that was entered.
pub type Heard = Rc<dyn Fn(String) -> Msg>;

/// What a view is given.
pub struct Ui<'a> {
    /// What to show.
    pub model: &'a Model,
    /// Makes ids unique on the page.
    pub id: &'a str,
    /// Where everything that happens is told.
    pub tell: &'a Callback<Msg>,
    /// Where the pointer's doings in the scene are told.
    pub point: &'a Callback<pointer::Report>,
    /// Where a chosen file is handed over.
    pub read_file: &'a Callback<File>,
    /// The layer that requests are drawn on.
    pub canvas: &'a NodeRef,
    /// The computed picture that stands until something happens.
    pub opening: Option<&'a Opening>,
    /// Which way requests flow in the picture.
    pub orientation: diagram::layout::Orientation,
}

/// The computed figure's regions, taken over as they are until the first event.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The picture for wide places.
    pub across: Rc<str>,
    /// The picture for narrow ones.
    pub down: Rc<str>,
    /// The numbers.
    pub numbers: Rc<str>,
    /// The charts.
    pub charts: Rc<str>,
}

impl Ui<'_> {
    /// Tells `msg` when something is clicked.
    pub fn on_click(&self, msg: Msg) -> Callback<MouseEvent> {
        self.tell.reform(move |_| msg.clone())
    }

    /// Tells what `heard` makes of the text of an input.
    pub fn on_input(&self, heard: impl Fn(String) -> Msg + 'static) -> Callback<InputEvent> {
        self.tell
            .reform(move |event: InputEvent| heard(value_of(&event)))
    }

    /// Tells what `heard` makes of the text of an input or of the choice of a select.
    pub fn on_change(&self, heard: impl Fn(String) -> Msg + 'static) -> Callback<Event> {
        self.on_entered(Rc::new(heard))
    }

    /// The same for a function that is made already: what it is a part of is compiled only once.
    pub fn on_entered(&self, heard: Heard) -> Callback<Event> {
        self.tell
            .reform(move |event: Event| heard(value_of(&event)))
    }

    /// The computed picture, while it stands.
    pub fn opening(&self) -> Option<&Opening> {
        self.opening.filter(|_| !self.model.has_started)
    }
}

impl Ui<'_> {
    /// Tells what `heard` makes of the place of a slider.
    pub fn on_slide(&self, heard: impl Fn(f64) -> Msg + 'static) -> Callback<InputEvent> {
        self.tell.reform(move |event: InputEvent| {
            // The browser reads the number: its text would take a reader of our own.
            let slider = event.target_dyn_into::<HtmlInputElement>();
            heard(slider.map_or(0.0, |slider| slider.value_as_number()))
        })
    }
}

fn value_of(event: &Event) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        input.value()
    } else if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
        select.value()
    } else {
        event
            .target_dyn_into::<HtmlTextAreaElement>()
            .map(|area| area.value())
            .unwrap_or_default()
    }
}

/// HTML or SVG that the diagram crate has written: trusted, because names and titles are escaped
/// there.
pub fn raw(markup: &Rc<str>) -> Html {
    Html::from_html_unchecked(AttrValue::from(Rc::clone(markup)))
}
