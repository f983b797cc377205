//! What differs between two releases as a workbook: summary, places with the split of their points, figures, reports,
//! units.
//!
//! In:  a comparison with all its rows, the definition of the second release, the split where there is one.
//! Out: the bytes of an `.xlsx`; the same comparison gives the same bytes.
//!
//! Not here: comparing (`release::compare`), splitting (`pipeline`).

use crate::anchors::Anchors;
use crate::style::Styles;
use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::{WorkbookError, midnight, words, write};
use rust_xlsxwriter::{DocProperties, Workbook};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Shape};
use thidua_model::words::Verdict;
use thidua_model::{Lang, Points, Text};
use thidua_release::compare::{Cause, Comparison, Figure, PlaceLine, RankingChange, ResultChange, SubmissionLine};

/// What a workbook of changes is made of.
#[derive(Debug)]
pub struct Changes<'a> {
    /// The definition of the second release.
    pub campaign: &'a Campaign,
    pub found: &'a Comparison,
    /// Names of the parts that points are split into, in the order of their columns.
    pub parts: Vec<&'static str>,
    /// By period and unit: the points of each part, in that order.
    pub split: BTreeMap<(Text, Text), Vec<Points>>,
    /// Why points are not split, if they are not.
    pub unsplit: Option<String>,
}

/// Makes the workbook.
///
/// # Errors
/// A campaign without periods, or more rows than a worksheet holds.
pub fn changes(it: &Changes<'_>) -> Result<Vec<u8>, WorkbookError> {
    let subtitle = format!("{} – bản {} so với bản {}", it.campaign.organisation.vi, it.found.to, it.found.from);
    let short = format!("{} → {}", it.found.from, it.found.to);
    let titles = write::Titles { subtitle, short, cover: None };
    let mut book = Workbook::new();
    book.set_default_format(&Styles::default_format(), 20, 64)?;
    // A fixed day, so that the same comparison gives the same bytes.
    let day = it.campaign.periods.last().ok_or(WorkbookError::NoPeriod)?.as_of;
    let created = midnight(day)?;
    let properties =
        DocProperties::new().set_title(format!("Khác nhau giữa bản {} và bản {}", it.found.from, it.found.to));
    book.set_properties(&properties.set_creation_datetime(&created));
    let mut styles = Styles::default();
    for sheet in [summary(it), places(it), results(it), reports(it), units(it)] {
        write::sheet(book.add_worksheet(), sheet, &titles, &mut styles, &Anchors::default())?;
    }
    Ok(book.save_to_buffer()?)
}

impl Changes<'_> {
    fn unit(&self, code: &str) -> String {
        self.campaign
            .find_unit(code)
            .map_or_else(|| code.to_owned(), |unit| self.campaign.unit(unit).latest().name.to_string())
    }

    fn period(&self, id: &str) -> String {
        let period = self.campaign.find_period(id);
        period.map_or_else(|| id.to_owned(), |period| self.campaign.period(period).title.vi.to_string())
    }
}

fn summary(it: &Changes<'_>) -> Sheet {
    let found = it.found;
    let joined = |ids: &[Text]| ids.iter().map(|id| it.period(id)).collect::<Vec<_>>().join("; ");
    let mut rows = vec![("Kỳ được so sánh".to_owned(), joined(&found.periods))];
    for (ids, release) in [(&found.periods_from_only, &found.from), (&found.periods_to_only, &found.to)] {
        if !ids.is_empty() {
            rows.push((format!("Kỳ chỉ có ở bản {release}"), joined(ids)));
        }
    }
    let or_own = |text: &Text| if text.is_empty() { "mặc định".to_owned() } else { text.to_string() };
    for option in &found.options {
        rows.push((format!("Lựa chọn {}", option.name), format!("{} → {}", or_own(&option.from), or_own(&option.to))));
    }
    if found.receipts_changed {
        rows.push(("Sổ nhận báo cáo".into(), "thay đổi".into()));
    }
    for file in &found.definition {
        let how = match (&file.from, &file.to, file.reads_otherwise) {
            (None, ..) => "thêm mới",
            (_, None, _) => "bỏ đi",
            (.., true) => "khác nội dung",
            (.., false) => "chỉ khác chú thích hoặc cách trình bày",
        };
        rows.push((format!("Định nghĩa: {}", file.name), how.into()));
    }
    for (label, ids) in [("Chỉ tiêu khác định nghĩa", &found.indicators), ("Bảng điểm khác", &found.tables)]
    {
        if !ids.is_empty() {
            rows.push((label.into(), ids.iter().map(|id| &**id).collect::<Vec<_>>().join(", ")));
        }
    }
    for (label, count) in [
        ("Số dòng khác: thứ hạng", found.rankings.total),
        ("Số dòng khác: chỉ tiêu", found.results.total),
        ("Số dòng khác: báo cáo", found.submissions.total),
        ("Số dòng khác: đơn vị", found.units.total),
    ] {
        rows.push((label.into(), words::number(count as i64, 0)));
    }
    if let Some(problem) = &it.unsplit {
        rows.push(("Chênh lệch điểm không tách được".into(), problem.clone()));
    }
    Sheet {
        name: "Tóm tắt".into(),
        title: format!("Khác nhau giữa bản {} và bản {}", found.from, found.to),
        widths: vec![40.0, 100.0],
        blocks: vec![Block {
            heads: heads(&["Về", "Nội dung"]),
            rows: rows.into_iter().map(|(label, words)| Row::new(vec![Cell::text(label), Cell::text(words)])).collect(),
            ..Block::default()
        }],
        is_unfiltered: true,
        ..Sheet::default()
    }
}

