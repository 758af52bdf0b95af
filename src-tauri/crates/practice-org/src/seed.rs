//! What the practice org begins with: apps in telling states, people of example.com. Ids are the same every time.

mod admins;

pub use admins::{
    APP_ADMIN, NATIVE_CLIENT, NO_ADMIN, READ_ONLY_ADMIN, REDIRECT_URIS, SUPER_ADMIN, UNASSIGNED,
};

use crate::world::connection::HUB;
use crate::world::{App, Group, Person, World, feature};
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

const FIRST: &[&str] = &[
    "Ada", "Ben", "Chloe", "Dev", "Elif", "Femi", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Lena",
];
const LAST: &[&str] = &[
    "Abara", "Berg", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Hughes", "Ito", "Jansen",
];

/// An id of 20 characters: prefix, then the number.
pub(crate) fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}{number:0>width$}", width = 20 - prefix.len())
}

fn people(world: &mut World, count: usize) {
    for number in 1..=count {
        let (first, last) = (
            FIRST[number % FIRST.len()],
            LAST[(number / FIRST.len()) % LAST.len()],
        );
        let login = format!(
            "{}.{}{number}@example.com",
            first.to_lowercase(),
            last.to_lowercase()
        );
        // A few who have not begun yet, and a few who have left.
        let status = match number % 17 {
            5 => "STAGED",
            11 => "DEPROVISIONED",
            _ => "ACTIVE",
        };
        let id = id("00u1p", number);
        let person = Person {
            id: id.clone(),
            first: first.into(),
            last: last.into(),
            login,
            status: status.into(),
        };
        world.people.insert(id, person);
    }
}

/// The person the API token belongs to: always there, so that `/api/v1/users/me` has an answer.
fn owner(world: &mut World) {
    let id = id("00u0p", 1);
    let person = Person {
        id: id.clone(),
        first: "Robin".into(),
        last: "Keller".into(),
        login: "robin.keller@example.com".into(),
        status: "ACTIVE".into(),
    };
    world.owner.clone_from(&id);
    world.people.insert(id, person);
}

fn groups(world: &mut World) {
    let rows = [
        ("Everyone", "All users in your organization"),
        ("Finance", "Accounts, payroll and purchasing"),
        ("Design", "Product and brand"),
        ("Support", "Customer support"),
        ("Contractors", "People with a contract that ends"),
        ("IT admins", "Those who look after this org"),
    ];
    for (index, (name, description)) in rows.iter().enumerate() {
        let id = id("00g1p", index + 1);
        let members = world.people.len() / (index + 1);
        world.groups.insert(
            id.clone(),
            Group {
                id,
                name: (*name).into(),
                description: (*description).into(),
                members,
            },
        );
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
        ("okta_org2org", "Okta Org2Org (partner)"),
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
                let mut to_app = feature::to_app_default();
                to_app["create"]["lifecycleCreate"]["status"] = json!("ENABLED");
                to_app["update"]["profile"]["status"] = json!("ENABLED");
                app.to_app = Some(to_app);
            }
            "Okta Org2Org (hub)" => {
                app.connection.scheme = Some("TOKEN".into());
                app.connection.base_url = Some(HUB.into());
                app.connection.enabled = true;
                let mut to_okta = feature::to_okta_default();
                to_okta["importSettings"]["schedule"] = json!({
                    "status": "ENABLED",
                    "fullImport": { "expression": "0 0 * * 0", "timezone": "America/New_York" },
                    "incrementalImport": { "expression": "0 */4 * * *", "timezone": "America/New_York" },
                });
                app.to_okta = Some(to_okta);
            }
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
        let app = App::new(
            &id("0oa1h", index + 1),
            if index == 0 { "google" } else { "salesforce" },
            label,
        );
        world.apps.insert(app.id.clone(), app);
    }
}

/// Makes the world.
pub(crate) fn plant(seed: Seed, apps: usize, users: usize, token: &str, now: i64) -> World {
    let mut world = World::default();
    owner(&mut world);
    people(&mut world, if seed == Seed::Empty { users } else { 60 + users });
    groups(&mut world);
    admins::token(&mut world, token, now);
    match seed {
        Seed::Story => {
            story(&mut world);
            admins::story(&mut world, now);
        }
        Seed::Hostile => hostile(&mut world),
        Seed::Empty => {}
    }
    let teams = ["Finance", "Legal", "Design", "Support", "Research", "Sales"];
    let tools = [
        "wiki",
        "tracker",
        "portal",
        "archive",
        "dashboard",
        "library",
        "planner",
    ];
    for number in 1..=apps {
        let label = format!(
            "{} {} {number}",
            teams[number % teams.len()],
            tools[number % tools.len()]
        );
        let app = App::new(&id("0oa2b", number), "bookmark", &label);
        world.apps.insert(app.id.clone(), app);
    }
    world
}
