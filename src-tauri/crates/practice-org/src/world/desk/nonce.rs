//! Nonces for proofs of possession: a new one every day, each good for three.

/// Seconds until a new nonce is given out.
const NEW: i64 = 24 * 3600;

/// Seconds a nonce is good for.
const LIFE: i64 = 3 * NEW;

/// Nonces, the newest last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nonces(Vec<(String, i64)>);

impl Nonces {
    /// The nonce to be used now; `fresh` becomes it where a new one is due.
    pub(crate) fn current(&mut self, fresh: String, now: i64) -> &str {
        let due = self.0.last().is_none_or(|(_, made)| now - made >= NEW);
        if due {
            self.0.push((fresh, now));
        }
        self.0.retain(|(_, made)| now - made <= LIFE);
        self.0.last().map_or("", |(nonce, _)| nonce)
    }

    /// Only this one is good from now on.
    pub(crate) fn replace(&mut self, fresh: String, now: i64) {
        self.0 = vec![(fresh, now)];
    }

    /// The nonce is one that is good.
    pub(crate) fn good(&self, nonce: &str, now: i64) -> bool {
        self.0.iter().any(|(is, made)| is == nonce && now - made <= LIFE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_new_every_day_and_good_for_three() {
        let mut nonces = Nonces::default();
        assert!(!nonces.good("", 0) && !nonces.good("a", 0));
        assert_eq!(nonces.current("a".into(), 0), "a");
        assert_eq!(nonces.current("b".into(), NEW - 1), "a");
        assert_eq!(nonces.current("b".into(), NEW), "b");
        assert!(nonces.good("a", LIFE) && nonces.good("b", LIFE));
        assert!(!nonces.good("a", LIFE + 1));
        nonces.replace("c".into(), LIFE);
        assert!(nonces.good("c", LIFE) && !nonces.good("b", LIFE));
    }
}
