//! Backup, export, restore, and what one unit is given.

use crate::bench::{Bench, CAMPAIGN, Outcome, at, file, new_account, person, system};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex};
use thidua_store::{
    AttachmentKind, CHUNK, Decision, Fact, NewAttachment, NewCorrection, NewDefinition, NewExtension, NewJob,
    NewObjection, NewReading, NewRelease, NewReview, NewSubmission, NewUpload, ObjectionKind, Options, Role, Status,
    Store, StoreError, Target, Units,
};

crate::on_both!(
    an_export_restored_into_either_database_is_the_same,
    an_export_that_was_touched_is_refused_whole,
    an_export_goes_into_an_empty_database_only,
    a_unit_is_given_what_is_kept_about_it_and_nothing_else,
    a_broken_file_stops_an_export,
);
crate::on_sqlite_only!(a_backup_while_files_come_in_is_whole);
crate::on_postgres_only!(a_backup_of_postgres_is_its_operators_business);

/// Something of every kind.
async fn fill(store: &Store, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let clerk = person(store, "cdcs-017", Role::Unit, Some("cdcs-017")).await?;
    let other = person(store, "cdcs-018", Role::Unit, Some("cdcs-018")).await?;
    store.accounts().create(&new_account("invited", Role::Board, None), &system(0)).await?;
    let token = thidua_store::NewToken {
        account: clerk.account.clone().ok_or("an account")?,
        name: "notebook".into(),
        hash: "hash of a token".into(),
        scope: "{}".into(),
        expires_at: at(9),
    };
    store.tokens().create(&token, &clerk).await?;
    store.sessions().create("cookie", clerk.account.as_ref(), b"data", at(100)).await?;
    let large: Vec<u8> = (0..2 * CHUNK + 77).map(|at| (at % 253) as u8).collect();
    for (actor, unit, bytes) in
        [(&clerk, "cdcs-017", large.as_slice()), (&other, "cdcs-018", b""), (&clerk, "cdcs-017", b"a \xff\0")]
    {
        let new = NewUpload { then: Some("read"), file_name: "Báo cáo \"đợt 1\".xlsx", ..file(unit, bytes) };
        let upload = store.uploads().receive(&new, actor).await?;
        let facts = vec![
            Fact {
                field: "workers".into(),
                value: Some(i64::MAX),
                raw: "dòng 1\nvà 2".into(),
                sheet: "Mẫu 1".into(),
                cell: "D14".into(),
                ..Fact::default()
            },
            Fact { field: "difficulties".into(), words: Some("không\u{2028}có \\ \"".into()), ..Fact::default() },
        ];
        let submission = NewSubmission {
            unit: unit.into(),
            period: "dot-1".into(),
            form: "mau-1".into(),
            status: Status::Accepted,
            facts,
        };
        let new = NewReading {
            upload: &upload.id,
            definition: "def",
            program: "1.0",
            status: Status::Accepted,
            report: r#"{"issues":[]}"#,
            submissions: vec![submission],
        };
        store.readings().add(&new, &system(1)).await?;
        let submission = store.readings().newest_submissions(&upload.id).await?.remove(0).id;
        let review =
            NewReview { submission: &submission, decision: Decision::Returned, reason: Some("thiếu"), level: None };
        store.reviews().decide(&review, &system(2)).await?;
        let correction = NewCorrection {
            campaign: CAMPAIGN,
            unit,
            period: "dot-1",
            form: "mau-1",
            field: "workers",
            old_value: None,
            new_value: Some("1"),
            reason: "x",
        };
        let id = store.corrections().add(&correction, &system(3)).await?;
        store.corrections().withdraw(&id, "y", &system(4)).await?;
        let extension =
            NewExtension { campaign: CAMPAIGN, unit, period: "dot-1", form: None, until: Some(-5), reason: "x" };
        store.extensions().grant(&extension, &system(5)).await?;
        let attachment = NewAttachment {
            campaign: CAMPAIGN,
            unit,
            period: None,
            kind: AttachmentKind::Minutes,
            file_name: "../biên bản.pdf",
            media_type: "application/pdf",
            is_on_behalf: true,
            bytes: b"%PDF",
        };
        store.attachments().receive(&attachment, actor).await?;
        let objection = NewObjection {
            campaign: CAMPAIGN,
            unit,
            period: "dot-1",
            kind: ObjectionKind::Question,
            target: Target::default(),
            body: "?",
        };
        let id = store.objections().open(&objection, actor).await?;
        store.objections().reply(&id, "!", None, &system(6)).await?;
    }
    store.jobs().take(&["read"], "w", 1, at(0)).await?;
    store.jobs().queue(&NewJob::new("publish", "{}"), &system(7)).await?;
    let made = folder.join("made");
    std::fs::create_dir_all(&made)?;
    std::fs::write(made.join("manifest.json"), "{}")?;
    store
        .releases()
        .add_folder(&NewRelease { id: "r1", campaign: CAMPAIGN, period: Some("dot-1") }, &made, &system(8))
        .await?;
    store.releases().publish("r1", &system(9)).await?;
    let definition = NewDefinition { campaign: CAMPAIGN, definition: "d", bytes: b"packed", note: None, over: 0 };
    store.definitions().apply(&definition, &system(10)).await?;
    Ok(())
}

