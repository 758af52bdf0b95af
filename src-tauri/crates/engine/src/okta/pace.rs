//! Keeping inside Okta's rate limits: headers in, “go” or “wait” out.
//!
//! Okta counts per bucket in windows of about a minute that start anywhere, and mails the org's super admins when a
//! bucket is overrun. So: one probe while a bucket is unknown, never more in flight than what is left, a reserve for
//! clicks, and the server's clock, not ours (reliability rules, point 3).

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::Notify;

/// Who is waiting for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person clicked.
    Click,
    /// Background work: leaves a reserve for clicks.
    Background,
}

/// What the headers of one answer said. Times are UNIX seconds by the server's clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Headers {
    /// `X-Rate-Limit-Limit`.
    pub limit: Option<u32>,
    /// `X-Rate-Limit-Remaining`.
    pub remaining: Option<u32>,
    /// `X-Rate-Limit-Reset`.
    pub reset: Option<i64>,
    /// `Date`.
    pub date: Option<i64>,
}

/// What is known of one bucket of one org.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bucket {
    limit: Option<u32>,
    remaining: Option<u32>,
    reset: Option<i64>,
    in_flight: u32,
    blocked_until: Option<i64>,
}

/// May a request go?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Go,
    /// Not before this server time.
    Until(i64),
    /// Not before one of those under way is answered.
    AfterAnswer,
}

impl Bucket {
    /// Decides for one more request at server time `now`.
    pub fn ask(&self, urgency: Urgency, now: i64) -> Verdict {
        if let Some(until) = self.blocked_until.filter(|until| *until > now) {
            return Verdict::Until(until);
        }
        let (Some(limit), Some(remaining), Some(reset)) = (self.limit, self.remaining, self.reset) else {
            return if self.in_flight == 0 {
                Verdict::Go
            } else {
                Verdict::AfterAnswer
            };
        };
        // One second past the reset the window is surely over; what the next one holds is learnt by a probe.
        if now > reset {
            return if self.in_flight == 0 {
                Verdict::Go
            } else {
                Verdict::AfterAnswer
            };
        }
        let reserve = match urgency {
            Urgency::Click => 0,
            Urgency::Background => (limit / 10).max(2),
        };
        if remaining > self.in_flight.saturating_add(reserve) {
            Verdict::Go
        } else {
            Verdict::Until(reset + 1)
        }
    }

    /// Learns from an answer's headers. Answers come out of order: only a later reset opens a new window, otherwise
    /// the smaller remainder holds.
    pub fn learn(&mut self, headers: &Headers) {
        let (Some(limit), Some(remaining), Some(reset)) = (headers.limit, headers.remaining, headers.reset)
        else {
            return;
        };
        // Limit 0 and remaining 0 is Okta's way to say “too many at once”: it says nothing about the window.
        if limit == 0 {
            return;
        }
        match self.reset {
            Some(known) if reset < known => {}
            Some(known) if reset == known => {
                self.remaining = Some(self.remaining.map_or(remaining, |r| r.min(remaining)));
            }
            _ => self.remaining = Some(remaining),
        }
        if self.reset.is_none_or(|known| reset >= known) {
            self.reset = Some(reset);
            self.limit = Some(limit);
        }
    }
}

/// How long to wait after a 429, and whether it is worth it: `None` when the wait is longer than a person would want.
///
/// `attempt` counts from 0. A concurrency 429 (limit and remaining 0) has a made-up reset, so it is not used.
pub fn after_429(headers: &Headers, attempt: u32, now: i64) -> Option<Duration> {
    let concurrency = headers.limit == Some(0) && headers.remaining == Some(0);
    let seconds = match headers.reset {
        Some(reset) if !concurrency => {
            let base = headers.date.unwrap_or(now);
            (reset - base).max(0) + 1
        }
        _ => 1_i64 << attempt.min(4),
    };
    (seconds <= 90).then(|| Duration::from_secs(seconds.unsigned_abs()))
}

