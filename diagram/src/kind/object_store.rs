//! Object store: keeps files, or sessions, somewhere else.

use simulator::ObjectStore;

use super::server::SERVICE_TIME;
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

/// What napkin-math measured of object stores.
const MEASURED: Option<Source> = Some(Source {
    text: "a GET of an object store takes 80 ms, a PUT 200 ms",
    url: Some(prose("https://github.com/sirupsen/napkin-math")),
    date: Some(prose("2026-03")),
    quality: Quality::Measured,
});

pub(super) static PARAMETERS: [Parameter; 3] = [
    Parameter {
        key: "read-time",
        label: "Read time",
        doc: prose("How long a read takes; any number go on at once."),
        quantity: SERVICE_TIME,
        default: "80ms deterministic",
        source: MEASURED,
    },
    Parameter {
        key: "write-time",
        label: "Write time",
        doc: prose("How long a write takes; any number go on at once."),
        quantity: SERVICE_TIME,
        default: "200ms deterministic",
        source: MEASURED,
    },
    Parameter {
        key: "availability",
        label: "Availability",
        doc: prose("The share of calls that do not fail."),
        quantity: Quantity::Share,
        default: "100%",
        source: None,
    },
];

pub(super) fn read(values: &Values<'_>) -> ObjectStore {
    ObjectStore {
        read_time: values.service_time("read-time"),
        write_time: values.service_time("write-time"),
        availability: values.number("availability"),
        ..ObjectStore::default()
    }
}

pub(super) fn write(store: &ObjectStore) -> Vec<Value> {
    vec![
        Value::ServiceTime(store.read_time.clone()),
        Value::ServiceTime(store.write_time.clone()),
        Value::Share(store.availability),
    ]
}

pub(super) fn summary(store: &ObjectStore) -> String {
    format!("reads {}", wording::duration(store.read_time.mean()))
}
