//! Shares that the form asks for though its other lines give them (R203).
//!
//! In:  the facts of a form and period, its fields with `recomputed`.
//! Out: a warning where the stated share is not the exact one, rounded.

use super::report::warn;
use super::sides::{Columns, Reports};
use super::{Group, Sender};
use crate::IngestError;
use crate::gathered::Gathered;
use std::collections::BTreeMap;
use thidua_model::{FactMark, FieldIx, IssueKind};
use thidua_texts::values::numbers::show;

pub(super) fn recompute(
    all: &mut Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    reports: &Reports,
    group: &Group,
) -> Result<(), IngestError> {
    let campaign = all.plan.campaign;
    let lines = campaign.forms[group.form].sections.iter().flat_map(|section| &section.lines);
    let asked: Vec<FieldIx> = lines.flat_map(|line| line.fields.iter().flatten().copied()).collect();
    for field in asked {
        let known = campaign.field(field);
        let Some((part, whole)) = &known.recomputed else { continue };
        let failed = |source| IngestError::Formula { what: format!("field {}", known.id.as_str()), source };
        let columns = Columns { all, fields, reports, is_credible: false };
        let ints = |formula| columns.ints(formula, group.period, &group.units, false).map_err(failed);
        let (parts, wholes) = (ints(part)?, ints(whole)?);
        let decimals = all.plan.measure(known.measure.as_ref()).map_or(0, |measure| measure.decimals);
        for ((sender, part), whole) in group.units.iter().zip(parts).zip(wholes) {
            let Sender { unit, .. } = *sender;
            let stated = all.intake.facts.value(group.period, field, unit);
            let (Some(stated), Some(part), Some(whole)) = (stated, part, whole) else { continue };
            if whole == 0 || is_share(stated, part, whole, decimals) {
                continue;
            }
            let computed = rounded(part, whole, decimals);
            let kind = IssueKind::DerivedDiffers {
                stated: show(stated.into(), decimals).into(),
                computed: show(computed, decimals).into(),
            };
            warn(all, kind, FactMark::Warned, field, group, *sender);
        }
    }
    Ok(())
}

/// The stated share is the exact one, rounded to any number of decimals up to the measure's.
pub(crate) fn is_share(stated: i64, part: i64, whole: i64, decimals: u8) -> bool {
    let scale = 10i128.pow(u32::from(decimals).min(18));
    let (stated, part, whole) = (i128::from(stated), i128::from(part), i128::from(whole));
    let mut step = 1i128;
    for _ in 0..=decimals {
        // |stated - 100·part·scale / whole| ≤ step / 2, without dividing.
        let off = (stated * whole - 100 * part * scale).abs();
        if stated % step == 0 && off * 2 <= step * whole.abs() {
            return true;
        }
        step *= 10;
    }
    false
}

fn rounded(part: i64, whole: i64, decimals: u8) -> i128 {
    let scale = 10i128.pow(u32::from(decimals).min(18));
    let (numerator, whole) = (i128::from(part) * 100 * scale, i128::from(whole));
    let half = if (numerator < 0) == (whole < 0) { whole / 2 } else { -(whole / 2) };
    (numerator + half) / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_share_may_be_rounded_but_not_wrong() {
        for (stated, part, whole, expected) in [
            (253, 79, 3123, true), // 2.5296… % as 2.53
            (250, 79, 3123, true), // as 2.5
            (300, 79, 3123, true), // as 3
            (254, 79, 3123, false),
            (260, 79, 3123, false),
            (10_000, 5, 5, true),
            (0, 0, 5, true),
            (50, 1, 200, true),  // exactly half a percent
            (100, 1, 200, true), // half rounds up to 1
        ] {
            assert_eq!(is_share(stated, part, whole, 2), expected, "{stated} of {part}/{whole}");
        }
        assert_eq!(rounded(79, 3123, 2), 253);
    }
}
