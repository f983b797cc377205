//! Reads `.xlsx` and `.xlsm` in one pass over each part.
//!
//! In:  a checked package whose main part is an XML workbook.
//! Out: its worksheets with values, formula flags, what the styles change, and marks of the sheet.
//!
//! An own reader, not the library's: the library allocates what a file claims, forgets percent
//! formats and hidden rows, and loses a whole sheet over one odd cell.

mod cell;
mod sheet;
mod strings;
mod styles;

use crate::encoding::xml_text;
use crate::gather::{Draft, Fonts, Gather, Shared};
use crate::package::{Package, resolve};
use crate::xml::{Event, Xml, is_true, unescape};
use crate::{Note, Refusal};
use styles::Styles;

/// What the whole workbook knows and every sheet needs.
struct Workbook {
    strings: Vec<Shared>,
    styles: Styles,
    fonts: Fonts,
    is_1904: bool,
    /// The writer left calculating to the program that opens the file.
    is_uncalculated: bool,
}

/// A line of a `.rels` part.
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last step of its type: `worksheet`, `sharedStrings`; the same in both OOXML dialects.
    pub(crate) kind: String,
    /// `None` when it leads outside the package.
    pub(crate) target: Option<String>,
}

pub(crate) fn read(package: &mut Package<'_>, main: &str, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let relations = relations(package, main, gather)?;
    let (entries, is_1904, is_uncalculated) = list_sheets(package, main, gather)?;
    let of_kind = |kind: &str, fallback: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind).and_then(|found| found.target.clone());
        found.unwrap_or_else(|| resolve(main, fallback).unwrap_or_default())
    };
    let mut fonts = Fonts::new();
    let styles = match package.part(&of_kind("styles", "styles.xml"))? {
        Some(bytes) => styles::read(&bytes, &mut fonts, gather)?,
        None => Styles::default(),
    };
    let strings = match package.part(&of_kind("sharedStrings", "sharedStrings.xml"))? {
        Some(bytes) => strings::read(&bytes, &mut fonts, gather)?,
        None => Vec::new(),
    };
    let book = Workbook { strings, styles, fonts, is_1904, is_uncalculated };
    for (number, entry) in entries.into_iter().enumerate() {
        let relation = relations.iter().find(|relation| relation.id == entry.relation);
        let path = match relation {
            Some(relation) if relation.kind != "worksheet" => continue,
            Some(relation) => relation.target.clone(),
            None if relations.is_empty() => resolve(main, &format!("worksheets/sheet{}.xml", number + 1)),
            None => None,
        };
        let mut draft = Draft::new(entry.name, entry.is_visible);
        match path.map(|path| package.part(&path)).transpose()?.flatten() {
            Some(bytes) => sheet::read(&bytes, &book, &mut draft, gather)?,
            None => gather.note(Note::SheetLost { sheet: draft.name.clone() }),
        }
        gather.finish_sheet(draft, book.fonts.names())?;
    }
    Ok(())
}

/// The relations of a part; none when it has no `.rels`.
pub(crate) fn relations(package: &mut Package<'_>, part: &str, gather: &Gather<'_>) -> Result<Vec<Relation>, Refusal> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{slash}_rels/{name}.rels");
    let mut relations = Vec::new();
    let Some(bytes) = package.part(&path)? else { return Ok(relations) };
    let (text, _) = xml_text(&bytes);
    let mut xml = Xml::new(&text, &path, gather.clock);
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name() == "Relationship" => {
                let mut relation = Relation { id: String::new(), kind: String::new(), target: None };
                let mut is_external = false;
                for (name, value) in tag.attributes() {
                    match name {
                        "Id" => relation.id = unescape(value).into_owned(),
                        "Type" => relation.kind = value.rsplit('/').next().unwrap_or_default().to_owned(),
                        "Target" => relation.target = resolve(part, &unescape(value)),
                        "TargetMode" => is_external = value == "External",
                        _ => {}
                    }
                }
                if !is_external {
                    gather.table_size(relations.len() + 1)?;
                    relations.push(relation);
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

struct Entry {
    name: String,
    is_visible: bool,
    relation: String,
}

/// The sheets in the order of the tabs; the date system; whether results are to be calculated.
fn list_sheets(
    package: &mut Package<'_>,
    main: &str,
    gather: &Gather<'_>,
) -> Result<(Vec<Entry>, bool, bool), Refusal> {
    let bytes = package.part(main)?.ok_or_else(|| Refusal::missing(main))?;
    let (text, _) = xml_text(&bytes);
    let mut xml = Xml::new(&text, main, gather.clock);
    let (mut entries, mut is_1904, mut is_uncalculated) = (Vec::new(), false, false);
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "sheet" => {
                    let mut entry = Entry { name: String::new(), is_visible: true, relation: String::new() };
                    for (name, value) in tag.attributes() {
                        match name {
                            "name" => entry.name = unescape(value).into_owned(),
                            "state" => entry.is_visible = value == "visible",
                            "id" => entry.relation = unescape(value).into_owned(),
                            _ => {}
                        }
                    }
                    gather.fits(&entry.name)?;
                    entries.push(entry);
                    gather.sheet_count(entries.len())?;
                }
                "workbookPr" => is_1904 = tag.attributes().any(|(name, value)| name == "date1904" && is_true(value)),
                "calcPr" => {
                    is_uncalculated = tag.attributes().any(|(name, value)| name == "fullCalcOnLoad" && is_true(value));
                }
                _ => {}
            },
            Event::Eof => return Ok((entries, is_1904, is_uncalculated)),
            _ => {}
        }
    }
}
