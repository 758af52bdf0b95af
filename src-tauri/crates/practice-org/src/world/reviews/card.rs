//! Who a review is about: department, manager, home, last sign-in. The same for the same person every time.

use super::gather::number;

/// A place.
pub(crate) type Place = (&'static str, &'static str, &'static str);

/// Department and role in it.
const WORK: &[(&str, &str)] = &[
    ("Finance", "Accounts payable specialist"),
    ("Engineering", "Software engineer"),
    ("Sales", "Account executive"),
    ("Support", "Support engineer"),
    ("Design", "Product designer"),
    ("People", "People partner"),
];

const HOMES: &[Place] = &[
    ("Lyon", "Auvergne-Rhône-Alpes", "France"),
    ("Austin", "Texas", "United States"),
    ("Kyoto", "Kyoto", "Japan"),
    ("Accra", "Greater Accra", "Ghana"),
    ("Porto Alegre", "Rio Grande do Sul", "Brazil"),
];

const AWAY: Place = ("Reykjavík", "Höfuðborgarsvæðið", "Iceland");

/// Addresses of networks kept for documentation (RFC 5737, RFC 3849).
const ADDRESSES: &[&str] = &[
    "192.0.2.44",
    "198.51.100.7",
    "203.0.113.190",
    "2001:db8::8a2e:370:7334",
];

const DEVICES: &[&str] = &[
    "MacBook Pro, macOS 26, Chrome",
    "ThinkPad, Windows 11, Edge",
    "iPhone, iOS, Okta Mobile",
];

/// What is known about somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) department: &'static str,
    pub(crate) role: &'static str,
    pub(crate) home: Place,
    /// Hours since the last sign-in.
    pub(crate) hours: i64,
    pub(crate) place: Place,
    pub(crate) device: &'static str,
    pub(crate) address: &'static str,
}

impl Card {
    /// Somebody's.
    pub(crate) fn of(principal: &str) -> Self {
        let own = number(principal);
        let (department, role) = WORK[(own + 5) % WORK.len()];
        let home = HOMES[own % HOMES.len()];
        Self {
            department,
            role,
            home,
            hours: 2 + i64::try_from(own % 50).unwrap_or(0),
            // Some were last seen where they do not live.
            place: if own.is_multiple_of(7) { AWAY } else { home },
            device: DEVICES[own % DEVICES.len()],
            address: ADDRESSES[own % ADDRESSES.len()],
        }
    }
}
