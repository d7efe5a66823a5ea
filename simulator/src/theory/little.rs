//! Little's law: L = λW, whatever the laws and the order of service.

/// Mean number in a system that `rate` per second enter and stay in for `time` seconds on average.
/// Zero where one of them is not a positive number. Little 1961, "A proof for the queuing formula
/// L = λW", Operations Research 9.
#[must_use]
pub fn mean_number(rate: f64, time: f64) -> f64 {
    if rate > 0.0 && time > 0.0 {
        rate * time
    } else {
        0.0
    }
}

/// Mean time in seconds that each of `rate` per second stays, when there are `number` on average;
/// `None` where nobody comes.
#[must_use]
pub fn mean_time(number: f64, rate: f64) -> Option<f64> {
    super::are_positive(&[rate]).then(|| number.max(0.0) / rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_rate_times_time() {
        assert_eq!(mean_number(80.0, 0.05), 4.0);
        assert_eq!(mean_number(f64::NAN, 0.05), 0.0);
        assert_eq!(mean_time(4.0, 80.0), Some(0.05));
        assert_eq!(mean_time(4.0, 0.0), None);
    }
}
