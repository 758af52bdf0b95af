//! The command table: one row per thing a person can do.

use super::args::{
    AddressArgs, AppArgs, AppsArgs, ClipboardResult, ConnectStartArgs, ConsentClipboardArgs, ConsentTextArgs,
    CopyArgs, CredentialArgs, CredentialRemoveArgs, Done, FeaturesArgs, HistoryArgs, KeyImportArgs,
    KeyMakeArgs, None, OpenArgs, OrgAddArgs, OrgArgs, OrgTokenArgs, OrgUpdateArgs, PermissionFixArgs,
    ScheduleArgs, ServiceCreateArgs, ServiceUseArgs, SignInArgs, WhatIfArgs,
};
use super::macros::commands;
use super::views::apps::AppsSnapshot;
use super::views::connect::{AppDetail, ConnectView, ConsentLink, JwksView};
use super::views::features::{ApplyReport, FeaturesPreview, FeaturesView, SchedulePreview};
use super::views::history::{CallRow, HistoryRow};
use super::views::orgs::{ForgetReport, KeychainHealth, KeychainView, OrgCheck, OrgView};
use super::views::permissions::PermissionsView;
use super::views::settings::{AppState, Settings, WhatIf};
use super::views::signin::{CredentialsView, RemoveReport, SetupView, SignInView};
use domain::problem::Problem;

fn reply<T: serde::Serialize>(result: Result<T, Problem>) -> Result<serde_json::Value, Problem> {
    use domain::problem::ProblemCode;
    let value = result?;
    serde_json::to_value(value).map_err(|_| {
        Problem::new(
            ProblemCode::Internal,
            "Gatehouse could not write its own answer.",
            "Please report this.",
        )
    })
}

