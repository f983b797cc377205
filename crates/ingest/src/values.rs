//! One cell becomes one value of its field.
//!
//! In:  a cell (or its absence) and what the field asks for.
//! Out: a value, a blank or a refusal, and the issues of the cell.
//!
//! Not here: where the cell is (`locate`), relations between values (`rules`).

use crate::numbers::{Decimal, NumberText, parse, show};
use thidua_model::date::{days, dmy, from_days, parse_date};
use thidua_model::text::fold;
use thidua_model::{Date, IssueKind, Measure, Text, ValueKind};
use thidua_sheets::{Cell, CellValue};

/// What a field wants of its cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) kind: ValueKind,
    pub(crate) measure: Option<&'a Measure>,
    /// As printed beside the cell; a number may repeat it: `12 người`.
    pub(crate) measure_label: &'a str,
    pub(crate) choices: &'a [(Text, Text)],
    /// A yes/no field on the form of a unit above the grassroots: how many units said yes.
    pub(crate) is_count_of_units: bool,
    /// A share that is computed from other lines: a formula is what the form suggests.
    pub(crate) may_be_formula: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading {
    Blank,
    Int(i64),
    Text(Text),
    Rejected,
}

/// A register of more units than this is a typing error.
const MAX_UNITS: i64 = 10_000_000;

/// Reads a cell. Issues go to `issues` in the order in which they were noticed.
pub(crate) fn read_cell(cell: Option<&Cell>, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Reading {
    let Some(cell) = cell else { return Reading::Blank };
    match &cell.value {
        CellValue::Error(found) => return reject(issues, IssueKind::CellError { found: found.clone() }),
        CellValue::Nothing => return reject(issues, IssueKind::FormulaWithoutResult {}),
        CellValue::Text(text) if text.trim().is_empty() => return Reading::Blank,
        _ => {}
    }
    let reading = match asked.kind {
        ValueKind::Flag if asked.is_count_of_units => flag(&cell.value)
            .map(|is_yes| Reading::Int(is_yes.into()))
            .unwrap_or_else(|| number(&cell.value, asked, issues)),
        ValueKind::Number => number(&cell.value, asked, issues),
        ValueKind::Flag => match flag(&cell.value) {
            Some(is_yes) => Reading::Int(is_yes.into()),
            None => reject(issues, IssueKind::NotYesNo { found: found(&cell.value) }),
        },
        ValueKind::Choice => match choice(&cell.value, asked.choices) {
            Some(at) => Reading::Int(at),
            None => {
                let labels: Vec<&str> = asked.choices.iter().map(|(_, label)| &**label).collect();
                reject(issues, IssueKind::NotAChoice { found: found(&cell.value), choices: labels.join("; ").into() })
            }
        },
        ValueKind::Date => date(&cell.value, issues),
        ValueKind::Text => Reading::Text(words(&cell.value)),
    };
    if cell.is_formula && !asked.may_be_formula && !matches!(reading, Reading::Rejected) {
        let read_as = match &reading {
            Reading::Int(_) | Reading::Text(_) => found(&cell.value),
            Reading::Blank | Reading::Rejected => Text::from(""),
        };
        issues.push(IssueKind::FormulaUsed { read_as });
    }
    reading
}

fn reject(issues: &mut Vec<IssueKind>, kind: IssueKind) -> Reading {
    issues.push(kind);
    Reading::Rejected
}

/// The cell as the sender sees it, cut to what fits a message.
pub(crate) fn found(value: &CellValue) -> Text {
    let shown = value.shown();
    match shown.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &shown[..end]).into(),
        None => shown.into(),
    }
}

