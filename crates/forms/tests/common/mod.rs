//! A tiny campaign made by hand: two levels, two periods, one package with a form and a list.

use jiff::civil::date;
use thidua_campaign::*;
use thidua_model::{FieldIx, Measure, PeriodIx, Text, UnitIx, ValueKind};

fn both(vi: &str) -> Bilingual {
    Bilingual { vi: vi.into(), en: vi.into() }
}

fn field(id: &str, label: &str, measure: Option<&str>, kind: ValueKind) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        measure: measure.map(Into::into),
        kind,
        choices: Vec::new(),
        source: "sample".into(),
        rollup: Rollup::Sum,
        tolerance: None,
        recomputed: None,
    }
}

fn line(tt: &str, label: &str, measure: &str, field: u32) -> Line {
    Line {
        tt: tt.into(),
        label: label.into(),
        measure_label: measure.into(),
        fields: vec![Some(FieldIx(field))],
        required: false,
        sectors: Vec::new(),
        levels: Vec::new(),
        note: "".into(),
    }
}

fn measure(id: &str, label: &str, decimals: u8) -> Measure {
    Measure { id: id.into(), label: label.into(), label_en: label.into(), decimals, min: 0, max: 1_000_000_000_000 }
}

fn unit(id: &str, name: &str, level: usize, parent: Option<u32>, sector: Option<usize>) -> Unit {
    let span = UnitSpan {
        name: name.into(),
        kind: level,
        level,
        parent: parent.map(UnitIx),
        sector,
        ownership: None,
        cluster: None,
        basis: LevelBasis::Children,
        members: None,
        followed_by: None,
        contact: None,
        valid_from: date(2014, 1, 1),
        valid_to: None,
    };
    Unit::new(id.into(), vec![span])
}

fn period(id: &str, as_of: jiff::civil::Date, label: &str) -> Period {
    let deadline = |level: &str| Deadline {
        document: "bao-cao".into(),
        level: level.into(),
        due_before: as_of.to_datetime(jiff::civil::time(0, 0, 0, 0)),
        last_day: as_of,
        source: "sample".into(),
    };
    Period {
        id: id.into(),
        title: both(id),
        from: date(2014, 1, 1),
        to: as_of,
        as_of,
        as_of_label: Some(label.into()),
        is_judged: false,
        deadlines: vec![deadline("tren"), deadline("co-so")],
        source: "sample".into(),
    }
}

pub(crate) const ABOVE: UnitIx = UnitIx(0);
pub(crate) const SCHOOL: UnitIx = UnitIx(1);
pub(crate) const FACTORY: UnitIx = UnitIx(2);
pub(crate) const SECOND: PeriodIx = PeriodIx(1);

pub(crate) const WORKERS: FieldIx = FieldIx(0);
pub(crate) const FUND: FieldIx = FieldIx(1);
pub(crate) const CONTRACT: FieldIx = FieldIx(2);
pub(crate) const RATE: FieldIx = FieldIx(4);
pub(crate) const SENT: FieldIx = FieldIx(5);
pub(crate) const TITLE: FieldIx = FieldIx(6);
pub(crate) const HARD: FieldIx = FieldIx(7);

