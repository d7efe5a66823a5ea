//! Every picture of some scenario files on one HTML page, to look at after a change of a drawing:
//! `cargo run -p diagram --example gallery -- diagram/tests/valid/*.toml > gallery.html`

use std::process::ExitCode;

use diagram::layout::{Orientation, place};
use diagram::svg::{SceneOptions, scene};
use diagram::{Document, Run, chart, describe, numbers, report, table};
use simulator::SimTime;

const STYLE: &str = include_str!("../style/diagram.css");

fn main() -> ExitCode {
    println!(
        "<!doctype html><meta charset=\"utf-8\"><title>Gallery</title><style>body{{font:15px/1.5 system-ui,sans-serif;background:#fdfdfc;color:#1b1f23;margin:16px}}\
         .row{{display:flex;gap:16px;align-items:flex-start;flex-wrap:wrap}}.row>div{{border:1px solid #d8dde2}}.chart{{width:300px;padding:8px}}\
         table{{border-collapse:collapse;font-size:12px}}td,th{{padding:2px 8px;text-align:left}}{STYLE}</style>"
    );
    for path in std::env::args().skip(1) {
        let document = match std::fs::read_to_string(&path) {
            Ok(text) => Document::parse(&text),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        };
        match document {
            Ok(document) => show(&path, &document),
            Err(problems) => {
                for problem in problems {
                    eprintln!("{path}: {problem}");
                }
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn show(path: &str, document: &Document) {
    let report = report(document);
    println!(
        "<h2>{path}</h2><p>{}</p><div class=\"row\">",
        describe::figure(document, &report)
    );
    for (id, orientation) in [("across", Orientation::Across), ("down", Orientation::Down)] {
        let layout = place(document, orientation);
        for (moment, seconds) in [("middle", 0.55), ("end", 1.0)] {
            let mut run = Run::new(document);
            let nanos = document.duration().as_nanos() as f64 * seconds;
            run.run_until(SimTime::from_nanos(nanos as u64), u64::MAX);
            let seen = run.simulation().sightings(200);
            let options = SceneOptions {
                id: &format!("{id}-{moment}"),
                title: document.title(),
                description: "",
                with_requests: (seconds < 1.0).then_some(&seen),
            };
            let snapshot = run.simulation().snapshot();
            // The document as it is by then: the timeline may have added nodes.
            let layout = if run.document().nodes() == document.nodes() {
                layout.clone()
            } else {
                place(run.document(), orientation)
            };
            println!(
                "<div>{}</div>",
                scene(run.document(), &layout, &snapshot, &options)
            );
        }
    }
    println!("</div><div class=\"row\">");
    for svg in [
        chart::requests(&report.base.series),
        chart::latency(&report.base.series, document.slo()),
        chart::distribution(&report.base.measurement, document.slo()),
    ] {
        println!("<div class=\"chart\">{svg}</div>");
    }
    println!("</div><p>");
    for tile in numbers::tiles(document, &report.base) {
        println!(
            "{} <b>{}</b> <small>{}</small> · ",
            tile.label, tile.value, tile.note
        );
    }
    println!("</p>");
    for table in [table::results(&report), table::computed_nodes(&report.base)] {
        println!(
            "<table><caption>{}</caption><tr><th>{}</tr>",
            table.caption,
            table.head.join("<th>")
        );
        for row in table.rows {
            println!("<tr><td>{}</tr>", row.join("<td>"));
        }
        println!("</table>");
    }
}
