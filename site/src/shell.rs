//! The page shell: what all pages have around them, with four places to fill.
//!
//! In a full build it is the `index.html` that Trunk has staged, with the names of the built files in it.

use std::fs;
use std::path::Path;

use article::Base;
use diagram::escape;

use crate::application::Application;
use crate::error::Error;
use crate::page::Page;

/// Files that the built-in shell refers to.
pub(crate) const STUB_FILES: [(&str, &str); 5] = [
    ("style/tokens.css", include_str!("../style/tokens.css")),
    ("style/site.css", include_str!("../style/site.css")),
    (
        "style/diagram.css",
        include_str!("../../diagram/style/diagram.css"),
    ),
    (
        "style/figure.css",
        include_str!("../../playground/style/figure.css"),
    ),
    ("style/theme.js", include_str!("../style/theme.js")),
];

const STUB: &str = include_str!("shell/stub.html");

/// The text between the places that are filled.
#[derive(Debug)]
pub(crate) struct Shell {
    is_preview: bool,
    before_language: String,
    before_title: String,
    before_head: String,
    before_body: String,
    end: String,
}

impl Shell {
    /// Reads a shell. `application` takes the place of the one that it names; without one, what only the
    /// playground's page needs is left out.
    pub(crate) fn read(path: &Path, application: Option<&Application>) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(|error| Error::file("read", path, error))?;
        let is_preview = is_preview(&text);
        let text = for_preview(text);
        let text = match application {
            Some(application) => naming(&text, application),
            None => Ok(without_styles_of_playground(&text)),
        };
        text.and_then(|text| Self::parse(&text))
            .map(|shell| Self {
                is_preview,
                ..shell
            })
            .map_err(|message| Error::Shell {
                path: path.to_owned(),
                message,
            })
    }

    /// The built-in shell, which has the style but not the application.
    pub(crate) fn stub(base: &Base) -> Self {
        Self::parse(&STUB.replace("{base}", base.as_str()))
            .expect("the built-in shell has every place")
    }

    fn parse(text: &str) -> Result<Self, String> {
        let (before_language, rest) = cut(text, "<html lang=\"", "\"")?;
        let (before_title, rest) = cut(rest, "<title>", "</title>")?;
        let (before_head, rest) = cut(rest, "<meta name=\"site-head\"", ">")?;
        let (before_body, end) = cut(rest, "<div id=\"site-body\">", "</div>")?;
        Ok(Self {
            is_preview: false,
            before_language: before_language.to_owned(),
            before_title: before_title.to_owned(),
            before_head: before_head.to_owned(),
            before_body: before_body.to_owned(),
            end: end.to_owned(),
        })
    }

    /// Whether `trunk serve` has made it, so that somebody is looking.
    pub(crate) const fn is_preview(&self) -> bool {
        self.is_preview
    }

    /// The whole page.
    pub(crate) fn fill(&self, page: &Page) -> String {
        format!(
            "{}<html lang=\"{}\"{}<title>{}</title>{}{}{}{}{}",
            self.before_language,
            page.language.tag(),
            self.before_title,
            escape(&page.title),
            self.before_head,
            page.head,
            self.before_body,
            page.body,
            self.end
        )
    }
}

/// Whether a shell has the script by which `trunk serve` reloads a page.
fn is_preview(text: &str) -> bool {
    text.contains("{{__TRUNK_ADDRESS__}}")
}

/// Takes the content security policy out of a shell that `trunk serve` has made.
///
/// Such a shell has a script of Trunk's own that reloads the page after a change. It stands inside
/// the page, where the policy rightly allows none, and a preview on one's own machine is no danger.
fn for_preview(text: String) -> String {
    match cut(&text, "<meta http-equiv=\"Content-Security-Policy\"", ">") {
        Ok((before, after)) if is_preview(&text) => format!("{before}{after}"),
        _ => text,
    }
}

/// The shell with the addresses of another application.
fn naming(text: &str, application: &Application) -> Result<String, String> {
    let mut text = text.to_owned();
    for (key, address) in [
        ("data-js=\"", &application.js),
        ("data-wasm=\"", &application.wasm),
    ] {
        let (before, after) = cut(&text, key, "\"")?;
        text = format!("{before}{key}{}\"{after}", escape(address));
    }
    Ok(text)
}

