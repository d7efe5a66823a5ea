//! Service times as text: `"8ms"`, `"8ms lognormal cv2=4"`, `"4ms to 12ms"`, `"0%=2ms 50%=6ms 100%=40ms"`.

use simulator::{Distribution, Quantiles, SimDuration};

use super::decimal::{format_share, parse_number, parse_share};
use super::duration::check_range;
use super::{Fault, format_duration, list, parse_duration, quote};
use crate::WHOLE;
use crate::shortest::Shortest;
use crate::suggestion::did_you_mean;

/// A law that is written behind its mean.
struct Law {
    name: &'static str,
    /// What else it needs: the key, a value for an example, and what that says about durations.
    parameter: Option<[&'static str; 3]>,
    /// The law with this mean and this parameter.
    make: fn(SimDuration, f64) -> Distribution,
}

/// Those that this build has.
const LAWS: &[Law] = if WHOLE { &ALL } else { &BASIC };

const BASIC: [Law; 3] = [EXPONENTIAL, DETERMINISTIC, LOGNORMAL];

const ALL: [Law; 6] = [
    EXPONENTIAL,
    DETERMINISTIC,
    LOGNORMAL,
    Law {
        name: "erlang",
        parameter: Some(["shape", "4", "number of stages"]),
        make: |mean, shape| Distribution::Erlang {
            mean,
            // What is not a whole number becomes one that is refused.
            shape: if shape % 1.0 == 0.0 { shape as u32 } else { 0 },
        },
    },
    Law {
        name: "hyperexponential",
        parameter: Some(["cv2", "4", "variability"]),
        make: |mean, cv2| Distribution::Hyperexponential { mean, cv2 },
    },
    Law {
        name: "pareto",
        parameter: Some(["shape", "1.5", "shape"]),
        make: |mean, shape| Distribution::Pareto { mean, shape },
    },
];

const EXPONENTIAL: Law = Law {
    name: "exponential",
    parameter: None,
    make: |mean, _| Distribution::Exponential { mean },
};

const DETERMINISTIC: Law = Law {
    name: "deterministic",
    parameter: None,
    make: |mean, _| Distribution::Deterministic { mean },
};

const LOGNORMAL: Law = Law {
    name: "lognormal",
    parameter: Some(["cv2", "4", "variability"]),
    make: |mean, cv2| Distribution::Lognormal { mean, cv2 },
};

pub(super) fn parse(text: &str, min: SimDuration, max: SimDuration) -> Result<Distribution, Fault> {
    let law = if WHOLE && text.contains('%') {
        parse_quantiles(text)?
    } else if let Some((low, high)) = text.split_once(" to ").filter(|_| WHOLE) {
        Distribution::Uniform {
            low: parse_duration(low.trim())?,
            high: parse_duration(high.trim())?,
        }
    } else {
        parse_mean_and_law(text)?
    };
    law.check()
        .map_err(|range| Fault::new(format!("{} is out of range: {range}", quote(text))))?;
    check_range(law.mean(), min, max)?;
    Ok(law)
}

fn parse_mean_and_law(text: &str) -> Result<Distribution, Fault> {
    let named = |name: &str| LAWS.iter().find(|law| law.name == name);
    let mut words = text.split_whitespace().peekable();
    let mut mean = words.next().unwrap_or_default().to_owned();
    // "8 ms" is as good as "8ms".
    let is_number = mean.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if let Some(unit) = words.next_if(|word| is_number && named(word).is_none()) {
        mean.push_str(unit);
    }
    let duration = parse_duration(&mean)?;
    let name = words.next().unwrap_or("exponential");
    let names: Vec<&str> = LAWS.iter().map(|law| law.name).collect();
    let law = named(name).ok_or_else(|| Fault {
        message: format!("{} is not one of {}", quote(name), list(&names)),
        help: did_you_mean(name, names),
    })?;
    let parameter = match (law.parameter, words.next()) {
        (None, extra) => {
            left_over(extra)?;
            0.0
        }
        (Some([key, example, says]), given) => {
            let write = format!("write \"{mean} {name} {key}={example}\"");
            let Some(given) = given else {
                let article = if name.starts_with('e') { "an" } else { "a" };
                let message = format!("{article} {name} service time needs its {says}");
                return Err(Fault::with_help(message, write));
            };
            let number = given.strip_prefix(key).and_then(|it| it.strip_prefix('='));
            number.and_then(parse_number).ok_or_else(|| {
                Fault::with_help(format!("{} is not a {says}", quote(given)), write)
            })?
        }
    };
    left_over(words.next())?;
    Ok((law.make)(duration, parameter))
}

fn left_over(word: Option<&str>) -> Result<(), Fault> {
    word.map_or(Ok(()), |word| {
        let message = format!("{} is left over at the end", quote(word));
        Err(Fault::new(message))
    })
}

/// Shares and durations: `0%=2ms 50%=6ms 100%=40ms`.
fn parse_quantiles(text: &str) -> Result<Distribution, Fault> {
    let point = |word: &str| {
        let Some((share, duration)) = word.split_once('=') else {
            let message = format!("{} is not a quantile", quote(word));
            return Err(Fault::with_help(message, "write \"50%=6ms\""));
        };
        Ok((parse_share(share)?, parse_duration(duration)?))
    };
    let points: Result<Vec<_>, Fault> = text.split_whitespace().map(point).collect();
    let quantiles = Quantiles::try_new(&points?)
        .map_err(|fault| Fault::with_help(fault, "write \"0%=2ms 50%=6ms 90%=12ms 100%=40ms\""))?;
    Ok(Distribution::Measured(quantiles))
}

pub(super) fn format(law: &Distribution) -> String {
    let mean = format_duration(law.mean());
    match law {
        Distribution::Exponential { .. } => mean,
        Distribution::Deterministic { .. } => format!("{mean} deterministic"),
        Distribution::Lognormal { cv2, .. } => format!("{mean} lognormal cv2={}", Shortest(*cv2)),
        _ if !WHOLE => mean,
        Distribution::Erlang { shape, .. } => format!("{mean} erlang shape={shape}"),
        Distribution::Hyperexponential { cv2, .. } => {
            format!("{mean} hyperexponential cv2={}", Shortest(*cv2))
        }
        Distribution::Pareto { shape, .. } => format!("{mean} pareto shape={}", Shortest(*shape)),
        Distribution::Uniform { low, high } => {
            format!("{} to {}", format_duration(*low), format_duration(*high))
        }
        Distribution::Measured(quantiles) => {
            let point = |&(share, duration): &(f64, SimDuration)| {
                format!("{}={}", format_share(share), format_duration(duration))
            };
            let points: Vec<String> = quantiles.points().iter().map(point).collect();
            points.join(" ")
        }
    }
}

pub(super) fn for_people(law: &Distribution) -> String {
    let mean = law.mean();
    match law {
        Distribution::Exponential { .. } => format!("{mean}, exponential"),
        Distribution::Deterministic { .. } => format!("{mean}, always the same"),
        Distribution::Lognormal { cv2, .. } => {
            format!("{mean}, lognormal with cv² {}", Shortest(*cv2))
        }
        _ if !WHOLE => mean.to_string(),
        Distribution::Erlang { shape, .. } => format!("{mean}, Erlang of {shape} stages"),
        Distribution::Hyperexponential { cv2, .. } => {
            format!("{mean}, hyperexponential with cv² {}", Shortest(*cv2))
        }
        Distribution::Pareto { shape, .. } => {
            format!("{mean}, Pareto with shape {}", Shortest(*shape))
        }
        Distribution::Uniform { low, high } => format!("{low} to {high}, all equally likely"),
        Distribution::Measured(_) => format!("{mean}, as measured"),
    }
}
