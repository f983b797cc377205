//! Pages of rules: what they find between values (R204, R205, R210 to R212), and what is wrong with
//! a rule itself (D017 to D020).

use super::relation::SEND;
use super::{Both, Page, at_cell, at_line, page};
use crate::issue::{IdleRule, LimitOrder, Measured, PeerGroup, RuleFix, RuleProblem, RuleSide, Words};
use crate::{IssueKind as K, Text};

const COMPARE: Both = ["So từng số với sổ sách.", "Compare the figures with the books."];
const WRONG: Both = ["Nếu sai: sửa và gửi lại.", "If wrong: mend it and send again."];
const RIGHT: Both = [
    "Nếu đúng: ghi lý do (vài chữ) vào cột Ghi chú của dòng rồi gửi lại; cảnh báo sẽ ghi “đã giải trình”.",
    "If right: give the reason in the column Ghi chú of the line and send again; the warning is then marked as explained.",
];

pub(super) fn pages() -> Vec<Page> {
    [found(), defined()].concat()
}

fn words(vi: &str, en: &str) -> Words {
    Words { vi: vi.into(), en: en.into() }
}

fn here(label: &str, value: &str) -> RuleSide {
    RuleSide::Here { label: label.into(), value: value.into() }
}

fn column() -> Text {
    "Ghi chú".into()
}

fn found() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Phụ lục",
                "D31",
                "Dự toán thu được giao",
                K::RuleFailed {
                    rule: words("Dự toán thu phải lớn hơn 0", "The estimate must be above 0"),
                    left: here("Dự toán thu được giao", "0"),
                    right: RuleSide::Limit { order: LimitOrder::More, value: "0".into() },
                    fix: RuleFix::Check,
                },
            ),
            [
                "Các số trong biểu mâu thuẫn với một quy tắc bắt buộc của phong trào; số ở ô này được giữ để xem nhưng không dùng để đánh giá.",
                "The figures contradict a binding rule of the campaign; this one is kept for show and not judged.",
            ],
            &[["Đọc quy tắc và hai số ghi bên cạnh.", "Read the rule and the two figures beside it."], COMPARE, SEND],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D30",
                "Số đoàn viên mới kết nạp",
                K::RuleFailedWarning {
                    rule: words(
                        "Đoàn viên mới kết nạp không được lớn hơn tổng số đoàn viên",
                        "New members must be at most all members",
                    ),
                    left: here("Số đoàn viên mới kết nạp", "45"),
                    right: here("Tổng số đoàn viên", "40"),
                    fix: RuleFix::CheckOrExplain { column: column() },
                },
            ),
            [
                "Quan hệ này thường đúng nhưng có ngoại lệ; số vẫn được dùng, cán bộ theo dõi sẽ xem lại.",
                "The relation usually holds and has exceptions; the figure is used, and the officer will look at it.",
            ],
            &[COMPARE, WRONG, RIGHT],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D30",
                "Số đoàn viên mới kết nạp",
                K::PeriodsConflict {
                    rule: words(
                        "Số lũy kế từ đầu năm không được thấp hơn kỳ trước",
                        "A figure added up since January must not be below that of the period before",
                    ),
                    left: here("Số đoàn viên mới kết nạp", "12"),
                    right: RuleSide::Earlier {
                        label: "Số đoàn viên mới kết nạp".into(),
                        value: "15".into(),
                        date: "31/05/2014".into(),
                    },
                    fix: RuleFix::CheckOrExplain { column: column() },
                },
            ),
            [
                "Số lũy kế chỉ có thể tăng. Thường đơn vị chỉ ghi số của riêng đợt này, hoặc kỳ trước đã ghi thừa.",
                "A figure added up since January only grows. Often only the last wave was counted, or the earlier report said too much.",
            ],
            &[
                ["Mở báo cáo kỳ trước và so hai số.", "Open the report of the period before and compare."],
                [
                    "Ghi số lũy kế từ 01/01; nếu kỳ trước sai thì gửi lại cả báo cáo kỳ trước.",
                    "State what was reached since 1 January; if the earlier report was wrong, send that again, too.",
                ],
                RIGHT,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D16",
                "Tiền lương bình quân tháng của 1 người lao động",
                K::OutlierAmongPeers {
                    figure: Measured::Value {
                        label: "Tiền lương bình quân tháng của 1 người lao động".into(),
                        value: "4500".into(),
                    },
                    median: "4350000".into(),
                    peers: 41,
                    group: PeerGroup::SameSector {
                        level: words("Công đoàn cơ sở", "Grassroots union"),
                        sector: words("Sự nghiệp", "Public service unit"),
                    },
                    score: "-31,2".into(),
                    threshold: "5".into(),
                    fix: RuleFix::OwnOrExplain {
                        words: words("kiểm tra đơn vị tính (đồng, không phải nghìn đồng)", "check the measure (dong, not thousands)"),
                        column: column(),
                    },
                },
            ),
            [
                "Số khác hẳn các đơn vị tương tự thường do gõ thừa, thiếu chữ số hoặc nhầm đơn vị tính. Số vẫn được dùng; đây chỉ là câu hỏi để xác nhận.",
                "A figure unlike those of comparable units is often a digit too many or the wrong measure. It is used all the same; this only asks for a confirmation.",
            ],
            &[
                ["Xem lại số chữ số và đơn vị tính của ô.", "Look at the digits and the measure of the cell."],
                WRONG,
                RIGHT,
            ],
        )
        .with("threshold", ["độ lệch từ đó trở lên thì hỏi lại", "scores above it are asked about"])
        .with("score", ["độ lệch chuẩn hóa theo trung vị (modified z-score)", "the modified z-score"])
        .with("group", ["nhóm đơn vị được đem so", "the units compared with"]),
        page(
            at_cell(
                "Báo cáo",
                "D12",
                "Số hội viên",
                K::OutlierAgainstPast {
                    figure: Measured::Value { label: "Số hội viên".into(), value: "1240".into() },
                    median: "124".into(),
                    periods: 6,
                    score: "60,7".into(),
                    threshold: "3,5".into(),
                    fix: RuleFix::CheckOrExplain { column: column() },
                },
            ),
            [
                "Số thay đổi đột ngột so với chính các kỳ trước thường do gõ nhầm; số vẫn được dùng cho đến khi đơn vị xác nhận hoặc sửa.",
                "A sudden change against the unit's own past is often a slip; the figure is used until the unit confirms or mends it.",
            ],
            &[
                ["So với báo cáo các kỳ trước của đơn vị.", "Compare with the unit's earlier reports."],
                WRONG,
                RIGHT,
            ],
        )
        .with("threshold", ["độ lệch từ đó trở lên thì hỏi lại", "scores above it are asked about"])
        .with("score", ["độ lệch chuẩn hóa theo trung vị (modified z-score)", "the modified z-score"]),
    ]
}

