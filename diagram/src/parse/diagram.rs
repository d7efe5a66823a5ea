//! Settings, links and positions, and with the nodes a whole draft.

use std::ops::Range;

use simulator::SimDuration;
use toml::Spanned;
use toml::de::DeValue;

use super::node;
use super::section::{Problems, Section, list, shown, what, whole_number};
use crate::control::Control;
use crate::document::{
    DiagramNode, Draft, DraftLink, End, MAX_CELL, MAX_LINKS, Place, Settings, no_such_node,
};
use crate::name::resolve;
use crate::parameter::{LINK, SETTINGS, Values};
use crate::quantity::{Fault, Value, quote};
use crate::speed::Speed;
use crate::suggestion::did_you_mean;

/// The keys of a document that are not settings.
const TABLES: [&str; 7] = [
    "format",
    "controls",
    "nodes",
    "links",
    "timeline",
    "variants",
    "positions",
];

pub(super) struct Read {
    pub(super) draft: Draft,
    pub(super) spans: Spans,
    /// The names of nodes of which only the name is certain.
    pub(super) unread: Vec<String>,
}

/// Where the parts of a draft are written.
#[derive(Default)]
pub(super) struct Spans {
    settings: Vec<(&'static str, Range<usize>)>,
    nodes: Vec<(Range<usize>, String)>,
    links: Vec<LinkSpans>,
}

struct LinkSpans {
    /// Its place in the text, which counts links that could not be read too.
    written: usize,
    all: Range<usize>,
    from: Range<usize>,
    to: Range<usize>,
}

impl Spans {
    /// The bytes and the path of a place.
    pub(super) fn of(&self, place: Place) -> (Range<usize>, String) {
        match place {
            Place::Document => (0..0, String::new()),
            Place::Setting(key) => {
                let span = self.settings.iter().find(|(known, _)| *known == key);
                (span.map_or(0..0, |(_, span)| span.clone()), key.to_owned())
            }
            Place::Node(place) => self.nodes.get(place).cloned().unwrap_or_default(),
            Place::LinksFrom(place) => self.of(Place::Link(place, End::Both)),
            Place::Link(place, end) => {
                let Some(link) = self.links.get(place) else {
                    return (0..0, "links".to_owned());
                };
                let (span, part) = match end {
                    End::From => (&link.from, ".from"),
                    End::To => (&link.to, ".to"),
                    End::Both => (&link.all, ""),
                };
                (span.clone(), format!("links[{}]{part}", link.written))
            }
        }
    }
}

pub(super) fn read(root: &Section<'_, '_>, problems: &mut Problems) -> Read {
    let mut spans = Spans::default();
    let mut settings = read_settings(root, &mut spans, problems);
    let mut unread = Vec::new();
    let mut nodes = node::read(root, &mut spans.nodes, &mut unread, problems);
    settings.controls = read_controls(root, &nodes, problems);
    let links = read_links(root, &mut spans, problems);
    read_positions(root, &mut nodes, problems);
    let draft = Draft {
        settings,
        nodes,
        links,
        timeline: Vec::new(),
        variants: Vec::new(),
    };
    Read {
        draft,
        spans,
        unread,
    }
}

fn read_settings(root: &Section<'_, '_>, spans: &mut Spans, problems: &mut Problems) -> Settings {
    let values = root.read_all(&SETTINGS, &TABLES, problems);
    for parameter in &SETTINGS {
        if let Some((_, value)) = root.get(parameter.key) {
            spans.settings.push((parameter.key, value.span()));
        }
    }
    let written = |key: &str| root.get(key).is_some();
    let mut settings = Settings {
        title: String::new(),
        description: String::new(),
        seed: 1,
        slo: SimDuration::ZERO,
        duration: SimDuration::ZERO,
        warm_up: SimDuration::ZERO,
        speed: Speed::REAL_TIME,
        controls: None,
    };
    for (parameter, value) in SETTINGS.iter().zip(&values) {
        match (parameter.key, value) {
            ("title", Value::Text(text)) => settings.title.clone_from(text),
            ("description", Value::Text(text)) => settings.description.clone_from(text),
            ("seed", Value::Count(seed)) => settings.seed = *seed,
            ("speed", Value::Speed(speed)) => settings.speed = *speed,
            _ => {}
        }
    }
    let durations = Values::new(&SETTINGS, &values);
    settings.slo = durations.duration("slo");
    settings.duration = durations.duration("duration");
    settings.warm_up = durations.duration("warm-up");
    // A short document need not say that its warm-up is shorter.
    if !written("warm-up") && settings.warm_up >= settings.duration {
        settings.warm_up = SimDuration::from_nanos(settings.duration.as_nanos() / 6);
    }
    settings
}

fn read_controls(
    root: &Section<'_, '_>,
    nodes: &[DiagramNode],
    problems: &mut Problems,
) -> Option<Vec<Control>> {
    root.get("controls")?;
    let mut controls = Vec::new();
    for value in list(root, "controls", problems) {
        let fault = match value.get_ref() {
            DeValue::String(text) => match Control::from_key(text) {
                Some(control) if controls.contains(&control) => {
                    Fault::new(format!("{} is listed twice", quote(text)))
                }
                Some(Control::WorkersOf(name)) if !is_node(nodes, &name) => {
                    no_such_node(nodes, &name)
                }
                Some(control) if !control.fits(nodes) => Fault::new(format!(
                    "{} cannot be controlled: only servers and databases have workers",
                    quote(text)
                )),
                Some(control) => {
                    controls.push(control);
                    continue;
                }
                None => {
                    let keys = Control::ALL.each_ref().map(Control::word);
                    Fault {
                        message: format!("there is no control {}", quote(text)),
                        help: did_you_mean(text, keys).or_else(|| {
                            let keys = keys.join(", ");
                            Some(format!(
                                "the controls are {keys}; workers(db) is that of one node"
                            ))
                        }),
                    }
                }
            },
            other => Fault::new(format!(
                "a text in quotes is expected here, not {}",
                what(other)
            )),
        };
        problems.add(value.span(), "controls", fault);
    }
    Some(controls)
}

fn is_node(nodes: &[DiagramNode], name: &str) -> bool {
    !resolve(nodes.iter().map(|node| node.name.as_str()), name).is_empty()
}

fn read_links(
    root: &Section<'_, '_>,
    spans: &mut Spans,
    problems: &mut Problems,
) -> Vec<DraftLink> {
    let mut links = Vec::new();
    for (place, value) in list(root, "links", problems).iter().enumerate() {
        if place > MAX_LINKS {
            break;
        }
        let at = format!("links[{place}]");
        let Some(section) = Section::of(value, &at, problems) else {
            continue;
        };
        let values = section.read_all(&LINK, &["from", "to"], problems);
        let from = section.required_text("from", "web", problems);
        let to = section.required_text("to", "db", problems);
        let (Some((from, from_span)), Some((to, to_span))) = (from, to) else {
            continue;
        };
        let latency = Values::new(&LINK, &values).duration("latency");
        links.push(DraftLink { from, to, latency });
        spans.links.push(LinkSpans {
            written: place,
            all: value.span(),
            from: from_span,
            to: to_span,
        });
    }
    links
}

fn read_positions(root: &Section<'_, '_>, nodes: &mut [DiagramNode], problems: &mut Problems) {
    let Some((_, value)) = root.get("positions") else {
        return;
    };
    let Some(section) = Section::of(value, "positions", problems) else {
        return;
    };
    for (key, value) in section.entries() {
        let name: &str = key.get_ref();
        let at = section.path(shown(name));
        let found = resolve(nodes.iter().map(|node| node.name.as_str()), name);
        let exact = found.first().filter(|&&place| nodes[place].name == name);
        let Some(&place) = exact else {
            problems.add(key.span(), &at, no_such_node(nodes, name));
            continue;
        };
        match cell(value) {
            Some(position) => nodes[place].position = Some(position),
            None => {
                let fault = Fault::with_help(
                    format!("a position is a cell from -{MAX_CELL} to {MAX_CELL}"),
                    "write [3, 1]: column and row",
                );
                problems.add(value.span(), &at, fault);
            }
        }
    }
}

fn cell(value: &Spanned<DeValue<'_>>) -> Option<(i32, i32)> {
    let DeValue::Array(values) = value.get_ref() else {
        return None;
    };
    let mut numbers = values.iter().map(|value| {
        let number: i32 = whole_number(value.get_ref())?.parse().ok()?;
        (-MAX_CELL..=MAX_CELL).contains(&number).then_some(number)
    });
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Some(x)), Some(Some(y)), None) => Some((x, y)),
        _ => None,
    }
}
