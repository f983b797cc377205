//! What stands behind the digits of a number: `người`, `%`, `triệu đồng`.
//!
//! In:  the text behind a number, the measure that is asked.
//! Out: by which power of ten the number is to be multiplied, a percent sign, or nothing known.
//!
//! Not here: the number itself (`numbers`), issues (`values`).

use thidua_model::text::fold;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    /// The measure itself, or nothing; the value is in the measure after `10^power`.
    Own {
        power: i32,
    },
    Percent,
    Other,
}

/// Words for thousands, by the power of ten. Folded.
const SCALES: &[(&str, i32)] =
    &[("nghin", 3), ("ngan", 3), ("trieu", 6), ("tr", 6), ("ty", 9), ("ti", 9), ("trd", 6), ("tyd", 9)];
/// Names of the currency; only its amounts are written in millions. Folded.
const CURRENCY: &[&str] = &["dong", "d", "vnd", "dongvietnam"];

/// `labels`: the measure as the line prints it and as the definition names it.
pub fn suffix(text: &str, labels: [&str; 2]) -> Suffix {
    let text = text.trim().trim_end_matches('.').trim_end();
    if text.is_empty() {
        return Suffix::Own { power: 0 };
    }
    // Longer than any measure.
    if text.len() > 80 {
        return Suffix::Other;
    }
    if text == "%" || fold(text) == "phantram" {
        return Suffix::Percent;
    }
    let key = fold(text);
    if !key.is_empty() && labels.iter().any(|label| fold(label) == key) {
        return Suffix::Own { power: 0 };
    }
    let (power, base) = scaled(text);
    let of_label = labels.iter().map(|label| scaled(label)).find(|(_, base)| is_currency(base));
    match of_label {
        Some((own, _)) if is_currency(&base) || (base.is_empty() && power > 0) => Suffix::Own { power: power - own },
        _ => Suffix::Other,
    }
}

fn is_currency(base: &str) -> bool {
    CURRENCY.contains(&base)
}

/// `triệu đồng` as (6, `dong`), `đồng` as (0, `dong`), `tỷ` as (9, nothing).
fn scaled(text: &str) -> (i32, String) {
    let mut power = 0;
    let mut base = String::new();
    for word in text.split_whitespace() {
        let key = fold(word);
        match SCALES.iter().find(|(known, _)| *known == key && base.is_empty()) {
            Some((known, by)) => {
                power += by;
                if known.ends_with('d') {
                    base.push('d');
                }
            }
            None => base.push_str(&key),
        }
    }
    // Two such words, `nghìn tỷ`, are the most that is ever written.
    if power > 12 { (0, String::from("?")) } else { (power, base) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_measure_and_multiples_of_money_are_known() {
        for (text, label, expected) in [
            ("", "người", Some(0)),
            ("người", "người", Some(0)),
            ("Người.", "người", Some(0)),
            ("nhà", "người", None),
            ("đồng", "đồng", Some(0)),
            ("đ", "đồng", Some(0)),
            ("VNĐ", "đồng", Some(0)),
            ("triệu đồng", "đồng", Some(6)),
            ("triệu", "đồng", Some(6)),
            ("tr", "đồng", Some(6)),
            ("trđ", "đồng", Some(6)),
            ("tỷ", "đồng", Some(9)),
            ("tỉ đồng", "đồng", Some(9)),
            ("nghìn tỷ đồng", "đồng", Some(12)),
            ("ngàn đồng", "đồng", Some(3)),
            ("đồng", "triệu đồng", Some(-6)),
            ("triệu đồng", "triệu đồng", Some(0)),
            ("tỷ", "triệu đồng", Some(3)),
            ("triệu", "triệu đồng", Some(0)),
            ("triệu", "người", None),
            ("nghìn người", "người", None),
            ("trường", "đồng", None),
            ("tỷ tỷ", "đồng", None),
            ("tr5", "đồng", None),
            ("E400", "đồng", None),
            ("m2", "m2", Some(0)),
        ] {
            let found = match suffix(text, [label, ""]) {
                Suffix::Own { power } => Some(power),
                Suffix::Percent | Suffix::Other => None,
            };
            assert_eq!(found, expected, "{text} in {label}");
        }
        assert_eq!(suffix("%", ["%", ""]), Suffix::Percent);
        assert_eq!(suffix("phần trăm", ["người", ""]), Suffix::Percent);
    }
}
