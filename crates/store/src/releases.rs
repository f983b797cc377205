//! Releases: kept in pieces so that every server can serve them; one of each campaign is current.
//!
//! In:  the folder of a release; the word to publish it.
//! Out: its files again; which release is current, cheap to poll.
//!
//! Publishing is only ever added to: what was published stays known, and a correction is a new
//! release.

use crate::Store;
use crate::blobs::{self, BlobReader, CHUNK};
use crate::change::{Actor, Change, Line};
use crate::error::{Result, StoreError};
use crate::random::hex;
use crate::sql::{Link, Row, Sql};
use crate::words::AccountId;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::{Component, Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A release to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewRelease<'a> {
    /// As the release names itself by its content.
    pub id: &'a str,
    pub campaign: &'a str,
    /// The period that publishing it will lock.
    pub period: Option<&'a str>,
}

/// A release as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRelease {
    pub id: String,
    pub campaign: String,
    pub period: Option<String>,
    pub made_at: i64,
    pub account: Option<AccountId>,
    pub files: u64,
    pub size: u64,
    /// When it was published last; none when never.
    pub published_at: Option<i64>,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFile {
    /// With `/` between folders.
    pub path: String,
    pub digest: String,
    pub size: u64,
}

/// A release made current.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub campaign: String,
    /// From 1; grows with each publication of the campaign.
    pub number: u64,
    pub release: String,
    pub period: Option<String>,
    pub account: Option<AccountId>,
    pub at: i64,
}

const PUBLICATION: &str = "p.campaign, p.number, p.release, p.period, p.account, p.at";

/// Releases.
pub struct Releases<'a>(pub(crate) &'a Store);

