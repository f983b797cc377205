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
mod phrases;
mod remains;
mod syllable;
mod tcvn3;
mod vni;

use crate::quote::quote;
use detect::Agreement;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use thidua_model::issue::LegacyEncoding;
use thidua_model::text::nfc;
use thidua_model::{Issue, IssueKind, Place, Text};
use thidua_sheets::{Cell, CellValue, Sheet};

/// Texts below this many bytes are looked at again rather than remembered.
const SHORT: usize = 200;

/// How a text was written before it became readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    Tcvn3 {
        is_capital: bool,
    },
    Vni,
    /// Unicode with single letters of an old encoding.
    Remains,
    /// Unicode with marks apart; looks the same.
    Apart,
    /// The words of a head, of which letters were lost.
    Restored,
}

/// A sheet whose texts can be read.
pub struct Readable<'b> {
    pub sheet: Cow<'b, Sheet>,
    /// In order of cells.
    changes: Vec<Change>,
    /// Cells with `?` inside of words; the first is the example.
    lost: Vec<usize>,
}

/// A text and what its font says.
struct Written<'t> {
    text: &'t str,
    font: Option<Way>,
}

/// What becomes of a text.
enum Now {
    Same,
    /// It stays, without letters that nobody can restore.
    Lost,
    Changed(Text, Way),
}

/// What was told of all texts of a sheet together.
struct Encodings {
    by_pattern: detect::Pattern,
    /// Of the texts that agree or disagree with an old font, more agree.
    is_font_true: bool,
}

impl Encodings {
    fn of(texts: &[Written<'_>]) -> Self {
        // Where most texts in old fonts are Unicode all the same, the fonts say nothing of the others.
        let agreements = texts.iter().filter_map(|it| Some(detect::agreement(it.text, it.font?)));
        let (mut legacy, mut unicode) = (0usize, 0usize);
        for agreement in agreements {
            legacy += usize::from(agreement == Agreement::Legacy);
            unicode += usize::from(agreement == Agreement::Unicode);
        }
        let without_font = texts.iter().filter(|it| it.font.is_none()).map(|it| it.text);
        Self { by_pattern: detect::detect(without_font), is_font_true: legacy >= unicode }
    }

    fn read(&self, it: &Written<'_>) -> Now {
        if !may_change(it.text) {
            return Now::Same;
        }
        let from_old = match it.font {
            Some(way) => match detect::agreement(it.text, way) {
                Agreement::Legacy => way.decode(it.text),
                Agreement::Either if self.is_font_true => way.decode(it.text),
                Agreement::Either | Agreement::Unicode => None,
            }
            .map(|decoded| (decoded, way)),
            None => self.by_pattern.decode(it.text),
        };
        let remains = || remains::mend(it.text).map(|mended| (mended, Way::Remains));
        let apart = || match nfc(it.text) {
            Cow::Owned(whole) => Some((whole, Way::Apart)),
            Cow::Borrowed(_) => None,
        };
        let restored = || phrases::restore(it.text).map(|restored| (restored, Way::Restored));
        match from_old.or_else(remains).or_else(restored).or_else(apart) {
            Some((readable, way)) if readable != it.text => Now::Changed(readable.into(), way),
            _ if has_lost_letters(it.text) => Now::Lost,
            _ => Now::Same,
        }
    }
}

struct Change {
    cell: usize,
    raw: Text,
    way: Way,
}

impl<'b> Readable<'b> {
    pub fn new(sheet: &'b Sheet) -> Self {
        let fonts: Vec<Option<Way>> = sheet.fonts.iter().map(|name| way_of_font(name)).collect();
        // One text can stand in a million cells; it is looked at once for each way.
        let mut seen: HashSet<(usize, Option<Way>)> = HashSet::new();
        let mut texts: Vec<Written<'_>> = Vec::new();
        let mut is_odd_sheet = false;
        for cell in &sheet.cells {
            let Some(text) = text_of(cell) else { continue };
            let font = fonts.get(usize::from(cell.font)).copied().flatten();
            let is_new = text.len() < SHORT || seen.insert((text.as_ptr() as usize, font));
            if is_new && may_change(text) {
                is_odd_sheet |= font.is_some() || is_odd(text);
                texts.push(Written { text, font });
            }
        }
        if !is_odd_sheet {
            return Self { sheet: Cow::Borrowed(sheet), changes: Vec::new(), lost: Vec::new() };
        }
        Self::convert(sheet, &fonts, &texts)
    }

    fn convert(sheet: &'b Sheet, fonts: &[Option<Way>], texts: &[Written<'_>]) -> Self {
        let encodings = Encodings::of(texts);
        let mut known: HashMap<(usize, Option<Way>), Now> = HashMap::new();
        let mut readable = Self { sheet: Cow::Borrowed(sheet), changes: Vec::new(), lost: Vec::new() };
        for (at, cell) in sheet.cells.iter().enumerate() {
            let CellValue::Text(text) = &cell.value else { continue };
            let font = fonts.get(usize::from(cell.font)).copied().flatten();
            let written = Written { text, font };
            let now = known.entry((text.as_ptr() as usize, font)).or_insert_with(|| encodings.read(&written));
            match now {
                Now::Same => {}
                Now::Lost => readable.lost.push(at),
                Now::Changed(now, way) => {
                    readable.sheet.to_mut().cells[at].value = CellValue::Text(now.clone());
                    readable.changes.push(Change { cell: at, raw: text.clone(), way: *way });
                    if *way == Way::Restored {
                        readable.lost.push(at);
                    }
                }
            }
        }
        readable
    }

