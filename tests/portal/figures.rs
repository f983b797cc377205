//! Figures under a portal: GraphQL and exports are for those who may see them, within their scope.

use crate::client::{Browser, CAMPAIGN, Portal};

const SCHEMA: &str = "/graphql?query={__typename}";
/// `{ units(first: 0) { totalCount } }`
const UNITS: &str = "/graphql?query=%7Bunits(first%3A0)%7BtotalCount%7D%7D";
const RUN: &str = "name=\"run\" value=\"";

/// A token, as its page shows it this once.
fn token(browser: &mut Browser, unit: &str) -> String {
    browser.get("/tokens");
    let csrf = browser.token();
    browser.post("/tokens", &[("name", "quý"), ("days", "30"), ("unit", unit)]);
    let is_token = |word: &&str| word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let mut words = browser.page.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_token);
    words.find(|word| *word != csrf).expect("a token").to_owned()
}

#[test]
fn figures_are_for_roles_that_read_them_and_for_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut portal = Portal::start(folder.path());
    let mut stranger = portal.browser();
    for path in [SCHEMA, "/releases", "/graphiql", "/metrics"] {
        assert_eq!(stranger.get(path).status, 401, "{path}");
    }
    assert_eq!(stranger.get("/healthz").status, 200);
    let mut operator = portal.operator();
    assert_eq!((operator.get(SCHEMA).status, operator.get("/metrics").status), (403, 200));
    let mut analyst = operator.with_account(&portal, "phan-tich", "analyst", "");
    assert_eq!((analyst.get(SCHEMA).status, analyst.get("/metrics").status), (200, 403));
    let made = token(&mut analyst, "");
    let status = |path: &str, token: &str| stranger.with_token(path, token).0;
    assert_eq!((status(SCHEMA, &made), status("/metrics", &made)), (200, 403));
    assert_eq!(status(SCHEMA, "0000"), 401);
    assert_eq!(status("/admin/accounts", &made), 303);
    assert_eq!(analyst.get(&format!("/c/{CAMPAIGN}/units/cs-ea-kpam")).status, 403);
    let scraper = token(&mut operator, "");
    assert_eq!((status(SCHEMA, &scraper), status("/metrics", &scraper)), (403, 200));
}

#[test]
fn each_account_and_token_sees_its_subtree() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut portal = Portal::start(folder.path());
    let mut operator = portal.operator();
    let mut board = operator.with_account(&portal, "btv", "board", "");
    publish(&mut board);
    let mut superior = operator.with_account(&portal, "cu-mgar", "superior", "ldld-cu-mgar");
    let mut analyst = operator.with_account(&portal, "phan-tich", "analyst", "");
    let mut district = operator.with_account(&portal, "phan-tich-bmt", "analyst", "ldld-bmt");
    let mut clerk = operator.with_account(&portal, "kpam", "unit", "cs-ea-kpam");
    let program = portal.browser();
    let count = |token: &str| {
        let (status, body) = program.with_token(UNITS, token);
        assert_eq!(status, 200, "{body}");
        let count = body.split_once("\"totalCount\":").map(|(_, rest)| rest).unwrap_or_default();
        count.split('}').next().and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("{body}"))
    };
    let all: u32 = count(&token(&mut board, ""));
    let (below, other) = (count(&token(&mut superior, "")), count(&token(&mut district, "")));
    assert_eq!(count(&token(&mut analyst, "")), all);
    assert!(1 < below && below < all && 1 < other && other < all, "{below} {other} of {all}");
    // A token of a unit, made by those who see it.
    for browser in [&mut superior, &mut analyst, &mut board] {
        assert_eq!(count(&token(browser, "cs-ea-kpam")), 1);
    }
    let narrowed = token(&mut analyst, "ldld-cu-mgar");
    assert_eq!(count(&narrowed), below);
    superior.get("/tokens");
    for unit in ["ldld-bmt", "ldld-tinh", "nobody"] {
        assert_eq!(superior.post("/tokens", &[("name", "x"), ("days", "30"), ("unit", unit)]).status, 422, "{unit}");
    }
    // Whole tables are for those who see every unit.
    let (whole, part) = (token(&mut analyst, ""), token(&mut superior, ""));
    assert_eq!(program.with_token("/releases", &whole).0, 200);
    let (status, told) = program.with_token("/releases", &part);
    assert!(status == 403 && told.contains("text/csv"), "{status} {told}");
    assert_eq!(
        (superior.get("/data").status, superior.get("/tokens").status, clerk.get("/data").status),
        (200, 200, 403)
    );
    assert_eq!(clerk.get(UNITS).status, 403);
    // What the analyst finds is there; lists with names only as text.
    analyst.get("/data");
    let links: Vec<String> = analyst.page.split("href=\"/releases/").skip(1).map(str::to_owned).collect();
    assert!(links.len() > 30, "{}", analyst.page);
    for link in &links {
        let path = format!("/releases/{}", link.split('"').next().unwrap_or_default());
        assert_eq!(analyst.get(&path).status, 200, "{path}");
    }
    let release = links[0].split('/').next().unwrap_or_default();
    for (file, status) in [
        ("awards.csv", 200),
        ("awards.parquet", 403),
        ("issues.parquet", 403),
        ("units.parquet", 200),
        ("consolidated.xlsx", 403),
    ] {
        assert_eq!(analyst.get(&format!("/releases/{release}/{file}")).status, status, "{file}");
    }
    // The account moves: its tokens see what it sees from then on.
    operator.get("/admin/accounts");
    let id = operator.page.split("/admin/accounts/").find(|it| it.contains("phan-tich-bmt")).unwrap_or_default();
    let id = id.split(['"', '/']).next().unwrap_or_default().to_owned();
    let (wide, old) = (token(&mut district, ""), token(&mut district, "ldld-bmt"));
    let page = format!("/admin/accounts/{id}");
    operator.get(&page);
    let edit = [("name", "Phân tích"), ("role", "analyst"), ("unit", "ldld-cu-mgar"), ("contact", "")];
    assert_eq!(operator.post(&page, &edit).status, 303, "{}", operator.page);
    assert_eq!(count(&wide), below);
    assert!(count(&old) < other, "what both the account and the token see");
    operator.get(&page);
    assert_eq!(operator.post(&format!("{page}/disable"), &[("reason", "nghỉ")]).status, 303);
    assert_eq!(program.with_token(UNITS, &wide).0, 401, "a disabled account has no tokens");
}

/// Publishes a release without a report, as the board does.
fn publish(board: &mut Browser) {
    let page = format!("/c/{CAMPAIGN}/board/dot-1/publish");
    board.get(&page);
    assert_eq!(board.post(&format!("/c/{CAMPAIGN}/runs"), &[("period", "dot-1")]).status, 303);
    for _ in 0..600 {
        board.get(&page);
        if let Some((_, rest)) = board.page.split_once(RUN) {
            let run = rest.split('"').next().unwrap_or_default().to_owned();
            assert_eq!(board.post(&page, &[("run", &run), ("confirm", "yes")]).status, 303, "{}", board.page);
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    for _ in 0..300 {
        if board.get("/readyz").status == 200 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("nothing was published: {}", board.page);
}
