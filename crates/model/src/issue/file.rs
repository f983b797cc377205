//! What a file is instead of a spreadsheet, what it asks too much of, and what is wrong with a
//! line of the receipts, in both languages.

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
    }

    /// What is wrong with a line of `received.csv`.
    ReceiptProblem {
        NotUtf8 vi "không phải UTF-8" en "not UTF-8"
        ColumnMissing { column: Text } vi "thiếu cột {column}" en "column {column} is missing"
        Unknown { column: Text, found: Text }
            vi "{column} không nhận ra “{found}”" en "{column} \"{found}\" is not known"
        Csv { problem: Text } vi "{problem}" en "{problem}"
    }
}
