//! The rows below the headings of a form: which is a line, which a heading, which stands above which.
//!
//! In:  a grid and the columns of a form.
//! Out: rows with labels, their input cells and levels.
//!
//! A row stands above the next one when its number is of a style that the next one's is below of:
//! `I` above `1` above `a)` above `-`, in whatever order a form uses them.

use crate::grid::{Grid, Item, Row};
use crate::measure::in_brackets;
use crate::number::{Style, split, style_of};
use crate::parts::{Parts, is_closed};
use crate::table::Column;
use crate::value::is_amount;
use crate::words::{Role, is_capital, role_of};
use thidua_model::CellRef;
use thidua_model::text::fold;

/// Characters of a label; longer texts are remarks.
const LABEL_CHARS: usize = 400;

/// A row of a form.
pub(crate) struct LineRow<'g> {
    pub(crate) tt: &'g str,
    pub(crate) label: &'g Item,
    pub(crate) measure: Option<&'g str>,
    pub(crate) style: Style,
    /// The number stands in the label though the form has a column for it, or there is none at all
    /// and the rows below have one: a heading.
    pub(crate) is_title: bool,
    pub(crate) level: usize,
    /// The label is merged over the value cells.
    pub(crate) is_across: bool,
    /// Something is printed beside the label: a code, a plan.
    pub(crate) is_printed: bool,
    pub(crate) inputs: Vec<Input<'g>>,
}

/// What a cell of a value column holds while the form is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input<'g> {
    Open,
    Formula,
    /// `x`, or under a merged cell.
    Closed,
    /// Words that say what to write.
    Hint(&'g str),
    Printed,
}

impl Input<'_> {
    pub(crate) fn is_field(self) -> bool {
        matches!(self, Self::Open | Self::Formula | Self::Hint(_))
    }
}

/// A row with a label; `None` for anything else.
pub(crate) fn line_row<'g>(grid: &'g Grid<'_>, row: &'g Row, parts: &Parts) -> Option<LineRow<'g>> {
    let first_right = parts
        .values
        .iter()
        .chain(&parts.measure)
        .map(|column| column.at.col)
        .filter(|col| *col > parts.label.at.col)
        .min()?;
    let first_value = parts.values.first()?.at.col;
    let tt_item = parts.tt.as_ref().and_then(|tt| row.first_in(tt.at.col..=parts.label.at.col.saturating_sub(1)));
    let own = row.first_in(parts.label.at.col..=first_right - 1).filter(|item| item.has_words());
    let (label, tt) = match (own, tt_item) {
        (Some(label), tt) => (label, tt.map_or("", |tt| tt.text.as_str())),
        // A heading merged from the first column on, or standing left of the labels.
        (None, _) => (row.first_in(0..=parts.label.at.col).filter(|item| item.has_words())?, ""),
    };
    if label.text.chars().count() > LABEL_CHARS
        || matches!(role_of(&label.text), Some(Role::Label | Role::Tt)) && row.items.len() > 1 && role_of(tt).is_some()
    {
        return None;
    }
    let tt_style = style_of(tt);
    let style = if tt_style == Style::None { split(&label.text).0 } else { tt_style };
    let measure = parts.measure.as_ref().and_then(|column| row.items.iter().find(|item| item.at.col == column.at.col));
    let is_across = grid.area(label.at).last.col >= first_value;
    let input = |column: &Column| {
        let at = CellRef::new(row.at, column.at.col);
        if grid.area(at).first != at {
            return Input::Closed;
        }
        match grid.item(at) {
            None => Input::Open,
            Some(item) if item.is_formula => Input::Formula,
            Some(item) if is_closed(&item.text) && !matches!(item.text.as_str(), "-" | "–" | "—") => Input::Closed,
            Some(item) if item.text == "0" || is_closed(&item.text) => Input::Open,
            Some(item) if item.is_text && (item.text.contains(['/', '□', '☐', '…']) || item.text.starts_with('(')) => {
                Input::Hint(&item.text)
            }
            Some(_) => Input::Printed,
        }
    };
    let inputs: Vec<Input<'_>> = parts.values.iter().map(input).collect();
    let is_beside = |column: &Column| row.items.iter().any(|item| item.at.col == column.at.col);
    let is_printed = parts.printed.iter().any(is_beside) || inputs.contains(&Input::Formula);
    Some(LineRow {
        tt,
        label,
        measure: measure.map(|item| item.text.as_str()),
        style,
        is_title: false,
        level: 0,
        is_across,
        is_printed,
        inputs,
    })
}

