//! Database: answers queries.

use simulator::Database;

use super::server::{QUEUE_LIMIT, SERVICE_TIME, WHEN_FULL, WHEN_QUEUE_FULL, WORKERS};
use crate::parameter::{Parameter, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

pub(super) static PARAMETERS: [Parameter; 5] = [
    WORKERS,
    time(
        "read-time",
        "Read time",
        "How long one worker is busy with a query that reads.",
    ),
    time(
        "write-time",
        "Write time",
        "How long one worker is busy with a query that writes.",
    ),
    QUEUE_LIMIT,
    WHEN_QUEUE_FULL,
];

const fn time(key: &'static str, label: &'static str, doc: &'static str) -> Parameter {
    const QUANTITY: Quantity = SERVICE_TIME;
    Parameter {
        key,
        label,
        doc: prose(doc),
        quantity: QUANTITY,
        default: "4ms",
        source: Source::ILLUSTRATIVE,
    }
}

pub(super) fn read(values: &Values<'_>) -> Database {
    Database {
        workers: values.count("workers"),
        read_time: values.service_time("read-time"),
        write_time: values.service_time("write-time"),
        queue_limit: values.count("queue-limit"),
        when_full: WHEN_FULL.read(values.choice("when-full")),
        ..Database::default()
    }
}

pub(super) fn write(database: &Database) -> Vec<Value> {
    vec![
        Value::Count(u64::from(database.workers)),
        Value::ServiceTime(database.read_time.clone()),
        Value::ServiceTime(database.write_time.clone()),
        Value::Count(u64::from(database.queue_limit)),
        WHEN_FULL.write(database.when_full),
    ]
}

pub(super) fn summary(database: &Database) -> String {
    let workers = wording::counted(u64::from(database.workers), "worker");
    let (read, write) = (database.read_time.mean(), database.write_time.mean());
    if read == write {
        format!("{workers} · {}", wording::duration(read))
    } else {
        format!(
            "{workers} · {}/{}",
            wording::duration(read),
            wording::duration(write)
        )
    }
}
