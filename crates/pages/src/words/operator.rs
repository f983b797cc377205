//! The operator: accounts, codes, deadlines, health, audit log, jobs.

super::words! {
    ACCOUNTS "Tài khoản" "Accounts";
    SEARCH_FOR "Tên đăng nhập, người dùng hoặc đơn vị" "Login, person or unit";
    ROLE "Vai trò" "Role";
    STATE "Tình trạng" "State";
    ACCOUNTS_TABLE "Danh sách tài khoản" "Accounts";
    ACCOUNTS_NONE "Không có tài khoản nào phù hợp." "No account matches.";
    LOGIN "Tên đăng nhập" "Login";
    PERSON "Người dùng" "Person";
    LAST "Đăng nhập gần nhất" "Last sign-in";
    NEVER "chưa đăng nhập" "never";
    NEW "Thêm tài khoản" "Add an account";
    FROM_REGISTER "Lập tài khoản từ danh bạ" "Accounts from the register";
    S_INVITED "Chờ kích hoạt" "Invited";
    S_ACTIVE "Đang dùng" "Active";
    S_DISABLED "Đã khóa" "Disabled";

    ACCOUNT "Tài khoản {0}" "Account {0}";
    EDIT "Thông tin tài khoản" "The account";
    UNIT_CODE "Mã đơn vị" "Unit code";
    UNIT_HINT "Để trống với vai trò toàn tỉnh." "Empty for the roles of the whole province.";
    SAVE "Lưu" "Save";
    DISABLE "Khóa tài khoản" "Disable";
    DISABLE_LEAD "Tài khoản bị khóa không đăng nhập được; các phiên đang mở kết thúc ngay." "A disabled account cannot sign in; open sessions end at once.";
    ENABLE "Mở khóa tài khoản" "Enable";
    ENABLE_LEAD "Tài khoản đăng nhập lại được bằng mật khẩu cũ." "The account can sign in again with its old password.";
    RESET "Cấp lại mật khẩu" "Reset the password";
    RESET_LEAD "Mật khẩu cũ hết hiệu lực; hệ thống cấp một mã kích hoạt mới." "The old password stops working; a new activation code is made.";
    P_LOGIN_TAKEN "Tên đăng nhập đã có." "The login is taken.";
    P_LOGIN_BAD "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối." "A login has small letters without marks, digits, dots and hyphens only.";
    P_NO_NAME "Xin ghi tên người dùng." "Please give the person's name.";
    P_UNKNOWN_UNIT "Không có đơn vị với mã này." "There is no unit with this code.";
    P_UNIT_NEEDED "Vai trò này cần một đơn vị." "This role needs a unit.";
    P_LAST_OPERATOR "Đây là quản trị hệ thống cuối cùng; không thể khóa hoặc đổi vai trò." "This is the last operator; it cannot be disabled or given another role.";

    IMPORT "Lập tài khoản từ danh bạ" "Accounts from the register";
    IMPORT_LEAD "Mỗi đơn vị phải báo cáo mà chưa có tài khoản sẽ có một tài khoản và một mã kích hoạt. Tài khoản đã có không thay đổi." "Each reporting unit without an account gets one, with an activation code. Existing accounts stay as they are.";
    IMPORT_COUNT "Sẽ lập {0} tài khoản: {1} đơn vị cơ sở, {2} công đoàn cấp trên." "{0} accounts will be made: {1} grassroots units, {2} superior unions.";
    IMPORT_NONE "Mọi đơn vị đều đã có tài khoản." "Every unit has an account.";
    IMPORT_ONCE "Danh sách mã chỉ hiện một lần. Xin chuẩn bị máy in trước khi bấm." "The list of codes is shown once. Have the printer ready.";
    IMPORT_DO "Lập tài khoản và in mã" "Make the accounts and print the codes";

    CODES "Phiếu mã kích hoạt" "Slips with activation codes";
    CODES_LEAD "{0} phiếu. In ra giấy A4, cắt theo đường kẻ và gửi từng đơn vị. Trang này không mở lại được." "{0} slips. Print on A4, cut along the lines and send one to each unit. This page cannot be opened again.";
    SLIP_CODE "Mã kích hoạt" "Activation code";
    SLIP_UNTIL "Dùng được đến" "Valid until";
    SLIP_ADDRESS "Địa chỉ" "Address";
    SLIP_HOW "Mở địa chỉ trên, chọn “Kích hoạt tài khoản”, nhập tên đăng nhập và mã, rồi tự đặt mật khẩu. Không đưa mã cho người khác." "Open the address, choose “Activate the account”, enter login and code, then choose a password. Give the code to nobody.";

    DEADLINES "Hạn nộp" "Deadlines";
    DEADLINES_LEAD "Hạn chung theo định nghĩa phong trào; thay đổi bằng lệnh thidua campaign apply. Gia hạn cho từng đơn vị làm ở trang theo dõi." "Common deadlines come from the campaign's definition and change by thidua campaign apply. A single unit is extended from the tracking page.";
    DEADLINES_TABLE "Hạn chung" "Common deadlines";
    DOCUMENT "Báo cáo" "Document";
    WHOM "Ai nộp" "From whom";
    DEADLINE "Hạn nộp" "Deadline";
    SAMPLE "mẫu, chưa có văn bản quy định" "sample, not from a decision";
    EXTENSIONS "Đã gia hạn" "Extensions";
    EXTENSIONS_NONE "Chưa gia hạn cho đơn vị nào." "No unit was given more time.";
    UNTIL "Đến" "Until";

    HEALTH "Tình trạng hệ thống" "System";
    HEALTH_TABLE "Các bộ phận" "Parts";
    PART "Bộ phận" "Part";
    H_GOOD "Bình thường" "Fine";
    H_WARN "Cần chú ý" "Needs attention";
    H_BAD "Có lỗi" "Failing";
    METRICS "Số đo cho hệ thống giám sát: {0}" "Metrics for monitoring: {0}";

    AUDIT "Nhật ký hệ thống" "Audit log";
    AUDIT_LEAD "Nhật ký chỉ ghi thêm, không sửa, không xóa." "The log is only ever added to.";
    AUDIT_TABLE "Các việc đã làm" "What was done";
    AUDIT_NONE "Không có dòng nào phù hợp." "No line matches.";
    WHO "Tài khoản" "Account";
    FROM "Từ địa chỉ" "From address";
    ACTION "Việc" "Action";
    OBJECT "Đối tượng" "Object";
    DETAIL "Chi tiết" "Detail";

    JOBS "Việc chạy nền" "Jobs";
    JOBS_TABLE "Các việc" "Jobs";
    JOBS_NONE "Không có việc nào." "No jobs.";
    JOB "Việc" "Job";
    PROGRESS "Tiến độ" "Progress";
    ATTEMPTS "Số lần chạy" "Attempts";
    MADE "Tạo lúc" "Created";
    OUTCOME "Kết quả" "Outcome";
}
