//! Differences between releases of the sample, one change at a time.

use crate::world::{Making, Run, SAMPLE};
use std::collections::BTreeSet;
use thidua_model::words::{SubmissionDifference, UnitDifference};
use thidua_release::compare::{Cause, Comparison, Depth, compare_to};
use thidua_release::{Opened, compare};

fn against(from: &Opened, to: &Opened) -> Comparison {
    compare_to(from, to, Depth { scores: true, ..Depth::default() })
}

fn words(why: &[Cause]) -> String {
    let word = |cause: &Cause| match cause.units {
        0 => cause.why.as_str().to_owned(),
        units => format!("{}({units})", cause.why.as_str()),
    };
    why.iter().map(word).collect::<Vec<_>>().join("+")
}

/// Every reason of a differing figure, by unit: `period unit why`.
fn results(found: &Comparison) -> BTreeSet<String> {
    found.results.rows.iter().map(|row| format!("{} {} {}", row.period, row.unit, words(&row.why))).collect()
}

fn places(found: &Comparison) -> Vec<String> {
    found.rankings.rows.iter().map(|row| format!("{} {} {}", row.period, row.unit, words(&row.why))).collect()
}

fn nothing_unknown(found: &Comparison) {
    let whys = found.results.rows.iter().map(|row| &row.why).chain(found.rankings.rows.iter().map(|row| &row.why));
    for why in whys {
        assert!(!why.is_empty() && why.windows(2).all(|pair| pair[0].why < pair[1].why), "{why:?}");
        assert!(why.iter().all(|cause| cause.why.as_str() != "unknown"), "{:?} {:?}", results(found), places(found));
    }
}

#[test]
fn a_release_does_not_differ_from_itself() {
    let found = against(&SAMPLE.opened, &SAMPLE.opened);
    assert_eq!(found.periods.len(), 3);
    let totals = [found.results.total, found.rankings.total, found.units.total, found.submissions.total];
    assert_eq!(totals, [0; 4]);
    assert_eq!(found.scores.map(|scores| scores.total), Some(0));
    assert!(found.definition.is_empty() && found.options.is_empty() && !found.receipts_changed);
}

#[test]
fn a_corrected_workbook_explains_its_unit_and_those_above() {
    let corrected = "dot-2/Bao cao nam 2014 - THCS Hoa Ban (sua lai).xlsx";
    let found = against(&Making::sample().without(corrected).run().opened, &SAMPLE.opened);
    nothing_unknown(&found);
    let forms: Vec<&str> = found.submissions.rows.iter().map(|it| &*it.form).collect();
    assert_eq!(forms, ["mau-1-hdcd", "phu-luc-thi-dua"], "both sheets of the workbook");
    for submission in &found.submissions.rows {
        assert_eq!(submission.difference, SubmissionDifference::Replaced);
        assert_eq!((&*submission.unit, &*submission.period), ("cs-thcs-hoa-ban", "dot-2"));
        assert_eq!(submission.to.as_ref().map(|line| &*line.file), Some(corrected));
    }
    assert!(found.receipts_changed && found.definition.is_empty() && found.units.total == 0);
    let expected =
        ["dot-2 cs-thcs-hoa-ban form_corrected", "dot-2 ldld-bmt changed_below(1)", "dot-2 ldld-tinh changed_below(1)"];
    assert_eq!(results(&found).into_iter().collect::<Vec<_>>(), expected);
    for row in &found.results.rows {
        let figures = row.from.as_ref().zip(row.to.as_ref()).expect("both sides");
        assert_ne!(figures.0, figures.1);
    }
    assert!(places(&found).iter().any(|line| line.starts_with("dot-2 cs-thcs-hoa-ban form_corrected")));
}

#[test]
fn a_late_report_explains_its_unit_and_those_above() {
    let late = "dot-2/Cty TNHH May Ban Me Xanh_BC dot 2.xlsx";
    let before = Making::sample().without(late).run();
    let found = against(&before.opened, &SAMPLE.opened);
    nothing_unknown(&found);
    assert!(found.submissions.rows.iter().all(|it| it.difference == SubmissionDifference::Added));
    assert!(found.submissions.rows.iter().all(|it| it.from.is_none() && it.to.is_some()));
    let expected =
        ["dot-2 cs-may-ban-me report_arrived", "dot-2 ldld-bmt changed_below(1)", "dot-2 ldld-tinh changed_below(1)"];
    assert_eq!(results(&found).into_iter().collect::<Vec<_>>(), expected);
    let row = found.rankings.rows.iter().find(|row| &*row.unit == "cs-may-ban-me").expect("it is ranked now");
    assert_eq!((row.from.as_ref().and_then(|it| it.place), row.to.as_ref().and_then(|it| it.place)), (None, Some(2)));
    assert!(words(&row.why).starts_with("report_arrived"));
    // Those that it pushed down did nothing themselves.
    let pushed = found.rankings.rows.iter().find(|row| &*row.unit == "cs-moi-truong").expect("it lost a place");
    // With its figures the best of the cluster is another, so the points of two more are.
    assert_eq!((pushed.moved, words(&pushed.why)), (Some(-1), "neighbour_changed(3)".into()));

    let back = against(&SAMPLE.opened, &before.opened);
    assert!(results(&back).contains("dot-2 cs-may-ban-me report_withdrawn"));
    assert_eq!(back.results.total, found.results.total);
}

