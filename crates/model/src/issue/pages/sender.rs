//! Pages of the F codes for whose sheet it is, and of the V codes for the ends of lists.

use super::{Both, Page, at_cell, on_sheet, page};
use crate::IssueKind as K;
use crate::issue::{Testimony, Witness};

const SEND: Both = ["Gửi lại tệp; bản gửi sau thay bản trước.", "Send the file again; the later version counts."];
const NAME: Both = [
    "Ghi tên hoặc mã đơn vị sau “Đơn vị báo cáo :” ở đầu trang, đúng như danh bạ.",
    "Write the unit's name or code behind \"Đơn vị báo cáo :\" at the head of the sheet, as in the register.",
];

pub(super) fn pages() -> Vec<Page> {
    [senders(), sheets(), lists(), totals()].concat()
}

fn senders() -> Vec<Page> {
    vec![
        page(
            on_sheet(
                "Mẫu 1",
                K::FormVersionNotValid {
                    form: "Mẫu số 1-HĐCĐ".into(),
                    found: "1624".into(),
                    date: "30/11/2014".into(),
                    valid: "1454".into(),
                },
            ),
            [
                "Biểu mẫu được nhận ra theo các dòng có trên trang, không theo tên tệp. Mẫu cũ vẫn đọc được, nhưng các chỉ tiêu chỉ mẫu mới hỏi thì không có.",
                "A form is told by the lines on its sheet. An older version can be read, but lacks what only the newer one asks for.",
            ],
            &[
                ["Lấy mẫu có hiệu lực do cấp trên gửi.", "Take the version that was sent out for this period."],
                ["Chép số liệu sang mẫu đó, điền thêm các dòng mới.", "Copy the figures over and fill in the new lines."],
                SEND,
            ],
        )
        .with("found", ["phiên bản mà các dòng trên trang thuộc về", "the version that the sheet's lines belong to"])
        .with("valid", ["phiên bản có hiệu lực vào ngày đó", "the version that is valid on that day"]),
        page(
            at_cell(
                "Mẫu 1",
                "C1",
                "",
                K::SuperiorDisagrees {
                    written: "LĐLĐ huyện Ea Kar".into(),
                    unit: "CĐCS Trường THCS Hoa Ban".into(),
                    register: "LĐLĐ huyện Lắk (ldld-lak)".into(),
                    date: "31/05/2014".into(),
                },
            ),
            [
                "Số liệu được cộng vào công đoàn cấp trên theo danh bạ. Nếu đơn vị đã chuyển mà danh bạ chưa sửa thì số liệu cộng nhầm chỗ.",
                "Figures are added up under the superior that the register gives. If the unit has moved and the register has not, they are added to the wrong one.",
            ],
            &[
                ["Ghi đúng công đoàn cấp trên nếu ghi nhầm.", "Write the right superior if it was a slip."],
                ["Nếu đơn vị đã chuyển, báo cấp trên sửa danh bạ kèm ngày chuyển.", "If the unit has moved, have the register mended, with the date."],
            ],
        )
        .with("written", ["nội dung ghi ở dòng “Công đoàn cấp trên”", "what stands in the line \"Công đoàn cấp trên\""])
        .with("register", ["công đoàn cấp trên theo danh bạ", "the superior that the register gives"]),
        page(
            at_cell("Mẫu 1", "A6", "", K::WrongYear { found: "2013".into(), year: "2014".into() }),
            [
                "Số liệu năm khác không được tính vào phong trào năm nay; thường là quên sửa năm khi dùng lại biểu cũ.",
                "Figures of another year do not count for this one; often the year of a form used again was not changed.",
            ],
            &[
                ["Xem số liệu trên biểu là của năm nào.", "See which year the figures are of."],
                ["Nếu là năm nay, sửa “NĂM :” và ngày tính số liệu.", "If of this year, mend \"NĂM :\" and the as-of date."],
                SEND,
            ],
        )
        .with("year", ["năm của phong trào", "the year of the campaign"]),
        page(
            at_cell(
                "Mẫu 1",
                "C2",
                "",
                K::UnitNotAgreed {
                    said: Testimony(vec![
                        (Witness::Header, "CĐCS Trường THCS Hoa Ban".into()),
                        (Witness::Identity, "cdcs-017".into()),
                        (Witness::Receipts, "CĐCS Trường Tiểu học Sao Mai".into()),
                        (Witness::Path, "dot-2/cdcs-018.xlsx".into()),
                    ]),
                },
            ),
            [
                "Tệp được chép từ đơn vị khác vẫn mang tên của đơn vị đó. Khi các bằng chứng ngang nhau, không ghi cho ai còn hơn ghi nhầm.",
                "A workbook copied from another unit keeps that unit's name. Where evidence is even, storing nothing is better than storing it under the wrong unit.",
            ],
            &[NAME, ["Sửa tên tệp và sổ nhận cho khớp.", "Let the file's name and the receipts agree."], SEND],
        )
        .with("said", ["các bằng chứng và nội dung của chúng", "the evidence and what each piece says"]),
        page(
            at_cell(
                "Mẫu 1",
                "A7",
                "",
                K::PeriodNotAgreed {
                    said: Testimony(vec![
                        (Witness::Header, "31/5".into()),
                        (Witness::Identity, "dot-1".into()),
                        (Witness::Receipts, "Đợt 2".into()),
                        (Witness::Path, "dot-2/cdcs-017.xlsx".into()),
                    ]),
                },
            ),
            [
                "Biểu của đợt trước được dùng lại mà chưa đổi ngày thì số liệu rơi vào đợt trước; khi không rõ, không ghi vào đợt nào.",
                "A form of the last wave used again without changing the date would land in the last wave; in doubt it lands in none.",
            ],
            &[
                ["Đánh dấu đúng một ngày ở dòng “Số liệu tính đến ngày”.", "Mark one date in the line \"Số liệu tính đến ngày\"."],
                ["Để tệp đúng thư mục của kỳ, sửa sổ nhận nếu ghi nhầm.", "Put the file into the folder of its period; mend the receipts if they are wrong."],
                SEND,
            ],
        )
        .with("said", ["các bằng chứng và nội dung của chúng", "the evidence and what each piece says"]),
        page(
            on_sheet(
                "Tổng hợp",
                K::SeveralUnitsOnSheet { units: "CĐCS Trường THCS Hoa Ban; CĐCS Trường Tiểu học Sao Mai".into() },
            ),
            [
                "Hai biểu nằm chồng trên một trang có các dòng giống hệt nhau, nên không biết số nào của đơn vị nào.",
                "Two forms on one sheet have the very same lines, so nobody can tell whose a figure is.",
            ],
            &[["Tách mỗi đơn vị ra một trang hoặc một tệp.", "Give each unit a sheet or a workbook."], NAME, SEND],
        )
        .with("units", ["các đơn vị có tên trên trang", "the units that the sheet names"]),
    ]
}

