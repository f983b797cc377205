//! The way from one file to another, for links that still work when both are moved together.

use std::path::{Component, Path, PathBuf, absolute};

/// The path of `to` as seen from the folder of `from`, with `/`; `None` where there is no such way
/// (other drives).
pub(super) fn from_to(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (absolute(from).ok()?, absolute(to).ok()?);
    let (from, to) = (plain(from.parent()?), plain(&to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    Some(up.chain(to[shared..].iter().cloned()).collect::<Vec<_>>().join("/"))
}

/// The parts of an absolute path, `..` resolved by name.
fn plain(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir if parts.len() > 1 => drop(parts.pop()),
            Component::ParentDir | Component::CurDir => {}
            part => parts.push(PathBuf::from(part.as_os_str()).to_string_lossy().into_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_goes_from_the_reports_folder_to_the_file() {
        for (from, to, way) in [
            ("/a/issues.xlsx", "/a/b/x.xlsx", "b/x.xlsx"),
            ("/a/issues.xlsx", "/a/x.xlsx", "x.xlsx"),
            ("/a/out/issues.xlsx", "/a/in/x.xlsx", "../in/x.xlsx"),
            ("/a/out/issues.xlsx", "/b/../a/in/x.xlsx", "../in/x.xlsx"),
        ] {
            assert_eq!(from_to(Path::new(from), Path::new(to)).as_deref(), Some(way));
        }
    }
}
