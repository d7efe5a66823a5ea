//! The bottleneck in words: tile, label, tables and sentences all say what this says.

use simulator::{
    Bottleneck, Measurement, NodeId, NodeSnapshot, SimDuration, Snapshot, bottleneck, busiest,
};

use crate::describe::Moment;
use crate::document::{DiagramNode, Document};
use crate::kind;
use crate::wording::{hundredths, thousands};

/// Who is to blame, and how that is known. Which node it is, [`simulator::bottleneck`] decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Blame {
    /// Its name, or "none".
    pub(crate) name: String,
    /// The evidence: "is down", "1,203 waiting", "ρ 0.93".
    pub(crate) evidence: String,
    /// Whether something is wrong.
    pub(crate) is_trouble: bool,
}

impl Blame {
    /// What is to blame at the moment of `snapshot`.
    pub(crate) fn of(document: &Document, snapshot: &Snapshot) -> Self {
        let name = |id: NodeId| {
            let node = document.nodes().get(id.index());
            node.map_or_else(|| "–".to_owned(), |node| node.name.clone())
        };
        let Some(found) = snapshot.bottleneck else {
            let reasons = snapshot.recent.failures.ranked();
            let failing = reasons.first().map(|(reason, _)| reason);
            return Self {
                name: "none".to_owned(),
                evidence: match (busiest(&snapshot.nodes), failing) {
                    (Some((id, load)), _) => format!("{} at ρ {}", name(id), hundredths(load)),
                    // Requests fail before they reach a node that would work on them.
                    (None, Some(reason)) => reason.label().to_owned(),
                    (None, None) => "nothing is busy".to_owned(),
                },
                is_trouble: failing.is_some(),
            };
        };
        let (evidence, is_trouble) = match found {
            Bottleneck::Down(_) => ("is down".to_owned(), true),
            Bottleneck::BackedUp { waiting, .. } => {
                (format!("{} waiting", thousands(u64::from(waiting))), true)
            }
            Bottleneck::Busy { utilisation, .. } => {
                (format!("ρ {}", hundredths(utilisation)), utilisation >= 0.9)
            }
        };
        Self {
            name: name(found.node()),
            evidence,
            is_trouble,
        }
    }

    /// For a cell of a table: "db (is down)", "none (web at ρ 0.31)".
    pub(crate) fn in_a_cell(&self) -> String {
        format!("{} ({})", self.name, self.evidence)
    }
}

/// The label that the picture and the table of nodes give to node `id`, if it is to blame.
pub(crate) fn label(snapshot: &Snapshot, id: NodeId) -> Option<&'static str> {
    let found = snapshot.bottleneck.filter(|found| found.node() == id)?;
    Some(match found {
        Bottleneck::Down(_) => "down",
        Bottleneck::BackedUp { .. } | Bottleneck::Busy { .. } => "bottleneck",
    })
}

/// What a listener hears when the bottleneck moves. That another one of several equal nodes is the
/// busiest by a hair is no news.
pub(crate) fn change(before: Moment<'_>, after: Moment<'_>) -> Option<String> {
    let found = worth_saying(after.snapshot)?;
    let is_down = |found: Bottleneck| matches!(found, Bottleneck::Down(_));
    if let (Some(old), Some(new)) = (worth_saying(before.snapshot), after.node(found.node())) {
        let old_node = before.node(old.node());
        let is_same = old_node.is_some_and(|old| old.name == new.name || old.kind == new.kind);
        if is_same && (is_down(old) || !is_down(found)) {
            return None;
        }
    }
    let Blame { name, evidence, .. } = Blame::of(after.document, after.snapshot);
    Some(match found {
        Bottleneck::Down(_) => format!("Requests fail because {name} {evidence}."),
        Bottleneck::BackedUp { .. } => format!("The bottleneck is {name}: {evidence}."),
        Bottleneck::Busy { node, .. } => {
            let kind = |node: &DiagramNode| node.kind.kind();
            let kind_of_it = after.node(node).map(kind);
            let nodes = after.document.nodes().iter().map(kind);
            let is_only = nodes.filter(|&other| Some(other) == kind_of_it).count() == 1;
            match kind_of_it {
                // The busiest of several is another one at every moment.
                Some(kind) if !is_only => format!("The {}s are the bottleneck.", kind::noun(kind)),
                _ => format!("The bottleneck is {name}."),
            }
        }
    })
}

