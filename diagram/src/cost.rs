//! What is paid for a node, as the document knows it: one group of parameters that every kind has.

use simulator::cost::{NodeCost, Price, price};

use crate::kind::choice;
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Choice, Quantity, Value};

/// The key of the group.
pub(crate) const KEY: &str = "cost";

const FREE: Choice = choice("free", "free", "Nothing is paid.");

const fn priced(text: &'static str, name: &'static str) -> Choice {
    choice(text, name, "At its listed price.")
}

static MACHINES: [Choice; 24] = [
    FREE,
    priced("t3.micro", "t3.micro"),
    priced("t3.small", "t3.small"),
    priced("t3.medium", "t3.medium"),
    priced("t3.large", "t3.large"),
    priced("t4g.small", "t4g.small"),
    priced("t4g.medium", "t4g.medium"),
    priced("m6i.large", "m6i.large"),
    priced("m6i.xlarge", "m6i.xlarge"),
    priced("m7g.large", "m7g.large"),
    priced("m7g.2xlarge", "m7g.2xlarge"),
    priced("m7g.16xlarge", "m7g.16xlarge"),
    priced("m7i.large", "m7i.large"),
    priced("m7i.48xlarge", "m7i.48xlarge"),
    priced("c6i.large", "c6i.large"),
    priced("c7g.large", "c7g.large"),
    priced("r6i.large", "r6i.large"),
    priced("r7g.large", "r7g.large"),
    priced("i4i.large", "i4i.large"),
    priced("u-24tb1.112xlarge", "u-24tb1.112xlarge"),
    priced("managed-database", "managed database"),
    priced("managed-cache", "managed cache"),
    priced("cpu", "CPU"),
    priced("1000-metrics", "1,000 metrics"),
];

static TRAFFIC: [Choice; 10] = [
    FREE,
    priced("inter-zone", "inter-zone traffic"),
    priced("inter-region", "inter-region traffic"),
    priced("internet", "internet egress"),
    priced("ec2", "EC2 egress"),
    priced("cdn", "CDN egress"),
    priced("cdn-fill", "CDN fill"),
    priced("cloudfront", "CloudFront egress"),
    priced("balancer", "L4 load balancer"),
    priced("logs", "logs"),
];

static CALLS: [Choice; 2] = [FREE, priced("queue", "queue requests")];

static STORAGE: [Choice; 6] = [
    FREE,
    priced("memory", "memory"),
    priced("blob", "blob storage"),
    priced("zonal-ssd", "zonal SSD"),
    priced("regional-ssd", "regional SSD"),
    priced("s3", "S3 storage"),
];

/// What can be set of what is paid for a node.
pub(crate) static FIELDS: [Parameter; 7] = [
    paid(
        "machine",
        "Machine",
        "The price of one machine, by the hour or by the month.",
        &MACHINES,
    ),
    Parameter {
        key: "machines",
        label: "Machines",
        doc: prose("How many machines the node stands for."),
        quantity: Quantity::Count {
            min: 0,
            max: 10_000,
        },
        default: "1",
        source: None,
    },
    paid(
        "traffic",
        "Traffic",
        "The price of a gigabyte that leaves the node with its answers.",
        &TRAFFIC,
    ),
    Parameter {
        key: "answer-bytes",
        label: "Bytes of an answer",
        doc: prose("How many bytes leave the node with each good answer."),
        quantity: Quantity::Count {
            min: 0,
            max: 1_000_000_000,
        },
        default: "37000",
        source: Some(Source {
            text: prose("2.65 MB and 71 requests for a median page, Web Almanac"),
            url: Some(prose("https://almanac.httparchive.org/en/2024/page-weight")),
            date: Some(prose("2024")),
            quality: Quality::RuleOfThumb,
        }),
    },
    paid(
        "calls",
        "Calls",
        "The price of a million calls, for what is paid by use.",
        &CALLS,
    ),
    paid(
        "storage",
        "Storage",
        "The price of a gigabyte that the node keeps for a month.",
        &STORAGE,
    ),
    Parameter {
        key: "stored-bytes",
        label: "Bytes kept",
        doc: prose("How many bytes the node keeps."),
        quantity: Quantity::Count {
            min: 0,
            max: 1_000_000_000_000_000,
        },
        default: "0",
        source: None,
    },
];

