//! The port a sign-in waits on: what it takes, what it does not, and when it is closed. No org is asked for any of this.

use engine::SignInOptions;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use support::World;
use support::signin::{NO_CLIENT, Waiting, free_ports};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn waiting() -> (World, Waiting) {
    let world = World::story().await;
    let at = world.begin_sign_in(NO_CLIENT).await;
    (world, at)
}

async fn still_waits(world: &World) {
    assert_eq!(world.sign_in_view().await["phase"], "waiting");
}

/// The practice org does not know the client, so a code that was taken shows as Okta's refusal of the exchange.
async fn took_the_code(world: &World) {
    let view = world.signed_in().await;
    assert_eq!(view["phase"], "failed", "{view:#}");
    let asked: Vec<String> = world.org.ledger().iter().map(|it| it.path.clone()).collect();
    assert!(asked.iter().any(|path| path == "/oauth2/v1/token"), "{asked:?}");
}

fn request(first: &str, host: &str) -> Vec<u8> {
    format!("{first}\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_right_path_method_and_host_are_looked_at() {
    let (world, at) = waiting().await;
    let (state, host) = (at.asked("state"), at.authority());
    let good = format!("code=c&state={state}");
    for (first, host) in [
        (format!("GET /?{good} HTTP/1.1"), host.as_str()),
        (format!("GET /callback/?{good} HTTP/1.1"), &host),
        (format!("GET /callback/x?{good} HTTP/1.1"), &host),
        ("GET /favicon.ico HTTP/1.1".to_owned(), &host),
        (format!("POST /callback?{good} HTTP/1.1"), &host),
        (format!("HEAD /callback?{good} HTTP/1.1"), &host),
        (format!("OPTIONS /callback?{good} HTTP/1.1"), &host),
        (
            format!("GET /callback?{good} HTTP/1.1"),
            "gatehouse.evil.example.com",
        ),
        (
            format!("GET /callback?{good} HTTP/1.1"),
            &host.replace("127.0.0.1", "localhost"),
        ),
        ("not HTTP at all".to_owned(), &host),
    ] {
        let said = at.say(&request(&first, host)).await;
        assert!(said.starts_with("HTTP/1.1 404 "), "{first}: {said}");
    }
    still_waits(&world).await;
    let (status, page) = at.back(&good).await;
    assert_eq!(status, 200);
    assert!(page.contains("You can close this tab"), "{page}");
    took_the_code(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_state_gets_a_page_and_does_not_end_the_wait() {
    let (world, at) = waiting().await;
    let state = at.asked("state");
    for query in [
        "code=c&state=wrong".to_owned(),
        "code=c".to_owned(),
        "error=access_denied".to_owned(),
        format!("code=c&state={}", &state[1..]),
        format!("code=c&state={state}&state={state}"),
        format!("code=%3Cscript%3E&state=x{state}"),
    ] {
        let (status, page) = at.back(&query).await;
        assert_eq!(status, 400, "{query}");
        assert!(!page.contains("script") && !page.contains(&state), "{page}");
    }
    still_waits(&world).await;
    let asked = world.org.ledger().len();
    let (status, _) = at.back(&format!("state={state}&code=c")).await;
    assert_eq!(status, 200);
    took_the_code(&world).await;
    assert!(
        world.org.ledger().len() > asked,
        "nothing was sent before the right state came"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_closed_with_the_first_answer() {
    let (world, at) = waiting().await;
    let query = format!("code=c&state={}", at.asked("state"));
    assert_eq!(at.back(&query).await.0, 200);
    assert!(at.is_closed().await, "a second hit finds nobody");
    took_the_code(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_keeps_its_address_to_itself() {
    let (world, at) = waiting().await;
    let first = format!("GET /callback?code=c&state={} HTTP/1.1", at.asked("state"));
    let said = at.say(&request(&first, &at.authority())).await;
    let (head, body) = said.split_once("\r\n\r\n").expect("a head");
    for wanted in [
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
        "Content-Security-Policy: default-src 'none'",
        "Connection: close",
    ] {
        assert!(head.contains(wanted), "{head}");
    }
    assert!(!body.contains(&at.asked("state")) && !body.contains("<script"));
    took_the_code(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_and_silent_clients_keep_nobody_out() {
    let (world, at) = waiting().await;
    let mut held = Vec::new();
    for n in 0..20 {
        let mut stream = TcpStream::connect(at.authority()).await.expect("open");
        if n % 2 == 0 {
            stream.write_all(b"GET /callback?co").await.expect("sent");
        }
        held.push(stream);
    }
    let query = format!("code=c&state={}", at.asked("state"));
    let begun = Instant::now();
    assert_eq!(at.back(&query).await.0, 200);
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "it waited for the others"
    );
    took_the_code(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_without_an_end_is_dropped() {
    let (world, at) = waiting().await;
    // Too long: refused at once.
    let long = at.say(&[b'x'; 40 * 1024]).await;
    assert!(long.is_empty() || long.starts_with("HTTP/1.1 404 "), "{long}");
    // Too slow: closed after some seconds, without a page.
    let mut slow = TcpStream::connect(at.authority()).await.expect("open");
    slow.write_all(b"GET /callback?code=c HTTP/1.1\r\nHost: ")
        .await
        .expect("sent");
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(20), slow.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "it was held open");
    assert!(rest.is_empty());
    still_waits(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_port_is_taken_and_none_is_said() {
    let ports = free_ports();
    let first = std::net::TcpListener::bind(("127.0.0.1", ports[0])).expect("free");
    let world = World::signing_in(SignInOptions {
        ports: ports.clone(),
        ..SignInOptions::default()
    })
    .await;
    let at = world.begin_sign_in(NO_CLIENT).await;
    let second = format!("http://127.0.0.1:{}/callback", ports[1]);
    assert_eq!(at.callback, second);
    assert_eq!(at.asked("redirect_uri"), second);
    let all = world.ok("credentials_get", json!({ "org": world.key })).await;
    let uris: Vec<Value> = ports
        .iter()
        .map(|port| json!(format!("http://127.0.0.1:{port}/callback")))
        .collect();
    assert_eq!(all["redirectUris"], Value::Array(uris));

    let last = std::net::TcpListener::bind(("127.0.0.1", ports[2])).expect("free");
    world.ok("signin_cancel", json!({ "org": world.key })).await;
    let held = std::net::TcpListener::bind(("127.0.0.1", ports[1])).expect("closed by the cancel");
    let problem = world
        .refused("signin_start", world.wish("browser", NO_CLIENT))
        .await;
    for port in &ports {
        assert!(problem.why.contains(&port.to_string()), "{}", problem.why);
    }
    assert!(problem.why.contains("device code"), "{}", problem.why);
    drop((first, last, held));
    world.begin_sign_in(NO_CLIENT).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_comes_in_time_is_said_with_what_to_register() {
    let world = World::signing_in(SignInOptions {
        ports: free_ports(),
        patience: Duration::from_millis(400),
    })
    .await;
    let at = world.begin_sign_in(NO_CLIENT).await;
    let view = world.signed_in().await;
    assert_eq!(view["phase"], "failed");
    let problem = &view["problem"];
    assert!(
        problem["why"].as_str().expect("words").contains(&at.callback),
        "{problem:#}"
    );
    let copy = problem["next"]
        .as_array()
        .expect("steps")
        .iter()
        .find(|step| step["kind"] == "copy");
    let text = copy.expect("something to copy")["text"].as_str().expect("text");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(at.is_closed().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancel_start_again_forget_and_quit_close_it() {
    let (world, at) = waiting().await;
    let org = json!({ "org": world.key });
    let view = world.ok("signin_cancel", org.clone()).await;
    assert_eq!(view["phase"], "cancelled");
    assert!(at.is_closed().await);
    assert_eq!(world.refused("signin_link", org.clone()).await.code, not_found());

    let second = world.begin_sign_in(NO_CLIENT).await;
    assert_eq!(second.callback, at.callback, "the port is free again");
    let third = world.begin_sign_in(NO_CLIENT).await;
    assert_eq!(third.callback, at.callback, "the earlier one was cancelled");
    assert_eq!(
        second
            .back(&format!("code=c&state={}", second.asked("state")))
            .await
            .0,
        400
    );

    world.ok("org_forget", org.clone()).await;
    assert!(third.is_closed().await);
    assert_eq!(world.refused("signin_cancel", org).await.code, not_found());

    let (world, at) = waiting().await;
    world.engine.shutdown().await;
    support::until("the port is closed", async || at.is_closed().await).await;
}

fn not_found() -> domain::problem::ProblemCode {
    domain::problem::ProblemCode::NotFound
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_and_another_server_end_it_with_words() {
    for (query, said) in [
        (
            "error=access_denied&error_description=User%20is%20not%20assigned%20to%20the%20client%20application.",
            "not assigned",
        ),
        ("error=access_denied", "refused"),
        (
            "error=consent_required&error_description=You%20are%20not%20allowed%20any%20of%20the%20requested%20scopes.",
            "scopes",
        ),
        ("code=c&iss=https%3A%2F%2Fevil.example.com", "did not come from"),
    ] {
        let (world, at) = waiting().await;
        let (status, page) = at.back(&format!("{query}&state={}", at.asked("state"))).await;
        assert_eq!(status, 200);
        assert!(
            page.contains("not completed") && !page.contains("assigned"),
            "{page}"
        );
        let view = world.signed_in().await;
        assert_eq!(view["phase"], "failed");
        let title = view["problem"]["title"].as_str().expect("words");
        assert!(title.contains(said), "{query}: {title}");
        assert!(at.is_closed().await);
        assert!(
            world.org.ledger().iter().all(|it| it.path != "/oauth2/v1/token"),
            "{query}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_entered_is_checked_first() {
    let world = World::story().await;
    for (client, scopes, field) in [
        ("nonsense", json!(["okta.apps.read"]), "clientId"),
        (NO_CLIENT, json!([]), "scopes"),
        (NO_CLIENT, json!(["openid"]), "scopes"),
        (NO_CLIENT, json!(["admin"]), "scopes"),
    ] {
        for method in ["browser", "device"] {
            let mut wish = world.wish(method, client);
            wish["scopes"] = scopes.clone();
            let problem = world.refused("signin_start", wish).await;
            assert_eq!(problem.field.as_deref(), Some(field));
        }
    }
    assert!(world.engine.opened().is_empty());
    let org = json!({ "org": "nowhere.okta.com" });
    for command in ["signin_browser", "signin_link", "signin_cancel"] {
        assert_eq!(world.refused(command, org.clone()).await.code, not_found());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_can_be_opened_again_and_its_address_copied() {
    let (world, at) = waiting().await;
    let org = json!({ "org": world.key });
    world.ok("signin_browser", org.clone()).await;
    assert_eq!(world.engine.opened().last(), Some(&at.page.to_string()));
    let link = world.ok("signin_link", org).await;
    // With a clipboard at hand the address is there, and need not be shown.
    let url = link["url"].as_str().expect("text");
    assert!(
        url == at.page.as_str() || (url.is_empty() && link["copied"] == true),
        "{link:#}"
    );
}
