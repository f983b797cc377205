//! Which releases count and in what order, from the journals of several folders.
//!
//! In:  the entries of each folder's journal.
//! Out: every release once, the newest first, with the folders that hold it.
//!
//! Inside a folder the journal's order counts, even where a clock went back. Between folders the
//! times decide; at the same time the folder that was named later wins.

use std::collections::BTreeMap;
use thidua_model::{DateTime, Text};
use thidua_release::journal::{Entry, Event};

/// A release as the journals tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) release: Text,
    /// Positions of the folders whose journals name it.
    pub(super) folders: Vec<usize>,
    /// When it was published first: later publishing changes which release is current, not this.
    pub(super) published_at: Option<DateTime>,
}

/// All releases that count, the newest first.
///
/// # Input
/// `include_unpublished`: releases that were only made count too, and the newest event of any kind
/// decides the order; otherwise the last publishing does.
pub(super) fn standings(journals: &[&[Entry]], include_unpublished: bool) -> Vec<Standing> {
    struct Known {
        standing: Standing,
        last: Option<(DateTime, usize, usize)>,
    }
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    for (folder, entries) in journals.iter().enumerate() {
        let mut latest = DateTime::MIN;
        for (line, entry) in entries.iter().enumerate() {
            latest = latest.max(entry.at);
            let it = known.entry(&entry.release).or_insert_with(|| Known {
                standing: Standing { release: entry.release.as_str().into(), folders: Vec::new(), published_at: None },
                last: None,
            });
            if it.standing.folders.last() != Some(&folder) {
                it.standing.folders.push(folder);
            }
            if entry.event == Event::Published {
                let first = it.standing.published_at.map_or(entry.at, |at| at.min(entry.at));
                it.standing.published_at = Some(first);
            }
            if include_unpublished || entry.event == Event::Published {
                it.last = it.last.max(Some((latest, folder, line)));
            }
        }
    }
    let mut counting: Vec<_> = known.into_values().filter_map(|it| Some((it.last?, it.standing))).collect();
    counting.sort_by(|(a, _), (b, _)| b.cmp(a));
    counting.into_iter().map(|(_, standing)| standing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `folder release event day`, a line each; gives the releases in order.
    fn order(journals: &str, include_unpublished: bool) -> String {
        let mut folders: Vec<Vec<Entry>> = Vec::new();
        for line in journals.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let [folder, release, event, day] = parts[..] else { panic!("four words: {line}") };
            let folder: usize = folder.parse().unwrap();
            folders.resize_with(folders.len().max(folder + 1), Vec::new);
            folders[folder].push(Entry {
                at: jiff::civil::date(2014, 12, day.parse().unwrap()).at(8, 0, 0, 0),
                event: if event == "published" { Event::Published } else { Event::Made },
                release: release.to_owned(),
                note: String::new(),
            });
        }
        let journals: Vec<&[Entry]> = folders.iter().map(Vec::as_slice).collect();
        let shown = |it: Standing| {
            let day = it.published_at.map_or("-".to_owned(), |at| at.day().to_string());
            format!("{}@{day}{:?}", it.release, it.folders)
        };
        standings(&journals, include_unpublished).into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_release_published_last_comes_first() {
        let cases = [
            ("", false, ""),
            ("0 a made 1", false, ""),
            ("0 a made 1", true, "a@-[0]"),
            ("0 a made 1 \n 0 a published 2 \n 0 b made 3", false, "a@2[0]"),
            ("0 a made 1 \n 0 a published 2 \n 0 b made 3", true, "b@-[0] a@2[0]"),
            // Published again after another one: it is current again, and its first time stays.
            ("0 a published 1 \n 0 b published 2 \n 0 a published 3", false, "a@1[0] b@2[0]"),
            // A clock that went back does not change the journal's order.
            ("0 a published 9 \n 0 b published 2", false, "b@2[0] a@9[0]"),
            // Between folders the time decides, then the folder named later.
            ("0 a published 5 \n 1 b published 4", false, "a@5[0] b@4[1]"),
            ("0 a published 5 \n 1 b published 5", false, "b@5[1] a@5[0]"),
            // One release in two folders is one release.
            ("0 a made 1 \n 1 a made 2 \n 1 a published 3", false, "a@3[0, 1]"),
            ("0 a published 4 \n 1 a published 3", false, "a@3[0, 1]"),
        ];
        for (journals, include_unpublished, expected) in cases {
            assert_eq!(order(journals, include_unpublished), expected, "{journals}");
        }
    }
}
