//! Sessions in the store, as the middleware wants them.
//!
//! The name in the cookie is never kept, only its digest; the account stands beside the data, so
//! that a changed password ends the sessions of its account.

use crate::clock;
use async_trait::async_trait;
use std::fmt;
use thidua_store::{AccountId, Store, StoreError};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

/// The name of the cookie.
pub(crate) const COOKIE: &str = "thidua";
/// Under this key the data hold the account.
pub(crate) const ACCOUNT: &str = "account";

#[derive(Clone)]
pub(crate) struct Sessions(pub(crate) Store);

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

/// What is kept of a record.
struct Kept {
    account: Option<AccountId>,
    data: Vec<u8>,
    expires_at: i64,
}

fn kept(record: &Record) -> Result<Kept> {
    // Sorted, so that equal sessions are equal bytes.
    let data: std::collections::BTreeMap<_, _> = record.data.iter().collect();
    let data = serde_json::to_vec(&data).map_err(|error| Error::Encode(error.to_string()))?;
    let account = record.data.get(ACCOUNT).and_then(|id| id.as_str()).map(AccountId::from);
    let expires_at = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX);
    Ok(Kept { account, data, expires_at })
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let Kept { account, data, expires_at } = kept(record)?;
        let sessions = self.0.sessions();
        while !sessions.create(&record.id.to_string(), account.as_ref(), &data, expires_at).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let Kept { account, data, expires_at } = kept(record)?;
        // A session that ended meanwhile does not come back.
        let name = record.id.to_string();
        self.0.sessions().save(&name, account.as_ref(), &data, expires_at).await.map(drop).map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self.0.sessions().load(&id.to_string(), clock::now()).await.map_err(backend)?;
        found
            .map(|(data, expires_at)| {
                let data = serde_json::from_slice(&data).map_err(|error| Error::Decode(error.to_string()))?;
                let expiry_date = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(expires_at) * 1_000)
                    .map_err(|error| Error::Decode(error.to_string()))?;
                Ok(Record { id: *id, data, expiry_date })
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.sessions().delete(&id.to_string()).await.map_err(backend)
    }
}
