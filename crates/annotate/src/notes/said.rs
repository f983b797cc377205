//! What is said of a cell, as the text of its comment.
//!
//! In:  words.
//! Out: runs of a comment, within what one takes; how many lines they need.

use crate::words::{BEGIN, END};
use crate::xml::{cell_text, prefixed};

/// What is said of a cell: bold words, and text, in turns.
pub(crate) type Said = Vec<(String, String)>;

/// Characters of one comment; what is said in full stands in the list.
const MOST_CHARS: usize = 4_000;

pub(super) fn said_in(element: &str, text: &str) -> String {
    format!("<{element} xml:space=\"preserve\">{}</{element}>", cell_text(text))
}

const BOLD: &str = "<rPr><b/><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/></rPr>";
const PLAIN: &str = "<rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/></rPr>";

/// What is said of a cell, as runs without prefixes.
pub(super) fn runs(said: &Said) -> String {
    let mut left = MOST_CHARS;
    let mut out = String::new();
    for (at, (head, text)) in said.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n\n" };
        let text = cut(&format!("\n{text}"), left);
        left = left.saturating_sub(text.chars().count() + head.chars().count());
        out.push_str(&format!("<r>{BOLD}{}</r>", said_in("t", &format!("{gap}{head}"))));
        out.push_str(&format!("<r>{PLAIN}{}</r>", said_in("t", &text)));
        if left == 0 {
            break;
        }
    }
    out
}

/// What is added to somebody's comment.
pub(super) fn extension(said: &Said, prefix: &str) -> String {
    let all = format!("{}{}{}", line(&format!("\n{BEGIN}\n")), runs(said), line(&format!("\n{END}")));
    prefixed(&all, prefix)
}

/// A run of plain text without prefixes.
pub(super) fn line(text: &str) -> String {
    format!("<r>{PLAIN}{}</r>", said_in("t", text))
}

/// At most so many characters, with a sign that something is missing.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Lines that a comment takes in its box.
pub(crate) fn lines(said: &Said) -> u32 {
    let wrapped = |text: &str| text.lines().map(|line| 1 + line.chars().count() as u32 / 46).sum::<u32>();
    said.iter().map(|(head, text)| wrapped(head) + wrapped(text) + 1).sum::<u32>().min(40)
}
