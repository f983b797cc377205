//! Old encodings come back as they were meant, and Unicode never changes.

use super::syllable::{ONSETS, RIMES, is_syllable};
use super::*;
use proptest::prelude::*;
use thidua_model::CellRef;

/// A sheet with a text in each row, each in its font.
fn sheet(texts: &[(&str, &str)]) -> Sheet {
    let mut sheet = Sheet { name: "Mẫu 1".into(), fonts: vec!["".into()], ..Sheet::default() };
    for (row, (text, font)) in texts.iter().enumerate() {
        let font = sheet.fonts.iter().position(|name| **name == **font).unwrap_or_else(|| {
            sheet.fonts.push((*font).into());
            sheet.fonts.len() - 1
        });
        let value = CellValue::Text((*text).into());
        let (is_formula, is_percent) = (false, false);
        sheet.cells.push(Cell { at: CellRef::new(row as u32, 1), value, is_formula, is_percent, font: font as u16 });
    }
    sheet
}

fn shown(texts: &[(&str, &str)]) -> Vec<String> {
    let sheet = sheet(texts);
    let readable = Readable::new(&sheet);
    readable.sheet.cells.iter().map(|cell| text_of(cell).unwrap().to_owned()).collect()
}

#[test]
fn a_sheet_in_any_encoding_becomes_readable() {
    for (texts, expected) in [
        (&[("Tæng sè", ".VnTime"), ("cô thÓ", ".VnArial"), ("tæng sè", ".VnTimeH")][..], "Tổng số|cụ thể|TỔNG SỐ"),
        (&[("Toång soá", "VNI-Times"), ("Tổng số", "VNI-Times"), ("Phòng", "VNI-Times")][..], "Tổng số|Tổng số|Phòng"),
        (&[("Tæng sè lao ®éng", ""), ("Kh¸", "Arial"), ("cô", "")][..], "Tổng số lao động|Khá|cụ"),
        (&[("Tổng số lao động", ""), ("Kh¸", "Arial"), ("cô", "")][..], "Tổng số lao động|Kh¸|cô"),
        (&[("đoμn viên", ""), ("Čư M'gar", ""), ("12 µg", "")][..], "đoàn viên|Čư M'gar|12 µg"),
        (&[("Tô\u{309}ng sô\u{301}", ""), ("nu\u{31B}\u{303}", "")][..], "Tổng số|nữ"),
    ] {
        assert_eq!(shown(texts).join("|"), expected);
    }
}

#[test]
fn a_sheet_is_warned_of_once_and_quoted_as_it_stands() {
    let file: Text = "a.xls".into();
    let long =
        sheet(&[("Tæng sè", ".VnTime"), ("12 ng\u{AD}êi", ".VnTime"), ("T?ng s?", "Arial"), ("Đủ chưa?", "Arial")]);
    let readable = Readable::new(&long);
    let mut issues = readable.issues(&file, &[]);
    let place = |row| Place::Cell { file: file.clone(), sheet: long.name.clone(), cell: CellRef::new(row, 1) };
    issues.push(Issue::new(IssueKind::NotANumber { found: "12 người".into() }, place(1)));
    readable.quote(&mut issues);
    let shown: Vec<String> = issues
        .iter()
        .map(|issue| {
            format!("{} {} {}", issue.code(), issue.place.cell().unwrap(), issue.kind.message(thidua_model::Lang::En))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "V120 B1 2 cells of this sheet hold TCVN3 text (ABC, fonts .Vn…) and were converted to Unicode; \
             \"Tæng sè\", for example, reads \"Tổng số\"",
            "V121 B3 1 cells of this sheet lost letters, for example \"T?ng s?\"",
            "V101 B2 \"12 ng\u{AD}êi\" is not a number",
        ]
    );
    assert_eq!(readable.raw(0).map(|raw| &**raw), Some("Tæng sè"));
    assert_eq!(readable.raw(3), None);
}

#[test]
fn a_name_behind_its_heading_is_quoted_as_it_stands() {
    let sheet = sheet(&[("§¬n vÞ b¸o c¸o : Tr\u{AD}êng Hoa Ban", ".VnTime")]);
    let readable = Readable::new(&sheet);
    let place = Place::Cell { file: "a".into(), sheet: sheet.name.clone(), cell: CellRef::new(0, 1) };
    let kind = IssueKind::UnknownUnit { found: "Trường Hoa Ban".into(), near: "–".into() };
    let mut issues = [Issue::new(kind, place)];
    readable.quote(&mut issues);
    assert_eq!(issues[0].kind.found_mut().map(|found| found.to_string()).as_deref(), Some("Tr\u{AD}êng Hoa Ban"));
}

