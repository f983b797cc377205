//! One mistake in a TOML file.

use super::{CAMPAIGN, FORM, INDICATORS, SECOND_FORM, files, load_texts, said, with};
use crate::LoadError;
use insta::assert_snapshot;
use thidua_model::ValueKind;

#[test]
fn all_problems_come_at_once() {
    let mut texts = files();
    for (name, text) in &mut texts {
        *text = match *name {
            "campaign.toml" => CAMPAIGN.replace("level = \"clb\"\n", "level = \"club\"\n"),
            "forms/thang.toml" => FORM.replace("sum = \"people\"", "sum = \"peopel\""),
            "forms/quy.toml" => SECOND_FORM.replace("kind = \"text\"", "kind = \"words\""),
            "indicators.toml" => INDICATORS.replace("\"active\"", "\"activ / 2\""),
            _ => continue,
        };
    }
    assert_snapshot!(said(load_texts(texts)), @r#"
    campaign.toml:30: clb.level: [D003] level "club" is not declared; declare the name or mend its spelling (nearest: clb)
    forms/quy.toml:12: wish.kind: [D006] value "words" is not valid; expected one of number, flag, choice, date, text; mend the value
    forms/quy.toml:12: wish.measure: [D006] value "" is not valid; expected the measure of a number; mend the value
    forms/thang.toml:28: events.active.sum: [D003] column "peopel" is not declared; declare the name or mend its spelling (nearest: people)
    indicators.toml:4: A1.numerator: [D005] formula "activ / 2" is not valid: "/" is not allowed; mend the formula; use field ids, integers and the allowed operations only
    "#);
}

#[test]
fn files_and_syntax() {
    assert_snapshot!(with("campaign.toml", "\"units.csv\"", "\"unit.csv\""), @"campaign.toml:8: files.units: [D001] a file of the definition is missing; put the file into the campaign folder, or mend its name in campaign.toml");
    assert_snapshot!(with("campaign.toml", "\"forms/quy.toml\"", "\"../quy.toml\""), @r#"
    campaign.toml:12: files.forms: [D001] a file of the definition is missing; put the file into the campaign folder, or mend its name in campaign.toml
    campaign.toml:12: files.forms: [D006] value "../quy.toml" is not valid; expected a path below the campaign folder, with /; mend the value
    "#);
    assert_snapshot!(with("campaign.toml", "year = 2020", "year = = 2020"), @r#"
    campaign.toml:2: [D002] cannot be read: extra `=`, expected nothing; mend the syntax at this line
    campaign.toml:2: [D002] cannot be read: unexpected key or value, expected newline, `#`; mend the syntax at this line
    "#);
    assert_snapshot!(with("campaign.toml", "indicators = \"indicators.toml\"\n", ""), @r#"
    campaign.toml:7: files.indicators: [D006] value "" is not valid; expected the name of a file; mend the value
    targets.csv:2: indicator: [D003] indicator "A1" is not declared; declare the name or mend its spelling (nearest: –)
    "#);
}

#[test]
fn keys_and_values() {
    assert_snapshot!(with("campaign.toml", "is_judged = true", "is_judge = true"), @r#"campaign.toml:68: t2.is_judge: [D003] key "is_judge" is not declared; declare the name or mend its spelling (nearest: is_judged)"#);
    assert_snapshot!(with("campaign.toml", "year = 2020", "year = \"2020\""), @r#"campaign.toml:2: year: [D006] value "2020" is not valid; expected a whole number from 1900 to 2200; mend the value"#);
    assert_snapshot!(with("campaign.toml", "basis = \"children\"", "basis = \"below\""), @r#"campaign.toml:17: vung.basis: [D006] value "below" is not valid; expected one of own, children; mend the value"#);
    assert_snapshot!(with("campaign.toml", "id = \"tre\"", "name = \"tre\""), @r#"
    campaign.toml:33: sectors[1].id: [D006] value "" is not valid; expected a text; mend the value
    campaign.toml:34: sectors[1].name: [D003] key "name" is not declared; declare the name or mend its spelling (nearest: title)
    units.csv:3: sector: [D003] sector "tre" is not declared; declare the name or mend its spelling (nearest: –)
    "#);
    assert_snapshot!(with("indicators.toml", "value = 90.5", "value = 90.505"), @r#"indicators.toml:8: A1.target.value: [D006] value "90.505" is not valid; expected a number with at most 2 decimals; mend the value"#);
    assert_snapshot!(with("indicators.toml", "source = \"Mục 1\"\n", ""), @r#"indicators.toml:1: A1.source: [D006] value "" is not valid; expected a text; mend the value"#);
}

#[test]
fn names_that_nobody_declared() {
    assert_snapshot!(with("indicators.toml", "periods = [\"t1\", \"t2\"]", "periods = [\"t1\", \"t22\"]"), @r#"indicators.toml:11: A1.periods: [D003] period "t22" is not declared; declare the name or mend its spelling (nearest: t2)"#);
    assert_snapshot!(with("campaign.toml", "id = \"t2\"", "id = \"t1\""), @r#"
    campaign.toml:63: t1.id: [D004] period "t1" is declared twice; remove or rename one of the two
    decisions.csv:2: period: [D003] period "t2" is not declared; declare the name or mend its spelling (nearest: t1)
    indicators.toml:11: A1.periods: [D003] period "t2" is not declared; declare the name or mend its spelling (nearest: t1)
    "#);
    assert_snapshot!(with("forms/thang.toml", "weight = \"members\"", "weight = \"member\""), @r#"forms/thang.toml:15: average.weight: [D003] field "member" is not declared; declare the name or mend its spelling (nearest: members)"#);
    assert_snapshot!(with("campaign.toml", "forms = [\"thang\", \"quy\"]", "forms = [\"thang\", \"nam\"]"), @r#"campaign.toml:88: thang.forms: [D003] form "nam" is not declared; declare the name or mend its spelling (nearest: thang)"#);
}

#[test]
fn dates() {
    assert_snapshot!(with("campaign.toml", "as_of = 2020-02-29", "as_of = 2020-01-31"), @r#"
    campaign.toml:67: t2.as_of: [D006] value "2020-01-31" is not valid; expected a date not before 2020-02-01; mend the value
    campaign.toml:67: t2.as_of: [D006] value "2020-01-31" is not valid; expected a date after 2020-01-31, the as-of date of t1; mend the value
    "#);
    assert_snapshot!(with("campaign.toml", "to = 2020-02-29", "to = 2020-01-01"), @r#"campaign.toml:66: t2.to: [D006] value "2020-01-01" is not valid; expected a date not before 2020-02-01; mend the value"#);
    assert_snapshot!(with("campaign.toml", "by = 2020-02-05 }", "by = 2020-02-05, before = 2020-02-06 }"), @r#"campaign.toml:59: t1.thang: [D006] value "" is not valid; expected either `before` or `by` with a date; mend the value"#);
    assert_snapshot!(with("campaign.toml", "before = 2020-03-05", "before = 2020-01-05"), @r#"campaign.toml:70: t2.thang: [D006] value "2020-01-04" is not valid; expected a deadline not before 2020-02-01; mend the value"#);
    assert_snapshot!(with("campaign.toml", "as_of = 2020-02-29", "as_of = 2020-02-30"), @"campaign.toml:67: [D002] cannot be read: invalid date, expected day between 01 and 29; mend the syntax at this line");
}

#[test]
fn formulas() {
    assert_snapshot!(with("indicators.toml", "numerator = \"active\"", "numerator = \"100 * active / members\""), @r#"indicators.toml:4: A1.numerator: [D005] formula "100 * active / members" is not valid: "/" is not allowed; mend the formula; use field ids, integers and the allowed operations only"#);
    assert_snapshot!(with("indicators.toml", "numerator = \"active\"", "numerator = \"actve\""), @r#"indicators.toml:4: A1.numerator: [D003] field "actve" is not declared; declare the name or mend its spelling (nearest: active)"#);
    assert_snapshot!(with("indicators.toml", "numerator = \"active\"", "numerator = \"wish\""), @r#"indicators.toml:4: A1.numerator: [D005] formula "wish" is not valid: "wish" holds words, which formulas do not read; mend the formula; use field ids, integers and the allowed operations only"#);
    assert_snapshot!(with("indicators.toml", "numerator = \"active\"", "numerator = \"active * active * active * members\""), @r#"indicators.toml:4: A1.numerator: [D005] formula "active * active * active * members" is not valid: its result can leave the range of 64-bit integers; mend the formula; use field ids, integers and the allowed operations only"#);
    assert_snapshot!(with("indicators.toml", "numerator = \"active\"", "numerator = \"active * active * active * 9\""), @r#"indicators.toml:4: A1.numerator: [D005] formula "active * active * active * 9" is not valid: the sum over 3 units can leave the range of 64-bit integers; mend the formula; use field ids, integers and the allowed operations only"#);
    assert_snapshot!(with("forms/thang.toml", "held_on is not null", "held_on > 'May'"), @r#"forms/thang.toml:28: events.active.when: [D005] formula "held_on > 'May'" is not valid: "held_on" holds a number where a text is needed; mend the formula; use field ids, integers and the allowed operations only"#);
}

#[test]
fn fields_of_several_forms() {
    let goal = "{ field = \"goal\", label = \"Mục tiêu\", measure = \"phan-tram\", rollup = \"none\" }";
    let member = "{ field = \"members\", label = \"Hội viên\", measure = \"nguoi\" }";
    assert_snapshot!(with("forms/quy.toml", goal, &format!("{goal},\n  {member}")), @r#"forms/quy.toml:14: members.field: [D011] field "members" is asked twice of one level and period: thang, quy; remove it from one form, or restrict levels"#);
    assert_snapshot!(with("forms/quy.toml", goal, &format!("{goal},\n  {}", member.replace("nguoi", "phan-tram"))), @r#"
    forms/quy.toml:14: members.field: [D011] field "members" is asked twice of one level and period: thang, quy; remove it from one form, or restrict levels
    forms/quy.toml:14: members.field: [D012] field "members" is declared in different ways: measure phan-tram here, nguoi at forms/thang.toml:13; use one kind and one measure in every form
    "#);
    // Another validity: the periods of the two forms have nothing in common.
    let text = SECOND_FORM.replace("valid_from = 2020-01-01", "valid_from = 2020-03-01");
    let text = text.replace(goal, &format!("{goal},\n  {member}"));
    assert_snapshot!(with("forms/quy.toml", SECOND_FORM, &text), @"no issue");
    assert_snapshot!(with("forms/quy.toml", "id = \"quy\"", "id = \"thang\""), @r#"
    campaign.toml:88: thang.forms: [D003] form "quy" is not declared; declare the name or mend its spelling (nearest: thang)
    forms/quy.toml:1: id: [D004] form "thang" is declared twice; remove or rename one of the two
    "#);
}

#[test]
fn tolerances() {
    let goal = "{ field = \"goal\", label = \"Mục tiêu\", measure = \"phan-tram\", rollup = \"none\" }";
    let told = |tolerance: &str| {
        let line = "{ field = \"fees\", label = \"Hội phí\", measure = \"phan-tram\", tolerance = 0.5 }";
        with("forms/quy.toml", goal, &format!("{goal},\n  {}", line.replace("0.5", tolerance)))
    };
    assert_snapshot!(told("0.5"), @"no issue");
    assert_snapshot!(told("-1"), @r#"forms/quy.toml:14: fees.tolerance: [D006] value "-1" is not valid; expected a number that is not negative, for counts, amounts and shares alone; mend the value"#);
    assert_snapshot!(told("0.123456"), @r#"forms/quy.toml:14: fees.tolerance: [D006] value "0.123456" is not valid; expected a number with at most 2 decimals; mend the value"#);
    assert_snapshot!(told("1, kind = \"text\""), @r#"forms/quy.toml:14: fees.tolerance: [D006] value "1" is not valid; expected a number that is not negative, for counts, amounts and shares alone; mend the value"#);
    let members = "label = \"Hội viên\", measure = \"nguoi\"";
    let again = format!("{goal},\n  {{ field = \"members\", {members}, tolerance = 2 }}");
    let second = SECOND_FORM.replace("valid_from = 2020-01-01", "valid_from = 2020-03-01").replace(goal, &again);
    // One form says it, the other says nothing.
    assert_snapshot!(with("forms/quy.toml", SECOND_FORM, &second), @"no issue");
}

#[test]
fn forms_and_lists() {
    assert_snapshot!(with("forms/quy.toml", "sheet = \"Quý\"", "sheet = \"Quý 1/2020\""), @r#"forms/quy.toml:6: sheet: [D006] value "Quý 1/2020" is not valid; expected a sheet name of at most 31 characters without [ ] : * ? / \; mend the value"#);
    assert_snapshot!(with("forms/quy.toml", "sheet = \"Quý\"", "sheet = \"Tháng\""), @r#"campaign.toml:88: thang.forms: [D004] sheet "tháng (thang)" is declared twice; remove or rename one of the two"#);
    assert_snapshot!(with("forms/quy.toml", "kind = \"text\"", "kind = \"choice\""), @r#"forms/quy.toml:12: wish.choices: [D006] value "" is not valid; expected the choices of a choice; mend the value"#);
    assert_snapshot!(with("forms/quy.toml", "measure = \"phan-tram\", ", ""), @r#"forms/quy.toml:13: goal.measure: [D006] value "" is not valid; expected the measure of a number; mend the value"#);
    assert_snapshot!(with("forms/thang.toml", "sum = \"people\"", "sum = \"name\""), @r#"forms/thang.toml:28: events.active.sum: [D006] value "name" is not valid; expected a column of numbers; mend the value"#);
    assert_snapshot!(with("forms/thang.toml", "at = \"active\"", "at = \"goal\""), @r#"forms/thang.toml:37: active-of-members.at: [D006] value "goal" is not valid; expected a field of this form; mend the value"#);
}

#[test]
fn only_texts_name_persons_and_for_how_long_is_a_date() {
    let number = "label = \"Số người\", kind = \"number\", measure = \"nguoi\"";
    let marked = with("forms/thang.toml", number, &format!("{number}, person = true"));
    assert!(
        marked.contains("events.people.person: [D006] value \"people\" is not valid; expected a column of text"),
        "{marked}"
    );
    for (line, expected) in [
        ("[persons]\nshown_until = 2021-12-31\nsource = \"sample\"", "no issue"),
        ("[persons]\nshown_until = \"soon\"", "campaign.toml:8: persons.shown_until: [D006]"),
        ("[persons]\nsource = \"sample\"", "persons.shown_until: [D006]"),
        ("[persons]\nshown_until = 2021-12-31\nuntil = 2021-12-31", "persons.until: [D003]"),
    ] {
        let told = with("campaign.toml", "[files]", &format!("{line}\n\n[files]"));
        assert!(told.contains(expected), "{line}\n{told}");
    }
}

#[test]
fn indicators() {
    assert_snapshot!(with("indicators.toml", "denominator = \"members\"\n", ""), @r#"indicators.toml:1: A1.denominator: [D006] value "" is not valid; expected the denominator of a share; mend the value"#);
    assert_snapshot!(with("indicators.toml", "operator = \"above\", value = 90.5", "operator = \"range\", from = 9, to = 5"), @r#"indicators.toml:8: A1.target.to: [D006] value "500" is not valid; expected a bound not below `from`; mend the value"#);
    assert_snapshot!(with("indicators.toml", "operator = \"above\", value = 90.5", "operator = \"yes\""), @r#"indicators.toml:8: A1.target: [D006] value "" is not valid; expected operator "yes" with shape "flag", and only there; mend the value"#);
    assert_snapshot!(with("indicators.toml", "registered_in = \"goal\"", "registered_in = \"members\""), @r#"indicators.toml:13: A1.registered_in: [D006] value "members (nguoi)" is not valid; expected a field of the indicator's measure phan-tram; mend the value"#);
    assert_snapshot!(with("indicators.toml", "source =", "numerator_from = { clbs = \"down\" }\nsource ="), @r#"
    indicators.toml:14: A1.numerator_from.clbs: [D003] level "clbs" is not declared; declare the name or mend its spelling (nearest: clb)
    indicators.toml:14: A1.numerator_from.clbs: [D006] value "down" is not valid; expected one of own, children, own-plus-children; mend the value
    "#);
}

/// Every line in turn is left out, doubled and cut in half: there are issues or there are none.
#[test]
fn no_damaged_line_ends_in_a_panic() {
    let texts = files();
    let mut refused = 0;
    for (at, (_, text)) in texts.iter().enumerate() {
        let lines: Vec<&str> = text.lines().collect();
        for number in 0..lines.len() {
            let half: String = lines[number].chars().take(lines[number].chars().count() / 2).collect();
            for by in [vec![], vec![lines[number]; 2], vec![half.as_str()]] {
                let damaged = [&lines[..number], &by, &lines[number + 1..]].concat().join("\n");
                let mut texts = texts.clone();
                texts[at].1 = damaged;
                refused += usize::from(load_texts(texts).is_err());
            }
        }
    }
    assert!(refused > 300, "most damage is noticed: {refused}");
}

/// The form of each month with two value columns, of which the second is this.
fn with_column(column: &str) -> String {
    FORM.replace(
        "title = \"Báo cáo tháng\"\n",
        &format!("title = \"Báo cáo tháng\"\nlabel_heading = \"Việc\"\nvalue_columns = [\"Số\", {column}]\n"),
    )
    .replace("field = \"members\", label", "fields = [\"members\", \"members_more\"], label")
    .replace("field = \"active\", label", "fields = [\"active\", \"\"], label")
    .replace("field = \"average\", label", "fields = [\"average\", \"\"], label")
}

fn load_with_column(column: &str) -> Result<crate::Campaign, LoadError> {
    let mut texts = files();
    texts.iter_mut().filter(|(name, _)| *name == "forms/thang.toml").for_each(|(_, text)| *text = with_column(column));
    load_texts(texts)
}

#[test]
fn a_value_column_can_have_a_kind_and_a_measure_of_its_own() {
    let column = "{ heading = \"Tỷ lệ\", measure = \"phan-tram\", rollup = \"none\" }";
    let campaign = load_with_column(column).expect("a sound definition");
    let form = &campaign.forms[0];
    assert_eq!((&*form.label_heading, &*form.tt_heading), ("Việc", "TT"));
    assert_eq!(form.value_columns.iter().map(|heading| &**heading).collect::<Vec<_>>(), ["Số", "Tỷ lệ"]);
    let line = &form.sections[0].lines[0];
    assert_eq!([0, 1].map(|at| &**form.printed_measure(line, at)), ["người", "%"]);
    let fields: Vec<_> = line.fields.iter().flatten().map(|field| campaign.field(*field)).collect();
    let shown: Vec<String> = fields
        .iter()
        .map(|field| {
            format!("{} {:?} {:?}", field.id.as_str(), field.measure.as_ref().map(|id| id.as_str()), field.rollup)
        })
        .collect();
    assert_snapshot!(shown.join("\n"), @r#"
    members Some("nguoi") Sum
    members_more Some("phan-tram") None
    "#);
    let date = load_with_column("{ heading = \"Ngày\", kind = \"date\" }").expect("a sound definition");
    let field = date.forms[0].sections[0].lines[0].fields[1].expect("a field");
    assert_eq!((date.field(field).kind, &date.field(field).measure), (ValueKind::Date, &None));
}

#[test]
fn a_value_column_says_what_is_wrong_with_it() {
    assert_snapshot!(said(load_with_column("7")), @r#"
    forms/thang.toml:9: value_columns: [D006] value "7" is not valid; expected a table; mend the value
    forms/thang.toml:15: lines[1].fields: [D006] value "2" is not valid; expected one name for each of the 1 value columns ("" for none); mend the value
    forms/thang.toml:16: lines[2].fields: [D006] value "2" is not valid; expected one name for each of the 1 value columns ("" for none); mend the value
    forms/thang.toml:17: lines[3].fields: [D006] value "2" is not valid; expected one name for each of the 1 value columns ("" for none); mend the value
    "#);
    assert_snapshot!(said(load_with_column("{ measure = \"phan-tram\" }")), @r#"forms/thang.toml:9: value_columns[2].heading: [D006] value "" is not valid; expected a text; mend the value"#);
    assert_snapshot!(said(load_with_column("{ heading = \"A\", measure = \"gio\", typ = \"x\" }")), @r#"
    forms/thang.toml:9: value_columns[2].measure: [D003] measure "gio" is not declared; declare the name or mend its spelling (nearest: nguoi)
    forms/thang.toml:9: value_columns[2].typ: [D003] key "typ" is not declared; declare the name or mend its spelling (nearest: heading)
    "#);
    assert_snapshot!(said(load_with_column("{ heading = \"A\", kind = \"choice\" }")), @r#"forms/thang.toml:9: value_columns[2].kind: [D006] value "choice" is not valid; expected one of number, flag, date, text; mend the value"#);
}
