//! The values of options.

use std::ops::RangeInclusive;

use diagram::quantity::parse_duration;
use diagram::suggestion::nearest;
use diagram::wording::thousands;
use simulator::SimDuration;

use super::Form;

pub(super) fn seed(written: &str) -> Result<u64, String> {
    let largest = i64::MAX as u64;
    let seed: Option<u64> = written.parse().ok().filter(|&seed| seed <= largest);
    seed.ok_or_else(|| format!("--seed {written}: a seed is a whole number from 0 to {largest}"))
}

pub(super) fn duration(written: &str) -> Result<SimDuration, String> {
    let range = SimDuration::from_millis(100)..=SimDuration::from_secs(3600);
    match parse_duration(written) {
        Ok(duration) if range.contains(&duration) => Ok(duration),
        Ok(_) => Err(format!("--for {written} is out of range: 100ms to 1h")),
        Err(fault) => {
            let is_number = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit());
            let in_seconds = is_number.then(|| format!("write \"{written}s\""));
            let help = in_seconds
                .or(fault.help)
                .map(|help| format!("; {help}"))
                .unwrap_or_default();
            Err(format!("--for {written}: {}{help}", fault.message))
        }
    }
}

pub(super) fn count(
    option: &str,
    written: &str,
    range: RangeInclusive<usize>,
) -> Result<usize, String> {
    let count: Option<usize> = written.parse().ok().filter(|count| range.contains(count));
    count.ok_or_else(|| {
        let (least, most) = (*range.start(), thousands(*range.end() as u64));
        format!("--{option} {written}: write a whole number from {least} to {most}")
    })
}

/// Names between commas.
pub(super) fn metrics(written: &str) -> Result<Vec<String>, String> {
    let names: Vec<String> = written.split(',').map(|n| n.trim().to_owned()).collect();
    if names.iter().any(String::is_empty) {
        return Err(format!(
            "--metrics {written}: write names with commas between, such as goodput,p99"
        ));
    }
    Ok(names)
}

pub(super) fn form(written: &str) -> Result<Form, String> {
    match written {
        "csv" => Ok(Form::Csv),
        "json" => Ok(Form::Json),
        other => {
            let help = nearest(other, ["csv", "json"]).map_or_else(
                || "write csv or json".to_owned(),
                |known| format!("did you mean {known}?"),
            );
            Err(format!("--series {other}: there is no such form; {help}"))
        }
    }
}
