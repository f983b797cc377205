//! The table `bridge`: how the total of a superior went from one period to the next when units moved,
//! merged or were founded.
//!
//! In:  what each unit brings into the totals above it (`rollup::parts`), period by period.
//! Out: a row for each superior, indicator that adds up and pair of periods; its parts add up exactly.
//!
//! Each total is by the hierarchy at its own as-of date. What a unit brings counts for every superior
//! above it: a unit that goes from one superior to another moved for both, and stayed for the province.
//! A unit that was merged is gone from the register; what it had is in the own change of the unit that
//! took it in, for the register does not tell which that is.
//!
//! Not here: why the figures of a unit changed (`explain`, `diff`).

use crate::period::PeriodView;
use crate::rollup::Part;
use thidua_campaign::{Campaign, Indicator, Shape};
use thidua_model::rows::BridgeRow;
use thidua_model::{Date, PeriodIx, UnitIx};

/// Its totals are sums: "all of them do" is none.
pub(crate) fn adds_up(indicator: &Indicator) -> bool {
    indicator.shape != Shape::Flag || indicator.denominator.is_some()
}

/// The parts of the latest period of each indicator, to be compared with the next.
pub(crate) struct Bridges<'c> {
    campaign: &'c Campaign,
    /// By indicator.
    before: Vec<Option<Side>>,
}

/// One end of a bridge.
struct Side {
    period: PeriodIx,
    date: Date,
    parts: Vec<Option<Part>>,
}

impl<'c> Bridges<'c> {
    pub(crate) fn new(campaign: &'c Campaign) -> Self {
        Self { campaign, before: campaign.indicators.iter().map(|_| None).collect() }
    }

    /// Takes the parts of an indicator in its next period, and adds the rows from the one before.
    pub(crate) fn take(
        &mut self,
        view: &PeriodView<'_>,
        indicator: usize,
        parts: Vec<Option<Part>>,
        rows: &mut Vec<BridgeRow>,
    ) {
        let later = Side { period: view.period, date: view.date, parts };
        if let Some(earlier) = &self.before[indicator] {
            rows.extend(Bridge { campaign: self.campaign, indicator, sides: [earlier, &later] }.rows());
        }
        self.before[indicator] = Some(later);
    }
}

struct Bridge<'a> {
    campaign: &'a Campaign,
    indicator: usize,
    /// The earlier and the later period.
    sides: [&'a Side; 2],
}

/// What one unit brings into the total of one that it stands below, or its own.
#[derive(Debug, Clone, Copy, Default)]
struct Brought {
    numerator: i64,
    denominator: i64,
    /// It states the figure itself.
    units: i64,
}

/// Sums of what units bring; wide enough for all units of a country.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    numerator: i128,
    denominator: i128,
    units: i64,
}

impl Total {
    fn add(&mut self, brought: Brought) {
        self.numerator += i128::from(brought.numerator);
        self.denominator += i128::from(brought.denominator);
        self.units += brought.units;
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    opening: Total,
    moved_in: Total,
    moved_out: Total,
    founded: Total,
    dissolved: Total,
    closing: Total,
    /// Of units that stood below both times, the later less the earlier.
    change: (i128, i128),
}

impl Bridge<'_> {
    fn rows(&self) -> Vec<BridgeRow> {
        let units = self.campaign.units.len();
        let mut sums = vec![Sums::default(); units];
        for unit in (0..units as u32).map(UnitIx) {
            let [before, after] = [self.above(0, unit), self.above(1, unit)];
            let find = |all: &[(UnitIx, Brought)], above| all.iter().find(|(it, _)| *it == above).map(|(_, it)| *it);
            for (above, brought) in &before {
                self.add(&mut sums[above.0 as usize], unit, (Some(*brought), find(&after, *above)));
            }
            for (above, brought) in after.iter().filter(|(above, _)| find(&before, *above).is_none()) {
                self.add(&mut sums[above.0 as usize], unit, (None, Some(*brought)));
            }
        }
        let superiors = (0..units as u32).map(UnitIx).filter(|unit| self.is_told(*unit));
        superiors.filter_map(|unit| self.row(unit, &sums[unit.0 as usize])).collect()
    }