/// The shell without the style sheet that only the playground's page needs.
fn without_styles_of_playground(text: &str) -> String {
    let is_its = |tag: &str| {
        let address = tag.split_once("href=\"").map(|(_, rest)| rest);
        let address = address.and_then(|rest| rest.split_once(".css\""));
        address.is_some_and(|(name, _)| {
            let name = name.rsplit('/').next().unwrap_or(name);
            name == "playground" || name.starts_with("playground-")
        })
    };
    let found = text.match_indices("<link ").find_map(|(start, _)| {
        let end = start + text[start..].find('>')? + 1;
        is_its(&text[start..end]).then(|| (&text[..start], &text[end..]))
    });
    found.map_or_else(
        || text.to_owned(),
        |(before, after)| format!("{}{}", before.trim_end(), after),
    )
}

/// What is before and after `open … close`.
fn cut<'a>(text: &'a str, open: &str, close: &str) -> Result<(&'a str, &'a str), String> {
    let missing = || format!("it has no `{open}…{close}` in its place");
    let (before, rest) = text.split_once(open).ok_or_else(missing)?;
    let (_, after) = rest.split_once(close).ok_or_else(missing)?;
    Ok((before, after))
}

#[cfg(test)]
mod tests {
    use article::{Base, Url};

    use super::{Shell, for_preview, naming, without_styles_of_playground};
    use crate::application::Application;
    use crate::page::Page;
    use crate::text::Language;

    #[test]
    fn four_places_are_filled_and_nothing_else_changes() {
        let text = "<!DOCTYPE html><html lang=\"xx\" class=\"a\"><title>Old</title><link><meta name=\"site-head\">\
                    <script></script><body><div id=\"site-body\"></div></body></html>";
        let page = Page {
            url: Url::page(&[]),
            language: Language::English,
            title: "A & B".to_owned(),
            head: "<meta>".to_owned(),
            body: "<main></main>".to_owned(),
        };
        let shell = Shell::parse(text).expect("a shell");
        assert_eq!(
            shell.fill(&page),
            "<!DOCTYPE html><html lang=\"en\" class=\"a\"><title>A &amp; B</title><link><meta>\
             <script></script><body><main></main></body></html>"
        );
    }

    #[test]
    fn only_a_preview_that_reloads_itself_is_without_a_policy() {
        let published = "<meta http-equiv=\"Content-Security-Policy\" content=\"x\"><title>";
        assert_eq!(for_preview(published.to_owned()), published);
        let preview = format!("{published}<script>'{{{{__TRUNK_ADDRESS__}}}}'</script>");
        assert_eq!(
            for_preview(preview),
            "<title><script>'{{__TRUNK_ADDRESS__}}'</script>"
        );
    }

    #[test]
    fn the_playground_names_its_own_application() {
        let application = Application {
            js: "/x/b.js?v=1".to_owned(),
            wasm: "/x/b.wasm?v=2".to_owned(),
        };
        let text = "<script data-js=\"/x/a.js\" data-wasm=\"/x/a.wasm\"></script>";
        assert_eq!(
            naming(text, &application),
            Ok("<script data-js=\"/x/b.js?v=1\" data-wasm=\"/x/b.wasm?v=2\"></script>".to_owned())
        );
        assert!(naming("<script></script>", &application).is_err());
    }

    #[test]
    fn articles_do_not_load_the_style_of_the_playground() {
        let figure = "<link rel=\"stylesheet\" href=\"/playground/figure-1.css\">";
        let playground = "<link rel=\"stylesheet\" href=\"/x/playground-2f.css\"/>";
        let icon = "<link rel=\"icon\" href=\"/playground.svg\">";
        assert_eq!(
            without_styles_of_playground(&format!("{figure}\n  {playground}\n  {icon}")),
            format!("{figure}\n  {icon}")
        );
        let without = format!("{figure}{icon}");
        assert_eq!(without_styles_of_playground(&without), without);
    }

    #[test]
    fn a_file_without_the_places_is_refused_by_name() {
        assert_eq!(
            Shell::parse("<html lang=\"en\"><title></title><meta name=\"site-head\"><body></body>")
                .err(),
            Some("it has no `<div id=\"site-body\">…</div>` in its place".to_owned())
        );
        // A page that has been filled already is no shell any more.
        assert!(Shell::parse("<html lang=\"en\"><title></title><main></main>").is_err());
    }

    #[test]
    fn the_built_in_shell_refers_to_its_files_below_the_base() {
        let base = Base::parse("/x/").expect("a valid base");
        let shell = Shell::stub(&base);
        assert!(
            shell.before_body.contains("href=\"/x/style/site.css\"")
                || shell.before_head.contains("href=\"/x/style/site.css\"")
        );
    }
}
