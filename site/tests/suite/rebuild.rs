//! The same input gives the same output, wherever the site is served.

use std::fs;

use article::Base;
use site::Error;

use crate::site_test::SiteTest;

/// Nothing depends on the order of threads, of files, or on the time of day.
#[test]
fn building_twice_gives_identical_bytes() {
    let first = SiteTest::of("book", "first-build").build();
    let second = SiteTest::of("book", "second-build").build();
    assert_eq!(first.files(), second.files());
    assert!(first.files().len() >= 8);
}

/// Whatever watches the output is not woken for nothing.
#[test]
fn building_again_writes_nothing() {
    let first = SiteTest::of("book", "again").build();
    assert!(first.summary().written > 5);
    let second = first.build();
    assert_eq!(second.summary().written, 0);
    fs::write(second.out().join("book/index.html"), "changed by hand").unwrap();
    assert_eq!(second.build().summary().written, 1);
}

/// No address is written without the base: with another one, nothing but the base changes.
#[test]
fn the_base_path_is_in_front_of_every_address() {
    let root = SiteTest::of("book", "base-root").build();
    let below = SiteTest::of("book", "base-below")
        .with(|config| config.base = Base::parse("/x/y/").unwrap())
        .build();
    let (root, below) = (root.pages(), below.pages());
    assert_eq!(
        root.keys().collect::<Vec<_>>(),
        below.keys().collect::<Vec<_>>()
    );
    for (path, page) in root {
        let moved = page
            .replace("href=\"/", "href=\"/x/y/")
            .replace("src=\"/", "src=\"/x/y/");
        assert_eq!(moved, below[&path], "{path}");
    }
}

/// Trunk's page is the shell of all others; the page that is written in its place last is the home page.
#[test]
fn pages_are_written_into_the_given_shell() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-shell");
    fs::create_dir_all(&folder).unwrap();
    let shell = folder.join("shell.html");
    let text = "<!DOCTYPE html><html lang=\"en\"><head><title>x</title><meta name=\"site-head\"><script src=\"/boot.js\">\
                </script></head><body class=\"own\"><div id=\"site-body\"></div></body></html>";
    fs::write(&shell, text).unwrap();
    let site = SiteTest::of("book", "shell")
        .with(|config| config.shell = Some(shell.clone()))
        .build();
    let page = site.read("book/first/index.html");
    assert!(page.starts_with(
        "<!DOCTYPE html><html lang=\"en\"><head><title>First · A book · Zero to a Million</title>"
    ));
    assert!(page.contains("<script src=\"/boot.js\">"));
    assert!(page.contains("<body class=\"own\"><a class=\"skip-link\""));
    assert!(!site.files().contains_key("style/frame.css"));
}

/// The playground's page would get the figures' application, which has no playground in it, and nobody
/// would be told.
#[test]
fn a_shell_with_an_application_needs_that_of_the_playground() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("shell-of-figures");
    fs::create_dir_all(&folder).unwrap();
    let shell = folder.join("shell.html");
    let text = "<!DOCTYPE html><html lang=\"en\"><head><title>x</title><meta name=\"site-head\">\
                <script data-js=\"/figure.js\" data-wasm=\"/figure_bg.wasm\"></script></head>\
                <body><div id=\"site-body\"></div></body></html>";
    fs::write(&shell, text).unwrap();
    let out = folder.join("out");
    let config = site::Config {
        content: "tests/fixtures/book".into(),
        shell: Some(shell),
        out: out.clone(),
        base: Base::default(),
        origin: None,
    };
    if out.exists() {
        fs::remove_dir_all(&out).unwrap();
    }
    for file in ["playground.js", "playground_bg.wasm"] {
        let error = site::build(&config).unwrap_err().to_string();
        assert!(error.contains(&format!("has no {file}")), "{error}");
        assert!(!out.join("index.html").exists());
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join(file), "").unwrap();
    }
    site::build(&config).unwrap();
    let page = |path: &str| fs::read_to_string(out.join(path)).unwrap();
    assert!(page("playground/index.html").contains("data-js=\"/playground.js?v="));
    assert!(page("index.html").contains("data-js=\"/figure.js\""));
}

/// An author sees file, line and help in the browser; every other build with problems fails.
#[test]
fn only_a_preview_shows_the_problems_as_pages() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("preview-shell");
    fs::create_dir_all(&folder).unwrap();
    let shell = folder.join("shell.html");
    let text = "<html lang=\"en\"><head><title>x</title><meta name=\"site-head\"></head>\
                <body><div id=\"site-body\"></div>RELOAD</body></html>";
    let build = |script: &str| {
        fs::write(&shell, text.replace("RELOAD", script)).unwrap();
        let site = SiteTest::of_folder("tests/invalid/markdown/content", "preview")
            .with(|config| config.shell = Some(shell.clone()));
        (site.refused(), site)
    };
    let (error, site) = build("");
    assert!(matches!(error, Error::Content(_)));
    assert!(!site.out().exists());

    let reload = "<script>'{{__TRUNK_ADDRESS__}}'</script>";
    let (error, site) = build(reload);
    assert!(matches!(error, Error::Shown(_)));
    for path in [
        "index.html",
        "404.html",
        "playground/index.html",
        "a/index.html",
    ] {
        let page = site.read(path);
        assert!(page.contains(reload), "{path}");
        assert!(page.contains("index.md:"), "{page}");
        assert!(!page.contains("<b>HTML"), "{page}");
    }
}

/// The next build would read its own output as content.
#[test]
fn the_output_may_not_lie_in_the_content() {
    let mut content = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    content.push("nested-content");
    fs::create_dir_all(content.join("en/book")).unwrap();
    fs::copy(
        "tests/fixtures/unpublished/en/two/index.md",
        content.join("en/book/index.md"),
    )
    .unwrap();
    let out = content.join("out");
    let config = site::Config {
        out: out.clone(),
        content,
        shell: None,
        base: Base::default(),
        origin: None,
    };
    let error = site::build(&config).unwrap_err().to_string();
    assert!(
        error.contains("the next build would read it as content"),
        "{error}"
    );
    assert!(!out.exists());
}
