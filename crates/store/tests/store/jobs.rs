//! Jobs: taken once, taken over when a worker dies, finished once.

use crate::bench::{Bench, Outcome, at, system};
use std::collections::BTreeMap;
use thidua_store::{JobState, NewJob, Progress, Store, StoreError};

crate::on_both!(
    eight_workers_on_two_servers_take_each_job_once,
    a_job_of_a_dead_worker_is_taken_over_and_given_up_in_the_end,
    a_job_is_tried_again_later,
    finishing_twice_does_nothing_more,
    a_named_job_waits_once,
);

const LEASE: i64 = 60_000_000;

async fn eight_workers_on_two_servers_take_each_job_once(bench: &Bench) -> Outcome {
    let servers = [bench.store().await?, bench.store().await?];
    for number in 0..200 {
        servers[0].jobs().queue(&NewJob::new("read", &format!("{number}")), &system(0)).await?;
    }
    let mut workers = Vec::new();
    for worker in 0..8 {
        let store: Store = servers[worker % 2].clone();
        workers.push(tokio::spawn(async move {
            let mut taken = Vec::new();
            let name = format!("worker-{worker}");
            while let Some(lease) = store.jobs().take(&["read"], &name, LEASE, at(1)).await? {
                store.jobs().heartbeat(&lease, Progress { done: 1, all: 2 }, LEASE, at(2)).await?;
                store.jobs().finish(&lease, "read", at(3)).await?;
                taken.push(lease.job.payload);
            }
            Ok::<_, StoreError>(taken)
        }));
    }
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for worker in workers {
        for payload in worker.await?? {
            *times.entry(payload).or_default() += 1;
        }
    }
    assert_eq!(times.len(), 200);
    assert!(times.values().all(|times| *times == 1), "{times:?}");
    let counts = servers[1].jobs().counts().await?;
    assert_eq!(counts, [(JobState::Waiting, 0), (JobState::Running, 0), (JobState::Done, 200), (JobState::Failed, 0)]);
    Ok(())
}

async fn a_job_of_a_dead_worker_is_taken_over_and_given_up_in_the_end(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let id = store.jobs().queue(&NewJob { most_attempts: 2, ..NewJob::new("read", "{}") }, &system(0)).await?;
    let first = store.jobs().take(&["read"], "a", LEASE, at(0)).await?.ok_or("taken")?;
    assert_eq!(store.jobs().take(&["read"], "b", LEASE, at(59)).await?, None, "held by a");
    store.jobs().heartbeat(&first, Progress { done: 3, all: 10 }, LEASE, at(30)).await?;
    assert_eq!(store.jobs().get(&id).await?.progress, Progress { done: 3, all: 10 });
    assert_eq!(store.jobs().take(&["read"], "b", LEASE, at(89)).await?, None, "prolonged by a");
    let second = store.jobs().take(&["read"], "b", LEASE, at(90)).await?.ok_or("taken over")?;
    assert_eq!((second.job.attempts, second.job.worker.as_deref()), (2, Some("b")));
    // The first comes back to life: it is told to stop, and its outcome does not count.
    let late = store.jobs().heartbeat(&first, Progress::default(), LEASE, at(91)).await;
    assert!(matches!(late, Err(StoreError::LeaseLost { .. })), "{late:?}");
    let late = store.jobs().finish(&first, "mine", at(91)).await;
    assert!(matches!(late, Err(StoreError::LeaseLost { .. })), "{late:?}");
    assert_eq!(store.jobs().take(&["read"], "c", LEASE, at(150)).await?, None, "tried as often as it may");
    let job = store.jobs().get(&id).await?;
    assert_eq!((job.state, job.finished_at), (JobState::Failed, Some(at(150))));
    Ok(())
}

async fn a_job_is_tried_again_later(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let later = NewJob { run_after: at(10), most_attempts: 2, ..NewJob::new("publish", "{}") };
    let id = store.jobs().queue(&later, &system(0)).await?;
    assert_eq!(store.jobs().take(&["publish"], "a", LEASE, at(9)).await?, None);
    assert_eq!(store.jobs().take(&["read", "provisional"], "a", LEASE, at(10)).await?, None, "not its kind");
    assert_eq!(store.jobs().take(&[], "a", LEASE, at(10)).await?, None);
    let lease = store.jobs().take(&["read", "publish"], "a", LEASE, at(10)).await?.ok_or("taken")?;
    assert_eq!(store.jobs().fail(&lease, "disk full", at(20), at(11)).await?, JobState::Waiting);
    assert_eq!(store.jobs().get(&id).await?.outcome.as_deref(), Some("disk full"));
    assert_eq!(store.jobs().take(&["publish"], "a", LEASE, at(19)).await?, None);
    let lease = store.jobs().take(&["publish"], "a", LEASE, at(20)).await?.ok_or("taken again")?;
    assert_eq!(store.jobs().fail(&lease, "disk full", at(30), at(21)).await?, JobState::Failed);
    assert_eq!(store.jobs().list(Some(JobState::Failed), None, 10).await?.len(), 1);
    Ok(())
}

async fn finishing_twice_does_nothing_more(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let id = store.jobs().queue(&NewJob::new("read", "{}"), &system(0)).await?;
    let lease = store.jobs().take(&["read"], "a", LEASE, at(0)).await?.ok_or("taken")?;
    store.jobs().finish(&lease, "first", at(1)).await?;
    store.jobs().finish(&lease, "second", at(2)).await?;
    let job = store.jobs().get(&id).await?;
    assert_eq!((job.state, job.outcome.as_deref(), job.finished_at), (JobState::Done, Some("first"), Some(at(1))));
    assert_eq!(store.jobs().take(&["read"], "b", LEASE, at(1_000)).await?, None);
    Ok(())
}

async fn a_named_job_waits_once(bench: &Bench) -> Outcome {
    let (one, two) = (bench.store().await?, bench.store().await?);
    let job = NewJob { name: Some("provisional:dot-1"), ..NewJob::new("provisional", "{}") };
    let (now, one_jobs, two_jobs) = (system(0), one.jobs(), two.jobs());
    let (a, b) = tokio::join!(one_jobs.queue(&job, &now), two_jobs.queue(&job, &now));
    assert_eq!(a?, b?);
    let lease = one.jobs().take(&["provisional"], "a", LEASE, at(0)).await?.ok_or("taken")?;
    assert_eq!(one.jobs().queue(&job, &now).await?, lease.job.id, "it runs");
    one.jobs().finish(&lease, "done", at(1)).await?;
    assert_ne!(one.jobs().queue(&job, &now).await?, lease.job.id, "it may run again");
    Ok(())
}
