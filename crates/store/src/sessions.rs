//! Sessions: who is logged in, between requests.
//!
//! In:  the random name that a cookie carries, bytes that belong to it, a time to end.
//! Out: the bytes again, as long as the time has not come.
//!
//! The name itself is never kept, only its digest: a copy of the database opens no session. A
//! session is no change of what is kept; logging in and out is (`accounts`, `audit`).

use crate::Store;
use crate::blobs::digest_of;
use crate::error::Result;
use crate::sql::Sql;
use crate::words::AccountId;

/// How a session's name is kept.
pub(crate) fn stored(name: &str) -> String {
    digest_of(name.as_bytes())
}

/// Sessions.
pub struct Sessions<'a>(pub(crate) &'a Store);

impl Sessions<'_> {
    /// Starts a session. False when the name is in use: choose another.
    pub async fn create(&self, name: &str, account: Option<&AccountId>, data: &[u8], expires_at: i64) -> Result<bool> {
        let mut quiet = self.0.quiet("start a session").await?;
        let sql = Sql::new(
            "insert into sessions (id, account, data, expires_at) values ($1, $2, $3, $4) on conflict (id) do nothing",
        );
        let made =
            sql.text(stored(name)).opt_text(account).bytes(data.to_vec()).int(expires_at).run(&mut quiet).await?;
        Ok(made == 1)
    }

    /// Replaces what belongs to a session. False when it ended meanwhile (the account was disabled,
    /// the password changed): it does not come back to life.
    pub async fn save(&self, name: &str, account: Option<&AccountId>, data: &[u8], expires_at: i64) -> Result<bool> {
        let mut quiet = self.0.quiet("keep a session").await?;
        let sql = Sql::new("update sessions set account = $1, data = $2, expires_at = $3 where id = $4");
        let saved =
            sql.opt_text(account).bytes(data.to_vec()).int(expires_at).text(stored(name)).run(&mut quiet).await?;
        Ok(saved == 1)
    }

    /// What belongs to a session, and when it ends; nothing when it has ended.
    pub async fn load(&self, name: &str, now: i64) -> Result<Option<(Vec<u8>, i64)>> {
        let mut reader = self.0.reader("look up a session").await?;
        let sql = Sql::new("select data, expires_at from sessions where id = $1 and expires_at > $2");
        let row = sql.text(stored(name)).int(now).optional(&mut reader).await?;
        row.map(|row| Ok((row.bytes("data")?, row.int("expires_at")?))).transpose()
    }

    /// Ends a session.
    pub async fn delete(&self, name: &str) -> Result<()> {
        let mut quiet = self.0.quiet("end a session").await?;
        Sql::new("delete from sessions where id = $1").text(stored(name)).run(&mut quiet).await.map(drop)
    }

    /// Ends all sessions of an account; gives their number.
    pub async fn delete_of(&self, account: &AccountId) -> Result<u64> {
        let mut quiet = self.0.quiet("end the sessions of an account").await?;
        Sql::new("delete from sessions where account = $1").text(account).run(&mut quiet).await
    }

    /// Removes those that have ended; gives their number. To be called now and then.
    pub async fn sweep(&self, now: i64) -> Result<u64> {
        let mut quiet = self.0.quiet("remove ended sessions").await?;
        Sql::new("delete from sessions where expires_at <= $1").int(now).run(&mut quiet).await
    }
}
