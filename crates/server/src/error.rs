//! Why a server does not start, or stops.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use thiserror::Error;

/// What a request does wrong is an answer; this is what ends the server.
#[derive(Debug, Error)]
pub enum ServerError {
    #[error("{} is no folder", folder.display())]
    NoFolder { folder: PathBuf },
    #[error("“{origin}” is no origin: https://example.vn, or *")]
    BadOrigin { origin: String },
    #[error("cannot listen on {listen}")]
    Listen { listen: SocketAddr, source: io::Error },
    #[error("cannot start the thread that watches the releases")]
    Thread { source: io::Error },
    #[error("cannot wait for signals")]
    Signals { source: io::Error },
}