/// All buckets of all orgs.
#[derive(Debug, Default)]
pub struct Pace {
    buckets: Mutex<HashMap<(String, &'static str), Bucket>>,
    /// Server clock minus ours, in seconds, by org.
    offsets: Mutex<HashMap<String, i64>>,
    answered: Notify,
}

fn local_now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl Pace {
    /// Now, by the org's own clock as far as it is known.
    pub fn now(&self, org: &str) -> i64 {
        let offset = self
            .offsets
            .lock()
            .ok()
            .and_then(|o| o.get(org).copied())
            .unwrap_or(0);
        local_now() + offset
    }

    /// The org's clock is known.
    pub fn knows(&self, org: &str) -> bool {
        self.offsets.lock().is_ok_and(|offsets| offsets.contains_key(org))
    }

    /// Tries to take a place; the caller gives it back with [`Pace::done`].
    pub fn try_take(&self, org: &str, bucket: &'static str, urgency: Urgency) -> Verdict {
        self.ask(org, bucket, urgency, true)
    }

    /// What [`Pace::try_take`] would say; takes nothing.
    pub fn would(&self, org: &str, bucket: &'static str, urgency: Urgency) -> Verdict {
        self.ask(org, bucket, urgency, false)
    }

    fn ask(&self, org: &str, bucket: &'static str, urgency: Urgency, take: bool) -> Verdict {
        let now = self.now(org);
        let Ok(mut buckets) = self.buckets.lock() else {
            return Verdict::Go;
        };
        let entry = buckets.entry((org.to_owned(), bucket)).or_default();
        let verdict = entry.ask(urgency, now);
        if take && verdict == Verdict::Go {
            entry.in_flight += 1;
        }
        verdict
    }

    /// What is known of a bucket's window: its limit, what is left of it, and when it ends.
    pub fn window(&self, org: &str, bucket: &'static str) -> Option<(u32, u32, i64)> {
        let buckets = self.buckets.lock().ok()?;
        let bucket = buckets.get(&(org.to_owned(), bucket))?;
        Some((bucket.limit?, bucket.remaining?, bucket.reset?))
    }

    /// Waits until some request was answered, for a second at most.
    pub async fn wait_for_answer(&self) {
        let _ = tokio::time::timeout(Duration::from_secs(1), self.answered.notified()).await;
    }

    /// Gives a place back, with what the answer said.
    pub fn done(
        &self,
        org: &str,
        bucket: &'static str,
        headers: Option<&Headers>,
        blocked_for: Option<Duration>,
    ) {
        if let Some(date) = headers.and_then(|h| h.date)
            && let Ok(mut offsets) = self.offsets.lock()
        {
            offsets.insert(org.to_owned(), date - local_now());
        }
        let now = self.now(org);
        if let Ok(mut buckets) = self.buckets.lock() {
            let entry = buckets.entry((org.to_owned(), bucket)).or_default();
            entry.in_flight = entry.in_flight.saturating_sub(1);
            if let Some(headers) = headers {
                entry.learn(headers);
            }
            if let Some(blocked) = blocked_for {
                entry.blocked_until = Some(now + i64::try_from(blocked.as_secs()).unwrap_or(90));
            }
        }
        self.answered.notify_waiters();
    }

    /// Forgets an org.
    pub fn forget(&self, org: &str) {
        if let Ok(mut buckets) = self.buckets.lock() {
            buckets.retain(|(key, _), _| key != org);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(limit: u32, remaining: u32, reset: i64) -> Headers {
        Headers {
            limit: Some(limit),
            remaining: Some(remaining),
            reset: Some(reset),
            date: None,
        }
    }

    #[test]
    fn an_unknown_bucket_takes_one_probe() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.ask(Urgency::Background, 100), Verdict::Go);
        bucket.in_flight = 1;
        assert_eq!(bucket.ask(Urgency::Click, 100), Verdict::AfterAnswer);
    }

    #[test]
    fn background_leaves_a_reserve_for_clicks() {
        let mut bucket = Bucket::default();
        bucket.learn(&headers(50, 5, 160));
        assert_eq!(bucket.ask(Urgency::Background, 100), Verdict::Until(161));
        assert_eq!(bucket.ask(Urgency::Click, 100), Verdict::Go);
        bucket.in_flight = 5;
        assert_eq!(
            bucket.ask(Urgency::Click, 100),
            Verdict::Until(161),
            "in flight counts as used"
        );
    }

    #[test]
    fn late_answers_do_not_open_a_window_again() {
        let mut bucket = Bucket::default();
        bucket.learn(&headers(50, 3, 160));
        bucket.learn(&headers(50, 9, 160));
        assert_eq!(bucket.remaining, Some(3));
        bucket.learn(&headers(50, 40, 100));
        assert_eq!((bucket.remaining, bucket.reset), (Some(3), Some(160)));
        bucket.learn(&headers(50, 49, 220));
        assert_eq!((bucket.remaining, bucket.reset), (Some(49), Some(220)));
    }

    #[test]
    fn at_the_windows_end_it_waits_instead_of_spinning() {
        let mut bucket = Bucket::default();
        bucket.learn(&headers(50, 0, 100));
        assert_eq!(bucket.ask(Urgency::Click, 100), Verdict::Until(101));
        assert_eq!(bucket.ask(Urgency::Click, 101), Verdict::Go);
    }

    #[test]
    fn waits_after_429() {
        let at = |limit, remaining, reset, date| Headers {
            limit,
            remaining,
            reset,
            date,
        };
        let secs = |h: &Headers, attempt| after_429(h, attempt, 1_000).map(|d| d.as_secs());
        assert_eq!(
            secs(&at(Some(50), Some(0), Some(1_020), Some(1_000)), 0),
            Some(21),
            "reset minus Date plus one"
        );
        assert_eq!(
            secs(&at(Some(50), Some(0), Some(900), Some(1_000)), 0),
            Some(1),
            "a reset in the past"
        );
        assert_eq!(
            secs(&at(Some(50), Some(0), Some(4_600), Some(1_000)), 0),
            None,
            "an hour is not waited for"
        );
        assert_eq!(
            secs(&at(Some(0), Some(0), Some(1_120), Some(1_000)), 0),
            Some(1),
            "concurrency: reset is a guess"
        );
        assert_eq!(
            secs(&Headers::default(), 2),
            Some(4),
            "no headers: 1, 2, 4 … seconds"
        );
    }
}
