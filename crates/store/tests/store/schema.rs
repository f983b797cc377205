//! The schema: the same in both databases, and never one that this program does not know.

use crate::bench::{Bench, Outcome};
use sqlx::{AnyConnection, Executor, Row};
use std::collections::BTreeSet;
use thidua_store::{NEWEST_SCHEMA, Options, Store, StoreError};

crate::on_both!(
    a_newer_schema_is_refused,
    the_database_of_another_program_is_refused,
    a_migration_again_changes_nothing,
);
crate::on_sqlite_only!(
    what_cannot_be_opened_is_told_apart,
    a_file_broken_later_is_called_broken,
    a_full_disk_is_called_full_and_nothing_is_half_done,
);
crate::on_postgres_only!(both_databases_have_the_same_schema);

async fn a_newer_schema_is_refused(bench: &Bench) -> Outcome {
    bench.store().await?.close().await;
    bench.run(&format!("insert into schema_versions values ({}, '9.0.0')", NEWEST_SCHEMA + 1)).await?;
    let refused = bench.store().await.expect_err("a newer schema was opened");
    assert!(matches!(refused, StoreError::SchemaNewer { .. }), "{refused:?}");
    let message = format!("the database has schema {}, this program knows up to {NEWEST_SCHEMA}", NEWEST_SCHEMA + 1);
    assert!(refused.to_string().starts_with(&message), "{refused}");
    Ok(())
}

async fn the_database_of_another_program_is_refused(bench: &Bench) -> Outcome {
    let sql = "create table wages (person text)";
    if bench.is_sqlite() {
        let path = bench.address.trim_start_matches("sqlite://");
        std::fs::File::create(path)?;
    }
    bench.run(sql).await?;
    let refused = bench.store().await;
    assert!(matches!(refused, Err(StoreError::NotOurs { .. })), "{refused:?}");
    Ok(())
}

async fn a_migration_again_changes_nothing(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let before = columns(bench).await?;
    store.migrate().await?;
    assert_eq!(columns(bench).await?, before);
    assert_eq!(store.schema_version().await?, NEWEST_SCHEMA);
    Ok(())
}

/// Table, column, kind, whether it may be empty; of every column.
async fn columns(bench: &Bench) -> Result<BTreeSet<String>, sqlx::Error> {
    let sql = if bench.is_sqlite() {
        "select m.name as t, c.name as c, c.type as k, case when c.\"notnull\" = 1 or c.pk = 1 then 'filled' else 'may be empty' end as n
         from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite%'"
    } else {
        "select cast(table_name as text) as t, cast(column_name as text) as c, cast(data_type as text) as k,
           case when is_nullable = 'NO' then 'filled' else 'may be empty' end as n
         from information_schema.columns where table_schema = 'public'"
    };
    let mut past: AnyConnection = bench.tamper().await?;
    let rows = past.fetch_all(sql).await?;
    rows.iter()
        .map(|row| {
            let text = |column: &str| row.try_get::<String, _>(column);
            let kind = text("k")?.to_lowercase();
            let kind = match kind.as_str() {
                "bytea" | "blob" => "bytes",
                "bigint" | "integer" => "whole number",
                "text" => "text",
                other => other,
            };
            Ok(format!("{}.{}: {kind}, {}", text("t")?, text("c")?, text("n")?))
        })
        .collect()
}

/// Names of indices; those that the databases make themselves have names of their own.
async fn indices(bench: &Bench) -> Result<BTreeSet<String>, sqlx::Error> {
    let sql = if bench.is_sqlite() {
        "select name as n from sqlite_master where type = 'index' and name not like 'sqlite%'"
    } else {
        "select cast(indexname as text) as n from pg_indexes where schemaname = 'public'
           and indexname not like '%_pkey' and indexname not like '%_key'"
    };
    bench.tamper().await?.fetch_all(sql).await?.iter().map(|row| row.try_get("n")).collect()
}

