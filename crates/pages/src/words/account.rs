//! Sign in, activation, passwords.

super::words! {
    SIGN_IN "Đăng nhập" "Sign in";
    SIGN_IN_LEAD "Dùng tên đăng nhập và mật khẩu của đơn vị." "Use the login and password of your unit.";
    LOGIN "Tên đăng nhập" "Login";
    LOGIN_HINT "Ghi trên phiếu mã kích hoạt mà đơn vị đã nhận." "Printed on the slip with the activation code.";
    PASSWORD "Mật khẩu" "Password";
    ENTER "Đăng nhập" "Sign in";
    FIRST_TIME "Lần đầu sử dụng? Kích hoạt tài khoản" "First time here? Activate the account";
    FORGOT "Quên mật khẩu?" "Forgotten the password?";
    WRONG "Tên đăng nhập hoặc mật khẩu không đúng. Xin kiểm tra phím Caps Lock và bộ gõ tiếng Việt." "The login or the password is wrong. Check Caps Lock and the keyboard layout.";
    WAIT "Đã nhập sai nhiều lần. Xin chờ {0} phút rồi thử lại." "Too many wrong attempts. Please wait {0} minutes and try again.";
    ENDED "Phiên làm việc đã hết. Xin đăng nhập lại; báo cáo đã nộp không bị mất." "The session has ended. Please sign in again; nothing sent is lost.";
    STALE "Trang đã mở quá lâu. Xin thử lại." "The page was open for too long. Please try again.";

    ACTIVATE "Kích hoạt tài khoản" "Activate the account";
    ACTIVATE_LEAD "Nhập tên đăng nhập và mã kích hoạt trên phiếu, rồi tự đặt mật khẩu. Mã chỉ dùng được một lần." "Enter the login and the activation code of the slip, then choose a password. The code works once.";
    CODE "Mã kích hoạt" "Activation code";
    CODE_HINT "Không phân biệt chữ hoa, chữ thường và dấu gạch nối." "Capitals and hyphens make no difference.";
    NEW_PASSWORD "Mật khẩu mới" "New password";
    NEW_PASSWORD_HINT "Ít nhất {0} ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ khó nhớ." "At least {0} characters. A short sentence is better than a difficult word.";
    AGAIN "Nhập lại mật khẩu mới" "New password again";
    ACTIVATE_DO "Kích hoạt và đăng nhập" "Activate and sign in";
    WRONG_CODE "Tên đăng nhập hoặc mã kích hoạt không đúng." "The login or the activation code is wrong.";
    CODE_EXPIRED "Mã kích hoạt đã hết hạn hoặc đã dùng. Xin công đoàn cấp trên hoặc quản trị hệ thống cấp mã mới." "The activation code has expired or was used. Ask the superior union or the operator for a new one.";
    TOO_SHORT "Mật khẩu cần ít nhất {0} ký tự." "The password needs at least {0} characters.";
    TOO_LONG "Mật khẩu quá dài." "The password is too long.";
    TOO_COMMON "Mật khẩu này quá dễ đoán. Xin chọn mật khẩu khác." "This password is too easy to guess. Please choose another.";
    LIKE_LOGIN "Mật khẩu không được chứa tên đăng nhập." "The password must not contain the login.";
    NOT_SAME "Hai lần nhập mật khẩu mới không giống nhau." "The two new passwords are not the same.";
    WRONG_CURRENT "Mật khẩu hiện tại không đúng." "The current password is wrong.";

    CHANGE "Đổi mật khẩu" "Change password";
    CHANGE_LEAD "Sau khi đổi, các máy khác đang đăng nhập tài khoản này sẽ phải đăng nhập lại." "Afterwards other computers signed in to this account must sign in again.";
    CHANGE_FORCED "Xin đặt mật khẩu mới trước khi tiếp tục." "Please choose a new password before you go on.";
    CURRENT "Mật khẩu hiện tại" "Current password";
    CHANGE_DO "Đổi mật khẩu" "Change password";

    FORGOTTEN "Quên mật khẩu" "Forgotten password";
    FORGOTTEN_LEAD "Hệ thống không gửi thư hay tin nhắn. Xin liên hệ một trong các nơi sau để được cấp mã kích hoạt mới:" "The portal sends no mail and no messages. Ask one of the following for a new activation code:";
    FORGOTTEN_SUPERIOR "Công đoàn cấp trên trực tiếp của đơn vị: vào trang “Theo dõi nộp báo cáo”, chọn đơn vị, rồi “Cấp lại mật khẩu”." "The union directly above yours: page “Who has reported”, choose the unit, then “Reset the password”.";
    FORGOTTEN_OPERATOR "Quản trị hệ thống: {0}" "The operator: {0}";
    FORGOTTEN_THEN "Khi đã có mã mới, chọn “Kích hoạt tài khoản” và đặt mật khẩu. Báo cáo đã nộp vẫn còn nguyên." "With the new code choose “Activate the account” and a password. Everything sent is still there.";
    BACK_TO_SIGN_IN "Về trang đăng nhập" "Back to sign in";

    SIGNED_OUT "Đã đăng xuất" "Signed out";
    SIGNED_OUT_LEAD "Có thể đóng trình duyệt. Xin cảm ơn." "You can close the browser. Thank you.";

    RESET "Cấp lại mật khẩu" "Reset the password";
    RESET_LEAD "Mật khẩu cũ của tài khoản dưới đây sẽ không dùng được nữa. Đơn vị đặt mật khẩu mới bằng mã kích hoạt hiện ra ở bước sau." "The old password of this account will stop working. The unit chooses a new one with the activation code shown next.";
    RESET_NAME "Người dùng" "User";
    RESET_DO "Cấp mã kích hoạt mới" "Make a new activation code";
    RESET_DONE "Mã kích hoạt mới" "New activation code";
    RESET_ONCE "Mã chỉ hiện một lần trên trang này. Xin đọc hoặc in cho đơn vị ngay." "The code is shown on this page once. Read it out or print it now.";
    RESET_UNTIL "Dùng được đến" "Valid until";
}
