//! One cell to fill in: what may be typed, how it is refused, how a known value is written.

use crate::CellInput;
use crate::check::Content;
use crate::choices::Choices;
use crate::scope::FlagAs;
use crate::style::Inputs;
use rust_xlsxwriter::{
    ColNum, DataValidation, DataValidationRule, ExcelDateTime, Format, RowNum, Worksheet, XlsxError,
};
use thidua_campaign::Campaign;
use thidua_model::{Date, Measure, MeasureId, Text, ValueKind, date};

pub(crate) const YES: &str = "Có";
pub(crate) const NO: &str = "Không";

pub(crate) enum Entry {
    Number {
        decimals: u8,
        /// As shown.
        min: f64,
        max: f64,
        measure: Text,
    },
    YesNo,
    /// `Có` / `Không` or a number of units: a blank for several levels.
    Open,
    Choice(Vec<String>),
    Date,
    Text,
}

/// The same for a check: what a cell must hold.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Number { decimals: u8, min: f64, max: f64 },
    YesNo,
    Open,
    Choice { range: String, words: Vec<String> },
    Date,
    Text,
}

/// The greatest number of units; what the reader believes.
const MOST_UNITS: i64 = 10_000_000;

/// Days from the first day of a spreadsheet's calendar to 1970-01-01.
const SERIAL_OF_1970: i64 = 25_569;

impl Entry {
    pub(crate) fn new(
        campaign: &Campaign,
        kind: ValueKind,
        measure: Option<&MeasureId>,
        choices: &[(Text, Text)],
        flags: FlagAs,
    ) -> Self {
        let number = || {
            let measure = measure.and_then(|id| campaign.measure(id));
            // A number of units is counted in no measure of its own.
            let limits = |measure: &Measure| (measure.decimals, measure.min, measure.max);
            let (decimals, min, max) = match (kind, measure) {
                (ValueKind::Flag, _) | (_, None) => (0, 0, MOST_UNITS),
                (_, Some(measure)) => limits(measure),
            };
            Self::Number {
                decimals,
                min: shown(min, decimals),
                max: shown(max, decimals),
                measure: measure.map_or_else(|| Text::from(""), |Measure { label, .. }| label.clone()),
            }
        };
        match (kind, flags) {
            (ValueKind::Number, _) | (ValueKind::Flag, FlagAs::Number) => number(),
            (ValueKind::Flag, FlagAs::YesNo) => Self::YesNo,
            (ValueKind::Flag, FlagAs::Either) => Self::Open,
            (ValueKind::Choice, _) => Self::Choice(choices.iter().map(|(_, label)| label.to_string()).collect()),
            (ValueKind::Date, _) => Self::Date,
            (ValueKind::Text, _) => Self::Text,
        }
    }

