//! Files that were packed together: a superior union sends the reports of its units as one zip.
//!
//! In:  the bytes of a file that may be such a zip, and limits.
//! Out: the files in it, in its order; `None` when it is no plain zip, or may not be unpacked.
//!
//! Not here: what each file is (`read`). A zip inside a zip stays one file.

use crate::limits::at_most;
use crate::package::Package;
use crate::sniff::{Outside, outside};
use crate::{Limits, Refusal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use thidua_model::issue::FileLimit;

/// A file of a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedFile {
    /// The name without its folders.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Parts that make a zip a document of its own.
const OF_DOCUMENTS: [&str; 3] = ["[content_types].xml", "mimetype", "content.xml"];

/// Takes a zip apart, in memory and within the limits. What systems add for themselves (hidden files,
/// `__MACOSX`, `Thumbs.db`) is left out.
///
/// `None`: the file is no zip, is a document (a workbook is a zip, too), is empty, damaged, encrypted or
/// beyond a limit; reading it as it is tells the sender which.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Option<Vec<ArchivedFile>> {
    catch_unwind(AssertUnwindSafe(|| files(bytes, limits))).ok()?.ok()?
}

fn files(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<ArchivedFile>>, Refusal> {
    at_most(FileLimit::FileBytes, bytes.len() as u64, limits.file_bytes)?;
    if outside(bytes)? != Outside::Zip {
        return Ok(None);
    }
    let mut package = Package::open(bytes, limits)?;
    if OF_DOCUMENTS.iter().any(|part| package.has(part)) {
        return Ok(None);
    }
    let mut files = Vec::new();
    for path in package.files() {
        let is_of_system = |step: &str| step.starts_with('.') || step.starts_with("~$") || step == "__MACOSX";
        if path.split(['/', '\\']).any(is_of_system) || path.ends_with("Thumbs.db") {
            continue;
        }
        let Some(bytes) = package.part(&path)? else { continue };
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        files.push(ArchivedFile { name: name.to_owned(), bytes });
    }
    Ok(Some(files).filter(|files| !files.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            if name.ends_with('/') {
                zip.add_directory(*name, SimpleFileOptions::default()).unwrap();
            } else {
                zip.start_file(*name, SimpleFileOptions::default()).unwrap();
                zip.write_all(bytes).unwrap();
            }
        }
        zip.finish().unwrap().into_inner()
    }

    fn names(bytes: &[u8], limits: &Limits) -> Option<Vec<String>> {
        unpack(bytes, limits).map(|files| files.into_iter().map(|file| file.name).collect())
    }

    #[test]
    fn a_zip_gives_its_files_and_nothing_of_the_system() {
        let limits = Limits::default();
        let packed = zip(&[
            ("báo cáo/", b""),
            ("báo cáo/Ea Kpam.xlsx", b"one"),
            ("__MACOSX/._Ea Kpam.xlsx", b"x"),
            ("báo cáo/~$Ea Kpam.xlsx", b"x"),
            ("Hồ Xanh.xls", b"two"),
            ("Thumbs.db", b"x"),
        ]);
        let files = unpack(&packed, &limits).unwrap();
        let shown: Vec<(&str, &[u8])> = files.iter().map(|file| (&*file.name, &*file.bytes)).collect();
        assert_eq!(shown, [("Ea Kpam.xlsx", &b"one"[..]), ("Hồ Xanh.xls", b"two")]);
    }

    #[test]
    fn what_is_no_plain_zip_or_asks_too_much_stays_as_it_is() {
        let limits = Limits { parts: 3, part_bytes: 100, all_bytes: 150, ..Limits::default() };
        let long = [b'x'; 101];
        for (what, bytes) in [
            ("a text", b"TT;So\n1;2\n".to_vec()),
            ("a workbook", zip(&[("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")])),
            ("an open document", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")])),
            ("an empty one", zip(&[])),
            ("folders alone", zip(&[("a/", b"")])),
            ("too many files", zip(&[("a", b"1"), ("b", b"2"), ("c", b"3"), ("d", b"4")])),
            ("a large file", zip(&[("a", &long)])),
            ("large together", zip(&[("a", &long[..80]), ("b", &long[..80])])),
            ("a name that leads outside", zip(&[("../a", b"1")])),
            ("cut short", zip(&[("a", b"1")])[..20].to_vec()),
        ] {
            assert_eq!(names(&bytes, &limits), None, "{what}");
        }
        assert_eq!(names(&zip(&[("a", b"1")]), &limits).unwrap(), ["a"]);
    }
}
