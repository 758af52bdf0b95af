//! Access tokens and refresh tokens. What comes of one sign-in is a family: it is revoked as a whole.

use super::Desk;
use crate::world::admins::Principal;

/// Seconds an access token lives (fixed in Okta).
pub(crate) const ACCESS_LIFE: i64 = 3600;

/// Seconds a refresh token lives unused: seven days.
const REFRESH_LIFE: i64 = 7 * 24 * 3600;

/// What a person or a client was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    /// `None` for tokens of [`crate::PracticeOrg::grant`].
    pub(crate) client: Option<String>,
    pub(crate) who: Principal,
    pub(crate) scopes: Vec<String>,
    /// `nonce` of the authorize request.
    pub(crate) nonce: Option<String>,
    /// When the person signed in.
    pub(crate) signed_in: i64,
    pub(crate) family: u64,
}

/// An access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) given: Given,
    /// Thumbprint of the key it is bound to.
    pub(crate) key: Option<String>,
    /// `jti`.
    pub(crate) id: String,
    pub(crate) from: i64,
}

impl Access {
    /// When it ends.
    pub(crate) fn until(&self) -> i64 {
        self.from + ACCESS_LIFE
    }
}

/// A refresh token.
#[derive(Debug, Clone)]
pub(crate) struct Refresh {
    pub(crate) given: Given,
    pub(crate) key: Option<String>,
    /// When it was made or last used.
    pub(crate) last: i64,
    /// When it was exchanged for another.
    pub(crate) replaced: Option<i64>,
}

/// What a refresh token that is handed in turns out to be.
#[derive(Debug, Clone)]
pub(crate) enum Renewal {
    /// Good.
    Good(Refresh),
    /// Not one that was given out, or too old, or revoked.
    Unknown,
    /// It was exchanged before, longer ago than the leeway: everything that came of the sign-in is revoked.
    Reused,
}

impl Desk {
    pub(crate) fn give_access(&mut self, token: String, access: Access) {
        let now = access.from;
        self.access.retain(|_, old| old.until() > now);
        self.access.insert(token, access);
    }

    /// An access token that is still good.
    pub(crate) fn access(&self, token: &str, now: i64) -> Option<&Access> {
        self.access.get(token).filter(|access| access.until() > now)
    }

    pub(crate) fn give_refresh(&mut self, token: String, refresh: Refresh) {
        self.refresh.insert(token, refresh);
    }

    /// Looks at a refresh token without using it.
    pub(crate) fn refresh(&self, token: &str, now: i64) -> Option<&Refresh> {
        self.refresh
            .get(token)
            .filter(|it| it.replaced.is_none() && now - it.last <= REFRESH_LIFE)
    }

    /// A client hands a refresh token in. `leeway`: seconds an exchanged one stays good, `None` where none are exchanged.
    pub(crate) fn renew(&mut self, token: &str, client: &str, leeway: Option<i64>, now: i64) -> Renewal {
        let Some(found) = self.refresh.get_mut(token) else {
            return Renewal::Unknown;
        };
        if found.given.client.as_deref() != Some(client) || now - found.last > REFRESH_LIFE {
            return Renewal::Unknown;
        }
        let late = found
            .replaced
            .is_some_and(|at| now - at >= leeway.unwrap_or_default());
        if late {
            let family = found.given.family;
            self.revoke_family(family);
            return Renewal::Reused;
        }
        Renewal::Good(found.clone())
    }

    /// A refresh token was used; with `next` it is exchanged for that one.
    pub(crate) fn renewed(&mut self, token: &str, next: Option<String>, now: i64) {
        let Some(found) = self.refresh.get_mut(token) else {
            return;
        };
        found.last = now;
        if let Some(next) = next {
            let fresh = Refresh {
                replaced: None,
                ..found.clone()
            };
            found.replaced = found.replaced.or(Some(now));
            self.refresh.insert(next, fresh);
        }
    }

    /// Revokes everything that came of a sign-in.
    pub(crate) fn revoke_family(&mut self, family: u64) {
        self.access.retain(|_, access| access.given.family != family);
        self.refresh.retain(|_, refresh| refresh.given.family != family);
    }

    /// Revokes what was given to a client, or what a person let it have.
    pub(crate) fn revoke_all(&mut self, gone: impl Fn(&Given) -> bool) {
        self.access.retain(|_, access| !gone(&access.given));
        self.refresh.retain(|_, refresh| !gone(&refresh.given));
        self.codes.retain(|_, code| !gone(&code.given));
    }

    /// A client revokes a token of its own: an access token alone, or a refresh token with all access tokens of its
    /// family. Anything else changes nothing.
    pub(crate) fn revoke(&mut self, token: &str, client: &str) -> bool {
        let own = |given: &Given| given.client.as_deref() == Some(client);
        if self.access.get(token).is_some_and(|access| own(&access.given)) {
            self.access.remove(token);
            return true;
        }
        let family = self
            .refresh
            .get(token)
            .filter(|refresh| own(&refresh.given))
            .map(|refresh| refresh.given.family);
        if let Some(family) = family {
            self.revoke_family(family);
        }
        family.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> Desk {
        let mut desk = Desk::default();
        let given = Given {
            client: Some("c".into()),
            who: Principal::User("u".into()),
            scopes: Vec::new(),
            nonce: None,
            signed_in: 0,
            family: 1,
        };
        let refresh = Refresh {
            given: given.clone(),
            key: None,
            last: 0,
            replaced: None,
        };
        desk.give_refresh("r1".into(), refresh);
        let access = Access {
            given,
            key: None,
            id: "AT.1".into(),
            from: 0,
        };
        desk.give_access("a1".into(), access);
        desk
    }

    fn good(renewal: &Renewal) -> bool {
        matches!(renewal, Renewal::Good(_))
    }

    #[test]
    fn an_exchanged_token_is_good_for_the_leeway_and_then_takes_everything_with_it() {
        let mut desk = desk();
        assert!(good(&desk.renew("r1", "c", Some(30), 100)));
        desk.renewed("r1", Some("r2".into()), 100);
        assert!(good(&desk.renew("r1", "c", Some(30), 129)));
        assert!(matches!(desk.renew("r1", "c", Some(30), 130), Renewal::Reused));
        for token in ["r1", "r2"] {
            assert!(matches!(desk.renew(token, "c", Some(30), 130), Renewal::Unknown));
        }
        assert!(desk.access("a1", 130).is_none());
    }

    #[test]
    fn a_token_is_its_clients_and_lives_seven_days_unused() {
        let mut desk = desk();
        assert!(matches!(desk.renew("r1", "other", None, 1), Renewal::Unknown));
        assert!(good(&desk.renew("r1", "c", None, REFRESH_LIFE)));
        assert!(matches!(
            desk.renew("r1", "c", None, REFRESH_LIFE + 1),
            Renewal::Unknown
        ));
        assert!(!desk.revoke("r1", "other"));
        assert!(desk.revoke("r1", "c") && desk.access("a1", 1).is_none());
    }
}
