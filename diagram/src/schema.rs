//! The JSON Schema of the format, made from the tables of parameters, so that editors complete it.

use simulator::{Kind, Scenario};

use crate::control::Control;
use crate::cost::COST;
use crate::document::{FORMAT, MAX_CELL, MAX_LINKS, MAX_TIMELINE, MAX_VARIANTS};
use crate::json::Json;
use crate::kind;
use crate::parameter::{LINK, Parameter, SETTINGS};
use crate::quantity::Quantity;
use crate::shortest::Shortest;

/// The schema as text, the same as in the file `scenario.schema.json` of this crate.
#[must_use]
pub fn json_schema() -> String {
    let mut text = schema().pretty();
    text.push('\n');
    text
}

fn schema() -> Json {
    let mut properties = vec![(
        "format".to_owned(),
        Json::object([
            ("const", Json::Number(FORMAT.to_string())),
            ("description", Json::text("The version of this format.")),
        ]),
    )];
    properties.extend(SETTINGS.iter().map(property));
    let controls = Json::Array(
        Control::ALL
            .map(|control| Json::text(control.word()))
            .to_vec(),
    );
    let of_node = format!("^workers\\({}\\)$", NAME.trim_matches(['^', '$']));
    let control = Json::Array(vec![
        Json::object([("enum", controls)]),
        Json::object([("pattern", Json::text(&of_node))]),
    ]);
    let rest = [
        (
            "controls",
            Json::object([
                ("type", Json::text("array")),
                ("uniqueItems", Json::Bool(true)),
                ("items", Json::object([("anyOf", control)])),
                (
                    "description",
                    Json::text("The controls that the figure shows, in this order."),
                ),
            ]),
        ),
        (
            "nodes",
            Json::object([
                ("type", Json::text("object")),
                (
                    "propertyNames",
                    Json::object([("pattern", Json::text(NAME))]),
                ),
                (
                    "additionalProperties",
                    Json::object([(
                        "oneOf",
                        Json::Array(Kind::ALL.into_iter().map(node).collect()),
                    )]),
                ),
            ]),
        ),
        ("links", list(MAX_LINKS, link(&["from", "to"]))),
        (
            "timeline",
            list(
                MAX_TIMELINE,
                Json::object([("oneOf", Json::Array(happenings()))]),
            ),
        ),
        (
            "variants",
            list(
                MAX_VARIANTS,
                closed(
                    vec![
                        ("name".to_owned(), name("The key for claims.")),
                        (
                            "label".to_owned(),
                            Json::object([
                                ("type", Json::text("string")),
                                ("maxLength", Json::Number("200".into())),
                            ]),
                        ),
                        ("set".to_owned(), settings()),
                    ],
                    &["name"],
                ),
            ),
        ),
        (
            "positions",
            Json::object([
                ("type", Json::text("object")),
                (
                    "additionalProperties",
                    Json::object([
                        ("type", Json::text("array")),
                        ("minItems", Json::Number("2".into())),
                        ("maxItems", Json::Number("2".into())),
                        (
                            "items",
                            Json::object([
                                ("type", Json::text("integer")),
                                ("minimum", Json::Number((-MAX_CELL).to_string())),
                                ("maximum", Json::Number(MAX_CELL.to_string())),
                            ]),
                        ),
                    ]),
                ),
            ]),
        ),
    ];
    properties.extend(rest.map(|(key, value)| (key.to_owned(), value)));
    let Json::Object(mut root) = closed(properties, &["format"]) else {
        return Json::Bool(true);
    };
    root.insert(
        0,
        (
            "$schema".to_owned(),
            Json::text("https://json-schema.org/draft/2020-12/schema"),
        ),
    );
    root.insert(1, ("title".to_owned(), Json::text("Scenario")));
    Json::Object(root)
}

const NAME: &str = "^[A-Za-z0-9_-]{1,32}$";

fn name(description: &str) -> Json {
    Json::object([
        ("type", Json::text("string")),
        ("pattern", Json::text(NAME)),
        ("description", Json::text(description)),
    ])
}

