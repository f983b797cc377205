//! `thidua sample`

use anyhow::Context;
use std::path::Path;

pub(crate) fn sample(folder: &Path, units: u32, seed: u64, out: &Path) -> anyhow::Result<()> {
    let (campaign, _) = super::load(folder)?;
    thidua_sample::generate(&campaign, units as usize, seed, out)
        .with_context(|| format!("cannot make the sample in {}", out.display()))?;
    println!("{}", out.join("campaign").display());
    println!("{}", out.join("inbox").display());
    Ok(())
}
