//! What the governance API says in place of the core API's sentences: its own codes and words, as in Okta's examples.

use crate::errors::Refusal;

impl Refusal {
    /// The same refusal as the governance API gives it. It has one code for “who are you” and “you may not”, and does not
    /// say what it did not find.
    #[must_use]
    pub(crate) fn of_governance(mut self) -> Self {
        let (status, code, summary) = match (self.status, self.code.as_str()) {
            // Without a usable credential the core API says 403; governance's page lists 401.
            (_, "E0000005" | "E0000011") => (401, "E0000004", "Authentication failed."),
            (_, "E0000006") => (
                403,
                "E0000004",
                "You don't have permission to perform the requested action.",
            ),
            (429, "E0000047") => (
                429,
                "E0000047",
                "The API call exceeded the rate limit due to too many requests.",
            ),
            _ => return self,
        };
        (self.status, self.code, self.summary) = (status, code.to_owned(), summary.to_owned());
        self
    }

    /// 404: which of them is not said.
    pub(crate) fn no_resource() -> Self {
        Self::other(
            404,
            "E0000007".into(),
            "Resource not found exception".into(),
            None,
        )
    }

    /// 404 of a person.
    pub(crate) fn no_principal() -> Self {
        Self::other(
            404,
            "E0000007".into(),
            "Principal not found exception".into(),
            None,
        )
    }

    /// 401: not a matter of signing in. Nobody tells what an org without Identity Governance answers; this is Okta's code
    /// for a feature that is not enabled.
    pub(crate) fn not_enabled() -> Self {
        Self::other(
            401,
            "E0000015".into(),
            "You do not have permission to access the feature you are requesting".into(),
            None,
        )
    }

    /// 400 of the settings.
    pub(crate) fn settings(says: &str, cause: String) -> Self {
        let summary = format!("Api validation failed: Governance settings {says}");
        Self::other(400, "E0000001".into(), summary, Some(cause))
    }

    /// 400 without the name of a property.
    pub(crate) fn unfit(cause: &str) -> Self {
        let summary = "Api validation failed".to_owned();
        Self::other(400, "E0000001".into(), summary, Some(cause.to_owned()))
    }

    fn query(code: &str, summary: &str, cause: &str, place: (&'static str, &'static str)) -> Self {
        let mut refusal = Self::other(400, code.into(), summary.into(), Some(cause.into()));
        refusal.place = Some(place);
        refusal
    }

    /// 400: `after`.
    pub(crate) fn wrong_after() -> Self {
        let cause = "The `after` parameter isn't valid. Use links in response bodies or headers as the source of truth for \
                     paginated requests that contain an `after` parameter.";
        let place = ("INVALID_AFTER_PARAMETER", "/query/after");
        Self::query("E0000029", "Invalid paging request", cause, place)
    }

    /// 400: `limit`.
    pub(crate) fn wrong_limit() -> Self {
        let place = ("INVALID_DATA_TYPE", "/limit");
        Self::query(
            "E0000029",
            "Invalid paging request",
            "The `limit` parameter isn't valid.",
            place,
        )
    }

    /// 400: `orderBy`.
    pub(crate) fn wrong_order() -> Self {
        let place = ("STRING_FORMAT_INVALID", "/orderBy");
        Self::query(
            "E0000029",
            "Invalid paging request",
            "Invalid `orderBy` syntax",
            place,
        )
    }

    /// 400: `filter`.
    pub(crate) fn wrong_filter() -> Self {
        let place = ("STRING_FORMAT_INVALID", "/filter");
        Self::query(
            "E0000053",
            "Invalid SCIM filter",
            "Invalid `filter` syntax",
            place,
        )
    }
}
