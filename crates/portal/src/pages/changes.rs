//! What a new version says otherwise than the approved one, for whoever approves it.

use crate::answer::Refused;
use crate::kept::figure;
use crate::reading::Both;
use crate::site::Site;
use crate::visitor::Signed;
use std::collections::BTreeMap;
use thidua_model::{FactMark, Lang};
use thidua_pages::upload_result::Change;
use thidua_store::{Fact, State, Submission};

/// Field by field, down the sheet of the new version. Empty where nothing was approved before, or where
/// the submission is the approved one or an older version.
pub(super) async fn changes(
    signed: &Signed,
    site: &Site,
    submission: &Submission,
    state: Option<&State>,
) -> Result<Vec<Change>, Refused> {
    let readings = signed.visitor.portal.store.readings();
    let failed = |error| signed.visitor.store(&error);
    let is_current = |state: &&State| {
        let standing = state.standing.as_ref().map(|it| &it.submission);
        state.newest.submission == submission.id || standing == Some(&submission.id)
    };
    let Some(approved) = state.filter(is_current).and_then(|state| state.approved.as_ref()) else {
        return Ok(Vec::new());
    };
    if readings.submission(approved).await.map_err(failed)?.upload == submission.upload {
        return Ok(Vec::new());
    }
    let before = readings.facts(approved).await.map_err(failed)?;
    let after = readings.facts(&submission.id).await.map_err(failed)?;
    let unit = site.campaign.find_unit(&submission.unit);
    let span = unit.map(|unit| site.campaign.unit(unit).latest());
    let counts_units = span.is_some_and(|span| !site.campaign.is_grassroots(span));
    let form = Form { site, id: &submission.form, counts_units };
    Ok(between(&form, &before, &after, signed.visitor.lang))
}

/// What a version says of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    value: Option<i64>,
    words: Option<String>,
    mark: FactMark,
}

/// Rows of a list that speak of several units each give a fact of the same field: their sum is compared.
fn said(facts: &[Fact]) -> (Vec<&str>, BTreeMap<&str, Said>) {
    let mut order = Vec::new();
    let mut by_field: BTreeMap<&str, Said> = BTreeMap::new();
    for fact in facts {
        let mark = fact.mark.as_deref().and_then(FactMark::parse).unwrap_or(FactMark::Present);
        let one = Said { value: fact.value, words: fact.words.clone(), mark };
        match by_field.get_mut(fact.field.as_str()) {
            Some(all) if fact.cell.is_empty() => {
                all.value = match (all.value, fact.value) {
                    (Some(all), Some(more)) => all.checked_add(more),
                    (all, more) => all.or(more),
                };
            }
            Some(_) => {}
            None => {
                order.push(fact.field.as_str());
                by_field.insert(&fact.field, one);
            }
        }
    }
    (order, by_field)
}

/// The form that two versions of are compared.
struct Form<'s> {
    site: &'s Site,
    id: &'s str,
    /// A yes or no is a number of units on it.
    counts_units: bool,
}

impl Form<'_> {
    /// As the form prints it: the same field can be asked in other words elsewhere.
    fn label(&self, field: &str) -> String {
        let campaign = &self.site.campaign;
        let Some(at) = campaign.find_field(field) else { return field.to_owned() };
        let forms = campaign.forms.iter().filter(|form| form.id.as_str() == self.id);
        let mut lines = forms.flat_map(|form| &form.sections).flat_map(|section| &section.lines);
        let line = lines.find(|line| line.fields.contains(&Some(at)));
        line.map_or_else(|| campaign.field(at).label.to_string(), |line| line.label.to_string())
    }
}

fn between(form: &Form<'_>, before: &[Fact], after: &[Fact], lang: Lang) -> Vec<Change> {
    let campaign = &form.site.campaign;
    let ((old_order, old), (mut order, new)) = (said(before), said(after));
    order.extend(old_order.into_iter().filter(|field| !new.contains_key(field)));
    let shown = |field: &str, said: Option<&Said>| {
        let missing = Both::new("(không có)", "(missing)");
        let text = match (said, campaign.find_field(field)) {
            (Some(Said { words: Some(words), .. }), _) => Both::same(words),
            (Some(Said { value: Some(value), .. }), Some(field)) => figure(campaign, field, *value, form.counts_units),
            (Some(Said { value: Some(value), .. }), None) => Both::same(&value.to_string()),
            (Some(said), _) => match said.mark {
                FactMark::Blank => Both::new("(để trống)", "(blank)"),
                FactMark::Rejected => Both::new("(không dùng được)", "(not usable)"),
                FactMark::NotApplicable => Both::new("(không áp dụng)", "(not applicable)"),
                _ => missing,
            },
            (None, _) => missing,
        };
        text.of(lang)
    };
    let content = |said: Option<&Said>| said.map(|said| (said.value, said.words.clone()));
    let mut changes = Vec::new();
    for field in order {
        let (was, is) = (old.get(field), new.get(field));
        // A blank line and one that the other version has not are the same: there is nothing.
        let is_same = content(was).unwrap_or_default() == content(is).unwrap_or_default();
        if is_same {
            continue;
        }
        changes.push(Change { label: form.label(field), before: shown(field, was), after: shown(field, is) });
    }
    changes
}
