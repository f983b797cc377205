//! A small campaign of a made-up organisation and a release of it, with what is odd in real ones:
//! a missing report, a tie, a failed gate, text that looks like a formula, a share next to its limit.

use thidua_campaign::*;
use thidua_formula::Formula;
use thidua_model::date::days;
use thidua_model::facts::Source;
use thidua_model::rows::*;
use thidua_model::words::*;
use thidua_model::{
    CellRef, Date, Fact, FactMark, FactStore, FieldIx, Intake, Issue, IssueKind, ListRow, ListValue, Measure, Outcome,
    PeriodIx, Place, Points, ReadingAccount, Receipt, RunOptions, Submission, SubmissionStatus, Text, UnitIx,
    ValueKind,
};
use thidua_release::{Frozen, freeze};

/// What a hostile clerk types: must stay text.
pub(crate) const HOSTILE: &str = "=HYPERLINK(\"http://example.invalid\",\"bấm\")";

fn both(vi: &str, en: &str) -> Bilingual {
    Bilingual { vi: vi.into(), en: en.into() }
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn formula(text: &str) -> Formula {
    Formula::parse(text).unwrap()
}

fn measure(id: &str, label: &str, decimals: u8) -> Measure {
    Measure { id: id.into(), label: label.into(), label_en: label.into(), decimals, min: 0, max: 1_000_000_000_000 }
}

fn period(id: &str, title: &str, as_of: &str, is_judged: bool) -> Period {
    Period {
        id: id.into(),
        title: both(title, title),
        from: date("2015-01-01"),
        to: date(as_of),
        as_of: date(as_of),
        as_of_label: None,
        is_judged,
        deadlines: Vec::new(),
        source: "thử".into(),
    }
}

fn unit(code: &str, name: &str, level: usize, parent: Option<u32>, cluster: Option<usize>) -> Unit {
    Unit {
        id: code.into(),
        spans: vec![UnitSpan {
            name: name.into(),
            kind: level,
            level,
            parent: parent.map(UnitIx),
            sector: (level == 2).then_some(0),
            ownership: None,
            cluster,
            basis: if level == 2 { LevelBasis::Own } else { LevelBasis::Children },
            members: Some(30),
            followed_by: Some("Bà Hoa".into()),
            contact: None,
            valid_from: date("2000-01-01"),
            valid_to: None,
        }],
    }
}

fn field(id: &str, label: &str, kind: ValueKind) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        measure: (kind == ValueKind::Number).then(|| "nguoi".into()),
        kind,
        choices: Vec::new(),
        source: "thử".into(),
        rollup: Rollup::Sum,
        recomputed: None,
    }
}

fn indicator(id: &str, title: &str, shape: Shape, measure: &str, target: Target) -> Indicator {
    Indicator {
        id: id.into(),
        title: both(title, title),
        numerator: formula("members"),
        denominator: (shape == Shape::Share).then(|| formula("workers")),
        shape,
        measure: measure.into(),
        decimals: u8::from(shape == Shape::Share),
        target,
        direction: Direction::HigherIsBetter,
        levels: Vec::new(),
        accumulation: Accumulation::State,
        periods: vec![PeriodIx(0), PeriodIx(1)],
        is_part_of_whole: shape == Shape::Share,
        numerator_from: Default::default(),
        denominator_from: Default::default(),
        target_holds_below: true,
        registered_in: None,
        department: "Ban Tổ chức".into(),
        source: "Mục 1".into(),
        note: both("", ""),
    }
}

fn column(id: &str, label: &str, kind: ValueKind) -> ListColumn {
    ListColumn {
        id: id.into(),
        label: label.into(),
        kind,
        measure: (kind == ValueKind::Number).then(|| "nguoi".into()),
        choices: vec![("tot".into(), "Tốt".into()), ("dat".into(), "Đạt".into())],
        required: false,
        is_unit: false,
    }
}

fn list(id: &str, title: &str, columns: Vec<ListColumn>, flags: Vec<ListFlag>) -> List {
    List {
        id: id.into(),
        table: id.into(),
        sheet: title.into(),
        title: both(title, title),
        levels: Vec::new(),
        columns,
        flags,
        counts: Vec::new(),
        official_class: None,
        source: "thử".into(),
    }
}

