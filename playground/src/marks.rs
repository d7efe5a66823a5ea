//! What is drawn of the requests: one mark for each sighting, computed from the run and nothing else.
//!
//! A position is a function of (departure, arrival, now), so pausing and slowing need nothing here.
//! This module knows no canvas; a painter puts the marks on one.

mod ink;
#[cfg(test)]
mod tests;

use diagram::lane;
use diagram::layout::{Edge, Layout};
use simulator::{Fate, Hop, Place, Sighting, SimDuration, SimTime, Simulation};

pub use ink::Ink;

/// A hop that takes less wall time than this cannot be seen travelling: it leaves a trail.
const SHORT_HOP_SECONDS: f64 = 0.3;
/// How long a trail stays, in seconds of wall time.
const TRAIL_SECONDS: f64 = 0.3;
/// Faster than this, dots mean nothing: edges show how much flows.
const FASTEST_WITH_DOTS: f64 = 1.0;
/// Pieces of a curve that a trail is drawn with.
const TRAIL_PIECES: u32 = 16;
/// Trails drawn at a time.
const MOST_TRAILS: usize = 160;

/// The forms that tell requests apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A read.
    Disc,
    /// A write.
    Square,
    /// Nobody waits for it any more.
    Hollow,
    /// A failure on its way back.
    Diamond,
}

impl Shape {
    /// Every shape, what matters more over what matters less.
    pub const ALL: [Self; 4] = [Self::Disc, Self::Square, Self::Hollow, Self::Diamond];
}

/// One request, or one of a stated sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Its form.
    pub shape: Shape,
    /// Its colour.
    pub ink: Ink,
    /// Its middle in units of the layout.
    pub x: f32,
    /// Its middle in units of the layout.
    pub y: f32,
    /// Whether it is older than the objective allows and still awaited.
    pub is_overdue: bool,
    /// Whether it waits in a queue, where there is less room.
    pub is_waiting: bool,
}

/// What is left of a service, in a worker's cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pie {
    /// Its colour.
    pub ink: Ink,
    /// The middle of the cell.
    pub x: f32,
    /// The middle of the cell.
    pub y: f32,
    /// The radius.
    pub radius: f32,
    /// 1 at the start of the service, 0 at its end.
    pub remaining: f32,
}

/// A line along a link: a hop too short to be seen, or how much flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    /// Its colour.
    pub ink: Ink,
    /// Points along it.
    pub points: Vec<(f32, f32)>,
    /// How strong it is drawn, 0 to 1.
    pub strength: f32,
    /// How wide, in units of the layout.
    pub width: f32,
}

/// Everything of one frame. Marks are grouped by shape and ink, pies by ink, for the painter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Requests on links and in queues.
    pub marks: Vec<Mark>,
    /// Requests in service.
    pub pies: Vec<Pie>,
    /// Short hops and flows.
    pub trails: Vec<Trail>,
    /// How many requests a mark stands for.
    pub every: u64,
}

/// What of it is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The most requests to draw.
    pub limit: usize,
    /// Simulated seconds per second of wall time.
    pub factor: f64,
    /// Whether requests on links are drawn.
    pub with_travellers: bool,
    /// Whether short hops leave trails.
    pub with_trails: bool,
}

impl Marks {
    /// The marks of the present moment.
    #[must_use]
    pub fn of(simulation: &Simulation, layout: &Layout, wanted: Wanted) -> Self {
        let sightings = simulation.sightings(wanted.limit);
        let now = simulation.now();
        let slo = simulation.scenario().slo();
        let is_fast = wanted.factor > FASTEST_WITH_DOTS;
        let mut marks = Self {
            every: sightings.every,
            ..Self::default()
        };
        for sighting in &sightings.seen {
            if let Place::Link(_) = sighting.place
                && (is_fast || !wanted.with_travellers)
            {
                continue;
            }
            marks.add(sighting, layout, now, slo);
        }
        if is_fast {
            marks.add_flows(simulation, layout);
        } else if wanted.with_trails {
            marks.add_trails(simulation, layout, wanted.factor);
        }
        marks.marks = Shape::ALL
            .into_iter()
            .flat_map(|shape| Ink::ALL.map(|ink| (shape, ink)))
            .flat_map(|key| {
                marks
                    .marks
                    .iter()
                    .filter(move |it| (it.shape, it.ink) == key)
            })
            .copied()
            .collect();
        marks.pies = Ink::ALL
            .into_iter()
            .flat_map(|ink| marks.pies.iter().filter(move |pie| pie.ink == ink))
            .copied()
            .collect();
        marks
    }

