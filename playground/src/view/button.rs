//! A button. One function draws all of them, because the code of every `html!` is downloaded.

use std::borrow::Cow;
#[cfg(feature = "page")]
use std::rc::Rc;

use yew::prelude::*;
#[cfg(feature = "page")]
use yew::virtual_dom::Key;

use super::Ui;
use super::icon::{Icon, view_icon};
use crate::msg::Msg;

/// What a button is like.
#[derive(Clone, Debug)]
pub struct Button {
    msg: Msg,
    label: Cow<'static, str>,
    name: Option<String>,
    id: Option<String>,
    hint: Option<&'static str>,
    class: &'static str,
    icon: Option<Icon>,
    is_disabled: bool,
    is_open: Option<bool>,
    #[cfg(feature = "page")]
    is_once: bool,
}

impl Button {
    /// A button that tells `msg`.
    pub fn new(label: impl Into<Cow<'static, str>>, msg: Msg) -> Self {
        Self {
            msg,
            label: label.into(),
            name: None,
            id: None,
            hint: None,
            class: "button",
            icon: None,
            is_disabled: false,
            is_open: None,
            #[cfg(feature = "page")]
            is_once: false,
        }
    }

    /// The one that matters most in its row.
    pub fn main(mut self) -> Self {
        self.class = "button button-main";
        self
    }

    /// One that breaks or removes something.
    pub fn danger(mut self) -> Self {
        self.class = "button button-danger";
        self
    }

    /// With a sign before the label; without a label the sign alone.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With a longer name for screen readers.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With an id on the page, so that the focus can be sent there.
    #[cfg(feature = "page")]
    pub fn id(mut self, id: String) -> Self {
        self.id = Some(id);
        self
    }

    /// With a remark that shows when the pointer rests on it.
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// That can only be pressed if `is_enabled`. It keeps the focus otherwise: who has just pressed Heal
    /// for the last time goes on from there, not from the beginning of the page.
    pub fn enabled(mut self, is_enabled: bool) -> Self {
        self.is_disabled = !is_enabled;
        self
    }

    /// That opens something, which is open now or not.
    pub fn opens(mut self, is_open: bool) -> Self {
        self.is_open = Some(is_open);
        self
    }

    /// That gives way to something else once it is pressed. It never becomes another button under the
    /// focus, and of a double click it hears the first: the second was not meant for what came to lie
    /// under the pointer meanwhile.
    #[cfg(feature = "page")]
    pub fn once(mut self) -> Self {
        self.is_once = true;
        self
    }

    /// The button.
    pub fn view(self, ui: &Ui<'_>) -> Html {
        #[cfg(feature = "page")]
        if self.is_once {
            return self.view_once(ui);
        }
        let clicked = ui.on_click(self.msg.clone());
        self.view_clicked(clicked)
    }

    #[cfg(feature = "page")]
    fn view_once(self, ui: &Ui<'_>) -> Html {
        let (tell, msg) = (ui.tell.clone(), self.msg.clone());
        let key = Key::from(self.label.as_ref());
        let mut button = self.view_clicked(Callback::from(move |event: MouseEvent| {
            if event.detail() < 2 {
                tell.emit(msg.clone());
            }
        }));
        if let Html::VTag(tag) = &mut button {
            Rc::make_mut(tag).key = Some(key);
        }
        button
    }

    fn view_clicked(self, clicked: Callback<MouseEvent>) -> Html {
        html! {
            <button type="button" class={self.class} id={self.id} title={self.hint} aria-label={self.name}
                aria-expanded={self.is_open.map(|is_open| if is_open { "true" } else { "false" })}
                aria-disabled={self.is_disabled.then_some("true")}
                onclick={(!self.is_disabled).then_some(clicked)}>
                { self.icon.map(view_icon).unwrap_or_default() }
                { self.label }
            </button>
        }
    }
}
