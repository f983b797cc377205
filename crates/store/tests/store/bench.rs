//! A fresh database for a test: a SQLite file, or a database in a temporary PostgreSQL cluster.

use sqlx::{AnyConnection, Connection, Executor};
use std::path::Path;
use std::pin::Pin;
use tempfile::TempDir;
use thidua_store::{AccountId, Actor, Hashed, NewAccount, NewUpload, Options, Role, Store};

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A test of either database. Boxed, so that the runtime is compiled once and not for each test.
pub(crate) type Test = for<'a> fn(&'a Bench) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// Runs each test on both databases.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() -> $crate::bench::Outcome {
                $crate::bench::on_sqlite(|bench| Box::pin(super::$name(bench)))
            })+
        }
        mod postgres {
            $(#[test]
            fn $name() -> $crate::bench::Outcome {
                $crate::bench::on_postgres(|bench| Box::pin(super::$name(bench)))
            })+
        }
    };
}

/// Runs each test on SQLite only.
#[macro_export]
macro_rules! on_sqlite_only {
    ($($name:ident),+ $(,)?) => {
        mod sqlite_only {
            $(#[test]
            fn $name() -> $crate::bench::Outcome {
                $crate::bench::on_sqlite(|bench| Box::pin(super::$name(bench)))
            })+
        }
    };
}

/// Runs each test on PostgreSQL only.
#[macro_export]
macro_rules! on_postgres_only {
    ($($name:ident),+ $(,)?) => {
        mod postgres_only {
            $(#[test]
            fn $name() -> $crate::bench::Outcome {
                $crate::bench::on_postgres(|bench| Box::pin(super::$name(bench)))
            })+
        }
    };
}

pub(crate) fn on_sqlite(test: Test) -> Outcome {
    run(&Bench::sqlite()?, test)
}

pub(crate) fn on_postgres(test: Test) -> Outcome {
    match Bench::postgres()? {
        Some(bench) => run(&bench, test),
        None => Ok(()),
    }
}

fn run(bench: &Bench, test: Test) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(test(bench))
}

/// Where a test has its database.
pub(crate) struct Bench {
    pub(crate) address: String,
    folder: TempDir,
}

impl Bench {
    pub(crate) fn sqlite() -> Result<Self, Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        Ok(Self { address: format!("sqlite://{}/thi dua.db", folder.path().display()), folder })
    }

    /// `None`, with a message, where PostgreSQL is not installed.
    pub(crate) fn postgres() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        let Some(address) = thidua_testkit::postgres()? else { return Ok(None) };
        Ok(Some(Self { address, folder: tempfile::tempdir()? }))
    }

    /// A folder for files of the test.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.address.starts_with("sqlite:")
    }

    pub(crate) async fn store(&self) -> thidua_store::Result<Store> {
        Store::open(&self.address, &Options::default()).await
    }

    /// A connection past the store, for tampering.
    pub(crate) async fn tamper(&self) -> sqlx::Result<AnyConnection> {
        sqlx::any::install_default_drivers();
        AnyConnection::connect(&self.address.replace(' ', "%20")).await
    }

    /// Runs one statement past the store.
    pub(crate) async fn run(&self, sql: &str) -> sqlx::Result<u64> {
        let mut connection = self.tamper().await?;
        let done = connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))).await?;
        connection.close().await?;
        Ok(done.rows_affected())
    }
}

pub(crate) const CAMPAIGN: &str = "thi-dua-2014";

/// A moment, in seconds after a fixed one.
pub(crate) const fn at(seconds: i64) -> i64 {
    1_400_000_000_000_000 + seconds * 1_000_000
}

pub(crate) fn system(seconds: i64) -> Actor {
    Actor::system(at(seconds))
}

pub(crate) fn new_account(login: &str, role: Role, unit: Option<&str>) -> NewAccount {
    NewAccount {
        login: login.into(),
        name: format!("Ông/Bà {login}"),
        role,
        unit: unit.map(str::to_owned),
        contact: None,
        activation: Hashed::from(format!("hash of the code of {login}")),
        activation_until: at(1_000_000),
    }
}

/// An active account and the actor it is.
pub(crate) async fn person(store: &Store, login: &str, role: Role, unit: Option<&str>) -> thidua_store::Result<Actor> {
    let new = new_account(login, role, unit);
    let id: AccountId = store.accounts().create(&new, &system(0)).await?;
    store.accounts().activate(&new.activation, &Hashed::from("hash of a password"), &system(0)).await?;
    Ok(Actor::of(&id, "192.0.2.17", at(0)))
}

pub(crate) fn file<'a>(unit: &'a str, bytes: &'a [u8]) -> NewUpload<'a> {
    NewUpload {
        campaign: CAMPAIGN,
        unit,
        period: Some("dot-1"),
        file_name: "Báo cáo đợt 1.xlsx",
        came_in: None,
        is_on_behalf: false,
        bytes,
        then: None,
    }
}
