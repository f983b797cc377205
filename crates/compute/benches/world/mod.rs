//! Campaigns of any size, written as their own files.
#![allow(dead_code, reason = "each benchmark takes its part")]

use std::fmt::Write as _;
use thidua_campaign::{Campaign, DefinitionFile, LoadError, from_files};
use thidua_model::intake::{Submission, SubmissionStatus};
use thidua_model::{PeriodIx, ReadingAccount, UnitIx};

fn main_file(more: &str) -> String {
    format!(
        r#"
id = "large"
year = 2014
title = "Large"
organisation = "Large"
files = {{ units = "units.csv", indicators = "indicators.toml", scoring = "scoring.toml", forms = ["form.toml"] }}
levels = [{{ id = "top", title = "Top", basis = "children" }}, {{ id = "office", title = "Office", basis = "children" }}, {{ id = "base", title = "Base" }}]
kinds = [{{ id = "top", level = "top", title = "Top" }}, {{ id = "office", level = "office", title = "Office" }}, {{ id = "shop", level = "base", title = "Shop" }}]
sectors = [{{ id = "all", title = "All" }}]
measures = [{{ id = "n", label = "n", max = 1000000 }}]
documents = [{{ id = "report", title = "Report" }}]
packages = []
{more}
[[periods]]
id = "spring"
title = "Spring"
from = 2014-01-01
to = 2014-06-30
as_of = 2014-05-31
deadlines = [{{ document = "report", level = "base", by = 2014-06-05 }}]
[[periods]]
id = "autumn"
title = "Autumn"
from = 2014-07-01
to = 2014-12-31
as_of = 2014-11-30
is_judged = true
deadlines = [{{ document = "report", level = "base", by = 2014-12-05 }}]
"#
    )
}

fn form(fields: usize) -> String {
    let mut lines = String::new();
    for field in 0..fields {
        let _ = writeln!(lines, "  {{ field = \"f{field:03}\", label = \"Field {field}\", measure = \"n\" }},");
    }
    format!(
        "id = \"form\"\nversion = \"1\"\nvalid_from = 2014-01-01\ndocument = \"report\"\nlevels = [\"base\", \"office\", \"top\"]\nsheet = \"Form\"\n\
         title = \"Form\"\nsections = [{{ title = \"I\", lines = [\n{lines}] }}]\n"
    )
}

fn indicators(count: usize, levels: &str) -> String {
    let mut text = String::new();
    for at in 0..count {
        let _ = writeln!(
            text,
            "[[indicators]]\nid = \"I{at:03}\"\ntitle = \"I{at}\"\nnumerator = \"f{at:03}\"\nshape = \"value\"\nmeasure = \"n\"\n\
             target = {{ operator = \"at-least\", value = 500 }}\nlevels = [{levels}]\naccumulation = \"state\"\n\
             periods = [\"spring\", \"autumn\"]\nsource = \"x\""
        );
    }
    text
}

/// Grassroots units under offices under one top, and as many indicators as fields.
pub(crate) fn country(grassroots: usize, offices: usize, fields: usize) -> Campaign {
    let mut units = String::from("code,name,kind,parent,sector,cluster\nt,Top,top,,,\n");
    for office in 0..offices {
        let _ = writeln!(units, "o{office:04},Office {office},office,t,,");
    }
    for unit in 0..grassroots {
        let _ = writeln!(units, "g{unit:06},Unit {unit},shop,o{:04},all,", unit % offices);
    }
    load([
        ("campaign.toml", main_file("")),
        ("units.csv", units),
        ("form.toml", form(fields)),
        ("indicators.toml", indicators(fields, "\"office\", \"top\"")),
        ("scoring.toml", String::new()),
    ])
}

/// Units in clusters that compete on as many items, varied as `ranges` says (empty: not at all).
pub(crate) fn province(units: usize, clusters: usize, items: usize, ranges: &str) -> Campaign {
    let mut register = String::from("code,name,kind,parent,sector,cluster\nt,Top,top,,,\no,Office,office,t,,\n");
    for unit in 0..units {
        let _ = writeln!(register, "g{unit:06},Unit {unit},shop,o,all,c{:03}", unit % clusters);
    }
    let named: Vec<String> =
        (0..clusters).map(|cluster| format!("{{ id = \"c{cluster:03}\", title = \"C{cluster}\" }}")).collect();
    let mut criteria = String::new();
    for item in 0..items {
        let _ = writeln!(
            criteria,
            "[[tables.criteria]]\nid = \"c{item:02}\"\ntitle = \"C{item}\"\npoints = 10\nindicator = \"I{item:03}\"\n\
             normalise = \"min_max\"\nlow = 0\nhigh = 1000"
        );
    }
    let scoring = format!(
        "[[tables]]\nid = \"contest\"\nusage = \"competition\"\ntitle = \"Contest\"\nlevels = [\"base\"]\nperiods = [\"autumn\"]\n\
         total = {}\n{criteria}\n{ranges}",
        items * 10
    );
    load([
        ("campaign.toml", main_file(&format!("clusters = [{}]", named.join(", ")))),
        ("units.csv", register),
        ("form.toml", form(items)),
        ("indicators.toml", indicators(items, "\"base\"")),
        ("scoring.toml", scoring),
    ])
}

/// A report of the form that counts.
pub(crate) fn submission(unit: UnitIx, period: PeriodIx) -> Submission {
    Submission {
        file: "x.xlsx".into(),
        digest: "".into(),
        sheet: "x".into(),
        form: "form".into(),
        version: "1".into(),
        document: "report".into(),
        unit,
        period,
        received_at: None,
        status: SubmissionStatus::Accepted,
        account: ReadingAccount::default(),
    }
}

fn load(files: [(&str, String); 5]) -> Campaign {
    let files = files.map(|(name, text)| DefinitionFile::new(name, text.into_bytes()));
    match from_files(files.into()) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
        Err(other) => panic!("{other}"),
    }
}
