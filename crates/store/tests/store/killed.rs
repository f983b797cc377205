//! A server that is killed at any moment loses nothing that it acknowledged and leaves nothing half
//! made.
//!
//! The test starts this test program again as the server: told by the environment, the same test
//! then sends files and prints each receipt as soon as it has it, until it is killed.

use crate::bench::{Bench, CAMPAIGN, Outcome, file, system};
use sqlx::Row;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;
use thidua_store::{CHUNK, NewUpload, Options, Store, Units, UploadFilter};

crate::on_both!(a_killed_server_loses_and_leaves_nothing);

/// The test that is started as the server, for either database.
const SERVER: &str = "killed::sqlite::a_killed_server_loses_and_leaves_nothing";
const ADDRESS: &str = "THIDUA_STORE_KILLED_ADDRESS";

/// Rounds of starting and killing; each dies at another moment.
const ROUNDS: u64 = 12;

fn bytes_of(round: u64, number: u64) -> Vec<u8> {
    // Some of one piece, some of several.
    let size = if number.is_multiple_of(3) { 2 * CHUNK + 1 } else { 5_000 };
    format!("{round}-{number} ").bytes().cycle().take(size).collect()
}

async fn serve(address: &str) -> Outcome {
    let round: u64 = std::env::var("THIDUA_STORE_KILLED_ROUND")?.parse()?;
    let store = Store::open(address, &Options::default()).await?;
    for number in 0.. {
        let bytes = bytes_of(round, number);
        let new = NewUpload { then: Some("read"), ..file("cdcs-017", &bytes) };
        let upload = store.uploads().receive(&new, &system(0)).await?;
        println!("receipt {round} {number} {}", upload.receipt);
    }
    Ok(())
}

async fn a_killed_server_loses_and_leaves_nothing(bench: &Bench) -> Outcome {
    if let Ok(address) = std::env::var(ADDRESS) {
        return serve(&address).await;
    }
    bench.store().await?.close().await;
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let mut server = Command::new(std::env::current_exe()?)
            .args([SERVER, "--exact", "--nocapture", "--test-threads=1"])
            .env(ADDRESS, &bench.address)
            .env("THIDUA_STORE_KILLED_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut lines = BufReader::new(server.stdout.take().ok_or("its output")?).lines();
        // Not before it works; then a little longer in every round, to hit every step of it.
        let receipt = |line: &str| line.split("receipt ").nth(1).map(str::to_owned);
        let first = lines.by_ref().map_while(Result::ok).find_map(|line| receipt(&line)).ok_or("a receipt")?;
        acknowledged.push(first);
        std::thread::sleep(Duration::from_micros(3_000 + round * 7_300));
        server.kill()?;
        server.wait()?;
        // A line cut off by the end was never read by anybody.
        acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| receipt(&line)).filter(|it| {
            it.ends_with(|sign: char| sign.is_ascii_alphanumeric())
                && it.split(' ').nth(2).is_some_and(|receipt| receipt.len() == 9)
        }));
    }
    let store = bench.store().await?;
    for line in &acknowledged {
        let mut parts = line.split(' ');
        let mut number = || parts.next().and_then(|part| part.parse::<u64>().ok()).ok_or("a number");
        let (round, number) = (number()?, number()?);
        let receipt = parts.next().ok_or("a receipt")?;
        let upload = store.uploads().by_receipt(receipt).await?.ok_or_else(|| format!("{line} was lost"))?;
        assert_eq!(store.uploads().bytes(&upload.id).await?, bytes_of(round, number), "{line}");
    }
    let all = UploadFilter { campaign: CAMPAIGN, units: Units::All, period: None, after: None, limit: 100_000 };
    let kept = store.uploads().list(&all).await?;
    assert!(kept.len() >= acknowledged.len() && acknowledged.len() >= ROUNDS as usize);
    // One more than was read may be kept of each round: it died between keeping and saying so.
    assert!(store.blobs().broken().await?.is_empty());
    let mut past = bench.tamper().await?;
    let row = sqlx::query(
        "select (select count(*) from jobs) as jobs,
                (select count(*) from audit where action = 'upload.received') as lines,
                (select count(*) from versions) as versions,
                (select count(*) from blobs b where not exists (select 1 from uploads u where u.digest = b.digest)) as loose",
    )
    .fetch_one(&mut past)
    .await?;
    for column in ["jobs", "lines", "versions"] {
        assert_eq!(row.try_get::<i64, _>(column)?, kept.len() as i64, "{column}");
    }
    assert_eq!(row.try_get::<i64, _>("loose")?, 0);
    Ok(())
}
