//! What is left of a faulty system: enough of it to check the timeline and the variants against.
//!
//! So a link to nowhere does not hide a misspelt name in the timeline, nor one circle another. What
//! was left out for a fault that is reported already must not look like a fault of something else.

use simulator::{Scenario, SimDuration};

use super::diagram::Spans;
use super::section::Problems;
use crate::document::{Document, Draft, End, Flaw, Place};
use crate::edit::Edit;
use crate::kind;
use crate::name::{resolve, split_number};
use crate::problem::MAX_PROBLEMS;

/// What cannot be told of a system, because what was written is faulty.
pub(super) struct Doubts {
    /// Nodes whose kind nobody knows.
    unread: Vec<String>,
    /// Whether links were left out.
    has_lost_links: bool,
}

/// Reports every flaw of the draft. The document has what is sound; none where too little is.
/// `unread` are the names of nodes that could not be read, for which others stand.
pub(super) fn build(
    mut draft: Draft,
    spans: &Spans,
    unread: Vec<String>,
    problems: &mut Problems,
) -> Option<(Document, Doubts)> {
    let mut doubts = Doubts {
        unread,
        has_lost_links: false,
    };
    // Where the nodes and links that are left were in the draft at first.
    let mut nodes: Vec<usize> = (0..draft.nodes.len()).collect();
    let mut links: Vec<usize> = (0..draft.links.len()).collect();
    for _ in 0..MAX_PROBLEMS {
        let flaws = match draft.clone().build() {
            Ok(document) => return Some((document, doubts)),
            Err(flaws) => flaws,
        };
        for (nth, Flaw { place, fault }) in flaws.iter().enumerate() {
            // A link between groups is many links with the same fault.
            let is_same_link = matches!(place, Place::Link(..))
                && flaws[..nth].iter().any(|flaw| flaw.place == *place);
            if is_same_link || doubts.excuse_link(&draft, *place) {
                continue;
            }
            let (span, at) = spans.of(match *place {
                Place::Node(at) => Place::Node(nodes[at]),
                Place::Link(at, end) => Place::Link(links[at], end),
                Place::LinksFrom(at) => Place::LinksFrom(links[at]),
                place => place,
            });
            problems.add(span, &at, fault.clone());
        }
        if problems.are_enough() || draft.nodes.len() > Scenario::MAX_NODES {
            return None;
        }
        let n_links = links.len();
        mend(&mut draft, &flaws, &mut nodes, &mut links);
        doubts.has_lost_links |= links.len() < n_links;
    }
    None
}

/// Takes what is faulty out of the draft, and defaults for what has to stay.
fn mend(draft: &mut Draft, flaws: &[Flaw], nodes: &mut Vec<usize>, links: &mut Vec<usize>) {
    let (mut twins, mut lost) = (Vec::new(), Vec::new());
    for flaw in flaws {
        match flaw.place {
            Place::Setting("warm-up") => draft.settings.warm_up = SimDuration::ZERO,
            Place::Setting(_) => draft.settings.slo = Document::empty().slo(),
            Place::Node(at) => {
                let name = &draft.nodes[at].name;
                if draft.nodes[..at].iter().any(|other| other.name == *name) {
                    twins.push(at);
                } else {
                    set_right(draft, at);
                }
            }
            Place::Link(at, _) => lost.push(at),
            Place::LinksFrom(at) => lost.extend(at..links.len()),
            // Too much of something that is not in one place: names and kinds are still known.
            Place::Document => {
                (0..draft.nodes.len()).for_each(|at| set_right(draft, at));
                lost.extend(0..links.len());
            }
        }
    }
    take_out(&mut draft.nodes, nodes, &mut twins);
    take_out(&mut draft.links, links, &mut lost);
}

fn set_right(draft: &mut Draft, at: usize) {
    let node = &mut draft.nodes[at];
    node.kind = kind::default(node.kind.kind());
    node.position = None;
}

fn take_out<T>(things: &mut Vec<T>, origins: &mut Vec<usize>, places: &mut Vec<usize>) {
    places.sort_unstable();
    places.dedup();
    for &at in places.iter().rev() {
        things.remove(at);
        origins.remove(at);
    }
}

impl Doubts {
    /// Whether a link is faulty only because nobody knows what it joins.
    fn excuse_link(&self, draft: &Draft, place: Place) -> bool {
        let Place::Link(at, End::Both) = place else {
            return false;
        };
        let link = &draft.links[at];
        [&link.from, &link.to].into_iter().any(|end| {
            let names = draft.nodes.iter().map(|node| node.name.as_str());
            let mut meant = resolve(names, end).into_iter();
            meant.any(|place| self.unread.contains(&draft.nodes[place].name))
        })
    }

    /// Whether `edit` may be impossible only because of what is not known of the system.
    pub(super) fn excuse(&self, present: &Document, edit: &Edit) -> bool {
        let names = edit.names();
        let is_known = names.iter().all(|name| !present.resolve(name).is_empty());
        let is_unread = |name: &&str| {
            let is_stem = |known: &str| split_number(known).is_some_and(|(stem, _)| stem == *name);
            self.unread
                .iter()
                .any(|known| known == name || is_stem(known))
        };
        is_known && (names.iter().any(is_unread) || (self.has_lost_links && edit.is_about_a_link()))
    }
}
