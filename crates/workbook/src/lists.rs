//! The sheets of lists (works, awards, houses, ...): one row an object, the columns of the
//! definition, flags as signs.

use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_campaign::{List, ListColumn};
use thidua_model::date::from_days;
use thidua_model::{ColumnData, Table, Text, ValueKind};

/// Columns that say who sent a row, when and where; the columns of the definition follow.
pub(crate) const FIRST: [&str; 6] = ["unit", "period", "list", "file", "sheet", "row"];

/// A table of the release with the lists of the definition that are laid out in it.
pub(crate) struct Listed<'a> {
    pub(crate) table: &'a Table,
    pub(crate) lists: Vec<&'a List>,
}

/// The tables of lists, in the order in which the forms name them. A table is one of a list when
/// the definition says so and it is no stage of its own.
pub(crate) fn listed<'a>(view: &View<'a>) -> Vec<Listed<'a>> {
    let mut tables: Vec<Listed> = Vec::new();
    for list in view.campaign.forms.iter().flat_map(|form| &form.lists) {
        let Some(table) = view.release.table(&list.table).filter(|it| is_list(it)) else { continue };
        match tables.iter_mut().find(|it| it.table.name == table.name) {
            Some(known) => known.lists.push(list),
            None => tables.push(Listed { table, lists: vec![list] }),
        }
    }
    tables
}

fn is_list(table: &Table) -> bool {
    table.columns.iter().map(|it| &*it.name).take(FIRST.len()).eq(FIRST)
}

impl<'a> Listed<'a> {
    /// The definition of a stored column: its name is the id, perhaps with `_` after it.
    pub(crate) fn column(&self, name: &str) -> Option<&'a ListColumn> {
        let bare = name.trim_end_matches('_');
        let find = |id: &str| self.lists.iter().find_map(|list| list.columns.iter().find(|it| &*it.id == id));
        find(name).or_else(|| find(bare))
    }

    fn flag_title(&self, name: &str) -> Option<&'a str> {
        let bare = name.trim_end_matches('_');
        let find = |id: &str| self.lists.iter().find_map(|list| list.flags.iter().find(|it| &*it.id == id));
        find(name).or_else(|| find(bare)).map(|it| &*it.title.vi)
    }

    pub(crate) fn title(&self) -> &'a str {
        &self.lists[0].title.vi
    }
}

/// How a list of a well-known name is called in the book; others keep the name of their sheet.
fn tab(listed: &Listed) -> (String, &'static str) {
    match &*listed.table.name {
        "works" => (
            "Công trình – sản phẩm".into(),
            "Công trình, sản phẩm, đề tài đăng ký và hoàn thành; sớm và tốt được đánh dấu",
        ),
        "awards" => ("Khen thưởng".into(), "Danh sách đề nghị khen thưởng tập thể, cá nhân"),
        _ => (listed.lists[0].sheet.to_string(), "Danh sách do các đơn vị gửi"),
    }
}

/// The sheet of one table.
pub(crate) fn sheet(view: &View, listed: &Listed) -> Sheet {
    let (name, about) = tab(listed);
    let has_flags = listed.table.columns[FIRST.len()..].iter().any(|it| listed.flag_title(&it.name).is_some());
    let mut notes = Vec::new();
    if has_flags {
        notes.push(
            "★ in đậm: mọi dấu hiệu đều có (ví dụ hoàn thành sớm và chất lượng tốt). “Chưa rõ”: thiếu số liệu để xét."
                .into(),
        );
    }
    let (block, widths) = block(view, listed);
    Sheet {
        name,
        title: listed.title().to_owned(),
        about: about.into(),
        notes,
        widths,
        blocks: vec![block],
        frozen: 2,
        page_columns: Vec::new(),
    }
}

/// All rows of a list, with the widths of its columns.
pub(crate) fn block(view: &View, listed: &Listed) -> (Block, Vec<f64>) {
    let table = listed.table;
    let shown: Vec<usize> = (FIRST.len()..table.columns.len()).collect();
    let flags: Vec<usize> =
        shown.iter().copied().filter(|&at| listed.flag_title(&table.columns[at].name).is_some()).collect();
    let mut heads = vec![Head::new("TT"), Head::new("Đơn vị gửi"), Head::new("Kỳ")];
    let mut widths = vec![if flags.is_empty() { 5.0 } else { 6.0 }, 28.0, 10.0];
    for &at in &shown {
        let (head, width) = head_of(view, listed, at);
        heads.push(Head::new(head));
        widths.push(width);
    }
    let mut rows = Vec::with_capacity(table.rows());
    for at in 0..table.rows() {
        let unit = table.text("unit", at).map_or("", |it| &**it);
        let period = table.text("period", at).map_or("", |it| &**it);
        let is_marked = !flags.is_empty() && flags.iter().all(|&flag| flag_at(table, flag, at) == Some(true));
        let number = if is_marked { Cell::centre(format!("★ {}", at + 1)) } else { Cell::count(at + 1) };
        let mut cells = vec![number, Cell::text(view.unit_name(unit)), Cell::text(view.period_title(period))];
        cells.extend(shown.iter().map(|&column| value_at(view, listed, column, at)));
        rows.push(Row { is_strong: is_marked, ..Row::new(cells) });
    }
    (Block { title: None, heads, rows, when_empty: "Không có đơn vị nào gửi danh sách này." }, widths)
}

