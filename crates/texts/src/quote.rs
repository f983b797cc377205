//! How messages quote a cell.

use thidua_model::Text;

/// Characters of a cell that a message shows.
const SHOWN: usize = 80;

/// The text, cut to what fits a message.
pub(crate) fn quote(text: &str) -> Text {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
