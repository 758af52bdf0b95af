//! The org's own table: method, path, rate-limit bucket, the scope it needs, what answers.

mod iam;
mod reviews;
mod signin;

use crate::answers::{self, Answer, Ask};
use crate::errors::Refusal;

/// What answers a request.
pub(crate) type Handler = fn(&Ask<'_>) -> Result<Answer, Refusal>;

/// One operation.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    /// `None`: not limited.
    pub(crate) bucket: Option<&'static str>,
    /// `None`: no credential needed.
    pub(crate) scope: Option<&'static str>,
    /// An API token will not do: Okta's page lists OAuth 2.0 alone.
    pub(crate) oauth_only: bool,
    pub(crate) answer: Handler,
    /// Needs an admin right of the scope's name besides the scope.
    pub(crate) for_admins: bool,
}

impl Route {
    /// For whoever has the scope, whatever their rights.
    const fn for_anyone(self) -> Self {
        Self {
            for_admins: false,
            ..self
        }
    }

    /// A list that a client without any role sees empty instead of being refused (recorded for users).
    pub(crate) fn is_list(&self) -> bool {
        self.method == "GET" && LISTS.contains(&self.template)
    }
}

/// See [`Route::is_list`].
const LISTS: &[&str] = &["/api/v1/apps", "/api/v1/users", "/api/v1/groups", "/api/v1/logs"];

const APPS: Option<&str> = Some("/api/v1/apps");
const READ: Option<&str> = Some("okta.apps.read");
const MANAGE: Option<&str> = Some("okta.apps.manage");

const fn row(
    method: &'static str,
    template: &'static str,
    bucket: Option<&'static str>,
    scope: Option<&'static str>,
    answer: Handler,
) -> Route {
    Route {
        method,
        template,
        bucket,
        scope,
        oauth_only: false,
        answer,
        for_admins: true,
    }
}

/// Orgs, people, apps, connections and features. What hangs below an app shares a bucket with the list of apps, a single
/// app has its own: recorded for connections (the list's and the connections' `remaining` count down together), else from
/// what Okta publishes.
pub(crate) const ROUTES: &[Route] = &[
    row(
        "GET",
        "/.well-known/okta-organization",
        None,
        None,
        answers::org::metadata,
    ),
    row(
        "GET",
        "/api/v1/org",
        Some("/api/v1/org"),
        Some("okta.orgs.read"),
        answers::org::settings,
    ),
    row(
        "GET",
        "/api/v1/users",
        Some("/api/v1/users"),
        Some("okta.users.read"),
        answers::people::users,
    ),
    row(
        "GET",
        "/api/v1/users/{id}",
        Some("/api/v1/users/{id}"),
        Some("okta.users.read"),
        answers::people::user,
    )
    .for_anyone(),
    row(
        "GET",
        "/api/v1/groups",
        Some("/api/v1/groups"),
        Some("okta.groups.read"),
        answers::people::groups,
    ),
    row(
        "GET",
        "/api/v1/groups/{groupId}/users",
        Some("/api/v1/groups"),
        Some("okta.groups.read"),
        answers::people::of_group,
    ),
    row("GET", "/api/v1/apps", APPS, READ, answers::apps::list),
    row(
        "GET",
        "/api/v1/apps/{appId}",
        Some("/api/v1/apps/{appId}"),
        READ,
        answers::apps::one,
    ),
    row(
        "GET",
        "/api/v1/apps/{appId}/users",
        APPS,
        READ,
        answers::apps::users,
    ),
    row(
        "GET",
        "/api/v1/apps/{appId}/connections/default",
        APPS,
        READ,
        answers::connections::get,
    ),
    row(
        "POST",
        "/api/v1/apps/{appId}/connections/default",
        APPS,
        MANAGE,
        answers::connections::save,
    ),
    row(
        "GET",
        "/api/v1/apps/{appId}/connections/default/jwks",
        APPS,
        READ,
        answers::connections::jwks,
    ),
    row(
        "POST",
        "/api/v1/apps/{appId}/connections/default/lifecycle/activate",
        APPS,
        MANAGE,
        answers::connections::activate,
    ),
    row(
        "POST",
        "/api/v1/apps/{appId}/connections/default/lifecycle/deactivate",
        APPS,
        MANAGE,
        answers::connections::deactivate,
    ),
    row(
        "POST",
        "/api/v1/apps/{appName}/{appId}/oauth2/callback",
        APPS,
        MANAGE,
        answers::connections::callback,
    ),
    row(
        "GET",
        "/api/v1/apps/{appId}/features",
        APPS,
        READ,
        answers::features::list,
    ),
    row(
        "GET",
        "/api/v1/apps/{appId}/features/{featureName}",
        APPS,
        READ,
        answers::features::get,
    ),
    row(
        "PUT",
        "/api/v1/apps/{appId}/features/{featureName}",
        APPS,
        MANAGE,
        answers::features::put,
    ),
];

/// All tables.
const TABLES: &[&[Route]] = &[
    ROUTES,
    signin::ROUTES,
    iam::ROUTES,
    reviews::ADMIN,
    reviews::MINE,
    reviews::BESIDE,
];

/// What a template's places hold.
pub(crate) type Params<'a> = Vec<(&'static str, &'a str)>;

/// Compares a path with a template.
fn meet<'a>(template: &'static str, path: &'a str) -> Option<Params<'a>> {
    let (mut wanted, mut found, mut params) = (template.split('/'), path.split('/'), Vec::new());
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return Some(params),
            (Some(want), Some(is)) => match want.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                Some(name) if !is.is_empty() => params.push((name, is)),
                None if want == is => {}
                Some(_) | None => return None,
            },
            (Some(_), None) | (None, Some(_)) => return None,
        }
    }
}

/// Finds the operation for a request.
///
/// # Errors
/// No such path, or not with this method.
pub(crate) fn find<'a>(method: &str, path: &'a str) -> Result<(&'static Route, Params<'a>), Refusal> {
    let mut other = false;
    for route in TABLES.iter().copied().flatten() {
        if let Some(params) = meet(route.template, path) {
            if route.method == method {
                return Ok((route, params));
            }
            other = true;
        }
    }
    Err(if other {
        Refusal::method()
    } else {
        Refusal::no_endpoint()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_find_their_rows() {
        let (route, params) =
            find("GET", "/api/v1/apps/0oa1/features/USER_PROVISIONING").unwrap_or_else(|_| panic!("found"));
        assert_eq!(route.template, "/api/v1/apps/{appId}/features/{featureName}");
        assert_eq!(params, [("appId", "0oa1"), ("featureName", "USER_PROVISIONING")]);
        assert_eq!(find("PATCH", "/api/v1/apps").err().map(|e| e.status), Some(405));
        assert_eq!(
            find("GET", "/api/v1/apps//features").err().map(|e| e.status),
            Some(404)
        );
        assert_eq!(
            find("GET", "/api/v1/apps/0oa1/").err().map(|e| e.status),
            Some(404)
        );
    }

    #[test]
    fn reads_need_read_and_writes_manage() {
        for route in TABLES.iter().copied().flatten() {
            let Some(scope) = route.scope else { continue };
            let registers = route.method == "POST" && scope == "okta.clients.register";
            assert!(
                registers || scope.ends_with(if route.method == "GET" { ".read" } else { ".manage" }),
                "{}",
                route.template
            );
        }
    }
}
