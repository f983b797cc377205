//! Form 2 filled from form 1, beside its sum; and what a new version changes of an approved one.

use crate::form2::{Consolidated, Given, form2 as consolidated, gather};
use crate::testing::{Browser, CAMPAIGN, Office, repository, sample};
use axum::http::StatusCode;
use thidua_forms::{CellInput, Prefill, workbook};
use thidua_ingest::{IngestOptions, ingest, read_folder};
use thidua_model::FieldIx;
use thidua_pages::routes as to;
use thidua_store::{Actor, NewCorrection, Role};

const ABOVE: &str = "ldld-cu-mgar";
/// Six of its seven units in wave 1.
const REPORTS: [&str; 6] = [
    "dot-1/Báo cáo đợt 1 Công ty CP Cà phê Cao Nguyên Xanh.xlsx",
    "dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx",
    "dot-1/xa_Hoa_Nang_BC 6 thang dau nam.xlsx",
    "dot-1/BC 31-5 Mam non Hoa Cuc Vang.ods",
    "dot-1/Báo cáo đợt 1 Trường THCS Đồi Thông.xlsx",
    "dot-1/Bao cao dot 1 - Cty_TNHH_MTV_Ca_phe_Doi_Xanh.xlsx",
];
const LAST: &str = "dot-1/Cty TNHH Nong san Ban Mai_BC 6 thang dau nam.xlsx";
/// What the superior sent itself.
const OWN: &str = "dot-1/huyen Cu Mgar_BC 6 thang dau nam.xlsx";

