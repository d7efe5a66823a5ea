//! Where the keyboard focus can be sent: when what had it goes away, the reader goes on from a place
//! nearby, not from the beginning of the page.

#[cfg(feature = "page")]
use crate::msg::Panel;

/// Something on the page that can have the keyboard focus. A figure knows of its nodes alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A node of the picture.
    Node(String),
    /// Another part of the playground.
    #[cfg(feature = "page")]
    Part(Part),
}

/// What the playground's page has beside the nodes.
#[cfg(feature = "page")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the inspector is about: its heading.
    Inspector,
    /// The heading of the selected node's links.
    Links,
    /// The link from the first node to the second: its line in the inspector, just before the button
    /// that takes it away. On the button itself, a key pressed twice would do more than was meant.
    Link(String, String),
    /// The first button of the palette.
    Palette,
    /// The button of the toolbar that opens a panel.
    Opener(Panel),
}

impl Focus {
    /// The id of the element on the page of the application called `page`.
    #[must_use]
    pub fn id(&self, page: &str) -> String {
        match self {
            Self::Node(name) => format!("{page}-node-{name}"),
            #[cfg(feature = "page")]
            Self::Part(part) => part.id(page),
        }
    }
}

#[cfg(feature = "page")]
impl Part {
    /// The id of the element on the page of the application called `page`.
    #[must_use]
    pub fn id(&self, page: &str) -> String {
        let part = match self {
            Self::Inspector => "inspector",
            Self::Links => "links",
            // No name has this sign, so no two links have the same id.
            Self::Link(from, to) => return format!("{page}-link-{from}>{to}"),
            Self::Palette => "palette",
            Self::Opener(Panel::Import) => "opens-import",
            Self::Opener(Panel::Export) => "opens-export",
            Self::Opener(Panel::Share) => "opens-share",
        };
        format!("{page}-{part}")
    }
}

#[cfg(feature = "page")]
impl From<Part> for Focus {
    fn from(part: Part) -> Self {
        Self::Part(part)
    }
}
