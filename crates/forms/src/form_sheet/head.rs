//! The head of a form's sheet: names, title, the line of dates, column headings.

use super::{COLUMNS, COLUMNS_HEIGHT, FIRST_VALUE, HEADING, LABEL, MEASURE, TT, Writer};
use rust_xlsxwriter::{DataValidation, XlsxError};

impl Writer<'_> {
    pub(super) fn header(&mut self) -> Result<(), XlsxError> {
        let (unit, above) = self.scope.names();
        self.head.has_no_unit = unit.is_empty();
        let (styles, form, last) = (self.styles, self.form, self.note);
        for (row, label, name) in [(0, "Công đoàn cấp trên :", above), (1, "Đơn vị báo cáo :", unit)] {
            self.sheet.write_string_with_format(row, LABEL, label, &styles.label)?;
            self.sheet.merge_range(row, MEASURE, row, last, name, &styles.name)?;
            self.set_height(row, 20.0, true)?;
        }
        self.plain(2..=3, true);
        self.sheet.merge_range(2, MEASURE, 2, last, &form.number, &styles.number)?;
        self.sheet.merge_range(3, MEASURE, 3, last, &form.used_by, &styles.used_by)?;
        self.sheet.merge_range(4, TT, 4, last, &form.title.vi, &styles.title)?;
        // Merged cells do not find their own height.
        let rows_of_title = form.title.vi.chars().count().div_ceil(68).max(1);
        self.set_height(4, 22.0 * rows_of_title as f64, true)?;
        self.plain(5..=HEADING, true);
        self.sheet.merge_range(5, TT, 5, last, &format!("NĂM : {}", self.scope.campaign.year), &styles.subtitle)?;
        self.as_of_line()?;
        self.sheet.write_string_with_format(HEADING, TT, &*form.heading, &styles.heading)?;

        let (measure, note) = (&*form.measure_heading, &*form.note_heading);
        let (tt, label) = (&*form.tt_heading, &*form.label_heading);
        for (col, text) in [(TT, tt), (LABEL, label), (MEASURE, measure), (last, note)] {
            self.sheet.write_string_with_format(COLUMNS, col, text, &styles.column)?;
        }
        if form.value_columns.is_empty() {
            self.sheet.write_string_with_format(COLUMNS, FIRST_VALUE, "Số lượng", &styles.column)?;
        }
        for (col, text) in (FIRST_VALUE..).zip(&form.value_columns) {
            self.sheet.write_string_with_format(COLUMNS, col, &**text, &styles.column)?;
        }
        self.set_height(COLUMNS, COLUMNS_HEIGHT, true)?;
        Ok(())
    }

    /// The dates of the document's periods in one line, one of them marked; a drop-down marks
    /// another.
    fn as_of_line(&mut self) -> Result<(), XlsxError> {
        let periods = self.scope.periods_to_mark();
        if periods.is_empty() {
            return Ok(());
        }
        let line = |chosen| {
            let marks: Vec<String> = periods
                .iter()
                .map(|period| {
                    let label = self.scope.campaign.period(*period).as_of_label.as_deref().unwrap_or_default();
                    format!("{} {label}", if Some(*period) == chosen { '☒' } else { '☐' })
                })
                .collect();
            format!("(Số liệu tính đến ngày :  {})", marks.join("    "))
        };
        let shown = line(self.scope.prefill.period);
        self.head.unmarked = Some(line(None).into());
        self.head.is_unmarked = shown == line(None);
        let words: Vec<String> = periods.iter().map(|period| line(Some(*period))).collect();
        self.sheet.merge_range(6, TT, 6, self.note, &shown, &self.styles.as_of)?;
        let rule = self.choices.allow(DataValidation::new(), &words)?;
        // Marking by hand is as good: the rule only offers the lines.
        let rule = rule.show_error_message(false).set_input_message("Chọn ngày tính số liệu của kỳ báo cáo.")?;
        self.sheet.add_data_validation(6, TT, 6, TT, &rule)?;
        Ok(())
    }
}
