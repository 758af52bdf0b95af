mod halves;
mod properties;
mod rules;

use super::*;
use crate::problem::Problem;
use serde_json::json;

/// INBOUND_PROVISIONING as Okta gave it (recorded), with values and keys that nobody knows yet.
pub(super) fn inbound() -> Value {
    json!({
        "importSettings": {
            "username": { "userNameFormat": "EMAIL", "userNameExpression": "", "caseSensitive": false },
            "schedule": { "status": "DISABLED", "fullImport": null, "incrementalImport": null, "jitterMinutes": 7 },
            "safeguard": { "threshold": 0.2 }
        },
        "importRules": {
            "userCreateAndMatch": {
                "exactMatchCriteria": "EMPLOYEE_NUMBER",
                "allowPartialMatch": true,
                "autoConfirmPartialMatch": false,
                "autoConfirmExactMatch": false,
                "autoConfirmNewUsers": false,
                "autoActivateNewUsers": false,
                "autoLinkGroups": "SOMETIMES"
            }
        },
        "aiSettings": [1, 2, { "three": 3.0 }]
    })
}

/// USER_PROVISIONING likewise.
pub(super) fn user() -> Value {
    json!({
        "create": { "lifecycleCreate": { "status": "DISABLED", "since": "2026-01-01T00:00:00.000Z" } },
        "update": {
            "profile": { "status": "PAUSED" },
            "lifecycleDeactivate": { "status": "ENABLED" },
            "password": { "status": "DISABLED", "seed": "RANDOM", "change": "CYCLE" }
        },
        "import": null
    })
}

pub(super) fn schedule(expression: &str, timezone: &str) -> Schedule {
    Schedule {
        expression: expression.into(),
        timezone: timezone.into(),
    }
}

/// The problems of wrong settings, with what is wrong, for the page of all sentences.
pub(crate) fn sentences() -> Vec<(String, Problem)> {
    rules::sentences()
}
