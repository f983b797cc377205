//! Figures of releases are for those who may see them: a token, or a session of a role that reads
//! figures.

use crate::access::{Action, Relation, may};
use crate::answer::Refused;
use crate::clock;
use crate::session::{ACCOUNT, COOKIE};
use crate::state::Shared;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use thidua_pages::errors::ErrorKind;
use thidua_pages::{Frame, Lang};
use thidua_server::Guard;
use thidua_store::{AccountId, AccountState, Hashed, digest_of};

/// How often the use of a token is noted, in microseconds.
const USED_EVERY: i64 = 60_000_000;

pub(crate) fn guard(portal: Shared) -> Guard {
    Arc::new(move |headers, _uri: Uri| {
        let portal = Arc::clone(&portal);
        Box::pin(async move { check(&portal, &headers).await })
    })
}

/// `None`: go on.
async fn check(portal: &Shared, headers: &HeaderMap) -> Option<Response> {
    let account = match bearer(headers) {
        Some(token) => {
            let hash: Hashed = digest_of(token.as_bytes()).into();
            let token = portal.store.tokens().valid(&hash, clock::now()).await.ok().flatten();
            if let Some(token) = &token {
                // That a token was used is worth a line, not a refusal when the line fails.
                let noted = portal.store.tokens().used(&token.id, USED_EVERY, clock::now()).await;
                if let Err(error) = noted {
                    tracing::warn!(%error, "the use of a token was not noted");
                }
            }
            token.map(|token| token.account)
        }
        None => by_session(portal, headers).await,
    };
    let account = match account {
        Some(id) => portal.store.accounts().get(&id).await.ok(),
        None => None,
    };
    match account {
        Some(account) if account.state == AccountState::Active => {
            let is_allowed = may(account.role, Action::Figures, Relation::None);
            (!is_allowed).then(|| Refused::page(&nobody(), ErrorKind::NotYours).into_response())
        }
        _ => Some((StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()),
    }
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
