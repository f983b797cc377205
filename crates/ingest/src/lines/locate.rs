//! Where the fields of a form stand on a sheet: by label and section, never by address.
//!
//! In:  a scanned sheet and the labels of a form in order.
//! Out: the row of each line, or why it was not found and which rows come near.
//!
//! Not here: the columns (`columns`), what the cells hold (`values`), which of several rows with one
//! label is meant (`arrange`).

use super::align::Placed;
use super::arrange::{Form, arrange};
use super::columns::Columns;
use crate::plan::{FormPlan, Plan};
use crate::scan::{Role, Scan};
use thidua_model::text::fold;
use thidua_texts::labels::{Key, words};

/// How well a row can be the line of an item, in hundredths; TT and measure only help.
const SAME_LABEL: i32 = 100;
const LABEL_WITH_SLIP: i32 = 60;
const SAME_TT: i32 = 5;
const SAME_MEASURE: i32 = 3;
/// Labels with slips are believed on a sheet that has this share of the form's labels as they are
/// printed, in percent: else it may be another form altogether.
const MIN_SHARE: usize = 30;
/// Longer cells are no labels.
const LABEL_CHARS: usize = 300;
/// More label rows than this are not a form.
const MAX_ROWS: usize = 4_000;
/// Rows compared by likeness, which costs far more than equality.
const MAX_COMPARED: usize = 300;
/// Candidates named for a line that was not found, and how alike they must be.
const CANDIDATES: usize = 3;
const MIN_LIKENESS: f64 = 0.5;

/// Where the items of a form are.
pub(crate) struct Lines {
    /// Aligned with the form's items.
    placed: Vec<Placed>,
    rows: Vec<LabelRow>,
    labels: Vec<String>,
}

impl Lines {
    pub(crate) fn row(&self, item: usize) -> Option<u32> {
        self.found(item).map(|row| row.row)
    }

    /// The cell that holds the item's label.
    pub(crate) fn label(&self, item: usize) -> Option<usize> {
        self.found(item).map(|row| row.index)
    }

    /// The cell of the sheet that the item's label was taken for in spite of slips of the keyboard.
    pub(crate) fn slip(&self, item: usize) -> Option<usize> {
        self.found(item).filter(|row| row.has_slip).map(|row| row.index)
    }

    fn found(&self, item: usize) -> Option<&LabelRow> {
        match self.placed[item] {
            Placed::Row(row) => Some(&self.rows[row]),
            Placed::Absent | Placed::Ambiguous => None,
        }
    }

