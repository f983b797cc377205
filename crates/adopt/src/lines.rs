//! The rows below the headings of a form: sections, lines, input cells.
//!
//! In:  a grid and a table of it.
//! Out: sections of lines; `None` when the table has no lines and is a list.
//!
//! A row stands above the next one when its number is of a style that the next one's is below of:
//! `I` above `1` above `a)` above `-`, in whatever order a form uses them.

use crate::doubt::Doubt;
use crate::draft::{Line, Section, Value, ValueColumn};
use crate::grid::{Grid, Item, Row};
use crate::ids::{Names, slug};
use crate::measure::{Measures, in_brackets};
use crate::number::{Style, split, style_of};
use crate::table::{Column, Table};
use crate::value::{Beside, is_amount, of_line, of_value_column};
use crate::words::{Role, is_capital, role_of};
use thidua_model::text::fold;
use thidua_model::{CellRef, ValueKind};

/// Characters of a label; longer texts are remarks.
const LABEL_CHARS: usize = 400;

/// The columns of a form.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) tt: Option<Column>,
    pub(crate) label: Column,
    pub(crate) measure: Option<Column>,
    pub(crate) note: Option<Column>,
    pub(crate) values: Vec<Column>,
    /// Columns that are printed: `Mã số`, `Kế hoạch giao`.
    printed: Vec<Column>,
}

/// What a table says that is a form.
pub(crate) struct Body {
    pub(crate) parts: Parts,
    pub(crate) columns: Vec<ValueColumn>,
    pub(crate) sections: Vec<Section>,
    pub(crate) doubts: Vec<Doubt>,
}

struct LineRow<'g> {
    tt: &'g str,
    label: &'g Item,
    measure: Option<&'g str>,
    style: Style,
    /// The number stands in the label though the form has a column for it, or there is none at all
    /// and the rows below have one: a heading.
    is_title: bool,
    level: usize,
    /// The label is merged over the value cells.
    is_across: bool,
    /// Something is printed beside the label: a code, a plan.
    is_printed: bool,
    inputs: Vec<Input<'g>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input<'g> {
    Open,
    Formula,
    /// `x`, or under a merged cell.
    Closed,
    /// Words that say what to write.
    Hint(&'g str),
    Printed,
}

impl Input<'_> {
    fn is_field(self) -> bool {
        matches!(self, Self::Open | Self::Formula | Self::Hint(_))
    }
}

pub(crate) fn read(
    grid: &Grid<'_>,
    table: &Table,
    sheet: Option<&str>,
    measures: &mut Measures,
    names: &mut Names,
) -> Option<Body> {
    let rows = &grid.rows[table.body.clone()];
    let parts = parts(table, rows)?;
    let mut lines: Vec<LineRow<'_>> = rows.iter().filter_map(|row| line_row(grid, row, &parts)).collect();
    if !lines.iter().any(|line| !line.is_across && line.inputs.iter().any(|input| input.is_field())) {
        return None;
    }
    find_titles(&mut lines, &parts);
    level(&mut lines);
    let columns = value_columns(table, &parts, sheet, measures);
    let doubts = doubts(table, &parts, &columns);
    let mut writer = Writer {
        parts: &parts,
        columns: &columns,
        suffixes: suffixes(&columns),
        has_measures: parts.measure.is_some(),
        sheet,
        measures,
        names,
        headings: Vec::new(),
        above: Vec::new(),
        bases: Names::default(),
        sections: Vec::new(),
    };
    for at in 0..lines.len() {
        if is_heading(&lines, at, parts.measure.is_some()) {
            writer.heading(&lines[at]);
        } else {
            writer.line(&lines[at]);
        }
    }
    let sections = writer.finish();
    Some(Body { columns, sections, doubts, parts })
}

