//! The shared words of thidua: what every other crate may know, and nothing that does IO.
//!
//! In:  nothing; this crate reads no file, clock or environment.
//! Out: ids, measures, places, issues, facts and the rows of each stage.
//!
//! # Glossary (English in code, Vietnamese at the office)
//!
//! | Here | Thuật ngữ | Meaning |
//! |---|---|---|
//! | campaign | phong trào thi đua | one year's emulation campaign of one organisation |
//! | unit | đơn vị | an organisation that reports: CĐCS, công đoàn cấp trên, LĐLĐ tỉnh |
//! | level | cấp | grassroots, superior, province |
//! | measure | đơn vị tính | người, đồng, nhà, %, ... |
//! | period | kỳ báo cáo, đợt | registration, wave 1, wave 2 |
//! | as-of date | số liệu tính đến ngày | the date for which a report speaks |
//! | field | chỉ tiêu thống kê | one line of a form, found by its label |
//! | fact | số liệu | one value of one field of one unit in one period, with its cell |
//! | indicator | chỉ tiêu thi đua | a figure of section II or VI of the plan |
//! | target | chỉ tiêu phải đạt | of the province, assigned (giao) or registered (đăng ký) |
//! | verdict | kết quả đánh giá | đạt, chưa đạt, vượt |
//! | basis | cơ sở số liệu | added up from the units below (biểu 1) or stated by the unit (biểu 2) |
//! | coverage | độ phủ báo cáo | reports in / reports due |
//! | criterion | tiêu chí, nội dung chấm điểm | a node of a scoring table |
//! | class | xếp loại | vững mạnh xuất sắc, vững mạnh, khá, trung bình, yếu |
//! | gate | điều kiện | what a class demands beside its points |
//! | cluster | cụm thi đua | comparable units ranked against each other |
//! | issue | lỗi, cảnh báo | what is wrong, where, and how to mend it |
//! | submission | bài nộp | one unit's data for one form and period in one file |

pub mod date;
pub mod facts;
pub mod id;
pub mod intake;
pub mod issue;
pub mod measure;
pub mod numerals;
pub mod outcome;
pub mod place;
pub mod points;
pub mod record;
pub mod rows;
pub mod text;
pub mod words;

pub use date::{Date, DateTime};
pub use facts::{Fact, FactMark, FactStore, FieldIx, PeriodIx, UnitIx};
pub use id::{
    ClassId, ClusterId, CriterionId, DocumentId, FieldId, FormId, IndicatorId, KindId, LevelId, ListId, MeasureId,
    PeriodId, SectorId, TableId, UnitId,
};
pub use intake::{
    Intake, ListRow, ListValue, ReadingAccount, Receipt, RuleTally, RunOptions, Submission, SubmissionStatus,
};
pub use issue::{Issue, IssueKind, Lang, Severity};
pub use measure::{Measure, ValueKind};
pub use outcome::Outcome;
pub use place::{CellRef, Place};
pub use points::Points;
pub use record::{Column, ColumnData, Record, Table};

/// Shared, cheaply cloned text.
pub type Text = std::sync::Arc<str>;
