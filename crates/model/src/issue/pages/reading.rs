//! Pages of the V codes from V130 on: what a cell says in another way than its field asks for.

use super::{Both, Page, at_cell, page};
use crate::IssueKind as K;

const OPEN: Both = [
    "Mở tệp, bấm vào liên kết hoặc tới đúng trang và ô ghi sau chữ “tại”.",
    "Open the file and go to the sheet and cell that stand behind \"at\".",
];
const SEND: Both =
    ["Lưu tệp và gửi lại; bản gửi sau thay bản trước.", "Save and send again; the later version counts."];
const RIGHT: Both = ["Nếu đúng thì không phải làm gì.", "If it is right, nothing needs doing."];

pub(super) fn pages() -> Vec<Page> {
    let mut pages = numbers();
    pages.extend(answers());
    pages.extend(places());
    pages
}

/// Figures that stand where no field asks for them, and rows that stand twice.
fn places() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Công trình",
                "B8",
                "",
                K::RowTwice { found: "Phần mềm quản lý thư viện".into(), first: "B7".into() },
            ),
            [
                "Hai dòng giống nhau từng chữ thường là chép hai lần; nếu tính cả hai, số của đơn vị tăng gấp đôi.",
                "Two rows that agree in every cell were usually copied twice; counting both would double the unit's number.",
            ],
            &[
                ["So hai dòng với sổ sách.", "Compare the two rows with the books."],
                ["Nếu là một, xóa dòng thừa.", "If they are one, remove the other."],
                [
                    "Nếu là hai, ghi thêm chỗ khác nhau: đơn vị, ngày, số quyết định.",
                    "If they are two, write what differs: unit, date, number of the decision.",
                ],
                SEND,
            ],
        )
        .with("first", ["dòng đứng trước, giống hệt dòng này", "the earlier row that this one repeats"]),
        page(
            at_cell("Mẫu 1", "D29", "Tổng số đoàn viên", K::FigureInNotes { figure: "46".into(), cell: "E29".into() }),
            [
                "Số gõ ở cột Ghi chú không thuộc chỉ tiêu nào; chương trình không tự chuyển số sang ô khác.",
                "A figure in the column of notes belongs to no field, and the program moves no figure by itself.",
            ],
            &[OPEN, ["Chuyển số sang ô nhập của dòng.", "Move the figure into the input of the line."], SEND],
        )
        .with("figure", ["số đứng ở cột Ghi chú", "the figure in the column of notes"])
        .with("cell", ["ô của cột Ghi chú", "the cell of the column of notes"]),
        page(
            at_cell("Mẫu 1", "D28", "", K::FigureBesideHeading { found: "46".into(), heading: "III. Đoàn viên".into() }),
            [
                "Cạnh tiêu đề không có chỉ tiêu nào để ghi số; có thể số thuộc dòng trên hoặc dòng dưới.",
                "A heading asks for no figure; it may belong to the line above or below.",
            ],
            &[OPEN, ["Đặt số vào đúng dòng, hoặc xóa nếu thừa.", "Put it beside its line, or remove it."], SEND],
        )
        .with("heading", ["tiêu đề của mục", "the heading of the part"]),
        page(
            at_cell(
                "Mẫu 1",
                "D28",
                "",
                K::ValuesShifted {
                    found: "46".into(),
                    heading: "III. Đoàn viên".into(),
                    label: "Cán bộ công đoàn không chuyên trách".into(),
                },
            ),
            [
                "Cột số dán lệch một hàng thì số nào cũng đứng sai dòng mà vẫn trông hợp lý. Các số của mục được giữ kèm cảnh báo.",
                "When a column is pasted one row too high or too low, every figure stands beside the wrong line and still looks fine. The figures of the part are kept with a warning.",
            ],
            &[
                OPEN,
                ["So từng số của mục với nhãn của dòng.", "Compare each figure of the part with the label of its line."],
                ["Dán lại cột số cho đúng hàng.", "Paste the column again at the right row."],
                SEND,
            ],
        )
        .with("heading", ["tiêu đề của mục", "the heading of the part"])
        .with("label", ["dòng đầu hoặc cuối mục đang trống", "the first or last line of the part, which is empty"]),
        page(
            at_cell("Mái ấm", "D9", "Số tiền", K::TotalUnread { found: "~90 triệu".into() }),
            [
                "Dòng cộng chỉ để đối chiếu; số tổng luôn tính lại từ các dòng.",
                "A total is there to compare with; sums are always made of the rows.",
            ],
            &[OPEN, ["Gõ số tổng bằng chữ số, hoặc để trống.", "Type the total in digits, or leave it empty."], SEND],
        ),
    ]
}

