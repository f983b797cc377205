//! Text from before Unicode becomes Unicode before anything looks at it.
//!
//! In:  a sheet as it was read.
//! Out: the same sheet with every text readable and in NFC, the raw text of each cell that changed,
//!      and one warning for the sheet.
//!
//! TCVN3 and VNI are told by the font of a cell, else by what the words of the sheet are in each
//! encoding. Text that is Vietnamese as it stands is never converted, whatever its font. Letters
//! that are lost (`?`, plain ư) are not guessed here: labels are matched without them
//! (`vocabulary`), and the sheet is warned of.

mod detect;
mod remains;
mod syllable;
mod tcvn3;
mod vni;

use detect::Agreement;
use std::borrow::Cow;
use thidua_model::issue::LegacyEncoding;
use thidua_model::text::nfc;
use thidua_model::{Issue, IssueKind, Place, Text};
use thidua_sheets::{Cell, CellValue, Sheet};

/// How a text was written before it became readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Tcvn3 {
        is_capital: bool,
    },
    Vni,
    /// Unicode with single letters of an old encoding.
    Remains,
    /// Unicode with marks apart; looks the same.
    Apart,
}

/// A sheet whose texts can be read.
pub(crate) struct Readable<'b> {
    pub(crate) sheet: Cow<'b, Sheet>,
    /// In order of cells.
    changes: Vec<Change>,
    /// Cells with `?` inside of words; the first is the example.
    lost: Vec<usize>,
}

struct Change {
    cell: usize,
    raw: Text,
    way: Way,
}

impl<'b> Readable<'b> {
    pub(crate) fn new(sheet: &'b Sheet) -> Self {
        let fonts: Vec<Option<Way>> = sheet.fonts.iter().map(|name| way_of_font(name)).collect();
        let has_fonts = fonts.iter().any(Option::is_some);
        let texts = || sheet.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell, text_of(cell)?)));
        if !has_fonts && !texts().any(|(_, _, text)| is_odd(text)) {
            return Self { sheet: Cow::Borrowed(sheet), changes: Vec::new(), lost: Vec::new() };
        }
        let font_of = |cell: &Cell| fonts.get(usize::from(cell.font)).copied().flatten();
        // Where most texts in old fonts are Unicode all the same, the fonts say nothing of the others.
        let mut agreed = [0usize; 2];
        for (_, cell, text) in texts().filter(|(_, _, text)| !text.is_ascii()) {
            match font_of(cell).map(|way| detect::agreement(text, way)) {
                Some(Agreement::Legacy) => agreed[0] += 1,
                Some(Agreement::Unicode) => agreed[1] += 1,
                Some(Agreement::Either) | None => {}
            }
        }
        let by_font = |text: &str, way: Way| match detect::agreement(text, way) {
            Agreement::Legacy => way.decode(text),
            Agreement::Either if agreed[0] >= agreed[1] => way.decode(text),
            Agreement::Either | Agreement::Unicode => None,
        };
        let by_pattern =
            detect::detect(texts().filter(|(_, cell, _)| font_of(cell).is_none()).map(|(_, _, text)| text));
        let mut changes = Vec::new();
        let mut lost = Vec::new();
        let mut changed: Option<Sheet> = None;
        for (at, cell, text) in texts().filter(|(_, _, text)| !text.is_ascii() || text.contains('?')) {
            let converted = match font_of(cell) {
                Some(way) => by_font(text, way).map(|decoded| (decoded, way)),
                None => by_pattern.decode(text),
            };
            let remains = || remains::mend(text).map(|mended| (mended, Way::Remains));
            let apart = || match nfc(text) {
                Cow::Owned(whole) if whole != *text => Some((whole, Way::Apart)),
                _ => None,
            };
            if let Some((readable, way)) = converted.or_else(remains).or_else(apart)
                && readable != *text
            {
                let sheet = changed.get_or_insert_with(|| sheet.clone());
                sheet.cells[at].value = CellValue::Text(readable.into());
                changes.push(Change { cell: at, raw: text.into(), way });
            } else if has_lost_letters(text) {
                lost.push(at);
            }
        }
        Self { sheet: changed.map_or(Cow::Borrowed(sheet), Cow::Owned), changes, lost }
    }

    /// What stands in the file where the readable text is another.
    pub(crate) fn raw(&self, cell: usize) -> Option<&Text> {
        self.changes.binary_search_by_key(&cell, |change| change.cell).ok().map(|at| &self.changes[at].raw)
    }

    /// One warning for each thing that the sender should know: texts that were converted, and texts
    /// whose letters are gone. `labels`: cells known as a label though they lost letters.
    pub(crate) fn issues(&self, file: &Text, labels: &[usize]) -> Vec<Issue> {
        let mut issues = Vec::new();
        let at = |cell: usize| Place::Cell {
            file: file.clone(),
            sheet: self.sheet.name.clone(),
            cell: self.sheet.cells[cell].at,
        };
        let mut converted = self.changes.iter().filter(|change| change.way != Way::Apart);
        if let Some(first) = converted.clone().next() {
            let is_of =
                |way: Way| move |change: &&Change| std::mem::discriminant(&change.way) == std::mem::discriminant(&way);
            let tcvn3 = converted.clone().any(|change| is_of(Way::Tcvn3 { is_capital: false })(&change));
            let vni = converted.clone().any(|change| is_of(Way::Vni)(&change));
            let encoding = match (tcvn3, vni) {
                (true, true) => LegacyEncoding::Several,
                (true, false) => LegacyEncoding::Tcvn3,
                (false, true) => LegacyEncoding::Vni,
                (false, false) => LegacyEncoding::Remains,
            };
            // An example that shows the encoding, not a letter that remained.
            let example = converted.find(|change| change.way != Way::Remains).unwrap_or(first);
            let read_as = text_of(&self.sheet.cells[example.cell]).unwrap_or("");
            let kind = IssueKind::LegacyText {
                encoding,
                cells: self.changes.iter().filter(|change| change.way != Way::Apart).count() as u32,
                found: short(&example.raw),
                read_as: short(read_as),
            };
            issues.push(Issue::new(kind, at(example.cell)));
        }
        let mut lost: Vec<usize> = self.lost.iter().chain(labels).copied().collect();
        lost.sort_unstable();
        lost.dedup();
        if let Some(&first) = lost.first() {
            let found = self.raw(first).map_or_else(|| text_of(&self.sheet.cells[first]).unwrap_or(""), |raw| raw);
            issues
                .push(Issue::new(IssueKind::LettersLost { cells: lost.len() as u32, found: short(found) }, at(first)));
        }
        issues
    }

    /// Issues quote what stands in the file, not what it was converted to.
    pub(crate) fn quote(&self, issues: &mut [Issue]) {
        if self.changes.is_empty() {
            return;
        }
        for issue in issues.iter_mut().filter(|issue| issue.place.sheet() == Some(&self.sheet.name)) {
            let Some(at) = issue.place.cell() else { continue };
            let found = self.changes.iter().find(|change| self.sheet.cells[change.cell].at == at);
            if let (Some(change), Some(quoted)) = (found, issue.kind.found_mut())
                && let Some(raw) = raw_part(change, text_of(&self.sheet.cells[change.cell]).unwrap_or(""), quoted)
            {
                *quoted = raw;
            }
        }
    }
}

