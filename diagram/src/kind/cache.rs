//! Cache: answers what it holds.

use simulator::{
    Cache, CacheContent, CacheWrites, CachedKeys, Caching, EvictionPolicy, Filling, SimDuration,
};

use super::server::{QUEUE_LIMIT, SERVICE_TIME, WHEN_FULL, WHEN_QUEUE_FULL};
use super::{Words, choice};
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

static EVICTION: Words<EvictionPolicy, 5> = Words {
    values: [
        EvictionPolicy::Lru,
        EvictionPolicy::Lfu,
        EvictionPolicy::Fifo,
        EvictionPolicy::Sieve,
        EvictionPolicy::Random,
    ],
    choices: [
        choice("lru", "LRU", "What was not asked for the longest goes."),
        choice("lfu", "LFU", "What was asked for least often goes."),
        choice("fifo", "FIFO", "What came first goes."),
        choice(
            "sieve",
            "SIEVE",
            "What came first and was not asked for since goes.",
        ),
        choice("random", "Random", "Anything goes, with equal chance."),
    ],
};

static FILLING: Words<Filling, 2> = Words {
    values: [Filling::ReadThrough, Filling::Aside],
    choices: [
        choice(
            "read-through",
            "Read-through",
            "The cache itself asks what it is linked to.",
        ),
        choice(
            "aside",
            "Cache-aside",
            "The server asks the cache, then the source, and fills the cache.",
        ),
    ],
};

static WRITES: Words<CacheWrites, 4> = Words {
    values: [
        CacheWrites::Around,
        CacheWrites::Through,
        CacheWrites::Behind,
        CacheWrites::Ignored,
    ],
    choices: [
        choice(
            "around",
            "Around",
            "The source is written, then the entry is deleted.",
        ),
        choice(
            "through",
            "Through",
            "The source is written, then the entry is updated.",
        ),
        choice(
            "behind",
            "Behind",
            "The cache answers at once and writes later, in batches.",
        ),
        choice(
            "ignored",
            "Ignored",
            "Entries stay as they are until they expire.",
        ),
    ],
};

static SINGLE_FLIGHT: Words<bool, 2> = Words {
    values: [false, true],
    choices: [
        choice("off", "Off", "Every miss asks the source."),
        choice("on", "On", "Misses of the same key wait for one of them."),
    ],
};

static KEYS: [Parameter; 2] = [
    Parameter {
        key: "capacity",
        label: "Capacity",
        doc: prose("How many entries fit."),
        quantity: Quantity::Count {
            min: 0,
            max: 1_048_576,
        },
        default: "1000",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "eviction",
        label: "Eviction",
        doc: prose("Which entry goes when another one has to fit."),
        quantity: EVICTION.quantity(),
        default: "lru",
        source: None,
    },
];

