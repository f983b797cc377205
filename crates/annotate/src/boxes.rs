//! The boxes that comments are shown in: the drawing in an old language beside the comments of a sheet.
//!
//! In:  the drawing, if there is one, the cells whose comment is gone, and those whose comment is new.
//! Out: the drawing with boxes taken out and added; everything else in it stays as it is.

use crate::Unfit;
use crate::xml::{Kind, Splice, Walk, append, namespaces};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use thidua_model::CellRef;

const VML: &str = "urn:schemas-microsoft-com:vml";
const OFFICE: &str = "urn:schemas-microsoft-com:office:office";
const EXCEL: &str = "urn:schemas-microsoft-com:office:excel";

/// Numbers of shapes come in blocks; a drawing names its blocks.
const BLOCK: u32 = 1024;

/// A drawing for a sheet that has none. `block`: the number of its first block of shapes, each sheet its own.
pub(crate) fn empty(block: u32, boxes: usize) -> String {
    let blocks: Vec<String> = (0..=boxes as u32 / BLOCK).map(|more| (block + more).to_string()).collect();
    format!(
        "<xml xmlns:v=\"{VML}\" xmlns:o=\"{OFFICE}\" xmlns:x=\"{EXCEL}\"><o:shapelayout v:ext=\"edit\">\
         <o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout></xml>",
        blocks.join(",")
    )
}

const TYPE: &str = "_x0000_t202";

/// Takes boxes out and adds others. `first`: the least number of a new shape; `lines`: how long each comment is.
///
/// # Errors
/// The drawing is not well-formed; nothing of it can be changed.
pub(crate) fn change(
    text: &str,
    gone: &BTreeSet<CellRef>,
    lines: &BTreeMap<CellRef, u32>,
    first: u32,
) -> Result<String, Unfit> {
    let mut walk = Walk::new(text);
    let mut splice = Splice::new(text);
    let mut root = "";
    let (mut greatest, mut has_type) = (first.saturating_sub(1), false);
    while let Some(step) = walk.next()? {
        if step.depth == 0 && step.is_start() {
            root = step.raw;
        }
        match step.local() {
            "shape" if step.is_start() => {
                let id = step.attr("id").unwrap_or_default();
                let number = id.strip_prefix("_x0000_s").and_then(|number| number.parse::<u32>().ok());
                greatest = greatest.max(number.unwrap_or(0));
                let range = walk.whole(&step)?;
                let cell = note_cell(&text[range.clone()])?;
                if cell.is_some_and(|cell| gone.contains(&cell)) {
                    splice.replace(range, String::new());
                }
            }
            "shapetype" if step.is_start() => has_type |= step.attr("id").is_some_and(|id| id == TYPE),
            _ => {}
        }
    }
    let text = splice.finish()?;
    if lines.is_empty() {
        return Ok(text);
    }
    let known = |prefix: &str, name: &str| namespaces(root).any(|known| known == (prefix, name));
    let is_usual = known("v", VML) && known("o", OFFICE) && known("x", EXCEL);
    let declared = match is_usual {
        true => String::new(),
        false => format!(" xmlns:v=\"{VML}\" xmlns:o=\"{OFFICE}\" xmlns:x=\"{EXCEL}\""),
    };
    let mut shapes = String::new();
    if !has_type {
        let _ = write!(
            shapes,
            "<v:shapetype{declared} id=\"{TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
             <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
        );
    }
    for (number, (cell, lines)) in (greatest.saturating_add(1)..).zip(lines) {
        shape(&mut shapes, &declared, number, *cell, *lines);
    }
    append_plain(&text, &shapes)
}

/// Adds XML with its own prefixes.
fn append_plain(text: &str, xml: &str) -> Result<String, Unfit> {
    // The root is called `xml`, without a prefix, so nothing is put before our names.
    append(text, "").and_then(|text| {
        let end = text.rfind("</").ok_or(Unfit)?;
        Ok(format!("{}{xml}{}", &text[..end], &text[end..]))
    })
}

fn shape(out: &mut String, declared: &str, number: u32, cell: CellRef, lines: u32) {
    const LAST_COLUMN: u32 = (1 << 14) - 1;
    // To the right of the cell; at the right end of the grid, to its left.
    let left = if cell.col + 5 <= LAST_COLUMN { cell.col + 1 } else { cell.col.saturating_sub(5) };
    let top = cell.row.saturating_sub(1);
    let bottom = top.saturating_add((lines * 12).div_ceil(15) + 1);
    let anchor = format!("{left}, 15, {top}, 4, {}, 15, {bottom}, 4", left + 4);
    let _ = write!(
        out,
        "<v:shape{declared} id=\"_x0000_s{number}\" type=\"#{TYPE}\" style=\"position:absolute;margin-left:80pt;\
         margin-top:5pt;width:250pt;height:{}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" \
         o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>\
         </v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
        lines * 12 + 8,
        cell.row,
        cell.col
    );
}

/// The cell whose comment a shape shows; `None` for other shapes.
fn note_cell(shape: &str) -> Result<Option<CellRef>, Unfit> {
    let mut walk = Walk::new(shape);
    let (mut is_note, mut inside) = (false, "");
    let (mut row, mut col) = (None, None);
    while let Some(step) = walk.next()? {
        match (step.kind, step.local()) {
            (Kind::Open | Kind::Empty, "ClientData") => {
                is_note = step.attr("ObjectType").is_some_and(|kind| kind == "Note");
            }
            (Kind::Open, name) => inside = name,
            (Kind::Close, _) => inside = "",
            (Kind::Text, _) => match inside {
                "Row" => row = step.raw.trim().parse().ok(),
                "Column" => col = step.raw.trim().parse().ok(),
                _ => {}
            },
            _ => {}
        }
    }
    Ok(row.zip(col).filter(|_| is_note).map(|(row, col)| CellRef::new(row, col)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        let mut walk = Walk::new(text);
        let mut cells = Vec::new();
        while let Some(step) = walk.next().expect("well-formed") {
            if step.is_start() && step.local() == "shape" {
                let range = walk.whole(&step).expect("whole");
                let cell = note_cell(&text[range]).expect("well-formed").expect("a note");
                cells.push(format!("{cell} {}", step.attr("id").expect("an id")));
            }
        }
        cells
    }

    #[test]
    fn boxes_come_and_go_by_their_cells_and_others_stay() {
        let at = |text: &str| CellRef::parse(text).expect("an address");
        let none = BTreeSet::new();
        let two = change(&empty(3, 2), &none, &[(at("B2"), 3), (at("XFD9"), 50)].into(), 3 * BLOCK + 1).unwrap();
        assert_eq!(cells(&two), ["B2 _x0000_s3073", "XFD9 _x0000_s3074"]);
        let other = change(&two, &[at("B2")].into(), &[(at("C3"), 1)].into(), 1).unwrap();
        assert_eq!(cells(&other), ["XFD9 _x0000_s3074", "C3 _x0000_s3075"]);
        assert_eq!(other.matches("<v:shapetype").count(), 1);
        assert_eq!(change(&other, &none, &BTreeMap::new(), 1).unwrap(), other);
        let odd = "<xml xmlns:ns0=\"urn:schemas-microsoft-com:vml\"></xml>";
        assert!(change(odd, &none, &[(at("A1"), 1)].into(), 1).unwrap().contains("<v:shape xmlns:v="));
        assert!(change("<xml><br></xml>", &none, &[(at("A1"), 1)].into(), 1).is_err());
    }
}
