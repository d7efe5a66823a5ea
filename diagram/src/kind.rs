//! The kinds of node as the document knows them: one file each, and here one arm each.
//!
//! A new kind is a new file beside these with `PARAMETERS`, `read` and `write`, and one arm in each
//! function below; the compiler lists what is missing.

mod balancer;
mod cache;
mod cdn;
mod clients;
mod database;
mod dns;
mod object_store;
mod server;
mod shards;

use simulator::{Kind, NodeKind};

use crate::WHOLE;
use crate::parameter::{Parameter, Values, prose};
use crate::quantity::{Choice, Quantity, Value};

/// How a kind is written in a file: `kind = "server"`.
#[must_use]
pub const fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Clients => "clients",
        Kind::Dns => "dns",
        Kind::Balancer => "balancer",
        Kind::Server => "server",
        Kind::Shards => "shards",
        Kind::Database => "database",
        Kind::Cdn => "cdn",
        Kind::Cache => "cache",
        Kind::ObjectStore => "object-store",
    }
}

/// How people read a kind.
#[must_use]
pub const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Clients => "Clients",
        Kind::Dns => "DNS",
        Kind::Balancer => "Load balancer",
        Kind::Server => "Server",
        Kind::Shards => "Shard router",
        Kind::Database => "Database",
        Kind::Cdn => "CDN",
        Kind::Cache => "Cache",
        Kind::ObjectStore => "Object store",
    }
}

/// The kind in the middle of a sentence: "load balancer".
#[must_use]
pub const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Clients => "clients",
        Kind::Dns => "DNS",
        Kind::Balancer => "load balancer",
        Kind::Server => "server",
        Kind::Shards => "shard router",
        Kind::Database => "database",
        Kind::Cdn => "CDN",
        Kind::Cache => "cache",
        Kind::ObjectStore => "object store",
    }
}

/// What a kind does, in one sentence.
#[must_use]
pub const fn doc(kind: Kind) -> &'static str {
    match kind {
        Kind::Clients => "Users who send requests without waiting for each other.",
        Kind::Dns => "A name service: clients ask it for the address and remember the answer.",
        Kind::Balancer => "Spreads requests over servers; forwarding itself takes no time.",
        Kind::Server => "Workers behind one first-in-first-out queue.",
        Kind::Shards => {
            "Sends each query to the data node that has its key; routing itself takes no time."
        }
        Kind::Database => "Answers queries, with service times of its own for reads and writes.",
        Kind::Cdn => "Keeps copies of answers near the readers.",
        Kind::Cache => "Answers what it holds, and has the rest fetched.",
        Kind::ObjectStore => "Keeps files, or sessions, somewhere else.",
    }
}

/// Whether this build has the kind.
fn is_here(kind: Kind) -> bool {
    use Kind::{Balancer, Clients, Database, Dns, Server};
    WHOLE || matches!(kind, Clients | Dns | Balancer | Server | Database)
}

/// The kind that is written as `key`.
#[must_use]
pub fn from_key(key_text: &str) -> Option<Kind> {
    let kinds = Kind::ALL.into_iter().filter(|&kind| is_here(kind));
    kinds.into_iter().find(|&kind| key(kind) == key_text)
}

/// A node of this kind with every parameter at its default.
#[must_use]
pub fn default(kind: Kind) -> NodeKind {
    let values: Vec<Value> = table(kind).iter().map(default_of).collect();
    read(kind, &values)
}

/// A line that says what a node is: "2 workers · 8 ms".
#[must_use]
pub fn summary(node: &NodeKind) -> String {
    match node {
        NodeKind::Clients(clients) => clients::summary(clients),
        NodeKind::Dns(dns) => dns::summary(dns),
        NodeKind::Balancer(balancer) => balancer::summary(balancer),
        NodeKind::Server(server) => server::summary(server),
        NodeKind::Shards(shards) => shards::summary(shards),
        NodeKind::Database(database) => database::summary(database),
        _ if !WHOLE => String::new(),
        NodeKind::Cdn(cdn) => cdn::summary(cdn),
        NodeKind::Cache(cache) => cache::summary(cache),
        NodeKind::ObjectStore(store) => object_store::summary(store),
    }
}

