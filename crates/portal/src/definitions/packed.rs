//! The files of a definition as one piece of bytes, as the store keeps it: a tar that depends on
//! nothing but them.

use std::io::{self, Read};
use std::path::{Component, Path};
use thidua_campaign::DefinitionFile;

pub(super) fn pack(files: &[DefinitionFile]) -> io::Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    for file in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(file.bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(tar::EntryType::Regular);
        tar.append_data(&mut header, &*file.name, &*file.bytes)?;
    }
    tar.into_inner()
}

pub(super) fn unpack(bytes: &[u8]) -> io::Result<Vec<DefinitionFile>> {
    let mut files = Vec::new();
    for entry in tar::Archive::new(bytes).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_str().map(str::to_owned);
        let name = name.filter(|name| is_inside(Path::new(name)));
        let name = name.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a name that leads elsewhere"))?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.push(DefinitionFile::new(&name, bytes));
    }
    Ok(files)
}

/// Writes the files below a folder.
pub(super) fn write(files: &[DefinitionFile], folder: &Path) -> io::Result<()> {
    for file in files {
        let path = folder.join(&*file.name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.bytes)?;
    }
    Ok(())
}

fn is_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_as_they_were_and_nowhere_else() -> io::Result<()> {
        let long = format!("forms/{}.toml", "mẫu ".repeat(40));
        let files = [
            DefinitionFile::new("campaign.toml", b"id = 'x'".to_vec()),
            DefinitionFile::new(&long, vec![0; 70_000]),
            DefinitionFile::new("units.xlsx", Vec::new()),
        ];
        let packed = pack(&files)?;
        assert_eq!(packed, pack(&files)?);
        let found = unpack(&packed)?;
        let shown = |files: &[DefinitionFile]| -> Vec<_> {
            files.iter().map(|it| (it.name.clone(), it.digest.clone())).collect()
        };
        assert_eq!(shown(&found), shown(&files));
        let folder = tempfile::tempdir()?;
        write(&found, folder.path())?;
        assert_eq!(std::fs::read(folder.path().join(&long))?.len(), 70_000);
        assert!(!is_inside(Path::new("../x")) && !is_inside(Path::new("/x")) && is_inside(Path::new("forms/x")));
        Ok(())
    }
}
