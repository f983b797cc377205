//! Pages that say why there is no page.

super::words! {
    NOT_YOURS "Không thuộc phạm vi của tài khoản này" "Not within the scope of this account";
    NOT_YOURS_DO "Tài khoản chỉ xem được đơn vị mình và các đơn vị trực thuộc. Nếu đây là đơn vị của mình, xin liên hệ công đoàn cấp trên hoặc quản trị hệ thống." "An account sees its own unit and the units below. If this is your unit, ask the superior union or the operator.";
    NOT_FOUND "Không có trang này" "There is no such page";
    NOT_FOUND_DO "Địa chỉ có thể đã gõ sai, hoặc nội dung không thuộc phạm vi của tài khoản." "The address may be mistyped, or the content is not within the scope of the account.";
    TOO_LARGE "Tệp quá lớn" "The file is too large";
    TOO_LARGE_DO "Mỗi lần gửi nhận tối đa {0} MB. Chỉ gửi sổ báo cáo; ảnh và bản quét gửi ở trang “Tài liệu kèm theo”." "At most {0} MB are taken at a time. Send the report only; pictures and scans belong to “Attachments”.";
    WAIT "Xin chờ một chút" "Please wait a moment";
    WAIT_DO "Có quá nhiều yêu cầu từ máy này. Xin thử lại sau {0} giây. Tệp đã có số biên nhận thì không cần gửi lại." "Too many requests from this computer. Try again in {0} seconds. A file with a receipt need not be sent again.";
    FAILED "Hệ thống gặp lỗi" "Something went wrong here";
    FAILED_DO "Lỗi này không do đơn vị. Xin thử lại; nếu vẫn lỗi, báo quản trị hệ thống kèm mã dưới đây. Tệp đã có số biên nhận vẫn được lưu." "The fault is not yours. Try again; if it persists, tell the operator the number below. A file with a receipt is kept.";
    BUSY "Hệ thống đang bận" "The portal is busy";
    BUSY_DO "Xin thử lại sau ít phút. Tệp đã có số biên nhận thì không cần gửi lại." "Please try again in a few minutes. A file with a receipt need not be sent again.";
    STALE "Trang đã mở quá lâu" "The page was open for too long";
    STALE_DO "Xin quay lại trang trước, tải lại trang rồi thực hiện lại. Chưa có gì thay đổi." "Go back, reload the page and try again. Nothing was changed.";
    BAD_FORM "Yêu cầu chưa đủ hoặc không đúng" "The request is incomplete or wrong";
    BAD_FORM_DO "Xin quay lại trang trước và kiểm tra các ô đã nhập. Chưa có gì thay đổi." "Go back and check what was entered. Nothing was changed.";
    CONFLICT "Đã có người thay đổi trước" "Somebody else changed this first";
    CONFLICT_DO "Xin quay lại, tải lại trang để xem tình trạng mới nhất rồi thực hiện lại." "Go back, reload to see the newest state, then try again.";
    REQUEST "Mã yêu cầu" "Request number";
    TO_HOME "Về trang đầu" "To the first page";
}
