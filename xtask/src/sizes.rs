//! What the published files weigh, and the most that a page may weigh.
//!
//! GitHub Pages sends files compressed with gzip, so that is what counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::base_path::BasePath;
use crate::failure::Failure;

/// The most that a page of an article may load with its live figures running, in gzip bytes.
///
/// The aim is 250,000. While the engine grows to its whole model its figures carry some of what their
/// chapters do not need yet, although most of that is left out by the feature `whole`.
const BUDGET: usize = 300_000;
/// The same for the playground, an application that is opened on purpose: it can do much more.
const PLAYGROUND_BUDGET: usize = 470_000;

/// Prints a table of sizes and fails where a page is over the budget.
pub(crate) fn report(dist: &Path, base: &BasePath) -> Result<(), Failure> {
    let files = measure(dist)?;
    println!("{:>10} {:>10}  file", "raw", "gzip");
    for (name, size) in &files {
        if is_listed(name) {
            println!(
                "{:>10} {:>10}  {name}",
                grouped(size.raw),
                grouped(size.gzip)
            );
        }
    }
    println!(
        "\n{:>10}  page with everything it loads when its figures run",
        "gzip"
    );
    let mut heavy = Vec::new();
    for name in files.keys().filter(|name| name.ends_with(".html")) {
        let path = dist.join(name);
        let html =
            fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
        let weight = weight(name, &html, base, &files);
        println!("{:>10}  {name}", grouped(weight));
        let budget = if html.contains("data-playground") {
            PLAYGROUND_BUDGET
        } else {
            BUDGET
        };
        if budget < weight {
            heavy.push(format!("{name} ({})", grouped(weight)));
        }
    }
    if heavy.is_empty() {
        println!(
            "\nEvery page is within its budget: {} bytes, {} for the playground.",
            grouped(BUDGET),
            grouped(PLAYGROUND_BUDGET)
        );
        return Ok(());
    }
    Err(Failure::new(format!(
        "over the budget of {} gzip bytes a page: {}",
        grouped(BUDGET),
        heavy.join(", ")
    )))
}

/// A file's length as it is and as it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    raw: usize,
    gzip: usize,
}

/// All files below `dist` by their path relative to it, with `/` on every system.
fn measure(dist: &Path) -> Result<BTreeMap<String, Size>, Failure> {
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = dist.join(&folder);
        let entries = fs::read_dir(&path).map_err(|error| Failure::file("list", &path, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::file("list", &path, &error))?;
            let name = folder.join(entry.file_name());
            let path = entry.path();
            if path.is_dir() {
                folders.push(name);
                continue;
            }
            let bytes = fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(
                name,
                Size {
                    raw: bytes.len(),
                    gzip: gzip_length(&bytes),
                },
            );
        }
    }
    Ok(files)
}

/// The length of `bytes` in gzip at its usual level: the deflate stream plus a fixed frame.
fn gzip_length(bytes: &[u8]) -> usize {
    const FRAME: usize = 18;
    miniz_oxide::deflate::compress_to_vec(bytes, 6).len() + FRAME
}

/// The gzip bytes of a page and of every style, script, picture and wasm file it names.
///
/// Every page names the application, but only one with something to bring to life loads it.
fn weight(page: &str, html: &str, base: &BasePath, files: &BTreeMap<String, Size>) -> usize {
    let mut loaded: BTreeSet<&str> = BTreeSet::from([page]);
    let is_live = html.contains("data-live") || html.contains("data-playground");
    let mut attribute = "";
    for value in html.split(['"', '\'']) {
        let is_application = attribute.ends_with("data-js=") || attribute.ends_with("data-wasm=");
        attribute = value;
        if is_application && !is_live {
            continue;
        }
        // What follows a question mark only keeps browsers from taking an old file for a new one.
        let address = value.split('?').next().unwrap_or_default();
        if let Some(name) = address.strip_prefix(base.as_str())
            && let Some((name, _)) = files.get_key_value(name)
            && is_loaded(name)
        {
            loaded.insert(name);
        }
    }
    // Modules that the generated JavaScript imports by itself.
    if loaded.iter().any(|name| name.ends_with(".wasm")) {
        loaded.extend(
            files
                .keys()
                .map(String::as_str)
                .filter(|it| it.starts_with("snippets/")),
        );
    }
    loaded
        .into_iter()
        .filter_map(|name| files.get(name))
        .map(|size| size.gzip)
        .sum()
}

fn is_listed(name: &str) -> bool {
    [".wasm", ".js", ".css", ".html"]
        .iter()
        .any(|suffix| name.ends_with(suffix))
}

/// Whether a page that names this file also loads it; it may only link to other pages and feeds.
fn is_loaded(name: &str) -> bool {
    [
        ".wasm", ".js", ".css", ".svg", ".png", ".jpg", ".webp", ".avif", ".woff2",
    ]
    .iter()
    .any(|suffix| name.ends_with(suffix))
}

/// `1234567` as `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> BTreeMap<String, Size> {
        names
            .iter()
            .map(|it| ((*it).to_owned(), Size { raw: 100, gzip: 10 }))
            .collect()
    }

    #[test]
    fn a_page_weighs_what_it_loads_and_not_what_it_links_to() {
        let files = files(&[
            "a/index.html",
            "b/index.html",
            "style.css",
            "app.js",
            "app.wasm",
            "feed.xml",
        ]);
        let html = r#"<link href="/x/style.css"><script data-js="/x/app.js" data-wasm="/x/app.wasm?v=1">
            </script><a href="/x/b/index.html">b</a><a href="/x/feed.xml">feed</a><a href="/app.js">"#;
        let base = BasePath::parse("/x/").unwrap();
        let live = format!("{html}<div data-live>");
        assert_eq!(weight("a/index.html", &live, &base, &files), 40);
        assert_eq!(weight("a/index.html", html, &base, &files), 20);
    }

    #[test]
    fn a_file_counts_once_and_imported_modules_count_too() {
        let files = files(&["index.html", "app.wasm", "snippets/a/inline0.js"]);
        let html = r#"<a data-wasm="/app.wasm"></a><a data-wasm="/app.wasm"></a><p data-live>"#;
        assert_eq!(weight("index.html", html, &BasePath::root(), &files), 30);
    }

    #[test]
    fn gzip_is_measured_with_its_frame() {
        let text = "the same words again and again ".repeat(100);
        let length = gzip_length(text.as_bytes());
        assert!((20..200).contains(&length), "{length}");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(
            [0, 999, 1_000, 123_456, 1_234_567].map(grouped),
            ["0", "999", "1,000", "123,456", "1,234,567"]
        );
    }
}
