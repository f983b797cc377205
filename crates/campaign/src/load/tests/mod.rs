//! A small campaign of another organisation, and what one mistake in it says.

mod definition;
mod languages;
mod registers;
mod rules;

use super::*;
use thidua_model::Lang;

/// Women's clubs of a region: other levels, forms and words than the sample's.
const CAMPAIGN: &str = r#"id = "clb-2020"
year = 2020
title = { vi = "Thi đua câu lạc bộ", en = "Clubs' campaign" }
organisation = { vi = "Hội", en = "Association" }
source = "Kế hoạch 1"

[files]
units = "units.csv"
targets = "targets.csv"
decisions = "decisions.csv"
indicators = "indicators.toml"
forms = ["forms/thang.toml", "forms/quy.toml"]

[[levels]]
id = "vung"
title = "Vùng"
basis = "children"

[[levels]]
id = "clb"
title = "Câu lạc bộ"

[[kinds]]
id = "vung"
level = "vung"
title = "Vùng"

[[kinds]]
id = "clb"
level = "clb"
title = "Câu lạc bộ"

[[sectors]]
id = "tre"
title = "Trẻ"

[[measures]]
id = "nguoi"
label = "người"
max = 1_000_000

[[measures]]
id = "phan-tram"
label = "%"
decimals = 2
max = 1000

[[documents]]
id = "thang"
title = "Báo cáo tháng"

[[periods]]
id = "t1"
title = "Tháng 1"
from = 2020-01-01
to = 2020-01-31
as_of = 2020-01-31
deadlines = [
  { document = "thang", level = "clb", by = 2020-02-05 },
]

[[periods]]
id = "t2"
title = "Tháng 2"
from = 2020-02-01
to = 2020-02-29
as_of = 2020-02-29
is_judged = true
deadlines = [
  { document = "thang", level = "clb", before = 2020-03-05 },
]

[[clusters]]
id = "a"
title = "Cụm A"

[[derived]]
field = "clubs"
label = "Số câu lạc bộ"
measure = "nguoi"
from = "register"
levels = ["clb"]

[[packages]]
id = "thang"
title = "Báo cáo tháng"
document = "thang"
forms = ["thang", "quy"]
"#;

const FORM: &str = r#"id = "thang"
version = "1"
valid_from = 2020-01-01
document = "thang"
levels = ["clb"]
sheet = "Tháng"
title = "Báo cáo tháng"
source = "Kế hoạch 1"

[[sections]]
title = "I. Hội viên"
lines = [
  { tt = "1", field = "members", label = "Hội viên", measure = "nguoi" },
  { tt = "2", field = "active", label = "Hoạt động", measure = "nguoi" },
  { tt = "3", field = "average", label = "Tuổi trung bình", measure = "nguoi", weight = "members" },
]

[[lists]]
id = "events"
sheet = "Sự kiện"
title = "Sự kiện"
columns = [
  { id = "name", label = "Tên", required = true },
  { id = "held_on", label = "Ngày", kind = "date" },
  { id = "people", label = "Số người", kind = "number", measure = "nguoi" },
]
counts = [
  { field = "active", when = "held_on is not null", sum = "people" },
]

[[rules]]
id = "active-of-members"
left = "active"
operator = "at-most"
right = "members"
is_part_of_whole = true
at = "active"
title = "Hoạt động không quá hội viên"
"#;

const SECOND_FORM: &str = r#"id = "quy"
version = "1"
valid_from = 2020-01-01
document = "thang"
levels = ["clb"]
sheet = "Quý"
title = "Báo cáo quý"
source = "Kế hoạch 1"

[[sections]]
lines = [
  { field = "wish", label = "Đề nghị", kind = "text" },
  { field = "goal", label = "Mục tiêu", measure = "phan-tram", rollup = "none" },
]
"#;

const INDICATORS: &str = r#"[[indicators]]
id = "A1"
title = "Hội viên hoạt động"
numerator = "active"
denominator = "members"
shape = "share"
measure = "phan-tram"
target = { operator = "above", value = 90.5 }
levels = ["clb", "vung"]
accumulation = "state"
periods = ["t1", "t2"]
is_part_of_whole = true
registered_in = "goal"
source = "Mục 1"
"#;

const UNITS: &str = "code,name,kind,parent,sector,cluster,valid_from,valid_to
v,Vùng 1,vung,,,,,
c1,Hoa Hồng,clb,v,tre,a,,2020-02-10
c1,Hoa Hồng,clb,v,,a,2020-02-11,
c2,Hoa Cúc,clb,v,,,,
";

const TARGETS: &str = "unit,indicator,value,decided_by,decision
c1,A1,92.5,Vùng,2/QĐ
";

const DECISIONS: &str = "what,unit,period,value,who,when,why
exclude,c2,t2,,Vùng,2020-03-01,không báo cáo
";

