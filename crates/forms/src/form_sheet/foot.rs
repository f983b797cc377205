//! The foot of a form's sheet: place and date, two signatures.

use super::{LABEL, MEASURE, TT, Writer};
use rust_xlsxwriter::{RowNum, XlsxError};

/// Room for a signature and a stamp.
const ROWS_TO_SIGN: RowNum = 4;

impl Writer<'_> {
    /// Gives the last row.
    pub(super) fn footer(&mut self, row: RowNum) -> Result<RowNum, XlsxError> {
        let (styles, last) = (self.styles, self.note);
        let campaign = self.scope.campaign;
        let end = row + 3 + ROWS_TO_SIGN;
        // Nobody signs a page without a line.
        if let Some(line) = self.printed.last_mut() {
            line.holds_next = true;
        }
        self.plain(row - 1..=end - 1, true);
        self.plain(end..=end, false);
        let day = format!("{}, ngày …… tháng …… năm {}", campaign.place, campaign.year);
        self.sheet.merge_range(row, MEASURE, row, last, &day, &styles.sign_date)?;
        for (row, left, right, format) in [
            (row + 1, "NGƯỜI LẬP BIỂU", "TM. BAN CHẤP HÀNH", &styles.sign_title),
            (row + 2, "(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", &styles.sign_hint),
            (end, "", "", &styles.sign_name),
        ] {
            self.sheet.merge_range(row, TT, row, LABEL, left, format)?;
            self.sheet.merge_range(row, MEASURE, row, last, right, format)?;
        }
        Ok(end)
    }
}
