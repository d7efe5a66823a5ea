//! Clients: where requests come from.

use simulator::{Arrivals, Clients, SimDuration};

use super::{Words, choice};
use crate::kind::server::SERVICE_TIME;
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

static ARRIVALS: Words<Arrivals, 3> = Words {
    values: [Arrivals::Poisson, Arrivals::Even, Arrivals::Closed],
    choices: [
        choice(
            "poisson",
            "Poisson",
            "Independent users: some gaps are short, some are long.",
        ),
        choice(
            "even",
            "Even",
            "One request after the other, like a metronome.",
        ),
        choice(
            "closed",
            "Closed loop",
            "A fixed number of users; each waits for the answer, thinks, and asks again.",
        ),
    ],
};

pub(super) static PARAMETERS: [Parameter; 8] = [
    Parameter {
        key: "rate",
        label: "Load",
        doc: prose("How many requests all users together send."),
        quantity: Quantity::Rate { max: 1_000_000.0 },
        default: "100/s",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "arrivals",
        label: "Arrivals",
        doc: prose("How the requests are spaced."),
        quantity: ARRIVALS.quantity(),
        default: "poisson",
        source: None,
    },
    Parameter {
        key: "users",
        label: "Users",
        doc: prose("How many users a closed loop has."),
        quantity: Quantity::Count {
            min: 0,
            max: 2_000_000,
        },
        default: "1000",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "think-time",
        label: "Think time",
        doc: prose("How long each user of a closed loop thinks before the next request."),
        quantity: SERVICE_TIME,
        default: "10s",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "keys",
        label: "Keys",
        doc: prose("Among how many keys each request asks for one; 0 for requests without keys."),
        quantity: Quantity::Count {
            min: 0,
            max: 10_000_000,
        },
        default: "0",
        source: None,
    },
    Parameter {
        key: "skew",
        label: "Skew",
        doc: prose(
            "How unequally popular the keys are: the exponent of Zipf's law, 0 for all equal.",
        ),
        quantity: Quantity::Number { min: 0.0, max: 3.0 },
        default: "1.2",
        source: Some(Source {
            text: "the median of 54 cache clusters at Twitter is 1.21",
            url: Some(prose("https://github.com/twitter/cache-trace")),
            date: Some(prose("2020-10")),
            quality: Quality::Measured,
        }),
    },
    Parameter {
        key: "reads",
        label: "Reads",
        doc: prose("The share of requests that only read; the others write."),
        quantity: Quantity::Share,
        default: "90%",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "timeout",
        label: "Timeout",
        doc: prose(
            "How long a user waits before giving up; the system goes on working on the request.",
        ),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(1),
            max: SimDuration::from_secs(3600),
            never: Some("never"),
        },
        default: "2s",
        source: Source::ILLUSTRATIVE,
    },
];

pub(super) fn read(values: &Values<'_>) -> Clients {
    Clients {
        rate: values.number("rate"),
        arrivals: ARRIVALS.read(values.choice("arrivals")),
        users: values.count("users"),
        think_time: values.service_time("think-time"),
        keys: values.count("keys"),
        skew: values.number("skew"),
        read_share: values.number("reads"),
        timeout: values.optional_duration("timeout"),
        ..Clients::default()
    }
}

pub(super) fn write(clients: &Clients) -> Vec<Value> {
    vec![
        Value::Rate(clients.rate),
        ARRIVALS.write(clients.arrivals),
        Value::Count(u64::from(clients.users)),
        Value::ServiceTime(clients.think_time.clone()),
        Value::Count(u64::from(clients.keys)),
        Value::Number(clients.skew),
        Value::Share(clients.read_share),
        clients.timeout.map_or(Value::Never, Value::Duration),
    ]
}

pub(super) fn summary(clients: &Clients) -> String {
    let rate = wording::grouped(clients.rate);
    match clients.arrivals {
        Arrivals::Poisson => format!("{rate} req/s"),
        Arrivals::Even => format!("{rate} req/s, even"),
        Arrivals::Closed => wording::counted(u64::from(clients.users), "user"),
    }
}
