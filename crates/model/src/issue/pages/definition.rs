//! Pages of the D codes: the campaign definition, for whoever sets a campaign up.

use super::{Both, Page, at_line, page};
use crate::IssueKind as K;
use crate::issue::{Disagreement, Expected, FormulaProblem, MethodProblem, SyntaxProblem, Thing, UnitRole};

const CHECK: Both =
    ["Chạy lại thidua check cho đến khi không còn lỗi.", "Run thidua check again until nothing is left."];
const GO: Both =
    ["Mở tệp ở dòng và khóa ghi sau chữ “tại”.", "Open the file at the line and key that stand behind \"at\"."];
/// Every error of the definition ends a run before it starts.
const STOPS: Both = [
    "Định nghĩa sai thì mọi con số tính theo nó đều không đáng tin, nên không chạy gì cho đến khi sửa.",
    "Every figure follows from the definition, so nothing runs until it is right.",
];

pub(super) fn pages() -> Vec<Page> {
    [files(), fields(), scoring(), warnings()].concat()
}

fn files() -> Vec<Page> {
    vec![
        page(
            at_line("campaign.toml", 9, "files.units", K::DefinitionFileMissing {}),
            STOPS,
            &[
                [
                    "Kiểm tra tên tệp trong [files] của campaign.toml, kể cả hoa thường.",
                    "Check the name in [files] of campaign.toml, upper and lower case included.",
                ],
                ["Đặt tệp vào đúng thư mục của phong trào.", "Put the file into the campaign folder."],
                CHECK,
            ],
        ),
        page(
            at_line(
                "indicators.toml",
                31,
                "",
                K::DefinitionSyntax { problem: SyntaxProblem::Toml { problem: "expected `=`".into() } },
            ),
            STOPS,
            &[
                GO,
                [
                    "Sửa cú pháp: chữ để trong dấu ngoặc kép, mỗi khóa một dòng, ngoặc phải đóng.",
                    "Mend the syntax: texts in quotes, one key a line, brackets closed.",
                ],
                CHECK,
            ],
        ),
        page(
            at_line(
                "forms/mau-1.toml",
                52,
                "lines.field",
                K::UnknownName { what: Thing::Field, name: "worker".into(), near: "workers".into() },
            ),
            STOPS,
            &[
                GO,
                [
                    "Nếu gõ sai: dùng tên gần nhất ghi trong lỗi. Nếu là tên mới: khai báo nó.",
                    "A slip: use the nearest name. A new name: declare it.",
                ],
                CHECK,
            ],
        ),
        page(
            at_line("indicators.toml", 77, "id", K::DeclaredTwice { what: Thing::Indicator, name: "CT01".into() }),
            [
                "Mã phải chỉ đúng một thứ, kể cả nhiều năm sau; hai nơi cùng một mã thì không biết lấy nơi nào.",
                "An id must mean one thing, years later too; with two of them nobody knows which is meant.",
            ],
            &[GO, ["Đổi mã của cái mới hoặc xóa dòng thừa.", "Rename the newer one, or remove the extra line."], CHECK],
        ),
        page(
            at_line(
                "units.xlsx",
                18,
                "parent",
                K::DanglingUnit { unit: "ldld-x".into(), what: UnitRole::Parent { near: "ldld-lak".into() } },
            ),
            [
                "Đơn vị không có cấp trên hợp lệ thì số liệu của nó không cộng lên được đâu cả.",
                "Figures of a unit without a valid superior are added up nowhere.",
            ],
            &[
                GO,
                [
                    "Sửa mã cho đúng, hoặc thêm đơn vị còn thiếu; xem cả ngày hiệu lực của hai đơn vị.",
                    "Mend the code or add the unit; look at the dates of both units, too.",
                ],
                CHECK,
            ],
        )
        .with("what", ["vai trò của đơn vị, kèm tên gần nhất", "what the unit is named as, with the nearest name"]),
        page(
            at_line("units.xlsx", 18, "parent", K::Cycle { path: "ldld-a → ldld-b → ldld-a".into() }),
            [
                "Đi vòng thì không có đơn vị nào là cao nhất và không cộng được.",
                "In a circle nobody stands at the top, and nothing can be added up.",
            ],
            &[
                ["Đi theo các bước ghi trong lỗi.", "Follow the steps in the message."],
                ["Sửa cấp trên của một đơn vị trong vòng.", "Mend the parent of one of them."],
                CHECK,
            ],
        ),
        page(
            at_line("units.xlsx", 22, "valid_from", K::SpansOverlap { unit: "cdcs-017".into() }),
            [
                "Vào một ngày, đơn vị chỉ được có một cấp trên và một cụm.",
                "On any day a unit has one parent and one cluster.",
            ],
            &[
                GO,
                [
                    "Dòng cũ kết thúc (valid_to) trước ngày dòng mới bắt đầu (valid_from).",
                    "The older row ends (valid_to) before the newer begins (valid_from).",
                ],
                CHECK,
            ],
        ),
    ]
}

