//! Ids from labels: ASCII, short, each once.
//!
//! In:  labels in Vietnamese; ids that are taken.
//! Out: `so_cnvcld_tuyen_truyen` for a field, `mau-so-1` for a form.

use crate::number;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::text::fold;

const MAX_WORDS: usize = 9;
const MAX_LETTERS: usize = 44;
/// Words that make an id longer and no clearer; with their marks, without which they are other words.
const FILLERS: &[&str] = &["các", "cho", "của", "đã", "được", "là", "tại", "theo", "thì", "và", "với"];
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
    let mut outside = String::with_capacity(bare.len());
    for c in bare.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => continue,
            _ => {}
        }
        outside.push(c);
    }
    let text = if fold(&outside).is_empty() { bare } else { &outside };
    let is_mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let all: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()).collect();
    let is_filler = |word: &&&str| FILLERS.contains(&word.to_lowercase().as_str());
    let kept = all.iter().filter(|word| !is_filler(word));
    // Letters of other scripts stay out of names.
    let ascii = |word: &&str| fold(word).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    kept.map(ascii).filter(|word| !word.is_empty()).collect()
}

/// The words joined; empty when a text has no letters of ours.
pub(crate) fn slug(text: &str, by: char) -> String {
    joined(words(text), by)
}

/// As [`slug`], for a title: without the year and the words that every title begins with.
pub(crate) fn slug_of_title(text: &str, by: char) -> String {
    let mut words = words(text);
    let is_year = |word: &String| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    if let Some(at) = words.iter().position(is_year).filter(|at| *at > 0) {
        words.remove(at);
        if words[at - 1] == "nam" {
            words.remove(at - 1);
        }
    }
    if words.len() > 3 && words[..2] == ["danh", "sach"] {
        words.drain(..2);
    }
    joined(words, by)
}

fn joined(words: Vec<String>, by: char) -> String {
    let mut out = String::new();
    for word in words.into_iter().take(MAX_WORDS) {
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
pub(crate) struct Names {
    taken: BTreeSet<String>,
    /// The number that the next one of a name is tried with.
    next: BTreeMap<String, u32>,
}

impl Names {
    pub(crate) fn taken(names: impl IntoIterator<Item = String>) -> Self {
        Self { taken: names.into_iter().collect(), next: BTreeMap::new() }
    }

    /// The name itself, or the first of `name_2`, `name_3` that is free.
    pub(crate) fn give(&mut self, name: &str, by: char) -> String {
        let is_fit = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !RESERVED.contains(&name);
        let name = match (name, is_fit) {
            ("", _) => "o".to_owned(),
            (name, true) => name.to_owned(),
            (name, false) => format!("f{by}{name}"),
        };
        if self.taken.insert(name.clone()) {
            return name;
        }
        let next = self.next.entry(name.clone()).or_insert(2);
        loop {
            let given = format!("{name}{by}{next}");
            *next += 1;
            if self.taken.insert(given.clone()) {
                return given;
            }
        }
    }

    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
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
            ("Số người lao động ở các đơn vị sự nghiệp công lập của tỉnh", "so_nguoi_lao_dong_o_don_vi_su_nghiep"),
            ("Số vụ tai nạn đã xảy ra trong năm", "so_vu_tai_nan_xay_ra_trong_nam"),
            ("Của", ""),
        ] {
            assert_eq!(slug(text, '_'), expected, "{text}");
        }
    }

    #[test]
    fn a_title_is_named_without_its_year() {
        assert_eq!(slug_of_title("BÁO CÁO THU CHI QUỸ HỘI NĂM 2015", '-'), "bao-cao-thu-chi-quy-hoi");
        assert_eq!(slug_of_title("DANH SÁCH HỘ ĐƯỢC CỨU TRỢ", '_'), "ho_cuu_tro");
    }

    #[test]
    fn a_name_is_given_once_and_never_a_word_of_sql() {
        let mut names = Names::taken(["nu".to_owned()]);
        let given = ["nu", "nu", "in", "2014", ""].map(|name| names.give(name, '_'));
        assert_eq!(given, ["nu_2", "nu_3", "f_in", "f_2014", "o"]);
    }
}
