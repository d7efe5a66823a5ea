//! A document as text: canonical, so that equal documents are equal texts, and short, so that a
//! share link fits in a message. [`Document::parse`] reads it back as the same document.

use crate::shortest::Shortest;
use std::fmt::Write as _;

use simulator::{Link, NodeId, SimDuration};

use super::{DiagramNode, Document, FORMAT, Timed, Variant};
use crate::cost::{self, COST};
use crate::edit::Edit;
use crate::kind;
use crate::name;
use crate::quantity::{format_duration, toml_string};

impl Document {
    /// The document as TOML. Nodes that differ only in their number become one table with a count.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        self.write_settings(out);
        for (title, count, node) in groups(&self.nodes) {
            line(
                out,
                format_args!(
                    "\n[nodes.{title}]\nkind = \"{}\"",
                    kind::key(node.kind.kind())
                ),
            );
            if let Some(count) = count {
                line(out, format_args!("count = {count}"));
            }
            let table = kind::table(node.kind.kind());
            for (parameter, value) in table.iter().zip(kind::write(&node.kind)) {
                line(
                    out,
                    format_args!("{} = {}", parameter.key, parameter.to_toml(&value)),
                );
            }
            if node.cost.is_some() {
                let value = cost::write(node.cost.as_ref());
                line(out, format_args!("{} = {}", COST.key, COST.to_toml(&value)));
            }
        }
        let mut rest = self.links();
        while let Some((from, to, taken)) = self.longest_link(rest) {
            let latency = toml_string(&format_duration(rest[0].latency));
            line(
                out,
                format_args!("\n[[links]]\nfrom = \"{from}\"\nto = \"{to}\"\nlatency = {latency}"),
            );
            rest = &rest[taken..];
        }
        for timed in &self.timeline {
            write_timed(out, timed);
        }
        for variant in &self.variants {
            write_variant(out, variant);
        }
        let mut placed = self
            .nodes
            .iter()
            .filter_map(|node| node.position.map(|place| (&node.name, place)))
            .peekable();
        if placed.peek().is_some() {
            line(out, format_args!("\n[positions]"));
        }
        for (name, (x, y)) in placed {
            line(out, format_args!("{name} = [{x}, {y}]"));
        }
    }

    fn write_settings(&self, out: &mut String) {
        let settings = &self.settings;
        line(out, format_args!("format = {FORMAT}"));
        line(
            out,
            format_args!("title = {}", toml_string(&settings.title)),
        );
        if !settings.description.is_empty() {
            line(
                out,
                format_args!("description = {}", toml_string(&settings.description)),
            );
        }
        line(out, format_args!("seed = {}", settings.seed));
        let mut duration = |key: &str, value: SimDuration| {
            line(out, format_args!("{key} = \"{}\"", format_duration(value)));
        };
        duration("slo", settings.slo);
        duration("duration", settings.duration);
        duration("warm-up", settings.warm_up);
        line(
            out,
            format_args!("speed = \"{}\"", settings.speed.to_ascii()),
        );
        if let Some(controls) = &settings.controls {
            let keys: Vec<String> = controls
                .iter()
                .map(|control| toml_string(&control.key()))
                .collect();
            line(out, format_args!("controls = [{}]", keys.join(", ")));
        }
    }

    /// The names and the length of the longest run of links at the start of `rest` that can be
    /// written as one. What a name means is asked of the same function that reading asks.
    fn longest_link(&self, rest: &[Link]) -> Option<(&str, &str, usize)> {
        let first = rest.first()?;
        let candidates = |id: NodeId| {
            let name = self.nodes[id.index()].name.as_str();
            let group = name::split_number(name).map(|(stem, _)| stem);
            group
                .into_iter()
                .chain([name])
                .map(|name| (name, self.resolve(name)))
        };
        let mut longest: Option<(&str, &str, usize)> = None;
        for (from, sources) in candidates(first.from) {
            for (to, targets) in candidates(first.to) {
                let length = sources.len() * targets.len();
                let same = length <= rest.len()
                    && rest
                        .iter()
                        .zip(pairs(&sources, &targets))
                        .all(|(link, pair)| {
                            (link.from, link.to) == pair && link.latency == first.latency
                        });
                if same && longest.is_none_or(|(_, _, best)| length > best) {
                    longest = Some((from, to, length));
                }
            }
        }
        longest
    }
}

