//! Adds up the units below, by the hierarchy at the period's as-of date.
//!
//! In:  the figures that units state themselves ([`Columns`]).
//! Out: a figure for every unit that is due, up to the top.
//!
//! Numerators and denominators are added, then compared; shares are never averaged. A unit whose
//! figure is missing or not credible is left out of both sums and of the coverage.
//!
//! Not here: verdicts (`rows`).

use crate::figures::{Columns, Figure, Worst};
use crate::period::PeriodView;
use thidua_campaign::{Campaign, LevelBasis, Shape, TakenFrom, UnitSpan};
use thidua_model::words::{Basis, Reason};
use thidua_model::{LevelId, UnitIx};

/// Figures by unit position; `None` for units that are not due, do not exist, or stand below the
/// lowest level that has the figure.
pub(crate) fn figures(campaign: &Campaign, view: &PeriodView<'_>, columns: &Columns<'_>) -> Vec<Option<Figure>> {
    let mut figures: Vec<Option<Figure>> = vec![None; campaign.units.len()];
    let position = |level: &LevelId| campaign.levels.iter().position(|it| it.id == *level);
    let Some(lowest) = columns.indicator.levels.iter().filter_map(position).max() else { return figures };
    for unit in view.bottom_up().iter().copied().filter(|unit| view.is_due(*unit)) {
        let Some(span) = view.span(unit).filter(|span| span.level <= lowest) else { continue };
        let figure = match sources(campaign, columns, span, lowest) {
            (TakenFrom::Own, TakenFrom::Own) => columns.own(unit, span.level),
            sources => add_up(view, columns, unit, span.level, sources, &figures),
        };
        figures[unit.0 as usize] = Some(figure);
    }
    figures
}

/// Where numerator and denominator come from. The lowest level that has the figure states it
/// itself, whatever its basis: there is nothing below to add up.
fn sources(campaign: &Campaign, columns: &Columns<'_>, span: &UnitSpan, lowest: usize) -> (TakenFrom, TakenFrom) {
    let usual = if span.level == lowest || campaign.is_grassroots(span) || span.basis == LevelBasis::Own {
        TakenFrom::Own
    } else {
        TakenFrom::Children
    };
    let level = &campaign.level(span).id;
    let numerator = columns.indicator.numerator_from.get(level).copied().unwrap_or(usual);
    let denominator = columns.indicator.denominator_from.get(level).copied().unwrap_or(usual);
    (numerator, if columns.has_denominator() { denominator } else { numerator })
}

/// What the units below bring.
struct Below {
    numerator: Option<i64>,
    denominator: Option<i64>,
    units_in: i64,
    units_due: i64,
    is_partial: bool,
    /// Units below that are asked at all.
    asked: usize,
    /// All of them state what the register and the receipts say.
    is_of_register: bool,
    /// Why the first one that was left out was left out.
    left_out: Option<Reason>,
    is_out_of_range: bool,
    worst: Worst,
}

fn below(
    view: &PeriodView<'_>,
    columns: &Columns<'_>,
    unit: UnitIx,
    needs: (bool, bool),
    figures: &[Option<Figure>],
) -> Below {
    let mut below = Below {
        numerator: None,
        denominator: None,
        units_in: 0,
        units_due: 0,
        is_partial: false,
        asked: 0,
        is_of_register: true,
        left_out: None,
        is_out_of_range: false,
        worst: Worst::NOTHING,
    };
    let is_all_of = columns.indicator.shape == Shape::Flag && !columns.has_denominator();
    for figure in view.due_children(unit).filter_map(|child| figures[child.0 as usize].as_ref()) {
        if !is_asked(figure) {
            continue;
        }
        below.asked += 1;
        below.units_due += figure.units_due;
        below.is_of_register &= figure.basis == Basis::Register;
        below.worst = below.worst.and(figure.worst);
        let numerator = if figure.stands() { figure.numerator.or(Some(0)) } else { figure.numerator };
        let is_open = figure.is_open_zero();
        if !is_in(figure, needs) {
            below.left_out = below.left_out.or(figure.reason);
            continue;
        }
        // The gaps below a unit are gaps here, though it brings what is known.
        if is_open {
            below.left_out = below.left_out.or(figure.reason);
        }
        // Counted for the numerator alone, a unit is in though its denominator is missing.
        below.units_in += if figure.stands() || is_open { figure.units_in } else { figure.units_due };
        below.is_partial |= figure.is_partial;
        let join = if is_all_of { |one: i64, other: i64| Some(one.min(other)) } else { i64::checked_add };
        below.is_out_of_range |= !put(&mut below.numerator, numerator, join);
        below.is_out_of_range |= !put(&mut below.denominator, figure.denominator, i64::checked_add);
    }
    below
}

