//! Who may do what: the one place that decides.
//!
//! In:  a role, what is to be done, and how the unit that it concerns stands to the one who asks.
//! Out: yes or no; for figures the scope of an account or a token.

use std::fmt;
use thidua_campaign::Audience;
use thidua_model::Date;
use thidua_server::{Persons, Scope, Units};
use thidua_store::{Account, Role};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// A unit's pages: reports, versions, figures.
    See,
    /// Send a report for a unit.
    Upload,
    /// Approve or return a unit's report, give it more time.
    Review,
    /// Give a unit's account a new activation code.
    Reset,
    /// Put a value in the place of one that was sent.
    Correct,
    /// Make a provisional run.
    Run,
    /// Publish a release.
    Publish,
    /// GraphQL, exports, the explorer.
    Figures,
    /// Names of persons in lists, as long as they are kept.
    Persons,
    /// How the server is doing: `/metrics`.
    Metrics,
    /// Accounts, jobs, the audit log.
    Administer,
}

/// How the unit that an action concerns stands to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Own,
    Below,
    Elsewhere,
    /// The action concerns no unit.
    None,
}

/// Whether it is allowed. What is not named is not.
pub(crate) fn may(role: Role, action: Action, relation: Relation) -> bool {
    use Relation::{Below, Own};
    match (role, action) {
        (Role::Unit, Action::See | Action::Upload) => relation == Own,
        (Role::Unit, Action::Persons) => relation == Own,
        (Role::Superior, Action::See | Action::Upload | Action::Figures | Action::Persons) => {
            matches!(relation, Own | Below)
        }
        (Role::Superior, Action::Review | Action::Reset) => relation == Below,
        (Role::Department, Action::See | Action::Upload | Action::Review | Action::Correct | Action::Run) => true,
        (Role::Board, Action::See | Action::Run | Action::Publish) => true,
        (Role::Department | Role::Board, Action::Figures | Action::Persons) => true,
        // Whoever has a unit asks for figures of the whole as somebody from elsewhere.
        (Role::Analyst, Action::Figures) => relation != Relation::Elsewhere,
        (Role::Operator, Action::Reset | Action::Administer | Action::Metrics) => true,
        _ => false,
    }
}

/// What a token was made for, as the store keeps it: `everything` or `unit:<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenScope {
    /// All that its account sees.
    Everything,
    /// Of this unit and those below it what its account sees.
    Unit(String),
}

impl TokenScope {
    /// `None`: words that this program does not know; such a token opens nothing.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None if text == "everything" => Some(Self::Everything),
            Some(("unit", code)) if !code.is_empty() => Some(Self::Unit(code.to_owned())),
            _ => None,
        }
    }

    pub(crate) fn unit(&self) -> Option<&str> {
        match self {
            Self::Everything => None,
            Self::Unit(code) => Some(code),
        }
    }
}

impl fmt::Display for TokenScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("everything"),
            Self::Unit(code) => write!(f, "unit:{code}"),
        }
    }
}

/// The figures that an account sees today, through a token at most what the token was made for; `None`:
/// none. An account without a unit sees every unit, one with a unit that and those below it.
pub(crate) fn figures(account: &Account, token: &TokenScope, today: Date) -> Option<Scope> {
    let relation = if account.unit.is_some() { Relation::Own } else { Relation::None };
    if !may(account.role, Action::Figures, relation) {
        return None;
    }
    let persons = if may(account.role, Action::Persons, relation) { Persons::On(today) } else { Persons::Hidden };
    let all = Scope::new(Units::Everything, persons).of(audience(account.role));
    Some(account.unit.as_deref().into_iter().chain(token.unit()).fold(all, Scope::under))
}

