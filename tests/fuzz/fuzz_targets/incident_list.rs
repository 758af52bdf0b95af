#![no_main]

#[path = "../invariants/incident_list.rs"]
mod incident_list;

libfuzzer_sys::fuzz_target!(|data: &[u8]| incident_list::holds(data));
