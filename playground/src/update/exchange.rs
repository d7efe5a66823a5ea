//! Bringing scenarios in and taking them out: text, files, links.
//!
//! What comes from outside is only ever shown as valid documents or as problems; while it is not
//! valid, the present scenario stays untouched.

use std::rc::Rc;

use diagram::diagnostic::line_and_column;
use diagram::{Document, share};

use super::{keep, replace};
use crate::effect::Effect;
use crate::model::{Model, Problem, Status};
use crate::msg::{Msg, Panel};
use crate::text;

pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::ToggledPanel(panel) => {
            model.panel = (model.panel != Some(panel)).then_some(panel);
            model.problems.clear();
            if model.panel == Some(Panel::Share) {
                model.link = None;
                return vec![Effect::MakeLink];
            }
            Vec::new()
        }
        Msg::EditedImport(text) => {
            model.import = text;
            model.problems.clear();
            Vec::new()
        }
        Msg::PressedImport => import(model),
        Msg::ReadFile(Some(text)) => {
            model.import = text;
            import(model)
        }
        Msg::ReadFile(None) => {
            model.problems = vec![Problem {
                place: (1, 1),
                message: text::FILE_UNREADABLE.to_owned(),
                help: None,
            }];
            Vec::new()
        }
        Msg::PressedDownload => vec![Effect::Download {
            name: format!("{}.toml", file_stem(model.design().title())),
            text: model.design().to_toml(),
        }],
        Msg::PressedCopyScenario => vec![Effect::Copy(model.design().to_toml())],
        Msg::PressedCopyLink => model.link.clone().map(Effect::Copy).into_iter().collect(),
        Msg::PressedStartOver => {
            let mut effects = show(model, Document::default_playground());
            effects.extend([Effect::ForgetSaved, Effect::ClearFragment]);
            model.status = Status::said(text::READY);
            effects
        }
        Msg::MadeLink { link, is_exact } => {
            model.is_link_exact = is_exact;
            model.link = Some(link.clone());
            vec![Effect::Copy(link)]
        }
        Msg::FailedLink(reason) => {
            model.status = Status::failed(text::link_failed(&reason));
            Vec::new()
        }
        Msg::Copied(worked) => {
            model.status = Status::said(if worked {
                text::COPIED
            } else {
                text::NOT_COPIED
            });
            Vec::new()
        }
        Msg::OpenedLink(code) => match share::decode(&code) {
            Ok(document) => {
                let effects = show(model, document);
                model.status = Status::said(text::LINK_OPENED);
                effects
            }
            Err(error) => {
                model.status = Status::failed(text::link_refused(&error.to_string()));
                Vec::new()
            }
        },
        _ => Vec::new(),
    }
}

fn import(model: &mut Model) -> Vec<Effect> {
    match Document::parse(&model.import) {
        Ok(document) => {
            model.problems.clear();
            model.panel = None;
            model.import.clear();
            let effects = show(model, document);
            model.status = Status::said(text::SCENARIO_LOADED);
            keep(model, effects)
        }
        Err(problems) => {
            model.problems = problems
                .iter()
                .map(|problem| Problem {
                    place: line_and_column(&model.import, problem.span.start),
                    message: if problem.at.is_empty() {
                        problem.message.clone()
                    } else {
                        format!("{}: {}", problem.at, problem.message)
                    },
                    help: problem.help.clone(),
                })
                .collect();
            Vec::new()
        }
    }
}

/// Makes `document` the authored one: Reset returns to it from now on.
fn show(model: &mut Model, document: Document) -> Vec<Effect> {
    let document = Rc::new(document);
    model.authored = Rc::clone(&document);
    model.link = None;
    replace(model, document)
}

/// A name for a file: "Four servers, one dies" as `four-servers-one-dies`.
fn file_stem(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() {
        "scenario".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        assert_eq!(line_and_column("ab\ncd", 0), (1, 1));
        assert_eq!(line_and_column("ab\ncd", 4), (2, 2));
        assert_eq!(line_and_column("é\nx", 99), (2, 2));
    }

    #[test]
    fn a_title_becomes_a_plain_file_name() {
        assert_eq!(file_stem("Four servers, one dies"), "four-servers-one-dies");
        assert_eq!(file_stem("../…"), "scenario");
    }
}