pub(crate) fn campaign() -> Campaign {
    let long = "Một danh hiệu có tên rất dài, dài đến mức một quy tắc của ô không chứa được cùng với các mục khác";
    let choices: Vec<(Text, Text)> =
        (1..=3).map(|number| (format!("c{number}").into(), format!("{long} {number}").into())).collect();
    let mut title = field("title", "Danh hiệu", None, ValueKind::Choice);
    title.choices = choices;
    let mut contract = line("3", "Có thỏa ước lao động tập thể", "", 2);
    contract.sectors = vec!["dn".into()];
    let mut founded = line("4", "CĐCS thành lập mới", "CĐCS", 3);
    founded.levels = vec!["tren".into()];
    let section = |title: &str, subtitle: Option<&str>, lines| Section {
        title: title.into(),
        subtitle: subtitle.map(Text::from),
        lines,
    };
    let column = |id: &str, label: &str, kind| ListColumn {
        id: id.into(),
        label: label.into(),
        kind,
        measure: None,
        choices: Vec::new(),
        required: true,
        is_unit: false,
        is_person: false,
    };
    let form = Form {
        id: "bieu-1".into(),
        variant: "".into(),
        version: "1".into(),
        valid_from: date(2014, 1, 1),
        valid_to: None,
        document: "bao-cao".into(),
        levels: vec!["tren".into(), "co-so".into()],
        sectors: Vec::new(),
        kinds: Vec::new(),
        sheet: "Biểu 1".into(),
        number: "Biểu số 1".into(),
        used_by: "(Dùng cho mọi đơn vị)".into(),
        title: both("BÁO CÁO THỬ"),
        heading: "A- SỐ LIỆU".into(),
        tt_heading: "TT".into(),
        label_heading: "Nội dung".into(),
        measure_heading: "Đơn vị tính".into(),
        note_heading: "Ghi chú".into(),
        value_columns: vec!["Số lượng".into()],
        column_measures: vec![None],
        sections: vec![
            section("I. Lao động", Some("1. Số lượng"), vec![line("1", "Tổng số lao động", "người", 0)]),
            section(
                "I. Lao động",
                Some("2. Chế độ"),
                vec![line("2", "Có quỹ Đoàn kết tương trợ", "“", 1), contract, founded],
            ),
            section(
                "II. Khác",
                None,
                vec![
                    line("", "+ Tỷ lệ", "%", 4),
                    line("", "Ngày gửi kế hoạch", "", 5),
                    line("", "Danh hiệu", "", 6),
                    line("", "Khó khăn", "", 7),
                ],
            ),
        ],
        lists: vec![List {
            id: "works".into(),
            table: "works".into(),
            sheet: "Công trình".into(),
            title: both("DANH SÁCH CÔNG TRÌNH"),
            levels: vec!["co-so".into()],
            columns: vec![
                column("name", "Tên công trình", ValueKind::Text),
                column("planned_on", "Ngày dự kiến xong", ValueKind::Date),
                column("accepted", "Nghiệm thu", ValueKind::Flag),
            ],
            flags: Vec::new(),
            counts: Vec::new(),
            official_class: None,
            source: "sample".into(),
        }],
        rules: Vec::new(),
        source: "sample".into(),
        note: "".into(),
        scoresheet_of: None,
    };
    let level = |id: &str| Level { id: id.into(), title: both(id), basis: LevelBasis::Children };
    let kind = |level: &str| Kind { id: level.into(), title: both(level), level: level.into(), is_due: true };
    Campaign {
        id: "thu-2014".into(),
        year: 2014,
        title: both("Thi đua thử"),
        organisation: both("Hội thử"),
        place: "Nơi Thử".into(),
        source: "sample".into(),
        levels: vec![level("tren"), level("co-so")],
        kinds: vec![kind("tren"), kind("co-so")],
        sectors: ["dn", "hc"].map(|id| Sector { id: id.into(), title: both(id) }).into(),
        measures: vec![measure("nguoi", "người", 0), measure("phan-tram", "%", 2)],
        documents: vec![Document { id: "bao-cao".into(), title: both("Báo cáo"), has_form: true }],
        periods: vec![period("dot-1", date(2014, 5, 31), "31/5"), period("dot-2", date(2014, 11, 30), "30/11")],
        clusters: Vec::new(),
        units: vec![
            unit("A", "Hội trên", 0, None, None),
            unit("B", "Trường Sao Mai", 1, Some(0), Some(1)),
            unit("C", "Xưởng Hoa Ban", 1, Some(0), Some(0)),
        ],
        fields: vec![
            field("workers", "Tổng số lao động", Some("nguoi"), ValueKind::Number),
            field("fund", "Có quỹ", None, ValueKind::Flag),
            field("contract", "Có thỏa ước", None, ValueKind::Flag),
            field("founded", "Thành lập mới", Some("nguoi"), ValueKind::Number),
            field("rate", "Tỷ lệ", Some("phan-tram"), ValueKind::Number),
            field("sent-on", "Ngày gửi", None, ValueKind::Date),
            title,
            field("hard", "Khó khăn", None, ValueKind::Text),
        ],
        forms: vec![form],
        packages: vec![Package {
            id: "goi".into(),
            title: both("Gói thử"),
            document: "bao-cao".into(),
            levels: vec!["tren".into(), "co-so".into()],
            forms: vec![0],
            file: "goi.xlsx".into(),
        }],
        derived: Vec::new(),
        stated_coverage: None,
        indicators: Vec::new(),
        tables: Vec::new(),
        ranking: RankingPolicy::default(),
        awards: Vec::new(),
        award_list: None,
        target_order: Vec::new(),
        assigned: Vec::new(),
        decisions: Vec::new(),
        persons: thidua_campaign::Persons::default(),
        files: Vec::new(),
    }
}
