//! Who is there: the session of a request, its account, language and proof of origin.
//!
//! In:  a request.
//! Out: a [`Visitor`], or the page to sign in; for a form that was sent, its fields, once its token
//!      is the session's.
//!
//! Not here: what they may do (`access`).

use crate::access::{Action, Relation, may};
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::peer::client;
use crate::secrets;
use crate::session::ACCOUNT;
use crate::site::Site;
use crate::state::{Shared, Sites};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::sync::Arc;
use thidua_model::{PeriodIx, UnitIx};
use thidua_pages::errors::ErrorKind;
use thidua_pages::routes as to;
use thidua_pages::{Choice, Flash, Frame, Lang, Tone, User};
use thidua_store::{Account, AccountState, Actor, Role, StoreError};
use tower_sessions::Session;

const CSRF: &str = "csrf";
const LANG: &str = "lang";
const FLASH: &str = "flash";

/// Whoever sent the request.
pub(crate) struct Visitor {
    pub(crate) portal: Shared,
    /// The campaigns as they were when the request came: it is answered by one definition.
    pub(crate) sites: Arc<Sites>,
    pub(crate) session: Session,
    /// `None`: not signed in.
    pub(crate) account: Option<Account>,
    pub(crate) lang: Lang,
    /// Path and query.
    pub(crate) here: String,
    pub(crate) address: String,
    csrf: String,
    flashes: Vec<Flash>,
}

/// The same, signed in.
pub(crate) struct Signed {
    pub(crate) visitor: Visitor,
    pub(crate) account: Account,
}

impl FromRequestParts<Shared> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Refused> {
        let session = Session::from_request_parts(parts, portal)
            .await
            .map_err(|(_, why)| Refused::bare(ErrorKind::Failed, &why))?;
        let broken = |error: tower_sessions::session::Error| Refused::bare(ErrorKind::Failed, &error);
        let account: Option<String> = session.get(ACCOUNT).await.map_err(broken)?;
        let account = match account {
            Some(id) => match portal.store.accounts().get(&id.into()).await {
                Ok(account) => Some(account).filter(|account| account.state == AccountState::Active),
                Err(StoreError::NotFound { .. }) => None,
                Err(error) => return Err(Refused::bare(ErrorKind::Failed, &error)),
            },
            None => None,
        };
        let csrf: Option<String> = session.get(CSRF).await.map_err(broken)?;
        let lang: Option<String> = session.get(LANG).await.map_err(broken)?;
        let flashes: Vec<(String, String)> = session.get(FLASH).await.map_err(broken)?.unwrap_or_default();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let address = client(peer, &parts.headers, &portal.proxies);
        Ok(Self {
            portal: Arc::clone(portal),
            sites: portal.sites(),
            account,
            lang: if lang.as_deref() == Some("en") { Lang::En } else { Lang::Vi },
            here: here(&parts.uri),
            address: address.map_or_else(|| "-".to_owned(), |address| address.to_string()),
            csrf: csrf.unwrap_or_default(),
            flashes: flashes.into_iter().map(|(tone, text)| Flash { tone: tone_of(&tone), text }).collect(),
            session,
        })
    }
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Refused> {
        let mut visitor = Visitor::from_request_parts(parts, portal).await?;
        match visitor.account.take() {
            Some(account) => {
                visitor.account = Some(account.clone());
                Ok(Self { visitor, account })
            }
            None => {
                let next = if parts.method == axum::http::Method::GET { visitor.here.as_str() } else { "" };
                let address = format!("{}{}", to::sign_in(), to::query(&[("next", next)]));
                Err(Refused::with(Redirect::to(&address).into_response()))
            }
        }
    }
}

/// The fields of a form whose token was right.
pub(crate) struct Posted<T>(pub(crate) T);

/// A form without fields of its own.
#[derive(serde::Deserialize)]
pub(crate) struct Nothing {}

