//! Connections: how many there may be, and how long one may keep us waiting.
//!
//! In:  connections as the system gives them.
//! Out: streams that end themselves when nothing comes, when a head comes drop by drop, or when an
//!      answer is not taken.
//!
//! Not here: the time for a body and for an answer (`envelope`, `graphql`), which end with an
//! answer and not with silence.

use axum::serve::Listener;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep, sleep_until};
use tracing::warn;

/// How long a connection may keep us waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Patience {
    /// From the first byte of a request to the end of its head; for the first request, from the
    /// beginning of the connection.
    pub(crate) head: Duration,
    /// Between two requests.
    pub(crate) idle: Duration,
    /// For a byte of an answer to be taken.
    pub(crate) write: Duration,
    /// For a head once the server is to end.
    pub(crate) last: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            write: Duration::from_secs(30),
            last: Duration::from_secs(1),
        }
    }
}

/// Accepts connections while there is room for them; the others wait in the queue of the system.
pub(crate) struct Door {
    listener: TcpListener,
    places: Arc<Semaphore>,
    patience: Patience,
    is_closing: Arc<AtomicBool>,
}

impl Door {
    /// `is_closing`: set when the server is to end; connections without a request then end, too.
    pub(crate) fn new(
        listener: TcpListener,
        places: Arc<Semaphore>,
        patience: Patience,
        is_closing: Arc<AtomicBool>,
    ) -> Self {
        Self { listener, places, patience, is_closing }
    }
}

