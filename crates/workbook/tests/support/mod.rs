//! A small campaign of a made-up organisation and a release of it, with what is odd in real ones:
//! a missing report, a tie, a failed gate, text that looks like a formula, a share next to its limit.

use std::path::Path;
use thidua_campaign::{Campaign, LoadError};
use thidua_model::date::days;
use thidua_model::facts::Source;
use thidua_model::rows::*;
use thidua_model::words::*;
use thidua_model::{
    CellRef, Date, Fact, FactMark, FactStore, Intake, Issue, IssueKind, ListRow, ListValue, Outcome, PeriodIx, Place,
    Points, ReadingAccount, Receipt, RunOptions, Submission, SubmissionStatus, Text, UnitIx,
};
use thidua_release::{Frozen, freeze};

/// What a hostile clerk types: must stay text.
pub(crate) const HOSTILE: &str = "=HYPERLINK(\"http://example.invalid\",\"bấm\")";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A society with a head office (T), two branches above (A, B) and four local groups.
pub(crate) fn campaign() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/campaign");
    match thidua_campaign::load(&folder) {
        Ok(campaign) => campaign,
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(|it| format!("{it}\n")).collect::<String>())
        }
        Err(error) => panic!("{error}"),
    }
}

fn place(cell: CellRef) -> Place {
    Place::Cell { file: "a1.xlsx".into(), sheet: "Biểu".into(), cell }
}

fn intake(campaign: &Campaign) -> Intake {
    let mut facts = FactStore::new(7);
    let raw = facts.keep_raw(HOSTILE);
    let source = |row: u32, raw: u32| Source { submission: 0, cell: CellRef::new(row, 3), raw };
    for (row, field, value, mark) in [
        (9, "members", 8, FactMark::Present),
        (10, "workers", 789, FactMark::Warned),
        (11, "has_rules", 1, FactMark::Present),
    ] {
        let field = campaign.find_field(field).unwrap();
        let source = source(row, if row == 10 { raw } else { u32::MAX });
        facts.put(PeriodIx(1), field, UnitIx(1), Fact { value, mark, source });
    }
    let submission = Submission {
        file: "a1.xlsx".into(),
        digest: "00".into(),
        sheet: "Biểu".into(),
        form: "bieu".into(),
        version: "1".into(),
        document: "bao-cao".into(),
        unit: UnitIx(1),
        period: PeriodIx(1),
        received_at: Some("2015-12-20T08:00:00".parse().unwrap()),
        status: SubmissionStatus::Accepted,
        account: ReadingAccount::default(),
    };
    let row = |list: &str, row: u32, values: Vec<Option<ListValue>>, flags: Vec<Option<bool>>| ListRow {
        list: list.into(),
        unit: UnitIx(1),
        period: PeriodIx(1),
        submission: 0,
        place: place(CellRef::new(row, 0)),
        row,
        values,
        flags,
        raw: None,
    };
    let text = |text: &str| Some(ListValue::Text(text.into()));
    let day = |text: &str| Some(ListValue::Int(days(date(text))));
    let mut issue = Issue::new(IssueKind::NotANumber { found: "+1 người".into() }, place(CellRef::new(12, 3)));
    issue.unit = Some("A1".into());
    Intake {
        files: Vec::new(),
        books: Vec::new(),
        submissions: vec![submission],
        facts,
        texts: Vec::new(),
        lists: vec![
            row("works", 3, vec![text(HOSTILE), day("2015-09-01"), day("2015-08-01"), text("tot")], vec![Some(true)]),
            row("works", 4, vec![text("@cầu qua suối"), day("2015-09-01"), None, None], vec![None]),
            row("movements", 3, vec![text("Xanh – sạch"), Some(ListValue::Int(1_234_567)), text("tot")], vec![]),
        ],
        receipts: Some(vec![Receipt {
            unit: UnitIx(1),
            document: "bao-cao".into(),
            period: PeriodIx(1),
            file: Some("a1.xlsx".into()),
            received_at: "2015-12-20T08:00:00".parse().unwrap(),
        }]),
        corrections: None,
        issues: vec![issue],
        rules: Vec::new(),
    }
}

fn figure(unit: &str, period: &str, id: &str, counts: Option<(i64, i64)>, verdict: Verdict) -> IndicatorRow {
    let is_share = id == "I1";
    IndicatorRow {
        unit: unit.into(),
        period: period.into(),
        indicator: id.into(),
        level: "hoi".into(),
        basis: Basis::Children,
        numerator: counts.map(|it| it.0),
        denominator: counts.map(|it| it.1).filter(|_| is_share),
        value: counts.map(|(part, whole)| if is_share { 100.0 * part as f64 / whole as f64 } else { part as f64 }),
        pessimistic: None,
        reason: counts.is_none().then_some(Reason::NotReported),
        verdict,
        own_verdict: None,
        target: "".into(),
        own_target: None,
        own_target_kind: None,
        units_in: 3,
        units_due: 4,
        is_provisional: true,
    }
}

