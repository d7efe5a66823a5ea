//! `Edit::Set`: what a path such as `balancer.health-check.interval` refers to.

use simulator::{NodeKind, Scenario};

use super::EditError;
use super::apply::{between, duplicate, remove, some};
use crate::cost::{self, COST};
use crate::document::{Document, Draft};
use crate::kind;
use crate::name;
use crate::parameter::{self, LINK, Parameter};
use crate::quantity::{Fault, Quantity, Value, quote};
use crate::suggestion::did_you_mean;

pub(super) fn set(
    document: &Document,
    draft: &mut Draft,
    path: &str,
    text: &str,
) -> Result<(), EditError> {
    match Target::of(document, path)? {
        Target::Setting(parameter) => set_setting(draft, parameter, text),
        Target::Count(stem) => set_count(document, draft, stem, text),
        Target::Latency(from, to) => {
            let Value::Duration(latency) = read(&LINK[0], text)? else {
                return Ok(());
            };
            let is_meant = between(document, from, to);
            let mut found = false;
            for link in draft.links.iter_mut().filter(|link| is_meant(link)) {
                link.latency = latency;
                found = true;
            }
            if found {
                Ok(())
            } else {
                Err(Fault::new(format!("{} and {} are not linked", quote(from), quote(to))).into())
            }
        }
        Target::Parameter { name, key, field } => {
            let places = name::resolve(draft.nodes.iter().map(|node| node.name.as_str()), name);
            for place in places {
                let node = &mut draft.nodes[place];
                if key == cost::KEY {
                    let old = cost::write(node.cost.as_ref());
                    node.cost = cost::read(&changed(&COST, old, field, text)?);
                } else {
                    node.kind = with(&node.kind, &node.name, key, field, text)?;
                }
            }
            Ok(())
        }
    }
}

/// The value of a `Set` in the form in which files hold it.
///
/// # Errors
/// Where the path or the value is wrong.
pub(crate) fn canonical(document: &Document, path: &str, text: &str) -> Result<String, EditError> {
    let parameter = match Target::of(document, path)? {
        Target::Setting(parameter) => parameter,
        Target::Count(_) => return Ok(read_count(text)?.to_string()),
        Target::Latency(..) => &LINK[0],
        Target::Parameter { name, key, field } => {
            let node = some(document, name)?[0];
            let parameter = if key == cost::KEY {
                &COST
            } else {
                find(kind::table(node.kind.kind()), key, &node.name)?.0
            };
            match (field, parameter.quantity) {
                (Some(field), Quantity::Group { fields, .. }) => find(fields, field, key)?.0,
                _ => parameter,
            }
        }
    };
    Ok(parameter.quantity.format(&read(parameter, text)?))
}

