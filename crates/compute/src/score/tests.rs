//! Scoring from the definition to the rows, on a campaign small enough to reckon by hand; reports
//! drawn as text.

use crate::compute;
use thidua_campaign::{Campaign, DefinitionFile, LoadError, from_files};
use thidua_model::facts::Source;
use thidua_model::intake::{Receipt, Submission, SubmissionStatus};
use thidua_model::{Fact, FactMark, FactStore, Intake, ListRow, ListValue, Outcome, Place, ReadingAccount, RunOptions};

const MAIN: &str = r#"
id = "small"
year = 2014
title = "Small"
organisation = "Small"
files = { units = "units.csv", decisions = "decisions.csv", indicators = "indicators.toml", scoring = "scoring.toml", forms = ["plan.toml", "form.toml"] }
levels = [{ id = "top", title = "Top", basis = "children" }, { id = "base", title = "Base" }]
kinds = [{ id = "office", level = "top", title = "Office" }, { id = "shop", level = "base", title = "Shop" }, { id = "guest", level = "base", title = "Guest", is_due = false }]
sectors = [{ id = "north", title = "North" }, { id = "south", title = "South" }]
measures = [
  { id = "n", label = "n", max = 1000 },
  { id = "percent", label = "%", decimals = 2, max = 1000 },
  { id = "flag", label = "yes/no", max = 1 },
  { id = "points", label = "points", decimals = 2, max = 100 },
]
documents = [{ id = "plan", title = "Plan" }, { id = "report", title = "Report" }, { id = "sheet", title = "Sheet" }]
clusters = [{ id = "one", title = "One" }, { id = "two", title = "Two" }]
packages = []
[[periods]]
id = "start"
title = "Start"
from = 2014-01-01
to = 2014-01-31
as_of = 2014-01-31
deadlines = [{ document = "plan", level = "base", by = 2014-01-31 }]
[[periods]]
id = "spring"
title = "Spring"
from = 2014-02-01
to = 2014-06-30
as_of = 2014-05-31
deadlines = [{ document = "report", level = "base", by = 2014-05-30 }]
[[periods]]
id = "autumn"
title = "Autumn"
from = 2014-07-01
to = 2014-12-31
as_of = 2014-11-30
is_judged = true
deadlines = [{ document = "report", level = "base", by = 2014-11-30 }]
"#;

const PLAN: &str = r#"
id = "plan"
version = "1"
valid_from = 2014-01-01
document = "plan"
levels = ["base"]
sheet = "Plan"
title = "Plan"
sections = [{ title = "I", lines = [
  { field = "promised", label = "Promised", measure = "n" },
  { field = "signed", label = "Signed", kind = "flag", measure = "flag" },
] }]
"#;

const FORM: &str = r#"
id = "form"
version = "1"
valid_from = 2014-01-01
document = "report"
levels = ["base"]
sheet = "Form"
title = "Form"
sections = [{ title = "I", lines = [
  { field = "made", label = "Made", measure = "n" },
  { field = "sold", label = "Sold", measure = "n" },
  { field = "pool", label = "Pool", measure = "n" },
  { field = "done", label = "Done", measure = "n" },
  { field = "broken", label = "Broken", measure = "n" },
  { field = "snow", label = "Snow", measure = "n", sectors = ["north"] },
] }]
[[lists]]
id = "official"
table = "official"
sheet = "Official"
title = "Official"
levels = ["base"]
columns = [{ id = "unit", label = "Unit", is_unit = true }, { id = "class", label = "Class", kind = "choice", choices = [["good", "Good"], ["fair", "Fair"], ["weak", "Weak"]] }, { id = "leader", label = "Leader", kind = "flag" }]
official_class = { unit = "unit", class = "class", leader = "leader" }
"#;

const INDICATORS: &str = r#"
indicators = [
  { id = "SOLD", title = "Sold", numerator = "sold", denominator = "pool", shape = "share", measure = "percent", is_part_of_whole = true,
    target = { operator = "above", value = 80 }, levels = ["base", "top"], accumulation = "state", periods = ["spring", "autumn"], source = "x" },
  { id = "MADE", title = "Made", numerator = "made", shape = "value", measure = "n", target = { operator = "at-least", value = 500 },
    target_holds_below = false, registered_in = "promised", levels = ["base", "top"], accumulation = "cumulative", periods = ["spring", "autumn"], source = "x" },
  { id = "SIGNED", title = "Signed", numerator = "signed", shape = "flag", measure = "flag", target = { operator = "yes" },
    levels = ["base"], accumulation = "state", periods = ["start"], source = "x" },
]
"#;

