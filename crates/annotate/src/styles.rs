//! The styles of a workbook with those added that mark cells, each a copy of the marked cell's own.
//!
//! In:  `styles.xml`, and the edges that outlines of ours replaced when the file was marked before.
//! Out: positions of styles; the part with fonts, fills, borders and formats appended. Nothing that was
//!      there is moved or changed.

use crate::Unfit;
use crate::border::{Border, Edges, MOST_KEPT};
use crate::mark::Level;
use crate::xml::{Kind, Splice, Walk, opened, prefixed, with_attr};
use std::collections::BTreeMap;
use std::ops::Range;

/// Spreadsheet programs take no more formats of cells.
const MOST_FORMATS: usize = 64_000;

/// The lists that grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Fonts,
    Fills,
    Borders,
    Formats,
}

const TABLES: [(&str, Table); 4] =
    [("fonts", Table::Fonts), ("fills", Table::Fills), ("borders", Table::Borders), ("cellXfs", Table::Formats)];

/// A list of the styles: what is there, and what is added.
#[derive(Default)]
struct List {
    /// The opening tag; `None` when the part lacks the list.
    tag: Option<Range<usize>>,
    is_empty_tag: bool,
    old: Vec<Range<usize>>,
    close: usize,
    new: Vec<String>,
}

pub(crate) struct Styles {
    text: String,
    prefix: String,
    lists: [List; 4],
    /// By the style of a cell, the level and the sides of its outline.
    outlined: BTreeMap<(u32, Level, u8), Option<u32>>,
    /// Styles that an earlier marking made, and what they were made of.
    restored: BTreeMap<u32, u32>,
    /// The edges that outlines replace, by their number less one.
    kept: Vec<Edges>,
}

/// The styles of the sheet that lists what to mend.
pub(crate) struct ListStyles {
    pub(crate) title: u32,
    pub(crate) note: u32,
    pub(crate) head: u32,
    pub(crate) text: u32,
    pub(crate) centre: u32,
    pub(crate) levels: [u32; 3],
    pub(crate) link: u32,
}

impl Styles {
    /// # Input
    /// `kept`: the edges that outlines of an earlier marking replaced, by number less one; empty when
    /// there was none.
    pub(crate) fn new(text: String, kept: &[Edges]) -> Result<Self, Unfit> {
        let (prefix, lists) = lists(&text)?;
        if lists.iter().any(|list| list.tag.is_none()) {
            return Err(Unfit);
        }
        let (outlined, restored) = (BTreeMap::new(), BTreeMap::new());
        let mut styles = Self { text, prefix, lists, outlined, restored, kept: Vec::new() };
        if !kept.is_empty() {
            styles.restore(kept)?;
        }
        Ok(styles)
    }

    /// Finds the styles with an outline of ours, and what they were before.
    fn restore(&mut self, kept: &[Edges]) -> Result<(), Unfit> {
        let mut borders: BTreeMap<usize, usize> = BTreeMap::new();
        for position in 0..self.list(Table::Borders).old.len() {
            let border = Border::parse(self.item(Table::Borders, position))?;
            let Some(original) = border.outline().and_then(|number| kept.get(number - 1)) else { continue };
            let restored = self.border_position(&border.restored(original))?;
            borders.insert(position, restored);
        }
        for position in 0..self.list(Table::Formats).old.len() {
            let border = border_of(self.item(Table::Formats, position));
            let Some(&restored) = borders.get(&border) else { continue };
            let format = with_border(self.item(Table::Formats, position), restored);
            let to = self.add(Table::Formats, format);
            self.restored.insert(position as u32, to);
        }
        Ok(())
    }

    /// The position of a border that looks like this one, added if there is none.
    fn border_position(&mut self, border: &Border) -> Result<usize, Unfit> {
        for position in 0..self.list(Table::Borders).old.len() {
            if Border::parse(self.item(Table::Borders, position))? == *border {
                return Ok(position);
            }
        }
        let xml = border.xml(&self.prefix);
        Ok(self.add(Table::Borders, xml) as usize)
    }

    fn list(&self, table: Table) -> &List {
        &self.lists[table as usize]
    }

    /// An entry as it is written.
    fn item(&self, table: Table, position: usize) -> &str {
        let list = self.list(table);
        match list.old.get(position) {
            Some(range) => &self.text[range.clone()],
            None => list.new.get(position - list.old.len()).map_or("", String::as_str),
        }
    }

    fn count(&self, table: Table) -> usize {
        self.list(table).old.len() + self.list(table).new.len()
    }

    /// Adds an entry, or finds one that is written like it.
    fn add(&mut self, table: Table, xml: String) -> u32 {
        let known = (0..self.count(table)).rev().find(|&position| self.item(table, position) == xml);
        let position = known.unwrap_or_else(|| {
            self.lists[table as usize].new.push(xml);
            self.count(table) - 1
        });
        position as u32
    }