impl Releases<'_> {
    /// Keeps the files below a folder as a release, all or nothing. Keeping the same one again
    /// changes nothing.
    ///
    /// # Errors
    /// [`StoreError::ReleaseDiffers`] when one of that id holds other files.
    pub async fn add_folder(&self, new: &NewRelease<'_>, folder: &Path, actor: &Actor) -> Result<()> {
        let mut files = Vec::new();
        for path in paths_below(folder).await? {
            let (digest, size) = measure(&folder.join(&path)).await?;
            files.push(ReleaseFile { path, digest, size });
        }
        let mut change = self.0.change("keep a release", actor).await?;
        change.lock(&format!("release\n{}", new.id)).await?;
        if Sql::new("select id from releases where id = $1").text(new.id).optional(&mut change).await?.is_some() {
            let kept = list_files(&mut change, new.id).await?;
            change.abandon().await?;
            let is_same = kept == files;
            return if is_same { Ok(()) } else { Err(StoreError::ReleaseDiffers { id: new.id.to_owned() }) };
        }
        let size: u64 = files.iter().map(|file| file.size).sum();
        Sql::new(
            "insert into releases (id, campaign, period, made_at, account, files, size)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .text(new.id)
        .text(new.campaign)
        .opt_text(new.period)
        .int(actor.now)
        .opt_text(actor.account.as_ref())
        .int(files.len() as i64)
        .int(size as i64)
        .run(&mut change)
        .await?;
        for file in &files {
            put_file(&mut change, file, &folder.join(&file.path)).await?;
            Sql::new("insert into release_files (release, path, digest, size) values ($1, $2, $3, $4)")
                .text(new.id)
                .text(&file.path)
                .text(&file.digest)
                .int(file.size as i64)
                .run(&mut change)
                .await?;
        }
        let line = Line::new("release.kept", "release", new.id).detail(json!({
            "campaign": new.campaign, "period": new.period, "files": files.len(), "size": size,
        }));
        change.commit(line).await
    }

    /// Makes a release the current one of its campaign; gives the number of the publication.
    /// Publishing the current one again changes nothing.
    pub async fn publish(&self, id: &str, actor: &Actor) -> Result<u64> {
        let release = self.get(id).await?;
        let mut change = self.0.change("publish a release", actor).await?;
        change.lock(&format!("publish\n{}", release.campaign)).await?;
        let current =
            Sql::new("select number, release from publications where campaign = $1 order by number desc limit 1");
        let current = current.text(&release.campaign).optional(&mut change).await?;
        let number = current.as_ref().map_or(Ok(0), |row| row.size("number"))?;
        if let Some(row) = &current
            && row.text("release")? == id
        {
            change.abandon().await?;
            return Ok(number);
        }
        let number = number + 1;
        Sql::new(
            "insert into publications (campaign, number, release, period, account, at) values ($1, $2, $3, $4, $5, $6)",
        )
        .text(&release.campaign)
        .int(number as i64)
        .text(id)
        .opt_text(release.period.as_ref())
        .opt_text(actor.account.as_ref())
        .int(actor.now)
        .run(&mut change)
        .await?;
        let line = Line::new("release.published", "release", id)
            .detail(json!({ "campaign": release.campaign, "period": release.period, "number": number }));
        change.commit(line).await?;
        Ok(number)
    }

    /// The current publication of a campaign. One look-up by key: made to be asked every second.
    pub async fn current(&self, campaign: &str) -> Result<Option<Publication>> {
        let mut reader = self.0.reader("look up the current release").await?;
        let sql = Sql::new(format!(
            "select {PUBLICATION} from publications p where p.campaign = $1 order by p.number desc limit 1"
        ));
        sql.text(campaign).optional(&mut reader).await?.as_ref().map(publication).transpose()
    }

    /// All publications of a campaign, newest first: what was published when, and which periods
    /// are locked by it.
    pub async fn publications(&self, campaign: &str) -> Result<Vec<Publication>> {
        let mut reader = self.0.reader("list the publications").await?;
        let sql =
            Sql::new(format!("select {PUBLICATION} from publications p where p.campaign = $1 order by p.number desc"));
        sql.text(campaign).all(&mut reader).await?.iter().map(publication).collect()
    }

    /// True when a release of this period was published.
    pub async fn is_locked(&self, campaign: &str, period: &str) -> Result<bool> {
        let mut reader = self.0.reader("look up whether a period is locked").await?;
        let sql = Sql::new("select count(*) as published from publications where campaign = $1 and period = $2");
        Ok(sql.text(campaign).text(period).one(&mut reader).await?.int("published")? > 0)
    }

    pub async fn get(&self, id: &str) -> Result<KeptRelease> {
        let mut reader = self.0.reader("look up a release").await?;
        let row = kept("r.id = $1").text(id).optional(&mut reader).await?;
        release(&row.ok_or_else(|| StoreError::NotFound { what: "release", id: id.to_owned() })?)
    }

    /// Of a campaign, newest first.
    pub async fn list(&self, campaign: &str) -> Result<Vec<KeptRelease>> {
        let mut reader = self.0.reader("list the releases").await?;
        let sql = kept("r.campaign = $1").push(" order by r.made_at desc, r.id").text(campaign);
        sql.all(&mut reader).await?.iter().map(release).collect()
    }

    /// In order of path.
    pub async fn files(&self, id: &str) -> Result<Vec<ReleaseFile>> {
        list_files(&mut self.0.reader("list the files of a release").await?, id).await
    }

    /// Opens one file for reading piece by piece.
    pub async fn open_file(&self, id: &str, path: &str) -> Result<BlobReader> {
        let mut reader = self.0.reader("open a file of a release").await?;
        let sql = Sql::new("select digest from release_files where release = $1 and path = $2").text(id).text(path);
        let row = sql.optional(&mut reader).await?;
        let row = row.ok_or_else(|| StoreError::NotFound { what: "file of the release", id: path.to_owned() })?;
        drop(reader);
        self.0.blobs().open(&row.text("digest")?).await
    }

    /// Writes a release below `parent` as the folder `<id>`, whole or not at all; gives its path.
    /// A folder that is there is taken to be whole.
    pub async fn unpack(&self, id: &str, parent: &Path) -> Result<PathBuf> {
        let release = self.get(id).await?;
        let to = parent.join(&release.id);
        let wrong = |path: &Path| StoreError::NotFound { what: "safe file name", id: path.display().to_string() };
        if Path::new(&release.id).components().count() != 1 || !is_plain(Path::new(&release.id)) {
            return Err(wrong(Path::new(&release.id)));
        }
        if to.is_dir() {
            return Ok(to);
        }
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Io { doing: "write a release to", path, source }
        };
        tokio::fs::create_dir_all(parent).await.map_err(failed(parent))?;
        let part = parent.join(format!(".{}-{}", release.id, crate::random::id()?));
        for file in self.files(id).await? {
            if !is_plain(Path::new(&file.path)) {
                return Err(wrong(Path::new(&file.path)));
            }
            let path = part.join(&file.path);
            let folder = path.parent().unwrap_or(&part);
            tokio::fs::create_dir_all(folder).await.map_err(failed(folder))?;
            let mut out = tokio::fs::File::create(&path).await.map_err(failed(&path))?;
            let mut blob = self.0.blobs().open(&file.digest).await?;
            while let Some(piece) = blob.next().await? {
                out.write_all(&piece).await.map_err(failed(&path))?;
            }
            out.sync_all().await.map_err(failed(&path))?;
        }
        match tokio::fs::rename(&part, &to).await {
            Ok(()) => Ok(to),
            // Somebody else unpacked it meanwhile.
            Err(_) if to.is_dir() => {
                tokio::fs::remove_dir_all(&part).await.map_err(failed(&part))?;
                Ok(to)
            }
            Err(source) => Err(failed(&to)(source)),
        }
    }
}

