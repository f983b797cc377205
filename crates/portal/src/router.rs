//! Every address of the portal and its handler.

use crate::answer::careful;
use crate::pages::{
    accounts, attachments, corrections, data, department, differences, entry, extend, figures, form2, history,
    objections, operator, publish, releases, result, reviews, runs, superior, template, tokens, unit, uploads,
};
use crate::session::{COOKIE, Sessions};
use crate::state::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::{get, post};
use thidua_pages::routes as to;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

/// A form has fewer bytes than this; files come another way.
const FORM_BYTES: usize = 256 << 10;
/// Files of one upload together.
const FILES: usize = 12;
/// A session ends after this time without a request.
const IDLE_MINUTES: i64 = 120;

/// Addresses that the pages know and that lead nowhere yet: the navigation leaves them out.
pub(crate) const WITHOUT: &[&str] = &[];

/// All pages. `is_secure`: cookies go over HTTPS alone.
pub(crate) fn router(portal: &Shared, is_secure: bool) -> Router {
    let sessions = SessionManagerLayer::new(Sessions(portal.store.clone()))
        .with_name(COOKIE)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(is_secure)
        .with_expiry(Expiry::OnInactivity(time::Duration::minutes(IDLE_MINUTES)));
    let files = portal.file_bytes.saturating_mul(FILES);
    let pages = Router::new()
        .route(to::HOME, get(entry::home))
        .route(to::SIGN_IN, get(entry::sign_in_page).post(entry::sign_in))
        .route(to::SIGN_OUT, get(entry::signed_out).post(entry::sign_out))
        .route(to::ACTIVATE, get(entry::activate_page).post(entry::activate))
        .route(to::FORGOTTEN, get(entry::forgotten))
        .route(to::PASSWORD, get(entry::password_page).post(entry::password))
        .route(to::LANGUAGE, post(entry::language))
        .route(to::CAMPAIGN, get(entry::campaign))
        .route(to::UNIT_HOME, get(unit::home))
        .route(to::TEMPLATE, get(template::template))
        .route(to::UPLOAD, post(uploads::upload).layer(DefaultBodyLimit::max(files)))
        .route(to::RECEIVED, get(result::received))
        .route(to::UPLOAD_RESULT, get(result::result))
        .route(to::UPLOAD_EVENTS, get(result::events))
        .route(to::UPLOAD_ORIGINAL, get(result::original))
        .route(to::HISTORY, get(history::history))
        .route(to::APPROVE, post(reviews::approve))
        .route(to::RETURN, post(reviews::send_back))
        .route(to::TRACKING, get(superior::tracking))
        .route(to::ON_BEHALF, get(superior::on_behalf).post(uploads::on_behalf).layer(DefaultBodyLimit::max(files)))
        .route(to::UNIT_EXPORT, get(unit::export))
        .route(to::FORM2, get(form2::form2))
        .route(to::FORM2_WORKBOOK, get(form2::workbook))
        .route(to::REMINDERS, get(extend::reminders))
        .route(to::EXTEND, get(extend::extend_page).post(extend::extend))
        .route(to::OBJECTIONS, get(objections::of_unit).post(objections::ask))
        .route(to::ALL_OBJECTIONS, get(objections::of_all))
        .route(to::OBJECTION, get(objections::thread))
        .route(to::REPLY, post(objections::reply))
        .route(to::DECIDE, post(objections::decide))
        .route(to::ATTACHMENTS, get(attachments::list).post(attachments::add).layer(DefaultBodyLimit::max(files)))
        .route(to::ATTACHMENT, get(attachments::download))
        .route(to::DATA, get(data::data))
        .route(to::TOKENS, get(tokens::own).post(tokens::make))
        .route(to::REVOKE, post(tokens::revoke))
        .route(to::ALL_TOKENS, get(tokens::all))
        .route(to::DEADLINES, get(operator::deadlines))
        .route(to::HEALTH, get(operator::health))
        .route(to::AUDIT, get(operator::audit))
        .route(to::JOBS, get(operator::jobs))
        .route(to::UPLOAD_ISSUES, get(result::issues))
        .route(to::UPLOAD_ANNOTATED, get(result::annotated))
        .route(to::JOB_EVENTS, get(runs::events))
        .route(to::CORRECTIONS, get(corrections::list))
        .route(to::CORRECT, get(corrections::page).post(corrections::correct))
        .route(to::WITHDRAW, post(corrections::withdraw))
        .route(to::DEPARTMENT, get(department::department))
        .route(to::ACCOUNT, get(accounts::account).post(accounts::edit))
        .route(to::DISABLE, post(accounts::disable))
        .route(to::ENABLE, post(accounts::enable))
        .route(to::RUN, post(runs::run))
        .route(to::JOB, get(runs::job))
        .route(to::RELEASES, get(releases::list))
        .route(to::DIFFERENCES, get(differences::page))
        .route(to::COVERAGE, get(figures::coverage::coverage))
        .route(to::TARGETS, get(figures::targets::targets))
        .route(to::RANKING, get(figures::ranking::ranking))
        .route(to::PLACE, get(figures::place::place))
        .route(to::WORKS, get(figures::works::works))
        .route(to::AWARDS, get(figures::awards::awards))
        .route(to::RELEASE_FILE, get(releases::download))
        .route(to::PUBLISH, get(publish::publish_page).post(publish::publish))
        .route(to::RESET, get(accounts::reset_page).post(accounts::reset))
        .route(to::ACCOUNTS, get(accounts::list))
        .route(to::NEW_ACCOUNT, get(accounts::new_page).post(accounts::new))
        .route(to::IMPORT, get(accounts::import_page).post(accounts::import))
        .fallback(entry::no_such_page)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(sessions)
        .with_state(portal.clone());
    // Without a session: they are the same for everybody.
    pages.route(to::ASSET, get(entry::asset)).layer(axum::middleware::map_response(async |mut response: Response| {
        careful(response.headers_mut());
        response
    }))
}
