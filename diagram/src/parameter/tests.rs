use simulator::Distribution;

use super::*;

fn every_parameter() -> Vec<&'static Parameter> {
    let mut all: Vec<_> = SETTINGS.iter().chain(&LINK).collect();
    for kind in Kind::ALL {
        for parameter in parameters(kind) {
            all.push(parameter);
            if let Quantity::Group { fields, .. } = parameter.quantity {
                all.extend(fields);
            }
        }
    }
    all
}

#[test]
fn every_default_is_in_its_range_and_in_canonical_form() {
    for parameter in every_parameter() {
        if let Quantity::Group { .. } = parameter.quantity {
            continue;
        }
        let value = parameter.default_value();
        assert_eq!(
            parameter.quantity.format(&value),
            parameter.default,
            "{}",
            parameter.key
        );
    }
}

#[test]
fn every_parameter_is_read_and_written() {
    for kind in Kind::ALL {
        let defaults = kind::default(kind);
        assert_eq!(defaults.kind(), kind);
        let values = kind::write(&defaults);
        assert_eq!(values.len(), parameters(kind).len(), "{kind:?}");
        for (parameter, value) in parameters(kind).iter().zip(&values) {
            assert_eq!(
                value_text(&defaults, parameter.key),
                Some(parameter.quantity.format(value)),
                "{kind:?}.{}",
                parameter.key
            );
        }
        assert_eq!(kind::read(kind, &values), defaults, "{kind:?}");
    }
}

#[test]
fn each_parameter_reaches_the_field_it_names() {
    for kind in Kind::ALL {
        let defaults = kind::write(&kind::default(kind));
        for (place, parameter) in parameters(kind).iter().enumerate() {
            let mut changed = defaults.clone();
            changed[place] = another(&parameter.quantity, &defaults[place]);
            let back = kind::write(&kind::read(kind, &changed));
            assert_eq!(back, changed, "{kind:?}.{}", parameter.key);
        }
    }
}

fn another(quantity: &Quantity, value: &Value) -> Value {
    match (quantity, value) {
        (Quantity::Choice(choices), Value::Choice(place)) => {
            Value::Choice((place + 1) % choices.len())
        }
        (_, Value::Duration(duration)) => {
            Value::Duration(SimDuration::from_nanos(duration.as_nanos() / 2 + 1))
        }
        (_, Value::Never) => Value::Duration(SimDuration::from_secs(1)),
        (_, Value::Rate(rate)) => Value::Rate(rate + 1.0),
        (_, Value::Share(share)) => Value::Share(share / 2.0),
        (_, Value::Count(count)) => Value::Count(count + 1),
        (_, Value::ServiceTime(law)) => Value::ServiceTime(Distribution::Deterministic {
            mean: SimDuration::from_nanos(law.mean().as_nanos() / 2 + 1),
        }),
        (Quantity::Group { fields, .. }, Value::Group(Some(values))) => Value::Group(Some(
            fields
                .iter()
                .zip(values)
                .map(|(field, value)| another(&field.quantity, value))
                .collect(),
        )),
        (Quantity::Group { fields, .. }, Value::Group(None)) => {
            Value::Group(Some(fields.iter().map(Parameter::default_value).collect()))
        }
        (_, value) => value.clone(),
    }
}

#[test]
fn a_field_of_a_group_is_reached_with_a_dot() {
    let balancer = kind::default(Kind::Balancer);
    assert_eq!(
        value_text(&balancer, "health-check.interval").as_deref(),
        Some("5s")
    );
    assert_eq!(value_text(&balancer, "health-check.colour"), None);
    assert_eq!(value_text(&balancer, "colour"), None);
}

#[test]
fn a_link_that_is_made_by_hand_is_like_one_that_is_written() {
    assert_eq!(LINK[0].default_value(), Value::Duration(LINK_LATENCY));
}
