//! Which of several versions of one report counts.
//!
//! In:  drafts in order of file and sheet.
//! Out: for each what became of it. The latest receipt wins; without receipts differing versions
//!      are contested and none counts; versions that say the same count once.

use crate::draft::Draft;
use std::collections::BTreeMap;
use thidua_model::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Version {
    Counts,
    Superseded {
        by: Text,
    },
    Contested {
        files: Text,
    },
    /// Hidden, beside a visible sheet that says whose and when the same.
    HiddenCopy {
        used: Text,
        differing: u32,
    },
}

/// A message names so many versions: with a thousand copies in an inbox each would name a thousand.
const MOST_NAMED: usize = 5;

/// A list of a workbook in whose place the same list came alone, later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReplacedList {
    /// Position of the draft that it stands in.
    pub(crate) home: usize,
    /// Position in the form's lists.
    pub(crate) list: usize,
    pub(crate) by: Text,
}

/// `family` gives one number to all versions of a form: an old form does not stand beside a new one.
pub(crate) fn settle_versions(drafts: &[Draft], family: impl Fn(usize) -> usize) -> (Vec<Version>, Vec<ReplacedList>) {
    let mut versions = vec![Version::Counts; drafts.len()];
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if let Some((used, differing)) = &draft.copy_of {
            versions[at] = Version::HiddenCopy { used: used.clone(), differing: *differing };
            continue;
        }
        if draft.is_rejected {
            continue;
        }
        groups.entry((draft.unit, family(draft.form), draft.period, draft.lone_list)).or_default().push(at);
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        let latest = group.iter().map(|&at| drafts[at].received_at).max().flatten();
        let is_last = |at: &&usize| drafts[**at].received_at == latest;
        let last: Vec<usize> = group.iter().filter(is_last).copied().collect();
        let winner = last[0];
        if last.iter().any(|&at| !say_the_same(&drafts[at], &drafts[winner])) {
            let named = last.iter().take(MOST_NAMED);
            let files: Vec<String> = named.map(|&at| format!("{} › {}", drafts[at].file, drafts[at].sheet)).collect();
            let more = match last.len().saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!("; … (+{more})"),
            };
            let files = Text::from(files.join("; ") + &more);
            group.iter().for_each(|&at| versions[at] = Version::Contested { files: files.clone() });
        } else {
            for &at in group.iter().filter(|&&at| at != winner) {
                versions[at] = Version::Superseded { by: drafts[winner].file.clone() };
            }
        }
    }
    // A list that came alone gives way to the same list filled in beside its form, unless it was
    // received after it.
    let mut filled: BTreeMap<_, usize> = BTreeMap::new();
    for (at, (draft, version)) in drafts.iter().zip(&versions).enumerate() {
        if draft.lone_list.is_none() && *version == Version::Counts && !draft.is_rejected {
            for row in &draft.rows {
                filled.entry((draft.unit, family(draft.form), draft.period, row.list)).or_insert(at);
            }
        }
    }
    let mut replaced = Vec::new();
    for (draft, version) in drafts.iter().zip(&mut versions) {
        if let (Some(list), Version::Counts) = (draft.lone_list, &*version)
            && let Some(&home) = filled.get(&(draft.unit, family(draft.form), draft.period, list))
        {
            if draft.received_at > drafts[home].received_at && drafts[home].received_at.is_some() {
                replaced.push(ReplacedList { home, list, by: draft.file.clone() });
            } else {
                *version = Version::Superseded { by: drafts[home].file.clone() };
            }
        }
    }
    (versions, replaced)
}