/// What the sheets of one workbook say together.
fn sheets() -> Vec<Page> {
    vec![
        page(
            on_sheet("Mẫu 1 (2)", K::HiddenCopy { used: "Mẫu 1".into(), differing: 3 }),
            [
                "Trang ẩn thường là bản cũ chép lại; người gửi và người ký chỉ thấy trang đang hiện, nên trang đó được tính.",
                "A hidden sheet is often an old copy; whoever sends and signs sees the visible one, so that one counts.",
            ],
            &[
                ["Bỏ ẩn trang (Unhide) và so với trang đang hiện.", "Unhide the sheet and compare it with the visible one."],
                ["Xóa trang sai, giữ một trang.", "Remove the wrong one and keep one."],
                SEND,
            ],
        )
        .with("used", ["trang được tính", "the sheet that counts"])
        .with("differing", ["số ô mà hai trang ghi khác nhau", "how many cells of the two sheets differ"]),
        page(
            at_cell(
                "Phụ lục",
                "B2",
                "",
                K::SheetsOfUnits {
                    unit: "CĐCS Trường THCS Hoa Ban".into(),
                    other_sheet: "Mẫu 1".into(),
                    other: "CĐCS Trường Tiểu học Sao Mai".into(),
                },
            ),
            [
                "Hai phần của một báo cáo ghi hai đơn vị: thường do chép biểu của đơn vị bạn mà quên sửa tên. Nếu sổ nhận, tên tệp hoặc danh tính của tệp nói đây là tệp của đơn vị kia thì trang này không được tính (F035).",
                "Two parts of one report name two units: often a neighbour's form was copied and its name not changed. Where the receipts, the file's name or its identity speak for the other unit, this sheet is not counted (F035).",
            ],
            &[
                ["Xem số liệu trên trang này là của đơn vị nào.", "See whose figures stand on this sheet."],
                NAME,
                ["Nếu là của hai đơn vị, gửi mỗi đơn vị một tệp.", "If they are of two units, send one file for each."],
                SEND,
            ],
        )
        .with("unit", ["đơn vị ghi trên trang này", "the unit that this sheet names"])
        .with("other_sheet", ["trang kia của cùng tệp", "the other sheet of the same file"])
        .with("other", ["đơn vị ghi trên trang kia", "the unit that the other sheet names"]),
        page(
            at_cell(
                "Phụ lục",
                "A7",
                "",
                K::SheetsOfPeriods { period: "Đợt 2".into(), other_sheet: "Mẫu 1".into(), other: "Đợt 1".into() },
            ),
            [
                "Hai phần của một báo cáo đánh dấu hai ngày: mỗi kỳ sẽ chỉ có một nửa báo cáo.",
                "Two parts of one report mark two dates: each period would have half a report.",
            ],
            &[
                ["Xem số liệu trên trang này tính đến ngày nào.", "See of which date the figures on this sheet are."],
                ["Đánh dấu đúng ngày ở dòng “Số liệu tính đến ngày”.", "Mark the right date in the line \"Số liệu tính đến ngày\"."],
                SEND,
            ],
        )
        .with("period", ["kỳ ghi trên trang này", "the period that this sheet marks"])
        .with("other_sheet", ["trang kia của cùng tệp", "the other sheet of the same file"])
        .with("other", ["kỳ ghi trên trang kia", "the period that the other sheet marks"]),
        page(
            at_cell("Báo cáo", "A47", "", K::SecondForm { form: "Phụ lục".into(), row: 47 }),
            [
                "Mỗi trang chỉ đọc một biểu, vì nhãn của hai biểu đứng chung có thể lẫn với nhau.",
                "One form is read from each sheet, since the labels of two could be mixed up.",
            ],
            &[
                ["Thêm một trang mới vào tệp (Insert Sheet).", "Add a new sheet to the file."],
                ["Cắt phần từ hàng đó trở xuống và dán vào trang mới.", "Cut everything from that row on and paste it there."],
                SEND,
            ],
        )
        .with("form", ["biểu đứng ở phần dưới", "the form that stands in the lower part"])
        .with("row", ["hàng mà biểu đó bắt đầu", "the row at which it begins"]),
        page(
            on_sheet("Phụ lục", K::BlankForm { form: "Phụ lục".into(), fields: 34 }),
            [
                "Biểu trắng không phải là báo cáo: ô trống nghĩa là chưa biết, còn số 0 nghĩa là không phát sinh. Đơn vị vẫn được coi là chưa nộp.",
                "A blank form is no report: an empty cell means not known, 0 means there was none. The unit still counts as missing.",
            ],
            &[
                ["Kiểm tra có gửi nhầm biểu chưa điền không.", "See whether the blank was sent by mistake."],
                ["Điền số liệu; việc nào không có thì ghi 0 hoặc Không.", "Fill it in; write 0 or Không where there is nothing."],
                SEND,
            ],
        )
        .with("form", ["biểu được gửi", "the form that was sent"])
        .with("fields", ["số ô phải điền", "how many cells ask for an entry"]),
    ]
}

