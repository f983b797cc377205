//! The workbook that a unit fills in, with what is known already.

use crate::access::Action;
use crate::answer::{Answer, XLSX, file};
use crate::earlier::Earlier;
use crate::visitor::Signed;
use axum::extract::Path;
use thidua_forms::{Prefill, workbook};
use thidua_pages::errors::ErrorKind;

pub(crate) async fn template(signed: Signed, Path((campaign, code, period)): Path<(String, String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let period = signed.period(&site, &period)?;
    let Some(package) = site.package(unit, period) else {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    };
    let earlier = Earlier::of(&signed.visitor.portal, &site, package, unit, period).await;
    let name = format!("{}_{}.xlsx", site.code(unit), site.campaign.period(period).id.as_str());
    let made = tokio::task::spawn_blocking(move || {
        let last = |field| earlier.last(field);
        let registered = |field| earlier.registered(field);
        let prefill = Prefill {
            unit: Some(unit),
            period: Some(period),
            last: &last,
            registered: &registered,
            ..Prefill::blank()
        };
        site.package(unit, period).map(|package| workbook(&site.campaign, package, &prefill))
    });
    match made.await {
        Ok(Some(Ok(bytes))) => Ok(file(&name, XLSX, bytes)),
        Ok(Some(Err(error))) => Err(signed.visitor.failed(&error)),
        Ok(None) => Err(signed.visitor.refuse(ErrorKind::NotFound)),
        Err(error) => Err(signed.visitor.failed(&error)),
    }
}
