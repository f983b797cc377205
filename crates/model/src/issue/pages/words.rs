//! Pages of the V codes about the words of a sheet: old encodings, lost letters, labels with slips.

use super::{Both, Page, at_cell, page};
use crate::IssueKind as K;
use crate::issue::LegacyEncoding;

const SEND: Both =
    ["Lưu tệp và gửi lại; bản gửi sau thay bản trước.", "Save and send again; the later version counts."];
const CELLS: Both = ["số ô như vậy trên trang", "how many cells of the sheet are so"];

pub(super) fn pages() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Mẫu 1",
                "B12",
                "",
                K::LegacyText {
                    encoding: LegacyEncoding::Tcvn3,
                    cells: 38,
                    found: "Tæng sè lao ®éng".into(),
                    read_as: "Tổng số lao động".into(),
                },
            ),
            [
                "Chữ gõ bằng bảng mã cũ chỉ đọc được với đúng phông; chương trình đã chuyển sang Unicode để tìm dòng và giữ lời văn, bản gốc vẫn được lưu.",
                "Text of an old encoding can be read in its own font alone; it was converted to Unicode to find the lines and keep the words, and the original is kept.",
            ],
            &[
                [
                    "So ví dụ trong cảnh báo và vài tên riêng với bản gốc; đúng thì không phải làm gì.",
                    "Compare the example and some names with the original; if they are right, nothing needs doing.",
                ],
                [
                    "Lần sau đặt bộ gõ ở bảng mã Unicode và dùng phông Times New Roman hoặc Arial.",
                    "Next time set the keyboard to Unicode and use Times New Roman or Arial.",
                ],
            ],
        )
        .with("encoding", ["bảng mã cũ đã nhận ra", "the old encoding that was found"])
        .with("cells", CELLS)
        .with("read_as", ["chữ của ô ví dụ sau khi chuyển", "the text of the example after conversion"]),
        page(
            at_cell("Mẫu 1", "B12", "", K::LettersLost { cells: 12, found: "T?ng s? lao đ?ng".into() }),
            [
                "Chữ đã thành dấu hỏi hoặc mất hẳn thì không khôi phục chắc chắn được. Nhãn vẫn được nhận ra khi chỉ có thể là một dòng; lời văn thì giữ nguyên như trong tệp.",
                "Letters that became question marks or vanished cannot be restored for certain. A label is still known when it can be one line alone; words stay as they stand.",
            ],
            &[
                [
                    "Mở tệp gốc, nơi chữ còn đúng, và lưu lại thành .xlsx bằng Excel hoặc LibreOffice.",
                    "Open the original, where the letters are still right, and save it as .xlsx.",
                ],
                [
                    "Gõ lại những ô là lời văn đã mất chữ (khó khăn, kiến nghị, tên người).",
                    "Type the cells that hold words again (difficulties, proposals, names).",
                ],
                SEND,
            ],
        )
        .with("cells", CELLS),
        page(
            at_cell(
                "Mẫu 1",
                "B12",
                "Tổng số lao động",
                K::LabelReadAs { found: "Tổng số laao động".into(), read_as: "Tổng số lao động".into() },
            ),
            [
                "Nhãn trên trang khác biểu mẫu một hai chữ cái và không giống dòng nào khác, nên số của dòng được dùng; người gửi cần biết để xác nhận.",
                "The label differs from the form by a letter or two and is like no other line, so its value is used; the sender should know and confirm.",
            ],
            &[
                [
                    "So hai nhãn: cùng một nội dung thì chỉ cần sửa lại chữ.",
                    "Compare the two labels: if they mean the same, just mend the words.",
                ],
                [
                    "Nếu là nội dung khác, khôi phục dòng của biểu mẫu và ghi nội dung riêng vào hàng khác.",
                    "If it is another matter, restore the line of the form and put the own line elsewhere.",
                ],
                SEND,
            ],
        )
        .with("read_as", ["nhãn của biểu mẫu đã được hiểu", "the label of the form that it was taken for"]),
    ]
}
