//! How far a fact can go.
//!
//! In:  a formula over fields with measures; a target that is met by one value alone.
//! Out: the least and greatest value; that value.
//!
//! Not here: which change is asked for (`needs`).

use crate::people;
use thidua_campaign::{Campaign, Operator, Shape, Target};
use thidua_formula::Formula;

/// Least and greatest value of a formula by the measures of its fields; not below zero and far from
/// the limits of integers where they do not tell.
pub(super) fn of(campaign: &Campaign, formula: &Formula) -> (i64, i64) {
    let of_field = |name: &str| {
        let field = campaign.field(campaign.find_field(name)?);
        let measure = campaign.measure(field.measure.as_ref()?)?;
        Some((measure.min, measure.max))
    };
    formula.bounds(&of_field).unwrap_or((0, 1_000_000_000_000))
}

/// The count that meets a target "exactly"; `None` for any other target, and where no count does.
pub(super) fn exact(campaign: &Campaign, indicator: usize, target: Target, whole: Option<i64>) -> Option<i64> {
    if target.operator != Operator::Exactly {
        return None;
    }
    let indicator = &campaign.indicators[indicator];
    match (indicator.shape, whole) {
        (Shape::Share | Shape::Flag, Some(whole)) => {
            let decimals = people::measure(campaign, indicator).map_or(0, |measure| measure.decimals);
            let percent = 10i128.checked_pow(u32::from(decimals) + 2)?;
            let product = i128::from(whole) * i128::from(target.low);
            if product % percent == 0 { i64::try_from(product / percent).ok() } else { None }
        }
        _ => Some(target.low),
    }
}
