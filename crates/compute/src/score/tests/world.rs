//! A small organisation with its forms, indicators and tables, and how a test reads what came out.

use crate::compute;
use thidua_campaign::{Campaign, DefinitionFile, LoadError, from_files};
use thidua_model::facts::Source;
use thidua_model::intake::{Submission, SubmissionStatus};
use thidua_model::{Fact, FactMark, FactStore, Intake, Outcome, ReadingAccount, RunOptions};

pub(super) const MAIN: &str = r#"
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

pub(super) const PLAN: &str = r#"
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

pub(super) const FORM: &str = r#"
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
[[lists]]
id = "wishes"
table = "wishes"
sheet = "Wishes"
title = "Wishes"
columns = [{ id = "who", label = "Who" }, { id = "sort", label = "Sort", kind = "choice", choices = [["unit", "Unit"], ["person", "Person"]] }, { id = "what", label = "What", kind = "choice", choices = [["flag", "Cờ"], ["paper", "Bằng khen"]] }, { id = "wave", label = "Wave", kind = "choice", choices = [["year", "Year"], ["theme", "Theme"]] }]
"#;

pub(super) const INDICATORS: &str = r#"
indicators = [
  { id = "SOLD", title = "Sold", numerator = "sold", denominator = "pool", shape = "share", measure = "percent", is_part_of_whole = true,
    target = { operator = "above", value = 80 }, levels = ["base", "top"], accumulation = "state", periods = ["spring", "autumn"], source = "x" },
  { id = "MADE", title = "Made", numerator = "made", shape = "value", measure = "n", target = { operator = "at-least", value = 500 },
    target_holds_below = false, registered_in = "promised", levels = ["base", "top"], accumulation = "cumulative", periods = ["spring", "autumn"], source = "x" },
  { id = "SIGNED", title = "Signed", numerator = "signed", shape = "flag", measure = "flag", target = { operator = "yes" },
    levels = ["base"], accumulation = "state", periods = ["start"], source = "x" },
]
"#;

pub(super) const SCORING: &str = r#"
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

pub(super) fn definition(units: &str, decisions: &str, scoring: &str) -> Campaign {
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
pub(super) fn rows(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// Reports drawn as `unit period field=value …`; each line is a submission of the period's form.
/// A value `!` is suspect.
pub(super) fn intake(campaign: &Campaign, reports: &str) -> Intake {
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

pub(super) fn run(campaign: &Campaign, intake: &Intake) -> Outcome {
    compute(campaign, intake, &RunOptions::default())
}

/// `unit place points reason` of a period, with `=` for ties and `?` when provisional.
pub(super) fn places(outcome: &Outcome, period: &str) -> Vec<String> {
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
pub(super) fn points(outcome: &Outcome, unit: &str, period: &str, table: &str) -> Vec<String> {
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
pub(super) fn classes(outcome: &Outcome) -> Vec<String> {
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

pub(super) const UNITS: &str = "
    A,A,shop,T,north,one,,
    B,B,shop,T,south,one,,
    C,C,shop,T,south,one,,
    D,D,shop,T,south,one,,
    E,E,shop,T,north,two,,
    G,G,guest,T,south,two,,";

pub(super) const PLANS: &str = "
    A start promised=20 signed=1
    B start promised=40 signed=1
    C start promised=10 signed=0
    D start promised=20 signed=1
    E start promised=20 signed=1";

/// The definition of the tests with one competition table instead of its own.
pub(super) fn contest(units: &str, decisions: &str, ranking: &str, table: &str) -> Campaign {
    let start = SCORING.find("[[tables]]\nid = \"contest\"").expect("the table");
    let gates = SCORING.replace("[ranking]\nmust_have = [\"plan\"]\n", "");
    let before = &gates[..start - (SCORING.len() - gates.len())];
    let scoring = format!(
        "{before}
[[tables]]
id = \"contest\"
usage = \"competition\"
title = \"Contest\"
levels = [\"base\"]
periods = [\"spring\", \"autumn\"]
{table}
[ranking]
{ranking}"
    );
    definition(units, decisions, &scoring)
}
