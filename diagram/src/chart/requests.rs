//! Requests a second by outcome, stacked, against what was offered.

use simulator::{Series, SimDuration, Window};

use super::pen::Pen;
use super::{BOTTOM, Key, LEFT, RIGHT, TOP, axis, chart, empty, grid_line, time_axis};
use crate::fixed::px;
use crate::wording::{compact, thousands};

const TITLE: &str = "Requests a second, by outcome";

type Layer = (&'static str, &'static str, &'static str, fn(&Window) -> u64);

/// From the bottom of the stack to its top.
const LAYERS: [Layer; 4] = [
    ("c-ok", "c-key-ok", "on time", |window| window.ok),
    ("c-late", "c-key-late", "late", |window| window.late),
    ("c-shed", "c-key-shed", "shed", |window| window.shed),
    ("c-failed", "c-key-failed", "failed", |window| window.failed),
];

/// The chart of requests a second by outcome.
#[must_use]
pub fn requests(series: &Series) -> String {
    // The last window is still open: its rate would seem to fall.
    let windows = match series.windows() {
        [closed @ .., _] if !closed.is_empty() => closed,
        all => all,
    };
    // Windows of few requests are merged, so that the chart shows the rate and not the counting.
    let group = windows.len().div_ceil(48).max(1);
    let merged: Vec<Window> = windows
        .chunks(group)
        .map(|chunk| {
            let mut first = chunk[0].clone();
            for other in &chunk[1..] {
                first.merge(other);
            }
            first.width = chunk[0].width.saturating_mul(chunk.len() as u64);
            first
        })
        .collect();
    let rate = |window: &Window, count: u64| count as f64 / window.width.as_secs_f64().max(1e-9);
    let stack = |window: &Window| LAYERS.iter().map(|(.., count)| count(window)).sum::<u64>();
    let highest = merged
        .iter()
        .map(|window| rate(window, window.generated.max(stack(window))))
        .fold(0.0, f64::max);
    let Some(last) = merged.last().filter(|_| highest > 0.0) else {
        return empty(TITLE, "No request has been sent yet.");
    };

    let end = SimDuration::from_nanos((last.start + last.width).as_nanos());
    let step = axis::step(highest, 3);
    let limit = axis::ceiling(highest, step);
    let x = |seconds: f64| LEFT + (RIGHT - LEFT) * seconds / end.as_secs_f64().max(1e-9);
    let y = |rate: f64| BOTTOM - (BOTTOM - TOP) * (rate / limit).clamp(0.0, 1.0);
    let mut plot: String = axis::ticks(limit, step)
        .iter()
        .skip(1)
        .map(|&at| grid_line(y(at), &compact(at)))
        .collect();

    let mut keys = Vec::new();
    let mut areas: Vec<String> = Vec::new();
    for (place, (class, key, label, count)) in LAYERS.into_iter().enumerate() {
        if merged.iter().map(count).sum::<u64>() == 0 {
            continue;
        }
        keys.push(Key::Area(key, label.to_owned()));
        // Down to the axis: what is below in the stack is drawn over it.
        let up_to_here = &LAYERS[..=place];
        let mut pen = Pen::default();
        pen.to(x(0.0), BOTTOM);
        for window in &merged {
            let (from, to) = edges(window);
            let count = up_to_here.iter().map(|(.., count)| count(window)).sum();
            let high = y(rate(window, count));
            pen.to(x(from), high);
            pen.to(x(to), high);
        }
        let d = pen.finish();
        areas.push(format!(
            "<path class=\"{class}\" d=\"{d}V{BOTTOM}Z\"/>",
            BOTTOM = px(BOTTOM)
        ));
    }
    plot.extend(areas.into_iter().rev());
    let mut pen = Pen::default();
    for window in &merged {
        let (from, to) = edges(window);
        let high = y(rate(window, window.generated));
        pen.to(x(from), high);
        pen.to(x(to), high);
    }
    let offered = pen.finish();
    plot.push_str(&format!("<path class=\"c-offered\" d=\"{offered}\"/>"));
    keys.push(Key::Line("c-offered", "offered".to_owned()));
    plot.push_str(&time_axis(end));

    let sum = |count: fn(&Window) -> u64| thousands(merged.iter().map(count).sum());
    let summary = format!(
        "In {end} {} were sent; {} were answered on time, {} late, {} failed and {} were shed.",
        sum(|window| window.generated),
        sum(|window| window.ok),
        sum(|window| window.late),
        sum(|window| window.failed),
        sum(|window| window.shed)
    );
    chart(TITLE, &summary, &keys, &plot)
}

fn edges(window: &Window) -> (f64, f64) {
    (
        window.start.as_secs_f64(),
        (window.start + window.width).as_secs_f64(),
    )
}
