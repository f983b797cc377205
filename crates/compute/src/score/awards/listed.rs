//! What units proposed themselves: rows of the list of awards that name a unit.
//!
//! In:  the rows of a period, the awards of that period.
//! Out: for each such row the unit, who sent it, and the awards that it can mean.
//!
//! Persons, and collectives that are no unit (a team, a workshop), are left to the list itself.

use std::collections::BTreeMap;
use thidua_campaign::{Award, AwardList, Campaign, List};
use thidua_model::text::fold;
use thidua_model::{Intake, ListRow, ListValue, PeriodIx, UnitIx};

/// A row of the list that names a unit.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    pub(super) unit: UnitIx,
    pub(super) row: &'a ListRow,
    /// Positions in `awards`; several where the row does not tell them apart.
    pub(super) awards: Vec<usize>,
}

pub(super) fn listed<'a>(
    campaign: &Campaign,
    intake: &'a Intake,
    period: PeriodIx,
    awards: &[&Award],
) -> Vec<Listed<'a>> {
    let Some(asked) = &campaign.award_list else { return Vec::new() };
    let mut lists = campaign.forms.iter().flat_map(|form| &form.lists);
    let Some(list) = lists.find(|list| list.id == asked.list) else { return Vec::new() };
    let rows = intake.lists.iter().filter(|row| row.period == period && row.list == asked.list);
    let rows: Vec<&ListRow> = rows.filter(|row| asked.only.iter().all(|only| says(list, row, only))).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let named = Named::new(campaign, period);
    let mut found: Vec<Listed<'a>> = Vec::new();
    for row in rows {
        let Some(unit) = text(list, row, &asked.nominee).and_then(|name| named.find(campaign, name, row.unit)) else {
            continue;
        };
        let awards = meant(list, asked, row, awards);
        if !awards.is_empty() {
            found.push(Listed { unit, row, awards });
        }
    }
    // The order in which files were read is no order.
    found.sort_by_key(|it| (it.unit, it.row.unit, it.row.place.clone(), it.row.row));
    found
}

/// Awards of this form whose other words the row says; of these the ones that ask for most words, so
/// that a row for the thematic award is not one for the comprehensive award of the same form.
fn meant(list: &List, asked: &AwardList, row: &ListRow, awards: &[&Award]) -> Vec<usize> {
    let Some(form) = text(list, row, &asked.award) else { return Vec::new() };
    let is_meant = |award: &Award| {
        (fold(form) == fold(&award.form) || [&award.title.vi, &award.title.en].iter().any(|it| fold(it) == fold(form)))
            && award.listed.iter().all(|wanted| says(list, row, wanted))
    };
    let fitting: Vec<usize> = (0..awards.len()).filter(|at| is_meant(awards[*at])).collect();
    let most = fitting.iter().map(|at| awards[*at].listed.len()).max();
    fitting.into_iter().filter(|at| Some(awards[*at].listed.len()) == most).collect()
}

fn says(list: &List, row: &ListRow, (column, value): &(thidua_model::Text, thidua_model::Text)) -> bool {
    text(list, row, column).is_some_and(|text| fold(text) == fold(value))
}

fn text<'r>(list: &List, row: &'r ListRow, column: &str) -> Option<&'r str> {
    let at = list.columns.iter().position(|known| *known.id == *column)?;
    match row.values.get(at)? {
        Some(ListValue::Text(text)) => Some(text),
        _ => None,
    }
}

/// Units by code and name, without marks, case and spaces.
struct Named {
    units: BTreeMap<String, Vec<UnitIx>>,
    date: thidua_model::Date,
}

impl Named {
    fn new(campaign: &Campaign, period: PeriodIx) -> Self {
        let date = campaign.period(period).as_of;
        let mut units: BTreeMap<String, Vec<UnitIx>> = BTreeMap::new();
        for unit in campaign.unit_ixs() {
            let Some(span) = campaign.unit(unit).at(date) else { continue };
            for name in [fold(campaign.unit(unit).id.as_str()), fold(&span.name)] {
                let known = units.entry(name).or_default();
                if !known.contains(&unit) {
                    known.push(unit);
                }
            }
        }
        Self { units, date }
    }

    /// The one unit of this name at or below the sender: "Tập thể CĐCS Hoa Mai" is CĐCS Hoa Mai.
    fn find(&self, campaign: &Campaign, name: &str, sender: UnitIx) -> Option<UnitIx> {
        let folded = fold(name);
        let plain = folded.strip_prefix("tapthe").unwrap_or(&folded);
        let known = self.units.get(&folded).or_else(|| self.units.get(plain))?;
        let mut below = known.iter().filter(|unit| campaign.is_at_or_below(**unit, sender, self.date));
        match (below.next(), below.next()) {
            (Some(unit), None) => Some(*unit),
            _ => None,
        }
    }
}