/// The bottleneck where it is worth a sentence: not the busiest node at every moment at which it is
/// busy for half of the time, nor at the first moments of a run, when one request makes it so.
fn worth_saying(snapshot: &Snapshot) -> Option<Bottleneck> {
    let is_long = snapshot.recent.window >= SimDuration::from_secs(5);
    let is_clear = |found: &Bottleneck| match *found {
        Bottleneck::Busy { utilisation, .. } => is_long && utilisation >= 0.7,
        Bottleneck::Down(_) | Bottleneck::BackedUp { .. } => true,
    };
    snapshot.bottleneck.filter(is_clear)
}

/// Takes over the utilisations of a measured stretch, and who is to blame by them.
pub(crate) fn judge_again(snapshot: &mut Snapshot, measured: &Measurement) {
    let utilisations = measured.nodes.iter().map(|node| node.utilisation);
    let set = |(node, utilisation): (&mut NodeSnapshot, f64)| node.utilisation = utilisation;
    snapshot.nodes.iter_mut().zip(utilisations).for_each(set);
    snapshot.bottleneck = bottleneck(&snapshot.nodes, measured.duration);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::run::Run;
    use crate::{describe, layout, numbers, svg, table};
    use simulator::SimTime;

    const SHOP: &str = r#"
format = 1
nodes.users = { kind = "clients", rate = "60/s" }
nodes.web = { kind = "server", workers = 1, service-time = "10ms" }
nodes.db = { kind = "database", read-time = "1ms", write-time = "1ms" }
links = [{ from = "users", to = "web" }, { from = "web", to = "db" }]
"#;

    /// Everything that names the bottleneck: tile, picture, table.
    fn shown(run: &Run) -> (String, String, Vec<String>) {
        let (document, snapshot) = (run.document(), run.simulation().snapshot());
        let tile = numbers::tiles(document, &snapshot).pop().expect("six");
        let layout = layout::place(document, layout::Orientation::Across);
        let options = svg::SceneOptions {
            id: "x",
            title: "",
            description: "",
            with_requests: None,
        };
        let picture = svg::scene(document, &layout, &snapshot, &options);
        let states = table::nodes(document, &snapshot).rows;
        (
            format!("{} {}", tile.value, tile.note),
            picture,
            states.into_iter().map(|row| row[2].clone()).collect(),
        )
    }

    #[test]
    fn tile_picture_table_and_sentence_name_the_same_node() {
        let document = Document::parse(SHOP).expect("valid");
        let mut run = Run::new(&document);
        run.run_until(SimTime::from_secs(10), u64::MAX);
        let before = run.simulation().snapshot();
        let (tile, picture, states) = shown(&run);
        assert!(tile.starts_with("web ρ 0."), "{tile}");
        assert!(picture.contains(">bottleneck<"));
        assert_eq!(states, ["up", "up, bottleneck", "up"]);

        let name = "db".to_owned();
        run.edit(Edit::Kill { name }).expect("databases can fail");
        run.run_until(SimTime::from_nanos(10_300_000_000), u64::MAX);
        let (tile, picture, states) = shown(&run);
        assert_eq!(tile, "db is down");
        assert!(picture.contains(">down<") && !picture.contains(">bottleneck<"));
        assert_eq!(states, ["up", "up", "dead, requests fail"]);
        let after = run.simulation().snapshot();
        let moment = |snapshot| Moment {
            document: run.document(),
            snapshot,
        };
        let said = describe::changes(moment(&before), moment(&after));
        let sentence = "Requests fail because db is down.".to_owned();
        assert!(said.contains(&sentence), "{said:?}");
        assert!(describe::changes(moment(&after), moment(&after)).is_empty());
    }
}
