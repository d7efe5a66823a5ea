//! A document that is not checked yet, and the one place where it is checked.

use simulator::{Link, Node, NodeId, Scenario, ScenarioError, SimDuration};

use super::{DiagramNode, Document, MAX_CELL, MAX_LINKS, Settings, Timed, Variant};
use crate::control::Control;
use crate::kind;
use crate::name;
use crate::order;
use crate::problem::MAX_PROBLEMS;
use crate::quantity::{Fault, quote};
use crate::suggestion::did_you_mean;
use crate::wording::enumeration;

/// A document that may be wrong.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) settings: Settings,
    pub(crate) nodes: Vec<DiagramNode>,
    pub(crate) links: Vec<DraftLink>,
    pub(crate) timeline: Vec<Timed>,
    pub(crate) variants: Vec<Variant>,
}

/// A link between names, which may be those of groups.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftLink {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) latency: SimDuration,
}

/// What is wrong with a draft.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) place: Place,
    pub(crate) fault: Fault,
}

/// Where in a draft.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// A setting, by its key.
    Setting(&'static str),
    /// A place in the draft's list of nodes.
    Node(usize),
    /// A place in the draft's list of links, and an end of it.
    Link(usize, End),
    /// A place in the draft's list of links, and all links after it.
    LinksFrom(usize),
    /// The document as a whole.
    Document,
}

/// A part of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    /// Where it starts.
    From,
    /// Where it leads.
    To,
    /// All of it.
    Both,
}

impl Draft {
    pub(crate) fn of(document: &Document) -> Self {
        let name = |id: NodeId| document.nodes[id.index()].name.clone();
        Self {
            settings: document.settings.clone(),
            nodes: document.nodes.clone(),
            links: document
                .links()
                .iter()
                .map(|link| DraftLink {
                    from: name(link.from),
                    to: name(link.to),
                    latency: link.latency,
                })
                .collect(),
            timeline: document.timeline.clone(),
            variants: document.variants.clone(),
        }
    }

    /// Checks everything but the timeline and the variants, which need a document to be checked
    /// against.
    pub(crate) fn build(self) -> Result<Document, Vec<Flaw>> {
        let mut flaws = Vec::new();
        if self.settings.warm_up >= self.settings.duration {
            flaws.push(Flaw {
                place: Place::Setting("warm-up"),
                fault: Fault::new("the warm-up has to be shorter than the duration"),
            });
        }
        self.check_nodes(&mut flaws);
        if !flaws.is_empty() {
            return Err(flaws);
        }

        let mut places: Vec<usize> = (0..self.nodes.len()).collect();
        order::sort(&mut places, |&a, &b| {
            let key = |place: usize| (self.nodes[place].kind.kind(), &*self.nodes[place].name);
            name::order(key(a), key(b))
        });
        let nodes: Vec<DiagramNode> = places
            .iter()
            .map(|&place| self.nodes[place].clone())
            .collect();
        let links = self.expand_links(&nodes, &mut flaws);
        if !flaws.is_empty() {
            return Err(flaws);
        }

        let (origins, links): (Vec<usize>, Vec<Link>) = links.into_iter().unzip();
        let plain = nodes
            .iter()
            .map(|node| Node {
                cost: node.cost,
                ..Node::new(node.name.clone(), node.kind.clone())
            })
            .collect();
        let mut settings = self.settings;
        // The control of a node goes with it.
        if let Some(controls) = &mut settings.controls {
            controls.retain(|control| control.fits(&nodes));
        }
        match Scenario::try_new(settings.seed, settings.slo, plain, links.clone()) {
            Ok(scenario) => {
                let controls = settings
                    .controls
                    .clone()
                    .unwrap_or_else(|| Control::usual(&nodes));
                Ok(Document {
                    settings,
                    controls,
                    nodes,
                    scenario,
                    timeline: self.timeline,
                    variants: self.variants,
                })
            }
            Err(errors) => Err(errors
                .iter()
                .map(|error| explain(error, &nodes, &places, &links, &origins))
                .collect()),
        }
    }

