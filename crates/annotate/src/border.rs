//! The border of a cell style, the outline that marks it, and the way back from one to the other.
//!
//! In:  a `border` of the styles.
//! Out: the same border with an outline in a colour that names the border it replaced.
//!
//! A file that is sent again after mending has passed through an office program, which numbers styles
//! anew. The colour of an outline survives that: its lowest bits, which no eye tells apart, are the number
//! of the original edges in a list that the sheet "Cần sửa" keeps.

use crate::Unfit;
use crate::mark::Level;
use crate::xml::{Step, Walk, attr, opened};

/// The four edges, as bits and positions.
pub(crate) const LEFT: u8 = 1;
pub(crate) const RIGHT: u8 = 2;
pub(crate) const TOP: u8 = 4;
pub(crate) const BOTTOM: u8 = 8;
pub(crate) const ALL: u8 = 15;

const NAMES: [&str; 4] = ["left", "right", "top", "bottom"];

/// Most original borders that are told apart.
pub(crate) const MOST_KEPT: usize = 4095;

const STYLES: [&str; 13] = [
    "thin",
    "medium",
    "dashed",
    "dotted",
    "thick",
    "double",
    "hair",
    "mediumDashed",
    "dashDot",
    "mediumDashDot",
    "dashDotDot",
    "mediumDashDotDot",
    "slantDashDot",
];

/// A line along a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    style: &'static str,
    /// Attributes of its colour, of known names and plain values: `rgb="FF000000"`.
    color: String,
}

/// Left, right, top, bottom.
pub(crate) type Edges = [Option<Edge>; 4];

/// A border of the styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Border {
    /// The opening tag as it is written.
    open: String,
    pub(crate) edges: Edges,
    /// Diagonals and inner lines, as they are written.
    rest: String,
}

impl Border {
    pub(crate) fn plain() -> Self {
        Self { open: "<border>".to_owned(), edges: Edges::default(), rest: String::new() }
    }

    pub(crate) fn parse(raw: &str) -> Result<Self, Unfit> {
        let mut walk = Walk::new(raw);
        let mut border = Self::plain();
        while let Some(step) = walk.next()? {
            if !step.is_start() {
                continue;
            }
            if step.depth == 0 {
                border.open = opened(step.raw);
                continue;
            }
            let position = match step.local() {
                "left" | "start" => Some(0),
                "right" | "end" => Some(1),
                name => NAMES.iter().position(|known| *known == name),
            };
            let range = walk.whole(&step)?;
            let whole = &raw[range];
            match position {
                Some(position) => border.edges[position] = edge(&step, whole)?,
                None => border.rest.push_str(whole),
            }
        }
        Ok(border)
    }

    pub(crate) fn xml(&self, prefix: &str) -> String {
        use std::fmt::Write;
        let mut out = self.open.clone();
        for (name, edge) in NAMES.iter().zip(&self.edges) {
            let _ = match edge {
                Some(Edge { style, color }) if color.is_empty() => {
                    write!(out, "<{prefix}{name} style=\"{style}\"/>")
                }
                Some(Edge { style, color }) => {
                    write!(out, "<{prefix}{name} style=\"{style}\"><{prefix}color {color}/></{prefix}{name}>")
                }
                None => write!(out, "<{prefix}{name}/>"),
            };
        }
        let _ = write!(out, "{}</{prefix}border>", self.rest);
        out
    }

    /// The same with an outline on some edges; `number` is that of the edges as they are now.
    pub(crate) fn outlined(mut self, level: Level, sides: u8, number: usize) -> Self {
        for (position, edge) in self.edges.iter_mut().enumerate() {
            if sides & (1 << position) != 0 {
                *edge = Some(Edge { style: "medium", color: format!("rgb=\"{}\"", color(level, number)) });
            }
        }
        self
    }

    /// The number of the edges that an outline replaced; `None` when no edge is an outline of ours.
    pub(crate) fn outline(&self) -> Option<usize> {
        self.edges.iter().flatten().find_map(|edge| number(&edge.color))
    }

    /// The same with its outline taken off.
    pub(crate) fn restored(mut self, original: &Edges) -> Self {
        for (edge, original) in self.edges.iter_mut().zip(original) {
            if edge.as_ref().is_some_and(|edge| number(&edge.color).is_some()) {
                edge.clone_from(original);
            }
        }
        self
    }
}

fn edge(open: &Step<'_>, whole: &str) -> Result<Option<Edge>, Unfit> {
    let style = open.attr("style").unwrap_or_default();
    let Some(style) = STYLES.iter().find(|known| **known == style) else { return Ok(None) };
    let mut walk = Walk::new(whole);
    let mut color = String::new();
    while let Some(step) = walk.next()? {
        if step.is_start() && step.local() == "color" {
            color = color_of(|name| attr(step.raw, name).map(std::borrow::Cow::into_owned));
        }
    }
    Ok(Some(Edge { style, color }))
}

