//! The document: a whole scenario with its title, timeline, variants and positions, always valid.
//!
//! A [`Document`] comes from [`Document::parse`] or from an [`Edit`] of another
//! one, so whoever holds it need not check anything. Nodes and links are kept in a canonical order.
//! It knows nothing of files or of the screen.

mod draft;
mod write;

use simulator::cost::NodeCost;
use simulator::{Link, NodeId, NodeKind, Scenario, SimDuration, SimTime};

use crate::control::Control;
use crate::edit::Edit;
use crate::name;
use crate::order;
use crate::speed::Speed;

pub(crate) use draft::{Draft, DraftLink, End, Flaw, Place, no_such_node};

/// The format that this program reads and writes.
pub const FORMAT: u64 = 1;
/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// The most links a document may have.
pub const MAX_LINKS: usize = 1_024;
/// The most entries of a timeline.
pub const MAX_TIMELINE: usize = 1_000;
/// How much work it may be to carry the timeline out, and as much again for all variants: a change
/// counts the nodes and links of the system as it is then, a fault the nodes that it names. Enough
/// for a thousand changes to a hundred of them.
pub const MAX_WORK: usize = 100_000;
/// The most variants.
pub const MAX_VARIANTS: usize = 16;
/// The most settings of one variant.
pub const MAX_VARIANT_SETTINGS: usize = 64;
/// Positions are cells of the grid from minus this to this.
pub const MAX_CELL: i32 = 1_000;

/// A valid scenario with everything that a figure needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub(crate) settings: Settings,
    controls: Vec<Control>,
    nodes: Vec<DiagramNode>,
    scenario: Scenario,
    pub(crate) timeline: Vec<Timed>,
    pub(crate) variants: Vec<Variant>,
}

/// What is set for the document as a whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) seed: u64,
    pub(crate) slo: SimDuration,
    pub(crate) duration: SimDuration,
    pub(crate) warm_up: SimDuration,
    pub(crate) speed: Speed,
    /// `None` shows the usual ones.
    pub(crate) controls: Option<Vec<Control>>,
}

/// A node with its place on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagramNode {
    /// Unique in the document.
    pub name: String,
    /// What it is, with its parameters.
    pub kind: NodeKind,
    /// What is paid for it.
    pub cost: Option<NodeCost>,
    /// The cell of the grid that its middle was dragged to; never changes a result.
    pub position: Option<(i32, i32)>,
}

/// Something that happens by itself during a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// When.
    pub at: SimTime,
    /// What.
    pub edit: Edit,
}

/// A further run for the table of results: the document with some settings changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The key by which claims refer to it.
    pub name: String,
    /// What the table calls it.
    pub label: String,
    /// Paths and values, as in [`Edit::Set`].
    pub settings: Vec<(String, String)>,
}

