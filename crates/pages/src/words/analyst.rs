//! Tokens, and where figures are to be had.

super::words! {
    TOKENS "Mã truy cập" "Tokens";
    TOKENS_LEAD "Chương trình ngoài đọc số liệu bằng mã truy cập. Mã chỉ xem được phạm vi của tài khoản, không sửa được gì." "Other programs read figures with a token. A token sees the scope of the account and changes nothing.";
    FRESH "Mã mới: chép lại ngay, mã chỉ hiện một lần." "The new token: copy it now, it is shown once.";
    FRESH_LABEL "Mã truy cập mới" "New token";
    FRESH_USE "Gửi kèm mỗi yêu cầu trong đầu mục Authorization: Bearer." "Send it with each request as Authorization: Bearer.";
    NEW "Tạo mã truy cập" "Create a token";
    TOKEN_NAME "Dùng cho việc gì" "What it is for";
    TOKEN_NAME_HINT "Ví dụ: bảng theo dõi của Ban Tuyên giáo." "For instance: dashboard of the department of information.";
    DAYS "Thời hạn" "Valid for";
    DAYS_OF "{0} ngày" "{0} days";
    CREATE "Tạo mã" "Create";
    UNIT "Chỉ số liệu của đơn vị" "Figures of one unit alone";
    UNIT_HINT "Mã đơn vị: mã truy cập chỉ xem được đơn vị này và các đơn vị bên dưới. Để trống: mọi điều tài khoản được xem." "Code of a unit: the token sees it and the units below it. Empty: all that the account sees.";
    NO_SUCH_UNIT "Không có đơn vị mang mã này trong phạm vi của tài khoản." "No unit within the scope of the account has this code.";
    NO_NAME "Xin ghi mã dùng cho việc gì." "Please say what the token is for.";
    MANY "Mỗi tài khoản có tối đa {0} mã còn hiệu lực. Xin thu hồi một mã trước." "An account has at most {0} tokens in force. Revoke one first.";
    TABLE "Các mã đã tạo" "Tokens";
    NONE "Chưa có mã nào." "No tokens yet.";
    OWNER "Tài khoản" "Account";
    SCOPE "Phạm vi" "Scope";
    MADE "Tạo lúc" "Created";
    EXPIRES "Hết hạn" "Expires";
    USED "Dùng gần nhất" "Last used";
    NEVER "chưa dùng" "never";
    VALID "Còn hiệu lực" "In force";
    EXPIRED "Đã hết hạn" "Expired";
    REVOKED "Đã thu hồi" "Revoked";
    REVOKE "Thu hồi" "Revoke";

    DATA "Khai thác số liệu" "Figures";
    DATA_LEAD "Số liệu đã công bố, trong phạm vi của tài khoản: {0}." "Published figures within the scope of the account: {0}.";
    EXPLORER "Tra cứu bằng GraphQL" "GraphQL explorer";
    EXPLORER_LEAD "Viết câu hỏi, xem ngay kết quả; có sẵn ví dụ." "Write a query and see the answer at once; examples are there.";
    EXPLORER_OPEN "Mở trang tra cứu" "Open the explorer";
    ENDPOINT "Địa chỉ cho chương trình" "Address for programs";
    EXPORTS "Tải bảng số liệu" "Exports";
    EXPORTS_TABLE "Các bảng của bản {0}" "Tables of release {0}";
    EXPORTS_LISTS "Tệp cả bảng chỉ dành cho tài khoản được xem mọi đơn vị. Hãy hỏi một danh sách bằng GraphQL; thêm đầu mục Accept: text/csv thì nhận được tệp CSV đủ mọi dòng trong phạm vi của tài khoản." "Whole tables are for accounts that see every unit. Ask for a list by GraphQL; with the header Accept: text/csv it comes as a CSV file with every row within the scope of the account.";
    EXPORTS_NONE "Chưa có bản công bố nào để tải." "There is no release to download yet.";
    TABLE_NAME "Bảng" "Table";
    ROWS "Số dòng" "Rows";
    FORMATS "Định dạng" "Formats";

    CLASSES "Xếp loại đề xuất" "Classes proposed";
    COVERAGE "Tình hình nộp báo cáo" "Documents in and due";
    FACTS "Số liệu đã đọc" "Facts";
    INDICATORS "Kết quả chỉ tiêu" "Results of indicators";
    ISSUES "Lỗi và cảnh báo" "Issues";
    RANKINGS "Thứ hạng" "Places";
    RECONCILIATION "Đối chiếu mẫu 2 với mẫu 1" "Form 2 beside the sum of form 1";
    REGISTRATIONS "Đăng ký thi đua" "Registrations";
    SCORES "Điểm" "Points";
    SUBMISSIONS "Báo cáo đã nhận" "Submissions";
    TARGETS "Chỉ tiêu được giao, đăng ký" "Targets";
    UNITS "Đơn vị" "Units";
}
