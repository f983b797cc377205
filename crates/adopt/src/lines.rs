//! A table with labels becomes the sections and lines of a form.
//!
//! In:  a grid and a table of it.
//! Out: sections of lines with their fields; `None` when the table has no lines and is a list.
//!
//! Not here: which column holds what (`parts`), which row is a line (`rows`).

use crate::doubt::Doubt;
use crate::draft::{Line, Section, Value, ValueColumn};
use crate::grid::Grid;
use crate::ids::{Names, slug};
use crate::measure::Measures;
use crate::number::{Style, split, style_of};
use crate::parts::{Parts, doubts, parts, suffixes, value_columns};
use crate::rows::{Input, LineRow, find_titles, is_heading, is_part, level, line_row};
use crate::table::Table;
use crate::value::{Beside, of_line};
use crate::words::{is_capital, is_total};
use thidua_model::CellRef;

/// Characters of the name of a line, before that of its column.
const NAME_CHARS: usize = 60;

/// What a table says that is a form.
pub(crate) struct Body {
    pub(crate) parts: Parts,
    pub(crate) columns: Vec<ValueColumn>,
    pub(crate) sections: Vec<Section>,
    pub(crate) doubts: Vec<Doubt>,
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
    let is_line = |line: &&LineRow<'_>| {
        !line.is_across && !is_total(&line.label.text) && line.inputs.iter().any(|input| input.is_field())
    };
    let asked = lines.iter().filter(is_line).count();
    // Numbers without labels are the empty rows of a list, whose groups and totals are printed.
    let ruled = rows.iter().filter(|row| row.items.iter().all(|item| style_of(&item.text) != Style::None)).count();
    if asked == 0 || ruled > asked {
        return None;
    }
    find_titles(&mut lines, &parts);
    level(&mut lines);
    let columns = value_columns(table, &parts, sheet, measures);
    let doubts = doubts(table, &parts, &columns);
    let mut writer = Writer {
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

struct Writer<'a> {
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
        // Without a column of measures a line can look the same.
        let is_open = row.inputs.iter().any(|input| input.is_field());
        let is_sure = self.has_measures || row.is_across || row.is_title || is_capital(&row.label.text);
        self.open(if is_open && !is_sure { vec![Doubt::Heading] } else { Vec::new() });
    }

    /// Begins a section below the headings.
    fn open(&mut self, doubts: Vec<Doubt>) {
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
        self.sections.push(Section { title, subtitle, at, lines: Vec::new(), doubts });
    }

    fn line(&mut self, row: &LineRow<'_>) {
        // A line as high as the heading above it is not of its section.
        let is_beside = row.style != Style::None && self.headings.last().is_some_and(|(level, ..)| *level >= row.level);
        if is_beside {
            self.headings.retain(|(level, ..)| *level < row.level);
            self.open(Vec::new());
        } else if self.sections.is_empty() {
            self.open(Vec::new());
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
        let base: String = base.chars().take(NAME_CHARS).collect::<String>().trim_end_matches('_').to_owned();
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
        self.above.push((depth, name_of_line.unwrap_or(base), value.clone()));
        let line = Line { tt: row.tt.to_owned(), label: row.label.text.clone(), value, fields, doubts };
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