/// What an export writes, kept in memory.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().map_err(|_| std::io::Error::other("poisoned"))?.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().map(|it| it.clone()).unwrap_or_default()
    }
}

async fn export(store: &Store) -> thidua_store::Result<Vec<u8>> {
    let written = Written::default();
    store.export(written.clone(), &system(20)).await?;
    Ok(written.bytes())
}

fn entries(tar: &[u8]) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in tar::Archive::new(tar).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        found.insert(name, bytes);
    }
    Ok(found)
}

/// Everything but the lines that exporting and restoring themselves write.
fn content(tar: &[u8]) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = entries(tar)?;
    found.remove("end.json");
    if let Some(audit) = found.get_mut("rows/audit/000001.jsonl") {
        let lines = String::from_utf8_lossy(audit).into_owned();
        let kept = lines.lines().filter(|line| !line.contains(r#""object":"store""#));
        *audit = kept.collect::<Vec<_>>().join("\n").into_bytes();
    }
    Ok(found)
}

async fn an_export_restored_into_either_database_is_the_same(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    fill(&store, bench.folder()).await?;
    let first = export(&store).await?;
    let expected = content(&first)?;
    assert!(expected.len() > 20, "{:?}", expected.keys());
    for other in [Some(Bench::sqlite()?), Bench::postgres()?].into_iter().flatten() {
        let copy = other.store().await?;
        let moved = copy.restore(std::io::Cursor::new(first.clone()), &system(30)).await?;
        assert_eq!(moved.files as usize, expected.keys().filter(|name| name.starts_with("blobs/")).count());
        assert_eq!(content(&export(&copy).await?)?, expected, "from {} to {}", store.place(), copy.place());
        // Work goes on: numbers follow those that came.
        let before = copy.audit().page(&thidua_store::AuditFilter::default()).await?[0].seq;
        let last = store.uploads().list(&all()).await?.pop().ok_or("an upload")?;
        let next = copy.uploads().receive(&file("cdcs-017", b"after"), &system(40)).await?;
        assert!(next.seq > last.seq);
        assert!(copy.audit().page(&thidua_store::AuditFilter::default()).await?[0].seq > before);
        assert_eq!(copy.uploads().bytes(&last.id).await?, b"a \xff\0");
        assert_eq!(copy.releases().current(CAMPAIGN).await?.map(|it| it.number), Some(1));
        assert_eq!(copy.sessions().load("cookie", at(0)).await?, None, "sessions end with the move");
        assert_eq!(
            copy.states().of(CAMPAIGN, Units::All, None).await?,
            store.states().of(CAMPAIGN, Units::All, None).await?
        );
    }
    Ok(())
}

fn all() -> thidua_store::UploadFilter<'static> {
    thidua_store::UploadFilter { campaign: CAMPAIGN, units: Units::All, period: None, after: None, limit: 100 }
}

async fn an_export_that_was_touched_is_refused_whole(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    fill(&store, bench.folder()).await?;
    let whole = export(&store).await?;
    let target = if bench.is_sqlite() { Bench::sqlite()? } else { Bench::postgres()?.ok_or("postgres")? };
    let target = target.store().await?;
    let at = |needle: &[u8]| whole.windows(needle.len()).position(|it| it == needle);
    let mut changed_blob = whole.clone();
    changed_blob[at(b"%PDF").ok_or("the attachment")?] = b'!';
    let mut changed_row = whole.clone();
    changed_row[at(b"{\"account\"").ok_or("a row")?] = b'[';
    let cut = |length: usize| whole[..length].to_vec();
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("a letter", b"Kinh gui".repeat(1000)),
        ("cut in a file", cut(CHUNK)),
        ("cut before its end", cut(at(b"end.json").ok_or("the end")?)),
        ("a changed file", changed_blob),
        ("a changed row", changed_row),
    ] {
        let refused = target.restore(std::io::Cursor::new(bytes), &system(0)).await;
        assert!(
            matches!(refused, Err(StoreError::ExportBroken { .. } | StoreError::ExportRead { .. })),
            "{what}: {refused:?}"
        );
    }
    assert_eq!(target.accounts().count().await?, 0);
    assert_eq!(target.blobs().broken().await?, Vec::<String>::new());
    target.restore(std::io::Cursor::new(whole), &system(0)).await?;
    Ok(())
}

