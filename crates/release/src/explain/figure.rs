//! One figure as a tree: the unit, the units below it, their facts.

use super::ExplainError;
use super::inputs::Sources;
use super::terms::Term;
use super::tree::{Figure, IssueLine, Node, OtherPeriod, Row, ShapeWord, Side, TargetLine, UnitLine};
use crate::Frozen;
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Indicator, LevelBasis, Shape, TakenFrom, UnitSpan};
use thidua_model::numerals;
use thidua_model::rows::{IndicatorRow, IssueRow, TargetRow};
use thidua_model::words::{Reason, TargetKind};
use thidua_model::{LevelId, PeriodIx, Text, UnitIx};

/// `periods`: those that may be explained, in order of time; the last one with the figure is.
pub(super) fn build(
    frozen: &Frozen,
    campaign: &Campaign,
    unit: UnitIx,
    indicator: &Indicator,
    periods: &[PeriodIx],
) -> Result<Figure, ExplainError> {
    let all: Vec<IndicatorRow> =
        frozen.rows::<IndicatorRow>().into_iter().filter(|row| *row.indicator == *indicator.id.as_str()).collect();
    let id = campaign.unit(unit).id.text();
    let of_unit =
        |period: PeriodIx| all.iter().find(|row| row.unit == id && *row.period == *campaign.period(period).id.as_str());
    let Some(period) = periods.iter().copied().rev().find(|&period| of_unit(period).is_some()) else {
        let titles = indicator.levels.iter().map(|level| level_term(campaign, level).vi);
        return Err(ExplainError::NoFigure {
            unit: format!("{id} {}", campaign.unit(unit).latest().name),
            indicator: indicator.id.to_string(),
            levels: titles.collect::<Vec<_>>().join(", "),
        });
    };

    let at = campaign.period(period);
    let level = |id: &LevelId| campaign.levels.iter().position(|it| it.id == *id);
    let walk = Walk {
        lowest: indicator.levels.iter().filter_map(level).max().unwrap_or(0),
        campaign,
        indicator,
        period,
        children: campaign.children_at(at.as_of),
        rows: all.iter().filter(|row| *row.period == *at.id.as_str()).map(|row| (&row.unit, row)).collect(),
        sources: Sources::new(frozen, campaign),
    };
    let measure = campaign.measure(&indicator.measure);
    let other = campaign.period_ixs().filter(|&other| other != period);
    Ok(Figure {
        release: frozen.id.to_string(),
        period: Term::new(at.id.as_str(), &at.title),
        as_of: at.as_of.to_string(),
        indicator: Term::new(indicator.id.as_str(), &indicator.title),
        source: indicator.source.to_string(),
        department: indicator.department.to_string(),
        numerator: indicator.numerator.text().to_owned(),
        denominator: indicator.denominator.as_ref().map(|it| it.text().to_owned()),
        shape: shape(indicator),
        measure: measure.map(|it| it.label.to_string()).unwrap_or_default(),
        kept_decimals: measure.map_or(0, |it| u32::from(it.decimals)),
        decimals: of_unit(period).map_or(indicator.decimals, |row| telling_decimals(indicator, row, campaign)),
        targets: targets(frozen, &id, indicator),
        node: walk.node(unit, Needs { numerator: true, denominator: indicator.denominator.is_some() }),
        other_periods: other
            .filter_map(|other| {
                let title = &campaign.period(other).title;
                let period = Term::new(campaign.period(other).id.as_str(), title);
                Some(OtherPeriod { period, row: row(of_unit(other)?) })
            })
            .collect(),
        issues: issues(frozen, &id, &at.id.text(), indicator),
    })
}

pub(super) fn shape(indicator: &Indicator) -> ShapeWord {
    match indicator.shape {
        Shape::Share => ShapeWord::Share,
        Shape::Value => ShapeWord::Value,
        Shape::Flag => ShapeWord::Flag,
    }
}

