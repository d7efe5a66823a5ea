//! Content delivery network: copies near the readers.

use simulator::{CacheContent, Caching, Cdn, SimDuration, Urls};

use super::server::SERVICE_TIME;
use super::{Words, choice};
use crate::parameter::{Parameter, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

static URLS: Words<Urls, 2> = Words {
    values: [Urls::Versioned, Urls::Unversioned],
    choices: [
        choice(
            "versioned",
            "Versioned",
            "A new version has a new address, so no copy is ever wrong.",
        ),
        choice(
            "unversioned",
            "Unversioned",
            "A new version keeps its address: copies are wrong until they expire or are purged.",
        ),
    ],
};

pub(super) static PARAMETERS: [Parameter; 6] = [
    Parameter {
        key: "edge-time",
        label: "Edge time",
        doc: prose("How long an edge takes for an answer; any number go on at once."),
        quantity: SERVICE_TIME,
        default: "1ms deterministic",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "cacheable",
        label: "Cacheable",
        doc: prose("The share of reads whose answers may be kept."),
        quantity: Quantity::Share,
        default: "100%",
        source: None,
    },
    Parameter {
        key: "hit-ratio",
        label: "Hit ratio",
        doc: prose("The share of hits among those."),
        quantity: Quantity::Share,
        default: "90%",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "ttl",
        label: "Time to live",
        doc: prose("How long a copy is fresh."),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(1),
            max: SimDuration::from_secs(365 * 86_400),
            never: Some("for ever"),
        },
        default: "24h",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "stale-if-error",
        label: "Stale if error",
        doc: prose("For how long an expired copy is served while the origin fails."),
        quantity: Quantity::Duration {
            min: SimDuration::ZERO,
            max: SimDuration::from_secs(86_400),
            never: None,
        },
        default: "0ms",
        source: None,
    },
    Parameter {
        key: "urls",
        label: "Addresses",
        doc: prose("What a deployment does to copies."),
        quantity: URLS.quantity(),
        default: "versioned",
        source: None,
    },
];

pub(super) fn read(values: &Values<'_>) -> Cdn {
    Cdn {
        edge_time: values.service_time("edge-time"),
        cacheable_share: values.number("cacheable"),
        caching: Caching {
            content: CacheContent::Assumed(values.number("hit-ratio")),
            ttl: values.optional_duration("ttl"),
            stale_if_error: values.duration("stale-if-error"),
            ..Caching::default()
        },
        urls: URLS.read(values.choice("urls")),
        ..Cdn::default()
    }
}

pub(super) fn write(cdn: &Cdn) -> Vec<Value> {
    vec![
        Value::ServiceTime(cdn.edge_time.clone()),
        Value::Share(cdn.cacheable_share),
        Value::Share(hit_ratio(cdn)),
        cdn.caching.ttl.map_or(Value::Never, Value::Duration),
        Value::Duration(cdn.caching.stale_if_error),
        URLS.write(cdn.urls),
    ]
}

pub(super) fn summary(cdn: &Cdn) -> String {
    format!("{} hits", wording::percent(hit_ratio(cdn)))
}

fn hit_ratio(cdn: &Cdn) -> f64 {
    match cdn.caching.content {
        CacheContent::Assumed(hit_ratio) => hit_ratio,
        CacheContent::Keys(_) => 0.9,
    }
}
