//! The order of the work on an `.xlsx`: sheets, styles, comments, the list, and what binds them together.
//!
//! In:  a workbook that was read, and marks.
//! Out: the same workbook with the marks in it; or that it cannot be changed in place.

use crate::Unfit;
use crate::border::{ALL, BOTTOM, Edges, LEFT, RIGHT, TOP};
use crate::container::Container;
use crate::content_types::ContentTypes;
use crate::list::{List, MOST_LINES, kept};
use crate::mark::{Level, Mark};
use crate::notes::{self, Said};
use crate::relations::Relations;
use crate::sheet::{self, Wanted};
use crate::styles::{Styles, minimal};
use crate::workbook_part::{Own, WorkbookPart};
use crate::{boxes, words};
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::{CellRef, Text};
use thidua_sheets::marks::is_list;
use thidua_sheets::{Area, Book, Limits, Sheet};

const OF_SPREADSHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// A merged range larger than this is outlined at its first cell alone.
const MOST_MERGED: u64 = 200;

/// What is done to a workbook, and what every step needs.
struct Work<'a, 'b> {
    container: Container<'a>,
    types: ContentTypes,
    book: &'b Book,
    namespace: String,
    /// The namespace of relations, which is also the beginning of their types.
    relations: String,
    styles: Styles,
    /// The number of the next sheet's block of boxes.
    block: u32,
}

/// Marks a workbook in place. `told`: lines for the list, beside those that the work itself gives.
pub(crate) fn edit(
    bytes: &[u8],
    book: &Book,
    marks: &[Mark],
    told: &[String],
    limits: &Limits,
) -> Result<Vec<u8>, Unfit> {
    let mut container = Container::open(bytes, limits)?;
    let mut types = ContentTypes::of(&mut container)?;
    let mut roots = Relations::of(&mut container, "")?;
    let main = roots.by_kind("officeDocument").and_then(|relation| relation.target.clone()).ok_or(Unfit)?;
    let part = WorkbookPart::read(container.text(&main)?.ok_or(Unfit)?)?;
    let mut relations = Relations::of(&mut container, &main)?;
    // Sheets of old macros have no place in an `.xlsx`, and formulas may need them.
    if relations.list.iter().any(|relation| relation.kind.to_ascii_lowercase().ends_with("macrosheet")) {
        return Err(Unfit);
    }
    let mut notes = Vec::new();
    if drop_macros(&mut container, &mut types, &mut relations, &main)? {
        notes.push(words::MACROS.to_owned());
    }
    if drop_signatures(&mut container, &mut types, &mut roots)? {
        notes.push(words::SIGNATURES.to_owned());
    }
    notes.extend_from_slice(told);
    types.set(&main, &format!("{OF_SPREADSHEETS}.sheet.main+xml"))?;

    let own = part.tabs.iter().position(|tab| sheet_of(book, &tab.name).is_some_and(is_list));
    let old = own.and_then(|own| sheet_of(book, &part.tabs[own].name)).map(kept).unwrap_or_default();
    let base = part.relations_namespace().to_owned();
    let styles_path = styles_path(&mut container, &mut types, &mut relations, &base, &part.namespace)?;
    let styles = Styles::new(container.text(&styles_path)?.ok_or(Unfit)?, &old)?;
    let namespace = part.namespace.clone();
    let mut work = Work { container, types, book, namespace, relations: base, styles, block: 1 };

    let mut seen = BTreeSet::new();
    for (position, tab) in part.tabs.iter().enumerate() {
        let relation = relations.by_id(&tab.relation).ok_or(Unfit)?;
        let (kind, path) = (relation.kind.clone(), relation.target.clone().ok_or(Unfit)?);
        if !seen.insert(path.to_lowercase()) {
            return Err(Unfit);
        }
        // A part that is missing stays missing: the sender is told of it again.
        if Some(position) != own && work.container.has(&path) {
            work.tab(&tab.name, &kind, &path, marks)?;
        }
    }

    let (name, path) = match own {
        Some(own) => {
            let path = relations.by_id(&part.tabs[own].relation).and_then(|it| it.target.clone()).ok_or(Unfit)?;
            (part.tabs[own].name.clone(), path)
        }
        None => {
            // Nor the name of a part that is listed and missing.
            let is_free = |path: &String| !work.container.has(path) && !seen.contains(path);
            let mut paths = (1..).map(|number: u32| format!("xl/worksheets/sheet{number}.xml"));
            let path = paths.find(is_free).ok_or(Unfit)?;
            (part.free_name(words::SHEET), path)
        }
    };
    let head = work.list(&path, &part, own, marks, &notes)?;
    let text = match own {
        Some(position) => part.with(Own::Known { position, name: &name }, head)?,
        None => {
            work.types.set(&path, &format!("{OF_SPREADSHEETS}.worksheet+xml"))?;
            let relation = relations.add(&work.relations, "worksheet", &path)?;
            part.with(Own::New { name: &name, relation: &relation }, head)?
        }
    };
    work.container.put(&main, &text);
    finish(work, roots, relations, &styles_path)
}

