//! What the application knows. Nothing here knows of Yew or of a browser.

use std::rc::Rc;

use diagram::Document;
use diagram::speed::Speed;
use simulator::{NodeId, SimTime};

use crate::by_name::ByName;
use crate::changes::Changes;
use crate::history::{Faults, History, State};
use crate::kept::{Kept, Slot};
use crate::msg::Panel;
use crate::sample::Sample;
use crate::text;

/// Where the application is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A figure in an article: few controls, nothing kept.
    Figure,
    /// The page where everything can be changed.
    Playground,
}

/// The state of one figure or of the playground page.
#[derive(Clone, Debug)]
pub struct Model {
    /// Where it is shown.
    pub surface: Surface,
    /// The system that the work began with: a figure's author's, or a link's.
    pub authored: Rc<Document>,
    /// The system as the reader made it, and the way back.
    pub history: History,
    /// The nodes that are dead or slow by now, whoever did that.
    pub faults: Faults,
    /// What the reader of a figure changed, for its link to the playground.
    pub changes: Changes,
    /// What the browser keeps.
    pub kept: Kept,
    /// The system as it runs now: the reader's, after what its timeline has done by itself.
    pub running: Rc<Document>,
    /// Whether the reader wants time to pass.
    pub is_playing: bool,
    /// Whether anything has happened yet; until then the computed picture stands.
    pub has_started: bool,
    /// Whether it can be seen.
    pub is_visible: bool,
    /// How fast time passes.
    pub speed: Speed,
    /// The moment that is being run to.
    pub goal: Option<SimTime>,
    /// Whether dots may travel.
    pub has_motion: bool,
    /// The selected node.
    pub selected: Option<String>,
    /// The node that the fault buttons act on, where the reader chose one.
    pub fault_node: Option<String>,
    /// Whether a figure shows what is known of the selected node.
    pub is_card_open: bool,
    /// The node that the selected one would be connected to.
    pub target: Option<String>,
    /// The node that the selected one would be connected from.
    pub source: Option<String>,
    /// The fields whose text is not a valid value, with that text and what is wrong with it.
    pub refused: ByName<Refused>,
    /// The text that is being typed, before it is finished.
    pub typed: Option<Typed>,
    /// What the pointer drags, and where it is by now.
    pub drag: Option<Drag>,
    /// The open panel.
    pub panel: Option<Panel>,
    /// The text in the import field.
    pub import: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The link that was made.
    pub link: Option<String>,
    /// Whether the link reproduces the run exactly.
    pub is_link_exact: bool,
    /// The line at the foot.
    pub status: Status,
    /// The last report of the session.
    pub sample: Option<Rc<Sample>>,
    /// The charts of the last report that had some.
    pub charts: Option<[Rc<str>; 3]>,
}

/// A text that could not be used, kept in its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What was written.
    pub text: String,
    /// What is wrong with it.
    pub message: String,
}

/// A text that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The key of its field.
    pub key: String,
    /// The text so far.
    pub text: String,
}

/// A node on its way, or a link on its way out of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// Which node.
    pub name: String,
    /// Where the pointer is, in units of the layout.
    pub at: (f64, f64),
    /// Which of the two.
    pub what: Dragged,
}

/// What can be dragged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dragged {
    /// The node itself.
    Node,
    /// A link to the node that the pointer is over, if it is over one.
    Link(Option<Over>),
}

/// The node under the loose end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// Which one.
    pub name: String,
    /// Why the link cannot end there.
    pub refusal: Option<String>,
}

/// What is wrong at one place of an imported text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line and column, from 1.
    pub place: (usize, usize),
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// The line at the foot of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
}

impl Model {
    /// A model that shows `document` and waits.
    #[must_use]
    pub fn new(surface: Surface, document: Document, has_motion: bool) -> Self {
        let speed = document.speed();
        let authored = Rc::new(document);
        Self {
            surface,
            history: History::new(State::new(Rc::clone(&authored), Slot::Own)),
            faults: Faults::default(),
            changes: Changes::default(),
            kept: Kept::default(),
            running: Rc::clone(&authored),
            authored,
            is_playing: false,
            has_started: false,
            is_visible: true,
            speed,
            goal: None,
            has_motion,
            selected: None,
            fault_node: None,
            is_card_open: false,
            target: None,
            source: None,
            refused: ByName::default(),
            typed: None,
            drag: None,
            panel: None,
            import: String::new(),
            problems: Vec::new(),
            link: None,
            is_link_exact: true,
            status: Status::said(match surface {
                Surface::Figure => text::COMPUTED_RESULT,
                Surface::Playground => text::READY,
            }),
            sample: None,
            charts: None,
        }
    }

    /// The system as it runs now.
    #[must_use]
    pub fn document(&self) -> &Rc<Document> {
        &self.running
    }

    /// The system as the reader made it: what is exported, kept and undone.
    #[must_use]
    pub fn design(&self) -> &Rc<Document> {
        &self.history.present().document
    }

    /// Where the work is kept.
    #[must_use]
    pub fn slot(&self) -> Slot {
        self.history.present().slot
    }

    /// Whether the reader has changed anything since the work began.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.design() != &self.authored
    }

    /// The present moment of the run.
    #[must_use]
    pub fn now(&self) -> SimTime {
        self.sample
            .as_ref()
            .map_or(SimTime::ZERO, |sample| sample.time)
    }

    /// Whether time is to pass: wanted, and seen.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.is_visible && (self.is_playing || self.goal.is_some())
    }

    /// The node that keys act on: the selected one, or the last one that was.
    #[must_use]
    pub fn present_node(&self) -> Option<NodeId> {
        let name = self.selected.as_ref().or(self.fault_node.as_ref())?;
        self.document().node_id(name)
    }

    /// The node that the fault buttons act on: the chosen one, else one worth breaking.
    #[must_use]
    pub fn fault_target(&self) -> Option<String> {
        let document = self.document();
        let exists = |name: &&String| document.nodes().iter().any(|node| node.name == **name);
        self.fault_node
            .as_ref()
            .filter(exists)
            .cloned()
            .or_else(|| crate::dial::breakable(document).next().map(str::to_owned))
    }
}

impl Status {
    /// A line that says `text`.
    #[must_use]
    pub fn said(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_error: false,
        }
    }

    /// A line that says what went wrong.
    #[must_use]
    pub fn failed(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_error: true,
        }
    }
}
