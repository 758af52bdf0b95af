//! Device authorization (RFC 8628): a code here, the sign-in in any browser.

use super::{Job, first_view, no_handle};
use crate::engine::Engine;
use crate::ipc::views::signin::{QrView, SignInMethod, SignInPhase, SignInView};
use crate::okta::auth::tokens::token_call;
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::ports::browser::Openable;
use crate::store::orgs::Org;
use crate::work::credentials::bare;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::okta::wire::error::ErrorBody;
use domain::okta::wire::oauth::Device;
use domain::problem::{Problem, ProblemCode, local, oauth, signin as words};
use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Added to the interval when asked to slow down, and after a lost answer (RFC 8628, section 3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// Longest pause between two questions.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The page to open, if it is one of the org's.
fn page_of(org: &Org, device: &Device) -> Result<Openable, Problem> {
    let check = |address: &str| {
        let url = Url::parse(address).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or("?").to_owned();
        url.and_then(|url| Openable::sign_in(url, &org.origin, &org.alternate))
            .ok_or_else(|| words::foreign_page(org.origin.host(), &host))
    };
    let plain = check(&device.verification_uri)?;
    device.complete.as_deref().map_or(Ok(plain), check)
}

/// A QR code; `None` where the text is too long for one.
fn qr(text: &str) -> Option<QrView> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dots: Vec<char> = code
        .into_colors()
        .into_iter()
        .map(|color| if color == Color::Dark { '1' } else { '0' })
        .collect();
    let rows = dots.chunks(width).map(|row| row.iter().collect()).collect();
    Some(QrView { rows })
}

fn expired(host: &str) -> Problem {
    let error = ErrorBody {
        code: Some("expired_token".into()),
        ..ErrorBody::default()
    };
    oauth::explain(host, 400, &error)
}

/// What an answer to a poll means.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Ask,
    AskSlower,
    Stop,
}

fn next(failure: &Failure) -> Next {
    match failure {
        Failure::Unknown(_) => Next::AskSlower,
        Failure::Cancelled => Next::Stop,
        Failure::Not(problem) => {
            let code = problem.okta.as_ref().and_then(|okta| okta.error_code.as_deref());
            match (code, problem.code) {
                (Some("authorization_pending"), _) => Next::Ask,
                (Some("slow_down"), _) => Next::AskSlower,
                // Passes by itself, and the code is still good.
                (_, ProblemCode::Network | ProblemCode::RateLimited | ProblemCode::OktaDown) => {
                    Next::AskSlower
                }
                _ => Next::Stop,
            }
        }
    }
}

impl Engine {
    pub(super) async fn start_device(&self, job: Arc<Job>) -> Result<SignInView, Problem> {
        let engine = self.handle().ok_or_else(no_handle)?;
        let device = self.device_code(&job).await?;
        // No port is opened.
        job.closed.cancel();
        let page = page_of(&job.org, &device)?;
        let life = Duration::from_secs(device.expires_in.clamp(1, 3600).unsigned_abs());
        let view = SignInView {
            user_code: Some(device.user_code.clone()),
            verification_uri: Some(device.verification_uri.clone()),
            qr: qr(page.address()),
            ..first_view(&job, SignInMethod::Device, &page, life)
        };
        self.begin_sign_in(&job, page, view);
        let waiting = job.clone();
        tokio::spawn(async move {
            let came = engine
                .device_tokens(&waiting, &device, Instant::now() + life)
                .await;
            engine.end_with(&waiting, came).await;
        });
        self.sign_in_view(&job.org.key)
    }

    async fn device_code(&self, job: &Job) -> Result<Device, Problem> {
        let host = job.org.origin.host();
        let form = json!({ "client_id": job.wanted.client_id, "scope": job.wanted.asked() });
        let call = Call::new(&e::DEVICE).body(Payload::form(form, &[]));
        let sent = self
            .client
            .send(&bare(&job.org), &call, Urgency::Click, &job.cancel)
            .await;
        let answer = sent.map_err(|failure| match failure {
            // A code nobody knows of does nothing.
            Failure::Unknown(_) => local::no_answer(host),
            other => other.problem(),
        })?;
        Device::take(answer.body).ok_or_else(|| local::not_oktas_answer(host, "an answer without a code"))
    }

