//! One form as a sheet; the layout stands at the top of the crate.

mod foot;
mod head;

use crate::CellInput;
use crate::aside::{Aside, Head};
use crate::check::Input;
use crate::choices::Choices;
use crate::entry::Entry;
use crate::names::Names;
use crate::note::note;
use crate::pages::{self, Printed};
use crate::rule::{self, LiveRule};
use crate::scope::{FlagAs, Scope};
use crate::style::{Styles, set_up_print};
use crate::words;
use rust_xlsxwriter::{ColNum, DataValidation, Format, ProtectionOptions, RowNum, Worksheet, XlsxError};
use thidua_campaign::{Form, Line, Section};
use thidua_model::{FieldIx, Text, ValueKind};

const TT: ColNum = 0;
const LABEL: ColNum = 1;
const MEASURE: ColNum = 2;
const FIRST_VALUE: ColNum = 3;
const HEADING: RowNum = 8;
const COLUMNS: RowNum = 9;
const FIRST_LINE: RowNum = 10;

/// Height of a line that asks for a paragraph, in points.
const NARRATIVE: f64 = 48.0;

/// Points of rows that A4 takes on one page in a size that can be read.
const ONE_PAGE: f64 = 1150.0;
/// Height of a row that nobody sets, in points.
const PLAIN: f64 = 15.75;
/// Height of the column headings.
const COLUMNS_HEIGHT: f64 = 34.0;

/// Widths of columns, in characters.
const TT_WIDTH: f64 = 5.5;
const MEASURE_WIDTH: f64 = 11.0;
const VALUE_WIDTH: f64 = 15.0;
const NOTE_WIDTH: f64 = 17.5;

/// Height in points that a wrapped text of 12 points needs in a column of this width: letters are narrower than the
/// digits that widths count, though words are not cut.
fn height(text: &str, width: f64) -> f64 {
    let rows = (text.chars().count() as f64 / (width * 1.05)).ceil().max(1.0);
    2.0 + 16.0 * rows
}

/// Writes one sheet from top to bottom.
struct Writer<'a> {
    scope: &'a Scope<'a>,
    styles: &'a Styles,
    form: &'a Form,
    tab: &'a str,
    sheet: Worksheet,
    /// The column `Ghi chú`.
    note: ColNum,
    flags: FlagAs,
    choices: &'a mut Choices,
    names: &'a mut Names,
    /// The rows of the page, from top to bottom.
    printed: Vec<Printed>,
    aside: Aside,
    head: Head,
    /// The input cells of each line that has any.
    inputs: Vec<Vec<Input>>,
}

/// The sheet of a form before its checks, which look at the other sheets, too.
pub(crate) struct FormSheet {
    sheet: Worksheet,
    aside: Aside,
    head: Head,
    pub(crate) inputs: Vec<Vec<Input>>,
    rules: Vec<LiveRule>,
}

impl FormSheet {
    /// The whole sheet.
    pub(crate) fn checked(
        mut self,
        styles: &Styles,
        all: &dyn Fn(FieldIx) -> Option<Input>,
    ) -> Result<Worksheet, XlsxError> {
        self.aside.checks(&mut self.sheet, styles, &self.head, &self.inputs, (all, &self.rules))?;
        Ok(self.sheet)
    }
}

pub(crate) fn sheet(
    scope: &Scope,
    styles: &Styles,
    form: &Form,
    tab: &str,
    choices: &mut Choices,
    names: &mut Names,
) -> Result<FormSheet, XlsxError> {
    let note = FIRST_VALUE + form.value_columns.len().max(1) as ColNum;
    let aside = Aside::new(note, scope.has_last(form), scope.has_target(form));
    let mut writer = Writer {
        scope,
        styles,
        form,
        tab,
        sheet: crate::style::worksheet()?,
        note,
        flags: scope.flags(form),
        choices,
        names,
        printed: Vec::new(),
        aside,
        head: Head::default(),
        inputs: Vec::new(),
    };
    writer.sheet.set_name(tab)?;
    writer.header()?;
    let end = writer.lines()?;
    let last_row = writer.footer(end + 1)?;
    let label_width = writer.label_width();
    let Writer { mut sheet, head, inputs, printed, .. } = writer;
    aside.head(&mut sheet, styles, &scope.last_title())?;
    sheet.set_print_area(0, TT, last_row, note)?;
    let width = |col: ColNum| match col {
        TT => TT_WIDTH,
        LABEL => label_width,
        MEASURE => MEASURE_WIDTH,
        _ if col == note => NOTE_WIDTH,
        _ => VALUE_WIDTH,
    };
    for col in TT..=note {
        sheet.set_column_width(col, width(col))?;
    }
    set_up_print(&mut sheet, COLUMNS)?;
    if printed.iter().map(|row| row.points).sum::<f64>() <= ONE_PAGE {
        sheet.set_print_fit_to_pages(1, 1);
    } else {
        let page = pages::page((TT..=note).map(width));
        sheet.set_page_breaks(&pages::breaks(&printed, page, COLUMNS_HEIGHT))?;
    }
    // The column headings stand low on an official page: what is above them would take half of a screen and all of a
    // telephone. The numbers of the lines stay in view when a telephone moves to the cells beside them.
    sheet.set_freeze_panes(0, LABEL)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(FormSheet { sheet, aside, head, inputs, rules: rule::live(scope, form) })
}

