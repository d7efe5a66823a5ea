use expect_test::{Expect, expect};

use crate::{Base, Layout, Rendering, Reports, SiteMap, Url, parse, render};

const FRONT: &str = "---\nlayout: chapter\ntitle: T\nlang: en\nlang-ref: t\ndescription: D.\n---\n";

fn html(markdown: &str) -> String {
    let (page, problems) = parse(
        "content/en/a/01-one.md",
        &format!("{FRONT}{markdown}"),
        Layout::Chapter,
        Some(1),
    );
    assert!(problems.is_empty(), "{problems:?}");
    let other = parse(
        "content/en/a/02-two.md",
        &format!("{FRONT}## Part\n"),
        Layout::Chapter,
        Some(2),
    )
    .0;
    let mut site_map = SiteMap::default();
    site_map.add_page(&page, Url::page(&["a", "one"]));
    site_map.add_page(&other, Url::page(&["a", "two"]));
    site_map.add_file(
        "content/en/a/pic ture.png".to_owned(),
        Url::page(&["a"]).file("pic ture.png"),
    );
    site_map.add_place(Url::page(&["playground"]));
    let broken = site_map.check(&page);
    assert!(broken.is_empty(), "{broken:?}");
    render(&Rendering {
        page: &page,
        reports: &Reports::default(),
        site_map: &site_map,
        base: &Base::parse("/x/").expect("a valid base"),
        playground: &Url::page(&["playground"]),
    })
}

#[track_caller]
fn check(markdown: &str, expected: &Expect) {
    expected.assert_eq(&html(markdown));
}

#[test]
fn words_are_set_with_care() {
    check(
        "It's *so* **good** -- \"really\" ~~no~~ `a < b & c`...  \nNext & last\n",
        &expect![[r#"
        <p>It’s <em>so</em> <strong>good</strong> – “really” <s>no</s> <code>a &lt; b &amp; c</code>…<br>
        Next &amp; last</p>
    "#]],
    );
}

#[test]
fn headings_can_be_linked_to() {
    check(
        "## Who gets *it*?\n\n### Who gets it?\n",
        &expect![[r##"
        <h2 id="who-gets-it">Who gets <em>it</em>? <a class="heading-anchor" href="#who-gets-it" aria-label="Link to this section">#</a></h2>
        <h3 id="who-gets-it-2">Who gets it? <a class="heading-anchor" href="#who-gets-it-2" aria-label="Link to this section">#</a></h3>
    "##]],
    );
}

#[test]
fn links_lead_to_addresses_with_the_base() {
    check(
        "[two](02-two.md#part) [up](../a/02-two.md) [here](#here) [play](/playground/) [out](https://example.org/?a&b)\n\n\
         ## Here\n\n![A picture](pic%20ture.png)\n",
        &expect![[r##"
            <p><a href="/x/a/two/#part">two</a> <a href="/x/a/two/">up</a> <a href="#here">here</a> <a href="/x/playground/">play</a> <a href="https://example.org/?a&amp;b">out</a></p>
            <h2 id="here">Here <a class="heading-anchor" href="#here" aria-label="Link to this section">#</a></h2>
            <p><img src="/x/a/pic%20ture.png" alt="A picture" loading="lazy"></p>
        "##]],
    );
}

#[test]
fn lists_are_tight_or_loose_as_written() {
    check(
        "- a\n- b\n  1. c\n\n3. x\n\n   y\n\n4. z\n\n* [ ] to do\n* [x] done\n",
        &expect![[r#"
        <ul>
        <li>a</li>
        <li>b
        <ol>
        <li>c</li>
        </ol></li>
        </ul>
        <ol start="3">
        <li><p>x</p>
        <p>y</p></li>
        <li><p>z</p></li>
        </ol>
        <ul class="tasks">
        <li><span class="task" role="img" aria-label="To do:">○</span> to do</li>
        <li><span class="task" role="img" aria-label="Done:">✓</span> done</li>
        </ul>
    "#]],
    );
}

#[test]
fn tables_scroll_in_a_box_of_their_own() {
    check(
        "| a | b |\n|---|--:|\n| `1` | 2 |\n",
        &expect![[r#"
        <div class="table" role="region" aria-label="Table" tabindex="0"><table>
        <thead>
        <tr><th scope="col">a</th><th scope="col" class="right">b</th></tr>
        </thead>
        <tbody>
        <tr><td><code>1</code></td><td class="right">2</td></tr>
        </tbody>
        </table></div>
    "#]],
    );
}

#[test]
fn callouts_quotations_and_code_are_set_apart() {
    check(
        "> [!IMPORTANT]\n> **One** thing.\n\n> Said.\n\n```json\n{\"a\": \"<b>\"}\n```\n\n---\n",
        &expect![[r#"
        <aside class="callout callout-important" aria-label="Remember">
        <p class="callout-label">Remember</p>
        <p><strong>One</strong> thing.</p>
        </aside>
        <blockquote>
        <p>Said.</p>
        </blockquote>
        <pre class="code" tabindex="0"><code class="language-json">{&quot;a&quot;: &quot;&lt;b&gt;&quot;}
        </code></pre>
        <hr>
    "#]],
    );
}

#[test]
fn footnotes_follow_the_order_of_the_text() {
    check(
        "[^late]: Second.\n\nA[^early], b[^late], c[^early].\n\n[^early]: First, with `code`.\n",
        &expect![[r##"
        <p>A<sup class="footnote-reference"><a id="fnref-1" href="#fn-1" aria-label="Footnote 1">1</a></sup>, b<sup class="footnote-reference"><a id="fnref-2" href="#fn-2" aria-label="Footnote 2">2</a></sup>, c<sup class="footnote-reference"><a id="fnref-1-2" href="#fn-1" aria-label="Footnote 1">1</a></sup>.</p>
        <section class="footnotes" id="footnotes" aria-label="Footnotes">
        <ol>
        <li id="fn-1"><p>First, with <code>code</code>. <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">↩</a> <a class="footnote-back" href="#fnref-1-2" aria-label="Back to the text">↩</a></p></li>
        <li id="fn-2"><p>Second. <a class="footnote-back" href="#fnref-2" aria-label="Back to the text">↩</a></p></li>
        </ol>
        </section>
    "##]],
    );
}
