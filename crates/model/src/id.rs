//! Ids: one type each, so that the compiler sees a swapped argument.

use crate::Text;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(Text);

        impl $name {
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(Text::from(id.as_ref()))
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
            pub fn text(&self) -> Text {
                self.0.clone()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }
        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.to_string()
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A class of units: `vmxs`, `vm`, `kha` (xếp loại).
    ClassId
    /// A group of comparable units ranked together (cụm thi đua).
    ClusterId
    /// A node of a scoring table (tiêu chí).
    CriterionId
    /// What is due at a deadline: `ke-hoach`, `dang-ky`, `bao-cao`.
    DocumentId
    /// A line of a form, stable over form versions; never its TT.
    FieldId
    /// A form: `mau-1-hdcd`.
    FormId
    /// A figure of the plan: `CT01`, `PT4`.
    IndicatorId
    /// A kind of unit: district union, sector union, grassroots union.
    KindId
    /// A level of the organisation: `province`, `superior`, `grassroots`.
    LevelId
    /// A list of objects inside a form: `works`, `awards`.
    ListId
    /// A measure: `nguoi`, `dong`.
    MeasureId
    /// A period of the campaign: `dang-ky`, `dot-1`, `dot-2`.
    PeriodId
    /// A sector: `hanh-chinh`, `su-nghiep`, `dnnn`, `dn-ngoai-nn`.
    SectorId
    /// A scoring table (bảng điểm).
    TableId
    /// A unit's code in the register.
    UnitId
}
