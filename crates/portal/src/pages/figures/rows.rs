//! The rows of a list table of a release, by names of columns.

use thidua_campaign::Campaign;
use thidua_model::Date;
use thidua_model::date::from_days;
use thidua_release::open::Packed;

/// One row of a list.
#[derive(Clone, Copy)]
pub(super) struct ListRow<'t> {
    table: &'t Packed,
    row: u32,
}

/// The rows of a list in a period, in the order of the release.
pub(super) fn of_period<'t>(table: &'t Packed, period: &str) -> impl Iterator<Item = ListRow<'t>> {
    table.rows_where("period", period).into_iter().map(move |row| ListRow { table, row })
}

impl<'t> ListRow<'t> {
    /// Empty where nothing was written, or the campaign's list has no such column.
    pub(super) fn text(self, column: &str) -> &'t str {
        self.table.column(column).and_then(|column| column.text(self.row)).unwrap_or_default()
    }

    pub(super) fn date(self, column: &str) -> Option<Date> {
        from_days(self.table.column(column)?.int(self.row)?)
    }

    /// A column of choices, as the form prints it.
    pub(super) fn choice(self, campaign: &Campaign, column: &str) -> String {
        let stored = self.text(column);
        let lists = campaign.forms.iter().flat_map(|form| &form.lists);
        let columns = lists.filter(|list| *list.table == *self.table.name).flat_map(|list| &list.columns);
        let known = columns.filter(|known| *known.id == *column).flat_map(|known| &known.choices);
        let label = known.into_iter().find(|(id, _)| **id == *stored).map(|(_, label)| label.to_string());
        label.unwrap_or_else(|| stored.to_owned())
    }
}
