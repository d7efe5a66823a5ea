//! The repository's own articles.

use crate::html::tags;
use crate::site_test::SiteTest;

/// Every page of the real content builds, every claim in it holds, and every figure can be read without scripts.
#[test]
fn the_real_content_builds() {
    let site = SiteTest::of_folder("../content", "real-content").build();
    assert!(site.summary().figures > 0);
    for (path, page) in site.pages() {
        tags(&page);
        for figure in page.split("<figure ").skip(1) {
            let (figure, _) = figure.split_once("</figure>").unwrap();
            for part in ["<svg", "<title", "<table>", "<dl class=\"numbers\">"] {
                assert!(figure.contains(part), "{path}: a figure without {part}");
            }
        }
    }
}
