//! Device requests: a code for the device, a short one for the person.

use super::Desk;

/// Seconds a device request lives, and seconds between two polls (Okta's example answer).
pub(crate) const LIFE: i64 = 600;
pub(crate) const INTERVAL: i64 = 5;

/// Seconds added to the interval by a poll that came too soon.
const SLOWER: i64 = 5;

/// What the person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Nothing,
    /// Yes, as this user.
    Yes(String),
    No,
    /// The user may not use the app.
    NotAssigned,
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) code: String,
    pub(crate) user_code: String,
    pub(crate) client: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) at: i64,
    interval: i64,
    polled: Option<i64>,
    pub(crate) said: Said,
}

/// What a poll gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Poll {
    Unknown,
    TooSoon,
    Expired,
    Pending,
    Denied,
    NotAssigned,
    /// Scopes and user.
    Done(Vec<String>, String),
}

impl Device {
    pub(crate) fn new(code: String, user_code: String, client: &str, scopes: Vec<String>, at: i64) -> Self {
        Self {
            code,
            user_code,
            client: client.into(),
            scopes,
            at,
            interval: INTERVAL,
            polled: None,
            said: Said::Nothing,
        }
    }
}

impl Desk {
    pub(crate) fn give_device(&mut self, device: Device) {
        self.devices.retain(|old| device.at - old.at <= LIFE * 6);
        self.devices.push(device);
    }

    /// The request a person's code belongs to, while it waits for them. Small letters and dashes make no difference.
    pub(crate) fn waiting_device(&mut self, user_code: &str, now: i64) -> Option<&mut Device> {
        let typed: String = user_code
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        self.devices.iter_mut().find(|device| {
            device.user_code == typed && device.said == Said::Nothing && now - device.at < LIFE
        })
    }

    /// A device asks whether the person has answered.
    pub(crate) fn poll(&mut self, code: &str, client: &str, now: i64) -> Poll {
        let found = self
            .devices
            .iter_mut()
            .find(|device| device.code == code && device.client == client);
        let Some(device) = found else {
            return Poll::Unknown;
        };
        let soon = device.polled.is_some_and(|at| now - at < device.interval);
        device.polled = Some(now);
        if now - device.at >= LIFE {
            return Poll::Expired;
        }
        if soon {
            device.interval += SLOWER;
            return Poll::TooSoon;
        }
        match &device.said {
            Said::Nothing => Poll::Pending,
            Said::No => Poll::Denied,
            Said::NotAssigned => Poll::NotAssigned,
            Said::Yes(user) => Poll::Done(device.scopes.clone(), user.clone()),
        }
    }

    /// The tokens were given out.
    pub(crate) fn drop_device(&mut self, code: &str) {
        self.devices.retain(|device| device.code != code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polling_too_soon_makes_the_interval_longer() {
        let mut desk = Desk::default();
        desk.give_device(Device::new("d".into(), "ABCD2345".into(), "c", Vec::new(), 0));
        assert_eq!(desk.poll("d", "other", 0), Poll::Unknown);
        assert_eq!(desk.poll("d", "c", 1), Poll::Pending);
        assert_eq!(desk.poll("d", "c", 5), Poll::TooSoon);
        assert_eq!(desk.poll("d", "c", 14), Poll::TooSoon, "ten seconds now");
        assert_eq!(desk.poll("d", "c", 29), Poll::Pending, "fifteen now");
        desk.waiting_device("abcd-2345", 30).expect("waits").said = Said::Yes("u".into());
        assert!(desk.waiting_device("ABCD2345", 30).is_none(), "answered");
        assert_eq!(desk.poll("d", "c", 50), Poll::Done(Vec::new(), "u".into()));
        assert_eq!(desk.poll("d", "c", 600), Poll::Expired);
    }
}
