//! Accounts: made from the register, given new codes, listed.

use super::paged::paged;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::secrets::{Secret, activation_code};
use crate::site::Site;
use crate::visitor::{Nothing, Posted, Signed};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;
use thidua_model::UnitIx;
use thidua_pages::accounts::{
    AccountForm, AccountPage, AccountProblem, AccountRow, AccountState, Accounts, Codes, ImportAccounts, NewAccount,
    Slip,
};
use thidua_pages::errors::ErrorKind;
use thidua_pages::password::{ActivationCode, ResetPassword};
use thidua_pages::{Choice, Role as Shown, routes as to};
use thidua_store::{Account, AccountFilter, AccountId, Role, StoreError, Units};

/// How long an activation code may be used.
pub(crate) const CODE_LIVES: Duration = Duration::from_secs(60 * 24 * 3600);
/// Accounts that are looked at for a search.
const MOST: u32 = 200_000;

#[derive(Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

#[derive(Deserialize)]
pub(crate) struct NewForm {
    login: String,
    name: String,
    role: String,
    #[serde(default)]
    unit: String,
}

#[derive(Deserialize)]
pub(crate) struct ImportForm {
    campaign: String,
}

pub(crate) fn code_until() -> i64 {
    clock::now() + i64::try_from(CODE_LIVES.as_micros()).unwrap_or(0)
}

async fn all(signed: &Signed) -> Result<Vec<Account>, Refused> {
    let filter = AccountFilter { units: Units::All, role: None, state: None, after: None, limit: MOST };
    let accounts = signed.visitor.portal.store.accounts().list(&filter).await;
    accounts.map_err(|error| signed.visitor.store(&error))
}

pub(crate) async fn list(mut signed: Signed, Query(search): Query<Search>) -> Answer {
    signed.must(Action::Administer)?;
    let (role, state) = (Shown::parse(&search.role), AccountState::parse(&search.state));
    let query = thidua_model::text::fold(&search.q);
    let mut rows: Vec<AccountRow> = all(&signed).await?.iter().map(|account| row(&signed, account)).collect();
    rows.retain(|row| {
        let words = [&row.login, &row.name, row.unit.as_ref().unwrap_or(&row.name)];
        role.is_none_or(|role| row.role == role)
            && state.is_none_or(|state| row.state == state)
            && (query.is_empty() || words.iter().any(|word| thidua_model::text::fold(word).contains(&query)))
    });
    let parts = [("q", search.q.as_str()), ("role", &search.role), ("state", &search.state), ("page", "")];
    let address = format!("{}{}", to::accounts(), to::query(&parts));
    let (rows, paging) = paged(rows, &search.page, address);
    let page = Accounts { query: search.q.clone(), role, state, rows, paging };
    signed.visitor.show(&page, None).await
}

fn row(signed: &Signed, account: &Account) -> AccountRow {
    AccountRow {
        id: account.id.to_string(),
        login: account.login.clone(),
        name: account.name.clone(),
        role: Shown::parse(account.role.as_str()).unwrap_or(Shown::Unit),
        unit: account.unit.as_deref().map(|code| unit_name(signed, code)),
        state: AccountState::parse(account.state.as_str()).unwrap_or(AccountState::Disabled),
        last_sign_in: account.last_login_at.map(clock::local),
    }
}

fn unit_name(signed: &Signed, code: &str) -> String {
    let mut sites = signed.visitor.sites.values().rev();
    let name = sites.find_map(|site| site.campaign.find_unit(code).map(|unit| site.name(unit).to_owned()));
    name.unwrap_or_else(|| code.to_owned())
}

