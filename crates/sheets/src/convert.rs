//! calamine's values become ours.

use crate::{CellValue, Limits, Refusal};
use calamine::{Data, DataRef, ExcelDateTime};
use jiff::civil::{Date, DateTime};
use thidua_model::Text;
use thidua_model::issue::FileLimit;

/// `None`: an empty cell.
pub(crate) fn value(data: DataRef<'_>, limits: &Limits) -> Result<Option<CellValue>, Refusal> {
    Ok(match data {
        DataRef::Int(number) => Some(CellValue::Number(number as f64)),
        DataRef::Float(number) => Some(float(number)),
        DataRef::String(text) => words(&text, limits)?,
        DataRef::SharedString(text) => words(text, limits)?,
        DataRef::Bool(truth) => Some(CellValue::Bool(truth)),
        DataRef::DateTime(serial) => Some(serial_date(&serial)),
        DataRef::DateTimeIso(text) => Some(iso_date(&text)),
        DataRef::DurationIso(text) => words(&text, limits)?,
        DataRef::Error(error) => Some(CellValue::Error(error.to_string().into())),
        DataRef::Empty => None,
    })
}

pub(crate) fn owned(data: &Data, limits: &Limits) -> Result<Option<CellValue>, Refusal> {
    value(
        match data {
            Data::Int(number) => DataRef::Int(*number),
            Data::Float(number) => DataRef::Float(*number),
            Data::String(text) => DataRef::SharedString(text),
            Data::Bool(truth) => DataRef::Bool(*truth),
            Data::DateTime(serial) => DataRef::DateTime(*serial),
            Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
            Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
            Data::Error(error) => DataRef::Error(error.clone()),
            Data::Empty => DataRef::Empty,
        },
        limits,
    )
}

/// `1E400` and NaN are no numbers of a report: shown as the text that stood in the file.
fn float(number: f64) -> CellValue {
    if number.is_finite() { CellValue::Number(number) } else { CellValue::Error(Text::from(number.to_string())) }
}

fn words(text: &str, limits: &Limits) -> Result<Option<CellValue>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    // Bytes bound characters from above, so that ordinary cells are not counted.
    if text.len() > limits.text_chars {
        let chars = text.chars().count();
        if chars > limits.text_chars {
            return Err(Refusal::Limit {
                limit: FileLimit::CellText,
                found: chars as u64,
                allowed: limits.text_chars as u64,
            });
        }
    }
    Ok(Some(CellValue::Text(text.into())))
}

/// A serial of either date system. A serial outside the calendar, or a duration, stays a number.
fn serial_date(serial: &ExcelDateTime) -> CellValue {
    let number = serial.as_f64();
    if serial.is_duration() || !number.is_finite() || !(0.0..2_958_466.0).contains(&number) {
        return float(number);
    }
    let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
    let date = i16::try_from(year).ok().and_then(|year| {
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(date.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0))
    });
    date.map_or_else(|| float(number), CellValue::Date)
}

/// OpenDocument dates: `2014-11-30` or `2014-11-30T08:15:00`.
fn iso_date(text: &str) -> CellValue {
    let at = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)));
    at.map_or_else(|_| CellValue::Text(text.into()), CellValue::Date)
}
