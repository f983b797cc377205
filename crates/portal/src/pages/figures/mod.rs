//! Figures as pages: how many have reported, what was computed, who stands where.
//!
//! Coverage comes from the store as it is now; everything else from the release that is shown for a
//! period (`crate::books`).

pub(crate) mod awards;
pub(crate) mod coverage;
pub(crate) mod place;
mod proposals;
mod ranges;
pub(crate) mod ranking;
pub(super) mod results;
mod rows;
pub(crate) mod targets;
pub(crate) mod works;

use crate::access::Action;
use crate::answer::Refused;
use crate::books::{Eyes, Shown, of_period};
use crate::clock;
use crate::site::Site;
use crate::visitor::Signed;
use std::sync::Arc;
use thidua_pages::{Lang, said};

/// What a page of the office is about.
struct Office {
    site: Arc<Site>,
    /// The id of the period.
    period: String,
    lang: Lang,
    /// The release that is looked at; none before the first run.
    shown: Option<Shown>,
}

/// For those who see the whole.
async fn office(signed: &Signed, (campaign, period): &(String, String)) -> Result<Office, Refused> {
    let site = signed.site(campaign)?;
    signed.must(Action::See)?;
    let period = signed.period(&site, period)?;
    let portal = &signed.visitor.portal;
    let releases = portal.store.releases().list(site.id()).await.map_err(|error| signed.visitor.store(&error))?;
    let shown = of_period(portal, &site, &releases, period, Eyes::Office).await;
    let shown = shown.map_err(|error| signed.visitor.failed(&error))?;
    let id = site.campaign.period(period).id.as_str().to_owned();
    Ok(Office { period: id, lang: signed.visitor.lang, shown, site })
}

/// What figures come from, in words.
fn source(shown: Option<&Shown>, lang: Lang) -> String {
    let Some(shown) = shown else { return said::NOT_COMPUTED.of(lang).to_owned() };
    let at = clock::local(shown.at);
    let at = format!("{} {:02}:{:02}", thidua_model::date::dmy(at.date()), at.hour(), at.minute());
    let say = if shown.is_published { said::SOURCE_PUBLISHED } else { said::SOURCE_RUN };
    say.fill(lang, &[&at])
}