fn lists() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Mái ấm",
                "B2",
                "",
                K::ListOfNobody {
                    list_title: "DANH SÁCH NHÀ MÁI ẤM".into(),
                    units: "CĐCS Trường THCS Hoa Ban; CĐCS Trường Tiểu học Sao Mai".into(),
                },
            ),
            [
                "Trong tệp có biểu của nhiều đơn vị; danh sách không ghi đơn vị thì có thể là của bất kỳ đơn vị nào trong số đó.",
                "The workbook holds forms of several units; a list without a name may be any one's of them.",
            ],
            &[
                NAME,
                ["Hoặc đặt trang danh sách ngay sau trang biểu của đơn vị.", "Or move the list right behind the form of its unit."],
                SEND,
            ],
        )
        .with("units", ["các đơn vị có biểu trong tệp", "the units whose forms the workbook holds"]),
        page(
            at_cell(
                "Mái ấm",
                "B2",
                "",
                K::ListByPosition { unit: "CĐCS Trường THCS Hoa Ban".into(), sheet: "Hoa Ban".into() },
            ),
            [
                "Chỉ vị trí của trang cho biết danh sách là của ai; đổi chỗ các trang là đổi chủ.",
                "Only its place tells whose the list is; moving sheets would change its owner.",
            ],
            &[["Xem danh sách có đúng là của đơn vị này không.", "See whether the list is this unit's."], NAME],
        )
        .with("sheet", ["trang biểu đứng trước danh sách", "the sheet of the form before the list"]),
        page(
            at_cell(
                "Mái ấm",
                "C5",
                "",
                K::MergedOverInputs { cells: "C5:C7".into(), used: "C5".into() },
            ),
            [
                "Ô gộp chỉ chứa một nội dung, ở ô đầu; không biết các hàng khác có cùng nội dung đó hay để trống.",
                "A merged range holds one text, in its first cell; whether the other rows mean the same nobody knows.",
            ],
            &[
                ["Chọn vùng ô và bỏ gộp ô (Merge & Center).", "Select the range and unmerge it."],
                ["Điền nội dung vào từng ô.", "Fill in each cell."],
                SEND,
            ],
        )
        .with("cells", ["vùng ô bị gộp", "the merged range"])
        .with("used", ["ô được đọc", "the cell that was read"]),
        page(
            at_cell("Mái ấm", "B8", "", K::RowUnclear { found: "Y Bình Niê".into() }),
            [
                "Một tên đứng một mình giữa danh sách có thể là một dòng điền thiếu, cũng có thể là tiêu đề của nhóm.",
                "A name alone inside a list may be a row with gaps or the heading of a group.",
            ],
            &[
                ["Nếu là một dòng: ghi số ở cột TT và điền đủ các cột.", "If it is a row: number it in TT and fill in its columns."],
                ["Nếu là tiêu đề: ghi “I.”, “II.” phía trước, hoặc bỏ đi.", "If it is a heading: begin it with \"I.\", \"II.\", or remove it."],
                SEND,
            ],
        ),
    ]
}