impl<T: DeserializeOwned> FromRequest<Shared> for Posted<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, portal: &Shared) -> Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, portal).await?;
        // The router limits how much is read.
        let bytes = Bytes::from_request(Request::from_parts(parts, body), portal).await;
        let bytes = bytes.map_err(|_| visitor.refuse(ErrorKind::BadForm))?;
        let fields: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&bytes).map_err(|_| visitor.refuse(ErrorKind::BadForm))?;
        let token = fields.iter().find(|(name, _)| name == to::CSRF).map(|(_, value)| value.as_str());
        if !visitor.is_own_form(token.unwrap_or_default()) {
            return Err(visitor.refuse(ErrorKind::Stale));
        }
        serde_urlencoded::from_bytes(&bytes).map(Self).map_err(|_| visitor.refuse(ErrorKind::BadForm))
    }
}

impl Visitor {
    /// The token that forms of this visitor carry; made when there is none.
    pub(crate) async fn make_token(&mut self) -> Result<(), Refused> {
        if self.csrf.is_empty() {
            self.csrf = secrets::random_name().ok_or_else(|| Refused::bare(ErrorKind::Failed, &"no random bits"))?;
            self.put(CSRF, &self.csrf).await?;
        }
        Ok(())
    }

    /// The form came from a page of ours to this visitor.
    pub(crate) fn is_own_form(&self, token: &str) -> bool {
        // Equal time for equal lengths: a token is not guessed letter by letter.
        let differs = token.bytes().zip(self.csrf.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        !self.csrf.is_empty() && token.len() == self.csrf.len() && differs == 0
    }

    /// A new session for a new right: nobody who knew the old one gets it.
    pub(crate) async fn sign_in(&mut self, account: &Account) -> Result<(), Refused> {
        self.session.cycle_id().await.map_err(|error| Refused::bare(ErrorKind::Failed, &error))?;
        self.csrf.clear();
        self.put(ACCOUNT, account.id.as_str()).await?;
        self.make_token().await
    }

    pub(crate) async fn set_lang(&self, lang: &str) -> Result<(), Refused> {
        self.put(LANG, if lang == "en" { "en" } else { "vi" }).await
    }

    /// Says something on the next page.
    pub(crate) async fn flash(&self, tone: Tone, text: &str) -> Result<(), Refused> {
        let flashes = vec![(tone.to_string(), text.to_owned())];
        self.session.insert(FLASH, flashes).await.map_err(|error| Refused::bare(ErrorKind::Failed, &error))
    }

    async fn put(&self, key: &str, value: &str) -> Result<(), Refused> {
        self.session.insert(key, value).await.map_err(|error| Refused::bare(ErrorKind::Failed, &error))
    }

    /// The surroundings of a page.
    pub(crate) fn frame(&self, site: Option<&Site>) -> Frame {
        let any = site.or_else(|| self.sites.values().next_back().map(|site| &**site));
        let organisation = any.map_or("", |site| &**site.campaign.organisation.of(self.lang));
        let mut frame = Frame::signed_out(self.lang, organisation, &self.here, &self.csrf);
        frame.flashes.clone_from(&self.flashes);
        frame.without = crate::router::WITHOUT;
        frame.user = self.account.as_ref().map(|account| self.user(account, site));
        frame.campaign = site.map(|site| self.campaign(site));
        frame
    }

    fn user(&self, account: &Account, site: Option<&Site>) -> User {
        let sites = site.into_iter().chain(self.sites.values().rev().map(|site| &**site));
        let unit = account.unit.as_deref();
        let known = unit.and_then(|code| {
            sites.into_iter().find_map(|site| site.campaign.find_unit(code).map(|unit| site.unit_ref(unit)))
        });
        let role = thidua_pages::Role::parse(account.role.as_str()).unwrap_or(thidua_pages::Role::Unit);
        User { login: account.login.clone(), name: account.name.clone(), role, unit: known }
    }

    fn campaign(&self, site: &Site) -> thidua_pages::Campaign {
        let others = self
            .sites
            .values()
            .filter(|other| other.id() != site.id())
            .map(|other| Choice::new(&to::campaign(other.id()), other.campaign.title.of(self.lang), false));
        let period = site.current_period(clock::today());
        thidua_pages::Campaign {
            id: site.id().to_owned(),
            title: site.campaign.title.of(self.lang).to_string(),
            period: site.campaign.period(period).id.as_str().to_owned(),
            root: site.root().map(|unit| site.code(unit).to_owned()),
            others: others.collect(),
        }
    }

    /// A page that says why there is no other.
    pub(crate) fn refuse(&self, kind: ErrorKind) -> Refused {
        Refused::page(&self.frame(None), kind)
    }

    /// A failure of ours: told to the log, not to the visitor.
    pub(crate) fn failed(&self, error: &dyn std::fmt::Display) -> Refused {
        tracing::error!(%error, "portal");
        self.refuse(ErrorKind::Failed)
    }

    /// What a failing store means for the visitor.
    pub(crate) fn store(&self, error: &StoreError) -> Refused {
        match error {
            StoreError::NotFound { .. } => self.refuse(ErrorKind::NotFound),
            StoreError::Superseded { .. } | StoreError::NotReviewable => self.refuse(ErrorKind::Conflict),
            StoreError::Busy { .. } => self.refuse(ErrorKind::Busy),
            error => self.failed(error),
        }
    }

    /// Shows a page. What was said once is not said again.
    pub(crate) async fn show(&mut self, view: &impl thidua_pages::View, site: Option<&Site>) -> Answer {
        self.make_token().await?;
        if !self.flashes.is_empty() {
            let forgotten = self.session.remove_value(FLASH).await;
            forgotten.map_err(|error| Refused::bare(ErrorKind::Failed, &error))?;
        }
        Ok(crate::answer::html(axum::http::StatusCode::OK, view.render(&self.frame(site))))
    }
}

impl Signed {
    pub(crate) fn actor(&self) -> Actor {
        Actor::of(&self.account.id, &self.visitor.address, clock::now())
    }

