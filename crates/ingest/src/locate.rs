//! Where the fields of a form stand on a sheet: by label and section, never by address.
//!
//! In:  a scanned sheet and the labels of a form in order.
//! Out: the columns of labels and values, and the row of each line, or why it was not found.
//!
//! Not here: what the cells hold (`values`), the order of labels (`align`).

use crate::align::{Placed, align};
use crate::plan::{FormPlan, Item, Plan};
use crate::scan::{Role, Scan};
use crate::vocabulary::Key;
use thidua_model::text::fold;

/// How well a row can be the line of an item; TT and measure only help.
const SAME_LABEL: i32 = 100;
const SIMILAR_LABEL: i32 = 60;
const SAME_TT: i32 = 5;
const SAME_MEASURE: i32 = 3;
/// Labels at least this alike are the same label with a slip.
const SIMILAR: f64 = 0.85;
/// Shorter labels must be exact.
const SIMILAR_CHARS: usize = 10;
/// Longer cells are no labels.
const LABEL_CHARS: usize = 300;
/// More label rows than this are not a form.
const MAX_ROWS: usize = 4_000;
/// Rows compared by likeness, which costs far more than equality.
const MAX_COMPARED: usize = 300;

/// The columns of a form on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Row of the headings.
    pub(crate) row: u32,
    pub(crate) tt: Option<u32>,
    pub(crate) label: u32,
    pub(crate) measure: Option<u32>,
    pub(crate) note: Option<u32>,
    /// One for each value column; `None` when its heading is not there exactly once.
    pub(crate) values: Vec<Option<u32>>,
}

/// Finds the row of column headings: the first with the heading of labels and another one.
pub(crate) fn find_columns(scan: &Scan<'_>, plan: &Plan<'_>, form: &FormPlan) -> Option<Columns> {
    let is_value = |key: &Key| form.values.iter().any(|(heading, _)| heading.as_ref() == Some(key));
    let heads = &plan.heads;
    for (row, cells) in scan.rows() {
        let keyed = || cells.clone().filter_map(|at| Some((scan.keys[at]?, scan.cell(at).at.col)));
        let Some((_, label)) = keyed().find(|(key, _)| heads.label.contains(key)) else { continue };
        let is_other = |key: &Key| is_value(key) || heads.measure.contains(key) || heads.tt.contains(key);
        if !keyed().any(|(key, _)| is_other(&key)) {
            continue;
        }
        // A heading over two rows keeps some of its words in the second.
        let below: Vec<(Key, u32)> = scan
            .row(row + 1)
            .filter_map(|at| Some((scan.keys[at]?, scan.cell(at).at.col)))
            .filter(|(_, col)| *col > label)
            .collect();
        let all = || keyed().chain(below.iter().copied());
        let first = |wanted: &[Key]| all().find(|(key, _)| wanted.contains(key)).map(|(_, col)| col);
        let once = |wanted: Option<Key>| {
            let mut columns = all().filter(|(key, _)| Some(*key) == wanted).map(|(_, col)| col);
            columns.next().filter(|_| columns.next().is_none())
        };
        return Some(Columns {
            row,
            label,
            tt: first(&heads.tt).filter(|&col| col != label),
            measure: first(&heads.measure),
            note: first(&heads.note),
            values: form.values.iter().map(|(key, _)| once(*key)).collect(),
        });
    }
    None
}

/// Where the items of a form are.
pub(crate) struct Lines {
    /// Aligned with the form's items.
    pub(crate) rows: Vec<Placed>,
    /// Row of the sheet by position in `rows`.
    sheet_rows: Vec<u32>,
    labels: Vec<String>,
}

impl Lines {
    pub(crate) fn row(&self, item: usize) -> Option<u32> {
        match self.rows[item] {
            Placed::Row(row) => Some(self.sheet_rows[row]),
            Placed::Absent | Placed::Ambiguous => None,
        }
    }

    /// For the issue of a line that was not found: the label most like it, with its row.
    pub(crate) fn nearest(&self, label: &str) -> Option<(&str, u32)> {
        let key = fold(label);
        let mut best: Option<(f64, usize)> = None;
        let is_near = |text: &str| text.len() <= 4 * label.len() && label.len() <= 4 * text.len();
        let near = self.labels.iter().enumerate().take(MAX_COMPARED).filter(|(_, text)| is_near(text));
        for (at, text) in near {
            let score = strsim::normalized_levenshtein(&key, &fold(text));
            if score > 0.5 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| (self.labels[at].as_str(), self.sheet_rows[at]))
    }
}

struct LabelRow {
    row: u32,
    index: usize,
    key: Option<Key>,
    /// Folded, for rows whose label the definition does not know.
    unknown: Option<String>,
    tt: String,
    measure: String,
}

