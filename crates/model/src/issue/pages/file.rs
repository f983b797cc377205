//! Pages of the F codes: a file, a sheet, its sender and period, its receipt.

use super::{Both, Page, at_cell, at_line, on_file, on_sheet, page};
use crate::IssueKind as K;
use crate::issue::{FileDamage, FileGuess, FileLimit, ReaderEnd, ReceiptProblem};

const FILE: &str = "dot-2/cdcs-017.xlsx";
const SEND: Both = ["Gửi lại tệp; bản gửi sau thay bản trước.", "Send the file again; the later version counts."];
const SAVE_AS: Both = [
    "Mở tệp gốc bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)”.",
    "Open the original in Excel or LibreOffice and save it as an Excel workbook (.xlsx).",
];

pub(super) fn pages() -> Vec<Page> {
    [reading(), sender(), versions()].concat()
}

/// What the file is, and whether it can be read.
fn reading() -> Vec<Page> {
    vec![
        page(
            on_file("dot-2/bao-cao.xlsx", K::NotASpreadsheet { found: FileGuess::Pdf, fix: FileGuess::Pdf.fix() }),
            [
                "Tệp được nhận ra theo nội dung, không theo đuôi tên. PDF, Word hay ảnh không có ô để đọc số, dù tên là .xlsx.",
                "Files are told by content, not by name. PDF, Word and images have no cells to read, whatever they are called.",
            ],
            &[
                ["Tìm lại tệp bảng tính gốc của báo cáo.", "Find the spreadsheet that the report was made in."],
                SAVE_AS,
                SEND,
                [
                    "Bản quét có chữ ký gửi kèm như văn bản, không thay cho tệp Excel.",
                    "A signed scan is sent as a document beside the workbook, not in its place.",
                ],
            ],
        )
        .with("found", ["loại tệp nhận ra được", "the kind of file that it is"])
        .with("fix", ["cách sửa hợp với loại tệp", "what helps with such a file"]),
        page(
            on_file(FILE, K::SheetMissing { expected: "Mẫu số 1-HĐCĐ; Mẫu số 2-HĐCĐ".into() }),
            [
                "Không trang nào có đủ tiêu đề và nhãn của một biểu mẫu, nên không biết số nào là của dòng nào.",
                "No sheet has the title and labels of a form, so nobody can tell which number belongs to which line.",
            ],
            &[
                ["Kiểm tra có gửi nhầm tệp không.", "See whether the wrong file was sent."],
                [
                    "Dùng biểu trắng do cấp trên gửi và chép số vào cột Số lượng; giữ nguyên tiêu đề và nhãn.",
                    "Use the blank form that was sent out and copy the figures into it; keep its title and labels.",
                ],
                SEND,
            ],
        )
        .with("expected", ["các biểu mẫu của phong trào", "the forms of the campaign"]),
        page(
            on_file(FILE, K::FileDamaged { problem: FileDamage::CutShort }),
            [
                "Tệp bị hỏng trên đường đi (gửi dở, USB lỗi) nên không chắc số nào còn nguyên; không số nào được lấy.",
                "The file broke on its way (a cut transfer, a bad USB stick), so no number in it is sure; none is taken.",
            ],
            &[
                ["Mở tệp gốc trên máy của đơn vị để xem còn đọc được không.", "Open the original on the unit's own computer."],
                SAVE_AS,
                ["Gửi lại, chờ tải lên xong mới đóng.", "Send it again and wait for the upload to end."],
            ],
        ),
        page(
            on_file(FILE, K::FileEncrypted {}),
            [
                "Tệp có mật khẩu mở thì không chương trình nào đọc được nếu không có mật khẩu. Khóa trang (protect sheet) thì không sao.",
                "Nothing can read an encrypted file without its password. A protected sheet does no harm.",
            ],
            &[
                [
                    "Mở tệp bằng mật khẩu, vào Tệp › Thông tin › Bảo vệ sổ làm việc › Mã hóa bằng mật khẩu, xóa mật khẩu.",
                    "Open the file with the password, and clear it in File › Info › Protect Workbook › Encrypt with Password.",
                ],
                SEND,
            ],
        ),
        page(
            on_file(FILE, K::LimitExceeded { limit: FileLimit::FileBytes, found: 73_400_320, allowed: 67_108_864 }),
            [
                "Báo cáo thật chỉ vài chục KB. Giới hạn giữ cho một tệp lạ không làm chậm hay dừng việc đọc mọi tệp khác.",
                "A real report has some dozen KB. Limits keep one odd file from slowing or stopping all others.",
            ],
            &[
                ["Xóa các trang, ảnh và vùng không thuộc biểu mẫu.", "Delete sheets, images and areas beside the form."],
                [
                    "Nếu tệp vẫn lớn: chép số vào biểu trắng mới.",
                    "If it stays large: copy the figures into a new blank form.",
                ],
                SEND,
            ],
        )
        .with("found", ["con số của tệp này", "how much this file has"]),
        page(
            on_sheet("Sheet3", K::SheetUnused { cells: 42 }),
            [
                "Trang có dữ liệu nhưng không phải biểu hay danh sách nào của phong trào; không ô nào của trang được dùng.",
                "The sheet holds something and is no form or list of the campaign; none of its cells is used.",
            ],
            &[
                ["Nếu là trang nháp: không cần làm gì, hoặc xóa trang.", "A scratch sheet: nothing to do, or delete it."],
                [
                    "Nếu là biểu: đối chiếu tiêu đề và nhãn với biểu trắng rồi gửi lại.",
                    "A form after all: compare its title and labels with the blank form and send again.",
                ],
            ],
        ),
        page(
            on_file(FILE, K::FileStoppedReader { how: ReaderEnd::TooSlow { seconds: 20 } }),
            [
                "Mỗi tệp được đọc riêng trong giới hạn thời gian và bộ nhớ; tệp này vượt quá, các tệp khác vẫn được đọc.",
                "Each file is read apart, within limits of time and memory; this one went beyond, the others are read.",
            ],
            &[
                SAVE_AS,
                [
                    "Nếu vẫn lỗi: chép số vào biểu trắng mới và gửi tệp đó.",
                    "If it fails again: copy the figures into a new blank form and send that.",
                ],
                [
                    "Báo cho người phụ trách phần mềm kèm tệp gốc.",
                    "Pass the original file to whoever looks after the program.",
                ],
            ],
        ),
    ]
}

