//! `thidua sample`

use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;

pub(crate) fn sample(folder: &Path, units: u32, seed: u64, out: &Path) -> anyhow::Result<()> {
    let (campaign, _) = super::load(folder)?;
    thidua_sample::generate(&campaign, units as usize, seed, out)
        .with_context(|| Step(format!("không tạo được tỉnh giả định trong {}", out.display())))?;
    print(&format!("{}\n{}\n", out.join("campaign").display(), out.join("inbox").display()))
}
