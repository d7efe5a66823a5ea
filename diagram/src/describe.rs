//! Figures and changes in sentences, for those who listen to the page.

use crate::shortest::Shortest;
use simulator::{
    Arrivals, BackendSnapshot, Condition, Kind, NodeId, NodeKind, NodeSnapshot, Snapshot,
};

use crate::bottleneck::{self, Blame};
use crate::document::{DiagramNode, Document};
use crate::edit::Edit;
use crate::kind;
use crate::name;
use crate::report::Report;
use crate::wording::{condition, counted, duration, enumeration, grouped, thousands};

/// One paragraph that stands for a figure: what the system is, what happens to it, what came out.
#[must_use]
pub fn figure(document: &Document, report: &Report) -> String {
    let mut sentences = Vec::new();
    if !document.description().is_empty() {
        let text = document.description();
        let stop = if text.ends_with(['.', '!', '?', '…']) {
            ""
        } else {
            "."
        };
        sentences.push(format!("{text}{stop}"));
    }
    sentences.push(system(document));
    if !document.timeline().is_empty() {
        let events: Vec<String> = document
            .timeline()
            .iter()
            .take(5)
            .map(|timed| {
                let at = duration(timed.at.since(simulator::SimTime::ZERO));
                format!("after {at} {}", happening(&timed.edit))
            })
            .collect();
        let more = document.timeline().len().saturating_sub(5);
        let rest = if more > 0 {
            format!(", and {} follow", counted(more as u64, "more change"))
        } else {
            String::new()
        };
        sentences.push(format!("{}{rest}.", capital(&enumeration(&events))));
    }
    sentences.push(result(report));
    sentences.join(" ")
}

/// What the model of this document leaves out, one sentence each.
#[must_use]
pub fn leaves_out(document: &Document) -> Vec<String> {
    let has = |kind: Kind| document.nodes().iter().any(|node| node.kind.kind() == kind);
    let mut facts = Vec::new();
    if has(Kind::Clients) {
        facts.push("Users do not retry: a request that failed is not sent again.");
        facts.push("Everything that users ask for costs the same on average; a real site has cheap and dear pages.");
    }
    if has(Kind::Dns) {
        facts.push("All users share one resolver and its cache; in reality there are many, and browsers have their own.");
    }
    if has(Kind::Server) {
        facts.push("A server's workers share nothing: no memory runs out, no garbage is collected, no cache warms up.");
    }
    if has(Kind::Server) && has(Kind::Database) {
        facts.push(
            "A server waits for its database without blocking a worker, and connections are free.",
        );
    }
    if has(Kind::Balancer) {
        facts.push("The balancer itself takes no time and does not fail unless you kill it.");
    }
    if has(Kind::Shards) {
        facts.push("The shard router takes no time, always knows where every key is, and every batch of rows costs one read and one write.");
    }
    if has(Kind::Database) {
        facts.push("The database holds no data: no locks, no indexes, no disk.");
    }
    if !document.links().is_empty() {
        facts.push("Links have a fixed delay and no limit; opening a connection costs nothing.");
    }
    facts.into_iter().map(str::to_owned).collect()
}

/// A run at a moment.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The system at that moment.
    pub document: &'a Document,
    /// Its state.
    pub snapshot: &'a Snapshot,
}

impl<'a> Moment<'a> {
    pub(crate) fn node(&self, id: NodeId) -> Option<&'a DiagramNode> {
        self.document.nodes().get(id.index())
    }

    fn name(&self, id: NodeId) -> &'a str {
        self.node(id).map_or("?", |node| &node.name)
    }

    fn state(&self, name: &str) -> Option<&'a NodeSnapshot> {
        let id = self.document.node_id(name)?;
        self.snapshot.nodes.get(id.index())
    }
}

const BEGIN_TO_FAIL: &str = "Requests begin to fail at";

/// Whether a sentence of [`changes`] is only true while more requests fail.
#[must_use]
pub fn is_about_failures(sentence: &str) -> bool {
    sentence.starts_with(BEGIN_TO_FAIL)
}

/// What has changed between two moments, one sentence each: only changes of state that a listener
/// would want to hear, not every number. What stands behind a colon is the evidence at the later
/// moment. Nodes are compared by name, those that both moments have. Causes come before what follows
/// from them: conditions, failures, what balancers believe.
#[must_use]
pub fn changes(before: Moment<'_>, after: Moment<'_>) -> Vec<String> {
    let (mut sentences, mut troubles, mut beliefs) = (Vec::new(), Vec::new(), Vec::new());
    for (node, new) in after.document.nodes().iter().zip(&after.snapshot.nodes) {
        let name = node.name.as_str();
        let Some(old) = before.state(name) else {
            continue;
        };
        if old.condition != new.condition {
            sentences.push(match new.condition {
                Condition::Up => format!("{name} works again."),
                other => format!("{name} is {}.", condition(other)),
            });
        }
        if let (0, Some((reason, _))) = (old.failures.total(), new.failures.ranked().first()) {
            let reason = reason.label();
            troubles.push(format!("{BEGIN_TO_FAIL} {name}: {reason}."));
        }
        if old.shed == 0 && new.shed > 0 {
            troubles.push(format!("{name} begins to turn requests away."));
        }
        if is_full(new) && !is_full(old) {
            troubles.push(format!("The queue at {name} is full."));
        }
        for known in &new.backends {
            let target = after.name(known.node);
            let is_same = |old: &&BackendSnapshot| before.name(old.node) == target;
            let old = old.backends.iter().find(is_same);
            if old.is_some_and(|old| old.healthy != known.healthy) {
                let what = if known.healthy {
                    "uses"
                } else {
                    "no longer uses"
                };
                beliefs.push(format!("{name} {what} {target}."));
            }
        }
    }
    sentences.append(&mut troubles);
    sentences.append(&mut beliefs);
    sentences.extend(bottleneck::change(before, after));
    let is_late = |moment: Moment<'_>| {
        let response = &moment.snapshot.measured.response;
        // The slowest of fewer than a hundred is no percentile.
        (response.count >= 100).then_some(response.p99 > moment.document.slo())
    };
    match (is_late(before), is_late(after)) {
        (None | Some(false), Some(true)) => {
            sentences.push("p99 is above the objective.".to_owned());
        }
        (Some(true), Some(false)) => {
            sentences.push("p99 is within the objective again.".to_owned());
        }
        _ => {}
    }
    sentences
}

