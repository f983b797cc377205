//! A campaign as the portal asks it: units and who stands above whom, what is due when.
//!
//! In:  a campaign folder.
//! Out: answers about units, periods and deadlines at a date.
//!
//! Not here: what came in (the store), what was computed (releases).

use crate::clock;
use crate::error::PortalError;
use std::path::{Path, PathBuf};
use thidua_campaign::{Campaign, Deadline, Form, Line, Package, UnitSpan};
use thidua_model::{Date, DateTime, PeriodIx, UnitIx};
use thidua_pages::{Choice, Lang, UnitRef};
use thidua_store::digest_of;

/// The digest of all files of a definition.
pub(crate) fn digest(campaign: &Campaign) -> String {
    let mut all = String::new();
    for file in &campaign.files {
        all.extend([&file.name, "\n", &file.digest, "\n"]);
    }
    digest_of(all.as_bytes())
}

/// A campaign that is served.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) campaign: Campaign,
    pub(crate) folder: PathBuf,
    /// Of all files of the definition: readings by another definition are made again.
    pub(crate) digest: String,
}

impl Site {
    pub(crate) fn load(folder: &Path) -> Result<Self, PortalError> {
        let campaign = thidua_campaign::load(folder)
            .map_err(|source| PortalError::Campaign { folder: folder.to_owned(), source })?;
        Ok(Self::of(folder.to_owned(), campaign))
    }

    /// A definition that was loaded from a folder.
    pub(crate) fn of(folder: PathBuf, campaign: Campaign) -> Self {
        Self { digest: digest(&campaign), folder, campaign }
    }

    pub(crate) fn id(&self) -> &str {
        &self.campaign.id
    }

    pub(crate) fn code(&self, unit: UnitIx) -> &str {
        self.campaign.unit(unit).id.as_str()
    }

    pub(crate) fn name(&self, unit: UnitIx) -> &str {
        &self.campaign.unit(unit).latest().name
    }

    pub(crate) fn unit_ref(&self, unit: UnitIx) -> UnitRef {
        UnitRef::new(self.code(unit), self.name(unit))
    }

    /// The same for a code as it was kept; one that the register no longer has stands for itself.
    pub(crate) fn unit_named(&self, code: &str) -> UnitRef {
        self.campaign.find_unit(code).map_or_else(|| UnitRef::new(code, code), |unit| self.unit_ref(unit))
    }

    /// The title of a period by its id as it was kept.
    pub(crate) fn period_title(&self, id: &str, lang: Lang) -> String {
        let known = self.campaign.find_period(id);
        known.map_or_else(|| id.to_owned(), |period| self.campaign.period(period).title.of(lang).to_string())
    }

    /// Links to the same page of each period.
    pub(crate) fn period_links(&self, here: &str, lang: Lang, to: impl Fn(&str) -> String) -> Vec<Choice> {
        let link = |period: &thidua_campaign::Period| {
            let id = period.id.as_str();
            Choice::new(&to(id), period.title.of(lang), id == here)
        };
        self.campaign.periods.iter().map(link).collect()
    }

    /// The unit as it is in a period.
    pub(crate) fn span(&self, unit: UnitIx, period: PeriodIx) -> Option<&UnitSpan> {
        self.campaign.unit(unit).at(self.campaign.period(period).as_of)
    }

    /// The unit above all others.
    pub(crate) fn root(&self) -> Option<UnitIx> {
        self.campaign.unit_ixs().find(|unit| self.campaign.unit(*unit).latest().level == 0)
    }

    /// It stands below, or once did: whoever was above keeps the reports of that time in view.
    pub(crate) fn is_below(&self, unit: UnitIx, above: UnitIx) -> bool {
        unit != above
            && self
                .campaign
                .period_ixs()
                .any(|period| self.campaign.is_at_or_below(unit, above, self.campaign.period(period).as_of))
    }

