//! Edits carried out one after another to find out which are possible, within a bound.
//!
//! A text of 64 KB can ask for a thousand changes to hundreds of nodes and a thousand links, and every
//! change to a document has to find out again what is still possible. So the work is counted.

use simulator::NodeId;

use super::{Edit, EditError, apply};
use crate::document::{Document, MAX_WORK};
use crate::quantity::Fault;
use crate::wording::thousands;

/// A document on which edits are tried out.
pub(crate) struct Rehearsal {
    start: Document,
    present: Document,
    work: usize,
}

impl Rehearsal {
    /// Begins with `document`, whose timeline and variants are left aside.
    pub(crate) fn of(document: &Document) -> Self {
        let mut start = document.without_timeline();
        start.variants.clear();
        Self {
            present: start.clone(),
            start,
            work: 0,
        }
    }

    /// The document after the edits so far.
    pub(crate) const fn present(&self) -> &Document {
        &self.present
    }

    /// The work so far, in nodes and links looked at.
    #[cfg(test)]
    pub(crate) const fn work(&self) -> usize {
        self.work
    }

    /// Goes back to the start. What was worked stays counted.
    pub(crate) fn begin_again(&mut self) {
        self.present = self.start.clone();
    }

    /// Whether no more work is allowed.
    pub(crate) const fn is_over(&self) -> bool {
        self.work > MAX_WORK
    }

    /// Carries out one edit.
    ///
    /// # Errors
    /// Where the edit is not possible, or would be too much; then nothing has changed.
    pub(crate) fn carry_out(&mut self, edit: &Edit) -> Result<(), EditError> {
        let work = work(&self.present, edit).unwrap_or_else(|| self.present.nodes().len());
        self.work = self.work.saturating_add(work);
        if self.is_over() {
            return Err(too_much().into());
        }
        if edit.is_about_condition() {
            return apply::check_condition(&self.present, edit);
        }
        self.present = self.present.apply_alone(edit)?;
        Ok(())
    }

    /// Like [`Rehearsal::carry_out`], where nobody asks why not: nothing is guessed.
    pub(crate) fn can_carry_out(&mut self, edit: &Edit) -> bool {
        work(&self.present, edit).is_some() && self.carry_out(edit).is_ok()
    }
}

/// Says that the changes of a document are more than [`MAX_WORK`].
fn too_much() -> Fault {
    Fault::with_help(
        format!(
            "these are too many changes for so large a system: each counts its nodes and links, at most {} in all",
            thousands(MAX_WORK as u64)
        ),
        "change less often, or a smaller system",
    )
}

/// How many nodes and links are looked at to carry out `edit`: those it names to change a condition,
/// all of them to change the document. `None` where it names a node that is not there.
fn work(document: &Document, edit: &Edit) -> Option<usize> {
    let named = |name: &str| {
        let nodes: Vec<NodeId> = document.resolve(name);
        (!nodes.is_empty()).then_some(nodes.len())
    };
    let whole = document.nodes().len() + document.links().len() + 1;
    match edit {
        Edit::Kill { name } | Edit::Heal { name } | Edit::Slow { name, .. } => named(name),
        Edit::Duplicate { name, .. }
        | Edit::Remove { name }
        | Edit::Rename { name, .. }
        | Edit::Move { name, .. } => named(name).map(|_| whole),
        Edit::Connect { from, to, .. } | Edit::Disconnect { from, to } => {
            named(from).and(named(to)).map(|_| whole)
        }
        Edit::Set { path, .. } => match (path.split_once("->"), path.split_once('.')) {
            (Some((from, rest)), _) => {
                let to = rest.rsplit_once('.').map_or(rest, |(to, _)| to);
                named(from.trim()).and(named(to.trim())).map(|_| whole)
            }
            (None, Some((name, _))) => named(name).map(|_| whole),
            (None, None) => Some(whole),
        },
        Edit::Add { .. } => Some(whole),
    }
}
