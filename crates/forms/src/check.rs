//! Live checks: a formula beside each line that gives a tick, or what is wrong with its cells.
//!
//! In:  the input cells of all sheets of a workbook, with what stands in them, and the rules between them.
//! Out: for each line the formula and the result that it has as the workbook is written.
//!
//! The result is computed here by the same steps as the formula: a program that shows a workbook without
//! computing it, as telephones do, shows what is true. Only functions of Excel 97 are used.
//!
//! Not here: where the checks stand (`aside`), what the reader says of a report (`ingest`), which judges
//! more than a formula can.

use crate::entry::Shape;
use crate::rule::LiveRule;
use crate::words::{self, GOOD};
use rust_xlsxwriter::{ColNum, RowNum, utility};
use thidua_model::{FieldIx, Text};

/// What stands in an input cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Blank,
    /// Dates are serial numbers, as in the file.
    Number(f64),
    Text(Text),
}

/// An input cell of a form.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) tab: Text,
    pub(crate) row: RowNum,
    pub(crate) col: ColNum,
    pub(crate) field: FieldIx,
    pub(crate) shape: Shape,
    pub(crate) content: Content,
    pub(crate) label: Text,
    pub(crate) tt: Text,
    /// An empty cell is told.
    pub(crate) is_wanted: bool,
    /// The cell of the section's tick, where that answers an empty cell.
    pub(crate) nil: Option<(RowNum, ColNum)>,
    /// The cell with the value of the period before, and that value as it is kept.
    pub(crate) last: Option<(ColNum, i64)>,
}

impl Input {
    /// The cell as a formula on the sheet `tab` names it.
    pub(crate) fn seen_from(&self, tab: &str, col: ColNum) -> String {
        let cell = utility::row_col_to_cell(self.row, col);
        if *self.tab == *tab { cell } else { format!("'{}'!{cell}", self.tab.replace('\'', "''")) }
    }
}

/// A formula and what it gives now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    pub(crate) formula: String,
    pub(crate) result: String,
}

/// The check of a line: the first thing that is wrong with its cells, left to right. `None` for a line that may
/// stay empty and take any words.
pub(crate) fn of_line(inputs: &[Input], all: &dyn Fn(FieldIx) -> Option<Input>, rules: &[LiveRule]) -> Option<Check> {
    inputs.iter().any(|input| input.is_wanted).then(|| {
        let good = said(GOOD);
        inputs.iter().rev().fold(good, |rest, input| of_input(input, rest, all, rules))
    })
}

/// `rest`: what is said when nothing is wrong with this cell.
fn of_input(input: &Input, rest: Check, all: &dyn Fn(FieldIx) -> Option<Input>, rules: &[LiveRule]) -> Check {
    let cell = utility::row_col_to_cell(input.row, input.col);
    let blank = match (input.is_wanted, input.nil) {
        (true, Some((row, col))) => {
            let tick = utility::row_col_to_cell(row, col);
            // Written without the tick.
            let is_ticked = format!("EXACT(LEFT({tick},1),{})", quoted(words::NIL_BOX));
            when(&is_ticked, false, rest.clone(), said(words::EMPTY))
        }
        (true, None) => said(words::EMPTY),
        (false, _) => rest.clone(),
    };
    let related = || {
        rules.iter().filter(|rule| rule.at == input.field).rev().fold(rest.clone(), |rest, rule| {
            match rule.broken(&input.tab, all) {
                Some((formula, is_broken)) => when(&formula, is_broken, said(&rule.message(&input.tab, all)), rest),
                None => rest,
            }
        })
    };
    let (number, text) = match &input.content {
        Content::Number(number) => (Some(*number), None),
        Content::Text(text) => (None, Some(&**text)),
        Content::Blank => (None, None),
    };
    let is_word = |words: &[&str]| text.is_some_and(|text| words.iter().any(|word| same(word, text)));
    let filled = match &input.shape {
        Shape::Number { decimals, min, max } => {
            let is_below = number.is_some_and(|number| number < *min);
            let is_above = number.is_some_and(|number| number > *max);
            let is_broken = number.is_some_and(|number| number.fract() != 0.0);
            let below = if *min == 0.0 { words::NEGATIVE.to_owned() } else { words::less_than(*min) };
            let mut check = related();
            if *decimals == 0 {
                check = when(&format!("{cell}<>INT({cell})"), is_broken, said(words::NOT_WHOLE), check);
            }
            check = when(&format!("{cell}>{max}"), is_above, said(words::TOO_LARGE), check);
            check = when(&format!("{cell}<{min}"), is_below, said(&below), check);
            when(&format!("ISNUMBER({cell})"), number.is_some(), check, said(words::NOT_A_NUMBER))
        }
        Shape::YesNo => {
            let (yes, no) = (crate::entry::YES, crate::entry::NO);
            let is_either = format!("OR({cell}={},{cell}={})", quoted(yes), quoted(no));
            when(&is_either, is_word(&[yes, no]), related(), said(words::NOT_YES_NO))
        }
        Shape::Open => {
            let (yes, no) = (crate::entry::YES, crate::entry::NO);
            let is_any = format!("OR(ISNUMBER({cell}),{cell}={},{cell}={})", quoted(yes), quoted(no));
            when(&is_any, number.is_some() || is_word(&[yes, no]), rest.clone(), said(words::NOT_OPEN))
        }
        Shape::Choice { range, words: choices } => {
            let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            let is_one = format!("SUMPRODUCT(--({range}={cell}))>0");
            when(&is_one, is_word(&choices), rest.clone(), said(words::NOT_A_CHOICE))
        }
        Shape::Date => when(&format!("ISNUMBER({cell})"), number.is_some(), rest.clone(), said(words::NOT_A_DATE)),
        Shape::Text => rest.clone(),
    };
    let is_blank = match &input.content {
        Content::Blank => true,
        Content::Text(text) => text.trim_matches(' ').is_empty(),
        Content::Number(_) => false,
    };
    let check = when(&format!("LEN(TRIM({cell}))=0"), is_blank, blank, filled);
    when(&format!("ISERROR({cell})"), false, said(words::BROKEN), check)
}

/// The check of a cell of the head: filled in, or what to do.
pub(crate) fn of_head(is_missing: &str, is_missing_now: bool, what: &str) -> Check {
    when(is_missing, is_missing_now, said(what), said(GOOD))
}

/// How many checks ask to be looked at.
pub(crate) fn counter(ranges: &[String], results: &[&str]) -> Check {
    let asks: Vec<String> = ranges.iter().map(|range| format!("SUMPRODUCT(--(LEN({range})>1))")).collect();
    let asks = asks.join("+");
    let (before, after, none) = words::COUNTER;
    let count = results.iter().filter(|result| result.chars().count() > 1).count();
    Check {
        formula: format!("IF({asks}=0,{},{}&({asks})&{})", quoted(none), quoted(before), quoted(after)),
        result: if count == 0 { none.to_owned() } else { format!("{before}{count}{after}") },
    }
}

fn when(condition: &str, is_true: bool, yes: Check, no: Check) -> Check {
    Check {
        formula: format!("IF({condition},{},{})", yes.formula, no.formula),
        result: if is_true { yes.result } else { no.result },
    }
}

fn said(text: &str) -> Check {
    Check { formula: quoted(text), result: text.to_owned() }
}

pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// As a spreadsheet compares: capitals are small letters.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
