//! A document being run: the simulation, what is still to happen, and a log of what was done to it.

use std::collections::VecDeque;

use simulator::{NodeId, Progress, SimTime, Simulation, Step};

use crate::diff::diff;
use crate::document::{Document, MAX_TIMELINE, Timed};
use crate::edit::{Edit, EditError, Rehearsal, canonical};

/// A run of a document.
///
/// Everything that is done to a run happens at a simulated time and is logged, so
/// [`Run::recording`] is a document that reproduces it, event for event.
#[derive(Clone, Debug)]
pub struct Run {
    /// What the run began with.
    start: Document,
    /// What the reader wants: the start with the reader's edits, but without the timeline's.
    design: Document,
    /// What is running now: after the reader's edits and the timeline's.
    document: Document,
    simulation: Simulation,
    pending: VecDeque<Timed>,
    log: Vec<Timed>,
    /// Whether everything that was done is in the log.
    is_log_whole: bool,
    /// Whether a change begins a new measurement.
    measures_changes: bool,
}

impl Run {
    /// A run of `document` at time zero.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self {
            start: document.clone(),
            design: document.clone(),
            document: document.clone(),
            simulation: Simulation::new(&document.scenario()),
            pending: document.timeline().iter().cloned().collect(),
            log: Vec::new(),
            is_log_whole: true,
            measures_changes: false,
        }
    }

    /// The same run for a reader who wants to see what a change did: the measurement is of everything
    /// since the last change, or since the warm-up where nothing was changed. Moving or renaming a
    /// node is no change.
    #[must_use]
    pub fn watched(document: &Document) -> Self {
        let mut run = Self::new(document);
        run.measures_changes = true;
        run.simulation.keep_hops();
        run.simulation
            .measure_from(SimTime::ZERO + document.warm_up());
        run
    }

    /// The document as it is running now, after everything that the reader and the timeline did.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The document as the reader made it: without what the timeline has done.
    #[must_use]
    pub const fn design(&self) -> &Document {
        &self.design
    }

    /// The simulation.
    #[must_use]
    pub const fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The present simulated time.
    #[must_use]
    pub const fn now(&self) -> SimTime {
        self.simulation.now()
    }

    /// Lets exactly one event happen; the timeline is carried out on the way. `None` when nothing
    /// will ever happen again.
    pub fn step(&mut self) -> Option<Step> {
        while let Some(next) = self.pending.front() {
            // With no budget, the clock moves only if no event comes before that moment.
            if self.simulation.run_until(next.at, 0) == Progress::BudgetSpent {
                break;
            }
            self.carry_out_next();
        }
        self.simulation.step()
    }

    /// Lets everything up to `target` happen, the timeline included, but at most `max_events`
    /// events.
    pub fn run_until(&mut self, target: SimTime, max_events: u64) -> Progress {
        let end = self.simulation.events().saturating_add(max_events);
        loop {
            let left = end.saturating_sub(self.simulation.events());
            let stop = self
                .pending
                .front()
                .map(|next| next.at)
                .filter(|&at| at <= target);
            let progress = self.simulation.run_until(stop.unwrap_or(target), left);
            if progress == Progress::BudgetSpent || stop.is_none() {
                return progress;
            }
            self.carry_out_next();
        }
    }

    /// Changes the running system at the present moment. Before anything has happened, it is what
    /// the run begins with that changes.
    ///
    /// # Errors
    /// An [`EditError`] if the edit is not possible; then nothing has changed.
    pub fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        let is_move = matches!(edit, Edit::Move { .. });
        let is_setting = matches!(&edit, Edit::Set { path, .. }
            if matches!(path.as_str(), "title" | "description" | "duration" | "warm-up" | "speed"));
        if !is_move && !is_setting {
            edit.check_in_run()?;
        }
        if self.has_not_begun() && !edit.is_about_condition() {
            *self = self.anew(&self.design.apply(&edit)?);
            return Ok(());
        }
        // The timeline may have removed what the design still has; what runs decides.
        let document = self.document.apply(&edit)?;
        if let Ok(design) = self.design.apply(&edit) {
            self.design = design;
        }
        self.become_document(document, edit);
        Ok(())
    }

    /// Makes the running system become `design` at the present moment, by the edits that lead there
    /// from the present design; so undo is this with an earlier document. With another seed the run
    /// starts again, because the seed is what a run is made of.
    pub fn set_document(&mut self, design: Document) {
        if self.has_not_begun() || design.seed() != self.design.seed() {
            *self = self.anew(&design);
            return;
        }
        for edit in diff(&self.design, &design) {
            if let Ok(document) = self.document.apply(&edit) {
                self.become_document(document, edit);
            }
        }
        if design.timeline() != self.design.timeline() {
            let now = self.now();
            // Of what is to happen at this very moment, some may be done and some not.
            let is_ahead = |timed: &&Timed| timed.at > now || self.pending.contains(timed);
            let ahead = design.timeline().iter().filter(is_ahead);
            self.pending = ahead.cloned().collect();
        }
        self.document = self.document.with_looks_of(&design).with_plans_of(&design);
        self.design = design;
    }

    /// The document that reproduces this run: what it began with, and everything that was done and
    /// is still to happen as a timeline.
    #[must_use]
    pub fn recording(&self) -> Document {
        let timeline = self.happenings().cloned().collect();
        // What was there from the beginning looks as it does now; what runs is as it was then.
        let start = self.start.with_looks_of(&self.design);
        start.with_timeline(timeline)
    }

    /// Whether [`Run::recording`] reproduces this run. It does not after more changes than a
    /// timeline may hold, or than may be worked to carry one out.
    #[must_use]
    pub fn is_recording_exact(&self) -> bool {
        let mut rehearsal = Rehearsal::of(&self.start);
        // What cannot happen by then changes this run as little as the recording.
        let n_possible = self
            .happenings()
            .filter(|timed| rehearsal.can_carry_out(&timed.edit))
            .count();
        self.is_log_whole && n_possible <= MAX_TIMELINE && !rehearsal.is_over()
    }

    /// Starts again at time zero with the design; faults and the log are gone.
    pub fn restart(&mut self) {
        *self = self.anew(&self.design);
    }

    /// A run of the same sort of `document`.
    fn anew(&self, document: &Document) -> Self {
        if self.measures_changes {
            Self::watched(document)
        } else {
            Self::new(document)
        }
    }

    /// Whether nothing has happened and nothing was done yet. Then a change is no part of the run:
    /// who gets the recording is to see at once what was built, and to build on it.
    fn has_not_begun(&self) -> bool {
        self.now() == SimTime::ZERO && self.simulation.events() == 0 && self.log.is_empty()
    }

    pub(crate) fn begin_measurement(&mut self) {
        self.simulation.begin_measurement();
    }

    /// What was done, and what is still to happen.
    fn happenings(&self) -> impl Iterator<Item = &Timed> {
        self.log.iter().chain(&self.pending)
    }

    fn carry_out_next(&mut self) {
        let Some(Timed { edit, .. }) = self.pending.pop_front() else {
            return;
        };
        // What the reader has removed meanwhile cannot be changed any more.
        if let Ok(document) = self.document.apply_alone(&edit) {
            self.become_document(document, edit);
        }
    }

    /// Carries `edit`, which makes the document `document`, out on the simulation and logs it.
    fn become_document(&mut self, document: Document, edit: Edit) {
        let before = std::mem::replace(&mut self.document, document);
        let faults: Vec<simulator::Edit> = match &edit {
            Edit::Kill { name } => self.each(name, simulator::Edit::Kill),
            Edit::Slow { name, factor } => self.each(name, |id| simulator::Edit::Slow(id, *factor)),
            Edit::Heal { name } => self.each(name, simulator::Edit::Heal),
            _ => {
                let scenario = self.document.scenario();
                if scenario == before.scenario() {
                    return;
                }
                vec![simulator::Edit::Reconfigure(scenario)]
            }
        };
        let edit = match edit {
            Edit::Set { path, value } => {
                let value = canonical(&before, &path, &value).unwrap_or(value);
                Edit::Set { path, value }
            }
            edit => edit,
        };
        let is_change = !matches!(edit, Edit::Rename { .. });
        if self.log.len() < MAX_TIMELINE {
            self.log.push(Timed {
                at: self.now(),
                edit,
            });
        } else {
            self.is_log_whole = false;
        }
        for fault in faults {
            self.simulation.apply(fault);
        }
        if self.measures_changes && is_change {
            self.simulation.begin_measurement();
        }
    }

    fn each(&self, name: &str, edit: impl Fn(NodeId) -> simulator::Edit) -> Vec<simulator::Edit> {
        self.document.resolve(name).into_iter().map(edit).collect()
    }
}

#[cfg(test)]
mod tests;
