//! Uploads, versions, readings, facts.

use crate::bench::{Bench, CAMPAIGN, Outcome, at, file, person, system};
use sqlx::Row;
use std::collections::BTreeSet;
use thidua_store::{
    Actor, CHUNK, Fact, JobState, NewReading, NewSubmission, NewUpload, Role, Status, Store, StoreError, Units, Upload,
    UploadFilter, digest_of,
};

crate::on_both!(
    a_file_comes_back_as_it_came,
    the_same_file_twice_is_kept_once_with_two_receipts,
    bytes_that_changed_on_the_disk_are_noticed,
    fifty_at_once_are_all_durable,
    receipts_of_a_unit_grow_even_when_clocks_do_not,
    an_upload_and_its_job_come_together,
    an_upload_that_is_not_acknowledged_leaves_nothing,
    uploads_are_listed_in_pages,
    versions_are_numbered_and_keep_their_reports,
    a_reading_repeated_changes_nothing,
    facts_of_a_subtree_come_from_the_standing_versions,
    one_upload_is_read_by_two_definitions_at_once,
);

async fn a_file_comes_back_as_it_came(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17] {
        let bytes: Vec<u8> = (0..size).map(|at| (at * 31 % 251) as u8).collect();
        let upload = store.uploads().receive(&file("cdcs-017", &bytes), &system(0)).await?;
        assert_eq!(upload.digest, digest_of(&bytes));
        assert_eq!(store.uploads().bytes(&upload.id).await?, bytes, "{size} bytes");
        let mut blob = store.blobs().open(&upload.digest).await?;
        assert_eq!(blob.size(), size as u64);
        let mut pieces = 0;
        while let Some(piece) = blob.next().await? {
            assert!(piece.len() <= CHUNK);
            pieces += 1;
        }
        assert_eq!(pieces, size.div_ceil(CHUNK));
    }
    assert_eq!(store.blobs().broken().await?, Vec::<String>::new());
    Ok(())
}

async fn the_same_file_twice_is_kept_once_with_two_receipts(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let clerk = person(&store, "cdcs-017", Role::Unit, Some("cdcs-017")).await?;
    let new = NewUpload { file_name: "a\0b/../c.xlsx", ..file("cdcs-017", b"the same") };
    let one = store.uploads().receive(&new, &clerk).await?;
    let two = store.uploads().receive(&NewUpload { is_on_behalf: true, ..new }, &clerk).await?;
    assert_ne!(one.receipt, two.receipt);
    assert_ne!(one.id, two.id);
    assert_eq!(one.digest, two.digest);
    let mut past = bench.tamper().await?;
    let kept = sqlx::query("select count(*) as n from blob_chunks").fetch_one(&mut past).await?;
    assert_eq!(kept.try_get::<i64, _>("n")?, 1);
    let spoken = two.receipt.to_lowercase().replace('-', " ");
    let found = store.uploads().by_receipt(&spoken).await?.ok_or("found by its receipt")?;
    assert_eq!((found.id, found.is_on_behalf, found.account), (two.id, true, clerk.account));
    for nonsense in ["", "x", "đđđđ-đđđđ", "0000-0000"] {
        assert_eq!(store.uploads().by_receipt(nonsense).await?, None);
    }
    Ok(())
}

async fn bytes_that_changed_on_the_disk_are_noticed(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let bytes = vec![7u8; 2 * CHUNK];
    let upload = store.uploads().receive(&file("cdcs-017", &bytes), &system(0)).await?;
    let other = store.uploads().receive(&file("cdcs-018", b"untouched"), &system(0)).await?;
    let nibble = if bench.is_sqlite() { "x'00'" } else { r"'\x00'::bytea" };
    bench.run(&format!("update blob_chunks set bytes = {nibble} where number = 1")).await?;
    let broken = store.uploads().bytes(&upload.id).await;
    let Err(StoreError::BrokenBlob { digest, found }) = broken else { return Err("not noticed".into()) };
    assert_eq!(digest, upload.digest);
    assert_ne!(found, digest);
    assert_eq!(store.uploads().bytes(&other.id).await?, b"untouched");
    assert_eq!(store.blobs().broken().await?, std::slice::from_ref(&upload.digest));
    bench.run("delete from blob_chunks where number = 1").await?;
    assert!(matches!(store.uploads().bytes(&upload.id).await, Err(StoreError::BrokenBlob { .. })));
    Ok(())
}

