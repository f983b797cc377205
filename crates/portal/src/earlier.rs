//! What a unit stated before, as it was published: for the forms that it downloads.
//!
//! In:  a unit and the period of the form.
//! Out: its own values of the published release that reaches furthest before the period's end.
//!
//! Not here: what a form shows of them (`forms`), figures of a form 2 (`form2`).

use crate::books::published_until;
use crate::jobs::JobError;
use crate::site::Site;
use crate::state::Shared;
use std::collections::BTreeSet;
use std::sync::Arc;
use thidua_campaign::Package;
use thidua_forms::period_before;
use thidua_model::{FieldIx, PeriodIx, UnitIx};
use thidua_release::Stated;

/// What a unit's form of a period shows beside its lines.
#[derive(Default)]
pub(crate) struct Earlier {
    stated: Stated,
    of: Option<(UnitIx, PeriodIx)>,
    before: Option<PeriodIx>,
}

impl Earlier {
    /// What was published; nothing where nothing was. A release that cannot be read keeps nobody from the form: it
    /// is logged, and the form comes without.
    pub(crate) async fn of(
        portal: &Shared,
        site: &Arc<Site>,
        package: &Package,
        unit: UnitIx,
        period: PeriodIx,
    ) -> Self {
        let before = period_before(&site.campaign, package, period);
        match published(portal, site, unit, period).await {
            Ok(stated) => Self { stated, of: Some((unit, period)), before },
            Err(error) => {
                tracing::warn!(campaign = site.id(), %error, "a form goes out without the period before");
                Self::default()
            }
        }
    }

    /// The value of the period before.
    pub(crate) fn last(&self, field: FieldIx) -> Option<i64> {
        self.stated.in_period(self.of?.0, field, self.before?)
    }

    /// What the unit registered.
    pub(crate) fn registered(&self, field: FieldIx) -> Option<i64> {
        let (unit, period) = self.of?;
        self.stated.until(unit, field, Some(period))
    }
}

async fn published(portal: &Shared, site: &Arc<Site>, unit: UnitIx, period: PeriodIx) -> Result<Stated, JobError> {
    let releases = portal.store.releases().list(site.id()).await?;
    let Some(book) = published_until(portal, site, &releases, period).await? else { return Ok(Stated::default()) };
    let site = Arc::clone(site);
    let read = tokio::task::spawn_blocking(move || {
        let mut stated = Stated::default();
        stated.add(&book.opened, &site.campaign, &BTreeSet::from([unit])).map(|()| stated)
    });
    Ok(read.await.map_err(|_| JobError::Defect)??)
}
