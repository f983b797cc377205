//! `thidua template`

use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;

pub(crate) fn template(folder: &Path, out: &Path) -> anyhow::Result<()> {
    let (campaign, _) = super::load(folder)?;
    let written = thidua_forms::write_blanks(&campaign, out)
        .with_context(|| Step(format!("không ghi được biểu mẫu vào {}", out.display())))?;
    print(&written.iter().map(|path| format!("{}\n", path.display())).collect::<String>())
}