fn number(value: &CellValue, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Reading {
    let (decimals, min, max) = match asked.measure {
        Some(measure) if !asked.is_count_of_units => (measure.decimals, measure.min, measure.max),
        _ => (0, 0, MAX_UNITS),
    };
    let not_a_number = |issues: &mut Vec<IssueKind>| reject(issues, IssueKind::NotANumber { found: found(value) });
    let mut is_text = false;
    let decimal = match value {
        CellValue::Number(number) => Decimal::from_f64(*number),
        CellValue::Text(text) => {
            is_text = true;
            match parse(text) {
                NumberText::Nothing => Decimal::whole(0),
                NumberText::One { value: decimal, suffix } if is_own_measure(suffix, asked) => decimal,
                NumberText::Either { grouped, decimal, is_dot, suffix } if is_own_measure(suffix, asked) => {
                    let (one, other) = (grouped.kept(decimals.max(3)).0, decimal.kept(decimals.max(3)).0);
                    match (is_dot, decimals) {
                        (true, 0..=2) => grouped,
                        (false, 3..) => decimal,
                        _ => {
                            let kind = IssueKind::AmbiguousNumber {
                                found: found(value),
                                one: show(one, decimals.max(3)).into(),
                                other: show(other, decimals.max(3)).into(),
                            };
                            return reject(issues, kind);
                        }
                    }
                }
                NumberText::TooLong => return reject(issues, out_of_bounds(found(value), decimals, min, max)),
                _ => return not_a_number(issues),
            }
        }
        _ => return not_a_number(issues),
    };
    let (kept, is_exact) = decimal.kept(decimals);
    if !is_exact && decimals == 0 {
        return reject(issues, IssueKind::NotWhole { found: found(value) });
    }
    let Some(kept) = i64::try_from(kept).ok().filter(|kept| (min..=max).contains(kept)) else {
        return reject(issues, out_of_bounds(found(value), decimals, min, max));
    };
    let read_as = || Text::from(show(kept.into(), decimals));
    if is_text {
        issues.push(IssueKind::NumberAsText { found: found(value), read_as: read_as() });
    } else if !is_exact && !asked.may_be_formula {
        issues.push(IssueKind::Rounded { found: found(value), read_as: read_as() });
    }
    Reading::Int(kept)
}

fn out_of_bounds(found: Text, decimals: u8, min: i64, max: i64) -> IssueKind {
    IssueKind::OutOfBounds { found, min: show(min.into(), decimals).into(), max: show(max.into(), decimals).into() }
}

/// `12 người` in a line of người; never `12 triệu` in a line of đồng.
fn is_own_measure(suffix: &str, asked: Asked<'_>) -> bool {
    if suffix.is_empty() {
        return true;
    }
    let labels = [asked.measure_label, asked.measure.map_or("", |measure| &measure.label)];
    if suffix.contains('%') {
        return suffix == "%" && labels.iter().any(|label| label.contains('%'));
    }
    let key = fold(suffix);
    !key.is_empty() && labels.iter().any(|label| fold(label) == key)
}

fn flag(value: &CellValue) -> Option<bool> {
    match value {
        CellValue::Bool(is_yes) => Some(*is_yes),
        CellValue::Number(number) if *number == 1.0 => Some(true),
        CellValue::Number(number) if *number == 0.0 => Some(false),
        CellValue::Text(text) => match text.trim() {
            "✓" | "✔" | "☑" | "☒" | "√" => Some(true),
            "☐" | "□" | "-" | "–" => Some(false),
            text => match fold(text).as_str() {
                "co" | "c" | "x" | "1" | "yes" | "true" | "dung" => Some(true),
                "khong" | "k" | "ko" | "0" | "no" | "false" | "chua" | "khongco" => Some(false),
                _ => None,
            },
        },
        _ => None,
    }
}

/// By label, else by id; up to marks and case.
fn choice(value: &CellValue, choices: &[(Text, Text)]) -> Option<i64> {
    let shown = value.shown();
    let key = fold(&shown);
    if key.is_empty() {
        return None;
    }
    let by_label = choices.iter().position(|(_, label)| **label == *shown.trim() || fold(label) == key);
    by_label.or_else(|| choices.iter().position(|(id, _)| fold(id) == key)).map(|at| at as i64)
}

fn date(value: &CellValue, issues: &mut Vec<IssueKind>) -> Reading {
    let (date, is_retyped) = match value {
        CellValue::Date(at) => (Some(at.date()), false),
        CellValue::Text(text) => (parse_date(text.trim()).or_else(|| spelled_date(text)), false),
        CellValue::Number(serial) => (from_serial(*serial), true),
        _ => (None, false),
    };
    match date {
        Some(date) => {
            if is_retyped {
                issues.push(IssueKind::NumberAsText { found: found(value), read_as: dmy(date).into() });
            }
            Reading::Int(days(date))
        }
        None => reject(issues, IssueKind::NotADate { found: found(value) }),
    }
}

/// A date that lost its format: only serials of the years 1990 to 2050 are believed.
fn from_serial(serial: f64) -> Option<Date> {
    // Day 0 of spreadsheets is 1899-12-30, which makes their invented 1900-02-29 harmless.
    const EPOCH: i64 = 25_569;
    let is_near = serial.fract() == 0.0 && (32_874.0..=55_153.0).contains(&serial);
    is_near.then(|| from_days(serial as i64 - EPOCH))?
}

/// `ngày 20 tháng 02 năm 2014`
fn spelled_date(text: &str) -> Option<Date> {
    let key = fold(text);
    let (day, rest) = key.strip_prefix("ngay").unwrap_or(&key).split_once("thang")?;
    let (month, year) = rest.split_once("nam")?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn words(value: &CellValue) -> Text {
    match value {
        CellValue::Text(text) => {
            let trimmed = text.trim();
            if trimmed.len() == text.len() { text.clone() } else { trimmed.into() }
        }
        other => other.shown().into(),
    }
}
