//! Timings in the real window. They are printed and never judged: a busy machine is slow, not wrong. `cargo xtask bench` runs
//! them.

#![allow(clippy::print_stdout, reason = "what is measured is printed")]

use crate::org::Org;
use crate::reviews::set_up;
use crate::stage::{Keychain, Stage};
use crate::window::Window;
use serde_json::{Value, json};
use std::time::Instant;

/// Frames while something is done once a frame: how long each took, in milliseconds. A key is pressed, or the list scrolled.
const FRAMES: &str = r#"
    const [what, times] = arguments;
    const done = arguments[arguments.length - 1];
    const list = document.querySelector('main [role=grid]');
    list.focus();
    const took = [];
    let last = performance.now();
    const step = () => {
        const now = performance.now();
        took.push(now - last);
        last = now;
        if (took.length > times) return done(took.slice(1));
        if (what === 'scroll') list.scrollTop = (list.scrollTop + 900) % list.scrollHeight;
        else list.dispatchEvent(new KeyboardEvent('keydown', { key: what, code: 'KeyJ', bubbles: true, cancelable: true, repeat: true }));
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
"#;

/// Median, the 95th of a hundred, and the worst.
fn told(what: &str, frames: &Value) {
    let mut all: Vec<f64> = frames
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    all.sort_by(f64::total_cmp);
    let at = |share: usize| all[(all.len() - 1) * share / 100];
    println!(
        "{what}: {} frames, median {:.1} ms, 95 % within {:.1} ms, worst {:.1} ms",
        all.len(),
        at(50),
        at(95),
        at(100)
    );
}

#[tokio::test]
#[ignore = "measures; run by `cargo xtask bench`"]
async fn bench_a_review_of_five_thousand_items() {
    let stage = Stage::new(Keychain::Open).await;
    let org = Org::start_with(&stage, &["--review-items", "5000"]);
    let window = Window::open(&stage, &["--practice"], &org.env()).await;
    set_up(&window).await;
    window.click("button", "Open access reviews").await;
    window.find("row", "Everything of Jun Abara…").await;
    let begun = Instant::now();
    window.click("row", "Everything of Jun Abara…").await;
    window.find("row", "High…").await;
    println!("first items after {} ms", begun.elapsed().as_millis());
    window.says("of 5,000 decided").await;
    println!("all 5,000 items after {} ms", begun.elapsed().as_millis());
    told(
        "scrolling",
        &window.run_async(FRAMES, vec![json!("scroll"), json!(300)]).await,
    );
    told(
        "holding j",
        &window.run_async(FRAMES, vec![json!("j"), json!(300)]).await,
    );
    let rows = window
        .run(
            "return document.querySelectorAll('main [role=grid] [role=row]').length",
            vec![],
        )
        .await;
    println!("rows that exist: {rows}");
    window.close(&stage).await;
}