const SCORING: &str = r#"
[ranking]
must_have = ["plan"]
[[gates]]
id = "half"
title = "Half"
each_standard_at_least = 50
[[gates]]
id = "clean"
title = "Clean"
not_disciplined = ["cảnh cáo"]
[[gates]]
id = "planned"
title = "Planned"
received = "plan"
[[classes]]
id = "good"
title = "Good"
min = 85
gates = ["half", "clean", "planned"]
[[classes]]
id = "fair"
title = "Fair"
min = 50
[[classes]]
id = "weak"
title = "Weak"
min = 0

[[tables]]
id = "class"
usage = "classification"
title = "Class"
levels = ["base"]
periods = ["autumn"]
total = 100
classes = ["good", "fair", "weak"]
criteria = [
  { id = "a", title = "A", points = 60 },
  { id = "a_sold", in = "a", title = "Sold", points = 30, proportional = "SOLD" },
  { id = "a_made", in = "a", title = "Made", points = 20, proportional = "MADE" },
  { id = "a_signed", in = "a", title = "Signed", points = 10, verdict = "SIGNED" },
  { id = "b", title = "B", points = 40 },
  { id = "b_done", in = "b", title = "Done", points = 20, terms = [{ count = "done", each = 5 }, { count = "broken", each = -2.5 }], min = -5 },
  { id = "b_snow", in = "b", title = "Snow", points = 10, count = "snow", each = 2 },
  { id = "b_pool", in = "b", title = "Pool", points = 10, yes_no = "pool > 0 and sold <= pool" },
]
[[tables]]
id = "contest"
usage = "competition"
title = "Contest"
levels = ["base"]
periods = ["spring", "autumn"]
total = 20
criteria = [
  { id = "made", title = "Made", points = 15, cluster_best = "MADE" },
  { id = "sold", title = "Sold", points = 5, verdict = "SOLD" },
]
"#;

fn definition(units: &str, decisions: &str, scoring: &str) -> Campaign {
    let units = format!("code,name,kind,parent,sector,cluster,valid_from,valid_to\nT,Top,office,,,,,\n{}", rows(units));
    let decisions = format!("what,unit,period,value,who,when,why\n{}", rows(decisions));
    let files = [
        ("campaign.toml", MAIN),
        ("units.csv", &units),
        ("decisions.csv", &decisions),
        ("plan.toml", PLAN),
        ("form.toml", FORM),
        ("indicators.toml", INDICATORS),
        ("scoring.toml", scoring),
    ];
    let files = files.map(|(name, text)| DefinitionFile {
        name: name.into(),
        digest: "".into(),
        bytes: text.as_bytes().into(),
    });
    match from_files(files.into()) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
        Err(other) => panic!("{other}"),
    }
}

/// Lines without the indent of the test.
fn rows(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// Reports drawn as `unit period field=value …`; each line is a submission of the period's form.
/// A value `!` is suspect.
fn intake(campaign: &Campaign, reports: &str) -> Intake {
    let mut intake = Intake { facts: FactStore::new(campaign.units.len()), ..Intake::default() };
    for line in reports.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split_whitespace();
        let unit = campaign.find_unit(words.next().expect("a unit")).expect("a known unit");
        let period = campaign.find_period(words.next().expect("a period")).expect("a known period");
        let document = if period.0 == 0 { "plan" } else { "report" };
        for word in words {
            let (field, value) = word.split_once('=').expect("field=value");
            let mark = if value.ends_with('!') { FactMark::Suspect } else { FactMark::Present };
            let value = value.trim_end_matches('!').parse().expect("a number");
            let field = campaign.find_field(field).expect("a known field");
            intake.facts.put(period, field, unit, Fact { value, mark, source: Source::NONE });
        }
        intake.submissions.push(Submission {
            file: "x.xlsx".into(),
            digest: "".into(),
            sheet: "x".into(),
            form: if period.0 == 0 { "plan" } else { "form" }.into(),
            version: "1".into(),
            document: document.into(),
            unit,
            period,
            received_at: None,
            status: SubmissionStatus::Accepted,
            account: ReadingAccount::default(),
        });
    }
    intake
}

