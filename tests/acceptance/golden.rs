//! The sample against figures that were computed without this program: `expected/*.csv`, made from
//! the story by exact fractions in Python (see `samples/dak-lak-2014/README.md`).

use crate::program::{run, sample, top};
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::rows::{ClassRow, CoverageRow, IndicatorRow, IssueRow, RankingRow, ScoreRow};
use thidua_model::{ColumnData, Points};
use thidua_release::Frozen;

/// What the year comes to, written by hand from the sample's story.
///
/// The edges: 711 of 790 is 90 % exactly and "trên 90 %" is not met; 8 of 789 prints as 1.0 % and
/// "dưới 01 %" is not met; 19 of 20 is 95 % exactly and "đạt 95 %" is met; 2,035 admissions are
/// above the range, which is met, too.
#[test]
fn the_province_ends_the_year_as_its_story_tells() {
    let rows = sample().release.rows::<IndicatorRow>();
    for (indicator, counts, verdict) in [
        ("CT02", (711, Some(790)), "not_met"),
        ("CT03B", (19, Some(20)), "met"),
        ("CT03C", (98, Some(200)), "not_met"),
        ("CT06A", (2_035, None), "exceeded"),
        ("CT07B", (8, Some(789)), "not_met"),
        ("CT09B", (15, None), "met"),
    ] {
        let row = rows
            .iter()
            .find(|row| &*row.unit == "ldld-tinh" && &*row.period == "dot-2" && &*row.indicator == indicator)
            .expect("the province has the figure");
        assert_eq!((row.numerator, row.denominator), (Some(counts.0), counts.1), "{indicator}");
        assert_eq!(row.verdict.as_str(), verdict, "{indicator}");
    }
    let met_otherwise = rows
        .iter()
        .filter(|row| &*row.unit == "ldld-tinh" && &*row.period == "dot-2" && row.indicator.starts_with("CT"))
        .filter(|row| !matches!(&*row.indicator, "CT02" | "CT03C" | "CT07B"))
        .all(|row| matches!(row.verdict.as_str(), "met" | "exceeded"));
    assert!(met_otherwise, "every other target of section II is met");
}

#[test]
fn every_figure_agrees_with_the_independent_table() {
    let rows = sample().release.rows::<IndicatorRow>();
    let got = rows.iter().map(|row| {
        let cells = [
            whole(row.numerator),
            whole(row.denominator),
            row.value.map_or_else(String::new, six),
            row.verdict.as_str().to_owned(),
            row.own_verdict.map_or_else(String::new, |it| it.as_str().to_owned()),
            row.own_target_kind.map_or_else(String::new, |it| it.as_str().to_owned()),
        ];
        (vec![row.unit.to_string(), row.period.to_string(), row.indicator.to_string()], cells.to_vec())
    });
    let columns = ["numerator", "denominator", "value", "verdict", "own_verdict", "own_target_kind"];
    compare("indicators", &["unit", "period", "indicator"], &columns, got);
}

#[test]
fn every_point_agrees_with_the_independent_table() {
    let rows = sample().release.rows::<ScoreRow>();
    let got = rows.iter().map(|row| {
        let key = [&row.unit, &row.period, &row.table, &row.criterion].map(ToString::to_string).to_vec();
        (key, vec![points(Some(row.max)), points(row.points)])
    });
    compare("scores", &["unit", "period", "table", "criterion"], &["max", "points"], got);
}

#[test]
fn every_class_agrees_with_the_independent_table() {
    let rows = sample().release.rows::<ClassRow>();
    let got = rows.iter().map(|row| {
        let text = |text: &Option<thidua_model::Text>| text.as_deref().unwrap_or_default().to_owned();
        let cells = vec![
            points(row.points),
            text(&row.band),
            text(&row.proposed),
            row.failed_gates.to_string(),
            text(&row.official),
            u8::from(row.differs).to_string(),
        ];
        ([&row.unit, &row.period, &row.table].map(ToString::to_string).to_vec(), cells)
    });
    let columns = ["points", "band", "proposed", "failed_gates", "official", "differs"];
    compare("classes", &["unit", "period", "table"], &columns, got);
}

#[test]
fn every_place_agrees_with_the_independent_table() {
    let rows = sample().release.rows::<RankingRow>();
    let got = rows.iter().map(|row| {
        let cells = vec![
            points(row.points),
            row.place.map_or_else(String::new, |place| place.to_string()),
            u8::from(row.is_tied).to_string(),
            row.ranked.to_string(),
            row.cluster_size.to_string(),
            u8::from(row.elected_leader).to_string(),
        ];
        ([&row.cluster, &row.period, &row.unit].map(ToString::to_string).to_vec(), cells)
    });
    let columns = ["points", "place", "is_tied", "ranked", "cluster_size", "elected_leader"];
    compare("rankings", &["cluster", "period", "unit"], &columns, got);
}

