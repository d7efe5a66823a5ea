//! The model in sentences: given a system, when things happen, then the model and its wishes are so.

mod dials;
mod exchange;
mod faults;
mod focus;
mod keeping;
mod linking;
mod nodes;
mod reset;
mod running;
mod selection;
mod status;
mod undo;

use std::rc::Rc;

use diagram::parameter::LINK_LATENCY;
use diagram::{Control, Document, Edit, share};
use simulator::{Condition, Kind, SimDuration, SimTime};

use super::fault::SLOW_FACTOR;
use super::*;
use crate::dial::Turn;
use crate::focus::{Focus, Part};
use crate::model::Surface;
use crate::msg::{Direction, Fault, Panel};
use crate::sample::Asking;
use crate::session::Session;

const TWO_SERVERS: &str = r#"
format = 1
title = "Two servers"
seed = 7
[nodes.users]
kind = "clients"
rate = "200/s"
[nodes.balancer]
kind = "balancer"
[nodes.web]
kind = "server"
count = 2
workers = 2
[nodes.db]
kind = "database"
[[links]]
from = "users"
to = "balancer"
[[links]]
from = "balancer"
to = "web"
[[links]]
from = "web"
to = "db"
"#;

/// The report on a system in which nothing has happened yet.
fn sample_of(document: &Rc<Document>) -> Sample {
    let layout = diagram::layout::place(document, diagram::layout::Orientation::Across);
    let asking = Asking {
        id: "test",
        with_charts: true,
        most_dots: 100,
    };
    Sample::take(
        &Session::new(document),
        Rc::clone(document),
        Rc::new(layout),
        asking,
    )
}

struct Given {
    model: Model,
    effects: Vec<Effect>,
}

fn given(surface: Surface, text: &str) -> Given {
    let document = Document::parse(text).expect("a valid scenario");
    let mut model = Model::new(surface, document, true);
    let sample = sample_of(model.document());
    update(&mut model, Msg::Sampled(Box::new(sample)));
    Given {
        model,
        effects: Vec::new(),
    }
}

fn figure() -> Given {
    given(Surface::Figure, TWO_SERVERS)
}

fn playground() -> Given {
    given(Surface::Playground, TWO_SERVERS)
}

impl Given {
    fn when(mut self, msgs: impl IntoIterator<Item = Msg>) -> Self {
        for msg in msgs {
            self.effects = update(&mut self.model, msg);
        }
        self
    }

    fn servers(&self) -> Vec<&str> {
        let document = self.model.document();
        let servers = document
            .nodes()
            .iter()
            .filter(|node| node.kind.kind() == Kind::Server);
        servers.map(|node| node.name.as_str()).collect()
    }

    fn value(&self, node: &str, key: &str) -> String {
        let node = self.model.document().node(node).expect("it exists");
        diagram::parameter::value_text(&node.kind, key).expect("it has this parameter")
    }

    fn applied(&self) -> Vec<&Edit> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Apply(edit) => Some(edit),
                _ => None,
            })
            .collect()
    }
}

fn turn(control: Control, turn: Turn) -> Msg {
    Msg::TurnedDial(control, turn)
}

fn to(control: Control, value: &str) -> Msg {
    turn(control, Turn::To(value.to_owned()))
}

fn kill(name: &str) -> Msg {
    Msg::PressedFault(Fault::Kill, Some(name.to_owned()))
}
