//! The connections that bots open: each can be reset, and tells when an answer has left.
//!
//! Knows TCP alone. Each connection carries one request at a time, as HTTP/1 does.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// Where connections come in.
pub(crate) struct Door(pub(crate) TcpListener);

impl Listener for Door {
    type Io = Socket;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Socket, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Socket { stream, line: Line::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// What those who answer hold of a connection. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_cut: AtomicBool,
    /// Who waits for the answer to leave, and whether some of it was written.
    waiting: Mutex<Option<(oneshot::Sender<()>, bool)>>,
}

impl Line {
    /// Lets the answer that is given next reset the connection instead.
    pub(crate) fn cut(&self) {
        self.0.is_cut.store(true, Ordering::SeqCst);
    }

    /// Resolves when the answer that is given next has left, or with an error when it never does.
    pub(crate) fn sent(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        *self.waiting() = Some((sender, false));
        receiver
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Option<(oneshot::Sender<()>, bool)>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wrote(&self) {
        if let Some((_, began)) = self.waiting().as_mut() {
            *began = true;
        }
    }

    fn flushed(&self) {
        // Nobody may wait any more, which is no fault.
        let _ = self.waiting().take_if(|(_, began)| *began).map(|(sender, _)| sender.send(()));
    }
}

impl Connected<IncomingStream<'_, Door>> for Line {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Line {
        stream.io().line.clone()
    }
}

/// One connection.
pub(crate) struct Socket {
    stream: TcpStream,
    line: Line,
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.line.0.is_cut.load(Ordering::SeqCst) {
            // Without lingering, closing sends RST: the client sees a reset, not an end.
            let lingering = self.stream.set_zero_linger();
            return Poll::Ready(lingering.and(Err(io::ErrorKind::ConnectionReset.into())));
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        if written.is_ready() {
            self.line.wrote();
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.line.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;

    #[tokio::test]
    async fn an_answer_has_left_once_it_is_written_and_flushed() {
        let mut door = Door(TcpListener::bind("127.0.0.1:0").await.unwrap());
        let _client = TcpStream::connect(door.local_addr().unwrap()).await.unwrap();
        let (mut socket, _) = door.accept().await;
        let mut sent = socket.line.sent();
        socket.flush().await.unwrap();
        assert_eq!(sent.try_recv(), Err(TryRecvError::Empty));
        socket.write_all(b"x").await.unwrap();
        assert_eq!(sent.try_recv(), Err(TryRecvError::Empty));
        socket.flush().await.unwrap();
        assert_eq!(sent.try_recv(), Ok(()));
    }
}
