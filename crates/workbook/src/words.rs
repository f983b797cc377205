//! Numbers, dates and targets as a Vietnamese office writes them, where a text needs them.
//!
//! Not here: numbers that stand in cells of their own; they stay numbers with a format (`style`).

use thidua_campaign::{Campaign, Indicator, Operator, Target};
use thidua_model::date::dmy;
use thidua_model::numerals;
use thidua_model::words::{Reason, Verdict};
use thidua_model::{Date, DateTime, Lang, Measure, MeasureId};

/// `-1234567` with two decimals is `-12.345,67`; zeros at the end of the decimals are left out.
pub(crate) fn number(value: i64, decimals: u32) -> String {
    numerals::number(value, decimals, Lang::Vi)
}

/// The target as a reader of the plan would say it: `> 90 %`, `1.800 – 2.000 người`, `Có`.
pub(crate) fn target(campaign: &Campaign, indicator: &Indicator) -> String {
    let measure = measure(campaign, &indicator.measure);
    let decimals = measure.map_or(0, |it| u32::from(it.decimals));
    let label = measure.map_or("", |it| &it.label);
    bounds(&indicator.target, decimals, label)
}

/// A target with its measure, in words and signs.
pub(crate) fn bounds(target: &Target, decimals: u32, label: &str) -> String {
    let low = number(target.low, decimals);
    let sign = match target.operator {
        Operator::Above => ">",
        Operator::AtLeast => "≥",
        Operator::Exactly => "=",
        Operator::Below => "<",
        Operator::AtMost => "≤",
        Operator::Yes => return "Có".to_owned(),
        Operator::Range => {
            let high = target.high.map_or_else(|| "…".to_owned(), |high| number(high, decimals));
            return format!("{low} – {high} {label}").trim_end().to_owned();
        }
    };
    format!("{sign} {low} {label}").trim_end().to_owned()
}

pub(crate) fn measure<'a>(campaign: &'a Campaign, id: &MeasureId) -> Option<&'a Measure> {
    campaign.measure(id)
}

/// An ISO date of the manifest as an office writes it; anything else as it stands.
pub(crate) fn iso_as_dmy(iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), dmy)
}

/// Letters of a column, counted from 0.
pub(crate) fn column(col: u16) -> String {
    let (mut rest, mut letters) = (u32::from(col) + 1, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// `20/12/2015 08:05`.
pub(crate) fn minute(at: DateTime) -> String {
    format!("{} {:02}:{:02}", dmy(at.date()), at.hour(), at.minute())
}

/// A reason that fits a narrow column.
pub(crate) const fn short_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotReported => "chưa báo cáo",
        Reason::NotYetDue => "chưa đến hạn",
        Reason::Blank => "để trống",
        Reason::Rejected => "không đọc được",
        Reason::TakenOut => "đã lấy ra khi đối chiếu",
        Reason::DenominatorZero => "không áp dụng",
        Reason::PartAboveWhole => "tử > mẫu, hỏi lại",
        Reason::NotAsked => "không thuộc diện",
        Reason::NotApplicable => "ghi không áp dụng",
        Reason::NoTarget => "không có chỉ tiêu",
        Reason::NoReceipts => "không có sổ nhận",
        Reason::OutOfRange => "vượt giới hạn số",
        Reason::TooLittleData => "chưa đủ số liệu",
        Reason::NoSpread => "các đơn vị như nhau",
        Reason::NotEligible => "không xét",
    }
}

/// A sign that is told apart without colour.
pub(crate) const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::Exceeded => "▲",
        Verdict::NotMet => "✗",
        Verdict::Reached => "●",
        Verdict::InProgress => "◐",
        Verdict::NotYetDue => "○",
        Verdict::NotApplicable => "–",
        Verdict::NoVerdict => "?",
    }
}

/// What the signs mean, for the note above a table.
pub(crate) fn legend() -> String {
    let signs: Vec<String> =
        Verdict::ALL.iter().map(|&it| format!("{} {}", sign(it), it.words(Lang::Vi).to_lowercase())).collect();
    format!("Dấu: {}; * còn thiếu báo cáo (tạm tính).", signs.join("; "))
}

/// A flag in words.
pub(crate) const fn yes_no(flag: bool) -> &'static str {
    if flag { "Có" } else { "Không" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts_have_vietnamese_separators() {
        for (value, decimals, expected) in [
            (0, 0, "0"),
            (1800, 0, "1.800"),
            (9000, 2, "90"),
            (8550, 2, "85,5"),
            (-1_234_567, 2, "-12.345,67"),
            (5, 2, "0,05"),
        ] {
            assert_eq!(number(value, decimals), expected);
        }
    }

    #[test]
    fn a_target_says_whether_its_limit_is_included() {
        let cases = [
            (Operator::Above, 9000, None, "> 90 %"),
            (Operator::AtLeast, 9500, None, "≥ 95 %"),
            (Operator::Exactly, 10_000, None, "= 100 %"),
            (Operator::Below, 100, None, "< 1 %"),
            (Operator::Range, 180_000, Some(200_000), "1.800 – 2.000 %"),
            (Operator::Yes, 1, None, "Có"),
        ];
        for (operator, low, high, expected) in cases {
            assert_eq!(bounds(&Target { operator, low, high }, 2, "%"), expected);
        }
    }
}