/// A new code for somebody's account; a superior union resets those below it.
async fn resettable(signed: &Signed, id: &str) -> Result<Account, Refused> {
    let account = signed.visitor.portal.store.accounts().get(&AccountId::from(id)).await;
    let account = account.map_err(|error| signed.visitor.store(&error))?;
    let allowed = match &account.unit {
        Some(code) => signed
            .visitor
            .sites
            .values()
            .any(|site| site.campaign.find_unit(code).is_some_and(|unit| signed.may(Action::Reset, site, unit))),
        // Whoever has no unit is nobody's below.
        None => signed.is(Role::Operator),
    };
    // A superior union gives no codes to accounts of the whole province that stand with a unit.
    let is_lower = matches!(account.role, Role::Unit | Role::Superior);
    if allowed && (is_lower || signed.is(Role::Operator)) {
        Ok(account)
    } else {
        Err(signed.visitor.refuse(ErrorKind::NotYours))
    }
}

fn reset_view(signed: &Signed, account: &Account, code: Option<ActivationCode>) -> ResetPassword {
    let unit = account.unit.as_deref().map(|code| unit_name(signed, code));
    let back = if signed.is(Role::Operator) { to::accounts() } else { to::home() };
    ResetPassword {
        account: account.id.to_string(),
        login: account.login.clone(),
        name: account.name.clone(),
        unit,
        code,
        back,
    }
}

pub(crate) async fn reset_page(mut signed: Signed, Path(id): Path<String>) -> Answer {
    let account = resettable(&signed, &id).await?;
    let page = reset_view(&signed, &account, None);
    signed.visitor.show(&page, None).await
}

pub(crate) async fn reset(mut signed: Signed, Path(id): Path<String>, Posted(Nothing {}): Posted<Nothing>) -> Answer {
    let account = resettable(&signed, &id).await?;
    let Some(Secret { clear, hash }) = activation_code() else {
        return Err(signed.visitor.failed(&"no random bits"));
    };
    let until = code_until();
    let again = signed.visitor.portal.store.accounts().invite_again(&account.id, &hash, until, &signed.actor()).await;
    again.map_err(|error| signed.visitor.store(&error))?;
    let page = reset_view(&signed, &account, Some(ActivationCode { code: clear, until: clock::local(until) }));
    signed.visitor.show(&page, None).await
}

pub(crate) async fn new_page(mut signed: Signed) -> Answer {
    signed.must(Action::Administer)?;
    let form = AccountForm { name: String::new(), role: Shown::Unit, unit: String::new(), problem: None };
    signed.visitor.show(&NewAccount { login: String::new(), form }, None).await
}

pub(crate) async fn new(mut signed: Signed, Posted(form): Posted<NewForm>) -> Answer {
    signed.must(Action::Administer)?;
    let login = form.login.trim().to_lowercase();
    let Some(role) = Role::from_word(&form.role) else { return Err(signed.visitor.refuse(ErrorKind::BadForm)) };
    let unit = Some(form.unit.trim().to_owned()).filter(|unit| !unit.is_empty());
    let problem =
        if is_login(&login) { problem(&signed, &form.name, role, &form.unit) } else { Some(AccountProblem::LoginBad) };
    let again = |problem| NewAccount {
        login: form.login.clone(),
        form: AccountForm {
            name: form.name.clone(),
            role: Shown::parse(&form.role).unwrap_or(Shown::Unit),
            unit: form.unit.clone(),
            problem: Some(problem),
        },
    };
    if let Some(problem) = problem {
        return signed.visitor.show(&again(problem), None).await;
    }
    let Some(Secret { clear, hash }) = activation_code() else {
        return Err(signed.visitor.failed(&"no random bits"));
    };
    let until = code_until();
    let account = thidua_store::NewAccount {
        login: login.clone(),
        name: form.name.trim().to_owned(),
        role,
        unit: unit.clone(),
        contact: None,
        activation: hash,
        activation_until: until,
    };
    match signed.visitor.portal.store.accounts().create(&account, &signed.actor()).await {
        Ok(_) => {
            let name = unit.as_deref().map_or_else(|| account.name.clone(), |code| unit_name(&signed, code));
            let slip = Slip { unit: name, login, code: clear, until: clock::local(until) };
            signed.visitor.show(&Codes { address: to::activate(), slips: vec![slip] }, None).await
        }
        Err(StoreError::Taken { .. }) => signed.visitor.show(&again(AccountProblem::LoginTaken), None).await,
        Err(error) => Err(signed.visitor.store(&error)),
    }
}

