//! The model in sentences: given a system, when things happen, then the model and its wishes are so.

use std::rc::Rc;

use diagram::{Control, Document, Edit, share};
use simulator::{Condition, Kind, SimTime};

use super::fault::SLOW_FACTOR;
use super::*;
use crate::dial::Turn;
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

#[test]
fn a_figure_waits_with_its_computed_picture_until_play() {
    let it = figure();
    assert!(!it.model.has_started && !it.model.is_running());
    let it = it.when([Msg::PressedPlay]);
    assert!(it.model.has_started && it.model.is_running());
    assert_eq!(it.effects, [Effect::SetRunning(true)]);
}

#[test]
fn pausing_shows_the_moment_at_which_time_stands_still() {
    let it = figure().when([Msg::PressedPlay, Msg::PressedPlay]);
    assert!(!it.model.is_running());
    assert!(it.effects.contains(&Effect::SetRunning(false)));
    assert!(it.effects.contains(&Effect::ShowNow));
}

#[test]
fn a_figure_off_screen_does_not_run_and_goes_on_when_seen_again() {
    let it = figure().when([Msg::PressedPlay, Msg::ChangedVisibility(false)]);
    assert_eq!(it.effects, [Effect::SetRunning(false)]);
    let it = it.when([Msg::ChangedVisibility(true)]);
    assert_eq!(it.effects, [Effect::SetRunning(true)]);
}

#[test]
fn scrolling_a_paused_figure_into_view_does_not_start_it() {
    let it = figure().when([Msg::ChangedVisibility(false), Msg::ChangedVisibility(true)]);
    assert_eq!(it.effects, [Effect::SetRunning(false)]);
}

#[test]
fn stepping_pauses_and_says_what_happened() {
    let it = figure().when([Msg::PressedPlay, Msg::PressedStep]);
    assert!(!it.model.is_playing);
    assert_eq!(
        it.effects,
        [Effect::SetRunning(false), Effect::Step, Effect::ShowNow]
    );
    let it = it.when([Msg::Stepped(Some("web-1 starts request 3".to_owned()))]);
    assert_eq!(it.model.status.text, "web-1 starts request 3");
    let it = it.when([Msg::Stepped(None)]);
    assert_eq!(it.model.status.text, text::NOTHING_LEFT);
}

