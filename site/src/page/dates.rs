//! When a page was published, and when it last changed.

use article::{Date, FrontMatter};

/// Each date as HTML, in the order of time.
pub(super) fn dates(front: &FrontMatter) -> impl Iterator<Item = String> {
    let published = front.date.map(time);
    // On the day itself there is nothing to tell.
    let updated = front.updated.filter(|&updated| Some(updated) != front.date);
    let updated = updated.map(|updated| format!("updated {}", time(updated)));
    published.into_iter().chain(updated)
}

fn time(date: Date) -> String {
    format!("<time datetime=\"{date}\">{}</time>", date.in_words())
}
