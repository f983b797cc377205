//! A changed definition comes into a portal that runs.

use crate::clock;
use crate::definitions::{ApplyError, Obstacle, apply, propose};
use crate::testing::{CAMPAIGN, Office, repository, sample};
use axum::http::StatusCode;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use thidua_campaign::{Campaign, ChangeKind};
use thidua_pages::routes as to;
use thidua_store::{Actor, AuditFilter, Role};

const OWN: &str = "dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx";

/// The definition of the sample in a folder of its own, with its register as CSV.
fn copy(of: &Campaign) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in &of.files {
        let path = folder.path().join(&*file.name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.bytes).expect("a file");
    }
    let mut register = String::from(
        "code,name,kind,parent,sector,cluster,basis,members,valid_from,valid_to,ownership,followed_by,contact\n",
    );
    let text = |value: &Option<thidua_model::Text>| value.clone().unwrap_or_default();
    for unit in &of.units {
        for span in &unit.spans {
            let parent = span.parent.map_or("", |above| of.unit(above).id.as_str());
            let sector = span.sector.map_or("", |at| of.sectors[at].id.as_str());
            let cluster = span.cluster.map_or("", |at| of.clusters[at].id.as_str());
            let basis = match span.basis {
                thidua_campaign::LevelBasis::Own => "own",
                thidua_campaign::LevelBasis::Children => "children",
            };
            register.push_str(&format!(
                "{},\"{}\",{},{parent},{sector},{cluster},{basis},{},{},{},\"{}\",\"{}\",\"{}\"\n",
                unit.id,
                span.name,
                of.kind(span).id,
                span.members.map_or_else(String::new, |it| it.to_string()),
                span.valid_from,
                span.valid_to.map_or_else(String::new, |it| it.to_string()),
                text(&span.ownership),
                text(&span.followed_by),
                text(&span.contact),
            ));
        }
    }
    std::fs::write(folder.path().join("units.csv"), register).expect("a register");
    edit(folder.path(), "campaign.toml", "\"units.xlsx\"", "\"units.csv\"");
    folder
}

fn edit(folder: &Path, name: &str, passage: &str, by: &str) {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).expect("a text");
    assert!(text.contains(passage), "{name}: {passage}");
    std::fs::write(path, text.replace(passage, by)).expect("a text");
}

