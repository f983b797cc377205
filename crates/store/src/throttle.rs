//! Counters of what may not happen too often: failed logins per account and address.
//!
//! In:  a name as `login:cdcs-017`, a window.
//! Out: how often it happened in the window; the same for all servers on one database.
//!
//! The name is kept as a digest only: people type passwords into the field for the login.

use crate::Store;
use crate::blobs::digest_of;
use crate::error::Result;
use crate::sql::Sql;

/// How often something happened, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits {
    pub hits: u64,
    /// Begin of the window.
    pub since: i64,
}

/// Counters.
pub struct Throttle<'a>(pub(crate) &'a Store);

impl Throttle<'_> {
    /// Counts one more. A window begins with its first hit and lasts `window` microseconds.
    pub async fn hit(&self, name: &str, window: i64, now: i64) -> Result<Hits> {
        let mut quiet = self.0.quiet("count an attempt").await?;
        let row = Sql::new(
            "insert into throttles (name, since, hits) values ($1, $2, 1) on conflict (name) do update set
               hits = case when throttles.since <= $3 then 1 else throttles.hits + 1 end,
               since = case when throttles.since <= $3 then $2 else throttles.since end
             returning hits, since",
        )
        .text(digest_of(name.as_bytes()))
        .int(now)
        .int(now.saturating_sub(window))
        .one(&mut quiet)
        .await?;
        Ok(Hits { hits: row.size("hits")?, since: row.int("since")? })
    }

    /// Looks without counting.
    pub async fn look(&self, name: &str, window: i64, now: i64) -> Result<Hits> {
        let mut reader = self.0.reader("look up a counter").await?;
        let sql = Sql::new("select hits, since from throttles where name = $1 and since > $2");
        let row = sql.text(digest_of(name.as_bytes())).int(now.saturating_sub(window)).optional(&mut reader).await?;
        row.map_or(Ok(Hits::default()), |row| Ok(Hits { hits: row.size("hits")?, since: row.int("since")? }))
    }

    /// Begins anew, as after a successful login.
    pub async fn forget(&self, name: &str) -> Result<()> {
        let mut quiet = self.0.quiet("reset a counter").await?;
        Sql::new("delete from throttles where name = $1")
            .text(digest_of(name.as_bytes()))
            .run(&mut quiet)
            .await
            .map(drop)
    }

    /// Removes counters whose window began before; gives their number. To be called now and then.
    pub async fn sweep(&self, began_before: i64) -> Result<u64> {
        let mut quiet = self.0.quiet("remove old counters").await?;
        Sql::new("delete from throttles where since < $1").int(began_before).run(&mut quiet).await
    }
}