    fn add(&mut self, sighting: &Sighting, layout: &Layout, now: SimTime, slo: SimDuration) {
        let age = now.since(sighting.created);
        let ink = match (sighting.fate, sighting.place) {
            (Fate::Failed, _) => Ink::Failed,
            (Fate::GivenUp, _) => Ink::GivenUp,
            (
                Fate::Awaited,
                Place::Link(Hop {
                    is_answer: true, ..
                }),
            ) if age <= slo => Ink::Answer,
            (Fate::Awaited, _) => Ink::of_age(age, slo),
        };
        let point = match sighting.place {
            Place::Link(hop) => lane::place(layout, hop, now),
            Place::Queue { node, position } => layout.queue_slot(node, position),
            Place::Resolving { node, position } => layout.queue_slot(node, position),
            Place::Service {
                node,
                worker,
                started,
                ends,
            } => {
                if let Some(cell) = layout.worker_cell(node, worker) {
                    let total = ends.since(started).as_secs_f64();
                    let left = ends.since(now).as_secs_f64();
                    self.pies.push(Pie {
                        ink,
                        x: (cell.x + cell.width / 2.0) as f32,
                        y: (cell.y + cell.height / 2.0) as f32,
                        radius: (cell.width.min(cell.height) * 0.38) as f32,
                        remaining: if total > 0.0 {
                            (left / total).clamp(0.0, 1.0) as f32
                        } else {
                            0.0
                        },
                    });
                }
                return;
            }
        };
        let Some((x, y)) = point else { return };
        let shape = match (sighting.fate, sighting.is_write) {
            (Fate::Failed, _) => Shape::Diamond,
            (Fate::GivenUp, _) => Shape::Hollow,
            (Fate::Awaited, true) => Shape::Square,
            (Fate::Awaited, false) => Shape::Disc,
        };
        let is_overdue = sighting.fate == Fate::Awaited && age > slo;
        let is_waiting = matches!(
            sighting.place,
            Place::Queue { .. } | Place::Resolving { .. }
        );
        self.marks.push(Mark {
            shape,
            ink,
            x: x as f32,
            y: y as f32,
            is_overdue,
            is_waiting,
        });
    }

    /// Hops that were over too soon to be seen, as what they were: a line that fades.
    fn add_trails(&mut self, simulation: &Simulation, layout: &Layout, factor: f64) {
        let now = simulation.now();
        let in_wall_seconds = |duration: SimDuration| duration.as_secs_f64() / factor.max(1e-9);
        for past in simulation.past_hops() {
            let took = in_wall_seconds(past.hop.arrives.since(past.hop.departed));
            let ago = in_wall_seconds(now.since(past.hop.arrives));
            if took > SHORT_HOP_SECONDS || ago > TRAIL_SECONDS || self.trails.len() >= MOST_TRAILS {
                continue;
            }
            let Some(edge) = lane::edge(layout, past.hop.from, past.hop.to) else {
                continue;
            };
            let points = points_along(edge);
            let ink = match past.fate {
                Fate::Failed => Ink::Failed,
                Fate::GivenUp => Ink::GivenUp,
                Fate::Awaited if past.hop.is_answer => Ink::Answer,
                Fate::Awaited => Ink::Fresh,
            };
            let strength = (0.55 * (1.0 - ago / TRAIL_SECONDS)) as f32;
            self.trails.push(Trail {
                ink,
                points,
                strength,
                width: 2.0,
            });
        }
    }

    /// How much goes over each link, from the last hops: the width is the logarithm of the rate.
    fn add_flows(&mut self, simulation: &Simulation, layout: &Layout) {
        let mut first = simulation.now();
        let mut counts = vec![(0u32, 0u32); layout.edges.len()];
        for past in simulation.past_hops() {
            first = first.min(past.hop.arrives);
            let ends = (past.hop.from, past.hop.to);
            let edge = layout.edges.iter().position(|it| (it.from, it.to) == ends);
            if let Some((hops, failures)) = edge.and_then(|edge| counts.get_mut(edge)) {
                *hops += 1;
                *failures += u32::from(past.fate == Fate::Failed);
            }
        }
        let seconds = simulation.now().since(first).as_secs_f64();
        for (edge, (hops, failures)) in layout.edges.iter().zip(counts) {
            if hops == 0 || seconds <= 0.0 {
                continue;
            }
            // There and back are two hops of one call.
            let rate = f64::from(hops) / 2.0 / seconds;
            let width =
                (1.5 + 2.0 * libm::log(1.0 + rate) / std::f64::consts::LN_10).min(14.0) as f32;
            let ink = if failures * 10 > hops {
                Ink::Failed
            } else {
                Ink::Fresh
            };
            let points = points_along(edge);
            self.trails.push(Trail {
                ink,
                points,
                strength: 0.55,
                width,
            });
        }
    }
}

fn points_along(edge: &Edge) -> Vec<(f32, f32)> {
    (0..=TRAIL_PIECES)
        .map(|piece| {
            let (x, y) = edge.point(f64::from(piece) / f64::from(TRAIL_PIECES));
            (x as f32, y as f32)
        })
        .collect()
}
