//! One cell becomes one value of its field.
//!
//! In:  a cell (or its absence) and what the field asks for.
//! Out: a value, a blank, an answer that is no value, or a refusal, and the issues of the cell.
//!
//! Not here: where the cell is (`locate`), relations between values (`rules`), words and formats of
//! answers (`answers`, `numbers`, `suffix`, `dates`, `flags`).

pub mod answers;
pub mod dates;
pub mod flags;
pub mod numbers;
pub mod suffix;

use crate::quote::quote;
use answers::{Answer, answer};
use dates::DateText;
use flags::{Flag, flag};
use numbers::{Decimal, NumberText, has_number, parse, plain, show, show_grouped};
use suffix::{Suffix, suffix};
use thidua_model::date::{days, dmy};
use thidua_model::text::fold;
use thidua_model::{Date, IssueKind, Measure, Text, ValueKind};
use thidua_sheets::{Cell, CellValue};

/// What a field wants of its cell.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub kind: ValueKind,
    pub measure: Option<&'a Measure>,
    /// As printed beside the cell; a number may repeat it: `12 người`.
    pub measure_label: &'a str,
    pub choices: &'a [(Text, Text)],
    /// A yes/no field on the form of a unit above the grassroots: how many units said yes.
    pub is_count_of_units: bool,
    /// A share that is computed from other lines: a formula is what the form suggests.
    pub may_be_formula: bool,
    /// The first and the last day that a date is believed.
    pub dates: (Date, Date),
    /// The font of the cell: in a symbol font letters are marks.
    pub font: Option<&'a str>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    Blank,
    /// Nothing to report: 0.
    Nothing,
    /// The field does not concern the unit: no value, and no gap.
    NotApplicable,
    Int(i64),
    Text(Text),
    Rejected,
    /// A share with two meanings; other figures may tell which.
    Unclear(Box<Unclear>),
}

/// Two readings of one share, as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Unclear {
    /// As it is written.
    pub one: i64,
    pub other: i64,
    pub found: Text,
    pub is_text: bool,
    /// What is wrong when nothing tells.
    pub issue: IssueKind,
}

impl Unclear {
    fn of_text(self) -> Reading {
        Reading::Unclear(Box::new(Self { is_text: true, ..self }))
    }
}

/// A register of more units than this is a typing error.
const MAX_UNITS: i64 = 10_000_000;

