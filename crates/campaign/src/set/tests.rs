use super::*;

const TEXT: &str = r#"# Bảng điểm
[ranking]
tie_breakers = [] # hòa

[[tables]]
id = "a"
total = 10

[[tables.criteria]]
id = "x"
points = 6

[[tables.criteria]]
id = "x1"
in = "x"
points = 2.5
terms = [{ count = "n", each = 2 }, { count = "m", each = 3 }]

[[tables.criteria]]
id = "x2"
in = "x"
points = 3.5

[[tables.criteria]]
id = "y"
points = 4
title = { vi = "Y" }
"#;

fn files(scoring: &str) -> Vec<DefinitionFile> {
    let main = "[files]\nscoring = \"scoring.toml\"\n";
    vec![file("campaign.toml", main.into()), file("scoring.toml", scoring.into())]
}

fn try_set(text: &str, settings: &[&str]) -> Result<(String, Redefinition), SetError> {
    let settings: Vec<Setting> = settings.iter().map(|it| it.parse()).collect::<Result<_, _>>()?;
    let done = set_scoring(&files(text), &settings)?;
    Ok((String::from_utf8(done.files[1].bytes.to_vec()).unwrap(), done))
}

fn set(settings: &[&str]) -> (String, Redefinition) {
    try_set(TEXT, settings).unwrap()
}

#[test]
fn a_value_is_replaced_where_it_stands_and_nothing_else() {
    for (setting, old, new) in [
        ("ranking.tie_breakers=[\"y\"]", "[] #", "[\"y\"] #"),
        ("tables.a.criteria.y.title.vi=Yên Bình", "vi = \"Y\"", "vi = \"Yên Bình\""),
        ("tables.a.criteria.x1.terms.1.each=4", "each = 3", "each = 4"),
        ("tables.0.criteria.3.id=\"z\"", "id = \"y\"", "id = \"z\""),
        ("tables.a.criteria.x1.terms=[]", r#"[{ count = "n", each = 2 }, { count = "m", each = 3 }]"#, "[]"),
    ] {
        assert_eq!(set(&[setting]).0, TEXT.replacen(old, new, 1), "{setting}");
    }
}

#[test]
fn a_key_that_is_not_there_is_added_to_its_table() {
    for (settings, after, added) in [
        (&["ranking.decimals=2"][..], "[ranking]\n", "decimals = 2\n"),
        (&["tables.a.missing=redistribute"], "[[tables]]\n", "missing = \"redistribute\"\n"),
        (&["tables.a.criteria.y.title.en=Why"], "title = { ", "en = \"Why\", "),
        (&["tables.a.criteria.y.enough.count=2"], "3.5\n\n[[tables.criteria]]\n", "enough.count = 2\n"),
        (
            &["tables.a.criteria.y.enough.count=2", "tables.a.criteria.y.enough.weight=66"],
            "3.5\n\n[[tables.criteria]]\n",
            "enough.weight = 66\nenough.count = 2\n",
        ),
        (&["ranges.draws=100"], "", "ranges.draws = 100\n"),
    ] {
        let at = TEXT.find(after).unwrap() + after.len();
        let expected = format!("{}{added}{}", &TEXT[..at], &TEXT[at..]);
        assert_eq!(set(settings).0, expected, "{settings:?}");
    }
}

#[test]
fn points_take_the_sums_above_along() {
    let (text, done) = set(&["tables.a.criteria.x1.points=3"]);
    let lines: Vec<String> = done.followed.iter().map(|it| format!("{} {:?} {}", it.path, it.old, it.new)).collect();
    assert_eq!(lines, ["tables.a.total Some(\"10\") 10.5", "tables.a.criteria.x.points Some(\"6\") 6.5"]);
    assert!(text.contains("total = 10.5") && text.contains("points = 6.5"), "{text}");
    assert!(set(&["tables.a.criteria.x1.terms.0.each=1"]).1.followed.is_empty());
    // Two changes that cancel out, and one that is stated.
    assert!(set(&["tables.a.criteria.x1.points=2", "tables.a.criteria.x2.points=4"]).1.followed.is_empty());
    let (_, done) = set(&["tables.a.criteria.x1.points=3", "tables.a.total=20"]);
    assert_eq!(done.followed.len(), 1);
}

#[test]
fn a_mean_keeps_its_own_points() {
    let text = TEXT.replacen("points = 6\n", "points = 6\naggregate = \"geometric\"\n", 1);
    let (_, done) = try_set(&text, &["tables.a.criteria.x1.points=3"]).unwrap();
    assert!(done.followed.is_empty(), "{:?}", done.followed);
    let (_, done) = try_set(&text, &["tables.a.criteria.y.points=5"]).unwrap();
    assert_eq!(done.followed.iter().map(|it| &*it.new).collect::<Vec<_>>(), ["11"]);
}

#[test]
fn what_cannot_be_set_is_told() {
    let error = |settings: &[&str]| try_set(TEXT, settings).expect_err("refused");
    assert!(matches!(error(&["ranking.decimals"]), SetError::Form { .. }));
    assert!(matches!(error(&["a..b=1"]), SetError::Form { .. }));
    assert!(matches!(error(&["tables.b.total=1"]), SetError::Unknown { near, .. } if near == "a"));
    assert!(
        matches!(error(&["tables.a.criteria.x3.points=1"]), SetError::Unknown { near, .. } if near.starts_with("x"))
    );
    assert!(matches!(error(&["tables.a.total.x=1"]), SetError::BelowValue { part, .. } if part == "total"));
    assert!(matches!(error(&["ranking.tie_breakers=[\"y\""]), SetError::Value { .. }));
    for whole in ["ranking=1", "tables=[]", "tables.a=1"] {
        assert!(matches!(error(&[whole]), SetError::Whole { .. }), "{whole}");
    }
    assert!(matches!(error(&["tables.a.total=1", "tables.0.total=2"]), SetError::Twice { .. }));
}

#[test]
fn what_is_typed_stays_one_value() {
    for (typed, expected) in [
        ("2", "2"),
        ("2 # two", "2"),
        ("true", "true"),
        ("zero", "\"zero\""),
        ("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""),
        ("1\nid = 2", "\"1\\u000Aid = 2\""),
        ("", "\"\""),
    ] {
        let setting = Setting { path: "ranking.note".into(), value: typed.into() };
        assert_eq!(literal(&setting).unwrap(), expected, "{typed:?}");
        let done = set_scoring(&files(TEXT), &[setting]).unwrap();
        assert_eq!(done.set[0].new, expected);
    }
}
