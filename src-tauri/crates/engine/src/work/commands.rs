//! Ties the command table to the use cases: one line a command, no rules.

use crate::engine::{Engine, hold};
use crate::ipc::args::{
    AddressArgs, AppArgs, AppsArgs, ClipboardResult, ConnectStartArgs, ConsentClipboardArgs, ConsentTextArgs,
    CopyArgs, CredentialArgs, CredentialRemoveArgs, Done, FeaturesArgs, HistoryArgs, KeyImportArgs,
    KeyMakeArgs, None as Nothing, OpenArgs, OrgAddArgs, OrgArgs, OrgTokenArgs, OrgUpdateArgs,
    PermissionFixArgs, ScheduleArgs, ServiceCreateArgs, ServiceUseArgs, SignInArgs, WhatIfArgs,
};
use crate::ipc::events::Topic;
use crate::ipc::review_args::{
    AccessArgs, AccessesArgs, CommentArgs, DecisionArgs, DecisionIdArgs, DoctorArgs, EvidenceArgs,
    IncidentArgs, IncidentChangeArgs, IncidentRowArgs, LaunchArgs, LaunchIdArgs, PeopleArgs, PersonArgs,
    ReviewActArgs, ReviewArgs, ReviewHistoryArgs, ReviewUpdateArgs, ReviewsArgs, SideArgs, TargetArgs,
};
use crate::ipc::table::Commands;
use crate::ipc::views::apps::AppsSnapshot;
use crate::ipc::views::connect::{AppDetail, ConnectView, ConsentLink, JwksView};
use crate::ipc::views::features::{ApplyReport, FeaturesPreview, FeaturesView, SchedulePreview};
use crate::ipc::views::history::{CallRow, HistoryRow};
use crate::ipc::views::orgs::{ForgetReport, KeychainHealth, KeychainView, OrgCheck, OrgView};
use crate::ipc::views::permissions::PermissionsView;
use crate::ipc::views::reviews::decisions::{DecisionFacts, DecisionView};
use crate::ipc::views::reviews::evidence::EvidenceView;
use crate::ipc::views::reviews::incident::IncidentView;
use crate::ipc::views::reviews::items::{AccessesSnapshot, AnomalyView, SubAccesses};
use crate::ipc::views::reviews::launch::{LaunchForm, LaunchPlan, LaunchView};
use crate::ipc::views::reviews::people::{GroupsFound, PeopleFound, PersonView};
use crate::ipc::views::reviews::reference::EndpointView;
use crate::ipc::views::reviews::{
    ReviewDetail, ReviewHistoryPage, ReviewStats, ReviewsSnapshot, SummaryView, UpdatePlan,
};
use crate::ipc::views::settings::{AppState, Settings, WhatIf};
use crate::ipc::views::signin::{CredentialsView, RemoveReport, SetupView, SignInView};
use crate::ports::clipboard;
use domain::problem::{Problem, local};

type Reply<T> = Result<T, Problem>;

/// Longest text that is put on the clipboard, in bytes: more than any receipt or history has.
const LONGEST_COPY: usize = 1024 * 1024;

