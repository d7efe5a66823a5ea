//! What stands in the pages.

use expect_test::expect;

use crate::html::tags;
use crate::site_test::SiteTest;

/// Chapters are numbered, links lead to addresses, files lie beside the article.
#[test]
fn chapters_lead_to_each_other() {
    SiteTest::of("book", "chapters")
        .build()
        .main("book/index.html", &expect![[r#"
            <main id="main" tabindex="-1">
            <article class="prose">
            <header class="page-head">
            <p class="page-kicker">System Design · <time datetime="2024-09-15">15 September 2024</time> · updated <time datetime="2026-07-20">20 July 2026</time></p>
            <h1>A book</h1>
            <p class="lede">What it is about, in a sentence with &lt;angles&gt; &amp; more.</p>
            </header>
            <p>Begin with <a href="/book/first/">the first chapter</a>, or see <a href="/book/first/#knee">the knee</a>.</p>
            <section class="chapters" aria-labelledby="chapters">
            <h2 id="chapters">Chapters</h2>
            <ol class="chapter-cards">
            <li class="chapter-card"><span class="chapter-card-number" aria-hidden="true">1</span>
            <div><h3><a href="/book/first/">First</a></h3>
            <p>The first chapter.</p></div></li>
            <li class="chapter-card"><span class="chapter-card-number" aria-hidden="true">2</span>
            <div><h3><a href="/book/second/">Second</a></h3>
            <p>The second chapter.</p></div></li>
            </ol>
            </section>
            </article>
            <nav class="neighbours" aria-label="Previous and next">
            <a class="neighbour next" href="/book/first/" rel="next"><span class="neighbour-label">Begin with</span> <span class="neighbour-title">1 · First</span></a>
            </nav>
            </main>
        "#]])
        .main("book/second/index.html", &expect![[r##"
            <main id="main" tabindex="-1">
            <article class="prose">
            <header class="page-head">
            <p class="page-kicker">Chapter 2</p>
            <h1>Second</h1>
            <p class="lede">The second chapter.</p>
            </header>
            <h2 id="again">Again <a class="heading-anchor" href="#again" aria-label="Link to this section">#</a></h2>
            <p>Back to <a href="/book/first/#knee">the figure</a>, to <a href="/book/">the first page</a>, or to the <a href="/playground/">playground</a>.</p>
            </article>
            <nav class="neighbours" aria-label="Previous and next">
            <a class="neighbour prev" href="/book/first/" rel="prev"><span class="neighbour-label">Previous</span> <span class="neighbour-title">1 · First</span></a>
            </nav>
            </main>
        "##]])
        .main("404.html", &expect![[r#"
            <main id="main" class="single" tabindex="-1">
            <article class="prose">
            <header class="page-head">
            <p class="page-kicker">Error 404</p>
            <h1>There is no page here</h1>
            </header>
            <p>The address may be misspelt, or the page may have moved.
            All articles are on the <a href="/">home page</a>, and the <a href="/playground/">playground</a> is where it always was.</p>
            </article>
            </main>
        "#]])
        .main("index.html", &expect![[r#"
            <main id="main" class="home" tabindex="-1">
            <header class="hero">
            <h1>How large systems work, and how they break</h1>
            <p class="lede">Articles in which every figure is a running system. Send it more users, take a server away, and watch what happens to each request.</p>
            <p class="hero-note">Everything is simulated in your browser, request by request. Without JavaScript the figures show what the same simulator computed when this page was built.</p>
            </header>
            <section class="home-section" aria-labelledby="articles">
            <h2 id="articles">Articles</h2>
            <ul class="article-cards">
            <li class="article-card">
            <p class="article-card-facts"><time datetime="2024-09-15">15 September 2024</time> · updated <time datetime="2026-07-20">20 July 2026</time> · 2 chapters · 1 live figure</p>
            <h3><a href="/book/">A book</a></h3>
            <p>What it is about, in a sentence with &lt;angles&gt; &amp; more.</p>
            <ol class="article-card-chapters">
            <li><a href="/book/first/">First</a></li>
            <li><a href="/book/second/">Second</a></li>
            </ol>
            </li>
            </ul>
            </section>
            <section class="home-section" aria-labelledby="build-your-own">
            <h2 id="build-your-own">Build your own</h2>
            <p>The <a href="/playground/">playground</a> has all the parts that the articles use: users, DNS, load balancers, servers, databases. Put them together, give them numbers, kill one while it runs, and send the result to somebody as a link that reproduces the very same run.</p>
            <div class="still">
            <div class="scene"><svg/><svg/></div>
            </div>
            </section>
            </main>
        "#]]);
}

/// The boxes of a figure are a contract with the application that takes it over.
#[test]
fn a_figure_has_every_region_in_its_order() {
    let site = SiteTest::of("book", "figure").build();
    let page = site.read("book/first/index.html");
    let regions = [
        "<figure class=\"figure\" id=\"knee\" data-figure",
        "<p class=\"figure-title\"><b>Figure 1.1</b> Find the knee</p>",
        "<a class=\"figure-open\" href=\"/playground/#s=1.",
        "<div class=\"figure-live\" data-live data-figure-id=\"knee\">",
        "<div class=\"scene\">",
        "scene-across",
        "scene-down",
        "<div class=\"legend\">",
        "<div class=\"transport\">",
        "<div class=\"controls\">",
        "<div class=\"control control-load\">",
        "<dl class=\"numbers\">",
        "<div class=\"charts\">",
        "<p class=\"figure-status\">",
        "<div class=\"results\"",
        "<details class=\"leaves-out\">",
        "<script type=\"application/json\" class=\"figure-data\">{\"script\":[[\"set\",\"title\",",
        "\"number\":\"1.1\"}</script>",
        "<figcaption>A hundred requests a second",
    ];
    let mut at = 0;
    for region in regions {
        let found = page[at..].find(region);
        at += found.unwrap_or_else(|| panic!("{region} does not come next"));
    }
    let count = |text: &str| page.matches(text).count();
    assert_eq!(count("<div class=\"number"), 6);
    assert_eq!(count("<div class=\"chart\">"), 3);
    assert_eq!(count("<div class=\"control "), 1);
}

/// The document in the page is the one that was measured.
#[test]
fn the_open_link_and_the_data_hold_the_same_scenario() {
    let site = SiteTest::of("book", "share").build();
    let page = site.read("book/first/index.html");
    let (_, rest) = page.split_once("/playground/#s=").unwrap();
    let (share, _) = rest.split_once('"').unwrap();
    let document = diagram::share::decode(share).unwrap();
    let (_, rest) = page.split_once("{\"script\":[[").unwrap();
    let (lines, _) = rest.split_once("]],\"number\"").unwrap();
    // No word of this scenario has a comma, a bracket or a quotation mark in it.
    let script: Vec<Vec<&str>> = lines
        .split("],[")
        .map(|line| line.split(',').map(|word| word.trim_matches('"')).collect())
        .collect();
    assert_eq!(diagram::script::read(&script), Some(document));
}

/// A checked number is shown as claimed, an inserted one as measured, both with what was measured.
#[test]
fn claims_show_a_number_and_where_it_is_from() {
    let site = SiteTest::of("book", "claims").build();
    let page = site.read("book/first/index.html");
    let claims: Vec<&str> = page.split("<span class=\"claim\" ").skip(1).collect();
    assert_eq!(claims.len(), 3);
    assert!(
        claims[1].starts_with("title=\"Measured in figure 1.1: "),
        "{}",
        claims[1]
    );
    assert!(claims[1].contains(">18.8\u{a0}ms</span>"), "{}", claims[1]);
    let measured = claims[2]
        .split('"')
        .nth(1)
        .unwrap()
        .rsplit(": ")
        .next()
        .unwrap();
    assert!(
        claims[2].contains(&format!(">{measured}</span>")),
        "{}",
        claims[2]
    );
    assert_eq!(site.summary().claims, 3);
    assert_eq!(site.summary().figures, 1);
}

/// What the strict policy of the shell would block may not be in a page.
#[test]
fn pages_hold_nothing_that_the_policy_forbids() {
    let site = SiteTest::of("book", "policy").build();
    for (path, page) in site.pages() {
        for (tag, attributes) in tags(&page) {
            let is_forbidden = attributes
                .iter()
                .any(|(name, _)| name == "style" || name.starts_with("on"));
            assert!(!is_forbidden, "{path}: <{tag} {attributes:?}>");
            if tag == "script" {
                let has = |key: &str| attributes.iter().any(|(name, _)| name == key);
                assert!(has("src") || has("type"), "{path}: an inline script");
            }
            assert_ne!(tag, "style", "{path}");
        }
    }
}

/// Without an origin there is nothing to say that would be true; with one, every page says its address.
#[test]
fn canonical_addresses_need_an_origin() {
    let without = SiteTest::of("book", "no-origin").build();
    assert!(!without.read("book/index.html").contains("canonical"));
    let with = SiteTest::of("book", "origin")
        .with(|config| {
            config.origin = Some("https://example.org".to_owned());
            config.base = article::Base::parse("/x/").unwrap();
        })
        .build();
    assert!(
        with.read("book/first/index.html")
            .contains("<link rel=\"canonical\" href=\"https://example.org/x/book/first/\">")
    );
    // The page of an error is shown at any address, and none of them is its own.
    assert!(!with.read("404.html").contains("canonical"));
}

/// A draft is neither written nor linked to, and may be unfinished; a draft article takes its chapters along.
#[test]
fn drafts_are_left_out() {
    let site = SiteTest::of("drafts", "drafts").build();
    let pages: Vec<String> = site.pages().into_keys().collect();
    assert_eq!(
        pages,
        [
            "404.html",
            "index.html",
            "one/index.html",
            "one/ready/index.html",
            "playground/index.html"
        ]
    );
    assert!(!site.read("index.html").contains("npublished"));
    assert!(!site.read("one/index.html").contains("Not ready"));
}

/// A new site may have nothing but a draft, and that is no error.
#[test]
fn a_content_of_drafts_is_a_site() {
    let site = SiteTest::of("unpublished", "unpublished").build();
    assert!(
        site.read("index.html")
            .contains("There are no articles yet.")
    );
}