fn places(it: &Changes<'_>) -> Sheet {
    let mut columns =
        heads(&["Kỳ", "Cụm thi đua", "Đơn vị", "Hạng cũ", "Hạng mới", "Lên / xuống", "Điểm cũ", "Điểm mới"]);
    columns.extend(heads(&["Chênh lệch"]));
    columns.extend(heads(&it.parts));
    if !it.parts.is_empty() {
        columns.extend(heads(&["Cộng các phần"]));
    }
    columns.extend(heads(&["Vì sao"]));
    let rows = it.found.rankings.rows.iter().map(|row| ((row.period.clone(), row.cluster.clone()), place(it, row)));
    let mut widths = vec![16.0, 36.0, 40.0, 14.0, 14.0, 11.0, 11.0, 11.0, 11.0];
    widths.resize(columns.len() - 1, 13.0);
    widths.push(50.0);
    Sheet {
        name: "Thứ hạng".into(),
        title: "Thứ hạng và điểm khác nhau".into(),
        notes: vec![
            "Chênh lệch điểm được tách hết thành các phần; cột “Cộng các phần” là công thức và bằng cột Chênh lệch. Lên: số \
             dương; xuống: số âm."
                .into(),
        ],
        widths,
        blocks: vec![Block {
            heads: columns,
            rows: group_rows(rows.collect()),
            when_empty: "Không có thứ hạng nào khác.",
            arrows: vec![5],
            ..Block::default()
        }],
        frozen: 3,
        ..Sheet::default()
    }
}

fn place(it: &Changes<'_>, row: &RankingChange) -> Row {
    let place = |line: &Option<PlaceLine>| match line.as_ref().map(|line| (line.place, line.is_tied, line.reason)) {
        Some((Some(place), false, _)) => Cell::int(i64::from(place)),
        Some((Some(place), true, _)) => Cell::centre(format!("{place} (đồng hạng)")),
        Some((None, _, reason)) => Cell::word(reason.map_or("chưa xếp", |reason| reason.words(Lang::Vi))),
        None => Cell::word("không có"),
    };
    let points = |line: &Option<PlaceLine>| match line {
        Some(line) => Cell::points(line.points, line.reason),
        None => Cell::word("không có"),
    };
    let cluster = it.campaign.clusters.iter().find(|cluster| cluster.id.as_str() == &*row.cluster);
    let mut cells = vec![
        Cell::text(it.period(&row.period)),
        Cell::text(cluster.map_or_else(|| row.cluster.to_string(), |cluster| cluster.title.vi.to_string())),
        Cell::text(it.unit(&row.unit)),
        place(&row.from),
        place(&row.to),
        row.moved.map_or_else(|| Cell::word("không so được"), Cell::int),
        points(&row.from),
        points(&row.to),
        row.difference.map_or_else(|| Cell::word("không so được"), |points| Cell::Number(points.to_f64(), 2)),
    ];
    let split = it.split.get(&(row.period.clone(), row.unit.clone()));
    match split {
        _ if it.parts.is_empty() => {}
        Some(parts) => {
            let (first, last) = (words::column(9), words::column(8 + it.parts.len() as u16));
            cells.extend(parts.iter().map(|points| Cell::Number(points.to_f64(), 2)));
            let sum: Points = parts.iter().copied().sum();
            cells.push(Cell::live(format!("ROUND(SUM({first}{{r}}:{last}{{r}}),9)"), Cell::Number(sum.to_f64(), 2)));
        }
        None => cells.extend(vec![Cell::word("không tách"); it.parts.len() + 1]),
    }
    cells.push(Cell::text(causes(&row.why)));
    Row::new(cells)
}

fn causes(why: &[Cause]) -> String {
    why.iter().map(|cause| cause.words(Lang::Vi)).collect::<Vec<_>>().join("; ")
}

fn results(it: &Changes<'_>) -> Sheet {
    let rows = it.found.results.rows.iter().map(|row| ((row.period.clone(), row.unit.clone()), result(it, row)));
    Sheet {
        name: "Chỉ tiêu".into(),
        title: "Chỉ tiêu khác nhau".into(),
        notes: vec!["Chênh lệch của tỷ lệ tính bằng điểm phần trăm.".into()],
        widths: vec![16.0, 40.0, 9.0, 50.0, 14.0, 14.0, 12.0, 18.0, 18.0, 12.0, 12.0, 50.0],
        blocks: vec![Block {
            heads: heads(&[
                "Kỳ",
                "Đơn vị",
                "Mã",
                "Chỉ tiêu",
                "Giá trị cũ",
                "Giá trị mới",
                "Chênh lệch",
                "Đánh giá cũ",
                "Đánh giá mới",
                "Đã có cũ",
                "Đã có mới",
                "Vì sao",
            ]),
            rows: group_rows(rows.collect()),
            when_empty: "Không có chỉ tiêu nào khác.",
            ..Block::default()
        }],
        frozen: 2,
        ..Sheet::default()
    }
}