async fn applied(office: &Office, folder: &Path) -> u64 {
    let store = &office.portal.store;
    let proposal = propose(store, folder).await.expect("a valid definition");
    assert_eq!(proposal.obstacles, []);
    apply(store, &proposal, &Actor::system(clock::now())).await.expect("applied")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_takes_a_changed_definition_and_no_request_is_dropped() {
    let first = Office::open().await;
    assert_eq!(first.others, []);
    let second = first.beside().await;
    let mut clerk = first.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let home = to::unit_home(CAMPAIGN, "cs-ea-kpam");
    clerk.get(&home).await;
    assert!(!clerk.page.contains("CĐCS xã Ea Kpam mới"), "{}", clerk.page);
    let old = first.portal.site(CAMPAIGN).expect("the campaign");
    let name = old.name(old.campaign.find_unit("cs-ea-kpam").expect("the unit")).to_owned();

    let folder = copy(&old.campaign);
    edit(folder.path(), "units.csv", &name, "CĐCS xã Ea Kpam mới");
    edit(folder.path(), "campaign.toml", "by = 2014-06-05", "by = 2014-06-09");
    let proposal = propose(&first.portal.store, folder.path()).await.expect("a valid definition");
    let changes = proposal.changes.as_deref().expect("compared");
    let kinds: Vec<ChangeKind> = changes.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [ChangeKind::UnitRenamed, ChangeKind::Deadline], "{changes:?}");
    assert!(changes[1].line.contains("05/06/2014 → 09/06/2014"), "{changes:?}");
    // Showing changes nothing.
    assert_eq!(first.portal.store.definitions().history(CAMPAIGN).await.expect("a list").len(), 1);

    let number = applied(&first, folder.path()).await;
    assert_eq!(number, 2);
    let mut asked = 0;
    while !clerk.page.contains("CĐCS xã Ea Kpam mới") && asked < 400 {
        assert_eq!(clerk.get(&home).await.status, StatusCode::OK, "{}", clerk.page);
        asked += 1;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(clerk.page.contains("CĐCS xã Ea Kpam mới"), "{}", clerk.page);
    let mut there = second.portal.site(CAMPAIGN).expect("the campaign");
    for _ in 0..400 {
        if there.digest != old.digest {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        there = second.portal.site(CAMPAIGN).expect("the campaign");
    }
    assert_eq!(there.digest, first.portal.site(CAMPAIGN).expect("the campaign").digest);
    assert!(there.folder.join("units.csv").is_file(), "{}", there.folder.display());
    // Who holds the old one goes on with it.
    assert_eq!(old.name(old.campaign.find_unit("cs-ea-kpam").expect("the unit")), name);

    // A server that is started with the folder of the first day says so, and goes on with what counts.
    let third = first.beside().await;
    assert_eq!(third.portal.site(CAMPAIGN).expect("the campaign").digest, there.digest);
    assert_eq!(third.others.len(), 1);
    assert_eq!(third.others[0].folder, repository().join("templates").join(CAMPAIGN));

    let filter = AuditFilter { action: Some("definition.applied"), ..AuditFilter::default() };
    let lines = first.portal.store.audit().page(&filter).await.expect("the audit log");
    assert_eq!(lines.len(), 2);
    assert!(lines[0].detail.contains("Hạn nộp: 1"), "{}", lines[0].detail);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reports_stand_on_is_not_taken_away() {
    let office = Office::open().await;
    let store = &office.portal.store;
    let mut clerk = office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    clerk.get(&to::unit_home(CAMPAIGN, "cs-ea-kpam")).await;
    let sent = clerk.upload(&to::upload(CAMPAIGN, "cs-ea-kpam"), &[("period", "")], &[("a.xlsx", &sample(OWN))]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", clerk.page);
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let folder = copy(&site.campaign);
    let register = folder.path().join("units.csv");
    let whole = std::fs::read_to_string(&register).expect("a register");
    let without = |codes: &[&str]| -> String {
        let is_gone = |line: &&str| !codes.iter().any(|code| line.starts_with(&format!("{code},")));
        whole.lines().filter(is_gone).flat_map(|line| [line, "\n"]).collect()
    };

    // Who has sent nothing can go, if nothing else names it.
    let silent = site.campaign.units.iter().map(|unit| unit.id.as_str()).find(|code| {
        std::fs::write(&register, without(&[code])).expect("a register");
        *code != "cs-ea-kpam" && thidua_campaign::load(folder.path()).is_ok()
    });
    let silent = silent.expect("a unit that nothing names");
    std::fs::write(&register, without(&["cs-ea-kpam", silent])).expect("a register");
    let proposal = propose(store, folder.path()).await.expect("a valid definition");
    assert_eq!(proposal.obstacles, [Obstacle::UnitHasReports { unit: "cs-ea-kpam".to_owned() }]);
    let refused = apply(store, &proposal, &Actor::system(clock::now())).await;
    assert!(matches!(refused, Err(ApplyError::Obstacles { .. })), "{refused:?}");

    // A code that was given up does not come back as somebody else.
    std::fs::write(&register, without(&[silent])).expect("a register");
    assert_eq!(applied(&office, folder.path()).await, 2);
    let unit = site.campaign.find_unit(silent).expect("the unit");
    let other = whole.replace(&format!("{silent},\"{}\"", site.name(unit)), &format!("{silent},\"Đơn vị khác\""));
    std::fs::write(&register, other).expect("a register");
    let proposal = propose(store, folder.path()).await.expect("a valid definition");
    assert!(matches!(&proposal.obstacles[..], [Obstacle::IdUsedAgain { what }] if what.contains(silent)));
    std::fs::write(&register, &whole).expect("a register");
    assert_eq!(applied(&office, folder.path()).await, 3, "as itself it does");

    // Of two who were shown the same state, the second looks again.
    edit(folder.path(), "campaign.toml", "by = 2014-06-05", "by = 2014-06-09");
    let (one, two) = (propose(store, folder.path()).await, propose(store, folder.path()).await);
    let (one, mut two) = (one.expect("valid"), two.expect("valid"));
    assert!(apply(store, &one, &Actor::system(clock::now())).await.is_ok());
    assert_eq!(apply(store, &two, &Actor::system(clock::now())).await.expect("the same again"), 4);
    edit(folder.path(), "campaign.toml", "by = 2014-06-09", "by = 2014-06-10");
    let later = propose(store, folder.path()).await.expect("valid");
    edit(folder.path(), "campaign.toml", "by = 2014-06-10", "by = 2014-06-11");
    two = propose(store, folder.path()).await.expect("valid");
    assert_eq!(apply(store, &two, &Actor::system(clock::now())).await.expect("applied"), 5);
    let moved = apply(store, &later, &Actor::system(clock::now())).await;
    assert!(matches!(moved, Err(ApplyError::Store(thidua_store::StoreError::DefinitionMoved { .. }))), "{moved:?}");
    edit(folder.path(), "campaign.toml", "id = \"dak-lak-2014\"", "id = \"dak-lak-2015\"");
    let other = propose(store, folder.path()).await;
    assert!(matches!(other, Err(ApplyError::Unknown { .. })), "{other:?}");
}