/// Only plain names, no `..`, no root: nothing is ever written outside the folder.
fn is_plain(path: &Path) -> bool {
    path.components().count() > 0 && path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Files below a folder, sorted, with `/` between folders.
async fn paths_below(folder: &Path) -> Result<Vec<String>> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::Io { doing: "read the folder", path, source }
    };
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = open.pop() {
        let mut entries = tokio::fs::read_dir(&path).await.map_err(failed(&path))?;
        while let Some(entry) = entries.next_entry().await.map_err(failed(&path))? {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().await.map_err(failed(&path))?.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a file piece by piece; gives digest and size.
async fn measure(path: &Path) -> Result<(String, u64)> {
    let failed = |source| StoreError::Io { doing: "read", path: path.to_owned(), source };
    let mut file = tokio::fs::File::open(path).await.map_err(failed)?;
    let (mut seen, mut size) = (Sha256::new(), 0u64);
    loop {
        let piece = read_piece(&mut file).await.map_err(failed)?;
        if piece.is_empty() {
            return Ok((hex(&seen.finalize()), size));
        }
        seen.update(&piece);
        size += piece.len() as u64;
    }
}

/// A full piece, or what is left, or nothing.
async fn read_piece(file: &mut tokio::fs::File) -> std::io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(CHUNK);
    file.take(CHUNK as u64).read_to_end(&mut piece).await?;
    Ok(piece)
}

async fn put_file(change: &mut Change<'_>, file: &ReleaseFile, path: &Path) -> Result<()> {
    if !blobs::announce(change, &file.digest, file.size).await? {
        return Ok(());
    }
    let failed = |source| StoreError::Io { doing: "read", path: path.to_owned(), source };
    let mut open = tokio::fs::File::open(path).await.map_err(failed)?;
    let mut seen = Sha256::new();
    for number in 0.. {
        let piece = read_piece(&mut open).await.map_err(failed)?;
        if piece.is_empty() {
            break;
        }
        seen.update(&piece);
        blobs::put_chunk(change, &file.digest, number, piece).await?;
    }
    let found = hex(&seen.finalize());
    if found != file.digest {
        // The file changed while it was read.
        return Err(StoreError::BrokenBlob { digest: file.digest.clone(), found });
    }
    Ok(())
}

async fn list_files(link: &mut dyn Link, id: &str) -> Result<Vec<ReleaseFile>> {
    let sql = Sql::new("select path, digest, size from release_files where release = $1 order by path");
    let rows = sql.text(id).all(link).await?;
    rows.iter()
        .map(|row| Ok(ReleaseFile { path: row.text("path")?, digest: row.text("digest")?, size: row.size("size")? }))
        .collect()
}

fn kept(which: &str) -> Sql {
    Sql::new(format!(
        "select r.id, r.campaign, r.period, r.made_at, r.account, r.files, r.size,
           (select max(p.at) from publications p where p.release = r.id) as published_at
         from releases r where {which}"
    ))
}

fn release(row: &Row) -> Result<KeptRelease> {
    Ok(KeptRelease {
        id: row.text("id")?,
        campaign: row.text("campaign")?,
        period: row.opt_text("period")?,
        made_at: row.int("made_at")?,
        account: row.opt_id("account")?,
        files: row.size("files")?,
        size: row.size("size")?,
        published_at: row.opt_int("published_at")?,
    })
}

fn publication(row: &Row) -> Result<Publication> {
    Ok(Publication {
        campaign: row.text("campaign")?,
        number: row.size("number")?,
        release: row.text("release")?,
        period: row.opt_text("period")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
    })
}
