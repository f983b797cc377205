//! What was computed: results, points, classes, places.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};
use crate::vocabulary;

pub(crate) static RESULTS: ListSpec = ListSpec {
    at: 13,
    name: "Result",
    plural: "results",
    table: "indicators",
    about: About::new("Kết quả: đơn vị × chỉ tiêu × kỳ", "A result: unit × indicator × period"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("indicator", "indicator", Ref(Target::Indicator), "Chỉ tiêu", "Indicator").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("level", "level", Id, "Cấp của đơn vị", "Level of the unit").required(),
        f("basis", "basis", Word(&vocabulary::BASIS), "Số liệu lấy từ đâu", "Where the figure comes from").required(),
        f(
            "value",
            "value",
            Float,
            "Giá trị: tỷ lệ % hoặc theo đơn vị tính; không làm tròn",
            "Value: percent, or in its measure; not rounded",
        ),
        f(
            "numerator",
            "numerator",
            Long,
            "Tử số, hoặc giá trị theo phần nhỏ nhất được lưu",
            "Numerator, or the value in the smallest part kept",
        ),
        f("denominator", "denominator", Long, "Mẫu số", "Denominator"),
        f(
            "pessimistic",
            "pessimistic",
            Float,
            "Giá trị nếu mọi báo cáo thiếu đều bất lợi",
            "The value with every missing report counted against the target",
        ),
        f("reason", "reason", Word(&vocabulary::REASON), "Lý do khi thiếu", "Why it is missing"),
        f(
            "verdict",
            "verdict",
            Word(&vocabulary::VERDICT),
            "So với chỉ tiêu của tỉnh",
            "Against the target of the whole organisation",
        )
        .required(),
        f(
            "ownVerdict",
            "own_verdict",
            Word(&vocabulary::VERDICT),
            "So với chỉ tiêu của đơn vị",
            "Against the unit's own target",
        ),
        f(
            "ownTargetKind",
            "own_target_kind",
            Word(&vocabulary::TARGET_KIND),
            "Chỉ tiêu của đơn vị là loại nào",
            "Which target of its own the unit has",
        ),
        f("unitsIn", "units_in", Long, "Đơn vị đã có số liệu", "Units whose figures are in").required().hidden(),
        f("unitsDue", "units_due", Long, "Đơn vị phải có số liệu", "Units whose figures should be in")
            .required()
            .hidden(),
        f("isProvisional", "is_provisional", Bool, "Tạm tính", "Provisional").required(),
    ],
};

pub(crate) static SCORES: ListSpec = ListSpec {
    at: 14,
    name: "Score",
    plural: "scores",
    table: "scores",
    about: About::new("Điểm của một đơn vị ở một tiêu chí", "Points of one unit at one criterion"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("usage", "usage", Word(&vocabulary::TABLE_USE), "Bảng điểm dùng để làm gì", "What the table is for")
            .required(),
        f("criterionId", "criterion", Id, "Tiêu chí", "Criterion").required(),
        f("parentId", "parent", Id, "Tiêu chí cấp trên", "Criterion above"),
        f(
            "isItem",
            "is_item",
            Bool,
            "Mục được chấm; false: cộng các mục bên dưới",
            "An item that is scored; false: adds its children",
        )
        .required(),
        f("max", "max", Points, "Điểm tối đa sau khi phân bổ lại", "Points it can give, after redistribution")
            .required(),
        f("points", "points", Points, "Điểm", "Points"),
        f("reason", "reason", Word(&vocabulary::REASON), "Lý do khi không có điểm", "Why there are none"),
        f("actual", "actual", Text, "Thực hiện", "What was achieved, in words"),
        f("target", "target", Text, "Chỉ tiêu", "The target compared, in words"),
        f("targetKind", "target_kind", Word(&vocabulary::TARGET_KIND), "Chỉ tiêu nào", "Which target"),
        f("selfPoints", "self_points", Points, "Tự chấm", "The unit's own score"),
        f("superiorPoints", "superior_points", Points, "Cấp trên chấm", "Its superior's score"),
        f("explanation", "explanation", Text, "Diễn giải", "Explanation on the scoring sheet"),
        f(
            "aggregate",
            "aggregate",
            Id,
            "Cách gộp các mục bên dưới, nếu không phải cộng",
            "How it is made of its children, unless added",
        ),
        f(
            "imputed",
            "imputed",
            Word(&vocabulary::TREATMENT),
            "Số liệu ước đoán bằng cách nào",
            "How its figure was imputed",
        ),
    ],
};

