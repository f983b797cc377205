//! The department of policy and law: officers, provisional runs, corrections.

super::words! {
    TITLE "Phân công theo dõi đơn vị" "Who follows whom";
    LEAD "Mỗi cán bộ theo dõi những đơn vị nào và còn việc gì." "Which units each officer follows, and what is open.";
    OFFICERS "Cán bộ theo dõi" "Officers";
    OFFICER "Cán bộ" "Officer";
    NOBODY "Chưa phân công" "Nobody";
    UNITS "Số đơn vị" "Units";
    OVERDUE "Quá hạn" "Overdue";
    MEND "Cần sửa" "To be mended";
    WAITING "Chờ duyệt" "Waiting";
    OPEN "Kiến nghị đang chờ" "Open objections";
    UNITS_OF "Đơn vị do {0} theo dõi" "Units followed by {0}";
    UNITS_OF_NOBODY "Đơn vị chưa phân công cán bộ theo dõi" "Units that nobody follows";
    SENT "Nộp lúc" "Received";
    CONTACT "Liên hệ" "Contact";

    RUN "Tính thử" "Provisional run";
    RUN_LEAD "Tính lại toàn tỉnh với số liệu đã nhận đến lúc này. Kết quả là bản tạm tính, chưa công bố." "Computes the whole province from what has arrived so far. The result is provisional.";
    RUN_DO "Tính thử ngay" "Start a provisional run";
    RUN_LAST "Bản tạm tính gần nhất: {0}" "Newest provisional run: {0}";

    CORRECTIONS "Sửa số liệu" "Corrections";
    C_LEAD "Số liệu chỉ được sửa kèm lý do; giá trị đơn vị đã gửi luôn được giữ. Muốn bỏ một lần sửa thì thu hồi." "A figure is corrected with a reason; what the unit sent is kept. A correction can be withdrawn.";
    C_TABLE "Các lần sửa số liệu" "Corrections of figures";
    C_NONE "Chưa có lần sửa nào." "No corrections yet.";
    C_LINE "Nội dung" "Line";
    C_BEFORE "Đơn vị gửi" "As sent";
    C_AFTER "Sửa thành" "Corrected to";
    C_WITHDRAW "Thu hồi" "Withdraw";
    C_WITHDRAWN "Đã thu hồi {0}" "Withdrawn {0}";
    C_OVERTAKEN "Đã có lần sửa sau" "A later one counts";
    C_STALE "Không áp dụng: đơn vị đã gửi số khác" "Not in force: the unit sent another value";
    C_NO_REPORT "Không áp dụng: không có báo cáo" "Not in force: no report";
    C_IN_FORCE "Đang áp dụng" "In force";
    CORRECT "Sửa một số liệu" "Correct a figure";
    C_NOW "Giá trị hiện nay" "Value now";
    C_CELL "Ô trong tệp" "Cell of the file";
    C_NEW "Giá trị đúng" "Right value";
    C_NEW_HINT "Viết như trong biểu, đơn vị tính: {0}. Để trống là lấy giá trị này ra." "As in the form; measure: {0}. Left empty, the value is taken out.";
    C_NEW_PLAIN "Viết như trong biểu. Để trống là lấy giá trị này ra." "As in the form. Left empty, the value is taken out.";
    C_REASON "Căn cứ, lý do" "Reason";
    C_REASON_HINT "Đơn vị đọc được lý do này." "The unit reads this reason.";
    C_SAVE "Lưu sửa đổi" "Correct";
    P_NOT_READ "Chưa đọc được giá trị này theo đơn vị tính của dòng." "This cannot be read in the measure of the line.";
    P_SAME "Giá trị mới giống giá trị hiện nay." "The new value is the value now.";
    P_NO_REASON "Xin ghi lý do." "Please give the reason.";

    J_READ "Đọc tệp" "Reading a file";
    J_PROVISIONAL "Tính thử" "Provisional run";
    J_PUBLISH "Công bố" "Publishing";
    J_TITLE "{0}: {1}" "{0} of {1}";
    J_WAITING "Đang chờ" "Waiting";
    J_RUNNING "Đang chạy" "Running";
    J_DONE "Đã xong" "Done";
    J_FAILED "Không thành công" "Failed";
    J_PROGRESS "Đã xử lý" "Done so far";
    J_OF "{0} trên {1}" "{0} of {1}";
    J_UPDATES "Trang tự cập nhật. Có thể đóng trang, việc vẫn chạy tiếp." "The page updates itself. It may be closed; the work goes on.";
    J_RELOAD "Cập nhật ngay" "Update now";
    J_STARTED "Bắt đầu" "Started";
    J_OUTCOME "Kết quả" "Outcome";
}
