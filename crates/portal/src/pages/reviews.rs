//! Approving and returning a submission.

use crate::access::Action;
use crate::answer::Answer;
use crate::visitor::{Nothing, Posted, Signed};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use thidua_pages::errors::ErrorKind;
use thidua_pages::{Tone, routes as to, said};
use thidua_store::{Decision, NewReview, StoreError, SubmissionId};

#[derive(Deserialize)]
pub(crate) struct ReturnForm {
    #[serde(default)]
    reason: String,
}

pub(crate) async fn approve(
    signed: Signed,
    Path((campaign, id)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Answer {
    decide(&signed, &campaign, &id, Decision::Approved, None).await
}

pub(crate) async fn send_back(
    signed: Signed,
    Path((campaign, id)): Path<(String, String)>,
    Posted(form): Posted<ReturnForm>,
) -> Answer {
    let reason = form.reason.trim();
    decide(&signed, &campaign, &id, Decision::Returned, Some(reason)).await
}

async fn decide(signed: &Signed, campaign: &str, id: &str, decision: Decision, reason: Option<&str>) -> Answer {
    let site = signed.site(campaign)?;
    let store = &signed.visitor.portal.store;
    let id = SubmissionId::from(id);
    let submission = store.readings().submission(&id).await.map_err(|error| signed.visitor.store(&error))?;
    if submission.campaign != site.id() {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    signed.unit(&site, &submission.unit, Action::Review)?;
    let level = signed.account.unit.as_deref();
    let new = NewReview { submission: &id, decision, reason: reason.filter(|it| !it.is_empty()), level };
    let (tone, said) = match store.reviews().decide(&new, &signed.actor()).await {
        Ok(_) if decision == Decision::Approved => (Tone::Good, said::APPROVED),
        Ok(_) => (Tone::Good, said::RETURNED),
        Err(StoreError::ReasonMissing { .. }) => (Tone::Bad, said::REASON_MISSING),
        Err(error) => return Err(signed.visitor.store(&error)),
    };
    signed.visitor.flash(tone, said.of(signed.visitor.lang)).await?;
    Ok(Redirect::to(&to::upload_result(site.id(), submission.upload.as_str())).into_response())
}
