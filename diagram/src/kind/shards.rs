//! Shards: a store that is divided by keys.

use simulator::{HotKeys, Resharding, ShardLayout, ShardWrites, Shards};

use super::{Words, choice};
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Quantity, Value};
use crate::wording;

/// The layouts by name; their own parameters stand beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Ring,
    Modulo,
    Ranges,
}

static LAYOUTS: Words<Layout, 3> = Words {
    values: [Layout::Ring, Layout::Modulo, Layout::Ranges],
    choices: [
        choice(
            "ring",
            "Consistent hashing",
            "The owner of the next point on a ring of hashes: when a shard joins, few keys move.",
        ),
        choice(
            "modulo",
            "Hash modulo",
            "The hash of the key modulo the number of shards: when a shard joins, most keys move.",
        ),
        choice(
            "ranges",
            "Ranges",
            "Neighbouring keys together, each range on a shard of its own.",
        ),
    ],
};

static HOT_KEYS: Words<HotKeys, 2> = Words {
    values: [HotKeys::Apart, HotKeys::Together],
    choices: [
        choice("apart", "Apart", "Anywhere, as names in an alphabet."),
        choice(
            "together",
            "Together",
            "In the order of their popularity, as if the keys were dates.",
        ),
    ],
};

static WRITES: Words<ShardWrites, 2> = Words {
    values: [ShardWrites::Updates, ShardWrites::Inserts],
    choices: [
        choice(
            "updates",
            "Updates",
            "Writes concern the same keys as reads.",
        ),
        choice(
            "inserts",
            "Inserts",
            "Every write inserts the next key after all others: an auto-increment key.",
        ),
    ],
};

static RESHARDING: Words<Resharding, 2> = Words {
    values: [Resharding::Instant, Resharding::Live],
    choices: [
        choice(
            "instant",
            "At once",
            "Rows are on their new shard at once, as if by magic.",
        ),
        choice(
            "live",
            "Live",
            "Rows are copied while the system works, and their keys follow.",
        ),
    ],
};

pub(super) static PARAMETERS: [Parameter; 13] = [
    Parameter {
        key: "layout",
        label: "Layout",
        doc: prose("Which shard has which key."),
        quantity: LAYOUTS.quantity(),
        default: "ring",
        source: None,
    },
    Parameter {
        key: "virtual-nodes",
        label: "Virtual nodes",
        doc: prose("Points of each shard on the ring of consistent hashing."),
        quantity: Quantity::Count { min: 1, max: 1_000 },
        default: "160",
        source: Some(Source {
            text: prose("ketama, libmemcached's consistent hashing"),
            url: Some(prose("https://github.com/RJ/ketama")),
            date: None,
            quality: Quality::RuleOfThumb,
        }),
    },
    Parameter {
        key: "borders",
        label: "Borders",
        doc: prose(
            "Where ranges after the first begin, such as \"1000, 5000\"; empty for equal ranges.",
        ),
        quantity: Quantity::Text { max: 2_500 },
        default: "",
        source: None,
    },
    Parameter {
        key: "keys",
        label: "Keys",
        doc: prose("How many keys ranges divide: as many as the clients ask for."),
        quantity: Quantity::Count {
            min: 1,
            max: 10_000_000,
        },
        default: "1000000",
        source: Source::ILLUSTRATIVE,
    },
    Parameter {
        key: "hot-keys",
        label: "Popular keys",
        doc: prose("Where ranges have their popular keys."),
        quantity: HOT_KEYS.quantity(),
        default: "apart",
        source: None,
    },
    Parameter {
        key: "writes",
        label: "Writes",
        doc: prose("Which keys writes concern."),
        quantity: WRITES.quantity(),
        default: "updates",
        source: None,
    },
    share(
        "scatter",
        "Reads of all shards",
        "The share of reads that ask all shards at once and are answered after the slowest.",
    ),
    count(
        "tolerates",
        "Tolerated failures",
        "How many shards may fail a read of all shards before it fails itself.",
        0,
        255,
        "0",
    ),
    share(
        "cross-shard",
        "Writes of two shards",
        "The share of writes that concern two shards: both prepare, then both commit.",
    ),
    Parameter {
        key: "resharding",
        label: "Resharding",
        doc: prose("What happens to rows whose shard changes when the layout or the shards do."),
        quantity: RESHARDING.quantity(),
        default: "instant",
        source: Source::ILLUSTRATIVE,
    },
    count(
        "rows",
        "Rows",
        "How many rows all shards have together; every key has equally many.",
        0,
        1_000_000_000,
        "1000000",
    ),
    count(
        "rows-per-second",
        "Copied at most",
        "How many rows a second are copied at most.",
        1,
        10_000_000,
        "10000",
    ),
    count(
        "batch",
        "Batch",
        "How many rows are copied at once: read by one query and written by another.",
        1,
        100_000,
        "1000",
    ),
];