pub(crate) fn table(kind: Kind) -> &'static [Parameter] {
    match kind {
        Kind::Clients => &clients::PARAMETERS,
        Kind::Dns => &dns::PARAMETERS,
        Kind::Balancer => &balancer::PARAMETERS,
        Kind::Server => &server::PARAMETERS,
        Kind::Shards => &shards::PARAMETERS,
        Kind::Database => &database::PARAMETERS,
        _ if !WHOLE => &[],
        Kind::Cdn => &cdn::PARAMETERS,
        Kind::Cache => &cache::PARAMETERS,
        Kind::ObjectStore => &object_store::PARAMETERS,
    }
}

/// Makes a node from values in the order of its table.
pub(crate) fn read(kind: Kind, values: &[Value]) -> NodeKind {
    let values = &Values::new(table(kind), values);
    match kind {
        Kind::Clients => NodeKind::Clients(clients::read(values)),
        Kind::Dns => NodeKind::Dns(dns::read(values)),
        Kind::Balancer => NodeKind::Balancer(balancer::read(values)),
        Kind::Server => NodeKind::Server(server::read(values)),
        Kind::Shards => NodeKind::Shards(shards::read(values)),
        Kind::Database => NodeKind::Database(database::read(values)),
        // Nobody can write these in a build that leaves them out.
        _ if !WHOLE => NodeKind::Dns(dns::read(values)),
        Kind::Cdn => NodeKind::Cdn(cdn::read(values)),
        Kind::Cache => NodeKind::Cache(cache::read(values)),
        Kind::ObjectStore => NodeKind::ObjectStore(object_store::read(values)),
    }
}

/// The values of a node in the order of its table: the inverse of [`read`].
pub(crate) fn write(node: &NodeKind) -> Vec<Value> {
    match node {
        NodeKind::Clients(clients) => clients::write(clients),
        NodeKind::Dns(dns) => dns::write(dns),
        NodeKind::Balancer(balancer) => balancer::write(balancer),
        NodeKind::Server(server) => server::write(server),
        NodeKind::Shards(shards) => shards::write(shards),
        NodeKind::Database(database) => database::write(database),
        _ if !WHOLE => Vec::new(),
        NodeKind::Cdn(cdn) => cdn::write(cdn),
        NodeKind::Cache(cache) => cache::write(cache),
        NodeKind::ObjectStore(store) => object_store::write(store),
    }
}

/// The default of a parameter. The default of a group is its fields' defaults, unless it is "off".
pub(crate) fn default_of(parameter: &Parameter) -> Value {
    match parameter.quantity {
        Quantity::Group { off, fields } if parameter.default != off => {
            Value::Group(Some(fields.iter().map(Parameter::default_value).collect()))
        }
        _ => parameter.default_value(),
    }
}

/// An enumeration of the engine with the words for it: the place in the list is the value.
pub(crate) struct Words<T: 'static, const N: usize> {
    pub(crate) values: [T; N],
    pub(crate) choices: [Choice; N],
}

impl<T: Copy + PartialEq, const N: usize> Words<T, N> {
    pub(crate) const fn quantity(&'static self) -> Quantity {
        Quantity::Choice(&self.choices)
    }

    /// The value at `place`; the first one for a place that no choice has.
    pub(crate) fn read(&self, place: usize) -> T {
        self.values.get(place).copied().unwrap_or(self.values[0])
    }

    pub(crate) fn write(&self, value: T) -> Value {
        Value::Choice(self.place(value))
    }

    pub(crate) fn label(&self, value: T) -> &'static str {
        self.choices[self.place(value)].label
    }

    fn place(&self, value: T) -> usize {
        self.values
            .iter()
            .position(|&known| known == value)
            .unwrap_or(0)
    }
}

/// One word of an enumeration.
pub(crate) const fn choice(text: &'static str, label: &'static str, doc: &'static str) -> Choice {
    Choice {
        text,
        label,
        doc: prose(doc),
    }
}