#[test]
fn a_unit_that_moved_explains_both_unions_above() {
    let mut making = Making::sample();
    let unit = making.campaign.find_unit("cs-th-sao-mai").expect("a unit");
    let above = making.campaign.find_unit("ldld-cu-mgar");
    for span in &mut making.campaign.units[unit.0 as usize].spans {
        span.parent = above;
    }
    let units = making.campaign.files.iter_mut().find(|file| &*file.name == "units.xlsx").expect("the register");
    units.bytes = [&units.bytes[..], b" "].concat().into();
    let found = against(&SAMPLE.opened, &making.run().opened);
    nothing_unknown(&found);
    let [change] = &found.units.rows[..] else { panic!("{:?}", found.units) };
    assert_eq!((change.difference, &*change.unit), (UnitDifference::Moved, "cs-th-sao-mai"));
    assert_eq!((change.from.as_deref(), change.to.as_deref()), (Some("ldld-bmt"), Some("ldld-cu-mgar")));
    assert_eq!(found.definition.iter().map(|file| &*file.name).collect::<Vec<_>>(), ["units.xlsx"]);
    assert!(found.submissions.total == 0);
    let lines = results(&found);
    for line in ["dot-2 ldld-bmt units_around(1)", "dot-2 ldld-cu-mgar units_around(1)"] {
        assert!(lines.contains(line), "{lines:?}");
    }
    assert!(!lines.iter().any(|line| line.contains("definition_changed")), "the register explains itself: {lines:?}");
}

#[test]
fn units_that_came_went_or_changed_their_name_are_listed() {
    let mut making = Making::sample();
    fn last<'m>(making: &'m mut Making, code: &str) -> &'m mut thidua_campaign::UnitSpan {
        let unit = making.campaign.find_unit(code).expect("a unit");
        making.campaign.units[unit.0 as usize].spans.last_mut().expect("a span")
    }
    last(&mut making, "cs-tan-loi").name = "CĐCS phường Tân Lợi (mới)".into();
    last(&mut making, "cs-ea-kao").valid_to = Some("2014-10-31".parse().expect("a date"));
    let without = making.run();
    let found = against(&SAMPLE.opened, &without.opened);
    nothing_unknown(&found);
    let told: Vec<(&str, &str, &str)> =
        found.units.rows.iter().map(|it| (&*it.unit, &*it.period, it.difference.as_str())).collect();
    assert_eq!(told, [("cs-ea-kao", "dot-2", "withdrawn"), ("cs-tan-loi", "dang-ky", "renamed")]);
    assert_eq!(found.units.rows[1].to.as_deref(), Some("CĐCS phường Tân Lợi (mới)"));
    let lines = results(&found);
    assert!(
        lines.contains("dot-2 cs-ea-kao report_withdrawn+unit_changed")
            && lines.contains("dot-2 ldld-bmt changed_below(1)+units_around(1)"),
        "{lines:?}"
    );
    // The union above lists its units by name: the old one is nobody's now.
    let renamed: Vec<&String> = lines.iter().filter(|line| line.contains("cs-tan-loi")).collect();
    assert_eq!(renamed, ["dot-2 cs-tan-loi unit_changed"]);
    let gone = found.rankings.rows.iter().find(|row| &*row.unit == "cs-ea-kao").expect("it was ranked");
    assert!(gone.to.is_none() && words(&gone.why).contains("unit_changed"), "{:?}", gone.why);
    let back = against(&without.opened, &SAMPLE.opened);
    assert_eq!(back.units.rows[0].difference, UnitDifference::Added);
}

#[test]
fn another_time_of_arrival_explains_what_was_on_time() {
    let late = Making::sample().receipts(|text| text.replace("2014-12-02 16:49", "2014-12-22 16:49"));
    let found = against(&SAMPLE.opened, &late.run().opened);
    nothing_unknown(&found);
    assert!(found.receipts_changed && found.submissions.total == 0);
    let lines = results(&found);
    assert!(lines.contains("dot-2 cs-tan-loi receipt_changed"), "{lines:?}");
    assert!(lines.contains("dot-2 ldld-bmt changed_below(1)"), "{lines:?}");
}

