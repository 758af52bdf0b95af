//! What the practice org begins with: apps in telling states, people of example.com. Ids are the same every time.

use crate::world::{App, Person, World};
use serde_json::json;

/// What to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Seed {
    /// The practice story.
    #[default]
    Story,
    /// Nothing but what `apps` and `users` ask for.
    Empty,
    /// Names that would break a careless screen.
    Hostile,
}

const FIRST: &[&str] = &["Ada", "Ben", "Chloe", "Dev", "Elif", "Femi", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Lena"];
const LAST: &[&str] = &["Abara", "Berg", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Hughes", "Ito", "Jansen"];

/// An id of 20 characters: prefix, then the number.
pub fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}{number:0>width$}", width = 20 - prefix.len())
}

fn people(world: &mut World, count: usize) {
    for number in 1..=count {
        let (first, last) = (FIRST[number % FIRST.len()], LAST[(number / FIRST.len()) % LAST.len()]);
        let login = format!("{}.{}{number}@example.com", first.to_lowercase(), last.to_lowercase());
        let id = id("00u1p", number);
        world.people.insert(id.clone(), Person { id, first: first.into(), last: last.into(), login });
    }
}

fn story(world: &mut World) {
    let rows: &[(&str, &str)] = &[
        ("google", "Google Workspace"),
        ("office365", "Microsoft Office 365"),
        ("slack", "Slack"),
        ("zoomus", "Zoom"),
        ("okta_org2org", "Okta Org2Org (hub)"),
        ("zscalerbyz", "Zscaler 2.0"),
        ("google", "Google Workspace (contractors)"),
        ("salesforce", "Salesforce"),
        ("workday", "Workday"),
        ("practice_scimapp_1", "In-house SCIM app"),
        ("bookmark", "Staff handbook"),
        ("box", "Box (retired)"),
    ];
    for (index, (name, label)) in rows.iter().enumerate() {
        let mut app = App::new(&id("0oa1p", index + 1), name, label);
        app.assigned = world.people.keys().take(5 + index * 3).cloned().collect();
        match *label {
            "Slack" => {
                app.connection.scheme = Some("OAUTH2".into());
                app.connection.state = Some("practiceSlackState0001".into());
            }
            "Zoom" => {
                app.connection.scheme = Some("OAUTH2".into());
                app.connection.state = Some("practiceZoomState00001".into());
                app.connection.authorized = true;
                app.connection.enabled = true;
                app.to_app["create"]["lifecycleCreate"]["status"] = json!("ENABLED");
                app.to_app["update"]["profile"]["status"] = json!("ENABLED");
            }
            "Okta Org2Org (hub)" => {
                app.connection.scheme = Some("TOKEN".into());
                app.connection.enabled = true;
                app.to_okta["importSettings"]["schedule"] = json!({
                    "status": "ENABLED",
                    "fullImport": { "expression": "0 0 * * 0", "timezone": "America/New_York" },
                    "incrementalImport": { "expression": "0 */4 * * *", "timezone": "America/New_York" },
                });
            }
            "Staff handbook" => app.sign_on_mode = "BOOKMARK".into(),
            "Box (retired)" => app.status = "INACTIVE".into(),
            _ => {}
        }
        world.apps.insert(app.id.clone(), app);
    }
}

fn hostile(world: &mut World) {
    let labels = [
        "<img src=x onerror=alert(1)>".to_owned(),
        "\u{202e}gnp.exe \u{2066}isolate".to_owned(),
        "x".repeat(10_000),
        "😀👩‍👩‍👧‍👦 café".to_owned(),
        "javascript:alert(1)".to_owned(),
    ];
    for (index, label) in labels.iter().enumerate() {
        let app = App::new(&id("0oa1h", index + 1), if index == 0 { "google" } else { "salesforce" }, label);
        world.apps.insert(app.id.clone(), app);
    }
}

/// Makes the world.
pub fn plant(seed: Seed, apps: usize, users: usize) -> World {
    let mut world = World::default();
    people(&mut world, if seed == Seed::Empty { users } else { 60 + users });
    match seed {
        Seed::Story => story(&mut world),
        Seed::Hostile => hostile(&mut world),
        Seed::Empty => {}
    }
    let teams = ["Finance", "Legal", "Design", "Support", "Research", "Sales"];
    let tools = ["wiki", "tracker", "portal", "archive", "dashboard", "library", "planner"];
    for number in 1..=apps {
        let label = format!("{} {} {number}", teams[number % teams.len()], tools[number % tools.len()]);
        let app = App::new(&id("0oa2b", number), "bookmark", &label);
        world.apps.insert(app.id.clone(), app);
    }
    world
}
