//! The share of answers that were faster than a time: the empirical distribution function. What got
//! no answer is in no curve, so the chart says how much that is.

use simulator::{Measurement, SimDuration};

use super::pen::Pen;
use super::{
    BOTTOM, Key, LEFT, RIGHT, TOP, axis, base_line, bottom_labels, chart, empty, grid_line,
};
use crate::fixed::px;
use crate::wording::{counted, duration, percent, thousands};

const TITLE: &str = "Share of answers faster than";

/// The chart of the distribution of response times.
#[must_use]
pub fn distribution(measured: &Measurement, slo: SimDuration) -> String {
    let response = &measured.response;
    let points = response.cumulative();
    if points.is_empty() {
        return empty(TITLE, "No request has been answered yet.");
    }
    let quantiles = [0.5, 0.95, 0.99].map(|q| (q, response.quantile(q)));
    // The slowest of a hundred would squeeze the others against the axis.
    let reach = (quantiles[2].1.as_secs_f64() * 1.15).max(1e-6);
    let step = axis::time_step(reach, 4);
    let limit = axis::ceiling(reach, step);
    let x = |seconds: f64| LEFT + (RIGHT - LEFT) * (seconds / limit).clamp(0.0, 1.0);
    let y = |share: f64| BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0);

    let mut plot: String = [0.5, 1.0]
        .iter()
        .map(|&share| grid_line(y(share), &percent(share)))
        .collect();
    let slo_seconds = slo.as_secs_f64();
    let mut keys = vec![Key::Point("c-point", "p50, p95, p99".to_owned())];
    if slo_seconds <= limit {
        let at = x(slo_seconds);
        plot.push_str(&format!(
            "<path class=\"c-slo\" d=\"M{} {TOP}V{BOTTOM}\"/>",
            px(at),
            TOP = px(TOP),
            BOTTOM = px(BOTTOM)
        ));
        keys.push(Key::Line("c-slo", "objective".to_owned()));
    }
    let lost = measured.tally.failed.total() + measured.tally.shed;
    if lost > 0 {
        let share = lost as f64 / (lost + response.count()) as f64;
        let lost = if share < 0.001 {
            thousands(lost)
        } else {
            percent(share)
        };
        keys.push(Key::Words(format!("{lost} got none")));
    }
    let mut pen = Pen::default();
    pen.to(LEFT, BOTTOM);
    let mut last = (f64::NEG_INFINITY, 0.0);
    for (value, share) in &points {
        let at = (x(value.as_secs_f64()), y(*share));
        let is_beyond = value.as_secs_f64() > limit;
        // Two units are finer than the line is wide.
        if at.0 - last.0 >= 2.0 || is_beyond || *share >= 1.0 {
            pen.to(at.0, if is_beyond { last.1 } else { at.1 });
            last = at;
        }
        if is_beyond {
            break;
        }
    }
    let path = pen.finish();
    plot.push_str(&format!("<path class=\"c-cdf\" d=\"{path}\"/>"));
    for (q, value) in &quantiles {
        let (at, high) = (px(x(value.as_secs_f64())), px(y(*q)));
        plot.push_str(&format!(
            "<path class=\"c-mark\" d=\"M{at} {high}V{BOTTOM}\"/><circle class=\"c-point\" cx=\"{at}\" cy=\"{high}\" r=\"2.6\"/>", BOTTOM = px(BOTTOM)));
    }
    let labels: Vec<(f64, String)> = axis::ticks(limit, step)
        .into_iter()
        .map(|at| (x(at), axis::seconds(at, step)))
        .collect();
    plot.push_str(&base_line());
    plot.push_str(&bottom_labels(&labels));

    let summary = format!(
        "Of {} half were faster than {}, 95 of 100 faster than {} and 99 of 100 faster than {}.",
        counted(response.count(), "answer"),
        duration(quantiles[0].1),
        duration(quantiles[1].1),
        duration(quantiles[2].1)
    );
    chart(TITLE, &summary, &keys, &plot)
}