/// Reads a cell. Issues go to `issues` in the order in which they were noticed.
pub fn read_cell(cell: Option<&Cell>, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Reading {
    let Some(cell) = cell else { return Reading::Blank };
    match &cell.value {
        CellValue::Error(found) => return reject(issues, IssueKind::CellError { found: found.clone() }),
        CellValue::Nothing => return reject(issues, IssueKind::FormulaWithoutResult {}),
        CellValue::Text(text) if text.trim().is_empty() => return Reading::Blank,
        CellValue::Text(text) => {
            if let Some(reading) = answered(text, asked, issues) {
                return reading;
            }
        }
        _ => {}
    }
    let reading = match asked.kind {
        ValueKind::Flag if asked.is_count_of_units => match flag(&cell.value, asked.font) {
            Flag::Yes => Reading::Int(1),
            Flag::No => Reading::Int(0),
            Flag::Both | Flag::Neither => number(cell, asked, issues),
        },
        ValueKind::Number => number(cell, asked, issues),
        ValueKind::Flag => match flag(&cell.value, asked.font) {
            Flag::Yes => Reading::Int(1),
            Flag::No => Reading::Int(0),
            Flag::Both => reject(issues, IssueKind::YesAndNo { found: found(&cell.value) }),
            Flag::Neither => reject(issues, IssueKind::NotYesNo { found: found(&cell.value) }),
        },
        ValueKind::Choice => match choice(&cell.value, asked.choices) {
            Some(at) => Reading::Int(at),
            None => {
                let labels: Vec<&str> = asked.choices.iter().map(|(_, label)| &**label).collect();
                reject(issues, IssueKind::NotAChoice { found: found(&cell.value), choices: labels.join("; ").into() })
            }
        },
        ValueKind::Date => date(&cell.value, asked.dates, issues),
        ValueKind::Text => Reading::Text(words(&cell.value)),
    };
    if cell.is_formula && !asked.may_be_formula && !matches!(reading, Reading::Rejected) {
        let read_as = match &reading {
            Reading::Int(_) | Reading::Text(_) | Reading::Unclear(_) => found(&cell.value),
            _ => Text::from(""),
        };
        issues.push(IssueKind::FormulaUsed { read_as });
    }
    reading
}

/// `-`, `không phát sinh`, `không áp dụng`: what such an answer means for the field. `None` where
/// the field can hold it as a value of its own.
fn answered(text: &Text, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Option<Reading> {
    let is_count = asked.kind == ValueKind::Number || asked.is_count_of_units;
    if asked.kind == ValueKind::Text || (asked.kind == ValueKind::Choice && choice_of(text, asked.choices).is_some()) {
        return None;
    }
    match answer(text)? {
        Answer::NotApplicable => Some(Reading::NotApplicable),
        Answer::Nothing if is_count => {
            issues.push(IssueKind::NumberAsText { found: quote(text), read_as: "0".into() });
            Some(Reading::Nothing)
        }
        // No, as any other.
        Answer::Nothing if asked.kind == ValueKind::Flag => None,
        // There is no zero among dates and choices: the cell is as good as empty.
        Answer::Nothing => Some(Reading::Blank),
    }
}

/// The text of the cell as it was sent, where the reading does not say the same.
pub fn raw(cell: &Cell, asked: Asked<'_>, reading: &Reading) -> Option<Text> {
    match (&cell.value, reading) {
        (CellValue::Text(text) | CellValue::Error(text), _) => Some(text.clone()),
        (CellValue::Number(number), Reading::Int(kept)) if asked.kind == ValueKind::Number => {
            let decimals = limits(asked).0;
            let is_same = Decimal::from_f64(*number).kept(decimals) == (i128::from(*kept), true);
            (!is_same).then(|| found_in(cell))
        }
        (CellValue::Number(_), Reading::Int(_)) if asked.kind == ValueKind::Date => Some(found(&cell.value)),
        (CellValue::Number(_) | CellValue::Date(_), Reading::Rejected | Reading::Unclear(_)) => Some(found_in(cell)),
        _ => None,
    }
}

fn reject(issues: &mut Vec<IssueKind>, kind: IssueKind) -> Reading {
    issues.push(kind);
    Reading::Rejected
}

/// The cell as the sender sees it, cut to what fits a message.
pub fn found(value: &CellValue) -> Text {
    quote(&value.shown())
}

/// As [`found`]; a number of a percent format with its sign.
fn found_in(cell: &Cell) -> Text {
    match &cell.value {
        CellValue::Number(number) if cell.is_percent => {
            format!("{}%", show(Decimal::from_f64(*number).shifted(2).kept(4).0, 4)).into()
        }
        value => found(value),
    }
}

/// Decimals that are kept, and the bounds of the kept integer.
fn limits(asked: Asked<'_>) -> (u8, i64, i64) {
    match asked.measure {
        Some(measure) if !asked.is_count_of_units => (measure.decimals, measure.min, measure.max),
        _ => (0, 0, MAX_UNITS),
    }
}

fn is_share(asked: Asked<'_>) -> bool {
    !asked.is_count_of_units
        && (asked.measure.is_some_and(|measure| measure.label.contains('%')) || asked.measure_label.contains('%'))
}

/// What a number says beside its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Typed,
    AsText,
    /// `12 triệu đồng`.
    InAnotherMeasure,
}

fn number(cell: &Cell, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Reading {
    let is_share = is_share(asked);
    match &cell.value {
        CellValue::Number(_) if cell.is_percent && !is_share => {
            reject(issues, IssueKind::PercentInCount { found: found_in(cell) })
        }
        // 0.95 stands there as 95 %.
        CellValue::Number(number) if cell.is_percent => {
            keep(Decimal::from_f64(*number).shifted(2), Told::Typed, found_in(cell), asked, issues)
        }
        CellValue::Number(number) => {
            let value = Decimal::from_f64(*number);
            let found = found(&cell.value);
            let is_unclear = is_share && value.is_proper_fraction();
            let readings = if is_unclear { share_or_percent(value, found.clone(), asked) } else { None };
            match readings {
                Some(readings) => Reading::Unclear(Box::new(readings)),
                None => keep(value, Told::Typed, found, asked, issues),
            }
        }
        CellValue::Text(text) => number_in_text(text, is_share, asked, issues),
        _ => reject(issues, IssueKind::NotANumber { found: found(&cell.value) }),
    }
}

fn number_in_text(text: &str, is_share: bool, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Reading {
    let found = quote(text);
    let (decimals, min, max) = limits(asked);
    let plain = plain(text);
    let labels = [asked.measure_label, asked.measure.map_or("", |measure| &measure.label)];
    let number = parse(&plain);
    let behind = match &number {
        NumberText::One { suffix, .. } | NumberText::Either { suffix, .. } => suffix,
        NumberText::Approximate => return reject(issues, IssueKind::ApproximateNumber { found }),
        NumberText::TooLong => return reject(issues, out_of_bounds(found, decimals, min, max)),
        NumberText::NotANumber => return reject(issues, IssueKind::NotANumber { found }),
    };
    let (power, has_sign) = match suffix(behind, labels) {
        Suffix::Own { power } => (power, false),
        Suffix::Percent if is_share => (0, true),
        Suffix::Percent => return reject(issues, IssueKind::PercentInCount { found }),
        Suffix::Other if has_number(behind) => return reject(issues, IssueKind::SeveralNumbers { found }),
        Suffix::Other => return reject(issues, IssueKind::NotANumber { found }),
    };
    let told = if power == 0 { Told::AsText } else { Told::InAnotherMeasure };
    match number {
        NumberText::Either { grouped, decimal, is_dot, .. } => {
            let (grouped, decimal) = (grouped.shifted(power), decimal.shifted(power));
            let shown = |value: Decimal| Text::from(show(value.kept(decimals.max(3)).0, decimals.max(3)));
            match (is_dot, decimals) {
                // 1.234 millions, or 1 million and 234 thousands; 37.512 % or 37512 %.
                _ if power != 0 || is_share => {
                    let issue =
                        IssueKind::AmbiguousNumber { found: found.clone(), one: shown(grouped), other: shown(decimal) };
                    match unclear(grouped, decimal, found, issue.clone(), asked).filter(|_| is_share) {
                        Some(readings) => readings.of_text(),
                        None => reject(issues, issue),
                    }
                }
                (true, 0..=2) => keep(grouped, told, found, asked, issues),
                (false, 3..) => keep(decimal, told, found, asked, issues),
                _ => {
                    let (one, other) = (shown(grouped), shown(decimal));
                    reject(issues, IssueKind::AmbiguousNumber { found, one, other })
                }
            }
        }
        NumberText::One { value, .. } => {
            let value = value.shifted(power);
            let reading = match is_share && !has_sign && value.is_proper_fraction() {
                true => share_or_percent(value, found.clone(), asked),
                false => None,
            };
            match reading {
                Some(readings) => readings.of_text(),
                None => keep(value, told, found, asked, issues),
            }
        }
        _ => reject(issues, IssueKind::NotANumber { found }),
    }
}

/// 0.95 in a line of percents: 0.95 %, or 95 %.
fn share_or_percent(value: Decimal, found: Text, asked: Asked<'_>) -> Option<Unclear> {
    let decimals = limits(asked).0;
    let shown = |value: Decimal| Text::from(show(value.kept(decimals).0, decimals));
    let whole = value.shifted(2);
    let issue = IssueKind::ShareUnclear { found: found.clone(), one: shown(value), other: shown(whole) };
    unclear(value, whole, found, issue, asked)
}

/// `None` when one of the readings cannot be kept: then there is only the plain one.
fn unclear(one: Decimal, other: Decimal, found: Text, issue: IssueKind, asked: Asked<'_>) -> Option<Unclear> {
    let (decimals, min, max) = limits(asked);
    let kept = |value: Decimal| i64::try_from(value.kept(decimals).0).ok().filter(|kept| (min..=max).contains(kept));
    let (one, other, is_text) = (kept(one)?, kept(other)?, false);
    Some(Unclear { one, other, found, is_text, issue })
}

/// Bounds and decimals of the measure.
fn keep(value: Decimal, told: Told, found: Text, asked: Asked<'_>, issues: &mut Vec<IssueKind>) -> Reading {
    let (decimals, min, max) = limits(asked);
    let (kept, is_exact) = value.kept(decimals);
    if !is_exact && decimals == 0 {
        return reject(issues, IssueKind::NotWhole { found });
    }
    let Some(kept) = i64::try_from(kept).ok().filter(|kept| (min..=max).contains(kept)) else {
        return reject(issues, out_of_bounds(found, decimals, min, max));
    };
    match told {
        Told::AsText => {
            issues.push(IssueKind::NumberAsText { found, read_as: show(kept.into(), decimals).into() });
        }
        Told::InAnotherMeasure => {
            issues.push(IssueKind::NumberScaled { found, read_as: show_grouped(kept.into(), decimals).into() });
        }
        Told::Typed if !is_exact && !asked.may_be_formula => {
            issues.push(IssueKind::Rounded { found, read_as: show(kept.into(), decimals).into() });
        }
        Told::Typed => {}
    }
    Reading::Int(kept)
}

fn out_of_bounds(found: Text, decimals: u8, min: i64, max: i64) -> IssueKind {
    IssueKind::OutOfBounds { found, min: show(min.into(), decimals).into(), max: show(max.into(), decimals).into() }
}

/// By label, else by id; up to marks and case.
fn choice(value: &CellValue, choices: &[(Text, Text)]) -> Option<i64> {
    choice_of(&value.shown(), choices)
}

fn choice_of(shown: &str, choices: &[(Text, Text)]) -> Option<i64> {
    let key = fold(shown);
    if key.is_empty() {
        return None;
    }
    let by_label = choices.iter().position(|(_, label)| **label == *shown.trim() || fold(label) == key);
    by_label.or_else(|| choices.iter().position(|(id, _)| fold(id) == key)).map(|at| at as i64)
}

fn date(value: &CellValue, (first, last): (Date, Date), issues: &mut Vec<IssueKind>) -> Reading {
    let found = found(value);
    let (date, is_supplied) = match value {
        CellValue::Date(at) => (at.date(), false),
        CellValue::Text(text) => match dates::parse(text) {
            DateText::Full(date) => (date, false),
            DateText::ShortYear(date) => (date, true),
            DateText::MonthFirst(date) => {
                return reject(issues, IssueKind::MonthFirst { found, read_as: dmy(date).into() });
            }
            DateText::NotADate => return reject(issues, IssueKind::NotADate { found }),
        },
        CellValue::Number(serial) => match dates::from_serial(*serial) {
            Some(date) => (date, true),
            None => return reject(issues, IssueKind::NotADate { found }),
        },
        _ => return reject(issues, IssueKind::NotADate { found }),
    };
    if date < first || date > last {
        return reject(issues, IssueKind::OutOfBounds { found, min: dmy(first).into(), max: dmy(last).into() });
    }
    if is_supplied {
        issues.push(IssueKind::DateRead { found, read_as: dmy(date).into() });
    }
    Reading::Int(days(date))
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

#[cfg(test)]
mod tests;
