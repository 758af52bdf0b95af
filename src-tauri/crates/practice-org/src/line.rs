//! The wire below HTTP: connections that can be cut on purpose, which no HTTP library offers.

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Bytes that never run out.
const WHOLE: usize = usize::MAX;

#[derive(Debug)]
struct Fate {
    /// Bytes that may still be sent.
    left: AtomicUsize,
    /// Ends with a reset instead of a farewell.
    reset: AtomicBool,
}

/// A hold on one connection.
#[derive(Debug, Clone)]
pub(crate) struct Hold(Arc<Fate>);

impl Hold {
    fn new() -> Self {
        Self(Arc::new(Fate {
            left: AtomicUsize::new(WHOLE),
            reset: AtomicBool::new(false),
        }))
    }

    /// Lets this many more bytes through, then closes; 0 resets the connection.
    pub(crate) fn cut_after(&self, bytes: usize) {
        self.0.reset.store(bytes == 0, Ordering::SeqCst);
        self.0.left.store(bytes, Ordering::SeqCst);
    }
}

/// Accepts connections that can be cut.
pub(crate) struct Lines(pub(crate) TcpListener);

impl axum::serve::Listener for Lines {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => {
                    // Small answers go out at once; on failure they go out a little later.
                    let _ = stream.set_nodelay(true);
                    return (
                        Line {
                            stream,
                            hold: Hold::new(),
                        },
                        address,
                    );
                }
                // Out of file handles, or the peer is gone already: later there may be some, or another peer.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Lines>> for Hold {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().hold.clone()
    }
}

/// One connection.
pub(crate) struct Line {
    stream: TcpStream,
    hold: Hold,
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = self.hold.0.left.load(Ordering::SeqCst);
        if left == WHOLE {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        if left == 0 {
            if self.hold.0.reset.load(Ordering::SeqCst) {
                // Closing with this set sends a reset. Where it can't be set, the peer sees an early end instead.
                let _ = self.stream.set_zero_linger();
            }
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let part = &bytes[..bytes.len().min(left)];
        let sent = std::task::ready!(Pin::new(&mut self.stream).poll_write(context, part))?;
        self.hold.0.left.store(left - sent, Ordering::SeqCst);
        Poll::Ready(Ok(sent))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