const fn paid(
    key: &'static str,
    label: &'static str,
    doc: &'static str,
    choices: &'static [Choice],
) -> Parameter {
    Parameter {
        key,
        label,
        doc: prose(doc),
        quantity: Quantity::Choice(choices),
        default: "free",
        source: None,
    }
}

/// The group.
pub(crate) static COST: Parameter = Parameter {
    key: KEY,
    label: "Cost",
    doc: prose("What is paid for the node, at listed prices."),
    quantity: Quantity::Group {
        off: "none",
        fields: &FIELDS,
    },
    default: "none",
    source: None,
};

pub(crate) fn read(value: &Value) -> Option<NodeCost> {
    let Value::Group(Some(values)) = value else {
        return None;
    };
    let count = |place: usize| match values.get(place) {
        Some(Value::Count(count)) => *count,
        _ => 0,
    };
    let values = Values::new(&FIELDS, values);
    let of = |key: &str, choices: &[Choice]| -> Option<&'static Price> {
        choices
            .get(values.choice(key))
            .and_then(|it| price(it.label))
    };
    Some(NodeCost {
        machine: of("machine", &MACHINES),
        machines: values.count("machines"),
        traffic: of("traffic", &TRAFFIC),
        answer_bytes: count(3),
        calls: of("calls", &CALLS),
        storage: of("storage", &STORAGE),
        stored_bytes: count(6),
    })
}

pub(crate) fn write(cost: Option<&NodeCost>) -> Value {
    let choice = |price: Option<&Price>, choices: &[Choice]| {
        let place = price.and_then(|price| choices.iter().position(|it| it.label == price.name));
        Value::Choice(place.unwrap_or(0))
    };
    Value::Group(cost.map(|cost| {
        vec![
            choice(cost.machine, &MACHINES),
            Value::Count(u64::from(cost.machines)),
            choice(cost.traffic, &TRAFFIC),
            Value::Count(cost.answer_bytes),
            choice(cost.calls, &CALLS),
            choice(cost.storage, &STORAGE),
            Value::Count(cost.stored_bytes),
        ]
    }))
}

#[cfg(test)]
mod tests {
    use simulator::cost::{PRICES, Unit};

    use super::*;
    use crate::document::Document;
    use crate::edit::Edit;

    #[test]
    fn every_price_can_be_chosen_and_no_other() {
        for (choices, units) in [
            (&MACHINES[..], &[Unit::NodeHour, Unit::Month][..]),
            (&TRAFFIC, &[Unit::Gigabyte]),
            (&CALLS, &[Unit::MillionRequests]),
            (&STORAGE, &[Unit::GigabyteMonth]),
        ] {
            let listed = PRICES.iter().filter(|price| units.contains(&price.unit));
            assert_eq!(listed.clone().count(), choices.len() - 1);
            for price in listed {
                assert!(
                    choices.iter().any(|it| it.label == price.name),
                    "{}",
                    price.name
                );
            }
        }
    }

    #[test]
    fn a_cost_is_read_written_and_edited() {
        let text = "format = 1\n[nodes.web]\nkind = \"server\"\ncount = 2\n\
                    cost = { machine = \"m7i.large\", traffic = \"internet\" }\n";
        let document = Document::parse(text).expect("valid");
        let written = Document::parse(&document.to_toml()).expect("what was written can be read");
        assert_eq!(document, written);
        let cost = document.nodes()[1].cost.expect("it has one");
        assert_eq!(cost.machine, price("m7i.large"));
        assert_eq!((cost.machines, cost.answer_bytes), (1, 37_000));
        assert_eq!(document.scenario().nodes()[0].cost, Some(cost));
        let set = |document: &Document, path: &str, value: &str| {
            let edit = Edit::Set {
                path: path.to_owned(),
                value: value.to_owned(),
            };
            document.apply(&edit).expect("possible")
        };
        let edited = set(&document, "web.cost.machines", "5");
        assert_eq!(edited.nodes()[1].cost.expect("it has one").machines, 5);
        assert_eq!(set(&edited, "web-1.cost", "none").nodes()[0].cost, None);
        let edits = crate::diff::diff(&document, &edited);
        let again = edits.iter().fold(document, |document, edit| {
            document.apply(edit).expect("possible")
        });
        assert_eq!(again, edited);
    }
}