/// Tells the columns apart; `None` when nothing stands in the column of labels.
fn parts(table: &Table, rows: &[Row]) -> Option<Parts> {
    let of = |role: Role| table.columns.iter().find(|column| column.role == Some(role));
    let words_in =
        |from: u32, to: u32| rows.iter().filter(|row| row.first_in(from..=to).is_some_and(Item::has_words)).count();
    let ends: Vec<u32> = (table.columns.iter().skip(1).map(|next| next.at.col.saturating_sub(1)))
        .chain([table.columns.last()?.at.col])
        .collect();
    let tt = of(Role::Tt).cloned();
    let label_at = table.columns.iter().position(|column| column.role == Some(Role::Label)).or_else(|| {
        let free = |at: &usize| table.columns[*at].role.is_none();
        let best = (0..table.columns.len()).filter(free).map(|at| (words_in(table.columns[at].at.col, ends[at]), at));
        best.max_by_key(|(count, at)| (*count, std::cmp::Reverse(*at)))
            .filter(|(count, _)| *count > 0)
            .map(|(_, at)| at)
    });
    // A first column of labels without a heading.
    let label = match label_at {
        Some(at) => table.columns[at].clone(),
        None => {
            let first = table.columns.iter().find(|column| column.role != Some(Role::Tt))?;
            let left = tt.as_ref().map_or(0, |tt| tt.at.col + 1);
            let col = (left..first.at.col).find(|&col| words_in(col, col) >= 2)?;
            Column { at: CellRef::new(table.last, col), path: Vec::new(), role: None }
        }
    };
    let tt = tt.filter(|tt| tt.at.col < label.at.col);
    let right = || table.columns.iter().filter(|column| column.at.col > label.at.col);
    let first_right = right().next()?.at.col;
    let labelled: Vec<&Row> =
        rows.iter().filter(|row| row.first_in(label.at.col..=first_right - 1).is_some_and(Item::has_words)).collect();
    if labelled.is_empty() {
        return None;
    }
    let is_printed = |column: &Column| {
        let filled = labelled.iter().filter(|row| {
            let item = row.items.iter().find(|item| item.at.col == column.at.col);
            item.is_some_and(|item| {
                !item.is_formula && !is_closed(&item.text) && item.text != "0" && !item.text.contains('/')
            })
        });
        filled.count() * 2 >= labelled.len().max(2)
    };
    let mut measure = right().find(|column| column.role == Some(Role::Measure)).cloned();
    let mut printed = Vec::new();
    let mut values = Vec::new();
    for column in right() {
        if matches!(column.role, Some(Role::Measure | Role::Note | Role::Tt)) {
            continue;
        }
        if column.role == Some(Role::Code) || is_printed(column) {
            printed.push(column.clone());
            continue;
        }
        values.push(column.clone());
    }
    // `Đơn vị` above texts may name offices: then it is no column of measures.
    measure =
        measure.filter(|column| labelled.iter().any(|row| row.items.iter().any(|item| item.at.col == column.at.col)));
    let note = right().filter(|column| column.role == Some(Role::Note)).last().cloned();
    (!values.is_empty()).then_some(Parts { tt, label, measure, note, values, printed })
}

fn is_closed(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "x" | "xx" | "xxx" | "×" | "///" | "-" | "–" | "—")
}