    fn check_nodes(&self, flaws: &mut Vec<Flaw>) {
        if self.nodes.len() > Scenario::MAX_NODES {
            flaws.push(Flaw {
                place: Place::Node(Scenario::MAX_NODES),
                fault: Fault::new(format!(
                    "with this there are more than {} nodes",
                    Scenario::MAX_NODES
                )),
            });
            return;
        }
        let index = name::Index::new(self.nodes.iter().map(|node| &*node.name));
        for (place, node) in self.nodes.iter().enumerate() {
            let mut flaw = |fault| {
                flaws.push(Flaw {
                    place: Place::Node(place),
                    fault,
                })
            };
            if let Err(fault) = name::check_name(&node.name) {
                flaw(fault);
            } else if index.first(&node.name) != Some(place) {
                flaw(Fault::new(format!(
                    "there is another node called {}",
                    quote(&node.name)
                )));
            }
            if let Some((x, y)) = node.position
                && [x, y].iter().any(|at| !(-MAX_CELL..=MAX_CELL).contains(at))
            {
                flaw(Fault::new(format!(
                    "a position is a cell from -{MAX_CELL} to {MAX_CELL}"
                )));
            }
        }
    }

    /// Links between places in `nodes`, each with the place of the draft's link it comes from, in
    /// canonical order.
    fn expand_links(&self, nodes: &[DiagramNode], flaws: &mut Vec<Flaw>) -> Vec<(usize, Link)> {
        let index = name::Index::new(nodes.iter().map(|node| &*node.name));
        let id = |place: usize| NodeId(u32::try_from(place).unwrap_or(u32::MAX));
        let mut links = Vec::new();
        for (place, link) in self.links.iter().enumerate() {
            // To guess what was meant takes long, and more problems than these are not shown.
            if flaws.len() >= MAX_PROBLEMS {
                break;
            }
            let mut resolve = |name: &str, end| {
                let found = index.resolve(name);
                if found.is_empty() {
                    flaws.push(Flaw {
                        place: Place::Link(place, end),
                        fault: no_such_node(nodes, name),
                    });
                }
                found
            };
            let (from, to) = (resolve(&link.from, End::From), resolve(&link.to, End::To));
            if links.len() + from.len() * to.len() > MAX_LINKS {
                flaws.push(Flaw {
                    place: Place::LinksFrom(place),
                    fault: Fault::new(format!("there are more than {MAX_LINKS} links")),
                });
                break;
            }
            for &from in &from {
                for &to in &to {
                    let link = Link::new(id(from), id(to), link.latency);
                    links.push((place, link));
                }
            }
        }
        order::sort(&mut links, |(_, a), (_, b)| {
            (a.from, a.to).cmp(&(b.from, b.to))
        });
        links
    }
}

/// Says that there is no node called `name`, and which one may be meant.
pub(crate) fn no_such_node(nodes: &[DiagramNode], name: &str) -> Fault {
    let names = nodes.iter().map(|node| node.name.as_str());
    let groups = nodes
        .iter()
        .filter_map(|node| name::split_number(&node.name))
        .map(|(stem, _)| stem);
    Fault {
        message: format!("there is no node called {}", quote(name)),
        help: did_you_mean(name, names.chain(groups)),
    }
}

