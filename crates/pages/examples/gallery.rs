//! Writes every page with its sample data, for looking at them: `gallery <folder>`.
//!
//! Vietnamese pages lie in the folder itself, English ones in `en`; style sheet and script lie where
//! the pages look for them when the folder is served as the root of a site.

use std::path::{Path, PathBuf};
use std::{env, fs, io};
use thidua_pages::{Lang, assets, testing};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| "gallery".into()));
    for (lang, folder) in [(Lang::Vi, folder.clone()), (Lang::En, folder.join("en"))] {
        fs::create_dir_all(&folder)?;
        for sample in testing::gallery(lang) {
            write(&folder.join(format!("{}.html", sample.name)), sample.html.as_bytes())?;
        }
    }
    for asset in assets::all() {
        write(&folder.join(asset.address().trim_start_matches('/')), asset.bytes)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