/// Letters, digits and `-_.`, so that it can be typed and read out.
fn is_login(login: &str) -> bool {
    (2..=60).contains(&login.len())
        && login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c))
}

/// Units of the register that no account belongs to.
async fn without_account(signed: &Signed, site: &Site) -> Result<Vec<(UnitIx, Role)>, Refused> {
    let accounts = all(signed).await?;
    let taken: BTreeSet<&str> = accounts
        .iter()
        .flat_map(|account| account.unit.as_deref().into_iter().chain([account.login.as_str()]))
        .collect();
    let period = site.current_period(clock::today());
    let units = site.campaign.unit_ixs().filter_map(|unit| {
        let span = site.span(unit, period)?;
        let role = if site.campaign.is_grassroots(span) { Role::Unit } else { Role::Superior };
        let is_asked = site.campaign.kind(span).is_due && span.level > 0;
        (is_asked && !taken.contains(site.code(unit))).then_some((unit, role))
    });
    Ok(units.collect())
}

pub(crate) async fn import_page(mut signed: Signed) -> Answer {
    signed.must(Action::Administer)?;
    let Some(site) = signed.visitor.sites.values().next_back().cloned() else {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    };
    let missing = without_account(&signed, &site).await?;
    let count = |wanted| missing.iter().filter(|(_, role)| *role == wanted).count() as u64;
    let lang = signed.visitor.lang;
    let choice = |it: &std::sync::Arc<Site>| Choice::new(it.id(), it.campaign.title.of(lang), it.id() == site.id());
    let page = ImportAccounts {
        campaigns: signed.visitor.sites.values().map(choice).collect(),
        grassroots: count(Role::Unit),
        superiors: count(Role::Superior),
    };
    signed.visitor.show(&page, None).await
}

pub(crate) async fn import(mut signed: Signed, Posted(form): Posted<ImportForm>) -> Answer {
    signed.must(Action::Administer)?;
    let site = signed.site(&form.campaign)?;
    let until = code_until();
    let (mut new, mut slips) = (Vec::new(), Vec::new());
    for (unit, role) in without_account(&signed, &site).await? {
        let Some(Secret { clear, hash }) = activation_code() else {
            return Err(signed.visitor.failed(&"no random bits"));
        };
        let login = site.code(unit).to_lowercase();
        new.push(thidua_store::NewAccount {
            login: login.clone(),
            name: site.name(unit).to_owned(),
            role,
            unit: Some(site.code(unit).to_owned()),
            contact: site.campaign.unit(unit).latest().contact.as_deref().map(str::to_owned),
            activation: hash,
            activation_until: until,
        });
        slips.push(Slip { unit: site.name(unit).to_owned(), login, code: clear, until: clock::local(until) });
    }
    if slips.is_empty() {
        return Ok(Redirect::to(&to::accounts()).into_response());
    }
    let made = signed.visitor.portal.store.accounts().create_many(&new, &signed.actor()).await;
    made.map_err(|error| signed.visitor.store(&error))?;
    signed.visitor.show(&Codes { address: to::activate(), slips }, None).await
}

#[derive(Deserialize)]
pub(crate) struct EditForm {
    name: String,
    role: String,
    #[serde(default)]
    unit: String,
}

async fn found(signed: &Signed, id: &str) -> Result<Account, Refused> {
    signed.must(Action::Administer)?;
    let account = signed.visitor.portal.store.accounts().get(&AccountId::from(id)).await;
    account.map_err(|error| signed.visitor.store(&error))
}

/// Somebody else can run the portal.
async fn has_other_operator(signed: &Signed, account: &Account) -> Result<bool, Refused> {
    let is_one = |it: &Account| it.role == Role::Operator && it.state == thidua_store::AccountState::Active;
    Ok(all(signed).await?.iter().any(|it| is_one(it) && it.id != account.id))
}

