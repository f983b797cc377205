//! The register of units of another date: what changes, what stays, and that it is told.

use crate::world::{Making, SAMPLE};
use std::path::Path;
use thidua_campaign::NotOneTop;
use thidua_model::rows::{BridgeRow, IndicatorRow, RankingRow};
use thidua_model::words::Why;
use thidua_model::{Date, Text};
use thidua_pipeline::{Part, split};
use thidua_release::Opened;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The sample with the register of 31 May for every period: before a factory moved to another district, another
/// was merged, and a third was founded.
fn held() -> crate::world::Run {
    let mut making = Making::sample();
    making.options.units_as_of = Some(date("2014-05-31"));
    making.campaign.hold_units(date("2014-05-31")).expect("a top");
    making.run()
}

fn rows(opened: &Opened, period: &str, indicator: &str) -> Vec<IndicatorRow> {
    let rows = opened.table("indicators").expect("a stage").records::<IndicatorRow>();
    rows.into_iter().filter(|row| &*row.period == period && &*row.indicator == indicator).collect()
}

#[test]
fn every_period_adds_up_over_the_units_of_that_date() {
    let run = held();
    let may = date("2014-05-31");
    for (period, indicator) in [("dot-1", "CT01"), ("dot-2", "CT01"), ("dot-2", "CT10")] {
        let rows = rows(&run.opened, period, indicator);
        let of = |code: &str| rows.iter().find(|row| &*row.unit == code);
        let mut compared = 0;
        for unit in run.campaign.unit_ixs() {
            let span = SAMPLE.campaign.unit(unit).at(may);
            let Some(level) = span.map(|span| span.level) else {
                let code = SAMPLE.campaign.unit(unit).id.text();
                assert!(of(&code).is_none(), "{code} did not live on that day");
                continue;
            };
            if level != 1 {
                continue;
            }
            let below = SAMPLE.campaign.children_at(may)[unit.0 as usize].clone();
            let below = below.iter().filter_map(|it| of(SAMPLE.campaign.unit(*it).id.as_str()));
            let sum: Vec<i64> = below.filter(|row| row.reason.is_none()).filter_map(|row| row.numerator).collect();
            if let Some(row) = of(SAMPLE.campaign.unit(unit).id.as_str())
                && !sum.is_empty()
            {
                assert_eq!(row.numerator, Some(sum.iter().sum()), "{} {period} {indicator}", row.unit);
                compared += 1;
            }
        }
        assert!(compared >= 4, "{period} {indicator}: {compared} superiors");
    }
}

#[test]
fn totals_differ_from_those_of_each_dates_own_units_and_the_bridge_has_nothing_to_bridge() {
    let run = held();
    let bmt = |opened: &Opened| {
        let rows = rows(opened, "dot-2", "CT01");
        rows.into_iter().find(|row| &*row.unit == "ldld-bmt").expect("a row").numerator
    };
    assert_eq!(bmt(&SAMPLE.opened), Some(1647), "with the factory that moved in");
    assert_eq!(bmt(&run.opened), Some(1452), "without it");
    let bridges = |opened: &Opened| opened.table("bridge").expect("a stage").records::<BridgeRow>();
    let moved = |row: &BridgeRow| row.units_moved_in + row.units_moved_out + row.units_founded + row.units_dissolved;
    assert!(bridges(&SAMPLE.opened).iter().any(|row| moved(row) > 0));
    assert!(!bridges(&run.opened).is_empty());
    assert!(bridges(&run.opened).iter().all(|row| moved(row) == 0));
}

#[test]
fn the_release_says_so_has_another_id_and_is_computed_again_from_itself() {
    let run = held();
    assert_ne!(run.opened.id, SAMPLE.opened.id);
    assert_eq!(run.opened.manifest.options.units_as_of, Some(date("2014-05-31")));
    let rollup = run.opened.manifest.policies.iter().find(|it| it.id == "rollup").expect("a policy");
    assert!(rollup.vi.ends_with("cơ cấu tổ chức của mọi kỳ tính theo ngày 31/05/2014"), "{}", rollup.vi);
    let thaw = thidua_release::thaw(&run.opened).expect("sound");
    let outcome = thidua_compute::compute(&thaw.campaign, &thaw.intake, &thaw.options);
    let again = thidua_release::freeze(&thaw.campaign, &thaw.intake, &outcome, &thaw.options);
    for table in ["indicators", "scores", "rankings", "bridge"] {
        let stored = run.opened.table(table).expect("a stage").to_table();
        assert_eq!(again.table(table), Some(&stored), "{table}");
    }
    let places = Opened::of(&again, Path::new("nowhere"));
    assert_eq!(
        places.table("rankings").map(|it| it.records::<RankingRow>()),
        run.opened.table("rankings").map(|it| it.records::<RankingRow>())
    );
}

#[test]
fn what_the_other_register_changes_is_told_as_a_change_of_units() {
    let run = held();
    let found = thidua_release::compare(&SAMPLE.opened, &run.opened);
    let options: Vec<(&str, &str)> = found.options.iter().map(|it| (&*it.name, &*it.to)).collect();
    assert_eq!(options, [("units_as_of", "2014-05-31")]);
    assert!(!found.units.rows.is_empty());
    for row in &found.results.rows {
        assert!(row.why.iter().all(|cause| cause.why != Why::Unknown), "{} {}", row.unit, row.indicator);
    }
    let asked: Vec<(Text, Text)> =
        found.rankings.rows.iter().map(|row| (row.period.clone(), row.unit.clone())).collect();
    let split = split(&SAMPLE.opened, &run.opened, &asked).expect("a split");
    assert!(split.causes.iter().any(|(part, _)| *part == Part::Register));
    let parts: Vec<Part> = split.rows.iter().flat_map(|row| row.parts.iter().map(|(part, _)| *part)).collect();
    assert!(parts.contains(&Part::Register), "{parts:?}");
    assert!(!parts.contains(&Part::Method) && !parts.contains(&Part::Definition), "{parts:?}");
}

#[test]
fn a_date_without_one_unit_at_the_top_is_refused_and_nothing_changes() {
    let mut campaign = SAMPLE.campaign.clone();
    let refused = campaign.hold_units(date("1900-01-01")).expect_err("nobody lived");
    assert_eq!(refused, NotOneTop { date: date("1900-01-01"), tops: String::new() });
    let unit = campaign.unit_ixs().next().expect("a unit");
    assert!(campaign.unit(unit).at(date("2014-11-30")).is_some());
}
