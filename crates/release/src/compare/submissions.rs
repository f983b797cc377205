//! Submissions that were added, replaced or withdrawn.
//!
//! For each unit, period and form the versions that count are compared by digest and sheet: one
//! that counts in both releases is the same; one on each side alone is a replacement. A version
//! that does not count (rejected, contested, replaced) is told when the other release has not got
//! it at all.
//!
//! Not here: what that does to figures (`evidence`).

use super::align::{Frame, column, stage};
use super::{Listed, SubmissionChange, SubmissionLine};
use crate::Opened;
use crate::open::Packed;
use std::collections::BTreeSet;
use thidua_model::words::SubmissionDifference;
use thidua_model::{SubmissionStatus, Text};

/// A row of the table `submissions`; ordered by unit, period, form, then version.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Version<'o> {
    key: Key<'o>,
    digest: &'o str,
    sheet: &'o str,
    counts: bool,
    row: u32,
}

/// Unit, place of the period, period, form.
type Key<'o> = (u32, usize, &'o str, &'o str);

impl Version<'_> {
    fn is(&self, other: &Self) -> bool {
        self.digest == other.digest && self.sheet == other.sheet
    }
}

/// What differs of one unit in one period, for the evidence.
pub(super) type Found = (u32, Text, SubmissionDifference);

/// By unit, period and form; with every difference found, beyond `most` too.
pub(super) fn list(frame: &Frame<'_>, most: usize) -> (Listed<SubmissionChange>, Vec<Found>) {
    let (from, to) = (stage(frame.from, "submissions"), stage(frame.to, "submissions"));
    let (old, new) = (versions(frame, from), versions(frame, to));
    let mut listed = Listed::default();
    let mut all = Vec::new();
    let (mut old, mut new) = (old.as_slice(), new.as_slice());
    while let Some(key) = [old.first(), new.first()].into_iter().flatten().map(|version| version.key).min() {
        let (left, right) = (take(&mut old, key), take(&mut new, key));
        for (difference, left, right) in differences(left, right) {
            let (unit, _, period, form) = key;
            all.push((unit, Text::from(period), difference));
            listed.add(most, || SubmissionChange {
                unit: frame.units.get(unit).clone(),
                period: period.into(),
                form: form.into(),
                difference,
                from: left.map(|version| line(from, version.row)),
                to: right.map(|version| line(to, version.row)),
            });
        }
    }
    (listed, all)
}

fn take<'s, 'o>(versions: &mut &'s [Version<'o>], key: Key<'o>) -> &'s [Version<'o>] {
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

fn versions<'o>(frame: &Frame<'_>, table: &'o Packed) -> Vec<Version<'o>> {
    let units = frame.units.positions(column(table, "unit").words());
    let order = periods(frame);
    let text = |name: &str| column(table, name);
    let (unit, period, form) = (text("unit"), text("period"), text("form"));
    let (digest, sheet, status) = (text("digest"), text("sheet"), text("status"));
    let mut versions: Vec<Version<'o>> = (0..table.rows() as u32)
        .filter_map(|row| {
            let period = period.text(row)?;
            let place = order.iter().position(|id| **id == *period).unwrap_or(order.len());
            Some(Version {
                key: (units[unit.code(row)? as usize], place, period, form.text(row)?),
                digest: digest.text(row)?,
                sheet: sheet.text(row)?,
                counts: status.text(row).and_then(SubmissionStatus::parse).is_some_and(SubmissionStatus::counts),
                row,
            })
        })
        .collect();
    versions.sort_unstable();
    versions
}

/// All periods run, in order of time as the second release has them.
fn periods(frame: &Frame<'_>) -> Vec<Text> {
    let ids = |opened: &Opened| -> Vec<Text> {
        opened.manifest.periods.iter().map(|period| period.id.as_str().into()).collect()
    };
    let mut order = ids(frame.to);
    let known: BTreeSet<Text> = order.iter().cloned().collect();
    order.extend(ids(frame.from).into_iter().filter(|id| !known.contains(id)));
    order
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