impl Commands for Engine {
    async fn app_state(&self, _: Nothing) -> Reply<AppState> {
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").into(),
            orgs: self.org_views(),
            current: hold(&self.current).clone(),
            settings: self.store.settings(),
            pending: self.pending_views(),
            notices: std::mem::take(&mut *hold(&self.notices)),
            practice_on_start: self.practice_on_start,
        })
    }
    async fn settings_save(&self, args: Settings) -> Reply<Settings> {
        self.store.keep_settings(&args)?;
        self.changed(Topic::Settings, None, None);
        Ok(args)
    }
    async fn keychain_test(&self, _: Nothing) -> Reply<KeychainView> {
        Ok(self.test_keychain().await)
    }

    async fn org_check(&self, args: AddressArgs) -> Reply<OrgCheck> {
        self.check_org(&args.address).await
    }
    async fn org_add(&self, args: OrgAddArgs) -> Reply<OrgView> {
        self.add_org(args).await
    }
    async fn org_select(&self, args: OrgArgs) -> Reply<OrgView> {
        self.select_org(&args.org)
    }
    async fn org_update(&self, args: OrgUpdateArgs) -> Reply<OrgView> {
        self.update_org(&args)
    }
    async fn org_token(&self, args: OrgTokenArgs) -> Reply<OrgView> {
        self.replace_token(args).await
    }
    async fn org_retry(&self, args: OrgArgs) -> Reply<OrgView> {
        self.retry_org(&args.org).await
    }
    async fn org_forget(&self, args: OrgArgs) -> Reply<ForgetReport> {
        self.forget_org(&args.org).await
    }

    async fn credentials_get(&self, args: OrgArgs) -> Reply<CredentialsView> {
        self.credentials_view(&self.org(&args.org)?)
    }
    async fn credentials_look(&self, args: OrgArgs) -> Reply<CredentialsView> {
        self.look_at_credential(&args.org).await
    }
    async fn credential_use(&self, args: CredentialArgs) -> Reply<CredentialsView> {
        self.use_credential(&args).await
    }
    async fn credential_remove(&self, args: CredentialRemoveArgs) -> Reply<RemoveReport> {
        self.remove_credential(&args).await
    }
    async fn signin_start(&self, args: SignInArgs) -> Reply<SignInView> {
        self.start_sign_in(&args).await
    }
    async fn signin_browser(&self, args: OrgArgs) -> Reply<SignInView> {
        self.open_sign_in(&args.org).await
    }
    async fn signin_link(&self, args: OrgArgs) -> Reply<ConsentLink> {
        self.copy_sign_in(&args.org).await
    }
    async fn signin_cancel(&self, args: OrgArgs) -> Reply<SignInView> {
        self.cancel_sign_in(&args.org).await
    }
    async fn key_make(&self, args: KeyMakeArgs) -> Reply<CredentialsView> {
        self.make_key(&args).await
    }
    async fn key_import(&self, args: KeyImportArgs) -> Reply<CredentialsView> {
        self.import_key(args).await
    }
    async fn key_drop(&self, args: OrgArgs) -> Reply<CredentialsView> {
        self.drop_key(&args.org).await
    }
    async fn service_use(&self, args: ServiceUseArgs) -> Reply<CredentialsView> {
        self.use_service(&args).await
    }
    async fn service_plan(&self, args: ServiceCreateArgs) -> Reply<SetupView> {
        self.plan_service(args).await
    }
    async fn service_create(&self, args: ServiceCreateArgs) -> Reply<SetupView> {
        self.create_service(args).await
    }
    async fn service_stop(&self, args: OrgArgs) -> Reply<SetupView> {
        self.stop_service(&args.org)
    }
    async fn permissions_check(&self, args: OrgArgs) -> Reply<PermissionsView> {
        self.check_permissions(&args.org).await
    }
    async fn permissions_fix(&self, args: PermissionFixArgs) -> Reply<PermissionsView> {
        self.fix_permissions(&args).await
    }
    async fn keychain_health(&self, _args: Nothing) -> Reply<KeychainHealth> {
        self.keychain_health().await
    }
    async fn org_wipe(&self, args: OrgArgs) -> Reply<ForgetReport> {
        let org = self.org(&args.org)?;
        let report = self.wipe(&org.key).await?;
        self.tell_credentials(&org.key);
        Ok(report)
    }
    async fn lock(&self, _args: Nothing) -> Reply<Done> {
        self.lock_now().await;
        Ok(Done {})
    }

    async fn practice_start(&self, _: Nothing) -> Reply<OrgView> {
        self.start_practice().await
    }
    async fn practice_reset(&self, _: Nothing) -> Reply<Done> {
        self.reset_practice().await.map(|()| Done {})
    }
    async fn practice_what_ifs(&self, _: Nothing) -> Reply<Vec<WhatIf>> {
        Ok(self.what_ifs().await)
    }
    async fn practice_what_if(&self, args: WhatIfArgs) -> Reply<Vec<WhatIf>> {
        self.set_what_if(&args.id, args.on).await
    }

    async fn apps_load(&self, args: AppsArgs) -> Reply<AppsSnapshot> {
        self.load_apps(&args.org, args.refresh)
    }
    async fn apps_stop(&self, args: OrgArgs) -> Reply<Done> {
        self.stop_apps(&args.org);
        Ok(Done {})
    }
    async fn app_open(&self, args: AppArgs) -> Reply<AppDetail> {
        self.open_app(&args.org, &args.app).await
    }

    async fn connect_start(&self, args: ConnectStartArgs) -> Reply<ConnectView> {
        self.start_connect(args).await
    }
    async fn connect_resume(&self, args: AppArgs) -> Reply<ConnectView> {
        self.resume_connect(&args.org, &args.app).await
    }
    async fn connect_browser(&self, args: AppArgs) -> Reply<ConnectView> {
        self.open_consent(&args.org, &args.app).await
    }
    async fn connect_link(&self, args: AppArgs) -> Reply<ConsentLink> {
        self.copy_consent_link(&args.org, &args.app).await
    }
    async fn connect_finish(&self, args: ConsentTextArgs) -> Reply<ConnectView> {
        self.finish_consent(&args.org, &args.app, args.text).await
    }
    async fn connect_finish_clipboard(&self, args: ConsentClipboardArgs) -> Reply<ClipboardResult> {
        self.finish_from_clipboard(&args.org, &args.app, args.asked).await
    }
    async fn clipboard_clear(&self, _: Nothing) -> Reply<Done> {
        self.clear_clipboard().await;
        Ok(Done {})
    }
    async fn connect_cancel(&self, args: AppArgs) -> Reply<ConnectView> {
        self.cancel_connect(&args.org, &args.app)
    }
    async fn connect_activate(&self, args: AppArgs) -> Reply<ConnectView> {
        self.activate(&args.org, &args.app).await
    }
    async fn connect_deactivate(&self, args: AppArgs) -> Reply<ConnectView> {
        self.deactivate(&args.org, &args.app).await
    }
    async fn connect_jwks(&self, args: AppArgs) -> Reply<JwksView> {
        self.jwks(&args.org, &args.app).await
    }

    async fn features_get(&self, args: AppArgs) -> Reply<FeaturesView> {
        self.features(&args.org, &args.app).await
    }
    async fn features_preview(&self, args: FeaturesArgs) -> Reply<FeaturesPreview> {
        self.preview_features(&args).await
    }
    async fn features_apply(&self, args: FeaturesArgs) -> Reply<ApplyReport> {
        self.apply_features(&args).await
    }
    async fn schedule_preview(&self, args: ScheduleArgs) -> Reply<SchedulePreview> {
        Ok(self.preview_schedule(&args))
    }

    async fn reviews_stats(&self, args: SideArgs) -> Reply<ReviewStats> {
        self.review_stats(&args).await
    }
    async fn reviews_load(&self, args: ReviewsArgs) -> Reply<ReviewsSnapshot> {
        self.load_reviews(&args).await
    }
    async fn review_open(&self, args: ReviewArgs) -> Reply<ReviewDetail> {
        self.open_review(&args).await
    }
    async fn review_summary(&self, args: ReviewArgs) -> Reply<SummaryView> {
        self.summarize_review(&args).await
    }
    async fn review_history(&self, args: ReviewHistoryArgs) -> Reply<ReviewHistoryPage> {
        self.review_history_page(&args).await
    }
    async fn review_comment(&self, args: CommentArgs) -> Reply<ReviewHistoryPage> {
        self.comment_review(&args).await
    }
    async fn review_act(&self, args: ReviewActArgs) -> Reply<ReviewDetail> {
        self.act_on_review(&args).await
    }
    async fn review_update_plan(&self, args: ReviewUpdateArgs) -> Reply<UpdatePlan> {
        self.plan_review_update(&args).await
    }
    async fn review_update(&self, args: ReviewUpdateArgs) -> Reply<ReviewDetail> {
        self.update_review(&args).await
    }
    async fn accesses_load(&self, args: AccessesArgs) -> Reply<AccessesSnapshot> {
        self.load_accesses(&args)
    }
    async fn accesses_below(&self, args: AccessArgs) -> Reply<SubAccesses> {
        self.read_below(&args).await
    }
    async fn access_anomalies(&self, args: TargetArgs) -> Reply<Vec<AnomalyView>> {
        self.read_anomalies(&args).await
    }
    async fn access_summary(&self, args: TargetArgs) -> Reply<SummaryView> {
        self.summarize_item(&args).await
    }
    async fn decision_facts(&self, args: DecisionArgs) -> Reply<DecisionFacts> {
        self.facts_of_decision(&args).await
    }
    async fn decision_make(&self, args: DecisionArgs) -> Reply<DecisionView> {
        self.make_decision(&args).await
    }
    async fn decision_undo(&self, args: DecisionIdArgs) -> Reply<DecisionView> {
        self.undo_decision(&args)
    }
    async fn decision_send(&self, args: DecisionIdArgs) -> Reply<DecisionView> {
        self.hurry_decision(&args)
    }
    async fn decisions_list(&self, args: OrgArgs) -> Reply<Vec<DecisionView>> {
        Ok(self.decisions_of(&args.org))
    }
    async fn people_search(&self, args: PeopleArgs) -> Reply<PeopleFound> {
        self.search_people(&args).await
    }
    async fn person_read(&self, args: PersonArgs) -> Reply<PersonView> {
        self.read_person(&args).await
    }
    async fn groups_search(&self, args: PeopleArgs) -> Reply<GroupsFound> {
        self.search_groups(&args).await
    }
    async fn launch_form(&self, args: OrgArgs) -> Reply<LaunchForm> {
        self.launch_form_of(&args.org)
    }
    async fn launch_plan(&self, args: LaunchArgs) -> Reply<LaunchPlan> {
        self.plan_launch(&args).await
    }
    async fn launch(&self, args: LaunchArgs) -> Reply<LaunchView> {
        self.launch_review(&args).await
    }
    async fn launch_check(&self, args: LaunchIdArgs) -> Reply<LaunchView> {
        self.check_launch_again(&args).await
    }
    async fn launch_dismiss(&self, args: LaunchIdArgs) -> Reply<Done> {
        self.dismiss_launch(&args).map(|()| Done {})
    }
    async fn incident_get(&self, args: OrgArgs) -> Reply<Option<IncidentView>> {
        self.incident_of(&args.org)
    }
    async fn incident_start(&self, args: IncidentArgs) -> Reply<IncidentView> {
        self.start_incident(&args).await
    }
    async fn incident_change(&self, args: IncidentChangeArgs) -> Reply<IncidentView> {
        self.change_whole_incident(&args).await
    }
    async fn incident_row(&self, args: IncidentRowArgs) -> Reply<IncidentView> {
        self.choose_incident_row(&args)
    }
    async fn incident_run(&self, args: OrgArgs) -> Reply<IncidentView> {
        self.run_incident(&args.org).await
    }
    async fn incident_pause(&self, args: OrgArgs) -> Reply<IncidentView> {
        self.pause_incident(&args.org)
    }
    async fn incident_cancel(&self, args: OrgArgs) -> Reply<IncidentView> {
        self.cancel_incident(&args.org)
    }
    async fn incident_retry(&self, args: OrgArgs) -> Reply<IncidentView> {
        self.retry_incident(&args.org).await
    }
    async fn incident_clear(&self, args: OrgArgs) -> Reply<Done> {
        self.clear_incident(&args.org).map(|()| Done {})
    }
    async fn doctor_plan(&self, args: DoctorArgs) -> Reply<SetupView> {
        self.plan_doctor(&args).await
    }
    async fn doctor_run(&self, args: DoctorArgs) -> Reply<SetupView> {
        self.run_doctor(&args).await
    }
    async fn doctor_stop(&self, args: OrgArgs) -> Reply<SetupView> {
        self.stop_doctor(&args.org)
    }
    async fn doctor_get(&self, args: OrgArgs) -> Reply<Option<SetupView>> {
        Ok(self.doctor_of(&args.org))
    }
    async fn evidence_start(&self, args: EvidenceArgs) -> Reply<EvidenceView> {
        self.start_evidence(args)
    }
    async fn evidence_stop(&self, args: ReviewArgs) -> Reply<EvidenceView> {
        self.stop_evidence(&args)
    }
    async fn evidence_get(&self, args: ReviewArgs) -> Reply<Option<EvidenceView>> {
        Ok(self.evidence_of(&args))
    }
    async fn reference_list(&self, args: OrgArgs) -> Reply<Vec<EndpointView>> {
        self.reference(&args.org)
    }

    async fn history_list(&self, args: HistoryArgs) -> Reply<Vec<HistoryRow>> {
        Ok(self.store.history(args.org.as_deref(), args.before)?)
    }
    async fn calls_list(&self, _: Nothing) -> Reply<Vec<CallRow>> {
        Ok(self.events.calls())
    }

    async fn page_open(&self, args: OpenArgs) -> Reply<Done> {
        self.open_page(&args).await.map(|()| Done {})
    }
    async fn copy(&self, args: CopyArgs) -> Reply<Done> {
        if args.text.len() > LONGEST_COPY {
            return Err(local::clipboard_failed());
        }
        let done = tokio::task::spawn_blocking(move || clipboard::write(&args.text))
            .await
            .unwrap_or(false);
        if done {
            Ok(Done {})
        } else {
            Err(local::clipboard_failed())
        }
    }
}
