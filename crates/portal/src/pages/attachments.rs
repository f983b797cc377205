//! Plans, minutes, evidence and signed scans: kept with a receipt, never parsed.

use super::names::Names;
use super::uploads::{Trouble, receive_form};
use crate::access::Action;
use crate::answer::{ANY, Answer, Refused, file};
use crate::clock;
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use thidua_model::UnitIx;
use thidua_pages::attachments::{AttachmentForm, AttachmentKind as Shown, AttachmentRow, Attachments};
use thidua_pages::errors::ErrorKind;
use thidua_pages::upload::UploadProblem;
use thidua_pages::{Choice, routes as to};
use thidua_store::{AttachmentId, AttachmentKind, NewAttachment, Units};

/// What the first bytes say; the name is the sender's.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    match () {
        () if starts(b"%PDF-") => Some("application/pdf"),
        () if starts(b"\xFF\xD8\xFF") => Some("image/jpeg"),
        () if starts(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        () if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Some("application/msword"),
        // A zip with a document in it: Word or OpenDocument.
        () if starts(b"PK\x03\x04") && holds(bytes, b"word/") => {
            Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
        () if starts(b"PK\x03\x04") && holds(bytes, b"opendocument.text") => {
            Some("application/vnd.oasis.opendocument.text")
        }
        () => None,
    }
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

pub(crate) async fn list(mut signed: Signed, Path((campaign, code)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let page = page(&signed, &site, unit, None).await?;
    signed.visitor.show(&page, Some(&*site)).await
}

async fn page(
    signed: &Signed,
    site: &Site,
    unit: UnitIx,
    problem: Option<UploadProblem>,
) -> Result<Attachments, Refused> {
    let visitor = &signed.visitor;
    let codes = [site.code(unit).to_owned()];
    let kept = visitor.portal.store.attachments().list(site.id(), Units::Of(&codes), None).await;
    let mut kept = kept.map_err(|error| visitor.store(&error))?;
    kept.sort_by_key(|it| std::cmp::Reverse(it.seq));
    let mut names = Names::default();
    let mut rows = Vec::new();
    for it in kept {
        rows.push(AttachmentRow {
            kind: Shown::parse(it.kind.as_str()).unwrap_or(Shown::Evidence),
            period: it.period.as_deref().map(|id| site.period_title(id, visitor.lang)).unwrap_or_default(),
            sent_by: names.name(visitor, it.account.as_ref()).await?,
            id: it.id.to_string(),
            file: it.file_name,
            bytes: it.size,
            receipt: it.receipt,
            received_at: clock::local(it.received_at),
        });
    }
    let periods = site.campaign.periods.iter().map(|it| Choice::new(it.id.as_str(), it.title.of(visitor.lang), false));
    let form = signed.may(Action::Upload, site, unit).then(|| AttachmentForm {
        periods: periods.collect(),
        kind: Shown::Plan,
        limit_mb: u32::try_from(visitor.portal.file_bytes >> 20).unwrap_or(u32::MAX),
        problem,
    });
    Ok(Attachments { unit: site.unit_ref(unit), rows, form })
}

pub(crate) async fn add(
    mut signed: Signed,
    Path((campaign, code)): Path<(String, String)>,
    files: Result<Multipart, MultipartRejection>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::Upload)?;
    let files = files.map_err(|_| signed.visitor.refuse(ErrorKind::BadForm))?;
    match keep(&signed, &site, unit, files).await {
        Ok(()) => Ok(Redirect::to(&to::attachments(site.id(), site.code(unit))).into_response()),
        Err(Trouble::Page(refused)) => Err(refused),
        Err(Trouble::UnknownUnit(_)) => Err(signed.visitor.refuse(ErrorKind::NotYours)),
        Err(Trouble::Problem(problem)) => {
            let page = page(&signed, &site, unit, Some(problem)).await?;
            let mut response = signed.visitor.show(&page, Some(&*site)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

async fn keep(signed: &Signed, site: &Site, unit: UnitIx, files: Multipart) -> Result<(), Trouble> {
    let sent = receive_form(signed, files).await?;
    let kind = sent.kind.as_deref().and_then(AttachmentKind::from_word);
    let kind = kind.ok_or_else(|| signed.visitor.refuse(ErrorKind::BadForm))?;
    let period = match &sent.period {
        Some(id) => Some(site.campaign.period(signed.period(site, id)?).id.as_str()),
        None => None,
    };
    // All or nothing: a file of a wrong kind keeps the others from being half a message.
    let types: Option<Vec<&str>> = sent.files.iter().map(|(_, bytes)| media_type(bytes)).collect();
    let types = types.ok_or(Trouble::Problem(UploadProblem::WrongType))?;
    let code = site.code(unit);
    for ((name, bytes), media_type) in sent.files.iter().zip(types) {
        let new = NewAttachment {
            campaign: site.id(),
            unit: code,
            period,
            kind,
            file_name: name,
            media_type,
            is_on_behalf: signed.account.unit.as_deref() != Some(code),
            bytes,
        };
        let kept = signed.visitor.portal.store.attachments().receive(&new, &signed.actor()).await;
        kept.map_err(|error| signed.visitor.store(&error))?;
    }
    Ok(())
}

pub(crate) async fn download(signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let store = &signed.visitor.portal.store;
    let found = store.attachments().get(&AttachmentId::from(id.as_str())).await;
    let found = found.map_err(|error| signed.visitor.store(&error))?;
    if found.campaign != site.id() {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    signed.unit(&site, &found.unit, Action::See)?;
    let bytes = store.blobs().read(&found.digest).await.map_err(|error| signed.visitor.store(&error))?;
    Ok(file(&found.file_name, ANY, bytes))
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn a_document_is_told_by_its_bytes_and_nothing_else_is_taken() {
        for (bytes, expected) in [
            (&b"%PDF-1.7"[..], Some("application/pdf")),
            (b"\xFF\xD8\xFF\xE0", Some("image/jpeg")),
            (
                b"PK\x03\x04....word/document.xml",
                Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ),
            (b"PK\x03\x04....xl/workbook.xml", None),
            (b"MZ\x90", None),
            (b"<html>", None),
            (b"", None),
        ] {
            assert_eq!(media_type(bytes), expected);
        }
    }
}