fn settings() -> Json {
    Json::object([
        ("type", Json::text("object")),
        (
            "description",
            Json::text("Paths such as \"users.rate\" with their values."),
        ),
    ])
}

/// An object that allows no other keys.
fn closed(properties: Vec<(String, Json)>, required: &[&str]) -> Json {
    Json::object([
        ("type", Json::text("object")),
        ("properties", Json::Object(properties)),
        (
            "required",
            Json::Array(required.iter().map(|key| Json::text(key)).collect()),
        ),
        ("additionalProperties", Json::Bool(false)),
    ])
}

fn list(most: usize, items: Json) -> Json {
    Json::object([
        ("type", Json::text("array")),
        ("maxItems", Json::Number(most.to_string())),
        ("items", items),
    ])
}

fn node(kind: Kind) -> Json {
    let mut properties = vec![
        (
            "kind".to_owned(),
            Json::object([
                ("const", Json::text(kind::key(kind))),
                ("description", Json::text(kind::doc(kind))),
            ]),
        ),
        (
            "count".to_owned(),
            Json::object([
                ("type", Json::text("integer")),
                ("minimum", Json::Number("1".into())),
                ("maximum", Json::Number(Scenario::MAX_NODES.to_string())),
                (
                    "description",
                    Json::text("So many nodes, called name-1, name-2 and so on."),
                ),
            ]),
        ),
    ];
    properties.extend(kind::table(kind).iter().map(property));
    properties.push(property(&COST));
    closed(properties, &["kind"])
}

fn link(required: &[&str]) -> Json {
    let mut properties = vec![
        ("from".to_owned(), name("The node that calls.")),
        ("to".to_owned(), name("The node that is called.")),
    ];
    properties.extend(LINK.iter().map(property));
    closed(properties, required)
}

fn happenings() -> Vec<Json> {
    let at = || {
        (
            "at".to_owned(),
            quantity(&SETTINGS[4].quantity, "When, since the beginning."),
        )
    };
    let node = |text: &str| name(text);
    let entry = |verb: &str, value: Json, more: Vec<(String, Json)>| {
        let mut properties = vec![at(), (verb.to_owned(), value)];
        let mut required = vec!["at".to_owned(), verb.to_owned()];
        required.extend(more.iter().map(|(key, _)| key.clone()));
        properties.extend(more);
        let required: Vec<&str> = required.iter().map(String::as_str).collect();
        closed(properties, &required)
    };
    let factor = Json::object([
        ("type", Json::text("number")),
        ("exclusiveMinimum", Json::Number("1".into())),
        ("maximum", Json::Number("1000".into())),
    ]);
    let kinds = Kind::ALL.map(|kind| Json::text(kind::key(kind))).to_vec();
    let ends = closed(
        vec![
            ("from".to_owned(), node("The node that calls.")),
            ("to".to_owned(), node("The node that is called.")),
        ],
        &["from", "to"],
    );
    vec![
        entry("kill", node("The node that dies."), vec![]),
        entry(
            "slow",
            node("The node that becomes slower."),
            vec![("factor".to_owned(), factor)],
        ),
        entry("heal", node("The node that works again."), vec![]),
        entry("set", settings(), vec![]),
        entry(
            "duplicate",
            node("The node to copy."),
            vec![("as".to_owned(), node("The copy's name."))],
        ),
        entry("remove", node("The node that leaves."), vec![]),
        entry(
            "rename",
            node("The present name."),
            vec![("to".to_owned(), node("The new name."))],
        ),
        entry(
            "add",
            node("The new node."),
            vec![(
                "kind".to_owned(),
                Json::object([("enum", Json::Array(kinds))]),
            )],
        ),
        entry("connect", link(&["from", "to"]), vec![]),
        entry("disconnect", ends, vec![]),
    ]
}