impl Writer<'_> {
    /// Sections and lines; gives the row after the last one.
    fn lines(&mut self) -> Result<RowNum, XlsxError> {
        let mut row = FIRST_LINE;
        let mut title: &str = "";
        for (section_at, section) in self.form.sections.iter().enumerate() {
            let asked: Vec<&Line> = section.lines.iter().filter(|line| self.scope.asks_line(line)).collect();
            if asked.is_empty() {
                continue;
            }
            if !section.title.is_empty() && *section.title != *title {
                self.banner(row, &section.title, &self.styles.section)?;
                row += 1;
            }
            title = &section.title;
            if let Some(subtitle) = section.subtitle.as_deref().filter(|subtitle| !subtitle.is_empty()) {
                self.banner(row, subtitle, &self.styles.subsection)?;
                row += 1;
            }
            let nil = self.tick(section_at, section, row)?;
            let is_narrative = asked.iter().all(|line| self.is_words(line));
            for line in asked {
                self.line(row, line, is_narrative, nil)?;
                row += 1;
            }
        }
        Ok(row)
    }

    fn banner(&mut self, row: RowNum, text: &str, format: &Format) -> Result<(), XlsxError> {
        for col in TT..=self.note {
            self.sheet.write_blank(row, col, format)?;
        }
        self.sheet.write_string_with_format(row, LABEL, text, format)?;
        // Bold letters are wider.
        self.set_height(row, height(text, self.label_width() * 0.92), true)
    }

    /// The tick of a section at its heading, the row above `below`.
    fn tick(&mut self, at: usize, section: &Section, below: RowNum) -> Result<Option<(RowNum, ColNum)>, XlsxError> {
        let scope = self.scope;
        let takes = |line: &&Line| {
            let mut fields = line.fields.iter().flatten();
            scope.asks_line(line) && fields.any(|field| self.form.takes_nil(scope.campaign, line, *field))
        };
        if !self.form.has_own_heading(at) || !section.lines.iter().any(|line| takes(&line)) {
            return Ok(None);
        }
        let row = below - 1;
        self.sheet.write_string_with_format(row, self.note, words::NIL_OPEN, &self.styles.nil)?;
        let rule = self.choices.allow(DataValidation::new(), &[words::NIL_OPEN.into(), words::NIL_TICKED.into()])?;
        let rule = rule.set_input_message(words::NIL_PROMPT)?.set_error_message(words::NIL_REFUSED)?;
        self.sheet.add_data_validation(row, self.note, row, self.note, &rule)?;
        Ok(Some((row, self.note)))
    }

    /// Forms with more value columns leave less room for the labels.
    fn label_width(&self) -> f64 {
        if self.note > 4 { 40.0 } else { 46.0 }
    }

    /// `holds_next`: the row stands on the page of the one that follows.
    fn set_height(&mut self, row: RowNum, points: f64, holds_next: bool) -> Result<(), XlsxError> {
        self.sheet.set_row_height(row, points)?;
        self.printed.push(Printed { row, points, holds_next });
        Ok(())
    }

    /// Rows as high as the program makes them.
    fn plain(&mut self, rows: std::ops::RangeInclusive<RowNum>, holds_next: bool) {
        self.printed.extend(rows.map(|row| Printed { row, points: PLAIN, holds_next }));
    }

    fn is_words(&self, line: &Line) -> bool {
        let kind = |field: FieldIx| self.scope.campaign.field(field).kind;
        line.fields.iter().flatten().all(|field| kind(*field) == ValueKind::Text)
    }

    /// # Input
    /// `is_narrative`: a section of words alone asks for paragraphs, and gives them room.
    fn line(
        &mut self,
        row: RowNum,
        line: &Line,
        is_narrative: bool,
        nil: Option<(RowNum, ColNum)>,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.text(row, TT, &line.tt, &styles.tt)?;
        self.text(row, LABEL, &line.label, &styles.text)?;
        let measure = self.points_of(line).unwrap_or_else(|| line.measure_label.clone());
        self.text(row, MEASURE, &measure, &styles.closed)?;
        self.text(row, self.note, &line.note, &styles.note)?;
        let tallest = height(&line.label, self.label_width()).max(height(&line.note, NOTE_WIDTH));
        self.set_height(row, if is_narrative { tallest.max(NARRATIVE) } else { tallest }, false)?;
        let mut inputs = Vec::new();
        for col in FIRST_VALUE..self.note {
            match line.fields.get(usize::from(col - FIRST_VALUE)).copied().flatten() {
                Some(field) => inputs.push(self.input((row, col), line, field, nil)?),
                None => self.text(row, col, "", &styles.closed)?,
            }
        }
        if let (Some(col), Some(input)) = (self.aside.target, inputs.first())
            && let Some(target) = self.scope.target(input.field)
        {
            self.sheet.write_string_with_format(row, col, target, &styles.known)?;
        }
        self.inputs.push(inputs);
        Ok(())
    }

    fn input(
        &mut self,
        (row, col): (RowNum, ColNum),
        line: &Line,
        field: FieldIx,
        nil: Option<(RowNum, ColNum)>,
    ) -> Result<Input, XlsxError> {
        let Self { scope, styles, .. } = *self;
        let is_alone = line.fields.len() == 1;
        let known = scope.campaign.field(field);
        let entry = Entry::new(scope.campaign, known.kind, known.measure.as_ref(), &known.choices, self.flags);
        let format = entry.format(&styles.input);
        if known.kind == ValueKind::Text && is_alone {
            self.sheet.merge_range(row, col, row, self.note, "", format)?;
        }
        let value = (scope.prefill.value)(field).unwrap_or(CellInput::Blank);
        entry.write(&mut self.sheet, row, col, &value, format)?;
        if let Some(rule) = entry.rule(self.choices)? {
            self.sheet.add_data_validation(row, col, row, col, &rule)?;
        }
        if let Some(text) = (scope.prefill.note)(field) {
            self.sheet.insert_note(row, col, &note(&text))?;
        }
        self.names.add(known.id.as_str(), self.tab, row, col);
        let last = self.last(row, field, &entry)?;
        Ok(Input {
            tab: self.tab.into(),
            row,
            col,
            field,
            shape: entry.shape(self.choices),
            content: entry.content(&value),
            label: line.label.clone(),
            tt: line.tt.clone(),
            is_wanted: line.required || (known.kind != ValueKind::Text && !self.is_of_superior(field)),
            nil: nil.filter(|_| self.form.takes_nil(scope.campaign, line, field)),
            last,
        })
    }

    /// The value of the period before in grey; the first of a line's that is known.
    fn last(&mut self, row: RowNum, field: FieldIx, entry: &Entry) -> Result<Option<(ColNum, i64)>, XlsxError> {
        let known = (self.scope.prefill.last)(field);
        let (Some(col), Some(kept)) = (self.aside.last, known) else { return Ok(None) };
        let format = entry.format(&self.styles.last);
        entry.write(&mut self.sheet, row, col, &CellInput::Int(kept), format)?;
        Ok(Some((col, kept)))
    }

    /// What the unit above gives on a scoring sheet is nothing that the unit lacks.
    fn is_of_superior(&self, field: FieldIx) -> bool {
        let Some(table) = self.form.scoresheet_of else { return false };
        self.scope.campaign.tables[table].criteria.iter().any(|node| node.superior_field == Some(field))
    }

    /// The most points of a scoring sheet's line, from its table.
    fn points_of(&self, line: &Line) -> Option<Text> {
        let table = &self.scope.campaign.tables[self.form.scoresheet_of?];
        let of_line = |field: Option<FieldIx>| field.is_some() && line.fields.contains(&field);
        let criterion = table.criteria.iter().find(|node| of_line(node.self_field) || of_line(node.superior_field))?;
        let points = criterion.max.to_f64();
        // Decimal comma, as the office writes.
        Some(Text::from(format!("{points}").replace('.', ",")))
    }

    fn text(&mut self, row: RowNum, col: ColNum, text: &str, format: &Format) -> Result<(), XlsxError> {
        if text.is_empty() {
            self.sheet.write_blank(row, col, format)?;
        } else {
            self.sheet.write_string_with_format(row, col, text, format)?;
        }
        Ok(())
    }
}
