//! A title in both languages of the product.

use thidua_model::Text;

/// Vietnamese first, English beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    pub vi: Text,
    pub en: Text,
}