fn line_row<'g>(grid: &'g Grid<'_>, row: &'g Row, parts: &Parts) -> Option<LineRow<'g>> {
    let first_right = parts
        .values
        .iter()
        .chain(&parts.measure)
        .map(|column| column.at.col)
        .filter(|col| *col > parts.label.at.col)
        .min()?;
    let first_value = parts.values.first()?.at.col;
    let tt_item = parts.tt.as_ref().and_then(|tt| row.first_in(tt.at.col..=parts.label.at.col.saturating_sub(1)));
    let own = row.first_in(parts.label.at.col..=first_right - 1).filter(|item| item.has_words());
    let (label, tt) = match (own, tt_item) {
        (Some(label), tt) => (label, tt.map_or("", |tt| tt.text.as_str())),
        // A heading merged from the first column on, or standing left of the labels.
        (None, _) => (row.first_in(0..=parts.label.at.col).filter(|item| item.has_words())?, ""),
    };
    if label.text.chars().count() > LABEL_CHARS
        || matches!(role_of(&label.text), Some(Role::Label | Role::Tt)) && row.items.len() > 1 && role_of(tt).is_some()
    {
        return None;
    }
    let tt_style = style_of(tt);
    let style = if tt_style == Style::None { split(&label.text).0 } else { tt_style };
    let measure = parts.measure.as_ref().and_then(|column| row.items.iter().find(|item| item.at.col == column.at.col));
    let is_across = grid.area(label.at).last.col >= first_value;
    let input = |column: &Column| {
        let at = CellRef::new(row.at, column.at.col);
        if grid.area(at).first != at {
            return Input::Closed;
        }
        match grid.item(at) {
            None => Input::Open,
            Some(item) if item.is_formula => Input::Formula,
            Some(item) if is_closed(&item.text) && !matches!(item.text.as_str(), "-" | "–" | "—") => Input::Closed,
            Some(item) if item.text == "0" || is_closed(&item.text) => Input::Open,
            Some(item) if item.is_text && (item.text.contains(['/', '□', '☐', '…']) || item.text.starts_with('(')) => {
                Input::Hint(&item.text)
            }
            Some(_) => Input::Printed,
        }
    };
    let inputs: Vec<Input<'_>> = parts.values.iter().map(input).collect();
    let is_beside = |column: &Column| row.items.iter().any(|item| item.at.col == column.at.col);
    let is_printed = parts.printed.iter().any(is_beside) || inputs.contains(&Input::Formula);
    Some(LineRow {
        tt,
        label,
        measure: measure.map(|item| item.text.as_str()),
        style,
        is_title: false,
        level: 0,
        is_across,
        is_printed,
        inputs,
    })
}