fn finish(work: Work<'_, '_>, roots: Relations, relations: Relations, styles_path: &str) -> Result<Vec<u8>, Unfit> {
    let Work { mut container, types, styles, .. } = work;
    container.put(styles_path, &styles.finish()?);
    roots.store(&mut container);
    relations.store(&mut container);
    types.store(&mut container);
    container.finish()
}

fn sheet_of<'b>(book: &'b Book, name: &str) -> Option<&'b Sheet> {
    book.sheets.iter().find(|sheet| *sheet.name == *name)
}

/// Takes programs out of a workbook; `false` when there are none.
fn drop_macros(
    container: &mut Container<'_>,
    types: &mut ContentTypes,
    relations: &mut Relations,
    main: &str,
) -> Result<bool, Unfit> {
    let is_macro = |kind: &str| matches!(kind, "vbaProject" | "attachedToolbars");
    let mut parts = relations.remove(main, |relation| is_macro(&relation.kind))?;
    // One that nothing leads to is one all the same.
    parts.extend(container.names().into_iter().filter(|name| name.ends_with("/vbaproject.bin")));
    if parts.is_empty() {
        return Ok(false);
    }
    for part in parts.clone() {
        // Signatures of the program and the like.
        let of_part = Relations::of(container, &part)?;
        parts.extend(of_part.list.iter().filter_map(|relation| relation.target.clone()));
        container.remove(&crate::relations::path_of(&part));
    }
    for part in parts {
        container.remove(&part);
    }
    let has_other = container.names().iter().any(|name| name.ends_with(".bin"));
    types.forget(container, |kind| kind.ends_with("vbaProject") && !has_other)?;
    Ok(true)
}

/// Takes digital signatures out, which a changed file breaks; `false` when there are none.
fn drop_signatures(
    container: &mut Container<'_>,
    types: &mut ContentTypes,
    roots: &mut Relations,
) -> Result<bool, Unfit> {
    let parts = roots.remove("", |relation| relation.base.ends_with("digital-signature"))?;
    if parts.is_empty() {
        return Ok(false);
    }
    for part in container.names().into_iter().filter(|name| name.starts_with("_xmlsignatures/")) {
        container.remove(&part);
    }
    types.forget(container, |_| false)?;
    Ok(true)
}

/// Where the styles stand; a workbook without any gets some.
fn styles_path(
    container: &mut Container<'_>,
    types: &mut ContentTypes,
    relations: &mut Relations,
    base: &str,
    namespace: &str,
) -> Result<String, Unfit> {
    let known = relations.by_kind("styles").and_then(|relation| relation.target.clone());
    if let Some(path) = known {
        return if container.has(&path) { Ok(path) } else { Err(Unfit) };
    }
    let path = container.free(|number| match number {
        1 => "xl/styles.xml".to_owned(),
        number => format!("xl/styles{number}.xml"),
    });
    container.put(&path, &minimal(namespace));
    types.set(&path, &format!("{OF_SPREADSHEETS}.styles+xml"))?;
    relations.add(base, "styles", &path)?;
    Ok(path)
}

impl Work<'_, '_> {
    /// Marks one tab, or lets it be no longer the selected one.
    fn tab(&mut self, name: &str, kind: &str, path: &str, marks: &[Mark]) -> Result<(), Unfit> {
        let text = self.container.text(path)?.ok_or(Unfit)?;
        let sheet = sheet_of(self.book, name).filter(|_| kind == "worksheet");
        let Some(sheet) = sheet else {
            if let Some(text) = sheet::unselected(&text)? {
                self.container.put(path, &text);
            }
            return Ok(());
        };
        let marks: Vec<&Mark> = marks.iter().take(MOST_LINES).filter(|mark| is_on(mark, name)).collect();
        let (wanted, said) = (wanted(sheet, &marks), said(sheet, &marks));
        let mut relations = Relations::of(&mut self.container, path)?;
        let comments = relations.by_kind("comments").and_then(|relation| relation.target.clone());
        let old = match &comments {
            Some(comments) => self.container.text(comments)?,
            None => None,
        };
        let has_ours = old.as_ref().is_some_and(|text| text.contains(words::AUTHOR));
        if wanted.is_empty() && !has_ours && !self.styles.has_outlines() {
            if let Some(text) = sheet::unselected(&text)? {
                self.container.put(path, &text);
            }
            return Ok(());
        }
        let mut marked = sheet::mark(&text, &wanted, &mut self.styles)?;
        if !said.is_empty() || has_ours {
            let drawing = match &marked.drawing {
                Some(id) => Some(relations.by_id(id).and_then(|it| it.target.clone()).ok_or(Unfit)?),
                None => None,
            };
            if let Some(new) = self.comments(&mut relations, comments, old, drawing, &said)? {
                marked.add_drawing(&new, &self.relations);
            }
        }
        if let Some(text) = marked.finish()? {
            self.container.put(path, &text);
        }
        relations.store(&mut self.container);
        Ok(())
    }

