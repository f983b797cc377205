//! Which reading of an unclear share is meant: other figures tell.
//!
//! In:  two readings of a share, the values read beside it, the definition.
//! Out: the reading that agrees, if exactly one does.
//!
//! A share that the form lets compute from its own lines is what those lines give; a registered
//! target is of the size of the target that everybody has.
//!
//! Not here: comparing every stated share with its lines (`rules`).

use crate::rules::is_share;
use thidua_campaign::Campaign;
use thidua_formula::{Formula, Frame};
use thidua_model::FieldIx;
use thidua_texts::values::Unclear;

/// The value meant, or `None` when nothing tells.
pub(crate) fn settle(
    campaign: &Campaign,
    field: FieldIx,
    unclear: &Unclear,
    value_of: &dyn Fn(FieldIx) -> Option<i64>,
) -> Option<i64> {
    let known = campaign.field(field);
    let decimals = known.measure.as_ref().and_then(|id| campaign.measure(id)).map_or(0, |measure| measure.decimals);
    let agrees: Box<dyn Fn(i64) -> bool> = match &known.recomputed {
        Some((part, whole)) => {
            let part = evaluate(campaign, part, value_of)?;
            let whole = evaluate(campaign, whole, value_of).filter(|whole| *whole != 0)?;
            Box::new(move |stated| is_share(stated, part, whole, decimals))
        }
        None => {
            let indicator = campaign.indicators.iter().find(|it| it.registered_in == Some(field))?;
            let of_target = campaign.measure(&indicator.measure).map_or(0, |measure| measure.decimals);
            let power = |decimals: u8| 10i128.pow(u32::from(decimals).min(18));
            let target = i128::from(indicator.target.low) * power(decimals);
            // The readings are a hundredfold apart: one of them at most lies within the tenfold.
            Box::new(move |stated| {
                let stated = i128::from(stated) * power(of_target);
                stated * 10 > target && stated < target * 10
            })
        }
    };
    match (agrees(unclear.one), agrees(unclear.other)) {
        (true, false) => Some(unclear.one),
        (false, true) => Some(unclear.other),
        _ => None,
    }
}

fn evaluate(campaign: &Campaign, formula: &Formula, value_of: &dyn Fn(FieldIx) -> Option<i64>) -> Option<i64> {
    let mut frame = Frame::new(1);
    for input in formula.inputs() {
        frame.int(input, vec![value_of(campaign.find_field(input)?)]);
    }
    // What cannot be evaluated here is reported where the rule itself is.
    formula.ints(&frame).ok()?.pop()?
}