/// The attributes of a colour, the known ones with plain values.
fn color_of(value: impl Fn(&str) -> Option<String>) -> String {
    let is_plain = |value: &String| {
        (1..=24).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    let known = ["auto", "indexed", "rgb", "theme", "tint"].iter();
    let known = known.filter_map(|name| Some(format!("{name}=\"{}\"", value(name).filter(is_plain)?)));
    known.collect::<Vec<_>>().join(" ")
}

/// Edges as a text of a cell: `thin rgb=FF000000|||hair auto=1`.
pub(crate) fn told(edges: &Edges) -> String {
    let told = edges.iter().map(|edge| match edge {
        Some(edge) => format!("{} {}", edge.style, edge.color.replace('"', "")).trim_end().to_owned(),
        None => String::new(),
    });
    told.collect::<Vec<_>>().join("|")
}

/// The edges of such a text; `None` when it is none.
pub(crate) fn understood(text: &str) -> Option<Edges> {
    let parts: Vec<&str> = text.split('|').collect();
    let [left, right, top, bottom] = parts.as_slice() else { return None };
    let edge = |text: &str| {
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        let Some(style) = words.next() else { return Some(None) };
        let style = STYLES.iter().find(|known| **known == style)?;
        let words: Vec<(&str, &str)> = words.filter_map(|word| word.split_once('=')).collect();
        let value = |name: &str| words.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Some(Some(Edge { style, color: color_of(value) }))
    };
    Some([edge(left)?, edge(right)?, edge(top)?, edge(bottom)?])
}

/// High bits of red, green and blue of an outline; the low four of each are a number.
const COLORS: [[u8; 3]; 3] = [[0xD0, 0x10, 0x20], [0xE0, 0x90, 0x00], [0x20, 0x70, 0xC0]];

/// The colour of an outline.
fn color(level: Level, number: usize) -> String {
    let [red, green, blue] = COLORS[Level::ALL.iter().position(|&known| known == level).unwrap_or(0)];
    let low = |shift: usize| (number >> shift & 15) as u8;
    format!("FF{:02X}{:02X}{:02X}", red | low(0), green | low(4), blue | low(8))
}

/// The number in the colour of an outline; `None` for any other colour.
fn number(color: &str) -> Option<usize> {
    let hex = color.strip_prefix("rgb=\"FF").or_else(|| color.strip_prefix("rgb=\"ff"))?.strip_suffix('"')?;
    let all = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    let [_, red, green, blue] = all.to_be_bytes();
    let is_ours = COLORS.contains(&[red & 0xF0, green & 0xF0, blue & 0xF0]);
    let number = usize::from(red & 15) | usize::from(green & 15) << 4 | usize::from(blue & 15) << 8;
    (is_ours && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_changes_the_edges_alone_and_tells_what_they_were() {
        for raw in [
            "<border/>",
            "<border><left/><right/><top/><bottom/><diagonal/></border>",
            "<border diagonalUp=\"1\"><left style=\"thin\"><color rgb=\"FF112233\"/></left><right style=\"hair\"/>\
             <top style=\"double\"><color theme=\"1\" tint=\"-0.25\"/></top><bottom/>\
             <diagonal style=\"thin\"><color auto=\"1\"/></diagonal></border>",
        ] {
            let border = Border::parse(raw).unwrap();
            let told = told(&border.edges);
            assert_eq!(understood(&told).as_ref(), Some(&border.edges), "{told}");
            for (level, sides, number) in [(Level::Error, ALL, 1), (Level::Warning, LEFT | TOP, 4095)] {
                let marked = border.clone().outlined(level, sides, number);
                let back = Border::parse(&marked.xml("")).unwrap();
                assert_eq!(back.outline(), Some(number), "{}", marked.xml(""));
                assert_eq!(back.restored(&border.edges).edges, border.edges);
            }
            assert_eq!(border.outline(), None);
            assert_eq!(Border::parse(&border.xml("")).unwrap(), Border::parse(&border.xml("")).unwrap());
        }
        let prefixed = Border::parse("<x:border><x:left style=\"thin\"/><x:diagonal/></x:border>").unwrap();
        assert_eq!(
            prefixed.xml("x:"),
            "<x:border><x:left style=\"thin\"/><x:right/><x:top/><x:bottom/><x:diagonal/></x:border>"
        );
    }

    #[test]
    fn usual_colours_and_odd_texts_are_not_taken_for_ours() {
        for color in ["FFC00000", "FFFF0000", "FFFFC000", "FF0070C0", "FFD01020", "FFE09000", "D01121", "x"] {
            assert_eq!(number(&format!("rgb=\"{color}\"")), None, "{color}");
        }
        for text in ["", "|||", "thin|thin|thin", "wavy|||", "thin rgb=<x>|||"] {
            let edges = understood(text);
            let is_sound = edges.as_ref().is_none_or(|edges| !edges.iter().flatten().any(|it| it.color.contains('<')));
            assert!(is_sound, "{text}");
        }
        assert_eq!(understood("|||"), Some(Edges::default()));
        assert_eq!(understood("wavy|||"), None);
    }
}
