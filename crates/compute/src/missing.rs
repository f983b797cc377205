//! Why a figure is missing: each gap keeps its reason.
//!
//! In:  what the forms ask of whom, marks of facts, states of documents.
//! Out: a [`Reason`].
//!
//! Not here: what a gap does to sums (`rollup`).

use crate::context::Context;
use crate::period::PeriodView;
use thidua_campaign::{Campaign, DerivedFrom, Form, UnitSpan};
use thidua_model::words::{Reason, ReportStatus};
use thidua_model::{DocumentId, FactMark, FieldIx, LevelId, SectorId, UnitIx};

/// Who is asked for each field in one period: by a line, a list, the register or the receipts.
pub(crate) struct Asked<'c> {
    campaign: &'c Campaign,
    by_field: Vec<Vec<Ask<'c>>>,
}

enum Ask<'c> {
    Line {
        form: &'c Form,
        levels: &'c [LevelId],
        sectors: &'c [SectorId],
    },
    /// A list that names units: its facts can belong to any unit.
    NamedInList {
        document: &'c DocumentId,
    },
    Derived {
        levels: &'c [LevelId],
        is_of_receipts: bool,
    },
}

impl<'c> Asked<'c> {
    pub(crate) fn new(campaign: &'c Campaign, view: &PeriodView<'_>) -> Self {
        let mut by_field: Vec<Vec<Ask<'c>>> = campaign.fields.iter().map(|_| Vec::new()).collect();
        for form in campaign.forms.iter().filter(|form| is_of_period(campaign, view, form)) {
            for line in form.sections.iter().flat_map(|section| &section.lines) {
                for field in line.fields.iter().flatten() {
                    by_field[field.0 as usize].push(Ask::Line { form, levels: &line.levels, sectors: &line.sectors });
                }
            }
            for list in &form.lists {
                for count in &list.counts {
                    by_field[count.field.0 as usize].push(match count.unit_column {
                        Some(_) => Ask::NamedInList { document: &form.document },
                        None => Ask::Line { form, levels: &list.levels, sectors: &[] },
                    });
                }
            }
        }
        for derived in &campaign.derived {
            let (levels, is_of_receipts) = match &derived.from {
                DerivedFrom::Register { levels, .. } => (levels, false),
                DerivedFrom::OnTime { levels, .. } => (levels, true),
            };
            by_field[derived.field.0 as usize].push(Ask::Derived { levels, is_of_receipts });
        }
        Self { campaign, by_field }
    }

    /// Some form of the period asks some unit for the field.
    pub(crate) fn is_in_a_form(&self, field: FieldIx) -> bool {
        self.by_field[field.0 as usize].iter().any(|ask| !matches!(ask, Ask::Derived { .. }))
    }

    pub(crate) fn is_asked(&self, span: &UnitSpan, field: FieldIx) -> bool {
        self.of(span, field).next().is_some()
    }

    /// The unit itself states it, or the register and the receipts do for it: not only a list of another
    /// unit that names it.
    pub(crate) fn is_asked_itself(&self, span: &UnitSpan, field: FieldIx) -> bool {
        self.of(span, field).any(|ask| !matches!(ask, Ask::NamedInList { .. }))
    }

    /// A line or a list of a form that the unit fills in asks it for the field.
    pub(crate) fn is_asked_by_form(&self, span: &UnitSpan, field: FieldIx) -> bool {
        self.of(span, field).any(|ask| matches!(ask, Ask::Line { .. }))
    }

    /// A form of this document asks the unit for the field.
    pub(crate) fn is_asked_by(&self, span: &UnitSpan, field: FieldIx, document: &DocumentId) -> bool {
        self.of(span, field).any(|ask| match ask {
            Ask::Line { form, .. } => form.document == *document,
            Ask::NamedInList { document: of_list } => *of_list == document,
            Ask::Derived { .. } => false,
        })
    }