    pub(crate) fn format<'a>(&self, inputs: &'a Inputs) -> &'a Format {
        match self {
            Self::Number { decimals: 0, .. } => &inputs.whole,
            Self::Number { .. } => &inputs.decimal,
            Self::Date => &inputs.date,
            Self::YesNo | Self::Open | Self::Choice(_) => &inputs.word,
            Self::Text => &inputs.text,
        }
    }

    /// The rule of its cells, with messages in Vietnamese; words are free.
    pub(crate) fn rule(&self, choices: &mut Choices) -> Result<Option<DataValidation>, XlsxError> {
        let rule = DataValidation::new();
        let (rule, prompt, message) = match self {
            Self::Number { decimals: 0, min, measure, .. } => (
                rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(whole_limit(*min))),
                format!("Số nguyên{}. Không có thì ghi 0; chưa có số liệu thì để trống.", in_measure(measure)),
                format!(
                    "Chỉ nhập số nguyên, từ {min} trở lên{}, không kèm chữ. Chưa có số liệu thì để trống; không có thì ghi 0.",
                    in_measure(measure)
                ),
            ),
            Self::Number { min, measure, .. } => (
                rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(*min)),
                format!("Số{}, không kèm dấu %. Chưa có số liệu thì để trống.", in_measure(measure)),
                format!(
                    "Chỉ nhập số, từ {min} trở lên{}, không kèm chữ và không kèm dấu %. Chưa có số liệu thì để trống.",
                    in_measure(measure)
                ),
            ),
            Self::YesNo => (
                choices.allow(rule, &[YES.to_owned(), NO.to_owned()])?,
                format!("Chọn {YES} hoặc {NO}."),
                format!("Chỉ chọn {YES} hoặc {NO}."),
            ),
            Self::Choice(words) if !words.is_empty() => (
                choices.allow(rule, words)?,
                "Chọn một mục trong danh sách.".to_owned(),
                "Chỉ chọn một mục trong danh sách của ô này.".to_owned(),
            ),
            Self::Date => (
                rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(1950, 1, 1)?)),
                "Ngày/tháng/năm, ví dụ 05/06/2014.".to_owned(),
                "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/06/2014.".to_owned(),
            ),
            Self::Choice(_) | Self::Open | Self::Text => return Ok(None),
        };
        let rule = rule.ignore_blank(true).set_input_message(prompt)?;
        Ok(Some(rule.set_error_title("Số liệu chưa đúng")?.set_error_message(message)?))
    }

    /// What a check asks of the cell.
    pub(crate) fn shape(&self, choices: &mut Choices) -> Shape {
        match self {
            Self::Number { decimals, min, max, .. } => Shape::Number { decimals: *decimals, min: *min, max: *max },
            Self::YesNo => Shape::YesNo,
            Self::Open => Shape::Open,
            Self::Choice(words) if words.is_empty() => Shape::Text,
            Self::Choice(words) => Shape::Choice { range: choices.range(words), words: words.clone() },
            Self::Date => Shape::Date,
            Self::Text => Shape::Text,
        }
    }

    /// What [`Entry::write`] leaves in the cell.
    pub(crate) fn content(&self, value: &CellInput) -> Content {
        let date = |day: Date| match day.year() >= 1900 {
            true => Content::Number((date::days(day) + SERIAL_OF_1970) as f64),
            false => Content::Text(date::dmy(day).into()),
        };
        match (value, self) {
            (CellInput::Blank, _) => Content::Blank,
            (CellInput::Int(kept), Self::Number { decimals, .. }) => Content::Number(shown(*kept, *decimals)),
            (CellInput::Int(kept @ (0 | 1)), Self::YesNo) => Content::Text(yes_or_no(*kept == 1).into()),
            (CellInput::Int(kept), Self::Choice(words)) => {
                let word = usize::try_from(*kept).ok().and_then(|position| words.get(position));
                word.map_or(Content::Number(*kept as f64), |word| Content::Text(word.as_str().into()))
            }
            (CellInput::Int(kept), Self::Date) => date::from_days(*kept).map_or(Content::Number(*kept as f64), date),
            (CellInput::Int(kept), Self::YesNo | Self::Open | Self::Text) => Content::Number(*kept as f64),
            (CellInput::Number(number), _) => Content::Number(*number),
            (CellInput::Text(text), _) if text.is_empty() => Content::Blank,
            (CellInput::Text(text), _) => Content::Text(text.clone()),
            (CellInput::Date(day), _) => date(*day),
            (CellInput::Flag(flag), _) => Content::Text(yes_or_no(*flag).into()),
        }
    }

    /// Writes the cell: its value if it is known, else the empty cell.
    pub(crate) fn write(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        value: &CellInput,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match (value, self) {
            (CellInput::Blank, _) => sheet.write_blank(row, col, format)?,
            (CellInput::Int(kept), Self::Number { decimals, .. }) => {
                sheet.write_number_with_format(row, col, shown(*kept, *decimals), format)?
            }
            (CellInput::Int(kept @ (0 | 1)), Self::YesNo) => {
                sheet.write_string_with_format(row, col, yes_or_no(*kept == 1), format)?
            }
            (CellInput::Int(kept), Self::Choice(words)) => {
                match usize::try_from(*kept).ok().and_then(|position| words.get(position)) {
                    Some(word) => sheet.write_string_with_format(row, col, word, format)?,
                    None => sheet.write_number_with_format(row, col, *kept as f64, format)?,
                }
            }
            (CellInput::Int(kept), Self::Date) => match date::from_days(*kept) {
                Some(day) => write_date(sheet, row, col, day, format)?,
                None => sheet.write_number_with_format(row, col, *kept as f64, format)?,
            },
            (CellInput::Int(kept), Self::YesNo | Self::Open | Self::Text) => {
                sheet.write_number_with_format(row, col, *kept as f64, format)?
            }
            (CellInput::Number(number), _) => sheet.write_number_with_format(row, col, *number, format)?,
            (CellInput::Text(text), _) if text.is_empty() => sheet.write_blank(row, col, format)?,
            (CellInput::Text(text), _) => sheet.write_string_with_format(row, col, &**text, format)?,
            (CellInput::Date(day), _) => write_date(sheet, row, col, *day, format)?,
            (CellInput::Flag(flag), _) => sheet.write_string_with_format(row, col, yes_or_no(*flag), format)?,
        };
        Ok(())
    }
}

fn write_date<'a>(
    sheet: &'a mut Worksheet,
    row: RowNum,
    col: ColNum,
    day: Date,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    // A spreadsheet's calendar starts in 1900; older dates are kept as words.
    match u16::try_from(day.year()).ok().filter(|year| *year >= 1900) {
        Some(year) => {
            let at = ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)?;
            sheet.write_datetime_with_format(row, col, &at, format)
        }
        None => sheet.write_string_with_format(row, col, date::dmy(day), format),
    }
}

fn yes_or_no(flag: bool) -> &'static str {
    if flag { YES } else { NO }
}

/// A kept integer as people type it: `9550` with two decimals is `95.5`.
fn shown(kept: i64, decimals: u8) -> f64 {
    kept as f64 / 10f64.powi(i32::from(decimals))
}

/// A rule compares with a 32-bit limit; a lower bound beyond it is as good as none.
fn whole_limit(min: f64) -> i32 {
    min.clamp(f64::from(i32::MIN), f64::from(i32::MAX)) as i32
}

fn in_measure(measure: &str) -> String {
    if measure.is_empty() { String::new() } else { format!(" (đơn vị tính: {measure})") }
}
