//! Closed vocabularies as enums of the schema: the stored word in capitals, both languages beside.

use crate::about::About;
use async_graphql::dynamic::{Enum, EnumItem};
use thidua_model::Lang;
use thidua_model::words::{
    AwardKind, AwardStatus, Basis, Reason, Reconciled, ReportStatus, SubmissionDifference, TableUse, TargetKind,
    Treatment, UnitDifference, Verdict, Why,
};
use thidua_pipeline::Part;

/// An enum of the schema.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) name: &'static str,
    pub(crate) about: About,
    /// Stored word, Vietnamese, English.
    pub(crate) words: fn() -> Vec<(&'static str, &'static str, &'static str)>,
}

impl Vocabulary {
    pub(crate) fn register(&self) -> Enum {
        (self.words)().into_iter().fold(Enum::new(self.name).description(self.about.text()), |made, (word, vi, en)| {
            made.item(EnumItem::new(shown(word)).description(About::new(vi, en).text()))
        })
    }

    /// The stored word of a value of the enum.
    pub(crate) fn stored(&self, shown_word: &str) -> Option<&'static str> {
        (self.words)().into_iter().map(|(word, _, _)| word).find(|word| shown(word) == shown_word)
    }
}

/// `not_met` → `NOT_MET`.
pub(crate) fn shown(word: &str) -> String {
    word.to_ascii_uppercase()
}

macro_rules! vocabularies {
    ($($name:ident: $type:ident $vi:literal $en:literal;)*) => {
        $(pub(crate) static $name: Vocabulary = Vocabulary {
            name: stringify!($type),
            about: About::new($vi, $en),
            words: || $type::ALL.iter().map(|it| (it.as_str(), it.words(Lang::Vi), it.words(Lang::En))).collect(),
        };)*
        const OF_MODEL: &[&Vocabulary] = &[$(&$name,)*];
    };
}

vocabularies! {
    VERDICT: Verdict "So với chỉ tiêu" "Against the target";
    REASON: Reason "Vì sao thiếu số liệu, điểm hay thứ hạng" "Why a figure, a point or a place is missing";
    BASIS: Basis "Số liệu lấy từ đâu" "Where the figures of a unit come from";
    REPORT_STATUS: ReportStatus "Tình trạng của văn bản phải nộp" "State of a document that a unit owes";
    TARGET_KIND: TargetKind "Chỉ tiêu nào được dùng" "Which of the three targets";
    TABLE_USE: TableUse "Bảng điểm dùng để làm gì" "What a scoring table is for";
    TREATMENT: Treatment "Đã xử lý số liệu thế nào trước khi chấm" "What was done to a figure before it was scored";
    AWARD_KIND: AwardKind "Khen toàn diện hay chuyên đề" "What an award is for";
    AWARD_STATUS: AwardStatus "Kết quả xét khen theo quy định" "What the rules of an award say of a unit";
    RECONCILED: Reconciled "Đối chiếu mẫu 2 với tổng mẫu 1" "Form 2 against the sum of form 1";
    WHY: Why "Vì sao hai bản khác nhau" "Why two releases differ";
    UNIT_DIFFERENCE: UnitDifference "Đơn vị khác thế nào giữa hai bản" "What became of a unit between two releases";
    SUBMISSION_DIFFERENCE: SubmissionDifference "Báo cáo khác thế nào giữa hai bản" "What became of a submission between two releases";
    PART: Part "Vì sao điểm khác giữa hai bản" "Why points differ between two releases";
}

macro_rules! own_vocabularies {
    ($($name:ident: $type:literal $about_vi:literal $about_en:literal { $($word:literal $vi:literal $en:literal;)* })*) => {
        $(pub(crate) static $name: Vocabulary = Vocabulary {
            name: $type,
            about: About::new($about_vi, $about_en),
            words: || vec![$(($word, $vi, $en),)*],
        };)*
        const OWN: &[&Vocabulary] = &[$(&$name,)*];
    };
}

