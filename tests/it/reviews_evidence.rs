//! The evidence pack: what is in the files, and that their sums are right.

use engine::OneFolder;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::sync::Arc;
use support::signin::SUPER_ADMIN;
use support::{World, until};

async fn pack(world: &World, review: &str, all: bool) -> Value {
    let mut events = world.engine.subscribe();
    let more = json!({ "all": all, "summary": true });
    let mut last = world
        .ok("evidence_start", world.about_with("admin", review, more))
        .await;
    until("the pack is made", async || {
        while let Ok(event) = events.try_recv() {
            if let engine::ipc::events::Event::Evidence { view } = event {
                last = serde_json::to_value(view).expect("JSON");
            }
        }
        !matches!(last["state"].as_str(), Some("choosing" | "gathering"))
    })
    .await;
    last
}

fn read(folder: &str, name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(folder).join(name)).expect("a file")
}

fn sum(bytes: &[u8]) -> String {
    digest(&SHA256, bytes)
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_goes_into_three_files_with_their_sums() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let folder = tempfile::tempdir().expect("a folder");
    world
        .engine
        .use_folders(Arc::new(OneFolder(folder.path().to_owned())));
    let review = world.review("admin", "Hugo").await;
    let comment = world.about_with("admin", &review, json!({ "text": "=cmd|' /C calc'!A0" }));
    world.ok("review_comment", comment).await;
    let view = pack(&world, &review, true).await;
    assert_eq!(view["state"], "done", "{view:#}");
    assert_eq!(view["missing"], json!([]));
    let at = view["folder"].as_str().expect("a folder");
    for file in view["files"].as_array().expect("files") {
        let name = file["name"].as_str().expect("a name");
        let bytes = read(at, name);
        assert_eq!(file["sha256"], sum(&bytes), "{name}");
        assert_eq!(file["bytes"], bytes.len());
        let sums = String::from_utf8(read(at, "SHA256SUMS.txt")).expect("text");
        assert!(sums.contains(&format!("{}  {name}", sum(&bytes))));
    }
    let whole: Value = serde_json::from_slice(&read(at, "evidence.json")).expect("JSON");
    assert_eq!(whole["items"].as_array().expect("items").len(), 14);
    assert_eq!(whole["subject"]["name"], "Hugo Abara");
    assert!(whole["summary"].is_string());
    let items = whole["items"].as_array().expect("items");
    assert!(items.iter().all(|item| item["anomalies"].is_array()));
    assert!(items.iter().any(|item| item["below"].is_array()));
    let figma = items.iter().find(|item| item["name"] == "Figma").expect("Figma");
    assert_eq!(figma["remediation"], "REMEDIATED");
    let history = whole["history"].as_array().expect("history");
    assert!(
        history
            .iter()
            .any(|it| it["message"] == "revoked access to Figma")
    );
    let page = String::from_utf8(read(at, "evidence.html")).expect("text");
    assert!(
        page.contains("Figma")
            && !page.contains("<script")
            && !page.contains("http:")
            && !page.contains("https:")
    );
    let table = String::from_utf8(read(at, "evidence.csv")).expect("text");
    assert!(table.lines().count() > 14);
    // A second pack does not write over the first.
    let again = pack(&world, &review, false).await;
    assert_ne!(again["folder"], view["folder"]);
    assert!(
        !again["missing"].as_array().expect("notes").is_empty(),
        "not everything was read"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_saved_is_told() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let review = world.review("admin", "Hugo").await;
    let more = json!({ "all": false, "summary": false });
    let none = world
        .refused("evidence_start", world.about_with("admin", &review, more))
        .await;
    assert!(none.title.contains("No folder"));
    world
        .engine
        .use_folders(Arc::new(OneFolder("/proc/nowhere".into())));
    let view = pack(&world, &review, false).await;
    assert_eq!(view["state"], "failed", "{view:#}");
}