#[test]
fn every_document_has_the_state_of_the_independent_table() {
    let rows = sample().release.rows::<CoverageRow>();
    let got = rows.iter().map(|row| {
        let key = [&row.unit, &row.period, &row.document].map(ToString::to_string).to_vec();
        (key, vec![row.status.as_str().to_owned()])
    });
    compare("coverage", &["unit", "period", "document"], &["status"], got);
}

/// Each flaw that was put into the sample on purpose is found at its unit and period.
#[test]
fn every_flaw_of_the_sample_is_told() {
    let issues: BTreeSet<(String, String, String)> = sample()
        .release
        .rows::<IssueRow>()
        .iter()
        .map(|row| {
            let text = |text: &Option<thidua_model::Text>| text.as_deref().unwrap_or_default().to_owned();
            (text(&row.unit), text(&row.period), row.code.to_string())
        })
        .collect();
    let mut silent = Vec::new();
    for flaw in table("story/flaws.csv") {
        let key = (flaw["unit"].clone(), flaw["period"].clone(), flaw["code"].clone());
        if !key.2.is_empty() && !issues.contains(&key) {
            silent.push(key);
        }
    }
    assert!(silent.is_empty(), "no issue tells of {silent:?}");
}

type Line = BTreeMap<String, String>;

#[test]
fn a_run_of_the_first_wave_holds_nothing_that_the_second_says() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let (campaign, inbox) = (top("templates/dak-lak-2014"), top("samples/dak-lak-2014/inbox"));
    let wave = run(&campaign, &inbox, out.path(), &["--period", "dot-1", "--as-of", "2014-11-30"]).release;
    for table in wave.tables.values().filter(|table| *table.name != *"submissions") {
        let Some(ColumnData::Text(periods)) = table.column("period").map(|column| &column.data) else { continue };
        assert!(periods.iter().flatten().all(|period| **period != *"dot-2"), "{}", table.name);
    }
    let counts = |release: &Frozen| {
        let rows = release.rows::<IndicatorRow>().into_iter().filter(|row| &*row.period == "dot-1");
        rows.map(|row| (row.unit, row.indicator, row.numerator, row.denominator)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&wave), counts(&sample().release), "the figures of the wave are those of the whole year's run");
}

fn table(name: &str) -> Vec<Line> {
    let path = top("samples/dak-lak-2014").join(name);
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let head: Vec<String> = reader.headers().expect("a head line").iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| head.iter().cloned().zip(record.expect("a line").iter().map(str::to_owned)).collect())
        .collect()
}

/// Both sides must have the same keys, and the same cells for each.
#[track_caller]
fn compare(name: &str, key: &[&str], columns: &[&str], got: impl Iterator<Item = (Vec<String>, Vec<String>)>) {
    let cells = |line: &Line, names: &[&str]| names.iter().map(|name| line[*name].clone()).collect::<Vec<_>>();
    let expected: BTreeMap<_, _> = table(&format!("expected/{name}.csv"))
        .iter()
        .map(|line| (cells(line, key), cells(line, columns).iter().map(|cell| plain(cell)).collect::<Vec<_>>()))
        .collect();
    let got: BTreeMap<_, _> = got.collect();
    let mut differences = Vec::new();
    for (key, want) in &expected {
        match got.get(key) {
            None => differences.push(format!("{key:?}: absent, expected {want:?}")),
            Some(have) if have != want => differences.push(format!("{key:?}: {have:?}, expected {want:?}")),
            Some(_) => {}
        }
    }
    differences
        .extend(got.keys().filter(|key| !expected.contains_key(*key)).map(|key| format!("{key:?}: not expected")));
    assert!(
        differences.is_empty(),
        "{name}: {} of {} differ\n{}",
        differences.len(),
        expected.len(),
        differences.join("\n")
    );
}

fn whole(count: Option<i64>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

fn points(points: Option<Points>) -> String {
    points.map_or_else(String::new, |points| six(points.to_f64()))
}

/// Six decimals, as the independent table has them, without trailing zeros.
fn six(value: f64) -> String {
    plain(&format!("{value:.6}"))
}

fn plain(cell: &str) -> String {
    match cell.contains('.') && cell.parse::<f64>().is_ok() {
        true => cell.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => cell.to_owned(),
    }
}