    pub(crate) fn site(&self, id: &str) -> Result<Arc<Site>, Refused> {
        self.visitor.sites.get(id).cloned().ok_or_else(|| self.visitor.refuse(ErrorKind::NotFound))
    }

    /// How a unit stands to the account, in one campaign.
    pub(crate) fn relation(&self, site: &Site, unit: UnitIx) -> Relation {
        match self.account.unit.as_deref().and_then(|code| site.campaign.find_unit(code)) {
            None => Relation::Elsewhere,
            Some(own) if own == unit => Relation::Own,
            Some(own) if site.is_below(unit, own) => Relation::Below,
            Some(_) => Relation::Elsewhere,
        }
    }

    pub(crate) fn may(&self, action: Action, site: &Site, unit: UnitIx) -> bool {
        may(self.account.role, action, self.relation(site, unit))
    }

    /// The unit of an address, if it may be acted upon. A unit that is not theirs and one that does
    /// not exist get the same answer, so that codes are not found out by trying.
    pub(crate) fn unit(&self, site: &Site, code: &str, action: Action) -> Result<UnitIx, Refused> {
        let unit = site.campaign.find_unit(code).filter(|unit| self.may(action, site, *unit));
        unit.ok_or_else(|| self.visitor.refuse(ErrorKind::NotYours))
    }

    pub(crate) fn period(&self, site: &Site, id: &str) -> Result<PeriodIx, Refused> {
        site.campaign.find_period(id).ok_or_else(|| self.visitor.refuse(ErrorKind::NotFound))
    }

    /// An action that concerns no unit. Figures of the whole are not for an account of a part.
    pub(crate) fn must(&self, action: Action) -> Result<(), Refused> {
        let is_of_part = action == Action::Figures && self.account.unit.is_some();
        let relation = if is_of_part { Relation::Elsewhere } else { Relation::None };
        if may(self.account.role, action, relation) { Ok(()) } else { Err(self.visitor.refuse(ErrorKind::NotYours)) }
    }

    pub(crate) fn is(&self, role: Role) -> bool {
        self.account.role == role
    }
}

/// Path and query, as links of the page come back to it.
fn here(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| "/".to_owned(), |it| it.as_str().to_owned())
}

fn tone_of(word: &str) -> Tone {
    match word {
        "good" => Tone::Good,
        "warn" => Tone::Warn,
        "bad" => Tone::Bad,
        "wait" => Tone::Wait,
        _ => Tone::Plain,
    }
}
