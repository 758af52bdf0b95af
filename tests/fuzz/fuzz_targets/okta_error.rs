#![no_main]

#[path = "../invariants/okta_error.rs"]
mod okta_error;

libfuzzer_sys::fuzz_target!(|data: &[u8]| okta_error::holds(data));
