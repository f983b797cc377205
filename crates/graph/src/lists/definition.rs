//! The lists that the definition gives: periods, indicators, criteria, clusters, measures, terms.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};
use crate::vocabulary;

pub(crate) static PERIODS: ListSpec = ListSpec {
    at: 0,
    name: "Period",
    plural: "periods",
    table: "=periods",
    about: About::new("Kỳ báo cáo", "A period of the campaign"),
    unit: None,
    period: None,
    fields: &[
        f("code", "period", Id, "Mã kỳ", "Id of the period").required(),
        f("titleVi", "title_vi", Name, "Tên kỳ", "Title in Vietnamese").required(),
        f("titleEn", "title_en", Text, "Tên kỳ bằng tiếng Anh", "Title in English").required(),
        f("from", "from", Date, "Từ ngày", "First day").required(),
        f("to", "to", Date, "Đến ngày", "Last day").required(),
        f(
            "asOf",
            "as_of",
            Date,
            "Ngày lấy số liệu; tổ chức cũng được xét theo ngày này",
            "Date for which its reports speak, and at which the hierarchy is taken",
        )
        .required(),
        f(
            "isJudged",
            "is_judged",
            Bool,
            "Kỳ này có đánh giá và xếp loại",
            "Verdicts and classes are given in this period",
        )
        .required(),
        f("isIncluded", "is_included", Bool, "Kỳ này có trong bản", "The period is part of the release").required(),
    ],
};

pub(crate) static INDICATORS: ListSpec = ListSpec {
    at: 1,
    name: "Indicator",
    plural: "indicators",
    table: "=indicators",
    about: About::new("Chỉ tiêu của phong trào", "An indicator of the campaign"),
    unit: None,
    period: None,
    fields: &[
        f("code", "indicator", Id, "Mã chỉ tiêu", "Id of the indicator").required(),
        f("titleVi", "title_vi", Name, "Tên chỉ tiêu", "Title in Vietnamese").required(),
        f("titleEn", "title_en", Text, "Tên chỉ tiêu bằng tiếng Anh", "Title in English").required(),
        f("shape", "shape", Word(&vocabulary::SHAPE), "Dạng chỉ tiêu", "Shape").required(),
        f("measure", "measure", Ref(Target::Measure), "Đơn vị tính", "Measure").required(),
        f("decimals", "decimals", Int, "Số chữ số thập phân khi đọc", "Decimals where people read it").required(),
        f(
            "operator",
            "operator",
            Word(&vocabulary::OPERATOR),
            "So sánh với chỉ tiêu của tỉnh",
            "Comparison with the target of the whole organisation",
        )
        .required(),
        f(
            "low",
            "low",
            Scaled("target_decimals"),
            "Mức của chỉ tiêu (cận dưới), theo đơn vị tính",
            "Target (low bound), in the measure",
        ),
        f("high", "high", Scaled("target_decimals"), "Cận trên, nếu là khoảng", "High bound of a range"),
        f("lowerIsBetter", "lower_is_better", Bool, "Càng thấp càng tốt", "Lower is better").required(),
        f(
            "levels",
            "levels",
            Text,
            "Các cấp có chỉ tiêu này, cách nhau bằng dấu cách",
            "Levels that have the figure, separated by spaces",
        )
        .required(),
        f(
            "accumulation",
            "accumulation",
            Text,
            "Cách luỹ kế: cumulative, state, yearly, year_to_date",
            "Accumulation: cumulative, state, yearly, year_to_date",
        )
        .required(),
        f(
            "isPartOfWhole",
            "is_part_of_whole",
            Bool,
            "Tử số là một phần của mẫu số",
            "The numerator is a part of the denominator",
        )
        .required(),
        f("numerator", "numerator", Text, "Công thức tử số hoặc giá trị", "Formula of the numerator, or of the value")
            .required(),
        f("denominator", "denominator", Text, "Công thức mẫu số", "Formula of the denominator"),
        f("department", "department", Text, "Ban theo dõi", "Department that follows it").required(),
        f("source", "source", Text, "Căn cứ", "Source: the paper that the rule comes from").required(),
        f("noteVi", "note_vi", Text, "Ghi chú", "Note in Vietnamese").required(),
        f("noteEn", "note_en", Text, "Ghi chú bằng tiếng Anh", "Note in English").required(),
    ],
};

