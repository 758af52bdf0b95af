//! A server that answers as no HTTP library would: cut bodies, resets, silence, drips.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What is done with one connection.
#[derive(Debug, Clone)]
pub enum Act {
    /// Answers with exactly these bytes and closes.
    Bytes(Vec<u8>),
    /// Answers with these bytes, then resets the connection.
    Cut(Vec<u8>),
    /// Resets the connection once the request was read.
    ResetAfterRequest,
    /// Answers with these bytes, then sends this one again and again.
    Endless(Vec<u8>, u8),
}

/// A running hostile server.
pub struct Hostile {
    /// Its address, such as `http://127.0.0.1:4000`.
    pub url: String,
    requests: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Hostile {
    /// Starts one: the n-th connection gets the n-th act, further ones the last.
    pub async fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(AtomicUsize::new(0));
        let seen = requests.clone();
        let task = tokio::spawn(async move {
            let mut at = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let act = acts[at.min(acts.len() - 1)].clone();
                at += 1;
                let seen = seen.clone();
                tokio::spawn(async move { play(stream, act, &seen).await });
            }
        });
        Self { url, requests, task }
    }

    /// Whole requests read so far.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads one request: headers, then as much body as they announce.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut read = Vec::new();
    let mut chunk = vec![0_u8; 4096];
    loop {
        let Ok(n) = stream.read(&mut chunk).await else {
            return false;
        };
        if n == 0 {
            return false;
        }
        read.extend_from_slice(&chunk[..n]);
        let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .and_then(|value| value.trim().parse::<usize>().ok())
            .unwrap_or(0);
        if read.len() >= end + 4 + length {
            return true;
        }
    }
}

async fn play(mut stream: TcpStream, act: Act, seen: &AtomicUsize) {
    if !read_request(&mut stream).await {
        return;
    }
    seen.fetch_add(1, Ordering::SeqCst);
    match act {
        Act::Bytes(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Act::Cut(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.flush().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            reset(&stream);
        }
        Act::ResetAfterRequest => reset(&stream),
        Act::Endless(head, byte) => {
            let _ = stream.write_all(&head).await;
            let block = vec![byte; 64 * 1024];
            while stream.write_all(&block).await.is_ok() {}
        }
    }
}

/// Closing with this set sends a reset instead of a farewell.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}
