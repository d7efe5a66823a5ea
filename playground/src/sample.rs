//! A report of the session: everything that the views show about the run, as plain data.

use std::rc::Rc;

use diagram::Document;
use diagram::layout::Layout;
use diagram::numbers::Tile;
use diagram::svg::SceneOptions;
use diagram::table::Table;
use simulator::{Condition, SimTime, Snapshot};

use crate::history::Faults;
use crate::session::Session;

/// The state of a run at one moment, made ready for showing.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The moment.
    pub time: SimTime,
    /// The hash of every event so far.
    pub fingerprint: u64,
    /// The system as it is now, after everything that the timeline and the reader did.
    pub document: Rc<Document>,
    /// The system as the reader made it.
    pub design: Rc<Document>,
    /// The engine's own report.
    pub snapshot: Snapshot,
    /// Where everything is drawn.
    pub layout: Rc<Layout>,
    /// The picture of the system without its requests.
    pub scene: Rc<str>,
    /// The six numbers.
    pub tiles: Vec<Tile>,
    /// The three charts; `None` where they are as they were.
    pub charts: Option<[Rc<str>; 3]>,
    /// The nodes as a table.
    pub nodes: Table,
    /// How many requests a dot stands for.
    pub every: u64,
    /// The speed that is reached, where it is less than the wanted one.
    pub reached: Option<f64>,
}

/// How a report is made.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Makes the ids inside the picture unique on the page.
    pub id: &'a str,
    /// Whether the charts are wanted, too.
    pub with_charts: bool,
    /// The most dots that will be drawn.
    pub most_dots: usize,
}

impl Sample {
    /// Reports on the session's run; `layout` is the one of its present document.
    pub fn take(
        session: &Session,
        document: Rc<Document>,
        layout: Rc<Layout>,
        asking: Asking<'_>,
    ) -> Self {
        let run = session.run();
        let simulation = run.simulation();
        let snapshot = simulation.snapshot();
        let scene = diagram::svg::scene(
            &document,
            &layout,
            &snapshot,
            &SceneOptions {
                id: asking.id,
                title: document.title(),
                description: "",
                with_requests: None,
            },
        );
        let charts = asking.with_charts.then(|| {
            let series = simulation.series();
            [
                diagram::chart::requests(series).into(),
                diagram::chart::latency(series, document.slo()).into(),
                diagram::chart::distribution(&simulation.measurement(), document.slo()).into(),
            ]
        });
        Self {
            time: simulation.now(),
            fingerprint: simulation.fingerprint(),
            scene: scene.into(),
            tiles: diagram::numbers::tiles(&document, &snapshot),
            charts,
            nodes: diagram::table::nodes(&document, &snapshot),
            every: simulation.sightings(asking.most_dots).every,
            reached: session.reached_factor(),
            design: Rc::new(run.design().clone()),
            document,
            snapshot,
            layout,
        }
    }

    /// The nodes that are dead or slow.
    #[must_use]
    pub fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        for (node, state) in self.document.nodes().iter().zip(&self.snapshot.nodes) {
            if state.condition != Condition::Up {
                faults.insert(node.name.clone(), state.condition);
            }
        }
        faults
    }

    /// What is known of the node at `place`, from the table of nodes, each with its heading. Before the
    /// start that is only what it is: a computed picture shows the end of a run, not its beginning.
    pub fn facts(&self, place: usize, has_started: bool) -> impl Iterator<Item = (&str, &str)> {
        let row = self.nodes.rows.get(place).into_iter().flatten();
        let facts = self.nodes.head.iter().zip(row).skip(1);
        facts
            .take(if has_started { usize::MAX } else { 1 })
            .map(|(head, fact)| (head.as_str(), fact.as_str()))
    }

    /// The same in a sentence: "web-1: server, 2 workers · 8 ms, state up, …, waiting 3".
    #[must_use]
    pub fn spoken(&self, place: usize, has_started: bool) -> String {
        let Some(node) = self.document.nodes().get(place) else {
            return String::new();
        };
        let mut sentence = format!("{}:", node.name);
        for (place, (head, fact)) in self.facts(place, has_started).enumerate() {
            // What it is needs no heading.
            if place > 0 {
                sentence.push_str(", ");
                sentence.push_str(&head.to_ascii_lowercase());
            }
            sentence.push(' ');
            sentence.push_str(fact);
        }
        sentence
    }
}
