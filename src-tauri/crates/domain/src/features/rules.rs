//! What has to be mended before a change is sent, and what only deserves a word.

use super::{Schedule, ToApp, ToOkta};
use crate::problem::Problem;
use crate::schedule;

/// What is wrong with settings as wanted. Each problem's `field` is a key of [`ToApp`] or [`ToOkta`]; inside a
/// schedule it is `fullImport.expression`, `fullImport.timezone` and so on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Must be mended: Okta would refuse it, or do something nobody means.
    pub refusals: Vec<Problem>,
    /// Can be sent, but has no effect as it stands.
    pub notes: Vec<Problem>,
}

/// Checks what a person wants; an absent half is left alone.
pub fn rules(to_app: Option<&ToApp>, to_okta: Option<&ToOkta>) -> Rules {
    let mut rules = Rules::default();
    if let Some(to_app) = to_app {
        rules.passwords(to_app);
    }
    if let Some(to_okta) = to_okta {
        rules.usernames(to_okta);
        rules.imports(to_okta);
        rules.matching(to_okta);
    }
    rules
}

impl Rules {
    fn refuse(&mut self, field: &str, title: &str, why: &str) {
        self.refusals.push(Problem::bad_input(field, title, why));
    }

    fn note(&mut self, field: &str, title: &str, why: &str) {
        self.notes.push(Problem::bad_input(field, title, why));
    }

    fn chosen(&mut self, field: &str, value: &str) {
        if value.trim().is_empty() {
            self.refuse(field, "Nothing is chosen here.", "Choose one of the values.");
        }
    }

    fn passwords(&mut self, it: &ToApp) {
        self.chosen("passwordSeed", &it.password_seed);
        self.chosen("passwordChange", &it.password_change);
        if !it.sync_password && it.password_seed == "OKTA" {
            self.note(
                "passwordSeed",
                "No password is sent.",
                "Okta passwords are pushed only while Sync Password is on.",
            );
        }
    }

    fn usernames(&mut self, it: &ToOkta) {
        self.chosen("usernameFormat", &it.username_format);
        let blank = it.username_expression.trim().is_empty();
        if it.username_format == "CUSTOM" && blank {
            self.refuse(
                "usernameExpression",
                "A custom username needs an expression.",
                "Write it in Okta Expression Language, such as source.userName, or choose Email address.",
            );
        }
        if it.username_format == "EMAIL" && !blank {
            self.note(
                "usernameExpression",
                "The expression is not used.",
                "It counts only with the format Custom.",
            );
        }
    }

    fn imports(&mut self, it: &ToOkta) {
        let full = self.import("fullImport", it.full_import.as_ref());
        let incremental = self.import("incrementalImport", it.incremental_import.as_ref());
        if it.schedule_on && it.full_import.is_none() && it.incremental_import.is_none() {
            self.refuse(
                "scheduleOn",
                "The import schedule is on, but nothing is scheduled.",
                "Set a full import, an incremental import or both, or switch the schedule off.",
            );
        }
        if !it.schedule_on && (it.full_import.is_some() || it.incremental_import.is_some()) {
            self.note(
                "scheduleOn",
                "Nothing is imported by itself.",
                "The import schedule is off. The times are kept.",
            );
        }
        if let (Some(full), Some(incremental)) = (full, incremental)
            && full > incremental
        {
            self.refuse(
                "fullImport.expression",
                "The full import runs more often than the incremental import.",
                "Okta does not allow that. Make the full import rarer or the incremental import more frequent.",
            );
        }
    }

    /// Runs in four years, if the schedule is there and right.
    fn import(&mut self, name: &str, it: Option<&Schedule>) -> Option<u64> {
        let it = it?;
        // An empty zone is Okta's default.
        for problem in [
            schedule::check(&it.expression).err(),
            schedule::zone(&it.timezone).err(),
        ]
        .into_iter()
        .flatten()
        {
            let field = problem.field.clone().unwrap_or_else(|| "expression".into());
            self.refusals.push(problem.field(format!("{name}.{field}")));
        }
        schedule::runs_in_four_years(&it.expression)
            .ok()
            .filter(|runs| *runs > 0)
    }

    fn matching(&mut self, it: &ToOkta) {
        self.chosen("exactMatch", &it.exact_match);
        if it.auto_confirm_partial && !it.allow_partial_match {
            self.note(
                "autoConfirmPartial",
                "There are no partial matches to confirm.",
                "Auto-confirm partial matches counts only while Allow partial matches is on.",
            );
        }
        if it.auto_activate_new && !it.auto_confirm_new {
            self.note(
                "autoActivateNew",
                "New users are not activated on import.",
                "They are activated once somebody has confirmed them, because Auto-confirm new users is off.",
            );
        }
    }
}