fn run(campaign: &Campaign, intake: &Intake) -> Outcome {
    compute(campaign, intake, &RunOptions::default())
}

/// `unit place points reason` of a period, with `=` for ties and `?` when provisional.
fn places(outcome: &Outcome, period: &str) -> Vec<String> {
    let rows = outcome.rankings.iter().filter(|row| &*row.period == period);
    rows.map(|row| {
        let place = row.place.map_or("-".into(), |place| place.to_string());
        let points = row.points.map_or("-".into(), |points| points.to_f64().to_string());
        let reason = row.reason.map_or("", |reason| reason.as_str());
        let (tie, open) = (if row.is_tied { "=" } else { "" }, if row.is_provisional { "?" } else { "" });
        format!("{} {} {place}{tie}{open} {points} {reason}", row.cluster, row.unit).trim_end().to_owned()
    })
    .collect()
}

/// `criterion points/max reason` of a unit in a table.
fn points(outcome: &Outcome, unit: &str, period: &str, table: &str) -> Vec<String> {
    let rows = outcome.scores.iter();
    let rows = rows.filter(|row| &*row.unit == unit && &*row.period == period && &*row.table == table);
    rows.map(|row| {
        let points = row.points.map_or("-".into(), |points| points.to_f64().to_string());
        let reason = row.reason.map_or("", |reason| reason.as_str());
        format!("{} {points}/{} {reason}", row.criterion, row.max.to_f64()).trim_end().to_owned()
    })
    .collect()
}

/// `unit points band proposed [failed] [undecided] official reason`.
fn classes(outcome: &Outcome) -> Vec<String> {
    let show = |text: &Option<thidua_model::Text>| text.as_deref().unwrap_or("-").to_owned();
    outcome
        .classes
        .iter()
        .map(|row| {
            format!(
                "{} {}{} {} {} [{}] [{}] {} {}",
                row.unit,
                row.points.map_or("-".into(), |points| points.to_f64().to_string()),
                if row.is_provisional { "?" } else { "" },
                show(&row.band),
                show(&row.proposed),
                row.failed_gates,
                row.undecided_gates,
                show(&row.official),
                row.reason.map_or("", |reason| reason.as_str())
            )
            .trim_end()
            .to_owned()
        })
        .collect()
}

const UNITS: &str = "
    A,A,shop,T,north,one,,
    B,B,shop,T,south,one,,
    C,C,shop,T,south,one,,
    D,D,shop,T,south,one,,
    E,E,shop,T,north,two,,
    G,G,guest,T,south,two,,";

const PLANS: &str = "
    A start promised=20 signed=1
    B start promised=40 signed=1
    C start promised=10 signed=0
    D start promised=20 signed=1
    E start promised=20 signed=1";

#[test]
fn points_come_from_what_was_told_and_promised() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=10 sold=60 pool=100 done=3 broken=2 snow=4
         B autumn made=40 sold=80 pool=100 done=9 broken=0"
    );
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let expected_a = [
        "a 42.5/60", // 30 · 60/80 + 20 · 10/20 + 10
        "a_sold 22.5/30",
        "a_made 10/20",
        "a_signed 10/10", // told at the start of the year
        "b 28/40",
        "b_done 10/20", // 3 · 5 − 2 · 2.5
        "b_snow 8/10",
        "b_pool 10/10",
    ];
    assert_eq!(points(&outcome, "A", "autumn", "class"), expected_a);
    // Nobody asks the south for snow: its 10 points go to the two other items of the standard, 2 : 1.
    let expected_b = [
        "a 60/60",
        "a_sold 30/30",
        "a_made 20/20",
        "a_signed 10/10",
        "b 40/40",
        "b_done 26.666666667/26.666666667",
        "b_snow -/0 not_asked",
        "b_pool 13.333333333/13.333333333",
    ];
    assert_eq!(points(&outcome, "B", "autumn", "class"), expected_b);
}

