//! What the styles of an OpenDocument say: hidden tables, fonts of cells.

use crate::Refusal;
use crate::gather::{Fonts, Gather};
use crate::xml::{Tag, unescape};
use std::collections::HashMap;

pub(super) struct Styles {
    pub(super) fonts: Fonts,
    /// By family and name.
    styles: HashMap<(Family, String), Style>,
    /// The style whose properties come next.
    current: Option<(Family, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Family {
    Table,
    Cell,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    font: u16,
    is_hidden: bool,
}

impl Default for Styles {
    fn default() -> Self {
        Self { fonts: Fonts::new(), styles: HashMap::new(), current: None }
    }
}

impl Styles {
    /// Takes what a start tag says about styles, if it does.
    pub(super) fn learn(&mut self, tag: &Tag<'_>, gather: &Gather<'_>) -> Result<(), Refusal> {
        match tag.name() {
            "style" => {
                let (mut name, mut family, mut style) = (String::new(), None, Style::default());
                for (key, value) in tag.attributes() {
                    match (key, value) {
                        ("family", "table") => family = Some(Family::Table),
                        ("family", "table-cell") => family = Some(Family::Cell),
                        ("name", value) => name = unescape(value).into_owned(),
                        ("parent-style-name", value) => style.parent = Some(unescape(value).into_owned()),
                        _ => {}
                    }
                }
                self.current = family.map(|family| (family, name));
                if let Some(key) = self.current.clone() {
                    gather.table_size(self.styles.len() + 1)?;
                    self.styles.insert(key, style);
                }
            }
            "table-properties" => {
                let is_hidden = tag.attributes().any(|(name, value)| name == "display" && value == "false");
                if let Some(style) = self.current_mut() {
                    style.is_hidden = is_hidden;
                }
            }
            "text-properties" => {
                let font = tag.attributes().find(|(name, _)| matches!(*name, "font-name" | "font-family"));
                let font = font.map_or(0, |(_, value)| self.fonts.add(unescape(value).trim_matches('\'')));
                if let Some(style) = self.current_mut().filter(|_| font != 0) {
                    style.font = font;
                }
            }
            // Number formats and defaults have properties of their own.
            other if other.ends_with("-style") => self.current = None,
            _ => {}
        }
        Ok(())
    }

    fn current_mut(&mut self) -> Option<&mut Style> {
        self.current.as_ref().and_then(|key| self.styles.get_mut(key))
    }

    pub(super) fn hides_table(&self, style: &str) -> bool {
        self.styles.get(&(Family::Table, style.to_owned())).is_some_and(|style| style.is_hidden)
    }

    /// The style's own font or an ancestor's; a circle of parents ends after eight.
    pub(super) fn font_of(&self, style: &str) -> u16 {
        let mut name = style.to_owned();
        for _ in 0..8 {
            let Some(style) = self.styles.get(&(Family::Cell, name)) else { return 0 };
            match &style.parent {
                _ if style.font != 0 => return style.font,
                Some(parent) => name = parent.clone(),
                None => return 0,
            }
        }
        0
    }
}
