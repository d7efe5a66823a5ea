//! The way between the scenarios that the browser keeps, and a warning where it keeps nothing.

use yew::prelude::*;

use super::Ui;
use super::button::Button;
use crate::kept::{Opened, Slot};
use crate::msg::Msg;
use crate::text;

/// The line with the ways; nothing where there is nothing to say.
pub fn view_kept(ui: &Ui<'_>) -> Html {
    let kept = ui.model.kept;
    let back = |label, slot| Button::new(label, Msg::PressedKept(slot)).once().view(ui);
    let ways: Vec<Html> = match (ui.model.slot(), kept.opened) {
        (Slot::Own, Opened::Nothing) => Vec::new(),
        (Slot::Own, _) => vec![back(text::BACK_TO_OPENED, Slot::Opened)],
        (Slot::Opened, opened) => {
            let own = if kept.own {
                text::BACK_TO_OWN
            } else {
                text::TO_THE_EXAMPLE
            };
            let mut ways = vec![back(own, Slot::Own)];
            if opened == Opened::Earlier {
                ways.push(back(text::BACK_TO_EARLIER, Slot::Opened));
            }
            ways
        }
    };
    html! {
        <>
            if kept.is_refused {
                <p class="not-kept" role="alert">{ text::NOT_KEPT }</p>
            }
            if !ways.is_empty() {
                <div class="kept" role="group" aria-label={text::KEPT_SCENARIOS}>{ for ways }</div>
            }
        </>
    }
}