fn explain(
    error: &ScenarioError,
    nodes: &[DiagramNode],
    order: &[usize],
    links: &[Link],
    origins: &[usize],
) -> Flaw {
    let name = |id: &NodeId| nodes.get(id.index()).map_or("?", |node| node.name.as_str());
    let node = |id: &NodeId| {
        order
            .get(id.index())
            .map_or(Place::Document, |&at| Place::Node(at))
    };
    let link = |at: &usize| {
        origins
            .get(*at)
            .map_or(Place::Document, |&at| Place::Link(at, End::Both))
    };
    let ends = |at: &usize| links.get(*at).map(|link| (link.from, link.to));
    let chain = |ids: &[NodeId]| ids.iter().map(name).collect::<Vec<_>>();
    let (place, fault) = match error {
        ScenarioError::DuplicateName { node: id } => (
            node(id),
            Fault::new(format!("there is another node called \"{}\"", name(id))),
        ),
        ScenarioError::OutOfRange {
            node: id,
            parameter,
            range,
        } => (
            node(id),
            Fault::new(format!(
                "{} of \"{}\" is out of range: {range}",
                parameter.replace('_', "-"),
                name(id)
            )),
        ),
        ScenarioError::LinkOutOfRange {
            link: at,
            parameter,
            range,
        } => (
            link(at),
            Fault::new(format!(
                "{} is out of range: {range}",
                parameter.replace('_', "-")
            )),
        ),
        ScenarioError::WeightTooGreat { link: at } => (
            link(at),
            Fault::new(format!("a weight is at most {}", Link::MAX_WEIGHT)),
        ),
        ScenarioError::TooManyNodes => (
            Place::Document,
            Fault::new(format!(
                "there are {} nodes; at most {} fit",
                nodes.len(),
                Scenario::MAX_NODES
            )),
        ),
        ScenarioError::QueuesTooLong => (
            Place::Document,
            Fault::new(format!(
                "all queues together may hold at most {} requests",
                crate::wording::thousands(Scenario::MAX_QUEUED)
            )),
        ),
        ScenarioError::ZeroSlo => (
            Place::Setting("slo"),
            Fault::new("the objective has to be longer than nothing"),
        ),
        ScenarioError::DanglingLink { link: at } => (
            link(at),
            Fault::new("this link leads to a node that does not exist"),
        ),
        ScenarioError::LinkNotAllowed { link: at } => {
            let message = ends(at).map_or_else(String::new, |(from, to)| {
                let kinds = [from, to].map(|id| {
                    nodes
                        .get(id.index())
                        .map_or("?", |node| kind::noun(node.kind.kind()))
                });
                format!(
                    "\"{}\" ({}) cannot call \"{}\" ({})",
                    name(&from),
                    kinds[0],
                    name(&to),
                    kinds[1]
                )
            });
            let help = "clients call DNS, balancers and servers; balancers and servers call balancers, servers, shards and databases; shards call balancers and databases";
            (link(at), Fault::with_help(message, help))
        }
        ScenarioError::DuplicateLink { link: at } => {
            let message = ends(at).map_or_else(String::new, |(from, to)| {
                format!(
                    "\"{}\" and \"{}\" are linked already",
                    name(&from),
                    name(&to)
                )
            });
            (link(at), Fault::new(message))
        }
        ScenarioError::LatencyTooLong { link: at } => (
            link(at),
            Fault::new(format!("a latency is at most {}", Link::MAX_LATENCY)),
        ),
        ScenarioError::Circle { nodes: ids } => {
            let names = chain(ids);
            let closes = names.first().filter(|first| names.last() != Some(first));
            let path: Vec<&str> = names.iter().chain(closes).copied().collect();
            (
                circle_place(ids, links, origins),
                Fault::with_help(
                    format!("requests would run in a circle: {}", path.join(" → ")),
                    "remove one of these links",
                ),
            )
        }
        ScenarioError::TooDeep { nodes: ids } => (
            Place::Document,
            Fault::new(format!(
                "the chain {} has more than {} calls",
                enumeration(&chain(ids)),
                Scenario::MAX_DEPTH
            )),
        ),
    };
    Flaw { place, fault }
}

/// The link that closes the circle, which ends where it begins: of those on it, the last one written.
fn circle_place(ids: &[NodeId], links: &[Link], origins: &[usize]) -> Place {
    let is_step = |link: &Link| ids.windows(2).any(|pair| pair == [link.from, link.to]);
    links
        .iter()
        .zip(origins)
        .filter(|(link, _)| is_step(link))
        .map(|(_, &origin)| origin)
        .max()
        .map_or(Place::Document, |origin| Place::Link(origin, End::Both))
}
