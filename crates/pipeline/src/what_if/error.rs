//! Why a what-if has no answer. Vietnamese first, English beside: people read it as it is.

use thidua_campaign::{LoadError, SetError};
use thidua_release::ReleaseError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum WhatIfError {
    #[error(
        "phong trào có {due} đơn vị phải báo cáo; chỉ tính thử được đến {most} · \
         {due} units owe reports; a what-if takes at most {most}"
    )]
    TooManyUnits { due: u64, most: u64 },
    #[error("không mở được bản phát hành · the release cannot be used")]
    Release(#[from] ReleaseError),
    #[error(
        "bản phát hành {release} do phiên bản khác của chương trình lập, chấm điểm khác phiên bản này · \
         release {release} was scored by another version of the program"
    )]
    OtherProgram { release: String },
    /// `what`: of which kind, in both languages.
    #[error("không có {} “{name}” (gần nhất: {near}) · no such {}", what.0, what.1)]
    Unknown { what: (&'static str, &'static str), name: String, near: String },
    #[error(
        "tiêu chí “{name}” thuộc bảng xếp loại, không ảnh hưởng thứ hạng · \
         this criterion gives a class, not a place"
    )]
    NotRanked { name: String },
    #[error("trọng số của “{name}” phải từ 0 đến {most} điểm · a weight must be from 0 to {most} points")]
    WeightOutOfRange { name: String, most: i64 },
    #[error("“{name}” không có điểm chuẩn để thay đổi · this criterion has no points of its own to change")]
    NoWeight { name: String },
    #[error("“{name}” đã có trọng số qua “{other}” · its weight is given twice")]
    WeightTwice { name: String, other: String },
    #[error("bảng “{table}” không còn điểm nào · all weights of the table are zero")]
    AllZero { table: String },
    #[error("chỉ làm tròn được từ 0 đến 9 chữ số thập phân · decimals are from 0 to 9")]
    Decimals,
    #[error("{0}")]
    Set(#[from] SetError),
    /// The changed definition is none.
    #[error("định nghĩa đã đổi không dùng được · the changed definition cannot be used")]
    Definition(#[from] LoadError),
    #[error("tiêu chí phụ “{name}” lặp lại · the same tie-breaker twice")]
    TieBreakerTwice { name: String },
}

pub(super) const CRITERION: (&str, &str) = ("tiêu chí", "criterion");
pub(super) const INDICATOR: (&str, &str) = ("chỉ tiêu", "indicator");
pub(super) const PERIOD: (&str, &str) = ("kỳ", "period");
pub(super) const TABLE: (&str, &str) = ("bảng điểm thi đua", "competition table");
pub(super) const UNIT: (&str, &str) = ("đơn vị", "unit");
pub(super) const CLUSTER: (&str, &str) = ("cụm thi đua", "cluster");

/// An id that is not among the known ones, with the three most like it.
pub(super) fn unknown<'k>(
    what: (&'static str, &'static str),
    name: &str,
    known: impl Iterator<Item = &'k str>,
) -> WhatIfError {
    let mut known: Vec<(f64, &str)> = known.map(|id| (strsim::jaro_winkler(name, id), id)).collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    known.dedup_by(|a, b| a.1 == b.1);
    let near: Vec<&str> = known.into_iter().take(3).map(|(_, id)| id).collect();
    // Anybody may have sent it; a name is never this long.
    let name = name.chars().take(80).collect();
    WhatIfError::Unknown { what, name, near: near.join(", ") }
}