/// What a path refers to.
enum Target<'p> {
    Setting(&'static Parameter),
    Count(&'p str),
    Latency(&'p str, &'p str),
    Parameter {
        name: &'p str,
        key: &'p str,
        field: Option<&'p str>,
    },
}

impl<'p> Target<'p> {
    fn of(document: &Document, path: &'p str) -> Result<Self, EditError> {
        if let Some((from, rest)) = path.split_once("->") {
            let Some((to, "latency")) = rest.rsplit_once('.') else {
                return Err(Fault::with_help(
                    format!("{} is not a path", quote(path)),
                    "write \"web -> db.latency\"",
                )
                .into());
            };
            let (from, to) = (from.trim(), to.trim());
            some(document, from)?;
            some(document, to)?;
            return Ok(Self::Latency(from, to));
        }
        let Some((name, key)) = path.split_once('.') else {
            let settings = parameter::SETTINGS.iter().map(|parameter| parameter.key);
            return parameter::setting(path).map(Self::Setting).ok_or_else(|| {
                Fault {
                    message: format!("{} is not a path", quote(path)),
                    help: did_you_mean(path, settings).or(Some(
                        "write \"node.parameter\", such as \"users.rate\"".to_owned(),
                    )),
                }
                .into()
            });
        };
        let nodes = some(document, name)?;
        if key == "count" {
            return if document.node(name).is_some() {
                Err(Fault::with_help(
                    format!("{} is one node, not a group", quote(name)),
                    "only a group such as \"web\" for web-1, web-2, … has a count",
                )
                .into())
            } else {
                Ok(Self::Count(name))
            };
        }
        let (key, field) = match key.split_once('.') {
            Some((key, field)) => (key, Some(field)),
            None => (key, None),
        };
        for node in nodes.into_iter().filter(|_| key != cost::KEY) {
            find(kind::table(node.kind.kind()), key, &node.name)?;
        }
        Ok(Self::Parameter { name, key, field })
    }
}

fn find(
    table: &'static [Parameter],
    key: &str,
    owner: &str,
) -> Result<(&'static Parameter, usize), EditError> {
    table
        .iter()
        .position(|parameter| parameter.key == key)
        .map(|place| (&table[place], place))
        .ok_or_else(|| {
            let keys: Vec<&str> = table.iter().map(|parameter| parameter.key).collect();
            Fault {
                message: format!("{} has no setting {}", quote(owner), quote(key)),
                help: did_you_mean(key, keys.iter().copied())
                    .or_else(|| Some(format!("it has {}", keys.join(", ")))),
            }
            .into()
        })
}

/// A node of `kind` with one parameter changed.
fn with(
    node: &NodeKind,
    name: &str,
    key: &str,
    field: Option<&str>,
    text: &str,
) -> Result<NodeKind, EditError> {
    let (parameter, place) = find(kind::table(node.kind()), key, name)?;
    let mut values = kind::write(node);
    values[place] = changed(parameter, values[place].clone(), field, text)?;
    Ok(kind::read(node.kind(), &values))
}

/// The value that a parameter has after one of its fields, or all of it, was set.
fn changed(
    parameter: &Parameter,
    old: Value,
    field: Option<&str>,
    text: &str,
) -> Result<Value, EditError> {
    let key = parameter.key;
    match (field, parameter.quantity) {
        (None, _) => read(parameter, text),
        (Some(field), Quantity::Group { fields, .. }) => {
            let (parameter, inner) = find(fields, field, key)?;
            // A group that was off begins with its defaults.
            let mut group = match old {
                Value::Group(Some(group)) => group,
                _ => fields.iter().map(Parameter::default_value).collect(),
            };
            group[inner] = read(parameter, text)?;
            Ok(Value::Group(Some(group)))
        }
        (Some(field), _) => {
            Err(Fault::new(format!("{} has no part {}", quote(key), quote(field))).into())
        }
    }
}

fn read(parameter: &Parameter, text: &str) -> Result<Value, EditError> {
    if let Quantity::Group { fields, .. } = parameter.quantity
        && text.trim_start().starts_with('{')
    {
        return read_group(parameter.key, fields, text);
    }
    parameter.quantity.parse(text).map_err(Into::into)
}

/// Reads a group in the form in which [`Quantity::format`] writes it: `{ interval = "5s", fall = 2 }`.
/// Keys may stand in quotes, as in TOML. A field that is not named has its default.
fn read_group(group: &str, fields: &'static [Parameter], text: &str) -> Result<Value, EditError> {
    let wrong = || Fault::new("this is not a table in braces");
    let inside = text
        .trim()
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .ok_or_else(wrong)?;
    let mut values: Vec<Value> = fields.iter().map(Parameter::default_value).collect();
    let mut named = vec![false; fields.len()];
    for entry in inside.split(',').filter(|_| !inside.trim().is_empty()) {
        let (key, value) = entry.split_once('=').ok_or_else(wrong)?;
        let (field, place) = find(fields, key.trim().trim_matches('"'), group)?;
        if std::mem::replace(&mut named[place], true) {
            return Err(Fault::new(format!("{} is set twice", quote(field.key))).into());
        }
        values[place] = read(field, value.trim().trim_matches('"'))?;
    }
    Ok(Value::Group(Some(values)))
}

fn set_setting(draft: &mut Draft, parameter: &Parameter, text: &str) -> Result<(), EditError> {
    let settings = &mut draft.settings;
    match (parameter.key, read(parameter, text)?) {
        ("title", Value::Text(text)) => settings.title = text,
        ("description", Value::Text(text)) => settings.description = text,
        ("seed", Value::Count(seed)) => settings.seed = seed,
        ("slo", Value::Duration(slo)) => settings.slo = slo,
        ("duration", Value::Duration(duration)) => settings.duration = duration,
        ("warm-up", Value::Duration(warm_up)) => settings.warm_up = warm_up,
        ("speed", Value::Speed(speed)) => settings.speed = speed,
        (key, _) => return Err(Fault::new(format!("{} cannot be set", quote(key))).into()),
    }
    Ok(())
}

fn read_count(text: &str) -> Result<u64, EditError> {
    let quantity = Quantity::Count {
        min: 1,
        max: Scenario::MAX_NODES as u64,
    };
    match quantity.parse(text)? {
        Value::Count(count) => Ok(count),
        _ => Ok(1),
    }
}

/// Brings the group `stem` to as many nodes as `text` says: copies of its last node join, or those
/// with the highest numbers leave.
fn set_count(
    document: &Document,
    draft: &mut Draft,
    stem: &str,
    text: &str,
) -> Result<(), EditError> {
    let count = usize::try_from(read_count(text)?).unwrap_or(usize::MAX);
    let members = some(document, stem)?;
    if count < members.len() {
        let leaving = name::Index::new(members[count..].iter().map(|node| &*node.name));
        remove(draft, |name| leaving.first(name).is_some());
        return Ok(());
    }
    let last = members[members.len() - 1];
    let taken = name::Index::new(members.iter().map(|node| &*node.name));
    let names = (1..)
        .map(|number: u32| format!("{stem}-{number}"))
        .filter(|name| taken.first(name).is_none());
    duplicate(draft, last, names.take(count - members.len()));
    Ok(())
}
