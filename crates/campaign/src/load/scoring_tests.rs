//! What `scoring.toml` is refused for: a small campaign of which one piece is replaced at a time.

use super::*;
use crate::scoring::{Item, ScoringTable};
use thidua_model::Points;

const MAIN: &str = r#"
id = "small"
year = 2014
title = "Small"
organisation = "Small"
files = { units = "units.csv", indicators = "indicators.toml", scoring = "scoring.toml", forms = ["form.toml"] }
levels = [{ id = "top", title = "Top", basis = "children" }, { id = "base", title = "Base" }]
kinds = [{ id = "office", level = "top", title = "Office" }, { id = "shop", level = "base", title = "Shop" }]
sectors = [{ id = "north", title = "North" }, { id = "south", title = "South" }]
measures = [
  { id = "n", label = "n", max = 1000 },
  { id = "percent", label = "%", decimals = 2, max = 1000 },
  { id = "flag", label = "yes/no", max = 1 },
]
documents = [{ id = "report", title = "Report" }]
[[periods]]
id = "spring"
title = "Spring"
from = 2014-01-01
to = 2014-06-30
as_of = 2014-05-31
deadlines = [{ document = "report", level = "base", by = 2014-06-05 }]
[[periods]]
id = "autumn"
title = "Autumn"
from = 2014-07-01
to = 2014-12-31
as_of = 2014-11-30
is_judged = true
deadlines = [{ document = "report", level = "base", by = 2014-12-05 }]
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
  { field = "pool", label = "Pool", measure = "n" },
  { field = "ok", label = "Ok", kind = "flag", measure = "flag" },
] }]
[[lists]]
id = "wishes"
table = "wishes"
sheet = "Wishes"
title = "Wishes"
columns = [
  { id = "who", label = "Who" },
  { id = "sort", label = "Sort", kind = "choice", choices = [["unit", "Unit"], ["person", "Person"]] },
  { id = "what", label = "What", kind = "choice", choices = [["flag", "Cờ"], ["other", "Khác"]] },
  { id = "wave", label = "Wave", kind = "choice", choices = [["year", "Year"], ["theme", "Theme"]] },
]
"#;

const INDICATORS: &str = r#"
indicators = [
  { id = "SHARE", title = "S", numerator = "made", denominator = "pool", shape = "share", measure = "percent", is_part_of_whole = true,
    target = { operator = "above", value = 90 }, levels = ["base", "top"], accumulation = "state", periods = ["spring", "autumn"], source = "x" },
  { id = "COUNT", title = "C", numerator = "made", shape = "value", measure = "n",
    target = { operator = "at-least", value = 5 }, levels = ["base", "top"], accumulation = "state", periods = ["autumn"], source = "x" },
  { id = "FEWER", title = "F", numerator = "made", shape = "value", measure = "n",
    target = { operator = "below", value = 5 }, levels = ["base"], accumulation = "state", periods = ["spring"], source = "x" },
  { id = "YES", title = "Y", numerator = "ok", shape = "flag", measure = "flag",
    target = { operator = "yes" }, levels = ["base"], accumulation = "state", periods = ["spring"], source = "x" },
  { id = "TOP", title = "T", numerator = "made", shape = "value", measure = "n",
    target = { operator = "at-least", value = 5 }, levels = ["top"], accumulation = "state", periods = ["spring"], source = "x" },
]
"#;

const SCORING: &str = r#"[ranking]
must_have = ["report"]
[[gates]]
id = "half"
title = "Half"
each_standard_at_least = 50
[[classes]]
id = "good"
title = "Good"
min = 85
gates = ["half"]
[[classes]]
id = "rest"
title = "Rest"
min = 0
[[tables]]
id = "class"
usage = "classification"
title = "Class"
levels = ["base"]
periods = ["autumn"]
total = 10
classes = ["good", "rest"]
[[tables.criteria]]
id = "a"
title = "A"
points = 6
[[tables.criteria]]
id = "a1"
in = "a"
title = "A1"
points = 2.5
proportional = "SHARE"
[[tables.criteria]]
id = "a2"
in = "a"
title = "A2"
points = 3.5
terms = [{ count = "made", each = 1 }, { count = "pool - made", each = -0.5 }]
min = -1
[[tables.criteria]]
id = "b"
title = "B"
points = 4
yes_no = "ok = 1"
[[tables]]
id = "contest"
usage = "competition"
title = "Contest"
levels = ["base"]
periods = ["spring", "autumn"]
total = 10
[[tables.criteria]]
id = "c1"
title = "C1"
points = 6
cluster_best = "COUNT"
[[tables.criteria]]
id = "c2"
title = "C2"
points = 4
count = "made"
each = 0.25
"#;