/// The part of the raw text that a quoted part of the readable text came from: all of it, or what
/// stands behind the words of a heading.
fn raw_part(change: &Change, readable: &str, quoted: &str) -> Option<Text> {
    if *quoted == *readable || *quoted == *short(readable) || quoted == readable.trim() {
        return Some(short(change.raw.trim()));
    }
    let starts = change.raw.char_indices().map(|(at, _)| at).take(300);
    starts
        .map(|at| change.raw[at..].trim())
        .find(|part| change.way.decode(part).is_some_and(|decoded| decoded == quoted))
        .map(short)
}

impl Way {
    fn decode(self, text: &str) -> Option<String> {
        match self {
            Self::Tcvn3 { is_capital } => tcvn3::decode(text, is_capital),
            Self::Vni => vni::decode(text),
            Self::Remains => remains::mend(text),
            Self::Apart => Some(nfc(text).into_owned()),
        }
    }
}

/// As issues quote cells: cut to what fits a message.
fn short(text: &str) -> Text {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

fn text_of(cell: &Cell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) => Some(text),
        _ => None,
    }
}

fn way_of_font(name: &str) -> Option<Way> {
    let starts = |with: &str| name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if starts(".Vn") {
        return Some(Way::Tcvn3 { is_capital: name.ends_with('H') });
    }
    starts("VNI").then_some(Way::Vni)
}

/// A mark that stands apart from its letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Signs that a text is not plain Unicode; most sheets have none, and nothing else is looked at.
fn is_odd(text: &str) -> bool {
    if text.is_ascii() {
        return text.contains('?');
    }
    text.chars().any(|c| match c {
        '?' | '\u{FFFD}' | 'μ' | 'ƣ' | 'Ƣ' => true,
        '\u{80}'..='\u{BF}' => !matches!(c, '\u{A0}' | '°' | '²' | '³' | '«' | '»'),
        '\u{C0}'..='\u{FF}' => !"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý".contains(c),
        c => is_mark(c),
    })
}

/// `T?ng s?`: a question mark inside of a word or at its beginning.
fn has_lost_letters(text: &str) -> bool {
    if text.contains('\u{FFFD}') {
        return true;
    }
    if !text.contains('?') || text.contains("://") || text.contains("www.") {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).any(|pair| pair[0] == '?' && pair[1].is_alphabetic())
}

#[cfg(test)]
mod tests;
