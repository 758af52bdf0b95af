//! What the web view sees. Plain data made from domain types; nothing here can hold a secret on its way out.
//! Times are RFC 3339 strings in UTC. `org` is always an org key (see [`orgs::OrgView::key`]).

pub mod apps;
pub mod connect;
pub mod features;
pub mod history;
pub mod orgs;
pub mod permissions;
pub mod reviews;
pub mod settings;
pub mod signin;
