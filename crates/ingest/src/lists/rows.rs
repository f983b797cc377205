//! What each row below the headings of a list is.
//!
//! In:  a scanned sheet and where a list's columns are.
//! Out: a [`RowKind`] for each row, top down: objects, totals, sub-headings, headings of the next
//!      page, rows of column numbers, hints; and where the list ends.
//!
//! Nothing that is an object is lost, and nothing else becomes one: a row that could be both is said
//! to be unclear.
//!
//! Not here: values of objects (`list_sheet`), what totals say (`list_totals`).

use super::find::{ListFound, match_again};
use crate::plan::Plan;
use crate::scan::Scan;
use std::ops::Range;
use thidua_campaign::List;
use thidua_model::CellRef;
use thidua_model::text::fold;
use thidua_texts::head::labelled;

/// Columns before the first one in which the number of a row can be merged downwards.
const NUMBER_COLUMNS: u32 = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowKind {
    Object,
    /// `Cộng`, `Tổng cộng`, `Tổng số`.
    Total,
    /// `I. Tập thể`.
    Group,
    /// Headings printed again, column numbers, hints, the sheet's head printed again.
    Template,
    /// A number printed beside an empty row.
    Ruled,
    /// The second row of an object whose number is merged over several rows.
    Continued,
    /// One name alone between objects: an object or a heading.
    Unclear,
    /// Nothing of the list: notes, stray texts.
    Outside,
}

/// A row of a list.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) row: u32,
    pub(crate) cells: Range<usize>,
    pub(crate) kind: RowKind,
    /// Aligned with the list's columns; other columns than above after a heading that moved them.
    pub(crate) columns: Vec<Option<u32>>,
}

/// What stands before the first column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    None,
    /// `1`, `1.`, `01`, `1.2`, `1)`.
    Digits,
    /// `I`, `A`, `a)`.
    Letters,
    /// `VD`: an example.
    Example,
}

/// The rows of a list to its end: the signatures, the headings of another list, or the last cell.
pub(crate) fn list_rows(plan: &Plan<'_>, scan: &Scan<'_>, found: &ListFound) -> Vec<Row> {
    let list_plan = &plan.lists[found.list];
    let list = &plan.campaign.forms[list_plan.form].lists[list_plan.list];
    let mut rows: Vec<Row> = Vec::new();
    let mut columns = found.columns.clone();
    let all = || scan.rows().filter(|(row, _)| *row > found.last && found.end.is_none_or(|end| *row < end));
    let is_numbered_list = all().any(|(_, cells)| {
        let row = View::new(scan, list, &found.columns, cells);
        row.number() == Number::Digits && row.filled() > 0 && !row.is_column_numbers()
    });
    let mut is_below_heading = true;
    let mut heading_end = found.last;
    let mut is_after_total = false;
    for (at, cells) in all() {
        let row = View::new(scan, list, &columns, cells.clone());
        let is_of_heading = at <= heading_end;
        let mut push = |kind, columns: &Vec<Option<u32>>| {
            rows.push(Row { row: at, cells: cells.clone(), kind, columns: columns.clone() });
        };
        if row.is_blank() {
            continue;
        }
        let number = row.number();
        if number != Number::Digits {
            if row.is_footer() {
                break;
            }
            if let Some(again) = match_again(plan, scan, found.list, at) {
                columns = again.columns;
                heading_end = again.last;
                (is_below_heading, is_after_total) = (true, false);
                push(RowKind::Template, &columns);
                continue;
            }
            if is_of_heading || row.is_head_again(&list_plan.title) || number == Number::Example || row.is_hint() {
                push(RowKind::Template, &columns);
                continue;
            }
            if row.is_total() {
                is_after_total = true;
                is_below_heading = false;
                push(RowKind::Total, &columns);
                continue;
            }
        }
        if is_below_heading && row.is_column_numbers() {
            push(RowKind::Template, &columns);
            continue;
        }
        let kind = row.kind(number, is_numbered_list, is_after_total);
        is_below_heading &= !matches!(kind, RowKind::Object | RowKind::Group | RowKind::Ruled);
        is_after_total &= kind != RowKind::Group;
        push(kind, &columns);
    }
    settle_unclear(&mut rows);
    rows
}

/// A name alone is unclear between objects; below the last one it is a note.
fn settle_unclear(rows: &mut [Row]) {
    let objects: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].kind == RowKind::Object).collect();
    let (first, last) = (objects.first().copied(), objects.last().copied());
    for (at, row) in rows.iter_mut().enumerate() {
        let is_inside = first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
        if row.kind == RowKind::Unclear && !is_inside {
            row.kind = RowKind::Outside;
        }
    }
}

