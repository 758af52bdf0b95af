//! The loopback redirect (RFC 8252, section 7.3): a listener on this computer that takes one answer from the browser.
//!
//! It binds the literal 127.0.0.1, reads the head of a `GET /callback` and nothing else, answers with a fixed page, and is
//! closed with the first answer that fits. Everything else gets an error page and does not end the wait.

mod head;
mod page;

pub use page::Page;

use head::{Head, MOST_BYTES};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

/// Path of the redirect address.
pub const PATH: &str = "/callback";

/// A connection that has not sent its head by then is closed.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections held at once; browsers open some ahead and leave them empty.
const MOST_AT_ONCE: usize = 32;

/// An open port.
pub struct Loopback {
    listener: TcpListener,
    port: u16,
}

impl Loopback {
    /// Opens the first of these ports that is free; `None` when none is.
    pub async fn bind(ports: &[u16]) -> Option<Self> {
        for port in ports {
            if let Ok(listener) = TcpListener::bind(("127.0.0.1", *port)).await {
                let port = listener.local_addr().ok()?.port();
                return Some(Self { listener, port });
            }
        }
        None
    }

    /// The address to be sent back to.
    pub fn redirect_uri(&self) -> String {
        redirect_uri(self.port)
    }

    /// Waits for a request whose query `judge` takes, answers it with the page that goes with it, and closes the port.
    pub async fn wait<T>(self, judge: impl Fn(&str) -> Option<(T, Page)>) -> T {
        let host = format!("127.0.0.1:{}", self.port);
        let mut open = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if open.len() < MOST_AT_ONCE => match accepted {
                    Ok((stream, _)) => {
                        open.spawn(read(stream));
                    }
                    // Out of file handles, or the peer was gone already: not a reason to give up.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
                Some(done) = open.join_next() => {
                    let Ok(Some((stream, bytes))) = done else { continue };
                    let head = Head::parse(&bytes);
                    let query = head.as_ref().and_then(|head| head.query(&host, PATH));
                    match query.map(&judge) {
                        Some(Some((taken, page))) => {
                            answer(stream, page).await;
                            return taken;
                        }
                        Some(None) => open.spawn(refuse(stream, Page::NotOurs)),
                        None => open.spawn(refuse(stream, Page::NotFound)),
                    };
                }
            }
        }
    }
}

/// The redirect address on a port.
pub fn redirect_uri(port: u16) -> String {
    format!("http://127.0.0.1:{port}{PATH}")
}

/// What was read: whole heads, and beginnings that are too long to be one.
type Read = Option<(TcpStream, Zeroizing<Vec<u8>>)>;

/// Reads up to the empty line.
async fn read(mut stream: TcpStream) -> Read {
    // Full size at once: growing would leave copies of the code behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_BYTES));
    let reading = async {
        while bytes.len() < MOST_BYTES && !head::is_whole(&bytes) {
            let room = u64::try_from(MOST_BYTES - bytes.len()).unwrap_or(0);
            match (&mut stream).take(room).read_buf(&mut *bytes).await {
                Ok(0) | Err(_) => return false,
                Ok(_) => {}
            }
        }
        true
    };
    match tokio::time::timeout(PATIENCE, reading).await {
        Ok(true) => Some((stream, bytes)),
        _ => None,
    }
}

/// Sends a page and closes.
async fn answer(mut stream: TcpStream, page: Page) -> TcpStream {
    let sending = async {
        stream.write_all(page.response().as_bytes()).await?;
        stream.shutdown().await
    };
    let _ = tokio::time::timeout(PATIENCE, sending).await;
    stream
}

/// [`answer`] for what is not taken. What still comes is read for a moment: closing at once would reset the connection,
/// and the page would not be seen.
async fn refuse(stream: TcpStream, page: Page) -> Read {
    let mut stream = answer(stream, page).await;
    let mut rest = [0; 1024];
    let draining = async {
        for _ in 0..64 {
            if !matches!(stream.read(&mut rest).await, Ok(read) if read > 0) {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_millis(500), draining).await;
    None
}
