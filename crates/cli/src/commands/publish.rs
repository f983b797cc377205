//! `thidua publish`

use crate::clock::now;
use crate::exit::Usage;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;
use thidua_release::ReleaseError;

pub(crate) fn publish(release: &str, out: &Path, note: &str) -> anyhow::Result<()> {
    match thidua_release::journal::publish(out, release, now(), note) {
        Err(ReleaseError::BadName { .. }) => {
            return Err(Usage(format!("“{release}” không phải mã bản phát hành · not the id of a release")).into());
        }
        Err(_) if !out.join(release).is_dir() => {
            return Err(
                Usage(format!("{} không có bản phát hành “{release}” · no such release there", out.display())).into()
            );
        }
        done => done.with_context(|| Step("không ghi được sổ phát hành".to_owned()))?,
    }
    print(&format!("{release}\n"))
}