pub(super) static PARAMETERS: [Parameter; 12] = [
    Parameter {
        key: "workers",
        label: "Workers",
        doc: prose("How many look-ups are done at the same time."),
        quantity: Quantity::Count { min: 1, max: 1_024 },
        default: "1",
        source: Some(Source {
            text: prose("Redis executes commands one after the other"),
            url: Some(prose(
                "https://redis.io/docs/latest/develop/reference/clients/",
            )),
            date: None,
            quality: Quality::Vendor,
        }),
    },
    Parameter {
        key: "lookup-time",
        label: "Look-up time",
        doc: prose("How long a worker is busy with one look-up."),
        quantity: SERVICE_TIME,
        default: "13us deterministic",
        source: Some(Source {
            text: prose("72,000 to 80,000 operations a second on one Redis node"),
            url: Some(prose(
                "https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/",
            )),
            date: None,
            quality: Quality::Measured,
        }),
    },
    Parameter {
        key: "hit-ratio",
        label: "Hit ratio",
        doc: prose("The share of hits, where no keys are held: each read is one by chance."),
        quantity: Quantity::Share,
        default: "90%",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "keys",
        label: "Keys",
        doc: prose("Which keys it holds, instead of an assumed hit ratio."),
        quantity: Quantity::Group {
            off: "off",
            fields: &KEYS,
        },
        default: "off",
        source: None,
    },
    Parameter {
        key: "ttl",
        label: "Time to live",
        doc: prose("How long an entry is fresh."),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(1),
            max: SimDuration::from_secs(30 * 86_400),
            never: Some("for ever"),
        },
        default: "for ever",
        source: None,
    },
    Parameter {
        key: "filling",
        label: "Filling",
        doc: prose("Who asks the source after a miss."),
        quantity: FILLING.quantity(),
        default: "read-through",
        source: None,
    },
    Parameter {
        key: "writes",
        label: "Writes",
        doc: prose("What happens to an entry when its item is written."),
        quantity: WRITES.quantity(),
        default: "around",
        source: None,
    },
    Parameter {
        key: "single-flight",
        label: "Single flight",
        doc: prose("Whether misses of the same key share one query."),
        quantity: SINGLE_FLIGHT.quantity(),
        default: "off",
        source: None,
    },
    Parameter {
        key: "stale-while-revalidate",
        label: "Stale while revalidating",
        doc: prose("For how long an expired entry is served while it is fetched anew."),
        quantity: Quantity::Duration {
            min: SimDuration::ZERO,
            max: SimDuration::from_secs(3600),
            never: None,
        },
        default: "0ms",
        source: None,
    },
    Parameter {
        key: "early-refresh",
        label: "Early refresh",
        doc: prose(
            "How eagerly entries are fetched before they expire: the beta of XFetch, 0 for never.",
        ),
        quantity: Quantity::Number {
            min: 0.0,
            max: 10.0,
        },
        default: "0",
        source: None,
    },
    QUEUE_LIMIT,
    WHEN_QUEUE_FULL,
];

pub(super) fn read(values: &Values<'_>) -> Cache {
    let content = match values.group("keys") {
        None => CacheContent::Assumed(values.number("hit-ratio")),
        Some(keys) => CacheContent::Keys(CachedKeys {
            policy: EVICTION.read(keys.choice("eviction")),
            entries: keys.count("capacity"),
            ..CachedKeys::default()
        }),
    };
    Cache {
        workers: values.count("workers"),
        lookup_time: values.service_time("lookup-time"),
        queue_limit: values.count("queue-limit"),
        when_full: WHEN_FULL.read(values.choice("when-full")),
        filling: FILLING.read(values.choice("filling")),
        writes: WRITES.read(values.choice("writes")),
        caching: Caching {
            content,
            ttl: values.optional_duration("ttl"),
            single_flight: SINGLE_FLIGHT.read(values.choice("single-flight")),
            early_refresh: values.number("early-refresh"),
            stale_while_revalidate: values.duration("stale-while-revalidate"),
            ..Caching::default()
        },
        ..Cache::default()
    }
}

pub(super) fn write(cache: &Cache) -> Vec<Value> {
    let caching = &cache.caching;
    let (hit_ratio, keys) = match &caching.content {
        CacheContent::Assumed(hit_ratio) => (*hit_ratio, None),
        CacheContent::Keys(keys) => (
            0.9,
            Some(vec![
                Value::Count(u64::from(keys.entries)),
                EVICTION.write(keys.policy),
            ]),
        ),
    };
    vec![
        Value::Count(u64::from(cache.workers)),
        Value::ServiceTime(cache.lookup_time.clone()),
        Value::Share(hit_ratio),
        Value::Group(keys),
        caching.ttl.map_or(Value::Never, Value::Duration),
        FILLING.write(cache.filling),
        WRITES.write(cache.writes),
        SINGLE_FLIGHT.write(caching.single_flight),
        Value::Duration(caching.stale_while_revalidate),
        Value::Number(caching.early_refresh),
        Value::Count(u64::from(cache.queue_limit)),
        WHEN_FULL.write(cache.when_full),
    ]
}

pub(super) fn summary(cache: &Cache) -> String {
    match &cache.caching.content {
        CacheContent::Assumed(hit_ratio) => format!("{} hits", wording::percent(*hit_ratio)),
        CacheContent::Keys(keys) => format!(
            "{} · {}",
            wording::counted(u64::from(keys.entries), "key"),
            EVICTION.label(keys.policy)
        ),
    }
}
