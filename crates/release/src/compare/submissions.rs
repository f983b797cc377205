//! Submissions that were added, replaced or withdrawn.
//!
//! For each unit, period and form the versions that count are compared by digest and sheet: one
//! that counts in both releases is the same; one on each side alone is a replacement. A version
//! that does not count (rejected, contested, replaced) is told when the other release has not got
//! it at all.
//!
//! Not here: what that does to figures (`evidence`).

use super::align::{Frame, NONE, Names, column, stage};
use super::{Listed, SubmissionChange, SubmissionLine};
use crate::open::Packed;
use std::collections::BTreeSet;
use thidua_model::words::SubmissionDifference;
use thidua_model::{SubmissionStatus, Text};

/// A row of the table `submissions`; ordered by unit, period, form, then version.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Version<'o> {
    key: Key,
    digest: &'o str,
    sheet: &'o str,
    counts: bool,
    row: u32,
}

/// Unit, period in order of time, form.
type Key = (u32, u32, u32);

impl Version<'_> {
    fn is(&self, other: &Self) -> bool {
        self.digest == other.digest && self.sheet == other.sheet
    }
}

/// What differs of one unit in one period, for the evidence.
pub(super) type Found = (u32, Text, SubmissionDifference);

/// By unit, period and form; with every difference found, beyond `most` too.
pub(super) fn list<'o>(frame: &Frame<'o>, most: usize) -> (Listed<SubmissionChange>, Vec<Found>) {
    if frame.is_same("submissions") {
        return (Listed::default(), Vec::new());
    }
    let (from, to) = (stage(frame.from, "submissions"), stage(frame.to, "submissions"));
    let words = |table: &'o Packed, name| column(table, name).words();
    let names = |name| Names::of(&[words(from, name), words(to, name)]);
    let (forms, periods) = (names("form"), periods(frame, &names("period")));
    let (old, new) = (versions(frame, from, &forms, &periods), versions(frame, to, &forms, &periods));
    let mut listed = Listed::default();
    let mut all = Vec::new();
    let (mut old, mut new) = (old.as_slice(), new.as_slice());
    while let Some(key) = [old.first(), new.first()].into_iter().flatten().map(|version| version.key).min() {
        let (left, right) = (take(&mut old, key), take(&mut new, key));
        for (difference, left, right) in differences(left, right) {
            let (unit, period, form) = key;
            let period = &periods[period as usize];
            all.push((unit, period.clone(), difference));
            listed.add(most, || SubmissionChange {
                unit: frame.units.get(unit).clone(),
                period: period.clone(),
                form: forms.get(form).clone(),
                difference,
                from: left.map(|version| line(from, version.row)),
                to: right.map(|version| line(to, version.row)),
            });
        }
    }
    (listed, all)
}

fn take<'s, 'o>(versions: &mut &'s [Version<'o>], key: Key) -> &'s [Version<'o>] {
    let count = versions.iter().take_while(|version| version.key == key).count();
    let (taken, rest) = versions.split_at(count);
    *versions = rest;
    taken
}

type Difference<'s, 'o> = (SubmissionDifference, Option<&'s Version<'o>>, Option<&'s Version<'o>>);

fn differences<'s, 'o>(old: &'s [Version<'o>], new: &'s [Version<'o>]) -> Vec<Difference<'s, 'o>> {
    let counting = |versions: &'s [Version<'o>]| versions.iter().filter(|version| version.counts);
    let lacks = |others: &'s [Version<'o>]| {
        move |version: &&Version<'o>| !others.iter().any(|other| other.counts && other.is(version))
    };
    let mut gone: Vec<&Version> = counting(old).filter(lacks(new)).collect();
    let mut come: Vec<&Version> = counting(new).filter(lacks(old)).collect();
    let pairs = gone.len().min(come.len());
    let mut found: Vec<Difference> = Vec::new();
    for (left, right) in gone.drain(..pairs).zip(come.drain(..pairs)) {
        found.push((SubmissionDifference::Replaced, Some(left), Some(right)));
    }
    for left in gone {
        match new.iter().find(|version| version.is(left)) {
            Some(right) => found.push((SubmissionDifference::CountsNoLonger, Some(left), Some(right))),
            None => found.push((SubmissionDifference::Withdrawn, Some(left), None)),
        }
    }
    for right in come {
        match old.iter().find(|version| version.is(right)) {
            Some(left) => found.push((SubmissionDifference::CountsNow, Some(left), Some(right))),
            None => found.push((SubmissionDifference::Added, None, Some(right))),
        }
    }
    let elsewhere = |others: &'s [Version<'o>], version: &Version<'o>| others.iter().any(|other| other.is(version));
    for left in old.iter().filter(|version| !version.counts && !elsewhere(new, version)) {
        found.push((SubmissionDifference::Withdrawn, Some(left), None));
    }
    for right in new.iter().filter(|version| !version.counts && !elsewhere(old, version)) {
        found.push((SubmissionDifference::Added, None, Some(right)));
    }
    found
}

