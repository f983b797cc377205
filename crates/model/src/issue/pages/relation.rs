//! Pages of the R codes: relations between values; those of rules stand in `rule`.

use super::{Both, Page, at_cell, page};
use crate::IssueKind as K;
use crate::issue::RuleFix;

pub(super) const SEND: Both =
    ["Lưu tệp và gửi lại; bản gửi sau thay bản trước.", "Save and send again; the later version counts."];

pub(super) fn pages() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Mẫu 1",
                "D13",
                "- Trong đó: nữ",
                K::PartAboveWhole {
                    part_label: "- Trong đó: nữ".into(),
                    part: "145".into(),
                    whole_label: "Tổng số lao động".into(),
                    whole: "120".into(),
                    fix: RuleFix::OneIsMistyped,
                },
            ),
            [
                "Một phần không thể lớn hơn tổng: một trong hai số gõ nhầm, hoặc số lượt người được đếm thay cho số người. Số được giữ và hiện ra nhưng không dùng để đánh giá, chấm điểm hay cộng lên.",
                "A part cannot be above its whole: one of the two is mistyped, or visits were counted instead of persons. The figure is kept and shown, and not judged, scored or added up.",
            ],
            &[
                ["So hai số ghi trong cảnh báo với sổ sách.", "Compare both figures with the books."],
                [
                    "Dòng đếm người được tuyên truyền, bồi dưỡng: mỗi người một lần, dù tham gia nhiều lần.",
                    "In lines of people reached or trained, count each person once, however often they took part.",
                ],
                ["Sửa số sai.", "Mend the wrong figure."],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D21",
                "Số nhà Mái ấm",
                K::ListDiffers { line: "3".into(), list: "2".into(), list_title: "Mái ấm công đoàn".into() },
            ),
            [
                "Danh sách có tên từng trường hợp nên đáng tin hơn con số tổng; chương trình dùng danh sách.",
                "A list names each case and is more reliable than a total; the list is used.",
            ],
            &[
                ["Đếm lại danh sách và so với dòng của biểu.", "Count the list again and compare it with the line."],
                [
                    "Thiếu dòng trong danh sách thì bổ sung; tổng sai thì sửa tổng.",
                    "Add the rows that are missing, or mend the total.",
                ],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 2",
                "D16",
                "+ Tỷ lệ so với tổng số lao động",
                K::DerivedDiffers { stated: "2,6".into(), computed: "2,53".into() },
            ),
            [
                "Tỷ lệ được tính lại từ các số thành phần; hai bên lệch nhau thì một trong các số có thể sai.",
                "The share is computed from its parts; when both differ, one of the figures may be wrong.",
            ],
            &[
                ["Kiểm tra các số thành phần của tỷ lệ.", "Check the parts of the share."],
                [
                    "Sửa số sai, hoặc để trống dòng tỷ lệ: chương trình tự tính.",
                    "Mend the wrong figure, or leave the share empty: it is computed anyway.",
                ],
            ],
        ),
        page(
            at_cell(
                "Xếp loại",
                "B8",
                "Đơn vị",
                K::NotBelowSender {
                    unit: "Trường THCS Hoa Ban".into(),
                    sender: "LĐLĐ huyện Lắk".into(),
                    date: "30/11/2014".into(),
                },
            ),
            [
                "Một đơn vị chỉ được cấp trên trực tiếp của mình kê khai; nếu không, hai nơi có thể cùng tính một đơn vị.",
                "Only a unit's own superior may report it; otherwise two places could count the same unit.",
            ],
            &[
                ["Kiểm tra tên đơn vị ở dòng này.", "Check the unit's name in this row."],
                [
                    "Không phải đơn vị trực thuộc thì bỏ dòng.",
                    "Remove the row if the unit does not belong to the sender.",
                ],
                [
                    "Đúng là trực thuộc thì đề nghị sửa danh bạ (ngày chuyển về).",
                    "If it does, have the register mended (the day of its move).",
                ],
            ],
        ),
        page(
            at_cell(
                "Xếp loại",
                "B9",
                "Đơn vị",
                K::ListedTwice { unit: "Trường THCS Hoa Ban".into(), list_title: "Xếp loại".into() },
            ),
            [
                "Hai dòng nói khác nhau về cùng một đơn vị; không biết dòng nào đúng nên không dòng nào được dùng.",
                "Two rows say different things of one unit; nobody knows which is right, so none is used.",
            ],
            &[
                ["Tìm mọi dòng của đơn vị trong danh sách.", "Find every row of the unit in the list."],
                ["Giữ một dòng đúng, xóa các dòng khác.", "Keep the right one and delete the others."],
                SEND,
            ],
        ),
    ]
}
