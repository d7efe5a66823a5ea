//! Server: does the application's work.

use simulator::{Server, SimDuration, WhenFull};

use super::{Words, choice};
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

pub(super) static WHEN_FULL: Words<WhenFull, 2> = Words {
    values: [WhenFull::Fail, WhenFull::Shed],
    choices: [
        choice("fail", "Fail", "An error: the request counts as failed."),
        choice(
            "shed",
            "Shed",
            "A deliberate \"not now\" (HTTP 503): the request counts as shed.",
        ),
    ],
};

/// How many may wait, the same for every kind that has a queue.
pub(super) const QUEUE_LIMIT: Parameter = Parameter {
    key: "queue-limit",
    label: "Queue limit",
    doc: prose("How many may wait."),
    quantity: Quantity::Count {
        min: 0,
        max: 100_000,
    },
    default: "1000",
    source: Source::ILLUSTRATIVE,
};

/// What happens at a full queue, the same for every kind that has one.
pub(super) const WHEN_QUEUE_FULL: Parameter = Parameter {
    key: "when-full",
    label: "When the queue is full",
    doc: prose("What a newcomer meets when the queue is full."),
    quantity: WHEN_FULL.quantity(),
    default: "fail",
    source: None,
};

/// How many are served at once, the same for every kind that has workers.
pub(super) const WORKERS: Parameter = Parameter {
    key: "workers",
    label: "Workers",
    doc: prose("How many are served at the same time."),
    quantity: Quantity::Count { min: 1, max: 1_024 },
    default: "2",
    source: Source::ILLUSTRATIVE,
};

/// Any mean that a service may have.
pub(super) const SERVICE_TIME: Quantity = Quantity::ServiceTime {
    min: SimDuration::from_micros(1),
    max: SimDuration::from_secs(3600),
};

pub(super) static PARAMETERS: [Parameter; 5] = [
    WORKERS,
    Parameter {
        key: "service-time",
        label: "Service time",
        doc: prose("How long one worker is busy with one request, besides the queries."),
        quantity: SERVICE_TIME,
        default: "8ms",
        source: Some(Source {
            text: "of the order of Stack Overflow's 19 ms of application time a page; \
                   rounded for teaching",
            url: Some(prose(
                "https://nickcraver.com/blog/2016/02/17/stack-overflow-the-architecture-2016-edition/",
            )),
            date: Some(prose("2016-02")),
            quality: Quality::Illustrative,
        }),
    },
    QUEUE_LIMIT,
    WHEN_QUEUE_FULL,
    Parameter {
        key: "queries",
        label: "Queries",
        doc: prose(
            "How many queries it sends to each node that it is linked to, one after the other.",
        ),
        quantity: Quantity::Count { min: 0, max: 1_000 },
        default: "1",
        source: Source::ILLUSTRATIVE,
    },
];

pub(super) fn read(values: &Values<'_>) -> Server {
    Server {
        workers: values.count("workers"),
        service_time: values.service_time("service-time"),
        queue_limit: values.count("queue-limit"),
        when_full: WHEN_FULL.read(values.choice("when-full")),
        queries: values.count("queries"),
        ..Server::default()
    }
}

pub(super) fn write(server: &Server) -> Vec<Value> {
    vec![
        Value::Count(u64::from(server.workers)),
        Value::ServiceTime(server.service_time.clone()),
        Value::Count(u64::from(server.queue_limit)),
        WHEN_FULL.write(server.when_full),
        Value::Count(u64::from(server.queries)),
    ]
}

pub(super) fn summary(server: &Server) -> String {
    let workers = wording::counted(u64::from(server.workers), "worker");
    format!(
        "{workers} · {}",
        wording::duration(server.service_time.mean())
    )
}
