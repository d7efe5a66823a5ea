//! The links of the selected node: each with its latency, and a new one without dragging.

use diagram::parameter::LINK;
use diagram::quantity::format_duration;
use diagram::wording::alternatives;
use diagram::{DiagramNode, kind};
use simulator::Kind;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::select::view_select;
use super::setting::view_setting;
use crate::dial::latency_path;
use crate::focus::Part;
use crate::msg::Msg;
use crate::text;

/// The links from and to `node`.
pub fn view_links(ui: &Ui<'_>, node: &DiagramNode) -> Html {
    let document = ui.model.document();
    let name = |id: simulator::NodeId| {
        document
            .nodes()
            .get(id.index())
            .map_or("", |node| node.name.as_str())
    };
    let links: Vec<(&str, &str, String)> = document
        .links()
        .iter()
        .map(|link| {
            (
                name(link.from),
                name(link.to),
                format_duration(link.latency),
            )
        })
        .filter(|(from, to, _)| *from == node.name || *to == node.name)
        .collect();
    html! {
        <>
            <h3 class="panel-title" id={Part::Links.id(ui.id)} tabindex="-1">{ text::LINKS }</h3>
            if links.is_empty() {
                <p class="setting-note">{ text::NO_LINKS }</p>
            }
            <ul class="link-list">
                { for links.into_iter().map(|(from, to, latency)| html! {
                    <li key={format!("{from} {to}")}>
                        <div class="setting-row">
                            <span id={Part::Link(from.to_owned(), to.to_owned()).id(ui.id)} tabindex="-1">
                                { format!("{from} → {to}") }
                            </span>
                            { Button::new(
                                text::DISCONNECT,
                                Msg::Disconnected(from.to_owned(), to.to_owned()),
                            ).named(format!("{} {from} from {to}", text::DISCONNECT))
                                .once().view(ui) }
                        </div>
                        { view_setting(ui, &LINK[0], &latency_path(from, to), &latency) }
                    </li>
                }) }
            </ul>
            { view_connect(ui, node) }
        </>
    }
}

/// Both ways to make a link of `node` without dragging: to a node that it calls, and from one that
/// calls it.
fn view_connect(ui: &Ui<'_>, node: &DiagramNode) -> Html {
    let document = ui.model.document();
    let here = node.kind.kind();
    let is_linked = |from: &str, to: &str| {
        let ends = (document.node_id(from), document.node_id(to));
        document
            .links()
            .iter()
            .any(|link| (Some(link.from), Some(link.to)) == ends)
    };
    let others = || document.nodes().iter().filter(|it| it.name != node.name);
    let callees: Vec<&DiagramNode> = others()
        .filter(|it| here.may_call(it.kind.kind()) && !is_linked(&node.name, &it.name))
        .collect();
    let callers: Vec<&DiagramNode> = others()
        .filter(|it| it.kind.kind().may_call(here) && !is_linked(&it.name, &node.name))
        .collect();
    let has_links = document.node_id(&node.name).is_some_and(|id| {
        let mut links = document.links().iter();
        links.any(|link| link.from == id || link.to == id)
    });
    if callees.is_empty() && callers.is_empty() && !has_links {
        let kinds = Kind::ALL
            .into_iter()
            .filter(|&it| here.may_call(it) || it.may_call(here));
        let kinds: Vec<&str> = kinds.map(kind::noun).collect();
        return html! {
            <p class="setting-note">{ text::nothing_to_connect(&alternatives(&kinds)) }</p>
        };
    }
    let name = node.name.as_str();
    html! {
        <>
            { view_choice(ui, "target", text::CONNECT_TO, &callees, ui.model.target.as_deref(),
                usual_target(here, &callees), Msg::ChoseTarget,
                |other| Msg::Connected(name.to_owned(), other)) }
            { view_choice(ui, "source", text::CONNECT_FROM, &callers, ui.model.source.as_deref(),
                callers.first().map(|it| it.name.as_str()), Msg::ChoseSource,
                |other| Msg::Connected(other, name.to_owned())) }
        </>
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "two of a kind, each told apart by all of these"
)]
fn view_choice(
    ui: &Ui<'_>,
    key: &str,
    label: &'static str,
    others: &[&DiagramNode],
    chosen: Option<&str>,
    usual: Option<&str>,
    chose: fn(String) -> Msg,
    connect: impl Fn(String) -> Msg,
) -> Html {
    let Some(usual) = usual else {
        return Html::default();
    };
    let chosen = chosen
        .filter(|chosen| others.iter().any(|node| node.name == *chosen))
        .unwrap_or(usual);
    let field = format!("{}-{key}", ui.id);
    let mut names = others.iter().map(|it| (it.name.as_str(), it.name.as_str()));
    html! {
        <div class="action-row">
            <label for={field.clone()} class="visually-hidden">{ label }</label>
            { view_select(ui, &field, None, &mut names, chosen, chose) }
            { Button::new(format!("{label} {chosen}"), connect(chosen.to_owned())).once().view(ui) }
        </div>
    }
}

/// What a node of this kind is linked to in most systems, else whatever is possible.
fn usual_target<'t>(kind: Kind, targets: &[&'t DiagramNode]) -> Option<&'t str> {
    let usual = match kind {
        Kind::Clients => Kind::Balancer,
        Kind::Balancer => Kind::Server,
        Kind::Cdn => Kind::Balancer,
        Kind::Server
        | Kind::Dns
        | Kind::Shards
        | Kind::Database
        | Kind::Cache
        | Kind::ObjectStore => Kind::Database,
    };
    let found = targets
        .iter()
        .find(|node| node.kind.kind() == usual)
        .or(targets.first());
    found.map(|node| node.name.as_str())
}