/// The same sheet of the same bytes, or another sheet with the same values: a copy for printing
/// contradicts nothing.
fn say_the_same(one: &Draft, other: &Draft) -> bool {
    let facts = |draft: &Draft| {
        let mut facts: Vec<_> = draft.entries.iter().map(|entry| (entry.field, entry.value, entry.mark)).collect();
        facts.sort_unstable_by_key(|(field, value, _)| (*field, *value));
        facts
    };
    let words = |draft: &Draft| {
        let mut words: Vec<_> = draft.words.iter().map(|words| (words.field, words.value.clone())).collect();
        words.sort_unstable();
        words
    };
    let rows = |draft: &Draft| draft.rows.iter().map(|row| (row.list, row.values.clone())).collect::<Vec<_>>();
    (&one.digest, &one.sheet) == (&other.digest, &other.sheet)
        || (one.form == other.form
            && facts(one) == facts(other)
            && words(one) == words(other)
            && rows(one) == rows(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Entry;
    use thidua_model::{CellRef, FactMark, FieldIx, PeriodIx, ReadingAccount, UnitIx};

    #[test]
    fn the_latest_receipt_wins_and_nothing_is_guessed() {
        check(
            "file:digest@day …          what became of each
             a:1@4 b:2@5                by-b counts
             a:1@5 b:2@4                counts by-a
             a:1 b:2                    contested contested
             a:1 b:1                    counts by-a          // identical bytes count once
             a:1 b:1b                   counts by-a          // other bytes that say the same, too
             a:1@4 b:2@4                contested contested
             a:1@4 b:2                  counts by-a          // only one was received
             a:1@4 b:2@5 c:1@6          by-c by-c counts
             a:1@4 b:2@5 c:2@5          by-b counts by-b
             a:1@4 b:2@9!               counts rejected      // a rejected version replaces nothing
             a:1 a:2~                   counts copy-of-a     // a hidden copy contests nothing
             a:1@4 a:2~ b:3@5           by-b copy-of-a counts
             a:1! a:2~                  rejected copy-of-a   // nor does it take the place of another",
        );
    }

    #[test]
    fn a_contest_of_many_versions_names_a_few() {
        let drafts: Vec<Draft> = (0..900).map(|number| draft(&format!("f{number}:{number}"))).collect();
        let (versions, _) = settle_versions(&drafts, |form| form);
        let Version::Contested { files } = &versions[899] else { panic!("{:?}", versions[899]) };
        assert!(files.starts_with("f0 › Mẫu 1; f1 › ") && files.ends_with("; … (+895)"), "{files}");
    }

    #[track_caller]
    fn check(table: &str) {
        for line in table.lines().skip(1) {
            let line = line.split("//").next().unwrap();
            let words: Vec<&str> = line.split_whitespace().collect();
            let (files, expected) = words.split_at(words.len() / 2);
            let drafts: Vec<Draft> = files.iter().map(|file| draft(file)).collect();
            let shown =
                settle_versions(&drafts, |form| form).0.into_iter().zip(&drafts).map(
                    |(version, draft)| match version {
                        _ if draft.is_rejected => "rejected".to_owned(),
                        Version::Counts => "counts".to_owned(),
                        Version::Superseded { by } => format!("by-{by}"),
                        Version::Contested { .. } => "contested".to_owned(),
                        Version::HiddenCopy { used, .. } => format!("copy-of-{used}"),
                    },
                );
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{line}");
        }
    }

    fn draft(text: &str) -> Draft {
        let (text, is_rejected) = text.strip_suffix('!').map_or((text, false), |text| (text, true));
        let (text, is_copy) = text.strip_suffix('~').map_or((text, false), |text| (text, true));
        let (name, day) = text.split_once('@').map_or((text, None), |(name, day)| (name, Some(day)));
        let (file, digest) = name.split_once(':').unwrap();
        let received_at =
            day.map(|day| thidua_model::DateTime::new(2014, 6, day.parse().unwrap(), 8, 0, 0, 0).unwrap());
        Draft {
            file: file.into(),
            digest: digest.into(),
            sheet: "Mẫu 1".into(),
            form: 0,
            lone_list: None,
            unit: UnitIx(0),
            period: PeriodIx(0),
            received_at,
            is_rejected,
            copy_of: is_copy.then(|| (file.into(), 1)),
            asked: 1,
            account: ReadingAccount::default(),
            entries: vec![Entry {
                field: FieldIx(0),
                value: digest.trim_end_matches('b').parse().unwrap(),
                mark: FactMark::Present,
                cell: CellRef::default(),
                raw: None,
            }],
            words: Vec::new(),
            notes: Vec::new(),
            rows: Vec::new(),
            totals: Vec::new(),
            issues: Vec::new(),
        }
    }
}
