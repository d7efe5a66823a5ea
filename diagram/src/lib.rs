//! The shared document: everything between the text of a scenario and what a reader sees of it.
//!
//! One TOML text is the fenced block of an article, the file given to `simulate`, the playground's
//! export and the share link. Here it becomes a [`Document`], which is always valid; a document is
//! changed by an [`Edit`], run by a [`Run`], measured by [`report()`], and drawn as text by [`svg`],
//! [`chart`], [`numbers`], [`table`] and [`describe`].
//!
//! ```
//! use diagram::{Document, Edit, report};
//!
//! let document = Document::parse(
//!     r#"
//!     format = 1
//!     duration = "5s"
//!
//!     [nodes.users]
//!     kind = "clients"
//!     rate = "100/s"
//!
//!     [nodes.server]
//!     kind = "server"
//!
//!     [[links]]
//!     from = "users"
//!     to = "server"
//!     "#,
//! )
//! .map_err(|problems| problems[0].to_string())?;
//!
//! let faster = document
//!     .apply(&Edit::Set { path: "server.workers".into(), value: "4".into() })
//!     .map_err(|error| error.to_string())?;
//! let (before, after) = (report(&document), report(&faster));
//! assert!(after.metric("p99")?.value < before.metric("p99")?.value);
//!
//! // Whoever gets the link gets the same run.
//! let link = diagram::share::encode(&faster).map_err(|error| error.to_string())?;
//! let again = diagram::share::decode(&link).map_err(|error| error.to_string())?;
//! assert_eq!(report(&again).base.fingerprint, after.base.fingerprint);
//! # Ok::<(), String>(())
//! ```
//!
//! # Where to add something
//! A kind of node is one file in `kind/` with its table of parameters, and one arm in each function
//! of [`kind`]. From the table come reading, ranges, error texts, the schema, the reference and the
//! playground's inspector.
//!
//! # What is deliberately absent
//! No files, no DOM, no clock, no measuring of fonts. Moving a node on the screen never changes a
//! result, and neither does the order in which nodes and links are written.

/// Whether this build has all kinds of node and all laws, see the feature in Cargo.toml.
pub(crate) const WHOLE: bool = cfg!(feature = "whole");

mod bottleneck;
mod bundle;
pub mod chart;
pub mod control;
mod cost;
pub mod decade;
pub mod describe;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod edit;
mod fixed;
pub mod json;
pub mod kind;
pub mod lane;
pub mod layout;
pub mod metric;
pub mod name;
pub mod numbers;
mod order;
pub mod parameter;
mod parse;
mod problem;
pub mod quantity;
pub mod report;
pub mod run;
pub mod schema;
pub mod script;
pub mod share;
mod shortest;
pub mod speed;
pub mod suggestion;
pub mod svg;
pub mod table;
mod text;
pub mod theory;
mod turn;
pub mod wording;

pub use bundle::missing_in_figures;
pub use control::Control;
pub use diff::diff;
pub use document::{DiagramNode, Document, Timed, Variant};
pub use edit::{Edit, EditError};
pub use fixed::px;
pub use metric::{Metric, Unit};
pub use problem::Problem;
pub use report::{Outcome, Report, report};
pub use run::Run;
pub use shortest::Shortest;
pub use speed::Speed;
pub use text::escape;
