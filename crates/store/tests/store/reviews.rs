//! Reviews: the state of a submission over any sequence of events.

use crate::bench::{Bench, CAMPAIGN, Outcome, at, file, person, system};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use thidua_store::{
    Actor, Decision, NewReading, NewReview, NewSubmission, ReviewState, Role, Status, Store, StoreError, Units, Upload,
};

crate::on_both!(
    a_report_is_returned_mended_and_approved,
    what_cannot_be_decided_is_refused,
    whatever_happens_the_state_follows_the_rule,
);

async fn read(store: &Store, upload: &Upload, program: &str, status: Status) -> thidua_store::Result<()> {
    let submission = NewSubmission {
        unit: "cdcs-017".into(),
        period: "dot-1".into(),
        form: "mau-1".into(),
        status,
        facts: Vec::new(),
    };
    let new = NewReading {
        upload: &upload.id,
        definition: "def",
        program,
        status,
        report: "{}",
        submissions: vec![submission],
    };
    store.readings().add(&new, &system(0)).await.map(drop)
}

async fn state(store: &Store) -> thidua_store::Result<Option<thidua_store::State>> {
    Ok(store.states().of(CAMPAIGN, Units::All, None).await?.pop())
}

async fn a_report_is_returned_mended_and_approved(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let superior = person(&store, "ldld-bmt", Role::Superior, Some("ldld-bmt")).await?;
    let one = store.uploads().receive(&file("cdcs-017", b"one"), &system(1)).await?;
    read(&store, &one, "1", Status::AcceptedWithWarnings).await?;
    let first = state(&store).await?.ok_or("a state")?;
    assert_eq!((first.review, first.approved.clone()), (ReviewState::Waiting, None));
    let looked_at = first.newest.submission.clone();
    let back = NewReview {
        submission: &looked_at,
        decision: Decision::Returned,
        reason: Some("thiếu Phụ lục"),
        level: Some("ldld-bmt"),
    };
    store.reviews().decide(&back, &superior).await?;
    assert_eq!(state(&store).await?.map(|it| it.review), Some(ReviewState::Returned));

    let two = store.uploads().receive(&file("cdcs-017", b"two"), &system(2)).await?;
    read(&store, &two, "1", Status::Accepted).await?;
    let second = state(&store).await?.ok_or("a state")?;
    assert_eq!((second.review, second.newest.upload.clone()), (ReviewState::Waiting, two.id.clone()));
    // Nobody approves what was looked at before the newer one came.
    let stale = NewReview { decision: Decision::Approved, reason: None, ..back };
    assert!(matches!(store.reviews().decide(&stale, &superior).await, Err(StoreError::Superseded { .. })));
    let good = second.newest.submission.clone();
    store.reviews().decide(&NewReview { submission: &good, ..stale }, &superior).await?;
    let approved = state(&store).await?.ok_or("a state")?;
    assert_eq!((approved.review, approved.approved.clone()), (ReviewState::Approved, Some(good.clone())));

    // Another program reads the same file otherwise: what was approved stays.
    read(&store, &two, "2", Status::PartlyAccepted).await?;
    assert_eq!(state(&store).await?, Some(approved));
    // A newer upload may change it; the approved one is named for comparison.
    let three = store.uploads().receive(&file("cdcs-017", b"three"), &system(3)).await?;
    read(&store, &three, "1", Status::Accepted).await?;
    let third = state(&store).await?.ok_or("a state")?;
    assert_eq!((third.review, third.approved), (ReviewState::Waiting, Some(good)));

    let decisions = store.reviews().of(CAMPAIGN, "cdcs-017", "dot-1").await?;
    let words: Vec<_> = decisions.iter().map(|it| (it.decision, it.reason.as_deref(), it.at)).collect();
    assert_eq!(words, [(Decision::Returned, Some("thiếu Phụ lục"), at(0)), (Decision::Approved, None, at(0))]);
    assert_eq!(decisions[0].account, superior.account);
    Ok(())
}

