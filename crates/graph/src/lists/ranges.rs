//! How firm places are, and what was done to figures before they were scored.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};
use crate::vocabulary;

pub(crate) static RANGES: ListSpec = ListSpec {
    at: 25,
    name: "PlaceRange",
    plural: "placeRanges",
    table: "ranges",
    about: About::new(
        "Khoảng thứ hạng khi thay đổi trọng số và phương pháp",
        "How far a place moves when weights and methods are varied",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("cluster", "cluster", Ref(Target::Cluster), "Cụm thi đua", "Cluster").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("place", "place", Int, "Thứ hạng", "Place").required(),
        f("median", "median", Int, "Trung vị", "Median").required(),
        f("low", "low", Int, "Phân vị 5 %", "5 % quantile").required(),
        f("high", "high", Int, "Phân vị 95 %", "95 % quantile").required(),
        f("mean", "mean", Float, "Trung bình", "Mean").required(),
        f(
            "first",
            "first",
            Int,
            "Hạng tốt nhất trong số đơn vị không tách được khỏi đơn vị này",
            "Best place among the units that it cannot be separated from",
        )
        .required(),
        f(
            "last",
            "last",
            Int,
            "Hạng cuối trong số đơn vị không tách được khỏi đơn vị này",
            "Last place among the units that it cannot be separated from",
        )
        .required(),
        f("draws", "draws", Int, "Số lần thử", "Variations drawn").required(),
    ],
};

pub(crate) static SENSITIVITY: ListSpec = ListSpec {
    at: 26,
    name: "Sensitivity",
    plural: "sensitivities",
    table: "sensitivity",
    about: About::new(
        "Mỗi lựa chọn làm thứ hạng xê dịch bao nhiêu (chỉ số Sobol)",
        "How much of the shift of places each choice makes (Sobol indices)",
    ),
    unit: None,
    period: Some("period"),
    fields: &[
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f(
            "choice",
            "choice",
            Id,
            "Lựa chọn: weights, normalise, aggregate, missing",
            "Choice: weights, normalise, aggregate, missing",
        )
        .required(),
        f("firstOrder", "first_order", Float, "Riêng lựa chọn này", "Alone").required(),
        f("totalOrder", "total_order", Float, "Kể cả phối hợp", "With what it works together with").required(),
        f("runs", "runs", Int, "Số lần tính", "Runs").required(),
    ],
};

pub(crate) static REMOVALS: ListSpec = ListSpec {
    at: 27,
    name: "Removal",
    plural: "removals",
    table: "removals",
    about: About::new("Thứ hạng khi bỏ một chỉ tiêu", "The place without one indicator"),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("cluster", "cluster", Ref(Target::Cluster), "Cụm thi đua", "Cluster").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("indicator", "indicator", Ref(Target::Indicator), "Chỉ tiêu bị bỏ", "Indicator left out").required(),
        f("place", "place", Int, "Thứ hạng", "Place"),
        f("without", "without", Int, "Thứ hạng khi không có chỉ tiêu", "Place without the indicator"),
    ],
};

pub(crate) static TREATMENTS: ListSpec = ListSpec {
    at: 28,
    name: "TreatedFigure",
    plural: "treatments",
    table: "treatments",
    about: About::new(
        "Số liệu bị cắt, thu lại hoặc ước đoán trước khi chấm",
        "A figure that was cut, drawn in or imputed before it was scored",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("criterionId", "criterion", Id, "Tiêu chí", "Criterion").required(),
        f("treatment", "treatment", Word(&vocabulary::TREATMENT), "Đã xử lý thế nào", "What was done").required(),
        f("from", "from", Float, "Trước", "Before"),
        f("to", "to", Float, "Sau", "After").required(),
        f("groupId", "group", Id, "Nhóm so sánh; trống: mọi đơn vị", "Group compared; empty: all units").required(),
    ],
};
