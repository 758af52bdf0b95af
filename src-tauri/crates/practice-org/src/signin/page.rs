//! The HTML of the org's own pages. Everything that was sent in is escaped.

use crate::consent::{escape, hidden};
use crate::oauth_errors::Said;
use crate::seed::{APP_ADMIN, NO_ADMIN, READ_ONLY_ADMIN, SUPER_ADMIN, UNASSIGNED};
use crate::world::World;
use std::fmt::Write;

/// Who may sign in, and what they are.
const PEOPLE: &[(&str, &str)] = &[
    (SUPER_ADMIN, "super administrator"),
    (APP_ADMIN, "application administrator"),
    (READ_ONLY_ADMIN, "read-only administrator"),
    (NO_ADMIN, "no admin role"),
    (UNASSIGNED, "not assigned to the app"),
];

/// The person a login stands for; only active ones sign in.
pub(super) fn chosen(world: &World, login: &str) -> Option<String> {
    world
        .people
        .values()
        .find(|person| person.login == login && person.status == "ACTIVE")
        .map(|person| person.id.clone())
}

fn page(title: &str, main: &str) -> String {
    let title = escape(title);
    format!(
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – practice org</title>
<link rel="stylesheet" href="/consent/style.css">
</head>
<body class="okta">
<p id="practice-banner" class="banner"><strong>Practice:</strong> simulated sign-in page, not the real Okta. Nothing you do here leaves this computer.</p>
<main class="card">
<p class="brand" aria-hidden="true">Practice org</p>
{main}
</main>
</body>
</html>
"##
    )
}

/// The choice of who signs in.
fn people(world: &World, hint: &str) -> String {
    let mut options = String::new();
    for (id, what) in PEOPLE {
        let Some(person) = world.people.get(*id) else {
            continue;
        };
        let selected = if person.login == hint { " selected" } else { "" };
        // Writing to a string can't fail.
        let _ = writeln!(
            options,
            "<option value=\"{login}\"{selected}>{first} {last} – {what} ({login})</option>",
            login = escape(&person.login),
            first = escape(&person.first),
            last = escape(&person.last),
        );
    }
    format!(
        "<label for=\"username\">Sign in as</label>\n<select id=\"username\" name=\"username\">\n{options}</select>"
    )
}

fn list(scopes: &[String]) -> String {
    scopes.iter().fold(String::new(), |mut html, scope| {
        let _ = writeln!(html, "<li>{}</li>", escape(scope));
        html
    })
}

/// Sign-in for an app.
pub(super) fn sign_in(
    world: &World,
    app: &str,
    asked: &[(String, String)],
    scopes: &[String],
    hint: &str,
) -> String {
    let main = format!(
        r#"<h1>Sign in</h1>
<p class="lead">to continue to {app}</p>
<form id="signin-form" method="post" action="/oauth2/v1/authorize/sign-in">
{hidden}{people}
<p class="hint">There is no password here. Choose a person to see the org with their rights.</p>
<div class="actions">
<button type="submit" id="signin-deny" name="decision" value="deny">Cancel</button>
<button type="submit" id="signin" name="decision" value="allow" class="primary">Sign in</button>
</div>
<details id="signin-scopes"><summary>What {app} asks for</summary>
<ul class="permissions">
{list}</ul></details>
</form>"#,
        app = escape(app),
        hidden = hidden(asked),
        people = people(world, hint),
        list = list(scopes),
    );
    page("Sign in", &main)
}

