//! From domain types to what the window sees. The only place where the two meet.

use crate::ipc::views::apps::{CatalogView, ChoiceView, ConnectionStatus, FieldView, Scheme, SchemeView};
use domain::catalog::{AppEntry, AuthScheme};
use domain::okta::wire::connection::Status;

/// A status.
pub fn status(status: Status) -> ConnectionStatus {
    match status {
        Status::Enabled => ConnectionStatus::Enabled,
        Status::Disabled => ConnectionStatus::Disabled,
        Status::Unknown => ConnectionStatus::Unknown,
    }
}

/// A scheme, out.
pub fn scheme(scheme: AuthScheme) -> Scheme {
    match scheme {
        AuthScheme::Token => Scheme::Token,
        AuthScheme::OAuth2 => Scheme::Oauth2,
    }
}

/// A scheme, in.
pub fn scheme_in(scheme: Scheme) -> AuthScheme {
    match scheme {
        Scheme::Token => AuthScheme::Token,
        Scheme::Oauth2 => AuthScheme::OAuth2,
    }
}

/// A catalog row.
pub fn catalog(entry: &AppEntry) -> CatalogView {
    CatalogView {
        name: entry.name.into(),
        title: entry.title.into(),
        provider: entry.provider.into(),
        account_hint: entry.account_hint.into(),
        blockers: entry.blockers.iter().map(|b| (*b).to_owned()).collect(),
        schemes: entry
            .schemes
            .iter()
            .map(|row| SchemeView {
                scheme: scheme(row.scheme),
                label: row.label.into(),
                about: row.about.into(),
                consent: row.consent,
                fields: row
                    .fields
                    .iter()
                    .map(|field| FieldView {
                        key: field.key.into(),
                        label: field.label.into(),
                        help: field.help.into(),
                        placeholder: field.placeholder.into(),
                        secret: field.secret,
                        required: field.required,
                        choices: field
                            .choices
                            .iter()
                            .map(|(value, label)| ChoiceView {
                                value: (*value).into(),
                                label: (*label).into(),
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
        to_app: entry.to_app,
        to_okta: entry.to_okta,
    }
}
