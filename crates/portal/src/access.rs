//! Who may do what: the one place that decides.
//!
//! In:  a role, what is to be done, and how the unit that it concerns stands to the one who asks.
//! Out: yes or no.

use thidua_store::Role;

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
        (Role::Superior, Action::See | Action::Upload) => matches!(relation, Own | Below),
        (Role::Superior, Action::Review | Action::Reset) => relation == Below,
        (Role::Department, Action::See | Action::Upload | Action::Review | Action::Correct) => true,
        (Role::Department, Action::Run | Action::Figures) => true,
        (Role::Board, Action::See | Action::Run | Action::Publish | Action::Figures) => true,
        (Role::Analyst, Action::Figures) => true,
        (Role::Operator, Action::Reset | Action::Administer) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_table_says_and_nothing_else() {
        // o: own unit, b: below, e: elsewhere, n: no unit.
        check(
            "           see  upload review correct reset run  publish figures administer
             unit       o    o      -      -       -     -    -       -       -
             superior   ob   ob     b      -       b     -    -       -       -
             department oben oben   oben   oben    -     oben -       oben    -
             board      oben -      -      -       -     oben oben    oben    -
             analyst    -    -      -      -       -     -    -       oben    -
             operator   -    -      -      -       oben  -    -       -       oben",
        );
    }

    #[track_caller]
    fn check(table: &str) {
        use Action::{Administer, Correct, Figures, Publish, Reset, Review, Run, See, Upload};
        let actions = [See, Upload, Review, Correct, Reset, Run, Publish, Figures, Administer];
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
}
