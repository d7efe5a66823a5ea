//! The picture of a system as an SVG text: static pages show it, and the live figure draws its
//! moving requests above it.
//!
//! Only classes and SVG attributes, never `style=`, so that the strictest content policy allows it;
//! `style/diagram.css` gives the classes their colours. Infrastructure is grey; colour belongs to
//! requests and to trouble, and no meaning rests on colour alone.

mod node;
mod requests;
mod trouble;

use std::fmt::Write as _;

use simulator::{Kind, Sightings, Snapshot};

use crate::document::Document;
use crate::fixed::px;
use crate::layout::{Layout, Orientation};
use crate::text::escape;

/// What a picture is called and what it shows besides the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SceneOptions<'a> {
    /// Unique on the page; the ids of the title and the description are made from it.
    pub id: &'a str,
    /// The name of the picture.
    pub title: &'a str,
    /// The text that stands for the picture; may be empty.
    pub description: &'a str,
    /// Requests to draw; the live figure draws them itself.
    pub with_requests: Option<&'a Sightings>,
}

/// The picture of `document` in the state of `snapshot`, which is of a run of this document.
#[must_use]
pub fn scene(
    document: &Document,
    layout: &Layout,
    snapshot: &Snapshot,
    options: &SceneOptions<'_>,
) -> String {
    let mut out = String::with_capacity(8 * 1024);
    let id: String = options
        .id
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let class = match layout.orientation {
        Orientation::Across => "scene-across",
        Orientation::Down => "scene-down",
    };
    let (width, height) = (px(layout.width.ceil()), px(layout.height.ceil()));
    let described = if options.description.is_empty() {
        String::new()
    } else {
        format!(" aria-describedby=\"{id}-desc\"")
    };
    let title = if options.title.is_empty() {
        "A system of nodes"
    } else {
        options.title
    };
    write(
        &mut out,
        format_args!(
            "<svg class=\"diagram {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"{id}-title\"{described}><title id=\"{id}-title\">{}</title>",
            escape(title)
        ),
    );
    if !options.description.is_empty() {
        write(
            &mut out,
            format_args!(
                "<desc id=\"{id}-desc\">{}</desc>",
                escape(options.description)
            ),
        );
    }
    draw_edges(&mut out, document, layout);
    for (place, state) in snapshot.nodes.iter().enumerate().take(layout.nodes.len()) {
        node::draw(&mut out, document, layout, snapshot, place, state);
    }
    if document.nodes().is_empty() {
        write(
            &mut out,
            format_args!(
                "<text class=\"d-what\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">Nothing is here yet.</text>",
                px(layout.width / 2.0),
                px(layout.height / 2.0)
            ),
        );
    }
    if let Some(sightings) = options.with_requests {
        requests::draw(&mut out, document, layout, snapshot.time, sightings);
    }
    out.push_str("</svg>");
    out
}

fn draw_edges(out: &mut String, document: &Document, layout: &Layout) {
    out.push_str("<g class=\"d-edges\">");
    for edge in &layout.edges {
        let is_dns = document.nodes()[edge.to.index()].kind.kind() == Kind::Dns;
        let class = if is_dns {
            "d-edge d-edge-dns"
        } else {
            "d-edge"
        };
        write(
            out,
            format_args!("<path class=\"{class}\" d=\"{}\"/>", edge.path()),
        );
    }
    out.push_str("</g>");
}

fn write(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests;
