//! Figures as pages: how many have reported, what was computed, who stands where.
//!
//! Coverage comes from the store as it is now; everything else from the release that is shown for a
//! period (`crate::books`).

pub(crate) mod awards;
pub(crate) mod coverage;
pub(crate) mod ranking;
pub(super) mod results;
mod rows;
pub(crate) mod targets;
pub(crate) mod works;

use crate::answer::Refused;
use crate::books::{Eyes, Shown, of_period};
use crate::clock;
use crate::site::Site;
use crate::visitor::Signed;
use thidua_model::PeriodIx;
use thidua_pages::{Lang, said};

/// The release that the office looks at.
async fn office(signed: &Signed, site: &Site, period: PeriodIx) -> Result<Option<Shown>, Refused> {
    let shown = of_period(&signed.visitor.portal, site, period, Eyes::Office).await;
    shown.map_err(|error| signed.visitor.failed(&error))
}

/// What figures come from, in words.
fn source(shown: Option<&Shown>, lang: Lang) -> String {
    let Some(shown) = shown else { return said::NOT_COMPUTED.of(lang).to_owned() };
    let at = clock::local(shown.at);
    let at = format!("{} {:02}:{:02}", thidua_model::date::dmy(at.date()), at.hour(), at.minute());
    let say = if shown.is_published { said::SOURCE_PUBLISHED } else { said::SOURCE_RUN };
    say.fill(lang, &[&at])
}
