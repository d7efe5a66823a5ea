//! The figure's controls, and the texts typed into them.

use super::*;

#[test]
fn adding_a_server_reaches_the_session_and_is_undone() {
    let it = figure().when([turn(Control::Servers, Turn::Up)]);
    assert_eq!(it.servers(), ["web-1", "web-2", "web-3"]);
    let wanted = Edit::Duplicate {
        name: "web-2".to_owned(),
        as_name: "web-3".to_owned(),
    };
    assert_eq!(it.applied(), [&wanted]);
    assert_eq!(it.model.status.text, "web-3 was added.");
    let design = Rc::clone(&it.model.authored);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.effects[..2], [Effect::Become(design), Effect::ShowNow]);
}

#[test]
fn all_servers_that_were_added_or_removed_are_counted() {
    let it = figure().when([to(Control::Servers, "5")]);
    assert_eq!(it.model.status.text, "3 servers were added.");
    let it = it.when([to(Control::Servers, "1")]);
    assert!(
        it.model.status.text.starts_with("4 servers were removed"),
        "{}",
        it.model.status.text
    );
}

#[test]
fn the_last_server_is_removed_first() {
    let it = figure().when([turn(Control::Servers, Turn::Down)]);
    assert_eq!(it.servers(), ["web-1"]);
    assert_eq!(
        it.applied(),
        [&Edit::Remove {
            name: "web-2".to_owned()
        }]
    );
}

#[test]
fn no_servers_at_all_are_possible_and_the_first_comes_back_linked() {
    let down = || turn(Control::Servers, Turn::Down);
    let it = figure().when([down(), down(), down()]);
    assert!(it.servers().is_empty());
    assert!(it.effects.is_empty(), "nothing is left to remove");
    let it = it.when([turn(Control::Servers, Turn::Up)]);
    assert_eq!(it.servers(), ["web-1"]);
    assert_eq!(it.value("web-1", "workers"), "2");
    assert_eq!(it.model.document().links().len(), 3);
}

#[test]
fn the_load_goes_from_nothing_to_a_thousandfold() {
    let it = figure().when([turn(Control::Load, Turn::Slid(0.0))]);
    assert_eq!(it.value("users", "rate"), "0/s");
    let it = it.when([to(Control::Load, "200,000")]);
    assert_eq!(it.value("users", "rate"), "200000/s");
    let it = it.when([turn(Control::Load, Turn::Slid(dial::LAST_LOAD_PLACE))]);
    assert_eq!(it.value("users", "rate"), "1000000/s");
}

#[test]
fn a_comma_is_read_as_it_was_meant() {
    let latency = |text: &str| {
        let it = figure().when([to(Control::Latency, text)]);
        let links = it.model.document().links().to_vec();
        links.iter().map(|link| link.latency).max()
    };
    assert_eq!(latency("1,5ms"), Some(SimDuration::from_micros(1_500)));
    assert_eq!(latency("1,500 ms"), Some(SimDuration::from_millis(1_500)));
    let it = figure().when([to(Control::Load, "2,5")]);
    assert_eq!(it.value("users", "rate"), "2.5/s");
}

#[test]
fn a_load_that_is_no_number_stays_in_its_field_and_changes_nothing() {
    let it = figure().when([to(Control::Load, "much")]);
    assert_eq!(it.value("users", "rate"), "200/s");
    assert_eq!(
        it.model.refused.get("load").map(|it| it.text.as_str()),
        Some("much")
    );
    assert!(it.model.status.is_error && it.effects.is_empty());
    let it = it.when([to(Control::Load, "300")]);
    assert!(it.model.refused.is_empty() && !it.model.status.is_error);
}

#[test]
fn every_control_acts_on_every_node_that_it_means() {
    let it = figure().when([turn(Control::Workers, Turn::Up)]);
    assert_eq!(
        [it.value("web-1", "workers"), it.value("web-2", "workers")],
        ["3", "3"]
    );
    let it = it.when([turn(Control::Queries, Turn::Up)]);
    assert_eq!(it.value("web-2", "queries"), "2");
    let it = it.when([to(Control::Policy, "power-of-two")]);
    assert_eq!(it.value("balancer", "policy"), "power-of-two");
    let it = it.when([to(Control::Arrivals, "even")]);
    assert_eq!(it.value("users", "arrivals"), "even");
    let it = it.when([turn(Control::Latency, Turn::Up)]);
    let longest = it
        .model
        .document()
        .links()
        .iter()
        .map(|link| link.latency)
        .max();
    assert_eq!(longest, Some(SimDuration::from_micros(500)));
}

