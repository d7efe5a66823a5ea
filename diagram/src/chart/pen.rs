//! Lines in few bytes: whole units, each from where the pen is.
//!
//! A unit of a chart is about a pixel. A page holds three charts a figure and is sent with all of
//! them, so the digits that nobody sees are not written.

use std::fmt::Write as _;

/// Writes the `d` of a path.
#[derive(Default)]
pub(super) struct Pen {
    d: String,
    at: Option<(i32, i32)>,
}

impl Pen {
    /// A line to this point; at first only the beginning of one.
    pub(super) fn to(&mut self, x: f64, y: f64) {
        // Charts are a few hundred units wide and high.
        let (x, y) = (x.round() as i32, y.round() as i32);
        // Writing to a String cannot fail.
        let _ = match self.at.replace((x, y)) {
            None => write!(self.d, "M{x} {y}"),
            Some(before) => match (x - before.0, y - before.1) {
                (0, 0) => Ok(()),
                (dx, 0) => write!(self.d, "h{dx}"),
                (0, dy) => write!(self.d, "v{dy}"),
                (dx, dy @ ..0) => write!(self.d, "l{dx}{dy}"),
                (dx, dy) => write!(self.d, "l{dx} {dy}"),
            },
        };
    }

    /// The next point begins a new line.
    pub(super) fn lift(&mut self) {
        self.at = None;
    }

    /// What was drawn.
    pub(super) fn finish(self) -> String {
        self.d
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_does_not_add_up() {
        let mut pen = Pen::default();
        for step in 0..=100 {
            pen.to(f64::from(step) * 1.4, 7.0);
        }
        pen.to(140.0, 3.6);
        pen.to(142.0, 1.0);
        pen.to(143.0, 2.0);
        let d = pen.finish();
        assert!(d.starts_with("M0 7h1h2"), "{d}");
        assert!(d.ends_with("v-3l2-3l1 1"), "{d}");
        let sum: i32 = d.split('v').next().unwrap_or_default()["M0 7".len()..]
            .split('h')
            .filter_map(|step| step.parse::<i32>().ok())
            .sum();
        assert_eq!(sum, 140);
    }
}
