//! A small campaign with its reports and figures, for the tests of this crate.
//!
//! A province, two superior unions and three grassroots unions. `S1` adds up its three unions: `G2`
//! counted visits, so it has no verdict and is not added up; `G3` sent nothing. `S2` states its own
//! figures.

mod campaign;
mod tables;

pub(crate) use campaign::campaign;
pub(crate) use tables::tables;
use thidua_model::facts::Source;
use thidua_model::intake::{FileRecord, TextFact};
use thidua_model::rows::*;
use thidua_model::words::*;
use thidua_model::*;

pub(crate) const REGISTRATION: PeriodIx = PeriodIx(0);
pub(crate) const YEAR: PeriodIx = PeriodIx(1);
pub(crate) const G1: UnitIx = UnitIx(0);
pub(crate) const G2: UnitIx = UnitIx(1);
pub(crate) const S2: UnitIx = UnitIx(5);

/// The position of a field by its id.
pub(crate) fn field(id: &str) -> FieldIx {
    campaign().find_field(id).expect("a field of the small campaign")
}

pub(crate) fn intake() -> Intake {
    let received = |day| Some(jiff::civil::date(2014, 12, day).at(8, 30, 0, 0));
    let submission = |file: &str, form: &str, sheet: &str, document: &str, unit, period, received_at| Submission {
        file: file.into(),
        digest: format!("digest of {file}").into(),
        sheet: sheet.into(),
        form: form.into(),
        version: "2014".into(),
        document: document.into(),
        unit,
        period,
        received_at,
        status: SubmissionStatus::Accepted,
        account: ReadingAccount { read: 4, outside: vec![CellRef::new(40, 6)], ..ReadingAccount::default() },
    };
    let report = |file: &str, unit, day| submission(file, "mau-1", "Mẫu 1", "bao-cao", unit, YEAR, received(day));
    let submissions = vec![
        submission("g1-dk.xlsx", "dang-ky-thi-dua", "Đăng ký", "dang-ky", G1, REGISTRATION, None),
        report("g1.xlsx", G1, 3),
        report("g2.xlsx", G2, 4),
        report("s2.xlsx", S2, 9),
    ];
    let mut facts = FactStore::new(campaign().units.len());
    let mut put = |submission: u32, period, id: &str, unit, row: u32, value: i64, mark, raw: &str| {
        let raw = facts.keep_raw(raw);
        let source = Source { submission, cell: CellRef::new(row, 3), raw };
        facts.put(period, field(id), unit, Fact { value, mark, source });
    };
    use FactMark::{Blank, Derived, Present, Suspect};
    put(0, REGISTRATION, "target_ct01", G1, 9, 9500, Present, "95%");
    put(0, REGISTRATION, "plan_sent_on", G1, 10, 16_120, Present, "19/02/2014");
    put(1, YEAR, "workers", G1, 13, 1234, Present, "1.234");
    put(1, YEAR, "reached", G1, 20, 1200, Present, "1200");
    put(1, YEAR, "works_registered", G1, 0, 1, Derived, "Công trình 1: 1 dòng");
    put(2, YEAR, "workers", G2, 13, 100, Present, "100");
    put(2, YEAR, "reached", G2, 20, 300, Suspect, "300");
    put(2, YEAR, "works_registered", G2, 21, 0, Blank, "");
    put(3, YEAR, "workers", S2, 13, 500, Present, "500");
    put(3, YEAR, "reached", S2, 20, 480, Present, "480");

    let place =
        |row| Place::Cell { file: "g1.xlsx".into(), sheet: "Công trình 1".into(), cell: CellRef::new(row, 0) };
    let work = |row, name: &str, by: Option<&str>, value, early| ListRow {
        list: "works".into(),
        unit: G1,
        period: YEAR,
        submission: 1,
        place: place(row),
        row,
        values: vec![
            Some(ListValue::Text(name.into())),
            by.map(|by| ListValue::Text(by.into())),
            Some(ListValue::Int(16_300)),
            Some(ListValue::Int(16_290)),
            value,
        ],
        flags: vec![early],
        raw: None,
    };
    let mut spoilt = Issue::new(
        IssueKind::NumberAsText { found: "1.234".into(), read_as: "1234".into() },
        Place::Cell { file: "g1.xlsx".into(), sheet: "Mẫu 1".into(), cell: CellRef::new(13, 3) },
    );
    spoilt.unit = Some("G1".into());
    let receipt = |unit, file: &str, day| Receipt {
        unit,
        document: "bao-cao".into(),
        period: YEAR,
        file: Some(file.into()),
        received_at: received(day).expect("a time"),
    };
    let file = |name: &str| FileRecord { name: name.into(), digest: format!("digest of {name}").into(), bytes: 7 };
    Intake {
        files: ["g1-dk.xlsx", "g1.xlsx", "g2.xlsx", "received.csv", "s2.xlsx"].map(file).to_vec(),
        books: Vec::new(),
        submissions,
        facts,
        texts: vec![TextFact {
            unit: G1,
            period: YEAR,
            field: field("difficulties"),
            value: "Thiếu kinh phí".into(),
            mark: FactMark::Present,
            source: Source { submission: 1, cell: CellRef::new(30, 3), raw: u32::MAX },
        }],
        lists: vec![
            work(5, "Đường nội bộ", None, Some(ListValue::Int(900)), Some(true)),
            work(6, "Nhà xe", Some("CĐCS Hai"), None, None),
        ],
        receipts: Some(vec![receipt(G1, "g1.xlsx", 3), receipt(G2, "g2.xlsx", 4), receipt(S2, "s2.xlsx", 9)]),
        corrections: None,
        issues: vec![spoilt],
        rules: Vec::new(),
    }
}