#[test]
fn a_control_that_names_a_node_or_a_group_acts_on_that_alone() {
    let of = |name: &str| Control::WorkersOf(name.to_owned());
    let it = figure().when([to(of("db"), "4"), turn(of("web"), Turn::Up)]);
    let workers = ["web-1", "web-2", "db"].map(|name| it.value(name, "workers"));
    assert_eq!(workers, ["3", "3", "4"]);
    let it = it.when([to(of("db"), "none")]);
    assert!(it.model.refused.get("workers(db)").is_some());
    assert!(it.model.refused.get("workers(web)").is_none());
}

#[test]
fn a_health_check_can_be_switched_off_and_on_again() {
    let it = figure().when([to(Control::HealthCheck, "off")]);
    assert_eq!(it.value("balancer", "health-check"), "off");
    let it = it.when([to(Control::HealthCheck, "1s")]);
    assert_eq!(it.value("balancer", "health-check.interval"), "1s");
}

#[test]
fn a_control_with_nothing_to_act_on_does_nothing() {
    let it = given(
        Surface::Figure,
        "format = 1\n[nodes.users]\nkind = \"clients\"\n",
    );
    for control in Control::ALL
        .into_iter()
        .chain([Control::WorkersOf("db".to_owned())])
    {
        if !matches!(
            control,
            Control::Load | Control::Arrivals | Control::Servers
        ) {
            assert_eq!(
                dial::face(it.model.document(), &control),
                dial::Face::Nothing,
                "{control:?}"
            );
        }
    }
    let it = it.when([
        turn(Control::Workers, Turn::Up),
        to(Control::Policy, "random"),
    ]);
    assert!(it.effects.is_empty());
}

#[test]
fn a_text_being_typed_survives_reports_until_it_is_entered_or_left() {
    let typed = || Msg::Typed("load".to_owned(), "3".to_owned());
    let mut it = figure().when([typed()]);
    let sample = sample_of(it.model.document());
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    assert_eq!(
        it.model.typed.as_ref().map(|typed| typed.text.as_str()),
        Some("3")
    );
    let it = it.when([to(Control::Load, "30")]);
    assert_eq!(
        (it.model.typed.as_ref(), it.value("users", "rate")),
        (None, "30/s".to_owned())
    );
    assert!(it.when([typed(), Msg::LeftField]).model.typed.is_none());
}

#[test]
fn a_count_goes_far_in_a_few_steps_and_takes_any_exact_value() {
    let steps = std::iter::repeat_n(turn(Control::Queries, Turn::Up), 7);
    let given = figure().when(steps);
    assert_eq!(given.value("web-1", "queries"), "30");
    let given = given.when([to(Control::Queries, "29")]);
    assert_eq!(given.value("web-2", "queries"), "29");
    let given = given.when([to(Control::Queries, "many")]);
    assert_eq!(given.value("web-1", "queries"), "29");
    assert!(given.model.refused.get(Control::Queries.word()).is_some());
}

#[test]
fn as_many_servers_as_are_written_are_one_step_of_undo() {
    let given = playground().when([to(Control::Servers, "5")]);
    assert_eq!(given.servers().len(), 5);
    let given = given.when([to(Control::Servers, "0")]);
    assert!(given.servers().is_empty());
    let given = given.when([to(Control::Servers, "1")]);
    assert_eq!(given.servers().len(), 1);
    let given = given.when([Msg::PressedUndo, Msg::PressedUndo, Msg::PressedUndo]);
    assert_eq!(given.model.design(), &given.model.authored);
    assert!(!given.model.history.can_undo());
}

#[test]
fn a_number_of_servers_that_is_none_stays_in_its_field_and_changes_nothing() {
    for text in ["-1", "two", "1000000", ""] {
        let given = figure().when([to(Control::Servers, text)]);
        assert_eq!(given.servers().len(), 2, "{text}");
        assert!(given.effects.is_empty());
        let refused = given.model.refused.get(Control::Servers.word());
        assert_eq!(refused.map(|it| it.text.as_str()), Some(text));
    }
}

#[test]
fn a_latency_can_be_written() {
    let given = figure().when([to(Control::Latency, "3")]);
    let latencies: Vec<String> = given
        .model
        .document()
        .links()
        .iter()
        .map(|link| link.latency.to_string())
        .collect();
    assert_eq!(
        latencies.iter().filter(|it| *it == "3 ms").count(),
        2,
        "{latencies:?}"
    );
}