    /// For the issue of a line that was not found: rows of the sheet that come near, best first,
    /// with the position of their cell. Rows that are other lines for certain are left out.
    pub(crate) fn candidates(&self, label: &str) -> Vec<(&str, usize)> {
        let (key, wanted) = (fold(label), words(label));
        let is_near = |text: &str| text.len() <= 4 * label.len() && label.len() <= 4 * text.len();
        let shared = |text: &str| {
            let here = words(text);
            let both = here.iter().filter(|word| wanted.contains(word)).count();
            2.0 * both as f64 / (here.len() + wanted.len()).max(1) as f64
        };
        let is_taken = |row: usize| self.placed.contains(&Placed::Row(row));
        let mut found: Vec<(f64, usize)> = Vec::new();
        let free = (0..self.rows.len()).filter(|&row| !is_taken(row) && is_near(&self.labels[row]));
        for row in free.take(MAX_COMPARED) {
            let score = strsim::normalized_levenshtein(&key, &fold(&self.labels[row])).max(shared(&self.labels[row]));
            if score > MIN_LIKENESS {
                found.push((score, row));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.iter().take(CANDIDATES).map(|&(_, row)| (self.labels[row].as_str(), self.rows[row].index)).collect()
    }
}

struct LabelRow {
    row: u32,
    index: usize,
    /// Of the label, as far as the definition knows it.
    key: Option<Key>,
    has_slip: bool,
    tt: String,
    measure: String,
}

/// Finds the lines below the headings.
pub(crate) fn find_lines(scan: &mut Scan<'_>, plan: &Plan<'_>, form: &FormPlan, columns: &Columns) -> Lines {
    let mut rows = label_rows(scan, columns);
    let is_unchanged = rows.len() == form.items.len()
        && rows.iter().zip(&form.items).all(|(row, item)| row.key.is_some() && row.key == item.key);
    let placed = if is_unchanged {
        (0..rows.len()).map(Placed::Row).collect()
    } else {
        forgive_slips(scan, plan, form, &mut rows);
        place(form, &rows)
    };
    let labels = rows.iter().map(|row| scan.text(row.index).unwrap_or("").to_owned()).collect();
    let lines = Lines { placed, rows, labels };
    claim_template(scan, columns, &lines);
    lines
}

fn place(form: &FormPlan, rows: &[LabelRow]) -> Vec<Placed> {
    let number = |key: Key| form.labels.binary_search(&key).ok().map(|at| at as u32);
    // Items without letters are found nowhere; each has a number of its own.
    let labels: Vec<u32> = (form.items.iter().enumerate())
        .map(|(at, item)| item.key.and_then(number).unwrap_or((form.labels.len() + at) as u32))
        .collect();
    let is_heading: Vec<bool> = form.items.iter().map(|item| item.line.is_none()).collect();
    let is_part: Vec<bool> = form.items.iter().map(|item| item.is_part).collect();
    let sheet: Vec<Option<u32>> = rows.iter().map(|row| row.key.and_then(number)).collect();
    let lines = Form { labels: &labels, is_heading: &is_heading, is_part: &is_part };
    arrange(&lines, &sheet, |item, row| {
        let (wanted, here) = (&form.items[item], &rows[row]);
        if sheet[row] != Some(labels[item]) {
            return 0;
        }
        let label = if here.has_slip { LABEL_WITH_SLIP } else { SAME_LABEL };
        let tt = if !wanted.tt.is_empty() && wanted.tt == here.tt { SAME_TT } else { 0 };
        let measure = if !wanted.measure.is_empty() && wanted.measure == here.measure { SAME_MEASURE } else { 0 };
        label + tt + measure
    })
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
        rows.push(LabelRow {
            row,
            index,
            key: scan.keys[index],
            has_slip: false,
            tt: at(columns.tt).unwrap_or_default(),
            measure: at(columns.measure).unwrap_or_default(),
        });
        if rows.len() == MAX_ROWS {
            break;
        }
    }
    rows
}

/// Gives rows of something else the label that they are but for slips of the keyboard: a label of
/// which the sheet has too few, and no other of the form nearly as near.
fn forgive_slips(scan: &Scan<'_>, plan: &Plan<'_>, form: &FormPlan, rows: &mut [LabelRow]) {
    let in_form = |key: Key| form.items.iter().filter(|item| item.key == Some(key)).count();
    let on_sheet = |rows: &[LabelRow], key: Key| rows.iter().filter(|row| row.key == Some(key)).count();
    let labels = &form.labels;
    let present = labels.iter().filter(|&&key| on_sheet(rows, key) > 0).count();
    if present * 100 < labels.len() * MIN_SHARE {
        return;
    }
    let lost: Vec<Key> = labels.iter().copied().filter(|&key| on_sheet(rows, key) < in_form(key)).collect();
    if lost.is_empty() {
        return;
    }
    let lexicon = plan.words.lexicon();
    let mut found: Vec<(usize, Key)> = Vec::new();
    let strange = (0..rows.len()).filter(|&at| rows[at].key.is_none_or(|key| !form.has_label(key)));
    for at in strange.take(MAX_COMPARED) {
        let Some(text) = scan.text(rows[at].index).filter(|text| text.len() <= 3 * LABEL_CHARS) else { continue };
        let here = words(text);
        // Most such rows are like no label at all.
        if lost.iter().any(|&key| lexicon.slips(plan.words.words(key), &here).is_some()) {
            let texts = labels.iter().map(|&key| (key, plan.words.words(key)));
            found.extend(lexicon.most_like(&here, texts).map(|key| (at, key)));
        }
    }
    for &(at, key) in &found {
        // As many rows as lines are missing, or nobody knows which of them is meant.
        let claimed = found.iter().filter(|(_, other)| *other == key).count();
        rows[at].has_slip = claimed + on_sheet(rows, key) <= in_form(key);
    }
    for (at, key) in found {
        if rows[at].has_slip {
            rows[at].key = Some(key);
        }
    }
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
    for item in 0..lines.placed.len() {
        let Some(row) = lines.row(item) else { continue };
        for index in scan.row(row) {
            let col = scan.cell(index).at.col;
            if own.contains(&Some(col)) || col < columns.label {
                scan.claim(index, Role::Template);
            }
        }
    }
}
