//! A button. One function draws all of them, because the code of every `html!` is downloaded.

use std::borrow::Cow;

use yew::prelude::*;

use super::Ui;
use super::icon::{Icon, view_icon};
use crate::msg::Msg;

/// What a button is like.
#[derive(Clone, Debug)]
pub struct Button {
    msg: Msg,
    label: Cow<'static, str>,
    name: Option<String>,
    hint: Option<&'static str>,
    class: &'static str,
    icon: Option<Icon>,
    is_disabled: bool,
    is_open: Option<bool>,
}

impl Button {
    /// A button that tells `msg`.
    pub fn new(label: impl Into<Cow<'static, str>>, msg: Msg) -> Self {
        Self {
            msg,
            label: label.into(),
            name: None,
            hint: None,
            class: "button",
            icon: None,
            is_disabled: false,
            is_open: None,
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

    /// The button.
    pub fn view(self, ui: &Ui<'_>) -> Html {
        html! {
            <button type="button" class={self.class} title={self.hint} aria-label={self.name}
                aria-expanded={self.is_open.map(|is_open| if is_open { "true" } else { "false" })}
                aria-disabled={self.is_disabled.then_some("true")}
                onclick={(!self.is_disabled).then(|| ui.on_click(self.msg))}>
                { self.icon.map(view_icon).unwrap_or_default() }
                { self.label }
            </button>
        }
    }
}
