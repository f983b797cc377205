//! Both walks through XML read the same: whole workbooks by the plain walk and by the library alone, as they are and
//! with seeded damage in their parts.
//!
//! `THIDUA_VARIANTS=100000 cargo test --release -p thidua-sheets both_walks` tries as many; usually 4,000.

use super::{Event, Xml};
use crate::package::Package;
use crate::{Book, Clock, Limits, Refusal, read};
use std::cell::Cell;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

thread_local! {
    static GENERAL_ONLY: Cell<bool> = const { Cell::new(false) };
}

/// The plain walk stands aside: for what is compared with it.
pub(super) fn is_general_only() -> bool {
    GENERAL_ONLY.get()
}

fn by_the_library<T>(work: impl FnOnce() -> T) -> T {
    GENERAL_ONLY.set(true);
    let result = work();
    GENERAL_ONLY.set(false);
    result
}

fn both(bytes: &[u8]) -> (Result<Book, Refusal>, Result<Book, Refusal>) {
    let limits = Limits::default();
    (read(bytes, &limits), by_the_library(|| read(bytes, &limits)))
}

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|ext| ["xlsx", "xls", "ods", "fods"].iter().any(|known| ext == *known)) {
            found.push(path);
        }
    }
    found.sort();
}

fn files_of(folders: &[&str]) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for folder in folders {
        workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder), &mut paths);
    }
    paths
}

#[test]
fn both_walks_read_every_file_alike() {
    let paths = files_of(&["samples", "templates", "tests/corpus/files", "tests/adopt"]);
    assert!(paths.len() > 200, "{} workbooks", paths.len());
    for path in paths {
        let (plain, general) = both(&std::fs::read(&path).expect("readable"));
        assert_eq!(plain, general, "{}", path.display());
    }
}

const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns:r="r"><workbookPr date1904="0"/><sheets><sheet name="A &amp; B" sheetId="1" r:id="rId1"/><sheet name="ẩn" state="hidden" r:id="rId2"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>"#;
const RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="t/styles" Target="styles.xml"/><Relationship Id="rId4" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;n&quot; dd/mm/yyyy"/></numFmts><fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/><xf numFmtId="9"/></cellXfs></styleSheet>"#;
const STRINGS: &str = "<sst count=\"5\"><si><t>một</t></si><si><r><t>h</t></r><r><rPr><rFont val=\"VNI-Times\"/></rPr><t xml:space=\"preserve\">ai </t></r><rPh><t>x</t></rPh></si><si><t/></si><si><t xml:space=\"preserve\"> a &lt; b&#x41;\r\n_x000D_</t></si><si><rPr><rFont val=\".VnTime\"/></rPr><t>Sè</t><phoneticPr/></si></sst>";
const SHEET: &str = r#"<worksheet xmlns="m"><sheetPr><tabColor rgb="0"/></sheetPr><dimension ref="A1:Z9"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" spans="1:5"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1"><v>41973</v></c><c r="D1" s="1"><v>41973.5</v></c><c r="E1" s="2"><v>0.95</v></c></row><row r="2" hidden="1"><c r="A2" t="str"><f>IF(A1&gt;"x","&amp;",1)</f><v>ghi tên</v></c><c r="B2"><f t="shared" si="0"/><v>0</v></c><c r="C2" t="n" /><c t="inlineStr"><is><t>chữ</t></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c r="A3" t="d"><v>2014-11-30</v></c><c r="$B$3"><v> 12 </v></c><c r="B3"><v>1e3</v></c><c r="??"><v>1</v></c><c r="D3" t="s"><v>3</v></c><c r="E3" t="s"><v>99</v></c><c t="s" r="F3"><v>1</v></c></row></sheetData><sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><dataValidations><dataValidation prompt="a > b" sqref="E16"><formula1>_chon!$B$1:$B$2</formula1></dataValidation></dataValidations></worksheet>"#;
const HIDDEN: &str = r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;

