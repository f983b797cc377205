//! A kept value in words, in both languages.

use crate::reading::Both;
use thidua_campaign::Campaign;
use thidua_model::date::{dmy, from_days};
use thidua_model::{FieldIx, Lang, Measure, ValueKind, numerals};

/// With its measure. `counts_units`: stated above the grassroots, where a yes or no is a number of units.
pub(crate) fn figure(campaign: &Campaign, field: FieldIx, value: i64, counts_units: bool) -> Both {
    let known = campaign.field(field);
    match known.kind {
        ValueKind::Flag if !counts_units && value == 0 => Both::new("Không", "No"),
        ValueKind::Flag if !counts_units && value == 1 => Both::new("Có", "Yes"),
        ValueKind::Choice => {
            let label = usize::try_from(value).ok().and_then(|at| known.choices.get(at));
            label.map_or_else(|| Both::same(&value.to_string()), |(_, label)| Both::same(label))
        }
        ValueKind::Date => {
            let date = from_days(value);
            Both::same(&date.map_or_else(|| value.to_string(), dmy))
        }
        ValueKind::Number | ValueKind::Flag | ValueKind::Text => {
            let (vi, en) = measure(campaign, field).map_or(("", ""), |measure| (&*measure.label, &*measure.label_en));
            let with = |lang, measure: &str| {
                format!("{} {measure}", plain(campaign, field, value, lang)).trim_end().to_owned()
            };
            Both { vi: with(Lang::Vi, vi), en: with(Lang::En, en) }
        }
    }
}

/// The number alone.
pub(crate) fn plain(campaign: &Campaign, field: FieldIx, value: i64, lang: Lang) -> String {
    numerals::number(value, measure(campaign, field).map_or(0, |measure| u32::from(measure.decimals)), lang)
}

fn measure(campaign: &Campaign, field: FieldIx) -> Option<&Measure> {
    campaign.field(field).measure.as_ref().and_then(|id| campaign.measure(id))
}
