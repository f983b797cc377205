//! Which row of a sheet is which line of a form, wherever the rows were moved.
//!
//! In:  the labels of the form and of the sheet by number, and how well each pair fits.
//! Out: for each line its row, or why there is none.
//!
//! A label that stands once in the form and once on the sheet is certain wherever it stands. A label
//! that repeats ("+ Số người được tính") belongs to the certain label above it: the form's lines
//! below that label are laid over the sheet's rows below it (`align`). Where the label above is not
//! on the sheet, what stood below it is not believed. A repeated label that speaks for itself may
//! also have moved within its section, if it stands there once.

use super::align::{Placed, align};
use std::ops::Range;

/// What is known of the lines of the form.
pub(crate) struct Form<'f> {
    /// Lines with the same label have the same number.
    pub(crate) labels: &'f [u32],
    /// Headings of sections.
    pub(crate) is_heading: &'f [bool],
    /// Lines that say something of the line above.
    pub(crate) is_part: &'f [bool],
}

/// More than any fit: the certain label above a block stays where it is.
const CERTAIN: i32 = 10_000;

/// Finds the row of each line of `form`. `sheet`: the label of each row in the numbers of the form,
/// `None` for a row of something else. `fit(line, row)` is above 0 for equal labels alone.
pub(crate) fn arrange(form: &Form<'_>, sheet: &[Option<u32>], fit: impl Fn(usize, usize) -> i32) -> Vec<Placed> {
    let most = form.labels.iter().chain(sheet.iter().flatten()).max().map_or(0, |most| *most as usize + 1);
    let mut in_form = vec![0u32; most];
    form.labels.iter().for_each(|label| in_form[*label as usize] += 1);
    let mut on_sheet: Vec<(u32, usize)> = vec![(0, 0); most];
    for (row, label) in sheet.iter().enumerate() {
        if let Some(label) = label {
            on_sheet[*label as usize].0 += 1;
            on_sheet[*label as usize].1 = row;
        }
    }
    let certain = |line: usize| {
        let label = form.labels[line] as usize;
        (in_form[label] == 1 && on_sheet[label].0 == 1).then_some(on_sheet[label].1)
    };
    let lines = form.labels.len();
    let anchors: Vec<Option<usize>> = (0..lines).map(certain).collect();
    let mut is_anchor = vec![false; sheet.len()];
    anchors.iter().flatten().for_each(|&row| is_anchor[row] = true);
    let mut placed: Vec<Placed> = anchors.iter().map(|row| row.map_or(Placed::Absent, Placed::Row)).collect();

    // The lines before the first certain one have the head of the table above them.
    let mut start = 0;
    while start <= lines {
        let head = if start == 0 { None } else { anchors[start - 1] };
        let end = (start..lines).find(|&line| anchors[line].is_some()).unwrap_or(lines);
        let first_row = head.map_or(0, |row| row + 1);
        let end_row = (first_row..sheet.len()).find(|&row| is_anchor[row]).unwrap_or(sheet.len());
        if start < end && first_row < end_row {
            place_block(&mut placed, start..end, first_row..end_row, head.is_some(), &fit);
            // A label of the form that is nowhere on the sheet takes what stands below it along.
            let is_lost = |line: usize| {
                let label = form.labels[line] as usize;
                in_form[label] == 1 && on_sheet[label].0 == 0
            };
            let lost = (start..end).find(|&line| is_lost(line)).unwrap_or(end);
            let below = placed[lost..end].iter_mut();
            below.filter(|placed| matches!(placed, Placed::Row(_))).for_each(|placed| *placed = Placed::Absent);
        }
        start = end + 1;
    }
    place_in_sections(form, sheet, &anchors, &mut placed);
    placed
}

/// Lays the lines of a block over the rows below the certain label above both.
fn place_block(
    placed: &mut [Placed],
    lines: Range<usize>,
    rows: Range<usize>,
    has_head: bool,
    fit: &impl Fn(usize, usize) -> i32,
) {
    let head = usize::from(has_head);
    let found = align(lines.len() + head, rows.len() + head, |line, row| match (line < head, row < head) {
        (true, true) => CERTAIN,
        (false, false) => fit(lines.start + line - head, rows.start + row - head),
        _ => 0,
    });
    let is_taken = |row: usize| found.contains(&Placed::Row(row - rows.start + head));
    for (line, found) in lines.zip(found.iter().skip(head)) {
        placed[line] = match *found {
            Placed::Row(row) => {
                let row = rows.start + row - head;
                // The same again, for which the form has no line: either could be meant.
                let is_again = |other: usize| fit(line, other) >= fit(line, row) && !is_taken(other);
                if rows.clone().any(is_again) { Placed::Ambiguous } else { Placed::Row(row) }
            }
            other => other,
        };
    }
}

