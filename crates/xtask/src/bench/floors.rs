//! The benches of other crates, as they print their floors and ratios.

use super::{Part, Places};
use crate::Failure;
use std::process::Command;

/// Runs them with the features of the whole workspace, so that nothing is compiled twice.
pub(crate) fn inner(places: &Places) -> Result<Part, Failure> {
    let mut part = Part::default();
    for (title, bench) in
        [("Reading workbooks", "reading"), ("Computing", "country"), ("Ranges of places", "variations")]
    {
        eprintln!("{title}");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .current_dir(&places.repository)
            .args(["test", "--release", "--workspace", "--quiet", "--bench", bench])
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        part.printed.push((title.to_owned(), String::from_utf8_lossy(&output.stdout).trim().to_owned()));
    }
    Ok(part)
}