/// Whose report, of which form and period.
fn sender() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Mẫu 1",
                "B2",
                "",
                K::UnknownUnit { found: "CĐ Trường Hoa".into(), near: "Trường THCS Hoa Ban (cdcs-044)".into() },
            ),
            [
                "Không biết chắc của ai thì không cộng vào đâu cả; tên gần giống không được tự chọn.",
                "A report of nobody in particular is added up nowhere; a similar name is never chosen for it.",
            ],
            &[
                [
                    "Ghi đúng tên (hoặc mã) đơn vị như trong danh bạ ở dòng “Đơn vị báo cáo :”.",
                    "Write the unit's name or code as in the register in the line \"Đơn vị báo cáo :\".",
                ],
                [
                    "Trong danh sách: ghi đúng tên đơn vị ở cột đơn vị.",
                    "In a list: write the unit's name in its column.",
                ],
                [
                    "Đơn vị mới thì đề nghị cấp trên thêm vào danh bạ.",
                    "For a new unit, ask the level above to add it to the register.",
                ],
                SEND,
            ],
        )
        .with("found", ["tên đơn vị ghi trong tệp", "the name that the file gives"]),
        page(
            at_cell("Mẫu 1", "A7", "", K::UnknownPeriod { found: "31/5, 30/11".into() }),
            [
                "Hai kỳ dùng chung một mẫu; không đánh dấu ngày thì không biết số liệu của đợt nào.",
                "Both periods use one form; without a marked date nobody knows which of them the figures are for.",
            ],
            &[
                [
                    "Ở dòng “Số liệu tính đến ngày”, đánh dấu (☒ hoặc x) đúng một trong hai ngày.",
                    "In the line \"Số liệu tính đến ngày\" mark (☒ or x) one of the two dates.",
                ],
                ["Kiểm tra NĂM ghi đúng.", "See that the year is right."],
                SEND,
            ],
        )
        .with("found", ["ngày, năm tìm thấy ở đầu biểu", "the dates or year in the head of the form"]),
        page(
            at_cell(
                "Mẫu 1",
                "B2",
                "",
                K::NamesDisagree {
                    header: "Trường THCS Hoa Ban".into(),
                    identity: "Trường Tiểu học Sao Mai".into(),
                    used: "Trường THCS Hoa Ban (cdcs-044)".into(),
                },
            ),
            [
                "Thường do chép tệp của đơn vị khác rồi sửa tên. Chương trình chọn bên có nhiều bằng chứng hơn và nói rõ đã chọn ai.",
                "Usually the file was copied from another unit. The side with more evidence is used, and it says which.",
            ],
            &[
                ["Đọc phần “dùng …” xem có đúng đơn vị không.", "See whether the unit that is used is the right one."],
                ["Nếu đúng: ghi lại tên cho khớp ở lần sau.", "If so: mend the name next time."],
                [
                    "Nếu sai: dùng biểu trắng gửi riêng cho đơn vị, chép số vào và gửi lại.",
                    "If not: use the blank form made for the unit, copy the figures and send again.",
                ],
            ],
        ),
        page(
            at_cell(
                "Mẫu 1",
                "A7",
                "",
                K::PeriodsDisagree { header: "31/5".into(), identity: "Đợt 2".into(), used: "Đợt 2".into() },
            ),
            [
                "Số liệu của hai kỳ mà lẫn nhau thì cả hai kỳ đều sai. Thường do chép tệp của kỳ trước mà quên đổi dấu.",
                "Figures in the wrong period spoil both. Usually the last period's file was copied and its mark forgotten.",
            ],
            &[
                ["Đọc phần “dùng …” xem có đúng kỳ không.", "See whether the period that is used is the right one."],
                [
                    "Đánh dấu đúng ngày ở dòng “Số liệu tính đến ngày” và để tệp vào thư mục của kỳ.",
                    "Mark the right date in the line \"Số liệu tính đến ngày\" and put the file into its period's folder.",
                ],
                SEND,
            ],
        ),
        page(
            on_sheet("Mẫu 2", K::NotExpectedOfUnit { form: "Mẫu số 2-HĐCĐ".into(), unit: "cdcs-017".into() }),
            [
                "Biểu của cấp này không cộng được vào tổng của cấp kia; số trong biểu không được dùng.",
                "A form of one level cannot be added to the sums of another; its figures are not used.",
            ],
            &[
                [
                    "Công đoàn cơ sở dùng Mẫu số 1, công đoàn cấp trên dùng Mẫu số 2; xem biểu trắng được gửi cho đơn vị.",
                    "Grassroots unions use form 1, superior unions form 2; see the blank form that was sent out.",
                ],
                ["Kiểm tra tên đơn vị ghi ở đầu biểu.", "See whether the head of the form names the right unit."],
                SEND,
            ],
        ),
        page(
            on_sheet("Mẫu 1", K::UnitNotActive { unit: "cdcs-017".into(), date: "30/11/2014".into() }),
            [
                "Theo danh bạ, đơn vị chưa thành lập hoặc đã giải thể, sáp nhập trước ngày tính số liệu; số liệu có thể bị tính hai lần.",
                "The register says that the unit was not founded yet, or had ended or merged; its figures might count twice.",
            ],
            &[
                ["Kiểm tra kỳ và tên đơn vị ở đầu biểu.", "Check period and unit in the head of the form."],
                [
                    "Nếu đơn vị vẫn hoạt động: đề nghị cấp trên sửa ngày hiệu lực trong danh bạ.",
                    "If the unit does exist: ask the level above to mend its dates in the register.",
                ],
            ],
        ),
    ]
}