/// A repeated label that stands once in a section of the form and once in that section of the sheet.
fn place_in_sections(form: &Form<'_>, sheet: &[Option<u32>], anchors: &[Option<usize>], placed: &mut [Placed]) {
    let headings: Vec<usize> = (0..anchors.len()).filter(|&line| form.is_heading[line]).collect();
    let taken: Vec<usize> =
        placed.iter().filter_map(|it| if let Placed::Row(row) = it { Some(*row) } else { None }).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, &heading) in headings.iter().enumerate() {
        let Some(head_row) = anchors[heading] else { continue };
        let lines = heading + 1..headings.get(at + 1).copied().unwrap_or(anchors.len());
        let next_head = headings.iter().filter_map(|&line| anchors[line]).filter(|&row| row > head_row).min();
        let rows = head_row + 1..next_head.unwrap_or(sheet.len());
        for line in lines.clone().filter(|&line| placed[line] == Placed::Absent && !form.is_part[line]) {
            let label = form.labels[line];
            let is_once = lines.clone().filter(|&other| form.labels[other] == label).count() == 1;
            let mut same = rows.clone().filter(|&row| sheet[row] == Some(label));
            if let (true, Some(row), None) = (is_once, same.next(), same.next())
                && !taken.contains(&row)
            {
                found.push((line, row));
            }
        }
    }
    for (line, row) in found {
        placed[line] = Placed::Row(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Digits are headings, `+` and `-` are parts; what is not in the form is a row of something else.
    fn arranged(form: &str, sheet: &str) -> String {
        let lines: Vec<char> = form.chars().collect();
        let labels: Vec<u32> = lines.iter().map(|c| u32::from(*c)).collect();
        let is_heading: Vec<bool> = lines.iter().map(|c| c.is_ascii_digit()).collect();
        let is_part: Vec<bool> = lines.iter().map(|c| "+-".contains(*c)).collect();
        let rows: Vec<Option<u32>> = sheet.chars().map(|c| Some(u32::from(c)).filter(|_| lines.contains(&c))).collect();
        let form = Form { labels: &labels, is_heading: &is_heading, is_part: &is_part };
        let placed = arrange(&form, &rows, |line, row| if Some(labels[line]) == rows[row] { 100 } else { 0 });
        let shown = placed.iter().map(|placed| match placed {
            Placed::Row(row) => row.to_string(),
            Placed::Absent => "-".to_owned(),
            Placed::Ambiguous => "?".to_owned(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lines_are_found_wherever_they_stand_and_parts_below_their_line() {
        for line in "
             A+B+C+    A+B+C+      0 1 2 3 4 5     // as printed
             A+B+C+    B+C+        - - 0 1 2 3     // the first two were removed
             A+B+C+    AB+C+       0 - 1 2 3 4     // one part was removed
             A+B+C+    xA+yyB+C+   1 2 5 6 7 8     // rows were inserted
             A+B+C+    Ay+B+C+     0 2 3 4 5 6     // even below a line
             A+B+C+    C+A+B+      2 3 4 5 0 1     // lines moved with their parts
             A+B+C+    C+AB+       2 - 3 4 0 1     // and one part was removed
             AB        BA          1 0             // each stands once
             A+B+      A+          0 1 - -
             A+B       A++B        0 ? 3           // either could be meant
             A+B+      x+B+        - - 2 3         // the line above is not of the form
             A+BC+     A+xC+       0 1 - 3 4
             A+B+C     Ax+C        0 ? - ? 3       // of A, or of B that was rewritten
             AA        A           ? ?
             A         AA          ?
             AB        ABA         0 1             // below the one above it
             1aTb2cTd  1aTb2cTd    0 1 2 3 4 5 6 7
             1aTb2cTd  1Tab2dcT    0 2 1 3 4 6 7 5 // once in each section
             1aTb2cTd  1ab2cTTd    0 1 - 2 3 4 ? 7
             1a-b2c-d  1ab-2c-d    0 1 - 2 4 5 6 7 // a part of another line now
             ABC       xyz         - - -"
            .lines()
            .skip(1)
        {
            let line = line.split("//").next().unwrap();
            let mut words = line.split_whitespace();
            let (form, sheet) = (words.next().unwrap(), words.next().unwrap());
            assert_eq!(arranged(form, sheet), words.collect::<Vec<_>>().join(" "), "{line}");
        }
    }

    proptest! {
        #[test]
        fn moving_lines_with_their_parts_and_inserting_rows_loses_none(
            order in Just(vec!["A+", "B+-", "C", "D-", "E", "F+"]).prop_shuffle(),
            inserted in prop::collection::vec(0usize..=14, 0..6),
        ) {
            let form: Vec<char> = "A+B+-CD-EF+".chars().collect();
            let mut sheet: Vec<char> = order.concat().chars().collect();
            for at in inserted {
                sheet.insert(at.min(sheet.len()), 'x');
            }
            let placed = arranged(&form.iter().collect::<String>(), &sheet.iter().collect::<String>());
            // Each line on its letter, each part below the letter that is above it in the form.
            let row_of = |c: char| sheet.iter().position(|&here| here == c).unwrap();
            let mut above = 0;
            let expected: Vec<String> = form.iter().map(|&c| {
                above = if c.is_alphabetic() { row_of(c) } else { above };
                let own = if c.is_alphabetic() { above } else { (above..).find(|&row| sheet[row] == c).unwrap() };
                own.to_string()
            }).collect();
            prop_assert_eq!(placed, expected.join(" "));
        }

        #[test]
        fn whatever_the_sheet_a_line_is_never_laid_over_another_label(sheet in "[ABC+\\-x]{0,12}") {
            let form = "A+B+-C";
            let placed = arranged(form, &sheet);
            for (line, placed) in form.chars().zip(placed.split(' ')) {
                if let Ok(row) = placed.parse::<usize>() {
                    prop_assert_eq!(sheet.chars().nth(row), Some(line));
                }
            }
        }
    }
}