/// One row as it is looked at.
struct View<'a, 's> {
    scan: &'a Scan<'s>,
    list: &'a List,
    columns: &'a [Option<u32>],
    cells: Range<usize>,
    first: u32,
}

impl<'a, 's> View<'a, 's> {
    fn new(scan: &'a Scan<'s>, list: &'a List, columns: &'a [Option<u32>], cells: Range<usize>) -> Self {
        let first = columns.iter().flatten().min().copied().unwrap_or(0);
        Self { scan, list, columns, cells, first }
    }

    fn shown(&self, index: usize) -> String {
        self.scan.cell(index).value.shown().trim().to_owned()
    }

    fn is_blank(&self) -> bool {
        self.cells.clone().all(|index| self.shown(index).is_empty() && !self.scan.cell(index).is_formula)
    }

    /// Dots and strokes are printed to be written over.
    fn is_filled(&self, col: u32) -> bool {
        let is_own = |index: &usize| self.scan.cell(*index).at.col == col && !self.scan.is_covered(*index);
        let mut own = self.cells.clone().filter(is_own);
        own.any(|index| self.shown(index).contains(|c: char| !matches!(c, '.' | '…' | '_' | '-' | '–' | ' ')))
    }

    fn filled(&self) -> usize {
        self.columns.iter().flatten().filter(|&&col| self.is_filled(col)).count()
    }

    fn required_filled(&self) -> (usize, usize) {
        let wanted = self.list.columns.iter().zip(self.columns).filter(|(column, _)| column.required);
        let all = wanted.clone().count();
        (wanted.filter(|(_, col)| col.is_some_and(|col| self.is_filled(col))).count(), all)
    }

    fn number(&self) -> Number {
        let mut left = self.cells.clone().filter(|&index| self.scan.cell(index).at.col < self.first);
        let text = left.find_map(|index| Some(self.shown(index)).filter(|text| !text.is_empty()));
        text.map_or(Number::None, |text| number_of(&text))
    }

    fn first_text(&self) -> Option<&'s str> {
        self.cells.clone().find_map(|index| self.scan.text(index))
    }

    fn is_total(&self) -> bool {
        self.first_text().is_some_and(is_total)
    }

    /// Signatures, or the line of place and date above them.
    fn is_footer(&self) -> bool {
        let Some(text) = self.first_text().filter(|text| text.chars().count() <= 80) else { return false };
        let key = fold(text);
        let begins = ["nguoilap", "tmban", "tmbch", "noinhan", "kyghiro", "kyten", "thutruong", "xacnhancua"];
        let is_date = || {
            ["ngay", "thang", "nam"].iter().all(|word| key.contains(word))
                && self.required_filled().0 <= 1
                && self.filled() <= 1
        };
        key == "chutich" || begins.iter().any(|word| key.starts_with(word)) || is_date()
    }

    /// Title, sender or superior, printed again on the next page.
    fn is_head_again(&self, title: &str) -> bool {
        self.first_text().is_some_and(|text| {
            let key = fold(text);
            key == title || labelled(text, &key).iter().any(|labelled| labelled.is_told)
        })
    }

    /// Every text in brackets: what to write there.
    fn is_hint(&self) -> bool {
        let mut texts = self.cells.clone().map(|index| self.shown(index)).filter(|text| !text.is_empty()).peekable();
        let is_words = |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        texts.peek().is_some() && texts.all(|text| text.starts_with('(') && text.ends_with(')') && is_words(&text))
    }

    /// `(1) (2) (3)`, `A B 1 2`: columns numbered below the headings.
    fn is_column_numbers(&self) -> bool {
        let shown: Vec<String> =
            self.cells.clone().map(|index| self.shown(index)).filter(|it| !it.is_empty()).collect();
        let mut next = 1;
        let mut letter = 'A';
        shown.len() >= 2.max(self.columns.iter().flatten().count().min(3))
            && shown.iter().all(|text| {
                let bare = text.trim_start_matches(['(', '[']);
                let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
                if bare.trim_end_matches([')', ']']) == letter.to_string() && next == 1 {
                    letter = char::from(letter as u8 + 1);
                    return true;
                }
                next += 1;
                let tail = bare[digits.len()..].trim_start_matches([')', ']']).trim_start();
                digits.parse() == Ok(next - 1) && (tail.is_empty() || tail.starts_with('='))
            })
    }

    fn kind(&self, number: Number, is_numbered_list: bool, is_after_total: bool) -> RowKind {
        let filled = self.filled();
        let (required, demanded) = self.required_filled();
        let enough = 2.min(self.columns.iter().flatten().count());
        if self.is_continued() {
            return RowKind::Continued;
        }
        match number {
            Number::Digits if filled == 0 => RowKind::Ruled,
            Number::Digits => RowKind::Object,
            Number::Letters if is_numbered_list || filled < enough => RowKind::Group,
            _ if filled >= enough && (required == demanded || (required > 0 && !is_after_total)) => RowKind::Object,
            _ if filled == 1 && self.is_group_title() => RowKind::Group,
            _ if filled == 1 && required == 1 && !is_after_total => RowKind::Unclear,
            // A heading merged from the first column on.
            _ if filled == 0 && self.is_group_title() => RowKind::Group,
            _ => RowKind::Outside,
        }
    }

    /// `I. Tập thể`, `A) Khối hành chính`, `* Nữ`.
    fn is_group_title(&self) -> bool {
        self.first_text().is_some_and(|text| {
            let (mark, _) = text.split_once(['.', ')', '/', '-']).unwrap_or(("", ""));
            number_of(mark) == Number::Letters || text.starts_with(['*', '+', '-']) || text.ends_with(':')
        })
    }

    /// The number that stands before the row is merged downwards from above.
    fn is_continued(&self) -> bool {
        let Some(at) = self.cells.clone().next().map(|index| self.scan.cell(index).at) else { return false };
        self.first > 0
            && (self.first.saturating_sub(NUMBER_COLUMNS)..self.first).any(|col| {
                let here = CellRef::new(at.row, col);
                let area = self.scan.merged_at(here).filter(|area| area.first.row < at.row);
                area.is_some_and(|area| area.last.col < self.first && self.scan.find(area.first).is_some())
            })
    }
}

