//! One more server, even where there is none.

use diagram::parameter::{self, value_text};
use diagram::{Document, Edit};
use simulator::{Kind, SimDuration};

use super::{name_of, names, set};

/// The edits that add a server like the last one.
pub(super) fn add_server(document: &Document, authored: &Document) -> Vec<Edit> {
    if let Some(name) = names(document, Kind::Server).last() {
        let as_name = document.free_name(name);
        return vec![Edit::Duplicate {
            name: name.to_owned(),
            as_name,
        }];
    }
    first_server(document, authored)
}

/// A server where there is none: like the one of the authored system, and linked like it.
fn first_server(document: &Document, authored: &Document) -> Vec<Edit> {
    let model = authored
        .nodes()
        .iter()
        .find(|node| node.kind.kind() == Kind::Server);
    let name = model.map_or_else(|| document.free_name("web"), |model| model.name.clone());
    let mut edits = vec![Edit::Add {
        name: name.clone(),
        kind: Kind::Server,
    }];
    let exists = |wanted: &str| document.nodes().iter().any(|node| node.name == wanted);
    if let Some(model) = model {
        for parameter in parameter::parameters(Kind::Server) {
            if let Some(value) = value_text(&model.kind, parameter.key) {
                edits.push(set(&name, parameter.key, value));
            }
        }
        for link in authored.links() {
            let (from, to) = (name_of(authored, link.from), name_of(authored, link.to));
            let other = if from == name { to } else { from };
            if (from == name || to == name) && exists(other) {
                let (from, to) = (from.to_owned(), to.to_owned());
                edits.push(Edit::Connect {
                    from,
                    to,
                    latency: link.latency,
                });
            }
        }
        return edits;
    }
    let latency = SimDuration::from_micros(250);
    let caller = names(document, Kind::Balancer)
        .chain(names(document, Kind::Clients))
        .next();
    if let Some(caller) = caller {
        edits.push(Edit::Connect {
            from: caller.to_owned(),
            to: name.clone(),
            latency,
        });
    }
    for database in names(document, Kind::Database) {
        edits.push(Edit::Connect {
            from: name.clone(),
            to: database.to_owned(),
            latency,
        });
    }
    edits
}
