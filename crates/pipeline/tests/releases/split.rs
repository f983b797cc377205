//! Differences of points split among their causes, on releases of the sample and of an invented
//! province.

use crate::world::{Making, SAMPLE, top};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thidua_campaign::{DefinitionFile, from_files};
use thidua_ingest::{FileSource, InboxFile};
use thidua_model::rows::RankingRow;
use thidua_model::{Points, Text};
use thidua_pipeline::split::MOST_STATES;
use thidua_pipeline::{Part, Split, SplitError, SplitRow, split};
use thidua_release::Opened;

const LATE: &str = "dot-2/Cty TNHH May Ban Me Xanh_BC dot 2.xlsx";

fn rankings(opened: &Opened) -> Vec<RankingRow> {
    opened.table("rankings").expect("a stage").records()
}

fn points(opened: &Opened) -> BTreeMap<(Text, Text), Option<Points>> {
    rankings(opened).into_iter().map(|row| ((row.period, row.unit), row.points)).collect()
}

/// Splits every place of the second release, and checks that parts add up to the stored difference.
#[track_caller]
fn whole(from: &Opened, to: &Opened) -> Split {
    let asked: Vec<(Text, Text)> = points(to).into_keys().collect();
    let found = split(from, to, &asked).expect("a split");
    let (old, new) = (points(from), points(to));
    let both = |key: &&(Text, Text)| old.get(*key).copied().flatten().is_some() && new[*key].is_some();
    assert_eq!(found.rows.len(), asked.iter().filter(both).count(), "every unit with points on both sides");
    for row in &found.rows {
        let key = (row.period.clone(), row.unit.clone());
        assert_eq!((Some(row.from), Some(row.to)), (old[&key], new[&key]), "{key:?}");
        let sum: i64 = row.parts.iter().map(|(_, points)| points.0).sum();
        assert_eq!(sum, row.to.0 - row.from.0, "{key:?}: {:?}", row.parts);
        assert!(row.parts.windows(2).all(|pair| pair[0].0 < pair[1].0), "{:?}", row.parts);
    }
    found
}

fn part(row: &SplitRow, part: Part) -> i64 {
    row.parts.iter().find(|(it, _)| *it == part).map_or(0, |(_, points)| points.0)
}

#[track_caller]
fn row<'s>(found: &'s Split, period: &str, unit: &str) -> &'s SplitRow {
    found.rows.iter().find(|row| &*row.period == period && &*row.unit == unit).expect("a row")
}

/// Another method for one item of the competition among superiors.
fn other_method(making: Making) -> Making {
    let scoring = making.campaign.files.iter().find(|file| &*file.name == "scoring.toml").expect("a file");
    let text = std::str::from_utf8(&scoring.bytes).expect("a text file");
    let at = text.rfind("id = \"ket_nap\"\nin = \"tap_hop\"\n").expect("the item of the superiors");
    let end = at + text[at..].find("cluster_best = \"CT06A\"").expect("its method") + 22;
    let old = text[at..end].to_owned();
    making.with("scoring.toml", &old, &old.replace("cluster_best", "proportional"))
}

#[test]
fn a_release_has_no_difference_from_itself_to_split() {
    let found = whole(&SAMPLE.opened, &SAMPLE.opened);
    assert!(found.causes.is_empty() && found.states == 1);
    assert!(found.rows.iter().all(|row| row.parts.is_empty()));
}

#[test]
fn a_late_report_is_own_to_its_unit_and_those_above_and_others_to_the_rest() {
    let before = Making::sample().without(LATE).run();
    let found = whole(&before.opened, &SAMPLE.opened);
    assert!(found.causes.is_empty(), "the definition is the same");
    let above = row(&found, "dot-2", "ldld-bmt");
    assert_eq!(above.parts.len(), 1);
    assert!(part(above, Part::Own) > 20 * Points::ONE, "{:?}", above.parts);
    // Pushed down by the new best of the cluster.
    let pushed = row(&found, "dot-2", "ldld-buon-ho");
    assert_eq!((pushed.parts.len(), part(pushed, Part::Others)), (1, pushed.to.0 - pushed.from.0));
    assert!(part(pushed, Part::Others) < 0);
    assert!(found.rows.iter().filter(|row| &*row.period == "dot-1").all(|row| row.from == row.to));
}

#[test]
fn another_method_is_the_method_alone() {
    let after = other_method(Making::sample()).run();
    let found = whole(&SAMPLE.opened, &after.opened);
    assert_eq!(found.causes, [(Part::Method, vec!["scoring.toml".into()])]);
    assert!(found.rows.iter().any(|row| row.from != row.to));
    for row in &found.rows {
        assert_eq!(row.parts, [(Part::Method, row.to - row.from)]);
    }
}

