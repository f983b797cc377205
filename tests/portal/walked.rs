//! Every role walks through its work in a real browser, with and without scripts.

use crate::chromium::{Chromium, Scripts};
use crate::client::{CAMPAIGN, PASSWORD, Portal, top};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

const UNIT: &str = "cs-ea-kpam";
const ABOVE: &str = "ldld-cu-mgar";
const GOOD: &str = "samples/dak-lak-2014/inbox/dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx";

#[test]
fn the_whole_way_of_a_report_with_scripts() {
    walk(Scripts::On);
}

#[test]
fn the_whole_way_of_a_report_without_scripts() {
    walk(Scripts::Off);
}

/// From activation to publication, each role in its turn.
fn walk(scripts: Scripts) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut portal = Portal::start(folder.path());
    let Some(browser) = Chromium::open(&portal.base, scripts) else { return };
    let code = portal.first_code();

    // The operator: accounts of the whole register in one step, and those of the office.
    activate(&browser, "operator", &code);
    browser.go("/admin/accounts/from-register");
    browser.click("main form[method=post] button.main");
    browser.shows(UNIT);
    browser.shot("01-codes");
    let strips = browser.text();
    let unit_code = code_of(&strips, UNIT);
    let above_code = code_of(&strips, ABOVE);
    let office: Vec<(&str, String)> = [("cs-pl", "department"), ("btv", "board"), ("phan-tich", "analyst")]
        .map(|it| (it.0, account(&browser, it)))
        .into();
    browser.go("/admin/health");
    browser.shows("Nơi lưu");
    browser.go("/admin/audit");
    browser.shows("account.created");
    browser.shot("02-audit");
    sign_out(&browser);

    // The clerk: activates, is told by cell what is wrong, mends it, and is taken.
    activate(&browser, UNIT, &unit_code);
    browser.shows("CĐCS xã Ea Kpam");
    browser.shot("03-unit");
    browser.click("a[href$='/template/dot-1']");
    assert!(browser.downloaded(".xlsx").starts_with(b"PK"));
    let broken = folder.path().join("Báo cáo Ea Kpam.xlsx");
    std::fs::write(&broken, with_a_word_for_a_number()).expect("a file");
    upload(&browser, &broken);
    browser.shows("Nhận một phần");
    browser.shows("Mẫu 1 › D13");
    browser.shot("04-mend");
    upload_at_home(&browser, &top(GOOD));
    browser.shows("Được nhận");
    browser.shows("Tổng số lao động");
    let answer = browser.path();
    browser.shot("05-accepted");
    browser.width(360);
    browser.go(&answer);
    browser.shot("06-accepted-phone");
    browser.width(1280);
    sign_out(&browser);

    // The superior union: follows, sends back with a reason.
    activate(&browser, ABOVE, &above_code);
    browser.go(&format!("/c/{CAMPAIGN}/units/{ABOVE}/tracking/dot-1"));
    browser.shows("CĐCS xã Ea Kpam");
    browser.shot("07-tracking");
    browser.go(&answer);
    open_details(&browser, scripts);
    browser.fill("form[action$='/return'] [name=reason]", "Thiếu chữ ký của Chủ tịch");
    browser.click("form[action$='/return'] button");
    browser.shows("Đã trả lại");
    sign_out(&browser);

    // The clerk reads why, and sends again.
    sign_in(&browser, UNIT);
    browser.shows("Thiếu chữ ký của Chủ tịch");
    browser.shot("08-returned");
    upload_at_home(&browser, &top(GOOD));
    browser.shows("Được nhận");
    let answer = browser.path();
    sign_out(&browser);

    // Approved, form by form.
    sign_in(&browser, ABOVE);
    browser.go(&answer);
    browser.shows("CĐCS xã Ea Kpam");
    for form in ["Mẫu số 1", "Phụ lục"] {
        assert!(browser.has("form[action$='/approve'] button"), "{form}: {}", browser.text());
        browser.click("form[action$='/approve'] button");
        browser.shows("Đã duyệt");
        browser.go(&answer);
    }
    assert!(!browser.has("form[action$='/approve'] button"), "{}", browser.text());
    browser.shot("09-approved");
    sign_out(&browser);

    // The department prepares.
    activate(&browser, "cs-pl", &office[0].1);
    browser.go(&format!("/c/{CAMPAIGN}/department/dot-1"));
    browser.shot("10-department");
    browser.click("form[action$='/runs'] button");
    browser.shows("Tải sổ tổng hợp");
    browser.go(&format!("/c/{CAMPAIGN}/board/dot-1/targets"));
    browser.shows("CT01");
    browser.shot("11-targets");
    sign_out(&browser);

    // The board looks and publishes.
    activate(&browser, "btv", &office[1].1);
    browser.go(&format!("/c/{CAMPAIGN}/board/dot-1/coverage"));
    browser.shows("Đã nộp 1/");
    browser.shot("12-coverage");
    browser.go(&format!("/c/{CAMPAIGN}/board/dot-1/publish"));
    browser.shot("13-publish");
    browser.click("[name=confirm]");
    browser.click("form[action$='/publish'] button.main");
    browser.shows("Đã công bố");
    browser.shot("14-releases");
    browser.click("a[href$='consolidated.xlsx']");
    assert!(browser.downloaded(".xlsx").starts_with(b"PK"));
    sign_out(&browser);

    // The unit sees that its period is closed.
    sign_in(&browser, UNIT);
    browser.shows("Đã chốt và công bố");
    browser.shot("15-published");
    sign_out(&browser);

    // The analyst: a token, shown once, and the explorer.
    activate(&browser, "phan-tich", &office[2].1);
    browser.go("/tokens");
    browser.fill("main [name=name]", "báo cáo quý");
    browser.press_enter("main [name=name]");
    let token = browser.attribute("#fresh", "value");
    assert_eq!(token.len(), 64, "{}", browser.text());
    let asked = "/graphql?query={release{id}}";
    assert_eq!(portal.browser().with_token(asked, &token).0, 200);
    if scripts == Scripts::On {
        browser.go("/graphiql");
        assert!(browser.path().starts_with("/graphiql"), "{}", browser.text());
        browser.shot("16-explorer");
    }
    browser.go("/data");
    sign_out(&browser);
    browser.go(&format!("/c/{CAMPAIGN}/units/{UNIT}"));
    assert!(browser.path().starts_with("/sign-in"), "{}", browser.path());
}