impl Listener for Door {
    type Io = Guarded<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let place = Arc::clone(&self.places).acquire_owned().await.ok();
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    // Small answers leave at once.
                    if let Err(error) = stream.set_nodelay(true) {
                        warn!(%error, "set_nodelay");
                    }
                    let is_closing = Arc::clone(&self.is_closing);
                    return (Guarded::new(stream, place, self.patience, is_closing), address);
                }
                // The client is gone already.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {}
                // No file descriptors left: others will close some.
                Err(error) => {
                    warn!(%error, "accept");
                    sleep(Duration::from_millis(200)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// What the requests of a connection tell it: while one is being answered, silence is no fault.
#[derive(Debug, Clone, Default)]
pub(crate) struct Requests(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    under_way: AtomicUsize,
    done: AtomicUsize,
}

impl Requests {
    /// A request whose head is read.
    pub(crate) fn begin(&self) -> UnderWay {
        self.0.under_way.fetch_add(1, Ordering::AcqRel);
        UnderWay(Arc::clone(&self.0))
    }
}

/// A request that is being answered.
pub(crate) struct UnderWay(Arc<Counts>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.done.fetch_add(1, Ordering::AcqRel);
        self.0.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A stream with a clock.
pub(crate) struct Guarded<S> {
    stream: S,
    patience: Patience,
    requests: Requests,
    /// Requests that were done when the clock was last set.
    seen: usize,
    /// Since when nothing was done for this connection, or its head has been arriving.
    since: Instant,
    is_in_head: bool,
    /// Since when an answer is not taken.
    stuck: Option<Instant>,
    /// Rings at or before the next deadline; made when first needed.
    alarm: Option<Pin<Box<Sleep>>>,
    is_closing: Arc<AtomicBool>,
    _place: Option<OwnedSemaphorePermit>,
}

impl<S> Guarded<S> {
    fn new(stream: S, place: Option<OwnedSemaphorePermit>, patience: Patience, is_closing: Arc<AtomicBool>) -> Self {
        Self {
            stream,
            patience,
            requests: Requests::default(),
            seen: 0,
            since: Instant::now(),
            is_in_head: true,
            stuck: None,
            alarm: None,
            is_closing,
            _place: place,
        }
    }

    /// To be told of the requests of this connection.
    pub(crate) fn requests(&self) -> &Requests {
        &self.requests
    }

    /// Starts waiting for the next request.
    fn rest(&mut self) {
        self.since = Instant::now();
        self.is_in_head = false;
    }

    /// Whether the next bytes are late; if not, this task is woken when they are.
    fn is_late_to_read(&mut self, cx: &mut Context<'_>) -> bool {
        let counts = &self.requests.0;
        if counts.under_way.load(Ordering::Acquire) > 0 {
            return false;
        }
        let done = counts.done.load(Ordering::Acquire);
        if done != self.seen {
            self.seen = done;
            self.rest();
        }
        let patience = match self.is_in_head {
            _ if self.is_closing.load(Ordering::Acquire) => self.patience.last,
            true => self.patience.head,
            false => self.patience.idle,
        };
        self.is_past(self.since + patience, cx)
    }

    fn is_past(&mut self, deadline: Instant, cx: &mut Context<'_>) -> bool {
        if Instant::now() >= deadline {
            return true;
        }
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if deadline < alarm.deadline() {
            alarm.as_mut().reset(deadline);
        }
        // An alarm that rings early is set anew: cheaper than setting it at every request.
        while alarm.as_mut().poll(cx).is_ready() {
            if Instant::now() >= deadline {
                return true;
            }
            alarm.as_mut().reset(deadline);
        }
        false
    }

    fn wrote(&mut self, result: Poll<io::Result<usize>>, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match result {
            Poll::Ready(written) => {
                self.stuck = None;
                self.rest();
                Poll::Ready(written)
            }
            Poll::Pending => {
                let stuck = *self.stuck.get_or_insert_with(Instant::now);
                if self.is_past(stuck + self.patience.write, cx) { late() } else { Poll::Pending }
            }
        }
    }
}

fn late<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(cx, buf);
        match result {
            Poll::Ready(_) => {
                if buf.filled().len() > before && !self.is_in_head {
                    self.since = Instant::now();
                    self.is_in_head = true;
                }
                result
            }
            Poll::Pending if self.is_late_to_read(cx) => late(),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(result, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.wrote(result, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    const SHORT: Duration = Duration::from_millis(20);
    const LONG: Duration = Duration::from_secs(3600);

    fn guarded(patience: Patience) -> (Guarded<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(64);
        (Guarded::new(ours, None, patience, Arc::default()), theirs)
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_ends() {
        let (mut ours, _theirs) = guarded(Patience { head: SHORT, idle: LONG, write: LONG, last: LONG });
        assert_eq!(ours.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        let (mut ours, mut theirs) = guarded(Patience { head: LONG, idle: SHORT, write: LONG, last: LONG });
        theirs.write_u8(7).await.unwrap();
        assert_eq!(ours.read_u8().await.unwrap(), 7);
        ours.write_u8(7).await.unwrap();
        assert_eq!(ours.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut, "nor after an answer");
    }

    #[tokio::test]
    async fn a_head_that_comes_drop_by_drop_ends_the_connection() {
        let (mut ours, mut theirs) = guarded(Patience { head: SHORT, idle: LONG, write: LONG, last: LONG });
        let drip = tokio::spawn(async move {
            while theirs.write_u8(b'x').await.is_ok() {
                sleep(SHORT / 4).await
            }
        });
        let mut taken = [0; 32];
        let error = loop {
            match ours.read(&mut taken).await {
                Ok(read) => assert!(read > 0),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(ours);
        drip.await.unwrap();
    }

    #[tokio::test]
    async fn an_answer_that_nobody_takes_ends_the_connection() {
        let (mut ours, _theirs) = guarded(Patience { head: LONG, idle: LONG, write: SHORT, last: LONG });
        assert_eq!(ours.write_all(&[0; 1000]).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn when_the_server_is_to_end_nobody_waits_for_a_head() {
        let (mut ours, _theirs) = guarded(Patience { head: LONG, idle: LONG, write: LONG, last: SHORT });
        ours.is_closing.store(true, Ordering::Release);
        assert_eq!(ours.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn silence_is_no_fault_while_a_request_is_answered() {
        let (mut ours, mut theirs) = guarded(Patience { head: SHORT, idle: SHORT, write: LONG, last: LONG });
        let request = ours.requests.begin();
        tokio::spawn(async move {
            sleep(SHORT * 5).await;
            theirs.write_u8(7).await.unwrap();
            theirs
        });
        assert_eq!(ours.read_u8().await.unwrap(), 7);
        drop(request);
        assert_eq!(ours.read_u8().await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