pub(super) fn unit_line(campaign: &Campaign, unit: UnitIx, period: PeriodIx) -> UnitLine {
    let known = campaign.unit(unit);
    let span = known.at(campaign.period(period).as_of).unwrap_or_else(|| known.latest());
    let level = campaign.level(span);
    UnitLine {
        id: known.id.to_string(),
        name: span.name.to_string(),
        level: Term::new(level.id.as_str(), &level.title),
    }
}

/// The decimals of a share where people read it: those of the indicator, or as many more as tell it apart
/// from its target.
pub fn telling_decimals(indicator: &Indicator, row: &IndicatorRow, campaign: &Campaign) -> u8 {
    let Some(counts) = row.numerator.zip(row.denominator) else { return indicator.decimals };
    let kept = campaign.measure(&indicator.measure).map_or(0, |it| u32::from(it.decimals));
    let limits: Vec<i64> = [Some(indicator.target.low), indicator.target.high].into_iter().flatten().collect();
    numerals::telling_decimals(counts, indicator.decimals, &limits, kept)
}

pub(super) fn row(row: &IndicatorRow) -> Row {
    Row {
        basis: row.basis.into(),
        numerator: row.numerator,
        denominator: row.denominator,
        value: row.value,
        pessimistic: row.pessimistic,
        reason: row.reason.map(Term::from),
        verdict: row.verdict.into(),
        target: row.target.to_string(),
        own_verdict: row.own_verdict.map(Term::from),
        own_target: row.own_target,
        own_target_kind: row.own_target_kind.map(Term::from),
        units_in: row.units_in,
        units_due: row.units_due,
        is_provisional: row.is_provisional,
    }
}

pub(super) fn issue_line(row: &IssueRow) -> IssueLine {
    let place: Vec<&str> = [&row.file, &row.sheet, &row.cell].into_iter().flatten().map(|it| &**it).collect();
    IssueLine {
        code: row.code.to_string(),
        severity: row.severity.to_string(),
        place: place.join(" › "),
        message_vi: row.message_vi.to_string(),
        message_en: row.message_en.to_string(),
    }
}

fn level_term(campaign: &Campaign, level: &LevelId) -> Term {
    Term::find(level.as_str(), campaign.levels.iter().map(|it| (it.id.as_str(), &it.title)))
}

fn targets(frozen: &Frozen, unit: &Text, indicator: &Indicator) -> Vec<TargetLine> {
    let concerns = |row: &TargetRow| {
        *row.indicator == *indicator.id.as_str() && (row.unit == *unit || row.kind == TargetKind::Province)
    };
    let line = |row: TargetRow| TargetLine {
        unit: row.unit.to_string(),
        kind: row.kind.into(),
        operator: row.operator.to_string(),
        low: row.low,
        high: row.high,
        decimals: row.decimals,
        decided_by: row.decided_by.map(|it| it.to_string()),
        decision: row.decision.map(|it| it.to_string()),
        source: row.source.to_string(),
    };
    frozen.rows::<TargetRow>().into_iter().filter(concerns).map(line).collect()
}

/// Those of the unit in the period that name the indicator or a field it reads.
fn issues(frozen: &Frozen, unit: &Text, period: &Text, indicator: &Indicator) -> Vec<IssueLine> {
    let denominator = indicator.denominator.iter().flat_map(|it| it.inputs());
    let fields: Vec<&Text> = indicator.numerator.inputs().iter().chain(denominator).collect();
    let names_it = |row: &IssueRow| {
        row.field.as_ref().is_some_and(|field| fields.contains(&field))
            || row.message_en.split(|c: char| !c.is_alphanumeric()).any(|word| word == indicator.id.as_str())
    };
    let concerns = |row: &&IssueRow| {
        row.unit.as_ref() == Some(unit) && row.period.as_ref().is_none_or(|it| it == period) && names_it(row)
    };
    frozen.rows::<IssueRow>().iter().filter(concerns).map(issue_line).collect()
}

struct Walk<'a> {
    campaign: &'a Campaign,
    indicator: &'a Indicator,
    period: PeriodIx,
    /// Position of the lowest level that has the figure.
    lowest: usize,
    /// By unit position, at the period's as-of date.
    children: Vec<Vec<UnitIx>>,
    rows: BTreeMap<&'a Text, &'a IndicatorRow>,
    sources: Sources<'a>,
}

