//! Where the run is: its time, its seed, what a dot stands for.

use simulator::SimTime;
use yew::prelude::*;

use super::Ui;
use crate::text;

/// The line with the run's time.
pub fn view_clock(ui: &Ui<'_>) -> Html {
    let model = ui.model;
    let every = model.sample.as_ref().map_or(1, |sample| sample.every);
    let reached = model.sample.as_ref().and_then(|sample| sample.reached);
    let note = match reached {
        Some(factor) => {
            format!("reaches {}", diagram::speed::Speed::new(tidy(factor)))
        }
        None => text::sampling(every),
    };
    html! {
        <p class="clock">
            <b>{ format!("t = {}", moment(model.now())) }</b>
            { format!(" · seed {} · {note}", model.document().seed()) }
        </p>
    }
}

/// A moment to the millisecond: "12.384 s".
#[must_use]
pub fn moment(time: SimTime) -> String {
    let millis = time.as_nanos() / 1_000_000;
    format!("{}.{:03} s", millis / 1_000, millis % 1_000)
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
    }
}
