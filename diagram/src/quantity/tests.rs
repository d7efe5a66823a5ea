use proptest::prelude::*;

use super::*;

const ANY_DURATION: Quantity = Quantity::Duration {
    min: SimDuration::ZERO,
    max: SimDuration::MAX,
    never: Some("never"),
};
const ANY_COUNT: Quantity = Quantity::Count {
    min: 0,
    max: u64::MAX,
};
const ANY_RATE: Quantity = Quantity::Rate { max: 1e6 };
const ANY_LAW: Quantity = Quantity::ServiceTime {
    min: SimDuration::from_micros(1),
    max: SimDuration::from_secs(60),
};

#[test]
fn half_a_binary_digit_goes_to_the_even_neighbour() {
    for text in [
        "9007199254740993",
        "9007199254740993.0000001",
        "9007199254740995",
        "4503599627370496.5",
        "4503599627370497.5",
        "0.1",
        "0.30000000000000004",
    ] {
        assert_eq!(parse_number(text), text.parse().ok(), "{text}");
    }
    let smallest = f64::from_bits(1).to_string();
    assert_eq!(parse_number(&smallest), Some(f64::from_bits(1)));
    for text in ["", ".", "1.", ".5", "1e3", "-1", "+1", "1.2.3"] {
        assert_eq!(parse_number(text), None, "{text}");
    }
}

#[track_caller]
fn check(quantity: Quantity, text: &str, expected: &str) {
    let got = match quantity.parse(text) {
        Ok(value) => quantity.format(&value),
        Err(Fault {
            message,
            help: None,
        }) => message,
        Err(Fault {
            message,
            help: Some(help),
        }) => format!("{message} | {help}"),
    };
    assert_eq!(got, expected);
}

#[test]
fn durations_are_read_exactly() {
    for (text, nanos) in [
        ("8ms", 8_000_000),
        ("8 ms", 8_000_000),
        ("0.1s", 100_000_000),
        ("250us", 250_000),
        ("250µs", 250_000),
        ("0.000000001s", 1),
        ("1.5min", 90_000_000_000),
        ("2h", 7_200_000_000_000),
        ("0ms", 0),
    ] {
        assert_eq!(
            parse_duration(text).map(SimDuration::as_nanos),
            Ok(nanos),
            "{text}"
        );
    }
}

#[test]
fn a_wrong_duration_says_what_to_write() {
    check(
        ANY_DURATION,
        "8",
        "a duration needs its unit | write \"8ms\"",
    );
    check(
        ANY_DURATION,
        "8 sec",
        "\"8 sec\" has no unit of time that is known here | write \"8s\"",
    );
    check(
        ANY_DURATION,
        "-8ms",
        "a value cannot be negative | write \"8ms\"",
    );
    check(
        ANY_DURATION,
        "0.1ns",
        "\"0.1ns\" is finer than a nanosecond | write a duration or \"never\"",
    );
    check(
        ANY_DURATION,
        "999999999999h",
        "\"999999999999h\" is too long a time | write a duration or \"never\"",
    );
    check(
        ANY_DURATION,
        "soon",
        "\"soon\" does not begin with a number | write \"8ms\"",
    );
    check(
        ANY_DURATION,
        "-3s",
        "a value cannot be negative | write \"3s\"",
    );
    check(
        ANY_DURATION,
        "nver",
        "\"nver\" does not begin with a number | write \"never\"",
    );
    check(ANY_DURATION, "never", "never");
    check(
        Quantity::Duration {
            min: SimDuration::from_millis(10),
            max: SimDuration::from_secs(60),
            never: None,
        },
        "1ms",
        "\"1ms\" is out of range: 10ms to 60s",
    );
}

#[test]
fn a_rate_is_written_in_the_unit_in_which_it_is_a_short_number() {
    for text in [
        "2/min",
        "100/min",
        "7/h",
        "150/s",
        "0.5/s",
        "1000000/s",
        "33.3/s",
        "0/s",
    ] {
        let Ok(Value::Rate(rate)) = ANY_RATE.parse(text) else {
            panic!("{text} is a rate");
        };
        assert_eq!(format_rate(rate), text);
    }
    assert_eq!(format_rate(0.123_456_789_123), "0.123456789123/s");
}

