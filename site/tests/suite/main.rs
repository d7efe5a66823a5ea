//! The generator as a whole: a small content in, a site out. `tests/README.md` says how to add a case.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds nothing to unwrap has failed"
)]

mod files;
mod html;
mod invalid;
mod pages;
mod real_content;
mod rebuild;
mod site_test;
