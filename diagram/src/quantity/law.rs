//! Service times as text: `"8ms"`, `"8ms deterministic"`, `"8ms lognormal cv2=4"`.

use crate::shortest::Shortest;
use simulator::{Distribution, SimDuration};

use super::decimal::parse_number;
use super::duration::check_range;
use super::{Fault, format_duration, list, parse_duration, quote};
use crate::suggestion::did_you_mean;

const LAWS: [&str; 3] = ["exponential", "deterministic", "lognormal"];

/// The largest squared coefficient of variation that the engine accepts.
const MAX_CV2: f64 = 100.0;

pub(super) fn parse(text: &str, min: SimDuration, max: SimDuration) -> Result<Distribution, Fault> {
    let mut words = text.split_whitespace();
    let mut mean_text = words.next().unwrap_or_default().to_owned();
    let mut law = words.next();
    // "8 ms" is as good as "8ms".
    if let Some(unit) = law.filter(|_| mean_text.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        && !LAWS.contains(&unit)
    {
        mean_text.push_str(unit);
        law = words.next();
    }
    let mean = parse_duration(&mean_text)?;
    check_range(mean, min, max)?;
    let parameter = words.next();
    if let Some(extra) = words.next() {
        return Err(Fault::new(format!(
            "{} is left over at the end",
            quote(extra)
        )));
    }
    match (law.unwrap_or("exponential"), parameter) {
        ("exponential", None) => Ok(Distribution::Exponential { mean }),
        ("deterministic", None) => Ok(Distribution::Deterministic { mean }),
        ("lognormal", Some(parameter)) => Ok(Distribution::Lognormal {
            mean,
            cv2: parse_cv2(parameter)?,
        }),
        ("lognormal", None) => Err(Fault::with_help(
            "a lognormal service time needs its variability",
            format!("write \"{mean_text} lognormal cv2=4\""),
        )),
        ("exponential" | "deterministic", Some(extra)) => Err(Fault::new(format!(
            "{} is left over at the end",
            quote(extra)
        ))),
        (unknown, _) => Err(Fault {
            message: format!("{} is not one of {}", quote(unknown), list(&LAWS)),
            help: did_you_mean(unknown, LAWS),
        }),
    }
}

pub(super) fn format(law: Distribution) -> String {
    let mean = format_duration(law.mean());
    match law {
        Distribution::Exponential { .. } => mean,
        Distribution::Deterministic { .. } => format!("{mean} deterministic"),
        Distribution::Lognormal { cv2, .. } => format!("{mean} lognormal cv2={}", Shortest(cv2)),
    }
}

pub(super) fn for_people(law: Distribution) -> String {
    let mean = law.mean();
    match law {
        Distribution::Exponential { .. } => format!("{mean}, exponential"),
        Distribution::Deterministic { .. } => format!("{mean}, always the same"),
        Distribution::Lognormal { cv2, .. } => {
            format!("{mean}, lognormal with cv² {}", Shortest(cv2))
        }
    }
}

fn parse_cv2(text: &str) -> Result<f64, Fault> {
    let wrong = || {
        Fault::with_help(
            format!("{} is not a variability", quote(text)),
            "write \"cv2=4\"",
        )
    };
    let digits = text.strip_prefix("cv2=").ok_or_else(wrong)?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(wrong());
    }
    let cv2 = parse_number(digits).ok_or_else(wrong)?;
    if cv2 > MAX_CV2 {
        return Err(Fault::new(format!(
            "{} is out of range: cv2=0 to cv2=100",
            quote(text)
        )));
    }
    Ok(cv2)
}
