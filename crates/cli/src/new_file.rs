//! A file that comes into being whole, and never in the place of another.
//!
//! In:  the name it will have, and bytes.
//! Out: the file, on the disk, readable by its owner alone; or nothing.

use crate::exit::Usage;
use crate::words::Step;
use anyhow::Context;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is being written, under another name; removed unless it is finished.
pub(crate) struct NewFile {
    to: PathBuf,
    part: NamedTempFile,
}

impl NewFile {
    /// Begins a file.
    pub(crate) fn begin(to: &Path) -> anyhow::Result<Self> {
        if to.symlink_metadata().is_ok() {
            return Err(exists(to));
        }
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let part = tempfile::Builder::new().prefix(".thidua-").suffix(".part").tempfile_in(folder);
        Ok(Self { to: to.to_owned(), part: part.with_context(|| unwritten(to))? })
    }

    /// A whole file at once.
    pub(crate) fn write(to: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let file = Self::begin(to)?;
        let mut writer = file.writer()?;
        writer.write_all(bytes).and_then(|()| writer.flush()).with_context(|| unwritten(to))?;
        file.finish()
    }

    /// Takes the bytes.
    pub(crate) fn writer(&self) -> anyhow::Result<BufWriter<File>> {
        Ok(BufWriter::new(self.part.as_file().try_clone().with_context(|| unwritten(&self.to))?))
    }

    /// Gives the file its name, once everything is on the disk.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        let Self { to, part } = self;
        part.as_file().sync_all().with_context(|| unwritten(&to))?;
        match part.persist_noclobber(&to) {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(exists(&to)),
            Err(error) => Err(error.error).with_context(|| unwritten(&to)),
        }
    }
}

fn exists(to: &Path) -> anyhow::Error {
    Usage(format!("{} đã có; hãy chọn tên khác · it is there already, choose another name", to.display())).into()
}

fn unwritten(to: &Path) -> Step {
    Step(format!("không ghi được {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_is_whole_or_not_there_and_never_replaces_another() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let to = folder.path().join("bản xuất.tar");
        let names = || -> anyhow::Result<Vec<String>> {
            let mut names = Vec::new();
            for entry in std::fs::read_dir(folder.path())? {
                names.push(entry?.file_name().to_string_lossy().into_owned());
            }
            Ok(names)
        };
        let given_up = NewFile::begin(&to)?;
        given_up.writer()?.write_all(b"half")?;
        drop(given_up);
        assert_eq!(names()?, [""; 0]);

        let (first, second) = (NewFile::begin(&to)?, NewFile::begin(&to)?);
        first.writer()?.write_all(b"whole")?;
        first.finish()?;
        assert!(second.finish().is_err_and(|error| error.is::<Usage>()));
        assert!(NewFile::begin(&to).is_err());
        assert_eq!((std::fs::read(&to)?.as_slice(), names()?.len()), (&b"whole"[..], 1));
        Ok(())
    }
}
