//! A company's proxy, as seen from inside: takes note of who asks for what, and lets nobody out of this machine. Behind it
//! stands a server of our own that shows whatever certificate a test wants.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// What it says to a CONNECT.
#[derive(Clone)]
pub enum Reply {
    /// Lets it through to a server with this certificate.
    Server(Arc<ServerConfig>),
    /// This status line.
    Status(&'static str),
}

/// A running gateway.
pub struct Gateway {
    /// `127.0.0.1:PORT`.
    pub address: String,
    asked: Arc<Mutex<Vec<String>>>,
    served: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Gateway {
    pub async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let served: Arc<Mutex<Vec<String>>> = Arc::default();
        let (log, inside) = (asked.clone(), served.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reply, log, inside) = (reply.clone(), log.clone(), inside.clone());
                tokio::spawn(async move { exchange(stream, reply, &log, &inside).await });
            }
        });
        Self {
            address,
            asked,
            served,
            task,
        }
    }

    /// Heads of all requests it got.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("requests").clone()
    }

    /// Heads of the requests that came through a tunnel to the server behind.
    pub fn served(&self) -> Vec<String> {
        self.served.lock().expect("requests").clone()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One message's head, and no more of it than that.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        read.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&read).into_owned())
}

async fn exchange(
    mut stream: TcpStream,
    reply: Reply,
    log: &Mutex<Vec<String>>,
    inside: &Mutex<Vec<String>>,
) {
    let Some(asked) = head(&mut stream).await else {
        return;
    };
    log.lock().expect("requests").push(asked);
    let config = match reply {
        Reply::Status(line) => {
            let answer = format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
            return;
        }
        Reply::Server(config) => config,
    };
    if stream
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await
        .is_err()
    {
        return;
    }
    let Ok(mut tls) = TlsAcceptor::from(config).accept(stream).await else {
        return;
    };
    while let Some(request) = head(&mut tls).await {
        let body = answer(&request);
        inside.lock().expect("requests").push(request);
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        if tls.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// As much of an org as adding one asks for.
fn answer(request: &str) -> &'static str {
    if request.starts_with("GET /.well-known/okta-organization ") {
        r#"{"id":"00o1example0org0000","pipeline":"idx","_links":{"organization":{"href":"https://acme.okta.com"}}}"#
    } else {
        r#"{"id":"00o1example0org0000","companyName":"Acme"}"#
    }
}

/// A certificate authority nobody knows.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "Example Corp inspection");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        Self { issuer }
    }

    /// For the trust store.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server with a certificate for a host; `change` may spoil it.
    pub fn server(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> Reply {
        let mut params = CertificateParams::new([host.to_owned()]).expect("a host");
        change(&mut params);
        let key = KeyPair::generate().expect("a key");
        let cert = params.signed_by(&key, &self.issuer).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .expect("a server");
        Reply::Server(Arc::new(config))
    }
}

/// A server whose certificate is signed by itself.
pub fn self_signed(host: &str) -> Reply {
    let made = rcgen::generate_simple_self_signed([host.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a server");
    Reply::Server(Arc::new(config))
}
