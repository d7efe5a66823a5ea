//! Changes to a document or a run, as values: they can be logged, undone and written to a file.

mod apply;
mod rehearsal;
mod set;

use std::fmt;

use simulator::{Kind, SimDuration};

use crate::document::{Document, Draft, Flaw};
use crate::quantity::{Fault, quote};

pub(crate) use apply::check_factor;
pub(crate) use rehearsal::Rehearsal;
pub(crate) use set::canonical;

/// One change. Names may be those of groups where that makes sense: "web" means web-1, web-2 and
/// so on.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Changes one setting.
    Set {
        /// `users.rate`, `web.workers`, `web.count`, `balancer.health-check.interval`,
        /// `web -> db.latency` or a setting of the document such as `slo`.
        path: String,
        /// The value as text in the form of its quantity: `200/s`.
        value: String,
    },
    /// Adds a node with default parameters and no links.
    Add {
        /// A name that is free.
        name: String,
        /// What it is.
        kind: Kind,
    },
    /// Adds a copy of a node, with copies of its links.
    Duplicate {
        /// The node to copy.
        name: String,
        /// A name that is free.
        as_name: String,
    },
    /// Removes a node with its links. Requests inside are finished.
    Remove {
        /// Which.
        name: String,
    },
    /// Gives a node another name. In a run the old node leaves and a new one joins.
    Rename {
        /// The present name.
        name: String,
        /// A name that is free.
        to: String,
    },
    /// Adds a link.
    Connect {
        /// The node that calls.
        from: String,
        /// The node that is called.
        to: String,
        /// The delay in one direction.
        latency: SimDuration,
    },
    /// Removes a link.
    Disconnect {
        /// The node that calls.
        from: String,
        /// The node that is called.
        to: String,
    },
    /// Moves a node on the screen. Never changes a result.
    Move {
        /// Which.
        name: String,
        /// Column of the grid.
        x: i32,
        /// Row of the grid.
        y: i32,
    },
    /// Makes a node refuse connections. Acts on a run; a document stays as it is.
    Kill {
        /// Which.
        name: String,
    },
    /// Makes every service of a node take `factor` times as long. Acts on a run.
    Slow {
        /// Which.
        name: String,
        /// More than 1, at most 1,000.
        factor: f64,
    },
    /// Makes a node work as it should again. Acts on a run.
    Heal {
        /// Which.
        name: String,
    },
}

/// Why an edit is not possible: a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError {
    /// What is wrong.
    pub message: String,
    /// What to do instead, where that can be guessed.
    pub help: Option<String>,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for EditError {}

impl From<Fault> for EditError {
    fn from(Fault { message, help }: Fault) -> Self {
        Self { message, help }
    }
}

impl Document {
    /// The document with the change. Entries of the timeline and settings of variants that are no
    /// longer possible are left out of it.
    ///
    /// # Errors
    /// An [`EditError`] if the result would not be valid.
    pub fn apply(&self, edit: &Edit) -> Result<Self, EditError> {
        let mut document = self.apply_alone(edit)?;
        if !edit.leaves_the_rest_possible() {
            document.drop_impossible();
        }
        Ok(document)
    }

    /// The document with all the changes, one after the other. What is possible no longer is left out
    /// once, at the end: how long that takes does not grow with their number.
    ///
    /// # Errors
    /// The first [`EditError`].
    pub fn apply_all(&self, edits: &[Edit]) -> Result<Self, EditError> {
        let mut document = self.clone();
        for edit in edits {
            document = document.apply_alone(edit)?;
        }
        document.drop_impossible();
        Ok(document)
    }

    /// [`Document::apply`] without looking at the timeline and the variants.
    pub(crate) fn apply_alone(&self, edit: &Edit) -> Result<Self, EditError> {
        apply::apply(self, edit)
    }

    /// Leaves out entries of the timeline and settings of variants that cannot be carried out, or
    /// that are more than [`MAX_WORK`](crate::document::MAX_WORK).
    pub(crate) fn drop_impossible(&mut self) {
        let mut rehearsal = Rehearsal::of(self);
        self.timeline
            .retain(|timed| rehearsal.can_carry_out(&timed.edit));
        let mut rehearsal = Rehearsal::of(self);
        for variant in &mut self.variants {
            variant.settings.retain(|(path, value)| {
                rehearsal.can_carry_out(&Edit::Set {
                    path: path.clone(),
                    value: value.clone(),
                })
            });
            rehearsal.begin_again();
        }
    }
}

impl Edit {
    /// Whether a run can carry this out at a moment of its own, so that a timeline may hold it.
    pub(crate) fn check_in_run(&self) -> Result<(), Fault> {
        match self {
            Self::Move { .. } => Err(Fault::new("moving a node is not part of a run")),
            Self::Set { path, .. }
                if path != "slo" && !path.contains("->") && !path.contains('.') =>
            {
                Err(Fault::new(format!(
                    "{} cannot change during a run",
                    quote(path)
                )))
            }
            _ => Ok(()),
        }
    }

    /// Whether everything that was possible before it is possible after it, so that nobody has to
    /// look: it changes no names and no links, and none of the values that are limited together.
    fn leaves_the_rest_possible(&self) -> bool {
        match self {
            Self::Set { path, .. } if path.contains("->") => true,
            Self::Set { path, .. } => match path.split_once('.') {
                Some((_, key)) => {
                    let key = key.split('.').next().unwrap_or(key);
                    !matches!(key, "count" | "queue-limit" | "health-check")
                }
                None => !matches!(path.as_str(), "duration" | "warm-up"),
            },
            Self::Move { .. } => true,
            other => other.is_about_condition(),
        }
    }

    /// The names of nodes and groups that have to be there.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Set { path, .. } => match (path.split_once("->"), path.split_once('.')) {
                (Some((from, rest)), _) => {
                    let to = rest.rsplit_once('.').map_or(rest, |(to, _)| to);
                    vec![from.trim(), to.trim()]
                }
                (None, Some((name, _))) => vec![name],
                (None, None) => Vec::new(),
            },
            Self::Add { .. } => Vec::new(),
            Self::Connect { from, to, .. } | Self::Disconnect { from, to } => vec![from, to],
            Self::Duplicate { name, .. }
            | Self::Remove { name }
            | Self::Rename { name, .. }
            | Self::Move { name, .. }
            | Self::Kill { name }
            | Self::Slow { name, .. }
            | Self::Heal { name } => vec![name],
        }
    }

    /// Whether it changes a link.
    pub(crate) fn is_about_a_link(&self) -> bool {
        match self {
            Self::Set { path, .. } => path.contains("->"),
            other => matches!(other, Self::Connect { .. } | Self::Disconnect { .. }),
        }
    }

    /// Whether it changes the condition of a node and leaves the document as it is.
    pub(crate) const fn is_about_condition(&self) -> bool {
        matches!(
            self,
            Self::Kill { .. } | Self::Slow { .. } | Self::Heal { .. }
        )
    }
}

pub(crate) fn build(draft: Draft) -> Result<Document, EditError> {
    draft.build().map_err(|flaws| {
        let fault = flaws.into_iter().next().map(|Flaw { fault, .. }| fault);
        fault
            .unwrap_or_else(|| Fault::new("the document is not valid"))
            .into()
    })
}

#[cfg(test)]
mod tests;
