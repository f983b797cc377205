//! Where the printed pages of a form end: a heading stands on the page of its first line, a signature never alone.
//!
//! In:  the rows of a sheet from top to bottom with their heights, and the widths of its columns.
//! Out: the rows before which a new page begins.
//!
//! Not here: paper and margins (`style::set_up_print`).

use crate::style::DIGIT;
use rust_xlsxwriter::RowNum;

/// What A4 upright has room for between our margins, in points.
const ROOM: (f64, f64) = (523.0, 762.0);
/// Of the height, what is used: programs measure a little differently, and a page that ends early is better than
/// one that runs over by a row.
const USED: f64 = 0.96;

/// A printed row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Printed {
    pub(crate) row: RowNum,
    pub(crate) points: f64,
    /// It stands on the page of the row that follows.
    pub(crate) holds_next: bool,
}

/// Points of rows on one page when the columns, their widths in digits, are fitted to it.
pub(crate) fn page(widths: impl Iterator<Item = f64>) -> f64 {
    let points: f64 = widths.map(|digits| (digits * DIGIT + 5.0) * 0.75).sum();
    // Fitting makes smaller, and never larger.
    ROOM.1 * USED * (points / ROOM.0).max(1.0)
}

/// The rows before which a page begins, the first page apart.
///
/// # Input
/// `page`: points of rows on one page; `repeated`: of the heading that is repeated on each further one.
pub(crate) fn breaks(rows: &[Printed], page: f64, repeated: f64) -> Vec<RowNum> {
    let mut breaks = Vec::new();
    let mut used = 0.0;
    for block in rows.chunk_by(|row, _| row.holds_next) {
        let points: f64 = block.iter().map(|row| row.points).sum();
        if used > 0.0 && used + points > page {
            breaks.extend(block.first().map(|row| row.row));
            used = repeated;
        }
        used += points;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_before_a_heading_whose_line_does_not_fit() {
        // Heights of rows; a row with `+` stands on the page of the next. Each page has room for 100, of which
        // the repeated heading takes 10. Rows are numbered from 0; the expected numbers begin a page.
        for (rows, expected) in [
            ("50 50", &[][..]),
            ("50 50 50", &[2]),
            ("50 30+ 20", &[]),
            ("50 30+ 21", &[1]),
            ("50 20+ 20+ 20 30", &[1]),
            ("50 40 40 40 40", &[2, 4]),
            ("50 40 45 45 45", &[2, 4]),
            ("60 30 30+ 30+ 30+", &[2]),
            // What no page holds is left to the program.
            ("10 80+ 80 10", &[1, 3]),
            ("200", &[]),
            ("", &[]),
        ] {
            let rows: Vec<Printed> = (0..)
                .zip(rows.split_whitespace())
                .map(|(row, height)| Printed {
                    row,
                    points: height.trim_end_matches('+').parse().expect("a height"),
                    holds_next: height.ends_with('+'),
                })
                .collect();
            assert_eq!(breaks(&rows, 100.0, 10.0), expected, "{rows:?}");
        }
    }

    #[test]
    fn wider_sheets_are_made_smaller_and_hold_more_rows() {
        let narrow = page([20.0, 20.0].into_iter());
        assert_eq!(narrow, page([60.0].into_iter()));
        assert!(page([6.0, 52.0, 11.0, 17.0, 20.0].into_iter()) > narrow);
    }
}
