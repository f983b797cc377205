//! Names of accounts, looked up once for a page.

use crate::answer::Refused;
use crate::visitor::Visitor;
use std::collections::BTreeMap;
use thidua_store::{Account, AccountId};

/// Accounts that a page has met.
#[derive(Default)]
pub(super) struct Names(BTreeMap<AccountId, Account>);

impl Names {
    /// The name for people; empty for the system itself.
    pub(super) async fn name(&mut self, visitor: &Visitor, id: Option<&AccountId>) -> Result<String, Refused> {
        self.of(visitor, id, |account| account.name.clone()).await
    }

    pub(super) async fn login(&mut self, visitor: &Visitor, id: Option<&AccountId>) -> Result<String, Refused> {
        self.of(visitor, id, |account| account.login.clone()).await
    }

    pub(super) async fn account(&mut self, visitor: &Visitor, id: &AccountId) -> Result<&Account, Refused> {
        if !self.0.contains_key(id) {
            let account = visitor.portal.store.accounts().get(id).await.map_err(|error| visitor.store(&error))?;
            self.0.insert(id.clone(), account);
        }
        self.0.get(id).ok_or_else(|| visitor.failed(&"an account was lost"))
    }

    async fn of(
        &mut self,
        visitor: &Visitor,
        id: Option<&AccountId>,
        word: impl Fn(&Account) -> String,
    ) -> Result<String, Refused> {
        let Some(id) = id else { return Ok(String::new()) };
        self.account(visitor, id).await.map(word)
    }
}
