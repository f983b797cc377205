//! A value as people read it, in both languages.

use super::report::Both;
use thidua_campaign::Campaign;
use thidua_model::date::{dmy, from_days};
use thidua_model::{FactMark, Lang, ValueKind, numerals};
use thidua_pipeline::validate::ReadValue;

pub(super) fn value(campaign: &Campaign, read: &ReadValue) -> Both {
    if let Some(words) = &read.words {
        return Both::same(words);
    }
    let Some(value) = read.value else { return absent(read.mark) };
    let field = campaign.field(read.field);
    match field.kind {
        ValueKind::Flag if value == 0 => Both::new("Không", "No"),
        ValueKind::Flag if value == 1 => Both::new("Có", "Yes"),
        ValueKind::Choice => {
            let label = usize::try_from(value).ok().and_then(|at| field.choices.get(at));
            label.map_or_else(|| Both::same(&value.to_string()), |(_, label)| Both::same(label))
        }
        ValueKind::Date => {
            let date = from_days(value);
            Both::same(&date.map_or_else(|| value.to_string(), dmy))
        }
        ValueKind::Number | ValueKind::Flag | ValueKind::Text => {
            let measure = field.measure.as_ref().and_then(|id| campaign.measure(id));
            let decimals = measure.map_or(0, |measure| u32::from(measure.decimals));
            let number = |lang| numerals::number(value, decimals, lang);
            let (vi, en) = measure.map_or(("", ""), |measure| (&*measure.label, &*measure.label_en));
            let with = |number: String, measure: &str| format!("{number} {measure}").trim_end().to_owned();
            Both { vi: with(number(Lang::Vi), vi), en: with(number(Lang::En), en) }
        }
    }
}

fn absent(mark: FactMark) -> Both {
    match mark {
        FactMark::Blank => Both::new("(để trống)", "(blank)"),
        FactMark::Rejected => Both::new("(không dùng được)", "(not usable)"),
        FactMark::NotApplicable => Both::new("(không áp dụng)", "(not applicable)"),
        _ => Both::new("–", "–"),
    }
}

/// Why a value asks for a second look.
pub(super) fn mark(mark: FactMark) -> Both {
    match mark {
        FactMark::Warned => Both::new("xem cảnh báo", "see the warning"),
        FactMark::Suspect => Both::new("nghi đếm lượt, không cộng lên", "suspect, not added up"),
        FactMark::Derived => Both::new("tính từ danh sách hoặc dòng khác", "from a list or other lines"),
        FactMark::NothingToReport => Both::new("không phát sinh", "nothing to report"),
        FactMark::Rejected => Both::new("xem lỗi", "see the error"),
        FactMark::Corrected | FactMark::TakenOut => Both::new("đã sửa", "corrected"),
        FactMark::NotReported | FactMark::Blank | FactMark::NotApplicable | FactMark::Present => Both::new("", ""),
    }
}
