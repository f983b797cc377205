//! Bytes, kept once under their digest, in pieces of 1 MiB.
//!
//! In:  bytes.
//! Out: their SHA-256 as the name; the same bytes again, verified.

use crate::Store;
use crate::change::Change;
use crate::error::{Result, StoreError};
use crate::random::hex;
use crate::sql::{Link, Sql};
use sha2::{Digest, Sha256};

/// Bytes per piece.
pub const CHUNK: usize = 1 << 20;

/// The SHA-256 of bytes as the store names it: 64 hexadecimal digits.
pub fn digest_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Keeps bytes unless they are there. Two who bring the same bytes at once wait for each other at
/// the row of `blobs`.
pub(crate) async fn put(change: &mut Change<'_>, digest: &str, bytes: &[u8]) -> Result<()> {
    if announce(change, digest, bytes.len() as u64).await? {
        for (number, chunk) in bytes.chunks(CHUNK).enumerate() {
            put_chunk(change, digest, number as i64, chunk.to_vec()).await?;
        }
    }
    Ok(())
}

/// True when the bytes are new and their pieces have to follow in this transaction.
pub(crate) async fn announce(link: &mut dyn Link, digest: &str, size: u64) -> Result<bool> {
    let chunks = size.div_ceil(CHUNK as u64);
    let sql = "insert into blobs (digest, size, chunks) values ($1, $2, $3) on conflict (digest) do nothing";
    Ok(Sql::new(sql).text(digest).int(size as i64).int(chunks as i64).run(link).await? == 1)
}

pub(crate) async fn put_chunk(link: &mut dyn Link, digest: &str, number: i64, bytes: Vec<u8>) -> Result<()> {
    let sql = "insert into blob_chunks (digest, number, bytes) values ($1, $2, $3)";
    Sql::new(sql).text(digest).int(number).bytes(bytes).run(link).await.map(drop)
}

pub(crate) async fn chunk(link: &mut dyn Link, digest: &str, number: i64) -> Result<Option<Vec<u8>>> {
    let sql = "select bytes from blob_chunks where digest = $1 and number = $2";
    Sql::new(sql).text(digest).int(number).optional(link).await?.map(|row| row.bytes("bytes")).transpose()
}

/// Bytes being read piece by piece. What came is to be believed only when [`BlobReader::next`] has
/// given `None`: the digest is known at the end.
pub struct BlobReader {
    store: Store,
    digest: String,
    size: u64,
    chunks: i64,
    next: i64,
    seen: Sha256,
    is_verified: bool,
}

impl BlobReader {
    /// The number of bytes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The next piece, at most 1 MiB; `None` after the last.
    ///
    /// # Errors
    /// [`StoreError::BrokenBlob`] **in place of the last piece** when the bytes are not those that
    /// were received, so that a download breaks off and never ends as if it were whole.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut reader = self.store.reader("read a kept file").await?;
        let piece = if self.next < self.chunks { chunk(&mut reader, &self.digest, self.next).await? } else { None };
        drop(reader);
        self.next += 1;
        if let Some(bytes) = &piece {
            self.seen.update(bytes);
        }
        let is_last = piece.is_none() || self.next >= self.chunks;
        if is_last && !self.is_verified {
            let found = hex(&self.seen.clone().finalize());
            if found != self.digest {
                return Err(StoreError::BrokenBlob { digest: self.digest.clone(), found });
            }
            self.is_verified = true;
        }
        Ok(piece)
    }
}

/// Kept bytes.
pub struct Blobs<'a>(pub(crate) &'a Store);

impl Blobs<'_> {
    /// Opens bytes for reading piece by piece.
    pub async fn open(&self, digest: &str) -> Result<BlobReader> {
        let mut reader = self.0.reader("open a kept file").await?;
        let row =
            Sql::new("select size, chunks from blobs where digest = $1").text(digest).optional(&mut reader).await?;
        let row = row.ok_or_else(|| StoreError::NotFound { what: "file", id: digest.to_owned() })?;
        Ok(BlobReader {
            store: self.0.clone(),
            digest: digest.to_owned(),
            size: row.size("size")?,
            chunks: row.int("chunks")?,
            next: 0,
            seen: Sha256::new(),
            is_verified: false,
        })
    }

    /// All bytes at once, verified.
    pub async fn read(&self, digest: &str) -> Result<Vec<u8>> {
        let mut blob = self.open(digest).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = blob.next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Reads everything kept and gives the digests of what is broken, sorted. Takes as long as
    /// reading the database does.
    pub async fn broken(&self) -> Result<Vec<String>> {
        let mut reader = self.0.reader("list the kept files").await?;
        let rows = Sql::new("select digest from blobs order by digest").all(&mut reader).await?;
        drop(reader);
        let mut broken = Vec::new();
        for row in rows {
            let mut blob = self.open(&row.text("digest")?).await?;
            loop {
                match blob.next().await {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(StoreError::BrokenBlob { digest, .. }) => {
                        broken.push(digest);
                        break;
                    }
                    Err(other) => return Err(other),
                }
            }
        }
        Ok(broken)
    }
}
