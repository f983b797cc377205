//! Files come in: kept before anything is said of them.
//!
//! In:  a form with files, its token first.
//! Out: uploads with receipts, and a job to read each; the page of the answer.
//!
//! Not here: reading them (`reading`), showing what was found (`result`).

use super::unit;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::reading::{READ, taken_apart};
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use governor::clock::{Clock, DefaultClock};
use thidua_model::UnitIx;
use thidua_pages::errors::ErrorKind;
use thidua_pages::superior::OnBehalf;
use thidua_pages::upload::UploadProblem;
use thidua_pages::{Choice, View, routes as to};
use thidua_store::{NewUpload, Upload};

/// Files of one upload.
const MOST_FILES: usize = 10;
/// Characters of a name that are kept.
const NAME_CHARS: usize = 200;

/// What a form of files says.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) period: Option<String>,
    unit: Option<String>,
    /// Of attachments.
    pub(super) kind: Option<String>,
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Why nothing was taken: to be told in the page of the form, or a page of its own.
pub(super) enum Trouble {
    Problem(UploadProblem),
    /// A code was typed that is no unit of the sender's.
    UnknownUnit(String),
    Page(Refused),
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Page(refused)
    }
}

pub(crate) async fn upload(
    mut signed: Signed,
    Path((campaign, code)): Path<(String, String)>,
    files: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::Upload)?;
    let files = files.map_err(|_| signed.visitor.refuse(ErrorKind::BadForm))?;
    match receive(&signed, &site, unit, files).await {
        Ok(uploads) => Ok(answer(&site, &uploads)),
        Err(Trouble::Page(refused)) => Err(refused),
        Err(Trouble::UnknownUnit(_)) => Err(signed.visitor.refuse(ErrorKind::NotYours)),
        Err(Trouble::Problem(problem)) => {
            let mut page = unit::page(&signed, &site, unit).await?;
            if let Some(form) = &mut page.upload {
                form.problem = Some(problem);
            }
            shown_again(&mut signed, &site, &page, status(problem)).await
        }
    }
}

