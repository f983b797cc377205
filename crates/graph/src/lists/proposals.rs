//! What the rules of awards give, joined with what units put on the list.

use super::f;
use crate::about::About;
use crate::list::Holds::*;
use crate::list::{ListSpec, Target};
use crate::vocabulary;

pub(crate) static AWARD_PROPOSALS: ListSpec = ListSpec {
    at: 29,
    name: "AwardProposal",
    plural: "awardProposals",
    table: "award_proposals",
    about: About::new(
        "Đề xuất khen thưởng theo quy định, đối chiếu với danh sách đơn vị đề nghị",
        "A proposal by the rules of an award, beside the list in which units propose",
    ),
    unit: Some("unit"),
    period: Some("period"),
    fields: &[
        f("unit", "unit", Ref(Target::Unit), "Đơn vị", "Unit").required(),
        f("period", "period", Ref(Target::Period), "Kỳ", "Period").required(),
        f("awardId", "award", Id, "Hình thức khen, theo quy định của phong trào", "Award of the definition").required(),
        f("kind", "kind", Word(&vocabulary::AWARD_KIND), "Toàn diện hay chuyên đề", "Comprehensive or thematic")
            .required(),
        f("givenBy", "given_by", Text, "Cấp quyết định", "Level that decides it").required(),
        f("cluster", "cluster", Ref(Target::Cluster), "Cụm thi đua", "Cluster"),
        f("place", "place", Int, "Thứ hạng trong cụm", "Place in its cluster"),
        f("points", "points", Points, "Điểm", "Points"),
        f(
            "classId",
            "class",
            Id,
            "Xếp loại: đã công nhận, nếu chưa thì mức đề xuất",
            "Class: the official one, else the one proposed",
        ),
        f("classIsOfficial", "class_is_official", Bool, "Xếp loại đã công nhận", "The class is official").required(),
        f("status", "status", Word(&vocabulary::AWARD_STATUS), "Kết quả xét", "What the rules say").required(),
        f(
            "conflictWith",
            "conflict_with",
            Text,
            "Hình thức khen không thể có cùng lúc, cách nhau bằng dấu cách",
            "Awards that exclude this one, separated by spaces",
        ),
        f(
            "fails",
            "fails",
            Text,
            "Điều kiện không đạt: excluded, cluster, place, class, condition, gate.<mã>",
            "Conditions that do not hold: excluded, cluster, place, class, condition, gate.<id>",
        ),
        f("undecided", "undecided", Text, "Điều kiện chưa đủ căn cứ", "Conditions that are not decided yet"),
        f(
            "listedBy",
            "listed_by",
            Text,
            "Đơn vị đã ghi vào danh sách đề nghị, cách nhau bằng dấu cách",
            "Units that put it on the list, separated by spaces",
        ),
        f("file", "file", Text, "Tệp", "File"),
        f("sheet", "sheet", Text, "Trang tính", "Sheet"),
        f("row", "row", Int, "Dòng trong trang tính", "Row of the sheet"),
        f("imputed", "imputed", Int, "Số mục dựa vào số ước đoán", "Items that rest on an imputed figure"),
        f("isProvisional", "is_provisional", Bool, "Tạm thời", "Provisional").required(),
    ],
};
