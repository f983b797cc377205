//! What the board and the units see of what was computed, over the whole sample.

use crate::books::Book;
use crate::places::Places;
use crate::testing::{Browser, CAMPAIGN, Office};
use axum::http::StatusCode;
use thidua_model::ColumnData;
use thidua_pages::routes as to;
use thidua_release::Opened;
use thidua_store::Role;

const UNIT: &str = "cs-ea-kpam";
const ABOVE: &str = "ldld-cu-mgar";

/// The text of the page, with single spaces.
fn text(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn shows(browser: &Browser, all: &[&str]) {
    let text = text(&browser.page);
    for part in all {
        assert!(text.contains(part), "no “{part}” in: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_shown_as_computed_and_places_once_published() {
    let office = Office::open().await;
    let mut board = office.signed_in("btv", Role::Board, None).await;
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    let pages = [to::targets(CAMPAIGN, "dot-2"), to::ranking(CAMPAIGN, "dot-2")];
    for page in &pages {
        assert_eq!(board.get(page).await.status, StatusCode::OK);
        shows(&board, &["Kỳ này chưa có lần tính nào"]);
    }
    clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await;
    assert!(!clerk.page.contains("CT01"), "{}", clerk.page);

    office.receive_sample().await;
    // Coverage is told as it is, before anything is computed: the units of the sample that report.
    board.get(&to::coverage(CAMPAIGN, "dot-2")).await;
    shows(&board, &["Đã nộp 35/35 đơn vị phải nộp", "LĐLĐ huyện Cư M&#39;gar"]);

    let first = office.run(&mut board, "dot-2").await;
    board.get(&pages[0]).await;
    // The plan was sent by ten of eleven in time: receipts of documents count.
    shows(
        &board,
        &["CT06A Kết nạp đoàn viên 2.035 người 1.800 – 2.000 người", "1,01 %", "PT3", "90,9 %", "bản tạm tính"],
    );
    board.get(&format!("{}?cluster=cs-cumgar", pages[1])).await;
    shows(&board, &["1 CĐCS xã Ea Kpam 83,13 Vững mạnh xuất sắc (công nhận)", "cụm bình chọn dẫn đầu"]);
    board.get(&to::works(CAMPAIGN, "dot-2")).await;
    shows(&board, &["Sớm (ngày)", "Tốt"]);
    board.get(&to::awards(CAMPAIGN, "dot-2")).await;
    shows(
        &board,
        &[
            "Đề xuất theo quy định",
            "Cờ thi đua LĐLĐ tỉnh CĐCS xã Ea Kpam 1 83,13 Vững mạnh xuất sắc (công nhận) Đề xuất",
        ],
    );
    board.get(&format!("{}?kind=person", to::awards(CAMPAIGN, "dot-2"))).await;
    shows(&board, &["Tập thể, cá nhân", "Bằng khen LĐLĐ tỉnh"]);
    assert!(!board.page.contains("•••"), "names are masked for the board within the time");
    clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await;
    shows(
        &clerk,
        &[
            "96,44",
            "Vững mạnh xuất sắc (công nhận)",
            "chưa công bố",
            "bản tạm tính",
            "thực hiện 33/34, chỉ tiêu ≥ 100 %",
        ],
    );
    assert!(!text(&clerk.page).contains("1/5"), "a place is told before it is published");
    // The office looks at the run; a unit and those above it wait.
    let why = to::place(CAMPAIGN, UNIT, "dot-2");
    let mut superior = office.signed_in(ABOVE, Role::Superior, Some(ABOVE)).await;
    for browser in [&mut clerk, &mut superior] {
        assert_eq!(browser.get(&why).await.status, StatusCode::OK);
        shows(browser, &["Chưa có gì để giải thích: chưa công bố"]);
        assert!(!text(&browser.page).contains("1/5"), "a place is told before it is published");
    }
    board.get(&to::ranking(CAMPAIGN, "dot-2")).await;
    assert!(board.page.contains("/place/dot-2\""), "{}", board.page);
    board.get(&why).await;
    shows(
        &board,
        &["1/5", "đang dẫn đầu", "bản tạm tính", "liền dưới 2 CĐCS Trường Mầm non Hoa Cúc Vàng", "đã đứng đầu"],
    );

    office.publish(&mut board, "dot-2", &first).await;
    clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await;
    shows(&clerk, &["1/5", "bản công bố"]);
    assert!(clerk.page.contains(&format!("href=\"{why}\"")), "{}", clerk.page);
    clerk.get(&why).await;
    shows(&clerk, &["1/5", "đang dẫn đầu", "bản công bố", "chỉ hiện với người xem được cả cụm", "Cách xếp hạng"]);
    assert!(!clerk.page.contains("Hoa Cúc Vàng"), "a unit is told the names of others");
    // All of the cluster stand below.
    superior.get(&why).await;
    shows(&superior, &["1/5", "liền dưới 2 CĐCS Trường Mầm non Hoa Cúc Vàng"]);
    places_are_told_as_explained(&office, &mut board, &first).await;
    what_cannot_be_tried_is_told_from_the_tables(&office, &first);

    // Sent back after all, the report counts no more; the next release says what that changes and why.
    superior.get(&to::tracking(CAMPAIGN, ABOVE, "dot-2")).await;
    let uploads = format!("/c/{CAMPAIGN}/uploads/");
    let row = superior.page.split("<tr").find(|row| row.contains("xã Ea Kpam")).expect("a row").to_owned();
    let upload = row.split(&uploads).nth(1).and_then(|rest| rest.split('"').next()).expect("a report");
    superior.get(&format!("{uploads}{upload}")).await;
    let form = superior.page.split(&format!("/c/{CAMPAIGN}/submissions/")).nth(1);
    let id = form.and_then(|rest| rest.split('/').next()).expect("a form").to_owned();
    let back = superior.post(&to::return_(CAMPAIGN, &id), &[("reason", "số liệu của năm trước")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", superior.page);
    let second = office.run(&mut board, "dot-2").await;
    assert_ne!(first, second);
    board.get(&to::differences(CAMPAIGN, &second)).await;
    shows(&board, &[&format!("Bản {second} so với bản {first}"), "CĐCS xã Ea Kpam thứ hạng, Đợt 2 1/5"]);
    shows(&board, &["Báo cáo không còn được tính"]);
    board.get(&to::publish(CAMPAIGN, "dot-2")).await;
    shows(&board, &["1 đơn vị chưa có báo cáo dùng được", "CĐCS xã Ea Kpam"]);
    // Whoever decides an objection sees what the newest run does to the places of the cluster.
    let objections = to::objections(CAMPAIGN, UNIT);
    clerk.get(&objections).await;
    let asked = clerk.post(&objections, &[("period", "dot-2"), ("about", "CT01"), ("text", "Xin xem lại")]).await;
    let mut department = office.signed_in("cs-pl", Role::Department, None).await;
    department.get(asked.location()).await;
    shows(&department, &["CĐCS xã Ea Kpam 1/5 chưa đến hạn", "CĐCS Trường THCS Đồi Thông 3/5 2/4"]);
    // The unit sees what is published, not what is tried.
    clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await;
    shows(&clerk, &["1/5", "bản công bố"]);
    assert_eq!(board.get(&to::differences(CAMPAIGN, &first)).await.status, StatusCode::NOT_FOUND);
}

/// Each place of a period is explained by what the library finds in the release.
async fn places_are_told_as_explained(office: &Office, board: &mut Browser, release: &str) {
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let opened = thidua_release::open(&office.portal.releases(&site).join(release)).expect("a release");
    let thawed = thidua_pipeline::Thawed::of(&opened).expect("a sound release");
    let campaign = thawed.campaign();
    let (mut told, mut needs) = (0, 0);
    for unit in campaign.unit_ixs() {
        let placing = thidua_pipeline::place(&opened, &thawed, unit, Some("dot-2")).expect("a period of the run");
        board.get(&to::place(CAMPAIGN, campaign.unit(unit).id.as_str(), "dot-2")).await;
        let Some(placing) = placing else {
            shows(board, &["không thuộc cụm nào"]);
            continue;
        };
        let lang = thidua_pages::Lang::Vi;
        let mut all: Vec<String> = Vec::new();
        all.extend(placing.place.map(|_| placing.shown(lang)));
        all.extend(placing.needs.iter().map(|need| format!("{} {}", need.criterion.words(lang), need.told(lang))));
        all.extend(placing.policies.iter().filter(|it| it.is_own).map(|it| it.shown(lang)));
        for rival in placing.above.iter().chain(&placing.below).chain(&placing.tied_with) {
            all.push(format!("{} {}", rival.place, rival.unit.name));
        }
        let text =
            text(&board.page).replace("&#39;", "'").replace("&#62;", ">").replace("&#60;", "<").replace("&#34;", "\"");
        for part in &all {
            assert!(text.contains(part.as_str()), "{}: no “{part}” in {text}", placing.unit.id);
        }
        told += 1;
        needs += placing.needs.len();
    }
    assert!(told >= 20 && needs > 20, "{told} {needs}");
}

/// Of a release that this program would have given other places the tables are told, and why no more.
fn what_cannot_be_tried_is_told_from_the_tables(office: &Office, release: &str) {
    let site = office.portal.site(CAMPAIGN).expect("the campaign");
    let folder = office.portal.releases(&site).join(release);
    let mut frozen = thidua_release::load(&folder).expect("a release");
    let table = frozen.tables.get_mut("rankings").expect("a table");
    let points = table.columns.iter_mut().find(|column| &*column.name == "points").expect("a column");
    let ColumnData::Int(values) = &mut points.data else { panic!("points are integers") };
    values.iter_mut().flatten().for_each(|points| *points += 1);
    let campaign = thidua_campaign::from_files(frozen.definition.clone()).expect("a definition");
    let at = campaign.find_unit(UNIT).zip(campaign.find_period("dot-2")).expect("a unit and a period");
    let book = Book { opened: Opened::of(&frozen, &folder), campaign, places: Places::default() };
    let found = book.places.explain(&book, at.0, at.1).expect("a release that can be read");
    assert!(found.without.as_deref().is_some_and(|why| why.contains(release)), "{:?}", found.without);
    let placing = found.placing.as_ref().expect("a place");
    assert_eq!((placing.place, placing.policies.len(), placing.needs.len()), (Some(1), 0, 0));
    assert!(placing.criteria.len() > 10);
}