fn is_asked(figure: &Figure) -> bool {
    !matches!(figure.reason, Some(Reason::NotAsked | Reason::NotApplicable))
}

/// The figure of a unit that is asked enters the sums of the unit above it, which needs so much of it.
fn is_in(figure: &Figure, (needs_numerator, needs_denominator): (bool, bool)) -> bool {
    let is_credible =
        figure.is_open_zero() || !matches!(figure.reason, Some(Reason::PartAboveWhole | Reason::OutOfRange));
    let has_numerator = figure.numerator.is_some() || figure.stands();
    is_credible && (!needs_numerator || has_numerator) && (!needs_denominator || figure.denominator.is_some())
}

/// What a unit itself brings into the totals of the units above it. The total of a superior is the sum
/// of what it and the units below it bring, as far as that flows up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// Without what the units below it bring.
    pub(crate) numerator: i64,
    pub(crate) denominator: i64,
    /// It has a total of either half; without one nothing stays in it or flows through it.
    pub(crate) has: (bool, bool),
    /// Its total enters that of the unit above it, by halves.
    pub(crate) flows: (bool, bool),
    /// Something of the total is of the units below it.
    pub(crate) adds_up: bool,
}

/// The parts that make up the figures; `None` where there is no figure.
pub(crate) fn parts(
    campaign: &Campaign,
    view: &PeriodView<'_>,
    columns: &Columns<'_>,
    figures: &[Option<Figure>],
) -> Vec<Option<Part>> {
    let position = |level: &LevelId| campaign.levels.iter().position(|it| it.id == *level);
    let lowest = columns.indicator.levels.iter().filter_map(position).max().unwrap_or(0);
    let of = |unit: UnitIx| Some((view.span(unit)?, figures[unit.0 as usize].as_ref()?));
    let part = |unit: UnitIx| {
        let (span, figure) = of(unit)?;
        let from = sources(campaign, columns, span, lowest);
        let adds_up = from != (TakenFrom::Own, TakenFrom::Own);
        let own = match adds_up {
            false => (figure.numerator, figure.denominator),
            true if from == (TakenFrom::Children, TakenFrom::Children) => (None, None),
            true => {
                let own = columns.own(unit, span.level);
                let of = |from, half: Option<i64>| half.filter(|_| from != TakenFrom::Children);
                (of(from.0, own.numerator), of(from.1, own.denominator))
            }
        };
        let above = span.parent.and_then(of).map(|(above, _)| sources(campaign, columns, above, lowest));
        let flows = above.map_or((false, false), |from| {
            let needs = (from.0 != TakenFrom::Own, columns.has_denominator() && from.1 != TakenFrom::Own);
            let enters = is_asked(figure) && is_in(figure, needs);
            (needs.0 && enters, needs.1 && enters)
        });
        Some(Part {
            numerator: own.0.unwrap_or(0),
            denominator: own.1.unwrap_or(0),
            has: (figure.numerator.is_some(), figure.denominator.is_some()),
            flows,
            adds_up,
        })
    };
    (0..figures.len() as u32).map(|at| part(UnitIx(at))).collect()
}

