//! The board's consolidated workbook.
