//! API tokens: for programs that read figures.
//!
//! In:  the hash of a token, its scope as text, its expiry.
//! Out: which account and scope a hash stands for, as long as it does.

use crate::Store;
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::random;
use crate::sql::{Row, Sql};
use crate::words::{AccountId, Hashed, TokenId};
use serde_json::json;

/// A token as it is kept; the token itself is with its owner only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub account: AccountId,
    pub name: String,
    /// What it may read: words whose meaning is the portal's.
    pub scope: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
    pub last_used_at: Option<i64>,
}

/// A token to be kept.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub account: AccountId,
    pub name: String,
    /// Of a token from enough random bits that a fast hash will do.
    pub hash: Hashed,
    pub scope: String,
    pub expires_at: i64,
}

const COLUMNS: &str = "t.id, t.account, t.name, t.scope, t.created_at, t.expires_at, t.revoked_at, t.last_used_at";

/// API tokens.
pub struct Tokens<'a>(pub(crate) &'a Store);

impl Tokens<'_> {
    pub async fn create(&self, new: &NewToken, actor: &Actor) -> Result<TokenId> {
        let mut change = self.0.change("make a token", actor).await?;
        let id = random::id()?;
        Sql::new(
            "insert into tokens (id, account, name, hash, scope, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .text(&id)
        .text(&new.account)
        .text(&new.name)
        .text(new.hash.expose())
        .text(&new.scope)
        .int(actor.now)
        .int(new.expires_at)
        .run(&mut change)
        .await?;
        let line = Line::new("token.created", "token", &id).detail(json!({
            "account": new.account.as_str(), "name": new.name, "scope": new.scope, "until": new.expires_at,
        }));
        change.commit(line).await?;
        Ok(id.into())
    }

    /// The token of a hash, when it counts now: not run out, not revoked, its account active.
    pub async fn valid(&self, hash: &Hashed, now: i64) -> Result<Option<Token>> {
        let mut reader = self.0.reader("look up a token").await?;
        let row = Sql::new(format!(
            "select {COLUMNS} from tokens t join accounts a on a.id = t.account
             where t.hash = $1 and t.expires_at > $2 and t.revoked_at is null and a.state = 'active'"
        ))
        .text(hash.expose())
        .int(now)
        .optional(&mut reader)
        .await?;
        row.as_ref().map(token).transpose()
    }

    /// Notes that it was used; not more often than each `at_most_every` microseconds, so that a busy
    /// program does not make the database write.
    pub async fn used(&self, id: &TokenId, at_most_every: i64, now: i64) -> Result<()> {
        let mut reader = self.0.reader("look up a token").await?;
        let sql = Sql::new("select coalesce(last_used_at, 0) as used from tokens where id = $1").text(id);
        let used = sql.optional(&mut reader).await?.map_or(Ok(now), |row| row.int("used"))?;
        drop(reader);
        if now.saturating_sub(used) < at_most_every {
            return Ok(());
        }
        let mut quiet = self.0.quiet("note the use of a token").await?;
        Sql::new("update tokens set last_used_at = $1 where id = $2").int(now).text(id).run(&mut quiet).await.map(drop)
    }

    /// Of one account, or all; newest first.
    pub async fn list(&self, account: Option<&AccountId>) -> Result<Vec<Token>> {
        let mut reader = self.0.reader("list the tokens").await?;
        let rows = Sql::new(format!("select {COLUMNS} from tokens t where 1 = 1"))
            .and_text("t.account =", account)
            .push(" order by t.created_at desc, t.id")
            .all(&mut reader)
            .await?;
        rows.iter().map(token).collect()
    }

    /// Ends a token; a second time does nothing more.
    pub async fn revoke(&self, id: &TokenId, actor: &Actor) -> Result<()> {
        let mut change = self.0.change("revoke a token", actor).await?;
        let sql = Sql::new("update tokens set revoked_at = coalesce(revoked_at, $1) where id = $2");
        if sql.int(actor.now).text(id).run(&mut change).await? == 0 {
            return Err(StoreError::NotFound { what: "token", id: id.to_string() });
        }
        change.commit(Line::new("token.revoked", "token", id)).await
    }
}

fn token(row: &Row) -> Result<Token> {
    Ok(Token {
        id: row.id("id")?,
        account: row.id("account")?,
        name: row.text("name")?,
        scope: row.text("scope")?,
        created_at: row.int("created_at")?,
        expires_at: row.int("expires_at")?,
        revoked_at: row.opt_int("revoked_at")?,
        last_used_at: row.opt_int("last_used_at")?,
    })
}
