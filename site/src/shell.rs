//! The page shell: what all pages have around them, with four places to fill.
//!
//! In a full build it is the `index.html` that Trunk has staged, with the names of the built files in it.

mod sheets;

use std::fs;
use std::path::Path;

use article::Base;
use diagram::escape;

use crate::application::Application;
use crate::error::Error;
use crate::page::Page;

use self::sheets::Content;

/// Files that the built-in shell refers to.
pub(crate) const STUB_FILES: [(&str, &str); 8] = [
    ("style/tokens.css", include_str!("../style/tokens.css")),
    ("style/frame.css", include_str!("../style/frame.css")),
    ("style/prose.css", include_str!("../style/prose.css")),
    ("style/home.css", include_str!("../style/home.css")),
    (
        "style/diagram.css",
        include_str!("../../diagram/style/diagram.css"),
    ),
    (
        "style/figure.css",
        include_str!("../../playground/style/figure.css"),
    ),
    (
        "style/playground.css",
        include_str!("../../playground/style/playground.css"),
    ),
    ("style/theme.js", include_str!("../style/theme.js")),
];

/// Where the address of the application's script stands.
const JS: &str = "data-js=\"";

const STUB: &str = include_str!("shell/stub.html");

/// The shells of a site: pages differ in what they load.
#[derive(Debug)]
pub(crate) struct Shells {
    text: Shell,
    home: Shell,
    playground: Shell,
}

impl Shells {
    /// Reads a shell. Where it names an application, the playground's page names the one that has been
    /// built for it into `out`.
    pub(crate) fn read(path: &Path, out: &Path, base: &Base) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(|error| Error::file("read", path, error))?;
        let text = for_preview(text);
        let application = if text.contains(JS) {
            Some(Application::of_playground(out, base)?)
        } else {
            None
        };
        Self::of_text(&text, application.as_ref()).map_err(|message| Error::Shell {
            path: path.to_owned(),
            message,
        })
    }

    /// The built-in shell, which has the style but not the application.
    pub(crate) fn stub(base: &Base) -> Self {
        Self::of_text(&STUB.replace("{base}", base.as_str()), None)
            .expect("the built-in shell has every place")
    }

    fn of_text(text: &str, application: Option<&Application>) -> Result<Self, String> {
        let with_sheets = |content: Content, text| Shell::parse(&content.sheets_only(text));
        let named = application.map(|application| naming(text, application));
        let named = named.transpose()?;
        Ok(Self {
            text: with_sheets(Content::Text, text)?,
            home: with_sheets(Content::Home, text)?,
            playground: with_sheets(Content::Playground, named.as_deref().unwrap_or(text))?,
        })
    }

    /// The whole page.
    pub(crate) fn fill(&self, page: &Page) -> String {
        let shell = match Content::of(&page.url) {
            Content::Text => &self.text,
            Content::Home => &self.home,
            Content::Playground => &self.playground,
        };
        shell.fill(page)
    }
}

/// The text between the places that are filled.
#[derive(Debug)]
pub(crate) struct Shell {
    before_language: String,
    before_title: String,
    before_head: String,
    before_body: String,
    end: String,
}

impl Shell {
    /// The shell of a page of text, where `trunk serve` has made it: then somebody is looking.
    pub(crate) fn of_preview(path: &Path) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        if !is_preview(&text) {
            return None;
        }
        Self::parse(&Content::Text.sheets_only(&for_preview(text))).ok()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let (before_language, rest) = cut(text, "<html lang=\"", "\"")?;
        let (before_title, rest) = cut(rest, "<title>", "</title>")?;
        let (before_head, rest) = cut(rest, "<meta name=\"site-head\"", ">")?;
        let (before_body, end) = cut(rest, "<div id=\"site-body\">", "</div>")?;
        Ok(Self {
            before_language: before_language.to_owned(),
            before_title: before_title.to_owned(),
            before_head: before_head.to_owned(),
            before_body: before_body.to_owned(),
            end: end.to_owned(),
        })
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
    for (key, address) in [(JS, &application.js), ("data-wasm=\"", &application.wasm)] {
        let (before, after) = cut(&text, key, "\"")?;
        text = format!("{before}{key}{}\"{after}", escape(address));
    }
    Ok(text)
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

    use super::{STUB, STUB_FILES, Shell, Shells, for_preview, naming};
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
        let shells = Shells::stub(&base);
        for shell in [shells.text, shells.home, shells.playground] {
            assert!(shell.before_body.contains("href=\"/x/style/frame.css\""));
        }
    }

    /// The order decides between rules of equal weight.
    #[test]
    fn the_built_in_shell_loads_what_the_published_one_does_in_the_same_order() {
        let names = |text: &str| -> Vec<String> {
            let parts = text.split(".css\"").map(|part| {
                let name = part.rsplit(['/', '"']).next().unwrap_or(part);
                format!("style/{name}.css")
            });
            let mut names: Vec<String> = parts.collect();
            names.pop();
            names
        };
        let loaded = names(STUB);
        assert_eq!(loaded, names(include_str!("../../index.html")));
        let files = STUB_FILES.map(|(path, _)| path);
        assert_eq!(files[..files.len() - 1], loaded[..]);
    }
}