/// Finds the headings among the rows of a form whose lines are numbered in a column.
fn find_titles(lines: &mut [LineRow<'_>], parts: &Parts) {
    let numbered = lines.iter().filter(|line| !line.tt.is_empty()).count();
    if parts.tt.is_none() || numbered * 3 < lines.len() {
        return;
    }
    let says_more = parts.measure.is_some() || !parts.printed.is_empty();
    for at in 0..lines.len() {
        let line = &lines[at];
        let is_bare = line.tt.is_empty() && line.measure.is_none() && !line.is_printed && !is_part(&line.label.text);
        let is_above =
            lines.get(at + 1).is_some_and(|next| !next.tt.is_empty() || (next.style != Style::None && is_bare));
        lines[at].is_title = is_bare && is_above && (says_more || !is_amount(&line.label.text));
    }
}

/// Gives every line its level by the styles above it.
fn level(lines: &mut [LineRow<'_>]) {
    let mut stack: Vec<(Style, bool)> = Vec::new();
    for line in lines {
        let key = (line.style, line.is_title);
        if line.style == Style::None && !(line.is_title && !line.is_across && !is_capital(&line.label.text)) {
            // A heading in capitals without a number begins anew.
            if line.is_across || (is_capital(&line.label.text) && line.measure.is_none()) {
                stack = vec![(Style::None, false)];
                line.level = 0;
            } else {
                // Dashes say something of the line above them, not of this one.
                stack.retain(|(style, _)| !matches!(style, Style::Dash | Style::Plus));
                line.level = stack.len();
            }
            continue;
        }
        match stack.iter().position(|known| *known == key) {
            Some(at) => stack.truncate(at + 1),
            None => stack.push(key),
        }
        line.level = stack.len() - 1;
    }
}

fn is_heading(lines: &[LineRow<'_>], at: usize, has_measures: bool) -> bool {
    let line = &lines[at];
    let next = lines.get(at + 1);
    let is_above = next.is_some_and(|next| next.style != Style::None && next.level > line.level);
    let is_measured = line.measure.is_some()
        || line.is_printed
        || in_brackets(&line.label.text)
            .is_some_and(|text| text.chars().count() <= 12 && style_of(text) == Style::None);
    if line.is_title || line.is_across || !line.inputs.iter().any(|input| input.is_field()) {
        return true;
    }
    if is_measured {
        return false;
    }
    if fold(&line.label.text) == "trongdo" {
        return true;
    }
    match line.style {
        Style::Upper | Style::Roman
            if is_above || next.is_some_and(|next| next.style == Style::None && !is_part(&next.label.text)) =>
        {
            has_measures || !is_amount(&line.label.text) || is_capital(&line.label.text)
        }
        Style::None => {
            let is_title = is_capital(&line.label.text) || line.label.text.ends_with(':');
            is_title && next.is_some() && !is_amount(&line.label.text)
        }
        Style::Dash | Style::Plus => false,
        _ => is_above && !is_amount(&line.label.text),
    }
}

/// The label says something of the line above.
fn is_part(label: &str) -> bool {
    label.trim_start().starts_with(['-', '+', '–', '*', '•']) || fold(label).starts_with("trongdo")
}

fn value_columns(table: &Table, parts: &Parts, sheet: Option<&str>, measures: &mut Measures) -> Vec<ValueColumn> {
    let all: Vec<String> = table.columns.iter().flat_map(|column| &column.path).map(|text| fold(text)).collect();
    let mut upper: Vec<(CellRef, &str)> = Vec::new();
    for column in &table.columns {
        let leaf = (column.at, column.leaf());
        if !upper.contains(&leaf) {
            upper.push(leaf);
        }
    }
    let is_once = |column: &Column| {
        let key = fold(column.leaf());
        let leaves = upper.iter().filter(|(_, text)| fold(text) == key).count();
        let is_upper = table.columns.iter().any(|other| other.path.iter().rev().skip(1).any(|text| fold(text) == key));
        leaves == 1 && !is_upper && all.contains(&key)
    };
    let column = |column: &Column, measures: &mut Measures| {
        let heading = if column.path.len() < 2 || is_once(column) { column.leaf().to_owned() } else { column.whole() };
        let own = column.path.iter().rev().find_map(|text| of_value_column(text, measures));
        // What the head of the sheet says is better than words.
        let own = own.filter(|own| sheet.is_none() || !own.doubts.contains(&Doubt::MeasureByWords));
        ValueColumn { heading, at: column.at, own }
    };
    let mut columns: Vec<ValueColumn> = parts.values.iter().map(|it| column(it, measures)).collect();
    // One column of values: what it holds is told by the lines.
    if let [only] = columns.as_mut_slice()
        && only.own.as_ref().is_some_and(|own| own.kind != ValueKind::Number || parts.measure.is_some())
    {
        only.own = None;
    }
    columns
}

fn suffixes(columns: &[ValueColumn]) -> Vec<String> {
    let mut names = Names::default();
    columns.iter().map(|column| names.give(&slug(&column.heading, '_'), '_')).collect()
}

fn doubts(table: &Table, parts: &Parts, columns: &[ValueColumn]) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = parts.printed.iter().map(|column| Doubt::PrintedColumn(column.whole())).collect();
    for (at, column) in columns.iter().enumerate() {
        let key = fold(&column.heading);
        let others =
            table.columns.iter().filter(|other| fold(&other.whole()) == key || fold(other.leaf()) == key).count();
        if columns[..at].iter().any(|other| fold(&other.heading) == key)
            || (others > 1 && column.heading == *column.heading && !column.heading.contains('›'))
        {
            doubts.push(Doubt::SameHeading(column.heading.clone()));
        }
    }
    if parts.label.leaf().is_empty() && parts.tt.is_none() && parts.measure.is_none() && parts.note.is_none() {
        doubts.push(Doubt::NoLabelHeading);
    }
    doubts
}

struct Writer<'a> {
    parts: &'a Parts,
    columns: &'a [ValueColumn],
    suffixes: Vec<String>,
    has_measures: bool,
    sheet: Option<&'a str>,
    measures: &'a mut Measures,
    names: &'a mut Names,
    /// Headings above the next line, with their levels.
    headings: Vec<(usize, String, CellRef)>,
    /// Lines above the next one: level and rank among parts, name, what they ask for.
    above: Vec<((usize, u8), String, Value)>,
    /// Names of lines, before those of columns are added.
    bases: Names,
    sections: Vec<Section>,
}

impl Writer<'_> {
    fn heading(&mut self, row: &LineRow<'_>) {
        self.headings.retain(|(level, ..)| *level < row.level);
        self.headings.push((row.level, row.label.text.clone(), row.label.at));
        self.above.clear();
        self.open();
    }

    /// Begins a section below the headings.
    fn open(&mut self) {
        let title = self.headings.first().map(|(_, text, _)| text.clone()).unwrap_or_default();
        let subtitle =
            if self.headings.len() > 1 { self.headings.last().map(|(_, text, _)| text.clone()) } else { None };
        let at = self.headings.last().map(|(.., at)| *at);
        // A title alone is printed with the section below it.
        if let Some(last) = self.sections.last()
            && last.lines.is_empty()
            && last.subtitle.is_none()
            && last.title == title
        {
            self.sections.pop();
        }
        self.sections.push(Section { title, subtitle, at, lines: Vec::new() });
    }

    fn line(&mut self, row: &LineRow<'_>) {
        // A line as high as the heading above it is not of its section.
        let is_beside = row.style != Style::None && self.headings.last().is_some_and(|(level, ..)| *level >= row.level);
        if is_beside {
            self.headings.retain(|(level, ..)| *level < row.level);
            self.open();
        } else if self.sections.is_empty() {
            self.open();
        }
        let is_part = matches!(row.style, Style::Dash | Style::Plus) || is_part(&row.label.text);
        // A part is below the line above it, whatever the number of that.
        let whole = self.above.iter().rev().find(|((_, rank), ..)| *rank == 0).map(|((level, _), ..)| *level);
        let depth = match is_part {
            true => (whole.unwrap_or(row.level), if row.style == Style::Plus { 2 } else { 1 }),
            false => (row.level, 0),
        };
        self.above.retain(|(level, ..)| *level < depth);
        let hint = row.inputs.iter().find_map(|input| if let Input::Hint(text) = input { Some(*text) } else { None });
        let above = self.above.last().map(|(_, name, value)| (name.clone(), value.clone()));
        let last = self.sections.last().and_then(|section| section.lines.last()).map(|line| &line.value);
        let beside = Beside {
            measure: row.measure,
            has_measures: self.has_measures,
            above: above
                .as_ref()
                .map(|(_, value)| value)
                .filter(|_| row.measure.is_none())
                .or_else(|| last.filter(|_| row.measure.is_some())),
            sheet: self.sheet,
            hint,
        };
        let value = of_line(&row.label.text, beside, self.measures);
        let own = slug(&row.label.text, '_');
        let own = own.strip_prefix("trong_do_").or(own.strip_prefix("do_")).unwrap_or(&own).to_owned();
        let own = if own.is_empty() { "dong".to_owned() } else { own };
        let base = match &above {
            Some((name, _)) if is_part => format!("{name}_{own}"),
            Some((name, _)) if self.bases.is_taken(&own) || self.names.is_taken(&own) => format!("{name}_{own}"),
            _ => own,
        };
        let base: String = base.chars().take(60).collect::<String>().trim_end_matches('_').to_owned();
        let base = self.bases.give(&base, '_');
        let mut doubts = Vec::new();
        let mut fields = Vec::new();
        let is_single = self.columns.len() == 1;
        let mut name_of_line = None;
        for (input, (column, suffix)) in row.inputs.iter().zip(self.columns.iter().zip(&self.suffixes)) {
            if *input == Input::Printed && !doubts.contains(&Doubt::Printed) {
                doubts.push(Doubt::Printed);
            }
            if *input == Input::Formula && !doubts.contains(&Doubt::Formula) {
                doubts.push(Doubt::Formula);
            }
            fields.push(input.is_field().then(|| {
                let wanted = if is_single { base.clone() } else { format!("{base}_{suffix}") };
                let given = self.names.give(&wanted, '_');
                name_of_line.get_or_insert(if is_single { given.clone() } else { base.clone() });
                (given, CellRef::new(row.label.at.row, column.at.col))
            }));
        }
        let shown = self.parts.measure.as_ref().and(row.measure).unwrap_or("").to_owned();
        self.above.push((depth, name_of_line.unwrap_or(base), value.clone()));
        let line = Line { tt: row.tt.to_owned(), label: row.label.text.clone(), shown, value, fields, doubts };
        self.sections.last_mut().expect("a section was opened").lines.push(line);
    }

    fn finish(mut self) -> Vec<Section> {
        // Remarks below the last line.
        while self.sections.last().is_some_and(|last| last.lines.is_empty() && split(&last.title).0 == Style::None) {
            self.sections.pop();
        }
        self.sections
    }
}