const fn is_full(node: &NodeSnapshot) -> bool {
    node.queue_limit > 0 && node.queued >= node.queue_limit
}

/// The system in a sentence: who calls whom.
fn system(document: &Document) -> String {
    let mut parts = Vec::new();
    for node in document.nodes() {
        if let NodeKind::Clients(clients) = &node.kind {
            let rate = grouped(clients.rate);
            let how = match clients.arrivals {
                Arrivals::Poisson => format!("send {rate} requests a second, at random moments"),
                Arrivals::Even => format!("send {rate} requests a second, evenly spaced"),
                Arrivals::Closed => format!(
                    "are {}, who each wait for an answer and think for {} before they ask again",
                    counted(u64::from(clients.users), "user"),
                    duration(clients.think_time.mean())
                ),
            };
            parts.push(format!("{} {how}", node.name));
        }
    }
    let senders = if parts.is_empty() {
        "Nobody sends requests".to_owned()
    } else {
        capital(&enumeration(&parts))
    };
    let tiers: Vec<String> = tiers(document);
    if tiers.is_empty() {
        return format!("{senders}.");
    }
    format!("{senders}. The system has {}.", enumeration(&tiers))
}

/// The nodes of the system, those that are alike together: "4 servers (web), each with 2 workers".
fn tiers(document: &Document) -> Vec<String> {
    let mut tiers: Vec<(Vec<&str>, &NodeKind)> = Vec::new();
    for node in document.nodes() {
        if node.kind.kind() == Kind::Clients {
            continue;
        }
        match tiers.last_mut() {
            Some((names, kind)) if **kind == node.kind => names.push(&node.name),
            _ => tiers.push((vec![&node.name], &node.kind)),
        }
    }
    tiers
        .into_iter()
        .map(|(names, node)| {
            let noun = kind::noun(node.kind());
            let what = kind::summary(node).replace(" · ", ", ");
            match names.as_slice() {
                // "the server server" says nothing more than "the server".
                [only] if noun.to_lowercase().contains(&only.to_lowercase()) => {
                    format!("the {noun} ({what})")
                }
                [only] => format!("the {noun} {only} ({what})"),
                many => {
                    let called = match (name::split_number(many[0]), many.last()) {
                        (Some(_), Some(last)) if many.len() > 2 => format!("{} to {last}", many[0]),
                        _ => enumeration(many),
                    };
                    format!(
                        "{} {called} ({what} each)",
                        counted(many.len() as u64, noun)
                    )
                }
            }
        })
        .collect()
}

fn happening(edit: &Edit) -> String {
    match edit {
        Edit::Set { path, value } => format!("{path} becomes {value}"),
        Edit::Add { name, kind } => format!("the {} {name} joins", kind::noun(*kind)),
        Edit::Duplicate { as_name, .. } => format!("{as_name} joins"),
        Edit::Remove { name } => format!("{name} is removed"),
        Edit::Rename { name, to } => format!("{name} becomes {to}"),
        Edit::Connect { from, to, .. } => format!("{from} is linked to {to}"),
        Edit::Disconnect { from, to } => format!("{from} is cut off from {to}"),
        Edit::Move { name, .. } => format!("{name} is moved"),
        Edit::Kill { name } => format!("{name} dies"),
        Edit::Slow { name, factor } => {
            format!("{name} becomes {}× slower", Shortest(*factor))
        }
        Edit::Heal { name } => format!("{name} works again"),
    }
}

fn result(report: &Report) -> String {
    let base = &report.base;
    let measured = &base.measurement;
    let times = measured.response.response_times();
    let span = duration(measured.duration);
    if measured.tally.generated == 0 {
        return format!("In {span} of simulated time no request was sent.");
    }
    let mut text = format!(
        "In {span} of simulated time {} were sent",
        counted(measured.tally.generated, "request")
    );
    if times.count == 0 {
        text.push_str(" and none was answered");
    } else {
        text.push_str(&format!(
            "; half of the answers took at most {}, 99 of 100 at most {}",
            duration(times.p50),
            duration(times.p99)
        ));
    }
    match measured.tally.failed.ranked().first() {
        Some((reason, _)) => text.push_str(&format!(
            "; {} failed, mostly with \"{}\"",
            thousands(measured.tally.failed.total()),
            reason.label()
        )),
        None => text.push_str("; none failed"),
    }
    let blame = Blame::of(&base.document, &base.snapshot);
    text.push_str(&format!("; bottleneck: {}", blame.in_a_cell()));
    text.push('.');
    text
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
