//! What tells whose a sheet is and for which period, and what each of them says, in both languages.

use super::Lang;
use super::phrase::{Said, phrases};
use crate::Text;
use std::borrow::Cow;

phrases! {
    /// Something that names a unit or a period.
    Witness {
        Header vi "đầu biểu" en "the header"
        Identity vi "danh tính của tệp" en "the file's identity"
        Tab vi "tên trang" en "the sheet's name"
        Letterhead vi "tiêu đề" en "the letterhead"
        OtherSheets vi "các trang khác" en "the other sheets"
        Receipts vi "sổ nhận" en "the receipts"
        Path vi "tên tệp, thư mục" en "the file's name or folder"
    }
}

/// What witnesses say that do not agree, in order of belief.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Testimony(pub Vec<(Witness, Text)>);

impl Said for Testimony {
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        let one = |(who, what): &(Witness, Text)| match lang {
            Lang::Vi => format!("{} ghi “{what}”", who.words(lang)),
            Lang::En => format!("{} says \"{what}\"", who.words(lang)),
        };
        Cow::Owned(self.0.iter().map(one).collect::<Vec<_>>().join("; "))
    }
}