pub(crate) fn outcome() -> Outcome {
    let figure = |unit: &str, level: &str, basis, counts: Option<(i64, i64)>, verdict, reason, reports: (i64, i64)| {
        IndicatorRow {
            unit: unit.into(),
            period: "dot-2".into(),
            indicator: "CT01".into(),
            level: level.into(),
            basis,
            numerator: counts.map(|it| it.0),
            denominator: counts.map(|it| it.1),
            value: counts.map(|it| 100.0 * it.0 as f64 / it.1 as f64),
            pessimistic: None,
            reason,
            verdict,
            own_verdict: None,
            target: "> 90 %".into(),
            own_target: None,
            own_target_kind: None,
            units_in: reports.0,
            units_due: reports.1,
            is_provisional: reports.0 < reports.1,
        }
    };
    use Basis::{Children, Own};
    let g1 = IndicatorRow {
        own_target: Some(9500),
        own_target_kind: Some(TargetKind::Registered),
        own_verdict: Some(Verdict::Met),
        ..figure("G1", "grassroots", Own, Some((1200, 1234)), Verdict::Met, None, (1, 1))
    };
    let of_g1 = |indicator: &str, numerator, denominator, basis| IndicatorRow {
        indicator: indicator.into(),
        numerator: Some(numerator),
        denominator,
        basis,
        own_target: None,
        own_target_kind: None,
        own_verdict: None,
        ..g1.clone()
    };
    let indicators = vec![
        of_g1("PT4", 1, Some(1), Basis::Register),
        of_g1("PT5", 1, None, Own),
        g1.clone(),
        figure("G2", "grassroots", Own, Some((300, 100)), Verdict::NoVerdict, Some(Reason::PartAboveWhole), (1, 1)),
        figure("G3", "grassroots", Own, None, Verdict::NoVerdict, Some(Reason::NotReported), (0, 1)),
        figure("P", "province", Children, Some((1680, 1734)), Verdict::Met, None, (2, 4)),
        figure("S1", "superior", Children, Some((1200, 1234)), Verdict::Met, None, (1, 3)),
        figure("S2", "superior", Own, Some((480, 500)), Verdict::Met, None, (1, 1)),
    ];
    let target = |unit: &str, kind, operator: &str, low| TargetRow {
        unit: unit.into(),
        indicator: "CT01".into(),
        kind,
        operator: operator.into(),
        low: Some(low),
        high: None,
        decimals: 2,
        decided_by: None,
        decision: None,
        source: "Mục II.1".into(),
    };
    let document = |unit: &str, status, day: Option<i8>| CoverageRow {
        unit: unit.into(),
        period: "dot-2".into(),
        document: "bao-cao".into(),
        status,
        due_at: Some(jiff::civil::date(2014, 12, 6).at(0, 0, 0, 0)),
        received_at: day.map(|day| jiff::civil::date(2014, 12, day).at(8, 30, 0, 0)),
        basis: Basis::Own,
        below_in: 0,
        below_late: 0,
        below_due: 0,
        followed_by: Some("Đ/c Hòa".into()),
    };
    let ranking = |unit: &str, points, place| RankingRow {
        cluster: "cum-1".into(),
        period: "dot-2".into(),
        table: "cum".into(),
        unit: unit.into(),
        points: Some(Points::whole(points)),
        place: Some(place),
        is_tied: false,
        ranked: 2,
        cluster_size: 2,
        reason: None,
        is_provisional: unit == "S1",
        elected_leader: false,
        place_upto: None,
        place_mean: None,
        decided: None,
        vetoes: None,
        imputed: None,
    };
    let score = |unit: &str, points| ScoreRow {
        unit: unit.into(),
        period: "dot-2".into(),
        table: "cum".into(),
        usage: TableUse::Competition,
        criterion: "A1".into(),
        parent: None,
        is_item: true,
        max: Points::whole(100),
        points: Some(Points::whole(points)),
        reason: None,
        actual: Some("97,2 %".into()),
        target: Some("> 90 %".into()),
        target_kind: Some(TargetKind::Province),
        self_points: None,
        superior_points: None,
        explanation: None,
        aggregate: None,
        imputed: None,
    };
    let mut above = Issue::new(
        IssueKind::ShareAbove100 { indicator: "CT01".into(), numerator: "300".into(), denominator: "100".into() },
        Place::Campaign,
    );
    above.unit = Some("G2".into());
    above.period = Some("dot-2".into());
    Outcome {
        targets: vec![
            target("G1", TargetKind::Registered, "at_least", 9500),
            target("P", TargetKind::Province, "above", 9000),
        ],
        coverage: vec![
            document("G1", ReportStatus::OnTime, Some(3)),
            document("G2", ReportStatus::OnTime, Some(4)),
            document("G3", ReportStatus::Missing, None),
            document("S2", ReportStatus::Late, Some(9)),
        ],
        indicators,
        scores: vec![score("S1", 98), score("S2", 97)],
        classes: vec![],
        rankings: vec![ranking("S1", 98, 1), ranking("S2", 97, 2)],
        reconciliation: Vec::new(),
        issues: vec![above],
        ..Outcome::default()
    }
}

pub(crate) fn frozen() -> crate::Frozen {
    crate::freeze(&campaign(), &intake(), &outcome(), &RunOptions::default())
}
