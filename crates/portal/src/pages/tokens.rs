//! Tokens for programs that read figures.
//!
//! A token is made for all that its account sees, or for a unit at or below the account's own. What it
//! opens is decided anew at each use (`access::figures`).

use super::names::Names;
use crate::access::{Action, Relation, TokenScope, figures, may};
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::secrets::random_name;
use crate::visitor::{Nothing, Posted, Signed, Visitor};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use thidua_pages::errors::ErrorKind;
use thidua_pages::paging::Paging;
use thidua_pages::tokens::{NewToken, TokenProblem, TokenRow, TokenState, Tokens};
use thidua_pages::{routes as to, said};
use thidua_store::{Account, Hashed, TokenId, digest_of};

/// Lifetimes to choose from, in days.
const DAYS: [u32; 3] = [30, 90, 365];
/// Valid tokens of one account.
const MOST: usize = 20;
const NAME_CHARS: usize = 80;
const DAY: i64 = 24 * 3600 * 1_000_000;

#[derive(Deserialize)]
pub(crate) struct TokenForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    days: String,
}

/// What was typed, and why no token was made of it.
struct Typed {
    name: String,
    unit: String,
    problem: Option<TokenProblem>,
}

/// A token opens something for those who read figures, and for the operator, who reads `/metrics`.
fn must_have_tokens(signed: &Signed) -> Result<(), Refused> {
    let is_for_metrics = may(signed.account.role, Action::Metrics, Relation::None);
    if is_for_metrics || reads_figures(&signed.account) {
        Ok(())
    } else {
        Err(signed.visitor.refuse(ErrorKind::NotYours))
    }
}

pub(super) fn reads_figures(account: &Account) -> bool {
    figures(account, &TokenScope::Everything, clock::today()).is_some()
}

/// What an account, or one of its tokens, sees, in words.
pub(super) fn in_words(visitor: &Visitor, account: &Account, token: Option<&TokenScope>) -> String {
    let lang = visitor.lang;
    let Some(token) = token.filter(|_| reads_figures(account)) else {
        let is_for_metrics = may(account.role, Action::Metrics, Relation::None);
        return if is_for_metrics { said::SCOPE_METRICS } else { said::SCOPE_NOTHING }.of(lang).to_owned();
    };
    let below = |code: &str| {
        let sites = visitor.sites.values().rev();
        let known = sites.into_iter().find_map(|site| Some(site.name(site.campaign.find_unit(code)?).to_owned()));
        let name = known.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"));
        said::SCOPE_BELOW.fill(lang, &[&name])
    };
    let own = account.unit.as_deref();
    match (token.unit(), own) {
        (None, None) => said::SCOPE_ALL.of(lang).to_owned(),
        (None, Some(unit)) | (Some(unit), None) => below(unit),
        (Some(unit), Some(own)) if unit == own => below(unit),
        (Some(unit), Some(own)) => said::SCOPE_WITHIN.fill(lang, &[&below(unit), &own]),
    }
}

async fn page(signed: &Signed, is_all: bool, fresh: Option<String>, typed: Option<Typed>) -> Result<Tokens, Refused> {
    let visitor = &signed.visitor;
    let whose = (!is_all).then_some(&signed.account.id);
    let kept = visitor.portal.store.tokens().list(whose).await.map_err(|error| visitor.store(&error))?;
    let now = clock::now();
    let mut names = Names::default();
    let mut rows = Vec::new();
    for it in kept {
        let account = names.account(visitor, &it.account).await?;
        rows.push(TokenRow {
            owner: account.login.clone(),
            state: match () {
                () if it.revoked_at.is_some() => TokenState::Revoked,
                () if it.expires_at <= now => TokenState::Expired,
                () => TokenState::Valid,
            },
            id: it.id.to_string(),
            name: it.name,
            scope: in_words(visitor, account, TokenScope::parse(&it.scope).as_ref()),
            made_at: clock::local(it.created_at),
            expires_at: clock::local(it.expires_at),
            used_at: it.last_used_at.map(clock::local),
        });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.made_at));
    let Typed { name, unit, problem } =
        typed.unwrap_or_else(|| Typed { name: String::new(), unit: String::new(), problem: None });
    let unit = reads_figures(&signed.account).then_some(unit);
    let paging = Paging::single(rows.len() as u64);
    let form = Some(NewToken { name, unit, days: DAYS.to_vec(), problem });
    Ok(Tokens { is_all, fresh, rows, paging, form })
}

