//! The answer to an upload: receipt, state, issues, values, reading account, review.

super::words! {
    TITLE "Kết quả nộp báo cáo" "What was read";
    TITLE_OF "Biên nhận {0}" "Receipt {0}";
    RECEIPT "Số biên nhận" "Receipt";
    RECEIPT_HINT "Ghi lại số này: tệp đã được lưu, không bị mất." "Note this number: the file is kept and cannot be lost.";
    RECEIVED_AT "Nhận lúc" "Received";
    FILE "Tên tệp" "File";
    DIGEST "Mã kiểm tra tệp (SHA-256)" "SHA-256 of the file";
    SENT_BY "Người nộp" "Sent by";
    SENT_FOR "{0}, nộp thay" "{0}, on behalf";
    ORIGINAL "Tải tệp gốc" "The file as it was sent";
    ISSUES_FILE "Tải danh sách lỗi (.xlsx)" "The issues as a workbook";
    ANNOTATED "Tải tệp đã đánh dấu" "The file with its mistakes marked";
    BACK "Về trang đơn vị" "Back to the unit";
    SEND_AGAIN "Nộp bản khác" "Send another version";

    READING "Đang đọc tệp" "The file is being read";
    READING_LEAD "Tệp đã được nhận và lưu. Trang tự cập nhật khi đọc xong, thường chỉ vài giây." "The file is received and kept. This page updates itself when it is read, mostly within seconds.";
    READING_AHEAD "Còn {0} tệp phía trước." "{0} files are before it.";
    RELOAD "Cập nhật ngay" "Update now";
    NOT_READ "Chưa đọc được" "Not read yet";
    NOT_READ_LEAD "Tệp đã được lưu nhưng chương trình đọc gặp lỗi. Quản trị hệ thống đã được báo; không cần gửi lại." "The file is kept, but the reader failed. The operator knows; do not send it again.";
    DOCUMENT "Tài liệu kèm theo" "A document";
    DOCUMENT_LEAD "Tệp được lưu như tài liệu, không đọc số liệu." "The file is kept as a document; no figures are read.";

    ACCEPTED_DO "Tệp đọc được hết, không có lỗi. Chưa cần làm gì thêm." "Everything was read and nothing is wrong. Nothing to do.";
    WARNED_DO "Mọi số liệu đã được nhận. Xin xem lại các cảnh báo dưới đây." "Every figure was taken. Please look at the warnings below.";
    PARTLY_DO "Có {0} chỗ chưa nhận được. Sửa các lỗi dưới đây trong tệp rồi nộp lại cả tệp." "{0} places were not taken. Mend the errors below in the workbook and send the whole file again.";
    REJECTED_DO "Chưa dùng được số liệu nào. Xem lý do dưới đây, sửa rồi nộp lại." "No figure could be used. Read why below, mend it and send it again.";
    SUPERSEDED_DO "Đã có bản nộp sau; bản đó được tính." "A later version counts.";
    CONTESTED_DO "Có nhiều bản khác nhau của cùng một kỳ. Xin nộp lại bản đúng." "Several versions of one period differ. Please send the right one again.";

    ISSUES "Việc cần sửa" "What to mend";
    ISSUES_COUNT "{0} lỗi, {1} cảnh báo" "{0} errors, {1} warnings";
    NO_ISSUES "Không có lỗi, không có cảnh báo." "No errors and no warnings.";
    ERRORS "Lỗi: sửa trước" "Errors: mend these first";
    WARNINGS "Cảnh báo: xem lại" "Warnings: look again";
    EXPLAINED "Đã giải trình" "Explained by the unit";
    PLACES "Tại" "At";

    MORE_CELLS "và {0} ô nữa" "and {0} more cells";
    MORE_MISTAKES "và {0} lỗi cùng loại nữa; xem đủ trong danh sách lỗi (.xlsx)" "and {0} more of this kind; the workbook of issues lists all";
    FOUND "Trong tệp" "Found";
    EXPECTED "Cần" "Expected";
    FIX "Cách sửa" "How to mend it";

    VALUES_OF "Số liệu đã hiểu: {0}, {1}, {2}" "Values as understood: {0}, {1}, {2}";
    LABEL "Nội dung" "Line";
    VALUE "Giá trị" "Value";
    CELL "Ô" "Cell";
    MARK "Ghi nhận" "Mark";
    CORRECT "Sửa số liệu" "Correct";
    CORRECTED "đã sửa thành {0} bởi {1}, lý do: {2}" "corrected to {0} by {1}, reason: {2}";
    CORRECTED_BEFORE "lần sửa thành {0} của {1} không áp dụng: số đã khác" "the correction to {0} by {1} is not in force: the value is another";
    CHANGES_OF "Thay đổi so với bản đã duyệt" "Changes against the approved version";
    BEFORE "Bản đã duyệt" "Approved";
    AFTER "Bản này" "This version";

    ACCOUNT "Chương trình đã đọc tệp như thế nào" "How the file was read";
    ACCOUNT_TABLE "Các ô có nội dung của tệp" "Cells of the file that are not empty";
    KIND "Loại ô" "Kind of cell";
    CELLS "Số ô" "Cells";
    A_READ "Đọc thành số liệu" "Read as values";
    A_TEMPLATE "Chữ của biểu mẫu" "Words of the form";
    A_OUTSIDE "Ngoài các dòng của biểu mẫu" "Outside every line of the form";
    A_UNUSED "Trên các trang không dùng" "On sheets that are not used";
    A_OWN "Do chương trình tự ghi" "Written by the program";
    A_SUM "Tổng số ô có nội dung" "All cells that are not empty";
    A_EMPTY "Ô để trống trong biểu: {0}." "Cells of the form left empty: {0}.";
    A_FORMULAS "Lấy theo kết quả công thức đã lưu: {0} ô." "Taken from the stored result of a formula: {0} cells.";
    A_OUTSIDE_LIST "Các ô ngoài biểu: {0}" "Cells outside the form: {0}";
    A_UNUSED_LIST "Trang không dùng: {0}" "Sheets not used: {0}";

    R_WAITING "Chờ duyệt" "Waiting for approval";
    R_RETURNED "Bị trả lại" "Returned";
    R_APPROVED "Đã duyệt" "Approved";
    R_RETURNED_BY "{0} trả lại lúc {1}: “{2}”" "Returned by {0} at {1}: “{2}”";
    R_APPROVED_BY "{0} duyệt lúc {1}" "Approved by {0} at {1}";
    APPROVE "Duyệt báo cáo" "Approve";
    RETURN "Trả lại" "Return";
    RETURN_OF "Trả lại đơn vị" "Return to the unit";
    RETURN_REASON "Lý do trả lại" "Reason";
    RETURN_HINT "Đơn vị sẽ đọc nguyên văn lý do này." "The unit reads exactly these words.";

    RECEIVED "Đã nhận {0} tệp" "{0} files received";
    RECEIVED_TABLE "Các tệp vừa gửi" "The files just sent";
    NOT_TAKEN "Không nhận" "Not taken";
    REFUSED_LEAD "Có {0} tệp không được nhận; xem lý do trong bảng." "{0} files were not taken; the table tells why.";
}