    /// The style of a cell without an outline of an earlier marking; `None` when it has none.
    pub(crate) fn restored(&self, style: u32) -> Option<u32> {
        self.restored.get(&style).copied()
    }

    /// An earlier marking has to be taken off.
    pub(crate) fn has_outlines(&self) -> bool {
        !self.restored.is_empty()
    }

    /// A copy of a style that has an outline on some sides, and nothing else of it changed; `None` when the
    /// workbook has no room for it.
    pub(crate) fn outlined(&mut self, style: u32, level: Level, sides: u8) -> Option<u32> {
        let style = self.restored(style).unwrap_or(style);
        // Out of range: the default.
        let style = if (style as usize) < self.count(Table::Formats) { style } else { 0 };
        if let Some(&known) = self.outlined.get(&(style, level, sides)) {
            return known;
        }
        let made = self.outline(style, level, sides);
        self.outlined.insert((style, level, sides), made);
        made
    }

    fn outline(&mut self, style: u32, level: Level, sides: u8) -> Option<u32> {
        if self.count(Table::Formats) >= MOST_FORMATS {
            return None;
        }
        const DEFAULT: &str = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";
        let format = match self.item(Table::Formats, style as usize) {
            "" => prefixed(DEFAULT, &self.prefix),
            format => format.to_owned(),
        };
        let border = match self.item(Table::Borders, border_of(&format)) {
            "" => Border::parse(&prefixed("<border/>", &self.prefix)).ok()?,
            border => Border::parse(border).ok()?,
        };
        let number = match self.kept.iter().position(|kept| *kept == border.edges) {
            Some(position) => position + 1,
            None if self.kept.len() >= MOST_KEPT => return None,
            None => {
                self.kept.push(border.edges.clone());
                self.kept.len()
            }
        };
        let border = border.outlined(level, sides, number).xml(&self.prefix);
        let border = self.add(Table::Borders, border) as usize;
        Some(self.add(Table::Formats, with_border(&format, border)))
    }

    /// The edges that the outlines of this marking replaced, by number less one.
    pub(crate) fn kept(&self) -> &[Edges] {
        &self.kept
    }

    /// The styles of the sheet that lists what to mend.
    pub(crate) fn of_list(&mut self) -> ListStyles {
        let font = |more: &str, size: u8, color: &str| {
            format!(
                "<font>{more}<sz val=\"{size}\"/><color rgb=\"FF{color}\"/><name val=\"Times New Roman\"/>\
                 <family val=\"1\"/></font>"
            )
        };
        let mut font = |more, size, color| self.add_ours(Table::Fonts, &font(more, size, color));
        let (body, title, note) = (font("", 11, "000000"), font("<b/>", 16, "1F3F66"), font("", 11, "595F66"));
        let levels = ["B3121D", "9A5B00", "1F5FA8"].map(|color| font("<b/>", 11, color));
        let (head, link) = (font("<b/>", 11, "1F3F66"), font("<u/>", 11, "0563C1"));
        let fill = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDE6F0\"/><bgColor indexed=\"64\"/>\
                    </patternFill></fill>";
        let fill = self.add_ours(Table::Fills, fill);
        let edge = |name: &str| format!("<{name} style=\"thin\"><color rgb=\"FF9AA5B1\"/></{name}>");
        let edges = ["left", "right", "top", "bottom"].map(edge).concat();
        let border = self.add_ours(Table::Borders, &format!("<border>{edges}<diagonal/></border>"));
        let none = self.add_ours(Table::Borders, "<border><left/><right/><top/><bottom/><diagonal/></border>");
        let none_fill = self.add_ours(Table::Fills, "<fill><patternFill patternType=\"none\"/></fill>");
        let mut format = |font: u32, fill: u32, border: u32, align: &str| {
            let xml = format!(
                "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" \
                 applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment {align}/></xf>"
            );
            self.add_ours(Table::Formats, &xml)
        };
        let wrapped = "vertical=\"top\" wrapText=\"1\"";
        let centred = "horizontal=\"center\" vertical=\"top\" wrapText=\"1\"";
        ListStyles {
            title: format(title, none_fill, none, "vertical=\"center\""),
            note: format(note, none_fill, none, "vertical=\"top\""),
            head: format(head, fill, border, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""),
            text: format(body, none_fill, border, wrapped),
            centre: format(body, none_fill, border, centred),
            levels: levels.map(|font| format(font, none_fill, border, centred)),
            link: format(link, none_fill, border, wrapped),
        }
    }

    /// Adds an entry that is written without prefixes.
    fn add_ours(&mut self, table: Table, xml: &str) -> u32 {
        let xml = prefixed(xml, &self.prefix);
        self.add(table, xml)
    }

