//! Who gets which page: role × address × whose it is.

use crate::clock;
use crate::testing::{CAMPAIGN, Office};
use axum::http::StatusCode;
use thidua_pages::routes as to;
use thidua_store::{Actor, NewUpload, Role};

/// `o` the page, `-` not theirs. Columns: a unit of Cư M'gar, its superior union, another union,
/// the department, the board, an analyst, the operator.
const TABLE: &str = "
    own-home        o o - o o - -
    other-home      - - - o o - -
    own-history     o o - o o - -
    own-template    o o - o o - -
    own-marked      o o - o o - -
    other-marked    - - - o o - -
    own-place       o o - o o - -
    other-place     - - - o o - -
    corrections     - - - o - - -
    tracking        - o - o o - -
    tracking-other  - - o o o - -
    form2           - o - o o - -
    form2-file      - o - o o - -
    on-behalf       - o - o - - -
    releases        - - - o o o -
    publish         - - - - o - -
    coverage        - - - o o - -
    targets         - - - o o - -
    ranking         - - - o o - -
    works           - - - o o - -
    awards          - - - o o - -
    accounts        - - - - - - o
    import          - - - - - - o
    reset-unit      - o - - - - o
    reset-board     - - - - - - o
    data            - o o o o o -
    tokens          - o o o o o o
";

#[tokio::test(flavor = "multi_thread")]
async fn each_role_gets_its_own_pages_and_no_others() {
    let office = Office::open().await;
    let mut browsers = Vec::new();
    for (login, role, unit) in [
        ("kpam", Role::Unit, Some("cs-ea-kpam")),
        ("cu-mgar", Role::Superior, Some("ldld-cu-mgar")),
        ("bmt", Role::Superior, Some("ldld-bmt")),
        ("cs-pl", Role::Department, None),
        ("btv", Role::Board, None),
        ("phan-tich", Role::Analyst, None),
        ("quan-tri", Role::Operator, None),
    ] {
        browsers.push((login, office.signed_in(login, role, unit).await));
    }
    let account = async |login: &str| {
        let found = office.portal.store.accounts().by_login(login).await.expect("a store");
        found.expect("an account").id.to_string()
    };
    let (unit, board) = (account("kpam").await, account("btv").await);
    let sent = async |unit: &str| {
        let new = NewUpload {
            campaign: CAMPAIGN,
            unit,
            period: Some("dot-1"),
            file_name: "Báo cáo.csv",
            came_in: None,
            is_on_behalf: true,
            bytes: b"TT;Noi dung;So\n1;Tong so lao dong;12 con\n",
            then: None,
        };
        let kept = office.portal.store.uploads().receive(&new, &Actor::system(clock::now())).await;
        kept.expect("a receipt").id.to_string()
    };
    let (own, other) = (sent("cs-ea-kpam").await, sent("cs-th-ho-xanh").await);
    let mut seen = 0;
    for line in TABLE.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let name = words.next().expect("a name");
        let path = match name {
            "own-home" => to::unit_home(CAMPAIGN, "cs-ea-kpam"),
            "other-home" => to::unit_home(CAMPAIGN, "cs-th-ho-xanh"),
            "own-history" => to::history(CAMPAIGN, "cs-ea-kpam"),
            "own-place" => to::place(CAMPAIGN, "cs-ea-kpam", "dot-2"),
            "other-place" => to::place(CAMPAIGN, "cs-th-ho-xanh", "dot-2"),
            "own-template" => to::template(CAMPAIGN, "cs-ea-kpam", "dot-1"),
            "own-marked" => to::upload_annotated(CAMPAIGN, &own),
            "other-marked" => to::upload_annotated(CAMPAIGN, &other),
            "corrections" => to::corrections(CAMPAIGN),
            "tracking" => to::tracking(CAMPAIGN, "ldld-cu-mgar", "dot-1"),
            "tracking-other" => to::tracking(CAMPAIGN, "ldld-bmt", "dot-1"),
            "form2" => to::form2(CAMPAIGN, "ldld-cu-mgar", "dot-1"),
            "form2-file" => to::form2_workbook(CAMPAIGN, "ldld-cu-mgar", "dot-1"),
            "on-behalf" => to::on_behalf(CAMPAIGN, "ldld-cu-mgar"),
            "releases" => to::releases(CAMPAIGN),
            "publish" => to::publish(CAMPAIGN, "dot-1"),
            "coverage" => to::coverage(CAMPAIGN, "dot-1"),
            "targets" => to::targets(CAMPAIGN, "dot-1"),
            "ranking" => to::ranking(CAMPAIGN, "dot-1"),
            "works" => to::works(CAMPAIGN, "dot-1"),
            "awards" => to::awards(CAMPAIGN, "dot-1"),
            "accounts" => to::accounts(),
            "import" => to::import(),
            "reset-unit" => to::reset(&unit),
            "reset-board" => to::reset(&board),
            "data" => to::data(),
            "tokens" => to::tokens(),
            other => panic!("{other}"),
        };
        for ((login, browser), sign) in browsers.iter_mut().zip(words) {
            let expected = if sign == "o" { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(browser.get(&path).await.status, expected, "{login} at {name} ({path})");
            seen += 1;
        }
    }
    assert_eq!(seen, 27 * 7);
}

