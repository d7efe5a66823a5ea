//! Problems of files, for programs.

use diagram::diagnostic::Diagnostic;
use diagram::json::Json;

/// A file that cannot be read.
pub(crate) fn unreadable(file: &str, message: &str) -> Json {
    Json::object([
        ("file", Json::text(file)),
        ("line", Json::Null),
        ("column", Json::Null),
        ("at", Json::text("")),
        ("message", Json::text(message)),
        ("help", Json::Null),
    ])
}

/// A problem with its place.
pub(crate) fn placed(found: &Diagnostic) -> Json {
    let number = |number: usize| Json::Number(number.to_string());
    let help = found.help.as_deref().map_or(Json::Null, Json::text);
    Json::object([
        ("file", Json::text(&found.path)),
        ("line", number(found.line)),
        ("column", number(found.column)),
        ("at", Json::text(&found.at)),
        ("message", Json::text(&found.message)),
        ("help", help),
    ])
}

/// Nothing but problems.
pub(crate) fn only(problems: Vec<Json>) -> String {
    let entries = [
        ("format", Json::Number("1".to_owned())),
        ("problems", Json::Array(problems)),
    ];
    format!("{}\n", Json::object(entries).pretty())
}