fn numbers() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Mẫu 1",
                "D19",
                "Tổng số tiền còn nợ lương",
                K::NumberScaled { found: "12 triệu đồng".into(), read_as: "12.000.000".into() },
            ),
            [
                "Dòng này tính bằng đơn vị khác với chữ ghi sau số; số đã được nhân (hoặc chia) cho đúng đơn vị tính và dùng như vậy.",
                "The line is kept in another measure than the words behind the number; the number was multiplied (or divided) into it and is used so.",
            ],
            &[
                ["So số đã hiểu với số định ghi.", "Compare the number that was read with the one that was meant."],
                RIGHT,
                [
                    "Nếu sai, gõ đủ chữ số theo đơn vị tính của dòng rồi gửi lại.",
                    "If not, type all digits in the measure of the line and send again.",
                ],
            ],
        ),
        page(
            at_cell("Mẫu 1", "D14", "Tổng số lao động", K::ApproximateNumber { found: "khoảng 120".into() }),
            [
                "Số ước chừng không cộng được với số đếm: tổng sẽ trông chính xác mà không chính xác.",
                "An estimate cannot be added to what was counted: the sum would look exact and not be.",
            ],
            &[
                OPEN,
                ["Gõ số đã đếm, chỉ bằng chữ số.", "Type the number that was counted, digits only."],
                [
                    "Chưa đếm được thì để trống; muốn nói rõ thì ghi ở cột Ghi chú.",
                    "Leave the cell empty if it was not counted; words belong into the column Ghi chú (notes).",
                ],
                SEND,
            ],
        ),
        page(
            at_cell("Mẫu 1", "D14", "Tổng số lao động", K::SeveralNumbers { found: "120 (45 nữ)".into() }),
            [
                "Không biết số nào là số của dòng này, nên không lấy số nào.",
                "Nobody knows which of the numbers is that of the line, so none is taken.",
            ],
            &[
                OPEN,
                [
                    "Giữ trong ô một số; số kia ghi vào dòng của nó (ví dụ “- Trong đó: nữ”) hoặc cột Ghi chú.",
                    "Keep one number; the other one belongs into its own line or the column Ghi chú (notes).",
                ],
                SEND,
            ],
        ),
        page(
            at_cell("Mẫu 1", "D14", "Tổng số lao động", K::PercentInCount { found: "95%".into() }),
            [
                "Dòng hỏi số lượng để cộng lên cấp trên; tỷ lệ phần trăm thì không cộng được.",
                "The line asks for a quantity that is added up above; percentages cannot be added.",
            ],
            &[
                OPEN,
                ["Gõ số lượng.", "Type the quantity."],
                [
                    "Nếu gõ số mà ô tự hiện dấu %: chọn ô, Định dạng ô › Số, rồi gõ lại.",
                    "If the cell adds the % by itself: Format cells › Number, and type it again.",
                ],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 2",
                "D16",
                "+ Tỷ lệ so với tổng số lao động",
                K::ShareUnclear { found: "0.95".into(), one: "0,95".into(), other: "95".into() },
            ),
            [
                "Trong dòng tính bằng %, số 0,95 có người ghi để nói 0,95 %, có người để nói 95 %; các số liệu khác không cho biết là số nào.",
                "In a line of percents some write 0.95 for 0.95 % and some for 95 %; no other figure tells which is meant.",
            ],
            &[
                OPEN,
                ["Gõ số phần trăm kèm dấu %, ví dụ 95% hoặc 0,95%.", "Type it with its sign, such as 95% or 0,95%."],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 2",
                "D16",
                "+ Tỷ lệ so với tổng số lao động",
                K::ShareSettled { found: "0.95".into(), read_as: "95".into() },
            ),
            [
                "Số có thể hiểu hai cách; các dòng khác của biểu (hoặc chỉ tiêu chung) chỉ khớp với một cách, và cách đó được dùng.",
                "The number has two meanings; other lines of the form (or the common target) agree with one of them, which is used.",
            ],
            &[
                ["So số đã hiểu với số định ghi.", "Compare the number that was read with the one that was meant."],
                RIGHT,
                ["Lần sau gõ kèm dấu %.", "Type it with the % sign next time."],
            ],
        ),
    ]
}

fn answers() -> Vec<Page> {
    vec![
        page(
            at_cell("Mẫu 1", "D18", "Có quỹ Đoàn kết tương trợ", K::YesAndNo { found: "có/không".into() }),
            [
                "Ô còn ghi cả hai câu trả lời; không biết câu nào được chọn.",
                "Both answers stand in the cell; nobody knows which one was chosen.",
            ],
            &[OPEN, ["Chỉ để lại Có hoặc Không.", "Leave Có (yes) or Không (no) alone."], SEND],
        ),
        page(
            at_cell("Mái ấm", "C7", "Hình thức", K::DittoRead { found: "nt".into(), read_as: "Xây mới".into() }),
            [
                "Dấu lặp lại được hiểu là nội dung của ô ngay trên. Nếu dòng bị chép hoặc sắp xếp lại thì nghĩa của nó đổi theo.",
                "A ditto mark means the cell right above it. When rows are copied or sorted, its meaning moves with them.",
            ],
            &[
                ["So nội dung đã hiểu với điều định ghi.", "Compare what was read with what was meant."],
                RIGHT,
                ["Lần sau ghi lại đầy đủ.", "Write it out next time."],
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D20",
                "Ngày tổ chức hội nghị",
                K::MonthFirst { found: "11/30/2014".into(), read_as: "30/11/2014".into() },
            ),
            [
                "Không có tháng 30, nên ngày này viết theo thứ tự khác. Ô khác trong cùng tệp, như 5/6/2014, có thể cũng bị đảo mà không thấy được, nên không tự đổi.",
                "There is no month 30, so this was written in another order. Other cells of the file, such as 5/6/2014, may be turned round unseen; nothing is changed here.",
            ],
            &[
                OPEN,
                ["Gõ ngày trước, tháng sau, ví dụ 30/11/2014.", "Type the day before the month, such as 30/11/2014."],
                ["Xem lại các ngày khác trong tệp.", "Look at the other dates of the file, too."],
                SEND,
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "D20",
                "Ngày tổ chức hội nghị",
                K::DateRead { found: "30.11.14".into(), read_as: "30/11/2014".into() },
            ),
            [
                "Ngày viết tắt, hoặc chỉ còn số thứ tự mà bảng tính lưu, đã được hiểu và dùng.",
                "A shortened date, or the bare number that a spreadsheet keeps for it, was understood and is used.",
            ],
            &[
                ["So ngày đã hiểu với ngày định ghi.", "Compare the date that was read with the one that was meant."],
                RIGHT,
                [
                    "Nếu sai, gõ đủ ngày/tháng/năm rồi gửi lại.",
                    "If not, type day, month and year in full and send again.",
                ],
            ],
        ),
    ]
}
