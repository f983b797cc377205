//! The main part of a workbook: its tabs, and what counts them.
//!
//! In:  `workbook.xml`.
//! Out: the same with a tab in front, everything that names tabs by number moved on, opening on that tab.

use crate::Unfit;
use crate::xml::{Kind, Splice, Step, Walk, escaped, namespaces, prefixed, unescaped, with_attr};
use std::borrow::Cow;

/// A tab as the workbook lists it.
#[derive(Debug, Clone)]
pub(crate) struct Tab {
    pub(crate) name: String,
    pub(crate) relation: String,
    pub(crate) is_visible: bool,
    sheet_id: u32,
}

/// What is read of a main part before it is changed.
pub(crate) struct WorkbookPart {
    text: String,
    prefix: String,
    root: String,
    pub(crate) tabs: Vec<Tab>,
    /// Namespace of the format; it has two.
    pub(crate) namespace: String,
}

/// Where our own sheet stands in the workbook.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Own<'n> {
    /// It is to be put in front.
    New { name: &'n str, relation: &'n str },
    /// It is there already, at this position.
    Known { position: usize, name: &'n str },
}

/// The rows of a list that are repeated on each printed page.
pub(crate) type HeadRow = u32;

impl WorkbookPart {
    pub(crate) fn read(text: String) -> Result<Self, Unfit> {
        let mut walk = Walk::new(&text);
        let (mut tabs, mut prefix, mut root) = (Vec::new(), String::new(), String::new());
        while let Some(step) = walk.next()? {
            match step.local() {
                "workbook" if step.is_start() && step.depth == 0 => {
                    prefix = step.prefix().to_owned();
                    root = step.raw.to_owned();
                }
                "sheet" if step.is_start() && step.depth == 2 => tabs.push(tab(&step)?),
                _ => {}
            }
        }
        let wanted = prefix.trim_end_matches(':');
        let namespace = namespaces(&root).find(|(known, _)| *known == wanted).map(|(_, name)| name.to_owned());
        let namespace = namespace.unwrap_or_else(|| MAIN.to_owned());
        if tabs.is_empty() {
            return Err(Unfit);
        }
        Ok(Self { text, prefix, root, tabs, namespace })
    }