async fn fifty_at_once_are_all_durable(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let mut tasks = Vec::new();
    for task in 0..50u32 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            let unit = format!("cdcs-{:03}", task % 10);
            // Every fifth sends what another sends at the same moment.
            let bytes = format!("file {}", if task % 5 == 0 { 0 } else { task }).repeat(10_000);
            let upload = store.uploads().receive(&file(&unit, bytes.as_bytes()), &system(i64::from(task))).await?;
            Ok::<_, StoreError>((upload, bytes))
        }));
    }
    let mut acknowledged = Vec::new();
    for task in tasks {
        acknowledged.push(task.await??);
    }
    store.close().await;
    let again = bench.store().await?;
    let receipts: BTreeSet<_> = acknowledged.iter().map(|(upload, _)| upload.receipt.clone()).collect();
    assert_eq!(receipts.len(), 50);
    for (upload, bytes) in &acknowledged {
        assert_eq!(&again.uploads().get(&upload.id).await?, upload);
        assert_eq!(again.uploads().bytes(&upload.id).await?, bytes.as_bytes());
    }
    Ok(())
}

async fn receipts_of_a_unit_grow_even_when_clocks_do_not(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let mut times = Vec::new();
    for second in [10, 10, 5, 20] {
        times.push(store.uploads().receive(&file("cdcs-017", b"x"), &system(second)).await?.received_at);
    }
    assert_eq!(times, [at(10), at(10) + 1, at(10) + 2, at(20)]);
    assert_eq!(store.uploads().receive(&file("cdcs-018", b"x"), &system(5)).await?.received_at, at(5));
    Ok(())
}

