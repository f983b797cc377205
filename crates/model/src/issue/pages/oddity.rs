//! Pages of the F codes for what is odd about a file that was read all the same.

use super::{Both, Page, at_cell, on_file, on_sheet, page};
use crate::IssueKind as K;

const FILE: &str = "dot-2/cdcs-017.xlsx";
const RESAVE: Both = [
    "Mở tệp bằng Excel hoặc LibreOffice, bấm Lưu (kiểu .xlsx).",
    "Open the file in Excel or LibreOffice and save it (as .xlsx).",
];
const SEND: Both = ["Gửi lại tệp; bản gửi sau thay bản trước.", "Send the file again; the later version counts."];

pub(super) fn pages() -> Vec<Page> {
    [container(), shown()].concat()
}

/// What the bytes of the file say twice, wrongly or not at all.
fn container() -> Vec<Page> {
    vec![
        page(
            on_file("dot-2/cdcs-017.xls", K::SavedAsOther { format: "HTML".into() }),
            [
                "Tệp xuất từ phần mềm khác thường chỉ mang tên .xls mà bên trong là trang web hay CSV; kiểu số và ngày dễ bị hiểu khác.",
                "Files exported by other programs are often a web page or CSV by the name of .xls; numbers and dates are easily misread.",
            ],
            &[
                ["So vài số trong báo cáo với số gốc.", "Compare some figures with the original."],
                RESAVE,
                ["Lần sau gửi tệp .xlsx đó.", "Send that .xlsx next time."],
            ],
        )
        .with("format", ["loại tệp thật sự bên trong", "what the file really is"]),
        page(
            at_cell("Mẫu 1", "D14", "", K::CellTwice {}),
            [
                "Excel không bao giờ ghi như vậy; hai nội dung khác nhau cho một ô thì không biết cái nào được thấy trên màn hình.",
                "Excel never writes this; with two contents for one cell nobody knows which the sender saw.",
            ],
            &[["Mở tệp và xem ô này có đúng số không.", "Open the file and see whether the cell is right."], RESAVE, SEND],
        ),
        page(
            on_sheet("Mẫu 1", K::BadAddress { found: "D0".into() }),
            [
                "Ô không có địa chỉ hợp lệ thì không biết thuộc dòng nào, nên không đọc.",
                "A cell without a valid address belongs to no line, so it is not read.",
            ],
            &[["Mở tệp và kiểm tra có thiếu số nào không.", "Open the file and see whether a number is missing."], RESAVE, SEND],
        )
        .with("found", ["địa chỉ ghi trong tệp", "the address that the file gives"]),
        page(
            at_cell("Mẫu 1", "D14", "", K::TextMissing {}),
            [
                "Tệp bị hỏng một phần: ô chỉ tới một đoạn chữ không có trong tệp.",
                "The file is partly broken: the cell points to a text that is not in it.",
            ],
            &[["Gõ lại nội dung của ô.", "Type the content of the cell again."], RESAVE, SEND],
        ),
        page(
            on_sheet("Mẫu 1", K::SheetLost {}),
            [
                "Cả trang bị mất trong tệp; số liệu của trang không được tính.",
                "The whole sheet is lost in the file; its figures do not count.",
            ],
            &[
                ["Mở tệp gốc trên máy của đơn vị, xem trang còn không.", "Open the original and see whether the sheet is there."],
                RESAVE,
                SEND,
            ],
        ),
        page(
            on_file(FILE, K::NotCalculated {}),
            [
                "Phần mềm xuất tệp thường ghi sẵn số 0 cho mọi công thức. Số 0 đó không phải số liệu, nên các ô công thức như vậy không được dùng.",
                "Exporting programs often store 0 for every formula. That 0 is no figure, so such cells are not used.",
            ],
            &[RESAVE, ["Kiểm tra các ô công thức hiện đúng số.", "See that the formula cells show the right numbers."], SEND],
        ),
        page(
            on_file("dot-2/cdcs-017.csv", K::BadEncoding { encoding: "UTF-8".into() }),
            [
                "Chữ có dấu bị hỏng thì tên đơn vị và nhãn có thể không nhận ra được.",
                "With broken letters names of units and labels may not be recognised.",
            ],
            &[RESAVE, SEND],
        )
        .with("encoding", ["bảng mã của tệp", "the encoding of the file"]),
        page(
            on_file("dot-2/cdcs-017.csv", K::ReadInEncoding { encoding: "windows-1258".into() }),
            [
                "Bảng mã được suy ra từ nội dung; nếu suy sai, chữ có dấu sẽ khác.",
                "The encoding was told from the content; told wrongly, letters with marks differ.",
            ],
            &[
                ["Xem tên đơn vị trong báo cáo có đúng dấu không.", "See whether names have the right marks."],
                ["Lần sau gửi tệp .xlsx.", "Send an .xlsx next time."],
            ],
        )
        .with("encoding", ["bảng mã được dùng để đọc", "the encoding that was used"]),
        page(
            on_file(FILE, K::MoreNotes { count: 120 }),
            [
                "Quá nhiều chỗ bất thường thì tệp thường do phần mềm ghi lỗi; chỉ những chỗ đầu được kể ra.",
                "With so many oddities the program that wrote the file is at fault; only the first are listed.",
            ],
            &[RESAVE, SEND],
        )
        .with("count", ["số chỗ không liệt kê", "how many are not listed"]),
    ]
}