#[test]
fn no_text_of_the_forms_is_taken_for_an_old_encoding() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014/blank");
    let mut texts: Vec<String> = Vec::new();
    for file in std::fs::read_dir(folder).expect("the campaign's folder").map(|entry| entry.expect("entry").path()) {
        if file.extension().is_some_and(|end| end == "xlsx") {
            let bytes = std::fs::read(&file).expect("a form");
            let book = thidua_sheets::read(&bytes, &thidua_sheets::Limits::default()).expect("a workbook");
            let cells = book.sheets.iter().flat_map(|sheet| &sheet.cells);
            texts.extend(cells.filter_map(|cell| text_of(cell).map(str::to_owned)));
        }
    }
    texts.sort_unstable();
    texts.dedup();
    assert!(texts.len() > 200);
    // Alone and all together, in any font.
    for font in ["", "Times New Roman", ".VnTime", "VNI-Times"] {
        let all: Vec<(&str, &str)> = texts.iter().map(|text| (text.as_str(), font)).collect();
        let together = shown(&all);
        for ((text, _), together) in all.iter().zip(together) {
            // A text of Latin-1 letters in an old font can be meant either way.
            let is_telling = text.chars().any(|c| c > '\u{FF}' && c.is_alphabetic());
            if font.is_empty() || font == "Times New Roman" || is_telling {
                assert_eq!(nfc(text), together, "{font}");
                assert_eq!(shown(&[(text, font)]), [nfc(text)], "{font}");
            }
        }
    }
}

/// A syllable of Vietnamese, in small letters.
fn syllable() -> impl Strategy<Value = String> {
    let parts = (prop::sample::select(ONSETS), prop::sample::select(RIMES), 0usize..6);
    parts.prop_filter_map("tones that the rime cannot have", |(onset, rime, tone)| {
        let at = rime.char_indices().rfind(|(_, c)| super::syllable::TONES.iter().any(|tones| tones[0] == *c))?;
        let toned = super::syllable::TONES.iter().find(|tones| tones[0] == at.1)?[tone];
        let word = format!("{onset}{}{toned}{}", &rime[..at.0], &rime[at.0 + at.1.len_utf8()..]);
        is_syllable(&word).then_some(word)
    })
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec((syllable(), any::<bool>()), 1..8).prop_map(|words| {
        let words = words.into_iter().map(|(word, is_name)| {
            let mut chars = word.chars();
            let first = chars.next().unwrap_or('a');
            // Capitals with tones do not exist in TCVN3.
            let can_rise = first.is_ascii() || first == 'đ';
            if is_name && can_rise { first.to_uppercase().chain(chars).collect() } else { word.clone() }
        });
        words.collect::<Vec<String>>().join(" ")
    })
}

proptest! {
    #[test]
    fn text_in_a_vn_font_comes_back(text in words()) {
        let raw = tcvn3::encode(&text).unwrap();
        prop_assert_eq!(shown(&[(&raw, ".VnTime")]), [text.clone()]);
        let in_capitals = if text.is_ascii() { text.clone() } else { text.to_uppercase() };
        prop_assert_eq!(shown(&[(&raw, ".VnTimeH")]), [in_capitals]);
    }

    #[test]
    fn text_in_a_vni_font_comes_back(text in words()) {
        let raw = vni::encode(&text).unwrap();
        prop_assert_eq!(shown(&[(&raw, "VNI-Times")]), [text.clone()]);
        let loud = text.to_uppercase();
        prop_assert_eq!(shown(&[(&vni::encode(&loud).unwrap(), "VNI-Helve")]), [loud]);
    }

    #[test]
    fn unicode_never_changes_without_an_old_font(texts in prop::collection::vec(words(), 1..12)) {
        let all: Vec<(&str, &str)> = texts.iter().map(|text| (text.as_str(), "Arial")).collect();
        prop_assert_eq!(shown(&all), texts.clone());
    }

    #[test]
    fn no_text_stops_it(texts in prop::collection::vec(("\\PC{0,20}", 0usize..4), 0..6)) {
        let fonts = ["", ".VnTimeH", "VNI-Times", "Arial"];
        let all: Vec<(&str, &str)> = texts.iter().map(|(text, font)| (text.as_str(), fonts[*font])).collect();
        let sheet = sheet(&all);
        let readable = Readable::new(&sheet);
        prop_assert_eq!(readable.sheet.cells.len(), texts.len());
        prop_assert!(readable.issues(&"a".into(), &[]).len() <= 2);
    }
}
