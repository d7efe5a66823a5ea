use super::*;
use crate::document::Document;

fn system(servers: usize, extra: &str) -> Document {
    let text = format!(
        "format = 1\n[nodes.users]\nkind = \"clients\"\n[nodes.dns]\nkind = \"dns\"\n[nodes.balancer]\nkind = \"balancer\"\n\
         [nodes.web]\nkind = \"server\"\ncount = {servers}\n[nodes.db]\nkind = \"database\"\n\
         [[links]]\nfrom = \"users\"\nto = \"dns\"\n[[links]]\nfrom = \"users\"\nto = \"balancer\"\n[[links]]\nfrom = \"balancer\"\nto = \"web\"\n[[links]]\nfrom = \"web\"\nto = \"db\"\n{extra}"
    );
    Document::parse(&text).expect("valid")
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

#[test]
fn boxes_never_overlap_and_stay_inside() {
    for orientation in [Orientation::Across, Orientation::Down] {
        for servers in 1..=20 {
            let layout = place(&system(servers, ""), orientation);
            for (i, a) in layout.nodes.iter().enumerate() {
                assert!(
                    a.x >= 0.0 && a.right() <= layout.width,
                    "{orientation:?} {servers}"
                );
                assert!(
                    a.y >= 0.0 && a.bottom() <= layout.height,
                    "{orientation:?} {servers}"
                );
                for b in &layout.nodes[i + 1..] {
                    assert!(!overlap(a, b), "{orientation:?} {servers}: {a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn across_no_way_leads_through_another_box() {
    for servers in 1..=14 {
        let layout = place(&system(servers, ""), Orientation::Across);
        for edge in &layout.edges {
            for (id, rect) in (0..).map(NodeId).zip(&layout.nodes) {
                let is_own = id == edge.from || id == edge.to;
                let inside = |t: u32| {
                    let (x, y) = edge.point(f64::from(t) / 100.0);
                    rect.contains((x, y))
                };
                assert!(
                    is_own || !(0..=100).any(inside),
                    "{servers} servers: {edge:?} crosses {rect:?}"
                );
            }
        }
    }
}

#[test]
fn a_way_runs_from_its_start_to_its_end_without_a_jump() {
    for servers in [1, 4, 10, 16] {
        for edge in &place(&system(servers, ""), Orientation::Across).edges {
            let mut last = edge.point(0.0);
            for step in 1..=200 {
                let (x, y) = edge.point(f64::from(step) / 200.0);
                let jump = libm::hypot(x - last.0, y - last.1);
                assert!(jump < 20.0, "{edge:?} jumps by {jump} at {step}");
                last = (x, y);
            }
        }
    }
}

#[test]
fn a_phone_is_328_pixels_wide_whatever_the_system() {
    for servers in [1, 3, 4, 10, 16, 40] {
        let layout = place(
            &system(servers, "[positions]\nweb-1 = [900, 2]\n"),
            Orientation::Down,
        );
        assert!((layout.width - 328.0).abs() < 1e-9);
    }
}

#[test]
fn queue_slots_and_worker_cells_stand_clear_of_each_other() {
    for orientation in [Orientation::Across, Orientation::Down] {
        for servers in [1, 2, 4, 6, 10, 16] {
            let document = system(servers, "");
            let layout = place(&document, orientation);
            for id in (0..document.nodes().len() as u32).map(NodeId) {
                let rect = layout.nodes[id.index()];
                for position in 0..QUEUE_SLOTS {
                    let (x, y) = layout.queue_slot(id, position).expect("drawn");
                    let inside = rect.contains((x, y));
                    assert!(!inside, "a queue stands before the entrance");
                    assert!(x > 0.0 && y > 0.0, "{orientation:?} {servers} {x} {y}");
                }
                assert_eq!(layout.queue_slot(id, QUEUE_SLOTS), None);
                for worker in 0..2 {
                    if let Some(cell) = layout.worker_cell(id, worker) {
                        assert!(cell.x >= rect.x && cell.right() <= rect.right());
                        assert!(cell.y >= rect.y && cell.bottom() <= rect.bottom());
                    }
                }
            }
        }
    }
}

#[test]
fn a_dragged_node_stands_where_it_was_put_and_nothing_else_changes() {
    let plain = system(2, "");
    let moved = system(2, "[positions]\nweb-1 = [20, -3]\n");
    assert_eq!(plain.scenario(), moved.scenario());
    let layout = place(&moved, Orientation::Across);
    let id = moved.node_id("web-1").expect("exists");
    let (x, y) = layout.nodes[id.index()].centre();
    assert_eq!(layout.cell_at(x, y), (20, -3));
    assert!(
        layout
            .nodes
            .iter()
            .all(|rect| rect.x >= 0.0 && rect.y >= 0.0)
    );
}

#[test]
fn an_edge_begins_and_ends_at_its_boxes() {
    let layout = place(&system(3, ""), Orientation::Across);
    for edge in &layout.edges {
        let (start, end) = (
            layout.nodes[edge.from.index()],
            layout.nodes[edge.to.index()],
        );
        let touches = |rect: Rect, (x, y): (f64, f64)| {
            x >= rect.x - 0.01
                && x <= rect.right() + 0.01
                && y >= rect.y - 0.01
                && y <= rect.bottom() + 0.01
        };
        assert!(touches(start, edge.point(0.0)) && touches(end, edge.point(1.0)));
        assert_eq!(edge.point(f64::NAN), edge.point(0.0));
    }
}

#[test]
fn a_link_past_a_node_is_drawn_beside_it() {
    let text = "format = 1\n\
        nodes.users = { kind = \"clients\" }\n\
        nodes.a = { kind = \"server\" }\n\
        nodes.b = { kind = \"server\" }\n\
        nodes.db = { kind = \"database\" }\n\
        links = [{ from = \"users\", to = \"a\" }, { from = \"a\", to = \"b\" },\n\
                 { from = \"a\", to = \"db\" }, { from = \"b\", to = \"db\" }]\n";
    let document = Document::parse(text).expect("valid");
    let b = document.node_id("b").expect("it is there").index();
    for orientation in [Orientation::Across, Orientation::Down] {
        let layout = place(&document, orientation);
        let past = layout.edges.iter().find(|edge| {
            let names = [edge.from, edge.to].map(|id| &*document.nodes()[id.index()].name);
            names == ["a", "db"]
        });
        let past = past.expect("the link from a to db");
        let rect = layout.nodes[b];
        for step in 0..=100 {
            let (x, y) = past.point(f64::from(step) / 100.0);
            let is_inside = rect.contains((x, y));
            assert!(!is_inside, "{orientation:?}: {x} {y} in {rect:?}");
            assert!(x > 0.0 && x < layout.width && y > 0.0 && y < layout.height);
        }
    }
}

#[test]
fn an_empty_document_has_a_layout() {
    let empty = Document::parse("format = 1\n").expect("valid");
    for orientation in [Orientation::Across, Orientation::Down] {
        let layout = place(&empty, orientation);
        assert!(layout.nodes.is_empty() && layout.width > 0.0 && layout.height > 0.0);
    }
}
