//! The names by which a script and its WebAssembly find each other, without their hashes.
//!
//! wasm-bindgen ends the names of what it imports with 16 digits of a hash. Nothing compresses them, and a
//! page carries each of them twice. Counting serves as well: the first of each name is 0, the next is 1. The
//! names keep their lengths, so the WebAssembly around them stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::output::Output;

/// How all of these names begin.
const BEGINNING: &[u8] = b"__wb";
/// The digits of a hash.
const DIGITS: usize = 16;

/// Renames what the scripts that lie directly in `out` give to the WebAssembly beside them.
pub(crate) fn files(out: &Path, output: &Output) -> Result<(), Error> {
    let read = |path: &Path| fs::read(path).map_err(|error| Error::file("read", path, error));
    let entries = fs::read_dir(out).map_err(|error| Error::file("read", out, error))?;
    for entry in entries {
        let path = entry
            .map_err(|error| Error::file("read", out, error))?
            .path();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(stem) = name.and_then(|name| name.strip_suffix("_bg.wasm")) else {
            continue;
        };
        let script_name = format!("{stem}.js");
        let script_path = out.join(&script_name);
        if !script_path.is_file() {
            continue;
        }
        let (script, wasm) = (read(&script_path)?, read(&path)?);
        let names = names(&script);
        output.write(&script_name, &renamed(&script, &names))?;
        output.write(&format!("{stem}_bg.wasm"), &renamed(&wasm, &names))?;
    }
    Ok(())
}

/// The hashed names in `script`, each with its new one.
fn names(script: &[u8]) -> BTreeMap<&[u8], Vec<u8>> {
    let hashed: BTreeSet<&[u8]> = hashed_names(script).map(|(_, name)| name).collect();
    let mut counts: BTreeMap<&[u8], u64> = BTreeMap::new();
    hashed
        .into_iter()
        .map(|name| {
            let (stem, _) = name.split_at(name.len() - DIGITS);
            let count = counts.entry(stem).or_default();
            let digits = format!("{count:0DIGITS$x}");
            *count += 1;
            (name, [stem, digits.as_bytes()].concat())
        })
        .collect()
}

/// `bytes` with the new `names`.
fn renamed(bytes: &[u8], names: &BTreeMap<&[u8], Vec<u8>>) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (start, name) in hashed_names(bytes) {
        if let Some(new) = names.get(name) {
            out[start..start + new.len()].copy_from_slice(new);
        }
    }
    out
}

/// All identifiers of wasm-bindgen's that end with a hash, each with its place.
fn hashed_names(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut place = 0;
    std::iter::from_fn(move || {
        loop {
            let start = place + find(&bytes[place..], BEGINNING)?;
            let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
            let length = bytes[start..].iter().take_while(is_part).count();
            place = start + length;
            let name = &bytes[start..place];
            if is_hashed(name) {
                return Some((start, name));
            }
        }
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

fn is_hashed(name: &[u8]) -> bool {
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    name.split_last_chunk::<DIGITS>()
        .is_some_and(|(stem, digits)| stem.ends_with(b"_") && digits.iter().all(is_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "const import0 = { __wbg_get_00ffee1122334455: f, __wbg_get_f0ffee1122334455: g,\n\
                          __wbg_line: 1, __wbindgen_cast_0000000000000abc: h };";
    const WASM: &[u8] =
        b"\0asm\x1b__wbg_get_f0ffee1122334455\0\x01\x1b__wbg_get_00ffee1122334455\0\
                          __wbindgen_malloc __wbg_set_ffffffffffffffff";

    #[test]
    fn both_sides_get_the_same_new_names_and_nothing_changes_its_length() {
        let names = names(SCRIPT.as_bytes());
        let script = String::from_utf8(renamed(SCRIPT.as_bytes(), &names)).unwrap();
        assert_eq!(
            script,
            "const import0 = { __wbg_get_0000000000000000: f, __wbg_get_0000000000000001: g,\n\
             __wbg_line: 1, __wbindgen_cast_0000000000000000: h };"
        );
        assert_eq!(
            renamed(WASM, &names),
            b"\0asm\x1b__wbg_get_0000000000000001\0\x01\x1b__wbg_get_0000000000000000\0\
              __wbindgen_malloc __wbg_set_ffffffffffffffff",
            "a name that the script does not have stays"
        );
    }

    #[test]
    fn renaming_twice_is_renaming_once() {
        let once = renamed(SCRIPT.as_bytes(), &names(SCRIPT.as_bytes()));
        assert_eq!(renamed(&once, &names(&once)), once);
    }
}
