//! The playground's own bundle: what the shell names is the application of articles.
//!
//! Trunk gives only one application of a page a name that changes with its content. The other one
//! gets its content's hash behind its name, so that no browser takes an old one for the new.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use article::Base;

use crate::error::Error;

/// The addresses of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Application {
    /// The script.
    pub(crate) js: String,
    /// The WebAssembly.
    pub(crate) wasm: String,
}

impl Application {
    /// The bundle of the playground, which has been built into the output folder.
    pub(crate) fn of_playground(out: &Path, base: &Base) -> Result<Self, Error> {
        let address = |name: &'static str| -> Result<String, Error> {
            let path = out.join(name);
            match fs::read(&path) {
                Ok(bytes) => Ok(format!("{}{name}?v={:016x}", base.as_str(), hash(&bytes))),
                Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::NoPlayground {
                    out: out.to_owned(),
                    name,
                }),
                Err(error) => Err(Error::file("read", &path, error)),
            }
        };
        Ok(Self {
            js: address("playground.js")?,
            wasm: address("playground_bg.wasm")?,
        })
    }
}

/// FNV-1a: against mistakes, not against enemies.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_has_another_hash() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_ne!(hash(b"ab"), hash(b"ba"));
    }
}