pub(crate) static CLASSES: ListSpec = ListSpec {
    at: 15,
    name: "ClassProposal",
    plural: "classes",
    table: "classes",
    about: About::new(
        "Xếp loại đề xuất, cạnh xếp loại chính thức",
        "The class that the points give, beside the official one",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("points", "points", Points, "Tổng điểm", "Total points"),
        f("band", "band", Id, "Loại theo điểm", "Class by points alone"),
        f("proposed", "proposed", Id, "Loại đề xuất sau khi xét điều kiện", "Class proposed after the gates"),
        f(
            "failedGates",
            "failed_gates",
            Text,
            "Điều kiện không đạt, cách nhau bằng dấu cách",
            "Gates that failed, separated by spaces",
        )
        .required(),
        f("undecidedGates", "undecided_gates", Text, "Điều kiện chưa xét được", "Gates that could not be decided")
            .required(),
        f("official", "official", Id, "Loại chính thức", "Official class"),
        f("differs", "differs", Bool, "Đề xuất khác chính thức", "Both are known and differ").required(),
        f("reason", "reason", Word(&vocabulary::REASON), "Lý do khi chưa xếp loại", "Why there is none"),
        f("isProvisional", "is_provisional", Bool, "Tạm tính", "Provisional").required(),
    ],
};

pub(crate) static RANKINGS: ListSpec = ListSpec {
    at: 16,
    name: "Ranking",
    plural: "rankings",
    table: "rankings",
    about: About::new("Thứ hạng của một đơn vị trong cụm", "A place inside a cluster"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("cluster", "cluster", Ref(Target::Cluster), "Cụm thi đua", "Cluster").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("points", "points", Points, "Tổng điểm", "Total points"),
        f(
            "place",
            "place",
            Int,
            "Thứ hạng; 1 là cao nhất; bằng điểm thì cùng hạng",
            "Place; 1 is best; equal points share the best place",
        ),
        f("isTied", "is_tied", Bool, "Đồng hạng", "Shares its place").required(),
        f("ranked", "ranked", Int, "Số đơn vị được xếp hạng", "Units ranked in the cluster").required(),
        f("clusterSize", "cluster_size", Int, "Số đơn vị trong cụm", "Units of the cluster").required(),
        f("reason", "reason", Word(&vocabulary::REASON), "Lý do khi không có hạng", "Why there is no place"),
        f("isProvisional", "is_provisional", Bool, "Tạm xếp", "Provisional").required(),
        f("electedLeader", "elected_leader", Bool, "Được cụm bình chọn dẫn đầu", "Elected leader by the cluster")
            .required(),
        f("placeUpto", "place_upto", Int, "Hạng cuối của nhóm bằng điểm", "Last of the places that equal points take"),
        f(
            "placeMean",
            "place_mean",
            Float,
            "Hạng trung bình của nhóm bằng điểm, nếu quy chế dùng",
            "Mean of the places that equal points take, where the policy gives that",
        ),
        f(
            "decided",
            "decided",
            Text,
            "Ai phân định, khi nào, vì sao",
            "Who decided the order of equal points, when, why",
        ),
        f("vetoes", "vetoes", Text, "Điều kiện loại không đạt", "Gates that bar from a place and failed"),
        f("imputed", "imputed", Int, "Số mục dựa trên số liệu ước đoán", "Items that rest on an imputed figure"),
    ],
};