#[test]
fn a_missing_value_is_zero_with_its_reason_and_a_suspect_one_earns_nothing() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!("{PLANS}\nA autumn sold=110! pool=100 done=4 broken=0 snow=5");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let expected = [
        "a 10/60",
        "a_sold 0/30 part_above_whole",
        "a_made 0/20 not_reported",
        "a_signed 10/10",
        "b 30/40",
        "b_done 20/20",
        "b_snow 10/10",
        "b_pool 0/10 part_above_whole",
    ];
    assert_eq!(points(&outcome, "A", "autumn", "class"), expected);
    // The first standard has 10 of 60, and missing data could lift it: undecided, so not good.
    assert_eq!(classes(&outcome)[0], "A 40? weak weak [] [half] -");
}

#[test]
fn the_best_of_the_cluster_sets_the_scale_and_ties_are_shown() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=30 sold=1 pool=100
         B autumn made=50 sold=81 pool=100
         C autumn made=10 sold=80 pool=100
         D autumn made=20 sold=1 pool=100
         E autumn made=10 sold=81 pool=100
         G autumn made=900 sold=1 pool=100"
    );
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let expected = [
        "one B 1 16.25", // 7.5 + 7.5 · (1.25 − 1)/(1.5 − 1), and 5 for 81 %
        "one A 2 15",
        "one C 3= 7.5", // at its target; 80 of 100 is not above 80 %
        "one D 3= 7.5",
        "two E 1 8.75", // ½ · 15 · 10/20, and 5; the guest G is no competitor and sets no scale
    ];
    assert_eq!(places(&outcome, "autumn"), expected);
    let counts: Vec<(u32, u32)> =
        outcome.rankings.iter().filter(|row| row.place.is_some()).map(|row| (row.ranked, row.cluster_size)).collect();
    assert_eq!(counts, [(4, 4), (4, 4), (4, 4), (4, 4), (1, 1)], "a guest is no member");
}

#[test]
fn who_is_not_ranked_is_told_why_and_the_cluster_stays_provisional() {
    let decisions = "exclude,C,autumn,,Board,2014-11-01,vi phạm";
    let campaign = definition(UNITS, decisions, SCORING);
    let reports = "
         A start promised=20 signed=1
         B start promised=40 signed=1
         C start promised=10 signed=1
         E start promised=20 signed=1
         A autumn made=30 sold=1 pool=100
         C autumn made=90 sold=81 pool=100
         D autumn made=20 sold=1 pool=100
         E autumn made=20 sold=81 pool=100";
    let outcome = run(&campaign, &intake(&campaign, reports));
    let expected = [
        "one A 1? 15",              // C's 90/10 does not set the scale
        "one B -? - not_reported",  // may still come: A's place can change
        "one C -? 20 not_eligible", // barred by a decision
        "one D -? 0 not_eligible",  // did not register
        "two E 1 20",
    ];
    assert_eq!(places(&outcome, "autumn"), expected);
    let expected = [
        "one A -? - not_reported",
        "one B -? - not_reported",
        "one C -? - not_reported", // barred in autumn alone
        "one D -? - not_eligible",
        "two E -? - not_reported",
    ];
    assert_eq!(places(&outcome, "spring"), expected);
}