pub(crate) async fn own(mut signed: Signed) -> Answer {
    must_have_tokens(&signed)?;
    let page = page(&signed, false, None, None).await?;
    signed.visitor.show(&page, None).await
}

pub(crate) async fn all(mut signed: Signed) -> Answer {
    signed.must(Action::Administer)?;
    let page = page(&signed, true, None, None).await?;
    signed.visitor.show(&page, None).await
}

/// The unit typed is one that the account sees, at some time of some campaign.
fn is_seen(signed: &Signed, code: &str) -> bool {
    let own = signed.account.unit.as_deref();
    signed.visitor.sites.values().any(|site| {
        let Some(unit) = site.campaign.find_unit(code) else { return false };
        match own {
            None => true,
            Some(own) => site.campaign.find_unit(own).is_some_and(|own| own == unit || site.is_below(unit, own)),
        }
    })
}

/// Makes a token and shows it this once.
pub(crate) async fn make(mut signed: Signed, Posted(form): Posted<TokenForm>) -> Answer {
    must_have_tokens(&signed)?;
    let name: String = form.name.trim().chars().take(NAME_CHARS).collect();
    let unit = if reads_figures(&signed.account) { form.unit.trim().to_owned() } else { String::new() };
    let days = form.days.parse::<u32>().ok().filter(|days| DAYS.contains(days)).unwrap_or(DAYS[0]);
    let tokens = signed.visitor.portal.store.tokens().list(Some(&signed.account.id)).await;
    let tokens = tokens.map_err(|error| signed.visitor.store(&error))?;
    let now = clock::now();
    let valid = tokens.iter().filter(|it| it.revoked_at.is_none() && it.expires_at > now).count();
    let problem = match () {
        () if name.is_empty() => Some(TokenProblem::NoName),
        () if !unit.is_empty() && !is_seen(&signed, &unit) => Some(TokenProblem::NoSuchUnit),
        () if valid >= MOST => Some(TokenProblem::TooMany { most: MOST as u32 }),
        () => None,
    };
    if problem.is_some() {
        let unit = unit.chars().take(NAME_CHARS).collect();
        let page = page(&signed, false, None, Some(Typed { name, unit, problem })).await?;
        let mut response = signed.visitor.show(&page, None).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let Some(clear) = random_name() else { return Err(signed.visitor.failed(&"no random bits")) };
    let scope = if unit.is_empty() { TokenScope::Everything } else { TokenScope::Unit(unit) };
    let new = thidua_store::NewToken {
        account: signed.account.id.clone(),
        name,
        hash: Hashed::from(digest_of(clear.as_bytes())),
        scope: scope.to_string(),
        expires_at: now + i64::from(days) * DAY,
    };
    let made = signed.visitor.portal.store.tokens().create(&new, &signed.actor()).await;
    made.map_err(|error| signed.visitor.store(&error))?;
    let page = page(&signed, false, Some(clear), None).await?;
    signed.visitor.show(&page, None).await
}

/// One's own token, or any for the operator.
pub(crate) async fn revoke(signed: Signed, Path(id): Path<String>, Posted(Nothing {}): Posted<Nothing>) -> Answer {
    let is_operator = signed.must(Action::Administer).is_ok();
    let store = &signed.visitor.portal.store;
    let own = store.tokens().list(Some(&signed.account.id)).await.map_err(|error| signed.visitor.store(&error))?;
    let id = TokenId::from(id.as_str());
    if !is_operator && !own.iter().any(|token| token.id == id) {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    store.tokens().revoke(&id, &signed.actor()).await.map_err(|error| signed.visitor.store(&error))?;
    Ok(Redirect::to(&if is_operator { to::all_tokens() } else { to::tokens() }).into_response())
}