#[test]
fn a_correction_is_no_report() {
    let mut making = Making::sample();
    let field = SAMPLE.campaign.find_field("reached").expect("a field");
    let unit = SAMPLE.campaign.find_unit("cs-tan-loi").expect("a unit");
    let period = SAMPLE.campaign.find_period("dot-2").expect("a period");
    let fact = SAMPLE.intake.facts.get(period, field, unit);
    let form = &SAMPLE.intake.submissions[fact.source.submission as usize].form;
    let text = format!(
        "unit;period;form;field;old;new;by;at;reason\ncs-tan-loi;dot-2;{form};reached;{};{};Lê Thị B;2014-12-20 08:30;đã hỏi lại\n",
        fact.value,
        fact.value / 2
    );
    making
        .inbox
        .files
        .push(InboxFile { name: "corrections.csv".into(), source: FileSource::Bytes(text.into_bytes().into()) });
    let corrected = making.run();
    let applied = corrected.opened.manifest.corrections.as_ref().map(|it| it.applied);
    assert_eq!(applied, Some(1));
    let found = whole(&SAMPLE.opened, &corrected.opened);
    let corrected = row(&found, "dot-2", "cs-tan-loi");
    assert!(corrected.from != corrected.to);
    for row in &found.rows {
        assert_eq!(row.parts, [(Part::Corrections, row.to - row.from)], "{}", row.unit);
    }
}

/// The states in between are what runs with one cause alone give.
#[test]
fn two_causes_share_as_the_runs_between_them_say() {
    let [neither, report, method, both] = [
        Making::sample().without(LATE),
        Making::sample(),
        other_method(Making::sample().without(LATE)),
        other_method(Making::sample()),
    ]
    .map(|making| making.run().opened);
    let found = whole(&neither, &both);
    let (f0, fr, fm, fb) = (points(&neither), points(&report), points(&method), points(&both));
    let mut shared = 0;
    for row in found.rows.iter().filter(|row| row.parts.len() == 2) {
        let at = |points: &BTreeMap<(Text, Text), Option<Points>>| {
            points[&(row.period.clone(), row.unit.clone())].map_or(0, |points| points.0)
        };
        let twice = at(&fm) - at(&f0) + at(&fb) - at(&fr);
        assert!((2 * part(row, Part::Method) - twice).abs() <= 1, "{}: {:?} {twice}", row.unit, row.parts);
        shared += usize::from(twice != 0 && 2 * (row.to.0 - row.from.0) != twice);
    }
    assert!(shared > 0, "some unit has two causes");
    // The way back is the same with the other sign.
    let back = whole(&both, &neither);
    for (there, back) in found.rows.iter().zip(&back.rows) {
        for ((part, points), (same, turned)) in there.parts.iter().zip(&back.parts) {
            // Halves are rounded, so that the sum is exact.
            assert!(part == same && (points.0 + turned.0).abs() <= 1, "{}: {part:?}", there.unit);
        }
    }
}

/// Changes a text file of the definition.
fn edit(making: &mut Making, file: &str, change: impl Fn(&str) -> String) {
    let files = making.campaign.files.iter().map(|it| {
        if &*it.name != file {
            return it.clone();
        }
        let text = std::str::from_utf8(&it.bytes).expect("a text file");
        let changed = change(text);
        assert_ne!(changed, text, "{file}");
        DefinitionFile { bytes: changed.into_bytes().into(), digest: "another".into(), ..it.clone() }
    });
    making.campaign = from_files(files.collect()).expect("still a definition");
}

fn province(folder: &Path, units: usize) -> thidua_sample::Sample {
    let campaign = thidua_campaign::load(&top("templates/dak-lak-2014")).expect("a campaign");
    thidua_sample::generate(&campaign, units, 3, folder).expect("a sample")
}

/// A target for a unit that the old register does not have cannot be read with it.
#[test]
fn a_founded_unit_takes_its_target_into_the_register_with_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sample = province(folder.path(), 60);
    let before = Making::of(&sample.campaign, &sample.inbox).run();
    let mut after = other_method(Making::of(&sample.campaign, &sample.inbox));
    let assigned = after.campaign.assigned.iter().map(|it| it.unit).next_back().expect("a target");
    let like = after.campaign.unit(assigned).id.to_string();
    let founded = |text: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{like},"))).expect("the unit's line");
        line.replacen(&like, "zz-moi", 1) + "\n"
    };
    let named: Vec<DefinitionFile> = after.campaign.files.clone();
    let text = |name: &str| {
        let file = named.iter().find(|it| &*it.name == name).expect("a file");
        std::str::from_utf8(&file.bytes).expect("a text file").to_owned()
    };
    let files = named.iter().map(|it| match &*it.name {
        name @ ("units.csv" | "targets.csv") => {
            let old = text(name);
            let bytes = format!("{old}{}", founded(&old)).into_bytes();
            DefinitionFile { bytes: bytes.into(), digest: "another".into(), ..it.clone() }
        }
        _ => it.clone(),
    });
    after.campaign = from_files(files.collect()).expect("still a definition");
    let found = whole(&before.opened, &after.run().opened);
    let expected: [(Part, Vec<Text>); 2] =
        [(Part::Method, vec!["scoring.toml".into()]), (Part::Register, vec!["targets.csv".into(), "units.csv".into()])];
    assert_eq!(found.causes, expected);
    assert!(found.rows.iter().any(|row| part(row, Part::Register) != 0), "it is missing among the reports");
}

