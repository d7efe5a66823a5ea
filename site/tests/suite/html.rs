//! A small strict reader of HTML: what it does not understand is a mistake in a page.

use crate::site_test::SiteTest;

/// Every start tag with its attributes, in the order of the page.
///
/// Panics where tags are not closed in order, an attribute is not quoted or comes twice, or an id is taken.
pub(crate) fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    const VOID: [&str; 6] = ["meta", "link", "img", "br", "hr", "input"];
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut ids = Vec::new();
    let mut rest = page
        .strip_prefix("<!DOCTYPE html>")
        .expect("a document type");
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a stray `>` in {}", &rest[..at]);
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").expect("an end of the comment").1;
            continue;
        }
        if let Some(end) = rest.strip_prefix('/') {
            let (name, after) = end.split_once('>').expect("an end of the tag");
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "tags are closed in order"
            );
            rest = after;
            continue;
        }
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .expect("an end of the name");
        let name = rest[..length].to_owned();
        assert!(
            !name.is_empty(),
            "a stray `<` before {}",
            &rest[..rest.len().min(40)]
        );
        rest = &rest[length..];
        let (attributes, is_closed) = attributes(&mut rest);
        for (key, value) in &attributes {
            if key == "id" {
                assert!(!ids.contains(value), "the id {value} is there twice");
                ids.push(value.clone());
            }
        }
        if name == "script" {
            rest = rest
                .split_once("</script>")
                .expect("an end of the script")
                .1;
        } else if !is_closed && !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        found.push((name, attributes));
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

fn attributes(rest: &mut &str) -> (Vec<(String, String)>, bool) {
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            *rest = after;
            return (attributes, true);
        }
        if let Some(after) = rest.strip_prefix('>') {
            *rest = after;
            return (attributes, false);
        }
        let end = rest
            .find(['=', ' ', '>', '/', '\n'])
            .expect("an end of the attribute");
        let name = rest[..end].to_owned();
        assert!(
            !name.is_empty() && !attributes.iter().any(|(key, _)| *key == name),
            "{name} is there twice"
        );
        *rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let (text, after) = after.split_once('"').expect("an end of the value");
            assert!(!text.contains('<'), "a `<` in the value of {name}");
            value = text.to_owned();
            *rest = after;
        } else {
            assert!(!rest.starts_with('='), "the value of {name} is not quoted");
        }
        attributes.push((name, value));
    }
}

/// Browsers forgive, other readers do not: tags close in order, ids are there once, references lead to ids.
#[test]
fn pages_are_well_formed() {
    for fixture in ["book", "drafts", "unpublished"] {
        let site = SiteTest::of(fixture, &format!("well-formed-{fixture}")).build();
        for (path, page) in site.pages() {
            let tags = tags(&page);
            let values = |key: &'static str| {
                tags.iter()
                    .flat_map(|(_, attributes)| attributes)
                    .filter(move |(name, _)| name == key)
                    .map(|(_, value)| value.as_str())
            };
            let ids: Vec<&str> = values("id").collect();
            for reference in values("aria-labelledby").chain(values("aria-describedby")) {
                for id in reference.split(' ') {
                    assert!(ids.contains(&id), "{path}: no {id}");
                }
            }
            for href in values("href").filter_map(|href| href.strip_prefix('#')) {
                assert!(ids.contains(&href), "{path}: no #{href}");
            }
            let count = |name: &str| tags.iter().filter(|(tag, _)| tag == name).count();
            // Pictures have titles, too.
            let (head, _) = page.split_once("</head>").unwrap();
            let titles = head.matches("<title>").count();
            assert_eq!((count("h1"), count("main"), titles), (1, 1, 1), "{path}");
        }
    }
}

/// Every address inside the site leads to something that was written.
#[test]
fn addresses_lead_somewhere() {
    let site = SiteTest::of("book", "addresses").build();
    let files = site.files();
    let mut checked = 0;
    for (path, page) in site.pages() {
        for (_, attributes) in tags(&page) {
            for (name, value) in attributes {
                let is_address = name == "href" || name == "src";
                if !is_address || value.starts_with('#') || value.starts_with("data:") {
                    continue;
                }
                let address = value
                    .strip_prefix('/')
                    .unwrap_or_else(|| panic!("{path}: {value}"));
                let file = address.split('#').next().unwrap_or_default();
                let file = if file.is_empty() || file.ends_with('/') {
                    format!("{file}index.html")
                } else {
                    file.to_owned()
                };
                assert!(files.contains_key(&file), "{path}: {value}");
                checked += 1;
            }
        }
    }
    assert!(checked > 40, "only {checked} addresses were found");
}
