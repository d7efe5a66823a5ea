//! The bundle of the playground's page: everything.

fn main() {
    playground::start();
}
