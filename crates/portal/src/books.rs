//! Releases in memory, for pages that show figures.
//!
//! In:  releases of the store.
//! Out: the one whose figures of a period are shown, opened, with the definition that it was made by.
//!
//! Not here: GraphQL (`thidua_server` holds what is published itself), making and publishing.

use crate::jobs::JobError;
use crate::places::Places;
use crate::published;
use crate::site::Site;
use crate::state::Shared;
use std::sync::Arc;
use thidua_campaign::Campaign;
use thidua_model::PeriodIx;
use thidua_release::{Opened, open};
use thidua_store::KeptRelease;
use tokio::sync::Mutex;

/// Releases that are kept in memory; pages ask for the newest ones.
const KEPT: usize = 3;

/// A release in memory.
pub(crate) struct Book {
    pub(crate) opened: Opened,
    /// As it was when the release was made; positions in it are not those of [`Site`].
    pub(crate) campaign: Campaign,
    /// Places of it that were explained.
    pub(crate) places: Places,
}

/// The releases asked for last.
#[derive(Default)]
pub(crate) struct Books(Mutex<Vec<Arc<Book>>>);

/// A release whose figures are shown.
pub(crate) struct Shown {
    pub(crate) book: Arc<Book>,
    pub(crate) is_published: bool,
    /// When it was published, or else made.
    pub(crate) at: i64,
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// Those who compute and publish: the newest run.
    Office,
    /// Those who reported: what was published; before that the newest run.
    Units,
}

impl Books {
    /// A release of the store; `id` is one that the store gave.
    pub(crate) async fn get(&self, portal: &Shared, site: &Site, id: &str) -> Result<Arc<Book>, JobError> {
        // Held while it is opened: a second one who asks waits for the first.
        let mut kept = self.0.lock().await;
        if let Some(at) = kept.iter().position(|book| *book.opened.id == *id) {
            let book = kept.remove(at);
            kept.push(Arc::clone(&book));
            return Ok(book);
        }
        published::fetch(portal, site, id).await?;
        let folder = portal.releases(site).join(id);
        let opened = tokio::task::spawn_blocking(move || {
            let opened = open(&folder)?;
            let campaign = thidua_release::campaign(&opened.manifest, opened.definition.clone())
                .map_err(|_| JobError::Definition(opened.id.to_string()))?;
            Ok::<_, JobError>(Arc::new(Book { opened, campaign, places: Places::default() }))
        });
        let book = opened.await.map_err(|_| JobError::Defect)??;
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Arc::clone(&book));
        Ok(book)
    }
}

/// The release that is shown for a period; `None`: no run has reached it. `releases`: all of the campaign,
/// as the store lists them.
pub(crate) async fn of_period(
    portal: &Shared,
    site: &Site,
    releases: &[KeptRelease],
    period: PeriodIx,
    eyes: Eyes,
) -> Result<Option<Shown>, JobError> {
    let Some(chosen) = chosen(releases, eyes, |it| {
        let last = site.campaign.find_period(it.period.as_deref()?)?;
        (last >= period).then_some(last == period)
    }) else {
        return Ok(None);
    };
    let book = portal.books.get(portal, site, &chosen.id).await?;
    let at = chosen.published_at.unwrap_or(chosen.made_at);
    Ok(Some(Shown { book, is_published: chosen.published_at.is_some(), at }))
}

/// What was published of the periods up to one: of the releases that reach furthest the newest. `None`: nothing.
pub(crate) async fn published_until(
    portal: &Shared,
    site: &Site,
    releases: &[KeptRelease],
    until: PeriodIx,
) -> Result<Option<Arc<Book>>, JobError> {
    let reach = |it: &KeptRelease| site.campaign.find_period(it.period.as_deref()?);
    match furthest(releases, until, reach) {
        Some(it) => portal.books.get(portal, site, &it.id).await.map(Some),
        None => Ok(None),
    }
}