fn outcome() -> Outcome {
    let placing = |unit: &str, points: Option<i64>, place: Option<u32>, reason| RankingRow {
        cluster: "cum".into(),
        period: "ky-2".into(),
        table: "bang".into(),
        unit: unit.into(),
        points: points.map(Points::whole),
        place,
        is_tied: false,
        ranked: 1,
        cluster_size: 2,
        reason,
        is_provisional: false,
        elected_leader: place == Some(1),
        place_upto: None,
        place_mean: None,
        decided: None,
        vetoes: None,
        imputed: None,
    };
    let score = |criterion: &str, parent: Option<&str>, max: i64, points: i64| ScoreRow {
        unit: "A1".into(),
        period: "ky-2".into(),
        table: "bang".into(),
        usage: TableUse::Classification,
        criterion: criterion.into(),
        parent: parent.map(Text::from),
        is_item: parent.is_some(),
        max: Points::whole(max),
        points: Some(Points::whole(points)),
        reason: None,
        actual: None,
        target: None,
        target_kind: None,
        self_points: None,
        superior_points: None,
        explanation: None,
        aggregate: None,
        imputed: None,
    };
    let covered = |unit: &str, status: ReportStatus, below: i64| CoverageRow {
        unit: unit.into(),
        period: "ky-2".into(),
        document: "bao-cao".into(),
        status,
        due_at: Some("2016-01-06T00:00:00".parse().unwrap()),
        received_at: (status == ReportStatus::OnTime).then(|| "2015-12-20T08:00:00".parse().unwrap()),
        basis: if below > 0 { Basis::Children } else { Basis::Own },
        below_in: below.min(1),
        below_late: 0,
        below_due: below,
        followed_by: Some("Bà Hoa".into()),
    };
    Outcome {
        targets: Vec::new(),
        coverage: vec![
            covered("A", ReportStatus::NotDue, 2),
            covered("A1", ReportStatus::OnTime, 0),
            covered("A2", ReportStatus::Missing, 0),
        ],
        indicators: vec![
            figure("T", "ky-1", "I1", Some((5, 780)), Verdict::Reached),
            figure("T", "ky-2", "I1", Some((8, 789)), Verdict::NotMet),
            figure("T", "ky-2", "I2", Some((2035, 0)), Verdict::Exceeded),
            figure("T", "ky-2", "I3", Some((1, 0)), Verdict::Met),
            figure("A1", "ky-2", "I1", Some((8, 789)), Verdict::NotMet),
            figure("A2", "ky-2", "I1", None, Verdict::NoVerdict),
        ],
        scores: vec![
            score("a", None, 60, 57),
            score("a1", Some("a"), 60, 57),
            score("b", None, 40, 19),
            score("b1", Some("b"), 40, 19),
        ],
        classes: vec![ClassRow {
            unit: "A1".into(),
            period: "ky-2".into(),
            table: "bang".into(),
            points: Some(Points::whole(76)),
            band: Some("gioi".into()),
            proposed: Some("kha".into()),
            failed_gates: "nua".into(),
            undecided_gates: "".into(),
            official: Some("gioi".into()),
            differs: true,
            reason: None,
            is_provisional: false,
        }],
        rankings: vec![placing("A", Some(90), Some(1), None), placing("B", None, None, Some(Reason::NotReported))],
        reconciliation: vec![ReconciliationRow {
            unit: "A".into(),
            period: "ky-2".into(),
            field: "members".into(),
            label: "Số hội viên".into(),
            measure: Some("nguoi".into()),
            decimals: 0,
            stated: Some(12_345),
            summed: Some(12_340),
            difference: Some(5),
            units_in: 2,
            units_due: 2,
            result: Reconciled::Differs,
            tolerance: Some(0),
            answers: Some("A".into()),
        }],
        issues: Vec::new(),
        ..Outcome::default()
    }
}

pub(crate) fn release(campaign: &Campaign) -> Frozen {
    freeze(campaign, &intake(campaign), &outcome(), &RunOptions::default())
}

/// A release of a run into which nothing came.
pub(crate) fn empty_release(campaign: &Campaign) -> Frozen {
    let intake = Intake { facts: FactStore::new(campaign.units.len()), ..Intake::default() };
    freeze(campaign, &intake, &Outcome::default(), &RunOptions::default())
}
