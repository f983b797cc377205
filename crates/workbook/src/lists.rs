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
pub(crate) fn listed<'v>(view: &'v View) -> Vec<Listed<'v>> {
    let mut tables: Vec<Listed> = Vec::new();
    for list in view.campaign.forms.iter().flat_map(|form| &form.lists) {
        let Some(table) = view.table(&list.table).filter(|it| is_list(it)) else { continue };
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
    /// The definition of a stored column: its name is the id, perhaps with `_` after it. Of several
    /// lists the last is asked first: a report says more than the registration before it.
    pub(crate) fn column(&self, name: &str) -> Option<&'a ListColumn> {
        let bare = name.trim_end_matches('_');
        let find = |id: &str| self.lists.iter().rev().find_map(|list| list.columns.iter().find(|it| &*it.id == id));
        find(name).or_else(|| find(bare))
    }

    fn flag_title(&self, name: &str) -> Option<&'a str> {
        let bare = name.trim_end_matches('_');
        let find = |id: &str| self.lists.iter().find_map(|list| list.flags.iter().find(|it| &*it.id == id));
        find(name).or_else(|| find(bare)).map(|it| &*it.title.vi)
    }
}

/// How a list is called in the book: tab, title, what the contents say. Lists of other names keep
/// the name of their sheet.
fn names(listed: &Listed) -> (String, String, String) {
    let name = |tab: &str, title: &str, about: &str| (tab.to_owned(), title.to_owned(), about.to_owned());
    match &*listed.table.name {
        "works" => name(
            "Công trình – sản phẩm",
            "Công trình thi đua, sản phẩm mới, đề tài, sáng kiến",
            "Đăng ký và hoàn thành; sớm và tốt được đánh dấu",
        ),
        "awards" => name("Khen thưởng", "Danh sách đề nghị khen thưởng", "Tập thể, cá nhân đề nghị khen thưởng"),
        "movements" => name(
            "Phong trào từng đơn vị",
            "Các phong trào thi đua của từng đơn vị",
            "Mục tiêu, thời gian, kết quả của mỗi đơn vị",
        ),
        _ => {
            let list = listed.lists[listed.lists.len() - 1];
            (list.sheet.to_string(), list.title.vi.to_string(), "Danh sách do các đơn vị gửi".to_owned())
        }
    }
}

/// The sheet of one table.
pub(crate) fn sheet(view: &View, listed: &Listed) -> Sheet {
    let (name, title, about) = names(listed);
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
        title,
        about,
        tables: vec![listed.table.name.clone()],
        notes,
        widths,
        blocks: vec![block],
        frozen: 2,
        ..Sheet::default()
    }
}

/// All rows of a list, with the widths of its columns.
fn block(view: &View, listed: &Listed) -> (Block, Vec<f64>) {
    let table = listed.table;
    // The last column tells what was sent; without any such text it tells nothing.
    let last = table.columns.len() - 1;
    let has_raw = matches!(&table.columns[last].data, ColumnData::Text(values) if values.iter().any(Option::is_some));
    let shown: Vec<usize> = (FIRST.len()..table.columns.len()).filter(|&at| at != last || has_raw).collect();
    let flags: Vec<usize> =
        shown.iter().copied().filter(|&at| listed.flag_title(&table.columns[at].name).is_some()).collect();
    let mut heads = vec![Head::new("TT"), Head::new("Đơn vị gửi"), Head::new("Kỳ")];
    let mut widths = vec![6.0, 30.0, 16.0];
    for &at in &shown {
        let (head, width) = head_of(view, listed, at);
        heads.push(Head::new(head));
        widths.push(width);
    }
    let mut rows = Vec::with_capacity(table.rows());
    for (number, at) in newest_first(view, table).into_iter().enumerate() {
        let unit = table.text("unit", at).map_or("", |it| &**it);
        let period = table.text("period", at).map_or("", |it| &**it);
        let is_marked = !flags.is_empty() && flags.iter().all(|&flag| flag_at(table, flag, at) == Some(true));
        let number = if is_marked { Cell::centre(format!("★ {}", number + 1)) } else { Cell::count(number + 1) };
        let mut cells = vec![number, Cell::text(view.unit_name(unit)), Cell::text(view.period_title(period))];
        cells.extend(shown.iter().map(|&column| value_at(view, listed, column, at)));
        rows.push(Row { is_strong: is_marked, ..Row::new(cells) });
    }
    (
        Block {
            title: None, heads, rows, when_empty: "Không có đơn vị nào gửi danh sách này.", ..Block::default()
        },
        widths,
    )
}

/// Rows of the latest period first, otherwise as they stand.
fn newest_first(view: &View, table: &Table) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..table.rows()).collect();
    rows.sort_by_key(|&row| std::cmp::Reverse(table.text("period", row).map_or(0, |it| view.period_rank(it))));
    rows
}

fn head_of(view: &View, listed: &Listed, at: usize) -> (String, f64) {
    let column = &listed.table.columns[at];
    if let Some(title) = listed.flag_title(&column.name) {
        return (title.to_owned(), 10.0);
    }
    let Some(defined) = listed.column(&column.name) else {
        let is_last = at + 1 == listed.table.columns.len();
        return (if is_last { "Nguyên văn khi khác".to_owned() } else { column.name.to_string() }, 16.0);
    };
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
        ValueKind::Choice => 30.0,
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
            let when_empty = if column + 1 == listed.table.columns.len() { "như giá trị" } else { "để trống" };
            Cell::text_or(text.map(|text| shown(view, defined, text)).as_deref(), when_empty)
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
