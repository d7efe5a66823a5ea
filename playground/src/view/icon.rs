//! Drawn signs: a font may lack them, and then a button would show a box.

use simulator::Kind;
use yew::prelude::*;

/// The signs on the transport's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// A triangle against a bar.
    Step,
    /// An arrow in a circle.
    Reset,
    /// An arrow back.
    Undo,
    /// An arrow forward.
    Redo,
    /// The outline that stands for a kind of node.
    Kind(Kind),
}

/// A sign in the colour of the text.
pub fn view_icon(icon: Icon) -> Html {
    let (size, path) = match icon {
        Icon::Kind(kind) => ("0 0 18 18", outline(kind)),
        _ => ("0 0 12 12", silhouette(icon)),
    };
    html! {
        <svg viewBox={size} aria-hidden="true"><path d={path} /></svg>
    }
}

fn silhouette(icon: Icon) -> &'static str {
    match icon {
        Icon::Play => "M2 1v10l9-5z",
        Icon::Pause => "M2 1h3v10H2zM7 1h3v10H7z",
        Icon::Step => "M1 1v10l7-5zM9 1h2v10H9z",
        Icon::Reset => "M6 1a5 5 0 1 1-4.6 3h1.7A3.4 3.4 0 1 0 6 2.6V5L2.4 2 6 -1z",
        Icon::Undo => "M5 0v3h2a4 4 0 0 1 0 8H3V9.3h4a2.3 2.3 0 0 0 0-4.6H5v3L.5 3.8z",
        Icon::Redo => "M7 0v3H5a4 4 0 0 0 0 8h4V9.3H5a2.3 2.3 0 0 1 0-4.6h2v3l4.5-3.9z",
        Icon::Kind(_) => "",
    }
}

fn outline(kind: Kind) -> &'static str {
    match kind {
        Kind::Clients => "M9 3.5a2.5 2.5 0 1 0 .01 0M3.5 15c0-3.5 2.5-5 5.5-5s5.5 1.5 5.5 5z",
        Kind::Dns => "M9 2a7 7 0 1 0 .01 0M2 9h14M9 2c-4 4-4 10 0 14c4-4 4-10 0-14",
        Kind::Balancer => "M2 9h5M7 9l8-5.5M7 9h8M7 9l8 5.5",
        Kind::Server => "M2.5 3h13v5h-13zM2.5 10h13v5h-13zM5 5.5h2M5 12.5h2",
        Kind::Shards => "M2 9h4M6 9l4-6M6 9h4M6 9l4 6M11 1h5v4h-5zM11 7h5v4h-5zM11 13h5v4h-5z",
        Kind::Database => {
            "M3 4.5c0-3 12-3 12 0v9c0 3-12 3-12 0zM3 4.5c0 3 12 3 12 0M3 9c0 3 12 3 12 0"
        }
        Kind::Cdn => "M9 2a7 7 0 1 0 .01 0M9 6a3 3 0 1 0 .01 0M9 2v4M9 12v4M2 9h4M12 9h4",
        Kind::Cache => "M2.5 3h13v12h-13zM10 4.5L6 9.5h3l-1 4L12 8.5H9z",
        Kind::ObjectStore => "M3 4h12l-1.5 11h-9zM3 4c0-2 12-2 12 0M5 8h8",
    }
}