fn fields() -> Vec<Page> {
    vec![
        page(
            at_line(
                "indicators.toml",
                40,
                "numerator",
                K::BadFormula {
                    formula: "reached / workers".into(),
                    problem: FormulaProblem::Refused { found: "/".into() },
                },
            ),
            [
                "Tử số và mẫu số được cộng rồi mới chia, bằng số nguyên; biểu thức không được tự chia hay làm tròn.",
                "Numerators and denominators are added up and then divided, as integers; a formula may not divide or round.",
            ],
            &[
                GO,
                [
                    "Viết tử số và mẫu số riêng; chỉ dùng mã trường, số nguyên, + - *, so sánh, case, coalesce, nullif.",
                    "Write numerator and denominator apart; use field ids, integers, + - *, comparisons, case, coalesce, nullif.",
                ],
                CHECK,
            ],
        ),
        page(
            at_line("campaign.toml", 88, "as_of", K::BadValue { found: "31/11/2014".into(), expected: Expected::Date }),
            STOPS,
            &[GO, ["Ghi giá trị đúng dạng mà lỗi nêu.", "Write a value of the form that the message names."], CHECK],
        )
        .with("found", ["giá trị đang ghi", "the value that stands there"]),
        page(
            at_line(
                "forms/phu-luc.toml",
                61,
                "field",
                K::AskedTwice { field: "members".into(), forms: "mau-1-hdcd, phu-luc-thi-dua".into() },
            ),
            [
                "Một số chỉ hỏi một lần: hỏi hai lần thì đơn vị có thể trả lời khác nhau.",
                "A figure is asked once: asked twice, it can get two answers.",
            ],
            &[
                GO,
                [
                    "Bỏ trường ở một biểu, hoặc giới hạn cấp của dòng.",
                    "Remove it from one form, or restrict its levels.",
                ],
                CHECK,
            ],
        ),
        page(
            at_line(
                "forms/mau-2.toml",
                33,
                "measure",
                K::FieldsDisagree {
                    field: "members".into(),
                    problem: Disagreement::Measure {
                        here: "dong".into(),
                        there: "nguoi".into(),
                        at: "forms/mau-1.toml:48".into(),
                    },
                },
            ),
            [
                "Cùng một trường phải cùng kiểu và đơn vị tính, nếu không thì không cộng được.",
                "A field has one kind and one measure, or it cannot be added up.",
            ],
            &[
                GO,
                ["Sửa cho giống nơi kia, hoặc dùng mã trường khác.", "Make both alike, or use another field id."],
                CHECK,
            ],
        ),
    ]
}

fn scoring() -> Vec<Page> {
    vec![
        page(
            at_line("scoring.toml", 12, "points", K::PointsDoNotAddUp { found: "95".into(), expected: "100".into() }),
            [
                "Tổng điểm của bảng được công bố cho đơn vị; các tiêu chí phải cộng đúng bằng nó.",
                "Units are told the total of the table; its criteria must add up to it.",
            ],
            &[
                GO,
                ["Sửa điểm các tiêu chí con hoặc điểm của bảng.", "Mend the points of the criteria, or of the table."],
                CHECK,
            ],
        )
        .with("found", ["tổng cộng được", "what the criteria add up to"])
        .with("expected", ["tổng đã ghi", "the total that is written"]),
        page(
            at_line(
                "scoring.toml",
                40,
                "method",
                K::MethodNotAllowed { method: "best".into(), why: MethodProblem::YesNo },
            ),
            [
                "Phương pháp không hợp với chỉ tiêu sẽ cho điểm vô nghĩa.",
                "A method that does not fit its indicator gives points without meaning.",
            ],
            &[GO, ["Chọn phương pháp mà lỗi gợi ý.", "Choose the method that the message suggests."], CHECK],
        ),
    ]
}

/// A definition with these alone can be run.
fn warnings() -> Vec<Page> {
    vec![
        page(
            at_line("campaign.toml", 60, "kinds", K::KindUnused { kind: "cong-doan-nganh".into() }),
            [
                "Không sai, nhưng thường cho thấy cột kind của danh bạ gõ khác mã đã khai báo.",
                "Not wrong, but often the column kind of the register is spelled otherwise.",
            ],
            &[[
                "So cột kind của danh bạ với các mã trong campaign.toml.",
                "Compare the column kind with the ids in campaign.toml.",
            ]],
        ),
        page(
            at_line("campaign.toml", 72, "clusters", K::ClusterEmpty { cluster: "cum-7".into() }),
            [
                "Cụm trống thì không có xếp hạng; thường do cột cluster của danh bạ để trống hay gõ sai.",
                "An empty cluster has no ranking; often the column cluster is empty or misspelled.",
            ],
            &[["So cột cluster của danh bạ với các mã cụm.", "Compare the column cluster with the ids of clusters."]],
        ),
        page(
            at_line(
                "campaign.toml",
                95,
                "deadlines",
                K::DueWithoutForm {
                    document: "Báo cáo".into(),
                    level: "Cấp trên".into(),
                    as_of: crate::Date::constant(2014, 11, 30),
                },
            ),
            [
                "Đơn vị cấp này có hạn nộp mà không có biểu để nộp, nên sẽ bị coi là chưa nộp.",
                "Units of the level owe a document that no form is for, and will count as missing.",
            ],
            &[[
                "Thêm cấp vào một biểu, sửa ngày hiệu lực của biểu, hoặc bỏ hạn nộp của cấp.",
                "Add the level to a form, mend the form's dates, or remove the deadline.",
            ]],
        ),
    ]
}