const fn share(key: &'static str, label: &'static str, doc: &'static str) -> Parameter {
    Parameter {
        key,
        label,
        doc: prose(doc),
        quantity: Quantity::Share,
        default: "0%",
        source: Source::ILLUSTRATIVE,
    }
}

const fn count(
    key: &'static str,
    label: &'static str,
    doc: &'static str,
    min: u64,
    max: u64,
    default: &'static str,
) -> Parameter {
    Parameter {
        key,
        label,
        doc: prose(doc),
        quantity: Quantity::Count { min, max },
        default,
        source: Source::ILLUSTRATIVE,
    }
}

pub(super) fn read(values: &Values<'_>) -> Shards {
    let layout = match (
        LAYOUTS.read(values.choice("layout")),
        values.text("borders").trim(),
    ) {
        (Layout::Ring, _) => ShardLayout::Ring {
            points: values.count("virtual-nodes"),
        },
        (Layout::Modulo, _) => ShardLayout::Modulo,
        (Layout::Ranges, "") => ShardLayout::Ranges,
        (Layout::Ranges, borders) => ShardLayout::Borders(numbers(borders)),
    };
    Shards {
        layout,
        keys: values.count("keys"),
        hot_keys: HOT_KEYS.read(values.choice("hot-keys")),
        writes: WRITES.read(values.choice("writes")),
        scatter_share: values.number("scatter"),
        tolerates: values.count("tolerates"),
        cross_share: values.number("cross-shard"),
        resharding: RESHARDING.read(values.choice("resharding")),
        rows: u64::from(values.count("rows")),
        rows_per_second: values.count("rows-per-second"),
        batch: values.count("batch"),
    }
}

/// The numbers in a list; what is none is 0, which no border may be.
fn numbers(list: &str) -> Vec<u32> {
    let number = |text: &str| text.trim().parse().unwrap_or(0);
    list.split(',').map(number).collect()
}

pub(super) fn write(shards: &Shards) -> Vec<Value> {
    let (layout, points, borders) = match &shards.layout {
        ShardLayout::Ring { points } => (Layout::Ring, *points, String::new()),
        ShardLayout::Modulo => (Layout::Modulo, 160, String::new()),
        ShardLayout::Ranges => (Layout::Ranges, 160, String::new()),
        ShardLayout::Borders(borders) => {
            let texts: Vec<String> = borders.iter().map(u32::to_string).collect();
            (Layout::Ranges, 160, texts.join(", "))
        }
    };
    vec![
        LAYOUTS.write(layout),
        Value::Count(u64::from(points)),
        Value::Text(borders),
        Value::Count(u64::from(shards.keys)),
        HOT_KEYS.write(shards.hot_keys),
        WRITES.write(shards.writes),
        Value::Share(shards.scatter_share),
        Value::Count(u64::from(shards.tolerates)),
        Value::Share(shards.cross_share),
        RESHARDING.write(shards.resharding),
        Value::Count(shards.rows),
        Value::Count(u64::from(shards.rows_per_second)),
        Value::Count(u64::from(shards.batch)),
    ]
}

pub(super) fn summary(shards: &Shards) -> String {
    match &shards.layout {
        ShardLayout::Ring { points } => wording::counted(u64::from(*points), "virtual node"),
        ShardLayout::Modulo => LAYOUTS.label(Layout::Modulo).to_owned(),
        ShardLayout::Ranges | ShardLayout::Borders(_) => LAYOUTS.label(Layout::Ranges).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use simulator::{NodeKind, ShardLayout};

    use crate::document::Document;

    #[track_caller]
    fn read(text: &str) -> Result<ShardLayout, String> {
        let text = format!("format = 1\n[nodes.router]\nkind = \"shards\"\n{text}\n");
        let document = Document::parse(&text).map_err(|problems| format!("{problems:?}"))?;
        let written = Document::parse(&document.to_toml()).expect("what was written can be read");
        assert_eq!(document, written);
        match &document.nodes()[0].kind {
            NodeKind::Shards(shards) => Ok(shards.layout.clone()),
            other => panic!("it is a router: {other:?}"),
        }
    }

    #[test]
    fn layouts_are_read_and_written() {
        for (text, layout) in [
            ("", ShardLayout::Ring { points: 160 }),
            ("virtual-nodes = 7", ShardLayout::Ring { points: 7 }),
            ("layout = \"modulo\"", ShardLayout::Modulo),
            ("layout = \"ranges\"", ShardLayout::Ranges),
            (
                "layout = \"ranges\"\nborders = \"10, 500,7000\"",
                ShardLayout::Borders(vec![10, 500, 7_000]),
            ),
        ] {
            assert_eq!(read(text), Ok(layout), "{text}");
        }
        for borders in ["5, 5", "9, 3", "ten", "1,,2"] {
            let text = format!("layout = \"ranges\"\nborders = \"{borders}\"");
            let problem = read(&text).expect_err("no borders");
            assert!(problem.contains("borders of"), "{problem}");
        }
    }
}
