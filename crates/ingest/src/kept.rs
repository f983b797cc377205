//! What files gave when they were read before: a file that has not changed is not read again.
//!
//! In:  the file in which readings are kept, and everything else that a reading depends on: the definition, the
//!      program, the receipts of the file.
//! Out: the same [`FileReading`] as reading gives. A reading is looked up by a digest of all that made it, so one
//!      that is found is never stale; what is damaged is not found.
//!
//! Not here: when readings are kept (`file`), and where (`pipeline`).

use crate::IngestError;
use crate::draft::FileReading;
use crate::inbox::ReceiptLine;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tempfile::NamedTempFile;
use thidua_campaign::Campaign;
use thidua_model::intake::FileRecord;

/// Begins the file; another layout gets another number.
const MAGIC: &[u8; 8] = b"THIDUA\x00\x01";
/// Largest reading that is kept, in bytes.
const LARGEST: u32 = 64 << 20;

type Key = [u8; 32];

/// Where each reading stands in a file: first byte, length.
type Places = BTreeMap<Key, (u64, u32)>;

/// Where readings are kept from one run to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    pub file: PathBuf,
    /// What else a reading depends on, besides the file, its receipts and the definition: the program that reads,
    /// options that change the definition. Of another context nothing is used.
    pub context: String,
    /// Everything is read again, and kept.
    pub is_fresh: bool,
}

/// The readings of an earlier run and of this one.
pub(crate) struct Kept {
    context: Key,
    /// Where each reading stands in the file of before.
    places: Places,
    inner: Mutex<Inner>,
    path: PathBuf,
}

struct Inner {
    before: Option<File>,
    used: BTreeSet<Key>,
    /// Takes the place of the file before; made with the first reading that was not there.
    new: Option<BufWriter<NamedTempFile>>,
}

impl Kept {
    pub(crate) fn open(keep: &Keep, campaign: &Campaign) -> Self {
        let mut context = Sha256::new();
        context.update(&keep.context);
        for file in &campaign.files {
            context.update([0]);
            context.update(&*file.name);
            context.update([0]);
            context.update(&*file.digest);
        }
        let context: Key = context.finalize().into();
        // What cannot be opened or understood is as good as nothing: everything is read.
        let before = if keep.is_fresh { None } else { index(&keep.file, &context).ok() };
        let (places, before) = before.map_or_else(Default::default, |(places, file)| (places, Some(file)));
        let inner = Inner { before, used: BTreeSet::new(), new: None };
        Self { context, places, inner: Mutex::new(inner), path: keep.file.clone() }
    }

    /// All that the reading of a file is made of.
    pub(crate) fn key(&self, record: &FileRecord, receipts: &[ReceiptLine]) -> Key {
        let mut key = Sha256::new();
        key.update(self.context);
        for part in [&*record.name, &*record.digest, &format!("{receipts:?}")] {
            key.update((part.len() as u64).to_le_bytes());
            key.update(part);
        }
        key.finalize().into()
    }

    /// The reading that was kept.
    pub(crate) fn find(&self, key: &Key) -> Option<FileReading> {
        let place = self.places.get(key)?;
        let mut inner = self.inner.lock().ok()?;
        let bytes = read_at(inner.before.as_mut()?, *place).ok()?;
        let reading = bytes.get(CHECK..).filter(|rest| check(rest) == bytes[..CHECK])?;
        let reading = postcard::from_bytes(reading).ok()?;
        inner.used.insert(*key);
        Some(reading)
    }

    /// # Errors
    /// The disk: what cannot be kept beside the releases could not be written there either.
    pub(crate) fn put(&self, key: &Key, reading: &FileReading) -> Result<(), IngestError> {
        let failed = |source| IngestError::Keep { path: self.path.clone(), source };
        let Ok(bytes) = postcard::to_stdvec(reading) else { return Ok(()) };
        let Ok(mut inner) = self.inner.lock() else { return Ok(()) };
        if inner.new.is_none() {
            inner.new = Some(create(&self.path, &self.context).map_err(failed)?);
        }
        inner.new.as_mut().map_or(Ok(()), |new| entry(new, key, &[&check(&bytes), &bytes])).map_err(failed)
    }

    /// Takes the place of the file before: the readings of this run and no others.
    ///
    /// # Errors
    /// The disk.
    pub(crate) fn finish(self) -> Result<(), IngestError> {
        let failed = |source| IngestError::Keep { path: self.path.clone(), source };
        let Ok(mut inner) = self.inner.into_inner() else { return Ok(()) };
        if inner.new.is_none() && inner.used.len() == self.places.len() {
            return Ok(());
        }
        let new = inner.new.take();
        let mut new = new.map_or_else(|| create(&self.path, &self.context), Ok).map_err(failed)?;
        for key in &inner.used {
            let (Some(place), Some(before)) = (self.places.get(key), inner.before.as_mut()) else { continue };
            let bytes = read_at(before, *place).map_err(failed)?;
            entry(&mut new, key, &[&bytes]).map_err(failed)?;
        }
        let new = new.into_inner().map_err(|error| failed(error.into_error()))?;
        new.persist(&self.path).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// Beside the file whose place it takes, for its owner alone; gone when it is dropped.
fn create(path: &Path, context: &Key) -> io::Result<BufWriter<NamedTempFile>> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut out = BufWriter::new(tempfile::Builder::new().prefix(".readings-").tempfile_in(folder)?);
    out.write_all(MAGIC)?;
    out.write_all(context)?;
    Ok(out)
}

/// Bytes of an entry that guard the rest.
const CHECK: usize = 8;

fn check(bytes: &[u8]) -> [u8; CHECK] {
    let digest = Sha256::digest(bytes);
    std::array::from_fn(|at| digest[at])
}

/// Key, length, bytes.
fn entry(out: &mut impl Write, key: &Key, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let Some(length) = u32::try_from(length).ok().filter(|length| *length <= LARGEST) else { return Ok(()) };
    out.write_all(key)?;
    out.write_all(&length.to_le_bytes())?;
    parts.iter().try_for_each(|part| out.write_all(part))
}

/// Where each entry of the file stands; what a broken end leaves over is left out.
fn index(path: &Path, context: &Key) -> io::Result<(Places, File)> {
    let file = File::open(path)?;
    let all = file.metadata()?.len();
    let mut reader = BufReader::new(file);
    let (mut magic, mut of, mut places) = ([0; 8], Key::default(), BTreeMap::new());
    reader.read_exact(&mut magic)?;
    reader.read_exact(&mut of)?;
    if magic != *MAGIC || of != *context {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut at = (magic.len() + of.len()) as u64;
    loop {
        let (mut key, mut length) = (Key::default(), [0; 4]);
        if reader.read_exact(&mut key).is_err() || reader.read_exact(&mut length).is_err() {
            break;
        }
        let length = u32::from_le_bytes(length);
        at += 36;
        if at + u64::from(length) > all || length > LARGEST {
            break;
        }
        places.insert(key, (at, length));
        at += u64::from(length);
        reader.seek_relative(i64::from(length))?;
    }
    Ok((places, reader.into_inner()))
}

fn read_at(file: &mut File, (at, length): (u64, u32)) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length as usize];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