own_vocabularies! {
    SUBMISSION_STATUS: "SubmissionStatus" "Kết quả tiếp nhận báo cáo" "What became of a submission" {
        "accepted" "Đã nhận" "Accepted";
        "accepted_with_warnings" "Đã nhận, có cảnh báo" "Accepted with warnings";
        "partly_accepted" "Nhận một phần: có ô không đọc được" "Partly accepted: some cells gave no fact";
        "rejected" "Không nhận" "Rejected";
        "superseded" "Đã có bản gửi sau thay thế" "Replaced by a later version";
        "contested" "Nhiều bản khác nhau, không rõ bản nào sau" "Differing versions, none known to be later";
    }
    FACT_MARK: "FactMark" "Tình trạng của một số liệu" "State of one value" {
        "not_reported" "Chưa báo cáo" "Not reported";
        "blank" "Để trống" "Left blank";
        "rejected" "Không đọc được" "Rejected";
        "not_applicable" "Đơn vị ghi không áp dụng: không có số liệu và không phải thiếu" "Stated by the unit as not applicable: no value, and no gap";
        "nothing_to_report" "Đơn vị ghi không phát sinh: tính là 0" "Stated as nothing to report: counts as 0";
        "present" "Có số liệu" "Present";
        "warned" "Có số liệu, kèm cảnh báo" "Present, with a warning";
        "suspect" "Mâu thuẫn với số khác: giữ lại, không cộng" "Contradicts another value: kept, not added up";
        "derived" "Từ danh bạ, sổ nhận báo cáo hay danh sách" "From the register, receipts or a list";
        "corrected" "Đã sửa khi đối chiếu; phát hiện tại ô cho biết ai sửa, khi nào, vì sao" "Corrected; an issue of the cell says by whom, when and why";
        "taken_out" "Đã bị lấy ra khi đối chiếu; phát hiện tại ô cho biết vì sao" "Taken out by a correction; an issue of the cell says why";
    }
    SEVERITY: "Severity" "Mức độ" "Severity" {
        "error" "Lỗi: ô không cho số liệu" "Error: the cell gives no fact";
        "warning" "Cảnh báo: số liệu được giữ, có đánh dấu" "Warning: the fact is kept, marked";
        "explained" "Cảnh báo mà đơn vị đã giải trình" "A warning that the unit has explained";
    }
    TERM_KIND: "TermKind" "Mã của gì" "What a code names" {
        "level" "Cấp" "Level";
        "unit_kind" "Loại đơn vị" "Kind of unit";
        "sector" "Khu vực" "Sector";
        "document" "Văn bản phải nộp" "Document that units owe";
        "form" "Mẫu" "Form";
        "table" "Bảng điểm" "Scoring table";
        "class" "Loại" "Class";
        "gate" "Điều kiện đi kèm điểm" "Condition beside the points";
        "field" "Trường của mẫu" "Field of a form";
        "choice" "Lựa chọn của một trường hay một cột" "Choice of a field or a column";
        "list" "Danh sách" "List";
    }
    RESULT_STATUS: "ResultStatus" "Tình trạng của kết quả" "State of a figure" {
        "final" "Đủ báo cáo" "All reports due are in";
        "provisional" "Tạm tính: còn thiếu báo cáo hoặc chưa đến kỳ đánh giá" "Provisional: reports are missing or judgement is still to come";
        "missing" "Thiếu, xem lý do" "Missing, see the reason";
        "not_applicable" "Không áp dụng" "Not applicable";
    }
    FILE_STATE: "FileState" "Tệp hay bảng so với mã băm của nó" "A file or table against its digest" {
        "same" "Khớp" "Agrees";
        "changed" "Đã bị sửa" "Changed";
        "absent" "Thiếu" "Absent";
        "foreign" "Tệp lạ: không mã băm nào nói đến" "Foreign: no digest speaks of it";
        "unreadable" "Không đọc được" "Unreadable";
    }
    TABLE_COMPUTED: "TableComputed" "Bảng so với điều tính lại từ số liệu gốc" "A table against what its facts give when computed again" {
        "same" "Khớp" "Agrees";
        "differs" "Khác" "Differs";
        "not_given" "Không gì trong bản cho bảng này: chỉ so mã băm" "Nothing in a release gives it: by digest alone";
        "impossible" "Không tính được" "Cannot be computed";
    }
    SHAPE: "Shape" "Dạng chỉ tiêu" "Shape of an indicator" {
        "share" "Tỷ lệ: tử số trên mẫu số" "A share: numerator over denominator";
        "value" "Số lượng" "A plain value";
        "flag" "Có hoặc không" "Yes or no";
    }
    OPERATOR: "Operator" "So sánh với chỉ tiêu" "Comparison with a target" {
        "above" "trên (>)" "above (>)";
        "at_least" "đạt, từ … trở lên (≥)" "at least (≥)";
        "exactly" "đúng bằng (=)" "exactly (=)";
        "below" "dưới (<)" "below (<)";
        "at_most" "không quá (≤)" "at most (≤)";
        "range" "trong khoảng; cao hơn là vượt" "in a range; above it is exceeded";
        "yes" "có" "yes";
    }
}

/// Every enum that rows hold.
pub(crate) fn all() -> impl Iterator<Item = &'static Vocabulary> {
    OF_MODEL.iter().chain(OWN).copied()
}