fn account_page(signed: &Signed, account: &Account, typed: Option<(&EditForm, AccountProblem)>) -> AccountPage {
    let form = AccountForm {
        name: typed.map_or_else(|| account.name.clone(), |(form, _)| form.name.clone()),
        role: typed
            .and_then(|(form, _)| Shown::parse(&form.role))
            .or(Shown::parse(account.role.as_str()))
            .unwrap_or(Shown::Unit),
        unit: typed.map_or_else(|| account.unit.clone().unwrap_or_default(), |(form, _)| form.unit.clone()),
        problem: typed.map(|(_, problem)| problem),
    };
    AccountPage { account: row(signed, account), form }
}

pub(crate) async fn account(mut signed: Signed, Path(id): Path<String>) -> Answer {
    let account = found(&signed, &id).await?;
    let page = account_page(&signed, &account, None);
    signed.visitor.show(&page, None).await
}

pub(crate) async fn edit(mut signed: Signed, Path(id): Path<String>, Posted(form): Posted<EditForm>) -> Answer {
    let account = found(&signed, &id).await?;
    let Some(role) = Role::from_word(&form.role) else { return Err(signed.visitor.refuse(ErrorKind::BadForm)) };
    let problem = problem(&signed, &form.name, role, &form.unit);
    let leaves = account.role == Role::Operator && role != Role::Operator;
    let problem = match problem {
        None if leaves && !has_other_operator(&signed, &account).await? => Some(AccountProblem::LastOperator),
        problem => problem,
    };
    if let Some(problem) = problem {
        let page = account_page(&signed, &account, Some((&form, problem)));
        return signed.visitor.show(&page, None).await;
    }
    let edit = thidua_store::AccountEdit {
        name: form.name.trim().to_owned(),
        role,
        unit: Some(form.unit.trim().to_owned()).filter(|unit| !unit.is_empty()),
        contact: account.contact.clone(),
    };
    let edited = signed.visitor.portal.store.accounts().edit(&account.id, &edit, &signed.actor()).await;
    edited.map_err(|error| signed.visitor.store(&error))?;
    Ok(Redirect::to(&to::account(account.id.as_str())).into_response())
}

pub(crate) async fn disable(mut signed: Signed, Path(id): Path<String>, Posted(Nothing {}): Posted<Nothing>) -> Answer {
    let account = found(&signed, &id).await?;
    if account.role == Role::Operator && !has_other_operator(&signed, &account).await? {
        let form = EditForm {
            name: account.name.clone(),
            role: account.role.as_str().to_owned(),
            unit: account.unit.clone().unwrap_or_default(),
        };
        let page = account_page(&signed, &account, Some((&form, AccountProblem::LastOperator)));
        return signed.visitor.show(&page, None).await;
    }
    let disabled = signed.visitor.portal.store.accounts().disable(&account.id, "operator", &signed.actor()).await;
    disabled.map_err(|error| signed.visitor.store(&error))?;
    Ok(Redirect::to(&to::account(account.id.as_str())).into_response())
}

/// An account that comes back gets a new code: its old password is gone.
pub(crate) async fn enable(signed: Signed, Path(id): Path<String>, posted: Posted<Nothing>) -> Answer {
    signed.must(Action::Administer)?;
    reset(signed, Path(id), posted).await
}

/// What is wrong with an account as it was typed.
fn problem(signed: &Signed, name: &str, role: Role, unit: &str) -> Option<AccountProblem> {
    let unit = unit.trim();
    let is_known = signed.visitor.sites.values().any(|site| site.campaign.find_unit(unit).is_some());
    if name.trim().is_empty() {
        Some(AccountProblem::NoName)
    } else if !unit.is_empty() && !is_known {
        Some(AccountProblem::UnknownUnit)
    } else if unit.is_empty() && matches!(role, Role::Unit | Role::Superior) {
        Some(AccountProblem::UnitNeeded)
    } else {
        None
    }
}
