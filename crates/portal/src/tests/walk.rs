//! A report on its way: sent, refused, mended, sent back, approved, counted, published.

use crate::testing::{Browser, CAMPAIGN, Office, sample};
use axum::http::StatusCode;
use thidua_pages::routes as to;
use thidua_store::{Role, Units, UploadFilter};

const OWN: &str = "dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx";
const OTHERS: &str = "dot-1/phuong Tan Loi_BC 6 thang dau nam.xlsx";
/// A cell of it is an error.
const BROKEN: &str = "dot-1/Báo cáo đợt 1 Chi cục Kiểm định Cao Nguyên.xlsx";

/// Sends a file from a unit's page and gives the address of the answer.
async fn send(browser: &mut Browser, unit: &str, name: &str, bytes: &[u8]) -> String {
    browser.get(&to::unit_home(CAMPAIGN, unit)).await;
    let answer = browser.upload(&to::upload(CAMPAIGN, unit), &[("period", "")], &[(name, bytes)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", browser.page);
    answer.location().to_owned()
}

/// The page of an answer once the file is read.
async fn read(browser: &mut Browser, address: &str) -> String {
    for _ in 0..40 {
        assert_eq!(browser.get(address).await.status, StatusCode::OK);
        if !browser.page.contains("http-equiv=\"refresh\"") {
            return browser.page.clone();
        }
    }
    panic!("never read: {}", browser.page);
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).map(|(_, rest)| rest).unwrap_or_default();
    rest.split(after).next().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_from_the_clerk_to_the_published_release() {
    let office = Office::open().await;
    let mut clerk = office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let mut superior = office.signed_in("ldld-cu-mgar", Role::Superior, Some("ldld-cu-mgar")).await;
    let mut board = office.signed_in("ban-thuong-vu", Role::Board, None).await;

    // The neighbour's file is not taken, however sure of itself it is.
    let page = send(&mut clerk, "cs-ea-kpam", "bao cao.xlsx", &sample(OTHERS)).await;
    let page = read(&mut clerk, &page).await;
    assert!(page.contains("Bị từ chối") && page.contains("F035"), "{page}");
    let refused =
        clerk.page.split("/uploads/").nth(1).unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
    assert!(!refused.is_empty());
    // ... and it changes nothing for the neighbour.
    let mut neighbour = office.signed_in("cs-tan-loi", Role::Unit, Some("cs-tan-loi")).await;
    neighbour.get(&to::unit_home(CAMPAIGN, "cs-tan-loi")).await;
    assert!(!neighbour.page.contains("Đã nộp") && !neighbour.page.contains(&refused), "{}", neighbour.page);
    let mut above = office.signed_in("ldld-bmt", Role::Superior, Some("ldld-bmt")).await;
    above.get(&to::tracking(CAMPAIGN, "ldld-bmt", "dot-1")).await;
    assert!(!above.page.contains(&refused), "{}", above.page);
    clerk.get(&to::unit_home(CAMPAIGN, "cs-ea-kpam")).await;

    // The own one is, with a receipt, its digest and the values as they were understood.
    let answer = send(&mut clerk, "cs-ea-kpam", "Báo cáo Ea Kpam.xlsx", &sample(OWN)).await;
    let page = read(&mut clerk, &answer).await;
    assert!(page.contains("Được nhận") && page.contains("Báo cáo Ea Kpam.xlsx"), "{page}");
    assert!(page.contains("Tổng số lao động") && page.contains("Mẫu 1 › D"), "{page}");
    let digest = thidua_store::digest_of(&sample(OWN));
    assert!(page.contains(&digest[..12]), "{page}");
    let upload = answer.rsplit('/').next().expect("an id").to_owned();
    let original = clerk.get(&to::upload_original(CAMPAIGN, &upload)).await;
    assert_eq!(original.bytes, sample(OWN));

    // Above, it waits; it is sent back with a reason, which the clerk reads.
    superior.get(&to::tracking(CAMPAIGN, "ldld-cu-mgar", "dot-1")).await;
    assert!(superior.page.contains(&to::upload_result(CAMPAIGN, &upload)), "{}", superior.page);
    superior.get(&answer).await;
    let back = between(&superior.page, "action=\"", "\"").to_owned();
    assert!(!back.is_empty());
    let id = between(&superior.page, &format!("/c/{CAMPAIGN}/submissions/"), "/").to_owned();
    let nothing = superior.post(&to::return_(CAMPAIGN, &id), &[("reason", "  ")]).await;
    superior.follow(&nothing).await;
    assert!(superior.page.contains("hãy ghi lý do"), "{}", superior.page);
    let sent_back = superior.post(&to::return_(CAMPAIGN, &id), &[("reason", "Thiếu chữ ký")]).await;
    assert_eq!(sent_back.status, StatusCode::SEE_OTHER);
    clerk.get(&to::unit_home(CAMPAIGN, "cs-ea-kpam")).await;
    assert!(clerk.page.contains("Thiếu chữ ký") && clerk.page.contains("Bị trả lại"), "{}", clerk.page);

    // Sent again, it is approved, form by form.
    let again = send(&mut clerk, "cs-ea-kpam", "Báo cáo Ea Kpam (2).xlsx", &sample(OWN)).await;
    read(&mut clerk, &again).await;
    superior.get(&again).await;
    let forms: Vec<String> = superior
        .page
        .split(&format!("/c/{CAMPAIGN}/submissions/"))
        .skip(1)
        .filter_map(|rest| rest.split_once("/approve").map(|(id, _)| id.to_owned()))
        .filter(|id| !id.contains('"'))
        .collect();
    assert!(!forms.is_empty());
    for form in &forms {
        superior.get(&again).await;
        let approved = superior.post(&to::approve(CAMPAIGN, form), &[]).await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", superior.page);
    }
    clerk.get(&to::unit_home(CAMPAIGN, "cs-ea-kpam")).await;
    assert!(clerk.page.contains("Đã duyệt"), "{}", clerk.page);
    clerk.get(&to::history(CAMPAIGN, "cs-ea-kpam")).await;
    assert_eq!(clerk.page.matches("Ea Kpam").count().min(2), 2);

    // What was approved once is not decided by a page that is out of date.
    superior.get(&answer).await;
    let late = superior.post(&to::return_(CAMPAIGN, &id), &[("reason", "muộn")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    // The board makes a run and publishes it.
    board.get(&to::publish(CAMPAIGN, "dot-1")).await;
    assert!(board.page.contains(&to::run(CAMPAIGN)), "{}", board.page);
    let run = board.post(&to::run(CAMPAIGN), &[("period", "dot-1")]).await;
    assert_eq!(run.status, StatusCode::SEE_OTHER, "{}", board.page);
    let job = run.location().to_owned();
    // Whoever listens is told until the end, and then no more.
    let told = board.get(&format!("{job}/events")).await;
    assert!(String::from_utf8_lossy(&told.bytes).contains("event: done"));
    let mut release = String::new();
    for _ in 0..300 {
        board.get(&job).await;
        release = between(&board.page, &format!("/c/{CAMPAIGN}/releases/"), "/").to_owned();
        if !release.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(release.len(), 16, "{}", board.page);
    // Of the neighbour, whose report was in the refused file, nothing is counted.
    assert!(board.page.contains(": 1/36 "), "{}", board.page);
    // The workbook holds lists of persons: the board gets it, an analyst does not.
    let workbook = to::release_file(CAMPAIGN, &release, "consolidated.xlsx");
    assert!(board.get(&workbook).await.bytes.starts_with(b"PK"));
    let mut analyst = office.signed_in("phan-tich", Role::Analyst, None).await;
    assert_eq!(analyst.get(&workbook).await.status, StatusCode::FORBIDDEN);
    board.get(&to::publish(CAMPAIGN, "dot-1")).await;
    let stale = board.post(&to::publish(CAMPAIGN, "dot-1"), &[("run", "0000"), ("confirm", "yes")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    board.get(&to::publish(CAMPAIGN, "dot-1")).await;
    let published = board.post(&to::publish(CAMPAIGN, "dot-1"), &[("run", &release), ("confirm", "yes")]).await;
    board.follow(&published).await;
    assert!(board.page.contains("Đã công bố"), "{}", board.page);
    assert_eq!(
        office.portal.store.releases().current(CAMPAIGN).await.expect("a store").map(|it| it.release),
        Some(release)
    );
    clerk.get(&to::unit_home(CAMPAIGN, "cs-ea-kpam")).await;
    assert!(clerk.page.contains("Đã chốt và công bố"), "{}", clerk.page);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_by_cell_and_a_superior_sends_for_those_below() {
    let office = Office::open().await;
    let campaign = office.portal.site(CAMPAIGN).expect("the campaign");
    let below = campaign.campaign.find_unit("cs-kiem-dinh").expect("of the register");
    let above = campaign.campaign.unit(below).latest().parent.expect("a parent");
    let above = campaign.code(above).to_owned();
    let mut superior = office.signed_in("above", Role::Superior, Some(&above)).await;
    superior.get(&to::on_behalf(CAMPAIGN, &above)).await;
    let fields = [("unit", ""), ("period", "dot-1")];
    let sent = superior.upload(&to::on_behalf(CAMPAIGN, &above), &fields, &[("x.xlsx", &sample(BROKEN))]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", superior.page);
    let page = read(&mut superior, sent.location()).await;
    assert!(page.contains("Nhận một phần"), "{page}");
    assert!(page.contains("Chi cục Kiểm định Cao Nguyên"), "{page}");
    // The file itself comes back with the wrong cell marked, and reads as before.
    assert!(page.contains("Tải tệp đã đánh dấu"), "{page}");
    let id = sent.location().rsplit('=').next().unwrap_or_default();
    let id = id.rsplit('/').next().unwrap_or_default();
    let marked = superior.get(&to::upload_annotated(CAMPAIGN, id)).await;
    assert_eq!(marked.status, StatusCode::OK, "{}", superior.page);
    let limits = thidua_sheets::Limits::default();
    let (marked, before) = (thidua_sheets::read(&marked.bytes, &limits), thidua_sheets::read(&sample(BROKEN), &limits));
    let (marked, before) = (marked.expect("a workbook"), before.expect("a workbook"));
    assert_eq!(marked.sheets.len(), before.sheets.len() + 1);
    let listed = |word: &str| marked.sheets[0].cells.iter().any(|cell| cell.value.shown().contains(word));
    assert!(listed("lỗi") && listed("V101"), "{:?}", marked.sheets[0].cells);
    superior.get(&to::tracking(CAMPAIGN, &above, "dot-1")).await;
    assert!(superior.page.contains("Chi cục Kiểm định Cao Nguyên"), "{}", superior.page);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_superior_sends_the_reports_of_its_units_as_one_zip() {
    let office = Office::open().await;
    let mut superior = office.signed_in("ldld-cu-mgar", Role::Superior, Some("ldld-cu-mgar")).await;
    let path = to::on_behalf(CAMPAIGN, "ldld-cu-mgar");
    superior.get(&path).await;
    let foreign = sample("dot-1/Bao cao dot 1 - Tieu hoc Ho Xanh.xlsx");
    let files = [("xã/Ea Kpam.xlsx", &sample(OWN)[..]), ("~$khóa.xlsx", b"x"), ("khác/Hồ Xanh.xlsx", &foreign)];
    let zip = zip(&files);
    let answer = superior.upload(&path, &[], &[("Cư M'gar.zip", &zip), ("hỏng.zip", b"PK\x03\x04 no zip")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", superior.page);
    let page = read(&mut superior, answer.location()).await;
    // Each with a receipt of its own; what could not be unpacked is kept as it is and told.
    assert!(page.contains("Ea Kpam.xlsx") && page.contains("Hồ Xanh.xlsx") && page.contains("hỏng.zip"), "{page}");
    assert!(!page.contains("khóa.xlsx"), "{page}");
    let filter = UploadFilter { campaign: CAMPAIGN, units: Units::All, period: None, after: None, limit: 10 };
    let kept = office.portal.store.uploads().list(&filter).await.expect("a list");
    let came: Vec<(&str, Option<&str>)> = kept.iter().map(|it| (&*it.file_name, it.came_in.as_deref())).collect();
    let zip = Some("Cư M'gar.zip");
    assert_eq!(came, [("Ea Kpam.xlsx", zip), ("Hồ Xanh.xlsx", zip), ("hỏng.zip", None)]);
    let counted = office.portal.store.readings();
    for (upload, expected) in kept.iter().zip([true, false, false]) {
        let found = counted.newest_submissions(&upload.id).await.expect("a list");
        assert_eq!(!found.is_empty(), expected, "{}", upload.file_name);
    }
    // The page of somebody else's files is nobody's.
    let mut other = office.signed_in("ldld-bmt", Role::Superior, Some("ldld-bmt")).await;
    assert_eq!(other.get(answer.location()).await.status, StatusCode::FORBIDDEN);
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        std::io::Write::write_all(&mut zip, bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_taken_are_answered_in_the_page() {
    let office = Office::open().await;
    let mut clerk = office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let home = to::unit_home(CAMPAIGN, "cs-ea-kpam");
    let path = to::upload(CAMPAIGN, "cs-ea-kpam");
    let big = vec![7; (1 << 20) + 1];
    let many: Vec<(&str, &[u8])> = vec![("a.xlsx", b"x"); 11];
    for (files, expected) in [
        (vec![("", &b""[..])], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("empty.xlsx", &b""[..])], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("big.xlsx", big.as_slice())], StatusCode::PAYLOAD_TOO_LARGE),
        (many, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        clerk.get(&home).await;
        let answer = clerk.upload(&path, &[], &files).await;
        assert_eq!(answer.status, expected, "{}", clerk.page);
    }
    // Nothing of them was kept, and what is no report at all is kept and told.
    let kept = office.portal.store.uploads();
    let filter = thidua_store::UploadFilter {
        campaign: CAMPAIGN,
        units: thidua_store::Units::All,
        period: None,
        after: None,
        limit: 10,
    };
    assert_eq!(kept.list(&filter).await.expect("a list").len(), 0);
    let page = send(&mut clerk, "cs-ea-kpam", "../../received.csv", b"\x89PNG\r\n\x1a\n").await;
    let page = read(&mut clerk, &page).await;
    assert!(page.contains("Bị từ chối") && page.contains("received.csv"), "{page}");
    // Whoever sends too fast is asked to wait.
    let mut hasty = office.signed_in("cs-tan-loi", Role::Unit, Some("cs-tan-loi")).await;
    hasty.get(&to::unit_home(CAMPAIGN, "cs-tan-loi")).await;
    let (own, page) = (to::upload(CAMPAIGN, "cs-tan-loi"), hasty.page.clone());
    let mut statuses = Vec::new();
    for _ in 0..70 {
        hasty.page.clone_from(&page);
        statuses.push(hasty.upload(&own, &[], &[("empty.xlsx", b"")]).await.status);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS) && statuses[0] == StatusCode::UNPROCESSABLE_ENTITY);
    // Several at once have one page.
    clerk.get(&home).await;
    let files = [("một.xlsx", &sample(OWN)[..]), ("hai.xlsx", b"not a workbook")];
    let answer = clerk.upload(&path, &[("period", "dot-1")], &files).await;
    let page = read(&mut clerk, answer.location()).await;
    assert!(page.contains("một.xlsx") && page.contains("hai.xlsx"), "{page}");
}