fn load_with(scoring: &str) -> Result<Campaign, LoadError> {
    let units = "code,name,kind,parent,sector\nT,Top,office,,\nB,Base,shop,T,north\n";
    let files = [
        ("campaign.toml", MAIN),
        ("units.csv", units),
        ("form.toml", FORM),
        ("indicators.toml", INDICATORS),
        ("scoring.toml", scoring),
    ];
    let files = files.map(|(name, text)| DefinitionFile {
        name: name.into(),
        digest: "".into(),
        bytes: text.as_bytes().into(),
    });
    from_files(files.into())
}

/// `code line key` of every issue when `from` stands replaced by `to`.
#[track_caller]
fn refused(from: &str, to: &str) -> String {
    assert!(SCORING.contains(from), "{from}");
    match load_with(&SCORING.replacen(from, to, 1)) {
        Ok(_) => "ok".into(),
        Err(LoadError::Invalid { issues }) => {
            let show = |issue: &Issue| format!("{} {}", issue.code(), issue.place);
            issues.iter().map(show).collect::<Vec<_>>().join("; ")
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_table_keeps_its_tree_its_exact_points_and_its_classes() {
    let campaign = match load_with(SCORING) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
        Err(other) => panic!("{other}"),
    };
    let [table, contest] = campaign.tables.as_slice() else { panic!("two tables") };
    let tree: Vec<(&str, Option<usize>, i64)> =
        table.criteria.iter().map(|it| (it.id.as_str(), it.parent, it.max.0)).collect();
    let half = Points::ONE / 2;
    let expected =
        [("a", None, 12 * half), ("a1", Some(0), 5 * half), ("a2", Some(0), 7 * half), ("b", None, 8 * half)];
    assert_eq!(tree, expected);
    let Some(Item::BonusPenalty { terms, min }) = &table.criteria[2].item else { panic!("a2") };
    assert_eq!((terms[1].1, *min), (Points(-half), Points::whole(-1)));
    let classes: Vec<&str> = table.classes.iter().map(|class| class.id.as_str()).collect();
    assert_eq!(classes, ["good", "rest"]);
    assert_eq!(table.gates.len(), 1);
    assert!(contest.classes.is_empty() && contest.gates.is_empty());
    assert_eq!(campaign.ranking.must_have.len(), 1);
    assert_eq!(campaign.ranking.decimals, None);
}

#[test]
fn a_mistake_is_told_at_its_line_and_key() {
    for (from, to, expected) in [
        // points
        ("points = 2.5", "points = 2.4", "D010 scoring.toml:27: class.a.points"),
        ("points = 4\nyes_no", "points = 5\nyes_no", "D010 scoring.toml:22: class.total"),
        (
            "points = 2.5",
            "points = 2.00000000005",
            "D010 scoring.toml:27: class.a.points; D006 scoring.toml:32: class.a1.points",
        ),
        // names
        ("proportional = \"SHARE\"", "proportional = \"SHARES\"", "D003 scoring.toml:33: class.a1.proportional"),
        ("gates = [\"half\"]", "gates = [\"halves\"]", "D003 scoring.toml:11: good.gates"),
        ("must_have = [\"report\"]", "must_have = [\"plan\"]", "D003 scoring.toml:2: ranking.must_have"),
        ("must_have", "tie_breakers = [\"a1\"]\nmust_have", "D003 scoring.toml:2: ranking.tie_breakers"),
        ("must_have", "tie_breakers = [\"c2\"]\nmust_have", "ok"),
        ("levels = [\"base\"]", "levels = [\"bases\"]", "D003 scoring.toml:20: class.levels"),
        ("classes = [\"good\", \"rest\"]", "classes = [\"best\", \"rest\"]", "D003 scoring.toml:23: class.classes"),
        (
            "each_standard",
            "each_standards",
            "D006 scoring.toml:3: half; D003 scoring.toml:6: half.each_standards_at_least",
        ),
        // twice
        ("id = \"a2\"", "id = \"a1\"", "D004 scoring.toml:35: class.a1.id"),
        (
            "usage = \"competition\"",
            "usage = \"classification\"\nclasses = [\"good\", \"rest\"]",
            "D004 scoring.toml:46: contest; D013 scoring.toml:58: contest.c1.cluster_best",
        ),
        // formulas
        ("yes_no = \"ok = 1\"", "yes_no = \"ok / 2\"", "D005 scoring.toml:45: class.b.yes_no"),
        ("count = \"made\"\neach = 0.25", "count = \"mades\"\neach = 0.25", "D003 scoring.toml:62: contest.c2.count"),
        // classes
        ("min = 0", "min = 1", "D006 scoring.toml:23: class.classes"),
        ("min = 85", "min = 0", "D006 scoring.toml:23: class.classes"),
        ("classes = [\"good\", \"rest\"]\n", "", "D006 scoring.toml:16: class.classes"),
        // the tree
        (
            "in = \"a\"\ntitle = \"A2\"",
            "in = \"b\"\ntitle = \"A2\"",
            "D010 scoring.toml:22: class.total; D010 scoring.toml:27: class.a.points; D003 scoring.toml:36: class.a2.in",
        ),
        ("points = 4\nyes_no = \"ok = 1\"", "points = 4", "D006 scoring.toml:41: class.b"),
        ("yes_no = \"ok = 1\"", "yes_no = \"ok = 1\"\nverdict = \"YES\"", "D006 scoring.toml:45: class.b.yes_no"),
        ("id = \"b\"", "id = \"b-1\"", "D006 scoring.toml:42: class.b-1.id"),
    ] {
        assert_eq!(refused(from, to), expected, "{from} → {to}");
    }
}

#[test]
fn a_method_must_fit_what_it_measures() {
    for (to, expected) in [
        ("cluster_best = \"SHARE\"", "D013"), // nobody can stand above 100 %
        ("cluster_best = \"YES\"", "D013"),
        ("cluster_best = \"FEWER\"", "D013"),
        ("proportional = \"YES\"", "D013"),
        ("proportional = \"FEWER\"", "D013"),
        ("proportional = \"TOP\"", "D013"), // no figure at this level
        ("verdict = \"YES\"", "ok"),
        ("verdict = \"FEWER\"", "ok"),
        ("proportional = \"SHARE\"", "ok"),
    ] {
        assert_eq!(&refused("cluster_best = \"COUNT\"", to)[..expected.len()], expected, "{to}");
    }
    let in_classification = refused("proportional = \"SHARE\"", "cluster_best = \"COUNT\"");
    assert_eq!(in_classification, "D013 scoring.toml:33: class.a1.cluster_best");
}

/// The tables of the sample, as the guidance and the later instruction ask for them.
#[test]
fn every_type_of_unit_of_2014_has_a_table_of_100_points() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    let campaign = load(&folder).expect("the sample is valid");
    let top = |table: &ScoringTable| table.criteria.iter().filter(|criterion| criterion.parent.is_none()).count();
    let shown: Vec<String> = campaign
        .tables
        .iter()
        .map(|table| {
            assert_eq!(table.total, Points::whole(100));
            assert!((3..=6).contains(&top(table)), "{}", table.id);
            let sectors: Vec<&str> = table.sectors.iter().map(|sector| sector.as_str()).collect();
            format!("{} {} {}", table.usage.as_str(), table.levels[0], sectors.join(" "))
        })
        .collect();
    let expected = [
        "classification grassroots hanh-chinh",
        "classification grassroots su-nghiep",
        "classification grassroots dnnn",
        "classification grassroots dn-ngoai-nn",
        "classification superior ",
        "competition grassroots ",
        "competition superior ",
    ];
    assert_eq!(shown, expected);
    let bands: Vec<(&str, i64, usize)> = campaign.tables[0]
        .classes
        .iter()
        .map(|class| (class.id.as_str(), class.min.0 / Points::ONE, class.gates.len()))
        .collect();
    assert_eq!(bands, [("vmxs", 95, 3), ("vm", 85, 3), ("kha", 70, 0), ("tb", 50, 0), ("yeu", 0, 0)]);
}

/// An award for the best of each cluster, beside the list in which units propose.
const AWARD: &str = r#"
[award_list]
list = "wishes"
nominee = "who"
award = "what"
only = { sort = "unit" }
[[awards]]
id = "flag"
title = "Flag"
kind = "comprehensive"
levels = ["base"]
period = "autumn"
places_upto = 1
classes = ["good"]
condition = "made >= 1"
gates = ["half"]
per_units = { one_for = 10, at_least = 1 }
most = 30
given_by = "province"
form = "Cờ"
listed = { wave = "year" }
"#;

#[test]
fn an_award_keeps_its_conditions_its_quota_and_its_words_in_the_list() {
    let campaign = match load_with(&format!("{SCORING}{AWARD}")) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
        Err(other) => panic!("{other}"),
    };
    let [award] = campaign.awards.as_slice() else { panic!("one award") };
    assert_eq!((award.places_upto, award.quota.of_cluster(25), award.quota.most), (Some(1), Some(2), Some(30)));
    assert_eq!((&*award.form, &award.listed[..]), ("flag", &[("wave".into(), "year".into())][..]));
    assert!(award.uses_places() && award.condition.is_some() && award.gates.len() == 1);
    let list = campaign.award_list.as_ref().expect("a list");
    assert_eq!((&*list.nominee, &*list.award, &list.only[..]), ("who", "what", &[("sort".into(), "unit".into())][..]));
    assert!(campaign.tables[1].gates.is_empty(), "a gate of an award bars nobody from a place");
}