/// Adds a value to a sum; `false` when the sum does not fit.
fn put(sum: &mut Option<i64>, value: Option<i64>, join: fn(i64, i64) -> Option<i64>) -> bool {
    let Some(value) = value else { return true };
    match sum {
        None => *sum = Some(value),
        Some(so_far) => match join(*so_far, value) {
            Some(joined) => *so_far = joined,
            None => return false,
        },
    }
    true
}

fn add_up(
    view: &PeriodView<'_>,
    columns: &Columns<'_>,
    unit: UnitIx,
    level: usize,
    (from_numerator, from_denominator): (TakenFrom, TakenFrom),
    figures: &[Option<Figure>],
) -> Figure {
    let needs = |from| from != TakenFrom::Own;
    let needs_denominator = columns.has_denominator() && needs(from_denominator);
    let below = below(view, columns, unit, (needs(from_numerator), needs_denominator), figures);
    let uses_own = from_numerator != TakenFrom::Children || from_denominator != TakenFrom::Children;
    let own = uses_own.then(|| columns.own(unit, level));
    let own_part = |part: fn(&Figure) -> Option<i64>| own.as_ref().and_then(part);
    let mut is_out_of_range = below.is_out_of_range;
    let mut take = |from, own: Option<i64>, below: Option<i64>| match from {
        TakenFrom::Own => own,
        TakenFrom::Children => below,
        TakenFrom::OwnPlusChildren => {
            let mut sum = below;
            is_out_of_range |= !put(&mut sum, own, i64::checked_add);
            sum
        }
    };
    let numerator = take(from_numerator, own_part(|own| own.numerator), below.numerator);
    let denominator = if columns.has_denominator() {
        take(from_denominator, own_part(|own| own.denominator), below.denominator)
    } else {
        None
    };
    let own_numerator = own_part(|own| own.numerator);
    let own_denominator = own_part(|own| own.denominator);
    let lacks_own = from_numerator == TakenFrom::OwnPlusChildren && own_numerator.is_none()
        || columns.has_denominator() && from_denominator == TakenFrom::OwnPlusChildren && own_denominator.is_none();
    let own_worst = own.as_ref().map_or(Worst::NOTHING, |own| columns.worst_of_own(unit, own));
    let worst_of = |from| match from {
        TakenFrom::Own => own_worst,
        TakenFrom::Children => below.worst,
        TakenFrom::OwnPlusChildren => own_worst.and(below.worst),
    };
    let basis = match (uses_own, below.is_of_register && below.asked > 0) {
        (true, _) => Basis::Mixed,
        (false, true) => Basis::Register,
        (false, false) => Basis::Children,
    };
    let reason = match (numerator, denominator) {
        _ if is_out_of_range || columns.is_out_of_range => Some(Reason::OutOfRange),
        (Some(part), Some(whole)) if columns.indicator.is_part_of_whole && part > whole => Some(Reason::PartAboveWhole),
        // Nothing to count among those that are in; the others may have something.
        (_, Some(0)) if needs_denominator && below.left_out.is_some() => below.left_out,
        (_, Some(0)) => Some(Reason::DenominatorZero),
        (Some(_), Some(_)) => None,
        (Some(_), None) if !columns.has_denominator() => None,
        _ if own.is_none() && below.asked == 0 => Some(Reason::NotAsked),
        _ => below.left_out.or(own.as_ref().and_then(|own| own.reason)).or(Some(Reason::NotReported)),
    };
    // A sum that stopped half-way is no number to show.
    let (numerator, denominator) =
        if reason == Some(Reason::OutOfRange) { (None, None) } else { (numerator, denominator) };
    let mut figure = Figure {
        numerator,
        denominator,
        basis,
        units_in: below.units_in,
        units_due: below.units_due,
        is_partial: below.is_partial || lacks_own,
        worst: Worst {
            numerator: worst_of(from_numerator).numerator,
            denominator: worst_of(from_denominator).denominator,
        },
        reason,
    };
    if !figure.stands() && !figure.is_open_zero() {
        figure.units_in = 0;
    }
    figure
}
