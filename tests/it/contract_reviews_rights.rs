//! Who may see and do what with access reviews of the practice org: reviewers, admins with a custom role, service apps.

use crate::contract_reviews::{ADMIN, BEN, Desk, HUGO, MINE, OWNER, id, launch};
use practice_org::{NO_ADMIN, PracticeOrg};
use serde_json::{Value, json};

const MANAGE: &str = "okta.governance.securityAccessReviews.admin.manage";

/// An access token of a user's, got as people get one: through the sign-in app.
async fn signed_in(org: &PracticeOrg, user: &str, scopes: &str) -> String {
    format!("Bearer {}", support::signed_in(org, user, scopes).await)
}
