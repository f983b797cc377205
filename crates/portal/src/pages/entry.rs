//! Signing in and out, activation, passwords, language, and what comes with every page.

use crate::answer::{Answer, Refused, html};
use crate::clock;
use crate::secrets::{SHORTEST, hash_of_code, weakness};
use crate::visitor::{Nothing, Posted, Signed, Visitor};
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::time::Duration;
use thidua_pages::errors::ErrorKind;
use thidua_pages::password::{ChangePassword, PasswordProblem};
use thidua_pages::sign_in::{Activate, Forgotten, SignIn, SignInProblem, SignedOut};
use thidua_pages::{Tone, View, assets, routes as to};
use thidua_store::{AccountState, Actor, Role, StoreError};

/// Wrong passwords or codes for one login, and from one address, in a quarter of an hour.
const MOST_OF_LOGIN: u64 = 8;
const MOST_OF_ADDRESS: u64 = 60;
const WINDOW: Duration = Duration::from_secs(15 * 60);

#[derive(Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct ActivateForm {
    login: String,
    code: String,
    password: String,
    again: String,
}

/// What a link to the activation fills in.
#[derive(Deserialize)]
pub(crate) struct Prefilled {
    #[serde(default)]
    login: String,
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    current: String,
    password: String,
    again: String,
}

#[derive(Deserialize)]
pub(crate) struct LanguageForm {
    lang: String,
    #[serde(default)]
    back: String,
}

/// The first page of the account's role.
pub(crate) async fn home(signed: Signed) -> Answer {
    let site = signed.visitor.sites.values().next_back();
    let Some(site) = site else { return Err(signed.visitor.refuse(ErrorKind::NotFound)) };
    campaign_home(&signed, site.id())
}

pub(crate) async fn campaign(signed: Signed, Path(campaign): Path<String>) -> Answer {
    let site = signed.site(&campaign)?;
    campaign_home(&signed, site.id())
}

fn campaign_home(signed: &Signed, campaign: &str) -> Answer {
    let site = signed.site(campaign)?;
    let period = site.campaign.period(site.current_period(clock::today())).id.as_str().to_owned();
    let own = signed.account.unit.as_deref().filter(|code| site.campaign.find_unit(code).is_some());
    let root = site.root().map(|unit| site.code(unit).to_owned()).unwrap_or_default();
    let address = match (signed.account.role, own) {
        (Role::Operator, _) => to::accounts(),
        (Role::Analyst, _) => to::data(),
        (Role::Superior, Some(own)) => to::tracking(campaign, own, &period),
        (Role::Unit, Some(own)) => to::unit_home(campaign, own),
        (Role::Department, _) => to::department(campaign, &period),
        (Role::Board, _) => to::tracking(campaign, &root, &period),
        (Role::Unit | Role::Superior, None) => return Err(signed.visitor.refuse(ErrorKind::NotYours)),
    };
    Ok(Redirect::to(&address).into_response())
}

pub(crate) async fn sign_in_page(mut visitor: Visitor, Query(Next { next }): Query<Next>) -> Answer {
    if visitor.account.is_some() {
        return Ok(Redirect::to(own_path(&next)).into_response());
    }
    let page = SignIn { login: String::new(), next, problem: None };
    visitor.show(&page, None).await
}

pub(crate) async fn sign_in(mut visitor: Visitor, Posted(form): Posted<SignInForm>) -> Answer {
    let login = form.login.trim().to_lowercase();
    let again = |problem| SignIn { login: form.login.clone(), next: form.next.clone(), problem: Some(problem) };
    if let Some(minutes) = tried_too_often(&visitor, &login).await? {
        return visitor.show(&again(SignInProblem::Wait { minutes }), None).await;
    }
    let portal = visitor.portal.clone();
    let found = portal.store.accounts().by_login(&login).await.map_err(|error| visitor.store(&error))?;
    let found = found.filter(|account| account.state == AccountState::Active);
    let password = found.as_ref().and_then(|account| account.password.as_ref());
    let is_right = portal.passwords.is_right(&form.password, password).await;
    let Some(account) = found.filter(|_| is_right) else {
        failed(&visitor, &login).await?;
        return visitor.show(&again(SignInProblem::Wrong), None).await;
    };
    forgive(&visitor, &login).await?;
    visitor.sign_in(&account).await?;
    let actor = Actor::of(&account.id, &visitor.address, clock::now());
    portal.store.accounts().logged_in(&account.id, &actor).await.map_err(|error| visitor.store(&error))?;
    Ok(Redirect::to(own_path(&form.next)).into_response())
}

