//! One mistake in a rule.

use super::{FORM, changed, files, lines, load_texts, said, with};
use crate::rules::{Against, Check, Missing};
use insta::assert_snapshot;
use thidua_model::Lang;

const RULE: &str = "left = \"active\"\noperator = \"at-most\"\nright = \"members\"\nis_part_of_whole = true\n";

/// The rule of the small campaign with other keys.
#[track_caller]
fn rule(keys: &str) -> String {
    with("forms/thang.toml", RULE, keys)
}

#[test]
fn what_a_rule_needs_and_what_it_names() {
    assert_snapshot!(rule(""), @r#"
    forms/thang.toml:31: active-of-members.left: [D006] value "" is not valid; expected a formula, or { formula = "…", period = "previous", … }; mend the value
    forms/thang.toml:31: active-of-members.operator: [D006] value "" is not valid; expected one of less, at-most, equal, at-least, more; mend the value
    forms/thang.toml:31: active-of-members.right: [D006] value "" is not valid; expected a formula, or { formula = "…", period = "previous", … }; mend the value
    "#);
    assert_snapshot!(rule("left = \"activ\"\noperator = \"at-most\"\nright = \"members\"\n"), @r#"forms/thang.toml:33: active-of-members.left: [D003] field "activ" is not declared; declare the name or mend its spelling (nearest: active)"#);
    assert_snapshot!(rule("left = \"active\"\noperator = \"atmost\"\nright = \"members\"\n"), @r#"forms/thang.toml:34: active-of-members.operator: [D006] value "atmost" is not valid; expected one of less, at-most, equal, at-least, more; mend the value"#);
    assert_snapshot!(rule("left = \"active / 2\"\noperator = \"at-most\"\nright = \"wish\"\n"), @r#"
    forms/thang.toml:33: active-of-members.left: [D005] formula "active / 2" is not valid: "/" is not allowed; mend the formula; use field ids, integers and the allowed operations only
    forms/thang.toml:35: active-of-members.right: [D005] formula "wish" is not valid: "wish" holds words, which formulas do not read; mend the formula; use field ids, integers and the allowed operations only
    "#);
    assert_snapshot!(rule(&format!("{RULE}is_error = true\nseverty = \"error\"\n")), @r#"
    forms/thang.toml:37: active-of-members.is_error: [D003] key "is_error" is not declared; declare the name or mend its spelling (nearest: sectors)
    forms/thang.toml:38: active-of-members.severty: [D003] key "severty" is not declared; declare the name or mend its spelling (nearest: severity)
    "#);
    assert_snapshot!(with("forms/thang.toml", "at = \"active\"\n", "at = \"goal\"\n"), @r#"forms/thang.toml:37: active-of-members.at: [D006] value "goal" is not valid; expected a field of this form; mend the value"#);
    assert_snapshot!(with("forms/thang.toml", "at = \"active\"\n", "at = \"average\"\n"), @r#"forms/thang.toml:37: active-of-members.at: [D018] rule "active-of-members" cannot be used: the issue would stand at "average", which the rule does not read in the period; mend the rule"#);
    assert_snapshot!(with("forms/thang.toml", "title = \"Hoạt động không quá hội viên\"\n", ""), @r#"forms/thang.toml:31: active-of-members.title: [D006] value "" is not valid; expected a text, or { vi = "…", en = "…" }; mend the value"#);
}

#[test]
fn values_of_the_keys() {
    assert_snapshot!(rule(&format!("{RULE}severity = \"fatal\"\ntolerance = -1\nlevels = [\"vung\"]\nsectors = [\"gia\"]\n")), @r#"
    forms/thang.toml:37: active-of-members.severity: [D006] value "fatal" is not valid; expected one of error, warning; mend the value
    forms/thang.toml:38: active-of-members.tolerance: [D006] value "-1" is not valid; expected a whole number from 0 to 9223372036854775807; mend the value
    forms/thang.toml:39: active-of-members.levels: [D006] value "vung" is not valid; expected levels of the form; mend the value
    forms/thang.toml:40: active-of-members.sectors: [D003] sector "gia" is not declared; declare the name or mend its spelling (nearest: tre)
    "#);
    assert_snapshot!(rule(&format!("{RULE}valid_from = 2020-02-01\nvalid_to = 2020-01-01\nenabled = \"no\"\nmissing = \"null\"\n")), @r#"
    forms/thang.toml:38: active-of-members.valid_to: [D006] value "2020-01-01" is not valid; expected a date not before 2020-02-01; mend the value
    forms/thang.toml:39: active-of-members.enabled: [D006] value "no" is not valid; expected true or false; mend the value
    forms/thang.toml:40: active-of-members.missing: [D006] value "null" is not valid; expected one of undecided, skip, zero; mend the value
    "#);
    assert_snapshot!(rule("left = { formula = \"active\", perod = \"previous\" }\noperator = \"at-most\"\nright = { period = \"last\" }\n"), @r#"
    forms/thang.toml:33: active-of-members.left.perod: [D003] key "perod" is not declared; declare the name or mend its spelling (nearest: period)
    forms/thang.toml:35: active-of-members.right.formula: [D006] value "" is not valid; expected a text; mend the value
    forms/thang.toml:35: active-of-members.right.period: [D006] value "last" is not valid; expected one of same, previous; mend the value
    "#);
}

#[test]
fn rules_that_contradict_themselves() {
    assert_snapshot!(rule("left = \"active\"\noperator = \"equal\"\nright = \"members\"\nis_part_of_whole = true\nseverity = \"error\"\n"), @r#"
    forms/thang.toml:34: active-of-members.operator: [D018] rule "active-of-members" cannot be used: is_part_of_whole goes with operator = "at-most"; mend the rule
    forms/thang.toml:37: active-of-members.severity: [D018] rule "active-of-members" cannot be used: is_part_of_whole always gives the warning R201, never severity = "error"; mend the rule
    "#);
    assert_snapshot!(rule("left = \"active\"\noperator = \"at-most\"\nright = { formula = \"members\", period = \"previous\" }\nis_part_of_whole = true\n"), @r#"forms/thang.toml:36: active-of-members.is_part_of_whole: [D018] rule "active-of-members" cannot be used: is_part_of_whole compares values of one period; mend the rule"#);
    assert_snapshot!(rule("left = { formula = \"active\", period = \"previous\" }\noperator = \"at-most\"\nright = { formula = \"members\", period = \"previous\" }\n"), @r#"
    forms/thang.toml:35: active-of-members.right: [D018] rule "active-of-members" cannot be used: both sides are of the earlier period: nothing of this period is checked; mend the rule
    forms/thang.toml:36: active-of-members.at: [D018] rule "active-of-members" cannot be used: the issue would stand at "active", which the rule does not read in the period; mend the rule
    "#);
    assert_snapshot!(rule("left = \"active\"\noperator = \"at-most\"\nright = \"active\"\n"), @r#"forms/thang.toml:35: active-of-members.right: [D018] rule "active-of-members" cannot be used: both sides are the same; mend the rule"#);
    assert_snapshot!(rule("left = \"1\"\noperator = \"at-most\"\nright = \"2\"\n"), @r#"
    forms/thang.toml:33: active-of-members.left: [D018] rule "active-of-members" cannot be used: neither side reads a field; mend the rule
    forms/thang.toml:36: active-of-members.at: [D018] rule "active-of-members" cannot be used: the issue would stand at "active", which the rule does not read in the period; mend the rule
    "#);
    assert_snapshot!(with("forms/thang.toml", "source = \"Kế hoạch 1\"\n", "source = \"Kế hoạch 1\"\nretired_rules = [\"active-of-members\"]\n"), @r#"forms/thang.toml:33: active-of-members.id: [D017] the rule id "active-of-members" is retired; choose a new id; a retired one is never used again"#);
}

#[test]
fn outliers() {
    assert_snapshot!(rule("outlier = \"active\"\nseverity = \"error\"\nthreshold = 0\nat_least = 1\nagainst = \"all\"\nscale = \"ln\"\nmissing = \"zero\"\n"), @r#"
    forms/thang.toml:34: active-of-members.severity: [D018] rule "active-of-members" cannot be used: an outlier is a warning to confirm, never severity = "error"; mend the rule
    forms/thang.toml:35: active-of-members.threshold: [D006] value "0" is not valid; expected a number above 0; mend the value
    forms/thang.toml:36: active-of-members.at_least: [D006] value "1" is not valid; expected a whole number from 2 to 1000000; mend the value
    forms/thang.toml:37: active-of-members.against: [D006] value "all" is not valid; expected one of peers, cluster, past; mend the value
    forms/thang.toml:38: active-of-members.scale: [D006] value "ln" is not valid; expected one of plain, log; mend the value
    forms/thang.toml:39: active-of-members.missing: [D006] value "zero" is not valid; expected one of undecided, skip; mend the value
    "#);
    assert_snapshot!(rule("outlier = \"active - members\"\nscale = \"log\"\noperator = \"at-most\"\n"), @r#"
    forms/thang.toml:34: active-of-members.scale: [D018] rule "active-of-members" cannot be used: scale = "log" needs values above 0, and the measure allows negative ones; mend the rule
    forms/thang.toml:35: active-of-members.operator: [D003] key "operator" is not declared; declare the name or mend its spelling (nearest: outlier)
    "#);
}

#[test]
fn mistakes_are_told_in_vietnamese_first() {
    let texts = changed(
        "forms/thang.toml",
        RULE,
        "left = \"active\"\noperator = \"equal\"\nright = \"members\"\nis_part_of_whole = true\n",
    );
    let Err(crate::LoadError::Invalid { issues }) = load_texts(texts) else { panic!("a rule that is none") };
    assert_snapshot!(lines(&issues, Lang::Vi), @r#"forms/thang.toml:34: active-of-members.operator: [D018] quy tắc “active-of-members” không dùng được: is_part_of_whole đi với operator = "at-most"; sửa quy tắc"#);
}

#[test]
fn what_a_rule_can_never_decide_is_a_warning() {
    let warned = |keys: &str| {
        let texts = changed("forms/thang.toml", RULE, keys);
        let texts = texts.into_iter().map(|(name, text)| super::files::file(name, text.into_bytes())).collect();
        let (_, issues) = super::assemble(texts).unwrap_or_else(|problem| panic!("{}", said(Err(problem))));
        format!("{}\n{}", lines(&issues, Lang::Vi), lines(&issues, Lang::En))
    };
    // The register knows how many clubs there are, and no report says so.
    assert_snapshot!(warned("left = \"active\"\noperator = \"at-most\"\nright = \"clubs\"\n"), @r#"
    forms/thang.toml:32: active-of-members.id: [D019] quy tắc “active-of-members” không bao giờ xét được: trường “clubs” không biểu nào hỏi ở cấp clb; sửa biểu thức hoặc levels của quy tắc, hoặc bỏ quy tắc
    forms/thang.toml:32: active-of-members.id: [D019] rule "active-of-members" can never be decided: no form asks "clubs" of level clb; mend its formulas or levels, or remove the rule
    "#);
    assert_snapshot!(warned("left = \"active\"\noperator = \"at-most\"\nright = \"goal\"\n"), @r#"
    forms/thang.toml:35: active-of-members.right: [D020] quy tắc “active-of-members” so sánh người với %; kiểm tra hai vế; chỉ so sánh số cùng đơn vị tính
    forms/thang.toml:35: active-of-members.right: [D020] rule "active-of-members" compares người with %; check its sides; compare values of one measure only
    "#);
    assert_eq!(warned("left = \"active\"\noperator = \"at-most\"\nright = \"2 * members\"\n"), "\n");
}

#[test]
fn a_rule_is_loaded_with_its_defaults() {
    let campaign = load_texts(files()).unwrap_or_else(|problem| panic!("{}", said(Err(problem))));
    let rule = &campaign.forms[0].rules[0];
    let relation = rule.relation().expect("two sides");
    assert_eq!((relation.tolerance, relation.left.missing, rule.enabled), (0, Missing::Undecided, true));
    assert_eq!((rule.levels.len(), rule.valid_from, rule.looks_elsewhere()), (0, None, false));
    let line = FORM.lines().position(|line| line == "id = \"active-of-members\"").expect("the rule's id") + 1;
    assert_eq!(rule.place.to_string(), format!("forms/thang.toml:{line}: active-of-members.id"));

    // Shares are stated rounded: they may differ by a last place.
    let goal =
        "\n[[rules]]\nid = \"g\"\nleft = \"goal\"\noperator = \"at-most\"\nright = \"9000\"\ntitle = \"Mục tiêu\"\n";
    let mut texts = files();
    for (name, text) in &mut texts {
        if *name == "forms/quy.toml" {
            text.push_str(goal);
        }
        if *name == "forms/thang.toml" {
            *text = text.replace(RULE, "outlier = \"active\"\nper = \"members\"\nagainst = \"past\"\n");
        }
    }
    let campaign = load_texts(texts).unwrap_or_else(|problem| panic!("{}", said(Err(problem))));
    assert_eq!(campaign.forms[1].rules[0].relation().map(|relation| relation.tolerance), Some(1));
    let Check::Outlier(outlier) = &campaign.forms[0].rules[0].check else { panic!("an outlier") };
    assert_eq!((outlier.against, outlier.threshold, outlier.at_least), (Against::Past, 350, 3));
    assert_eq!((outlier.spread_at_least, outlier.is_log, outlier.per.is_some()), (5, false, true));
}