fn number_of(text: &str) -> Number {
    let key = fold(text);
    if ["vd", "vidu", "mau"].contains(&key.as_str()) {
        return Number::Example;
    }
    let bare = text.trim_end_matches(['.', ')', '/', ':', '-']).trim_start_matches('(');
    let is_digits = !bare.is_empty() && bare.split('.').all(|part| part.parse::<u32>().is_ok());
    let is_roman = !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| "IVXivx".contains(c));
    let is_letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_alphabetic());
    match () {
        () if is_digits => Number::Digits,
        () if is_roman || is_letter => Number::Letters,
        () => Number::None,
    }
}

/// `Cộng`, `Tổng cộng (I+II)`, `Tổng số: 5 nhà`, `Cộng mục I`; never `Tổng công ty …`.
fn is_total(text: &str) -> bool {
    if text.chars().count() > 60 {
        return false;
    }
    let head = text.split_once(':').map_or(text, |(head, _)| head);
    let words: Vec<String> =
        head.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let tail = match words.as_slice() {
        // With its marks, so that it is no `Tổng công ty`.
        ["tong", "cong", tail @ ..] if head.to_lowercase().contains("tổng cộng") => return tail.len() <= 3,
        ["tong", "cong", tail @ ..] | ["cong", "tong", tail @ ..] => tail,
        // `Tổng số nhà`, `Tổng số người`.
        ["tong", "so", tail @ ..] => return tail.len() <= 3,
        ["cong" | "tong", tail @ ..] => tail,
        _ => return false,
    };
    let is_part = |word: &str| {
        ["muc", "nhom", "phan", "trang", "toan", "tinh", "don", "vi", "i", "ii", "iii", "iv", "v"].contains(&word)
            || word.parse::<u32>().is_ok()
            || word.chars().count() == 1
    };
    tail.iter().all(|word| is_part(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_told_from_names_that_begin_like_one() {
        for (text, expected) in [
            ("Cộng", true),
            ("Tổng cộng:", true),
            ("TỔNG SỐ", true),
            ("Tổng cộng (I+II)", true),
            ("Tổng cộng: 3 nhà", true),
            ("Tổng số nhà", true),
            ("Cộng mục I", true),
            ("Cộng trang 1", true),
            ("Tổng công ty Điện lực", false),
            ("Công trình cầu Ea Kar", false),
            ("Cộng đồng buôn Tría", false),
            ("Công ty: cà phê", false),
            ("Nguyễn Văn Tổng", false),
        ] {
            assert_eq!(is_total(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_row_is_a_number_a_letter_or_an_example() {
        for (text, expected) in [
            ("1", Number::Digits),
            ("01.", Number::Digits),
            ("1.2", Number::Digits),
            ("3)", Number::Digits),
            ("II", Number::Letters),
            ("A.", Number::Letters),
            ("b)", Number::Letters),
            ("VD", Number::Example),
            ("Ví dụ:", Number::Example),
            ("x1", Number::None),
            ("", Number::None),
        ] {
            assert_eq!(number_of(text), expected, "{text}");
        }
    }
}
