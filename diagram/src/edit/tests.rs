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

#[test]
fn a_cell_at_the_end_of_all_numbers_is_refused() {
    let document = parse(LINKED);
    for (x, y) in [(i32::MIN, 0), (0, i32::MIN), (1_001, 0), (0, -1_001)] {
        let name = "web".to_owned();
        assert!(document.apply(&Edit::Move { name, x, y }).is_err());
    }
}

#[test]
fn a_chain_that_is_too_long_is_counted_in_calls() {
    let servers: String = (0..10)
        .map(|number| format!("nodes.s{number}.kind = \"server\"\n"))
        .collect();
    let links: String = (0..9)
        .map(|from| format!("[[links]]\nfrom = \"s{from}\"\nto = \"s{}\"\n", from + 1))
        .collect();
    let problems = Document::parse(&format!("format = 1\n{servers}{links}")).expect_err("too long");
    let message = &problems[0].message;
    assert!(
        message.ends_with("and s9 has more than 8 calls"),
        "{message}"
    );
}