/// Finds the headings among the rows of a form whose lines are numbered in a column.
pub(crate) fn find_titles(lines: &mut [LineRow<'_>], parts: &Parts) {
    let numbered = lines.iter().filter(|line| !line.tt.is_empty()).count();
    if parts.tt.is_none() || numbered * 3 < lines.len() {
        return;
    }
    let says_more = parts.measure.is_some() || !parts.printed.is_empty();
    for at in 0..lines.len() {
        let line = &lines[at];
        let is_bare = line.tt.is_empty() && line.measure.is_none() && !line.is_printed && !is_part(&line.label.text);
        let is_above =
            lines.get(at + 1).is_some_and(|next| !next.tt.is_empty() || (next.style != Style::None && is_bare));
        lines[at].is_title = is_bare && is_above && (says_more || !is_amount(&line.label.text));
    }
}

/// Gives every line its level by the styles above it.
pub(crate) fn level(lines: &mut [LineRow<'_>]) {
    let mut stack: Vec<(Style, bool)> = Vec::new();
    for line in lines {
        let key = (line.style, line.is_title);
        if line.style == Style::None && !(line.is_title && !line.is_across && !is_capital(&line.label.text)) {
            // A heading in capitals without a number begins anew.
            if line.is_across || (is_capital(&line.label.text) && line.measure.is_none()) {
                stack = vec![(Style::None, false)];
                line.level = 0;
            } else {
                // Dashes say something of the line above them, not of this one.
                stack.retain(|(style, _)| !matches!(style, Style::Dash | Style::Plus));
                line.level = stack.len();
            }
            continue;
        }
        match stack.iter().position(|known| *known == key) {
            Some(at) => stack.truncate(at + 1),
            None => stack.push(key),
        }
        line.level = stack.len() - 1;
    }
}

/// The row is a heading and no line.
pub(crate) fn is_heading(lines: &[LineRow<'_>], at: usize, has_measures: bool) -> bool {
    let line = &lines[at];
    let next = lines.get(at + 1);
    let is_above = next.is_some_and(|next| next.style != Style::None && next.level > line.level);
    let is_measured = line.measure.is_some()
        || line.is_printed
        || in_brackets(&line.label.text)
            .is_some_and(|text| text.chars().count() <= 12 && style_of(text) == Style::None);
    if line.is_title || line.is_across || !line.inputs.iter().any(|input| input.is_field()) {
        return true;
    }
    if is_measured {
        return false;
    }
    if fold(&line.label.text) == "trongdo" {
        return true;
    }
    match line.style {
        Style::Upper | Style::Roman
            if is_above || next.is_some_and(|next| next.style == Style::None && !is_part(&next.label.text)) =>
        {
            has_measures || !is_amount(&line.label.text) || is_capital(&line.label.text)
        }
        Style::None => {
            let is_title = is_capital(&line.label.text) || line.label.text.ends_with(':');
            is_title && next.is_some() && !is_amount(&line.label.text)
        }
        Style::Dash | Style::Plus => false,
        _ => is_above && !is_amount(&line.label.text),
    }
}

/// The label says something of the line above.
pub(crate) fn is_part(label: &str) -> bool {
    label.trim_start().starts_with(['-', '+', '–', '*', '•']) || fold(label).starts_with("trongdo")
}
