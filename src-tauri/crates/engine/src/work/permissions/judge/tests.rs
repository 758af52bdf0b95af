use super::*;

fn roles(kinds: &[&str]) -> Vec<Role> {
    kinds
        .iter()
        .map(|kind| Role {
            kind: (*kind).into(),
            label: role_label(kind).into(),
        })
        .collect()
}

fn scopes(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn service<'a>(scopes: &'a [String], roles: Option<&'a [Role]>, fixer: Option<CredentialKind>) -> Facts<'a> {
    Facts {
        holder: Holder::ServiceApp,
        host: "acme.okta.com",
        client_id: Some("0oa1example0client00"),
        who: Some("Gatehouse"),
        scopes: Some(scopes),
        roles,
        fixer,
    }
}

fn job(id: &str) -> &'static Job {
    Job::find(id).expect("a job")
}

fn copied(check: &JobCheck) -> String {
    check
        .next
        .iter()
        .find_map(|step| match step {
            NextStep::Copy { text, .. } => Some(text.clone()),
            _ => None,
        })
        .expect("text to copy")
}

#[test]
fn an_empty_list_is_no_proof() {
    let held = scopes(&["okta.apps.read"]);
    let none = roles(&[]);
    let missing = judge(
        job("apps"),
        &service(&held, Some(&none), Some(CredentialKind::SignIn)),
        &Probe::Empty,
    );
    assert_eq!((missing.state, missing.role.have), (JobState::Missing, Have::No));
    assert!(missing.proof.contains("no proof"), "{}", missing.proof);
    assert_eq!(missing.fix.expect("a fix").id, "role:READ_ONLY_ADMIN");
    let some = roles(&["APP_ADMIN"]);
    let proven = judge(job("apps"), &service(&held, Some(&some), None), &Probe::Empty);
    assert_eq!(proven.state, JobState::Proven);
    assert!(proven.proof.contains("0 apps"), "{}", proven.proof);
    let unknown = judge(job("apps"), &service(&held, None, None), &Probe::Empty);
    assert_eq!(
        (unknown.state, unknown.role.have),
        (JobState::Unknown, Have::Unknown)
    );
    let custom = roles(&["CUSTOM"]);
    let unknown = judge(job("people"), &service(&held, Some(&custom), None), &Probe::Empty);
    assert_eq!(
        unknown.state,
        JobState::Unknown,
        "a custom role may be for anything"
    );
}

#[test]
fn what_only_doing_proves_is_never_proven() {
    let held = scopes(&["okta.apps.manage"]);
    let admin = roles(&["APP_ADMIN"]);
    let reader = roles(&["READ_ONLY_ADMIN"]);
    let custom = roles(&["CUSTOM"]);
    let of = |roles: Option<&[Role]>, held: &[String]| {
        judge(
            job("provisioning"),
            &service(held, roles, Some(CredentialKind::ApiToken)),
            &Probe::None,
        )
    };
    assert_eq!(of(Some(&admin), &held).state, JobState::Likely);
    assert_eq!(of(Some(&custom), &held).state, JobState::Unknown);
    assert_eq!(of(None, &held).state, JobState::Unknown);
    let role = of(Some(&reader), &held);
    assert_eq!(
        (role.state, role.fix.expect("a fix").id.as_str()),
        (JobState::Missing, "role:APP_ADMIN")
    );
    let scope = of(Some(&admin), &scopes(&["okta.apps.read"]));
    let fix = scope.fix.expect("a fix");
    assert_eq!(
        (scope.state, scope.scope.have, fix.id.as_str()),
        (JobState::Missing, Have::No, "grant:okta.apps.manage")
    );
    assert!(
        fix.about.contains("acme.okta.com") && fix.about.contains("0oa1example0client00"),
        "{}",
        fix.about
    );
    // Without a readable role the missing scope is still a missing scope.
    assert_eq!(of(None, &[]).state, JobState::Missing);
}

