//! Clients: where requests come from.

use simulator::{Arrivals, Clients, SimDuration};

use super::{Words, choice};
use crate::parameter::{Parameter, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

static ARRIVALS: Words<Arrivals, 2> = Words {
    values: [Arrivals::Poisson, Arrivals::Even],
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
    ],
};

pub(super) static PARAMETERS: [Parameter; 4] = [
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
        read_share: values.number("reads"),
        timeout: values.optional_duration("timeout"),
        ..Clients::default()
    }
}

pub(super) fn write(clients: &Clients) -> Vec<Value> {
    vec![
        Value::Rate(clients.rate),
        ARRIVALS.write(clients.arrivals),
        Value::Share(clients.read_share),
        clients.timeout.map_or(Value::Never, Value::Duration),
    ]
}

pub(super) fn summary(clients: &Clients) -> String {
    let rate = wording::grouped(clients.rate);
    match clients.arrivals {
        Arrivals::Poisson => format!("{rate} req/s"),
        Arrivals::Even => format!("{rate} req/s, even"),
    }
}
