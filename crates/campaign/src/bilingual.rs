//! A title in both languages of the product.

use thidua_model::{Lang, Text};

/// Vietnamese first, English beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    pub vi: Text,
    pub en: Text,
}

impl Bilingual {
    pub fn of(&self, lang: Lang) -> &Text {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}
