//! Comparing Vietnamese labels and names: without marks, case, spaces and apostrophes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The comparison key of a name: lower case, no marks, letters and digits only.
///
/// ```
/// use thidua_model::text::fold;
/// assert_eq!(fold("Krông Pắc"), "krongpac");
/// assert_eq!(fold("Čư M’gar"), fold("Cư M'gar"));
/// assert_eq!(fold("  - Trong đó: nữ"), "trongdonu");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        if is_combining_mark(c) {
            continue;
        }
        for c in c.to_lowercase() {
            match c {
                'đ' | 'ð' => folded.push('d'),
                c if c.is_alphanumeric() => folded.push(c),
                _ => {}
            }
        }
    }
    folded
}
