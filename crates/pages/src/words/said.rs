//! What handlers say: on the next page, in a list of reasons, as the name of a link or a file.

super::words! { pub
    APPROVED "Đã duyệt." "Approved.";
    RETURNED "Đã trả lại, đơn vị thấy lý do ở trang của mình." "Returned; the unit sees the reason on its page.";
    REASON_MISSING "Chưa trả lại: hãy ghi lý do." "Not returned: give a reason.";

    RUN_MADE "Bản tạm tính {0}: {1}/{2} đơn vị đã báo cáo." "Provisional {0}: {1}/{2} units reported.";
    WORKBOOK "Sổ tổng hợp" "Consolidated workbook";
    GET_WORKBOOK "Tải sổ tổng hợp" "Get the workbook";
    RELEASES "Các bản phát hành" "All releases";
    PUBLISH "Công bố" "Publish";
    PUBLISHED "Đã công bố." "Published.";
    PUBLISHED_ALREADY "Bản này đang được công bố." "This release is published already.";
    UNITS_MISSING "{0} đơn vị chưa có báo cáo dùng được." "{0} units have no report that can be used.";
    OBJECTIONS_OPEN "{0} câu hỏi, kiến nghị chưa giải quyết." "{0} questions and objections are open.";
    CAME_SINCE "Sau lần tính này có {0} tệp báo cáo mới; nên tính lại." "{0} reports came after this run; compute again.";
    PLACE_IN "thứ hạng, {0}" "place, {0}";

    SOURCE_RUN "bản tạm tính {0}" "provisional run of {0}";
    SOURCE_PUBLISHED "bản công bố {0}" "published {0}";
    NOT_COMPUTED "chưa tính" "not computed";
    NO_RANGES "không tính" "not asked for";
    RANGES_NOT_SHOWN "chỉ dùng để phân tích" "for analysts alone";
    INSEPARABLE "chưa tách được khỏi hạng {0}–{1}" "cannot be separated from places {0} to {1}";
    LEADS "đang dẫn đầu" "leads";
    EVEN "bằng điểm" "equal";
    BEHIND "kém {0} điểm" "{0} points behind";
    AHEAD "hơn {0} điểm" "{0} points ahead";
    ABOVE "liền trên" "above";
    BESIDE "đồng hạng" "the same place";
    BELOW "liền dưới" "below";
    STRONGEST "Mạnh nhất: {0}" "Strongest: {0}";
    WEAKEST "Yếu nhất: {0}" "Weakest: {0}";
    COSTLIEST "Kém dẫn đầu nhiều nhất: {0}" "Costliest against the leader: {0}";
    NOT_TRIED "Không tính thử được: {0}" "Nothing could be tried: {0}";
    DECIDED "phân định: {0}" "decided: {0}";
    IMPUTED "{0} mục dựa trên số liệu ước đoán" "{0} items rest on imputed figures";
    VETOED "không đạt điều kiện: {0}" "fails: {0}";
    AWARD_FAILS "không đạt: {0}" "does not hold: {0}";
    AWARD_UNDECIDED "chưa đủ căn cứ: {0}" "not known yet: {0}";
    AWARD_CONFLICT "không cùng lúc với: {0}" "not beside: {0}";
    AWARD_LISTED "đã được đề nghị bởi: {0}" "put on the list by: {0}";
    AWARD_EXCLUDED "không xét thi đua" "barred by a decision";
    AWARD_CLUSTER "không thuộc cụm nào" "in no cluster";
    AWARD_PLACE "thứ hạng" "place";
    AWARD_CLASS "xếp loại" "class";
    AWARD_CONDITION "số liệu yêu cầu" "figures asked for";
    NOT_PUBLISHED "chưa công bố" "not published";
    NOT_CLASSED "chưa xếp loại" "not classed";
    NOT_RANKED "không xếp hạng" "not ranked";
    NO_TARGET "không giao" "none";
    OFFICIAL "{0} (công nhận)" "{0} (official)";
    PROPOSED "{0} (đề xuất)" "{0} (proposed)";
    ELECTED_LEADER "cụm bình chọn dẫn đầu" "elected leader of the cluster";
    PROVISIONAL "tạm tính" "provisional";
    OF_PERIOD "{0}, {1}" "{0} ({1})";
    ACTUAL "thực hiện {0}" "actual {0}";
    AGAINST "chỉ tiêu {0}" "target {0}";
    DIRECT_UNITS "Các đơn vị trực thuộc tỉnh" "Units directly below the province";
    ALL_KINDS "Tất cả" "All";

    STORE "Nơi lưu" "Store";
    JOBS "Việc nền" "Jobs";
    JOBS_COUNT "{0} đang chờ, {1} hỏng" "{0} wait, {1} failed";
    CAMPAIGN "Phong trào" "Campaign";
    PROGRAM "Chương trình" "Program";
    CORRECTED "Đã lưu. Lần tính sau dùng giá trị này; đơn vị đọc được lý do." "Kept. The next run uses this value; the unit reads the reason.";
    WITHDRAWN "Đã thu hồi. Lần tính sau dùng lại giá trị đơn vị đã gửi." "Withdrawn. The next run uses what the unit sent.";

    SCOPE_ALL "mọi số liệu đã công bố" "all published figures";
    SCOPE_BELOW "{0} và các đơn vị bên dưới" "{0} and the units below";
    SCOPE_WITHIN "{0}, trong phạm vi {1}" "{0}, within {1}";
    SCOPE_METRICS "tình trạng máy chủ (/metrics)" "how the server is doing (/metrics)";
    SCOPE_NOTHING "không có gì" "nothing";
}