fn property(parameter: &Parameter) -> (String, Json) {
    let Json::Object(mut schema) = quantity(&parameter.quantity, parameter.doc) else {
        return (parameter.key.to_owned(), Json::Bool(true));
    };
    if !matches!(parameter.quantity, Quantity::Group { .. }) {
        let default = match parameter.quantity {
            Quantity::Count { .. } | Quantity::Number { .. } => {
                Json::Number(parameter.default.to_owned())
            }
            _ => Json::text(parameter.default),
        };
        schema.push(("default".to_owned(), default));
    }
    (parameter.key.to_owned(), Json::Object(schema))
}

/// The form of a quantity. JSON Schema cannot compare "8ms" with a range, so ranges of texts with
/// units stand in the description.
fn quantity(quantity: &Quantity, doc: &str) -> Json {
    const DURATION: &str = r"[0-9]+(\.[0-9]+)? ?(ns|us|µs|ms|s|min|h)";
    let pattern = |pattern: String| {
        vec![
            ("type", Json::text("string")),
            ("pattern", Json::Text(pattern)),
        ]
    };
    let mut schema = match quantity {
        Quantity::Duration {
            never: Some(word), ..
        } => pattern(format!("^({DURATION}|{word})$")),
        Quantity::Duration { never: None, .. } => pattern(format!("^{DURATION}$")),
        Quantity::Rate { .. } => pattern(r"^[0-9]+(\.[0-9]+)? ?/(s|min|h)$".to_owned()),
        Quantity::Share => pattern(r"^[0-9]+(\.[0-9]+)? ?%$".to_owned()),
        Quantity::Number { min, max } => vec![
            ("type", Json::text("number")),
            ("minimum", Json::Number(Shortest(*min).to_string())),
            ("maximum", Json::Number(Shortest(*max).to_string())),
        ],
        Quantity::Count { min, max } => vec![
            ("type", Json::text("integer")),
            ("minimum", Json::Number(min.to_string())),
            ("maximum", Json::Number(max.to_string())),
        ],
        Quantity::Choice(choices) => vec![(
            "enum",
            Json::Array(
                choices
                    .iter()
                    .map(|choice| Json::text(choice.text))
                    .collect(),
            ),
        )],
        Quantity::ServiceTime { .. } => {
            let number = r"[0-9]+(\.[0-9]+)?";
            let law = format!(
                "exponential|deterministic|(lognormal|hyperexponential) cv2={number}\
                 |(erlang|pareto) shape={number}|to {DURATION}"
            );
            pattern(format!(
                "^({DURATION}( ({law}))?|{number}%={DURATION}( {number}%={DURATION})+)$"
            ))
        }
        Quantity::Group { off, fields } => vec![(
            "oneOf",
            Json::Array(vec![
                Json::object([("const", Json::text(off))]),
                closed(fields.iter().map(property).collect(), &[]),
            ]),
        )],
        Quantity::Text { max } => {
            vec![
                ("type", Json::text("string")),
                ("maxLength", Json::Number(max.to_string())),
            ]
        }
        Quantity::Speed => pattern(
            r"^(real time|slowed [0-9]+(\.[0-9]+)?[x×]|[0-9]+(\.[0-9]+)?[x×] faster)$".to_owned(),
        ),
    };
    let description = match quantity {
        Quantity::Duration { .. } | Quantity::Rate { .. } => {
            let form = quantity.describe();
            format!("{doc} It is {form}.")
        }
        _ => doc.to_owned(),
    };
    schema.push(("description", Json::Text(description)));
    Json::Object(
        schema
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenario.schema.json");

    #[test]
    fn the_committed_schema_is_current() {
        let text = json_schema();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(FILE, &text).expect("the file can be written");
        }
        let committed = std::fs::read_to_string(FILE).expect("the schema is committed");
        assert!(
            committed == text,
            "run the tests once with UPDATE_EXPECT=1 to rewrite {FILE}"
        );
    }

    #[test]
    fn every_parameter_is_in_the_schema() {
        let text = json_schema();
        for kind in Kind::ALL {
            for parameter in kind::table(kind) {
                assert!(
                    text.contains(&format!("\"{}\": {{", parameter.key)),
                    "{}",
                    parameter.key
                );
            }
        }
    }
}
