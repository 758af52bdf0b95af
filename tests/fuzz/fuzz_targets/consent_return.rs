#![no_main]

#[path = "../invariants/consent_return.rs"]
mod consent_return;

libfuzzer_sys::fuzz_target!(|data: &[u8]| consent_return::holds(data));
