//! The other books that come from a release: for publication, of one superior, of changes; and the book of a release
//! that is too long to be opened.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::{HOSTILE, campaign, empty_release, release};
use thidua_campaign::Campaign;
use thidua_model::{Column, ColumnData, Points, Table};
use thidua_release::{Frozen, Opened};
use thidua_sheets::{Book, Limits, Sheet};
use thidua_workbook::{Changes, Profile, book, book_of, changes, superiors};

fn read(bytes: &[u8]) -> Book {
    thidua_sheets::read(bytes, &Limits::default()).unwrap()
}

fn shown(sheet: &Sheet) -> Vec<Vec<String>> {
    sheet.rows().map(|(_, cells)| cells.iter().map(|it| it.value.shown()).collect()).collect()
}

fn texts(book: &Book) -> BTreeSet<String> {
    book.sheets.iter().flat_map(shown).flatten().collect()
}

fn sheet<'a>(book: &'a Book, name: &str) -> &'a Sheet {
    book.sheets.iter().find(|it| &*it.name == name).unwrap_or_else(|| panic!("{name} is there"))
}

#[test]
fn a_sheet_for_publication_is_one_table_from_the_first_cell_without_gaps() {
    let campaign = campaign();
    let book = read(&book(&campaign, &release(&campaign), Profile::Publication).unwrap());
    let listed: Vec<String> = shown(sheet(&book, "Mục lục"))[1..].iter().map(|row| row[0].clone()).collect();
    let names: Vec<String> = book.sheets[1..].iter().map(|it| it.name.to_string()).collect();
    assert_eq!(listed, names, "the contents name every sheet, in order");
    for sheet in &book.sheets {
        let rows = shown(sheet);
        let columns = rows[0].len();
        assert!(rows.len() > 1, "{} has a row below its headings", sheet.name);
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(row.len(), columns, "{} row {}: {row:?}", sheet.name, at + 1);
        }
        let heads: BTreeSet<String> = rows[0].iter().map(|head| head.to_lowercase()).collect();
        assert_eq!(heads.len(), columns, "{}: headings differ", sheet.name);
    }
    let points = shown(sheet(&book, "Chi tiết điểm"));
    assert_eq!(points[0][0], "Nhóm", "what a band said above rows is said in each");
    assert!(points[1][0].contains(" – "), "{:?}", points[1]);
    let kept = sheet(&book, "Nguồn số liệu").cells.iter().find(|it| it.value.shown() == HOSTILE).expect("the text");
    assert!(!kept.is_formula);
}

#[test]
fn a_superior_gets_its_own_units_and_no_others() {
    let campaign = campaign();
    let release = release(&campaign);
    let superiors = superiors(&campaign, &release);
    let codes: Vec<&str> = superiors.iter().map(|unit| campaign.unit(*unit).id.as_str()).collect();
    assert_eq!(codes, ["A", "B"]);
    let name = |code: &str| {
        let unit = campaign.find_unit(code).unwrap();
        campaign.unit(unit).latest().name.to_string()
    };
    let of = |at: usize, profile: Profile| {
        let part = thidua_release::part(&campaign, &release, superiors[at]);
        texts(&read(&book_of(&campaign, &part, superiors[at], profile).unwrap()))
    };
    for profile in [Profile::Board, Profile::Publication] {
        let (a, b) = (of(0, profile), of(1, profile));
        let says = |texts: &BTreeSet<String>, name: &str| texts.iter().any(|text| text.contains(name));
        assert!(says(&a, &name("A1")) && !says(&a, &name("B1")) && !says(&a, &name("B")), "A sees A");
        assert!(says(&b, &name("B1")) && !says(&b, &name("A1")), "B sees B");
    }
}

/// The same table many times over.
fn repeated(table: &Table, times: usize) -> Table {
    fn many<T: Clone>(values: &[T], times: usize) -> Vec<T> {
        std::iter::repeat_n(values, times).flatten().cloned().collect()
    }
    let columns = table.columns.iter().map(|column| Column {
        name: column.name.clone(),
        data: match &column.data {
            ColumnData::Bool(values) => ColumnData::Bool(many(values, times)),
            ColumnData::Int(values) => ColumnData::Int(many(values, times)),
            ColumnData::Float(values) => ColumnData::Float(many(values, times)),
            ColumnData::Text(values) => ColumnData::Text(many(values, times)),
            ColumnData::Date(values) => ColumnData::Date(many(values, times)),
        },
    });
    Table { name: table.name.clone(), columns: columns.collect() }
}

#[test]
fn a_table_too_long_for_a_book_is_shortened_and_says_so() {
    let campaign = campaign();
    let mut long = release(&campaign);
    let facts = long.table("facts").expect("facts").clone();
    let times = 10_001_usize.div_ceil(facts.rows());
    long.tables.insert("facts".into(), repeated(&facts, times));
    let told = texts(&read(&book(&campaign, &long, Profile::Board).unwrap()));
    let all = facts.rows() * times;
    let note = told.iter().find(|text| text.starts_with("Rút gọn: ")).expect("a note");
    assert!(note.contains(&format!("{}.{:03} dòng", all / 1000, all % 1000)), "{note}");
    let whole = texts(&read(&book(&campaign, &release(&campaign), Profile::Board).unwrap()));
    assert!(!whole.iter().any(|text| text.starts_with("Rút gọn: ")), "a short table is whole");
}

fn book_of_changes(campaign: &Campaign, from: &Frozen, to: &Frozen) -> Book {
    let (from, to) = (Opened::of(from, Path::new("a")), Opened::of(to, Path::new("b")));
    let found = thidua_release::compare(&from, &to);
    let first = found.rankings.rows.first().map(|row| (row.period.clone(), row.unit.clone()));
    let split: BTreeMap<_, _> =
        first.into_iter().map(|key| (key, vec![Points(1_500_000_000), Points(-250_000_000)])).collect();
    let parts = if split.is_empty() { Vec::new() } else { vec!["do mình", "do đơn vị khác"] };
    read(&changes(&Changes { campaign, found: &found, parts, split, unsplit: None }).unwrap())
}

#[test]
fn changes_are_told_by_place_figure_report_and_unit_with_parts_that_add_up() {
    let campaign = campaign();
    let book = book_of_changes(&campaign, &empty_release(&campaign), &release(&campaign));
    let names: Vec<&str> = book.sheets.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["Tóm tắt", "Thứ hạng", "Chỉ tiêu", "Báo cáo", "Đơn vị"]);
    let places = sheet(&book, "Thứ hạng");
    let rows = shown(places);
    let at = rows.iter().position(|row| row[0] == "Kỳ").expect("headings");
    assert_eq!(rows[at][9..12], ["do mình", "do đơn vị khác", "Cộng các phần"]);
    assert_eq!(rows[at + 1][9..12], ["1.5", "-0.25", "1.25"], "the sum of the parts beside them");
    let sums = places.cells.iter().filter(|it| it.is_formula);
    assert_eq!(sums.map(|it| it.value.shown()).collect::<Vec<_>>(), ["1.25"]);
    let same = book_of_changes(&campaign, &release(&campaign), &release(&campaign));
    assert!(texts(&same).contains("Không có thứ hạng nào khác."));
}