/// Finds the lines below the headings.
pub(crate) fn find_lines(scan: &mut Scan<'_>, plan: &Plan<'_>, form: &FormPlan, columns: &Columns) -> Lines {
    let rows = label_rows(scan, columns);
    let known: Vec<bool> = {
        let mut known = vec![false; plan.words.len()];
        form.items.iter().filter_map(|item| item.key).for_each(|key| known[key.0 as usize] = true);
        known
    };
    let is_of_form = |row: &LabelRow| row.key.is_some_and(|key| known[key.0 as usize]);
    let placed = if rows.len() == form.items.len()
        && rows.iter().zip(&form.items).all(|(row, item)| row.key.is_some() && row.key == item.key)
    {
        (0..rows.len()).map(Placed::Row).collect()
    } else {
        let present: Vec<Option<Key>> = rows.iter().map(|row| row.key).collect();
        let lost: Vec<usize> = (0..form.items.len()).filter(|&at| !present.contains(&form.items[at].key)).collect();
        let strange: Vec<usize> = (0..rows.len()).filter(|&at| !is_of_form(&rows[at])).take(MAX_COMPARED).collect();
        let similar = similar_pairs(plan, &form.items, &lost, &rows, &strange);
        // Rows that no item fits only separate neighbours; they stay in the table for that.
        align(form.items.len(), rows.len(), |item, row| {
            let (wanted, here) = (&form.items[item], &rows[row]);
            let label = if wanted.key.is_some() && wanted.key == here.key {
                SAME_LABEL
            } else if similar.binary_search(&(item, row)).is_ok() {
                SIMILAR_LABEL
            } else {
                return 0;
            };
            let tt = if !wanted.tt.is_empty() && wanted.tt == here.tt { SAME_TT } else { 0 };
            let measure = if !wanted.measure.is_empty() && wanted.measure == here.measure { SAME_MEASURE } else { 0 };
            label + tt + measure
        })
    };
    let labels = rows.iter().map(|row| scan.text(row.index).unwrap_or("").to_owned()).collect();
    let lines = Lines { rows: placed, sheet_rows: rows.iter().map(|row| row.row).collect(), labels };
    claim_template(scan, columns, &lines);
    lines
}

fn label_rows(scan: &Scan<'_>, columns: &Columns) -> Vec<LabelRow> {
    let first_value = columns.values.iter().flatten().min().copied().unwrap_or(u32::MAX);
    let mut rows = Vec::new();
    for (row, cells) in scan.rows().filter(|(row, _)| *row > columns.row) {
        let at = |col: Option<u32>| {
            let found = cells.clone().find(|&index| Some(scan.cell(index).at.col) == col)?;
            Some(fold(&scan.cell(found).value.shown()))
        };
        // Headings of sections often stand merged from the first column on.
        let label = cells
            .clone()
            .find(|&index| scan.cell(index).at.col == columns.label && scan.text(index).is_some())
            .or_else(|| {
                cells.clone().find(|&index| scan.cell(index).at.col < first_value && scan.keys[index].is_some())
            });
        let Some(index) = label else { continue };
        let key = scan.keys[index];
        let text = scan.text(index).unwrap_or("");
        rows.push(LabelRow {
            row,
            index,
            key,
            unknown: (text.len() <= LABEL_CHARS * 3).then(|| fold(text)).filter(|_| key.is_none()),
            tt: at(columns.tt).unwrap_or_default(),
            measure: at(columns.measure).unwrap_or_default(),
        });
        if rows.len() == MAX_ROWS {
            break;
        }
    }
    rows
}

/// Pairs of a label that is nowhere on the sheet and a row that is nowhere in the form, alike but
/// for a slip. Digits must agree: "code 22" is never "code 23".
fn similar_pairs(
    plan: &Plan<'_>,
    items: &[Item],
    lost: &[usize],
    rows: &[LabelRow],
    strange: &[usize],
) -> Vec<(usize, usize)> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut pairs = Vec::new();
    for &item in lost {
        let Some(key) = items[item].key else { continue };
        let wanted = plan.words.name(key);
        if wanted.chars().count() < SIMILAR_CHARS {
            continue;
        }
        for &row in strange {
            let known_elsewhere = rows[row].key.map(|key| plan.words.name(key));
            let Some(here) = known_elsewhere.or(rows[row].unknown.as_deref()) else { continue };
            // Likeness costs; lengths that differ this much rule it out.
            let (short, long) = (here.len().min(wanted.len()), here.len().max(wanted.len()));
            if short * 10 >= long * 8
                && digits(here) == digits(wanted)
                && strsim::normalized_levenshtein(wanted, here) >= SIMILAR
            {
                pairs.push((item, row));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Headings, labels, TT, measures and notes of the rows that were found are the form's own.
fn claim_template(scan: &mut Scan<'_>, columns: &Columns, lines: &Lines) {
    for index in scan.row(columns.row).chain(scan.row(columns.row + 1)) {
        let is_heading = scan.cell(index).at.row == columns.row || scan.keys[index].is_some();
        if is_heading {
            scan.claim(index, Role::Template);
        }
    }
    let own = [columns.tt, Some(columns.label), columns.measure, columns.note];
    for item in 0..lines.rows.len() {
        let Some(row) = lines.row(item) else { continue };
        for index in scan.row(row) {
            let col = scan.cell(index).at.col;
            if own.contains(&Some(col)) || col < columns.label {
                scan.claim(index, Role::Template);
            }
        }
    }
}