fn small() -> Vec<(String, String)> {
    [
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", SHEET),
        ("xl/worksheets/sheet2.xml", HIDDEN),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec()
}

/// The parts of a workbook that reading looks at.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = Package::open(bytes, &Limits::default()).expect("a workbook");
    let mut parts = Vec::new();
    for name in package.files().into_iter().filter(|name| name.starts_with("xl/") && !name.contains("theme")) {
        let part = package.part(&name).expect("whole").expect("there");
        parts.push((name, String::from_utf8(part).expect("UTF-8")));
    }
    parts
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(name.as_str(), stored).expect("a name");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// The same numbers for the same seed, on any machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

/// What is put somewhere into a part: signs of the format, and what the plain walk leaves to the library.
const PUT: &[&str] = &[
    "<",
    ">",
    "/",
    "&",
    ";",
    "\"",
    "'",
    "=",
    " ",
    "\t",
    "\r",
    "\r\n",
    "\n",
    "!",
    "?",
    ":",
    "-",
    "[",
    "]",
    "_x0041_",
    "0",
    "9",
    "-1",
    "é",
    "\u{FEFF}",
    "\0",
    "<!-- n -->",
    "<!---->",
    "<!--",
    "<![CDATA[x<]]>",
    "]]>",
    "<?p q?>",
    "<?xml ?>",
    "<!DOCTYPE a [<!ENTITY e 'x'>]>",
    "<!D>",
    "&amp;",
    "&#65;",
    "&#x;",
    "&e;",
    "&",
    "<v>",
    "</v>",
    "<v/>",
    "<v>7</v>",
    "<c>",
    "</c>",
    "<c/>",
    "<c r=\"B9\" t='s'>",
    "<x:v>",
    "</x:v>",
    "<row>",
    "</row>",
    "<row/>",
    "<t>",
    "</t>",
    "<t/>",
    "<is>",
    "<si>",
    "</si>",
    "<f>",
    "</f>",
    "<f/>",
    " r=\"A9\"",
    " t=\"s\"",
    " t=\"str\"",
    " s=\"1\"",
    " x:r=\"C7\"",
    " r",
    " r = 'B2'",
    "<a b='>'>",
    "<a'>",
    "</a'>",
    "< a>",
    "</ >",
    "<//>",
    "<a/b/>",
    "<a / >",
    "</worksheet>",
];

fn damaged(text: &str, draw: &mut Draw) -> String {
    let mut text = text.to_owned();
    for _ in 0..1 + draw.below(3) {
        // Half of the time just before or behind a sign.
        let place = |draw: &mut Draw| {
            let mut at = draw.below(text.len() + 1);
            if draw.below(2) == 0 {
                at = text.as_bytes()[at..].iter().position(|b| b"<>\"&/".contains(b)).map_or(at, |near| at + near);
                at += draw.below(2).min(text.len() - at);
            }
            (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
        };
        let at = place(draw);
        let to = at + draw.below(24).min(text.len() - at);
        let to = (to..=text.len()).find(|&to| text.is_char_boundary(to)).unwrap_or(text.len());
        let put = PUT[draw.below(PUT.len())];
        match draw.below(10) {
            0..=4 => text.insert_str(at, put),
            5 | 6 => text.replace_range(at..to, put),
            7 => text.replace_range(at..to, ""),
            8 => {
                let piece = text[at..to].to_owned();
                text.insert_str(to, &piece);
            }
            _ if draw.below(4) == 0 => text.truncate(at),
            _ => {
                let from = place(draw);
                let end = from + draw.below(40).min(text.len() - from);
                let end = (end..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
                let piece = text[from..end].to_owned();
                text.insert_str(at, &piece);
            }
        }
    }
    text
}

fn variants() -> usize {
    std::env::var("THIDUA_VARIANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(4_000)
}

#[test]
fn both_walks_read_damaged_workbooks_alike() {
    let mut books = vec![small()];
    for path in files_of(&["templates/dak-lak-2014/blank", "samples/dak-lak-2014/inbox/dang-ky"]).iter().step_by(6) {
        if path.extension().is_some_and(|ext| ext == "xlsx") {
            books.push(parts(&std::fs::read(path).expect("readable")));
        }
    }
    assert!(books.len() > 4);
    let mut draw = Draw(0x7D1D_0A5E_ED00_0001);
    let (mut read, mut refused) = (0, 0);
    for number in 0..variants() {
        // Large ones take their time: one in eight.
        let book = if number % 8 == 0 { draw.below(books.len()) } else { 0 };
        let mut book = books[book].clone();
        let part = draw.below(book.len());
        let text = damaged(&book[part].1, &mut draw);
        let before = std::mem::replace(&mut book[part].1, text);
        let (plain, general) = both(&packed(&book));
        assert!(
            plain == general,
            "variant {number}, {}\n{before}\n{}\n{plain:?}\n{general:?}",
            book[part].0,
            book[part].1
        );
        if plain.is_ok() {
            read += 1;
        } else {
            refused += 1;
        }
    }
    // Damage that only ever refuses, or never does, would prove nothing.
    assert!(read > variants() / 10 && refused > variants() / 10, "{read} read, {refused} refused");
}

#[test]
fn both_walks_give_the_same_events() {
    let events = |text: &str| -> Vec<String> {
        let mut xml = Xml::new(text, "part", Clock::start(&Limits::default()));
        let mut events = Vec::new();
        loop {
            match xml.next() {
                Ok(Event::Eof) => return events,
                Ok(Event::Start(tag)) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                    events.push(format!("<{}{}>", tag.name(), attributes.concat()));
                }
                Ok(event) => events.push(format!("{event:?}")),
                Err(refusal) => {
                    events.push(format!("{refusal}"));
                    return events;
                }
            }
        }
    };
    for text in [SHEET, STRINGS, STYLES, BOOK, RELS, HIDDEN, "", "x", "<a", "</a>", "<a></b>", "<a/>&x;<b>&</b>&"] {
        assert_eq!(events(text), by_the_library(|| events(text)), "{text}");
    }
    let mut draw = Draw(0x7D1D_0A5E_ED00_0002);
    for _ in 0..variants() {
        let text = damaged([SHEET, STRINGS, STYLES, BOOK][draw.below(4)], &mut draw);
        assert_eq!(events(&text), by_the_library(|| events(&text)), "{text}");
    }
}
