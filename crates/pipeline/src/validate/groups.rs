//! Issues in the order in which somebody mends them, each kind of mistake once.
//!
//! In:  the issues of a file.
//! Out: groups by code, errors before warnings, the whole file before its sheets before its cells;
//!      in a group equal mistakes stand together, with all their places.
//!
//! Not here: how many of them are shown (`cli`).

use std::collections::BTreeMap;
use thidua_model::{Issue, Lang, Place, Severity};

/// How much of a file an issue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    File,
    Sheet,
    Cell,
}

impl Level {
    pub fn of(place: &Place) -> Self {
        match place {
            Place::Cell { .. } => Self::Cell,
            Place::Sheet { .. } => Self::Sheet,
            Place::Campaign | Place::Definition { .. } | Place::File { .. } => Self::File,
        }
    }
}

/// All issues of one code, those that the sender explained apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'i> {
    pub code: &'static str,
    pub severity: Severity,
    /// The widest of its places.
    pub level: Level,
    /// In the order of their first places.
    pub mistakes: Vec<Mistake<'i>>,
}

/// The same said at one or more places.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake<'i> {
    /// Not empty.
    pub issues: Vec<&'i Issue>,
}

impl<'i> Mistake<'i> {
    pub fn first(&self) -> &'i Issue {
        self.issues[0]
    }
}

impl Group<'_> {
    pub fn count(&self) -> usize {
        self.mistakes.iter().map(|mistake| mistake.issues.len()).sum()
    }

    /// What to do, when it is the same for all of them.
    pub fn fix(&self, lang: Lang) -> Option<String> {
        let mut fixes = self.mistakes.iter().map(|mistake| mistake.first().fix(lang));
        let first = fixes.next()?;
        fixes.all(|fix| fix == first).then_some(first)
    }
}

/// Groups issues.
pub fn groups(issues: &[Issue]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut of_code: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    let mut of_text: BTreeMap<(&str, Severity, String, String), usize> = BTreeMap::new();
    for issue in issues {
        let level = Level::of(&issue.place);
        let at = *of_code.entry((issue.code(), issue.severity())).or_insert_with(|| {
            groups.push(Group { code: issue.code(), severity: issue.severity(), level, mistakes: Vec::new() });
            groups.len() - 1
        });
        let group = &mut groups[at];
        group.level = group.level.min(level);
        let said = (issue.code(), issue.severity(), issue.message(Lang::Vi), issue.fix(Lang::Vi));
        let mistake = *of_text.entry(said).or_insert_with(|| {
            group.mistakes.push(Mistake { issues: Vec::new() });
            group.mistakes.len() - 1
        });
        group.mistakes[mistake].issues.push(issue);
    }
    groups.sort_by_key(|group| (group.severity, group.level, group.code));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_model::{CellRef, IssueKind};

    fn issue(kind: IssueKind, row: u32) -> Issue {
        Issue::new(kind, Place::Cell { file: "a".into(), sheet: "b".into(), cell: CellRef::new(row, 3) })
    }

    #[test]
    fn what_to_do_first_stands_first_and_equal_mistakes_are_one() {
        let not_a_number = |found: &str, row| issue(IssueKind::NotANumber { found: found.into() }, row);
        let mut issues = vec![issue(IssueKind::FormulaUsed { read_as: "1".into() }, 0)];
        issues.extend((1..=300).map(|row| not_a_number("x", row)));
        issues.push(not_a_number("y", 400));
        issues.push(Issue::new(
            IssueKind::SheetUnused { cells: 3 },
            Place::Sheet { file: "a".into(), sheet: "c".into() },
        ));
        issues.push(Issue::new(IssueKind::FileEncrypted {}, Place::File { file: "a".into() }));
        let shown: Vec<String> = groups(&issues)
            .iter()
            .map(|group| {
                let places: Vec<usize> = group.mistakes.iter().map(|mistake| mistake.issues.len()).collect();
                format!("{} {} {places:?} {}", group.code, group.count(), group.fix(Lang::En).is_some())
            })
            .collect();
        assert_eq!(shown, ["F004 1 [1] true", "V101 301 [300, 1] true", "F012 1 [1] true", "V109 1 [1] true"]);
    }
}