/// A path of this portal, never another site's.
fn own_path(next: &str) -> &str {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if is_own { next } else { "/" }
}

pub(crate) async fn sign_out(visitor: Visitor, Posted(Nothing {}): Posted<Nothing>) -> Answer {
    let gone = visitor.session.flush().await;
    gone.map_err(|error| visitor.failed(&error))?;
    Ok(Redirect::to(&to::sign_out()).into_response())
}

pub(crate) async fn signed_out(mut visitor: Visitor) -> Answer {
    visitor.show(&SignedOut, None).await
}

pub(crate) async fn activate_page(mut visitor: Visitor, Query(asked): Query<Prefilled>) -> Answer {
    let page = Activate { login: asked.login, code: asked.code, min_length: SHORTEST as u32, problem: None };
    visitor.show(&page, None).await
}

pub(crate) async fn activate(mut visitor: Visitor, Posted(form): Posted<ActivateForm>) -> Answer {
    let login = form.login.trim().to_lowercase();
    let again = |problem, code: &str| Activate {
        login: form.login.clone(),
        code: code.to_owned(),
        min_length: SHORTEST as u32,
        problem: Some(problem),
    };
    if let Some(minutes) = tried_too_often(&visitor, &login).await? {
        return visitor.show(&again(PasswordProblem::Wait { minutes }, ""), None).await;
    }
    let portal = visitor.portal.clone();
    let code = hash_of_code(&form.code);
    let invited = portal.store.accounts().by_activation(&code).await.map_err(|error| visitor.store(&error))?;
    let Some(account) = invited.filter(|account| account.login == login) else {
        failed(&visitor, &login).await?;
        return visitor.show(&again(PasswordProblem::WrongCode, ""), None).await;
    };
    let problem = match weakness(&form.password, &login) {
        None if form.password != form.again => Some(PasswordProblem::NotSame),
        problem => problem,
    };
    if let Some(problem) = problem {
        return visitor.show(&again(problem, &form.code), None).await;
    }
    let hashed = portal.passwords.hash(&form.password).await;
    let hashed = hashed.ok_or_else(|| visitor.failed(&"a password was not hashed"))?;
    let actor = Actor::of(&account.id, &visitor.address, clock::now());
    match portal.store.accounts().activate(&code, &hashed, &actor).await {
        Ok(id) => {
            forgive(&visitor, &login).await?;
            let account = portal.store.accounts().get(&id).await.map_err(|error| visitor.store(&error))?;
            visitor.sign_in(&account).await?;
            Ok(Redirect::to(&to::home()).into_response())
        }
        Err(StoreError::NotActivatable) => visitor.show(&again(PasswordProblem::CodeExpired, ""), None).await,
        Err(error) => Err(visitor.store(&error)),
    }
}

pub(crate) async fn forgotten(mut visitor: Visitor) -> Answer {
    let operator = visitor.portal.contact.clone();
    visitor.show(&Forgotten { operator }, None).await
}

pub(crate) async fn password_page(mut signed: Signed) -> Answer {
    let page = ChangePassword { min_length: SHORTEST as u32, is_forced: false, problem: None };
    signed.visitor.show(&page, None).await
}

