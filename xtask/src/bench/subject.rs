//! Who runs a model, and what a run of it took.

use std::path::Path;

use super::model::Model;
use super::page::Page;
use super::peer::Peer;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::parity;
use crate::workspace::Workspace;

/// Somebody who can be asked to run models.
pub(super) struct Subject<'a> {
    pub(super) name: String,
    place: Place<'a>,
}

/// Where a subject runs.
enum Place<'a> {
    /// The benchmark's own program, with the word for what it runs.
    Native(&'a Path, &'static str),
    /// The same in Node.
    Wasm(&'a Path, &'static str),
    /// The same in a browser.
    Page(&'a Page, &'static str),
    /// Another simulator.
    Peer(&'a Peer),
}

/// Everybody. The first is what the others are compared with.
pub(super) fn all<'a>(
    native: &'a Path,
    wasm: &'a Path,
    page: Option<&'a Page>,
    peers: &'a [Peer],
) -> Vec<Subject<'a>> {
    let own = [
        ("bare loop", Place::Native(native, "bare")),
        ("engine", Place::Native(native, "engine")),
        ("bare loop, wasm in Node", Place::Wasm(wasm, "bare")),
        ("engine, wasm in Node", Place::Wasm(wasm, "engine")),
    ];
    let page = page.into_iter().flat_map(|page| {
        [
            ("bare loop, in Chromium", Place::Page(page, "bare")),
            ("engine, in Chromium", Place::Page(page, "engine")),
        ]
    });
    let own = own.into_iter().chain(page).map(|(name, place)| Subject {
        name: name.to_owned(),
        place,
    });
    let peers = peers.iter().map(|peer| Subject {
        name: peer.to_string(),
        place: Place::Peer(peer),
    });
    own.chain(peers).collect()
}

/// One run of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) customers: f64,
    pub(super) seconds: f64,
    /// The most memory there was, in bytes, where that is known.
    pub(super) memory: Option<f64>,
    /// How long a customer stayed on average, in seconds, where that is said.
    pub(super) mean: Option<f64>,
}

impl Subject<'_> {
    pub(super) fn has(&self, model: &Model) -> bool {
        match &self.place {
            Place::Native(_, word) | Place::Wasm(_, word) | Place::Page(_, word) => model.has(word),
            Place::Peer(peer) => peer.has(&model.name),
        }
    }

    /// Runs a model in a process of its own, so that nobody pays for what another left.
    pub(super) fn run(
        &self,
        machine: &Machine,
        workspace: &Workspace,
        model: &Model,
        round: usize,
    ) -> Result<Run, Failure> {
        let words = |word| ["model", word, model.name.as_str()];
        let printed = match self.place {
            Place::Native(program, word) => machine.tool(program).args(words(word)).read()?,
            Place::Wasm(folder, word) => {
                parity::run_wasm(machine, workspace, folder, &words(word))?
            }
            Place::Page(page, word) => page.run(machine, workspace, &words(word))?,
            Place::Peer(peer) => peer.run(machine, &model.name, round)?,
        };
        let run = match self.place {
            Place::Peer(_) => Run::from_json(&printed),
            _ => Run::from_words(&printed),
        };
        run.ok_or_else(|| {
            Failure::new(format!(
                "{} did not say how long {} took",
                self.name, model.name
            ))
        })
    }
}

impl Run {
    /// A line such as `model bare mm1 1000000 59008981 2342912`: customers, nanoseconds, bytes.
    fn from_words(printed: &str) -> Option<Self> {
        let line = printed.lines().find(|it| it.starts_with("model "))?;
        let mut numbers = line.split(' ').skip(3).map(str::parse);
        let customers = numbers.next()?.ok()?;
        let nanoseconds: f64 = numbers.next()?.ok()?;
        let memory = numbers.next()?.ok().filter(|it| *it > 0.0);
        Some(Self {
            customers,
            seconds: nanoseconds / 1e9,
            memory,
            mean: None,
        })
    }

    /// A flat object such as `{"customers": 1000, "seconds": 0.1, "mean": 10.0}`.
    fn from_json(printed: &str) -> Option<Self> {
        let number = |key: &str| -> Option<f64> {
            let (_, rest) = printed.split_once(&format!("\"{key}\":"))?;
            let end = rest.find([',', '}'])?;
            rest[..end].trim().parse().ok()
        };
        Some(Self {
            customers: number("customers")?,
            seconds: number("seconds")?,
            memory: None,
            mean: Some(number("mean")?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_from_words() {
        let run = Run::from_words("model bare mm1 1000 500000000 2048\n").unwrap();
        assert_eq!(
            (run.customers, run.seconds, run.memory),
            (1000.0, 0.5, Some(2048.0))
        );
        let run = Run::from_words("model bare mm1 1000 500000000 0\n").unwrap();
        assert_eq!(run.memory, None, "a system that does not say");
        assert_eq!(Run::from_words("model bare mm1 1000\n"), None);
    }

    #[test]
    fn a_run_is_read_from_json() {
        let printed = r#"{"name": "X", "customers": 1000, "seconds": 5e-1, "mean": 9.5}"#;
        let run = Run::from_json(printed).unwrap();
        assert_eq!(
            (run.customers, run.seconds, run.mean),
            (1000.0, 0.5, Some(9.5))
        );
        assert_eq!(Run::from_json(r#"{"customers": 1}"#), None);
    }
}
