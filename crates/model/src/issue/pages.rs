//! A page for each code: what the message says, an example as a clerk sees it, why it matters, what
//! to do step by step.
//!
//! In:  the catalogue, and the explanations beside it, one file a layer.
//! Out: pages, and the Markdown of `docs/issues`, which a test keeps in step.
//!
//! A new code needs its page in the file of its layer: an example (any issue of the kind), why, and
//! at least one step, all in Vietnamese and English. A part with a name that `parts` does not
//! explain is explained there, or in the page when it means something else. Then write the
//! Markdown anew: `UPDATE_PAGES=1 cargo test -p thidua-model --test issue_pages`.

mod computing;
mod correction;
mod definition;
mod file;
mod markdown;
mod oddity;
mod parts;
mod reading;
mod relation;
mod rule;
mod sender;
mod value;
mod words;

pub use markdown::{index, layer};

use super::{Entry, Issue, IssueKind, Lang};
use crate::{CellRef, Place, UnitId};

/// Vietnamese and English.
pub type Both = [&'static str; 2];

/// One half of a text in two languages.
pub const fn of(both: Both, lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => both[0],
        Lang::En => both[1],
    }
}

/// The explanation of a code.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// An issue of the kind, at a place as it is shown.
    pub example: Issue,
    pub why: Both,
    pub steps: Vec<Both>,
    /// Parts that mean something else here than in other messages.
    parts: Vec<(&'static str, Both)>,
}

impl Page {
    pub fn code(&self) -> &'static str {
        self.example.code()
    }

    /// The line of the catalogue that the page explains.
    pub fn entry(&self) -> &'static Entry {
        let is_own = |entry: &&Entry| entry.code == self.code();
        IssueKind::ENTRIES.iter().find(is_own).expect("every kind has a line in the catalogue")
    }

    /// What a part of the message stands for; `None`: nobody has explained it.
    pub fn part(&self, name: &str) -> Option<Both> {
        let own = self.parts.iter().find(|(part, _)| *part == name);
        own.or_else(|| parts::PARTS.iter().find(|(part, _)| *part == name)).map(|(_, both)| *both)
    }

    fn with(mut self, part: &'static str, both: Both) -> Self {
        self.parts.push((part, both));
        self
    }
}

/// Every page, in the order of the catalogue. A code without a page is left out; a test tells.
pub fn pages() -> Vec<Page> {
    let mut pages = [
        definition::pages(),
        file::pages(),
        oddity::pages(),
        sender::pages(),
        value::pages(),
        reading::pages(),
        words::pages(),
        relation::pages(),
        rule::pages(),
        computing::pages(),
        correction::pages(),
    ]
    .concat();
    let position = |page: &Page| IssueKind::CODES.iter().position(|code| *code == page.code());
    pages.sort_by_key(position);
    pages
}

/// The layers by letter, with the name of the file that holds the pages of each.
pub const LAYERS: &[(char, &str, Both)] = &[
    ('F', "F-tep.md", ["Tệp và trang", "Files and sheets"]),
    ('V', "V-gia-tri.md", ["Giá trị trong ô", "Values of cells"]),
    ('R', "R-quan-he.md", ["Quan hệ giữa các số", "Relations between values"]),
    ('C', "C-tinh-toan.md", ["Tính toán", "Computing"]),
    ('D', "D-dinh-nghia.md", ["Định nghĩa phong trào", "The campaign definition"]),
];

/// Where the pages of a code stand in the repository.
pub fn address(code: &str) -> Option<String> {
    let (_, name, _) = LAYERS.iter().find(|(letter, ..)| code.starts_with(*letter))?;
    Some(format!("{FOLDER}/{name}#{}", code.to_lowercase()))
}

/// The folder of the pages, from the top of the repository.
pub const FOLDER: &str = "crates/model/docs/issues";

fn page(example: Issue, why: Both, steps: &[Both]) -> Page {
    Page { example, why, steps: steps.to_vec(), parts: Vec::new() }
}

/// An issue at a cell, with the label that stands in its row.
fn at_cell(sheet: &str, cell: &str, label: &str, kind: IssueKind) -> Issue {
    let cell = CellRef::parse(cell).expect("an address such as D14");
    let place = Place::Cell { file: "dot-2/cdcs-017.xlsx".into(), sheet: sheet.into(), cell };
    let label = Some(label).filter(|label| !label.is_empty());
    Issue { label: label.map(Into::into), ..Issue::new(kind, place) }
}

fn on_sheet(sheet: &str, kind: IssueKind) -> Issue {
    Issue::new(kind, Place::Sheet { file: "dot-2/cdcs-017.xlsx".into(), sheet: sheet.into() })
}

fn on_file(file: &str, kind: IssueKind) -> Issue {
    Issue::new(kind, Place::File { file: file.into() })
}

/// An issue at a line of the definition or of the receipts.
fn at_line(file: &str, line: u32, key: &str, kind: IssueKind) -> Issue {
    Issue::new(kind, Place::Definition { file: file.into(), line, key: key.into() })
}

/// An issue about a unit and no file.
fn of_unit(unit: &str, kind: IssueKind) -> Issue {
    Issue { unit: Some(UnitId::from(unit)), ..Issue::new(kind, Place::Campaign) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_page_whose_parts_are_explained() {
        let pages = pages();
        let mut missing = Vec::new();
        for code in IssueKind::CODES {
            match pages.iter().filter(|page| page.code() == *code).count() {
                0 => missing.push(*code),
                1 => {}
                count => panic!("{code} has {count} pages"),
            }
        }
        assert!(
            missing.is_empty(),
            "no page for {missing:?}: add `page(example, why, steps)` in crates/model/src/issue/pages/\
             <layer>.rs (definition, file, oddity, value, reading, relation, computing), then \
             UPDATE_PAGES=1 cargo test -p thidua-model --test issue_pages"
        );
        let parts = pages.iter().flat_map(|page| page.entry().parts.iter().map(move |part| (page, *part)));
        let unexplained: Vec<(&str, &str)> =
            parts.filter(|(page, part)| page.part(part).is_none()).map(|(page, part)| (page.code(), part)).collect();
        assert!(
            unexplained.is_empty(),
            "parts of messages that nobody explains: {unexplained:?}; add them to \
             crates/model/src/issue/pages/parts.rs, or to the page with `.with(\"part\", [\"vi\", \"en\"])`"
        );
    }

    #[test]
    fn a_page_says_something_in_both_languages() {
        for page in pages() {
            let texts = page.steps.iter().chain([&page.why]).flatten();
            assert!(!page.steps.is_empty(), "{}: no steps", page.code());
            for text in texts {
                assert!(text.chars().count() > 8 && !text.ends_with(' '), "{}: “{text}”", page.code());
            }
            let [vi, en] = page.why;
            assert!(vi != en && !vi.is_ascii(), "{}: “{vi}” is no Vietnamese", page.code());
        }
    }

    #[test]
    fn the_pages_of_a_code_have_an_address() {
        assert_eq!(address("V112").as_deref(), Some("crates/model/docs/issues/V-gia-tri.md#v112"));
        assert!(IssueKind::CODES.iter().all(|code| address(code).is_some()));
        assert_eq!(address("X1"), None);
    }
}
