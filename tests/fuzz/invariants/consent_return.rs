//! What holds for whatever is pasted.

use domain::consent::{StateMark, Waiting, looks_like_answer, read_return};
use domain::org_address::OrgOrigin;

const STATE: &str = "s7Xk2canaryState9QpL4vN8";

/// Panics if it does not.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let org = OrgOrigin::parse("https://acme.okta.com").expect("an origin");
    let alternate = ["login.example.com".to_owned()];
    let earlier = [StateMark::of("e1Ab2canaryEarlier3Cd4Ef5")];
    let waiting = Waiting {
        org: &org,
        alternate: &alternate,
        app_name: "google",
        app: "0oa1gjh63g214q0Hq0g4",
        mark: StateMark::of(STATE),
        earlier: &earlier,
    };
    match read_return(&text, &waiting, &[]) {
        Ok(returned) => {
            assert_eq!(returned.state.expose(), STATE, "another state was taken");
            assert!(!returned.code.is_blank(), "an empty code was taken");
            assert!(
                returned.code.expose().chars().all(|c| matches!(c, ' '..='~')),
                "a garbled code was taken"
            );
        }
        Err(problem) => {
            // The state as a part of something else is not known to be one.
            let (text, state) = (text.to_lowercase(), STATE.to_lowercase());
            let all = text.matches(&state).count();
            if all == text.matches(&format!("state={state}")).count() {
                let said = format!("{problem:?}").to_lowercase();
                assert!(!said.contains(&state), "a sentence holds the state: {said}");
            }
        }
    }
    looks_like_answer(&text);
}