#[test]
fn a_wrong_rate_share_or_count_says_what_to_write() {
    check(ANY_RATE, "150", "a rate needs its unit | write \"150/s\"");
    check(
        ANY_RATE,
        "1,000/s",
        "\"1,000/s\" has a separator between its digits | write \"1000/s\"",
    );
    check(ANY_RATE, "60/min", "1/s");
    check(
        ANY_RATE,
        "2000000/s",
        "\"2000000/s\" is out of range: 0/s to 1,000,000/s",
    );
    check(
        Quantity::Share,
        "90",
        "a share needs the sign % | write \"90%\"",
    );
    check(
        Quantity::Share,
        "0.9",
        "a share needs the sign % | write \"90%\"",
    );
    check(
        Quantity::Share,
        "101%",
        "\"101%\" is out of range: 0% to 100%",
    );
    check(Quantity::Share, "99.9%", "99.9%");
    check(Quantity::Share, "0.5%", "0.5%");
    check(
        Quantity::Count { min: 1, max: 1024 },
        "0",
        "0 is out of range: 1 to 1,024",
    );
    check(
        Quantity::Count { min: 1, max: 1024 },
        "2.5",
        "\"2.5\" is not a whole number",
    );
    check(
        Quantity::Count { min: 1, max: 1024 },
        "2ms",
        "\"2ms\" is not a whole number | write 2 without a unit",
    );
}

#[test]
fn a_comma_is_a_point_unless_thousands_follow() {
    for (text, offered) in [
        ("8,5ms", "8.5ms"),
        ("1,25s", "1.25s"),
        ("1,000ms", "1000ms"),
        ("1_5ms", "15ms"),
    ] {
        let fault = parse_duration(text).expect_err(text);
        assert_eq!(fault.help, Some(format!("write \"{offered}\"")), "{text}");
    }
    let (message, count) = (
        "has a separator between its digits",
        Quantity::Count { min: 0, max: 9 },
    );
    check(
        Quantity::Share,
        "1,5",
        &format!("\"1,5\" {message} | write \"1.5%\""),
    );
    check(
        Quantity::Share,
        "1,5%",
        &format!("\"1,5%\" {message} | write \"1.5%\""),
    );
    check(count, "1_0", &format!("\"1_0\" {message} | write 10"));
    assert_eq!(without_separators("1,234,567.5"), "1234567.5");
}

#[test]
fn what_is_offered_is_in_range() {
    let far = "99999999999999999999";
    check(
        ANY_RATE,
        far,
        &format!("\"{far}\" is out of range: 0/s to 1,000,000/s"),
    );
    check(
        Quantity::Share,
        "150",
        "\"150\" is out of range: 0% to 100%",
    );
    check(ANY_COUNT, "1e5", "\"1e5\" is not a whole number");
}

#[test]
fn service_times_name_their_law() {
    check(ANY_LAW, "8ms", "8ms");
    check(ANY_LAW, "8 ms exponential", "8ms");
    check(ANY_LAW, "8ms deterministic", "8ms deterministic");
    check(ANY_LAW, "8ms lognormal cv2=4", "8ms lognormal cv2=4");
    check(
        ANY_LAW,
        "8ms lognormal",
        "a lognormal service time needs its variability | write \"8ms lognormal cv2=4\"",
    );
    check(
        ANY_LAW,
        "8ms exponental",
        "\"exponental\" is not one of \"exponential\", \"deterministic\", \"lognormal\", \"erlang\", \"hyperexponential\" or \"pareto\" | did you mean \"exponential\"?",
    );
    for text in [
        "8ms erlang shape=4",
        "8ms hyperexponential cv2=4.5",
        "8ms pareto shape=1.5",
        "4ms to 12ms",
        "0%=2ms 50%=6ms 99.9%=12ms 100%=40ms",
    ] {
        check(ANY_LAW, text, text);
    }
    check(ANY_LAW, "4 ms to 12 ms", "4ms to 12ms");
    check(ANY_LAW, "8", "a duration needs its unit | write \"8ms\"");
    check(
        ANY_LAW,
        "",
        "\"\" does not begin with a number | write \"8ms\"",
    );
}

