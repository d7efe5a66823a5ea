use super::*;

fn parse(text: &str) -> Document {
    Document::parse(text).expect("valid")
}

fn rename(name: &str, to: &str) -> Edit {
    Edit::Rename {
        name: name.to_owned(),
        to: to.to_owned(),
    }
}

const LINKED: &str = r#"
format = 1
nodes.web.kind = "server"
nodes.db.kind = "database"
links = [{ from = "web", to = "db", latency = "1ms" }]
timeline = [
  { at = "10s", set = { "web -> db.latency" = "50ms" } },
  { at = "20s", set = { "db.workers" = 3 } },
]
variants = [{ name = "far", set = { "web->db.latency" = "80ms", "web.workers" = 2 } }]
"#;

#[test]
fn settings_of_a_link_follow_the_new_name_of_its_ends() {
    let renamed = parse(LINKED)
        .apply(&rename("db", "store"))
        .and_then(|document| document.apply(&rename("web", "app")))
        .expect("both names are free");
    let text = renamed.to_toml();
    for kept in ["app -> store.latency", "store.workers", "app.workers"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert_eq!(renamed.timeline().len(), 2);
    assert_eq!(renamed.variants()[0].settings.len(), 2);
}
