//! Pages of the codes about corrections of single values.

use super::{Page, at_cell, at_line, page};
use crate::IssueKind as K;
use crate::issue::{CorrectionProblem, Words};

const FILE: &str = "corrections.csv";

pub(super) fn pages() -> Vec<Page> {
    let words = |text: &str| Words { vi: text.into(), en: text.into() };
    vec![
        page(
            at_line(
                FILE,
                3,
                "field",
                K::BadCorrection {
                    problem: CorrectionProblem::Unknown { column: "field".into(), found: "workerss".into() },
                },
            ),
            [
                "Dòng không dùng được thì số liệu vẫn là số đã đọc, như chưa ai sửa.",
                "A line that cannot be used changes nothing: the value stays as it was read.",
            ],
            &[
                ["Mở corrections.csv và tới dòng ghi trong lỗi.", "Open corrections.csv at the line that is named."],
                [
                    "Sửa đơn vị, kỳ, mẫu, trường, giá trị, giờ (2014-06-10 08:30), người sửa hoặc lý do cho đúng.",
                    "Mend the unit, period, form, field, values, time (2014-06-10 08:30), name or reason.",
                ],
                ["Chạy lại.", "Run again."],
            ],
        ),
        page(
            at_line(
                FILE,
                4,
                "old",
                K::CorrectionStale { was: words("120 người"), now: words("130 người"), corrected: words("125 người") },
            ),
            [
                "Lần sửa là về số đã đọc khi đó; bản gửi sau có số khác thì không ai biết số nào đúng.",
                "A correction is about what was read then; after a newer version nobody knows which of them is right.",
            ],
            &[
                [
                    "So số trong bản đang dùng với số định sửa.",
                    "Compare the value of the version that counts with the correction.",
                ],
                [
                    "Vẫn sai thì sửa lại từ số đang đọc được; đúng rồi thì rút lần sửa cũ.",
                    "If it is still wrong, correct it anew from what is read now; else withdraw the old correction.",
                ],
            ],
        )
        .with("was", ["giá trị khi sửa", "the value that was corrected"])
        .with("now", ["giá trị nay đọc được", "what is read now"])
        .with("corrected", ["giá trị định dùng thay", "what was to be in its place"]),
        page(
            at_line(FILE, 5, "form", K::CorrectionWithoutReport { form: "mau-1".into(), unit: "cs-hoa-ban".into() }),
            [
                "Sửa số liệu không thay cho báo cáo: đơn vị chưa có báo cáo thì không có gì để sửa.",
                "A correction is no report: where none counts there is nothing to correct.",
            ],
            &[
                ["Kiểm tra kỳ và mẫu ghi trong dòng.", "Check the period and form of the line."],
                ["Chờ hoặc xin báo cáo của đơn vị, rồi chạy lại.", "Wait or ask for the report, and run again."],
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D14",
                "Tổng số lao động",
                K::ValueCorrected {
                    was: words("1250 người"),
                    corrected: words("125 người"),
                    by: "Lê Thị B".into(),
                    at: "2014-06-10 08:30".into(),
                    reason: "gõ thừa một chữ số, đơn vị đã xác nhận qua điện thoại".into(),
                },
            ),
            [
                "Số dùng để tính không còn là số trong ô; ai xem cũng phải thấy ai sửa, khi nào và vì sao.",
                "What is computed with is no longer what the cell says; everybody sees who corrected it, when and why.",
            ],
            &[
                [
                    "Không phải làm gì nếu số mới đúng.",
                    "Nothing to do if the new value is right.",
                ],
                [
                    "Không đồng ý thì báo người sửa, hoặc gửi lại báo cáo: bản gửi sau có số khác thì lần sửa này không còn tác dụng.",
                    "If it is wrong, tell whoever corrected it, or send the report again: against another value the correction no longer counts.",
                ],
            ],
        )
        .with("was", ["giá trị đã đọc", "the value as it was read"])
        .with("corrected", ["giá trị được dùng", "the value that is used"])
        .with("by", ["người sửa", "who corrected it"])
        .with("at", ["giờ sửa", "when it was corrected"])
        .with("reason", ["lý do", "the reason"]),
        page(
            at_cell("Mẫu 2", "D14", "Tổng số lao động", K::GivenChanged { given: "1250".into(), now: words("1260") }),
            [
                "Số điền sẵn được cộng từ báo cáo của cấp dưới; số gõ đè lên có thể đúng hơn, nhưng người xem phải biết nó không còn là số cộng.",
                "The figure was added up from the reports below; another one may be better, and whoever reads it must know that it is no longer the sum.",
            ],
            &[
                [
                    "Đơn vị cấp dưới sai thì đề nghị đơn vị đó gửi lại; không sửa tổng thay cho họ.",
                    "If a unit below is wrong, ask it to send again; do not mend its sum instead.",
                ],
                [
                    "Vẫn cần số khác thì ghi lý do vào cột Ghi chú của dòng.",
                    "If another figure is needed all the same, give the reason in the notes' column of the line.",
                ],
                ["Gõ nhầm thì gõ lại số điền sẵn.", "If it was a slip, type the figure that was filled in."],
            ],
        )
        .with("given", ["số điền sẵn khi biểu được gửi đi", "the figure that stood in the form when it went out"])
        .with("now", ["số trong ô khi biểu gửi lại", "what the cell holds now"]),
    ]
}
