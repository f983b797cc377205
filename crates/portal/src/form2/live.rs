//! What the units of a part of the organisation report now, as facts that can be added up.
//!
//! In:  the store's states and facts of one period.
//! Out: an intake as a run would have it, without files and cells.
//!
//! What counts is what a run takes (`runs::counting`): what is approved until a newer version is
//! approved, too; else the newest version that can be read, and nothing when that was sent back. One
//! thing differs: after publication, a version that waits for approval counts here and not in a run,
//! since whoever fills in form 2 then asks for what the units say now.
//!
//! Corrections are applied as in a run, where they fit what was read. What a run would say anew of the
//! corrected report (that a part is above its whole no longer) is not said here: marks of other lines stay
//! as they were read.

use super::Reports;
use crate::corrections::{field_of, judged, shown};
use crate::site::Site;
use crate::state::Portal;
use std::collections::{BTreeMap, BTreeSet};
use thidua_ingest::Meaning;
use thidua_model::facts::Source;
use thidua_model::{Fact, FactMark, FactStore, FieldIx, Intake, PeriodIx, UnitIx};
use thidua_pages::department::CorrectionState;
use thidua_store::{Correction, ReviewState, State, StoreError, SubmissionId, Units};

/// Facts by unit and form.
type ByForm = BTreeMap<(String, String), Vec<thidua_store::Fact>>;

/// Which submission of a unit and form counts.
#[derive(Debug, PartialEq, Eq)]
enum Counting<'s> {
    Standing,
    Other(&'s SubmissionId),
    Nothing,
}

fn counting(state: &State) -> Counting<'_> {
    match (&state.approved, &state.standing) {
        (Some(approved), Some(standing)) if *approved == standing.submission => Counting::Standing,
        (Some(approved), _) => Counting::Other(approved),
        (None, Some(_)) if state.review != ReviewState::Returned => Counting::Standing,
        (None, _) => Counting::Nothing,
    }
}

/// What counts of `units` in a period. Of `own`, the superior itself, it is the newest version that can
/// be read, whatever was decided: its own form as it stands.
pub(crate) async fn gather(
    portal: &Portal,
    site: &Site,
    own: UnitIx,
    units: &[UnitIx],
    period: PeriodIx,
) -> Result<Reports, StoreError> {
    let store = &portal.store;
    let id = site.campaign.period(period).id.as_str();
    let codes: Vec<String> = units.iter().map(|unit| site.code(*unit).to_owned()).collect();
    let states = store.states().of(site.id(), Units::Of(&codes), Some(id)).await?;
    let own_code = site.code(own);
    let mut reports = ByForm::new();
    let mut standing: BTreeSet<(&str, &str)> = BTreeSet::new();
    for state in &states {
        let counts = match &state.standing {
            Some(_) if state.unit == own_code => Counting::Standing,
            None if state.unit == own_code => Counting::Nothing,
            _ => counting(state),
        };
        match counts {
            Counting::Standing => {
                standing.insert((&state.form, &state.unit));
            }
            Counting::Other(submission) => {
                let facts = store.readings().facts(submission).await?;
                reports.insert((state.unit.clone(), state.form.clone()), facts);
            }
            Counting::Nothing => {}
        }
    }
    let forms: BTreeSet<&str> = standing.iter().map(|(form, _)| *form).collect();
    for form in forms {
        let facts = store.readings().standing_facts(site.id(), id, form, Units::Of(&codes)).await?;
        for (unit, fact) in facts.into_iter().filter(|(unit, _)| standing.contains(&(form, unit.as_str()))) {
            reports.entry((unit, form.to_owned())).or_default().push(fact);
        }
    }
    let corrections = store.corrections().counting(site.id(), Units::Of(&codes), Some(id)).await?;
    let mut live = Gathering::new(site, own, period);
    for ((unit, _), facts) in &reports {
        for fact in facts {
            live.put(unit, fact);
        }
    }
    live.correct(&reports, &corrections);
    Ok(live.live)
}

struct Gathering<'s> {
    site: &'s Site,
    own: UnitIx,
    period: PeriodIx,
    fields: BTreeMap<&'s str, FieldIx>,
    /// Fields that rows of a list give to the units which they name.
    named: BTreeSet<FieldIx>,
    live: Reports,
}