    /// Asks until the person has answered; `None` when it was cancelled.
    async fn device_tokens(
        &self,
        job: &Arc<Job>,
        device: &Device,
        until: Instant,
    ) -> Result<Option<Value>, Problem> {
        let mut pause = Duration::from_secs(device.interval.unsigned_abs());
        let make = |_| {
            Ok(token_call(json!({
                "grant_type": GRANT,
                "device_code": device.device_code.expose(),
                "client_id": job.wanted.client_id,
            })))
        };
        // A question that is under way is not stopped by a cancel: its answer may hold tokens, to be revoked.
        let stop = self.stop.child_token();
        loop {
            tokio::select! {
                () = job.cancel.cancelled() => return Ok(None),
                () = tokio::time::sleep(pause) => {}
            }
            if Instant::now() >= until {
                return Err(expired(job.org.origin.host()));
            }
            let asked = self
                .client
                .token(&bare(&job.org), &job.source, &make, &stop)
                .await;
            match asked {
                Ok(body) => {
                    self.move_sign_in(job, |view| view.phase = SignInPhase::Finishing);
                    return Ok(Some(body));
                }
                Err(failure) => match next(&failure) {
                    Next::Ask => {}
                    Next::AskSlower => pause = (pause + SLOWER).min(LONGEST_PAUSE),
                    Next::Stop => {
                        return match failure {
                            Failure::Cancelled => Ok(None),
                            other => Err(other.problem()),
                        };
                    }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::views::orgs::OrgTag;
    use domain::org_address::OrgOrigin;
    use domain::problem::okta::{Refusal, explain};

    fn refusal(status: u16, code: &str) -> Failure {
        let body = ErrorBody {
            code: Some(code.into()),
            ..ErrorBody::default()
        };
        let refusal = Refusal {
            status,
            body: Some(body),
            ..Refusal::default()
        };
        Failure::Not(Box::new(explain(&e::TOKEN, "acme.okta.com", &refusal)))
    }

    #[test]
    fn what_passes_by_itself_is_asked_again() {
        assert_eq!(next(&refusal(400, "authorization_pending")), Next::Ask);
        assert_eq!(next(&refusal(400, "slow_down")), Next::AskSlower);
        assert_eq!(next(&refusal(429, "E0000047")), Next::AskSlower);
        let lost = Failure::Unknown(Box::new(local::no_answer("acme.okta.com")));
        assert_eq!(next(&lost), Next::AskSlower);
        for code in [
            "expired_token",
            "access_denied",
            "invalid_grant",
            "invalid_client",
        ] {
            assert_eq!(next(&refusal(400, code)), Next::Stop, "{code}");
        }
    }

    #[test]
    fn only_the_orgs_own_page_is_opened() {
        let org = Org {
            key: "acme.okta.com".into(),
            origin: OrgOrigin::parse("https://acme.okta.com").expect("an origin"),
            name: "Acme".into(),
            colour: "indigo".into(),
            read_only: false,
            tag: OrgTag::Production,
            org_id: None,
            alternate: vec!["login.acme.com".into()],
            last_used: None,
        };
        let device = |plain: &str, complete: Option<&str>| Device {
            device_code: domain::secret::Secret::new("d".into()),
            user_code: "ABCDEFGH".into(),
            verification_uri: plain.into(),
            complete: complete.map(str::to_owned),
            expires_in: 600,
            interval: 5,
        };
        let opened = |plain: &str, complete: Option<&str>| {
            page_of(&org, &device(plain, complete))
                .map(|page| page.address().to_owned())
                .ok()
        };
        let plain = "https://acme.okta.com/activate";
        let complete = "https://acme.okta.com/activate?user_code=ABCDEFGH";
        assert_eq!(opened(plain, Some(complete)).as_deref(), Some(complete));
        assert_eq!(opened(plain, None).as_deref(), Some(plain));
        assert!(opened("https://login.acme.com/activate", None).is_some());
        for foreign in [
            "https://evil.example.com/activate",
            "http://acme.okta.com/activate",
            "https://acme.okta.com:8443/activate",
            "https://me@acme.okta.com/activate",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(opened(foreign, Some(complete)), None, "{foreign}");
            assert_eq!(opened(plain, Some(foreign)), None, "{foreign}");
        }
    }

    #[test]
    fn a_qr_code_is_a_square_with_its_three_corners() {
        let code = qr("https://acme.okta.com/activate?user_code=ABCDEFGH").expect("fits");
        let width = code.rows.len();
        assert!(width >= 21 && code.rows.iter().all(|row| row.len() == width));
        let corner =
            |x: usize, y: usize| -> String { code.rows[y..y + 7].iter().map(|row| &row[x..x + 7]).collect() };
        let finder = "1111111100000110111011011101101110110000011111111";
        for (x, y) in [(0, 0), (width - 7, 0), (0, width - 7)] {
            assert_eq!(corner(x, y), finder);
        }
        assert!(qr(&"x".repeat(4000)).is_none());
    }
}
