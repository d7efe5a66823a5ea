//! Lets libFuzzer search for what `tests/fuzz/link.rs` does not allow.
#![no_main]

// All targets share one folder; this one needs only a part of it.
#[allow(dead_code)]
#[path = "../../tests/fuzz/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::link::fuzz(data));
