//! One worksheet with some cells outlined: its XML goes through once, and only what has to change does.
//!
//! In:  the part, and the cells with the sides of their outlines.
//! Out: the part with other styles on these cells; cells and rows that were not there stand in their order.
//!
//! Not here: rows and their cells (`rows`), comments (`notes`), styles (`styles`).

mod rows;

use crate::Unfit;
use crate::mark::Level;
use crate::styles::Styles;
use crate::xml::{Kind, Splice, Step, Walk, opened, prefixed, with_attr, without_attr};
use std::collections::BTreeMap;
use std::ops::Range;
use thidua_model::CellRef;

/// Cells to be outlined: by row, then column.
pub(crate) type Wanted = BTreeMap<u32, BTreeMap<u32, (Level, u8)>>;

/// A worksheet with its cells marked, while it may still get a drawing for its comments.
pub(crate) struct Marked<'t> {
    splice: Splice<'t>,
    /// The relation of the drawing that comments stand in.
    pub(crate) drawing: Option<String>,
    drawing_at: usize,
    root: &'t str,
    prefix: &'t str,
}

impl Marked<'_> {
    /// Names a new drawing for comments.
    pub(crate) fn add_drawing(&mut self, relation: &str, namespace: &str) {
        let known = crate::xml::namespaces(self.root).find(|(prefix, name)| !prefix.is_empty() && *name == namespace);
        let (declared, prefix) = match known {
            Some((prefix, _)) => (String::new(), prefix),
            None => (format!(" xmlns:r=\"{namespace}\""), "r"),
        };
        let xml = format!("<{}legacyDrawing{declared} {prefix}:id=\"{relation}\"/>", self.prefix);
        self.splice.insert(self.drawing_at, xml);
    }

    /// The part; `None` when nothing of it has changed.
    pub(crate) fn finish(self) -> Result<Option<String>, Unfit> {
        if self.splice.is_unchanged() { Ok(None) } else { self.splice.finish().map(Some) }
    }
}

/// What comes behind the drawing of comments in a worksheet.
const BEHIND: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// Outlines cells, takes earlier outlines off, and lets the sheet be no longer the selected one.
pub(crate) fn mark<'t>(text: &'t str, wanted: &Wanted, styles: &mut Styles) -> Result<Marked<'t>, Unfit> {
    let mut walk = Walk::new(text);
    let mut sheet = Pass::new(text, wanted, styles);
    while let Some(step) = walk.next()? {
        sheet.take(&step, &mut walk)?;
    }
    sheet.finish()
}

/// Lets a sheet of any kind be no longer the selected one; `None` when it is not.
pub(crate) fn unselected(text: &str) -> Result<Option<String>, Unfit> {
    let mut walk = Walk::new(text);
    let mut splice = Splice::new(text);
    while let Some(step) = walk.next()? {
        match step.local() {
            "sheetView" if step.is_start() => unselect(&step, &mut splice),
            // Views come before the cells, which are long.
            "sheetData" => break,
            _ => {}
        }
    }
    if splice.is_unchanged() { Ok(None) } else { splice.finish().map(Some) }
}

/// Two selected sheets are edited together: what is typed into one is typed into both.
fn unselect(step: &Step<'_>, splice: &mut Splice<'_>) {
    if step.attr("tabSelected").is_some_and(|value| !matches!(&*value, "0" | "false")) {
        splice.replace(step.range.clone(), without_attr(step.raw, "tabSelected"));
    }
}

/// A row while its cells come by.
struct Row {
    number: u32,
    tag: Range<usize>,
    style: u32,
    /// Wanted cells not seen yet, with the place where they belong.
    missing: BTreeMap<u32, Option<usize>>,
}

struct Pass<'t, 'w> {
    text: &'t str,
    wanted: &'w Wanted,
    styles: &'w mut Styles,
    splice: Splice<'t>,
    root: &'t str,
    prefix: &'t str,
    /// The next cell without an address stands here.
    next: CellRef,
    in_data: bool,
    row: Option<Row>,
    /// Wanted rows not seen yet, with the place where they belong.
    rows: BTreeMap<u32, Option<usize>>,
    /// The greatest row so far, below which no wanted row is without a place.
    placed: u32,
    columns: Vec<(u32, u32, u32)>,
    data: Option<(Range<usize>, Kind)>,
    data_end: usize,
    drawing: Option<String>,
    drawing_at: Option<usize>,
}

