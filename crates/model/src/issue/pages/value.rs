//! Pages of the V codes: one value of one cell.

use super::{Both, Page, at_cell, on_sheet, page};
use crate::IssueKind as K;

const OPEN: Both = [
    "Mở tệp, bấm vào liên kết hoặc tới đúng trang và ô ghi sau chữ “tại”.",
    "Open the file and go to the sheet and cell that stand behind \"at\".",
];
const SEND: Both =
    ["Lưu tệp và gửi lại; bản gửi sau thay bản trước.", "Save and send again; the later version counts."];

pub(super) fn pages() -> Vec<Page> {
    vec![
        page(
            at_cell("Mẫu 1", "D14", "Tổng số lao động", K::NotANumber { found: "12 con".into() }),
            [
                "Chương trình không đoán số từ chữ: đoán sai một ô là sai tổng của cả huyện. Ô này bị để ngoài cho đến khi sửa.",
                "The program never guesses a number from words: one wrong guess spoils the sum of a district. The cell stays out until it is mended.",
            ],
            &[
                OPEN,
                [
                    "Gõ lại chỉ bằng chữ số, ví dụ 12; đơn vị tính đã có ở cột bên cạnh.",
                    "Type digits only, such as 12; the measure stands in its own column.",
                ],
                [
                    "Chưa có số liệu thì để trống; không phát sinh thì ghi 0.",
                    "Leave the cell empty if the value is not known; write 0 if there is nothing.",
                ],
                SEND,
            ],
        ),
        page(
            at_cell("Mẫu 1", "D15", "- Trong đó: nữ", K::NotWhole { found: "45,5".into() }),
            [
                "Người, cuộc, nhà… chỉ đếm được bằng số nguyên; phần thập phân cho thấy gõ nhầm hoặc nhầm ô.",
                "Persons, meetings or houses are counted in whole numbers; decimals point to a slip or to the wrong cell.",
            ],
            &[
                OPEN,
                [
                    "Kiểm tra có nhầm với ô tỷ lệ % hoặc dấu phẩy gõ thừa không.",
                    "See whether a share or a stray comma got into the cell.",
                ],
                ["Gõ số nguyên đúng.", "Type the right whole number."],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D16",
                "Tiền lương bình quân tháng",
                K::OutOfBounds { found: "-5".into(), min: "0".into(), max: "1000000000000".into() },
            ),
            [
                "Mỗi đơn vị tính có giới hạn hợp lý. Số ngoài giới hạn thường do gõ thừa chữ số, số âm, hoặc nhầm đồng với triệu đồng.",
                "Every measure has sensible limits. A value beyond them usually has a digit too many, a minus, or the wrong measure.",
            ],
            &[
                OPEN,
                [
                    "So số trong ô với đơn vị tính của dòng (người, đồng, %).",
                    "Compare the value with the measure of the line (persons, đồng, %).",
                ],
                ["Gõ lại số đúng.", "Type the right value."],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D14",
                "Tổng số lao động",
                K::NumberAsText { found: "1.234".into(), read_as: "1234".into() },
            ),
            [
                "Số đã được hiểu và dùng. Cảnh báo chỉ nhắc kiểm tra cách hiểu, vì “1.234” có nơi là một nghìn hai trăm ba mươi tư, có nơi là một phẩy hai.",
                "The number was understood and is used. The warning asks you to check the reading, since \"1.234\" means different numbers in different places.",
            ],
            &[
                ["So “hiểu là …” với số định ghi.", "Compare \"is read as …\" with the number that was meant."],
                ["Nếu đúng thì không phải làm gì.", "If it is right, nothing needs doing."],
                [
                    "Nếu sai, gõ lại chỉ bằng chữ số, không dấu chấm, rồi gửi lại.",
                    "If it is wrong, type digits without points and send again.",
                ],
            ],
        ),
        page(
            at_cell("Mẫu 1", "D18", "Có quỹ Đoàn kết tương trợ", K::NotYesNo { found: "có thể".into() }),
            [
                "Câu hỏi chỉ có hai câu trả lời, và được đếm ở cấp trên; câu trả lời lửng không đếm được.",
                "The question has two answers, which are counted above; anything between cannot be counted.",
            ],
            &[
                OPEN,
                ["Chọn Có hoặc Không trong danh sách của ô.", "Choose Có (yes) or Không (no) from the cell's list."],
                [
                    "Muốn giải thích thêm thì ghi ở cột Ghi chú.",
                    "Put any explanation into the column Ghi chú (notes).",
                ],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D19",
                "Xếp loại UBKT",
                K::NotAChoice { found: "Giỏi".into(), choices: "Xuất sắc; Tốt; Khá; Trung bình; Yếu".into() },
            ),
            [
                "Cấp trên đếm số đơn vị theo từng mức; một mức lạ không thuộc cột nào.",
                "Units are counted by choice at the level above; an unknown one belongs nowhere.",
            ],
            &[
                OPEN,
                ["Chọn một mục trong danh sách thả xuống của ô.", "Choose an entry from the drop-down list."],
                SEND,
            ],
        ),
        page(
            at_cell("Mẫu 1", "D20", "Ngày tổ chức hội nghị", K::NotADate { found: "31/02/2014".into() }),
            [
                "Ngày không có thật hoặc viết không đọc được thì không biết sự việc xảy ra trong kỳ nào.",
                "With a date that does not exist or cannot be read, nobody knows in which period it happened.",
            ],
            &[
                OPEN,
                [
                    "Gõ ngày/tháng/năm, ví dụ 30/11/2014; ngày trước, tháng sau.",
                    "Type day/month/year, such as 30/11/2014; the day comes first.",
                ],
                SEND,
            ],
        ),
        page(
            at_cell("Mẫu 1", "D16", "+ Tỷ lệ nữ", K::CellError { found: "#DIV/0!".into() }),
            [
                "Công thức trong ô bị lỗi nên ô không có số nào để dùng.",
                "The formula in the cell fails, so there is no number to use.",
            ],
            &[
                OPEN,
                [
                    "Gõ số trực tiếp đè lên công thức, hoặc sửa ô mà công thức lấy số (#REF! là ô đã bị xóa, #DIV/0! là chia cho 0).",
                    "Type the number over the formula, or mend the cells it reads (#REF!: a deleted cell, #DIV/0!: division by zero).",
                ],
                SEND,
            ],
        )
        .with("found", ["lỗi đang hiện trong ô", "the error that the cell shows"]),
        page(
            at_cell("Mẫu 1", "D12", "Tổng số lao động", K::FormulaUsed { read_as: "120".into() }),
            [
                "Chương trình dùng kết quả mà Excel đã lưu, không tự tính lại. Nếu tệp nguồn của công thức thay đổi, kết quả này có thể đã cũ.",
                "The result that Excel stored is used, not computed again. If what the formula reads has changed since, the result is old.",
            ],
            &[
                ["So kết quả ghi trong cảnh báo với số đúng.", "Compare the result in the warning with the right value."],
                ["Nếu đúng thì không phải làm gì.", "If it is right, nothing needs doing."],
                [
                    "Nếu sai, gõ số trực tiếp vào ô (Dán đặc biệt › Giá trị) rồi gửi lại.",
                    "If not, put the number itself into the cell (Paste special › Values) and send again.",
                ],
            ],
        )
        .with("read_as", ["kết quả đã lưu của công thức", "the stored result of the formula"]),
        page(
            at_cell("Mẫu 1", "D12", "Tổng số lao động", K::FormulaWithoutResult {}),
            [
                "Tệp được ghi bởi chương trình không tính công thức, nên ô hiện số khi mở nhưng trong tệp không có số nào. Không coi đó là 0.",
                "The file was written by a program that did not calculate: the cell shows a number when opened, and none is stored. It is not taken for 0.",
            ],
            &[
                [
                    "Mở tệp bằng Excel hoặc LibreOffice, chờ tính xong, bấm Lưu, rồi gửi lại.",
                    "Open the file in Excel or LibreOffice, let it calculate, save and send again.",
                ],
                ["Hoặc gõ số trực tiếp vào ô.", "Or type the number itself into the cell."],
            ],
        ),
        page(
            at_cell("Mẫu 1", "D21", "Số nhà Mái ấm", K::RequiredBlank {}),
            [
                "Để trống khác với số 0: để trống là chưa biết, và chỉ tiêu dựa vào ô này không tính được.",
                "Empty is not zero: it means not known, and figures that need the cell cannot be made.",
            ],
            &[
                OPEN,
                [
                    "Nhập số liệu. Không phát sinh thì ghi 0 (câu hỏi có/không thì chọn Không).",
                    "Enter the value; 0 if there is nothing (Không for a yes/no question).",
                ],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D14",
                "Tiền lương bình quân tháng",
                K::AmbiguousNumber { found: "4,500".into(), one: "4500".into(), other: "4,5".into() },
            ),
            [
                "Kiểu Việt Nam và kiểu Anh cho hai số khác nhau cả nghìn lần; chương trình không chọn thay đơn vị.",
                "Vietnamese and English style give numbers a thousand times apart; the program does not choose for the unit.",
            ],
            &[
                OPEN,
                [
                    "Gõ lại dưới dạng số: chỉ chữ số, không dấu phân cách hàng nghìn, ví dụ 4500.",
                    "Type it as a number: digits without separators, such as 4500.",
                ],
                SEND,
            ],
        ),
        page(
            on_sheet(
                "Mẫu 1",
                K::FieldNotFound { label: "Tổng số lao động".into(), best: "Tổng số lao dộng nữ (B13)".into() },
            ),
            [
                "Dòng được tìm theo nhãn, không theo địa chỉ ô. Không thấy nhãn thì số của dòng không được lấy từ chỗ khác để đoán.",
                "Lines are found by their labels, not by addresses. A line that is not found is not guessed from another.",
            ],
            &[
                [
                    "Mở biểu trắng do cấp trên gửi và tìm dòng có nhãn ghi trong lỗi.",
                    "Open the blank form that was sent out and find the line with the label.",
                ],
                [
                    "Khôi phục nguyên văn nhãn đó trên biểu của mình; thêm hàng, đổi chỗ cột thì được, đổi chữ thì không.",
                    "Restore that label in the own form; rows may be added and columns moved, words may not change.",
                ],
                SEND,
            ],
        ),
        page(
            at_cell("Mẫu 1", "D16", "+ Tỷ lệ nữ", K::Rounded { found: "37,504".into(), read_as: "37,5".into() }),
            [
                "Số được làm tròn theo đơn vị tính và dùng như vậy; phần bị bỏ không đáng kể nhưng không được bỏ mà không nói.",
                "The value is rounded to its measure and used so; what is dropped is small, and never dropped silently.",
            ],
            &[
                ["Nếu số đã làm tròn là đúng thì không phải làm gì.", "If the rounded value is right, nothing needs doing."],
                ["Lần sau gõ số đã làm tròn.", "Type the rounded value next time."],
            ],
        ),
    ]
}