#[test]
fn other_points_explain_the_places_of_their_table_alone() {
    let old = "id = \"mai_am\"\nin = \"tap_hop\"\n";
    let text = SAMPLE.campaign.files.iter().find(|file| &*file.name == "scoring.toml").expect("a file");
    let text = std::str::from_utf8(&text.bytes).expect("a text file");
    assert!(text.contains(old));
    let at = text.rfind(old).expect("the table of superiors");
    let start = at + text[at..].find("cluster_best = \"CT04\"").expect("its method");
    let whole = &text[at..start + 21];
    let changed = Making::sample().with("scoring.toml", whole, &whole.replace("cluster_best", "proportional")).run();
    let found = against(&SAMPLE.opened, &changed.opened);
    nothing_unknown(&found);
    assert_eq!(found.tables.iter().map(|id| &**id).collect::<Vec<_>>(), ["td_cap_tren"]);
    assert_eq!(found.results.total, 0);
    assert!(found.rankings.total > 0);
    for row in &found.rankings.rows {
        assert!(words(&row.why).contains("definition_changed") || words(&row.why).contains("neighbour_changed"));
        assert_eq!(row.to.as_ref().map(|line| &*line.table), Some("td_cap_tren"));
    }
    let scores = found.scores.expect("asked for");
    let item = scores.rows.iter().find(|row| &*row.criterion == "mai_am").expect("the item differs");
    assert!(item.difference.is_some());
}

#[test]
fn another_target_explains_the_figures_of_its_indicator_alone() {
    let old = "numerator = \"culture_ok\"\ndenominator = \"grassroots\"\nshape = \"share\"\nmeasure = \"phan-tram\"\ntarget = { operator = \"above\", value = 90 }";
    let changed = Making::sample().with("indicators.toml", old, &old.replace("90", "80")).run();
    let found = against(&SAMPLE.opened, &changed.opened);
    nothing_unknown(&found);
    assert_eq!(found.indicators.iter().map(|id| &**id).collect::<Vec<_>>(), ["CT02"]);
    assert!(found.results.total > 0);
    for row in &found.results.rows {
        assert_eq!((&*row.indicator, words(&row.why).as_str()), ("CT02", "definition_changed"));
        assert_eq!(row.why[0].files.iter().map(|file| &**file).collect::<Vec<_>>(), ["indicators.toml"]);
    }
    let province = found.results.rows.iter().find(|row| &*row.unit == "ldld-tinh" && &*row.period == "dot-2");
    let verdicts = province.and_then(|row| Some((row.from.as_ref()?.verdict, row.to.as_ref()?.verdict)));
    assert_eq!(verdicts.map(|(old, new)| (old.as_str(), new.as_str())), Some(("not_met", "met")), "711 of 790");
}

#[test]
fn another_date_explains_what_became_due() {
    let mut making = Making::sample().without("dot-2/Cty TNHH May Ban Me Xanh_BC dot 2.xlsx");
    let file = "dot-2/Cty TNHH May Ban Me Xanh_BC dot 2.xlsx";
    making.options.as_of = Some("2014-11-30".parse().expect("a date"));
    let early = making.run();
    let late = Making::sample().without(file).run();
    let found = against(&early.opened, &late.opened);
    nothing_unknown(&found);
    let [option] = &found.options[..] else { panic!("{:?}", found.options) };
    assert_eq!((&*option.name, &*option.from, &*option.to), ("as_of", "2014-11-30", "2014-12-31"));
    assert!(found.submissions.total == 0 && !found.receipts_changed && found.results.total > 0);
    assert!(results(&found).iter().all(|line| line.ends_with(" options_changed")), "{:?}", results(&found));
    assert!(results(&found).contains("dot-2 cs-may-ban-me options_changed"));
}

#[test]
fn a_period_that_one_release_has_not_run_is_named_and_not_compared() {
    let mut making = Making::sample();
    making.options.period = Some("dot-1".into());
    let found = against(&making.run().opened, &SAMPLE.opened);
    assert_eq!(found.periods_to_only.iter().map(|id| &**id).collect::<Vec<_>>(), ["dot-2"]);
    assert!(found.periods_from_only.is_empty());
    assert!(found.results.rows.iter().all(|row| &*row.period != "dot-2"));
}

#[test]
fn more_rows_than_wanted_are_counted_and_not_kept() {
    let Run { opened, .. } = &*SAMPLE;
    let before = Making::sample().without("dot-2/Cty TNHH May Ban Me Xanh_BC dot 2.xlsx").run();
    let (all, few) =
        (compare(&before.opened, opened), compare_to(&before.opened, opened, Depth { rows: 2, scores: false }));
    assert_eq!(few.results.rows, all.results.rows[..2]);
    assert_eq!((few.results.total, few.rankings.total), (all.results.total, all.rankings.total));
    assert!(all.scores.is_none() && few.rankings.rows.len() == 2);
}
