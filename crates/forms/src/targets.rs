//! The unit's own targets in the words of the office.
//!
//! In:  assigned targets and those of the campaign, and what the unit registered.
//! Out: for each line what is to be reached with it.
//!
//! Not here: judging against them (`compute`).

use crate::expression::Expression;
use thidua_campaign::{Campaign, Indicator, Operator, Target, UnitSpan};
use thidua_model::words::TargetKind;
use thidua_model::{FieldIx, Lang, UnitIx, numerals};

/// What is to be reached with a field: by every indicator whose numerator it begins.
///
/// # Input
/// `registered`: what the unit registered in a field, as it is kept.
pub(crate) fn target(
    campaign: &Campaign,
    (unit, span): (UnitIx, &UnitSpan),
    registered: &dyn Fn(FieldIx) -> Option<i64>,
    field: FieldIx,
) -> Option<String> {
    let id = campaign.field(field).id.as_str();
    let level = &campaign.level(span).id;
    // A count with conditions (committees of units with thirty members) is no matter of one line.
    let begins = |indicator: &Indicator| {
        let numerator = Expression::parse(indicator.numerator.text());
        numerator.is_some_and(|numerator| numerator.is_plain() && numerator.fields().first() == Some(&id))
    };
    let own = campaign.indicators.iter().enumerate().filter(|(_, it)| it.levels.contains(level) && begins(it));
    let mut told: Vec<String> = Vec::new();
    for (at, indicator) in own {
        let found = campaign.target_order.iter().find_map(|kind| {
            let value = match kind {
                TargetKind::Assigned => {
                    let assigned = campaign.assigned.iter().find(|it| it.unit == unit && it.indicator == at)?;
                    Some(assigned.value)
                }
                TargetKind::Registered => Some(in_measure(campaign, indicator, registered)?),
                TargetKind::Province if span.level == 0 || indicator.target_holds_below => None,
                TargetKind::Province => return None,
            };
            Some((*kind, value.map_or(indicator.target, |value| own_limit(indicator, value))))
        });
        let Some((kind, target)) = found else { continue };
        let whose = match kind {
            TargetKind::Assigned => " (được giao)",
            TargetKind::Registered => " (đã đăng ký)",
            TargetKind::Province => "",
        };
        told.push(format!("{} {}{whose}", indicator.id.as_str(), shown(campaign, indicator, target)));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// What was registered, in the places of the indicator's measure.
fn in_measure(campaign: &Campaign, indicator: &Indicator, registered: &dyn Fn(FieldIx) -> Option<i64>) -> Option<i64> {
    let field = indicator.registered_in?;
    let decimals = |id| campaign.measure(id).map_or(0, |measure| measure.decimals);
    let from = campaign.field(field).measure.as_ref().map_or(0, decimals);
    let to = decimals(&indicator.measure);
    let power = |places: u8| 10i64.checked_pow(u32::from(places));
    let value = registered(field)?;
    if to >= from { value.checked_mul(power(to - from)?) } else { value.checked_div(power(from - to)?) }
}

/// A unit's own limit: reaching it is enough.
fn own_limit(indicator: &Indicator, value: i64) -> Target {
    let operator = match indicator.target.operator {
        Operator::Below | Operator::AtMost => Operator::AtMost,
        Operator::Yes => Operator::Yes,
        _ => Operator::AtLeast,
    };
    Target { operator, low: value, high: None }
}

fn shown(campaign: &Campaign, indicator: &Indicator, target: Target) -> String {
    let measure = campaign.measure(&indicator.measure);
    let number = |value| numerals::number(value, measure.map_or(0, |it| u32::from(it.decimals)), Lang::Vi);
    let label = measure.map(|measure| format!(" {}", measure.label)).unwrap_or_default();
    let low = number(target.low);
    match (target.operator, target.high) {
        (Operator::Yes, _) => "có".to_owned(),
        (Operator::Range, Some(high)) => format!("{low} – {}{label}", number(high)),
        (Operator::Above, _) => format!("> {low}{label}"),
        (Operator::Below, _) => format!("< {low}{label}"),
        (Operator::AtMost, _) => format!("≤ {low}{label}"),
        (Operator::Exactly, _) => format!("= {low}{label}"),
        (Operator::AtLeast | Operator::Range, _) => format!("≥ {low}{label}"),
    }
}