/// `reach`: the last period of a release.
fn furthest<P: Ord + Copy>(
    releases: &[KeptRelease],
    until: P,
    reach: impl Fn(&KeptRelease) -> Option<P>,
) -> Option<&KeptRelease> {
    let published = releases.iter().filter_map(|it| Some((reach(it)?.min(until), it.published_at?, it)));
    published.max_by_key(|(reach, at, _)| (*reach, *at)).map(|(_, _, it)| it)
}

/// `reach`: whether a release has the period, and then whether it is its last one. Of those that end
/// with the period the newest counts, before any that goes on.
fn chosen(releases: &[KeptRelease], eyes: Eyes, reach: impl Fn(&KeptRelease) -> Option<bool>) -> Option<&KeptRelease> {
    let rank = |it: &&KeptRelease| {
        let ends_here = reach(it).unwrap_or(false);
        let published = it.published_at.filter(|_| eyes == Eyes::Units);
        // A later period's run tells units nothing of this one before it is published.
        (published.is_some(), ends_here, published.unwrap_or(it.made_at))
    };
    let may_be_seen = |it: &&KeptRelease| match reach(it) {
        None => false,
        Some(ends_here) => eyes == Eyes::Office || ends_here || it.published_at.is_some(),
    };
    releases.iter().filter(may_be_seen).max_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_sees_the_newest_run_and_units_what_was_published() {
        // Release, its last period, made at, published at; who looks at which period; what they see.
        let table = "
            a 1 10 -                    office 1 a   units 1 a
            a 1 10 20   b 1 30 -        office 1 b   units 1 a
            a 1 10 20   b 1 30 40       office 1 b   units 1 b
            a 1 10 40   b 1 30 35       office 1 b   units 1 a
            a 1 10 20   b 2 30 -        office 1 a   units 1 a   office 2 b   units 2 b
            b 2 30 -                    office 1 b   units 1 -
            b 2 30 40                   office 1 b   units 1 b
            a 1 10 -                    office 2 -   units 2 -";
        let mut checked = 0;
        for line in table.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let looks = words.iter().position(|word| *word == "office").expect("somebody looks");
            let (known, asked) = words.split_at(looks);
            let releases: Vec<KeptRelease> = known.chunks(4).map(release).collect();
            for asked in asked.chunks(3) {
                let eyes = if asked[0] == "office" { Eyes::Office } else { Eyes::Units };
                let reach = |it: &KeptRelease| {
                    let last = it.period.as_deref().expect("a period");
                    (last >= asked[1]).then_some(last == asked[1])
                };
                let found = chosen(&releases, eyes, reach).map_or("-", |it| it.id.as_str());
                assert_eq!(found, asked[2], "{line}: {asked:?}");
                checked += 1;
            }
        }
        assert_eq!(checked, 18);
    }

    #[test]
    fn a_form_is_told_of_what_was_published_last_among_the_releases_that_reach_furthest() {
        // Release, its last period, made at, published at; up to which period; which one tells.
        for (known, until, expected) in [
            ("a 1 10 -", "2", "-"),
            ("a 1 10 20", "2", "a"),
            ("a 1 10 20 b 2 30 -", "2", "a"),
            ("a 1 10 20 b 2 30 40", "2", "b"),
            // The first period published again after the second.
            ("a 1 10 50 b 2 30 40", "2", "b"),
            ("a 1 10 50 b 2 30 40", "1", "a"),
            ("a 1 10 20 b 2 30 40", "1", "b"),
        ] {
            let words: Vec<&str> = known.split_whitespace().collect();
            let releases: Vec<KeptRelease> = words.chunks(4).map(release).collect();
            let periods = ["1", "2"];
            let reach = |it: &KeptRelease| periods.into_iter().find(|period| it.period.as_deref() == Some(*period));
            let found = furthest(&releases, until, reach).map_or("-", |it| it.id.as_str());
            assert_eq!(found, expected, "{known}, until {until}");
        }
    }

    fn release(words: &[&str]) -> KeptRelease {
        KeptRelease {
            id: words[0].to_owned(),
            campaign: "c".to_owned(),
            period: Some(words[1].to_owned()),
            made_at: words[2].parse().expect("a time"),
            account: None,
            files: 1,
            size: 1,
            published_at: words[3].parse().ok(),
        }
    }
}