    /// All units at or below one in a period, in order of the register.
    pub(crate) fn subtree(&self, above: UnitIx, period: PeriodIx) -> Vec<UnitIx> {
        let date = self.campaign.period(period).as_of;
        self.campaign.unit_ixs().filter(|unit| self.campaign.is_at_or_below(*unit, above, date)).collect()
    }

    /// The period that pages open with: the first whose last deadline is still to come, else the
    /// last.
    pub(crate) fn current_period(&self, today: Date) -> PeriodIx {
        let is_open = |period: &PeriodIx| {
            let deadlines = &self.campaign.period(*period).deadlines;
            deadlines.iter().map(|deadline| deadline.last_day).max().is_some_and(|last| last >= today)
        };
        let last = PeriodIx(self.campaign.periods.len().saturating_sub(1) as u16);
        self.campaign.period_ixs().find(is_open).unwrap_or(last)
    }

    /// When a unit's report of a period is due: the last of its documents that have forms. On time is
    /// before this moment.
    pub(crate) fn deadline(&self, unit: UnitIx, period: PeriodIx) -> Option<DateTime> {
        self.deadlines(unit, period).map(|deadline| deadline.due_before).max()
    }

    /// The same for people: the last minute that is on time.
    pub(crate) fn last_minute(&self, unit: UnitIx, period: PeriodIx) -> Option<DateTime> {
        self.deadline(unit, period).map(clock::last_minute)
    }

    fn deadlines(&self, unit: UnitIx, period: PeriodIx) -> impl Iterator<Item = &Deadline> {
        let campaign = &self.campaign;
        let level = self.span(unit, period).map(|span| &campaign.level(span).id);
        let has_form =
            |deadline: &&Deadline| campaign.documents.iter().any(|it| it.id == deadline.document && it.has_form);
        campaign.period(period).deadlines.iter().filter(move |it| level == Some(&it.level)).filter(has_form)
    }

    /// The forms that a unit owes in a period, in order of the definition.
    pub(crate) fn forms_due(&self, unit: UnitIx, period: PeriodIx) -> Vec<&Form> {
        let Some(span) = self.span(unit, period) else { return Vec::new() };
        if !self.campaign.kind(span).is_due {
            return Vec::new();
        }
        let date = self.campaign.period(period).as_of;
        let is_asked = |form: &&Form| {
            form.is_for(&self.campaign, span)
                && form.valid_from <= date
                && form.valid_to.is_none_or(|to| date <= to)
                && form.scoresheet_of.is_none()
                && self.deadlines(unit, period).any(|deadline| deadline.document == form.document)
        };
        self.campaign.forms.iter().filter(is_asked).collect()
    }

    /// Of these, those that speak for the units below: no unit of the lowest level fills them in.
    pub(crate) fn consolidated(&self, unit: UnitIx, period: PeriodIx) -> Vec<&Form> {
        let lowest = self.campaign.levels.last().map(|level| &level.id);
        let is_above = |form: &&Form| !form.levels.iter().any(|level| Some(level) == lowest);
        self.forms_due(unit, period).into_iter().filter(is_above).collect()
    }

    /// A line of a form that is due asks the unit, too.
    pub(crate) fn asks(&self, unit: UnitIx, period: PeriodIx, line: &Line) -> bool {
        let Some(span) = self.span(unit, period) else { return false };
        let sector = span.sector.map(|sector| &self.campaign.sectors[sector].id);
        (line.levels.is_empty() || line.levels.contains(&self.campaign.level(span).id))
            && (line.sectors.is_empty() || sector.is_some_and(|sector| line.sectors.contains(sector)))
    }

    /// The workbook that a unit fills in for a period.
    pub(crate) fn package(&self, unit: UnitIx, period: PeriodIx) -> Option<&Package> {
        let span = self.span(unit, period)?;
        let level = &self.campaign.level(span).id;
        let due: Vec<_> = self.deadlines(unit, period).map(|deadline| &deadline.document).collect();
        self.campaign.packages.iter().find(|it| it.levels.contains(level) && due.contains(&&it.document))
    }
}
