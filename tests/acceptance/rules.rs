//! `thidua rules try`: what rules would find, before they are in force.

use crate::program::{sample, text, thidua, top};
use serde_json::Value;
use thidua_model::rows::IssueRow;

fn tried(more: &[&str]) -> std::process::Output {
    let (campaign, inbox) = (top("templates/dak-lak-2014"), top("samples/dak-lak-2014/inbox"));
    let [campaign, inbox] = [&campaign, &inbox].map(|path| path.to_str().expect("UTF-8"));
    thidua(&[&["rules", "try", campaign, inbox], more].concat())
}

fn json(more: &[&str]) -> Value {
    let output = tried(&[more, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

#[test]
fn a_rule_is_tried_before_it_is_switched_on() {
    let chosen = ["--rule", "contracts-insured", "--rule", "mau-1-hdcd/female-of-workers"];
    let output = tried(&chosen);
    assert!(output.status.success(), "{}", text(&output.stderr));
    insta::assert_snapshot!("rules_try", text(&output.stdout));
    let released = sample().release.rows::<IssueRow>();
    assert!(released.iter().all(|row| !row.message_en.contains("with a contract")), "it is not in force");
}

#[test]
fn every_unit_that_sent_the_form_is_counted_once_for_each_rule() {
    let all = json(&[]);
    let rules = all["rules"].as_array().expect("rules");
    let counts = |rule: &Value, key: &str| rule[key].as_u64().expect("a count");
    let of = |form: &str, id: &str| {
        rules.iter().find(|rule| rule["form"] == form && rule["rule"] == id).expect("a rule of the campaign")
    };
    let sum =
        |rule: &Value| ["passed", "failed", "undecided", "explained"].map(|key| counts(rule, key)).iter().sum::<u64>();
    let everybody = sum(of("mau-1-hdcd", "female-of-workers"));
    assert_eq!(sum(of("mau-1-hdcd", "insured-of-workers")), everybody);
    assert_eq!(counts(of("mau-1-hdcd", "female-of-workers"), "failed"), 1, "the flaw of the story");
    for rule in rules {
        let examples = rule["examples"].as_array().expect("examples").len() as u64;
        assert!(examples == (counts(rule, "failed") + counts(rule, "explained")).min(5), "{rule}");
    }
}

#[test]
fn a_day_decides_which_rules_are_meant() {
    // No rule of the sample has dates: all of them are in force on any day.
    let all = json(&["--at", "2030-01-01"]);
    let states: Vec<&str> =
        all["rules"].as_array().expect("rules").iter().filter_map(|rule| rule["state"].as_str()).collect();
    assert!(states.iter().all(|state| ["in_force", "switched_off"].contains(state)));
    assert_eq!(states.iter().filter(|state| **state == "switched_off").count(), 1);
}

#[test]
fn a_rule_that_nobody_declared_is_wrong_usage() {
    let output = tried(&["--rule", "female-of-worker"]);
    assert_eq!(output.status.code(), Some(2));
    let first = text(&output.stderr);
    let first = first.lines().find(|line| line.starts_with("thidua:")).unwrap_or_default();
    assert_eq!(first, "thidua: không có quy tắc “female-of-worker” (gần nhất: female-of-workers)");
}