impl<'t, 'w> Pass<'t, 'w> {
    fn new(text: &'t str, wanted: &'w Wanted, styles: &'w mut Styles) -> Self {
        Self {
            text,
            wanted,
            styles,
            splice: Splice::new(text),
            root: "",
            prefix: "",
            next: CellRef::new(0, 0),
            in_data: false,
            row: None,
            rows: wanted.keys().map(|&row| (row, None)).collect(),
            placed: 0,
            columns: Vec::new(),
            data: None,
            data_end: 0,
            drawing: None,
            drawing_at: None,
        }
    }

    fn take(&mut self, step: &Step<'t>, walk: &mut Walk<'t>) -> Result<(), Unfit> {
        match (step.kind, step.local()) {
            (Kind::Open, _) if step.depth == 0 => {
                self.root = step.raw;
                self.prefix = step.prefix();
            }
            (Kind::Close, _) if step.depth == 0 => {
                self.drawing_at.get_or_insert(step.range.start);
            }
            (Kind::Open | Kind::Empty, "c") if self.in_data => self.cell(step, walk)?,
            (Kind::Open | Kind::Empty, "row") if self.in_data => self.begin_row(step)?,
            (Kind::Close, "row") => self.end_row(step.range.start)?,
            (Kind::Open | Kind::Empty, "sheetData") if self.data.is_none() => {
                self.data = Some((step.range.clone(), step.kind));
                self.in_data = step.kind == Kind::Open;
            }
            (Kind::Close, "sheetData") => {
                self.in_data = false;
                self.data_end = step.range.start;
            }
            (Kind::Open | Kind::Empty, "sheetView") if self.data.is_none() => unselect(step, &mut self.splice),
            (Kind::Open | Kind::Empty, "col") if self.data.is_none() => self.column(step),
            (Kind::Open | Kind::Empty, "dimension") if self.data.is_none() => self.dimension(step),
            (Kind::Open | Kind::Empty, "legacyDrawing") if step.depth == 1 => {
                self.drawing = step.attr("id").map(std::borrow::Cow::into_owned);
            }
            (Kind::Open | Kind::Empty, name) if step.depth == 1 && self.data.is_some() && BEHIND.contains(&name) => {
                let range = walk.whole(step)?;
                // What other versions of the format add may stand anywhere; controls come behind.
                let inside = &self.text[range];
                if name != "AlternateContent" || inside.contains("controls") || inside.contains("oleObjects") {
                    self.drawing_at.get_or_insert(step.range.start);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, step: &Step<'t>) {
        let number = |name: &str| step.attr(name).and_then(|value| value.trim().parse::<u32>().ok());
        if let (Some(first), Some(last), Some(style)) = (number("min"), number("max"), number("style")) {
            self.columns.push((first.saturating_sub(1), last.saturating_sub(1), style));
        }
    }

    /// The range that a sheet says it uses grows with the marked cells.
    fn dimension(&mut self, step: &Step<'t>) {
        let Some(range) = step.attr("ref") else { return };
        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
        let (Some(mut first), Some(mut last)) = (CellRef::parse(first), CellRef::parse(last)) else { return };
        let before = (first, last);
        for (&row, cells) in self.wanted {
            for &col in cells.keys() {
                first = CellRef::new(first.row.min(row), first.col.min(col));
                last = CellRef::new(last.row.max(row), last.col.max(col));
            }
        }
        if before != (first, last) {
            let range = format!("{first}:{last}");
            self.splice.replace(step.range.clone(), with_attr(step.raw, "ref", &range));
        }
    }

    fn finish(mut self) -> Result<Marked<'t>, Unfit> {
        let (data, kind) = self.data.clone().ok_or(Unfit)?;
        let mut behind = String::new();
        for (number, place) in std::mem::take(&mut self.rows) {
            let mut cells = String::new();
            for &col in self.wanted.get(&number).into_iter().flat_map(BTreeMap::keys) {
                cells.extend(self.new_cell(CellRef::new(number, col), u32::MAX));
            }
            let row = format!("<{0}row r=\"{1}\">{cells}</{0}row>", self.prefix, u64::from(number) + 1);
            match place {
                Some(place) => self.splice.insert(place, row),
                None => behind.push_str(&row),
            }
        }
        if !behind.is_empty() {
            if kind == Kind::Empty {
                let end = prefixed("</sheetData>", self.prefix);
                self.splice.replace(data.clone(), format!("{}{behind}{end}", opened(&self.text[data])));
            } else {
                self.splice.insert(self.data_end, behind);
            }
        }
        Ok(Marked {
            splice: self.splice,
            drawing: self.drawing,
            drawing_at: self.drawing_at.ok_or(Unfit)?,
            root: self.root,
            prefix: self.prefix,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::border::ALL;
    use crate::styles::minimal;

    const HEAD: &str = "<worksheet xmlns=\"m\" xmlns:r=\"rel\">";

    /// Marks cells of a sheet as errors; the new style is always 1 when the cell had style 0.
    fn marked(inside: &str, cells: &[&str]) -> String {
        let mut wanted = Wanted::new();
        for cell in cells {
            let at = CellRef::parse(cell).expect("an address");
            wanted.entry(at.row).or_default().insert(at.col, (Level::Error, ALL));
        }
        let mut styles = Styles::new(minimal("m"), &[]).expect("styles");
        let text = format!("{HEAD}{inside}</worksheet>");
        let sheet = mark(&text, &wanted, &mut styles).expect("a worksheet").finish().expect("no overlaps");
        let sheet = sheet.unwrap_or(text);
        sheet.strip_prefix(HEAD).and_then(|rest| rest.strip_suffix("</worksheet>")).expect("its ends").to_owned()
    }

    #[test]
    fn a_cell_gets_its_style_where_it_stands_and_one_that_is_not_there_comes_in_order() {
        for (what, inside, cells, expected) in [
            (
                "a cell",
                "<sheetData><row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row></sheetData>",
                &["B2"][..],
                "<sheetData><row r=\"2\"><c r=\"B2\" t=\"s\" s=\"1\"><v>0</v></c></row></sheetData>",
            ),
            (
                "cells before, between and behind",
                "<sheetData><row r=\"2\"><c r=\"B2\"/><c r=\"D2\"/></row></sheetData>",
                &["A2", "C2", "E2", "F2"],
                "<sheetData><row r=\"2\"><c r=\"A2\" s=\"1\"/><c r=\"B2\"/><c r=\"C2\" s=\"1\"/><c r=\"D2\"/>\
                 <c r=\"E2\" s=\"1\"/><c r=\"F2\" s=\"1\"/></row></sheetData>",
            ),
            (
                "cells without addresses",
                "<sheetData><row><c/><c/></row><row><c/></row></sheetData>",
                &["B1", "C1", "A2"],
                "<sheetData><row><c/><c s=\"1\"/><c r=\"C1\" s=\"1\"/></row><row><c s=\"1\"/></row></sheetData>",
            ),
            (
                "rows before, between and behind",
                "<sheetData><row r=\"2\"/><row r=\"4\"><c r=\"A4\"/></row></sheetData>",
                &["A1", "A3", "A5", "B6"],
                "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/></row><row r=\"2\"/><row r=\"3\"><c r=\"A3\" s=\"1\"/></row>\
                 <row r=\"4\"><c r=\"A4\"/></row><row r=\"5\"><c r=\"A5\" s=\"1\"/></row>\
                 <row r=\"6\"><c r=\"B6\" s=\"1\"/></row></sheetData>",
            ),
            (
                "an empty row, its stated columns",
                "<sheetData><row r=\"2\" spans=\"2:3\"/></sheetData>",
                &["E2"],
                "<sheetData><row r=\"2\" spans=\"2:5\"><c r=\"E2\" s=\"1\"/></row></sheetData>",
            ),
            (
                "an empty sheet",
                "<dimension ref=\"A1\"/><sheetData/><pageMargins/>",
                &["B3"],
                "<dimension ref=\"A1:B3\"/><sheetData><row r=\"3\"><c r=\"B3\" s=\"1\"/></row></sheetData><pageMargins/>",
            ),
            (
                "the first of two cells of one address",
                "<sheetData><row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row></sheetData>",
                &["A1"],
                "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"A1\"/></row></sheetData>",
            ),
            (
                "the selected sheet",
                "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetData/>",
                &[],
                "<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetData/>",
            ),
        ] {
            assert_eq!(marked(inside, cells), expected, "{what}");
        }
    }

    #[test]
    fn a_drawing_for_comments_comes_where_the_format_wants_it() {
        for (behind, expected) in [
            ("<pageMargins/><drawing r:id=\"rId1\"/>", "<pageMargins/><drawing r:id=\"rId1\"/>!"),
            ("<tableParts/><extLst/>", "!<tableParts/><extLst/>"),
            (
                "<mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>",
                "!<mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>",
            ),
        ] {
            let text = format!("{HEAD}<sheetData/>{behind}</worksheet>");
            let mut styles = Styles::new(minimal("m"), &[]).expect("styles");
            let wanted = Wanted::new();
            let mut sheet = mark(&text, &wanted, &mut styles).expect("a worksheet");
            sheet.add_drawing("rId9", "rel");
            let drawing = "<legacyDrawing r:id=\"rId9\"/>";
            let expected = format!("{HEAD}<sheetData/>{}</worksheet>", expected.replace('!', drawing));
            assert_eq!(sheet.finish().expect("sound").expect("changed"), expected);
        }
    }
}
