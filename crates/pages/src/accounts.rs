//! Accounts, seen by the operator: list, one account, from the register, slips with codes.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Choice, Told, Tone};
use crate::view::page;
use crate::{DateTime, Frame, Lang, Role, words::operator as w};

/// Accounts, searched and filtered.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub query: String,
    pub role: Option<Role>,
    pub state: Option<AccountState>,
    pub rows: Vec<AccountRow>,
    pub paging: Paging,
}
page!(Accounts, "accounts.html", operator);

impl Accounts {
    fn roles(&self, frame: &Frame) -> Vec<Choice> {
        roles(frame.lang, self.role)
    }

    fn states(&self, frame: &Frame) -> Vec<Choice> {
        let choice = |it: AccountState| Choice::new(it.as_str(), &it.badge(frame.lang).text, self.state == Some(it));
        AccountState::ALL.into_iter().map(choice).collect()
    }
}

/// One account.
#[derive(Debug, Clone)]
pub struct AccountRow {
    pub id: String,
    pub login: String,
    pub name: String,
    pub role: Role,
    /// Name of the unit; none for the roles of the whole province.
    pub unit: Option<String>,
    pub state: AccountState,
    pub last_sign_in: Option<DateTime>,
}

/// Whether an account can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountState {
    /// Has an activation code and no password yet.
    Invited,
    Active,
    Disabled,
}

impl AccountState {
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];

    /// The stored word, also the value of `state` in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The inverse of [`AccountState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

impl Badged for AccountState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Invited => (Tone::Wait, w::S_INVITED),
            Self::Active => (Tone::Good, w::S_ACTIVE),
            Self::Disabled => (Tone::Bad, w::S_DISABLED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// One account to look at and change.
#[derive(Debug, Clone)]
pub struct AccountPage {
    pub account: AccountRow,
    pub form: AccountForm,
}
page!(AccountPage, "account.html", operator);

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub login: String,
    pub form: AccountForm,
}
page!(NewAccount, "new_account.html", operator);

/// What can be changed of an account, as typed so far.
#[derive(Debug, Clone)]
pub struct AccountForm {
    pub name: String,
    pub role: Role,
    /// Code of the unit, or empty.
    pub unit: String,
    pub problem: Option<AccountProblem>,
}

impl AccountForm {
    fn roles(&self, frame: &Frame) -> Vec<Choice> {
        roles(frame.lang, Some(self.role))
    }
}

fn roles(lang: Lang, chosen: Option<Role>) -> Vec<Choice> {
    Role::ALL.into_iter().map(|it| Choice::new(it.as_str(), it.words(lang), chosen == Some(it))).collect()
}

/// Why an account was not made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountProblem {
    LoginTaken,
    LoginBad,
    NoName,
    UnknownUnit,
    UnitNeeded,
    /// Nobody would be left to run the portal.
    LastOperator,
}

impl Told for AccountProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::LoginTaken => w::P_LOGIN_TAKEN,
            Self::LoginBad => w::P_LOGIN_BAD,
            Self::NoName => w::P_NO_NAME,
            Self::UnknownUnit => w::P_UNKNOWN_UNIT,
            Self::UnitNeeded => w::P_UNIT_NEEDED,
            Self::LastOperator => w::P_LAST_OPERATOR,
        }
        .of(lang)
        .to_owned()
    }
}

/// Accounts for every unit of the register that has none.
#[derive(Debug, Clone)]
pub struct ImportAccounts {
    /// Campaigns to choose from; the chosen one was counted.
    pub campaigns: Vec<Choice>,
    /// Accounts that would be made, grassroots units and superior unions.
    pub grassroots: u64,
    pub superiors: u64,
}
page!(ImportAccounts, "import_accounts.html", operator);

impl ImportAccounts {
    fn count(&self) -> u64 {
        self.grassroots.saturating_add(self.superiors)
    }
}

/// The class of the page that prints without its head.
const STRIPS: &str = "strips";

/// Slips with activation codes in clear, one strip each; shown once.
#[derive(Debug, Clone)]
pub struct Codes {
    /// Address of the portal, as it is typed into a browser.
    pub address: String,
    pub slips: Vec<Slip>,
}
page!(Codes, "codes.html", operator);

/// One strip.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Name of the unit, or of the person for the roles of the whole province.
    pub unit: String,
    pub login: String,
    pub code: String,
    pub until: DateTime,
}
