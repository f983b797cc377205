//! Corrections, extensions, attachments, objections.

use crate::bench::{Bench, CAMPAIGN, Outcome, at, person, system};
use thidua_store::{
    AttachmentKind, NewAttachment, NewCorrection, NewExtension, NewObjection, ObjectionFilter, ObjectionKind,
    ObjectionState, Role, StoreError, Target, Units,
};

crate::on_both!(
    a_correction_is_taken_back_by_a_row_more,
    the_newest_extension_counts_until_it_is_taken_back,
    an_attachment_is_kept_as_it_came,
    an_objection_goes_its_way,
);

async fn a_correction_is_taken_back_by_a_row_more(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let department = person(&store, "cs-pl", Role::Department, None).await?;
    let new = NewCorrection {
        campaign: CAMPAIGN,
        unit: "cdcs-017",
        period: "dot-1",
        form: "mau-1",
        field: "workers",
        old_value: Some("12"),
        new_value: Some("120"),
        reason: " theo công văn 15/CV ",
    };
    let id = store.corrections().add(&new, &department).await?;
    let gap = NewCorrection { field: "renting", old_value: None, new_value: None, unit: "cdcs-018", ..new };
    store.corrections().add(&gap, &department).await?;
    let mute = NewCorrection { reason: "  ", ..new };
    assert!(matches!(store.corrections().add(&mute, &department).await, Err(StoreError::ReasonMissing { .. })));
    let counting = store.corrections().counting(CAMPAIGN, Units::All, Some("dot-1")).await?;
    assert_eq!(counting.len(), 2);
    assert_eq!((counting[0].new_value.as_deref(), counting[0].reason.as_str()), (Some("120"), "theo công văn 15/CV"));
    assert_eq!((&counting[1].old_value, &counting[1].new_value), (&None, &None));

    store.corrections().withdraw(&id, "nhầm đơn vị", &department).await?;
    let again = store.corrections().withdraw(&id, "nhầm đơn vị", &department).await;
    assert!(matches!(again, Err(StoreError::WithdrawnBefore { .. })), "{again:?}");
    let unknown = store.corrections().withdraw(&"none".into(), "x", &department).await;
    assert!(matches!(unknown, Err(StoreError::NotFound { .. })), "{unknown:?}");
    let units = ["cdcs-017".to_owned()];
    assert_eq!(store.corrections().counting(CAMPAIGN, Units::Of(&units), None).await?, []);
    let history = store.corrections().history(CAMPAIGN, Units::Of(&units), None).await?;
    assert_eq!(history[0].withdrawn.as_ref().map(|it| it.reason.as_str()), Some("nhầm đơn vị"));
    Ok(())
}

async fn the_newest_extension_counts_until_it_is_taken_back(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let new = NewExtension {
        campaign: CAMPAIGN,
        unit: "cdcs-017",
        period: "dot-1",
        form: None,
        until: Some(at(100)),
        reason: "mất điện",
    };
    store.extensions().grant(&new, &system(1)).await?;
    store.extensions().grant(&NewExtension { until: Some(at(200)), ..new }, &system(2)).await?;
    store.extensions().grant(&NewExtension { form: Some("mau-1"), until: Some(at(300)), ..new }, &system(3)).await?;
    store.extensions().grant(&NewExtension { unit: "cdcs-018", ..new }, &system(4)).await?;
    let units = ["cdcs-017".to_owned()];
    let shown = |list: Vec<thidua_store::Extension>| list.into_iter().map(|it| (it.form, it.until)).collect::<Vec<_>>();
    let counting = store.extensions().counting(CAMPAIGN, Units::Of(&units), Some("dot-1")).await?;
    assert_eq!(shown(counting), [(None, Some(at(200))), (Some("mau-1".into()), Some(at(300)))]);
    store.extensions().grant(&NewExtension { until: None, reason: "đã có điện", ..new }, &system(5)).await?;
    let counting = store.extensions().counting(CAMPAIGN, Units::Of(&units), None).await?;
    assert_eq!(shown(counting), [(Some("mau-1".into()), Some(at(300)))]);
    assert_eq!(store.extensions().history(CAMPAIGN, Units::All, None).await?.len(), 5);
    Ok(())
}

async fn an_attachment_is_kept_as_it_came(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let bytes = b"%PDF-1.4 plan";
    let new = NewAttachment {
        campaign: CAMPAIGN,
        unit: "cdcs-017",
        period: None,
        kind: AttachmentKind::Plan,
        file_name: "Kế hoạch.pdf",
        media_type: "application/pdf",
        is_on_behalf: false,
        bytes,
    };
    let plan = store.attachments().receive(&new, &system(1)).await?;
    let scan = NewAttachment { kind: AttachmentKind::Scan, period: Some("dot-1"), ..new };
    let scan = store.attachments().receive(&scan, &system(2)).await?;
    assert_ne!(plan.receipt, scan.receipt);
    assert_eq!(store.attachments().get(&plan.id).await?, plan);
    assert_eq!(store.blobs().read(&scan.digest).await?, bytes);
    assert_eq!(store.attachments().list(CAMPAIGN, Units::All, None).await?, [plan, scan.clone()]);
    assert_eq!(store.attachments().list(CAMPAIGN, Units::All, Some("dot-1")).await?, [scan]);
    Ok(())
}

async fn an_objection_goes_its_way(bench: &Bench) -> Outcome {
    let store = bench.store().await?;
    let clerk = person(&store, "cdcs-017", Role::Unit, Some("cdcs-017")).await?;
    let new = NewObjection {
        campaign: CAMPAIGN,
        unit: "cdcs-017",
        period: "dot-1",
        kind: ObjectionKind::Objection,
        target: Target { form: Some("mau-1".into()), cell: Some("D14".into()), ..Target::default() },
        body: "Số này là 120, không phải 12.",
    };
    let id = store.objections().open(&new, &clerk).await?;
    let other = NewObjection { unit: "cdcs-018", kind: ObjectionKind::Question, target: Target::default(), ..new };
    store.objections().open(&other, &clerk).await?;
    store.objections().reply(&id, "Đang kiểm tra.", None, &system(1)).await?;
    store.objections().reply(&id, "Đúng, đã sửa.", Some(ObjectionState::Upheld), &system(2)).await?;
    let (objection, replies) = store.objections().get(&id).await?;
    assert_eq!((objection.state, objection.changed_at), (ObjectionState::Upheld, at(2)));
    assert_eq!(objection.target.cell.as_deref(), Some("D14"));
    let states: Vec<_> = replies.iter().map(|it| it.state).collect();
    assert_eq!(states, [None, Some(ObjectionState::Upheld)]);
    let all =
        ObjectionFilter { campaign: CAMPAIGN, units: Units::All, period: None, state: None, before: None, limit: 10 };
    assert_eq!(store.objections().list(&all).await?.len(), 2);
    let open = ObjectionFilter { state: Some(ObjectionState::Open), ..all };
    let open = store.objections().list(&open).await?;
    assert_eq!(open.iter().map(|it| it.unit.as_str()).collect::<Vec<_>>(), ["cdcs-018"]);
    let before = ObjectionFilter { before: Some(open[0].seq), ..all };
    assert_eq!(store.objections().list(&before).await?, [objection]);
    let unknown = store.objections().reply(&"none".into(), "x", None, &system(3)).await;
    assert!(matches!(unknown, Err(StoreError::NotFound { .. })), "{unknown:?}");
    Ok(())
}
