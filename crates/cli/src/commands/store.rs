//! `thidua store …`: the database of a portal in the operator's hands.

use crate::args::Store as Command;
use crate::database::{Location, block_on, failed, location, operator};
use crate::exit::Usage;
use crate::new_file::NewFile;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::ffi::OsString;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use thidua_store::{Backend, Moved, NEWEST_SCHEMA, Store};

pub(crate) fn store(command: &Command) -> anyhow::Result<()> {
    let told = match command {
        Command::Migrate { database } => block_on(migrate(&location(database)?)),
        Command::Backup { database, to } => block_on(backup(&location(database)?, to)),
        Command::Restore { database, from } => block_on(restore(&location(database)?, from)),
        Command::Export { database, to, unit } => block_on(export(&location(database)?, to, unit.as_deref())),
    };
    print(&told?)
}

async fn migrate(location: &Location) -> anyhow::Result<String> {
    let store = location.make_as_it_is().await?;
    let found = store.migrate().await.map_err(failed)?;
    let place = store.place().to_owned();
    store.close().await;
    Ok(if found == NEWEST_SCHEMA {
        format!("{place}\nLược đồ {found} đã là mới nhất, không có gì để nâng cấp. Schema {found} is the newest.\n")
    } else {
        format!(
            "{place}\nĐã nâng cấp từ lược đồ {found} lên {NEWEST_SCHEMA}. Brought from schema {found} to {NEWEST_SCHEMA}.\n"
        )
    })
}

async fn backup(location: &Location, to: &Path) -> anyhow::Result<String> {
    let store = location.open_as_it_is().await?;
    if store.backend() == Backend::Postgres {
        // A copy that was not made must not look like one that was.
        return Err(Usage(format!(
            "PostgreSQL có công cụ sao lưu riêng; hãy chạy · PostgreSQL has its own tool, run:\n  \
             pg_dump --format=custom --file={} \"$THIDUA_DATABASE_URL\"\n\
             hoặc · or: thidua store export --to FILE",
            to.display()
        ))
        .into());
    }
    if store.schema_version().await.map_err(failed)? == 0 {
        return Err(Usage(format!("{} chưa có gì · nothing is kept there yet", store.place())).into());
    }
    store.backup(to, &operator()).await.map_err(failed)?;
    let size = std::fs::metadata(to).map_or(0, |file| file.len());
    store.close().await;
    Ok(format!("{}\nĐã sao lưu và kiểm tra, {size} byte. Copied and checked.\n", to.display()))
}

async fn restore(location: &Location, from: &Path) -> anyhow::Result<String> {
    let step = || Step(format!("không mở được bản xuất {}", from.display()));
    let file = File::open(from).with_context(step)?;
    let made = location.missing_file().map(Path::to_owned);
    if let Some(folder) = made.as_deref().and_then(Path::parent) {
        std::fs::create_dir_all(folder).with_context(|| Step(format!("không tạo được {}", folder.display())))?;
    }
    // Dropped at the end of an attempt that failed or was given up: the empty database goes with it.
    let made = made.map(Made);
    let store = location.make_as_it_is().await?;
    let moved = put(&store, file).await;
    store.close().await;
    let moved = moved?;
    made.into_iter().for_each(Made::keep);
    Ok(format!("{}\nĐã khôi phục: {}\n", store.place(), counts(&moved)))
}

async fn put(store: &Store, file: File) -> anyhow::Result<Moved> {
    store.migrate().await.map_err(failed)?;
    store.restore(BufReader::new(file), &operator()).await.map_err(failed)
}

async fn export(location: &Location, to: &Path, unit: Option<&str>) -> anyhow::Result<String> {
    let file = NewFile::begin(to)?;
    let store = location.open().await?;
    let moved = match unit {
        None => store.export(file.writer()?, &operator()).await,
        Some(code) => store.export_unit(code, file.writer()?, &operator()).await,
    };
    let moved = moved.map_err(failed)?;
    if let (Some(code), 0) = (unit, moved.rows) {
        return Err(Usage(format!("không lưu gì về đơn vị “{code}” · nothing is kept about this unit")).into());
    }
    file.finish()?;
    store.close().await;
    let guard = match unit {
        None => {
            "Tệp này chứa mã băm của mật khẩu: giữ kín như cơ sở dữ liệu. It holds hashes of passwords: guard it.\n"
        }
        Some(_) => "",
    };
    Ok(format!("{}\nĐã xuất: {}\n{guard}", to.display(), counts(&moved)))
}

fn counts(moved: &Moved) -> String {
    format!("{} dòng · rows, {} tệp · files, {} byte", moved.rows, moved.files, moved.bytes)
}

/// A SQLite file that this command has made; removed unless it is kept.
struct Made(PathBuf);

impl Made {
    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if self.0.as_os_str().is_empty() {
            return;
        }
        for ending in ["", "-wal", "-shm"] {
            let mut name = OsString::from(&self.0);
            name.push(ending);
            // What is not there need not go, and what cannot be removed is not the news.
            let _ = std::fs::remove_file(name);
        }
    }
}
