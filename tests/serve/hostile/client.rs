//! A client that sends what no library would.

use super::OK;
use serde_json::Value;
use std::fmt;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

/// A connection that is silent for this long hangs. Far above every patience of the server, and no
/// measure of its speed.
pub(super) const PATIENCE: Duration = Duration::from_secs(180);

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Status line and headers, in small letters.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// `None` when there is no whole head.
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.strip_prefix("http/1.1 ")?.get(..3)?.parse().ok()?;
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }

    #[track_caller]
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The code of the first error, or [`OK`].
    #[track_caller]
    pub(super) fn code(&self) -> String {
        match self.json().get("errors") {
            None => OK.to_owned(),
            Some(errors) => errors[0]["extensions"]["code"].as_str().expect("a code").to_owned(),
        }
    }
}

/// For the message of a failed test: the beginning is enough.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        write!(f, "{}\n\n{:.1000}", self.head, body)
    }
}

/// The bytes of a POST to `/graphql`, with the true length of its body.
pub(super) fn post(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
         accept: application/graphql-response+json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A connection on which neither side may hang.
pub(super) fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream.set_write_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// Reads until the server ends the connection, in whatever way.
#[track_caller]
pub(super) fn read_to_the_end(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut taken = [0; 1 << 16];
    loop {
        match stream.read(&mut taken) {
            Ok(0) => return bytes,
            Ok(read) => bytes.extend_from_slice(&taken[..read]),
            Err(error) if is_timeout(&error) => panic!("the connection hangs after {} bytes", bytes.len()),
            // Cut off: what came before counts.
            Err(_) => return bytes,
        }
    }
}

pub(super) fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}

/// Sends a request and reads while it is still sending: a server may answer, and end the
/// connection, before it has read everything.
pub(super) fn send(address: &str, request: &[u8]) -> Option<Answer> {
    let stream = connect(address);
    let mut sending = stream.try_clone().expect("a second handle");
    let bytes = thread::scope(|scope| {
        scope.spawn(move || {
            // A server that has heard enough closes: no fault of this request.
            let _ = sending.write_all(request);
        });
        let bytes = read_to_the_end(stream.try_clone().expect("a third handle"));
        let _ = stream.shutdown(Shutdown::Both);
        bytes
    });
    Answer::read(&bytes)
}
