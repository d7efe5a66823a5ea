//! Load balancer: spreads requests over servers.

use simulator::{Balancer, HealthCheck, Policy, SimDuration, WhenAllUnhealthy};

use super::{Words, choice};
use crate::parameter::{Parameter, Quality, Source, Values, prose};
use crate::quantity::{Quantity, Value};

static POLICIES: Words<Policy, 13> = Words {
    values: [
        Policy::RoundRobin,
        Policy::Random,
        Policy::LeastConnections,
        Policy::PowerOfTwo,
        Policy::WeightedRoundRobin,
        Policy::WeightedRandom,
        Policy::WeightedLeastConnections,
        Policy::PowerOfChoices,
        Policy::WeightedPowerOfChoices,
        Policy::HashModulo,
        Policy::HashRing,
        Policy::Rendezvous,
        Policy::PeakEwma,
    ],
    choices: [
        choice("round-robin", "Round robin", "One server after the other."),
        choice("random", "Random", "Any server, with equal chance."),
        choice(
            "least-connections",
            "Least connections",
            "The server with the fewest requests in flight from this balancer.",
        ),
        choice(
            "power-of-two",
            "Power of two",
            "The less loaded of two drawn at random.",
        ),
        choice(
            "weighted-round-robin",
            "Weighted round robin",
            "In turn, as often as the links' weights say.",
        ),
        choice(
            "weighted-random",
            "Weighted random",
            "Any server, with a chance by its link's weight.",
        ),
        choice(
            "weighted-least-connections",
            "Weighted least connections",
            "The server with the fewest requests in flight for its weight.",
        ),
        choice(
            "power-of-choices",
            "Power of choices",
            "The least loaded of some drawn at random.",
        ),
        choice(
            "weighted-power-of-choices",
            "Weighted power of choices",
            "The least loaded for its weight of some drawn at random.",
        ),
        choice(
            "hash",
            "Hash",
            "The hash of the session or key, divided by the number of servers.",
        ),
        choice(
            "consistent-hash",
            "Consistent hash",
            "The next server on a ring of hashes: few keys move when a server comes or goes.",
        ),
        choice(
            "rendezvous",
            "Rendezvous",
            "The server that hashes highest together with the key.",
        ),
        choice(
            "peak-ewma",
            "Peak EWMA",
            "The server whose recent response times promise the shortest wait.",
        ),
    ],
};

static WHEN_ALL_UNHEALTHY: Words<WhenAllUnhealthy, 2> = Words {
    values: [WhenAllUnhealthy::UseAll, WhenAllUnhealthy::Refuse],
    choices: [
        choice(
            "use-all",
            "Use all",
            "Every server is used as if it were healthy (fail open).",
        ),
        choice(
            "refuse",
            "Refuse",
            "Every request is answered with an error (fail closed).",
        ),
    ],
};

/// The tuned values against which chapter 3 sets the vendor's own.
const TUNED: Option<Source> = Some(Source {
    text: "a tuned check; an AWS Application Load Balancer's own defaults are 30 s, 5 s, \
           2 failures and 5 successes",
    url: Some(prose(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    )),
    date: None,
    quality: Quality::Illustrative,
});

static HEALTH_CHECK: [Parameter; 4] = [
    Parameter {
        key: "interval",
        label: "Every",
        doc: prose("The time between two probes of the same server."),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(10),
            max: SimDuration::from_secs(3600),
            never: None,
        },
        default: "5s",
        source: TUNED,
    },
    Parameter {
        key: "timeout",
        label: "Timeout",
        doc: prose("A probe that takes longer than this has failed."),
        quantity: Quantity::Duration {
            min: SimDuration::from_millis(1),
            max: SimDuration::from_secs(3600),
            never: None,
        },
        default: "2s",
        source: TUNED,
    },
    Parameter {
        key: "fall",
        label: "Fall",
        doc: prose("After so many failed probes in a row a server is unhealthy."),
        quantity: Quantity::Count { min: 1, max: 100 },
        default: "2",
        source: TUNED,
    },
    Parameter {
        key: "rise",
        label: "Rise",
        doc: prose("After so many good probes in a row a server is healthy again."),
        quantity: Quantity::Count { min: 1, max: 100 },
        default: "2",
        source: TUNED,
    },
];

pub(super) static PARAMETERS: [Parameter; 5] = [
    Parameter {
        key: "policy",
        label: "Policy",
        doc: prose("How the next server is chosen."),
        quantity: POLICIES.quantity(),
        default: "round-robin",
        source: Some(Source {
            text: prose("the default of nginx and HAProxy"),
            url: Some(prose("https://nginx.org/en/docs/http/load_balancing.html")),
            date: None,
            quality: Quality::Vendor,
        }),
    },
    Parameter {
        key: "health-check",
        label: "Health check",
        doc: prose("How dead servers are noticed."),
        quantity: Quantity::Group {
            off: "off",
            fields: &HEALTH_CHECK,
        },
        default: "{ interval = \"5s\", timeout = \"2s\", fall = 2, rise = 2 }",
        source: TUNED,
    },
    Parameter {
        key: "when-all-unhealthy",
        label: "When all are unhealthy",
        doc: prose("What happens when no server seems healthy."),
        quantity: WHEN_ALL_UNHEALTHY.quantity(),
        default: "use-all",
        source: Some(Source {
            text: prose("an AWS Application Load Balancer routes to all targets then"),
            url: Some(prose(
                "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
            )),
            date: None,
            quality: Quality::Vendor,
        }),
    },
    Parameter {
        key: "choices",
        label: "Choices",
        doc: prose("How many are drawn by the policies of choices."),
        quantity: Quantity::Count { min: 2, max: 16 },
        default: "2",
        source: Some(Source {
            text: prose("Envoy's LEAST_REQUEST draws two"),
            url: Some(prose(
                "https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancers",
            )),
            date: None,
            quality: Quality::Vendor,
        }),
    },
    Parameter {
        key: "information-age",
        label: "Information age",
        doc: prose("How old the balancer's knowledge of the servers' load may be."),
        quantity: Quantity::Duration {
            min: SimDuration::ZERO,
            max: SimDuration::from_secs(3600),
            never: None,
        },
        default: "0ms",
        source: None,
    },
];

pub(super) fn read(values: &Values<'_>) -> Balancer {
    Balancer {
        policy: POLICIES.read(values.choice("policy")),
        health_check: values.group("health-check").map(|check| HealthCheck {
            interval: check.duration("interval"),
            timeout: check.duration("timeout"),
            fall: check.count("fall"),
            rise: check.count("rise"),
            is_deep: false,
        }),
        when_all_unhealthy: WHEN_ALL_UNHEALTHY.read(values.choice("when-all-unhealthy")),
        choices: values.count("choices"),
        information_age: values.duration("information-age"),
        ..Balancer::default()
    }
}

pub(super) fn write(balancer: &Balancer) -> Vec<Value> {
    let health_check = balancer.health_check.as_ref().map(|check| {
        vec![
            Value::Duration(check.interval),
            Value::Duration(check.timeout),
            Value::Count(u64::from(check.fall)),
            Value::Count(u64::from(check.rise)),
        ]
    });
    vec![
        POLICIES.write(balancer.policy),
        Value::Group(health_check),
        WHEN_ALL_UNHEALTHY.write(balancer.when_all_unhealthy),
        Value::Count(u64::from(balancer.choices)),
        Value::Duration(balancer.information_age),
    ]
}

pub(super) fn summary(balancer: &Balancer) -> String {
    POLICIES.label(balancer.policy).to_ascii_lowercase()
}
