//! A field for a short text. What is being typed is kept in the model, because the page is drawn
//! anew several times a second and would take it away.

use std::rc::Rc;

use yew::prelude::*;

use super::{Heard, Ui};
use crate::msg::Msg;

/// What a text field is like.
#[derive(Clone, Debug)]
pub struct TextField<'a> {
    /// Its id on the page.
    pub id: Option<String>,
    /// The key under which its text is kept while it is typed or where it was refused.
    pub key: &'a str,
    /// The value that holds.
    pub present: &'a str,
    /// Its name, where no label stands beside it.
    pub name: Option<&'a str>,
    /// Which keys a phone offers.
    pub input_mode: Option<&'static str>,
    /// What shows while it is empty.
    pub placeholder: Option<&'static str>,
    /// A remark that shows when the pointer rests on it.
    pub hint: Option<String>,
    /// The id of what describes it.
    pub described_by: Option<String>,
}

impl<'a> TextField<'a> {
    /// A field with the value `present`.
    pub fn new(key: &'a str, present: &'a str) -> Self {
        Self {
            id: None,
            key,
            present,
            name: None,
            input_mode: None,
            placeholder: None,
            hint: None,
            described_by: None,
        }
    }

    /// The field; `entered` says what a finished text means.
    pub fn view(self, ui: &Ui<'_>, entered: impl Fn(String) -> Msg + 'static) -> Html {
        self.view_entered(ui, Rc::new(entered))
    }

    // Apart, because every kind of function would be a copy of it to be downloaded.
    fn view_entered(self, ui: &Ui<'_>, entered: Heard) -> Html {
        let refused = ui.model.refused.get(self.key);
        let typed = ui
            .model
            .typed
            .as_ref()
            .filter(|typed| typed.key == self.key);
        let shown = typed
            .map(|typed| typed.text.as_str())
            .or(refused.map(|refused| refused.text.as_str()))
            .unwrap_or(self.present)
            .to_owned();
        let key = self.key.to_owned();
        let typed = ui.on_input(move |text| Msg::Typed(key.clone(), text));
        let pressed = {
            let (tell, key) = (ui.tell.clone(), self.key.to_owned());
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Escape" {
                    tell.emit(Msg::GaveUpField(key.clone()));
                }
            })
        };
        let left = ui.tell.reform(|_: FocusEvent| Msg::LeftField);
        html! {
            <input id={self.id} class="field" type="text" autocomplete="off" spellcheck="false"
                value={shown} placeholder={self.placeholder} inputmode={self.input_mode} title={self.hint}
                aria-label={self.name.map(str::to_owned)} aria-describedby={self.described_by}
                aria-invalid={if refused.is_some() { "true" } else { "false" }}
                oninput={typed} onchange={ui.on_entered(entered)} onblur={left} onkeydown={pressed} />
        }
    }
}

/// What is wrong with the text of the field, as a remark on it.
pub fn hint_of(ui: &Ui<'_>, key: &str) -> Option<String> {
    ui.model
        .refused
        .get(key)
        .map(|refused| refused.message.clone())
}
