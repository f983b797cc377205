//! The tables that an export moves, in an order in which each refers only to those before.
//!
//! Not here: `blobs` and `blob_chunks`, which move as files; `sessions` and `throttles`, which end
//! with the move; `schema_versions`, which belongs to the database.

/// A table and how it is read for an export.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// A unique order, so that two exports of the same content are the same bytes.
    pub(crate) order: &'static str,
    /// Its numbers are given by the database.
    pub(crate) has_serial: bool,
    /// Which rows are about the unit `$1`; none when no row is about a unit.
    pub(crate) of_unit: Option<&'static str>,
}

const fn table(name: &'static str, order: &'static str, of_unit: Option<&'static str>) -> Table {
    Table { name, order, has_serial: false, of_unit }
}

const fn serial(name: &'static str, of_unit: Option<&'static str>) -> Table {
    Table { name, order: "seq", has_serial: true, of_unit }
}

const UNIT: Option<&str> = Some("unit = $1");

pub(crate) const TABLES: &[Table] = &[
    table("accounts", "id", UNIT),
    table("tokens", "id", Some("account in (select id from accounts where unit = $1)")),
    serial("uploads", UNIT),
    table("versions", "campaign, unit, period, upload", UNIT),
    serial("readings", Some("upload in (select id from uploads where unit = $1)")),
    table("submissions", "id", UNIT),
    table("facts", "submission, number", Some("submission in (select id from submissions where unit = $1)")),
    serial("reviews", UNIT),
    table("latest", "campaign, unit, period, form", UNIT),
    serial("corrections", UNIT),
    table("withdrawals", "correction", Some("correction in (select id from corrections where unit = $1)")),
    serial("extensions", UNIT),
    serial("attachments", UNIT),
    serial("objections", UNIT),
    serial("replies", Some("objection in (select id from objections where unit = $1)")),
    serial("jobs", None),
    table("releases", "id", None),
    table("release_files", "release, path", None),
    table("publications", "campaign, number", None),
    table("definitions", "campaign, number", None),
    serial("audit", UNIT),
];

/// Columns that leave with a whole export but not with what one unit is given.
pub(crate) const SECRETS: &[&str] = &["password", "activation", "hash"];