    /// Says what is to be said of cells; gives the relation of a drawing that is new.
    fn comments(
        &mut self,
        relations: &mut Relations,
        path: Option<String>,
        old: Option<String>,
        drawing: Option<String>,
        said: &BTreeMap<CellRef, Said>,
    ) -> Result<Option<String>, Unfit> {
        let old = old.unwrap_or_else(|| notes::empty(&self.namespace));
        let changed = notes::change(&old, said)?;
        let path = match path {
            Some(path) => path,
            None => {
                let path = self.container.free(|number| format!("xl/comments{number}.xml"));
                self.types.set(&path, &format!("{OF_SPREADSHEETS}.comments+xml"))?;
                relations.add(&self.relations, "comments", &path)?;
                path
            }
        };
        self.container.put(&path, &changed.text);
        let of_cell = |at: &CellRef| Some((*at, notes::lines(said.get(at)?)));
        let lines: BTreeMap<CellRef, u32> = changed.new.iter().filter_map(of_cell).collect();
        let first = self.block * 1024 + 1;
        if let Some(drawing) = drawing {
            let text = self.container.text(&drawing)?.ok_or(Unfit)?;
            self.container.put(&drawing, &boxes::change(&text, &changed.gone, &lines, 1025)?);
            return Ok(None);
        }
        if lines.is_empty() {
            return Ok(None);
        }
        let drawing = self.container.free(|number| format!("xl/drawings/vmlDrawing{number}.vml"));
        let empty = boxes::empty(self.block, lines.len());
        self.container.put(&drawing, &boxes::change(&empty, &BTreeSet::new(), &lines, first)?);
        self.block += 1 + lines.len() as u32 / 1024;
        self.types.set_by_ending(&drawing, "vml", DRAWING_TYPE)?;
        relations.add(&self.relations, "vmlDrawing", &drawing).map(Some)
    }

    /// Writes the list; gives the row of its headings.
    fn list(
        &mut self,
        path: &str,
        part: &WorkbookPart,
        own: Option<usize>,
        marks: &[Mark],
        notes: &[String],
    ) -> Result<u32, Unfit> {
        let styles = self.styles.of_list();
        let tabs = part.tabs.iter().enumerate();
        let shown = tabs.filter(|(position, tab)| tab.is_visible && Some(*position) != own);
        let shown: Vec<Text> = shown.map(|(_, tab)| Text::from(&*tab.name)).collect();
        let kept: Vec<Edges> = self.styles.kept().to_vec();
        let list = List { marks, shown: &shown, notes, kept: &kept, styles: &styles, namespace: &self.namespace };
        self.container.put(path, &list.xml());
        Ok(list.head_row())
    }
}

fn is_on(mark: &Mark, sheet: &str) -> bool {
    mark.sheet.as_deref() == Some(sheet)
}

/// The cell that shows what stands at a place: of a merged range its first.
fn shown_at(sheet: &Sheet, at: CellRef) -> CellRef {
    sheet.merged_at(at).map_or(at, |area| area.first)
}

/// The cells to be outlined, each with its sides; of several marks on a cell the worst counts.
fn wanted(sheet: &Sheet, marks: &[&Mark]) -> Wanted {
    let mut wanted = Wanted::new();
    for mark in marks {
        let Some(at) = mark.cell else { continue };
        match sheet.merged_at(at).filter(|area| size(area) <= MOST_MERGED) {
            Some(area) => {
                for row in area.first.row..=area.last.row {
                    for col in area.first.col..=area.last.col {
                        let at = CellRef::new(row, col);
                        put(&mut wanted, at, mark.level, sides(area, at));
                    }
                }
            }
            None => put(&mut wanted, shown_at(sheet, at), mark.level, ALL),
        }
    }
    wanted
}

fn put(wanted: &mut Wanted, at: CellRef, level: Level, sides: u8) {
    if sides == 0 {
        return;
    }
    let entry = wanted.entry(at.row).or_default().entry(at.col).or_insert((level, sides));
    *entry = (entry.0.min(level), entry.1 | sides);
}

fn size(area: &Area) -> u64 {
    let length = |first: u32, last: u32| u64::from(last.saturating_sub(first)) + 1;
    length(area.first.row, area.last.row) * length(area.first.col, area.last.col)
}

/// The sides of a cell on the rim of its range.
fn sides(area: &Area, at: CellRef) -> u8 {
    let side = |is_rim: bool, side: u8| if is_rim { side } else { 0 };
    side(at.col == area.first.col, LEFT)
        | side(at.col == area.last.col, RIGHT)
        | side(at.row == area.first.row, TOP)
        | side(at.row == area.last.row, BOTTOM)
}

/// What is said of each cell, in the order of the marks.
fn said(sheet: &Sheet, marks: &[&Mark]) -> BTreeMap<CellRef, Said> {
    let mut said: BTreeMap<CellRef, Said> = BTreeMap::new();
    for mark in marks {
        let Some(at) = mark.cell else { continue };
        said.entry(shown_at(sheet, at)).or_default().push(words::comment(mark));
    }
    said
}
