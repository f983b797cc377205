//! Units and what they promised: register, registrations, targets.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};
use crate::vocabulary;

pub(crate) static UNITS: ListSpec = ListSpec {
    at: 5,
    name: "Unit",
    plural: "units",
    table: "units",
    about: About::new(
        "Đơn vị: một tổ chức công đoàn trong một khoảng thời gian",
        "A unit: an organisation during one span of its life",
    ),
    unit: Some("unit"),
    period: None,
    fields: &[
        f("code", "unit", Id, "Mã đơn vị", "Code").required(),
        f("name", "name", Name, "Tên đơn vị", "Name").required(),
        f("kind", "kind", Id, "Loại đơn vị", "Kind").required(),
        f("level", "level", Id, "Cấp", "Level").required(),
        f("parentCode", "parent", Id, "Mã công đoàn cấp trên", "Code of the unit above"),
        f("sector", "sector", Id, "Khu vực", "Sector"),
        f("ownership", "ownership", Text, "Loại hình sở hữu", "Ownership"),
        f("cluster", "cluster", Ref(Target::Cluster), "Cụm thi đua", "Cluster"),
        f(
            "members",
            "members",
            Long,
            "Số đoàn viên theo danh bạ (người)",
            "Union members, as the register says (people)",
        ),
        f("followedBy", "followed_by", Name, "Cán bộ theo dõi", "Officer who follows the unit"),
        f("contact", "contact", Text, "Liên hệ", "Contact"),
        f("isDue", "is_due", Bool, "Phải báo cáo", "Owes reports").required(),
        f("validFrom", "valid_from", Date, "Có hiệu lực từ ngày", "First day of the span").required(),
        f("validTo", "valid_to", Date, "Đến hết ngày", "Last day of the span; missing: open"),
    ],
};

pub(crate) static REGISTRATIONS: ListSpec = ListSpec {
    at: 6,
    name: "Registration",
    plural: "registrations",
    table: "registrations",
    about: About::new(
        "Một dòng của bản đăng ký thi đua đầu năm",
        "One line of the registration at the start of the year",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("fieldId", "field", Id, "Trường của mẫu", "Field of the form").required(),
        f("label", "label", Text, "Nhãn trên mẫu", "Label on the form").required(),
        f("value", "value", Scaled("decimals"), "Số đăng ký, theo đơn vị tính", "Value, in its measure"),
        f("text", "text", Text, "Nội dung bằng chữ", "Value in words"),
        f("measure", "measure", Ref(Target::Measure), "Đơn vị tính", "Measure"),
        f("decimals", "decimals", Int, "Số chữ số thập phân được lưu", "Decimals that are kept").required(),
        f("file", "file", Text, "Tệp", "File").required(),
        f("sheet", "sheet", Text, "Trang tính", "Sheet").required(),
        f("cell", "cell", Text, "Ô", "Cell").required(),
    ],
};

pub(crate) static TARGETS: ListSpec = ListSpec {
    at: 7,
    name: "TargetLine",
    plural: "targets",
    table: "targets",
    about: About::new(
        "Chỉ tiêu của tỉnh, được giao, đã đăng ký",
        "A target: of the whole organisation, assigned, or registered",
    ),
    unit: Some("unit"),
    period: None,
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("indicator", "indicator", Ref(Target::Indicator), "Chỉ tiêu", "Indicator").required(),
        f("kind", "kind", Word(&vocabulary::TARGET_KIND), "Ai đặt", "Whose target").required(),
        f("operator", "operator", Word(&vocabulary::OPERATOR), "So sánh", "Comparison").required(),
        f("low", "low", Scaled("decimals"), "Mức (cận dưới), theo đơn vị tính", "Limit (low bound), in the measure"),
        f("high", "high", Scaled("decimals"), "Cận trên", "High bound"),
        f("decimals", "decimals", Int, "Số chữ số thập phân được lưu", "Decimals that are kept").required(),
        f("decidedBy", "decided_by", Text, "Người giao", "Who assigned it"),
        f("decision", "decision", Text, "Quyết định", "Decision"),
        f("source", "source", Text, "Căn cứ", "Source").required(),
    ],
};