#[test]
fn a_class_needs_its_gates_and_stands_beside_the_official_one() {
    let decisions = "
        discipline,B,,Cảnh cáo,Board,2014-09-01,vi phạm
        discipline,D,,Khiển trách,Board,2014-09-01,vi phạm
        official-class,C,autumn,good,Board,2014-12-01,theo biên bản";
    let campaign = definition(UNITS, decisions, SCORING);
    let full = "sold=90 pool=100 done=9 broken=0";
    let reports = format!(
        "B start promised=40 signed=1
         C start promised=10 signed=0
         D start promised=20 signed=1
         A autumn made=30 {full} snow=5
         B autumn made=40 {full}
         C autumn made=1 {full}
         D autumn made=20 {full}"
    );
    let mut intake = intake(&campaign, &reports);
    let (unit, period) = (campaign.find_unit("D").expect("D"), campaign.find_period("autumn").expect("autumn"));
    intake.lists.push(ListRow {
        list: "official".into(),
        unit,
        period,
        submission: 0,
        place: Place::Sheet { file: "x.xlsx".into(), sheet: "Official".into() },
        row: 1,
        values: vec![Some(ListValue::Text("D".into())), Some(ListValue::Text("Fair".into())), Some(ListValue::Int(1))],
        flags: Vec::new(),
    });
    let outcome = run(&campaign, &intake);
    let expected = [
        // Not registered: no target for MADE (its points go to the siblings), no answer on the signature.
        "A 85? good fair [planned] [] -",
        "B 100 good fair [clean] [] -",
        "C 72 fair fair [] [] good", // 30 + 20 · 1/10 + 0 of 60, and 40
        "D 100 good good [] [] fair",
        "E -? - - [planned] [half] - not_reported",
    ];
    assert_eq!(classes(&outcome), expected);
    let differ: Vec<&str> = outcome
        .issues
        .iter()
        .filter(|it| it.code() == "C307")
        .map(|it| it.unit.as_ref().expect("a unit").as_str())
        .collect();
    assert_eq!(differ, ["C", "D"]);
    let leaders: Vec<&str> = outcome.rankings.iter().filter(|row| row.elected_leader).map(|row| &*row.unit).collect();
    assert_eq!(leaders, ["D"]);
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=30 sold=1 pool=100
         B autumn made=50 sold=81 pool=100
         C autumn made=10 sold=80 pool=100"
    );
    let backwards: Vec<&str> = reports.lines().rev().collect();
    let forth = run(&campaign, &intake(&campaign, &reports));
    let back = run(&campaign, &intake(&campaign, &backwards.join("\n")));
    assert_eq!(forth, back);
}

#[test]
fn a_unit_founded_later_is_not_held_to_the_registration() {
    let units = format!("{UNITS}\n    F,F,shop,T,south,two,2014-05-01,");
    let campaign = definition(&units, "", SCORING);
    let reports = format!("{PLANS}\nE autumn made=20 sold=81 pool=100\nF autumn made=5 sold=81 pool=100");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    // MADE has no target for F: its points go to the share.
    assert_eq!(places(&outcome, "autumn")[4..], ["two E 1= 20", "two F 1= 20"]);
    let found = points(&outcome, "F", "autumn", "class");
    assert_eq!(found[..4], ["a 60/60", "a_sold 60/60", "a_made -/0 no_target", "a_signed -/0 not_asked"]);
}

#[test]
fn a_scoring_sheet_gives_the_superiors_points_before_the_units_own() {
    let scoring =
        SCORING.replace("points = 10, yes_no = \"pool > 0 and sold <= pool\"", "points = 10, reviewed = true");
    let mut campaign = definition(UNITS, "", &scoring);
    // The fields of a scoring sheet, as the loader adds them from a form with `[scoresheet]`.
    let (own, superior) = (campaign.find_field("made").expect("made"), campaign.find_field("snow").expect("snow"));
    let points_measure = Some("points".into());
    for field in [own, superior] {
        campaign.fields[field.0 as usize].measure = points_measure.clone();
    }
    let criterion = campaign.tables[0].criteria.iter_mut().find(|it| it.id.as_str() == "b_pool").expect("b_pool");
    (criterion.self_field, criterion.superior_field) = (Some(own), Some(superior));
    let reports = format!("{PLANS}\nA autumn made=950 snow=725\nE autumn made=950\nB autumn sold=1");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let of = |unit: &str| points(&outcome, unit, "autumn", "class")[7].clone();
    assert_eq!(of("A"), "b_pool 7.25/10");
    assert_eq!(of("E"), "b_pool 9.5/10");
    assert_eq!(of("B"), "b_pool 0/13.333333333 not_reported");
    let row = outcome.scores.iter().find(|row| &*row.unit == "A" && &*row.criterion == "b_pool").expect("a row");
    let shown = |points: Option<thidua_model::Points>| points.map(|points| points.to_f64());
    assert_eq!((shown(row.self_points), shown(row.superior_points)), (Some(9.5), Some(7.25)));
}