#[test]
fn the_speed_slider_is_logarithmic_and_reaches_both_ends() {
    let it = figure().when([Msg::MovedSpeed(0.0)]);
    assert_eq!(it.effects, [Effect::SetSpeed(Speed::SLOWEST)]);
    let it = it.when([Msg::MovedSpeed(100.0)]);
    assert_eq!(it.model.speed, Speed::FASTEST);
}

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
    assert_eq!(it.effects, [Effect::Become(design), Effect::ShowNow]);
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
fn a_dragged_slider_is_one_step_of_undo() {
    let slid = |place| turn(Control::Load, Turn::Slid(place));
    let it = figure().when([
        slid(10.0),
        slid(20.0),
        slid(30.0),
        Msg::SettledDial,
        slid(40.0),
    ]);
    let it = it.when([Msg::PressedUndo, Msg::PressedUndo]);
    assert_eq!(it.model.design(), &it.model.authored);
    assert!(!it.model.history.can_undo());
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
    for control in Control::ALL {
        if !matches!(
            control,
            Control::Load | Control::Arrivals | Control::Servers
        ) {
            assert_eq!(
                dial::face(it.model.document(), control),
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
fn the_fault_buttons_act_on_the_chosen_node_or_a_server() {
    let it = figure().when([Msg::PressedFault(Fault::Kill, None)]);
    assert_eq!(
        it.applied(),
        [&Edit::Kill {
            name: "web-1".to_owned()
        }]
    );
    let chose = Msg::ChoseFaultNode("db".to_owned());
    let it = it.when([chose, Msg::PressedFault(Fault::Slow, None)]);
    assert_eq!(
        it.applied(),
        [&Edit::Slow {
            name: "db".to_owned(),
            factor: SLOW_FACTOR
        }]
    );
    assert_eq!(it.model.faults().iter().count(), 2);
    let it = it.when([Msg::PressedFault(Fault::Heal, None)]);
    assert_eq!(it.model.faults().iter().count(), 1);
}

#[test]
fn killing_is_undone_by_healing_and_redone_by_killing() {
    let it = figure().when([kill("web-2"), Msg::PressedUndo]);
    assert_eq!(
        it.applied(),
        [&Edit::Heal {
            name: "web-2".to_owned()
        }]
    );
    let it = it.when([Msg::PressedRedo]);
    assert_eq!(
        it.applied(),
        [&Edit::Kill {
            name: "web-2".to_owned()
        }]
    );
    assert_eq!(it.model.faults().get("web-2"), Some(&Condition::Dead));
}

#[test]
fn reset_returns_to_the_authored_system_at_time_zero_and_can_be_undone() {
    let it = figure().when([
        turn(Control::Servers, Turn::Up),
        kill("web-1"),
        Msg::PressedPlay,
    ]);
    let it = it.when([Msg::PressedReset]);
    assert_eq!(it.servers(), ["web-1", "web-2"]);
    assert!(!it.model.is_playing && it.model.faults().is_empty());
    assert!(
        it.effects
            .contains(&Effect::Restart(Rc::clone(&it.model.authored)))
    );
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(it.model.design().nodes().len(), 6);
}

#[test]
fn undo_with_nothing_to_undo_does_nothing() {
    let it = figure().when([Msg::PressedUndo]);
    assert!(it.effects.is_empty());
    assert!(figure().when([Msg::PressedRedo]).effects.is_empty());
}

#[test]
fn a_figure_keeps_nothing_in_the_browser() {
    let it = figure().when([turn(Control::Servers, Turn::Up)]);
    assert!(
        !it.effects
            .iter()
            .any(|it| matches!(it, Effect::Save(_) | Effect::ClearFragment))
    );
}

#[test]
fn the_playground_keeps_work_in_progress_and_drops_the_old_link() {
    let it = playground().when([Msg::PressedAdd(Kind::Database)]);
    assert!(
        it.effects
            .contains(&Effect::Save(Rc::clone(it.model.design())))
    );
    assert!(it.effects.contains(&Effect::ClearFragment));
}

#[test]
fn added_nodes_get_free_names_and_are_selected() {
    let it = playground().when([Msg::PressedAdd(Kind::Server), Msg::PressedAdd(Kind::Server)]);
    let servers = it
        .servers()
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    assert_eq!(servers.len(), 4);
    let selected = it.model.selected.clone().expect("the new node is selected");
    assert!(servers.contains(&selected));
}

#[test]
fn duplicating_copies_the_links_and_deleting_forgets_the_selection() {
    let n_links = playground().model.document().links().len();
    let it = playground().when([Msg::SelectedNode("web-1".to_owned()), Msg::PressedDuplicate]);
    assert_eq!(it.model.document().links().len(), n_links + 2);
    assert_eq!(it.model.selected.as_deref(), Some("web-3"));
    let it = it.when([Msg::PressedDelete]);
    assert_eq!(it.model.selected, None);
    assert_eq!(it.servers(), ["web-1", "web-2"]);
}

#[test]
fn connecting_needs_no_dragging_and_can_be_taken_back() {
    let it = playground().when([Msg::PressedAdd(Kind::Server)]);
    let added = it.model.selected.clone().expect("the new node is selected");
    let n_links = it.model.document().links().len();
    let it = it.when([Msg::Connected("balancer".to_owned(), added.clone())]);
    assert_eq!(it.model.document().links().len(), n_links + 1);
    let it = it.when([Msg::Disconnected("balancer".to_owned(), added)]);
    assert_eq!(it.model.document().links().len(), n_links);
}

#[test]
fn a_link_that_makes_no_sense_is_refused_in_words() {
    let it = playground().when([Msg::Connected("db".to_owned(), "users".to_owned())]);
    assert!(it.effects.is_empty() && it.model.status.is_error);
    assert!(it.model.status.text.len() > 20, "{}", it.model.status.text);
}

#[test]
fn an_invalid_setting_keeps_its_text_and_leaves_the_document_alone() {
    let set = |text: &str| Msg::EnteredSetting("web-1.workers".to_owned(), text.to_owned());
    let it = playground().when([set("lots")]);
    assert_eq!(
        it.model
            .refused
            .get("web-1.workers")
            .map(|it| it.text.as_str()),
        Some("lots")
    );
    assert_eq!(it.model.design(), &it.model.authored);
    let it = it.when([set("9")]);
    assert!(it.model.refused.is_empty());
    assert_eq!(it.value("web-1", "workers"), "9");
}

#[test]
fn another_seed_is_another_run() {
    let it = playground().when([Msg::EnteredSetting("seed".to_owned(), "8".to_owned())]);
    assert_eq!(it.effects[0], Effect::Restart(Rc::clone(it.model.design())));
    assert_eq!(it.model.design().seed(), 8);
    let it = it.when([Msg::PressedUndo]);
    assert_eq!(
        it.effects[0],
        Effect::Restart(Rc::clone(&it.model.authored))
    );
}

#[test]
fn renaming_follows_the_selection_and_refuses_taken_and_odd_names() {
    let select = || Msg::SelectedNode("web-1".to_owned());
    let name = |text: &str| Msg::EnteredName(text.to_owned());
    let it = playground().when([select(), name("front")]);
    assert_eq!(it.model.selected.as_deref(), Some("front"));
    for wrong in ["db", "<script>", ""] {
        let it = playground().when([select(), name(wrong)]);
        assert!(it.model.refused.contains(NAME_FIELD), "{wrong}");
        assert_eq!(it.model.selected.as_deref(), Some("web-1"));
    }
}

#[test]
fn arrows_go_from_node_to_node_and_take_the_focus_along() {
    let it = playground().when([Msg::PressedArrow(Direction::Right)]);
    let first = it.model.selected.clone().expect("the first node");
    let it = it.when([Msg::PressedArrow(Direction::Right)]);
    let second = it.model.selected.clone().expect("its neighbour");
    assert_ne!(first, second);
    assert_eq!(it.effects, [Effect::FocusNode(second)]);
}

#[test]
fn dragging_shows_and_dropping_moves_once() {
    let drag = |x, y| Msg::DraggedNode("db".to_owned(), (x, y));
    let it = playground().when([drag(10.0, 10.0), drag(400.0, 300.0)]);
    assert!(!it.model.history.can_undo());
    let scenario = it.model.document().scenario();
    let it = it.when([Msg::DroppedNode]);
    assert!(matches!(it.applied()[..], [Edit::Move { .. }]));
    assert_eq!(
        it.model.document().scenario(),
        scenario,
        "places never change a result"
    );
    let it = it.when([Msg::PressedUndo]);
    assert!(!it.model.history.can_undo());
}

#[test]
fn a_cancelled_drag_leaves_everything_in_its_place() {
    let drag = Msg::DraggedNode("db".to_owned(), (400.0, 300.0));
    let it = playground().when([drag, Msg::CancelledDrag, Msg::DroppedNode]);
    assert!(it.effects.is_empty() && it.model.drag.is_none());
}

#[test]
fn alt_and_arrows_move_a_node_only_in_the_playground() {
    let select = || Msg::SelectedNode("db".to_owned());
    let it = playground().when([select(), Msg::NudgedNode(Direction::Down)]);
    assert!(matches!(it.applied()[..], [Edit::Move { .. }]));
    let it = figure().when([select(), Msg::NudgedNode(Direction::Down)]);
    assert!(it.effects.is_empty());
}

#[test]
fn running_to_a_moment_is_exact_and_forward_only() {
    let it = playground().when([Msg::EnteredGoal("30s".to_owned())]);
    let goal = SimTime::from_secs(30);
    assert_eq!(
        it.effects,
        [Effect::SetGoal(Some(goal)), Effect::SetRunning(true)]
    );
    let it = it.when([Msg::ReachedGoal]);
    assert!(!it.model.is_running());
    assert_eq!(it.model.status.text, "Stopped at t = 30 s.");
    let it = it.when([Msg::EnteredGoal("soon".to_owned())]);
    assert_eq!(
        it.model
            .refused
            .get(GOAL_FIELD)
            .map(|it| it.message.as_str()),
        Some(text::NOT_A_MOMENT)
    );
}

#[test]
fn a_moment_that_is_over_cannot_be_run_to() {
    let mut it = playground();
    let mut sample = sample_of(it.model.document());
    sample.time = SimTime::from_secs(10);
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    let it = it.when([Msg::EnteredGoal("5s".to_owned())]);
    assert_eq!(
        it.model
            .refused
            .get(GOAL_FIELD)
            .map(|it| it.message.as_str()),
        Some(text::MOMENT_IS_PAST)
    );
    assert!(it.effects.is_empty());
}

#[test]
fn an_import_with_mistakes_shows_all_of_them_and_touches_nothing() {
    let wrong =
        "format = 1\n[nodes.a]\nkind = \"sever\"\n[nodes.b]\nkind = \"server\"\nworkers = 0\n";
    let it = playground().when([Msg::EditedImport(wrong.to_owned()), Msg::PressedImport]);
    assert!(it.model.problems.len() >= 2, "{:?}", it.model.problems);
    assert_eq!(it.model.problems[0].place.0, 3);
    assert!(
        it.model.problems[0]
            .help
            .as_deref()
            .is_some_and(|help| help.contains("server"))
    );
    assert_eq!(it.model.design(), &it.model.authored);
    assert!(it.effects.is_empty());
}

#[test]
fn a_valid_import_replaces_the_scenario_and_reset_returns_to_it() {
    let other = TWO_SERVERS.replace("count = 2", "count = 4");
    let it = playground().when([Msg::EditedImport(other), Msg::PressedImport]);
    assert_eq!(it.servers().len(), 4);
    assert_eq!(it.model.panel, None);
    let it = it.when([turn(Control::Servers, Turn::Up), Msg::PressedReset]);
    assert_eq!(it.servers().len(), 4);
}

#[test]
fn a_file_that_is_no_text_says_so() {
    let it = playground().when([Msg::ReadFile(None)]);
    assert_eq!(it.model.problems[0].message, text::FILE_UNREADABLE);
}

#[test]
fn export_is_what_import_reads() {
    let it = playground().when([turn(Control::Servers, Turn::Up), Msg::PressedDownload]);
    let [Effect::Download { name, text }] = it.effects.as_slice() else {
        panic!("one download")
    };
    assert_eq!(name, "two-servers.toml");
    let read = Document::parse(text).expect("what is exported is valid");
    assert_eq!(&read, it.model.design().as_ref());
}

#[test]
fn sharing_makes_a_link_shows_it_and_copies_it() {
    let it = playground().when([Msg::ToggledPanel(Panel::Share)]);
    assert_eq!(it.effects, [Effect::MakeLink]);
    let link = "https://example.org/playground/#s=1.x".to_owned();
    let it = it.when([Msg::MadeLink {
        link: link.clone(),
        is_exact: true,
    }]);
    assert_eq!(it.effects, [Effect::Copy(link.clone())]);
    assert_eq!(it.model.link, Some(link));
    let it = it.when([Msg::Copied(false)]);
    assert_eq!(it.model.status.text, text::NOT_COPIED);
}

#[test]
fn a_link_opens_its_scenario() {
    let other = Document::parse(&TWO_SERVERS.replace("seed = 7", "seed = 99")).expect("valid");
    let it = playground().when([Msg::OpenedLink(share::encode(&other).expect("it is small"))]);
    assert_eq!(it.model.design().as_ref(), &other);
    assert!(!it.model.is_playing);
}

#[test]
fn hostile_links_leave_the_scenario_alone_and_say_why() {
    let huge = format!("1.{}", "A".repeat(1_000_000));
    for code in [
        "",
        "1.",
        "1.!!!!",
        "9.abcd",
        "1.AAAA",
        "<script>",
        huge.as_str(),
    ] {
        let it = playground().when([Msg::OpenedLink(code.to_owned())]);
        assert!(
            it.model.status.is_error,
            "{}",
            code.get(..12).unwrap_or(code)
        );
        assert_eq!(it.model.design(), &it.model.authored);
        assert!(it.effects.is_empty());
    }
}

#[test]
fn what_the_timeline_does_is_seen_but_is_no_step_of_undo() {
    let mut it = playground().when([Msg::SelectedNode("web-2".to_owned())]);
    let edit = Edit::Remove {
        name: "web-2".to_owned(),
    };
    let running = it.model.document().apply(&edit).expect("it can be removed");
    let mut sample = sample_of(&Rc::new(running));
    sample.design = Rc::clone(it.model.design());
    update(&mut it.model, Msg::Sampled(Box::new(sample)));
    assert_eq!(it.servers(), ["web-1"]);
    assert_eq!(it.model.selected, None);
    assert!(!it.model.history.can_undo());
}

#[test]
fn an_edit_that_the_run_refuses_is_said() {
    let it = playground().when([Msg::EditRefused("there is no web-9".to_owned())]);
    assert!(it.model.status.is_error);
}

#[test]
fn pressing_a_node_of_a_figure_says_what_is_known_of_it() {
    let it = figure().when([Msg::SelectedNode("web-2".to_owned())]);
    assert!(
        it.model.status.text.starts_with("web-2: "),
        "{}",
        it.model.status.text
    );
    assert_eq!(it.model.fault_target().as_deref(), Some("web-2"));
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
