//! The command table: one row per thing a person can do.

use super::args::{
    AddressArgs, AppArgs, AppsArgs, ClipboardResult, ConnectStartArgs, ConsentClipboardArgs, ConsentTextArgs,
    CopyArgs, CredentialArgs, CredentialRemoveArgs, Done, FeaturesArgs, HistoryArgs, KeyImportArgs,
    KeyMakeArgs, None, OpenArgs, OrgAddArgs, OrgArgs, OrgTokenArgs, OrgUpdateArgs, PermissionFixArgs,
    ScheduleArgs, ServiceCreateArgs, ServiceUseArgs, SignInArgs, WhatIfArgs,
};
use super::macros::commands;
use super::review_args::{
    AccessArgs, AccessesArgs, CommentArgs, DecisionArgs, DecisionIdArgs, DoctorArgs, EvidenceArgs,
    IncidentArgs, IncidentChangeArgs, IncidentRowArgs, LaunchArgs, LaunchIdArgs, PeopleArgs, PersonArgs,
    ReviewActArgs, ReviewArgs, ReviewHistoryArgs, ReviewUpdateArgs, ReviewsArgs, SideArgs, TargetArgs,
};
use super::views::apps::AppsSnapshot;
use super::views::connect::{AppDetail, ConnectView, ConsentLink, JwksView};
use super::views::features::{ApplyReport, FeaturesPreview, FeaturesView, SchedulePreview};
use super::views::history::{CallRow, HistoryRow};
use super::views::orgs::{ForgetReport, KeychainHealth, KeychainView, OrgCheck, OrgView};
use super::views::permissions::PermissionsView;
use super::views::reviews::decisions::{DecisionFacts, DecisionView};
use super::views::reviews::evidence::EvidenceView;
use super::views::reviews::incident::IncidentView;
use super::views::reviews::items::{AccessesSnapshot, AnomalyView, SubAccesses};
use super::views::reviews::launch::{LaunchForm, LaunchPlan, LaunchView};
use super::views::reviews::people::{GroupsFound, PeopleFound, PersonView};
use super::views::reviews::reference::EndpointView;
use super::views::reviews::{
    ReviewDetail, ReviewHistoryPage, ReviewStats, ReviewsSnapshot, SummaryView, UpdatePlan,
};
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

    /// How many security access reviews there are, by status.
    reviews_stats(SideArgs) -> ReviewStats;
    /// The reviews of a tab: what is known now; further rows come as events.
    reviews_load(ReviewsArgs) -> ReviewsSnapshot;
    /// A review, who is reviewed, and what can be done with the whole of it. A pending one is watched from then on.
    review_open(ReviewArgs) -> ReviewDetail;
    /// Asks Okta's AI for a summary of a review.
    review_summary(ReviewArgs) -> SummaryView;
    /// A page of a review's history.
    review_history(ReviewHistoryArgs) -> ReviewHistoryPage;
    /// Adds a comment; gives the first page of the history, read back.
    review_comment(CommentArgs) -> ReviewHistoryPage;
    /// Closes a review, or restores all access.
    review_act(ReviewActArgs) -> ReviewDetail;
    /// What changing end or reviewers would send. Changes nothing.
    review_update_plan(ReviewUpdateArgs) -> UpdatePlan;
    /// Changes end or reviewers, and reads back.
    review_update(ReviewUpdateArgs) -> ReviewDetail;
    /// The access items of a review: what is known now; further rows come as events.
    accesses_load(AccessesArgs) -> AccessesSnapshot;
    /// What lies below an access item.
    accesses_below(AccessArgs) -> SubAccesses;
    /// What is unusual about an item.
    access_anomalies(TargetArgs) -> Vec<AnomalyView>;
    /// Asks Okta's AI for a summary of an item.
    access_summary(TargetArgs) -> SummaryView;
    /// What a decision would mean. Changes nothing.
    decision_facts(DecisionArgs) -> DecisionFacts;
    /// Makes a decision: it is sent after a delay, in which it can be undone.
    decision_make(DecisionArgs) -> DecisionView;
    /// Takes a decision back that has not been sent.
    decision_undo(DecisionIdArgs) -> DecisionView;
    /// Sends a waiting decision now.
    decision_send(DecisionIdArgs) -> DecisionView;
    /// The decisions of this run in an org, latest first.
    decisions_list(OrgArgs) -> Vec<DecisionView>;
    /// Looks for people by name, login, e-mail address or id.
    people_search(PeopleArgs) -> PeopleFound;
    /// Reads one person again, by id: lists may lag behind.
    person_read(PersonArgs) -> PersonView;
    /// Looks for groups by name.
    groups_search(PeopleArgs) -> GroupsFound;
    /// What a launch starts from, and the launches under way.
    launch_form(OrgArgs) -> LaunchForm;
    /// What a launch would send, and what is wrong with it. Changes nothing.
    launch_plan(LaunchArgs) -> LaunchPlan;
    /// Launches a review, once; it is watched until it is active.
    launch(LaunchArgs) -> LaunchView;
    /// Looks again for a launch whose answer was lost.
    launch_check(LaunchIdArgs) -> LaunchView;
    /// The person has seen how a launch ended.
    launch_dismiss(LaunchIdArgs) -> Done;
    /// The launches for many people, if there are any.
    incident_get(OrgArgs) -> Option<IncidentView>;
    /// Reads pasted names and looks them up; rows come as events. Launches nothing yet.
    incident_start(IncidentArgs) -> IncidentView;
    /// Changes what all reviews have in common, before they are launched.
    incident_change(IncidentChangeArgs) -> IncidentView;
    /// Chooses somebody for a row, or leaves it out.
    incident_row(IncidentRowArgs) -> IncidentView;
    /// Launches all rows that are ready, one after the other; also goes on after a pause.
    incident_run(OrgArgs) -> IncidentView;
    /// Pauses after the one that is under way.
    incident_pause(OrgArgs) -> IncidentView;
    /// Cancels what was not launched yet.
    incident_cancel(OrgArgs) -> IncidentView;
    /// Launches the failed ones again; those whose outcome is unknown are looked for first.
    incident_retry(OrgArgs) -> IncidentView;
    /// Clears it away; launched reviews stay.
    incident_clear(OrgArgs) -> Done;
    /// What the set-up doctor finds, and would do. Changes nothing.
    doctor_plan(DoctorArgs) -> SetupView;
    /// Does it, line after line; the lines come as events.
    doctor_run(DoctorArgs) -> SetupView;
    /// Stops it after the line that is under way.
    doctor_stop(OrgArgs) -> SetupView;
    /// The set-up that is under way, or how the last one of this run ended.
    doctor_get(OrgArgs) -> Option<SetupView>;
    /// Asks for a folder, reads everything about a review and saves the evidence pack; it goes on in events.
    evidence_start(EvidenceArgs) -> EvidenceView;
    /// Stops it.
    evidence_stop(ReviewArgs) -> EvidenceView;
    /// The evidence pack that is under way, or how the last one of this run ended.
    evidence_get(ReviewArgs) -> Option<EvidenceView>;
    /// Every operation Gatehouse knows, with examples for an org's address.
    reference_list(OrgArgs) -> Vec<EndpointView>;

    /// Writes made, newest first, 100 a page.
    history_list(HistoryArgs) -> Vec<HistoryRow>;
    /// The last 500 calls of this run, newest first.
    calls_list(None) -> Vec<CallRow>;

    /// Opens one of a closed list of pages in the browser.
    page_open(OpenArgs) -> Done;
    /// Puts text on the clipboard.
    copy(CopyArgs) -> Done;
}