fn result(it: &Changes<'_>, row: &ResultChange) -> Row {
    let indicator = it.campaign.find_indicator(&row.indicator).map(|(_, found)| found);
    let decimals = indicator.map_or(2, |found| found.decimals);
    let value = |figure: &Option<Figure>| {
        let Some(figure) = figure else { return Cell::word("không có") };
        match (indicator.map(|found| found.shape), figure.numerator, figure.denominator, figure.value) {
            (_, _, _, None) => Cell::word(figure.reason.map_or("chưa có", words::short_reason)),
            (Some(Shape::Share), Some(part), Some(whole), _) if whole != 0 => {
                Cell::Percent(part as f64 / whole as f64, decimals)
            }
            (Some(Shape::Flag), _, _, Some(value)) => Cell::centre(words::yes_no(value != 0.0)),
            (_, _, _, Some(value)) => Cell::Number(value, decimals),
        }
    };
    let verdict = |figure: &Option<Figure>| match figure.as_ref().map(|figure| figure.verdict) {
        Some(Verdict::NoVerdict) => Cell::word("chưa đánh giá"),
        Some(verdict) => Cell::verdict(verdict),
        None => Cell::word("không có"),
    };
    let covered = |figure: &Option<Figure>| match figure {
        Some(figure) => Cell::centre(format!("{} / {}", figure.units_in, figure.units_due)),
        None => Cell::word("không có"),
    };
    Row::new(vec![
        Cell::text(it.period(&row.period)),
        Cell::text(it.unit(&row.unit)),
        Cell::centre(&*row.indicator),
        Cell::text(indicator.map_or_else(|| row.indicator.to_string(), |found| found.title.vi.to_string())),
        value(&row.from),
        value(&row.to),
        row.difference.map_or_else(|| Cell::word("không so được"), |value| Cell::Number(value, decimals)),
        verdict(&row.from),
        verdict(&row.to),
        covered(&row.from),
        covered(&row.to),
        Cell::text(causes(&row.why)),
    ])
}

fn reports(it: &Changes<'_>) -> Sheet {
    let line = |line: &Option<SubmissionLine>| match line {
        Some(line) => {
            let at = line.received_at.map_or_else(String::new, |at| format!(", nhận {}", words::minute(at)));
            Cell::text(format!("{} ({}{at})", line.file, line.status.words(Lang::Vi)))
        }
        None => Cell::word("không có"),
    };
    let rows = it.found.submissions.rows.iter().map(|row| {
        Row::new(vec![
            Cell::text(it.period(&row.period)),
            Cell::text(it.unit(&row.unit)),
            Cell::centre(&*row.form),
            Cell::text(row.difference.words(Lang::Vi)),
            line(&row.from),
            line(&row.to),
        ])
    });
    Sheet {
        name: "Báo cáo".into(),
        title: "Báo cáo khác nhau".into(),
        widths: vec![16.0, 40.0, 12.0, 24.0, 60.0, 60.0],
        blocks: vec![Block {
            heads: heads(&["Kỳ", "Đơn vị", "Biểu", "Khác gì", "Bản cũ", "Bản mới"]),
            rows: rows.collect(),
            when_empty: "Không có báo cáo nào khác.",
            ..Block::default()
        }],
        frozen: 2,
        ..Sheet::default()
    }
}

fn units(it: &Changes<'_>) -> Sheet {
    let side = |text: &Option<Text>| match text {
        Some(text) => Cell::text(it.campaign.find_unit(text).map_or_else(|| text.to_string(), |_| it.unit(text))),
        None => Cell::word("không có"),
    };
    let rows = it.found.units.rows.iter().map(|row| {
        Row::new(vec![
            Cell::text(it.unit(&row.unit)),
            Cell::centre(&*row.unit),
            Cell::text(it.period(&row.period)),
            Cell::text(row.difference.words(Lang::Vi)),
            side(&row.from),
            side(&row.to),
        ])
    });
    Sheet {
        name: "Đơn vị".into(),
        title: "Danh bạ đơn vị khác nhau".into(),
        notes: vec!["Kỳ: kỳ đầu tiên mà sự khác nhau có tác dụng.".into()],
        widths: vec![40.0, 24.0, 16.0, 26.0, 40.0, 40.0],
        blocks: vec![Block {
            heads: heads(&["Đơn vị", "Mã đơn vị", "Kỳ", "Khác gì", "Bản cũ", "Bản mới"]),
            rows: rows.collect(),
            when_empty: "Danh bạ không khác.",
            ..Block::default()
        }],
        frozen: 1,
        ..Sheet::default()
    }
}
