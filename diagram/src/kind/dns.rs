//! DNS: where clients learn the address.

use simulator::{Dns, SimDuration};

use crate::parameter::{Parameter, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

pub(super) static PARAMETERS: [Parameter; 2] = [
    Parameter {
        key: "lookup-time",
        label: "Look-up time",
        doc: prose("How long the name server takes for one look-up, besides the link to it."),
        quantity: Quantity::Duration {
            min: SimDuration::ZERO,
            max: SimDuration::from_secs(60),
            never: None,
        },
        default: "20ms",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "ttl",
        label: "Time to live",
        doc: prose("How long an answer is remembered; zero asks again for every request."),
        quantity: Quantity::Duration {
            min: SimDuration::ZERO,
            max: SimDuration::from_secs(86_400),
            never: None,
        },
        default: "60s",
        source: Source::ILLUSTRATIVE,
    },
];

pub(super) fn read(values: &Values<'_>) -> Dns {
    Dns {
        lookup_time: values.duration("lookup-time"),
        ttl: values.duration("ttl"),
    }
}

pub(super) fn write(dns: &Dns) -> Vec<Value> {
    vec![Value::Duration(dns.lookup_time), Value::Duration(dns.ttl)]
}

pub(super) fn summary(dns: &Dns) -> String {
    format!("TTL {}", wording::duration(dns.ttl))
}
