//! A short run of the fuzz targets: the kept corpus, and inputs that are like those in it.
//!
//! It needs no tools and is the same on every machine. `diagram/fuzz/README.md` says how to search
//! longer, and what to do with what is found.

// A library for the fuzzers too, which use less of it.
#[path = "fuzz/mod.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// SplitMix64 (Steele, Lea and Flood, 2014): enough to vary an input.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let entries = fs::read_dir(folder.join(target)).expect("the corpus is committed");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target} has a corpus");
    let read = |path: &std::path::PathBuf| fs::read(path).expect("readable");
    paths.iter().map(read).collect()
}

/// An input like one of `corpus`: some bytes changed, left out, doubled, or taken from another one.
fn like(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(4) {
        let at = chance.below(input.len() + 1);
        let end = (at + 1 + chance.below(24)).min(input.len());
        match chance.below(5) {
            0 if at < input.len() => input[at] = chance.below(256) as u8,
            1 if at < end => drop(input.drain(at..end)),
            2 if at < end => {
                let part = input[at..end].to_vec();
                let to = chance.below(input.len() + 1);
                input.splice(to..to, part);
            }
            3 => {
                let other = &corpus[chance.below(corpus.len())];
                let from = chance.below(other.len());
                let until = (from + 1 + chance.below(40)).min(other.len());
                input.splice(at..end.max(at), other[from..until].iter().copied());
            }
            _ => input.truncate(at),
        }
    }
    input
}

#[track_caller]
fn check(target: &str, fuzz: fn(&[u8]), count: usize) {
    let corpus = corpus(target);
    corpus.iter().for_each(|input| fuzz(input));
    let mut chance = Chance(1);
    for number in 0..count {
        let input = like(&corpus, &mut chance);
        let result = std::panic::catch_unwind(|| fuzz(&input));
        if result.is_err() {
            let name = format!("{target}-{number}");
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            fs::write(&file, &input).expect("writable");
            panic!("{}: {:?}", file.display(), String::from_utf8_lossy(&input));
        }
    }
}

#[test]
fn any_text_is_read_or_refused() {
    check("scenario", targets::scenario::fuzz, 4_000);
}

#[test]
fn any_link_is_opened_or_refused() {
    check("link", targets::link::fuzz, 4_000);
}

#[test]
fn any_edits_leave_a_run_that_balances_and_repeats() {
    check("edits", targets::edits::fuzz, 400);
}
