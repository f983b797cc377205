//! Numbers and targets in the words of issues and tables, the way Vietnamese offices write them.
//! Rounded here and only here; nothing reads these texts back.

use thidua_campaign::{Campaign, Indicator, Operator};
use thidua_model::{Lang, Measure, numerals};

/// A kept integer with its decimals: `1.800`, `92,5`. Trailing zeros after the comma go.
pub(crate) fn number(value: i64, decimals: u8) -> String {
    numerals::number(value, u32::from(decimals), Lang::Vi)
}

/// `> 90 %`, `1.800 – 2.000 người`, `có`.
pub(crate) fn target(
    campaign: &Campaign,
    indicator: &Indicator,
    operator: Operator,
    low: i64,
    high: Option<i64>,
) -> String {
    let measure = measure(campaign, indicator);
    let decimals = measure.map_or(0, |measure| measure.decimals);
    let label = measure.map(|measure| format!(" {}", measure.label)).unwrap_or_default();
    let low = number(low, decimals);
    match operator {
        Operator::Above => format!("> {low}{label}"),
        Operator::AtLeast => format!("≥ {low}{label}"),
        Operator::Exactly => format!("= {low}{label}"),
        Operator::Below => format!("< {low}{label}"),
        Operator::AtMost => format!("≤ {low}{label}"),
        Operator::Range => match high {
            Some(high) => format!("{low} – {}{label}", number(high, decimals)),
            None => format!("≥ {low}{label}"),
        },
        Operator::Yes => "có".into(),
    }
}

pub(crate) fn measure<'c>(campaign: &'c Campaign, indicator: &Indicator) -> Option<&'c Measure> {
    campaign.measure(&indicator.measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_points_for_thousands_and_a_comma() {
        for (value, decimals, shown) in [
            (0, 0, "0"),
            (1800, 0, "1.800"),
            (1_234_567, 0, "1.234.567"),
            (-1234, 0, "-1.234"),
            (9250, 2, "92,5"),
            (9000, 2, "90"),
            (-5, 2, "-0,05"),
            (i64::MIN, 0, "-9.223.372.036.854.775.808"),
        ] {
            assert_eq!(number(value, decimals), shown);
        }
    }
}
