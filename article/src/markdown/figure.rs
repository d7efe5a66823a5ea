//! Scenario fences: a system that the page shows and measures.

use std::ops::Range;

use diagram::{Document, Problem, missing_in_figures, share, wording};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::Reader;
use super::anchor;
use super::code::Pieces;
use crate::page::{Block, Figure, Inline};

impl Reader<'_> {
    /// Takes the ids of figures before any heading gets one, so that a heading never takes a figure's name.
    pub(super) fn reserve_figure_ids(&mut self) {
        let fences: Vec<(String, Range<usize>)> = self
            .events
            .iter()
            .filter_map(|(event, span)| match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let mut words = info.split_whitespace();
                    let is_scenario = words.next() == Some("scenario");
                    let id = words.find_map(|word| word.strip_prefix('#'));
                    is_scenario.then_some((id?.to_owned(), self.info_span(info, span)))
                }
                _ => None,
            })
            .collect();
        for (id, span) in fences {
            // A name that cannot be an id is reported where the figure is read.
            if is_valid(&id)
                && let Err(message) = self.anchors.claim(&id)
            {
                self.problem_with(span, message, None);
            }
        }
    }

    pub(super) fn figure(
        &mut self,
        attributes: &[&str],
        pieces: &Pieces,
        span: &Range<usize>,
    ) -> Block {
        let id = self.figure_id(attributes, span);
        let document = match Document::parse(&pieces.text) {
            Ok(document) => {
                self.expect_something_to_see(&document, span);
                Some(document)
            }
            Err(problems) => {
                self.problems
                    .extend(problems.into_iter().map(|problem| Problem {
                        span: pieces.in_file(&problem.span),
                        ..problem
                    }));
                None
            }
        };
        let link = document
            .as_ref()
            .map_or(Ok(String::new()), share::encode)
            .unwrap_or_else(|_| {
                self.problem(
                    span.clone(),
                    "this scenario is too long for a link to the playground",
                    "show less of it, or split it into two figures",
                );
                String::new()
            });
        let caption = self.caption();
        let place = self.body.figures.len();
        self.body.figures.push(Figure {
            id,
            number: match self.number {
                Some(chapter) => format!("{chapter}.{}", place + 1),
                None => (place + 1).to_string(),
            },
            caption,
            document,
            link,
            span: span.clone(),
        });
        Block::Figure(place)
    }

    /// A playground may be empty, and a run may go on after the time of its results. A figure is
    /// what it is for as long as it says.
    fn expect_something_to_see(&mut self, document: &Document, span: &Range<usize>) {
        let place = self.first_line(span);
        if document.nodes().is_empty() {
            self.problem(place.clone(), "the figure has no nodes", None);
        }
        if let Some(what) = missing_in_figures(document) {
            self.problem(
                place.clone(),
                format!("live figures cannot show {what} yet"),
                "link to the playground, which can",
            );
        }
        let duration = document.duration();
        let is_late = |at: u64| at >= duration.as_nanos();
        let timeline = document.timeline();
        if let Some(late) = timeline.iter().find(|timed| is_late(timed.at.as_nanos())) {
            self.problem(
                place,
                format!(
                    "the timeline has something after {} s, but the run ends after {}",
                    late.at.as_secs_f64(),
                    wording::duration(duration)
                ),
                "give the figure a longer `duration`",
            );
        }
    }

    fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let line = self.source[span.clone()].lines().next().unwrap_or_default();
        span.start..span.start + line.trim_end().len()
    }

    fn figure_id(&mut self, attributes: &[&str], span: &Range<usize>) -> String {
        let place = self.first_line(span);
        let mut id = None;
        for attribute in attributes {
            match attribute.strip_prefix('#') {
                Some(name) if id.is_none() => {
                    if !is_valid(name) {
                        self.problem(
                            place.clone(),
                            format!("`{name}` cannot be a figure's id"),
                            "use small letters, digits and hyphens, and begin with a letter",
                        );
                    }
                    id = Some((*name).to_owned());
                }
                _ => self.problem_with(
                    place.clone(),
                    format!("a scenario takes one id and nothing else, not `{attribute}`"),
                    Some(match attribute.strip_prefix(['.', '{']) {
                        None if id.is_none() => format!("did you mean `scenario #{attribute}`?"),
                        _ => "write `scenario #id`".to_owned(),
                    }),
                ),
            }
        }
        match id {
            Some(id) => id,
            None => {
                if attributes.is_empty() {
                    self.problem(
                        place,
                        "the scenario has no id",
                        "write `scenario #id`: the text refers to the figure's numbers by it",
                    );
                }
                String::new()
            }
        }
    }

    /// The paragraph directly after the fence (whose end has been read), if it begins with a colon and a space.
    fn caption(&mut self) -> Vec<Inline> {
        let is_caption = matches!(self.peek_at(0), Some(Event::Start(Tag::Paragraph)))
            && matches!(self.peek_at(1), Some(Event::Text(text)) if text.starts_with(": "));
        if !is_caption {
            return Vec::new();
        }
        self.next += 1;
        let mut caption = self.inlines(TagEnd::Paragraph);
        if let Some(Inline::Text(text)) = caption.first_mut() {
            *text = text[1..].trim_start().to_owned();
        }
        caption
    }

    fn peek_at(&self, distance: usize) -> Option<&Event<'_>> {
        self.events
            .get(self.next + distance)
            .map(|(event, _)| event)
    }
}

/// Ids of figures are also part of ids in their pictures, which are plainer than those of headings.
fn is_valid(id: &str) -> bool {
    id.is_ascii() && anchor::is_valid(id)
}
