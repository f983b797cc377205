//! Tokens for programs that read figures, and where figures are to be had.

use super::names::Names;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::secrets::random_name;
use crate::visitor::{Nothing, Posted, Signed};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use thidua_pages::paging::Paging;
use thidua_pages::tokens::{Data, NewToken, TokenProblem, TokenRow, TokenState, Tokens};
use thidua_pages::{Lang, routes as to};
use thidua_store::{Hashed, TokenId, digest_of};

/// Lifetimes to choose from, in days.
const DAYS: [u32; 3] = [30, 90, 365];
/// Valid tokens of one account.
const MOST: usize = 20;
const NAME_CHARS: usize = 80;
const DAY: i64 = 24 * 3600 * 1_000_000;
/// What every token sees: all figures of published releases.
const SCOPE: &str = "everything";

#[derive(Deserialize)]
pub(crate) struct TokenForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    days: String,
}

fn scope(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "mọi số liệu đã công bố",
        Lang::En => "all published figures",
    }
}

pub(crate) async fn data(mut signed: Signed) -> Answer {
    signed.must(Action::Figures)?;
    let page = Data {
        scope: scope(signed.visitor.lang).to_owned(),
        explorer: "/graphiql".to_owned(),
        endpoint: "/graphql".to_owned(),
        exports: None,
    };
    signed.visitor.show(&page, None).await
}

async fn page(
    signed: &Signed,
    is_all: bool,
    fresh: Option<String>,
    problem: Option<(TokenProblem, String)>,
) -> Result<Tokens, Refused> {
    let visitor = &signed.visitor;
    let whose = (!is_all).then_some(&signed.account.id);
    let kept = visitor.portal.store.tokens().list(whose).await.map_err(|error| visitor.store(&error))?;
    let now = clock::now();
    let mut names = Names::default();
    let mut rows = Vec::new();
    for it in kept {
        rows.push(TokenRow {
            owner: names.login(visitor, Some(&it.account)).await?,
            state: match () {
                () if it.revoked_at.is_some() => TokenState::Revoked,
                () if it.expires_at <= now => TokenState::Expired,
                () => TokenState::Valid,
            },
            id: it.id.to_string(),
            name: it.name,
            scope: scope(visitor.lang).to_owned(),
            made_at: clock::local(it.created_at),
            expires_at: clock::local(it.expires_at),
            used_at: it.last_used_at.map(clock::local),
        });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.made_at));
    let (problem, name) = problem.map_or((None, String::new()), |(problem, name)| (Some(problem), name));
    let paging = Paging::single(rows.len() as u64);
    let form = (!is_all).then(|| NewToken { name, days: DAYS.to_vec(), problem });
    Ok(Tokens { is_all, fresh, rows, paging, form })
}

pub(crate) async fn own(mut signed: Signed) -> Answer {
    signed.must(Action::Figures)?;
    let page = page(&signed, false, None, None).await?;
    signed.visitor.show(&page, None).await
}

pub(crate) async fn all(mut signed: Signed) -> Answer {
    signed.must(Action::Administer)?;
    let page = page(&signed, true, None, None).await?;
    signed.visitor.show(&page, None).await
}

/// Makes a token and shows it this once.
pub(crate) async fn make(mut signed: Signed, Posted(form): Posted<TokenForm>) -> Answer {
    signed.must(Action::Figures)?;
    let name: String = form.name.trim().chars().take(NAME_CHARS).collect();
    let days = form.days.parse::<u32>().ok().filter(|days| DAYS.contains(days)).unwrap_or(DAYS[0]);
    let tokens = signed.visitor.portal.store.tokens().list(Some(&signed.account.id)).await;
    let tokens = tokens.map_err(|error| signed.visitor.store(&error))?;
    let now = clock::now();
    let valid = tokens.iter().filter(|it| it.revoked_at.is_none() && it.expires_at > now).count();
    let problem = match () {
        () if name.is_empty() => Some(TokenProblem::NoName),
        () if valid >= MOST => Some(TokenProblem::TooMany { most: MOST as u32 }),
        () => None,
    };
    if let Some(problem) = problem {
        let page = page(&signed, false, None, Some((problem, name))).await?;
        let mut response = signed.visitor.show(&page, None).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let Some(clear) = random_name() else { return Err(signed.visitor.failed(&"no random bits")) };
    let new = thidua_store::NewToken {
        account: signed.account.id.clone(),
        name,
        hash: Hashed::from(digest_of(clear.as_bytes())),
        scope: SCOPE.to_owned(),
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
        return Err(signed.visitor.refuse(thidua_pages::errors::ErrorKind::NotYours));
    }
    store.tokens().revoke(&id, &signed.actor()).await.map_err(|error| signed.visitor.store(&error))?;
    Ok(Redirect::to(&if is_operator { to::all_tokens() } else { to::tokens() }).into_response())
}
