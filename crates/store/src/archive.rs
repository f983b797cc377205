//! Tar archives, written and read on a thread of their own while the database is asked.
//!
//! In:  pieces of entries. Out: a tar whose bytes depend on nothing but them; and back.

use crate::error::{Result, StoreError};
use std::io::{self, Read, Write};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

/// Pieces under way between the two sides.
const PIECES: usize = 8;
/// Bytes of a piece when an archive is read.
const PIECE: usize = 1 << 20;

#[derive(Debug)]
pub(crate) enum Part {
    /// An entry begins; as many bytes follow.
    Entry(String, u64),
    Bytes(Vec<u8>),
    /// Only a writer that has seen this has a whole archive.
    End,
}

/// Writes an archive.
pub(crate) struct ArchiveWriter {
    to: Sender<Part>,
    written: JoinHandle<io::Result<()>>,
}

impl ArchiveWriter {
    pub(crate) fn new(to: impl Write + Send + 'static) -> Self {
        let (sender, receiver) = channel(PIECES);
        Self { to: sender, written: tokio::task::spawn_blocking(move || write(to, receiver)) }
    }

    /// Begins an entry; exactly `size` bytes must follow.
    pub(crate) async fn begin(&mut self, name: &str, size: u64) -> Result<()> {
        self.send(Part::Entry(name.to_owned(), size)).await
    }

    pub(crate) async fn bytes(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.send(Part::Bytes(bytes)).await
    }

    /// A whole entry.
    pub(crate) async fn entry(&mut self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.begin(name, bytes.len() as u64).await?;
        self.bytes(bytes).await
    }

    async fn send(&mut self, part: Part) -> Result<()> {
        if self.to.send(part).await.is_err() {
            // The other side stopped: it knows why.
            let why = match (&mut self.written).await {
                Ok(Err(why)) => why,
                Ok(Ok(())) | Err(_) => io::Error::other("writing stopped"),
            };
            return Err(StoreError::ExportWrite { source: why });
        }
        Ok(())
    }

    /// Ends the archive and waits until it is written.
    pub(crate) async fn finish(mut self) -> Result<()> {
        self.send(Part::End).await?;
        let written = self.written.await.unwrap_or_else(|_| Err(io::Error::other("writing stopped")));
        written.map_err(|source| StoreError::ExportWrite { source })
    }
}

fn write(to: impl Write, mut from: Receiver<Part>) -> io::Result<()> {
    let mut tar = tar::Builder::new(to);
    loop {
        match from.blocking_recv() {
            Some(Part::Entry(name, size)) => {
                let mut header = tar::Header::new_gnu();
                header.set_size(size);
                header.set_mode(0o600);
                header.set_entry_type(tar::EntryType::Regular);
                let mut data = Pieces { from: &mut from, piece: Vec::new(), at: 0, left: size };
                tar.append_data(&mut header, name, &mut data)?;
                if data.left > 0 {
                    return Err(io::Error::other("an entry is shorter than was said"));
                }
            }
            Some(Part::Bytes(bytes)) if bytes.is_empty() => {}
            Some(Part::Bytes(_)) => return Err(io::Error::other("an entry is longer than was said")),
            Some(Part::End) => {
                let mut to = tar.into_inner()?;
                return to.flush();
            }
            // Given up on the other side: what was written has no end, and nobody takes it for whole.
            None => return Ok(()),
        }
    }
}

/// The bytes of one entry as they come.
struct Pieces<'a> {
    from: &'a mut Receiver<Part>,
    piece: Vec<u8>,
    at: usize,
    left: u64,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 || out.is_empty() {
            return Ok(0);
        }
        while self.at == self.piece.len() {
            match self.from.blocking_recv() {
                Some(Part::Bytes(bytes)) => (self.piece, self.at) = (bytes, 0),
                _ => return Err(io::Error::other("an entry is shorter than was said")),
            }
        }
        let rest = &self.piece[self.at..];
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(rest.len()).min(out.len());
        out[..most].copy_from_slice(&rest[..most]);
        self.at += most;
        self.left -= most as u64;
        if self.left == 0 && self.at < self.piece.len() {
            return Err(io::Error::other("an entry is longer than was said"));
        }
        Ok(most)
    }
}

/// Reads an archive. Parts come as in writing; [`Part::End`] comes at the end of the file, whole or
/// not: whether it is whole its content has to say.
pub(crate) fn read(from: impl Read + Send + 'static) -> Receiver<io::Result<Part>> {
    let (to, receiver) = channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let done = send_parts(from, &to);
        // Who no longer listens does not need to hear it.
        let _ = match done {
            Ok(()) => to.blocking_send(Ok(Part::End)),
            Err(error) => to.blocking_send(Err(error)),
        };
    });
    receiver
}

fn send_parts(from: impl Read, to: &Sender<io::Result<Part>>) -> io::Result<()> {
    let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
    for entry in tar::Archive::new(from).entries()? {
        let mut entry = entry?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        to.blocking_send(Ok(Part::Entry(name, size))).map_err(gone)?;
        let mut left = size;
        while left > 0 {
            let mut piece = vec![0; usize::try_from(left).unwrap_or(PIECE).min(PIECE)];
            entry.read_exact(&mut piece)?;
            left -= piece.len() as u64;
            to.blocking_send(Ok(Part::Bytes(piece))).map_err(gone)?;
        }
    }
    Ok(())
}
