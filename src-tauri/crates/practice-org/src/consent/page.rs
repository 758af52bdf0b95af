//! The pages' HTML. No scripts, nothing from elsewhere; everything that was sent in is escaped.

use super::looks::Look;
use std::fmt::Write;

/// A value as text or in quotes of an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Fields that are handed on to the next page.
pub(crate) fn hidden(fields: &[(String, String)]) -> String {
    fields.iter().fold(String::new(), |mut html, (name, value)| {
        // Writing to a string can't fail.
        let _ = writeln!(
            html,
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            escape(name),
            escape(value)
        );
        html
    })
}

/// A whole page.
fn page(look: &Look, title: &str, main: &str) -> String {
    let (name, path, title) = (look.name, look.path, escape(title));
    format!(
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – {name} (practice)</title>
<link rel="stylesheet" href="/consent/style.css">
</head>
<body class="{path}">
<p id="practice-banner" class="banner"><strong>Practice:</strong> simulated page, not the real {name}. Nothing you do here leaves this computer.</p>
<main class="card">
<p class="brand" aria-hidden="true">{name}</p>
{main}
</main>
</body>
</html>
"##
    )
}

/// Sign-in; `missing` when it was sent without an e-mail address.
pub(super) fn sign_in(look: &Look, asked: &[(String, String)], missing: bool) -> String {
    let alert = if missing {
        "<p id=\"email-error\" class=\"alert\" role=\"alert\">Enter an email address.</p>\n"
    } else {
        ""
    };
    let invalid = if missing {
        " aria-invalid=\"true\" aria-describedby=\"email-error\""
    } else {
        ""
    };
    let main = format!(
        r#"<h1>{title}</h1>
<p class="lead">to continue to Okta</p>
{alert}<form id="sign-in-form" method="post" action="/consent/{path}/account">
{hidden}<label for="email">Email</label>
<input type="email" id="email" name="email" value="{email}" autocomplete="off" required{invalid}>
<label for="password">Password</label>
<input type="password" id="password" name="password" value="practice" autocomplete="off" aria-describedby="password-hint">
<p id="password-hint" class="hint">Any password works. It is not looked at and not kept.</p>
<div class="actions"><button type="submit" id="sign-in" class="primary">{next}</button></div>
</form>"#,
        title = escape(look.sign_in),
        path = look.path,
        hidden = hidden(asked),
        email = if missing { "" } else { look.email },
        next = escape(look.next),
    );
    page(look, look.sign_in, &main)
}

/// Which account.
pub(super) fn accounts(look: &Look, asked: &[(String, String)], email: &str) -> String {
    let choices = look.accounts.iter().fold(String::new(), |mut html, account| {
        let _ = writeln!(
            html,
            r#"<li><button type="submit" class="choice" id="account-{value}" name="account" value="{value}"><span class="avatar" aria-hidden="true">{initial}</span><span class="who"><b>{name}</b> <span>{detail}</span> <span class="role">{role}</span></span></button></li>"#,
            value = account.value,
            initial = account.name.chars().next().unwrap_or('?'),
            name = escape(account.name),
            detail = escape(account.detail),
            role = escape(account.role),
        );
        html
    });
    let main = format!(
        r#"<h1>{title}</h1>
<p class="lead">Signed in as {email}</p>
<form id="account-form" method="post" action="/consent/{path}/review">
{hidden}<ul class="choices">
{choices}</ul>
</form>"#,
        title = escape(look.choose),
        path = look.path,
        email = escape(email),
        hidden = hidden(asked),
    );
    page(look, look.choose, &main)
}

/// Grant or deny.
pub(super) fn grant(look: &Look, asked: &[(String, String)], account: &str) -> String {
    let permissions = look
        .permissions
        .iter()
        .fold(String::new(), |mut html, permission| {
            let _ = writeln!(html, "<li>{}</li>", escape(permission));
            html
        });
    let main = format!(
        r#"<h1>{title}</h1>
<p class="lead">{account}</p>
<p id="permissions-label">This will allow Okta to:</p>
<ul class="permissions" aria-labelledby="permissions-label">
{permissions}</ul>
<form id="grant-form" method="post" action="/consent/{path}/decision">
{hidden}<div class="actions">
<button type="submit" id="consent-deny" name="decision" value="deny">{deny}</button>
<button type="submit" id="consent-allow" name="decision" value="allow" class="primary">{allow}</button>
</div>
</form>"#,
        title = escape(look.ask),
        path = look.path,
        account = escape(account),
        hidden = hidden(asked),
        allow = escape(look.allow),
        deny = escape(look.deny),
    );
    page(look, look.ask, &main)
}

/// The account may not consent.
pub(super) fn refused(look: &Look, asked: &[(String, String)], email: &str) -> String {
    let (title, why) = look.refused;
    let hidden = hidden(asked);
    let main = format!(
        r#"<h1 id="refused">{title}</h1>
<p>{why}</p>
<div class="actions">
<form method="post" action="/consent/{path}/decision">
{hidden}<button type="submit" id="refused-cancel" name="decision" value="deny">Go back without consent</button>
</form>
<form method="post" action="/consent/{path}/account">
{hidden}<input type="hidden" name="email" value="{email}">
<button type="submit" id="use-another-account" class="primary">Use another account</button>
</form>
</div>"#,
        title = escape(title),
        why = escape(why),
        path = look.path,
        email = escape(email),
    );
    page(look, title, &main)
}

/// The authorize link itself is wrong: the provider sends nobody anywhere.
pub(super) fn wrong(look: &Look, why: &str) -> String {
    let main = format!(
        "<h1 id=\"wrong-request\">Access blocked: this request is not valid</h1>\n<p>{}</p>",
        escape(why)
    );
    page(look, "Request not valid", &main)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::looks::LOOKS;

    #[test]
    fn what_was_sent_in_is_escaped_and_every_field_has_a_label() {
        let evil = "\"><script>alert(1)</script>'&";
        let asked = [
            ("state".to_owned(), evil.to_owned()),
            (evil.to_owned(), "x".to_owned()),
        ];
        for look in LOOKS {
            for html in [
                sign_in(look, &asked, true),
                accounts(look, &asked, evil),
                grant(look, &asked, evil),
                refused(look, &asked, evil),
                wrong(look, evil),
            ] {
                assert!(!html.contains("<script"), "{html}");
                assert!(html.contains("id=\"practice-banner\"") && html.contains("lang=\"en\""));
                assert!(
                    !html.contains("http:") && !html.contains("https:"),
                    "nothing from elsewhere"
                );
                for input in html
                    .split("<input")
                    .skip(1)
                    .filter(|input| !input.contains("type=\"hidden\""))
                {
                    let id = input
                        .split("id=\"")
                        .nth(1)
                        .and_then(|rest| rest.split('"').next())
                        .expect("an id");
                    assert!(html.contains(&format!("<label for=\"{id}\">")), "{id}");
                }
            }
        }
    }
}
