//! What was guessed and may be wrong, in both languages.
//!
//! In:  a guess.
//! Out: the words that stand behind `?` in the comment of a line.

use thidua_model::ValueKind;

/// Something that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The measure follows from words of the label.
    MeasureByWords,
    /// The measure of the line above.
    MeasureOfAbove,
    /// The measure stands in the head of the sheet.
    MeasureOfSheet,
    /// Nothing tells the measure.
    NoMeasure,
    /// The kind follows from words of the label.
    KindByWords(Kind),
    /// Sums over units mean nothing for a mean or a share.
    NotSummed,
    /// A row was taken for a heading though it has cells to fill.
    Heading,
    /// The input cell holds a formula.
    Formula,
    /// The cell holds a value already; it is no input.
    Printed,
    /// The column holds values already; it is no input.
    PrintedColumn(String),
    /// The heading stands twice with nothing above to tell them apart.
    SameHeading(String),
    /// No heading stands above the labels.
    NoLabelHeading,
    /// Words of the head look like the title.
    Title,
    /// The list stands on the tab of a form, at this place, and is read on a tab of its own.
    ListOnForm(String),
    /// A table that stands below a form on its tab, at this place.
    Below(String),
    /// Rows beyond the limit were not looked at.
    TooLong,
}

/// A kind of value, in the words of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind(u8);

impl Kind {
    pub const fn of(kind: ValueKind) -> Self {
        Self(match kind {
            ValueKind::Number => 0,
            ValueKind::Flag => 1,
            ValueKind::Choice => 2,
            ValueKind::Date => 3,
            ValueKind::Text => 4,
        })
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self.0 {
            0 => ("số", "a number"),
            1 => ("có/không", "yes or no"),
            2 => ("chọn trong danh sách", "a choice"),
            3 => ("ngày", "a date"),
            _ => ("chữ", "text"),
        }
    }
}

impl Doubt {
    /// Vietnamese, then English.
    pub fn words(&self) -> (String, String) {
        let both = |vi: &str, en: &str| (vi.to_owned(), en.to_owned());
        match self {
            Self::MeasureByWords => both("đơn vị tính đoán theo chữ của nhãn", "measure guessed by the label's words"),
            Self::MeasureOfAbove => both("đơn vị tính theo dòng trên", "measure of the line above"),
            Self::MeasureOfSheet => both("đơn vị tính chung của biểu", "measure of the whole sheet"),
            Self::NoMeasure => both("biểu không cho biết đơn vị tính", "the form tells no measure"),
            Self::KindByWords(kind) => {
                let (vi, en) = kind.words();
                (format!("đoán là {vi}"), format!("taken for {en}"))
            }
            Self::NotSummed => both("không cộng các đơn vị", "not added up over units"),
            Self::Heading => both("coi là tiêu đề, không có ô nhập", "taken for a heading without an input"),
            Self::Formula => both("ô có công thức", "the cell holds a formula"),
            Self::Printed => both("ô đã in sẵn giá trị, không phải ô nhập", "the cell is printed, no input"),
            Self::PrintedColumn(heading) => (
                format!("cột “{heading}” đã in sẵn, không phải ô nhập"),
                format!("column “{heading}” is printed, no input"),
            ),
            Self::SameHeading(heading) => (
                format!("tiêu đề cột “{heading}” có hai lần, không phân biệt được: hãy đổi tên trong biểu"),
                format!("heading “{heading}” stands twice and cannot be told apart: rename it in the form"),
            ),
            Self::NoLabelHeading => {
                both("cột nhãn không có tiêu đề: hãy thêm vào biểu", "the labels have no heading: add one to the form")
            }
            Self::Title => both("không rõ tên biểu", "the title is not clear"),
            Self::ListOnForm(place) => (
                format!("{place}: danh sách nằm chung trang với biểu nên không đọc được; hãy chuyển sang trang riêng"),
                "the list stands on the tab of a form and is not read there; move it to a tab of its own".to_owned(),
            ),
            Self::Below(place) => (
                format!("{place}: còn bảng khác trên cùng trang, chưa đưa vào bản thảo; hãy tách ra trang riêng"),
                "another table stands on the same tab and is left out of the draft; move it to a tab of its own"
                    .to_owned(),
            ),
            Self::TooLong => {
                both("trang quá dài, chỉ xem phần đầu", "the sheet is too long, only its beginning was looked at")
            }
        }
    }

    /// As the workbook is, something of it is not read: whoever adopts it has to hear of it.
    pub fn is_left_out(&self) -> bool {
        matches!(self, Self::ListOnForm(_) | Self::Below(_))
    }

    /// For the comment of a line.
    pub fn shown(&self) -> String {
        let (vi, en) = self.words();
        format!("{vi} · {en}")
    }
}