/// The code of a device is asked for.
pub(super) fn enter_code(typed: &str, wrong: bool) -> String {
    let (alert, invalid) = if wrong {
        (
            "<p id=\"user-code-error\" class=\"alert\" role=\"alert\">The user code is invalid or has expired.</p>\n",
            " aria-invalid=\"true\" aria-describedby=\"user-code-error\"",
        )
    } else {
        ("", "")
    };
    let main = format!(
        r#"<h1>Activate your device</h1>
<p class="lead">Type the code the app shows you.</p>
{alert}<form id="activate-form" method="post" action="/activate">
<label for="user-code">Code</label>
<input type="text" id="user-code" name="user_code" value="{typed}" autocomplete="off" autocapitalize="characters" spellcheck="false" required{invalid}>
<div class="actions"><button type="submit" id="activate-next" class="primary">Next</button></div>
</form>"#,
        typed = escape(typed),
    );
    page("Activate your device", &main)
}

/// Yes or no to a device.
pub(super) fn allow_device(world: &World, app: &str, code: &str, scopes: &[String]) -> String {
    let main = format!(
        r#"<h1>Sign in on your device</h1>
<p class="lead">{app} on another device asks to sign in with the code <b id="shown-code">{code}</b>.</p>
<form id="activate-user-form" method="post" action="/activate/user">
<input type="hidden" name="user_code" value="{code}">
{people}
<div class="actions">
<button type="submit" id="activate-deny" name="decision" value="deny">No</button>
<button type="submit" id="activate-allow" name="decision" value="allow" class="primary">Yes, sign in</button>
</div>
<details id="signin-scopes"><summary>What {app} asks for</summary>
<ul class="permissions">
{list}</ul></details>
</form>"#,
        app = escape(app),
        code = escape(code),
        people = people(world, ""),
        list = list(scopes),
    );
    page("Sign in on your device", &main)
}

/// The device was answered.
pub(super) fn device_done(yes: bool) -> String {
    let main = if yes {
        "<h1 id=\"activate-done\">Device activated</h1>\n<p>Go back to the app. You can close this tab.</p>"
    } else {
        "<h1 id=\"activate-refused\">Device not activated</h1>\n<p>Nobody was signed in. You can close this tab.</p>"
    };
    page("Activate your device", main)
}

/// Signed out.
pub(super) fn signed_out() -> String {
    page(
        "Signed out",
        "<h1 id=\"signed-out\">You are signed out</h1>\n<p>You can close this tab.</p>",
    )
}

/// Okta's error page.
pub(super) fn wrong(said: Said) -> String {
    let Said(status, error, words) = said;
    let main = format!(
        "<h1 id=\"wrong-request\">{status}</h1>\n<p>Your request resulted in an error.</p>\n<p>Identity provider: {error}</p>\n<p id=\"error-description\">{}</p>",
        escape(words)
    );
    page("Error", &main)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;

    #[test]
    fn what_was_sent_in_is_escaped_and_every_field_has_a_label() {
        let evil = "\"><script>alert(1)</script>'&";
        let world = crate::seed::plant(Seed::Story, 0, 0, "00t", 0);
        let asked = [("state".to_owned(), evil.to_owned())];
        let scopes = [evil.to_owned()];
        for html in [
            sign_in(&world, evil, &asked, &scopes, evil),
            enter_code(evil, true),
            allow_device(&world, evil, evil, &scopes),
            device_done(true),
            device_done(false),
            signed_out(),
            wrong(crate::oauth_errors::STATE),
        ] {
            assert!(!html.contains("<script"), "{html}");
            assert!(html.contains("id=\"practice-banner\"") && html.contains("lang=\"en\""));
            assert!(
                !html.contains("http:") && !html.contains("https:"),
                "nothing from elsewhere"
            );
            for control in ["<select", "<input"] {
                let shown = html
                    .split(control)
                    .skip(1)
                    .filter(|rest| !rest.starts_with(" type=\"hidden\""));
                for field in shown {
                    let id = field
                        .split("id=\"")
                        .nth(1)
                        .and_then(|rest| rest.split('"').next());
                    let id = id.expect("an id");
                    assert!(html.contains(&format!("<label for=\"{id}\">")), "{id}");
                }
            }
        }
        assert!(sign_in(&world, "a", &[], &[], "chloe.abara2@example.com").contains("selected>Chloe"));
    }
}