#[test]
fn a_wrong_law_says_what_to_write() {
    for (text, expected) in [
        (
            "8ms erlang",
            "an erlang service time needs its number of stages | write \"8ms erlang shape=4\"",
        ),
        (
            "8ms erlang shape=2.5",
            "\"8ms erlang shape=2.5\" is out of range: a shape from 1 to 100",
        ),
        (
            "8ms hyperexponential cv2=0.5",
            "\"8ms hyperexponential cv2=0.5\" is out of range: cv² from 1 to 100",
        ),
        (
            "8ms pareto cv2=2",
            "\"cv2=2\" is not a shape | write \"8ms pareto shape=1.5\"",
        ),
        (
            "8ms pareto shape=1",
            "\"8ms pareto shape=1\" is out of range: a shape of more than 1, at most 100",
        ),
        (
            "8ms lognormal cv2=4 or so",
            "\"or\" is left over at the end",
        ),
        ("8ms exponential cv2=1", "\"cv2=1\" is left over at the end"),
        (
            "12ms to 4ms",
            "\"12ms to 4ms\" is out of range: a shortest and a longest duration in this order, at most 1 h",
        ),
        (
            "50%=6ms 100%=9ms",
            "quantiles begin with the shortest duration, at 0 %, and end with the longest, at 100 % | write \"0%=2ms 50%=6ms 90%=12ms 100%=40ms\"",
        ),
        ("0%", "\"0%\" is not a quantile | write \"50%=6ms\""),
        ("100s", "\"100s\" is out of range: 1us to 60s"),
    ] {
        check(ANY_LAW, text, expected);
    }
}

proptest! {
    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them(bits: u64, whole: u64, fraction in "[0-9]{1,30}") {
        let any = f64::from_bits(bits & !(1 << 63));
        if any.is_finite() && any < 1e38 {
            prop_assert_eq!(parse_number(&any.to_string()), Some(any));
        }
        let text = format!("{}.{fraction}", whole >> 10);
        prop_assert_eq!(parse_number(&text), text.parse().ok(), "{}", text);
        let small = format!("{}.{fraction}", whole % 1_000);
        prop_assert_eq!(parse_number(&small), small.parse().ok(), "{}", small);
    }

    #[test]
    fn every_duration_is_read_back(nanos: u64) {
        let duration = SimDuration::from_nanos(nanos);
        prop_assert_eq!(parse_duration(&format_duration(duration)), Ok(duration));
    }

    #[test]
    fn every_rate_share_and_count_is_read_back(rate in 0.0..1e6_f64, share in 0.0..=1.0_f64, count: u64) {
        for (quantity, value) in [
            (ANY_RATE, Value::Rate(rate)),
            (Quantity::Share, Value::Share(share)),
            (ANY_COUNT, Value::Count(count)),
        ] {
            prop_assert_eq!(quantity.parse(&quantity.format(&value)), Ok(value));
        }
    }

    #[test]
    fn every_service_time_is_read_back(nanos in 1_000_u64..60_000_000_000, cv2 in 1.001..100.0_f64, law in 0..7) {
        let mean = SimDuration::from_nanos(nanos);
        let value = Value::ServiceTime(match law {
            0 => Distribution::Exponential { mean },
            1 => Distribution::Deterministic { mean },
            2 => Distribution::Lognormal { mean, cv2 },
            3 => Distribution::Erlang { mean, shape: cv2 as u32 },
            4 => Distribution::Hyperexponential { mean, cv2 },
            5 => Distribution::Pareto { mean, shape: cv2 },
            _ => Distribution::Uniform { low: SimDuration::ZERO, high: mean },
        });
        prop_assert_eq!(ANY_LAW.parse(&ANY_LAW.format(&value)), Ok(value));
    }

    #[test]
    fn no_text_panics(text: String) {
        for quantity in [ANY_DURATION, ANY_COUNT, ANY_RATE, Quantity::Share, ANY_LAW, Quantity::Speed] {
            let _ = quantity.parse(&text);
        }
    }
}