/// What the sender does not see on the screen.
fn shown() -> Vec<Page> {
    vec![
        page(
            at_cell("Mẫu 1", "D14", "", K::HiddenInputs { cells: "D14, D15".into(), count: 2 }),
            [
                "Người ký không thấy các ô này nên có thể chứa số cũ; chúng vẫn được đọc như các ô khác.",
                "Whoever signed did not see these cells, which may hold old figures; they are read like others.",
            ],
            &[
                [
                    "Chọn cả trang, bấm chuột phải vào tên hàng (cột), chọn Bỏ ẩn (Unhide).",
                    "Select the sheet, right-click the row (column) heads and choose Unhide.",
                ],
                ["Kiểm tra và sửa số, rồi gửi lại nếu có sửa.", "Check the figures; send again if any was wrong."],
            ],
        )
        .with("cells", ["địa chỉ các ô đầu tiên", "the addresses of the first of them"])
        .with("count", ["số ô bị ẩn", "how many cells are hidden"]),
        page(
            at_cell("Mẫu 1", "D14", "", K::MergedInputs { range: "D14:D15".into(), inputs: 2 }),
            [
                "Trong vùng gộp chỉ có một số, mà vùng này phủ nhiều dòng; chia hay gán cho một dòng đều là đoán.",
                "A merged range holds one number and covers several lines; giving it to any of them would be a guess.",
            ],
            &[
                [
                    "Chọn vùng, bấm Trộn & Căn giữa (Merge) để bỏ gộp.",
                    "Select the range and press Merge to unmerge it.",
                ],
                ["Nhập số riêng cho từng dòng.", "Type a number for each line."],
                SEND,
            ],
        )
        .with("range", ["vùng ô bị gộp", "the merged range"])
        .with("inputs", ["số ô nhập trong vùng", "how many input cells it covers"]),
        page(
            on_sheet("Mẫu 1", K::SheetHidden {}),
            [
                "Trang ẩn thường là bản cũ còn sót lại; số của nó vẫn được đọc nếu là biểu mẫu.",
                "A hidden sheet is often an old copy; as a form it is read all the same.",
            ],
            &[
                ["Bấm chuột phải vào tên trang bất kỳ, chọn Bỏ ẩn (Unhide).", "Right-click any tab and choose Unhide."],
                ["Là bản cũ thì xóa trang rồi gửi lại.", "Delete it if it is an old copy, and send again."],
            ],
        ),
    ]
}
