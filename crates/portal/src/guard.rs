//! Figures of releases are for those who may see them: a token, or a session of a role that reads
//! figures, within the scope of its account. How the server is doing is for the operator.

use crate::access::{Action, Relation, TokenScope, figures, may};
use crate::answer::Refused;
use crate::clock;
use crate::session::{ACCOUNT, COOKIE};
use crate::state::Shared;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use thidua_model::Date;
use thidua_pages::errors::ErrorKind;
use thidua_pages::{Frame, Lang};
use thidua_server::{Asks, Guard, Scope};
use thidua_store::{AccountId, AccountState, Hashed, digest_of};

/// How often the use of a token is noted, in microseconds.
const USED_EVERY: i64 = 60_000_000;

pub(crate) fn guard(portal: Shared) -> Guard {
    Arc::new(move |asks, headers| {
        let portal = Arc::clone(&portal);
        Box::pin(async move { check(&portal, asks, &headers, clock::today()).await })
    })
}

/// What the caller may see today; an account that changed since its token was made is asked anew.
pub(crate) async fn check(portal: &Shared, asks: Asks, headers: &HeaderMap, today: Date) -> Result<Scope, Response> {
    let caller = match bearer(headers) {
        Some(token) => by_token(portal, token).await,
        None => by_session(portal, headers).await.map(|account| (account, TokenScope::Everything)),
    };
    let known = match caller {
        Some((id, token)) => portal.store.accounts().get(&id).await.ok().map(|account| (account, token)),
        None => None,
    };
    let Some((account, token)) = known.filter(|(account, _)| account.state == AccountState::Active) else {
        return Err((StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response());
    };
    let scope = match asks {
        Asks::Figures => figures(&account, &token, today),
        Asks::Metrics => may(account.role, Action::Metrics, Relation::None).then(Scope::everything),
    };
    scope.ok_or_else(|| Refused::page(&nobody(), ErrorKind::NotYours).into_response())
}

/// The surroundings of a page that is told before any session is looked at.
fn nobody() -> Frame {
    Frame::signed_out(Lang::Vi, "", "/", "")
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

async fn by_token(portal: &Shared, token: &str) -> Option<(AccountId, TokenScope)> {
    let hash: Hashed = digest_of(token.as_bytes()).into();
    let token = portal.store.tokens().valid(&hash, clock::now()).await.ok().flatten()?;
    // That a token was used is worth a line, not a refusal when the line fails.
    if let Err(error) = portal.store.tokens().used(&token.id, USED_EVERY, clock::now()).await {
        tracing::warn!(%error, "the use of a token was not noted");
    }
    Some((token.account, TokenScope::parse(&token.scope)?))
}

async fn by_session(portal: &Shared, headers: &HeaderMap) -> Option<AccountId> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let name = cookies.flat_map(|line| line.split(';')).find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    })?;
    let (data, _) = portal.store.sessions().load(name, clock::now()).await.ok().flatten()?;
    let data: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&data).ok()?;
    data.get(ACCOUNT)?.as_str().map(AccountId::from)
}
