//! Which layer each node belongs to: how many calls lie between it and the clients.

use simulator::Kind;

use super::is_dns;
use crate::document::Document;

/// The nodes of each layer, from the clients to the database. DNS stands apart: it belongs to the
/// clients and is not listed.
pub(super) fn layers(document: &Document) -> Vec<Vec<usize>> {
    let count = document.nodes().len();
    let mut rank: Vec<Option<usize>> = document
        .nodes()
        .iter()
        .map(|node| (node.kind.kind() == Kind::Clients).then_some(0))
        .collect();
    // The longest path; a chain has at most eight calls and there is no circle, so this ends.
    for _ in 0..count {
        let mut changed = false;
        for link in document
            .links()
            .iter()
            .filter(|link| !is_dns(document, link.to.index()))
        {
            let next = rank[link.from.index()].unwrap_or(usual(document, link.from.index())) + 1;
            let target = &mut rank[link.to.index()];
            if target.is_none_or(|present| present < next) {
                *target = Some(next);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let deepest = |kind: Kind| {
        let ranks = document.nodes().iter().zip(&rank);
        ranks
            .filter(|(node, _)| node.kind.kind() == kind)
            .filter_map(|(_, rank)| *rank)
            .max()
    };
    let servers = deepest(Kind::Server);
    let last = rank.iter().flatten().copied().max().unwrap_or(0);
    let mut layers: Vec<Vec<usize>> = Vec::new();
    for id in 0..count {
        let kind = document.nodes()[id].kind.kind();
        let layer = match (kind, rank[id]) {
            (Kind::Dns, _) => continue,
            // All databases stand at the end, and what nobody calls where its like stand.
            (Kind::Database, Some(_)) => last,
            (_, Some(rank)) => rank,
            (Kind::Server, None) => servers.unwrap_or(usual(document, id)),
            (_, None) => usual(document, id),
        };
        if layers.len() <= layer {
            layers.resize(layer + 1, Vec::new());
        }
        layers[layer].push(id);
    }
    layers.retain(|layer| !layer.is_empty());
    layers
}

/// Where a node stands that nobody calls.
fn usual(document: &Document, id: usize) -> usize {
    match document.nodes()[id].kind.kind() {
        Kind::Clients | Kind::Dns => 0,
        Kind::Balancer | Kind::Cdn => 1,
        Kind::Server | Kind::Cache => 2,
        Kind::Shards => 3,
        Kind::Database | Kind::ObjectStore => 4,
    }
}
