//! `thidua publish`, and the only place that reads the clock.

use crate::exit::Usage;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;
use thidua_model::DateTime;
use thidua_release::ReleaseError;

/// Vietnam has one time zone, seven hours ahead of UTC, without summer time.
const AHEAD_SECONDS: i32 = 7 * 3600;

/// The time of day in Vietnam, to the second.
pub(crate) fn now() -> DateTime {
    let offset = jiff::tz::Offset::from_seconds(AHEAD_SECONDS).expect("seven hours are an offset");
    let now = offset.to_datetime(jiff::Timestamp::now());
    now.with().subsec_nanosecond(0).build().unwrap_or(now)
}

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
