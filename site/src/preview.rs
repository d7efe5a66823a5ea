//! The problems of the content as pages, for an author who has the preview beside the editor.
//!
//! Without them a browser would only learn that a program failed. Only `trunk serve` gets them, whose
//! script reloads them after the next change; any other build with problems writes nothing and fails.

use article::{Base, Url};
use diagram::diagnostic::Diagnostic;
use diagram::escape;

use crate::config::Config;
use crate::error::Error;
use crate::frame::{Place, frame};
use crate::library::{Library, home_url, playground_url};
use crate::output::Output;
use crate::page::{Page, not_found};
use crate::shell::Shell;
use crate::text::{Language, SITE_NAME};

/// Why there is no site. Where somebody is looking at a preview, its pages show the problems.
pub(crate) fn refusal(library: &Library, config: &Config, problems: Vec<Diagnostic>) -> Error {
    match config.shell.as_deref().and_then(Shell::of_preview) {
        None => Error::Content(problems),
        Some(shell) => match write(library, config, &shell, &problems) {
            Ok(()) => Error::Shown(problems),
            Err(error) => error,
        },
    }
}

/// Every address that the site would have shows the problems, so that the author need not go anywhere.
fn write(
    library: &Library,
    config: &Config,
    shell: &Shell,
    problems: &[Diagnostic],
) -> Result<(), Error> {
    let output = Output::new(&config.out, &config.content)?;
    let places = [
        home_url(Language::English),
        playground_url(),
        not_found::url(),
    ];
    for url in places.into_iter().chain(library.urls().cloned()) {
        let page = page(url, &config.base, problems);
        output.write(&page.url.output_path(), shell.fill(&page).as_bytes())?;
    }
    Ok(())
}

fn page(url: Url, base: &Base, problems: &[Diagnostic]) -> Page {
    let heading = match problems.len() {
        1 => "1 problem in the content".to_owned(),
        count => format!("{count} problems in the content"),
    };
    let list: String = problems
        .iter()
        .map(|problem| {
            format!(
                "<pre class=\"code\" tabindex=\"0\"><code>{}</code></pre>\n",
                escape(&problem.render(false))
            )
        })
        .collect();
    let content = format!(
        "<main id=\"main\" class=\"single\" tabindex=\"-1\">\n<article class=\"prose\">\n\
         <header class=\"page-head\">\n<h1>{heading}</h1>\n</header>\n{list}\
         <p>This page reloads itself when you save the next change.</p>\n</article>\n</main>\n"
    );
    Page {
        url,
        language: Language::English,
        title: format!("{heading} · {SITE_NAME}"),
        head: String::new(),
        body: frame(&content, Place::Elsewhere, Language::English, base),
    }
}
