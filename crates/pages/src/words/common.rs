//! Words of every page: frame, navigation, roles, small words of tables and forms.

super::words! {
    PRODUCT "Thi đua công đoàn" "Union emulation";
    SKIP "Đến nội dung chính" "Skip to the main content";
    VIETNAMESE "Tiếng Việt" "Tiếng Việt";
    ENGLISH "English" "English";
    ACCOUNT "Tài khoản" "Account";
    NAVIGATION "Điều hướng chính" "Main navigation";
    SIGN_OUT "Đăng xuất" "Sign out";
    CHANGE_PASSWORD "Đổi mật khẩu" "Change password";
    FOOTER "Tệp đã có số biên nhận luôn được lưu giữ." "Every file with a receipt number is kept.";
    DASH "–" "–";
    OPTIONAL "(không bắt buộc)" "(optional)";
    CANCEL "Quay lại" "Back";
    PRINT "In trang này" "Print this page";
    PERIOD "Kỳ báo cáo" "Period";
    PERIODS "Chọn kỳ báo cáo" "Choose the period";
    UNIT "Đơn vị" "Unit";
    STATE "Tình trạng" "State";
    WHEN "Thời điểm" "When";
    BY "Người thực hiện" "By";
    REASON "Lý do" "Reason";
    ACTIONS "Thao tác" "Actions";
    PAGES "Các trang của danh sách" "Pages of the list";
    PAGE_OF "Trang {0}/{1}, tổng số {2} dòng" "Page {0} of {1}, {2} rows in all";
    BEFORE "← Trang trước" "← Previous page";
    AFTER "Trang sau →" "Next page →";
    KILOBYTES "{0} KB" "{0} kB";

    ROLE_UNIT "Đơn vị" "Unit";
    ROLE_SUPERIOR "Công đoàn cấp trên" "Superior union";
    ROLE_DEPARTMENT "Ban Chính sách – Pháp luật" "Department of policy and law";
    ROLE_BOARD "Ban Thường vụ" "Standing committee";
    ROLE_ANALYST "Người khai thác số liệu" "Analyst";
    ROLE_OPERATOR "Quản trị hệ thống" "Operator";

    NAV_DEPARTMENT "Phân công theo dõi" "Who follows whom";
    NAV_PROVINCE "Biểu của tỉnh" "The province's form";
    NAV_CORRECTIONS "Sửa số liệu" "Corrections";
    NAV_COVERAGE "Tiến độ nộp" "Coverage";
    NAV_TARGETS "Chỉ tiêu" "Targets";
    NAV_RANKING "Xếp hạng cụm" "Ranking";
    NAV_WORKS "Công trình" "Works";
    NAV_AWARDS "Khen thưởng" "Awards";
    NAV_PUBLISH "Công bố" "Publish";
    NAV_RELEASES "Các bản công bố" "Releases";
    NAV_DATA "Khai thác số liệu" "Figures";
    NAV_TOKENS "Mã truy cập" "Tokens";
    NAV_ACCOUNTS "Tài khoản" "Accounts";
    NAV_JOBS "Việc chạy nền" "Jobs";
    NAV_AUDIT "Nhật ký" "Audit log";
    NAV_HEALTH "Hệ thống" "System";
    NAV_DEADLINES "Hạn nộp" "Deadlines";
    CAMPAIGN "Phong trào" "Campaign";
    SEARCH "Tìm" "Search";
    ALL "Tất cả" "All";
    FILE "Tên tệp" "File";
    KIND "Loại" "Kind";
    NOTE "Ghi chú" "Note";
    SOURCE "Theo {0}." "From {0}.";

    NAV_HOME "Trang đơn vị" "Unit";
    NAV_TRACKING "Theo dõi nộp báo cáo" "Who has reported";
    NAV_ON_BEHALF "Nộp thay" "Upload on behalf";
    NAV_FORM2 "Đối chiếu Mẫu 2" "Form 2 compared";
    NAV_HISTORY "Các lần nộp" "Versions";
    NAV_OBJECTIONS "Hỏi đáp, kiến nghị" "Questions and objections";
    NAV_ATTACHMENTS "Tài liệu kèm theo" "Attachments";
    WHY_PLACE "Vì sao hạng này?" "Why this place?";
}
