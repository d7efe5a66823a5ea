//! The pointer on a node: a drag of more than eight pixels moves it, or draws a link where it begins at
//! the node's port. Less than that is a click, which the browser tells.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent};

use crate::model::Surface;
use crate::msg::Msg;

/// A finger trembles; less than this is no drag.
const DRAG_PIXELS: f64 = 8.0;

/// The class of the place on a node where links begin.
pub const PORT: &str = "port";

/// What the pointer did on a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The node.
    pub name: String,
    /// Where, in CSS pixels of the window.
    pub at: (f64, f64),
    /// What.
    pub what: What,
    /// Whether it is over the node's port.
    pub is_at_port: bool,
}

/// What a pointer can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It went down.
    Down,
    /// It moved.
    Moved,
    /// It went up.
    Up,
    /// The browser took it away, to scroll for instance.
    Cancelled,
}

impl Report {
    /// What `event` says; a press makes the node keep the pointer until it goes up.
    pub fn of(event: &PointerEvent, name: &str, what: What) -> Self {
        let mut is_at_port = false;
        if what == What::Down {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(target) = target {
                // Without capture a fast drag merely ends early.
                let _ = target.set_pointer_capture(event.pointer_id());
                is_at_port = cfg!(feature = "page") && target.class_list().contains(PORT);
            }
        }
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        Self {
            name: name.to_owned(),
            at,
            what,
            is_at_port,
        }
    }
}

/// A press that is not over yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gesture(Option<Press>);

#[derive(Clone, Debug, PartialEq)]
struct Press {
    name: String,
    start: (f64, f64),
    is_drag: bool,
    is_at_port: bool,
}

impl Gesture {
    /// What `report` means; `to_layout` turns pixels of the window into units of the layout.
    pub fn take_in(
        &mut self,
        surface: Surface,
        report: Report,
        to_layout: impl Fn((f64, f64)) -> (f64, f64),
    ) -> Option<Msg> {
        let Report {
            name,
            at,
            what,
            is_at_port,
        } = report;
        match what {
            What::Down => {
                self.0 = Some(Press {
                    name,
                    start: at,
                    is_drag: false,
                    is_at_port,
                });
                None
            }
            What::Moved => {
                let press = self.0.as_mut()?;
                let (dx, dy) = (at.0 - press.start.0, at.1 - press.start.1);
                let far = libm::sqrt(dx * dx + dy * dy);
                press.is_drag |= far > DRAG_PIXELS;
                let is_wanted = press.is_drag && surface == Surface::Playground;
                is_wanted.then(|| {
                    let (name, at) = (press.name.clone(), to_layout(at));
                    if press.is_at_port {
                        Msg::DraggedLink(name, at)
                    } else {
                        Msg::DraggedNode(name, at)
                    }
                })
            }
            What::Up => {
                let press = self.0.take()?;
                match (press.is_drag, surface) {
                    // The click that follows says so, and it also comes from whoever has no pointer.
                    (false, _) => None,
                    (true, Surface::Playground) if press.is_at_port => Some(Msg::DroppedLink),
                    (true, Surface::Playground) => Some(Msg::DroppedNode),
                    (true, Surface::Figure) => None,
                }
            }
            What::Cancelled => self.0.take().map(|_| Msg::CancelledDrag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(surface: Surface, path: &[((f64, f64), What)]) -> Vec<Msg> {
        run_from(false, surface, path)
    }

    fn run_from(is_at_port: bool, surface: Surface, path: &[((f64, f64), What)]) -> Vec<Msg> {
        let mut gesture = Gesture::default();
        path.iter()
            .filter_map(|&(at, what)| {
                let report = Report {
                    name: "web-1".to_owned(),
                    at,
                    what,
                    is_at_port: is_at_port && what == What::Down,
                };
                gesture.take_in(surface, report, |at| at)
            })
            .collect()
    }

    #[test]
    fn a_press_that_trembles_is_left_to_the_click() {
        let path = [
            ((0.0, 0.0), What::Down),
            ((3.0, 4.0), What::Moved),
            ((3.0, 4.0), What::Up),
        ];
        let msgs = run(Surface::Playground, &path);
        assert!(msgs.is_empty(), "{msgs:?}");
    }

    #[test]
    fn a_drag_moves_and_drops() {
        let path = [
            ((0.0, 0.0), What::Down),
            ((30.0, 0.0), What::Moved),
            ((30.0, 1.0), What::Up),
        ];
        let msgs = run(Surface::Playground, &path);
        assert!(
            matches!(msgs.as_slice(), [Msg::DraggedNode(..), Msg::DroppedNode]),
            "{msgs:?}"
        );
    }

    #[test]
    fn a_drag_from_the_port_draws_a_link() {
        let path = [
            ((0.0, 0.0), What::Down),
            ((30.0, 0.0), What::Moved),
            ((30.0, 1.0), What::Up),
        ];
        let msgs = run_from(true, Surface::Playground, &path);
        assert!(
            matches!(msgs.as_slice(), [Msg::DraggedLink(..), Msg::DroppedLink]),
            "{msgs:?}"
        );
        assert!(run_from(true, Surface::Figure, &path).is_empty());
    }

    #[test]
    fn a_figure_is_not_rearranged() {
        let path = [
            ((0.0, 0.0), What::Down),
            ((30.0, 0.0), What::Moved),
            ((30.0, 1.0), What::Up),
        ];
        assert!(run(Surface::Figure, &path).is_empty());
    }

    #[test]
    fn a_pointer_that_the_browser_takes_puts_everything_back() {
        let path = [
            ((0.0, 0.0), What::Down),
            ((30.0, 0.0), What::Moved),
            ((30.0, 0.0), What::Cancelled),
            ((30.0, 0.0), What::Up),
        ];
        let msgs = run(Surface::Playground, &path);
        assert!(
            matches!(msgs.as_slice(), [Msg::DraggedNode(..), Msg::CancelledDrag]),
            "{msgs:?}"
        );
    }
}
