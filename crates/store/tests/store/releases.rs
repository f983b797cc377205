//! Releases and definitions.

use crate::bench::{Bench, CAMPAIGN, Outcome, at, system};
use std::collections::BTreeMap;
use std::path::Path;
use thidua_store::{CHUNK, NewDefinition, NewRelease, StoreError};

crate::on_both!(
    a_release_comes_out_as_it_went_in,
    publishing_is_only_added_to,
    a_definition_is_applied_over_the_one_that_was_shown,
);

fn write(folder: &Path, files: &[(&str, &[u8])]) -> std::io::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn read(folder: &Path) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
                found.insert(name, std::fs::read(&path)?);
            }
        }
    }
    Ok(found)
}

async fn a_release_comes_out_as_it_went_in(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let made = bench.folder().join("made");
    let large = vec![9u8; 2 * CHUNK + 5];
    write(
        &made,
        &[("manifest.json", b"{}"), ("definition/forms/mau-1.toml", b"x"), ("facts.parquet", &large), ("empty", b"")],
    )?;
    let new = NewRelease { id: "r1", campaign: CAMPAIGN, period: Some("dot-1") };
    store.releases().add_folder(&new, &made, &system(1)).await?;
    store.releases().add_folder(&new, &made, &system(2)).await?;
    let kept = store.releases().get("r1").await?;
    assert_eq!((kept.files, kept.size, kept.made_at, kept.published_at), (4, large.len() as u64 + 3, at(1), None));

    let out = bench.folder().join("served");
    let folder = store.releases().unpack("r1", &out).await?;
    assert_eq!(read(&folder)?, read(&made)?);
    assert_eq!(store.releases().unpack("r1", &out).await?, folder);
    assert_eq!(std::fs::read_dir(&out)?.count(), 1, "nothing half made is left");
    let mut file = store.releases().open_file("r1", "facts.parquet").await?;
    assert_eq!(file.next().await?.map(|piece| piece.len()), Some(CHUNK));
    assert!(matches!(store.releases().open_file("r1", "no").await, Err(StoreError::NotFound { .. })));

    write(&made, &[("manifest.json", b"{ }")])?;
    let other = store.releases().add_folder(&new, &made, &system(3)).await;
    assert!(matches!(other, Err(StoreError::ReleaseDiffers { .. })), "{other:?}");
    // Whatever an id or a path says, nothing is written elsewhere.
    let sly = NewRelease { id: "../sly", ..new };
    store.releases().add_folder(&sly, &made, &system(4)).await?;
    assert!(store.releases().unpack("../sly", &out).await.is_err());
    bench.run("update release_files set path = '../../sly' where release = 'r1' and path = 'empty'").await?;
    assert!(store.releases().unpack("r1", &bench.folder().join("again")).await.is_err());
    assert!(!bench.folder().join("sly").exists());
    Ok(())
}

async fn publishing_is_only_added_to(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let made = bench.folder().join("made");
    for (id, campaign, period) in [("r1", CAMPAIGN, "dot-1"), ("r2", CAMPAIGN, "dot-1"), ("x1", "other", "dot-2")] {
        write(&made, &[("manifest.json", id.as_bytes())])?;
        store.releases().add_folder(&NewRelease { id, campaign, period: Some(period) }, &made, &system(0)).await?;
    }
    assert_eq!(store.releases().current(CAMPAIGN).await?, None);
    assert!(!store.releases().is_locked(CAMPAIGN, "dot-1").await?);
    assert_eq!(store.releases().publish("r1", &system(1)).await?, 1);
    assert_eq!(store.releases().publish("r1", &system(2)).await?, 1);
    assert_eq!(store.releases().publish("r2", &system(3)).await?, 2);
    assert_eq!(store.releases().publish("x1", &system(4)).await?, 1);
    assert_eq!(store.releases().publish("r1", &system(5)).await?, 3);
    let current = store.releases().current(CAMPAIGN).await?.ok_or("one is current")?;
    assert_eq!((current.number, current.release.as_str(), current.at), (3, "r1", at(5)));
    assert!(store.releases().is_locked(CAMPAIGN, "dot-1").await?);
    assert!(!store.releases().is_locked(CAMPAIGN, "dot-2").await?);
    assert_eq!(store.releases().publications(CAMPAIGN).await?.len(), 3);
    let listed = store.releases().list(CAMPAIGN).await?;
    assert_eq!(
        listed.iter().map(|it| (it.id.as_str(), it.published_at)).collect::<Vec<_>>(),
        [("r1", Some(at(5))), ("r2", Some(at(3)))]
    );
    assert!(matches!(store.releases().publish("none", &system(6)).await, Err(StoreError::NotFound { .. })));
    Ok(())
}

async fn a_definition_is_applied_over_the_one_that_was_shown(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let new = NewDefinition { campaign: CAMPAIGN, definition: "d1", bytes: b"packed 1", note: None, over: 0 };
    assert_eq!(store.definitions().apply(&new, &system(1)).await?, 1);
    assert_eq!(store.definitions().apply(&new, &system(2)).await?, 1);
    let next = NewDefinition { definition: "d2", bytes: b"packed 2", note: Some("thêm 3 CĐCS"), over: 1, ..new };
    assert_eq!(store.definitions().apply(&next, &system(3)).await?, 2);
    let stale = NewDefinition { definition: "d3", bytes: b"packed 3", over: 1, ..new };
    let refused = store.definitions().apply(&stale, &system(4)).await;
    assert!(matches!(refused, Err(StoreError::DefinitionMoved { shown: 1, found: 2 })), "{refused:?}");
    store.definitions().apply(&NewDefinition { campaign: "other", ..new }, &system(5)).await?;
    let current = store.definitions().current(CAMPAIGN).await?.ok_or("one counts")?;
    assert_eq!((current.number, current.definition.as_str(), current.note.as_deref()), (2, "d2", Some("thêm 3 CĐCS")));
    assert_eq!(store.blobs().read(&current.digest).await?, b"packed 2");
    let all = store.definitions().all_current().await?;
    assert_eq!(
        all.iter().map(|it| (it.campaign.as_str(), it.number)).collect::<Vec<_>>(),
        [("other", 1), (CAMPAIGN, 2)]
    );
    assert_eq!(store.definitions().history(CAMPAIGN).await?.len(), 2);
    assert_eq!(store.definitions().current("none").await?, None);
    Ok(())
}
