//! Keys in the scene, and the two that work everywhere on the playground page.

use web_sys::KeyboardEvent;

use crate::model::Surface;
use crate::msg::{Direction, Fault, Msg};

/// One key press, as far as it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stroke {
    /// The name of the key.
    pub key: String,
    /// Whether Ctrl or Cmd was held.
    pub has_command: bool,
    /// Whether Alt was held.
    pub has_alt: bool,
    /// Whether Shift was held.
    pub has_shift: bool,
    /// Whether the key was pressed before and is still held.
    pub is_repeated: bool,
}

impl Stroke {
    /// What `event` says.
    pub fn of(event: &KeyboardEvent) -> Self {
        Self {
            key: event.key(),
            has_command: event.ctrl_key() || event.meta_key(),
            has_alt: event.alt_key(),
            has_shift: event.shift_key(),
            is_repeated: event.repeat(),
        }
    }
}

/// What a key means while the scene has the focus.
#[must_use]
pub fn in_scene(surface: Surface, stroke: &Stroke) -> Option<Msg> {
    if stroke.has_command {
        return None;
    }
    let key = stroke.key.as_str();
    let arrow = match key {
        "ArrowLeft" => Some(Direction::Left),
        "ArrowRight" => Some(Direction::Right),
        "ArrowUp" => Some(Direction::Up),
        "ArrowDown" => Some(Direction::Down),
        _ => None,
    };
    if let Some(direction) = arrow {
        return match (stroke.has_alt, surface) {
            (false, _) => Some(Msg::PressedArrow(direction)),
            (true, Surface::Playground) => Some(Msg::NudgedNode(direction)),
            (true, Surface::Figure) => None,
        };
    }
    if stroke.has_alt {
        return None;
    }
    match key {
        " " => Some(Msg::PressedPlay),
        "." => Some(Msg::PressedStep),
        "k" | "K" => Some(Msg::PressedFault(Fault::Kill, None)),
        "s" | "S" => Some(Msg::PressedFault(Fault::Slow, None)),
        "h" | "H" => Some(Msg::PressedFault(Fault::Heal, None)),
        "+" | "=" => Some(Msg::PressedAddServer),
        "-" | "−" => Some(Msg::PressedRemoveServer),
        "Escape" => Some(Msg::ClearedSelection),
        // The next node gets the focus: a key that is held would delete one after the other.
        "Delete" | "Backspace" if surface == Surface::Playground && !stroke.is_repeated => {
            Some(Msg::PressedDelete)
        }
        _ => None,
    }
}

/// What a key means anywhere on the playground page, outside of text fields.
#[must_use]
pub fn on_page(stroke: &Stroke) -> Option<Msg> {
    if !stroke.has_command || stroke.has_alt {
        return None;
    }
    match (stroke.key.as_str(), stroke.has_shift) {
        ("z" | "Z", false) => Some(Msg::PressedUndo),
        ("z" | "Z", true) | ("y" | "Y", false) => Some(Msg::PressedRedo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(key: &str) -> Stroke {
        Stroke {
            key: key.to_owned(),
            ..Stroke::default()
        }
    }

    #[test]
    fn shortcuts_of_the_browser_are_left_alone() {
        for key in ["k", "s", "h", "+", "-", "."] {
            let held = Stroke {
                has_command: true,
                ..stroke(key)
            };
            assert!(in_scene(Surface::Playground, &held).is_none(), "{key}");
            assert!(in_scene(Surface::Figure, &stroke(key)).is_some(), "{key}");
        }
    }

    #[test]
    fn only_the_playground_moves_and_deletes_nodes() {
        let alt = Stroke {
            has_alt: true,
            ..stroke("ArrowUp")
        };
        assert!(in_scene(Surface::Figure, &alt).is_none());
        assert!(matches!(
            in_scene(Surface::Playground, &alt),
            Some(Msg::NudgedNode(Direction::Up))
        ));
        assert!(in_scene(Surface::Figure, &stroke("Delete")).is_none());
        let held = Stroke {
            is_repeated: true,
            ..stroke("Delete")
        };
        assert!(in_scene(Surface::Playground, &held).is_none());
    }

    #[test]
    fn undo_and_redo_have_their_usual_keys() {
        let held = |key: &str, has_shift| Stroke {
            has_command: true,
            has_shift,
            ..stroke(key)
        };
        assert!(matches!(on_page(&held("z", false)), Some(Msg::PressedUndo)));
        assert!(matches!(on_page(&held("Z", true)), Some(Msg::PressedRedo)));
        assert!(matches!(on_page(&held("y", false)), Some(Msg::PressedRedo)));
        assert!(on_page(&stroke("z")).is_none());
    }
}
