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

    async fn of(
        &mut self,
        visitor: &Visitor,
        id: Option<&AccountId>,
        word: impl Fn(&Account) -> String,
    ) -> Result<String, Refused> {
        let Some(id) = id else { return Ok(String::new()) };
        if let Some(account) = self.0.get(id) {
            return Ok(word(account));
        }
        let account = visitor.portal.store.accounts().get(id).await.map_err(|error| visitor.store(&error))?;
        let told = word(&account);
        self.0.insert(id.clone(), account);
        Ok(told)
    }
}