impl Document {
    /// The heading of the figure; may be empty.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.settings.title
    }

    /// The first sentence of the text alternative; may be empty.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.settings.description
    }

    /// The number from which all chance is derived.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.settings.seed
    }

    /// An answer that takes longer counts as late.
    #[must_use]
    pub const fn slo(&self) -> SimDuration {
        self.settings.slo
    }

    /// How much simulated time the results cover, the warm-up included.
    #[must_use]
    pub const fn duration(&self) -> SimDuration {
        self.settings.duration
    }

    /// The beginning that is left out of the results; shorter than the duration.
    #[must_use]
    pub const fn warm_up(&self) -> SimDuration {
        self.settings.warm_up
    }

    /// How fast the live figure starts.
    #[must_use]
    pub const fn speed(&self) -> Speed {
        self.settings.speed
    }

    /// The controls that the figure shows, in order.
    #[must_use]
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// All nodes, in canonical order: the order of [`Scenario::nodes`].
    #[must_use]
    pub fn nodes(&self) -> &[DiagramNode] {
        &self.nodes
    }

    /// All links, in canonical order.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        self.scenario.links()
    }

    /// What happens by itself during a run, in the order of time.
    #[must_use]
    pub fn timeline(&self) -> &[Timed] {
        &self.timeline
    }

    /// The further runs of the table of results.
    #[must_use]
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// The system to simulate.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        self.scenario.clone()
    }

    /// The node called `name`.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&DiagramNode> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// The place of the node called `name`.
    #[must_use]
    pub fn node_id(&self, name: &str) -> Option<NodeId> {
        self.scenario.node(name)
    }

    /// The nodes that `name` means: the one of that name or, where there is none, the group
    /// `name-1`, `name-2` and so on. Empty if it means none.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Vec<NodeId> {
        name::resolve(self.nodes.iter().map(|node| node.name.as_str()), name)
            .into_iter()
            .filter_map(|place| u32::try_from(place).ok().map(NodeId))
            .collect()
    }

    /// A name that no node has yet: "web-5" next to "web-4", "cache" or "cache-2" for the first
    /// and second node of a new family.
    #[must_use]
    pub fn free_name(&self, near: &str) -> String {
        let stem = name::split_number(near).map_or(near, |(stem, _)| stem);
        let stem: String = stem.chars().take(name::MAX_NAME - 6).collect();
        if name::check_name(&stem).is_err() {
            return self.free_name("node");
        }
        let is_free = |name: &str| self.node(name).is_none();
        let is_family = self
            .nodes
            .iter()
            .any(|node| name::split_number(&node.name).is_some_and(|(known, _)| known == stem));
        if is_free(&stem) && !is_family {
            return stem;
        }
        (1..=Scenario::MAX_NODES + 1)
            .map(|number| format!("{stem}-{number}"))
            .find(|name| is_free(name))
            .expect("one more name than there can be nodes")
    }

    /// The same document with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        self.changed(|settings| settings.seed = seed.min(i64::MAX as u64))
    }

    /// The same document that covers another length of time; the warm-up stays below it.
    #[must_use]
    pub fn with_duration(&self, duration: SimDuration) -> Self {
        self.changed(|settings| {
            let shortest = SimDuration::from_millis(100);
            settings.duration = duration.clamp(shortest, SimDuration::from_secs(3600));
            if settings.warm_up >= settings.duration {
                settings.warm_up = SimDuration::from_nanos(settings.duration.as_nanos() / 6);
            }
        })
    }

    /// The same document without its timeline.
    #[must_use]
    pub fn without_timeline(&self) -> Self {
        Self {
            timeline: Vec::new(),
            ..self.clone()
        }
    }

    /// The same document without its variants.
    #[must_use]
    pub fn without_variants(&self) -> Self {
        Self {
            variants: Vec::new(),
            ..self.clone()
        }
    }

    /// The same document with another timeline; entries that cannot happen, or are more than
    /// [`MAX_TIMELINE`], are left out.
    #[must_use]
    pub fn with_timeline(&self, mut timeline: Vec<Timed>) -> Self {
        order::sort(&mut timeline, |a, b| a.at.cmp(&b.at));
        let mut document = Self {
            timeline,
            ..self.clone()
        };
        document.drop_impossible();
        document.timeline.truncate(MAX_TIMELINE);
        document
    }

    /// The document with the settings of a variant, without variants of its own.
    #[must_use]
    pub fn variant(&self, variant: &Variant) -> Self {
        let mut changed = self.clone();
        changed.variants.clear();
        for (path, value) in &variant.settings {
            let edit = Edit::Set {
                path: path.clone(),
                value: value.clone(),
            };
            // A variant's settings have been applied once when the document was made.
            if let Ok(next) = changed.apply(&edit) {
                changed = next;
            }
        }
        changed
    }

    /// The same system, seed and objective with everything that never changes a run as it is in
    /// `other`: texts, lengths of time, speed, controls, and the positions of the nodes that it has.
    pub(crate) fn with_looks_of(&self, other: &Self) -> Self {
        let mut draft = Draft::of(self);
        draft.settings = Settings {
            seed: self.settings.seed,
            slo: self.settings.slo,
            ..other.settings.clone()
        };
        for node in &mut draft.nodes {
            if let Some(other) = other.node(&node.name) {
                node.position = other.position;
            }
        }
        draft.build().unwrap_or_else(|_| self.clone())
    }

    /// The same system with the timeline and the variants of `other`, as far as they fit.
    pub(crate) fn with_plans_of(&self, other: &Self) -> Self {
        let mut document = Self {
            timeline: other.timeline.clone(),
            variants: other.variants.clone(),
            ..self.clone()
        };
        document.drop_impossible();
        document
    }

    /// A document without nodes and with every setting at its default.
    #[must_use]
    pub(crate) fn empty() -> Self {
        let settings = Settings {
            title: String::new(),
            description: String::new(),
            seed: 1,
            slo: SimDuration::from_millis(200),
            duration: SimDuration::from_secs(60),
            warm_up: SimDuration::from_secs(10),
            speed: Speed::new(1.0 / 50.0),
            controls: None,
        };
        let draft = Draft {
            settings,
            nodes: Vec::new(),
            links: Vec::new(),
            timeline: Vec::new(),
            variants: Vec::new(),
        };
        draft.build().expect("nothing in it could be wrong")
    }

    /// What the playground opens with.
    #[must_use]
    pub fn default_playground() -> Self {
        Self::parse(include_str!("document/playground.toml"))
            .expect("the document is part of the program and read by a test")
    }

    fn changed(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut draft = Draft::of(self);
        change(&mut draft.settings);
        draft.build().unwrap_or_else(|_| self.clone())
    }
}
