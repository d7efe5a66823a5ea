//! A figure as it is without JavaScript: picture, numbers, charts, table and words, all computed at build time.
//!
//! The live figure takes over `div.figure-live` in a box of the same height,
//! so every region and every cell that it has is here too, with the same classes.

use diagram::layout::{self, Orientation};
use diagram::{Document, Report, chart, describe, escape, numbers, script, svg, table, wording};

use super::json;
use crate::url::{Base, Url};

/// What a figure is drawn from.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// "3.4".
    pub number: &'a str,
    /// HTML of the caption; empty for none.
    pub caption: &'a str,
    /// The scenario.
    pub document: &'a Document,
    /// The same as a share link.
    pub link: &'a str,
    /// What its runs measured.
    pub report: &'a Report,
    /// The path under which the site is served.
    pub base: &'a Base,
    /// The playground's page.
    pub playground: &'a Url,
}

/// The whole figure.
#[must_use]
pub fn figure(parts: &Parts<'_>) -> String {
    let Parts {
        id,
        number,
        document,
        ..
    } = parts;
    let title = escape(document.title());
    let open = escape(&format!(
        "{}#s={}",
        parts.base.href(parts.playground),
        parts.link
    ));
    let mut out = format!(
        "<figure class=\"figure\" id=\"{id}\" data-figure aria-label=\"Figure {number}: {title}\">\n\
         <header class=\"figure-head\"><p class=\"figure-title\"><b>Figure {number}</b> {title}</p> \
         <a class=\"figure-open\" href=\"{open}\">Open in playground<span class=\"visually-hidden\">: {title}</span></a>\
         </header>\n"
    );
    out.push_str(&live_region(parts));
    out.push_str(&results(number, &table::results(parts.report)));
    out.push_str(&leaves_out(document));
    out.push_str(&format!(
        "<script type=\"application/json\" class=\"figure-data\">{{\"script\":{},\"number\":{}}}</script>\n",
        script_json(document),
        json::string(number)
    ));
    // HTML wants a caption to be the first or the last thing in a figure.
    if !parts.caption.is_empty() {
        out.push_str(&format!("<figcaption>{}</figcaption>\n", parts.caption));
    }
    out.push_str("</figure>\n");
    out
}

/// The scenario in the form that the live figure reads: it has no reader of TOML to download.
fn script_json(document: &Document) -> String {
    let lines: Vec<String> = script::write(document)
        .iter()
        .map(|line| {
            let words: Vec<String> = line.iter().map(|word| json::string(word)).collect();
            format!("[{}]", words.join(","))
        })
        .collect();
    format!("[{}]", lines.join(","))
}

/// The part that the live figure takes over.
fn live_region(parts: &Parts<'_>) -> String {
    let Parts {
        id,
        document,
        report,
        ..
    } = parts;
    let base = &report.base;
    let mut out = format!("<div class=\"figure-live\" data-live data-figure-id=\"{id}\">\n");
    out.push_str(&scene(id, document, report, LEGEND));
    out.push_str("<div class=\"transport\"></div>\n<div class=\"controls\">");
    for control in document.controls() {
        out.push_str(&format!(
            "<div class=\"control control-{}\"><p class=\"control-label\">{}</p></div>",
            control.word(),
            escape(&control.label())
        ));
    }
    out.push_str("</div>\n<dl class=\"numbers\">");
    for tile in numbers::tiles(&base.document, base) {
        let trouble = if tile.is_trouble { " is-trouble" } else { "" };
        out.push_str(&format!(
            "<div class=\"number{trouble}\"><dt>{}</dt><dd class=\"number-value\">{}</dd><dd class=\"number-note\">{}</dd></div>",
            escape(tile.label),
            escape(&tile.value),
            escape(&tile.note)
        ));
    }
    out.push_str("</dl>\n<div class=\"charts\">");
    let charts = [
        chart::requests(&base.series),
        chart::latency(&base.series, document.slo()),
        chart::distribution(&base.measurement, document.slo()),
    ];
    for chart in charts {
        out.push_str(&format!("<div class=\"chart\">{chart}</div>"));
    }
    out.push_str(&format!(
        "</div>\n<p class=\"figure-status\">The picture shows the end of the run, after {} of simulated time.</p>\n</div>\n",
        wording::duration(document.duration())
    ));
    out
}

/// The picture alone, for pages that say the rest in words.
#[must_use]
pub fn still(id: &str, document: &Document, report: &Report) -> String {
    scene(id, document, report, "")
}

/// What the forms in the picture mean, in the place that the live figure's legend will have. A late
/// request looks other here: the live one has a ring, which a picture this small would only blur.
const LEGEND: &str = "<div class=\"legend\">\
    <span><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle class=\"key-read\" cx=\"6\" cy=\"6\" r=\"4.5\"/></svg>read</span> \
    <span><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"key-write\" d=\"M2 2h8v8h-8z\"/></svg>write</span> \
    <span><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle class=\"d-request is-late\" cx=\"6\" cy=\"6\" r=\"4.5\"/></svg>late</span> \
    <span><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle class=\"key-given-up\" cx=\"6\" cy=\"6\" r=\"4.5\"/></svg>given up</span> \
    <span><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"key-failed\" d=\"M6 0l6 6l-6 6l-6-6z\"/></svg>failed</span>\
    </div>";

/// The picture in both orientations; the style sheet shows the one that fits.
fn scene(id: &str, document: &Document, report: &Report, legend: &str) -> String {
    let description = describe::figure(document, report);
    // The timeline may have added and removed nodes by the end.
    let shown = &report.base.document;
    let mut out = "<div class=\"scene\">".to_owned();
    for (orientation, name) in [(Orientation::Across, "across"), (Orientation::Down, "down")] {
        let layout = layout::place(shown, orientation);
        let options = svg::SceneOptions {
            id: &format!("{id}-{name}"),
            title: document.title(),
            description: &description,
            with_requests: Some(&report.base.sightings),
        };
        out.push_str(&svg::scene(shown, &layout, &report.base.snapshot, &options));
    }
    out.push_str(legend);
    out.push_str("</div>\n");
    out
}

/// The region is named by its figure, because a page has many.
fn results(number: &str, table: &table::Table) -> String {
    let mut out = format!(
        "<div class=\"results\" role=\"region\" aria-label=\"Results of figure {number}\" tabindex=\"0\"><table>"
    );
    out.push_str(&format!(
        "<caption>{}</caption><thead><tr>",
        escape(&table.caption)
    ));
    for cell in &table.head {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escape(cell)));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let text = escape(cell);
            if i == 0 {
                out.push_str(&format!("<th scope=\"row\">{text}</th>"));
            } else {
                out.push_str(&format!("<td>{text}</td>"));
            }
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

fn leaves_out(document: &Document) -> String {
    let facts = describe::leaves_out(document);
    if facts.is_empty() {
        return String::new();
    }
    let mut out = "<details class=\"leaves-out\"><summary>What this model leaves out</summary><ul>"
        .to_owned();
    for fact in facts {
        out.push_str(&format!("<li>{}</li>", escape(&fact)));
    }
    out.push_str("</ul></details>\n");
    out
}