commands! {
    /// What the window starts from.
    app_state(None) -> AppState;
    /// Saves the settings.
    settings_save(Settings) -> Settings;
    /// Writes, reads and deletes a probe item in the keychain.
    keychain_test(None) -> KeychainView;

    /// Cleans an address up and asks the org who it is, without any token.
    org_check(AddressArgs) -> OrgCheck;
    /// Checks the token with one call, stores it and adds the org.
    org_add(OrgAddArgs) -> OrgView;
    /// Makes an org the current one.
    org_select(OrgArgs) -> OrgView;
    /// Renames, recolours or locks an org.
    org_update(OrgUpdateArgs) -> OrgView;
    /// Replaces an org's token after checking the new one.
    org_token(OrgTokenArgs) -> OrgView;
    /// Tries the keychain again for an org whose token could not be read.
    org_retry(OrgArgs) -> OrgView;
    /// Forgets an org: its keychain items, its pending consents and its place in the rail. History stays.
    org_forget(OrgArgs) -> ForgetReport;

    /// How Gatehouse signs in to an org: what is held, what is under way. Asks Okta nothing.
    credentials_get(OrgArgs) -> CredentialsView;
    /// Reads from Okta what it knows of the credential in use: a token's owner, expiry and networks, a person's login.
    credentials_look(OrgArgs) -> CredentialsView;
    /// Uses another of the held credentials from now on, after one call with it.
    credential_use(CredentialArgs) -> CredentialsView;
    /// Takes a credential away, and asks Okta to make it invalid if wished.
    credential_remove(CredentialRemoveArgs) -> RemoveReport;
    /// Begins a sign-in: opens the browser, or gets a device code. Events tell how it goes on.
    signin_start(SignInArgs) -> SignInView;
    /// Opens the sign-in page in the browser (again).
    signin_browser(OrgArgs) -> SignInView;
    /// The address of the sign-in page, put on the clipboard too where that works.
    signin_link(OrgArgs) -> ConsentLink;
    /// Stops a sign-in.
    signin_cancel(OrgArgs) -> SignInView;
    /// Makes a key pair; the private half goes to the keychain.
    key_make(KeyMakeArgs) -> CredentialsView;
    /// Takes a private key from a file or another tool; it goes to the keychain.
    key_import(KeyImportArgs) -> CredentialsView;
    /// Deletes the key that waits to be registered.
    key_drop(OrgArgs) -> CredentialsView;
    /// Uses the waiting key with a service app: one token, one call, then it is the org's credential.
    service_use(ServiceUseArgs) -> CredentialsView;
    /// What creating a service app would do, with what is there already found.
    service_plan(ServiceCreateArgs) -> SetupView;
    /// Creates the service app with the admin's credential; can be run again without making a second.
    service_create(ServiceCreateArgs) -> SetupView;
    /// Stops after the line that is under way.
    service_stop(OrgArgs) -> SetupView;
    /// Checks by harmless calls what the credential in use can do.
    permissions_check(OrgArgs) -> PermissionsView;
    /// Does one of the fixes the check offered, then checks again.
    permissions_fix(PermissionFixArgs) -> PermissionsView;
    /// The keychain and every item Gatehouse has in it.
    keychain_health(None) -> KeychainHealth;
    /// Deletes every secret of an org from the keychain and memory; the org stays.
    org_wipe(OrgArgs) -> ForgetReport;
    /// Drops all secrets from memory now; the next call reads the keychain again.
    lock(None) -> Done;

    /// Starts the practice org (once a run) and makes it the current org.
    practice_start(None) -> OrgView;
    /// Puts the practice org back to how it began.
    practice_reset(None) -> Done;
    /// The failures that can be rehearsed.
    practice_what_ifs(None) -> Vec<WhatIf>;
    /// Arms or disarms one.
    practice_what_if(WhatIfArgs) -> Vec<WhatIf>;

    /// The org's apps: what is known now; further rows come as events.
    apps_load(AppsArgs) -> AppsSnapshot;
    /// Stops a listing that is under way; what has been read stays.
    apps_stop(OrgArgs) -> Done;
    /// Everything the connection page needs, read from Okta.
    app_open(AppArgs) -> AppDetail;

    /// Saves the connection; for consent apps the browser is opened when the person says so (`connect_browser`).
    connect_start(ConnectStartArgs) -> ConnectView;
    /// Asks Okta for a fresh consent link without saving credentials again, where Okta still offers one.
    connect_resume(AppArgs) -> ConnectView;
    /// Opens the consent page in the browser.
    connect_browser(AppArgs) -> ConnectView;
    /// The consent link, put on the clipboard too where that works.
    connect_link(AppArgs) -> ConsentLink;
    /// Takes what came back from consent as text.
    connect_finish(ConsentTextArgs) -> ConnectView;
    /// Takes what came back from consent from the clipboard.
    connect_finish_clipboard(ConsentClipboardArgs) -> ClipboardResult;
    /// Empties the clipboard if it still holds the consent answer that was taken from it.
    clipboard_clear(None) -> Done;
    /// Stops the connection work; says what is left behind in Okta.
    connect_cancel(AppArgs) -> ConnectView;
    /// Activates the connection and reads back.
    connect_activate(AppArgs) -> ConnectView;
    /// Deactivates the connection and reads back.
    connect_deactivate(AppArgs) -> ConnectView;
    /// The public keys of an Org2Org connection.
    connect_jwks(AppArgs) -> JwksView;

    /// Both features, read from Okta.
    features_get(AppArgs) -> FeaturesView;
    /// What would be sent, what is risky, what has to be mended, and what Okta has changed meanwhile.
    features_preview(FeaturesArgs) -> FeaturesPreview;
    /// Reads, merges, sends, reads back and compares.
    features_apply(FeaturesArgs) -> ApplyReport;
    /// The next five runs of a cron expression in both zones.
    schedule_preview(ScheduleArgs) -> SchedulePreview;

    /// Writes made, newest first, 100 a page.
    history_list(HistoryArgs) -> Vec<HistoryRow>;
    /// The last 500 calls of this run, newest first.
    calls_list(None) -> Vec<CallRow>;

    /// Opens one of a closed list of pages in the browser.
    page_open(OpenArgs) -> Done;
    /// Puts text on the clipboard.
    copy(CopyArgs) -> Done;
}
