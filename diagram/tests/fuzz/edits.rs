//! Any sequence of edits leaves a run whose books balance and that can be made again.

use diagram::parameter::parameters;
use diagram::quantity::Quantity;
use diagram::{Document, Edit, Run};
use simulator::{Kind, Progress, SimDuration, SimTime};

use super::bytes::Bytes;

/// Enough for many edits to meet requests that are under way, and few enough to be quick.
const MOST_EVENTS: u64 = 10_000;
/// The most edits of one run.
const MOST_EDITS: u32 = 48;

/// Texts of which some fit any quantity.
const VALUES: [&str; 20] = [
    "0ms",
    "1ms",
    "8ms",
    "100ms",
    "2s",
    "never",
    "off",
    "0/s",
    "90/s",
    "900/s",
    "0%",
    "50%",
    "100%",
    "0",
    "1",
    "2",
    "3",
    "5",
    "8ms lognormal cv2=4",
    "5ms deterministic",
];

/// Carries out the edits that `data` says on the playground's system while it runs.
pub(crate) fn fuzz(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let seed = u64::from(bytes.byte());
    let mut run = Run::new(&Document::default_playground().with_seed(seed));
    let mut count = 0;
    while bytes.has_more() && count < MOST_EDITS && run.simulation().events() < MOST_EVENTS {
        count += 1;
        let edit = edit(&mut bytes, run.document());
        let before = run.document().clone();
        if run.edit(edit.clone()).is_err() {
            assert_eq!(
                *run.document(),
                before,
                "refused, and yet changed: {edit:?}"
            );
        }
        let wait = SimDuration::from_millis(u64::from(bytes.byte()));
        advance(&mut run, wait);
    }
    replay(&run);
}

/// Runs on, and looks at the books.
fn advance(run: &mut Run, wait: SimDuration) {
    let (then, events) = (run.now(), run.simulation().events());
    let target = then + wait;
    assert_eq!(run.run_until(target, u64::MAX), Progress::Reached);
    assert_eq!(run.now(), target, "the clock stands where it was sent");
    assert!(run.simulation().events() >= events, "nothing is undone");
    let snapshot = run.simulation().snapshot();
    assert!(snapshot.totals.is_conserved(), "{:?}", snapshot.totals);
    assert_eq!(snapshot.nodes.len(), run.document().nodes().len());
    for node in &snapshot.nodes {
        assert!((0.0..=1.0 + 1e-9).contains(&node.utilisation), "{node:?}");
        assert!(node.busy <= node.workers || node.workers == 0, "{node:?}");
    }
}

/// The recording gives the same run, in other steps.
fn replay(run: &Run) {
    if !run.is_recording_exact() {
        return;
    }
    let mut again = Run::new(&run.recording());
    let mut last = SimTime::ZERO;
    while again.run_until(run.now(), 97) == Progress::BudgetSpent {
        assert!(again.now() >= last, "time never goes back");
        last = again.now();
    }
    let [was, is] = [run, &again].map(Run::simulation);
    assert_eq!(is.events(), was.events());
    assert_eq!(is.fingerprint(), was.fingerprint());
    assert_eq!(is.snapshot(), was.snapshot());
}

fn edit(bytes: &mut Bytes, document: &Document) -> Edit {
    let names: Vec<&str> = document.nodes().iter().map(|n| n.name.as_str()).collect();
    let name = |bytes: &mut Bytes| match names.as_slice() {
        [] => "nobody".to_owned(),
        names => (*bytes.pick(names)).to_owned(),
    };
    match bytes.byte() % 14 {
        0 => Edit::Kill { name: name(bytes) },
        1 => Edit::Heal { name: name(bytes) },
        2 => Edit::Slow {
            name: name(bytes),
            factor: f64::from(bytes.byte()) / 4.0,
        },
        3 => Edit::Remove { name: name(bytes) },
        4 => Edit::Duplicate {
            name: name(bytes),
            as_name: format!("copy-{}", bytes.byte()),
        },
        5 => Edit::Rename {
            name: name(bytes),
            to: format!("other-{}", bytes.byte()),
        },
        6 => {
            let kind = *bytes.pick(&Kind::ALL);
            let name = format!("new-{}", bytes.byte());
            Edit::Add { name, kind }
        }
        7 | 8 => Edit::Connect {
            from: name(bytes),
            to: name(bytes),
            latency: SimDuration::from_micros(u64::from(bytes.byte()) * 100),
        },
        9 => Edit::Disconnect {
            from: name(bytes),
            to: name(bytes),
        },
        10 => Edit::Set {
            path: "web.count".to_owned(),
            value: (bytes.byte() % 12).to_string(),
        },
        _ => set(bytes, document),
    }
}

/// A value for a parameter that some node has.
fn set(bytes: &mut Bytes, document: &Document) -> Edit {
    let Some(last) = document.nodes().len().checked_sub(1) else {
        let (path, value) = ("slo".to_owned(), "20ms".to_owned());
        return Edit::Set { path, value };
    };
    let node = &document.nodes()[usize::from(bytes.byte()).min(last)];
    let parameter = bytes.pick(parameters(node.kind.kind()));
    let value = match parameter.quantity {
        Quantity::Choice(choices) => bytes.pick(choices).text,
        _ => bytes.pick(&VALUES),
    };
    Edit::Set {
        path: format!("{}.{}", node.name, parameter.key),
        value: value.to_owned(),
    }
}
