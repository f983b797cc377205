//! Accounts: who may come in, as what, for which unit.
//!
//! In:  logins, roles, hashes of passwords and activation codes as text.
//! Out: accounts; every change with its line in the audit log, never with a hash in it.
//!
//! Not here: hashing, checking a password, what a role may do (`portal`).

use crate::Store;
use crate::backend::Backend;
use crate::change::{Actor, Change, Line};
use crate::error::{Result, StoreError};
use crate::random;
use crate::sql::{Link, Row, Sql};
use crate::words::{AccountId, AccountState, Hashed, Role, Units};
use serde_json::json;

/// An account as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub login: String,
    pub name: String,
    pub role: Role,
    /// None for province-wide roles.
    pub unit: Option<String>,
    /// Telephone or address, as given.
    pub contact: Option<String>,
    pub state: AccountState,
    pub password: Option<Hashed>,
    pub activation: Option<Hashed>,
    pub activation_until: Option<i64>,
    pub created_at: i64,
    pub changed_at: i64,
    pub last_login_at: Option<i64>,
}

/// An account to be made, with an activation code that its owner will use once.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Compared byte by byte: fold case before.
    pub login: String,
    pub name: String,
    pub role: Role,
    pub unit: Option<String>,
    pub contact: Option<String>,
    /// Of a code from enough random bits that a fast hash will do.
    pub activation: Hashed,
    pub activation_until: i64,
}

/// What of an account may be changed by others; its password is its owner's.
#[derive(Debug, Clone)]
pub struct AccountEdit {
    pub name: String,
    pub role: Role,
    pub unit: Option<String>,
    pub contact: Option<String>,
}

/// Which accounts to list.
#[derive(Debug, Clone, Copy)]
pub struct AccountFilter<'a> {
    pub units: Units<'a>,
    pub role: Option<Role>,
    pub state: Option<AccountState>,
    /// Logins after this one, for the next page.
    pub after: Option<&'a str>,
    pub limit: u32,
}

const COLUMNS: &str = "id, login, name, role, unit, contact, state, password, activation, activation_until, \
                       created_at, changed_at, last_login_at";

/// Accounts.
pub struct Accounts<'a>(pub(crate) &'a Store);

