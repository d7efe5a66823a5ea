//! The links of the selected node: each with its latency, and a new one without dragging.

use diagram::DiagramNode;
use diagram::parameter::LINK;
use diagram::quantity::format_duration;
use simulator::Kind;
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::select::view_select;
use super::setting::view_setting;
use crate::dial::latency_path;
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
            <h3 class="panel-title">{ text::LINKS }</h3>
            if links.is_empty() {
                <p class="setting-note">{ text::NO_LINKS }</p>
            }
            <ul class="link-list">
                { for links.into_iter().map(|(from, to, latency)| html! {
                    <li key={format!("{from} {to}")}>
                        <div class="setting-row">
                            <span>{ format!("{from} → {to}") }</span>
                            { Button::new(
                                text::DISCONNECT,
                                Msg::Disconnected(from.to_owned(), to.to_owned()),
                            ).named(format!("{} {from} from {to}", text::DISCONNECT)).view(ui) }
                        </div>
                        { view_setting(ui, &LINK[0], &latency_path(from, to), &latency) }
                    </li>
                }) }
            </ul>
            { view_connect(ui, node) }
        </>
    }
}

fn view_connect(ui: &Ui<'_>, node: &DiagramNode) -> Html {
    let document = ui.model.document();
    let Some(here) = document.node_id(&node.name) else {
        return Html::default();
    };
    let is_linked = |to: simulator::NodeId| {
        document
            .links()
            .iter()
            .any(|link| link.from == here && link.to == to)
    };
    let targets: Vec<&DiagramNode> = document
        .nodes()
        .iter()
        .filter(|other| node.kind.kind().may_call(other.kind.kind()) && other.name != node.name)
        .filter(|other| {
            document
                .node_id(&other.name)
                .is_some_and(|id| !is_linked(id))
        })
        .collect();
    let Some(first) = usual_target(node.kind.kind(), &targets) else {
        return Html::default();
    };
    let chosen = ui
        .model
        .target
        .as_deref()
        .filter(|target| targets.iter().any(|node| node.name == *target))
        .unwrap_or(first)
        .to_owned();
    let field = format!("{}-target", ui.id);
    html! {
        <div class="action-row">
            <label for={field.clone()} class="visually-hidden">{ text::CONNECT_TO }</label>
            { view_select(
                ui, &field, None, &mut targets.iter().map(|it| (it.name.as_str(), it.name.as_str())), &chosen, Msg::ChoseTarget
            ) }
            { Button::new(
                format!("{} {chosen}", text::CONNECT_TO),
                Msg::Connected(node.name.clone(), chosen.clone()),
            ).view(ui) }
        </div>
    }
}

/// What a node of this kind is linked to in most systems, else whatever is possible.
fn usual_target<'t>(kind: Kind, targets: &[&'t DiagramNode]) -> Option<&'t str> {
    let usual = match kind {
        Kind::Clients => Kind::Balancer,
        Kind::Balancer => Kind::Server,
        Kind::Server | Kind::Dns | Kind::Database => Kind::Database,
    };
    let found = targets
        .iter()
        .find(|node| node.kind.kind() == usual)
        .or(targets.first());
    found.map(|node| node.name.as_str())
}