async fn an_upload_and_its_job_come_together(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let upload =
        store.uploads().receive(&NewUpload { then: Some("read"), ..file("cdcs-017", b"x") }, &system(0)).await?;
    let jobs = store.jobs().list(Some(JobState::Waiting), None, 10).await?;
    assert_eq!(jobs.len(), 1);
    assert_eq!(
        (jobs[0].kind.as_str(), jobs[0].payload.as_str()),
        ("read", format!(r#"{{"upload":"{}"}}"#, upload.id).as_str())
    );
    Ok(())
}

async fn an_upload_that_is_not_acknowledged_leaves_nothing(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    // The account does not exist: the row is refused after the bytes were written.
    let stranger = Actor::of(&"nobody".into(), "192.0.2.1", at(0));
    let refused = store.uploads().receive(&file("cdcs-017", b"lost"), &stranger).await;
    assert!(matches!(refused, Err(StoreError::Dangling { .. })), "{refused:?}");
    // A request that goes away in the middle.
    let bytes = vec![1u8; 4 * CHUNK];
    let (new, actor) = (file("cdcs-017", &bytes), system(0));
    let _ = tokio::time::timeout(std::time::Duration::from_millis(1), store.uploads().receive(&new, &actor)).await;
    let after = store.uploads().receive(&file("cdcs-017", b"kept"), &system(1)).await?;
    let listed = store.uploads().list(&all()).await?;
    assert!(listed.contains(&after));
    let mut past = bench.tamper().await?;
    let row = sqlx::query(
        "select (select count(*) from blobs) as blobs,
                (select count(*) from blobs b where not exists (select 1 from uploads u where u.digest = b.digest)) as loose,
                (select count(*) from audit where action = 'upload.received') as lines",
    )
    .fetch_one(&mut past)
    .await?;
    let number = |column: &str| row.try_get::<i64, _>(column);
    assert_eq!((number("loose")?, number("lines")?), (0, listed.len() as i64));
    assert_eq!(number("blobs")?, listed.len() as i64);
    Ok(())
}

fn all() -> UploadFilter<'static> {
    UploadFilter { campaign: CAMPAIGN, units: Units::All, period: None, after: None, limit: 1000 }
}

async fn uploads_are_listed_in_pages(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let mut sent = Vec::new();
    for number in 0..7 {
        let unit = format!("cdcs-{}", number % 3);
        sent.push(store.uploads().receive(&file(&unit, &[number]), &system(i64::from(number))).await?);
    }
    let first = store.uploads().list(&UploadFilter { limit: 4, ..all() }).await?;
    let rest = store.uploads().list(&UploadFilter { after: first.last().map(|it| it.seq), ..all() }).await?;
    assert_eq!([first, rest].concat(), sent);
    let units = ["cdcs-1".to_owned()];
    let of_one = store.uploads().list(&UploadFilter { units: Units::Of(&units), ..all() }).await?;
    assert_eq!(of_one, [sent[1].clone(), sent[4].clone()]);
    assert_eq!(store.uploads().unread(CAMPAIGN, "def", "1.0", 3).await?, sent[..3]);
    read(&store, &sent[0], &[]).await?;
    assert_eq!(store.uploads().unread(CAMPAIGN, "def", "1.0", 2).await?, sent[1..3]);
    Ok(())
}

async fn read(store: &Store, upload: &Upload, found: &[(&str, &str, &str, Status, i64)]) -> thidua_store::Result<()> {
    let submissions = found
        .iter()
        .map(|(unit, period, form, status, value)| NewSubmission {
            unit: (*unit).into(),
            period: (*period).into(),
            form: (*form).into(),
            status: *status,
            facts: facts(*value),
        })
        .collect();
    let new = NewReading {
        upload: &upload.id,
        definition: "def",
        program: "1.0",
        status: Status::Accepted,
        report: "{}",
        submissions,
    };
    store.readings().add(&new, &system(0)).await.map(drop)
}

fn facts(value: i64) -> Vec<Fact> {
    // More than one statement takes.
    (0..250)
        .map(|number| Fact {
            field: format!("field_{number}"),
            value: (number != 1).then_some(value + number),
            words: (number == 1).then(|| "không có".to_owned()),
            mark: (number == 2).then(|| "V101".to_owned()),
            raw: format!("{} người", value + number),
            sheet: "Mẫu 1".into(),
            cell: format!("D{}", number + 14),
        })
        .collect()
}

async fn versions_are_numbered_and_keep_their_reports(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let one = store.uploads().receive(&file("cdcs-017", b"one"), &system(0)).await?;
    // Chose no period; the file says which.
    let two = store.uploads().receive(&NewUpload { period: None, ..file("cdcs-017", b"two") }, &system(1)).await?;
    let three = store.uploads().receive(&file("cdcs-017", b"three"), &system(2)).await?;
    store.uploads().receive(&file("cdcs-018", b"other"), &system(3)).await?;
    let unread = store.versions().of(CAMPAIGN, "cdcs-017", "dot-1").await?;
    assert_eq!(unread.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 1]);
    read(&store, &two, &[("cdcs-017", "dot-1", "mau-1", Status::Accepted, 5)]).await?;
    for program in ["1.0", "1.1"] {
        let report = format!(r#"{{"program":"{program}"}}"#);
        let new = NewReading {
            upload: &one.id,
            definition: "def",
            program,
            status: Status::Rejected,
            report: &report,
            submissions: Vec::new(),
        };
        store.readings().add(&new, &system(5)).await?;
    }
    let versions = store.versions().of(CAMPAIGN, "cdcs-017", "dot-1").await?;
    let shown: Vec<_> =
        versions.iter().map(|it| (it.number, &it.upload.id, it.reading.as_ref().map(|it| it.status))).collect();
    assert_eq!(
        shown,
        [(3, &three.id, None), (2, &two.id, Some(Status::Accepted)), (1, &one.id, Some(Status::Rejected))]
    );
    let reading = versions[2].reading.as_ref().ok_or("read")?;
    assert_eq!(store.readings().report(&reading.id).await?, r#"{"program":"1.1"}"#);
    assert_eq!(store.readings().of_upload(&one.id).await?.len(), 2);
    Ok(())
}

async fn a_reading_repeated_changes_nothing(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let upload = store.uploads().receive(&file("cdcs-017", b"one"), &system(0)).await?;
    let new = NewReading {
        upload: &upload.id,
        definition: "def",
        program: "1.0",
        status: Status::AcceptedWithWarnings,
        report: "{}",
        submissions: vec![NewSubmission {
            unit: "cdcs-017".into(),
            period: "dot-1".into(),
            form: "mau-1".into(),
            status: Status::AcceptedWithWarnings,
            facts: facts(100),
        }],
    };
    let one = store.readings().add(&new, &system(1)).await?;
    let two = store.readings().add(&new, &system(2)).await?;
    assert_eq!(one, two);
    let submissions = store.readings().newest_submissions(&upload.id).await?;
    assert_eq!(submissions.len(), 1);
    assert_eq!(store.readings().facts(&submissions[0].id).await?, facts(100));
    assert_eq!(store.readings().submission(&submissions[0].id).await?, submissions[0]);
    let unknown = store.readings().report(&"none".into()).await;
    assert!(matches!(unknown, Err(StoreError::NotFound { what: "reading", .. })), "{unknown:?}");
    Ok(())
}

async fn facts_of_a_subtree_come_from_the_standing_versions(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    for (unit, bytes, status, value) in [
        ("cdcs-1", b"1".as_slice(), Status::Accepted, 10),
        ("cdcs-1", b"2", Status::PartlyAccepted, 20),
        ("cdcs-2", b"3", Status::Accepted, 30),
        ("cdcs-2", b"4", Status::Rejected, 40), // takes nobody's place
        ("cdcs-3", b"5", Status::Rejected, 50),
        ("cdcs-4", b"6", Status::Accepted, 60), // of another superior union
    ] {
        let upload = store.uploads().receive(&file(unit, bytes), &system(0)).await?;
        read(&store, &upload, &[(unit, "dot-1", "mau-1", status, value), (unit, "dot-1", "phu-luc", status, 0)])
            .await?;
    }
    let units: Vec<String> = ["cdcs-1", "cdcs-2", "cdcs-3"].map(str::to_owned).into();
    let found = store.readings().standing_facts(CAMPAIGN, "dot-1", "mau-1", Units::Of(&units)).await?;
    let first: Vec<_> = found
        .iter()
        .filter(|(_, fact)| fact.field == "field_0")
        .map(|(unit, fact)| (unit.as_str(), fact.value))
        .collect();
    assert_eq!(first, [("cdcs-1", Some(20)), ("cdcs-2", Some(30))]);
    assert_eq!(found.len(), 500);
    let states = store.states().of(CAMPAIGN, Units::Of(&units), Some("dot-1")).await?;
    assert_eq!(states.len(), 6);
    assert_eq!(states[4].standing, None);
    assert_eq!(states[2].newest.status, Status::Rejected);
    assert_eq!(states[2].standing.as_ref().map(|it| it.status), Some(Status::Accepted));
    assert_eq!(store.states().of(CAMPAIGN, Units::All, None).await?.len(), 8);
    Ok(())
}

async fn one_upload_is_read_by_two_definitions_at_once(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let upload = store.uploads().receive(&file("cdcs-017", b"one"), &system(0)).await?;
    let submission = |period: &str| NewSubmission {
        unit: "cdcs-017".into(),
        period: period.into(),
        form: "mau-1".into(),
        status: Status::Accepted,
        facts: Vec::new(),
    };
    let base = NewReading {
        upload: &upload.id,
        definition: "a",
        program: "1.0",
        status: Status::Accepted,
        report: "{}",
        submissions: vec![submission("dot-1")],
    };
    let other = NewReading { definition: "b", submissions: vec![submission("dot-2")], ..base.clone() };
    let (readings, now) = (store.readings(), system(1));
    let (one, two) = tokio::join!(readings.add(&base, &now), readings.add(&other, &now));
    one?;
    two?;
    // Only what the newest reading found is left, whichever that was.
    let newest = store.readings().newest_submissions(&upload.id).await?;
    let states = store.states().of(CAMPAIGN, Units::All, None).await?;
    assert_eq!(states.len(), 1);
    assert_eq!(states[0].newest.submission, newest[0].id);
    Ok(())
}