impl Walk<'_> {
    /// The register has no circles: the loader refuses them. So this ends.
    fn node(&self, unit: UnitIx, needed: Needs) -> Node {
        let campaign = self.campaign;
        let date = campaign.period(self.period).as_of;
        let span = campaign.unit(unit).at(date);
        let stored = self.rows.get(&campaign.unit(unit).id.text()).copied();
        let numerator_from = self.side(span, &self.indicator.numerator_from);
        let denominator_from =
            self.indicator.denominator.as_ref().map(|_| self.side(span, &self.indicator.denominator_from));

        let own = |side: Side| side != Side::Children;
        let below = |side: Side| side != Side::Own;
        let inputs = self.sources.inputs(
            self.indicator,
            unit,
            self.period,
            own(numerator_from),
            denominator_from.is_some_and(own),
        );
        let needs = Needs { numerator: below(numerator_from), denominator: denominator_from.is_some_and(below) };
        let parts: Vec<Node> = match needs.numerator || needs.denominator {
            true => self.children[unit.0 as usize]
                .iter()
                .filter(|&&child| campaign.is_due(child, date))
                // Units below the lowest level are not asked at all.
                .filter(|&&child| campaign.unit(child).at(date).is_some_and(|span| span.level <= self.lowest))
                .map(|&child| self.node(child, needs))
                .collect(),
            false => Vec::new(),
        };
        // A yes/no of the whole is the yes of every part, not their number; and a part without a
        // row of its own can be in the total all the same.
        let is_all_of = self.indicator.shape == Shape::Flag && self.indicator.denominator.is_none();
        let is_sum = !is_all_of && parts.iter().all(|part| part.row.is_some());
        let sum = |of: fn(&Row) -> Option<i64>| {
            let counted = parts.iter().filter(|part| part.is_counted).filter_map(|part| of(part.row.as_ref()?));
            counted.fold(None, |sum: Option<i64>, value| Some(sum.unwrap_or(0).saturating_add(value)))
        };
        Node {
            unit: unit_line(campaign, unit, self.period),
            is_counted: stored.is_some_and(|row| Self::counts(row, needed)),
            parts_numerator: sum(|row| row.numerator).filter(|_| needs.numerator && is_sum),
            parts_denominator: sum(|row| row.denominator).filter(|_| needs.denominator && is_sum),
            row: stored.map(row),
            numerator_from,
            denominator_from,
            inputs,
            parts,
        }
    }

    /// Where a side is taken from: the indicator's exception for the level, else the unit's basis.
    /// The lowest level that has the figure states it itself.
    fn side(&self, span: Option<&UnitSpan>, exceptions: &BTreeMap<LevelId, TakenFrom>) -> Side {
        let Some(span) = span else { return Side::Own };
        let usual = match span.basis {
            LevelBasis::Children if span.level < self.lowest && !self.campaign.is_grassroots(span) => {
                TakenFrom::Children
            }
            LevelBasis::Children | LevelBasis::Own => TakenFrom::Own,
        };
        match exceptions.get(&self.campaign.level(span).id).copied().unwrap_or(usual) {
            TakenFrom::Own => Side::Own,
            TakenFrom::Children => Side::Children,
            TakenFrom::OwnPlusChildren => Side::OwnPlusChildren,
        }
    }

    /// The unit above adds the row: what it needs is there, and it is credible.
    fn counts(row: &IndicatorRow, needs: Needs) -> bool {
        let stands = matches!(row.reason, None | Some(Reason::DenominatorZero));
        let is_refused = matches!(
            row.reason,
            Some(Reason::PartAboveWhole | Reason::OutOfRange | Reason::NotAsked | Reason::NotApplicable)
        );
        let has_part = !needs.numerator || row.numerator.is_some() || stands;
        let has_whole = !needs.denominator || row.denominator.is_some();
        has_part && has_whole && !is_refused
    }
}

/// Which sides a unit adds up from the units below it.
#[derive(Clone, Copy)]
struct Needs {
    numerator: bool,
    denominator: bool,
}
