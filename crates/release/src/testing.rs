//! A small campaign with its reports and figures, for the tests of this crate.
//!
//! A province, two superior unions and three grassroots unions. `S1` adds up its three unions: `G2`
//! counted visits, so it has no verdict and is not added up; `G3` sent nothing. `S2` states its own
//! figures.

use std::collections::BTreeMap;
use thidua_campaign::*;
use thidua_formula::Formula;
use thidua_model::facts::Source;
use thidua_model::intake::{FileRecord, TextFact};
use thidua_model::rows::*;
use thidua_model::words::*;
use thidua_model::*;

pub(crate) const REGISTRATION: PeriodIx = PeriodIx(0);
pub(crate) const YEAR: PeriodIx = PeriodIx(1);
const UNITS: [(&str, &str, usize, Option<u32>); 6] = [
    ("G1", "CĐCS Một", 2, Some(4)),
    ("G2", "CĐCS Hai", 2, Some(4)),
    ("G3", "CĐCS Ba", 2, Some(4)),
    ("P", "LĐLĐ tỉnh", 0, None),
    ("S1", "LĐLĐ huyện Một", 1, Some(3)),
    ("S2", "Công đoàn ngành Hai", 1, Some(3)),
];
pub(crate) const G1: UnitIx = UnitIx(0);
pub(crate) const G2: UnitIx = UnitIx(1);
pub(crate) const S2: UnitIx = UnitIx(5);
pub(crate) const WORKERS: FieldIx = FieldIx(0);
pub(crate) const REACHED: FieldIx = FieldIx(1);
pub(crate) const TARGET: FieldIx = FieldIx(2);
pub(crate) const PLAN_SENT: FieldIx = FieldIx(3);
pub(crate) const WORKS: FieldIx = FieldIx(4);
pub(crate) const DIFFICULTIES: FieldIx = FieldIx(5);

fn both(vi: &str, en: &str) -> Bilingual {
    Bilingual { vi: vi.into(), en: en.into() }
}

fn formula(text: &str) -> Formula {
    Formula::parse(text).expect("a formula of this file parses")
}

