//! Response times over time: p50, p95 and p99 on a logarithmic axis, and the objective. Where nobody
//! got an answer the lines have a gap.

use simulator::{Histogram, Series, SimDuration, SimTime};

use super::pen::Pen;
use super::{BOTTOM, Key, LEFT, RIGHT, TOP, axis, chart, empty, grid_line, time_axis};
use crate::decade::power_of_ten;
use crate::fixed::px;
use crate::wording::duration;

const TITLE: &str = "Response time inside the system";

/// A percentile of fewer requests than this is mostly chance.
const FEWEST: u64 = 20;

type Line = (&'static str, &'static str, f64);
const LINES: [Line; 3] = [
    ("c-p99", "p99", 0.99),
    ("c-p95", "p95", 0.95),
    ("c-p50", "p50", 0.5),
];

/// The chart of response times over time.
#[must_use]
pub fn latency(series: &Series, slo: SimDuration) -> String {
    let points = merge(series);
    let Some(last) = series.windows().last().filter(|_| !points.is_empty()) else {
        return empty(TITLE, "No request has been answered yet.");
    };
    let end = SimDuration::from_nanos((last.start + last.width).as_nanos());
    let values = points
        .iter()
        .flat_map(|point| LINES.map(|(_, _, q)| point.response.quantile(q)))
        .chain([slo])
        .map(|value| value.as_secs_f64().max(1e-9));
    let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let scale = LogScale::around(low, high);
    let x = |at: SimTime| LEFT + (RIGHT - LEFT) * at.as_secs_f64() / end.as_secs_f64().max(1e-9);
    let y = |value: SimDuration| scale.y(value.as_secs_f64());

    let mut plot: String = scale
        .ticks()
        .into_iter()
        .map(|at| grid_line(scale.y(at), &axis::duration(at)))
        .collect();
    let slo_y = y(slo);
    plot.push_str(&format!(
        "<path class=\"c-slo\" d=\"M{LEFT} {}H{RIGHT}\"/>",
        px(slo_y),
        LEFT = px(LEFT),
        RIGHT = px(RIGHT)
    ));
    let mut keys = Vec::new();
    for (class, label, q) in LINES {
        let mut pen = Pen::default();
        for line in points.chunk_by(|_, next| !next.follows_a_gap) {
            for point in line {
                pen.to(x(point.middle()), y(point.response.quantile(q)));
            }
            // A single point is a short line, or it would not be seen.
            if let [only] = line {
                pen.to(x(only.middle()) + 3.0, y(only.response.quantile(q)));
            }
            pen.lift();
        }
        let path = pen.finish();
        plot.push_str(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
        keys.push(Key::Line(class, label.to_owned()));
    }
    keys.push(Key::Line("c-slo", format!("objective {}", duration(slo))));
    plot.push_str(&time_axis(end));

    let latest = &points[points.len() - 1].response;
    let summary = format!(
        "The axis is logarithmic; the users' own network is left out. \
         Of the last answers p50 is {}, p95 {} and p99 {}; the objective is {}.",
        duration(latest.quantile(0.5)),
        duration(latest.quantile(0.95)),
        duration(latest.quantile(0.99)),
        duration(slo)
    );
    chart(TITLE, &summary, &keys, &plot)
}

/// A stretch of time, as long as it takes to have enough answers for a percentile.
struct Point {
    start: SimTime,
    end: SimTime,
    /// Of how many pieces of the series it is made.
    n_pieces: usize,
    response: Histogram,
    /// Whether there were no answers for longer than chance explains before it.
    follows_a_gap: bool,
}

impl Point {
    fn middle(&self) -> SimTime {
        SimTime::from_nanos(u64::midpoint(self.start.as_nanos(), self.end.as_nanos()))
    }

    fn is_whole(&self) -> bool {
        self.response.count() >= FEWEST
    }

    fn grow(&mut self, end: SimTime, n_pieces: usize, response: &Histogram) {
        self.end = end;
        self.n_pieces += n_pieces;
        self.response.merge(response);
    }
}

/// Neighbouring windows merged until each point rests on enough answers.
fn merge(series: &Series) -> Vec<Point> {
    let group = series.windows().len().div_ceil(48).max(1);
    let mut points: Vec<Point> = Vec::new();
    let mut n_empty = 0;
    for piece in series.windows().chunks(group) {
        let mut response = Histogram::default();
        for window in piece {
            response.merge(&window.response);
        }
        if response.count() == 0 {
            n_empty += 1;
            continue;
        }
        let last = &piece[piece.len() - 1];
        let end = last.start + last.width;
        let n_pieces = std::mem::take(&mut n_empty) + 1;
        // A stretch in which twenty answers came before is not without any by chance.
        let whole = points.iter().rfind(|point| point.is_whole());
        let follows_a_gap = whole.is_some_and(|point| n_pieces > point.n_pieces);
        match points.last_mut() {
            Some(point) if !point.is_whole() && !follows_a_gap => {
                point.grow(end, n_pieces, &response);
            }
            _ => points.push(Point {
                start: piece[0].start,
                end,
                n_pieces: 1,
                response,
                follows_a_gap,
            }),
        }
    }
    // The last ones may be too few for a point of their own.
    if let [.., before, last] = points.as_mut_slice()
        && !last.is_whole()
        && !last.follows_a_gap
    {
        before.grow(last.end, last.n_pieces, &last.response);
        points.pop();
    }
    points
}

/// A logarithmic axis between two steps of 1, 2 and 5.
struct LogScale {
    low: f64,
    high: f64,
}

impl LogScale {
    fn around(low: f64, high: f64) -> Self {
        let low = steps()
            .rev()
            .find(|&step| step <= low * 1.000_001)
            .unwrap_or(1e-9);
        let high = steps()
            .find(|&step| step * 1.000_001 >= high && step > low)
            .unwrap_or(1e7);
        Self { low, high }
    }

    fn y(&self, value: f64) -> f64 {
        let share = libm::log(value.max(1e-12) / self.low) / libm::log(self.high / self.low);
        BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)
    }

    /// At most six round values: all steps, or the powers of ten, or every second one of those.
    fn ticks(&self) -> Vec<f64> {
        let inside = |step: &f64| *step >= self.low * 0.999 && *step <= self.high * 1.001;
        let all: Vec<f64> = steps().filter(inside).collect();
        if all.len() <= 6 {
            return all;
        }
        let powers: Vec<f64> = steps().step_by(3).filter(inside).collect();
        let skip = powers.len().div_ceil(5).max(1);
        powers.into_iter().step_by(skip).collect()
    }
}

/// 1, 2 and 5 times the powers of ten from a nanosecond to months.
fn steps() -> impl DoubleEndedIterator<Item = f64> {
    (-9..=7).flat_map(|power| [1.0, 2.0, 5.0].map(|factor| factor * power_of_ten(power)))
}
