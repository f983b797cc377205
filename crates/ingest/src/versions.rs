//! Which of several versions of one report counts.
//!
//! In:  drafts in order of file and sheet.
//! Out: for each what became of it. The latest receipt wins; without receipts differing versions
//!      are contested and none counts; identical bytes count once.

use crate::draft::Draft;
use std::collections::BTreeMap;
use thidua_model::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Version {
    Counts,
    Superseded { by: Text },
    Contested { files: Text },
}

pub(crate) fn settle_versions(drafts: &[Draft]) -> Vec<Version> {
    let mut versions = vec![Version::Counts; drafts.len()];
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.is_rejected) {
        groups.entry((draft.unit, draft.form, draft.period, draft.lone_list)).or_default().push(at);
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        let latest = group.iter().map(|&at| drafts[at].received_at).max().flatten();
        let is_last = |at: &&usize| drafts[**at].received_at == latest;
        let last: Vec<usize> = group.iter().filter(is_last).copied().collect();
        let winner = last[0];
        let content = |at: usize| (&drafts[at].digest, &drafts[at].sheet);
        if last.iter().any(|&at| content(at) != content(winner)) {
            let files: Vec<String> =
                last.iter().map(|&at| format!("{} › {}", drafts[at].file, drafts[at].sheet)).collect();
            let files = Text::from(files.join("; "));
            group.iter().for_each(|&at| versions[at] = Version::Contested { files: files.clone() });
        } else {
            for &at in group.iter().filter(|&&at| at != winner) {
                versions[at] = Version::Superseded { by: drafts[winner].file.clone() };
            }
        }
    }
    // A list that came alone gives way to the same list filled in beside its form.
    let mut filled: BTreeMap<_, Text> = BTreeMap::new();
    for (_, draft) in drafts.iter().enumerate().filter(|(at, _)| versions[*at] == Version::Counts) {
        if draft.lone_list.is_none() {
            for row in &draft.rows {
                filled.entry((draft.unit, draft.form, draft.period, row.list)).or_insert_with(|| draft.file.clone());
            }
        }
    }
    for (draft, version) in drafts.iter().zip(&mut versions) {
        if let (Some(list), Version::Counts) = (draft.lone_list, &*version)
            && let Some(by) = filled.get(&(draft.unit, draft.form, draft.period, list))
        {
            *version = Version::Superseded { by: by.clone() };
        }
    }
    versions
}