/// Sends files of the units below and waits until all are read.
async fn send_below(browser: &mut Browser, names: &[&str]) {
    browser.get(&to::on_behalf(CAMPAIGN, ABOVE)).await;
    let files: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (&name[6..], sample(name))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let fields = [("unit", ""), ("period", "dot-1")];
    let sent = browser.upload(&to::on_behalf(CAMPAIGN, ABOVE), &fields, &files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", browser.page);
    read(browser, sent.location()).await;
}

/// Sends a file of a unit's own, and gives the page of the answer.
async fn send(browser: &mut Browser, unit: &str, bytes: &[u8]) -> String {
    browser.get(&to::unit_home(CAMPAIGN, unit)).await;
    let fields = [("period", "dot-1")];
    let sent = browser.upload(&to::upload(CAMPAIGN, unit), &fields, &[("bao-cao.xlsx", bytes)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", browser.page);
    let address = sent.location().to_owned();
    read(browser, &address).await;
    address
}

async fn read(browser: &mut Browser, address: &str) {
    for _ in 0..60 {
        assert_eq!(browser.get(address).await.status, StatusCode::OK);
        if !browser.page.contains("http-equiv=\"refresh\"") && !browser.page.contains("Đang đọc") {
            return;
        }
    }
    panic!("never read: {}", browser.page);
}

/// The codes of the issues on the page of an answer.
fn codes(page: &str) -> Vec<&str> {
    let issues = page.split("<li class=\"issue").skip(1);
    issues.filter_map(|issue| issue.split_once("class=\"code\">")?.1.split('<').next()).collect()
}

/// Form 2 as the portal makes it.
async fn form2(office: &Office, reported: (i64, i64)) -> (Consolidated, impl Fn(&str) -> FieldIx) {
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let unit = site.campaign.find_unit(ABOVE).expect("a unit");
    let period = site.campaign.find_period("dot-1").expect("a period");
    let subtree = site.subtree(unit, period);
    let live = gather(&office.portal, &site, unit, &subtree, period).await.expect("a store");
    let kept = site.clone();
    let made = tokio::task::spawn_blocking(move || consolidated(&kept, unit, period, live, reported)).await;
    (made.expect("sums"), move |id: &str| site.campaign.find_field(id).expect("a field"))
}

#[tokio::test(flavor = "multi_thread")]
async fn form_2_is_added_up_from_form_1_and_read_back_as_it_was_filled() {
    let office = Office::open().await;
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let mut superior = office.signed_in("above", Role::Superior, Some(ABOVE)).await;
    send_below(&mut superior, &REPORTS).await;

    // By hand, from what the six state.
    let (filled, field) = form2(&office, (6, 7)).await;
    for (id, expected) in [
        ("workers", Some(197 + 34 + 33 + 26 + 50 + 847)),
        // 5.842.060.000 đồng of 1.167 people: 5.006.049,7.
        ("avg_wage", Some(5_006_050)),
        // Yes in two of them.
        ("culture_ok", Some(2)),
        // Where visits were counted instead of people the number is left out.
        ("reached", Some(150 + 27 + 25 + 21 + 39)),
        // 28 + 6 of 1.187.
        ("underemployed_share", Some(286)),
        ("grassroots", Some(7)),
        ("grassroots_reported", Some(6)),
        ("cbcc_due", Some(4)),
        // Only a superior states these.
        ("officers_full", None),
        ("sent_study", None),
        ("class_vm", None),
        ("avg_wage_admin", None),
    ] {
        assert_eq!(filled.given(field(id)).and_then(Given::value), expected, "{id}");
    }
    let note = |id: &str| filled.note(&site.campaign, field(id)).unwrap_or_default().to_string();
    let missing = "CĐCS Công ty TNHH Nông sản Ban Mai (chưa có báo cáo)";
    assert_eq!(
        note("workers"),
        format!("Cộng từ báo cáo của 6/7 đơn vị trực thuộc.\nChưa có trong số này: {missing}.")
    );
    let reached = note("reached");
    assert!(reached.contains("5/7") && reached.contains("Cà phê Đồi Xanh (số nghi sai, không cộng)"), "{reached}");
    assert!(note("avg_wage").starts_with("Bình quân có trọng số (“Số người được tính”)"), "{}", note("avg_wage"));
    assert_eq!(note("grassroots"), "Đếm theo danh bạ của 7 đơn vị trực thuộc.");
    assert_eq!(note("officers_full"), "");

    // Sent back unchanged, it is taken as it stands.
    let file = superior.get(&to::form2_workbook(CAMPAIGN, ABOVE, "dot-1")).await;
    assert_eq!(file.status, StatusCode::OK);
    send(&mut superior, ABOVE, &file.bytes).await;
    // The appendix is the superior's own to fill in; nothing else is amiss.
    assert_eq!(codes(&superior.page), ["F044"]);
    let (again, _) = form2(&office, (6, 7)).await;
    for known in &site.campaign.fields {
        let at = field(known.id.as_str());
        let asked =
            site.campaign.find_unit(ABOVE).zip(site.campaign.find_period("dot-1")).is_some_and(|(unit, period)| {
                let forms = site.consolidated(unit, period);
                let lines = forms.iter().flat_map(|form| &form.sections).flat_map(|section| &section.lines);
                lines.filter(|line| site.asks(unit, period, line)).any(|line| line.fields.contains(&Some(at)))
            });
        if asked {
            assert_eq!(again.stated(at), again.given(at).and_then(Given::value), "{}", known.id.as_str());
        }
    }
    superior.get(&to::form2(CAMPAIGN, ABOVE, "dot-1")).await;
    let page = superior.page.clone();
    assert!(page.contains("1.187 người") && page.contains("Tất cả các dòng"), "{page}");
    assert!(!page.contains("Lệch") && page.contains("Chỉ các dòng lệch (0)"), "{page}");
    assert!(page.contains("Số cộng từ 6/7 cơ sở"), "{page}");
    superior.get(&format!("{}?only=differences", to::form2(CAMPAIGN, ABOVE, "dot-1"))).await;
    assert!(superior.page.contains("Không có dòng nào lệch") && !superior.page.contains("1.187"), "{}", superior.page);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_superior_stated_stands_beside_the_sum_and_fills_the_lines_that_are_no_sum() {
    let office = Office::open().await;
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let mut superior = office.signed_in("above", Role::Superior, Some(ABOVE)).await;
    send(&mut superior, ABOVE, &sample(OWN)).await;
    let (before, field) = form2(&office, (0, 7)).await;
    assert_eq!(before.given(field("workers")).and_then(Given::value), None);
    assert_eq!(before.stated(field("workers")), Some(1238));
    let mut names = REPORTS.to_vec();
    names.push(LAST);
    send_below(&mut superior, &names).await;

    let page = to::form2(CAMPAIGN, ABOVE, "dot-1");
    superior.get(&page).await;
    let row = |page: &str, label: &str| -> String {
        let rest = page.split_once(label).map(|(_, rest)| rest).unwrap_or_default();
        rest.split("</tr>").next().unwrap_or_default().to_owned()
    };
    let workers = row(&superior.page, "Tổng số lao động</th>");
    assert!(workers.matches("1.238 người").count() == 2 && workers.contains("Khớp"), "{workers}");
    // 165 of the seven reports are members of none: it stated 1.135 members, they add up to 1.132.
    let members = row(&superior.page, "Tổng số đoàn viên</th>");
    assert!(members.contains("1.135 người") && members.contains("1.132 người"), "{members}");
    assert!(members.contains("+3") && members.contains("Lệch"), "{members}");
    let own = row(&superior.page, "Số cán bộ công đoàn chuyên trách</th>");
    assert!(own.contains("1 người") && own.contains("không cộng từ cấp dưới") && !own.contains("Khớp"), "{own}");
    superior.get(&format!("{page}?only=differences")).await;
    assert!(superior.page.contains("Tổng số đoàn viên") && !superior.page.contains("Tổng số lao động<"));

    // What it says of itself is in the workbook again; the sums take the place of its other figures.
    let file = superior.get(&to::form2_workbook(CAMPAIGN, ABOVE, "dot-1")).await;
    send(&mut superior, ABOVE, &file.bytes).await;
    // The sample has no word of the superior's own in the appendix.
    assert_eq!(codes(&superior.page), ["F044"]);
    assert!(superior.page.contains("Được nhận"), "{}", superior.page);
    let (after, field) = form2(&office, (7, 7)).await;
    for (id, expected) in [("officers_full", 1), ("sent_study", 0), ("members", 1132), ("avg_wage_admin", 4_166_866)] {
        assert_eq!(after.stated(field(id)), Some(expected), "{id}");
    }
    let note = after.note(&site.campaign, field("officers_full")).unwrap_or_default();
    assert!(note.contains("không cộng từ cấp dưới"), "{note}");
    // Its tracking leads there.
    superior.get(&to::tracking(CAMPAIGN, ABOVE, "dot-1")).await;
    assert!(superior.page.contains(&to::form2_workbook(CAMPAIGN, ABOVE, "dot-1")), "{}", superior.page);
    superior.get(&to::tracking(CAMPAIGN, ABOVE, "dang-ky")).await;
    assert!(!superior.page.contains("form2.xlsx"), "{}", superior.page);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_without_a_form_2_has_no_page_of_it_and_another_period_leads_to_one_that_has() {
    let office = Office::open().await;
    let mut clerk = office.signed_in("kpam", Role::Unit, Some("cs-ea-kpam")).await;
    for path in [to::form2(CAMPAIGN, "cs-ea-kpam", "dot-1"), to::form2_workbook(CAMPAIGN, "cs-ea-kpam", "dot-1")] {
        assert_eq!(clerk.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut department = office.signed_in("cs-pl", Role::Department, None).await;
    // The province's own form, of which nothing came yet.
    for path in [to::form2(CAMPAIGN, "ldld-tinh", "dot-1"), to::form2_workbook(CAMPAIGN, "ldld-tinh", "dot-1")] {
        assert_eq!(department.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let registration = department.get(&to::form2(CAMPAIGN, ABOVE, "dang-ky")).await;
    assert_eq!(registration.location(), to::form2(CAMPAIGN, ABOVE, "dot-1"));
    let file = department.get(&to::form2_workbook(CAMPAIGN, ABOVE, "dang-ky")).await;
    assert_eq!(file.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_approves_sees_what_a_new_version_changes_and_the_approved_one_counts_until_then() {
    let office = Office::open().await;
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let mut clerk = office.signed_in("kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let mut superior = office.signed_in("above", Role::Superior, Some(ABOVE)).await;
    let first = send(&mut clerk, "cs-ea-kpam", &sample(REPORTS[1])).await;
    superior.get(&first).await;
    assert!(!superior.page.contains("Thay đổi so với bản đã duyệt"), "nothing was approved yet");
    approve(&mut superior, &first).await;

    // The same figures but for three.
    let (unit, period) = (site.campaign.find_unit("cs-ea-kpam"), site.campaign.find_period("dot-1"));
    let (unit, period) = unit.zip(period).expect("of the campaign");
    let uploads = office.portal.store.readings();
    let states = office.portal.store.states();
    let states = states.of(CAMPAIGN, thidua_store::Units::All, Some("dot-1")).await.expect("a store");
    let mut facts = Vec::new();
    for state in &states {
        facts.extend(uploads.facts(state.approved.as_ref().expect("approved")).await.expect("a store"));
    }
    let value = |field: FieldIx| match site.campaign.field(field).id.as_str() {
        "workers" => Some(CellInput::Int(36)),
        "cbcc_held" => Some(CellInput::Flag(false)),
        "renting" => None,
        "proposals" => Some(CellInput::Text("Xin thêm kinh phí".into())),
        id => facts.iter().find(|fact| fact.field == id).and_then(|fact| fact.value).map(CellInput::Int),
    };
    let prefill = Prefill { unit: Some(unit), period: Some(period), value: &value, ..Prefill::blank() };
    let package = site.package(unit, period).expect("a workbook");
    let second = send(&mut clerk, "cs-ea-kpam", &workbook(&site.campaign, package, &prefill).expect("bytes")).await;

    superior.get(&second).await;
    let page = superior.page.clone();
    let changes: Vec<&str> = page.split("<table").filter(|table| table.contains("Bản đã duyệt")).collect();
    let changed = changes.concat();
    for (label, before, after) in [
        ("Tổng số lao động", "34 người", "36 người"),
        ("Đã tổ chức hội nghị cán bộ công chức", "Có", "Không"),
        ("Số người phải tự thuê nhà ở", "3 người", "(để trống)"),
        ("Kiến nghị, đề xuất", "(không có)", "Xin thêm kinh phí"),
    ] {
        let row = changed.split("<tr>").find(|row| row.contains(&format!(">{label}<"))).unwrap_or_default();
        assert!(row.contains(before) && row.contains(after), "{label}: {row}\n{changed}");
    }
    assert!(!changed.contains("Số lao động được ký hợp đồng"), "what is the same is not told: {changed}");
    // The older version tells of no changes: it is the approved one.
    superior.get(&first).await;
    assert!(!superior.page.contains("Thay đổi so với bản đã duyệt"));

    let (form, field) = form2(&office, (1, 7)).await;
    assert_eq!(form.given(field("workers")).and_then(Given::value), Some(34));
    approve(&mut superior, &second).await;
    let (form, field) = form2(&office, (1, 7)).await;
    assert_eq!(form.given(field("workers")).and_then(Given::value), Some(36));
}

/// Approves every form of an upload.
async fn approve(superior: &mut Browser, upload: &str) {
    superior.get(upload).await;
    let before = format!("/c/{CAMPAIGN}/submissions/");
    let parts = superior.page.split(&before).skip(1);
    let forms: Vec<String> = parts
        .filter_map(|rest| rest.split_once("/approve").map(|(id, _)| id.to_owned()))
        .filter(|id| !id.contains('"'))
        .collect();
    assert!(!forms.is_empty(), "{}", superior.page);
    for form in forms {
        superior.get(upload).await;
        let approved = superior.post(&to::approve(CAMPAIGN, &form), &[]).await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", superior.page);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sums_of_every_superior_are_those_of_a_run() {
    let office = Office::open().await;
    office.receive_sample().await;
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let inbox = read_folder(&repository().join("samples").join(CAMPAIGN).join("inbox")).expect("the sample");
    let how = IngestOptions { jobs: 1, reader: None, ..IngestOptions::default() };
    let of_run = ingest(&site.campaign, &inbox, &how, &|_| {}).expect("the sample is read");
    let mut compared = 0;
    for period in site.campaign.period_ixs() {
        let kept = site.clone();
        let facts = of_run.clone();
        let expected = tokio::task::spawn_blocking(move || thidua_compute::sums(&kept.campaign, &facts, period));
        let expected = expected.await.expect("sums");
        for unit in site.campaign.unit_ixs().filter(|unit| !site.consolidated(*unit, period).is_empty()) {
            let live = gather(&office.portal, &site, unit, &site.subtree(unit, period), period).await.expect("a store");
            let kept = site.clone();
            let made = tokio::task::spawn_blocking(move || consolidated(&kept, unit, period, live, (0, 0)));
            let form2 = made.await.expect("sums");
            for known in &site.campaign.fields {
                let field = site.campaign.find_field(known.id.as_str()).expect("a field");
                let of_run = expected.iter().find(|sum| sum.unit == unit && sum.field == field);
                let of_page = form2.given(field).map(|given| match given {
                    Given::Sum(sum) => sum,
                    Given::Reported { .. } => panic!("nobody owes anything here"),
                });
                assert_eq!(of_page, of_run, "{} {}", site.code(unit), known.id.as_str());
                compared += usize::from(of_run.is_some_and(|sum| sum.value.is_some()));
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_value_is_in_the_sum_and_the_cell_says_so() {
    let office = Office::open().await;
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let mut superior = office.signed_in("above", Role::Superior, Some(ABOVE)).await;
    send_below(&mut superior, &REPORTS).await;
    let correct = async |unit, form, field, from: &str, to: Option<&str>| {
        let new = NewCorrection {
            campaign: CAMPAIGN,
            unit,
            period: "dot-1",
            form,
            field,
            old_value: Some(from),
            new_value: to,
            reason: "Đếm lượt thay vì đếm người",
        };
        let actor = Actor::system(crate::clock::now());
        office.portal.store.corrections().add(&new, &actor).await.expect("kept");
    };
    correct("cs-ca-phe-doi-xanh", "phu-luc-thi-dua", "reached", "1240", Some("800")).await;
    correct("cs-ea-kpam", "mau-1-hdcd", "workers", "34", None).await;
    // Of another value than the one that was read: it changes nothing.
    correct("cs-xa-hoa-nang", "mau-1-hdcd", "workers", "99", Some("1")).await;

    let (form2, field) = form2(&office, (6, 7)).await;
    let sum = |id: &str| form2.given(field(id)).and_then(Given::value);
    assert_eq!(sum("reached"), Some(262 + 800));
    assert_eq!(sum("workers"), Some(1187 - 34));
    let note = |id: &str| form2.note(&site.campaign, field(id)).unwrap_or_default().to_string();
    let reached = note("reached");
    assert!(reached.starts_with("Cộng từ báo cáo của 6/7"), "{reached}");
    let told = "Cà phê Đồi Xanh: 1.240 người → 800 người (lý do: Đếm lượt thay vì đếm người).";
    assert!(reached.contains(told), "{reached}");
    let workers = note("workers");
    assert!(workers.contains("xã Ea Kpam (đã bỏ số này khi sửa)") && !workers.contains("Hoa Nắng"), "{workers}");
}
