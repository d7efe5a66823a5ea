//! Tables.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use crate::page::{Alignment, Block, Inline};

impl Reader<'_> {
    pub(super) fn table(&mut self, alignments: &[pulldown_cmark::Alignment]) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        while let Some((event, _)) = self.advance() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead) => head = self.cells(TagEnd::TableHead),
                Event::Start(Tag::TableRow) => rows.push(self.cells(TagEnd::TableRow)),
                _ => {}
            }
        }
        Block::Table {
            alignments: alignments
                .iter()
                .map(|alignment| align(*alignment))
                .collect(),
            head,
            rows,
        }
    }

    fn cells(&mut self, until: TagEnd) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((event, _)) = self.advance() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::TableCell) => cells.push(self.inlines(TagEnd::TableCell)),
                _ => {}
            }
        }
        cells
    }
}

fn align(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::Natural,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