fn pairs<'a>(
    sources: &'a [NodeId],
    targets: &'a [NodeId],
) -> impl Iterator<Item = (NodeId, NodeId)> + 'a {
    sources
        .iter()
        .flat_map(|&from| targets.iter().map(move |&to| (from, to)))
}

/// Nodes as tables: a title, how many nodes it stands for where it is a group, and one of them.
fn groups(nodes: &[DiagramNode]) -> Vec<(&str, Option<usize>, &DiagramNode)> {
    let mut groups = Vec::new();
    let mut rest = nodes;
    while let Some((first, _)) = rest.split_first() {
        let stem = name::split_number(&first.name).filter(|&(_, number)| number == 1);
        let taken = stem.map_or(1, |(stem, _)| {
            rest.iter()
                .zip(1..)
                .take_while(|(node, number)| {
                    (&node.kind, node.cost) == (&first.kind, first.cost)
                        && name::split_number(&node.name) == Some((stem, *number))
                })
                .count()
        });
        match stem {
            // A node that is called like the group would be meant by the group's table.
            Some((stem, _)) if taken > 1 && nodes.iter().all(|node| node.name != stem) => {
                groups.push((stem, Some(taken), first));
                rest = &rest[taken..];
            }
            _ => {
                groups.push((first.name.as_str(), None, first));
                rest = &rest[1..];
            }
        }
    }
    groups
}

fn write_timed(out: &mut String, timed: &Timed) {
    let at = format_duration(SimDuration::from_nanos(timed.at.as_nanos()));
    line(out, format_args!("\n[[timeline]]\nat = \"{at}\""));
    match &timed.edit {
        Edit::Set { path, value } => {
            line(
                out,
                format_args!("set = {{ {} = {} }}", toml_string(path), set_value(value)),
            );
        }
        Edit::Add { name, kind } => {
            line(
                out,
                format_args!("add = \"{name}\"\nkind = \"{}\"", kind::key(*kind)),
            );
        }
        Edit::Duplicate { name, as_name } => {
            line(
                out,
                format_args!("duplicate = \"{name}\"\nas = \"{as_name}\""),
            );
        }
        Edit::Remove { name } => line(out, format_args!("remove = \"{name}\"")),
        Edit::Rename { name, to } => line(out, format_args!("rename = \"{name}\"\nto = \"{to}\"")),
        Edit::Connect { from, to, latency } => {
            let latency = format_duration(*latency);
            line(
                out,
                format_args!(
                    "connect = {{ from = \"{from}\", to = \"{to}\", latency = \"{latency}\" }}"
                ),
            );
        }
        Edit::Disconnect { from, to } => {
            line(
                out,
                format_args!("disconnect = {{ from = \"{from}\", to = \"{to}\" }}"),
            );
        }
        Edit::Kill { name } => line(out, format_args!("kill = \"{name}\"")),
        Edit::Slow { name, factor } => {
            // A number with a point, as the format has it.
            let point = if factor.fract() == 0.0 { ".0" } else { "" };
            let factor = Shortest(*factor);
            line(
                out,
                format_args!("slow = \"{name}\"\nfactor = {factor}{point}"),
            );
        }
        Edit::Heal { name } => line(out, format_args!("heal = \"{name}\"")),
        // Positions are not part of a run, so no timeline holds one.
        Edit::Move { .. } => {}
    }
}

fn write_variant(out: &mut String, variant: &Variant) {
    let set: Vec<String> = variant
        .settings
        .iter()
        .map(|(path, value)| format!("{} = {}", toml_string(path), set_value(value)))
        .collect();
    line(
        out,
        format_args!(
            "\n[[variants]]\nname = {}\nlabel = {}\nset = {{ {} }}",
            toml_string(&variant.name),
            toml_string(&variant.label),
            set.join(", ")
        ),
    );
}

/// The values of a timeline are in the form that [`crate::quantity::Quantity::format`] writes: a
/// plain number stands as it is, everything else in quotes.
fn set_value(value: &str) -> String {
    // "007" is a title, not a number of TOML, and "{ x" no table: only what reads back as it was.
    let is_number = value == "0"
        || (value.starts_with(|c: char| ('1'..='9').contains(&c))
            && value.len() < 18
            && value.bytes().all(|b| b.is_ascii_digit()));
    if is_number {
        value.to_owned()
    } else {
        toml_string(value)
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}