async fn what_cannot_be_decided_is_refused(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let upload = store.uploads().receive(&file("cdcs-017", b"one"), &system(1)).await?;
    read(&store, &upload, "1", Status::Rejected).await?;
    let submission = store.readings().newest_submissions(&upload.id).await?.remove(0).id;
    let approve = NewReview { submission: &submission, decision: Decision::Approved, reason: None, level: None };
    assert!(matches!(store.reviews().decide(&approve, &system(2)).await, Err(StoreError::NotReviewable)));
    for reason in [None, Some(""), Some("  \n")] {
        let back = NewReview { decision: Decision::Returned, reason, ..approve };
        assert!(matches!(store.reviews().decide(&back, &system(2)).await, Err(StoreError::ReasonMissing { .. })));
    }
    let unknown = NewReview { submission: &"none".into(), ..approve };
    assert!(matches!(store.reviews().decide(&unknown, &system(2)).await, Err(StoreError::NotFound { .. })));
    assert_eq!(store.reviews().of(CAMPAIGN, "cdcs-017", "dot-1").await?, []);
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Event {
    Send(bool),
    ReadAgain { upload: usize, is_rejected: bool },
    Decide { upload: usize, is_approved: bool },
}

/// What the rule says, told apart from how the store keeps it: one entry for each upload.
#[derive(Debug, Clone, Default)]
struct Told {
    /// Status of each reading.
    readings: Vec<bool>,
    /// The reading an approval named, while it is approved.
    approved: Option<usize>,
    review: Option<Decision>,
}

impl Told {
    fn counts(&self) -> usize {
        self.approved.unwrap_or(self.readings.len() - 1)
    }
    fn is_rejected(&self) -> bool {
        self.readings[self.counts()]
    }
}

/// Any sequence of sending, reading again and deciding, held against a model of the rule.
async fn whatever_happens_the_state_follows_the_rule(bench: &Bench) -> Outcome {
    let event = prop_oneof![
        any::<bool>().prop_map(Event::Send),
        (0..4usize, any::<bool>()).prop_map(|(upload, is_rejected)| Event::ReadAgain { upload, is_rejected }),
        (0..4usize, any::<bool>()).prop_map(|(upload, is_approved)| Event::Decide { upload, is_approved }),
    ];
    let sequences = prop::collection::vec(event, 1..12);
    let store = bench.store().await?;
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let status = |is_rejected: bool| if is_rejected { Status::Rejected } else { Status::Accepted };
    for case in 0..24 {
        let events = sequences.new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        // Each case in a campaign of its own.
        let campaign = format!("campaign-{case}");
        let mut uploads: Vec<Upload> = Vec::new();
        let mut told: Vec<Told> = Vec::new();
        for (step, event) in events.iter().enumerate() {
            let actor = Actor::system(at(step as i64));
            match *event {
                Event::Send(is_rejected) => {
                    let new = thidua_store::NewUpload { campaign: &campaign, ..file("cdcs-017", b"x") };
                    let upload = store.uploads().receive(&new, &actor).await?;
                    read(&store, &upload, "0", status(is_rejected)).await?;
                    uploads.push(upload);
                    told.push(Told { readings: vec![is_rejected], ..Told::default() });
                }
                Event::ReadAgain { upload, is_rejected } if upload < uploads.len() => {
                    read(&store, &uploads[upload], &format!("again {step}"), status(is_rejected)).await?;
                    told[upload].readings.push(is_rejected);
                }
                Event::Decide { upload, is_approved } if upload < uploads.len() => {
                    let mut readings = store.readings().of_upload(&uploads[upload].id).await?;
                    readings.reverse();
                    let counts = told[upload].counts();
                    let submission = store.readings().submissions(&readings[counts].id).await?.remove(0).id;
                    let decision = if is_approved { Decision::Approved } else { Decision::Returned };
                    let new = NewReview { submission: &submission, decision, reason: Some("why"), level: None };
                    let stands = told.iter().rposition(|it| !it.is_rejected());
                    let decided = store.reviews().decide(&new, &actor).await;
                    if stands == Some(upload) {
                        decided?;
                        told[upload].review = Some(decision);
                        told[upload].approved = is_approved.then_some(counts);
                    } else {
                        assert!(decided.is_err(), "{events:?}: decided about what does not stand");
                    }
                }
                _ => {}
            }
            let found = store.states().of(&campaign, Units::All, None).await?.pop();
            let Some(newest) = told.last() else {
                assert_eq!(found, None);
                continue;
            };
            let found = found.ok_or("a state")?;
            let stands = told.iter().rposition(|it| !it.is_rejected());
            assert_eq!(found.newest.status, status(newest.is_rejected()), "{events:?} at {step}");
            assert_eq!(found.newest.upload, uploads[told.len() - 1].id, "{events:?} at {step}");
            assert_eq!(
                found.standing.as_ref().map(|it| &it.upload),
                stands.map(|it| &uploads[it].id),
                "{events:?} at {step}"
            );
            let review = stands.and_then(|it| told[it].review).map_or(ReviewState::Waiting, ReviewState::from);
            assert_eq!(found.review, review, "{events:?} at {step}");
            let approved = told.iter().rposition(|it| it.approved.is_some());
            assert_eq!(found.approved.is_some(), approved.is_some(), "{events:?} at {step}");
            if let (Some(submission), Some(upload)) = (&found.approved, approved) {
                assert_eq!(store.readings().submission(submission).await?.upload, uploads[upload].id);
            }
        }
    }
    Ok(())
}
