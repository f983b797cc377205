//! What differs, as one JSON object. Points are integers of 10⁻⁹, as in the tables of a release.

use super::Compared;
use serde_json::{Value, json};
use thidua_campaign::FileRole;
use thidua_model::{Points, Text};
use thidua_pipeline::{Part, SplitRow};
use thidua_release::compare::{
    Cause, Figure, Listed, PlaceLine, RankingChange, ResultChange, ScoreChange, ScoreLine, SubmissionChange,
    SubmissionLine, UnitChange,
};

/// # Input
/// `limit`: rows of each list; more are counted.
pub(super) fn object(compared: &Compared, limit: usize) -> Value {
    let it = &compared.found;
    let ids = |ids: &[Text]| ids.iter().map(|id| id.to_string()).collect::<Vec<_>>();
    let definition = it.definition.iter().map(|file| {
        json!({
            "name": &*file.name,
            "role": role(file.role),
            "from": file.from.as_deref(),
            "to": file.to.as_deref(),
            "reads_otherwise": file.reads_otherwise,
        })
    });
    let options = it.options.iter();
    let options = options.map(|it| json!({ "name": &*it.name, "from": &*it.from, "to": &*it.to }));
    json!({
        "schema": 1,
        "from": &*it.from,
        "to": &*it.to,
        "periods": ids(&it.periods),
        "periods_from_only": ids(&it.periods_from_only),
        "periods_to_only": ids(&it.periods_to_only),
        "options": options.collect::<Vec<_>>(),
        "definition": definition.collect::<Vec<_>>(),
        "indicators": ids(&it.indicators),
        "tables": ids(&it.tables),
        "receipts_changed": it.receipts_changed,
        "corrections_changed": compared.has_other_corrections(),
        "units": list(&it.units, limit, unit),
        "submissions": list(&it.submissions, limit, submission),
        "results": list(&it.results, limit, result),
        "rankings": list(&it.rankings, limit, |row| ranking(compared, row)),
        "split": split(compared),
        "scores": it.scores.as_ref().map(|scores| list(scores, limit, score)),
    })
}

fn role(role: FileRole) -> &'static str {
    match role {
        FileRole::Main => "main",
        FileRole::Units => "units",
        FileRole::Targets => "targets",
        FileRole::Decisions => "decisions",
        FileRole::Indicators => "indicators",
        FileRole::Scoring => "scoring",
        FileRole::Form => "form",
        FileRole::Other => "other",
    }
}

fn list<T>(list: &Listed<T>, limit: usize, each: impl Fn(&T) -> Value) -> Value {
    json!({ "total": list.total, "rows": list.rows.iter().take(limit).map(each).collect::<Vec<_>>() })
}

fn unit(it: &UnitChange) -> Value {
    json!({
        "unit": &*it.unit,
        "period": &*it.period,
        "difference": it.difference.as_str(),
        "from": it.from.as_deref(),
        "to": it.to.as_deref(),
    })
}

fn submission(it: &SubmissionChange) -> Value {
    let line = |line: &SubmissionLine| {
        json!({
            "file": &*line.file,
            "sheet": &*line.sheet,
            "digest": &*line.digest,
            "received_at": line.received_at.map(|at| at.to_string()),
            "status": line.status.as_str(),
        })
    };
    json!({
        "unit": &*it.unit,
        "period": &*it.period,
        "form": &*it.form,
        "difference": it.difference.as_str(),
        "from": it.from.as_ref().map(line),
        "to": it.to.as_ref().map(line),
    })
}

fn result(it: &ResultChange) -> Value {
    let figure = |it: &Figure| {
        json!({
            "numerator": it.numerator,
            "denominator": it.denominator,
            "value": it.value,
            "reason": it.reason.map(|reason| reason.as_str()),
            "verdict": it.verdict.as_str(),
            "own_verdict": it.own_verdict.map(|verdict| verdict.as_str()),
            "own_target": it.own_target,
            "units_in": it.units_in,
            "units_due": it.units_due,
            "provisional": it.is_provisional,
        })
    };
    json!({
        "period": &*it.period,
        "unit": &*it.unit,
        "indicator": &*it.indicator,
        "from": it.from.as_ref().map(figure),
        "to": it.to.as_ref().map(figure),
        "difference": it.difference,
        "why": causes(&it.why),
    })
}

/// Which files each part of the definition has; or why nothing was split.
fn split(compared: &Compared) -> Value {
    match &compared.split {
        Err(problem) => json!({ "problem": problem, "causes": [], "states": 0 }),
        Ok(split) => {
            let cause = |(part, files): &(Part, Vec<Text>)| {
                let files = files.iter().map(|file| file.to_string()).collect::<Vec<_>>();
                json!({ "part": part.as_str(), "files": files })
            };
            let causes = split.causes.iter().map(cause).collect::<Vec<_>>();
            json!({ "problem": null, "causes": causes, "states": split.states })
        }
    }
}

fn parts(row: &SplitRow) -> Value {
    let part = |(part, points): &(Part, Points)| json!({ "part": part.as_str(), "points": points });
    json!({ "parts": row.parts.iter().map(part).collect::<Vec<_>>(), "has_gap": row.has_gap })
}

fn ranking(compared: &Compared, it: &RankingChange) -> Value {
    let line = |line: &PlaceLine| {
        json!({
            "cluster": &*line.cluster,
            "table": &*line.table,
            "place": line.place,
            "tied": line.is_tied,
            "points": line.points,
            "reason": line.reason.map(|reason| reason.as_str()),
            "provisional": line.is_provisional,
            "elected_leader": line.elected_leader,
            "ranked": line.ranked,
            "cluster_size": line.cluster_size,
        })
    };
    json!({
        "period": &*it.period,
        "cluster": &*it.cluster,
        "unit": &*it.unit,
        "from": it.from.as_ref().map(line),
        "to": it.to.as_ref().map(line),
        "moved": it.moved,
        "difference": it.difference,
        "split": compared.split_of(&it.period, &it.unit).map(parts),
        "why": causes(&it.why),
    })
}

fn score(it: &ScoreChange) -> Value {
    let line = |line: &ScoreLine| json!({ "max": line.max, "points": line.points, "reason": line.reason.map(|reason| reason.as_str()) });
    json!({
        "period": &*it.period,
        "unit": &*it.unit,
        "table": &*it.table,
        "criterion": &*it.criterion,
        "from": it.from.as_ref().map(line),
        "to": it.to.as_ref().map(line),
        "difference": it.difference,
    })
}

fn causes(why: &[Cause]) -> Vec<Value> {
    let cause = |it: &Cause| {
        let files = it.files.iter().map(|file| file.to_string()).collect::<Vec<_>>();
        json!({ "why": it.why.as_str(), "units": it.units, "files": files })
    };
    why.iter().map(cause).collect()
}