#[test]
fn a_mistake_in_an_award_is_told_at_its_line_and_key() {
    let first = SCORING.lines().count() as u32;
    for (from, to, expected) in [
        ("most = 30", "most = 30", "ok"),
        ("kind = \"comprehensive\"", "kind = \"best\"", "D006 +10: flag.kind"),
        ("levels = [\"base\"]\nperiod", "period", "D006 +7: flag.levels"),
        ("period = \"autumn\"", "period = \"autum\"", "D003 +12: flag.period"),
        ("places_upto = 1", "places_upto = 0", "D006 +13: flag.places_upto"),
        ("classes = [\"good\"]\ncond", "classes = [\"goods\"]\ncond", "D003 +14: flag.classes"),
        // Classes are given when the year is judged.
        ("period = \"autumn\"", "period = \"spring\"", "D006 +14: flag.classes"),
        ("condition = \"made >= 1\"", "condition = \"mades >= 1\"", "D003 +15: flag.condition"),
        ("gates = [\"half\"]\nper", "gates = [\"halves\"]\nper", "D003 +16: flag.gates"),
        ("one_for = 10, ", "", "D006 +17: flag.per_units.one_for"),
        ("one_for = 10", "one_for = 0", "D006 +17: flag.per_units.one_for"),
        ("most = 30", "mots = 30", "D003 +18: flag.mots"),
        ("given_by = \"province\"\n", "", "D006 +7: flag.given_by"),
        ("form = \"Cờ\"", "form = \"Bằng\"", "D006 +20: flag.form"),
        ("listed = { wave = \"year\" }", "listed = { waves = \"year\" }", "D003 +21: flag.listed.waves"),
        ("listed = { wave = \"year\" }", "listed = { wave = \"yearly\" }", "D006 +21: flag.listed.wave"),
        ("list = \"wishes\"", "list = \"wish\"", "D003 +3: award_list.list; D006 +21: flag.listed"),
        ("nominee = \"who\"", "nominee = \"whom\"", "D003 +4: award_list.nominee"),
        ("only = { sort = \"unit\" }", "only = { sort = \"units\" }", "D006 +6: award_list.only.sort"),
        ("places_upto = 1\nclasses = [\"good\"]\ncondition = \"made >= 1\"\ngates = [\"half\"]\n", "", "D006 +7: flag"),
    ] {
        assert!(AWARD.contains(from), "{from}");
        let found = match load_with(&format!("{SCORING}{}", AWARD.replacen(from, to, 1))) {
            Ok(_) => "ok".to_owned(),
            Err(LoadError::Invalid { issues }) => {
                let show = |issue: &Issue| {
                    let place = issue.place.to_string();
                    let (line, key) = place.split_once(": ").expect("a line and a key");
                    let line = line.rsplit(':').next().and_then(|line| line.parse::<u32>().ok()).expect("a line");
                    format!("{} +{}: {key}", issue.code(), line - first)
                };
                issues.iter().map(show).collect::<Vec<_>>().join("; ")
            }
            Err(other) => panic!("{other}"),
        };
        assert_eq!(found, expected, "{from} → {to}");
    }
}