fn defined() -> Vec<Page> {
    const RULES: Both = [
        "Mở tệp biểu tại dòng được nêu; các khóa của quy tắc có trong crates/campaign/README.md.",
        "Open the form's file at the line; the keys of a rule stand in crates/campaign/README.md.",
    ];
    const CHECK: Both = ["Chạy `thidua check` lại.", "Run `thidua check` again."];
    const FORM: &str = "forms/mau-1-hdcd.toml";
    vec![
        page(
            at_line(FORM, 74, "female-of-workers.id", K::RuleRetired { rule: "female-of-workers".into() }),
            [
                "Mã quy tắc nằm trong các báo cáo đã công bố; dùng lại mã cũ cho ý khác sẽ làm người đọc hiểu sai.",
                "Ids of rules stand in published reports; the same id with another meaning would mislead their readers.",
            ],
            &[RULES, ["Đặt một mã chưa từng dùng.", "Choose an id that was never used."], CHECK],
        ),
        page(
            at_line(
                FORM,
                80,
                "female-of-workers.operator",
                K::RuleMalformed { rule: "female-of-workers".into(), problem: RuleProblem::PartNeedsAtMost },
            ),
            [
                "Các khóa của quy tắc mâu thuẫn với nhau, nên không biết phải kiểm tra gì.",
                "The keys of the rule contradict each other, and nobody knows what to check.",
            ],
            &[RULES, ["Sửa khóa được nêu.", "Mend the key that is named."], CHECK],
        ),
        page(
            at_line(
                FORM,
                90,
                "houses-grow.id",
                K::RuleIdle {
                    rule: "houses-grow".into(),
                    why: IdleRule::NotAsked { field: "houses_built".into(), levels: "superior".into() },
                },
            ),
            [
                "Không sai, nhưng quy tắc sẽ không bao giờ báo gì: số liệu mà nó cần không ai được hỏi.",
                "Not wrong, but the rule will never say anything: nobody is asked for what it needs.",
            ],
            &[
                RULES,
                [
                    "Thêm dòng vào biểu, sửa levels, hoặc bỏ quy tắc.",
                    "Add the line to a form, mend levels, or remove the rule.",
                ],
            ],
        )
        .with("why", ["lý do không xét được", "why it cannot be decided"]),
        page(
            at_line(
                FORM,
                95,
                "wage-of-workers.right",
                K::MeasuresCompared {
                    rule: "wage-of-workers".into(), left: "đồng".into(), right: "người".into()
                },
            ),
            [
                "So sánh hai số khác đơn vị tính thường là gõ nhầm mã trường.",
                "Comparing figures of two measures is usually a slip in a field's id.",
            ],
            &[RULES, ["Kiểm tra mã trường ở hai vế.", "Check the field ids of both sides."]],
        ),
    ]
}
