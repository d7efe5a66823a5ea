//! What stands on lines of its own.

use diagram::escape;

use super::inline::reference_id;
use super::{Writer, figure};
use crate::page::{Alignment, Block, Callout, Inline, Item};

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading, content) => self.heading(*heading, content),
            Block::Paragraph(content) => self.line("p", content),
            Block::Plain(content) => {
                self.inlines(content);
                self.out.push('\n');
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            Block::Callout(kind, blocks) => self.callout(*kind, blocks),
            Block::Code { language, text } => self.code(language.as_deref(), text),
            Block::Table {
                alignments,
                head,
                rows,
            } => self.table(alignments, head, rows),
            Block::Figure(place) => self.figure(*place),
            Block::Rule => self.out.push_str("<hr>\n"),
        }
    }

    fn line(&mut self, name: &str, content: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(content);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn heading(&mut self, heading: usize, content: &[Inline]) {
        let heading = &self.rendering.page.headings[heading];
        let (level, id) = (heading.level, escape(&heading.id));
        self.out.push_str(&format!("<h{level} id=\"{id}\">"));
        self.inlines(content);
        self.out.push_str(&format!(
            " <a class=\"heading-anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a></h{level}>\n"
        ));
    }

    fn list(&mut self, start: Option<u64>, items: &[Item]) {
        let is_tasks = items.iter().any(|item| item.is_done.is_some());
        let class = if is_tasks { " class=\"tasks\"" } else { "" };
        let (open, close) = match start {
            None => (format!("<ul{class}>\n"), "</ul>\n"),
            Some(1) => (format!("<ol{class}>\n"), "</ol>\n"),
            Some(first) => (format!("<ol{class} start=\"{first}\">\n"), "</ol>\n"),
        };
        self.out.push_str(&open);
        for item in items {
            self.out.push_str("<li>");
            // A form control would look as if it could be ticked.
            match item.is_done {
                Some(true) => self
                    .out
                    .push_str("<span class=\"task\" role=\"img\" aria-label=\"Done:\">✓</span> "),
                Some(false) => self
                    .out
                    .push_str("<span class=\"task\" role=\"img\" aria-label=\"To do:\">○</span> "),
                None => {}
            }
            self.blocks(&item.blocks);
            trim_line_end(&mut self.out);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(close);
    }

    fn callout(&mut self, kind: Callout, blocks: &[Block]) {
        let (class, label) = match kind {
            Callout::Note => ("note", "Note"),
            Callout::Tip => ("tip", "Try it"),
            Callout::Important => ("important", "Remember"),
            Callout::Warning => ("warning", "Watch out"),
            Callout::Caution => ("caution", "Danger"),
        };
        self.out.push_str(&format!(
            "<aside class=\"callout callout-{class}\" aria-label=\"{label}\">\n<p class=\"callout-label\">{label}</p>\n"
        ));
        self.blocks(blocks);
        self.out.push_str("</aside>\n");
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        let class = language.map_or(String::new(), |language| {
            format!(" class=\"language-{}\"", escape(language))
        });
        // Long lines scroll, so the block takes the focus for readers who scroll with keys.
        self.out.push_str(&format!(
            "<pre class=\"code\" tabindex=\"0\"><code{class}>{}</code></pre>\n",
            escape(text)
        ));
    }

    fn table(&mut self, alignments: &[Alignment], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.out
            .push_str("<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>\n<thead>\n");
        self.row("th scope=\"col\"", alignments, head);
        self.out.push_str("</thead>\n<tbody>\n");
        for row in rows {
            self.row("td", alignments, row);
        }
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    fn row(&mut self, cell: &str, alignments: &[Alignment], cells: &[Vec<Inline>]) {
        let name = cell.split(' ').next().unwrap_or(cell);
        self.out.push_str("<tr>");
        for (i, content) in cells.iter().enumerate() {
            let class = match alignments.get(i) {
                Some(Alignment::Left) => " class=\"left\"",
                Some(Alignment::Center) => " class=\"center\"",
                Some(Alignment::Right) => " class=\"right\"",
                Some(Alignment::Natural) | None => "",
            };
            self.out.push_str(&format!("<{cell}{class}>"));
            self.inlines(content);
            self.out.push_str(&format!("</{name}>"));
        }
        self.out.push_str("</tr>\n");
    }

    fn figure(&mut self, place: usize) {
        let rendering = self.rendering;
        let figure = &rendering.page.figures[place];
        let Some((document, report)) = figure
            .document
            .as_ref()
            .zip(rendering.reports.get(&figure.id))
        else {
            return;
        };
        let caption = std::mem::take(&mut self.out);
        self.inlines(&figure.caption);
        let caption = std::mem::replace(&mut self.out, caption);
        self.out.push_str(&figure::figure(&figure::Parts {
            id: &figure.id,
            number: &figure.number,
            caption: &caption,
            document,
            link: &figure.link,
            report,
            base: rendering.base,
            playground: rendering.playground,
        }));
    }

    pub(super) fn footnotes(&mut self) {
        let footnotes = &self.rendering.page.footnotes;
        if footnotes.is_empty() {
            return;
        }
        self.out.push_str(
            "<section class=\"footnotes\" id=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n",
        );
        for (i, footnote) in footnotes.iter().enumerate() {
            let number = i + 1;
            self.out.push_str(&format!("<li id=\"fn-{number}\">"));
            self.blocks(&footnote.blocks);
            trim_line_end(&mut self.out);
            // The way back belongs to the last line of the note.
            let closes_paragraph = self.out.ends_with("</p>");
            if closes_paragraph {
                self.out.truncate(self.out.len() - "</p>".len());
            }
            for nth in 1..=footnote.references {
                let id = reference_id(number, nth);
                self.out.push_str(&format!(
                    " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"Back to the text\">↩</a>"
                ));
            }
            if closes_paragraph {
                self.out.push_str("</p>");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

fn trim_line_end(out: &mut String) {
    out.truncate(out.trim_end().len());
}
