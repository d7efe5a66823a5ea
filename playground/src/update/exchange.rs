//! Bringing scenarios in and taking them out: text, files, links.
//!
//! What comes from outside is only ever shown as valid documents or as problems; while it is not
//! valid, the present scenario stays untouched.

use std::rc::Rc;

use diagram::Document;
use diagram::diagnostic::line_and_column;

use super::change::{keep, replace};
use super::{kept, selection};
use crate::effect::Effect;
use crate::focus::Part;
use crate::history::State;
use crate::kept::Slot;
use crate::link;
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
            vec![Effect::KeepFocus(Part::Opener(panel).into())]
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
        Msg::PressedStartOver => start_over(model),
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
        Msg::OpenedLink(fragment) => match link::open(&fragment) {
            Ok(link) => {
                kept::link_follows(model);
                let effects = show(model, link.authored, link.design, Slot::Opened);
                model.status = link.status;
                model.status.text.push_str(text::what_is_kept(model.kept));
                effects
            }
            Err(error) => {
                let refused = text::link_refused(&error.to_string(), text::BELOW_IS_AS_BEFORE);
                model.status = Status::failed(refused);
                Vec::new()
            }
        },
        msg => kept::update(model, msg),
    }
}

fn import(model: &mut Model) -> Vec<Effect> {
    match Document::parse(&model.import) {
        Ok(document) => {
            model.problems.clear();
            model.panel = None;
            model.import.clear();
            let mut effects = show(model, document.clone(), document, model.slot());
            effects.push(Effect::KeepFocus(Part::Opener(Panel::Import).into()));
            model.status = Status::said(text::SCENARIO_LOADED);
            keep(model, effects)
        }
        Err(problems) => {
            model.problems = place(&model.import, &problems);
            Vec::new()
        }
    }
}

fn place(text: &str, problems: &[diagram::Problem]) -> Vec<Problem> {
    let placed = problems.iter().map(|problem| Problem {
        place: line_and_column(text, problem.span.start),
        message: if problem.at.is_empty() {
            problem.message.clone()
        } else {
            format!("{}: {}", problem.at, problem.message)
        },
        help: problem.help.clone(),
    });
    placed.collect()
}

impl Model {
    /// Opens the import panel with a text that is no valid scenario, and says what is wrong with it.
    pub fn show_unreadable(&mut self, text: String) {
        self.panel = Some(Panel::Import);
        self.problems = match Document::parse(&text) {
            Ok(_) => Vec::new(),
            Err(problems) => place(&text, &problems),
        };
        self.import = text;
    }
}

/// Back to what the work began with; where nothing was changed, to the playground's example.
fn start_over(model: &mut Model) -> Vec<Effect> {
    let mut effects = if model.is_changed() {
        let state = State {
            document: Rc::clone(&model.authored),
            puts: Default::default(),
            ..model.history.present().clone()
        };
        let effects = replace(model, state);
        model.status = Status::said(text::STARTED_OVER);
        effects
    } else {
        let example = Document::default_playground();
        let effects = show(model, example.clone(), example, model.slot());
        model.status = Status::said(text::EXAMPLE_LOADED);
        effects
    };
    model.link = None;
    effects.push(Effect::KeepFocus(selection::anchor(model)));
    keep(model, effects)
}

/// Shows `design`; work on it began with `authored` and is kept in `slot`.
pub(super) fn show(
    model: &mut Model,
    authored: Document,
    design: Document,
    slot: Slot,
) -> Vec<Effect> {
    model.link = None;
    let authored = Rc::new(authored);
    let state = State {
        authored: Rc::clone(&authored),
        ..State::new(Rc::new(design), slot)
    };
    replace(model, state)
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
