//! Two servers on one database.

use crate::bench::{Bench, CAMPAIGN, Outcome, file, person, system};
use thidua_store::{NewRelease, NewUpload, Role, StoreError, Units, UploadFilter};

crate::on_both!(what_one_server_keeps_the_other_sees, two_servers_start_at_once, two_servers_receive_at_once,);

async fn what_one_server_keeps_the_other_sees(bench: &Bench) -> Outcome {
    let (one, two) = (bench.store().await?, bench.store().await?);
    let clerk = person(&one, "cdcs-017", Role::Unit, Some("cdcs-017")).await?;
    let upload = one.uploads().receive(&file("cdcs-017", b"report"), &clerk).await?;
    assert_eq!(two.uploads().bytes(&upload.id).await?, b"report");
    let made = bench.folder().join("made");
    std::fs::create_dir_all(&made)?;
    for (number, id) in [(1, "r1"), (2, "r2")] {
        std::fs::write(made.join("manifest.json"), id)?;
        let (here, there) = if number == 1 { (&one, &two) } else { (&two, &one) };
        here.releases().add_folder(&NewRelease { id, campaign: CAMPAIGN, period: None }, &made, &system(0)).await?;
        assert_eq!(here.releases().publish(id, &system(1)).await?, number);
        for store in [here, there] {
            let current = store.releases().current(CAMPAIGN).await?.ok_or("published")?;
            assert_eq!((current.number, current.release.as_str()), (number, id));
        }
        let served = there.releases().unpack(id, &bench.folder().join("served")).await?;
        assert_eq!(std::fs::read_to_string(served.join("manifest.json"))?, id);
    }
    Ok(())
}

async fn two_servers_start_at_once(bench: &Bench) -> Outcome {
    let opened = tokio::join!(bench.store(), bench.store(), bench.store(), bench.store());
    for store in [opened.0?, opened.1?, opened.2?, opened.3?] {
        assert_eq!(store.schema_version().await?, thidua_store::NEWEST_SCHEMA);
        store.ping().await?;
    }
    Ok(())
}

async fn two_servers_receive_at_once(bench: &Bench) -> Outcome {
    let stores = [bench.store().await?, bench.store().await?];
    let mut tasks = Vec::new();
    for number in 0..40usize {
        let store = stores[number % 2].clone();
        tasks.push(tokio::spawn(async move {
            let bytes = format!("file {}", number / 2);
            // Both servers get the same file for the same unit at the same moment.
            let new = NewUpload { then: Some("read"), ..file("cdcs-017", bytes.as_bytes()) };
            store.uploads().receive(&new, &system(0)).await
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.push(task.await?.map(|upload| upload.received_at)?);
    }
    times.sort_unstable();
    times.dedup();
    assert_eq!(times.len(), 40, "no two of a unit have the same receipt time");
    let all = UploadFilter { campaign: CAMPAIGN, units: Units::All, period: None, after: None, limit: 100 };
    let listed = stores[1].uploads().list(&all).await?;
    assert_eq!(listed.len(), 40);
    assert!(listed.is_sorted_by_key(|upload| upload.received_at));
    for upload in listed {
        stores[0].uploads().bytes(&upload.id).await.map_err(|error: StoreError| error.to_string())?;
    }
    Ok(())
}