#[tokio::test]
async fn a_unit_that_does_not_exist_is_answered_like_one_that_is_not_theirs() {
    let office = Office::open().await;
    let mut clerk = office.signed_in("kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let exists = clerk.get(&to::unit_home(CAMPAIGN, "cs-th-ho-xanh")).await.status;
    let does_not = clerk.get(&to::unit_home(CAMPAIGN, "nobody")).await.status;
    assert_eq!((exists, does_not), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN));
    assert_eq!(clerk.get("/c/another-year").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_operator_makes_accounts_for_the_whole_register_in_one_step() {
    let office = Office::open().await;
    let mut operator = office.signed_in("quan-tri", Role::Operator, None).await;
    operator.get(&to::import()).await;
    let made = operator.post(&to::import(), &[("campaign", CAMPAIGN)]).await;
    assert_eq!(made.status, StatusCode::OK);
    assert!(operator.page.contains("cs-ea-kpam"), "{}", operator.page);
    let code = operator.page.split("cs-ea-kpam").nth(1).unwrap_or_default();
    let is_code = |word: &&str| word.len() == 19 && word.matches('-').count() == 3;
    let words = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let code = words.into_iter().find(is_code).expect("a code").to_owned();
    let mut clerk = office.browser();
    clerk.get(&to::activate()).await;
    let password = "rừng thông Đắk Lắk 2014";
    let fields = [("login", "cs-ea-kpam"), ("code", &code), ("password", password), ("again", password)];
    assert_eq!(clerk.post(&to::activate(), &fields).await.status, StatusCode::SEE_OTHER);
    // Those who have an account get no second one.
    operator.get(&to::import()).await;
    let again = operator.post(&to::import(), &[("campaign", CAMPAIGN)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_address_that_a_page_knows_leads_somewhere_or_is_left_out() {
    let office = Office::open().await;
    let mut operator = office.signed_in("quan-tri", Role::Operator, None).await;
    let mut lost = Vec::new();
    for pattern in to::ALL {
        let path = pattern.replace("{campaign}", CAMPAIGN).replace("{unit}", "cs-ea-kpam").replace("{period}", "dot-1");
        let answer = operator.get(&path).await;
        // What only takes forms refuses to be looked at; the page of the unknown says so itself.
        let leads = answer.status != StatusCode::NOT_FOUND || !operator.page.contains("<title>");
        let is_left_out = crate::router::WITHOUT.contains(pattern);
        let is_thing = *pattern == to::RECEIVED
            || pattern.contains("{upload}")
            || pattern.contains("{submission}")
            || pattern.contains("{account}")
            || pattern.contains("{objection}")
            || pattern.contains("{field}")
            || pattern.contains("{correction}")
            || pattern.contains("{attachment}")
            || pattern.contains("{job}")
            || pattern.contains("{release}")
            || pattern.contains("{token}")
            || pattern.contains("{version}");
        if !leads && !is_left_out && !is_thing {
            lost.push(*pattern);
        }
        if leads && is_left_out {
            lost.push(*pattern);
        }
    }
    assert_eq!(lost, Vec::<&str>::new());
}