    /// The register or the receipts answer, not a report.
    pub(crate) fn is_derived(&self, level: &LevelId, field: FieldIx) -> bool {
        self.by_field[field.0 as usize].iter().any(|ask| match ask {
            Ask::Derived { levels, .. } => levels.is_empty() || levels.contains(level),
            _ => false,
        })
    }

    fn of<'s>(&'s self, span: &'s UnitSpan, field: FieldIx) -> impl Iterator<Item = &'s Ask<'c>> {
        let level = &self.campaign.level(span).id;
        let sector = span.sector.map(|sector| &self.campaign.sectors[sector].id);
        self.by_field[field.0 as usize].iter().filter(move |ask| match ask {
            Ask::Line { form, levels, sectors } => {
                form.is_for(self.campaign, span)
                    && (levels.is_empty() || levels.contains(level))
                    && (sectors.is_empty() || sector.is_some_and(|sector| sectors.contains(sector)))
            }
            Ask::NamedInList { .. } => true,
            Ask::Derived { levels, .. } => levels.is_empty() || levels.contains(level),
        })
    }

    /// Why a formula over `inputs` gave nothing for a unit.
    pub(crate) fn why(&self, context: &Context<'_>, view: &PeriodView<'_>, unit: UnitIx, inputs: &[FieldIx]) -> Reason {
        let Some(span) = view.span(unit) else { return Reason::NotEligible };
        if inputs.iter().all(|field| !self.is_asked(span, *field)) {
            return Reason::NotAsked;
        }
        let missing = inputs.iter().filter(|field| context.value(view, **field, unit).is_none());
        let reasons = missing.filter(|field| self.is_asked(span, **field));
        let reasons = reasons.map(|field| self.why_field(context, view, unit, span, *field));
        // A missing report explains its blank cells, not the other way round.
        reasons
            .min_by_key(|reason| match reason {
                Reason::NotYetDue => 0,
                Reason::NotReported | Reason::NoReceipts => 1,
                Reason::Rejected | Reason::TakenOut => 2,
                // Any other gap is one to chase; this is none.
                Reason::NotApplicable => 4,
                _ => 3,
            })
            // All inputs are there and the formula still gives nothing (nullif, case without else).
            .unwrap_or(Reason::NotAsked)
    }

    /// Why one field that is asked of a unit has no value.
    pub(crate) fn why_field(
        &self,
        context: &Context<'_>,
        view: &PeriodView<'_>,
        unit: UnitIx,
        span: &UnitSpan,
        field: FieldIx,
    ) -> Reason {
        match context.fact(view, field, unit).mark {
            FactMark::Blank => return Reason::Blank,
            FactMark::Rejected => return Reason::Rejected,
            FactMark::TakenOut => return Reason::TakenOut,
            FactMark::NotApplicable => return Reason::NotApplicable,
            _ => {}
        }
        for ask in self.of(span, field) {
            let document = match ask {
                Ask::Line { form, .. } => &form.document,
                Ask::NamedInList { document } => document,
                Ask::Derived { is_of_receipts: true, .. } if context.intake.receipts.is_none() => {
                    return Reason::NoReceipts;
                }
                Ask::Derived { .. } => return Reason::NotYetDue,
            };
            if context.document(view.period, document, unit).status == ReportStatus::NotYetDue {
                return Reason::NotYetDue;
            }
        }
        Reason::NotReported
    }
}

/// The form is in force and its document belongs to the period: it has a deadline there, or none
/// anywhere.
fn is_of_period(campaign: &Campaign, view: &PeriodView<'_>, form: &Form) -> bool {
    let has_deadline =
        |period: &thidua_campaign::Period| period.deadlines.iter().any(|it| it.document == form.document);
    let is_in_force = form.valid_from <= view.date && form.valid_to.is_none_or(|to| view.date <= to);
    is_in_force && (has_deadline(campaign.period(view.period)) || !campaign.periods.iter().any(has_deadline))
}
