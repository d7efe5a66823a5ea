//! The bundle that article pages load: what live figures need, and nothing else.

fn main() {
    playground::start();
}
