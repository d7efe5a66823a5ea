//! Where the run is: its time, its seed, what a dot stands for.

use diagram::speed::Speed;
use diagram::wording::thousands;
use simulator::SimTime;
use yew::prelude::*;

use super::Ui;
use crate::text;

/// The run's time, and under it the seed and what a dot stands for.
pub fn view_clock(ui: &Ui<'_>) -> Html {
    let model = ui.model;
    let mut notes = vec![format!("seed {}", model.document().seed())];
    if let Some(sample) = &model.sample {
        if let Some(factor) = sample.reached {
            notes.push(format!("reaches {}", Speed::new(tidy(factor))));
        } else if model.speed.factor() <= 1.0 {
            notes.push(text::sampling(sample.every));
        }
    }
    let time = match ui.opening() {
        // What stands there is the end of the run, not its beginning.
        Some(_) => text::after(model.document().duration()),
        None => format!("t = {}", moment(model.now())),
    };
    html! {
        <div class="clock">
            <b>{ time }</b>
            { " " }
            <span>{ notes.join(" · ") }</span>
        </div>
    }
}

/// A moment to the millisecond: "12.384 s", "44,302.515 s".
#[must_use]
pub fn moment(time: SimTime) -> String {
    let millis = time.as_nanos() / 1_000_000;
    format!("{}.{:03} s", thousands(millis / 1_000), millis % 1_000)
}

/// Two digits are enough for a speed that varies.
fn tidy(factor: f64) -> f64 {
    if factor >= 10.0 {
        return factor.round();
    }
    if factor >= 1.0 {
        return (factor * 10.0).round() / 10.0;
    }
    1.0 / (1.0 / factor).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_three_digits_after_the_point() {
        assert_eq!(moment(SimTime::ZERO), "0.000 s");
        assert_eq!(moment(SimTime::from_nanos(12_384_999_999)), "12.384 s");
        assert_eq!(moment(SimTime::from_secs(44_302)), "44,302.000 s");
    }
}