impl Accounts<'_> {
    /// Makes one account.
    pub async fn create(&self, new: &NewAccount, actor: &Actor) -> Result<AccountId> {
        let mut change = self.0.change("make an account", actor).await?;
        let id = insert(&mut change, new).await?;
        change.commit(created(&id, new)).await?;
        Ok(id)
    }

    /// Makes all of them or none, in order.
    pub async fn create_many(&self, new: &[NewAccount], actor: &Actor) -> Result<Vec<AccountId>> {
        let mut change = self.0.change("make accounts", actor).await?;
        let mut ids = Vec::with_capacity(new.len());
        for one in new {
            let id = insert(&mut change, one).await?;
            change.note(created(&id, one)).await?;
            ids.push(id);
        }
        let line = Line::new("accounts.created", "account", "").detail(json!({ "accounts": new.len() }));
        change.commit(Line { id: None, ..line }).await?;
        Ok(ids)
    }

    /// Makes the very first account; `None` when there is one already. Of two servers that start
    /// at once one gets it.
    pub async fn create_first(&self, new: &NewAccount, actor: &Actor) -> Result<Option<AccountId>> {
        let mut change = self.0.change("make the first account", actor).await?;
        change.lock("first account").await?;
        if count(&mut change).await? > 0 {
            change.abandon().await?;
            return Ok(None);
        }
        let id = insert(&mut change, new).await?;
        change.commit(created(&id, new)).await?;
        Ok(Some(id))
    }

    /// How many there are.
    pub async fn count(&self) -> Result<u64> {
        count(&mut self.0.reader("count the accounts").await?).await
    }

    pub async fn get(&self, id: &AccountId) -> Result<Account> {
        let found = self.by("id", id.as_str()).await?;
        found.ok_or_else(|| StoreError::NotFound { what: "account", id: id.to_string() })
    }

    pub async fn by_login(&self, login: &str) -> Result<Option<Account>> {
        self.by("login", login).await
    }

    /// The invited account that an activation code belongs to. Whether the code still counts is
    /// told by [`Accounts::activate`].
    pub async fn by_activation(&self, activation: &Hashed) -> Result<Option<Account>> {
        self.by("activation", activation.expose()).await
    }

    async fn by(&self, column: &str, value: &str) -> Result<Option<Account>> {
        let mut reader = self.0.reader("look up an account").await?;
        let sql = Sql::new(format!("select {COLUMNS} from accounts where {column} = $1")).text(value);
        sql.optional(&mut reader).await?.as_ref().map(account).transpose()
    }

    /// In order of login.
    pub async fn list(&self, filter: &AccountFilter<'_>) -> Result<Vec<Account>> {
        let mut reader = self.0.reader("list the accounts").await?;
        let backend: Backend = self.0.backend();
        let rows = Sql::new(format!("select {COLUMNS} from accounts where 1 = 1"))
            .and_units(backend, "unit", filter.units)
            .and_text("role =", filter.role.map(Role::as_str))
            .and_text("state =", filter.state.map(AccountState::as_str))
            .and_text("login >", filter.after)
            .push(" order by login")
            .limit(filter.limit)
            .all(&mut reader)
            .await?;
        rows.iter().map(account).collect()
    }

    /// Turns an activation code into a password. The code is used up; sessions from before end.
    ///
    /// # Errors
    /// [`StoreError::NotActivatable`] when the code is wrong, used or has run out.
    pub async fn activate(&self, activation: &Hashed, password: &Hashed, actor: &Actor) -> Result<AccountId> {
        let mut change = self.0.change("activate an account", actor).await?;
        let row = Sql::new(
            "update accounts set state = 'active', password = $1, activation = null, activation_until = null,
               changed_at = $2
             where activation = $3 and state = 'invited' and activation_until > $2 returning id",
        )
        .text(password.expose())
        .int(actor.now)
        .text(activation.expose())
        .optional(&mut change)
        .await?;
        let Some(row) = row else {
            change.abandon().await?;
            return Err(StoreError::NotActivatable);
        };
        let id: AccountId = row.id("id")?;
        end_sessions(&mut change, &id).await?;
        change.commit(Line::new("account.activated", "account", &id)).await?;
        Ok(id)
    }

    /// Gives an account a new activation code in place of its password: a forgotten password, or a
    /// disabled account that comes back. Its sessions end.
    pub async fn invite_again(&self, id: &AccountId, activation: &Hashed, until: i64, actor: &Actor) -> Result<()> {
        let mut change = self.0.change("invite an account again", actor).await?;
        let sql = Sql::new(
            "update accounts set state = 'invited', password = null, activation = $1, activation_until = $2,
               changed_at = $3 where id = $4",
        );
        let changed = sql.text(activation.expose()).int(until).int(actor.now).text(id).run(&mut change).await?;
        must_exist(changed, id)?;
        end_sessions(&mut change, id).await?;
        let line = Line::new("account.invited-again", "account", id).detail(json!({ "until": until }));
        change.commit(line).await
    }

    /// Replaces the password of an active account; its sessions end, but the one named stays.
    pub async fn set_password(
        &self,
        id: &AccountId,
        password: &Hashed,
        keep_session: Option<&str>,
        actor: &Actor,
    ) -> Result<()> {
        let mut change = self.0.change("change a password", actor).await?;
        let changed = Sql::new("update accounts set password = $1, changed_at = $2 where id = $3 and state = 'active'")
            .text(password.expose())
            .int(actor.now)
            .text(id)
            .run(&mut change)
            .await?;
        must_exist(changed, id)?;
        let kept = keep_session.map(crate::sessions::stored).unwrap_or_default();
        Sql::new("delete from sessions where account = $1 and id <> $2").text(id).text(kept).run(&mut change).await?;
        change.commit(Line::new("account.password-changed", "account", id)).await
    }

    /// Replaces a hash by a stronger one of the same password, as after a login. Not a change that
    /// anybody made: nothing ends, nothing is audited.
    pub async fn rehash(&self, id: &AccountId, old: &Hashed, new: &Hashed) -> Result<()> {
        let mut quiet = self.0.quiet("renew the hash of a password").await?;
        let sql = Sql::new("update accounts set password = $1 where id = $2 and password = $3");
        sql.text(new.expose()).text(id).text(old.expose()).run(&mut quiet).await.map(drop)
    }

    /// Changes name, role, unit and contact. Its sessions end when role or unit changed.
    pub async fn edit(&self, id: &AccountId, edit: &AccountEdit, actor: &Actor) -> Result<()> {
        let mut change = self.0.change("change an account", actor).await?;
        let sql = Sql::new("select role, unit, name, contact from accounts where id = $1").text(id);
        let before = sql.optional(&mut change).await?;
        let before = before.ok_or_else(|| StoreError::NotFound { what: "account", id: id.to_string() })?;
        let (role, unit): (Role, _) = (before.word("role")?, before.opt_text("unit")?);
        Sql::new("update accounts set name = $1, role = $2, unit = $3, contact = $4, changed_at = $5 where id = $6")
            .text(&edit.name)
            .text(edit.role.as_str())
            .opt_text(edit.unit.as_ref())
            .opt_text(edit.contact.as_ref())
            .int(actor.now)
            .text(id)
            .run(&mut change)
            .await?;
        if (role, &unit) != (edit.role, &edit.unit) {
            end_sessions(&mut change, id).await?;
        }
        let line = Line::new("account.changed", "account", id).detail(json!({
            "before": { "name": before.text("name")?, "role": role.as_str(), "unit": unit,
                        "contact": before.opt_text("contact")? },
            "after": { "name": edit.name, "role": edit.role.as_str(), "unit": edit.unit, "contact": edit.contact },
        }));
        change.commit(Line { unit: edit.unit.clone(), ..line }).await
    }

    /// Shuts an account: no login, no session, no token. [`Accounts::invite_again`] opens it again.
    pub async fn disable(&self, id: &AccountId, reason: &str, actor: &Actor) -> Result<()> {
        let mut change = self.0.change("disable an account", actor).await?;
        let changed = Sql::new(
            "update accounts set state = 'disabled', password = null, activation = null, activation_until = null,
               changed_at = $1 where id = $2",
        )
        .int(actor.now)
        .text(id)
        .run(&mut change)
        .await?;
        must_exist(changed, id)?;
        end_sessions(&mut change, id).await?;
        Sql::new("update tokens set revoked_at = $1 where account = $2 and revoked_at is null")
            .int(actor.now)
            .text(id)
            .run(&mut change)
            .await?;
        change.commit(Line::new("account.disabled", "account", id).detail(json!({ "reason": reason }))).await
    }

    /// Notes a successful login.
    pub async fn logged_in(&self, id: &AccountId, actor: &Actor) -> Result<()> {
        let mut change = self.0.change("note a login", actor).await?;
        let sql = Sql::new("update accounts set last_login_at = $1 where id = $2");
        must_exist(sql.int(actor.now).text(id).run(&mut change).await?, id)?;
        change.commit(Line::new("account.logged-in", "account", id)).await
    }
}

