//! Lists of objects that units send. Their columns are those of the campaign's own definition: the
//! usual ones are fields, `cells` gives every column.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{FieldSpec, ListSpec, Target};

const UNIT: FieldSpec = f("unit", "unit", Ref(Target::Unit), "Đơn vị gửi", "Unit that sent it").required();
const PERIOD: FieldSpec = f("period", "period", Ref(Target::Period), "Kỳ", "Period").required();
const LIST: FieldSpec = f("listId", "list", Id, "Danh sách", "List").required();
const FILE: FieldSpec = f("file", "file", Text, "Tệp", "File");
const SHEET: FieldSpec = f("sheet", "sheet", Text, "Trang tính", "Sheet");
const ROW: FieldSpec = f("row", "row", Int, "Dòng trong trang tính", "Row of the sheet").required();

/// Lists that begin as every list of objects does: who sent the row, and where it stands.
macro_rules! objects {
    ($($list:ident: $at:literal, $name:literal, $plural:literal, $table:literal, $about:expr, [$($field:expr,)*];)*) => {
        $(pub(crate) static $list: ListSpec = ListSpec {
            at: $at,
            name: $name,
            plural: $plural,
            table: $table,
            about: $about,
            unit: Some("unit"),
            period: Some("period"),
            fields: &[UNIT, PERIOD, LIST, FILE, SHEET, ROW, $($field,)*],
        };)*
    };
}

objects! {
    WORKS: 17, "Work", "works", "works",
    About::new("Công trình, sản phẩm, đề tài, sáng kiến", "A work, product, study or initiative"),
    [
        f("name", "name", Name, "Tên", "Name"),
        f("kind", "work_kind", Text, "Loại", "Kind"),
        f("wave", "wave", Text, "Đợt", "Wave"),
        f("doneBy", "done_by", Name, "Người, tập thể thực hiện", "Who did it"),
        f("registeredOn", "registered_on", Date, "Ngày đăng ký", "Registered on"),
        f("plannedOn", "planned_on", Date, "Dự kiến hoàn thành", "Planned finish"),
        f("finishedOn", "finished_on", Date, "Hoàn thành", "Finished on"),
        f("value", "value", Long, "Giá trị (đồng)", "Value (đồng)"),
        f("benefit", "benefit", Text, "Hiệu quả", "Benefit"),
        f("quality", "quality", Text, "Chất lượng", "Quality"),
        f("acceptance", "acceptance", Text, "Nghiệm thu", "Acceptance"),
        f("evidence", "evidence", Text, "Minh chứng", "Evidence"),
        f("isEarly", "early", Bool, "Sớm hơn dự kiến", "Earlier than planned"),
        f("isGood", "good", Bool, "Chất lượng tốt", "Of good quality"),
    ];

    AWARDS: 18, "Award", "awards", "awards",
    About::new("Đề nghị khen thưởng", "A proposal for an award"),
    [
        f("name", "name", Name, "Tên cá nhân, tập thể", "Name of the person or collective"),
        f("nomineeKind", "nominee_kind", Text, "Cá nhân hay tập thể", "Person or collective"),
        f("position", "position", Text, "Chức vụ", "Position"),
        f("workplace", "workplace", Name, "Nơi làm việc", "Workplace"),
        f("award", "award", Text, "Hình thức khen thưởng", "Award"),
        f("wave", "wave", Text, "Đợt", "Wave"),
        f("area", "area", Text, "Lĩnh vực", "Field"),
        f("isDirectWorker", "direct_worker", Bool, "Lao động trực tiếp", "Direct worker"),
        f("isExemplar", "exemplar", Bool, "Điển hình tiên tiến", "Exemplar"),
        f("achievement", "achievement", Text, "Thành tích", "Achievement"),
        f("proposedBy", "proposed_by", Text, "Nơi đề nghị", "Proposed by"),
        f("decision", "decision", Text, "Quyết định", "Decision"),
    ];

    HOUSES: 19, "House", "houses", "houses",
    About::new("Nhà Mái ấm công đoàn", "A house built or repaired"),
    [
        f("name", "name", Name, "Người được hỗ trợ", "Beneficiary"),
        f("workplace", "workplace", Name, "Nơi làm việc", "Workplace"),
        f("kind", "house_kind", Text, "Xây mới hay sửa chữa", "Built or repaired"),
        f("amount", "amount", Long, "Số tiền (đồng)", "Amount (đồng)"),
        f("moneyFrom", "money_from", Text, "Nguồn tiền", "Source of the money"),
        f("handedOverOn", "handed_over_on", Date, "Ngày bàn giao", "Handed over on"),
    ];

    TRAINING: 20, "Training", "training", "training",
    About::new("Đào tạo, bồi dưỡng", "A person or a class trained"),
    [
        f("name", "name", Name, "Người hoặc lớp", "Person or class"),
        f("kind", "training_kind", Text, "Loại", "Kind"),
        f("startsOn", "from_on", Date, "Từ ngày", "From"),
        f("endsOn", "to_on", Date, "Đến ngày", "To"),
        f("people", "people", Long, "Số người", "People"),
        f("note", "note", Text, "Ghi chú", "Note"),
    ];

    MOVEMENTS: 21, "Movement", "movements", "movements",
    About::new("Phong trào", "A movement that a unit launched"),
    [
        f("movement", "movement", Name, "Phong trào", "Movement"),
        f("goal", "goal", Text, "Mục tiêu", "Goal"),
        f("launchedOn", "launched_on", Date, "Ngày phát động", "Launched on"),
        f("reviewedOn", "reviewed_on", Date, "Ngày sơ, tổng kết", "Reviewed on"),
        f("units", "units", Long, "Số đơn vị tham gia", "Units taking part"),
        f("participants", "participants", Long, "Số người tham gia", "Participants"),
        f("result", "result", Text, "Kết quả", "Result"),
    ];

    CHANGES: 22, "Change", "changes", "changes",
    About::new("Biến động tổ chức cơ sở", "A grassroots union founded, moved, merged or dissolved"),
    [
        f("name", "name", Name, "Tên cơ sở", "Name"),
        f("change", "change", Text, "Biến động", "Change"),
        f("other", "other", Text, "Đơn vị liên quan", "Other unit"),
        f("members", "members", Long, "Số đoàn viên", "Members"),
        f("decision", "decision", Text, "Quyết định", "Decision"),
        f("decidedOn", "decided_on", Date, "Ngày quyết định", "Decided on"),
        f("note", "note", Text, "Ghi chú", "Note"),
    ];

    OFFICIAL_CLASSES: 23, "OfficialClass", "officialClasses", "classification",
    About::new("Xếp loại chính thức do cấp trên gửi", "An official class, as the superior union sent it"),
    [
        f("classedUnit", "unit_", Ref(Target::Unit), "Đơn vị được xếp loại", "Unit that is classed"),
        f("class", "class", Text, "Loại", "Class"),
        f("inspection", "ubkt", Text, "Loại của Uỷ ban kiểm tra", "Class of its inspection committee"),
        f("isLeader", "leader", Bool, "Được cụm bình chọn", "Elected leader"),
        f("decision", "decision", Text, "Quyết định", "Decision"),
        f("decidedOn", "decided_on", Date, "Ngày quyết định", "Decided on"),
        f("note", "note", Text, "Ghi chú", "Note"),
    ];
}