    /// The part as it is now.
    pub(crate) fn finish(self) -> Result<String, Unfit> {
        let mut splice = Splice::new(&self.text);
        for (list, (name, _)) in self.lists.iter().zip(TABLES) {
            let Some(tag) = list.tag.clone().filter(|_| !list.new.is_empty()) else { continue };
            let count = (list.old.len() + list.new.len()).to_string();
            let open = with_attr(&self.text[tag.clone()], "count", &count);
            let new = list.new.concat();
            if list.is_empty_tag {
                splice.replace(tag, format!("{}{new}</{}{name}>", opened(&open), self.prefix));
            } else {
                splice.replace(tag, open);
                splice.insert(list.close, new);
            }
        }
        splice.finish()
    }
}

/// Which border a format has.
fn border_of(format: &str) -> usize {
    let tag = first_tag(format);
    crate::xml::attr(tag, "borderId").and_then(|id| id.trim().parse().ok()).unwrap_or(0)
}

/// The format with another border.
fn with_border(format: &str, border: usize) -> String {
    let tag = first_tag(format);
    let changed = with_attr(&with_attr(tag, "borderId", &border.to_string()), "applyBorder", "1");
    format!("{changed}{}", &format[tag.len()..])
}

fn first_tag(xml: &str) -> &str {
    &xml[..xml.find('>').map_or(xml.len(), |at| at + 1)]
}

/// The prefix of the part, and its lists.
fn lists(text: &str) -> Result<(String, [List; 4]), Unfit> {
    let mut walk = Walk::new(text);
    let mut lists: [List; 4] = Default::default();
    let mut prefix = String::new();
    let mut inside = None;
    while let Some(step) = walk.next()? {
        let table = || TABLES.iter().find(|(name, _)| *name == step.local()).map(|(_, table)| *table);
        match (step.depth, step.kind) {
            (0, Kind::Open) if step.local() == "styleSheet" => prefix = step.prefix().to_owned(),
            (1, Kind::Open | Kind::Empty) => {
                let Some(table) = table().filter(|&table| lists[table as usize].tag.is_none()) else { continue };
                let list = &mut lists[table as usize];
                list.tag = Some(step.range.clone());
                list.is_empty_tag = step.kind == Kind::Empty;
                inside = (step.kind == Kind::Open).then_some(table);
            }
            (1, Kind::Close) => {
                if let Some(table) = inside.take() {
                    lists[table as usize].close = step.range.start;
                }
            }
            (2, Kind::Open | Kind::Empty) => {
                let Some(table) = inside else { continue };
                let range = walk.whole(&step)?;
                lists[table as usize].old.push(range);
            }
            _ => {}
        }
    }
    Ok((prefix, lists))
}

/// The styles of a workbook that has none.
pub(crate) fn minimal(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{namespace}\">\
         <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::border::ALL;

    const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    #[test]
    fn a_marked_style_is_the_cells_own_with_another_border() {
        let text = minimal(NAMESPACE).replace(
            "<cellXfs count=\"1\">",
            "<cellXfs count=\"2\"><xf numFmtId=\"3\" fontId=\"0\" fillId=\"1\" borderId=\"0\" xfId=\"0\">\
             <alignment wrapText=\"1\"/><protection locked=\"0\"/></xf>",
        );
        let mut styles = Styles::new(text.clone(), &[]).unwrap();
        assert_eq!(styles.outlined(0, Level::Error, ALL), Some(2));
        assert_eq!(styles.outlined(0, Level::Error, ALL), Some(2), "made once");
        assert_eq!(styles.outlined(99, Level::Error, ALL), Some(2), "out of range is the first");
        assert_eq!(styles.outlined(1, Level::Warning, ALL), Some(3));
        let kept = styles.kept().to_vec();
        let marked = styles.finish().unwrap();
        let added = "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"1\" borderId=\"1\" xfId=\"0\" applyBorder=\"1\">\
                     <alignment wrapText=\"1\"/><protection locked=\"0\"/></xf>";
        assert!(marked.contains(added), "{marked}");
        assert!(marked.contains("<cellXfs count=\"4\">") && marked.contains("<borders count=\"3\">"), "{marked}");

        let mut again = Styles::new(marked, &kept).unwrap();
        let restored = again.restored(2).unwrap();
        assert_eq!(border_of(again.item(Table::Formats, restored as usize)), 0);
        assert_eq!(again.restored(1), None);
        assert_eq!(again.outlined(2, Level::Error, ALL), again.outlined(restored, Level::Error, ALL));
        assert_eq!(again.kept(), kept);
    }

    #[test]
    fn lists_with_prefixes_or_nothing_in_them_are_added_to() {
        let text =
            "<x:styleSheet xmlns:x=\"u\"><x:fonts/><x:fills/><x:borders count=\"0\"/><x:cellXfs/></x:styleSheet>";
        let mut styles = Styles::new(text.to_owned(), &[]).unwrap();
        assert_eq!(styles.outlined(0, Level::Error, ALL), Some(0));
        let text = styles.finish().unwrap();
        assert!(text.contains("<x:cellXfs count=\"1\"><x:xf ") && text.contains("<x:borders count=\"1\"><x:border>"));
        assert!(Styles::new("<styleSheet/>".to_owned(), &[]).is_err());
    }
}
