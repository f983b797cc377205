//! Ids from labels: ASCII, short, each once.
//!
//! In:  labels in Vietnamese; ids that are taken.
//! Out: `so_cnvcld_tuyen_truyen` for a field, `mau-so-1` for a form.

use crate::number;
use std::collections::BTreeSet;
use thidua_model::text::fold;

const MAX_WORDS: usize = 7;
const MAX_LETTERS: usize = 44;
/// Words that make an id longer and no clearer.
const FILLERS: &[&str] = &["cac", "cho", "cua", "da", "duoc", "la", "tai", "theo", "thi", "trong", "va", "voi"];
/// Words of SQL, in which formulas are written.
const RESERVED: &[&str] = &[
    "all", "and", "any", "as", "asc", "between", "by", "case", "cast", "desc", "distinct", "else", "end", "exists",
    "false", "from", "group", "having", "in", "into", "is", "join", "like", "limit", "not", "null", "on", "or",
    "order", "over", "select", "set", "table", "then", "to", "true", "union", "using", "values", "when", "where",
    "with",
];

/// Words of a label without its number and what stands in brackets.
fn words(text: &str) -> Vec<String> {
    let (_, bare) = number::split(text);
    let mut depth = 0u32;
    let outside: String = bare
        .chars()
        .filter_map(|c| match c {
            '(' | '[' => {
                depth += 1;
                Some(' ')
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                Some(' ')
            }
            _ if depth > 0 => None,
            '%' => Some(' '),
            _ => Some(c),
        })
        .collect();
    let text = if fold(&outside).is_empty() { bare } else { &outside };
    let is_mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let words = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).map(fold);
    // Letters of other scripts stay out of names.
    words
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|it| !it.is_empty())
        .collect()
}

/// The words joined; empty when a text has no letters of ours.
pub(crate) fn slug(text: &str, by: char) -> String {
    let mut out = String::new();
    let all = words(text);
    let has_other = all.iter().any(|word| !FILLERS.contains(&word.as_str()));
    let kept = all.iter().filter(|word| !has_other || !FILLERS.contains(&word.as_str()));
    for word in kept.take(MAX_WORDS) {
        if !out.is_empty() && out.len() + word.len() >= MAX_LETTERS {
            break;
        }
        if !out.is_empty() {
            out.push(by);
        }
        out.extend(word.chars().take(MAX_LETTERS));
    }
    out
}

/// Names of one kind, each given once.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    pub(crate) fn taken(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().collect())
    }

    /// The name itself, or the first of `name_2`, `name_3` that is free.
    pub(crate) fn give(&mut self, name: &str, by: char) -> String {
        let is_fit = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !RESERVED.contains(&name);
        let name = match (name, is_fit) {
            ("", _) => "o".to_owned(),
            (name, true) => name.to_owned(),
            (name, false) => format!("f{by}{name}"),
        };
        let mut given = name.clone();
        let mut next = 2u32;
        while !self.0.insert(given.clone()) {
            given = format!("{name}{by}{next}");
            next += 1;
        }
        given
    }

    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_becomes_a_short_name_in_ascii() {
        for (text, expected) in [
            ("1. Tổng số lao động (người)", "tong_so_lao_dong"),
            ("Số CNVCLĐ được tuyên truyền (đếm người, không tính lượt)", "so_cnvcld_tuyen_truyen"),
            ("- Nữ", "nu"),
            ("Tỷ lệ %", "ty_le"),
            ("(%)", ""),
            ("2014", "2014"),
            ("Тест", ""),
            ("Số người lao động ở các đơn vị sự nghiệp công lập của tỉnh", "so_nguoi_lao_dong_o_don_vi"),
        ] {
            assert_eq!(slug(text, '_'), expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_given_once_and_never_a_word_of_sql() {
        let mut names = Names::taken(["nu".to_owned()]);
        let given = ["nu", "nu", "in", "2014", ""].map(|name| names.give(name, '_'));
        assert_eq!(given, ["nu_2", "nu_3", "f_in", "f_2014", "o"]);
    }
}
