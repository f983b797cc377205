//! The table `coverage`: documents in, late, missing and not yet due, of each unit and below it.
//!
//! In:  the state of documents, deadlines, stated coverage of consolidated reports.
//! Out: a row for each document that a unit's level owes in a period; issues C302 and C303.

use crate::context::Context;
use crate::documents::{DocumentState, deadline};
use crate::figures::Weights;
use crate::missing::Asked;
use crate::period::PeriodView;
use thidua_campaign::{Document, LevelBasis};
use thidua_model::date::dmy;
use thidua_model::rows::CoverageRow;
use thidua_model::words::{Basis, ReportStatus};
use thidua_model::{Issue, IssueKind, Outcome, Place, Text, UnitIx};

/// Documents of the grassroots units below: in, of these late, due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Below {
    r#in: i64,
    late: i64,
    due: i64,
}

pub(crate) fn fill(context: &Context<'_>, outcome: &mut Outcome) {
    let campaign = context.campaign;
    for view in context.views() {
        let asked = Asked::new(campaign, view);
        let weights = Weights::new(context, view, &asked);
        let documents = campaign.documents.iter();
        let below: Vec<Vec<Below>> = documents.map(|it| below(context, view, &asked, &weights, it)).collect();
        for unit in campaign.unit_ixs() {
            let Some(span) = view.span(unit) else { continue };
            for (at, document) in campaign.documents.iter().enumerate() {
                if deadline(campaign, view, &document.id, unit).is_none() {
                    continue;
                }
                let state = context.document(view.period, &document.id, unit);
                let below = below[at][unit.0 as usize];
                let is_own = campaign.is_grassroots(span) || span.basis == LevelBasis::Own;
                outcome.coverage.push(CoverageRow {
                    unit: campaign.unit(unit).id.text(),
                    period: campaign.period(view.period).id.text(),
                    document: document.id.text(),
                    status: state.status,
                    due_at: state.due_before,
                    received_at: state.received_at,
                    basis: if is_own { Basis::Own } else { Basis::Children },
                    below_in: below.r#in,
                    below_late: below.late,
                    below_due: below.due,
                    followed_by: span.followed_by.clone(),
                });
                outcome.issues.extend(issue(context, view, document, unit, state));
            }
        }
    }
}

fn below(
    context: &Context<'_>,
    view: &PeriodView<'_>,
    asked: &Asked<'_>,
    weights: &Weights,
    document: &Document,
) -> Vec<Below> {
    let campaign = context.campaign;
    let mut below = vec![Below::default(); campaign.units.len()];
    for unit in view.bottom_up().iter().copied().filter(|unit| view.is_due(*unit)) {
        let Some(span) = view.span(unit).filter(|span| !campaign.is_grassroots(span)) else { continue };
        // A consolidated report speaks of the units below that it holds; only of this document.
        let stated = weights.stated(unit).filter(|_| {
            campaign.stated_coverage.is_some_and(|fields| asked.is_asked_by(span, fields.due, &document.id))
        });
        let mut sum = Below::default();
        for child in view.due_children(unit) {
            let Some(of_child) = view.span(child) else { continue };
            if !campaign.is_grassroots(of_child) {
                let more = below[child.0 as usize];
                sum = Below { r#in: sum.r#in + more.r#in, late: sum.late + more.late, due: sum.due + more.due };
                continue;
            }
            let state = context.document(view.period, &document.id, child);
            sum.due += i64::from(state.due_before.is_some());
            sum.r#in += i64::from(state.due_before.is_some() && state.is_in());
            sum.late += i64::from(state.status == ReportStatus::Late);
        }
        below[unit.0 as usize] = match stated {
            Some((reported, due)) => Below { r#in: reported, late: 0, due },
            None => sum,
        };
    }
    below
}

fn issue(
    context: &Context<'_>,
    view: &PeriodView<'_>,
    document: &Document,
    unit: UnitIx,
    state: DocumentState,
) -> Option<Issue> {
    let due: Text = dmy(state.last_day?).into();
    let title = document.title.vi.clone();
    let (kind, place) = match (state.status, state.received_at) {
        (ReportStatus::Missing, _) => (IssueKind::ReportMissing { document: title, due }, Place::Campaign),
        (ReportStatus::Late, Some(at)) => {
            let received = format!("{} {:02}:{:02}", dmy(at.date()), at.hour(), at.minute()).into();
            (IssueKind::ReportLate { document: title, due, received }, file(context, view, document, unit))
        }
        _ => return None,
    };
    let mut issue = Issue::new(kind, place);
    issue.unit = Some(context.campaign.unit(unit).id.clone());
    issue.period = Some(context.campaign.period(view.period).id.clone());
    issue.label = Some(document.title.vi.clone());
    Some(issue)
}

/// The file that a document came in.
fn file(context: &Context<'_>, view: &PeriodView<'_>, document: &Document, unit: UnitIx) -> Place {
    let mut receipts = context.intake.receipts.iter().flatten();
    let of_unit = receipts.find(|it| it.unit == unit && it.period == view.period && it.document == document.id);
    match of_unit.and_then(|receipt| receipt.file.clone()).filter(|file| !file.is_empty()) {
        Some(file) => Place::File { file },
        None => Place::Campaign,
    }
}
