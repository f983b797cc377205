//! What came in: submissions, facts, issues, coverage, reconciliation.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};
use crate::vocabulary;

pub(crate) static SUBMISSIONS: ListSpec = ListSpec {
    at: 8,
    name: "Submission",
    plural: "submissions",
    table: "submissions",
    about: About::new(
        "Báo cáo của một đơn vị theo một mẫu, trong một trang tính",
        "One unit's data for one form and period, on one sheet",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("number", "submission", Int, "Số thứ tự trong bản", "Number inside the release").required(),
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("formId", "form", Id, "Mẫu", "Form").required(),
        f("version", "version", Text, "Phiên bản mẫu", "Version of the form").required(),
        f("documentId", "document", Id, "Loại văn bản", "Document").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("file", "file", Text, "Tệp", "File").required(),
        f("sheet", "sheet", Text, "Trang tính", "Sheet").required(),
        f("digest", "digest", Text, "SHA-256 của tệp", "SHA-256 of the file").required(),
        f("receivedAt", "received_at", Time, "Lúc nhận", "Received at"),
        f("status", "status", Word(&vocabulary::SUBMISSION_STATUS), "Kết quả tiếp nhận", "What became of it")
            .required(),
        f("facts", "facts", Int, "Số liệu đọc được", "Facts that were read").required(),
        f("errors", "errors", Int, "Lỗi", "Errors").required(),
        f("warnings", "warnings", Int, "Cảnh báo", "Warnings").required(),
        f("cellsRead", "cells_read", Int, "Ô đã đọc", "Cells read").required(),
        f("cellsEmpty", "cells_empty", Int, "Ô nhập để trống", "Input cells left empty").required(),
        f("cellsTemplate", "cells_template", Int, "Ô của mẫu", "Cells of the form itself").required(),
        f("cellsOutside", "cells_outside", Int, "Ô có nội dung ngoài mẫu", "Non-empty cells outside every field")
            .required(),
        f("outside", "outside", Text, "Địa chỉ các ô ngoài mẫu", "Addresses of the cells outside").required(),
        f("formulas", "formulas", Int, "Ô công thức lấy theo giá trị đã tính", "Formulas taken by their cached value")
            .required(),
    ],
};

pub(crate) static FACTS: ListSpec = ListSpec {
    at: 9,
    name: "Fact",
    plural: "facts",
    table: "facts",
    about: About::new("Một số liệu với ô gốc của nó", "One value of one field, with its cell"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("fieldId", "field", Id, "Trường của mẫu", "Field of the form").required(),
        f("label", "label", Text, "Nhãn trên mẫu", "Label on the form").required(),
        f("value", "value", Scaled("decimals"), "Giá trị theo đơn vị tính", "Value, in its measure"),
        f("text", "text", Text, "Nội dung bằng chữ", "Value in words"),
        f("mark", "mark", Word(&vocabulary::FACT_MARK), "Tình trạng", "State").required(),
        f("measure", "measure", Ref(Target::Measure), "Đơn vị tính", "Measure"),
        f("decimals", "decimals", Int, "Số chữ số thập phân được lưu", "Decimals that are kept").required(),
        f("submissionNumber", "submission", Int, "Số thứ tự của báo cáo", "Number of the submission"),
        f("file", "file", Text, "Tệp", "File"),
        f("sheet", "sheet", Text, "Trang tính", "Sheet"),
        f("cell", "cell", Text, "Ô", "Cell"),
        f(
            "raw",
            "raw",
            Text,
            "Nguyên văn trong ô; thiếu khi ô là số: xem value",
            "The cell's text as it was; missing when it held a number: see value",
        ),
    ],
};