pub(crate) async fn on_behalf(
    mut signed: Signed,
    Path((campaign, code)): Path<(String, String)>,
    files: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let own = signed.unit(&site, &code, Action::Upload)?;
    let files = files.map_err(|_| signed.visitor.refuse(ErrorKind::BadForm))?;
    match receive(&signed, &site, own, files).await {
        Ok(uploads) => Ok(answer(&site, &uploads)),
        Err(Trouble::Page(refused)) => Err(refused),
        Err(Trouble::UnknownUnit(code)) => {
            let page = on_behalf_form(&signed, &site, own, None, &code);
            shown_again(&mut signed, &site, &page, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Trouble::Problem(problem)) => {
            let page = on_behalf_form(&signed, &site, own, Some(problem), "");
            shown_again(&mut signed, &site, &page, status(problem)).await
        }
    }
}

/// The form for files of units below.
/// `typed`: a code that is no unit below.
pub(super) fn on_behalf_form(
    signed: &Signed,
    site: &Site,
    own: UnitIx,
    problem: Option<UploadProblem>,
    typed: &str,
) -> OnBehalf {
    let lang = signed.visitor.lang;
    let period = site.current_period(crate::clock::today());
    let below = site.subtree(own, period).into_iter().filter(|unit| *unit != own);
    let below: Vec<Choice> = below.map(|unit| Choice::new(site.code(unit), site.name(unit), false)).collect();
    let periods = site.campaign.periods.iter();
    OnBehalf {
        unit: site.unit_ref(own),
        units: if below.len() > OnBehalf::MOST_UNITS { Vec::new() } else { below },
        typed: typed.to_owned(),
        is_unknown_unit: !typed.is_empty(),
        periods: periods.map(|it| Choice::new(it.id.as_str(), it.title.of(lang), false)).collect(),
        limit_mb: u32::try_from(signed.visitor.portal.file_bytes >> 20).unwrap_or(u32::MAX),
        problem,
    }
}

async fn shown_again(signed: &mut Signed, site: &Site, page: &impl View, status: StatusCode) -> Answer {
    let mut response = signed.visitor.show(page, Some(site)).await?;
    *response.status_mut() = status;
    Ok(response)
}

const fn status(problem: UploadProblem) -> StatusCode {
    match problem {
        UploadProblem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// One file has a page of its own; several share one.
fn answer(site: &Site, uploads: &[Upload]) -> axum::response::Response {
    let address = match uploads {
        [only] => to::upload_result(site.id(), only.id.as_str()),
        several => {
            let first = several.first().map_or("", |upload| upload.id.as_str());
            let count = several.len().to_string();
            format!("{}{}", to::received(site.id()), to::query(&[("from", first), ("count", &count)]))
        }
    };
    Redirect::to(&address).into_response()
}

async fn receive(signed: &Signed, site: &Site, unit: UnitIx, files: Multipart) -> Result<Vec<Upload>, Trouble> {
    let sent = receive_form(signed, files).await?;
    let meant = match &sent.unit {
        Some(code) => signed.unit(site, code, Action::Upload).map_err(|_| Trouble::UnknownUnit(code.clone()))?,
        None => unit,
    };
    let period = match &sent.period {
        Some(id) => Some(signed.period(site, id)?),
        None => None,
    };
    let code = site.code(meant);
    let arrived = taken_apart(&signed.visitor.portal, sent.files).await;
    let mut uploads = Vec::with_capacity(arrived.len());
    for file in &arrived {
        let new = NewUpload {
            campaign: site.id(),
            unit: code,
            period: period.map(|period| site.campaign.period(period).id.as_str()),
            file_name: &file.name,
            came_in: file.came_in.as_deref(),
            is_on_behalf: signed.account.unit.as_deref() != Some(code),
            bytes: &file.bytes,
            then: Some(READ),
        };
        let received = signed.visitor.portal.store.uploads().receive(&new, &signed.actor()).await;
        uploads.push(received.map_err(|error| signed.visitor.store(&error))?);
        signed.visitor.portal.work.notify_one();
    }
    Ok(uploads)
}

/// Reads a form with at least one file, none of them empty.
pub(super) async fn receive_form(signed: &Signed, files: Multipart) -> Result<Sent, Trouble> {
    // Before anything of it is read.
    if let Err(wait) = signed.visitor.portal.uploads.check_key(&signed.account.id.to_string()) {
        let left = wait.wait_time_from(DefaultClock::default().now()).as_secs();
        let seconds = u32::try_from(left).unwrap_or(u32::MAX).saturating_add(1);
        return Err(signed.visitor.refuse(ErrorKind::Wait { seconds }).into());
    }
    let sent = sent(signed, files).await?;
    if sent.files.is_empty() {
        return Err(Trouble::Problem(UploadProblem::NoFile));
    }
    if sent.files.iter().any(|(_, bytes)| bytes.is_empty()) {
        return Err(Trouble::Problem(UploadProblem::Empty));
    }
    Ok(sent)
}

/// The token comes first, so that nothing is kept of a form that is not ours.
async fn sent(signed: &Signed, mut files: Multipart) -> Result<Sent, Trouble> {
    let visitor = &signed.visitor;
    let limit = visitor.portal.file_bytes;
    let limit_mb = u32::try_from(limit >> 20).unwrap_or(u32::MAX);
    let cut = |error: MultipartError| {
        Trouble::Problem(match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => UploadProblem::TooLarge { limit_mb },
            _ => UploadProblem::CutOff,
        })
    };
    let mut sent = Sent::default();
    let mut is_ours = false;
    while let Some(field) = files.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or_default().to_owned();
        if !is_ours {
            let token = if name == to::CSRF { field.text().await.map_err(cut)? } else { String::new() };
            if !visitor.is_own_form(&token) {
                return Err(visitor.refuse(ErrorKind::Stale).into());
            }
            is_ours = true;
            continue;
        }
        match name.as_str() {
            "period" => sent.period = Some(field.text().await.map_err(cut)?).filter(|text| !text.is_empty()),
            "kind" => sent.kind = Some(field.text().await.map_err(cut)?),
            "unit" => sent.unit = Some(field.text().await.map_err(cut)?).filter(|text| !text.is_empty()),
            "files" => {
                let file_name = file_name(&field);
                let bytes = whole(field, limit).await.map_err(cut)?;
                let Some(bytes) = bytes else {
                    return Err(Trouble::Problem(UploadProblem::TooLarge { limit_mb }));
                };
                // A browser sends an empty field when nothing was chosen.
                if file_name.is_empty() && bytes.is_empty() {
                    continue;
                }
                if sent.files.len() == MOST_FILES {
                    return Err(Trouble::Problem(UploadProblem::TooMany { most: MOST_FILES as u32 }));
                }
                sent.files.push((file_name, bytes));
            }
            _ => {}
        }
    }
    if is_ours { Ok(sent) } else { Err(visitor.refuse(ErrorKind::Stale).into()) }
}

/// The bytes of a file, `None` when they are more than allowed.
async fn whole(mut field: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        if bytes.len() + chunk.len() > limit {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// As it was sent, without folders: a text to show, never a path.
fn file_name(field: &Field<'_>) -> String {
    let name = field.file_name().unwrap_or_default();
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect()
}