pub(crate) fn campaign() -> Campaign {
    let day = jiff::civil::date;
    let field = |id: &str, label: &str, kind, measure: Option<&str>| Field {
        id: id.into(),
        label: label.into(),
        measure: measure.map(MeasureId::from),
        kind,
        choices: Vec::new(),
        source: "sample".into(),
        rollup: Rollup::Sum,
        recomputed: None,
    };
    let line = |label: &str, field| Line {
        tt: "".into(),
        label: label.into(),
        measure_label: "".into(),
        fields: vec![Some(field)],
        required: false,
        sectors: Vec::new(),
        levels: Vec::new(),
        note: "".into(),
    };
    let form = |id: &str, document: &str, sheet: &str, lines, lists| Form {
        id: id.into(),
        variant: "".into(),
        version: "2014".into(),
        valid_from: day(2014, 1, 1),
        valid_to: None,
        document: document.into(),
        levels: vec!["superior".into(), "grassroots".into()],
        sectors: Vec::new(),
        kinds: Vec::new(),
        sheet: sheet.into(),
        number: "".into(),
        used_by: "".into(),
        title: both(sheet, sheet),
        heading: "A- SỐ LIỆU".into(),
        measure_heading: "".into(),
        note_heading: "".into(),
        value_columns: vec!["Số lượng".into()],
        sections: vec![Section { title: "I".into(), subtitle: None, lines }],
        lists,
        rules: Vec::new(),
        source: "sample".into(),
        note: "".into(),
        scoresheet_of: None,
    };
    let column = |id: &str, label: &str, kind| ListColumn {
        id: id.into(),
        label: label.into(),
        kind,
        measure: None,
        choices: Vec::new(),
        required: false,
        is_unit: false,
    };
    let works = List {
        id: "works".into(),
        table: "works".into(),
        sheet: "Công trình".into(),
        title: both("Công trình", "Works"),
        levels: Vec::new(),
        columns: vec![
            column("name", "Tên công trình", ValueKind::Text),
            column("unit", "Đơn vị thực hiện", ValueKind::Text),
            column("planned_on", "Dự kiến", ValueKind::Date),
            column("finished_on", "Hoàn thành", ValueKind::Date),
            column("value", "Giá trị", ValueKind::Number),
        ],
        flags: vec![ListFlag {
            id: "early".into(),
            title: both("Sớm", "Early"),
            when: formula("finished_on < planned_on"),
        }],
        counts: vec![ListCount { field: WORKS, when: None, sum: None, unit_column: None }],
        official_class: None,
        source: "sample".into(),
    };
    let awards = List {
        id: "awards".into(),
        table: "awards".into(),
        sheet: "Khen thưởng".into(),
        title: both("Khen thưởng", "Awards"),
        columns: vec![column("name", "Họ tên", ValueKind::Text)],
        flags: Vec::new(),
        counts: Vec::new(),
        ..works.clone()
    };
    let level = |id: &str, title: &str, basis| Level { id: id.into(), title: both(title, id), basis };
    let kind = |id: &str, level: &str| Kind { id: id.into(), title: both(id, id), level: level.into(), is_due: true };
    let period = |id: &str, title: &str, as_of, is_judged| Period {
        id: id.into(),
        title: both(title, id),
        from: day(2014, 1, 1),
        to: day(2014, 12, 31),
        as_of,
        as_of_label: None,
        is_judged,
        deadlines: Vec::new(),
        source: "sample".into(),
    };
    let unit = |&(id, name, level, parent): &(&str, &str, usize, Option<u32>)| Unit {
        id: id.into(),
        spans: vec![UnitSpan {
            name: name.into(),
            kind: level,
            level,
            parent: parent.map(UnitIx),
            sector: None,
            ownership: None,
            cluster: (level == 1).then_some(0),
            basis: if id == "S2" || level == 2 { LevelBasis::Own } else { LevelBasis::Children },
            members: Some(100),
            followed_by: Some("Đ/c Hòa".into()),
            contact: None,
            valid_from: day(2014, 1, 1),
            valid_to: None,
        }],
    };
    let measure = |id: &str, decimals| Measure {
        id: id.into(),
        label: if id == "nguoi" { "người".into() } else { "%".into() },
        label_en: id.into(),
        decimals,
        min: 0,
        max: 1_000_000_000,
    };
    let ct01 = Indicator {
        id: "CT01".into(),
        title: both("CNVCLĐ được tuyên truyền", "Workers reached"),
        numerator: formula("reached"),
        denominator: Some(formula("workers")),
        shape: Shape::Share,
        measure: "phan-tram".into(),
        decimals: 1,
        target: Target { operator: Operator::Above, low: 9000, high: None },
        direction: Direction::HigherIsBetter,
        levels: vec!["province".into(), "superior".into(), "grassroots".into()],
        accumulation: Accumulation::Cumulative,
        periods: vec![YEAR],
        is_part_of_whole: true,
        numerator_from: BTreeMap::new(),
        denominator_from: BTreeMap::new(),
        target_holds_below: true,
        registered_in: Some(TARGET),
        department: "Ban Tuyên giáo".into(),
        source: "Mục II.1".into(),
        note: both("", ""),
    };
    let criterion = Criterion {
        id: "A1".into(),
        parent: None,
        title: both("Tuyên truyền", "Information"),
        max: Points::whole(100),
        item: Some(Item::Proportional { indicator: 0 }),
        self_field: None,
        superior_field: None,
        explanation_field: None,
        source: "sample".into(),
    };
    let table = ScoringTable {
        id: "cum".into(),
        usage: TableUse::Competition,
        title: both("Thi đua cụm", "Competition"),
        levels: vec!["superior".into()],
        kinds: Vec::new(),
        sectors: Vec::new(),
        periods: vec![YEAR],
        total: Points::whole(100),
        criteria: vec![criterion],
        missing: MissingItem::Zero,
        not_applicable: NotApplicableItem::Redistribute,
        classes: Vec::new(),
        gates: Vec::new(),
        source: "sample".into(),
    };
    let file =
        |name: &str, text: &str| DefinitionFile { name: name.into(), digest: "".into(), bytes: text.as_bytes().into() };
    Campaign {
        id: "thu".into(),
        year: 2014,
        title: both("Phong trào thử", "Trial campaign"),
        organisation: both("LĐLĐ tỉnh", "Province"),
        place: "Đắk Lắk".into(),
        source: "sample".into(),
        levels: vec![
            level("province", "Tỉnh", LevelBasis::Children),
            level("superior", "Cấp trên cơ sở", LevelBasis::Children),
            level("grassroots", "Cơ sở", LevelBasis::Own),
        ],
        kinds: vec![kind("tinh", "province"), kind("huyen", "superior"), kind("cdcs", "grassroots")],
        sectors: Vec::new(),
        measures: vec![measure("nguoi", 0), measure("phan-tram", 2)],
        documents: vec![
            Document { id: "dang-ky".into(), title: both("Đăng ký", "Registration"), has_form: true },
            Document { id: "bao-cao".into(), title: both("Báo cáo", "Report"), has_form: true },
        ],
        periods: vec![
            period("dang-ky", "Đăng ký", day(2014, 2, 28), false),
            period("dot-2", "Đợt 2", day(2014, 11, 30), true),
        ],
        clusters: vec![Cluster { id: "cum-1".into(), title: both("Cụm I", "Cluster I") }],
        units: UNITS.iter().map(unit).collect(),
        fields: vec![
            field("workers", "Tổng số lao động", ValueKind::Number, Some("nguoi")),
            field("reached", "CNVCLĐ được tuyên truyền", ValueKind::Number, Some("nguoi")),
            field("target_ct01", "Chỉ tiêu CT01", ValueKind::Number, Some("phan-tram")),
            field("plan_sent_on", "Ngày gửi kế hoạch", ValueKind::Date, None),
            field("works_registered", "Công trình đăng ký", ValueKind::Number, None),
            field("difficulties", "Khó khăn", ValueKind::Text, None),
        ],
        forms: vec![
            form(
                "dang-ky-thi-dua",
                "dang-ky",
                "Đăng ký",
                vec![line("Chỉ tiêu tuyên truyền", TARGET), line("Kế hoạch gửi ngày", PLAN_SENT)],
                Vec::new(),
            ),
            form(
                "mau-1",
                "bao-cao",
                "Mẫu 1",
                vec![
                    line("1. Tổng số lao động", WORKERS),
                    line("2. Được tuyên truyền", REACHED),
                    line("Công trình", WORKS),
                    line("Khó khăn", DIFFICULTIES),
                ],
                vec![works, awards],
            ),
        ],
        packages: Vec::new(),
        derived: Vec::new(),
        stated_coverage: None,
        indicators: vec![ct01],
        tables: vec![table],
        ranking: RankingPolicy {
            decimals: None,
            tie_breakers: Vec::new(),
            must_have: vec!["dang-ky".into()],
            source: "sample".into(),
            note: both("", ""),
        },
        target_order: vec![TargetKind::Assigned, TargetKind::Registered, TargetKind::Province],
        assigned: Vec::new(),
        decisions: Vec::new(),
        files: vec![file("indicators.toml", "[[indicators]]\n"), file("campaign.toml", "id = \"thu\"\n")],
    }
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
    let mut facts = FactStore::new(UNITS.len());
    let mut put = |submission: u32, period, field, unit, row: u32, value: i64, mark, raw: &str| {
        let raw = facts.keep_raw(raw);
        let source = Source { submission, cell: CellRef::new(row, 3), raw };
        facts.put(period, field, unit, Fact { value, mark, source });
    };
    use FactMark::{Blank, Derived, Present, Suspect};
    put(0, REGISTRATION, TARGET, G1, 9, 9500, Present, "95%");
    put(0, REGISTRATION, PLAN_SENT, G1, 10, 16_120, Present, "19/02/2014");
    put(1, YEAR, WORKERS, G1, 13, 1234, Present, "1.234");
    put(1, YEAR, REACHED, G1, 20, 1200, Present, "1200");
    put(1, YEAR, WORKS, G1, 0, 2, Derived, "2");
    put(2, YEAR, WORKERS, G2, 13, 100, Present, "100");
    put(2, YEAR, REACHED, G2, 20, 300, Suspect, "300");
    put(2, YEAR, WORKS, G2, 21, 0, Blank, "");
    put(3, YEAR, WORKERS, S2, 13, 500, Present, "500");
    put(3, YEAR, REACHED, S2, 20, 480, Present, "480");

    let place =
        |row| Place::Cell { file: "g1.xlsx".into(), sheet: "Công trình 1".into(), cell: CellRef::new(row, 0) };
    let work = |row, name: &str, value, early| ListRow {
        list: "works".into(),
        unit: G1,
        period: YEAR,
        submission: 1,
        place: place(row),
        row,
        values: vec![
            Some(ListValue::Text(name.into())),
            None,
            Some(ListValue::Int(16_300)),
            Some(ListValue::Int(16_290)),
            value,
        ],
        flags: vec![early],
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
        submissions,
        facts,
        texts: vec![TextFact {
            unit: G1,
            period: YEAR,
            field: DIFFICULTIES,
            value: "Thiếu kinh phí".into(),
            source: Source { submission: 1, cell: CellRef::new(30, 3), raw: u32::MAX },
        }],
        lists: vec![work(5, "Đường nội bộ", Some(ListValue::Int(900)), Some(true)), work(6, "Nhà xe", None, None)],
        receipts: Some(vec![receipt(G1, "g1.xlsx", 3), receipt(G2, "g2.xlsx", 4), receipt(S2, "s2.xlsx", 9)]),
        issues: vec![spoilt],
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
    let indicators = vec![
        g1,
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
    }
}

pub(crate) fn frozen() -> crate::Frozen {
    crate::freeze(&campaign(), &intake(), &outcome(), &RunOptions::default())
}