async fn both_databases_have_the_same_schema(postgres: &Bench) -> Outcome {
    let sqlite = Bench::sqlite()?;
    for bench in [postgres, &sqlite] {
        bench.store().await?.close().await;
    }
    let (here, there) = (columns(&sqlite).await?, columns(postgres).await?);
    assert!(here.len() > 150, "{here:#?}");
    assert_eq!(here, there);
    assert_eq!(indices(&sqlite).await?, indices(postgres).await?);
    Ok(())
}

async fn what_cannot_be_opened_is_told_apart(bench: &Bench) -> Outcome {
    let folder = bench.folder();
    let path = folder.join("letter.db");
    std::fs::write(&path, "Kính gửi Ban Thường vụ, ".repeat(500))?;
    let no_database = Store::open_file(&path, &Options::default()).await;
    assert!(matches!(no_database, Err(StoreError::Connect { .. })), "{no_database:?}");
    let nowhere = Store::open_file(&folder.join("no/such/folder/x.db"), &Options::default()).await;
    assert!(matches!(nowhere, Err(StoreError::Connect { .. })), "{nowhere:?}");
    let mute = Options { wait: std::time::Duration::from_secs(2), ..Options::default() };
    let address = "postgres://thidua:s3cret@127.0.0.1:1/thidua";
    let unreachable = Store::open(address, &mute).await.expect_err("nobody listens there");
    assert!(matches!(unreachable, StoreError::Connect { .. }), "{unreachable:?}");
    assert!(unreachable.to_string().contains("127.0.0.1:1/thidua"), "{unreachable}");
    assert!(!format!("{unreachable:?}{unreachable}").contains("s3cret"), "{unreachable:?}");
    Ok(())
}

async fn a_file_broken_later_is_called_broken(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    for number in 0..50u8 {
        let bytes = vec![number; 20_000];
        store.uploads().receive(&crate::bench::file("cdcs-017", &bytes), &crate::bench::system(0)).await?;
    }
    store.close().await;
    let path = bench.address.trim_start_matches("sqlite://");
    let mut bytes = std::fs::read(path)?;
    // Behind the first page, which says what the file is, nothing is left.
    bytes[4096..].fill(0xa5);
    std::fs::write(path, bytes)?;
    let result = async {
        let store = bench.store().await?;
        store.audit().page(&thidua_store::AuditFilter::default()).await
    };
    let error = result.await.expect_err("a broken file was read");
    assert!(matches!(error, StoreError::Broken { .. } | StoreError::Connect { .. }), "{error:?}");
    Ok(())
}

async fn a_full_disk_is_called_full_and_nothing_is_half_done(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let kept = store.uploads().receive(&crate::bench::file("cdcs-017", b"kept"), &crate::bench::system(0)).await?;
    store.close().await;
    // A limit of pages is to SQLite what a full disk is, and it lasts with the connection only: so
    // a disk that is really full is made, where that is possible.
    let Some(disk) = small_disk()? else {
        println!("skipped: no small file system can be mounted here");
        return Ok(());
    };
    let path = disk.path.join("thidua.db");
    std::fs::copy(bench.address.trim_start_matches("sqlite://"), &path)?;
    let store = Store::open_file(&path, &Options::default()).await?;
    let bytes = vec![1u8; 8 << 20];
    let error = store.uploads().receive(&crate::bench::file("cdcs-017", &bytes), &crate::bench::system(1)).await;
    assert!(matches!(error, Err(StoreError::DiskFull { .. })), "{error:?}");
    assert_eq!(store.uploads().bytes(&kept.id).await?, b"kept");
    assert_eq!(store.audit().page(&thidua_store::AuditFilter::default()).await?.len(), 1);
    store.close().await;
    Ok(())
}

/// A file system of 4 MiB; unmounted when dropped.
struct SmallDisk {
    path: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

fn small_disk() -> std::io::Result<Option<SmallDisk>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("disk");
    std::fs::create_dir(&path)?;
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
        .arg(&path)
        .stderr(std::process::Stdio::null())
        .status();
    Ok(mounted.is_ok_and(|status| status.success()).then_some(SmallDisk { path, _folder: folder }))
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.path).status();
    }
}
