//! A network between the engine and the org that can be told to fail, byte by byte.
//!
//! Every connection carries one exchange. A request is matched by method and a part of its path; the first fault that
//! fits is played once, everything else is passed on.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What happens to one exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection is reset before the org sees the request.
    LostRequest,
    /// The org acts, then the connection is reset instead of its answer.
    LostAnswer,
    /// The org acts, and its answer breaks off after so many bytes.
    CutAnswer(usize),
    /// The org acts, and its answer comes so many milliseconds late.
    Late(u64),
    /// A proxy answers in the org's place, with an HTML page.
    Html502,
}

struct Rule {
    method: &'static str,
    path: &'static str,
    fault: Fault,
}

/// One request as it went over the wire.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Method.
    pub method: String,
    /// Path with query.
    pub target: String,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// Status of the org's answer; 0 as long as there is none.
    pub status: u16,
    /// The answer's body.
    pub answer: Vec<u8>,
}

/// A running proxy.
pub struct Proxy {
    /// Its address: what the engine takes for the org, and the org for its own.
    pub url: String,
    target: Arc<OnceLock<String>>,
    rules: Arc<Mutex<Vec<Rule>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// Starts one; [`Proxy::lead_to`] says where to.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let ours = listener.local_addr().expect("an address").to_string();
        let target: Arc<OnceLock<String>> = Arc::default();
        let rules: Arc<Mutex<Vec<Rule>>> = Arc::default();
        let sent: Arc<Mutex<Vec<Sent>>> = Arc::default();
        let (known, to, log) = (rules.clone(), target.clone(), sent.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let to = to.get().expect("the proxy leads somewhere").clone();
                let (known, log) = (known.clone(), log.clone());
                tokio::spawn(async move { exchange(stream, &to, &known, &log).await });
            }
        });
        Self {
            url: format!("http://{ours}"),
            target,
            rules,
            sent,
            task,
        }
    }

    /// Passes everything on to this host and port.
    pub fn lead_to(&self, host: &str) {
        self.target.set(host.to_owned()).expect("told once");
    }

    /// The next request of this method whose path holds this text fails so.
    pub fn fail(&self, method: &'static str, path: &'static str, fault: Fault) {
        self.rules
            .lock()
            .expect("rules")
            .push(Rule { method, path, fault });
    }

    /// Every request so far, in order.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().expect("requests").clone()
    }

    /// Every fault that was asked for has been played.
    pub fn all_played(&self) -> bool {
        self.rules.lock().expect("rules").is_empty()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads one message whole: its head, then what `content-length` announces.
async fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    let mut chunk = vec![0_u8; 16 * 1024];
    loop {
        let n = stream.read(&mut chunk).await.ok()?;
        if n == 0 {
            return (!read.is_empty()).then_some(read);
        }
        read.extend_from_slice(&chunk[..n]);
        let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
        let value = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name).map(|v| v.trim().to_owned()))
        };
        let done = match (value("content-length:"), value("transfer-encoding:")) {
            (Some(length), _) => read.len() >= end + 4 + length.parse::<usize>().unwrap_or(0),
            (None, Some(_)) => read.ends_with(b"0\r\n\r\n"),
            (None, None) => true,
        };
        if done {
            return Some(read);
        }
    }
}

/// The request with the org's own host and one exchange a connection.
fn rewritten(request: &[u8], target: &str) -> Vec<u8> {
    let end = request
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .unwrap_or(request.len());
    let head = String::from_utf8_lossy(&request[..end]);
    let mut lines: Vec<String> = Vec::new();
    for line in head.split("\r\n") {
        let lower = line.to_lowercase();
        if lower.starts_with("host:") {
            lines.push(format!("host: {target}"));
        } else if !lower.starts_with("connection:") {
            lines.push(line.to_owned());
        }
    }
    lines.push("connection: close".into());
    let mut out = lines.join("\r\n").into_bytes();
    out.extend_from_slice(&request[end..]);
    out
}

/// A request taken apart.
fn read(request: &[u8]) -> Sent {
    let end = request
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .unwrap_or(request.len());
    let head = String::from_utf8_lossy(&request[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    Sent {
        method: first.next().unwrap_or_default().to_owned(),
        target: first.next().unwrap_or_default().to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect(),
        body: request.get(end + 4..).unwrap_or_default().to_vec(),
        status: 0,
        answer: Vec::new(),
    }
}

/// What the org answered goes beside what it was asked.
fn answered(sent: &mut Sent, answer: &[u8]) {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n");
    let end = end.unwrap_or(answer.len());
    let head = String::from_utf8_lossy(&answer[..end]);
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    sent.status = status.unwrap_or_default();
    sent.answer = answer.get(end + 4..).unwrap_or_default().to_vec();
}

async fn exchange(mut stream: TcpStream, target: &str, rules: &Mutex<Vec<Rule>>, log: &Mutex<Vec<Sent>>) {
    let Some(request) = message(&mut stream).await else {
        return;
    };
    let place = {
        let mut log = log.lock().expect("requests");
        log.push(read(&request));
        log.len() - 1
    };
    let line = String::from_utf8_lossy(&request)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned();
    let fault = {
        let mut rules = rules.lock().expect("rules");
        let fits = |rule: &Rule| line.starts_with(rule.method) && line.contains(rule.path);
        rules.iter().position(fits).map(|at| rules.remove(at).fault)
    };
    match fault {
        Some(Fault::LostRequest) => {
            let _ = stream.set_zero_linger();
            return;
        }
        Some(Fault::Html502) => {
            let page = "<html><body>Bad gateway</body></html>";
            let answer = format!(
                "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
            return;
        }
        _ => {}
    }
    let Ok(mut org) = TcpStream::connect(target).await else {
        return;
    };
    if org.write_all(&rewritten(&request, target)).await.is_err() {
        return;
    }
    let Some(answer) = message(&mut org).await else {
        return;
    };
    answered(&mut log.lock().expect("requests")[place], &answer);
    match fault {
        Some(Fault::LostAnswer) => {
            let _ = stream.set_zero_linger();
        }
        Some(Fault::CutAnswer(bytes)) => {
            let _ = stream.write_all(&answer[..bytes.min(answer.len())]).await;
            let _ = stream.flush().await;
            tokio::time::sleep(Duration::from_millis(30)).await;
            let _ = stream.set_zero_linger();
        }
        other => {
            if let Some(Fault::Late(ms)) = other {
                tokio::time::sleep(Duration::from_millis(ms)).await;
            }
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        }
    }
}
