//! Versions of a unit, questions and objections, attachments.

super::words! {
    HISTORY "Các lần nộp" "Versions";
    HISTORY_LEAD "Mọi bản đã gửi đều được giữ nguyên. Bản mới nhất được nhận là bản được tính." "Every version is kept as it was sent. The newest that was taken counts.";
    HISTORY_TABLE "Các bản đã nộp của {0}" "Versions of {0}";
    HISTORY_NONE "Chưa nộp bản nào." "Nothing was sent yet.";
    RECEIPT "Số biên nhận" "Receipt";
    RECEIVED "Nhận lúc" "Received";
    SENT_BY "Người nộp" "Sent by";
    COVERS "Kỳ, biểu mẫu" "Period and forms";
    READ_AS "Kết quả đọc" "Reading";
    REVIEW "Duyệt" "Review";
    ON_BEHALF "nộp thay" "on behalf";
    COUNTS "đang được tính" "counts now";

    OBJECTIONS "Hỏi đáp, kiến nghị" "Questions and objections";
    O_LEAD "Hỏi hoặc kiến nghị về một chỉ tiêu, một số liệu. Ban Chính sách – Pháp luật trả lời và quyết định; mọi trao đổi được lưu." "Ask or object about an indicator or a figure. The department answers and decides; everything is kept.";
    O_TABLE "Danh sách câu hỏi, kiến nghị" "Questions and objections";
    O_NONE "Chưa có câu hỏi hoặc kiến nghị nào." "No questions or objections yet.";
    O_ABOUT "Về" "About";
    O_TEXT "Nội dung" "Text";
    O_ASKED "Gửi lúc" "Sent";
    O_REPLIES "Trả lời" "Replies";
    O_FILTER "Lọc theo tình trạng" "Filter by state";
    O_NEW "Gửi câu hỏi hoặc kiến nghị" "Ask or object";
    O_INDICATOR "Chỉ tiêu" "Indicator";
    O_INDICATOR_NONE "Không về một chỉ tiêu cụ thể" "No particular indicator";
    O_CELL "Ô trong tệp" "Cell of the file";
    O_CELL_HINT "Ví dụ: Mẫu 1 › D14. Xem ở trang kết quả nộp báo cáo." "For instance Mẫu 1 › D14, as in “What was read”.";
    O_SEND "Gửi" "Send";
    O_EMPTY "Xin ghi nội dung." "Please write something.";
    S_OPEN "Đang chờ" "Open";
    S_ANSWERED "Đã trả lời" "Answered";
    S_UPHELD "Chấp nhận kiến nghị" "Upheld";
    S_DISMISSED "Không chấp nhận" "Dismissed";
    O_TITLE "Về {0}" "About {0}";
    O_THREAD "Trao đổi" "Thread";
    O_BY "{0} gửi lúc {1}" "Sent by {0} at {1}";
    O_REPLY "Trả lời thêm" "Reply";
    O_REPLY_TEXT "Nội dung trả lời" "Reply";
    O_DECIDE "Quyết định" "Decide";
    O_OUTCOME "Kết luận" "Outcome";
    O_DECIDE_TEXT "Căn cứ, lý do" "Grounds";
    O_DECIDE_DO "Lưu quyết định" "Decide";
    O_EFFECT "Thứ hạng trong cụm ở lần tính mới nhất, so với bản công bố" "Places in the cluster: the newest run against what is published";
    O_PLACE_BEFORE "Đã công bố" "Published";
    O_PLACE_AFTER "Tính mới nhất" "Newest run";
    O_NO_EFFECT "Lần tính mới nhất không làm thay đổi thứ hạng nào trong cụm của đơn vị." "The newest run changes no place in the cluster of the unit.";
    O_UNKNOWN "Để xem ảnh hưởng đến thứ hạng: sửa số liệu hoặc nhận báo cáo mới, rồi tính thử; trang này so lần tính ấy với bản công bố." "To see the effect on places: correct the value or take a new report, then start a run; this page compares it with what is published.";
    O_BACK "Về danh sách" "Back to the list";

    ATTACHMENTS "Tài liệu kèm theo" "Attachments";
    A_LEAD "Kế hoạch, biên bản, minh chứng, bản quét có chữ ký. Hệ thống lưu và cấp biên nhận, không đọc số liệu trong tài liệu." "Plans, minutes, evidence, signed scans. They are kept with a receipt; no figures are read from them.";
    A_TABLE "Tài liệu của {0}" "Attachments of {0}";
    A_NONE "Chưa có tài liệu nào." "No attachments yet.";
    A_SIZE "Dung lượng" "Size";
    A_ADD "Gửi tài liệu" "Add attachments";
    A_FILES "Chọn tài liệu" "Choose the files";
    A_HINT "PDF, Word hoặc ảnh, mỗi lần tối đa {0} MB." "PDF, Word or pictures, at most {0} MB at a time.";
    A_SEND "Gửi tài liệu" "Send";
    K_PLAN "Kế hoạch" "Plan";
    K_MINUTES "Biên bản" "Minutes";
    K_EVIDENCE "Minh chứng" "Evidence";
    K_SCAN "Bản quét có chữ ký" "Signed scan";
    K_LABEL "Loại tài liệu" "Kind";
}
