//! The rows of a list table of a release, by names of columns; names of persons are masked for those
//! who do not see them.

use thidua_campaign::Campaign;
use thidua_model::Date;
use thidua_model::date::from_days;
use thidua_release::Opened;
use thidua_release::manifest::TableDigest;
use thidua_release::open::Packed;
use thidua_server::MASK;

/// One row of a list.
#[derive(Clone, Copy)]
pub(super) struct ListRow<'t> {
    table: &'t Packed,
    /// What the release says of the columns, when those that name persons are masked.
    masked: Option<&'t TableDigest>,
    row: u32,
}

/// The rows of a list in a period, in the order of the release; none where it has no such list.
pub(super) fn of_period<'t>(
    release: &'t Opened,
    table: &str,
    period: &str,
    shows_names: bool,
) -> impl Iterator<Item = ListRow<'t>> {
    let masked = release.manifest.tables.iter().find(|it| it.name == table).filter(|_| !shows_names);
    let table = release.table(table);
    let rows = table.map(|table| table.rows_where("period", period)).unwrap_or_default();
    table.into_iter().flat_map(move |table| rows.clone().into_iter().map(move |row| ListRow { table, masked, row }))
}

impl<'t> ListRow<'t> {
    /// Empty where nothing was written, or the campaign's list has no such column.
    pub(super) fn text(self, column: &str) -> &'t str {
        let text = self.table.column(column).and_then(|column| column.text(self.row)).unwrap_or_default();
        let is_masked = self.masked.is_some_and(|it| it.columns.iter().any(|it| it.person && it.name == column));
        if is_masked && !text.is_empty() { MASK } else { text }
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