/// Late reports, another method, a unit that moved and one that was founded, all at once.
#[test]
fn with_every_cause_at_once_the_parts_still_add_up_for_every_unit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sample = province(folder.path(), 160);
    let mut before = Making::of(&sample.campaign, &sample.inbox);
    let reports: Vec<usize> = (0..before.inbox.files.len())
        .filter(|at| before.inbox.files[*at].name.contains("dot-2"))
        .step_by(9)
        .take(12)
        .collect();
    for at in reports.into_iter().rev() {
        before.inbox.files.remove(at);
    }
    let mut after = other_method(Making::of(&sample.campaign, &sample.inbox));
    let superiors: Vec<String> = {
        let campaign = &after.campaign;
        let parents = campaign.units.iter().filter_map(|unit| unit.latest().parent);
        let grassroots = campaign.units.iter().filter(|unit| campaign.is_grassroots(unit.latest()));
        let of_grassroots: BTreeSet<_> = grassroots.filter_map(|unit| unit.latest().parent).collect();
        let is_superior = |unit: &thidua_model::UnitIx| campaign.unit(*unit).latest().parent.is_some();
        let named = parents.filter(|unit| of_grassroots.contains(unit)).filter(is_superior).collect::<BTreeSet<_>>();
        named.into_iter().map(|unit| campaign.unit(unit).id.to_string()).collect()
    };
    let [one, other] = [&superiors[0], &superiors[1]];
    edit(&mut after, "units.csv", |text| {
        let mut moved = 0;
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells[3] == one && moved < 2 {
                cells[3] = other;
                moved += 1;
            }
            lines.push(cells.join(","));
        }
        let like = lines.iter().find(|line| line.split(',').nth(3) == Some(other.as_str())).expect("a unit").clone();
        let code = like.split(',').next().expect("a code").to_owned();
        lines.push(like.replacen(&code, "zz-moi", 1));
        lines.join("\n") + "\n"
    });
    let (before, after) = (before.run(), after.run());
    let found = whole(&before.opened, &after.opened);
    let parts: BTreeSet<Part> = found.causes.iter().map(|(part, _)| *part).collect();
    assert_eq!(parts, BTreeSet::from([Part::Method, Part::Register]));
    let moved = |part: Part| found.rows.iter().filter(|row| self::part(row, part) != 0).count();
    for part in [Part::Own, Part::Others, Part::Method, Part::Register] {
        assert!(moved(part) > 0, "{part:?}");
    }
    let mixed = found.rows.iter().filter(|row| row.parts.iter().filter(|(_, it)| it.0 != 0).count() >= 3).count();
    assert!(mixed > 0, "some unit has three causes");
    assert!(found.states <= MOST_STATES + 8, "{}", found.states);
    // What is told together for want of room is told apart for one unit.
    if let Some(row) = found.rows.iter().find(|row| row.parts.iter().any(|(part, _)| *part == Part::Reports)) {
        let alone = split(&before.opened, &after.opened, &[(row.period.clone(), row.unit.clone())]).expect("a split");
        assert!(alone.rows[0].parts.iter().any(|(part, _)| *part == Part::Own));
        assert_eq!(alone.rows[0].parts.iter().map(|(_, it)| it.0).sum::<i64>(), row.to.0 - row.from.0);
    }
}

#[test]
fn a_release_that_is_not_computed_again_as_it_was_is_not_split() {
    let outcome = {
        let mut outcome = SAMPLE.outcome.clone();
        let row = outcome.rankings.iter_mut().find(|row| row.points.is_some()).expect("a place");
        row.points = row.points.map(|points| points + Points(1));
        outcome
    };
    let options = thidua_model::RunOptions {
        as_of: Some("2014-12-31".parse().expect("a date")),
        period: None,
        units_as_of: None,
    };
    let frozen = thidua_release::freeze(&SAMPLE.campaign, &SAMPLE.intake, &outcome, &options);
    let forged = Opened::of(&frozen, Path::new("nowhere"));
    let error = split(&SAMPLE.opened, &forged, &[]).expect_err("its points are others");
    assert!(matches!(&error, SplitError::OtherProgram { release } if **release == *forged.id), "{error}");
}