fn lists() -> Vec<List> {
    let early =
        ListFlag { id: "early".into(), title: both("Sớm", "Early"), when: formula("finished_on < planned_on") };
    vec![
        list(
            "works",
            "Công trình",
            vec![
                column("name", "Tên công trình", ValueKind::Text),
                column("planned_on", "Dự kiến", ValueKind::Date),
                column("finished_on", "Hoàn thành", ValueKind::Date),
                column("quality", "Chất lượng", ValueKind::Choice),
            ],
            vec![early],
        ),
        list(
            "movements",
            "Phong trào",
            vec![
                column("movement", "Phong trào", ValueKind::Text),
                column("people", "Số người tham gia", ValueKind::Number),
                column("result", "Kết quả", ValueKind::Choice),
            ],
            Vec::new(),
        ),
    ]
}

fn form() -> Form {
    Form {
        id: "bieu".into(),
        variant: "".into(),
        version: "1".into(),
        valid_from: date("2015-01-01"),
        valid_to: None,
        document: "bao-cao".into(),
        levels: Vec::new(),
        sectors: Vec::new(),
        kinds: Vec::new(),
        sheet: "Biểu".into(),
        number: "Biểu số 1".into(),
        used_by: "".into(),
        title: both("Báo cáo", "Report"),
        heading: "".into(),
        value_columns: vec!["Số lượng".into()],
        sections: Vec::new(),
        lists: lists(),
        rules: Vec::new(),
        source: "thử".into(),
        note: "".into(),
        scoresheet_of: None,
    }
}

fn scoring() -> ScoringTable {
    let criterion = |id: &str, parent: Option<usize>, title: &str, max: i64| Criterion {
        id: id.into(),
        parent,
        title: both(title, title),
        max: Points::whole(max),
        item: parent.map(|_| Item::Reviewed),
        self_field: None,
        superior_field: None,
        explanation_field: None,
        source: String::new(),
    };
    ScoringTable {
        id: "bang".into(),
        usage: TableUse::Classification,
        title: both("Bảng điểm chi hội", "Branch table"),
        levels: Vec::new(),
        kinds: Vec::new(),
        sectors: Vec::new(),
        periods: vec![PeriodIx(1)],
        total: Points::whole(100),
        criteria: vec![
            criterion("a", None, "Tổ chức", 60),
            criterion("a1", Some(0), "Họp đều", 60),
            criterion("b", None, "Hoạt động", 40),
            criterion("b1", Some(2), "Phong trào", 40),
        ],
        missing: MissingItem::Zero,
        not_applicable: NotApplicableItem::Redistribute,
        classes: vec![
            Class {
                id: "gioi".into(),
                title: both("Giỏi", "Good"),
                min: Points::whole(80),
                gates: vec!["nua".into()],
                source: String::new(),
            },
            Class {
                id: "kha".into(),
                title: both("Khá", "Fair"),
                min: Points::ZERO,
                gates: vec![],
                source: String::new(),
            },
        ],
        gates: vec![Gate {
            id: "nua".into(),
            title: both("Mỗi tiêu chuẩn từ nửa điểm", "Half of each"),
            rule: GateRule::EachStandardAtLeast { percent: 50 },
            source: String::new(),
        }],
        source: String::new(),
    }
}