async fn insert(change: &mut Change<'_>, new: &NewAccount) -> Result<AccountId> {
    let sql = Sql::new("select count(*) as taken from accounts where login = $1").text(&new.login);
    if sql.one(change).await?.int("taken")? > 0 {
        return Err(StoreError::Taken { what: "login", value: new.login.clone() });
    }
    let id = random::id()?;
    Sql::new(
        "insert into accounts (id, login, name, role, unit, contact, state, activation, activation_until,
           created_at, changed_at) values ($1, $2, $3, $4, $5, $6, 'invited', $7, $8, $9, $9)",
    )
    .text(&id)
    .text(&new.login)
    .text(&new.name)
    .text(new.role.as_str())
    .opt_text(new.unit.as_ref())
    .opt_text(new.contact.as_ref())
    .text(new.activation.expose())
    .int(new.activation_until)
    .int(change.actor.now)
    .run(change)
    .await?;
    Ok(id.into())
}

fn created(id: &AccountId, new: &NewAccount) -> Line {
    let line = Line::new("account.created", "account", id).detail(json!({
        "login": new.login, "name": new.name, "role": new.role.as_str(), "until": new.activation_until,
    }));
    Line { unit: new.unit.clone(), ..line }
}

async fn count(link: &mut dyn Link) -> Result<u64> {
    Sql::new("select count(*) as accounts from accounts").one(link).await?.size("accounts")
}

async fn end_sessions(change: &mut Change<'_>, id: &AccountId) -> Result<()> {
    Sql::new("delete from sessions where account = $1").text(id).run(change).await.map(drop)
}

fn must_exist(changed: u64, id: &AccountId) -> Result<()> {
    if changed == 0 {
        return Err(StoreError::NotFound { what: "account", id: id.to_string() });
    }
    Ok(())
}

fn account(row: &Row) -> Result<Account> {
    Ok(Account {
        id: row.id("id")?,
        login: row.text("login")?,
        name: row.text("name")?,
        role: row.word("role")?,
        unit: row.opt_text("unit")?,
        contact: row.opt_text("contact")?,
        state: row.word("state")?,
        password: row.opt_id("password")?,
        activation: row.opt_id("activation")?,
        activation_until: row.opt_int("activation_until")?,
        created_at: row.int("created_at")?,
        changed_at: row.int("changed_at")?,
        last_login_at: row.opt_int("last_login_at")?,
    })
}
