//! Okta's standard roles: their names, and what each may do here. Only super admins may grant scopes, make roles and
//! assign them: those scopes stand in no other row.

/// A standard role.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Role {
    /// Type, such as `APP_ADMIN`.
    pub(crate) name: &'static str,
    /// Label.
    pub(crate) label: &'static str,
    /// Scopes whose calls it may make; a `.manage` one covers `.read`. `*` for all.
    may: &'static [&'static str],
}

pub(crate) const SUPER_ADMIN: &str = "SUPER_ADMIN";

/// What any role, custom ones too, may do.
pub(crate) const ANY: &str = "okta.orgs.read";

macro_rules! roles {
    ($($name:literal $label:literal [$($may:literal)*])+) => {
        /// Every standard role.
        pub(crate) const ROLES: &[Role] = &[$(Role { name: $name, label: $label, may: &[$($may),*] }),+];
    };
}

roles! {
    "SUPER_ADMIN" "Super Administrator" ["*"]
    "ORG_ADMIN" "Organizational Administrator"
        ["okta.users.manage" "okta.groups.manage" "okta.apps.read" "okta.clients.read" "okta.appGrants.read"
         "okta.orgs.manage" "okta.logs.read" "okta.apiTokens.read"]
    "APP_ADMIN" "Application Administrator"
        ["okta.apps.manage" "okta.clients.manage" "okta.appGrants.read" "okta.users.read" "okta.groups.read" "okta.logs.read"
         "okta.governance.entitlements.manage"]
    "API_ACCESS_MANAGEMENT_ADMIN" "Access Management Administrator"
        ["okta.clients.manage" "okta.apps.read" "okta.appGrants.read" "okta.users.read" "okta.groups.read" "okta.logs.read"]
    "READ_ONLY_ADMIN" "Read-Only Administrator"
        ["okta.users.read" "okta.groups.read" "okta.apps.read" "okta.clients.read" "okta.appGrants.read" "okta.logs.read"
         "okta.roles.read" "okta.apiTokens.read"]
    "REPORT_ADMIN" "Report Administrator" ["okta.users.read" "okta.groups.read" "okta.apps.read" "okta.logs.read"]
    "USER_ADMIN" "User Administrator" ["okta.users.manage" "okta.groups.manage" "okta.apps.read"]
    "GROUP_MEMBERSHIP_ADMIN" "Group Membership Administrator" ["okta.users.read" "okta.groups.manage"]
    "HELP_DESK_ADMIN" "Help Desk Administrator" ["okta.users.read" "okta.groups.read"]
    "ACCESS_CERTIFICATIONS_ADMIN" "Access Certifications Administrator" ["okta.users.read" "okta.groups.read" "okta.apps.read"]
    "ACCESS_REQUESTS_ADMIN" "Access Requests Administrator" ["okta.users.read" "okta.groups.read" "okta.apps.read"]
    "WORKFLOWS_ADMIN" "Workflows Administrator" []
}

/// A scope covers another: itself, the reading below its managing, or registering clients below managing them.
pub(crate) fn covers(has: &str, wanted: &str) -> bool {
    has == wanted
        || has.strip_suffix(".manage").is_some_and(|base| {
            wanted.strip_suffix(".read") == Some(base) || wanted.strip_suffix(".register") == Some(base)
        })
}

impl Role {
    /// It may make calls that need a scope.
    pub(crate) fn allows(&self, scope: &str) -> bool {
        scope == ANY || self.may.iter().any(|may| *may == "*" || covers(may, scope))
    }

    /// Id of its assignments: the type in base32 (RFC 4648, without padding), as recorded.
    pub(crate) fn id(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let (mut out, mut bits, mut count) = (String::new(), 0_u32, 0_u32);
        for byte in self.name.bytes() {
            bits = (bits << 8) | u32::from(byte);
            count += 8;
            while count >= 5 {
                count -= 5;
                out.push(char::from(LETTERS[(bits >> count) as usize & 31]));
            }
        }
        if count > 0 {
            out.push(char::from(LETTERS[(bits << (5 - count)) as usize & 31]));
        }
        out
    }
}

/// The role of a type.
pub(crate) fn find(name: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_as_recorded() {
        for (name, id) in [
            ("USER_ADMIN", "KVJUKUS7IFCE2SKO"),
            ("HELP_DESK_ADMIN", "JBCUYUC7IRCVGS27IFCE2SKO"),
            ("GROUP_MEMBERSHIP_ADMIN", "I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA"),
        ] {
            assert_eq!(find(name).map(Role::id).as_deref(), Some(id));
        }
    }

    #[test]
    fn only_super_admins_grant_and_assign() {
        for scope in [
            "okta.appGrants.manage",
            "okta.roles.manage",
            "okta.apiTokens.manage",
        ] {
            let may: Vec<_> = ROLES
                .iter()
                .filter(|role| role.allows(scope))
                .map(|role| role.name)
                .collect();
            assert_eq!(may, [SUPER_ADMIN], "{scope}");
        }
    }

    #[test]
    fn managing_covers_reading_and_registering() {
        assert!(covers("okta.apps.manage", "okta.apps.read"));
        assert!(covers("okta.clients.manage", "okta.clients.register"));
        assert!(!covers("okta.apps.read", "okta.apps.manage"));
        assert!(!covers("okta.clients.register", "okta.clients.read"));
        assert!(!covers("okta.users.manage", "okta.users.read.self"));
    }
}