fn activate(browser: &Chromium, login: &str, code: &str) {
    browser.go("/activate");
    browser.fill("[name=login]", login);
    browser.fill("[name=code]", code);
    browser.fill("[name=password]", PASSWORD);
    browser.fill("[name=again]", PASSWORD);
    browser.click("main button.main");
    is_in(browser, login);
}

fn sign_in(browser: &Chromium, login: &str) {
    browser.go("/sign-in");
    browser.fill("[name=login]", login);
    browser.fill("[name=password]", PASSWORD);
    // By keyboard, as those do who type.
    browser.press_enter("[name=password]");
    is_in(browser, login);
}

/// Whose page it is stands in the menu.
fn is_in(browser: &Chromium, login: &str) {
    for _ in 0..200 {
        if browser.has("header details.menu") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{login} is not signed in: {}", browser.text());
}

fn sign_out(browser: &Chromium) {
    browser.click("header details.menu summary");
    browser.click("form[action='/sign-out'] button");
    browser.shows("Đã đăng xuất");
}

/// Makes an account of the office and gives its code.
fn account(browser: &Chromium, (login, role): (&str, &str)) -> String {
    browser.go("/admin/accounts/new");
    browser.fill("[name=login]", login);
    browser.fill("[name=name]", &format!("Người dùng {login}"));
    browser.click(&format!("[name=role] option[value={role}]"));
    browser.click("main form[method=post] button.main");
    browser.shows(login);
    code_of(&browser.text(), login)
}

fn code_of(text: &str, login: &str) -> String {
    let rest = text.split_once(login).map(|(_, rest)| rest).unwrap_or_default();
    let mut words = rest.split_whitespace();
    let code = words.find(|word| word.len() == 19 && word.matches('-').count() == 3);
    code.unwrap_or_else(|| panic!("no code of {login} in: {text}")).to_owned()
}

fn upload(browser: &Chromium, file: &Path) {
    browser.choose(&[file]);
    browser.click("main form[enctype] button.main");
}

fn upload_at_home(browser: &Chromium, file: &Path) {
    browser.go(&format!("/c/{CAMPAIGN}/units/{UNIT}"));
    upload(browser, file);
}

/// The form that sends back is folded away; without scripts it unfolds all the same.
fn open_details(browser: &Chromium, _: Scripts) {
    if browser.has("main details:not([open]):has(form[action$='/return']) summary") {
        browser.click("main details:not([open]):has(form[action$='/return']) summary");
    }
}

/// The good report with words in place of its first number.
fn with_a_word_for_a_number() -> Vec<u8> {
    let bytes = std::fs::read(top(GOOD)).expect("the report");
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        if name == "xl/worksheets/sheet1.xml" {
            let text = String::from_utf8(bytes).expect("UTF-8");
            // Its style is the layout's affair.
            let (before, rest) = text.split_once("<c r=\"D13\"").expect("the cell of the first number");
            let (cell, after) = rest.split_once("</c>").expect("its end");
            assert!(cell.ends_with("<v>34</v>"), "the report has another layout: {cell}");
            let words = "<c r=\"D13\" t=\"inlineStr\"><is><t>chưa đếm xong</t></is></c>";
            bytes = format!("{before}{words}{after}").into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("a part");
        to.write_all(&bytes).expect("written");
    }
    to.finish().expect("a zip").into_inner()
}
