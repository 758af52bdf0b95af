#![no_main]

#[path = "../invariants/org_address.rs"]
mod org_address;

libfuzzer_sys::fuzz_target!(|data: &[u8]| org_address::holds(data));
