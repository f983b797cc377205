//! `thidua rules try`: what each rule would find, before anybody is asked.

use crate::args::{Format, TryRules};
use crate::print::print;
use crate::progress::Progress;
use crate::words;
use serde_json::{Value, json};
use std::fmt::Write;
use thidua_campaign::{Campaign, LoadError};
use thidua_model::{Issue, Lang, RuleTally};
use thidua_pipeline::{PipelineError, RuleState, Trial, TrialJob, TriedRule};

pub(crate) fn try_rules(args: &TryRules) -> anyhow::Result<()> {
    let progress = Progress::new(args.format == Format::Json);
    let job = TrialJob {
        campaign: &args.campaign,
        inbox: &args.inbox,
        rules: &args.rules,
        at: args.at,
        jobs: args.jobs,
        reader: super::read_workbooks::reader(),
    };
    let tried = thidua_pipeline::try_rules(&job, &|stage| progress.show(stage));
    progress.finish();
    let trial = match tried {
        Err(PipelineError::Campaign(LoadError::Invalid { issues })) => return Err(super::broken(&issues)),
        tried => tried.map_err(|error| {
            let step = words::step(&error);
            anyhow::Error::new(error).context(step)
        })?,
    };
    match args.format {
        Format::Text => print(&text(&trial)),
        Format::Json => print(&format!("{:#}\n", object(&trial))),
    }
}

fn text(trial: &Trial) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n{} tệp · {} quy tắc\n", trial.campaign.title.vi, trial.files, trial.rules.len());
    for rule in &trial.rules {
        one(&mut out, &trial.campaign, rule);
    }
    let stopping = trial.rules.iter().filter(|rule| rule.totals()[1] > 0).count();
    let asked: u32 = trial.rules.iter().map(|rule| rule.totals()[1]).sum();
    let _ = writeln!(
        out,
        "{stopping} quy tắc có đơn vị không đạt, {asked} lần hỏi lại. Chưa ghi gì. \
         {stopping} rule(s) would ask units, {asked} time(s). Nothing was stored."
    );
    out
}

fn one(out: &mut String, campaign: &Campaign, rule: &TriedRule) {
    let _ = writeln!(out, "{}/{}  [{}]", rule.form, rule.id, state(rule.state));
    let _ = writeln!(out, "  {} · {}", rule.title.vi, rule.title.en);
    if rule.periods.is_empty() {
        let _ = writeln!(out, "  không hỏi đơn vị nào trong các báo cáo này · it asks nobody in these reports\n");
        return;
    }
    let title = |tally: &RuleTally| campaign.period(tally.period).title.vi.clone();
    let width = rule.periods.iter().map(|tally| title(tally).chars().count()).max().unwrap_or(0).max(3);
    let heads = ["đạt · passed", "hỏi lại · failed", "chưa xét được · undecided", "đã giải trình · explained"];
    let _ = writeln!(out, "  {:width$}  {}", "kỳ", heads.join("  "));
    for tally in &rule.periods {
        let counts = [tally.passed, tally.failed, tally.undecided, tally.explained];
        let cells =
            heads.iter().zip(counts).map(|(head, count)| format!("{count:>width$}", width = head.chars().count()));
        let _ = writeln!(out, "  {:width$}  {}", title(tally), cells.collect::<Vec<_>>().join("  "));
    }
    for example in examples(rule) {
        let _ = writeln!(out, "    {}  {}", unit(campaign, example), example.place);
        let _ = writeln!(out, "      {}", example.message(Lang::Vi));
    }
    out.push('\n');
}

/// Of all periods, at most as many as one period keeps; what nobody explained first.
fn examples(rule: &TriedRule) -> Vec<&Issue> {
    let mut examples: Vec<&Issue> = rule.periods.iter().flat_map(|tally| &tally.examples).collect();
    examples.sort_by_key(|example| example.is_explained());
    examples.truncate(RuleTally::MOST_EXAMPLES);
    examples
}

fn unit(campaign: &Campaign, example: &Issue) -> String {
    let Some(id) = &example.unit else { return "–".to_owned() };
    match campaign.find_unit(id.as_str()) {
        Some(unit) => format!("{} ({id})", campaign.unit(unit).latest().name),
        None => id.to_string(),
    }
}

fn state(state: RuleState) -> &'static str {
    match state {
        RuleState::InForce => "đang dùng · in force",
        RuleState::SwitchedOff => "chưa bật · switched off",
        RuleState::OtherDates => "ngoài ngày hiệu lực · not in force on these dates",
    }
}

fn object(trial: &Trial) -> Value {
    let rules: Vec<Value> = trial.rules.iter().map(|rule| rule_object(&trial.campaign, rule)).collect();
    json!({ "campaign": &*trial.campaign.id, "files": trial.files, "rules": rules })
}

fn rule_object(campaign: &Campaign, rule: &TriedRule) -> Value {
    let [passed, failed, undecided, explained] = rule.totals();
    let periods: Vec<Value> = rule
        .periods
        .iter()
        .map(|tally| {
            json!({
                "period": campaign.period(tally.period).id.as_str(),
                "passed": tally.passed,
                "failed": tally.failed,
                "undecided": tally.undecided,
                "explained": tally.explained,
            })
        })
        .collect();
    let examples: Vec<Value> = examples(rule).into_iter().map(example_object).collect();
    json!({
        "form": rule.form.as_str(),
        "rule": &*rule.id,
        "state": rule.state.as_str(),
        "title_vi": &*rule.title.vi,
        "title_en": &*rule.title.en,
        "source": &*rule.source,
        "passed": passed,
        "failed": failed,
        "undecided": undecided,
        "explained": explained,
        "periods": periods,
        "examples": examples,
    })
}

fn example_object(example: &Issue) -> Value {
    json!({
        "unit": example.unit.as_ref().map(ToString::to_string),
        "period": example.period.as_ref().map(ToString::to_string),
        "code": example.code(),
        "file": example.place.file().map(ToString::to_string),
        "sheet": example.place.sheet().map(ToString::to_string),
        "cell": example.place.cell().map(|cell| cell.to_string()),
        "found_vi": example.kind.found(Lang::Vi),
        "found_en": example.kind.found(Lang::En),
        "message_vi": example.message(Lang::Vi),
        "message_en": example.message(Lang::En),
        "note": example.note.as_deref(),
    })
}