pub(crate) fn files() -> Vec<(&'static str, String)> {
    [
        (MAIN_FILE, CAMPAIGN),
        ("forms/thang.toml", FORM),
        ("forms/quy.toml", SECOND_FORM),
        ("indicators.toml", INDICATORS),
        ("units.csv", UNITS),
        ("targets.csv", TARGETS),
        ("decisions.csv", DECISIONS),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .to_vec()
}

fn load_texts(texts: Vec<(&'static str, String)>) -> Result<Campaign, LoadError> {
    from_files(texts.into_iter().map(|(name, text)| files::file(name, text.into_bytes())).collect())
}

/// The texts of the small campaign with one passage replaced.
#[track_caller]
fn changed(name: &str, passage: &str, by: &str) -> Vec<(&'static str, String)> {
    let mut texts = files();
    let text = &mut texts.iter_mut().find(|(file, _)| *file == name).expect("a file of the small campaign").1;
    assert_eq!(text.matches(passage).count(), 1, "the passage stands once: {passage}");
    *text = text.replace(passage, by);
    texts
}

/// The small campaign with one passage replaced: every issue as `place: [code] message; fix`.
#[track_caller]
fn with(name: &str, passage: &str, by: &str) -> String {
    said(load_texts(changed(name, passage, by)))
}

fn said(loaded: Result<Campaign, LoadError>) -> String {
    match loaded {
        Ok(_) => "no issue".to_owned(),
        Err(LoadError::Io { path, source }) => panic!("{}: {source}", path.display()),
        Err(LoadError::Held(error)) => panic!("{error}"),
        Err(LoadError::Invalid { issues }) => lines(&issues, Lang::En),
    }
}

/// `place: [code] message; fix` of each issue.
fn lines(issues: &[Issue], lang: Lang) -> String {
    let line = |issue: &Issue| {
        format!("{}: [{}] {}; {}", issue.place, issue.code(), issue.kind.message(lang), issue.kind.fix(lang))
    };
    issues.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_campaign_of_2014_loads_without_issues() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    let loaded = check(&folder).map_err(|problem| said(Err(problem)));
    let (campaign, issues) = loaded.unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(issues, []);
    let ids: Vec<&str> = campaign.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
    assert_eq!(
        ids.join(" "),
        "CT01 CT02 CT03A CT03B CT03C CT04 CT05 CT06A CT06B CT07A CT07B CT08 CT09A CT09B CT09C CT10 CT11A CT11B \
         PT1 PT2 PT3 PT4 PT5"
    );
}

#[test]
fn every_classification_table_has_its_scoring_sheet_and_package() {
    use thidua_model::words::TableUse;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    let campaign = load(&folder).unwrap_or_else(|problem| panic!("{}", said(Err(problem))));
    let tables = campaign.tables.iter().enumerate().filter(|(_, table)| table.usage == TableUse::Classification);
    for (at, table) in tables {
        let sheet = campaign.forms.iter().position(|form| form.scoresheet_of == Some(at));
        let sheet = sheet.unwrap_or_else(|| panic!("a sheet of {}", table.id));
        assert!(campaign.packages.iter().any(|package| package.forms == [sheet]), "a package of {}", table.id);
        let lines: Vec<_> = campaign.forms[sheet].sections.iter().flat_map(|section| &section.lines).collect();
        let items: Vec<_> = table.criteria.iter().filter(|criterion| criterion.item.is_some()).collect();
        assert_eq!(lines.len(), items.len());
        for (line, item) in lines.iter().zip(items) {
            assert_eq!(line.fields, [item.self_field, item.superior_field], "{}", item.id);
        }
    }
    let competing = campaign.tables.iter().filter(|table| table.usage == TableUse::Competition);
    assert!(competing.flat_map(|table| &table.criteria).all(|criterion| criterion.self_field.is_none()));
}

#[test]
fn the_campaign_of_2014_says_which_lists_name_persons_and_for_how_long() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    let campaign = load(&folder).unwrap_or_else(|problem| panic!("{}", said(Err(problem))));
    let lists = campaign.forms.iter().flat_map(|form| &form.lists);
    let marked = lists.flat_map(|list| {
        let columns = list.columns.iter().filter(|column| column.is_person);
        columns.map(|column| format!("{}.{}", list.id, column.id))
    });
    assert_eq!(
        marked.collect::<Vec<_>>().join(" "),
        "works_plan.done_by works.done_by awards.name houses.name training.name"
    );
    let day = |month, day| jiff::civil::date(2034, month, day);
    assert!(campaign.persons.are_shown(day(12, 31)) && !campaign.persons.are_shown(jiff::civil::date(2035, 1, 1)));
}

#[test]
fn another_organisation_loads_with_everything_resolved() {
    let campaign = load_texts(files()).unwrap_or_else(|problem| panic!("{}", said(Err(problem))));
    let unit = campaign.find_unit("c1").expect("c1 is in the register");
    assert_eq!(campaign.unit(unit).spans.len(), 2);
    assert_eq!(campaign.unit(unit).spans[0].parent, campaign.find_unit("v"));
    let goal = campaign.find_field("goal");
    assert_eq!(campaign.indicators[0].registered_in, goal);
    assert_eq!(campaign.indicators[0].target.low, 9050, "90.5 % with two decimals");
    assert_eq!(campaign.assigned[0].value, 9250);
    assert_eq!(campaign.periods[0].deadlines[0].due_before, jiff::civil::date(2020, 2, 6).at(0, 0, 0, 0));
    assert_eq!(campaign.periods[1].deadlines[0].last_day, jiff::civil::date(2020, 3, 4));
    assert_eq!(campaign.packages[0].forms, [0, 1]);
    let names: Vec<&str> = campaign.files.iter().map(|file| &*file.name).collect();
    assert_eq!(names.len(), 7);
    assert!(names.is_sorted());
}

#[test]
fn a_copy_of_the_used_files_is_the_same_campaign() {
    let first = load_texts(files()).expect("the small campaign is valid");
    let mut copy = first.files.clone();
    copy.push(files::file("letter.txt", b"not a part of it".to_vec()));
    let second = from_files(copy).expect("its copy is valid");
    let digests = |campaign: &Campaign| campaign.files.iter().map(|file| file.digest.clone()).collect::<Vec<_>>();
    assert_eq!(digests(&first), digests(&second));
}