fn versions<'o>(frame: &Frame<'_>, table: &'o Packed, forms: &Names, periods: &[Text]) -> Vec<Version<'o>> {
    let text = |name: &str| column(table, name);
    let (unit, period, form) = (text("unit"), text("period"), text("form"));
    let (digest, sheet, status) = (text("digest"), text("sheet"), text("status"));
    let (units, forms) = (frame.units.positions(unit.words()), forms.positions(form.words()));
    let place = |word: &str| periods.iter().position(|id| **id == *word).map_or(NONE, |at| at as u32);
    let places: Vec<u32> = period.words().into_iter().flat_map(|words| words.iter()).map(place).collect();
    let counts = |word: &str| SubmissionStatus::parse(word).is_some_and(SubmissionStatus::counts);
    let mut versions: Vec<Version<'o>> = (0..table.rows() as u32)
        .filter_map(|row| {
            Some(Version {
                key: (
                    units[unit.code(row)? as usize],
                    places[period.code(row)? as usize],
                    forms[form.code(row)? as usize],
                ),
                digest: digest.text(row)?,
                sheet: sheet.text(row)?,
                counts: status.text(row).is_some_and(counts),
                row,
            })
        })
        .collect();
    versions.sort_unstable();
    versions
}

/// All periods that submissions name: those run in order of time, as the second release has them,
/// then the others.
fn periods(frame: &Frame<'_>, named: &Names) -> Vec<Text> {
    let run = [frame.to, frame.from].into_iter().flat_map(|opened| &opened.manifest.periods);
    let run = run.map(|period| Text::from(period.id.as_str()));
    let mut known = BTreeSet::new();
    let all = run.chain((0..named.len() as u32).map(|at| named.get(at).clone()));
    all.filter(|id| known.insert(id.clone())).collect()
}

fn line(table: &Packed, row: u32) -> SubmissionLine {
    let text = |name: &str| column(table, name).text(row);
    SubmissionLine {
        file: text("file").unwrap_or_default().into(),
        sheet: text("sheet").unwrap_or_default().into(),
        digest: text("digest").unwrap_or_default().into(),
        received_at: text("received_at").and_then(|at| at.parse().ok()),
        status: text("status").and_then(SubmissionStatus::parse).unwrap_or(SubmissionStatus::Rejected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_count_are_replaced_and_others_come_and_go() {
        check(
            "before      after        told                  // `+` counts, `-` does not
             a+          a+                                 // nothing happened
             a+          b+           replaced:a>b
             a+          a- b+        replaced:a>b          // the old version is kept beside the new one
             a+ b-       a- b+        replaced:a>b
             .           a+           added:>a
             .           a-           added:>a              // rejected, and still something came
             a+          .            withdrawn:a>
             a-          .            withdrawn:a>
             a+          a-           counts_no_longer:a>a
             a+          a- b-        counts_no_longer:a>a added:>b // contested
             a- b-       a- b+        counts_now:b>b        // a receipt tells which
             a+          a+ b+        added:>b              // a list that came alone
             a-          a-",
        );
    }

    /// The only place in this file that compares versions.
    #[track_caller]
    fn check(table: &str) {
        let versions = |text: &'static str| -> Vec<Version<'static>> {
            let version = |word: &'static str| Version {
                key: (0, 0, 0),
                digest: &word[..1],
                sheet: "",
                counts: word.ends_with('+'),
                row: 0,
            };
            text.split_whitespace().filter(|word| *word != ".").map(version).collect()
        };
        let table: &'static str = Box::leak(table.to_owned().into_boxed_str());
        for line in table.lines().skip(1) {
            let line = line.split("//").next().unwrap().trim_start();
            let (before, rest) = line.split_at(line.find("  ").unwrap());
            let rest = rest.trim_start();
            let (after, told) = rest.split_at(rest.find("  ").unwrap_or(rest.len()));
            let (old, new) = (versions(before), versions(after));
            let name = |version: Option<&Version<'static>>| version.map_or("", |version| version.digest);
            let found: Vec<String> = differences(&old, &new)
                .into_iter()
                .map(|(what, left, right)| format!("{}:{}>{}", what.as_str(), name(left), name(right)))
                .collect();
            assert_eq!(found, told.split_whitespace().collect::<Vec<_>>(), "{line}");
        }
    }
}
