//! What a number format makes of a number: a date, a percentage, or a plain number.

use jiff::civil::{Date, DateTime};
use jiff::{Span, civil};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NumberFormat {
    #[default]
    Plain,
    Percent,
    /// Dates and times of day; not `[h]:mm`, which is a duration and stays a number.
    Date,
}

impl NumberFormat {
    /// Formats that exist without being written into the file, those of East Asian Excels included.
    pub(crate) const fn builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            _ => Self::Plain,
        }
    }

    /// Reads a format code such as `0.0%`, `dd/mm/yyyy;@` or `[$-42A]d mmmm yyyy`.
    pub(crate) fn of_code(code: &str) -> Self {
        if code.eq_ignore_ascii_case("general") {
            return Self::Plain;
        }
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                // Words shown as they are.
                '"' => {
                    chars.by_ref().find(|&c| c == '"');
                }
                '\\' | '_' | '*' => {
                    chars.next();
                }
                // A colour, a language, a condition; or elapsed time, which is no date.
                '[' => {
                    let inside: String = chars.by_ref().take_while(|&c| c != ']').take(32).collect();
                    let is_elapsed =
                        !inside.is_empty() && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                    if is_elapsed {
                        return Self::Plain;
                    }
                }
                '%' => return Self::Percent,
                'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return Self::Date,
                // Only the first section says how an ordinary number looks.
                ';' => return Self::Plain,
                _ => {}
            }
        }
        Self::Plain
    }
}

/// A serial number as a date. `None` outside the calendar: then it stays a number.
pub(crate) fn serial_date(serial: f64, is_1904: bool) -> Option<DateTime> {
    // The day 60 of the 1900 system is 29 February 1900, which never was.
    if !(0.0..2_958_466.0).contains(&serial) || (!is_1904 && (60.0..61.0).contains(&serial)) {
        return None;
    }
    const EPOCH_1900: Date = civil::date(1899, 12, 30);
    const EPOCH_BEFORE_MARCH: Date = civil::date(1899, 12, 31);
    const EPOCH_1904: Date = civil::date(1904, 1, 1);
    let epoch = match (is_1904, serial < 60.0) {
        (true, _) => EPOCH_1904,
        (false, true) => EPOCH_BEFORE_MARCH,
        (false, false) => EPOCH_1900,
    };
    // Whole milliseconds first, so that 08:15:00 does not become 08:14:59.
    let millis = (serial * 86_400_000.0).round() as i64;
    let at = epoch.at(0, 0, 0, 0).checked_add(Span::new().milliseconds(millis)).ok()?;
    at.with().millisecond(0).build().ok()
}

/// `2014-11-30`, `2014-11-30T08:15:00`, with or without a fraction of a second.
pub(crate) fn iso_date(text: &str) -> Option<DateTime> {
    let text = text.trim();
    // Not what the parser takes besides: offsets and time zones belong to no cell.
    if text.len() < 10 || text.len() > 35 || text.bytes().skip(10).any(|b| matches!(b, b'[' | b'+' | b'-')) {
        return None;
    }
    let text = text.trim_end_matches('Z');
    let at = text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0)))?;
    at.with().subsec_nanosecond(0).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_code_is_read_as_excel_reads_it() {
        use NumberFormat::{Date, Percent, Plain};
        for (code, expected) in [
            ("General", Plain),
            ("0", Plain),
            ("#,##0.00", Plain),
            ("0%", Percent),
            ("0.00 %;[Red]-0.00 %", Percent),
            ("[Blue]0%", Percent),
            ("0\"%\"", Plain),
            ("0\\%", Plain),
            ("dd/mm/yyyy", Date),
            ("[$-42A]d mmmm yyyy;@", Date),
            ("\"ngày\" d", Date),
            ("hh:mm AM/PM", Date),
            ("[h]:mm:ss", Plain),
            ("[Red]#,##0", Plain),
            ("#,##0\" đồng\"", Plain),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", Plain),
            ("0.00E+00", Plain),
            ("@", Plain),
            ("\"chưa đóng", Plain),
            ("[", Plain),
        ] {
            assert_eq!(NumberFormat::of_code(code), expected, "{code}");
        }
    }

    #[test]
    fn a_serial_is_the_date_that_excel_shows() {
        for (serial, is_1904, expected) in [
            (41973.0, false, "2014-11-30T00:00:00"),
            (40511.0, true, "2014-11-30T00:00:00"),
            (41973.34375, false, "2014-11-30T08:15:00"),
            (1.0, false, "1900-01-01T00:00:00"),
            (59.0, false, "1900-02-28T00:00:00"),
            (60.0, false, "none"),
            (61.0, false, "1900-03-01T00:00:00"),
            (0.5, false, "1899-12-31T12:00:00"),
            (2_958_465.0, false, "9999-12-31T00:00:00"),
            (2_958_466.0, false, "none"),
            (-1.0, false, "none"),
            (f64::NAN, false, "none"),
        ] {
            let shown = serial_date(serial, is_1904).map_or("none".to_owned(), |at| at.to_string());
            assert_eq!(shown, expected, "{serial}");
        }
    }

    #[test]
    fn an_iso_date_is_a_date_and_nothing_else_is() {
        for (text, expected) in [
            ("2014-11-30", "2014-11-30T00:00:00"),
            ("2014-11-30T08:15:00", "2014-11-30T08:15:00"),
            ("2014-11-30T08:15:00.000Z", "2014-11-30T08:15:00"),
            ("2014-02-30", "none"),
            ("30/11/2014", "none"),
            ("", "none"),
        ] {
            let shown = iso_date(text).map_or("none".to_owned(), |at| at.to_string());
            assert_eq!(shown, expected, "{text}");
        }
    }
}