/// For whom a definition shows what it does not show everybody.
pub(crate) fn audience(role: Role) -> Audience {
    match role {
        Role::Analyst | Role::Department | Role::Operator => Audience::Analyst,
        Role::Board => Audience::Board,
        _ => Audience::Unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_table_says_and_nothing_else() {
        // o: own unit, b: below, e: elsewhere, n: no unit.
        check(
            "           see  upload review correct reset run  publish figures persons metrics administer
             unit       o    o      -      -       -     -    -       -       o       -       -
             superior   ob   ob     b      -       b     -    -       ob      ob      -       -
             department oben oben   oben   oben    -     oben -       oben    oben    -       -
             board      oben -      -      -       -     oben oben    oben    oben    -       -
             analyst    -    -      -      -       -     -    -       obn     -       -       -
             operator   -    -      -      -       oben  -    -       -       -       oben    oben",
        );
    }

    #[track_caller]
    fn check(table: &str) {
        use Action::{Administer, Correct, Figures, Metrics, Persons, Publish, Reset, Review, Run, See, Upload};
        let actions = [See, Upload, Review, Correct, Reset, Run, Publish, Figures, Persons, Metrics, Administer];
        let relations =
            [('o', Relation::Own), ('b', Relation::Below), ('e', Relation::Elsewhere), ('n', Relation::None)];
        let mut roles = 0;
        for line in table.lines().skip(1) {
            let mut words = line.split_whitespace();
            let role = words.next().and_then(Role::from_word).expect("a role");
            roles += 1;
            for (action, allowed) in actions.into_iter().zip(words) {
                for (sign, relation) in relations {
                    assert_eq!(may(role, action, relation), allowed.contains(sign), "{role} {action:?} {relation:?}");
                }
            }
        }
        assert_eq!(roles, Role::ALL.len());
    }

    fn account(role: Role, unit: Option<&str>) -> Account {
        Account {
            id: "a".into(),
            login: "a".to_owned(),
            name: "A".to_owned(),
            role,
            unit: unit.map(str::to_owned),
            contact: None,
            state: thidua_store::AccountState::Active,
            password: None,
            activation: None,
            activation_until: None,
            created_at: 0,
            changed_at: 0,
            last_login_at: None,
        }
    }

    #[test]
    fn figures_are_those_of_the_account_and_through_a_token_at_most_those_of_the_token() {
        let today = Date::constant(2014, 12, 20);
        // Role, unit of the account, token: roots of what is seen, whether names are.
        for (role, unit, token, expected) in [
            (Role::Unit, Some("u"), "everything", None),
            (Role::Superior, Some("s"), "everything", Some(("s", true))),
            (Role::Superior, Some("s"), "unit:u", Some(("s u", true))),
            (Role::Superior, None, "everything", None),
            (Role::Department, None, "everything", Some(("*", true))),
            (Role::Board, None, "everything", Some(("*", true))),
            (Role::Board, None, "unit:u", Some(("u", true))),
            (Role::Analyst, None, "everything", Some(("*", false))),
            (Role::Analyst, Some("s"), "everything", Some(("s", false))),
            (Role::Analyst, Some("s"), "unit:u", Some(("s u", false))),
            (Role::Operator, None, "everything", None),
        ] {
            let token = TokenScope::parse(token).expect("a scope");
            let seen = figures(&account(role, unit), &token, today).map(|scope| {
                let roots = match scope.units() {
                    Units::Everything => "*".to_owned(),
                    Units::Under(roots) => roots.iter().map(|root| &**root).collect::<Vec<_>>().join(" "),
                    Units::These(units) => panic!("{units:?}"),
                };
                (roots, scope.persons())
            });
            let persons = |shown| if shown { Persons::On(today) } else { Persons::Hidden };
            let expected = expected.map(|(roots, shown)| (roots.to_owned(), persons(shown)));
            assert_eq!(seen, expected, "{role} {unit:?} {token}");
        }
    }

    #[test]
    fn the_scope_of_a_token_is_kept_as_words() {
        for text in ["everything", "unit:cs-ea-kpam"] {
            assert_eq!(TokenScope::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        for text in ["", "unit:", "unit", "Everything", "{}", "units:a"] {
            assert_eq!(TokenScope::parse(text), None, "{text}");
        }
    }
}
