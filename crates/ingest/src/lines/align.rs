//! Orders decide: the labels of a form laid over the labels of a sheet.
//!
//! In:  how well each item of the form fits each row of the sheet.
//! Out: for each item the one row that every best alignment gives it, or why there is none.
//!
//! Rows that were inserted or removed shift nothing, and a line that repeats ("+ Số người được
//! tính") is told apart by what stands above it. Where two alignments are equally good, the item
//! is ambiguous: nothing is guessed.
//!
//! Not here: lines that moved (`arrange`).

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placed {
    Row(usize),
    Absent,
    /// Several rows would do.
    Ambiguous,
}

/// For neighbours that stay neighbours; far less than any match.
const NEIGHBOURS: i32 = 2;

/// Aligns `items` with `rows`; `fit(item, row)` is 0 when they cannot be the same line.
pub(crate) fn align(items: usize, rows: usize, fit: impl Fn(usize, usize) -> i32) -> Vec<Placed> {
    let forward = best(items, rows, &fit);
    let backward = best(items, rows, &|item, row| fit(items - 1 - item, rows - 1 - row));
    let whole = forward.all[items * (rows + 1) + rows];
    (0..items)
        .map(|item| {
            // The best alignment that lays this item over the row, and the best without the item.
            let through = |row: usize| {
                forward.ending[item * rows + row] + backward.ending[(items - 1 - item) * rows + rows - 1 - row]
                    - fit(item, row)
            };
            let mut candidates = (0..rows).filter(|&row| fit(item, row) > 0 && through(row) == whole);
            let width = rows + 1;
            let without =
                |row: usize| forward.all[item * width + row] + backward.all[(items - 1 - item) * width + rows - row];
            match (candidates.next(), candidates.next()) {
                (None, _) => Placed::Absent,
                (Some(row), None) if (0..=rows).all(|row| without(row) < whole) => Placed::Row(row),
                _ => Placed::Ambiguous,
            }
        })
        .collect()
}

struct Table {
    /// Best of the first `i` items and `j` rows, at `i * (rows + 1) + j`.
    all: Vec<i32>,
    /// Best that ends with item `i` over row `j`, at `i * rows + j`; 0 where they do not fit.
    ending: Vec<i32>,
}

fn best(items: usize, rows: usize, fit: &impl Fn(usize, usize) -> i32) -> Table {
    let width = rows + 1;
    let mut all = vec![0i32; (items + 1) * width];
    let mut ending = vec![0i32; items * rows];
    for item in 0..items {
        for row in 0..rows {
            let fits = fit(item, row);
            let mut here = all[item * width + row + 1].max(all[(item + 1) * width + row]);
            if fits > 0 {
                let mut before = all[item * width + row];
                if item > 0 && row > 0 && ending[(item - 1) * rows + row - 1] > 0 {
                    before = before.max(ending[(item - 1) * rows + row - 1] + NEIGHBOURS);
                }
                ending[item * rows + row] = before + fits;
                here = here.max(before + fits);
            }
            all[(item + 1) * width + row + 1] = here;
        }
    }
    Table { all, ending }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_repeated_line_is_told_by_the_line_above_it() {
        check(
            "form      sheet       rows
             A+B+C+    A+B+C+      0 1 2 3 4 5     // as printed
             A+B+C+    B+C+        - - 0 1 2 3     // the first two were removed
             A+B+C+    AB+C+       0 - 1 2 3 4     // one repeated line was removed
             A+B+C+    xA+yyB+C+   1 2 5 6 7 8     // rows were inserted
             A+B+      A+          0 1 - -         // belongs to the line above it
             A+B       A++B        0 ? 3           // either could be meant
             AB        BA          ? ?             // order is lost: neither is believed
             AA        A           ? ?
             A         AA          ?
             ABC       xyz         - - -",
        );
    }

    #[track_caller]
    fn check(table: &str) {
        for line in table.lines().skip(1) {
            let line = line.split("//").next().unwrap();
            let mut words = line.split_whitespace();
            let form: Vec<char> = words.next().unwrap().chars().collect();
            let sheet: Vec<char> = words.next().unwrap().chars().collect();
            let placed = align(form.len(), sheet.len(), |item, row| if form[item] == sheet[row] { 100 } else { 0 });
            let shown: Vec<String> = placed
                .iter()
                .map(|placed| match placed {
                    Placed::Row(row) => row.to_string(),
                    Placed::Absent => "-".to_owned(),
                    Placed::Ambiguous => "?".to_owned(),
                })
                .collect();
            assert_eq!(shown.join(" "), words.collect::<Vec<_>>().join(" "), "{line}");
        }
    }

    proptest! {
        #[test]
        fn inserted_rows_move_every_line_and_lose_none(inserted in prop::collection::vec(0usize..=6, 0..8)) {
            let form = ['A', '+', 'B', '+', 'C', '+'];
            let mut sheet: Vec<char> = form.to_vec();
            for at in inserted {
                sheet.insert(at.min(sheet.len()), 'x');
            }
            let placed = align(form.len(), sheet.len(), |item, row| if form[item] == sheet[row] { 100 } else { 0 });
            let own: Vec<usize> = (0..sheet.len()).filter(|&row| sheet[row] != 'x').collect();
            prop_assert_eq!(placed, own.into_iter().map(Placed::Row).collect::<Vec<_>>());
        }
    }
}
