//! The note beside a cell: a box that shows when the cell is pointed at.

use rust_xlsxwriter::Note;

/// Letters that a line of the box holds, and the size of a letter in pixels.
const LETTERS: usize = 52;
const WIDTH: u32 = 340;
const LINE: u32 = 18;
/// A longer text is cut by the box; its end is read by pulling the box larger.
const MOST_LINES: usize = 24;

/// High enough for its text, without a name before it.
pub(crate) fn note(text: &str) -> Note {
    Note::new(text)
        .add_author_prefix(false)
        .set_author("thidua")
        .set_font_name("Times New Roman")
        .set_font_size(11)
        .set_width(WIDTH)
        .set_height(height(text))
}

fn height(text: &str) -> u32 {
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(LETTERS).max(1)).sum();
    // Some lines break early: one more is left free.
    LINE * (lines.clamp(1, MOST_LINES) as u32 + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_note_is_high_enough_for_its_lines() {
        for (text, expected) in [("ngắn", 36), ("hai\ndòng", 54), (&*"dài ".repeat(26), 54), (&*"x".repeat(9_000), 450)]
        {
            assert_eq!(super::height(text), expected, "{text}");
        }
    }
}
