//! Play, step, reset, speed: the figure's row of buttons.

use diagram::Shortest;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::clock::view_clock;
use super::icon::Icon;
#[cfg(feature = "page")]
use super::text_field::{TextField, hint_of};
#[cfg(feature = "page")]
use crate::model::Surface;
use crate::msg::Msg;
use crate::text;
#[cfg(feature = "page")]
use crate::update::SPEED_FIELD;

/// The distance between two of the twenty places of the speed slider; a digit more would put the
/// last one out of reach.
const SPEED_STEP: &str = "5.263157";

/// The transport of a figure.
pub fn view_transport(ui: &Ui<'_>) -> Html {
    html! {
        <div class="transport">
            <div class="transport-buttons">{ view_buttons(ui) }</div>
            { view_speed(ui) }
            { view_clock(ui) }
        </div>
    }
}

/// The buttons Play or Pause, Step, and the one that goes back to t = 0: it is called Reset where the
/// author's system comes back, and Restart where the reader's stays.
pub fn view_buttons(ui: &Ui<'_>) -> Html {
    let is_playing = ui.model.is_playing || ui.model.goal.is_some();
    let (icon, label) = if is_playing {
        (Icon::Pause, text::PAUSE)
    } else {
        (Icon::Play, text::PLAY)
    };
    let (reset, hint) = match ui.model.surface {
        #[cfg(feature = "page")]
        Surface::Playground => (text::RESTART, text::RESTART_HINT),
        _ => (text::RESET, text::RESET_HINT),
    };
    html! {
        <>
            { Button::new(label, Msg::PressedPlay).main().icon(icon).view(ui) }
            { Button::new(text::STEP, Msg::PressedStep).icon(Icon::Step).hint(text::STEP_HINT).view(ui) }
            { Button::new(reset, Msg::PressedReset).icon(Icon::Reset).hint(hint).view(ui) }
        </>
    }
}

/// The speed slider with its label.
pub fn view_speed(ui: &Ui<'_>) -> Html {
    let speed = ui.model.speed;
    let place = (speed.to_slider() * 1e4).round() / 1e4;
    let moved = ui.on_slide(Msg::MovedSpeed);
    let field = format!("{}-speed", ui.id);
    html! {
        <div class="speed">
            <label for={field.clone()}>{ text::SPEED }</label>
            <input id={field} class="slider" type="range" min="0" max="100" step={SPEED_STEP}
                value={Shortest(place).to_string()} aria-valuetext={speed.to_string()}
                oninput={moved} />
            { view_exact(ui, &speed.to_string()) }
        </div>
    }
}

/// The speed beside the slider, where it can be written as well.
#[cfg(feature = "page")]
fn view_exact(ui: &Ui<'_>, present: &str) -> Html {
    let exact = TextField {
        name: Some(text::SPEED_FIELD),
        hint: hint_of(ui, SPEED_FIELD),
        ..TextField::new(SPEED_FIELD, present)
    };
    exact.view(ui, Msg::EnteredSpeed)
}

#[cfg(not(feature = "page"))]
fn view_exact(_: &Ui<'_>, present: &str) -> Html {
    html! { <output>{ present }</output> }
}