fn head_of(view: &View, listed: &Listed, at: usize) -> (String, f64) {
    let column = &listed.table.columns[at];
    if let Some(title) = listed.flag_title(&column.name) {
        return (title.to_owned(), 10.0);
    }
    let Some(defined) = listed.column(&column.name) else { return (column.name.to_string(), 16.0) };
    let measure = view.measure_label(defined.measure.as_ref().map(|it| it.as_str()));
    let label = if measure.is_empty() || defined.label.contains(measure) {
        defined.label.to_string()
    } else {
        format!("{} ({measure})", defined.label)
    };
    let width = match defined.kind {
        ValueKind::Number => number_width(&column.data),
        ValueKind::Date => 11.5,
        ValueKind::Flag => 8.0,
        ValueKind::Choice => 13.0,
        ValueKind::Text => text_width(&column.data),
    };
    (label, width)
}

/// Room for the longest number, with its separators.
fn number_width(data: &ColumnData) -> f64 {
    let longest = match data {
        ColumnData::Int(values) => values.iter().flatten().map(|it| it.to_string().len()).max().unwrap_or(1),
        _ => 1,
    };
    (longest as f64 * 1.34 + 2.0).max(9.0)
}

/// Between 14 and 34 digits, after the longer ones of its texts.
fn text_width(data: &ColumnData) -> f64 {
    let ColumnData::Text(values) = data else { return 16.0 };
    let mut lengths: Vec<usize> = values.iter().flatten().map(|it| it.chars().count()).collect();
    lengths.sort_unstable();
    let long = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
    (long as f64).clamp(14.0, 34.0)
}

fn flag_at(table: &Table, column: usize, row: usize) -> Option<bool> {
    match &table.columns[column].data {
        ColumnData::Bool(values) => *values.get(row)?,
        _ => None,
    }
}

/// A value of a list as a cell: choices by their label, units by their name.
pub(crate) fn value_at(view: &View, listed: &Listed, column: usize, row: usize) -> Cell {
    let stored = &listed.table.columns[column];
    let defined = listed.column(&stored.name);
    let is_flag = listed.flag_title(&stored.name).is_some();
    match &stored.data {
        ColumnData::Bool(values) => match values.get(row).copied().flatten() {
            Some(true) if is_flag => Cell::centre("✓ Có"),
            Some(flag) => Cell::centre(crate::words::yes_no(flag)),
            None if is_flag => Cell::word("chưa rõ"),
            None => Cell::word("để trống"),
        },
        ColumnData::Int(values) => {
            let measure = defined.and_then(|it| it.measure.as_ref());
            let decimals = measure.and_then(|id| crate::words::measure(view.campaign, id)).map_or(0, |it| it.decimals);
            Cell::kept_or(values.get(row).copied().flatten(), u32::from(decimals), "để trống")
        }
        ColumnData::Float(values) => match values.get(row).copied().flatten() {
            Some(value) => Cell::Number(value, 2),
            None => Cell::word("để trống"),
        },
        ColumnData::Date(values) => Cell::date_or(values.get(row).copied().flatten().and_then(from_days), "để trống"),
        ColumnData::Text(values) => {
            let text = values.get(row).and_then(Option::as_ref);
            Cell::text_or(text.map(|text| shown(view, defined, text)).as_deref(), "để trống")
        }
    }
}

fn shown(view: &View, column: Option<&ListColumn>, text: &Text) -> String {
    match column {
        Some(column) if column.is_unit => view.unit_name(text),
        Some(column) if column.kind == ValueKind::Choice => {
            let choice = column.choices.iter().find(|(id, _)| id == text);
            choice.map_or_else(|| text.to_string(), |(_, label)| label.to_string())
        }
        _ => text.to_string(),
    }
}

/// Texts of a column counted: `3 tốt, 1 đạt`.
pub(crate) fn tally(texts: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.into_iter().map(|(text, count)| format!("{count} {text}")).collect::<Vec<_>>().join("; ")
}