    /// What stands in the file where the readable text is another.
    pub fn raw(&self, cell: usize) -> Option<&Text> {
        self.changes.binary_search_by_key(&cell, |change| change.cell).ok().map(|at| &self.changes[at].raw)
    }

    /// One warning for each thing that the sender should know: texts that were converted, and texts
    /// whose letters are gone. `labels`: cells known as a label though they lost letters.
    pub fn issues(&self, file: &Text, labels: &[usize]) -> Vec<Issue> {
        let mut issues = Vec::new();
        let at = |cell: usize| Place::Cell {
            file: file.clone(),
            sheet: self.sheet.name.clone(),
            cell: self.sheet.cells[cell].at,
        };
        let is_converted = |change: &&Change| !matches!(change.way, Way::Apart | Way::Restored);
        let mut converted = self.changes.iter().filter(is_converted);
        if let Some(first) = converted.clone().next() {
            let tcvn3 = converted.clone().any(|change| matches!(change.way, Way::Tcvn3 { .. }));
            let vni = converted.clone().any(|change| change.way == Way::Vni);
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
                cells: self.changes.iter().filter(is_converted).count() as u32,
                found: quote(&example.raw),
                read_as: quote(read_as),
            };
            issues.push(Issue::new(kind, at(example.cell)));
        }
        let mut lost: Vec<usize> = self.lost.iter().chain(labels).copied().collect();
        lost.sort_unstable();
        lost.dedup();
        if let Some(&first) = lost.first() {
            let found = self.raw(first).map(|raw| &**raw).or_else(|| text_of(&self.sheet.cells[first])).unwrap_or("");
            issues
                .push(Issue::new(IssueKind::LettersLost { cells: lost.len() as u32, found: quote(found) }, at(first)));
        }
        issues
    }

    /// Issues quote what stands in the file, not what it was converted to.
    pub fn quote(&self, issues: &mut [Issue]) {
        if self.changes.is_empty() {
            return;
        }
        for issue in issues.iter_mut().filter(|issue| issue.place.sheet() == Some(&self.sheet.name)) {
            let Some(at) = issue.place.cell() else { continue };
            let Ok(cell) = self.sheet.cells.binary_search_by_key(&at, |cell| cell.at) else { continue };
            let change = self.changes.binary_search_by_key(&cell, |change| change.cell).map(|at| &self.changes[at]);
            if let (Ok(change), Some(found)) = (change, issue.kind.found_mut())
                && let Some(raw) = raw_part(change, text_of(&self.sheet.cells[cell]).unwrap_or(""), found)
            {
                *found = raw;
            }
        }
    }
}

/// The part of the raw text that a quoted part of the readable text came from: all of it, or what
/// stands behind the words of a heading.
fn raw_part(change: &Change, readable: &str, quoted: &str) -> Option<Text> {
    if *quoted == *readable || *quoted == *quote(readable) || quoted == readable.trim() {
        return Some(quote(change.raw.trim()));
    }
    if change.raw.len() > 1_000 {
        return None;
    }
    let starts = change.raw.char_indices().map(|(at, _)| at);
    starts
        .map(|at| change.raw[at..].trim())
        .find(|part| change.way.decode(part).is_some_and(|decoded| decoded == quoted))
        .map(quote)
}

impl Way {
    fn decode(self, text: &str) -> Option<String> {
        match self {
            Self::Tcvn3 { is_capital } => tcvn3::decode(text, is_capital),
            Self::Vni => vni::decode(text),
            Self::Remains => remains::mend(text),
            Self::Apart => Some(nfc(text).into_owned()),
            // What stands behind the words that were restored.
            Self::Restored => Some(text.to_owned()),
        }
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

/// Plain ASCII without `?` is what it is.
fn may_change(text: &str) -> bool {
    !text.is_ascii() || text.contains('?')
}

/// Signs that a text is not plain Unicode; most sheets have none, and nothing else is looked at.
fn is_odd(text: &str) -> bool {
    text.chars().any(|c| match c {
        '\0'..='\x7F' => c == '?',
        '\u{80}'..='\u{BF}' => !matches!(c, '\u{A0}' | '°' | '²' | '³' | '«' | '»'),
        '\u{C0}'..='\u{FF}' => (VIETNAMESE >> (c as u32 - 0xC0)) & 1 == 0,
        '\u{FFFD}' | 'μ' | 'ƣ' | 'Ƣ' => true,
        c => is_mark(c),
    })
}

/// Letters of Vietnamese from U+00C0 on, a bit for each.
const VIETNAMESE: u64 = {
    const LETTERS: [char; 16] = ['À', 'Á', 'Â', 'Ã', 'È', 'É', 'Ê', 'Ì', 'Í', 'Ò', 'Ó', 'Ô', 'Õ', 'Ù', 'Ú', 'Ý'];
    let mut bits = 0;
    let mut at = 0;
    while at < LETTERS.len() {
        // Small letters stand 0x20 places behind.
        bits |= (1 | (1 << 0x20)) << (LETTERS[at] as u32 - 0xC0);
        at += 1;
    }
    bits
};

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
