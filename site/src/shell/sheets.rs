//! Which style sheets a page loads: the shell names all of them, and no page needs all.

use article::Url;

use crate::library::{home_url, playground_url};
use crate::text::Language;

/// What a page shows inside its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Articles and all other text.
    Text,
    /// The home page.
    Home,
    /// The playground's page.
    Playground,
}

impl Content {
    /// What the page at `url` shows.
    pub(crate) fn of(url: &Url) -> Self {
        if *url == home_url(Language::English) {
            Self::Home
        } else if *url == playground_url() {
            Self::Playground
        } else {
            Self::Text
        }
    }

    /// The style sheets that it does without, by their names without a hash.
    const fn unused(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["home", "playground"],
            Self::Home => &["prose", "playground"],
            Self::Playground => &["home"],
        }
    }

    /// The shell `text` without the style sheets that this content does without.
    pub(super) fn sheets_only(self, text: &str) -> String {
        let names = self.unused().iter();
        names.fold(text.to_owned(), |text, name| without(&text, name))
    }
}

/// `text` without the link to the style sheet `name`, to whose file Trunk adds a hash.
fn without(text: &str, name: &str) -> String {
    let is_it = |tag: &str| {
        let address = tag.split_once("href=\"").map(|(_, rest)| rest);
        let address = address.and_then(|rest| rest.split_once(".css\""));
        address.is_some_and(|(path, _)| {
            let file = path.rsplit('/').next().unwrap_or(path);
            file.split('-').next() == Some(name)
        })
    };
    let found = text.match_indices("<link ").find_map(|(start, _)| {
        let end = start + text[start..].find('>')? + 1;
        is_it(&text[start..end]).then(|| (&text[..start], &text[end..]))
    });
    found.map_or_else(
        || text.to_owned(),
        |(before, after)| format!("{}{}", before.trim_end(), after),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_loads_the_style_sheets_of_its_content_alone() {
        let link = |path: &str| format!("<link rel=\"stylesheet\" href=\"{path}\">");
        let [frame, prose] = ["/frame-0.css", "/x/prose-1.css"].map(link);
        let [home, figure] = ["home.css", "/playground/figure-2.css"].map(link);
        let playground = link("/x/playground-3f.css");
        let icon = "<link rel=\"icon\" href=\"/playground.svg\">";
        let all = [&frame, &prose, &home, &figure, &playground, icon].join("\n  ");
        for (content, loaded) in [
            (Content::Text, [&frame, &prose, &figure].as_slice()),
            (Content::Home, &[&frame, &home, &figure]),
            (Content::Playground, &[&frame, &prose, &figure, &playground]),
        ] {
            let loaded: String = loaded.iter().map(|link| format!("{link}\n  ")).collect();
            assert_eq!(
                content.sheets_only(&all),
                format!("{loaded}{icon}"),
                "{content:?}"
            );
        }
        let plain = format!("{frame}{icon}");
        assert_eq!(Content::Home.sheets_only(&plain), plain);
    }

    #[test]
    fn pages_are_told_apart_by_their_addresses() {
        for (url, content) in [
            (home_url(Language::English), Content::Home),
            (home_url(Language::English).file("404.html"), Content::Text),
            (playground_url(), Content::Playground),
            (Url::page(&["book", "playground"]), Content::Text),
        ] {
            assert_eq!(Content::of(&url), content, "{url:?}");
        }
    }
}
