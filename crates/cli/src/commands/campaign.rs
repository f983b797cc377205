//! `thidua campaign …`: definitions over their life.

mod apply;
mod next;

use crate::args::Campaign;

pub(crate) fn campaign(command: &Campaign) -> anyhow::Result<()> {
    match command {
        Campaign::Apply { folder, database, yes } => apply::apply(folder, database, *yes),
        Campaign::New { from, year, out, id } => next::next(from, *year, out, id.as_deref()),
    }
}
