//! Why the store could not do what it was asked.
//!
//! Each sentence says what was being done, what was found and what to do about it. Passwords of
//! database addresses and contents of files never appear.

use std::error::Error;
use std::path::PathBuf;
use thiserror::Error;

/// The database library's own error, kept as the cause only.
pub type Cause = Box<dyn Error + Send + Sync + 'static>;

/// Why the store could not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    #[error(
        "the database address is not understood: {reason}; write sqlite:///folder/file.db or postgres://user:password@host/database"
    )]
    Address { reason: String },
    #[error(
        "cannot open the database {place}; check that it exists, that this user may use it, and that its server runs"
    )]
    Connect { place: String, source: Cause },
    #[error(
        "{place} is a database of another program: it has tables, but not ours; give the portal a database of its own"
    )]
    NotOurs { place: String },
    #[error(
        "the database has schema {found}, this program knows up to {known}: a newer program has been at work; start that one"
    )]
    SchemaNewer { found: i64, known: i64 },
    #[error("cannot bring the database to schema {version}; nothing was changed")]
    Migrate { version: i64, source: Cause },
    #[error("the PostgreSQL server has version {found}; version {need} or newer is needed")]
    ServerTooOld { found: String, need: i64 },
    #[error("the PostgreSQL database keeps texts as {found}; create it with encoding UTF8")]
    NotUtf8 { found: String },

    #[error("cannot {doing}: the disk of the database is full; make room there and try again, nothing was half done")]
    DiskFull { doing: &'static str, source: Cause },
    #[error("cannot {doing}: the database file is broken; stop the program and restore the newest backup")]
    Broken { doing: &'static str, source: Cause },
    #[error(
        "cannot {doing}: the disk of the database reports an error; check the disk and the permissions of its folder"
    )]
    Disk { doing: &'static str, source: Cause },
    #[error("cannot {doing}: the database was busy for too long; try again")]
    Busy { doing: &'static str, source: Cause },
    #[error("cannot {doing}: the database may only be read; check the permissions of its file and folder")]
    ReadOnly { doing: &'static str, source: Cause },
    #[error("cannot {doing}: the database server cannot be reached; check that it runs, then try again")]
    Unreachable { doing: &'static str, source: Cause },
    #[error("cannot {doing}: something it refers to is not in the database")]
    Dangling { doing: &'static str, source: Cause },
    #[error("cannot {doing}: it is there already")]
    Exists { doing: &'static str, source: Cause },
    #[error("cannot {doing}: the database refused the statement")]
    Database { doing: &'static str, source: Cause },

    #[error("there is no {what} {id:?}")]
    NotFound { what: &'static str, id: String },
    #[error("the {what} {value:?} is taken; choose another")]
    Taken { what: &'static str, value: String },
    #[error("the database holds {found:?} as {what}, which this program does not know; was it changed by hand?")]
    UnknownWord { what: &'static str, found: String },
    #[error("cannot {doing}: column {column} does not hold what it should; was the database changed by hand?")]
    Column { doing: &'static str, column: &'static str, source: Cause },

    #[error("the bytes of file {digest} are not what was received (they are {found} now); restore them from a backup")]
    BrokenBlob { digest: String, found: String },
    #[error("the activation code is wrong, was used before, or has run out; ask for a new one")]
    NotActivatable,
    #[error("{doing} needs a reason in words")]
    ReasonMissing { doing: &'static str },
    #[error("this version is no longer the newest: {newest} came later; decide about that one")]
    Superseded { newest: String },
    #[error("what was rejected as unreadable cannot be approved or returned; the unit has to send it again")]
    NotReviewable,
    #[error("the correction {id} was withdrawn before")]
    WithdrawnBefore { id: String },
    #[error("the worker no longer holds job {id}: its lease ran out and another may have taken it")]
    LeaseLost { id: String },
    #[error("release {id} holds other files than the release of that name kept before")]
    ReleaseDiffers { id: String },

    #[error(
        "the definition of the campaign is number {found} now, the changes were shown against number {shown}; look at them again"
    )]
    DefinitionMoved { shown: u64, found: u64 },

    #[error("cannot {doing} {}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    #[error("cannot {doing}: {} is there already; choose another name", path.display())]
    FileExists { doing: &'static str, path: PathBuf },
    #[error("{what} is for SQLite; use pg_dump for a PostgreSQL database, or export, which works for both")]
    OnlySqlite { what: &'static str },
    #[error("cannot write the export")]
    ExportWrite { source: std::io::Error },
    #[error("cannot read the export")]
    ExportRead { source: std::io::Error },
    #[error("the export is not whole or not ours, at {at}: {reason}; nothing was restored")]
    ExportBroken { at: String, reason: String },
    #[error(
        "the export has schema {found}, this program has {known}; restore it with the program that wrote it, then start the newer one"
    )]
    ExportSchema { found: i64, known: i64 },
    #[error("the database already holds {table}; an export is restored into an empty database only")]
    NotEmpty { table: &'static str },
    #[error("the system gives no random numbers")]
    Random { source: Cause },
}

/// What every call of the store gives back.
pub type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// True when the same call may succeed a little later without anybody's doing.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Busy { .. } | Self::Unreachable { .. })
    }

    /// Sorts an error of the database library by what a person would do about it.
    pub(crate) fn from_sqlx(doing: &'static str, error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|it| it.code()).map(|code| code.into_owned());
        let kind = error.as_database_error().map(|it| it.kind());
        let sort = match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Sort::Busy,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => Sort::Unreachable,
            _ => code.as_deref().map_or(Sort::Other, sort),
        };
        let source: Cause = Box::new(error);
        match (sort, kind) {
            (Sort::DiskFull, _) => Self::DiskFull { doing, source },
            (Sort::Broken, _) => Self::Broken { doing, source },
            (Sort::Disk, _) => Self::Disk { doing, source },
            (Sort::Busy, _) => Self::Busy { doing, source },
            (Sort::ReadOnly, _) => Self::ReadOnly { doing, source },
            (Sort::Unreachable, _) => Self::Unreachable { doing, source },
            (Sort::Other, Some(sqlx::error::ErrorKind::UniqueViolation)) => Self::Exists { doing, source },
            (Sort::Other, Some(sqlx::error::ErrorKind::ForeignKeyViolation)) => Self::Dangling { doing, source },
            (Sort::Other, _) => Self::Database { doing, source },
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    DiskFull,
    Broken,
    Disk,
    Busy,
    ReadOnly,
    Unreachable,
    Other,
}

/// PostgreSQL's codes have five characters; SQLite's are numbers whose low byte is the kind.
fn sort(code: &str) -> Sort {
    if code.len() == 5 {
        return match code {
            "53100" => Sort::DiskFull,
            "XX001" | "XX002" => Sort::Broken,
            "58030" => Sort::Disk,
            "40001" | "40P01" | "55P03" | "57014" | "53300" | "53200" => Sort::Busy,
            "25006" => Sort::ReadOnly,
            _ if code.starts_with("08") || code.starts_with("57P") => Sort::Unreachable,
            _ => Sort::Other,
        };
    }
    match code.parse::<i64>().map(|code| code & 0xff) {
        Ok(5 | 6) => Sort::Busy,
        Ok(8) => Sort::ReadOnly,
        Ok(10 | 14) => Sort::Disk,
        Ok(11 | 26) => Sort::Broken,
        Ok(13) => Sort::DiskFull,
        _ => Sort::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_are_sorted_by_what_to_do() {
        let table = [
            ("13", Sort::DiskFull),
            ("53100", Sort::DiskFull),
            ("11", Sort::Broken),
            ("779", Sort::Broken), // an index of the file does not fit its table
            ("26", Sort::Broken),
            ("XX001", Sort::Broken),
            ("10", Sort::Disk),
            ("778", Sort::Disk), // writing failed
            ("14", Sort::Disk),
            ("5", Sort::Busy),
            ("517", Sort::Busy), // the snapshot is too old to write on
            ("40P01", Sort::Busy),
            ("8", Sort::ReadOnly),
            ("25006", Sort::ReadOnly),
            ("57P01", Sort::Unreachable),
            ("08006", Sort::Unreachable),
            ("2067", Sort::Other),
            ("23505", Sort::Other),
            ("odd", Sort::Other),
        ];
        for (code, expected) in table {
            assert_eq!(sort(code), expected, "{code}");
        }
    }
}