pub(crate) async fn password(mut signed: Signed, Posted(form): Posted<PasswordForm>) -> Answer {
    let login = signed.account.login.clone();
    let page = |problem| ChangePassword { min_length: SHORTEST as u32, is_forced: false, problem: Some(problem) };
    if let Some(minutes) = tried_too_often(&signed.visitor, &login).await? {
        return signed.visitor.show(&page(PasswordProblem::Wait { minutes }), None).await;
    }
    let portal = signed.visitor.portal.clone();
    if !portal.passwords.is_right(&form.current, signed.account.password.as_ref()).await {
        failed(&signed.visitor, &login).await?;
        return signed.visitor.show(&page(PasswordProblem::WrongCurrent), None).await;
    }
    let problem = match weakness(&form.password, &login) {
        None if form.password != form.again => Some(PasswordProblem::NotSame),
        problem => problem,
    };
    if let Some(problem) = problem {
        return signed.visitor.show(&page(problem), None).await;
    }
    let hashed = portal.passwords.hash(&form.password).await;
    let hashed = hashed.ok_or_else(|| signed.visitor.failed(&"a password was not hashed"))?;
    let stays = signed.visitor.session.id().map(|id| id.to_string());
    let actor = signed.actor();
    let set = portal.store.accounts().set_password(&signed.account.id, &hashed, stays.as_deref(), &actor).await;
    set.map_err(|error| signed.visitor.store(&error))?;
    let said = match signed.visitor.lang {
        thidua_pages::Lang::Vi => "Đã đổi mật khẩu; những nơi đăng nhập khác đã bị thoát.",
        thidua_pages::Lang::En => "The password is changed; other places were signed out.",
    };
    signed.visitor.flash(Tone::Good, said).await?;
    Ok(Redirect::to(&to::home()).into_response())
}

pub(crate) async fn language(visitor: Visitor, Posted(form): Posted<LanguageForm>) -> Answer {
    visitor.set_lang(&form.lang).await?;
    Ok(Redirect::to(own_path(&form.back)).into_response())
}

/// Style sheet, script and icon; their address changes with their bytes.
pub(crate) async fn asset(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(asset) = assets::find(&version, &name) else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.bytes).into_response()
}

pub(crate) async fn no_such_page(visitor: Visitor) -> Response {
    let page = thidua_pages::errors::ErrorPage { kind: ErrorKind::NotFound, request: None };
    html(StatusCode::NOT_FOUND, page.render(&visitor.frame(None)))
}

fn window() -> i64 {
    i64::try_from(WINDOW.as_micros()).unwrap_or(i64::MAX)
}

fn counters(visitor: &Visitor, login: &str) -> [(String, u64); 2] {
    [(format!("login:{login}"), MOST_OF_LOGIN), (format!("address:{}", visitor.address), MOST_OF_ADDRESS)]
}

/// Minutes to wait before the next try, if there were too many.
async fn tried_too_often(visitor: &Visitor, login: &str) -> Result<Option<u32>, Refused> {
    for (name, most) in counters(visitor, login) {
        let hits = visitor.portal.store.throttle().look(&name, window(), clock::now()).await;
        let hits = hits.map_err(|error| visitor.store(&error))?;
        if hits.hits >= most {
            let left = (hits.since + window() - clock::now()).max(0) / 60_000_000;
            return Ok(Some(u32::try_from(left).unwrap_or(u32::MAX).saturating_add(1)));
        }
    }
    Ok(None)
}

async fn failed(visitor: &Visitor, login: &str) -> Result<(), Refused> {
    for (name, _) in counters(visitor, login) {
        let counted = visitor.portal.store.throttle().hit(&name, window(), clock::now()).await;
        counted.map_err(|error| visitor.store(&error))?;
    }
    Ok(())
}

/// A right password forgets the wrong ones of this login; those of the address stay.
async fn forgive(visitor: &Visitor, login: &str) -> Result<(), Refused> {
    let forgotten = visitor.portal.store.throttle().forget(&format!("login:{login}")).await;
    forgotten.map_err(|error| visitor.store(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_sent_to_another_site() {
        for (next, expected) in [
            ("/c/x/units/y?z=1", "/c/x/units/y?z=1"),
            ("", "/"),
            ("https://example.vn", "/"),
            ("//example.vn", "/"),
            ("/\\example.vn", "/"),
        ] {
            assert_eq!(own_path(next), expected, "{next}");
        }
    }
}
