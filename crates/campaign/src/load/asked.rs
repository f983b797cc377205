//! Nothing is asked twice: one form asks a field once of one unit and period (D011).
//!
//! In:  all forms, each with the fields that its lines ask for.
//! Out: an issue at the second line that asks.

use crate::definition::Form;
use crate::load::forms::Asked;
use crate::load::issues::Issues;
use crate::load::organisation::Organisation;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::{FieldIx, IssueKind, PeriodIx, Text};

/// # Input
/// `ids`: the id of each field, for the message.
pub(crate) fn check(forms: &[(&Form, &[Asked])], ids: &[Text], organisation: &Organisation, issues: &Issues) {
    let periods: Vec<BTreeSet<PeriodIx>> = forms.iter().map(|(form, _)| periods_of(form, organisation)).collect();
    let mut by_field: BTreeMap<FieldIx, Vec<(usize, &Asked)>> = BTreeMap::new();
    for (at, (_, asked)) in forms.iter().enumerate() {
        for line in *asked {
            by_field.entry(line.field).or_default().push((at, line));
        }
    }
    for (field, lines) in by_field {
        for (second, (form, line)) in lines.iter().enumerate() {
            let clash = lines[..second].iter().find(|(other_form, other)| {
                let (a, b) = (forms[*other_form].0, forms[*form].0);
                !periods[*other_form].is_disjoint(&periods[*form])
                    && other.levels.iter().any(|level| line.levels.contains(level))
                    && overlap(&other.sectors, &line.sectors)
                    && overlap(&a.kinds, &b.kinds)
            });
            if let Some((other_form, _)) = clash {
                let (a, b) = (&forms[*other_form].0.id, &forms[*form].0.id);
                let names = if a == b { a.to_string() } else { format!("{a}, {b}") };
                let field = ids[field.0 as usize].clone();
                issues.add(IssueKind::AskedTwice { field, forms: names.into() }, line.place.clone());
            }
        }
    }
}

/// Periods of its document at whose as-of date the form is valid.
fn periods_of(form: &Form, organisation: &Organisation) -> BTreeSet<PeriodIx> {
    let periods = organisation.periods_with(&form.document).into_iter();
    let valid = periods.filter(|period| {
        let as_of = organisation.periods[usize::from(period.0)].as_of;
        form.valid_from <= as_of && form.valid_to.is_none_or(|to| as_of <= to)
    });
    valid.collect()
}

/// Empty means any.
fn overlap<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|it| b.contains(it))
}