pub(crate) static CRITERIA: ListSpec = ListSpec {
    at: 2,
    name: "Criterion",
    plural: "criteria",
    table: "=criteria",
    about: About::new("Tiêu chí của bảng điểm", "A criterion of a scoring table"),
    unit: None,
    period: None,
    fields: &[
        f("criterionId", "criterion", Id, "Mã tiêu chí", "Id of the criterion").required(),
        f("tableId", "table", Id, "Bảng điểm", "Scoring table").required(),
        f("usage", "usage", Word(&vocabulary::TABLE_USE), "Bảng điểm dùng để làm gì", "What the table is for")
            .required(),
        f("parentId", "parent", Id, "Tiêu chí cấp trên", "Criterion above"),
        f("position", "position", Int, "Thứ tự trong bảng", "Position in the table").required(),
        f("titleVi", "title_vi", Name, "Nội dung", "Title in Vietnamese").required(),
        f("titleEn", "title_en", Text, "Nội dung bằng tiếng Anh", "Title in English").required(),
        f("max", "max", Points, "Điểm chuẩn", "Points it can give").required(),
        f(
            "method",
            "method",
            Text,
            "Cách chấm; thiếu: cộng các mục bên dưới",
            "Method of the item; missing: adds its children",
        ),
        f("indicator", "indicator", Ref(Target::Indicator), "Chỉ tiêu được chấm", "Indicator that it scores"),
        f("aggregate", "aggregate", Id, "Cách gộp các mục bên dưới", "How it is made of its children"),
        f(
            "weight",
            "weight",
            Points,
            "Trọng số trong trung bình của tiêu chí trên",
            "Weight in the mean of the criterion above",
        )
        .required(),
        f("source", "source", Text, "Căn cứ", "Source: the paper that the rule comes from").required(),
    ],
};

pub(crate) static CLUSTERS: ListSpec = ListSpec {
    at: 3,
    name: "Cluster",
    plural: "clusters",
    table: "=clusters",
    about: About::new("Cụm thi đua", "A cluster: units ranked together"),
    unit: None,
    period: None,
    fields: &[
        f("code", "cluster", Id, "Mã cụm", "Id of the cluster").required(),
        f("titleVi", "title_vi", Name, "Tên cụm", "Title in Vietnamese").required(),
        f("titleEn", "title_en", Text, "Tên cụm bằng tiếng Anh", "Title in English").required(),
    ],
};

pub(crate) static MEASURES: ListSpec = ListSpec {
    at: 4,
    name: "Measure",
    plural: "measures",
    table: "=measures",
    about: About::new("Đơn vị tính", "A unit of measure"),
    unit: None,
    period: None,
    fields: &[
        f("code", "measure", Id, "Mã đơn vị tính", "Id of the measure").required(),
        f("labelVi", "label_vi", Text, "Như ghi trên mẫu", "As printed on forms").required(),
        f("labelEn", "label_en", Text, "Bằng tiếng Anh", "In English").required(),
        f("decimals", "decimals", Int, "Số chữ số thập phân được lưu", "Decimals that are kept").required(),
    ],
};

pub(crate) static TERMS: ListSpec = ListSpec {
    at: 24,
    name: "Term",
    plural: "terms",
    table: "=terms",
    about: About::new(
        "Mã dùng trong phong trào và tên của nó: cấp, loại đơn vị, khu vực, văn bản, mẫu, bảng điểm, xếp loại, trường",
        "A code of the campaign and its title: level, kind, sector, document, form, table, class, field",
    ),
    unit: None,
    period: None,
    fields: &[
        f("kind", "kind", Word(&vocabulary::TERM_KIND), "Mã của gì", "What the code names").required(),
        f("code", "code", Id, "Mã", "Code").required(),
        f(
            "within",
            "within",
            Id,
            "Thuộc về: bảng điểm của một loại, trường của một lựa chọn",
            "What it belongs to: the table of a class, the field of a choice",
        ),
        f("titleVi", "title_vi", Name, "Tên", "Title in Vietnamese").required(),
        f("titleEn", "title_en", Text, "Tên bằng tiếng Anh, nếu có", "Title in English, if there is one"),
    ],
};
