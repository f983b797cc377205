//! A unit's own page: periods, states, what to do next, figures.

super::words! {
    GREETING "Xin chào {0}." "Welcome, {0}.";
    SUPERIOR "Công đoàn cấp trên: {0}" "Superior union: {0}";
    VIEWED "Trang của đơn vị, xem với quyền cấp trên." "The unit's page, as the union above sees it.";
    PERIODS "Các kỳ báo cáo" "Periods";
    FORMS "Biểu mẫu phải nộp" "Forms due";
    DEADLINE "Hạn nộp" "Deadline";
    EXTENDED "Được gia hạn đến" "Extended until";
    EXTENDED_WHY "Lý do gia hạn: {0}" "Reason for the extension: {0}";
    AS_OF "Số liệu tính đến ngày" "Figures as of";
    TEMPLATE "Tải mẫu đã điền sẵn" "Download the pre-filled workbook";
    TEMPLATE_FOR "kỳ {0}" "period {0}";
    LAST "Lần nộp gần nhất" "Last version";
    RECEIPT "số biên nhận {0}" "receipt {0}";
    SEE_RESULT "Xem kết quả đọc" "See what was read";
    NEXT "Việc cần làm" "What to do now";
    OPTIONAL_FORM "nếu có" "where it applies";

    S_NOT_OPEN "Chưa mở" "Not open yet";
    S_NOT_OPEN_DO "Chưa cần làm gì." "Nothing to do yet.";
    S_NOT_OPEN_ON "Chưa cần làm gì; kỳ này mở từ ngày {0}." "Nothing to do yet; the period opens on {0}.";
    S_DUE "Chưa nộp, còn {0} ngày" "Not sent, {0} days left";
    S_DUE_TODAY "Chưa nộp, hạn là hôm nay" "Not sent, due today";
    S_DUE_DO "Tải mẫu đã điền sẵn, nhập số liệu rồi nộp ở dưới." "Download the workbook, fill it in and send it below.";
    S_OVERDUE "Chưa nộp, quá hạn {0} ngày" "Not sent, {0} days late";
    S_OVERDUE_DO "Nộp ngay khi có thể; báo cáo trễ vẫn được nhận và ghi là trễ hạn." "Send it as soon as possible; a late report is taken and marked as late.";
    S_READING "Đang đọc" "Being read";
    S_READING_DO "Đã nhận tệp. Kết quả đọc có ngay sau ít giây." "The file is here. The answer takes a few seconds.";
    S_MEND "Đã nộp, cần sửa" "Sent, to be mended";
    S_MEND_DO "Xem các lỗi, sửa trong tệp rồi nộp lại." "Read the errors, mend the workbook and send it again.";
    S_WAITING "Đã nộp, chờ cấp trên duyệt" "Sent, waiting for approval";
    S_WAITING_DO "Chưa cần làm gì. Có thể nộp bản khác nếu thấy sai sót." "Nothing to do. Another version may be sent if something is wrong.";
    S_WARNED "Đã nộp, có cảnh báo" "Sent, with warnings";
    S_WARNED_DO "Xem lại các cảnh báo; nếu số liệu đúng, ghi lý do vào cột Ghi chú rồi nộp lại." "Look at the warnings; where the figure is right, give the reason in the notes column and send it again.";
    S_RETURNED "Bị trả lại" "Returned";
    S_RETURNED_DO "{0} trả lại: “{1}”. Sửa rồi nộp bản mới." "Returned by {0}: “{1}”. Mend it and send a new version.";
    S_APPROVED "Đã duyệt" "Approved";
    S_APPROVED_DO "{0} đã duyệt lúc {1}. Muốn thay đổi phải nộp bản mới." "Approved by {0} at {1}. A change needs a new version.";
    S_LOCKED "Đã chốt và công bố" "Closed and published";
    S_LOCKED_DO "Kỳ này đã chốt. Nếu số liệu sai, gửi kiến nghị ở trang “Hỏi đáp, kiến nghị”." "The period is closed. If a figure is wrong, object under “Questions and objections”.";
    S_MISSED "Không nộp" "Never sent";
    S_MISSED_DO "Kỳ này đã chốt mà không có báo cáo của đơn vị." "The period was closed without a report of the unit.";


    UPLOAD "Nộp báo cáo" "Send reports";
    UPLOAD_LEAD "Mỗi kỳ chỉ cần một tệp Excel. Có thể chọn nhiều tệp một lần, hoặc kéo và thả vào khung." "One workbook a period is enough. Several files may be chosen at once, or dropped into the frame.";
    UPLOAD_FILES "Chọn tệp báo cáo" "Choose the files";
    UPLOAD_HINT "Excel (.xlsx, .xls, .xlsb) hoặc .ods, mỗi lần tối đa {0} MB." "Excel (.xlsx, .xls, .xlsb) or .ods, at most {0} MB at a time.";
    UPLOAD_PERIOD "Kỳ báo cáo của tệp" "Period of the file";
    UPLOAD_PERIOD_FILE "Theo nội dung ghi trong tệp" "As the file says";
    UPLOAD_DO "Nộp" "Send";
    U_NONE "Chưa chọn tệp nào." "No file was chosen.";
    U_EMPTY "Tệp không có nội dung." "The file is empty.";
    U_LARGE "Tệp vượt quá {0} MB." "The file has more than {0} MB.";
    U_MANY "Mỗi lần chỉ gửi tối đa {0} tệp." "At most {0} files at a time.";
    U_TYPE "Chỉ nhận tệp PDF, Word hoặc ảnh." "Only PDF, Word and pictures are taken.";
    U_CUT "Tệp đến không trọn vẹn (mạng bị ngắt). Chưa nhận gì; xin gửi lại." "The file did not arrive whole. Nothing was taken; please send it again.";

    MORE "Thêm" "More";
    HISTORY "Các lần nộp ({0})" "Versions ({0})";
    OBJECTIONS "Hỏi đáp, kiến nghị (đang chờ: {0})" "Questions and objections (open: {0})";
    ATTACHMENTS "Kế hoạch, tài liệu kèm theo ({0})" "Plan and attachments ({0})";
    EXPORT "Tải toàn bộ dữ liệu của đơn vị (.tar)" "Download everything of the unit (.tar)";

    RESULTS "Kết quả thi đua, {0}" "Results, {0}";
    RESULTS_SOURCE "Theo {0}." "From {0}.";
    RESULTS_NONE "Chưa có kết quả tính cho đơn vị." "Nothing was computed for the unit yet.";
    CLASS "Xếp loại" "Class";
    TOTAL "Tổng điểm" "Points";
    PLACE "Thứ hạng trong cụm" "Place in the cluster";
    RANGE "Khoảng thứ hạng" "Range of places";
    RANGE_HINT "Khoảng thứ hạng: thứ hạng có thể đổi trong khoảng này nếu trọng số hoặc cách tính khác đi." "Range: how far the place moves when weights or methods vary.";
    INDICATORS "Chỉ tiêu của đơn vị so với chỉ tiêu được giao, đăng ký và chỉ tiêu toàn tỉnh" "The unit's indicators against its own and the province's targets";
    INDICATOR "Chỉ tiêu" "Indicator";
    VALUE "Thực hiện" "Value";
    OWN_TARGET "Đơn vị phải đạt" "Own target";
    PROVINCE_TARGET "Toàn tỉnh phải đạt" "Province's target";
    VERDICT "Đánh giá" "Verdict";
    CRITERIA "Điểm theo tiêu chí" "Points by criterion";
    CRITERION "Tiêu chí" "Criterion";
    POINTS "Điểm" "Points";
    MAXIMUM "Điểm chuẩn" "Maximum";
    WHY "Diễn giải" "Explanation";
}