impl<'s> Gathering<'s> {
    fn new(site: &'s Site, own: UnitIx, period: PeriodIx) -> Self {
        let campaign = &site.campaign;
        let fields = campaign.fields.iter().enumerate();
        let counts = campaign.forms.iter().flat_map(|form| &form.lists).flat_map(|list| &list.counts);
        let facts = FactStore::new(campaign.units.len());
        Self {
            site,
            own,
            period,
            fields: fields.map(|(at, field)| (field.id.as_str(), FieldIx(at as u32))).collect(),
            named: counts.filter(|count| count.unit_column.is_some()).map(|count| count.field).collect(),
            live: Reports { intake: Intake { facts, ..Intake::default() }, ..Reports::default() },
        }
    }

    fn put(&mut self, unit: &str, fact: &thidua_store::Fact) {
        let (Some(unit), Some(field)) = (self.site.campaign.find_unit(unit), self.fields.get(fact.field.as_str()))
        else {
            return;
        };
        self.live.reported.insert(unit);
        // Of whom a row of such a list speaks is not kept; the line of the form is.
        if fact.cell.is_empty() && self.named.contains(field) {
            return;
        }
        if let Some(words) = &fact.words {
            if unit == self.own {
                self.live.words.insert((unit, *field), words.clone());
            }
            return;
        }
        let mark = fact.mark.as_deref().and_then(FactMark::parse).unwrap_or(FactMark::Present);
        if mark.has_value() && fact.value.is_none() {
            return;
        }
        let fact = Fact { value: fact.value.unwrap_or(0), mark, source: Source::NONE };
        self.live.intake.facts.put(self.period, *field, unit, fact);
    }

    fn correct(&mut self, reports: &ByForm, corrections: &[Correction]) {
        let mut by_report: BTreeMap<(String, String), Vec<&Correction>> = BTreeMap::new();
        for it in corrections {
            by_report.entry((it.unit.clone(), it.form.clone())).or_default().push(it);
        }
        for (key, corrections) in by_report {
            let Some(facts) = reports.get(&key) else { continue };
            let states = judged(self.site, Some(facts), corrections.iter().copied());
            let in_force = |it: &&&Correction| states.get(&it.id) == Some(&CorrectionState::InForce);
            corrections.iter().filter(in_force).for_each(|it| self.apply(it));
        }
    }

    fn apply(&mut self, it: &Correction) {
        let of = field_of(self.site, &it.unit, &it.period, &it.form, &it.field);
        let to = of.and_then(|of| of.read(it.new_value.as_deref().unwrap_or_default()).ok());
        let (Some(unit), Some(&field), Some(to)) =
            (self.site.campaign.find_unit(&it.unit), self.fields.get(it.field.as_str()), to)
        else {
            return;
        };
        let (value, mark) = match to {
            Meaning::Value(value) => (value, FactMark::Corrected),
            Meaning::NotApplicable => (0, FactMark::NotApplicable),
            Meaning::Nothing => (0, FactMark::TakenOut),
            Meaning::Words(words) => {
                if unit == self.own {
                    self.live.words.insert((unit, field), words.to_string());
                }
                return;
            }
        };
        self.live.intake.facts.put(self.period, field, unit, Fact { value, mark, source: Source::NONE });
        let told = |value: Option<&str>| shown(self.site, it, value).vi;
        let (from, to) = (told(it.old_value.as_deref()), told(it.new_value.as_deref()));
        // A value that was taken out is told where units are missing.
        if !to.is_empty() {
            self.live.corrected.insert((unit, field), format!("{from} → {to} (lý do: {})", it.reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_store::{Attempt, Status, UploadId};

    #[test]
    fn what_is_approved_counts_until_a_newer_version_is_approved_and_what_was_returned_does_not() {
        let attempt = |submission: &str| Attempt {
            submission: SubmissionId::from(submission),
            upload: UploadId::from("u"),
            status: Status::Accepted,
            received_at: 1,
        };
        use ReviewState::{Approved, Returned, Waiting};
        for (standing, review, approved, expected) in [
            (None, Waiting, None, Counting::Nothing),
            (Some("b"), Waiting, None, Counting::Standing),
            (Some("b"), Returned, None, Counting::Nothing),
            (Some("b"), Approved, Some("b"), Counting::Standing),
            (Some("b"), Waiting, Some("a"), Counting::Other(&SubmissionId::from("a"))),
            (Some("b"), Returned, Some("a"), Counting::Other(&SubmissionId::from("a"))),
        ] {
            let state = State {
                unit: "x".into(),
                period: "p".into(),
                form: "f".into(),
                newest: attempt(standing.unwrap_or("z")),
                standing: standing.map(attempt),
                review,
                review_seq: None,
                approved: approved.map(SubmissionId::from),
            };
            assert_eq!(counting(&state), expected, "{standing:?} {review:?} {approved:?}");
        }
    }
}