/// A society with a head office (T), two branches above (A, B) and four local ones.
pub(crate) fn campaign() -> Campaign {
    let level = |id: &str, title: &str| Level { id: id.into(), title: both(title, title), basis: LevelBasis::Children };
    let kind = |id: &str, level: &str| Kind { id: id.into(), title: both(id, id), level: level.into(), is_due: true };
    Campaign {
        id: "hoi-2015".into(),
        year: 2015,
        title: both("Phong trào thi đua của Hội & bạn bè năm 2015", "Campaign"),
        organisation: both("Hội Thử nghiệm", "Test Society"),
        place: "Thử".into(),
        source: "Kế hoạch số 1".into(),
        levels: vec![level("hoi", "Hội"), level("chi-hoi", "Chi hội"), level("to", "Tổ")],
        kinds: vec![kind("hoi", "hoi"), kind("chi-hoi", "chi-hoi"), kind("to", "to")],
        sectors: vec![Sector { id: "chung".into(), title: both("Trường học", "School") }],
        measures: vec![measure("nguoi", "người", 0), measure("pt", "%", 2)],
        documents: vec![Document { id: "bao-cao".into(), title: both("Báo cáo", "Report"), has_form: true }],
        periods: vec![period("ky-1", "Kỳ 1", "2015-06-30", false), period("ky-2", "Kỳ 2", "2015-12-31", true)],
        clusters: vec![Cluster { id: "cum".into(), title: both("Cụm một", "One") }],
        units: vec![
            unit("A", "Chi hội A", 1, Some(6), Some(0)),
            unit("A1", "Tổ A1", 2, Some(0), None),
            unit("A2", "Tổ A2", 2, Some(0), None),
            unit("B", "Chi hội B", 1, Some(6), Some(0)),
            unit("B1", "Tổ B1", 2, Some(3), None),
            unit("B2", "Tổ B2", 2, Some(3), None),
            unit("T", "Hội Thử nghiệm", 0, None, None),
        ],
        fields: vec![
            field("members", "Số hội viên", ValueKind::Number),
            field("workers", "Tổng số người", ValueKind::Number),
            field("has_rules", "Có quy chế", ValueKind::Flag),
        ],
        forms: vec![form()],
        packages: Vec::new(),
        derived: Vec::new(),
        indicators: vec![
            indicator(
                "I1",
                "Tỷ lệ hội viên",
                Shape::Share,
                "pt",
                Target { operator: Operator::Below, low: 100, high: None },
            ),
            indicator(
                "I2",
                "Hội viên mới",
                Shape::Value,
                "nguoi",
                Target { operator: Operator::Range, low: 1800, high: Some(2000) },
            ),
            indicator(
                "I3",
                "Chi đúng quy định",
                Shape::Flag,
                "nguoi",
                Target { operator: Operator::Yes, low: 1, high: None },
            ),
        ],
        tables: vec![scoring()],
        ranking: RankingPolicy {
            decimals: None,
            tie_breakers: Vec::new(),
            must_have: Vec::new(),
            source: String::new(),
            note: both("Bằng điểm thì bình chọn.", ""),
        },
        target_order: vec![TargetKind::Assigned, TargetKind::Province],
        stated_coverage: None,
        assigned: Vec::new(),
        decisions: Vec::new(),
        files: Vec::new(),
    }
}

fn place(cell: CellRef) -> Place {
    Place::Cell { file: "a1.xlsx".into(), sheet: "Biểu".into(), cell }
}

fn intake() -> Intake {
    let mut facts = FactStore::new(7);
    let raw = facts.keep_raw(HOSTILE);
    let source = |row: u32, raw: u32| Source { submission: 0, cell: CellRef::new(row, 3), raw };
    for (row, field, value, mark) in
        [(9, 0, 8, FactMark::Present), (10, 1, 789, FactMark::Warned), (11, 2, 1, FactMark::Present)]
    {
        let source = source(row, if row == 10 { raw } else { u32::MAX });
        facts.put(PeriodIx(1), FieldIx(field), UnitIx(1), Fact { value, mark, source });
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
    };
    let text = |text: &str| Some(ListValue::Text(text.into()));
    let day = |text: &str| Some(ListValue::Int(days(date(text))));
    let mut issue = Issue::new(IssueKind::NotANumber { found: "+1 người".into() }, place(CellRef::new(12, 3)));
    issue.unit = Some("A1".into());
    Intake {
        files: Vec::new(),
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
        issues: vec![issue],
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
        }],
        issues: Vec::new(),
    }
}

pub(crate) fn release(campaign: &Campaign) -> Frozen {
    freeze(campaign, &intake(), &outcome(), &RunOptions::default())
}

/// A release of a run into which nothing came.
pub(crate) fn empty_release(campaign: &Campaign) -> Frozen {
    let intake = Intake { facts: FactStore::new(campaign.units.len()), ..Intake::default() };
    freeze(campaign, &intake, &Outcome::default(), &RunOptions::default())
}