/// Which version counts, and what the receipts say.
fn versions() -> Vec<Page> {
    vec![
        page(
            on_sheet("Mẫu 1", K::ContestedVersions { files: "a.xlsx › Mẫu 1; b.xlsx › Mẫu 1".into() }),
            [
                "Có nhiều bản khác nhau mà không biết bản nào gửi sau; không bản nào được dùng cho đến khi rõ.",
                "There are differing versions and nobody knows which came last; none is used until that is clear.",
            ],
            &[
                ["Hỏi đơn vị bản nào là bản cuối.", "Ask the unit which version is the last."],
                [
                    "Ghi giờ nhận của từng tệp vào received.csv, hoặc bỏ tệp không dùng ra khỏi thư mục nhận.",
                    "Enter the receipt time of each file in received.csv, or remove the file that does not count.",
                ],
            ],
        ),
        page(
            on_sheet("Mẫu 1", K::Superseded { by: "dot-2/cdcs-017-sua.xlsx".into() }),
            [
                "Đơn vị đã gửi bản sửa; bản cũ được giữ để đối chiếu nhưng không được tính.",
                "The unit sent a corrected version; the old one is kept and does not count.",
            ],
            &[["Không cần làm gì nếu bản mới đúng.", "Nothing to do if the later version is right."]],
        ),
        page(
            at_line(
                "received.csv",
                14,
                "unit",
                K::BadReceipt { problem: ReceiptProblem::Unknown { column: "unit".into(), found: "ldld-bmtt".into() } },
            ),
            [
                "Dòng sổ nhận không dùng được thì không xét được đúng hạn hay trễ hạn cho tệp đó.",
                "Without a usable line nobody can tell whether the file came in time.",
            ],
            &[
                ["Mở received.csv và tới dòng ghi trong lỗi.", "Open received.csv at the line that is named."],
                [
                    "Sửa mã đơn vị, văn bản, kỳ hoặc giờ nhận (2014-06-04 16:30) cho đúng.",
                    "Mend the unit, document, period or time (2014-06-04 16:30).",
                ],
                ["Chạy lại.", "Run again."],
            ],
        ),
        page(
            at_line("received.csv", 20, "file", K::FileMissing { file: "dot-2/cdcs-018.xlsx".into() }),
            [
                "Đơn vị đã gửi nhưng tệp không có trong thư mục, nên số liệu của đơn vị không được tính.",
                "The unit sent a file that is not in the folder, so its figures do not count.",
            ],
            &[
                ["Tìm tệp trong hộp thư và chép vào thư mục nhận.", "Find the file and copy it into the inbox."],
                ["Hoặc sửa tên tệp trong received.csv cho đúng.", "Or mend its name in received.csv."],
            ],
        ),
    ]
}
