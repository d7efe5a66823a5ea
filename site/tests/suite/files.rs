//! Files that are not what they seem.

use std::fs;
use std::path::{Path, PathBuf};

const INDEX: &str = "---\nlayout: article\ntitle: A\ndate: 2024-09-15\nlang: en\nlang-ref: a\ndescription: D.\n---\n\nText.\n";

/// An empty folder of content with an article in it.
fn content(purpose: &str) -> PathBuf {
    let content = empty(purpose);
    fs::create_dir_all(content.join("en/a")).unwrap();
    fs::write(content.join("en/a/index.md"), INDEX).unwrap();
    content
}

fn empty(purpose: &str) -> PathBuf {
    let content = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{purpose}"));
    if content.exists() {
        fs::remove_dir_all(&content).unwrap();
    }
    fs::create_dir_all(&content).unwrap();
    content
}

/// What is wrong, without the folder in front of it.
fn problems(content: &Path) -> String {
    let error = site::check(content).unwrap_err().to_string();
    error.replace(&format!("{}/", content.display()), "")
}

/// Nothing to read is most likely a mistake, and whoever begins is told how.
#[test]
fn an_empty_content_says_how_to_begin() {
    let content = empty("empty");
    for folder in ["", "en", "en/pictures-only"] {
        fs::create_dir_all(content.join(folder)).unwrap();
        if folder.ends_with("only") {
            continue;
        }
        let error = site::check(&content).unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "there is no article in {0} yet; `site new my-article/first-chapter` makes one, or write {0}/en/my-article/index.md yourself",
                content.display()
            )
        );
    }
    assert!(problems(&content).starts_with("en/pictures-only:1:1: the article has no `index.md`"));
}

/// A chapter is not the first page of its article, and does not clash with itself.
#[test]
fn a_missing_first_page_is_one_problem() {
    let content = content("no-index");
    let chapter = INDEX
        .replace("layout: article", "layout: chapter")
        .replace("lang-ref: a", "lang-ref: a/one");
    fs::write(content.join("en/a/01-one.md"), &chapter).unwrap();
    assert!(site::check(&content).is_ok());
    fs::remove_file(content.join("en/a/index.md")).unwrap();
    assert_eq!(
        problems(&content),
        "en/a:1:1: the article has no `index.md`; write one: it is the article's first page, with its title and date\n\
         the content has 1 problem"
    );
    // Its own problems are still found.
    fs::write(
        content.join("en/a/01-one.md"),
        chapter + "[lost](02-two.md)\n",
    )
    .unwrap();
    assert!(problems(&content).contains("en/a/01-one.md:11:1: there is no page `en/a/02-two.md`"));
}

/// A link can lead in a circle, or to what nobody wanted to publish.
#[cfg(unix)]
#[test]
fn symbolic_links_are_named_and_not_followed() {
    let content = content("links");
    std::os::unix::fs::symlink("..", content.join("en/a/up")).unwrap();
    std::os::unix::fs::symlink("nowhere", content.join("en/a/01-lost.md")).unwrap();
    std::os::unix::fs::symlink("en", content.join("en/b")).unwrap();
    let link =
        "this is a symbolic link, and links are not followed; put the file or folder itself here";
    assert_eq!(
        problems(&content),
        format!(
            "en/a/01-lost.md:1:1: {link}\nen/a/up:1:1: {link}\nen/b:1:1: {link}\nthe content has 3 problems"
        )
    );
}

/// Editors save in many ways; what is no text is reported where it stops to be one.
#[test]
fn encodings_and_line_ends() {
    let content = content("encodings");
    let index = content.join("en/a/index.md");
    fs::write(&index, format!("\u{feff}{}", INDEX.replace('\n', "\r\n"))).unwrap();
    assert!(site::check(&content).is_ok());
    fs::write(&index, [INDEX.as_bytes(), b"Caf\xe9\n"].concat()).unwrap();
    assert_eq!(
        problems(&content),
        "en/a/index.md:11:4: the file is not UTF-8 text: this is where it stops to be; save it as UTF-8; editors call that the encoding\n\
         the content has 1 problem"
    );
    fs::write(&index, "").unwrap();
    assert!(
        problems(&content)
            .starts_with("en/a/index.md:1:1: the file does not begin with front matter; ")
    );
}

fn build(content: PathBuf, out: PathBuf) -> String {
    let config = site::Config {
        content,
        shell: None,
        out,
        base: article::Base::default(),
        origin: None,
    };
    site::build(&config).unwrap_err().to_string()
}

/// The folder that holds the content is a project's, with an `index.html` of its own perhaps.
#[test]
fn the_output_may_not_hold_the_content() {
    let project = empty("project");
    let content = project.join("content");
    fs::create_dir_all(content.join("en/a")).unwrap();
    fs::write(content.join("en/a/index.md"), INDEX).unwrap();
    fs::write(project.join("index.html"), "mine").unwrap();
    let error = build(content, project.clone());
    assert!(error.contains("the content lies in it"), "{error}");
    assert_eq!(
        fs::read_to_string(project.join("index.html")).unwrap(),
        "mine"
    );
}

/// A file is not written over by a folder.
#[test]
fn the_output_may_not_be_a_file() {
    let content = content("out-is-a-file");
    let file = empty("out-of-a-file").join("out");
    fs::write(&file, "mine").unwrap();
    for out in [file.clone(), file.join("deeper")] {
        let error = build(content.clone(), out);
        assert!(error.ends_with("out is a file, not a folder"), "{error}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

fn day(text: &str) -> article::Date {
    article::Date::parse(text).unwrap()
}

/// What `site new` writes is a beginning and not a list of errors.
#[test]
fn a_new_chapter_passes_the_check_as_it_is() {
    let content = empty("new").join("content");
    let create = |name: &str| {
        site::create(
            &content,
            &site::NewChapter::parse(name).unwrap(),
            day("2024-09-15"),
        )
    };
    let written = create("caches/why-a-cache").unwrap();
    assert_eq!(
        written,
        [
            content.join("en/caches/index.md"),
            content.join("en/caches/01-why-a-cache.md")
        ]
    );
    let summary = site::check(&content).unwrap();
    assert_eq!((summary.pages, summary.figures), (2, 1));
    assert!(summary.claims >= 1);

    // The second chapter leaves what is there as it is.
    let index = content.join("en/caches/index.md");
    let mine = fs::read_to_string(&index).unwrap() + "\nMine.\n";
    fs::write(&index, &mine).unwrap();
    assert_eq!(
        create("caches/eviction").unwrap(),
        [content.join("en/caches/02-eviction.md")]
    );
    assert_eq!(fs::read_to_string(&index).unwrap(), mine);
    assert_eq!(site::check(&content).unwrap().pages, 3);
    let error = create("caches/why-a-cache").unwrap_err().to_string();
    assert!(error.ends_with("01-why-a-cache.md"), "{error}");
}
