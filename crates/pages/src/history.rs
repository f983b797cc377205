//! Every version that a unit sent.

use crate::paging::Paging;
use crate::upload_result::{Review, UploadState};
use crate::view::page;
use crate::{DateTime, UnitRef};

/// All uploads of a unit, the newest first.
#[derive(Debug, Clone)]
pub struct History {
    pub unit: UnitRef,
    pub versions: Vec<Version>,
    pub paging: Paging,
}
page!(History, "history.html", office);

/// One upload.
#[derive(Debug, Clone)]
pub struct Version {
    /// The id of the upload, as in its address.
    pub upload: String,
    pub receipt: String,
    pub received_at: DateTime,
    pub file: String,
    pub sent_by: String,
    pub is_on_behalf: bool,
    /// `Đợt 1: Mẫu số 1-HĐCĐ, Phụ lục thi đua`; one line for each period.
    pub covers: Vec<String>,
    pub state: UploadState,
    pub review: Review,
    /// Something of it is what the unit's figures rest on.
    pub counts: bool,
}
