//! What a file is instead of a spreadsheet, what it asks too much of, and what is wrong with a
//! line of the two registers, in both languages.

use super::phrase::phrases;
use crate::Text;

phrases! {
    /// Told by content. Fits into "the file is not a spreadsheet (…)".
    FileGuess {
        Empty vi "tệp trống" en "an empty file"
        Pdf vi "tệp PDF" en "a PDF file"
        Word vi "tệp Word" en "a Word file"
        PowerPoint vi "tệp PowerPoint" en "a PowerPoint file"
        OpenDocumentText vi "văn bản OpenDocument" en "an OpenDocument text"
        RichText vi "tệp Rich Text" en "a Rich Text file"
        Html vi "trang web HTML" en "an HTML page"
        Xml vi "tệp XML" en "an XML file"
        PlainText vi "tệp văn bản thường" en "a plain text file"
        Zip vi "tệp nén" en "a zip archive"
        OldOffice vi "tệp Office cũ không phải bảng tính" en "an old Office file without a sheet"
        Binary vi "tệp nhị phân lạ" en "an unknown binary file"
        Image vi "tệp ảnh" en "an image"
        WebArchive vi "trang web lưu dạng MHTML" en "a web archive (MHTML)"
        Mail vi "thư điện tử" en "an e-mail"
    }

    /// What helps the sender of a file that is no spreadsheet.
    FileFix {
        SendWorkbook
            vi "bản PDF hoặc ảnh không có ô để đọc số; gửi tệp bảng tính (.xlsx) đã dùng để lập báo cáo"
            en "a PDF or an image has no cells to read; send the workbook (.xlsx) that the report was made in"
        CopyIntoForm
            vi "chép số liệu vào biểu mẫu Excel do cấp trên gửi, lưu dạng .xlsx rồi gửi"
            en "copy the figures into the Excel form that was sent out, save it as .xlsx and send that"
        Unpack
            vi "giải nén, rồi gửi riêng từng tệp bảng tính ở bên trong"
            en "unpack it and send each workbook inside by itself"
        SaveAttachment
            vi "mở thư, lưu tệp đính kèm ra máy rồi gửi tệp bảng tính đó"
            en "open the mail, save its attachment and send that workbook"
        SaveAs
            vi "mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại"
            en "open it in Excel, save as .xlsx and send again"
        SendAgain
            vi "kiểm tra tệp gốc có mở được bằng Excel không, rồi chép và gửi lại"
            en "see whether the original opens in Excel, then copy and send it again"
    }

    /// A count or size of a file that is limited.
    FileLimit {
        FileBytes vi "kích thước tệp (byte)" en "file size (bytes)"
        Parts vi "số phần trong tệp nén" en "parts of the container"
        PartBytes vi "kích thước một phần sau giải nén (byte)" en "unpacked size of a part (bytes)"
        AllBytes vi "kích thước sau giải nén (byte)" en "unpacked size (bytes)"
        Sheets vi "số trang tính" en "sheets"
        Cells vi "số ô có dữ liệu" en "cells"
        Rows vi "số hàng" en "rows"
        Columns vi "số cột" en "columns"
        CellText vi "số ký tự trong một ô" en "characters of a cell"
        Strings vi "số chuỗi dùng chung" en "shared strings"
        Ratio vi "số lần phình ra khi giải nén" en "times the file grows when unpacked"
        Seconds vi "thời gian đọc (giây)" en "reading time (seconds)"
    }

    /// What is broken in a file that is a spreadsheet. Fits behind "the file is damaged or cut short:".
    FileDamage {
        CutShort vi "phần cuối của tệp bị mất" en "its end is missing"
        PartMissing { part: Text } vi "thiếu phần “{part}”" en "part \"{part}\" is missing"
        PartTwice { part: Text } vi "phần “{part}” có hai bản" en "part \"{part}\" is there twice"
        PartOutside { part: Text }
            vi "phần “{part}” chỉ ra ngoài tệp" en "part \"{part}\" points outside the file"
        PartsOverlap vi "các phần nằm chồng lên nhau" en "parts lie on top of each other"
        Unpacking { part: Text } vi "không giải nén được phần “{part}”" en "part \"{part}\" cannot be unpacked"
        Xml { part: Text, problem: Text }
            vi "phần “{part}” sai cú pháp XML: {problem}" en "part \"{part}\" is not well-formed XML: {problem}"
        Directory vi "mục lục bên trong tệp bị hỏng" en "the directory inside the file is broken"
        Record { part: Text, at: u64 }
            vi "phần “{part}” có bản ghi hỏng tại byte {at}" en "part \"{part}\" has a broken record at byte {at}"
        NoSheets vi "không có trang tính nào" en "it has no sheets"
    }

    /// An encoding of Vietnamese older than Unicode, as found on a sheet. Fits behind "cells hold".
    LegacyEncoding {
        Tcvn3 vi "bảng mã TCVN3 (ABC, phông .Vn…)" en "TCVN3 text (ABC, fonts .Vn…)"
        Vni vi "bảng mã VNI (phông VNI-…)" en "VNI text (fonts VNI-…)"
        Remains vi "ký tự còn sót của bảng mã cũ (µ thay cho à, ƣ thay cho ư)"
            en "remains of an old encoding (µ for à, ƣ for ư)"
        Several vi "nhiều bảng mã cũ (TCVN3, VNI)" en "text of several old encodings (TCVN3, VNI)"
    }

    /// How the program that reads one file came to its end.
    ReaderEnd {
        Crashed vi "trình đọc bị dừng đột ngột" en "the reader stopped abruptly"
        OutOfMemory { megabytes: u64 }
            vi "cần hơn {megabytes} MB bộ nhớ để đọc" en "reading it needs more than {megabytes} MB of memory"
        TooSlow { seconds: u64 } vi "đọc quá {seconds} giây chưa xong" en "reading it takes more than {seconds} seconds"
        BadAnswer vi "trình đọc trả lời sai" en "the reader gave a wrong answer"
        NotStarted vi "không khởi động được trình đọc" en "the reader could not be started"
    }

    /// What is wrong with a line of `received.csv`.
    ReceiptProblem {
        NotUtf8 vi "không phải UTF-8" en "not UTF-8"
        ColumnMissing { column: Text } vi "thiếu cột {column}" en "column {column} is missing"
        Unknown { column: Text, found: Text }
            vi "{column} không nhận ra “{found}”" en "{column} \"{found}\" is not known"
        Csv { problem: Text } vi "{problem}" en "{problem}"
    }

    /// What is wrong with a line of `corrections.csv`.
    CorrectionProblem {
        NotUtf8 vi "không phải UTF-8" en "not UTF-8"
        ColumnMissing { column: Text } vi "thiếu cột {column}" en "column {column} is missing"
        Unknown { column: Text, found: Text }
            vi "{column} không nhận ra “{found}”" en "{column} \"{found}\" is not known"
        NotOfForm { field: Text, form: Text }
            vi "mẫu “{form}” không có trường “{field}” cho đơn vị này" en "form \"{form}\" has no field \"{field}\" for this unit"
        NotRead { column: Text, found: Text }
            vi "{column}: “{found}” không phải là giá trị của trường này"
            en "{column}: \"{found}\" is not a value of the field"
        Empty { column: Text } vi "cột {column} để trống" en "column {column} is empty"
        Csv { problem: Text } vi "{problem}" en "{problem}"
    }
}

impl FileGuess {
    /// The advice that fits.
    pub const fn fix(&self) -> FileFix {
        match self {
            Self::Pdf | Self::Image => FileFix::SendWorkbook,
            Self::Word | Self::PowerPoint | Self::OpenDocumentText | Self::RichText | Self::OldOffice => {
                FileFix::CopyIntoForm
            }
            Self::Zip => FileFix::Unpack,
            Self::Mail => FileFix::SaveAttachment,
            Self::Html | Self::Xml | Self::PlainText | Self::WebArchive => FileFix::SaveAs,
            Self::Empty | Self::Binary => FileFix::SendAgain,
        }
    }
}