    /// The unit and those above it in a period, each with what the unit brings into its total.
    fn above(&self, side: usize, unit: UnitIx) -> Vec<(UnitIx, Brought)> {
        let side = self.sides[side];
        let mut all = Vec::new();
        let Some(own) = &side.parts[unit.0 as usize] else { return all };
        let mut brought =
            Brought { numerator: own.numerator, denominator: own.denominator, units: i64::from(!own.adds_up) };
        let mut at = Some(unit);
        // A register without circles needs at most a step a level; one with them ends here too.
        for _ in 0..=self.campaign.levels.len() {
            let Some(here) = at else { break };
            let Some(part) = &side.parts[here.0 as usize] else { break };
            if !part.has.0 {
                brought.numerator = 0;
            }
            if !part.has.1 {
                brought.denominator = 0;
            }
            all.push((here, brought));
            if !part.flows.0 {
                brought.numerator = 0;
            }
            if !part.flows.1 {
                brought.denominator = 0;
            }
            at = self.campaign.unit(here).at(side.date).and_then(|span| span.parent);
        }
        all
    }

    fn add(&self, sums: &mut Sums, unit: UnitIx, sides: (Option<Brought>, Option<Brought>)) {
        let lives = |side: usize| self.campaign.unit(unit).at(self.sides[side].date).is_some();
        if let Some(before) = sides.0 {
            sums.opening.add(before);
        }
        if let Some(after) = sides.1 {
            sums.closing.add(after);
        }
        match sides {
            (Some(before), Some(after)) => {
                sums.change.0 += i128::from(after.numerator) - i128::from(before.numerator);
                sums.change.1 += i128::from(after.denominator) - i128::from(before.denominator);
            }
            (Some(before), None) if lives(1) => sums.moved_out.add(before),
            (Some(before), None) => sums.dissolved.add(before),
            (None, Some(after)) if lives(0) => sums.moved_in.add(after),
            (None, Some(after)) => sums.founded.add(after),
            (None, None) => {}
        }
    }

    /// A superior whose total is of units below it in one of the two periods, on a level that has the figure.
    fn is_told(&self, unit: UnitIx) -> bool {
        let levels = &self.campaign.indicators[self.indicator].levels;
        self.sides.iter().any(|side| {
            let span = self.campaign.unit(unit).at(side.date);
            side.parts[unit.0 as usize].as_ref().is_some_and(|part| part.adds_up)
                && span.is_some_and(|span| levels.contains(&self.campaign.level(span).id))
        })
    }

    /// `None` where a part does not fit; the figure itself is out of range then, and told (C306).
    fn row(&self, unit: UnitIx, sums: &Sums) -> Option<BridgeRow> {
        let campaign = self.campaign;
        let indicator = &campaign.indicators[self.indicator];
        let fits = |value: i128| i64::try_from(value).ok();
        let whole = |value: i128| match indicator.denominator {
            Some(_) => fits(value).map(Some),
            None => Some(None),
        };
        Some(BridgeRow {
            unit: campaign.unit(unit).id.text(),
            since: campaign.period(self.sides[0].period).id.text(),
            period: campaign.period(self.sides[1].period).id.text(),
            indicator: indicator.id.text(),
            opening_numerator: fits(sums.opening.numerator)?,
            opening_denominator: whole(sums.opening.denominator)?,
            moved_in_numerator: fits(sums.moved_in.numerator)?,
            moved_in_denominator: whole(sums.moved_in.denominator)?,
            moved_out_numerator: fits(sums.moved_out.numerator)?,
            moved_out_denominator: whole(sums.moved_out.denominator)?,
            founded_numerator: fits(sums.founded.numerator)?,
            founded_denominator: whole(sums.founded.denominator)?,
            dissolved_numerator: fits(sums.dissolved.numerator)?,
            dissolved_denominator: whole(sums.dissolved.denominator)?,
            change_numerator: fits(sums.change.0)?,
            change_denominator: whole(sums.change.1)?,
            closing_numerator: fits(sums.closing.numerator)?,
            closing_denominator: whole(sums.closing.denominator)?,
            units_before: sums.opening.units,
            units_moved_in: sums.moved_in.units,
            units_moved_out: sums.moved_out.units,
            units_founded: sums.founded.units,
            units_dissolved: sums.dissolved.units,
            units_after: sums.closing.units,
        })
    }
}
