//! A unit's first page.

use super::decided::{decided_by, status as shown};
use super::figures::results::results;
use super::states::{Standing, days, standing};
use crate::access::Action;
use crate::answer::{ANY, Answer, file};
use crate::clock;
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::Path;
use thidua_model::{PeriodIx, UnitIx};
use thidua_pages::Choice;
use thidua_pages::unit_home::{Extension, FormDue, LastUpload, PeriodCard, PeriodState, UnitHome};
use thidua_pages::upload::UploadForm;
use thidua_store::{ObjectionFilter, ObjectionState, Review, State, Units, UploadFilter};

/// Versions that are looked up to be counted and named.
const VERSIONS: u32 = 10_000;

pub(crate) async fn home(mut signed: Signed, Path((campaign, code)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let page = page(&signed, &site, unit).await?;
    signed.visitor.show(&page, Some(&*site)).await
}

pub(super) async fn page(signed: &Signed, site: &Site, unit: UnitIx) -> Result<UnitHome, crate::answer::Refused> {
    let visitor = &signed.visitor;
    let store = &visitor.portal.store;
    let code = site.code(unit).to_owned();
    let codes = [code.clone()];
    let states = store.states().of(site.id(), Units::Of(&codes), None).await;
    let states = states.map_err(|error| visitor.store(&error))?;
    let filter =
        UploadFilter { campaign: site.id(), units: Units::Of(&codes), period: None, after: None, limit: VERSIONS };
    let uploads = store.uploads().list(&filter).await.map_err(|error| visitor.store(&error))?;
    let extensions = store.extensions().counting(site.id(), Units::Of(&codes), None).await;
    let extensions = extensions.map_err(|error| visitor.store(&error))?;

    let publications = store.releases().publications(site.id()).await.map_err(|error| visitor.store(&error))?;
    let now = clock::now();
    let mut periods = Vec::new();
    for period in site.campaign.period_ixs() {
        let id = site.campaign.period(period).id.as_str();
        let of_period: Vec<&State> = states.iter().filter(|state| state.period == id).collect();
        let longer =
            extensions.iter().filter(|it| it.period == id).filter_map(|it| Some((it.until?, &it.reason))).max();
        let deadline = site.deadline(unit, period);
        let until = longer.map(|(until, _)| until).max(deadline.map(clock::micros));
        let forms = site.forms_due(unit, period);
        if forms.is_empty() && of_period.is_empty() {
            continue;
        }
        let ids: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
        let standing = standing(&ids, &of_period, now, until);
        let is_locked = publications.iter().any(|it| it.period.as_deref() == Some(id));
        let decided = match of_period.iter().find_map(|state| state.review_seq) {
            Some(_) => store.reviews().of(site.id(), &code, id).await.map_err(|error| visitor.store(&error))?,
            None => Vec::new(),
        };
        let newest = of_period.iter().map(|state| &state.newest).max_by_key(|it| it.received_at);
        let last = newest.and_then(|it| uploads.iter().find(|upload| upload.id == it.upload));
        periods.push(PeriodCard {
            id: id.to_owned(),
            title: site.campaign.period(period).title.of(visitor.lang).to_string(),
            as_of: Some(site.campaign.period(period).as_of),
            forms: forms
                .iter()
                .map(|form| FormDue {
                    title: form.title.of(visitor.lang).to_string(),
                    is_required: true,
                    status: of_period.iter().find(|it| it.form == form.id.as_str()).map(|it| shown(it.newest.status)),
                })
                .collect(),
            deadline: site.last_minute(unit, period),
            extension: longer.map(|(until, reason)| Extension { until: clock::local(until), reason: reason.clone() }),
            state: match standing {
                _ if !is_locked => {
                    state(site, standing, until.map(clock::local).map(clock::last_minute), &decided, visitor.lang)
                }
                Standing::Due | Standing::Overdue | Standing::Returned => PeriodState::Missed,
                _ => PeriodState::Locked,
            },
            last: last.map(|upload| LastUpload {
                id: upload.id.to_string(),
                receipt: upload.receipt.clone(),
                at: clock::local(upload.received_at),
            }),
            has_template: site.package(unit, period).is_some(),
        });
    }
    // What is due first stands first; what is done goes behind.
    periods.sort_by_key(|card| (is_done(&card.state), card.deadline));
    let open = ObjectionFilter {
        campaign: site.id(),
        units: Units::Of(&codes),
        period: None,
        state: Some(ObjectionState::Open),
        before: None,
        limit: VERSIONS,
    };
    let objections = store.objections().list(&open).await.map_err(|error| visitor.store(&error))?;
    let attachments = store.attachments().list(site.id(), Units::Of(&codes), None).await;
    let attachments = attachments.map_err(|error| visitor.store(&error))?;
    let may_upload = signed.may(Action::Upload, site, unit);
    let superior = site.campaign.unit(unit).latest().parent.map(|parent| site.name(parent).to_owned());
    Ok(UnitHome {
        unit: site.unit_ref(unit),
        superior,
        is_own: signed.account.unit.as_deref() == Some(&code),
        periods,
        upload: may_upload.then(|| upload_form(signed, site, unit)),
        results: results(signed, site, unit).await?,
        versions: uploads.len() as u64,
        open_objections: objections.len() as u64,
        attachments: attachments.len() as u64,
    })
}

/// The form that takes reports of a unit.
pub(super) fn upload_form(signed: &Signed, site: &Site, unit: UnitIx) -> UploadForm {
    UploadForm {
        periods: periods(signed, site, unit),
        limit_mb: u32::try_from(signed.visitor.portal.file_bytes >> 20).unwrap_or(u32::MAX),
        problem: None,
    }
}

fn periods(signed: &Signed, site: &Site, unit: UnitIx) -> Vec<Choice> {
    let asks = |period: &PeriodIx| !site.forms_due(unit, *period).is_empty();
    let choice = |period: PeriodIx| {
        let period = site.campaign.period(period);
        Choice::new(period.id.as_str(), period.title.of(signed.visitor.lang), false)
    };
    site.campaign.period_ixs().filter(asks).map(choice).collect()
}

const fn is_done(state: &PeriodState) -> bool {
    matches!(state, PeriodState::Approved { .. } | PeriodState::Locked | PeriodState::Missed)
}

fn state(
    site: &Site,
    standing: Standing,
    deadline: Option<thidua_model::DateTime>,
    decided: &[Review],
    lang: thidua_pages::Lang,
) -> PeriodState {
    let now = clock::local(clock::now());
    let by = |review: &Review| decided_by(site, review, lang);
    let last = decided.last();
    match standing {
        Standing::NotDue => PeriodState::NotOpen { opens: None },
        Standing::Due => {
            let left = deadline.map_or(0, |deadline| days(now, deadline).max(0) as u32);
            PeriodState::Due { days_left: left }
        }
        Standing::Overdue => {
            let over = deadline.map_or(0, |deadline| days(deadline, now).max(1) as u32);
            PeriodState::Overdue { days: over }
        }
        Standing::Mend => PeriodState::Mend,
        Standing::Returned => {
            let reason = last.and_then(|review| review.reason.clone()).unwrap_or_default();
            PeriodState::Returned { by: last.map(by).unwrap_or_default(), reason }
        }
        Standing::Waiting { has_warnings: true, .. } => PeriodState::Warned,
        Standing::Waiting { .. } => PeriodState::Waiting,
        Standing::Approved => PeriodState::Approved {
            by: last.map(by).unwrap_or_default(),
            at: clock::local(last.map_or(0, |review| review.at)),
        },
    }
}

/// Everything that is kept about a unit, as one archive.
pub(crate) async fn export(signed: Signed, Path((campaign, code)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::Upload)?;
    let visitor = &signed.visitor;
    let made = tempfile::NamedTempFile::new_in(&visitor.portal.data).map_err(|error| visitor.failed(&error))?;
    let to = made.reopen().map_err(|error| visitor.failed(&error))?;
    let exported = visitor.portal.store.export_unit(site.code(unit), to, &signed.actor()).await;
    exported.map_err(|error| visitor.store(&error))?;
    let bytes = tokio::fs::read(made.path()).await.map_err(|error| visitor.failed(&error))?;
    Ok(file(&format!("{}.tar", site.code(unit)), ANY, bytes))
}
