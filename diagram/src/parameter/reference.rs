//! The tables as Markdown.

use simulator::Kind;

use super::{LINK, Parameter, SETTINGS};
use crate::cost::FIELDS;
use crate::kind;
use crate::quantity::toml_string;

/// The tables as Markdown, for the reference page of the format.
#[must_use]
pub fn reference() -> String {
    let mut out = String::new();
    let mut section = |title: &str, table: &[Parameter]| {
        out.push_str(&format!(
            "## {title}\n\n| key | what it is | form | default |\n| --- | --- | --- | --- |\n"
        ));
        for parameter in table {
            let default = parameter.quantity.in_toml(parameter.default);
            let source = parameter.source.map_or_else(String::new, |source| {
                format!(" ({}: {})", source.quality.label(), source.text)
            });
            out.push_str(&format!(
                "| `{}` | {} | {} | `{}`{} |\n",
                parameter.key,
                parameter.doc,
                parameter.quantity.describe(),
                if parameter.default.is_empty() {
                    toml_string("")
                } else {
                    default
                },
                source
            ));
        }
        out.push('\n');
    };
    section("Document", &SETTINGS);
    for kind in Kind::ALL {
        section(kind::label(kind), kind::table(kind));
    }
    section("Cost of any node", &FIELDS);
    section("Link", &LINK);
    out
}
