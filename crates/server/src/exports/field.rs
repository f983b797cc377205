//! One field of a CSV file (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet takes a text that begins with `= + - @`, TAB or CR for a formula and runs it. Such a
//! text gets an apostrophe in front. Numbers are written as numbers and are never touched.
//!
//! Missing is an empty field; an empty text is `""`.

/// How texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TextOptions {
    /// Begin with U+FEFF, by which Excel knows UTF-8.
    pub(crate) has_bom: bool,
    /// Leave texts as they are, for programs that take nothing for a formula.
    pub(crate) is_raw: bool,
}

/// U+FEFF in UTF-8.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

/// The end of a line.
pub(crate) const END: &[u8] = b"\r\n";

/// Appends a text.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str, options: TextOptions) {
    let is_dangerous = !options.is_raw && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_quoted = text.is_empty()
        || text.starts_with(' ')
        || text.ends_with(' ')
        || text.bytes().any(|byte| matches!(byte, b'"' | b',' | b';' | b'\t' | b'\r' | b'\n'));
    if is_quoted {
        out.push(b'"');
    }
    if is_dangerous {
        out.push(b'\'');
    }
    match is_quoted && text.contains('"') {
        true => out.extend_from_slice(text.replace('"', "\"\"").as_bytes()),
        false => out.extend_from_slice(text.as_bytes()),
    }
    if is_quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        for (text, safe, raw) in [
            ("Đắk Lắk", "Đắk Lắk", "Đắk Lắk"),
            ("=1+1", "'=1+1", "=1+1"),
            ("+84 262", "'+84 262", "+84 262"),
            ("-", "'-", "-"),
            ("-5", "'-5", "-5"),
            ("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"),
            ("\t=1", "\"'\t=1\"", "\"\t=1\""),
            ("\r=1", "\"'\r=1\"", "\"\r=1\""),
            (
                "=HYPERLINK(\"http://x\",\"y\")",
                "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
                "\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
            ),
            // Where `;` separates, as in Excel with Vietnamese settings, quotes keep the field whole.
            ("a;=1", "\"a;=1\"", "\"a;=1\""),
            ("a=1", "a=1", "a=1"),
            ("'=1", "'=1", "'=1"),
            (" x ", "\" x \"", "\" x \""),
            ("", "\"\"", "\"\""),
            ("a\nb", "\"a\nb\"", "\"a\nb\""),
            ("nói \"có\"", "\"nói \"\"có\"\"\"", "\"nói \"\"có\"\"\""),
        ] {
            for (is_raw, expected) in [(false, safe), (true, raw)] {
                let mut out = Vec::new();
                push_text(&mut out, text, TextOptions { has_bom: false, is_raw });
                assert_eq!(String::from_utf8(out).unwrap(), expected, "{text:?} raw {is_raw}");
            }
        }
    }

    #[test]
    fn a_reader_of_csv_gets_the_text_back() {
        for text in ["", "a,b", "a\r\nb", "\"", "\"\"", "=1", " x", "Đắk Lắk; Huế", "\t"] {
            let mut out = Vec::new();
            push_text(&mut out, text, TextOptions { has_bom: false, is_raw: true });
            out.extend_from_slice(b",x");
            out.extend_from_slice(END);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_slice());
            let row = reader.records().next().unwrap().unwrap();
            assert_eq!((&row[0], &row[1]), (text, "x"), "{text:?}");
        }
    }
}