#[test]
fn the_scope_okta_names_counts() {
    let held = scopes(&["okta.orgs.read"]);
    let admin = roles(&["SUPER_ADMIN"]);
    let probe = Probe::Refused(Some("okta.orgs.manage".into()));
    let check = judge(job("org"), &service(&held, Some(&admin), None), &probe);
    assert_eq!((check.state, check.scope.have), (JobState::Missing, Have::No));
    let text = copied(&check);
    for part in ["okta.orgs.manage", "acme.okta.com", "0oa1example0client00"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(check.fix.is_none() && check.next.contains(&NextStep::SignIn));
}

#[test]
fn refused_with_the_scope_at_hand_is_about_the_role() {
    let held = scopes(&["okta.roles.read"]);
    let unknown = judge(
        job("roles"),
        &service(&held, None, Some(CredentialKind::SignIn)),
        &Probe::Refused(None),
    );
    assert_eq!((unknown.state, unknown.role.have), (JobState::Missing, Have::No));
    assert_eq!(unknown.fix.expect("a fix").id, "role:READ_ONLY_ADMIN");
    // A role that usually carries it, and did not: its limits can't be seen, so no button.
    let admin = roles(&["APP_ADMIN"]);
    let limited = judge(
        job("people"),
        &service(
            &scopes(&["okta.users.read"]),
            Some(&admin),
            Some(CredentialKind::SignIn),
        ),
        &Probe::Refused(None),
    );
    assert_eq!(
        (limited.state, limited.role.have),
        (JobState::Missing, Have::Unknown)
    );
    assert!(limited.proof.contains("limited") && limited.fix.is_none());
}

#[test]
fn a_call_that_worked_proves_scope_and_role_whatever_the_table_says() {
    let held = scopes(&["okta.orgs.read"]);
    let help_desk = roles(&["HELP_DESK_ADMIN"]);
    let check = judge(job("org"), &service(&held, Some(&help_desk), None), &Probe::Yes);
    assert_eq!(
        (check.state, check.scope.have, check.role.have),
        (JobState::Proven, Have::Yes, Have::Yes)
    );
    assert!(check.fix.is_none() && check.next.is_empty());
}

#[test]
fn governance_is_told_apart() {
    let held = scopes(&["okta.governance.securityAccessReviews.admin.read"]);
    let admin = roles(&["SUPER_ADMIN"]);
    let of = |probe| {
        judge(
            job("reviews"),
            &service(&held, Some(&admin), Some(CredentialKind::SignIn)),
            &probe,
        )
    };
    let off = of(Probe::Off);
    assert_eq!((off.state, off.licence.have), (JobState::NotLicensed, Have::No));
    assert!(off.fix.is_none() && off.next.is_empty());
    assert_eq!(of(Probe::Yes).licence.have, Have::Yes);
    let refused = of(Probe::Refused(None));
    assert_eq!(
        (refused.state, refused.licence.have),
        (JobState::Missing, Have::Unknown)
    );
    assert!(refused.fix.is_none(), "nobody becomes a super admin by a button");
    assert!(copied(&refused).contains("okta.governance.securityAccessReviews.admin.manage"));
    let token = Facts {
        holder: Holder::ApiToken,
        scopes: None,
        client_id: None,
        ..service(&[], None, None)
    };
    let token = judge(job("reviews"), &token, &Probe::Refused(None));
    assert_eq!(token.scope.have, Have::NotNeeded);
    assert!(
        token.proof.contains("API token can't read reviews"),
        "{}",
        token.proof
    );
    assert!(token.next.contains(&NextStep::SignIn));
}

#[test]
fn an_api_token_has_its_owners_rights_and_the_owner_gets_the_text() {
    let reader = roles(&["READ_ONLY_ADMIN"]);
    let facts = Facts {
        holder: Holder::ApiToken,
        scopes: None,
        client_id: None,
        who: Some("chloe@example.com"),
        ..service(&[], Some(&reader), None)
    };
    let check = judge(job("provisioning"), &facts, &Probe::None);
    assert_eq!(
        (check.state, check.scope.have, check.role.have),
        (JobState::Missing, Have::NotNeeded, Have::No)
    );
    let text = copied(&check);
    for part in [
        "chloe@example.com",
        "acme.okta.com",
        "Application Administrator",
        "okta.apps.manage",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!check.next.contains(&NextStep::SignIn));
}

#[test]
fn a_sign_in_that_lacks_a_scope_can_be_done_again() {
    let held = scopes(&["okta.apps.read"]);
    let admin = roles(&["SUPER_ADMIN"]);
    let facts = Facts {
        holder: Holder::SignIn,
        who: Some("robin@example.com"),
        ..service(&held, Some(&admin), None)
    };
    let check = judge(job("serviceApp"), &facts, &Probe::None);
    assert_eq!(check.state, JobState::Missing);
    assert!(check.next.contains(&NextStep::SignIn));
    assert!(copied(&check).contains("0oa1example0client00"));
}

#[test]
fn what_could_not_be_asked_is_unknown() {
    let held = scopes(&["okta.apps.read"]);
    let check = judge(
        job("apps"),
        &service(&held, None, None),
        &Probe::Failed("Okta is down.".into()),
    );
    assert_eq!(check.state, JobState::Unknown);
    assert!(check.proof.ends_with("Okta is down."), "{}", check.proof);
}

/// Every sentence, to be read in one go.
#[test]
fn every_proof() {
    let held = scopes(&["okta.apps.manage", "okta.users.read", "okta.roles.read"]);
    let mut page = String::new();
    for (who, roles) in [
        ("no role", Some(roles(&[]))),
        ("application admin", Some(roles(&["APP_ADMIN"]))),
        ("custom role", Some(roles(&["CUSTOM"]))),
        ("roles unreadable", None),
    ] {
        page.push_str(&format!("== service app, {who}\n"));
        for job in domain::signin::jobs::JOBS {
            if !job.holders.contains(&Holder::ServiceApp) {
                continue;
            }
            for probe in [
                Probe::None,
                Probe::Yes,
                Probe::Empty,
                Probe::Refused(None),
                Probe::Off,
            ] {
                let fits = match probe {
                    Probe::None => job.probe.is_none() && job.id != "roles",
                    Probe::Empty => job.list.is_some(),
                    Probe::Off => job.licence.is_some(),
                    _ => job.probe.is_some() || job.id == "roles",
                };
                if !fits {
                    continue;
                }
                let facts = service(&held, roles.as_deref(), Some(CredentialKind::SignIn));
                let check = judge(job, &facts, &probe);
                let fix = check
                    .fix
                    .map(|fix| format!(" [{}]", fix.label))
                    .unwrap_or_default();
                page.push_str(&format!(
                    "{} ({probe:?}): {:?}. {}{fix}\n",
                    check.title, check.state, check.proof
                ));
            }
        }
    }
    insta::assert_snapshot!(page);
}