#[test]
fn a_plan_on_paper_counts_as_registered() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = "E autumn made=20 sold=81 pool=100";
    let mut intake = intake(&campaign, reports);
    let (unit, period) = (campaign.find_unit("E").expect("E"), campaign.find_period("start").expect("start"));
    intake.receipts = Some(vec![Receipt {
        unit,
        document: "plan".into(),
        period,
        file: None,
        received_at: thidua_model::date::parse_date("2014-01-20").expect("a date").at(9, 0, 0, 0),
    }]);
    let outcome = run(&campaign, &intake);
    let row = outcome.rankings.iter().find(|row| &*row.unit == "E" && &*row.period == "autumn").expect("a row");
    assert_eq!((row.place, row.reason), (Some(1), None));
}

#[test]
fn a_sum_without_some_of_its_units_gives_provisional_points() {
    let scoring = SCORING.replace(
        "[[tables]]\nid = \"contest\"",
        "[[tables]]
id = \"top\"
usage = \"classification\"
title = \"Top\"
levels = [\"top\"]
periods = [\"autumn\"]
total = 100
classes = [\"good\", \"fair\", \"weak\"]
criteria = [
  { id = \"t_done\", title = \"Done\", points = 50, count = \"done\", each = 5 },
  { id = \"t_whole\", title = \"Nothing broken\", points = 50, yes_no = \"broken = 0\" },
]
[[tables]]
id = \"contest\"",
    );
    let campaign = definition("A,A,shop,T,north,one,,\nB,B,shop,T,south,one,,", "", &scoring);
    let provisional = |reports: &str| {
        let outcome = run(&campaign, &intake(&campaign, reports));
        let row = outcome.classes.iter().find(|row| &*row.unit == "T").expect("a class");
        (row.points.map(|points| points.to_f64()), row.is_provisional)
    };
    assert_eq!(provisional("A autumn done=3 broken=0"), (Some(65.0), true), "B may have broken something");
    assert_eq!(provisional("A autumn done=3 broken=0\nB autumn done=1 broken=0"), (Some(70.0), false));
}

#[test]
fn points_of_a_share_without_anything_to_count_go_to_the_rest() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=10 sold=0 pool=0 done=3 broken=2 snow=4
         B autumn made=10 pool=100 done=3 broken=2"
    );
    let outcome = run(&campaign, &intake(&campaign, &reports));
    // A has nothing to sell: its 30 points go to the two others of the standard, 20 : 10.
    let of_a = points(&outcome, "A", "autumn", "class");
    assert_eq!(of_a[..4], ["a 40/60", "a_sold -/0 denominator_zero", "a_made 20/40", "a_signed 20/20"]);
    // B has and did not say: nothing is shared out.
    let of_b = points(&outcome, "B", "autumn", "class");
    assert_eq!(of_b[1], "a_sold 0/30 not_reported", "{of_b:?}");
}

#[test]
fn an_official_class_comes_from_above_at_the_date_and_from_one_row() {
    let units = "
        A,A,shop,T,north,one,,
        B,B,shop,T,north,one,,
        C,C,shop,T,north,one,,";
    let campaign = definition(units, "", SCORING);
    let reports = "A autumn made=1 sold=1 pool=1\nB autumn made=1 sold=1 pool=1\nC autumn made=1 sold=1 pool=1";
    let mut intake = intake(&campaign, reports);
    let period = campaign.find_period("autumn").expect("autumn");
    for (sender, unit, class) in [
        ("T", "A", "good"),
        ("T", "B", "fair"),
        ("A", "B", "good"), // no superior of B
        ("T", "C", "good"),
        ("T", "C", "weak"),
    ] {
        intake.lists.push(ListRow {
            list: "official".into(),
            unit: campaign.find_unit(sender).expect("a sender"),
            period,
            submission: 0,
            place: Place::Campaign,
            row: 1,
            values: vec![Some(ListValue::Text(unit.into())), Some(ListValue::Text(class.into())), None],
            flags: Vec::new(),
        });
    }
    let outcome = run(&campaign, &intake);
    let official: Vec<(&str, Option<&str>)> =
        outcome.classes.iter().map(|row| (&*row.unit, row.official.as_deref())).collect();
    assert_eq!(official, [("A", Some("good")), ("B", Some("fair")), ("C", None)]);
}