async fn an_export_goes_into_an_empty_database_only(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    fill(&store, bench.folder()).await?;
    let whole = export(&store).await?;
    let refused = store.restore(std::io::Cursor::new(whole), &system(0)).await;
    assert!(matches!(refused, Err(StoreError::NotEmpty { table: "accounts" })), "{refused:?}");
    Ok(())
}

async fn a_unit_is_given_what_is_kept_about_it_and_nothing_else(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    fill(&store, bench.folder()).await?;
    let written = Written::default();
    let moved = store.export_unit("cdcs-017", written.clone(), &system(20)).await?;
    let found = entries(&written.bytes())?;
    let files: Vec<_> = found.keys().filter(|name| name.starts_with("files/")).collect();
    assert_eq!((moved.files, files.len()), (4, 4));
    assert!(files.iter().any(|name| name.ends_with(" Báo cáo _đợt 1_.xlsx")), "{files:?}");
    assert!(files.iter().any(|name| name.ends_with(" _biên bản.pdf")), "{files:?}");
    assert!(found.values().any(|bytes| bytes == b"a \xff\0"));
    let rows: String = found
        .iter()
        .filter(|(name, _)| name.starts_with("rows/"))
        .map(|(_, rows)| String::from_utf8_lossy(rows))
        .collect();
    for part in ["cdcs-017", "thiếu", "upload.received", "difficulties", r#""issues\":[]"#] {
        assert!(rows.contains(part), "{part} is missing: {:?}", found.keys());
    }
    for part in ["cdcs-018", "hash of", "notebook hash"] {
        assert!(!rows.contains(part), "{part} was given away");
    }
    Ok(())
}

async fn a_broken_file_stops_an_export(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    fill(&store, bench.folder()).await?;
    let short = if bench.is_sqlite() { "x'00'" } else { r"'\x00'::bytea" };
    for tampering in [
        format!("update blob_chunks set bytes = {short} where number = 1"),
        "delete from blob_chunks where number = 2".into(),
    ] {
        bench.run(&tampering).await?;
        let refused = export(&store).await;
        assert!(matches!(refused, Err(StoreError::BrokenBlob { .. })), "{refused:?}");
    }
    Ok(())
}

async fn a_backup_while_files_come_in_is_whole(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    fill(&store, bench.folder()).await?;
    let sending = {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 0..100u32 {
                let bytes = number.to_le_bytes().repeat(10_000);
                store.uploads().receive(&file("cdcs-020", &bytes), &system(i64::from(number))).await?;
            }
            Ok::<_, StoreError>(())
        })
    };
    let mut sizes = Vec::new();
    for number in 0..3 {
        let to = bench.folder().join(format!("bản sao 'số' {number}.db"));
        store.backup(&to, &system(50)).await?;
        let copy = Store::open_file(&to, &Options::default()).await?;
        let uploads = copy.uploads().list(&thidua_store::UploadFilter { limit: 1000, ..all() }).await?;
        for upload in &uploads {
            copy.uploads().bytes(&upload.id).await?;
        }
        let lines = thidua_store::AuditFilter { action: Some("upload.received"), limit: 1000, ..Default::default() };
        assert_eq!(copy.audit().page(&lines).await?.len(), uploads.len());
        sizes.push(uploads.len());
        copy.close().await;
        let again = store.backup(&to, &system(51)).await;
        assert!(matches!(again, Err(StoreError::FileExists { .. })), "{again:?}");
    }
    sending.await??;
    assert!(sizes.is_sorted(), "{sizes:?}");
    let parts =
        std::fs::read_dir(bench.folder())?.flatten().filter(|it| it.file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(parts.count(), 0);
    let nowhere = store.backup(&bench.folder().join("no/such/folder/x.db"), &system(52)).await;
    assert!(nowhere.is_err());
    Ok(())
}

async fn a_backup_of_postgres_is_its_operators_business(bench: &Bench) -> Outcome {
    let refused = bench.store().await?.backup(&bench.folder().join("x"), &system(0)).await;
    let message = refused.expect_err("there is no such backup").to_string();
    assert!(message.contains("pg_dump"), "{message}");
    Ok(())
}
