//! A superior union and its subtree: who is in, on behalf, form 2, extensions.

super::words! {
    TITLE "Theo dõi nộp báo cáo" "Who has reported";
    DEADLINE "Hạn nộp chung" "Common deadline";
    COVERAGE "Đã nộp {0}/{1} đơn vị phải nộp" "{0} of {1} units due have reported";
    FILTER "Lọc theo tình trạng" "Filter by state";
    ALL "Tất cả" "All";
    TABLE "Các đơn vị trực thuộc" "Units below";
    SENT "Nộp lúc" "Received";
    CONTACT "Liên hệ" "Contact";
    FOLLOWED "Cán bộ theo dõi" "Followed by";
    EXTENDED_TO "gia hạn {0}" "extended until {0}";
    NO_UNITS "Không có đơn vị nào ở tình trạng này." "No unit is in this state.";
    REMINDERS "Danh sách đôn đốc (.xlsx)" "Reminder list (.xlsx)";
    FORM2_FILE "Mẫu 2 điền sẵn từ Mẫu 1 (.xlsx)" "Form 2 filled from form 1 (.xlsx)";
    FORM2_PAGE "Đối chiếu Mẫu 2" "Form 2 compared";
    ON_BEHALF_PAGE "Nộp thay đơn vị" "Upload on behalf";
    RESULT "Báo cáo" "Report";
    EXTEND "Gia hạn" "Extend";
    RESET "Cấp lại mật khẩu" "Reset the password";
    MENU_OF "Thao tác với {0}" "Actions for {0}";

    T_MISSING "Chưa nộp" "Missing";
    T_OVERDUE "Quá hạn, chưa nộp" "Overdue";
    T_NOT_DUE "Không phải nộp" "Not due";
    T_MEND "Đã nộp, cần sửa" "To be mended";
    T_WAITING "Chờ duyệt" "Waiting";
    T_LATE "Nộp trễ, chờ duyệt" "Late, waiting";
    T_RETURNED "Đã trả lại" "Returned";
    T_APPROVED "Đã duyệt" "Approved";

    ON_BEHALF "Nộp thay đơn vị" "Upload on behalf of a unit";
    ON_BEHALF_LEAD "Dùng khi đơn vị không tự nộp được. Hệ thống ghi rõ ai đã nộp thay." "For a unit that cannot upload itself. It is recorded who did it.";
    ON_BEHALF_UNIT "Đơn vị" "Unit";
    ON_BEHALF_FILE "Theo tên đơn vị ghi trong tệp" "As the file says";
    ON_BEHALF_CODE "Mã đơn vị" "Unit code";
    ON_BEHALF_CODE_HINT "Để trống thì lấy theo tên đơn vị ghi trong tệp." "Leave it empty to go by what the file says.";
    ON_BEHALF_UNKNOWN "Không có đơn vị trực thuộc nào mang mã này." "There is no unit below with this code.";
    ON_BEHALF_FILES "Chọn các tệp báo cáo" "Choose the files";
    ON_BEHALF_HINT "Nhiều tệp Excel một lần, hoặc một tệp .zip; tối đa {0} MB." "Several workbooks at once, or one .zip; at most {0} MB.";
    ON_BEHALF_DO "Nộp thay" "Upload";

    EXTEND_TITLE "Gia hạn nộp báo cáo" "Extend the deadline";
    EXTEND_NOW "Hạn hiện nay" "Deadline now";
    EXTEND_UNTIL "Gia hạn đến" "Extend until";
    EXTEND_UNTIL_HINT "Ngày và giờ, ví dụ 2014-06-12 17:00. Không được sớm hơn hạn hiện nay." "Day and time, for instance 2014-06-12 17:00. Not before the deadline now.";
    EXTEND_REASON "Lý do" "Reason";
    EXTEND_DO "Lưu gia hạn" "Extend";
    E_BAD_TIME "Chưa đọc được ngày giờ. Ví dụ: 2014-06-12T17:00." "The time cannot be read. For instance: 2014-06-12T17:00.";
    E_EARLIER "Hạn mới phải sau hạn hiện nay." "The new deadline must be after the old one.";
    E_NO_REASON "Xin ghi lý do." "Please give the reason.";
    E_TOO_LATE "Hạn mới ở sau ngày chốt số liệu của kỳ." "The new deadline is after the period was closed.";
    EXTEND_HISTORY "Các lần gia hạn trước" "Earlier extensions";

    FORM2 "Đối chiếu Mẫu 2 với số cộng từ Mẫu 1" "Form 2 beside the sum of form 1";
    FORM2_LEAD "Bên trái là số đơn vị tự tổng hợp; bên phải là số chương trình cộng từ báo cáo của cơ sở." "Left: what the union states. Right: what the reports below add up to.";
    FORM2_COVERAGE "Số cộng từ {0}/{1} cơ sở đã báo cáo." "Added up from {0} of {1} units below.";
    FORM2_ALL "Tất cả các dòng ({0})" "All lines ({0})";
    FORM2_DIFFERENCES "Chỉ các dòng lệch ({0})" "Differences only ({0})";
    FORM2_WHICH "Chọn dòng hiển thị" "Which lines";
    FORM2_TABLE "Mẫu 2, {0}" "Form 2, {0}";
    FORM2_NONE "Không có dòng nào lệch." "No line differs.";
    LINE "Nội dung" "Line";
    STATED "Mẫu 2" "Form 2";
    SUM "Cộng từ Mẫu 1" "Sum of form 1";
    DIFFERENCE "Chênh lệch" "Difference";
    RECONCILED "Kết quả" "Result";
}
