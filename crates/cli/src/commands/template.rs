//! `thidua template`

use anyhow::Context;
use std::path::Path;

pub(crate) fn template(folder: &Path, out: &Path) -> anyhow::Result<()> {
    let (campaign, _) = super::load(folder)?;
    let written = thidua_forms::write_blanks(&campaign, out)
        .with_context(|| format!("cannot write the blank forms into {}", out.display()))?;
    for path in written {
        println!("{}", path.display());
    }
    Ok(())
}
