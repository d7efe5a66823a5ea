//! How each kind of node behaves: one file a kind, with its memory first, then what it does when a
//! request comes, when its work is done, when an answer comes back, when it dies and when it is
//! edited. `deadline.rs` belongs to the clients: it is how they lose patience.

pub(crate) mod balancer;
pub(crate) mod clients;
mod deadline;
mod dns;
pub(crate) mod station;