fn totals() -> Vec<Page> {
    vec![
        page(
            at_cell(
                "Mái ấm",
                "E9",
                "Số tiền",
                K::TotalDiffers { column: "Số tiền".into(), stated: "90000000".into(), sum: "80000000".into() },
            ),
            [
                "Dòng cộng khác tổng các dòng thường là dấu hiệu có dòng bị sót hoặc gõ nhầm số.",
                "A total that differs from its rows usually means that a row was left out or a number mistyped.",
            ],
            &[
                ["Cộng lại các dòng của cột.", "Add up the rows of the column again."],
                ["Sửa dòng sai, hoặc sửa dòng cộng.", "Mend the row that is wrong, or the total."],
                SEND,
            ],
        )
        .with("column", ["cột được cộng", "the column that is added up"])
        .with("sum", ["số cộng được từ các dòng", "what the rows add up to"]),
        page(
            at_cell("Mái ấm", "C9", "", K::RowsDiffer { stated: "4".into(), counted: "3".into() }),
            [
                "Số dòng ghi ở dòng cộng khác số dòng đọc được: có thể một dòng không được nhận ra.",
                "The total counts other rows than were read: perhaps a row was not recognised.",
            ],
            &[
                ["Đếm lại các dòng của danh sách.", "Count the rows of the list again."],
                ["Ghi số thứ tự ở cột TT cho mọi dòng.", "Number every row in the column TT."],
                SEND,
            ],
        )
        .with("counted", ["số dòng đọc được", "the number of rows that were read"]),
    ]
}