pub(crate) static ISSUES: ListSpec = ListSpec {
    at: 10,
    name: "Issue",
    plural: "issues",
    table: "issues",
    about: About::new("Một vấn đề, tại ô của nó", "An issue, at its cell"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("code", "code", Id, "Mã lỗi", "Code").required(),
        f("severity", "severity", Word(&vocabulary::SEVERITY), "Mức độ", "Severity").required(),
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit"),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period"),
        f("formId", "form", Id, "Mẫu", "Form"),
        f("fieldId", "field", Id, "Trường của mẫu", "Field of the form"),
        f("file", "file", Text, "Tệp", "File"),
        f("sheet", "sheet", Text, "Trang tính", "Sheet"),
        f("cell", "cell", Text, "Ô", "Cell"),
        f("label", "label", Text, "Nhãn trên mẫu", "Label on the form"),
        f("messageVi", "message_vi", Text, "Vấn đề", "What is wrong, in Vietnamese").required(),
        f("messageEn", "message_en", Text, "Vấn đề bằng tiếng Anh", "What is wrong, in English").required(),
        f("fixVi", "fix_vi", Text, "Cách sửa", "How to mend it, in Vietnamese").required(),
        f("fixEn", "fix_en", Text, "Cách sửa bằng tiếng Anh", "How to mend it, in English").required(),
    ],
};

pub(crate) static COVERAGE: ListSpec = ListSpec {
    at: 11,
    name: "Coverage",
    plural: "coverage",
    table: "coverage",
    about: About::new(
        "Văn bản đã nộp, phải nộp của đơn vị và các đơn vị cấp dưới",
        "Documents in and due, of the unit and below it",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("documentId", "document", Id, "Loại văn bản", "Document").required(),
        f("status", "status", Word(&vocabulary::REPORT_STATUS), "Văn bản của chính đơn vị", "The unit's own document")
            .required(),
        f("dueAt", "due_at", Time, "Hạn nộp (trước giờ này)", "Due before"),
        f("receivedAt", "received_at", Time, "Lúc nhận", "Received at"),
        f("basis", "basis", Word(&vocabulary::BASIS), "Số liệu lấy từ đâu", "Where its figures come from").required(),
        f("belowIn", "below_in", Long, "Cơ sở đã nộp", "Documents in, below the unit").required(),
        f("belowLate", "below_late", Long, "Cơ sở nộp trễ", "Of these, late").required(),
        f("belowDue", "below_due", Long, "Cơ sở phải nộp", "Documents due, below the unit").required(),
        f("followedBy", "followed_by", Name, "Cán bộ theo dõi", "Officer who follows the unit"),
    ],
};

pub(crate) static RECONCILIATION: ListSpec = ListSpec {
    at: 12,
    name: "Reconciliation",
    plural: "reconciliation",
    table: "reconciliation",
    about: About::new("Đối chiếu mẫu 2 với tổng mẫu 1", "What form 2 states, beside the sum of form 1"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("fieldId", "field", Id, "Trường của mẫu", "Field of the form").required(),
        f("label", "label", Text, "Nhãn trên mẫu", "Label on the form").required(),
        f("measure", "measure", Ref(Target::Measure), "Đơn vị tính", "Measure"),
        f("decimals", "decimals", Int, "Số chữ số thập phân được lưu", "Decimals that are kept").required(),
        f("stated", "stated", Scaled("decimals"), "Số cấp trên báo cáo", "What the superior union stated"),
        f("summed", "summed", Scaled("decimals"), "Tổng từ cơ sở", "Sum from below"),
        f("difference", "difference", Scaled("decimals"), "Chênh lệch", "Difference"),
        f("unitsIn", "units_in", Long, "Cơ sở đã báo cáo", "Units in").required(),
        f("unitsDue", "units_due", Long, "Cơ sở phải báo cáo", "Units due").required(),
        f("result", "result", Word(&vocabulary::RECONCILED), "Kết quả", "Result").required(),
        f(
            "tolerance",
            "tolerance",
            Scaled("decimals"),
            "Lệch đến mức này vẫn coi là khớp",
            "Up to what difference the two count as equal",
        ),
        f(
            "answers",
            "answers",
            Text,
            "Mã các đơn vị phải trả lời (+n: còn n đơn vị nữa)",
            "Codes of the units that have to answer (+n: n more)",
        ),
    ],
};
