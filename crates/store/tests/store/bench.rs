//! A fresh database for a test: a SQLite file, or a database in a temporary PostgreSQL cluster.

use sqlx::{AnyConnection, Connection, Executor};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
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
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let Some(cluster) = cluster() else { return Ok(None) };
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(cluster.programs.join("createdb"))
            .args(["--username=postgres", "--template=template0", "--encoding=UTF8", "--host"])
            .arg(&cluster.socket)
            .arg(&name)
            .status()?;
        assert!(made.success(), "createdb failed");
        let address = format!("postgres:///{name}?host={}&user=postgres", cluster.socket.display());
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

struct Cluster {
    programs: PathBuf,
    socket: PathBuf,
}

/// One cluster for the whole test program. A shell that waits for this process to end stops the
/// cluster and removes its folder, however this process ends.
fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| {
            let Some(programs) = programs() else {
                assert!(std::env::var("CI").as_deref() != Ok("true"), "PostgreSQL is not installed; it is needed here");
                println!("skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
                return None;
            };
            Some(start(programs).expect("a temporary PostgreSQL cluster starts"))
        })
        .as_ref()
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    found.sort();
    found.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path));
    found.into_iter().find(|folder| ["initdb", "pg_ctl", "createdb"].iter().all(|it| folder.join(it).is_file()))
}

fn start(programs: PathBuf) -> Result<Cluster, Box<dyn std::error::Error>> {
    // Kept: the shell below removes it. Short, since a socket's path may have 107 bytes.
    let home = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp")?.keep();
    let is_root = String::from_utf8(Command::new("id").arg("-u").output()?.stdout)?.trim() == "0";
    if is_root {
        // The server refuses to run as root.
        let given = Command::new("chown").arg("postgres").arg(&home).status()?;
        assert!(given.success(), "the folder of the cluster is given to the user postgres");
    }
    let program = |name: &str| {
        let path = programs.join(name);
        let mut command = if is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(&home).stdout(Stdio::null());
        command
    };
    let data = home.join("data");
    let made = program("initdb")
        .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8", "-D"])
        .arg(&data)
        .status()?;
    assert!(made.success(), "initdb failed");
    let options = format!(
        "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c max_connections=400",
        home.display()
    );
    let log = home.join("log");
    let started = program("pg_ctl")
        .args(["-w", "-s", "-o", &options, "-l"])
        .arg(&log)
        .arg("-D")
        .arg(&data)
        .arg("start")
        .status()?;
    assert!(started.success(), "pg_ctl start failed: {}", std::fs::read_to_string(&log).unwrap_or_default());
    let stop = if is_root { "runuser -u postgres -- " } else { "" };
    let stop = format!(
        "read -r _; {stop}'{}' -m immediate -s -D '{}' stop; rm -rf '{}'",
        programs.join("pg_ctl").display(),
        data.display(),
        home.display()
    );
    let mut keeper = Command::new("sh")
        .args(["-c", &stop])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // The pipe stays open as long as this process lives.
    std::mem::forget(keeper.stdin.take());
    Ok(Cluster { programs, socket: home })
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
