//! The three charts, always in the same order: requests by outcome, latency, distribution.
//!
//! Each is a pure text of 320 by 164 units that scales to any width. Limits of axes move in steps of
//! 1, 2 and 5, so that curves do not breathe while a run goes on.

mod axis;
mod distribution;
mod latency;
mod pen;
mod requests;

use simulator::SimDuration;

use crate::fixed::px;
use crate::text::{escape, width};

pub use distribution::distribution;
pub use latency::latency;
pub use requests::requests;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 164.0;
/// The plot inside the chart.
const LEFT: f64 = 54.0;
const RIGHT: f64 = 312.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 141.0;
/// Three charts share the width of a figure, where a unit is seven eighths of a pixel: letters of
/// eleven pixels can be read there.
const LABEL: f64 = 12.6;

/// An entry of the line below the title: what a colour or a line means.
enum Key {
    /// A square in the colour of this class.
    Area(&'static str, String),
    /// A piece of line of this class.
    Line(&'static str, String),
    /// A point of this class.
    Point(&'static str, String),
    /// Words alone.
    Words(String),
}

/// Puts a chart together from its parts.
fn chart(title: &str, summary: &str, keys: &[Key], plot: &str) -> String {
    format!(
        "<svg class=\"chart-svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\"><title>{}</title>\
         <text class=\"c-title\" x=\"4\" y=\"13\" font-size=\"13\">{}</text>{}{plot}</svg>",
        escape(&format!("{title}. {summary}")),
        escape(title),
        legend(keys),
        WIDTH = px(WIDTH),
        HEIGHT = px(HEIGHT)
    )
}

/// A chart without data says so, and still has its axis.
fn empty(title: &str, sentence: &str) -> String {
    let plot = format!(
        "{}<text x=\"{}\" y=\"{}\" font-size=\"{LABEL}\" text-anchor=\"middle\">{}</text>",
        base_line(),
        px(f64::midpoint(LEFT, RIGHT)),
        px(f64::midpoint(TOP, BOTTOM) + 4.0),
        escape(sentence),
        LABEL = px(LABEL)
    );
    chart(title, sentence, &[], &plot)
}

fn legend(keys: &[Key]) -> String {
    let mut out = String::new();
    let mut x = 4.0;
    let y = 31.0;
    for key in keys {
        let (mark, text) = match key {
            Key::Area(class, text) => (
                format!(
                    "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"9\" height=\"9\" rx=\"2\"/>",
                    px(x),
                    px(y - 8.0)
                ),
                text,
            ),
            Key::Line(class, text) => (
                format!(
                    "<path class=\"{class}\" d=\"M{} {}h14\"/>",
                    px(x),
                    px(y - 4.0)
                ),
                text,
            ),
            Key::Point(class, text) => (
                format!(
                    "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"2.6\"/>",
                    px(x + 3.0),
                    px(y - 4.0)
                ),
                text,
            ),
            Key::Words(text) => (String::new(), text),
        };
        let indent = match key {
            Key::Area(..) => 12.0,
            Key::Line(..) => 17.0,
            Key::Point(..) => 9.0,
            Key::Words(_) => 0.0,
        };
        let wide = width(text, LABEL, false);
        if x + indent + wide > WIDTH - 2.0 {
            break;
        }
        out.push_str(&mark);
        out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{LABEL}\">{}</text>",
            px(x + indent),
            px(y),
            escape(text),
            LABEL = px(LABEL)
        ));
        x += indent + wide + 8.0;
    }
    out
}

fn base_line() -> String {
    format!(
        "<path class=\"c-axis\" d=\"M{LEFT} {BOTTOM}H{RIGHT}\"/>",
        LEFT = px(LEFT),
        RIGHT = px(RIGHT),
        BOTTOM = px(BOTTOM)
    )
}

/// A horizontal line with its label left of the plot.
fn grid_line(y: f64, label: &str) -> String {
    format!(
        "<path class=\"c-grid\" d=\"M{LEFT} {}H{RIGHT}\"/><text x=\"{}\" y=\"{}\" font-size=\"{LABEL}\" text-anchor=\"end\">{}</text>",
        px(y),
        px(LEFT - 4.0),
        px(y + 4.0),
        escape(label),
        LEFT = px(LEFT),
        RIGHT = px(RIGHT),
        LABEL = px(LABEL)
    )
}

/// Labels below the plot. The first and the last one stay inside the picture.
fn bottom_labels(labels: &[(f64, String)]) -> String {
    let mut out = String::new();
    for (x, label) in labels {
        let half = width(label, LABEL, false) / 2.0;
        let x = x.max(half).min(WIDTH - half - 1.0);
        out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{LABEL}\" text-anchor=\"middle\">{}</text>",
            px(x),
            px(BOTTOM + 14.0),
            escape(label),
            LABEL = px(LABEL)
        ));
    }
    out
}

/// The axis of simulated time from zero to `end`.
fn time_axis(end: SimDuration) -> String {
    let seconds = end.as_secs_f64();
    let step = axis::time_step(seconds, 4);
    let labels: Vec<(f64, String)> = axis::ticks(seconds, step)
        .into_iter()
        .map(|at| {
            (
                LEFT + (RIGHT - LEFT) * at / seconds,
                axis::seconds(at, step),
            )
        })
        .collect();
    format!("{}{}", base_line(), bottom_labels(&labels))
}

#[cfg(test)]
mod tests;
