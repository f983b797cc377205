//! What a workbook asks: the forms, lines and lists that fit its unit, or its package's levels.

use crate::Prefill;
use crate::batch::period_before;
use crate::targets;
use thidua_campaign::{Campaign, Form, Line, List, Package, Rule, UnitSpan};
use thidua_model::{FieldIx, LevelId, PeriodIx, UnitIx};

pub(crate) struct Scope<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) package: &'a Package,
    pub(crate) prefill: &'a Prefill<'a>,
    pub(crate) unit: Option<(UnitIx, &'a UnitSpan)>,
    /// The period asked for, else the only one for which the document is due.
    pub(crate) period: Option<PeriodIx>,
    levels: Vec<&'a LevelId>,
}

/// How a yes/no field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlagAs {
    YesNo,
    /// A number of units: the form speaks for those below.
    Number,
    /// A blank that goes to the grassroots and to units above.
    Either,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(campaign: &'a Campaign, package: &'a Package, prefill: &'a Prefill<'a>) -> Self {
        let period = prefill.period.or_else(|| {
            let mut due = periods_of(campaign, package);
            due.next().filter(|_| due.next().is_none())
        });
        let unit = prefill.unit.map(|unit| {
            let all = campaign.unit(unit);
            let then = period.and_then(|period| all.at(campaign.period(period).as_of));
            (unit, then.unwrap_or_else(|| all.latest()))
        });
        let levels = match unit {
            Some((_, span)) => vec![&campaign.level(span).id],
            None => package.levels.iter().collect(),
        };
        Self { campaign, package, prefill, unit, period, levels }
    }

    /// Periods whose date the sender must mark in the header, in order of time.
    pub(crate) fn periods_to_mark(&self) -> Vec<PeriodIx> {
        let has_label = |period: &PeriodIx| self.campaign.period(*period).as_of_label.is_some();
        periods_of(self.campaign, self.package).filter(has_label).collect()
    }

    pub(crate) fn forms(&self) -> impl Iterator<Item = &'a Form> + '_ {
        let is_asked = move |form: &&'a Form| match self.unit {
            Some((_, span)) => form.is_for(self.campaign, span),
            None => form.levels.iter().any(|level| self.levels.contains(&level)),
        };
        let forms = self.package.forms.iter().map(|&form| &self.campaign.forms[form]);
        forms.filter(|form| self.is_valid(form)).filter(is_asked)
    }

    /// Of several versions, the one of the period; without a period, every one that can be due.
    fn is_valid(&self, form: &Form) -> bool {
        let on = |period: PeriodIx| {
            let as_of = self.campaign.period(period).as_of;
            form.valid_from <= as_of && form.valid_to.is_none_or(|to| as_of <= to)
        };
        let mut due = periods_of(self.campaign, self.package).peekable();
        match self.period {
            Some(period) => on(period),
            None => due.peek().is_none() || due.any(on),
        }
    }

    pub(crate) fn asks_line(&self, line: &Line) -> bool {
        self.fits(&line.levels)
            && match self.unit {
                Some((_, span)) if !line.sectors.is_empty() => {
                    span.sector.is_some_and(|sector| line.sectors.contains(&self.campaign.sectors[sector].id))
                }
                _ => true,
            }
    }

    pub(crate) fn asks_list(&self, list: &List) -> bool {
        self.fits(&list.levels)
    }

    fn fits(&self, levels: &[LevelId]) -> bool {
        levels.is_empty() || levels.iter().any(|level| self.levels.contains(&level))
    }

    /// How the form asks a yes/no field: the levels it goes to are those of the workbook.
    pub(crate) fn flags(&self, form: &Form) -> FlagAs {
        let grassroots = self.campaign.levels.last().map(|level| &level.id);
        let asked = || self.levels.iter().filter(|level| form.levels.contains(**level));
        let below = asked().filter(|level| Some(**level) == grassroots).count();
        match (below, asked().count() - below) {
            (_, 0) => FlagAs::YesNo,
            (0, _) => FlagAs::Number,
            _ => FlagAs::Either,
        }
    }

    /// A rule is asked of the unit; of a blank, when it is asked of everyone whom the blank goes to.
    pub(crate) fn asks_rule(&self, form: &Form, rule: &Rule) -> bool {
        let is_active = match self.period {
            Some(period) => rule.is_active(self.campaign.period(period).as_of),
            None => {
                periods_of(self.campaign, self.package).all(|period| rule.is_active(self.campaign.period(period).as_of))
            }
        };
        is_active
            && match self.unit {
                Some((_, span)) => rule.is_for(self.campaign, span),
                None => {
                    let mut levels = self.levels.iter().filter(|level| form.levels.contains(**level));
                    rule.sectors.is_empty()
                        && (rule.levels.is_empty() || levels.all(|level| rule.levels.contains(*level)))
                }
            }
    }

    /// The period before for which the document was due, too: whose values stand beside the form.
    pub(crate) fn last_period(&self) -> Option<PeriodIx> {
        period_before(self.campaign, self.package, self.period?)
    }

    /// How that period is called.
    pub(crate) fn last_title(&self) -> String {
        let Some(period) = self.last_period().map(|period| self.campaign.period(period)) else { return String::new() };
        period.as_of_label.as_ref().unwrap_or(&period.title.vi).to_string()
    }

    pub(crate) fn has_last(&self, form: &Form) -> bool {
        self.fields(form).any(|field| (self.prefill.last)(field).is_some())
    }

    pub(crate) fn has_target(&self, form: &Form) -> bool {
        self.fields(form).any(|field| self.target(field).is_some())
    }

    /// What the unit is to reach with a field.
    pub(crate) fn target(&self, field: FieldIx) -> Option<String> {
        let unit = self.unit?;
        targets::target(self.campaign, unit, &self.prefill.registered, field)
    }

    /// The fields that a form asks of the unit.
    fn fields<'s>(&'s self, form: &'s Form) -> impl Iterator<Item = FieldIx> + 's {
        let lines = form.sections.iter().flat_map(|section| &section.lines).filter(|line| self.asks_line(line));
        lines.flat_map(|line| line.fields.iter().flatten().copied())
    }

    /// Name of the unit, and of the one above it; empty on a blank.
    pub(crate) fn names(&self) -> (&'a str, &'a str) {
        let Some((_, span)) = self.unit else { return ("", "") };
        let above = span.parent.map_or("", |parent| {
            let unit = self.campaign.unit(parent);
            let then = self.period.and_then(|period| unit.at(self.campaign.period(period).as_of));
            &then.unwrap_or_else(|| unit.latest()).name
        });
        (&span.name, above)
    }
}

/// Periods in which the package's document is due from one of its levels, in order of time.
pub(crate) fn periods_of<'a>(campaign: &'a Campaign, package: &'a Package) -> impl Iterator<Item = PeriodIx> + 'a {
    campaign.period_ixs().filter(|period| {
        let due = &campaign.period(*period).deadlines;
        due.iter().any(|due| due.document == package.document && package.levels.contains(&due.level))
    })
}
