//! Why nothing happens in the playground's scene, and the buttons that change it.

use diagram::{Document, kind};
use simulator::{Kind, NodeKind};
use yew::prelude::*;

use super::Ui;
use super::button::Button;
use super::icon::Icon;
use crate::msg::Msg;
use crate::text;

/// What is missing, if something is.
pub fn view_advice(ui: &Ui<'_>) -> Html {
    let document = ui.model.document();
    let Some(advice) = advice(document) else {
        return Html::default();
    };
    let is_empty = document.nodes().is_empty();
    let add = |added: Kind| {
        Button::new(
            format!("{} {}", text::ADD, kind::noun(added)),
            Msg::PressedAdd(added),
        )
        .icon(Icon::Kind(added))
        .once()
        .view(ui)
    };
    html! {
        <div class={classes!("advice", is_empty.then_some("is-alone"))} role="note">
            <p>{ advice }</p>
            if !has(document, Kind::Clients) {
                { add(Kind::Clients) }
            }
            if is_empty {
                { add(Kind::Server) }
                { Button::new(text::START_OVER, Msg::PressedStartOver).once().view(ui) }
            }
        </div>
    }
}

/// Why no request is answered or even sent, in a system as it stands.
fn advice(document: &Document) -> Option<String> {
    if document.nodes().is_empty() {
        return Some(text::EMPTY.to_owned());
    }
    if !has(document, Kind::Clients) {
        return Some(text::NO_CLIENTS.to_owned());
    }
    // One that works is enough for something to happen.
    let mut obstacles = document.nodes().iter().filter_map(|node| {
        let NodeKind::Clients(clients) = &node.kind else {
            return None;
        };
        Some(if !answers(document, &node.name) {
            Some(text::leads_nowhere(&node.name))
        } else if clients.rate == 0.0 {
            Some(text::sends_nothing(&node.name))
        } else {
            None
        })
    });
    obstacles
        .next()
        .flatten()
        .filter(|_| obstacles.all(|it| it.is_some()))
}

fn has(document: &Document, wanted: Kind) -> bool {
    document
        .nodes()
        .iter()
        .any(|node| node.kind.kind() == wanted)
}

/// Whether clients have a link to what answers requests: a name service only says where that is.
fn answers(document: &Document, clients: &str) -> bool {
    let here = document.node_id(clients);
    document
        .links()
        .iter()
        .filter(|link| Some(link.from) == here)
        .any(|link| {
            let callee = document.nodes().get(link.to.index());
            callee.is_some_and(|node| node.kind.kind() != Kind::Dns)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(nodes: &str, expected: Option<&str>) {
        let document = Document::parse(&format!("format = 1\n{nodes}")).expect("a valid scenario");
        let advice = advice(&document);
        match expected {
            Some(words) => assert!(
                advice.as_ref().is_some_and(|it| it.contains(words)),
                "{advice:?}"
            ),
            None => assert_eq!(advice, None),
        }
    }

    const USERS: &str = "[nodes.users]\nkind = \"clients\"\n";
    const WEB: &str = "[nodes.web]\nkind = \"server\"\n";
    const LINK: &str = "[[links]]\nfrom = \"users\"\nto = \"web\"\n";

    #[test]
    fn a_system_in_which_nothing_can_happen_says_why() {
        check(WEB, Some("Nobody sends requests"));
        check(
            &format!("{USERS}{WEB}"),
            Some("Requests of users have nowhere"),
        );
        check(
            &format!("{USERS}rate = \"0/s\"\n{WEB}{LINK}"),
            Some("The rate of users is 0"),
        );
        check(&format!("{USERS}{WEB}{LINK}"), None);
    }

    #[test]
    fn a_name_service_alone_answers_no_request() {
        let dns = "[nodes.dns]\nkind = \"dns\"\n[[links]]\nfrom = \"users\"\nto = \"dns\"\n";
        check(
            &format!("{USERS}{WEB}{dns}"),
            Some("Requests of users have nowhere"),
        );
    }

    #[test]
    fn one_of_two_that_works_is_enough() {
        let more = "[nodes.more]\nkind = \"clients\"\n";
        check(&format!("{more}{USERS}{WEB}{LINK}"), None);
    }
}