    /// The namespace of relations that goes with the format's.
    pub(crate) fn relations_namespace(&self) -> &'static str {
        if self.namespace == MAIN { RELATIONS } else { STRICT_RELATIONS }
    }

    /// A name that no tab has: spreadsheets do not tell case apart.
    pub(crate) fn free_name(&self, wanted: &str) -> String {
        let is_free = |name: &String| !self.tabs.iter().any(|tab| tab.name.to_lowercase() == name.to_lowercase());
        let names = (1..).map(|number| if number == 1 { wanted.to_owned() } else { format!("{wanted} ({number})") });
        names.into_iter().find(is_free).expect("numbers do not end")
    }

    /// The part with our sheet in it, opening on it. `head`: the row that each printed page repeats.
    pub(crate) fn with(&self, own: Own<'_>, head: HeadRow) -> Result<String, Unfit> {
        let mut walk = Walk::new(&self.text);
        let mut splice = Splice::new(&self.text);
        let (position, name) = match own {
            Own::New { name, .. } => (0, name),
            Own::Known { position, name } => (position, name),
        };
        let titles = self.titles(position, name, head);
        let (mut has_views, mut sheets_at, mut names_at, mut behind_sheets) = (false, None, None, None);
        while let Some(step) = walk.next()? {
            match (step.kind, step.local()) {
                (Kind::Open | Kind::Empty, "workbookView") if step.depth == 2 => {
                    has_views = true;
                    let tag = with_attr(step.raw, "activeTab", &position.to_string());
                    splice.replace(step.range.clone(), with_attr(&tag, "firstSheet", "0"));
                }
                (Kind::Open, "sheets") if step.depth == 1 => {
                    sheets_at = Some(step.range.start);
                    if let Own::New { name, relation } = own {
                        splice.insert(step.range.end, self.entry(name, relation));
                    }
                }
                (Kind::Close, "sheets" | "functionGroups" | "externalReferences") if step.depth == 1 => {
                    behind_sheets = Some(step.range.end);
                }
                (Kind::Empty, "functionGroups" | "externalReferences") if step.depth == 1 => {
                    behind_sheets = Some(step.range.end);
                }
                (Kind::Close, "definedNames") if step.depth == 1 => {
                    names_at = Some(step.range.start);
                    splice.insert(step.range.start, titles.clone());
                }
                (Kind::Empty, "definedNames") if step.depth == 1 => {
                    names_at = Some(step.range.start);
                    let names = format!("{0}{titles}</{1}definedNames>", crate::xml::opened(step.raw), self.prefix);
                    splice.replace(step.range.clone(), names);
                }
                (Kind::Open | Kind::Empty, "definedName") if step.depth == 2 => {
                    let number = step.attr("localSheetId").and_then(|number| number.trim().parse::<usize>().ok());
                    match (own, number) {
                        (Own::New { .. }, Some(number)) => {
                            let next = number.saturating_add(1).to_string();
                            splice.replace(step.range.clone(), with_attr(step.raw, "localSheetId", &next));
                        }
                        (Own::Known { position, .. }, Some(number)) if number == position => {
                            let range = walk.whole(&step)?;
                            splice.replace(range, String::new());
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        if names_at.is_none() {
            let names = format!("<{0}definedNames>{titles}</{0}definedNames>", self.prefix);
            splice.insert(behind_sheets.ok_or(Unfit)?, names);
        }
        if !has_views && position > 0 {
            let views = format!("<bookViews><workbookView activeTab=\"{position}\"/></bookViews>");
            splice.insert(sheets_at.ok_or(Unfit)?, prefixed(&views, &self.prefix));
        }
        splice.finish()
    }

    fn titles(&self, position: usize, name: &str, head: HeadRow) -> String {
        let quoted = quoted(name);
        prefixed(
            &format!(
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{position}\">{}!${head}:${head}</definedName>",
                escaped(&quoted)
            ),
            &self.prefix,
        )
    }

    fn entry(&self, name: &str, relation: &str) -> String {
        let namespace = self.relations_namespace();
        let known = namespaces(&self.root).find(|(prefix, known)| !prefix.is_empty() && *known == namespace);
        let (declared, prefix) = match known {
            Some((prefix, _)) => (String::new(), prefix.to_owned()),
            None => (format!(" xmlns:r=\"{namespace}\""), "r".to_owned()),
        };
        let id = self.tabs.iter().map(|tab| tab.sheet_id).max().unwrap_or(0).saturating_add(1);
        let name = escaped(name);
        format!("<{}sheet{declared} name=\"{name}\" sheetId=\"{id}\" {prefix}:id=\"{relation}\"/>", self.prefix)
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_RELATIONS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// A sheet as formulas and links name it.
pub(crate) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

fn tab(step: &Step<'_>) -> Result<Tab, Unfit> {
    Ok(Tab {
        name: step.attr("name").map(Cow::into_owned).unwrap_or_default(),
        relation: step.attr("id").map(|id| unescaped(&id).into_owned()).ok_or(Unfit)?,
        is_visible: step.attr("state").is_none_or(|state| state == "visible"),
        sheet_id: step.attr("sheetId").and_then(|id| id.trim().parse().ok()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">";
    const OURS: &str = "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Cần sửa'!$4:$4</definedName>";

    fn with(inside: &str, own: Own<'_>) -> String {
        let part = WorkbookPart::read(format!("{ROOT}{inside}</workbook>")).expect("a workbook");
        let text = part.with(own, 4).expect("sound");
        text.strip_prefix(ROOT).and_then(|rest| rest.strip_suffix("</workbook>")).expect("its ends").to_owned()
    }

    #[test]
    fn a_tab_in_front_moves_on_what_counts_tabs() {
        let own = Own::New { name: "Cần sửa", relation: "rId9" };
        let tab = "<sheet name=\"Cần sửa\" sheetId=\"8\" r:id=\"rId9\"/>";
        for (inside, expected) in [
            (
                "<sheets><sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/></sheets><calcPr/>".to_owned(),
                format!(
                    "<sheets>{tab}<sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/></sheets><definedNames>{OURS}</definedNames><calcPr/>"
                ),
            ),
            (
                "<bookViews><workbookView activeTab=\"2\" firstSheet=\"1\"/></bookViews>\
                 <sheets><sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/></sheets><definedNames>\
                 <definedName name=\"x\">A!$A$1</definedName>\
                 <definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">A!$A$1:$B$2</definedName></definedNames>"
                    .to_owned(),
                format!(
                    "<bookViews><workbookView activeTab=\"0\" firstSheet=\"0\"/></bookViews>\
                     <sheets>{tab}<sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/></sheets><definedNames>\
                     <definedName name=\"x\">A!$A$1</definedName>\
                     <definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">A!$A$1:$B$2</definedName>{OURS}</definedNames>"
                ),
            ),
        ] {
            let first = with(&inside, own);
            assert_eq!(first, expected);
            // Once more, with the sheet there: nothing moves, and its own names are given once.
            assert_eq!(with(&first, Own::Known { position: 0, name: "Cần sửa" }), first);
        }
    }

    #[test]
    fn a_name_is_free_whatever_its_case() {
        let inside = "<sheets><sheet name=\"CẦN SỬA\" sheetId=\"1\" r:id=\"a\"/></sheets>";
        let part = WorkbookPart::read(format!("{ROOT}{inside}</workbook>")).expect("a workbook");
        assert_eq!(part.free_name("Cần sửa"), "Cần sửa (2)");
        assert!(WorkbookPart::read("<workbook/>".to_owned()).is_err());
    }
}
