//! The board's standing committee: coverage, targets, ranking, works, awards, releases; and charts.

super::words! {
    COVERAGE "Tiến độ nộp báo cáo" "Coverage";
    COVERAGE_NOW "Đã nộp {0}/{1} đơn vị phải nộp ({2} %)." "{0} of {1} units due have reported ({2} %).";
    COVERAGE_CHART "Số đơn vị đã nộp theo ngày" "Units that have reported, day by day";
    COVERAGE_CHART_DESC "Từ {0} đến {1}, số đơn vị đã nộp tăng từ {2} lên {3} trên {4} đơn vị phải nộp. Bảng bên dưới ghi từng ngày." "From {0} to {1} the number of units in rose from {2} to {3} of {4} due. The table below has each day.";
    CHART_DUE "Phải nộp: {0}" "Due: {0}";
    CHART_DEADLINE "Hạn nộp {0}" "Deadline {0}";
    COVERAGE_DAYS "Bảng số đơn vị đã nộp theo ngày" "Table of units that have reported, day by day";
    DAY "Ngày" "Day";
    REPORTED "Đã nộp" "Reported";
    DUE "Phải nộp" "Due";
    SHARE "Tỷ lệ" "Share";
    LATE "Trễ hạn" "Late";
    APPROVED "Đã duyệt" "Approved";
    COVERAGE_SUPERIORS "Theo công đoàn cấp trên trực tiếp cơ sở" "By superior union";
    SUPERIOR "Công đoàn cấp trên" "Superior union";
    TOTAL "Toàn tỉnh" "Province";

    TARGETS "Chỉ tiêu toàn tỉnh" "Targets of the province";
    TARGETS_CHART "Kết quả thực hiện so với chỉ tiêu" "Values against targets";
    TARGETS_CHART_DESC "Mỗi chỉ tiêu một thanh theo thang riêng; vạch đậm là mức phải đạt, khung là khoảng phải đạt. Đạt {0}, chưa đạt {1}, chưa đánh giá {2}. Bảng bên dưới ghi từng số; ✓ là đạt, × là chưa đạt, … là chưa đến lúc đánh giá." "One bar for each indicator on its own scale; the dark mark is the target, the frame a range. Met {0}, not met {1}, no verdict {2}. The table below has every figure; ✓ is met, × is not met, … is not judged yet.";
    TARGETS_SUMMARY "Đạt {0}, chưa đạt {1}, chưa đánh giá {2}." "Met {0}, not met {1}, no verdict {2}.";
    TARGETS_TABLE "Các chỉ tiêu và kết quả đánh giá" "Indicators and verdicts";
    INDICATOR "Chỉ tiêu" "Indicator";
    VALUE "Thực hiện" "Value";
    TARGET "Phải đạt" "Target";
    NOT_COMPUTED "Kỳ này chưa có lần tính nào. Ban Chính sách – Pháp luật hoặc Ban Thường vụ bấm “Tính lại toàn tỉnh”, rồi mở lại trang này." "This period has not been computed yet. The department or the committee starts a run; then open this page again.";
    BASIS "Cơ sở số liệu" "Basis";
    COVERED "Độ phủ" "Coverage";
    VERDICT "Đánh giá" "Verdict";

    RANKING "Xếp hạng cụm thi đua" "Ranking of clusters";
    CLUSTERS "Chọn cụm thi đua" "Choose the cluster";
    RANKING_TABLE "Xếp hạng {0}" "Ranking of {0}";
    PLACE "Thứ hạng" "Place";
    POINTS "Điểm" "Points";
    CLASS "Xếp loại" "Class";
    RANGE "Khoảng" "Range";
    POLICY "Cách xếp hạng đã quy định" "How places are given";
    TIED "đồng hạng" "tied";
    EXPLANATION "Giải thích" "Explanation";

    WORKS "Công trình, sản phẩm hoàn thành trước hạn" "Works finished early";
    WORKS_TABLE "Công trình, sản phẩm, đề tài, sáng kiến hoàn thành trước hạn" "Works, products, studies and ideas finished early";
    WORKS_NONE "Chưa có công trình nào hoàn thành trước hạn." "No work was finished early yet.";
    WORK "Tên công trình, sản phẩm" "Work";
    PLANNED "Dự kiến xong" "Planned";
    FINISHED "Thực tế xong" "Finished";
    EARLY "Sớm (ngày)" "Days early";
    QUALITY "Chất lượng" "Quality";

    AWARDS "Đề nghị khen thưởng" "Award proposals";
    AWARDS_BY_RULES "Đề xuất theo quy định" "By the rules";
    AWARDS_SENT "Danh sách các đơn vị gửi" "What units sent";
    AWARD_RESULT "Kết quả xét" "Result";
    AWARDS_TABLE "Danh sách đề nghị khen thưởng" "Award proposals";
    AWARDS_NONE "Chưa có đề nghị nào." "No proposals yet.";
    AWARDS_MASKED "Tên được che: thời hạn hiện tên người của phong trào đã hết." "Names are masked: the time in which the campaign shows names of persons is over.";
    AWARDS_KIND "Lọc theo loại" "Filter by kind";
    COLLECTIVES "Tập thể" "Collectives";
    PERSONS "Cá nhân" "Persons";
    AWARD_NAME "Tập thể, cá nhân" "Collective or person";
    AWARD "Danh hiệu, hình thức" "Award";
    ACHIEVEMENT "Thành tích" "Achievement";
    PROPOSED_BY "Đơn vị đề nghị" "Proposed by";

    PUBLISH "Công bố kết quả" "Publish the results";
    PUBLISH_RUN "Bản tạm tính sẽ công bố" "Provisional run to be published";
    PUBLISH_STATE "Tình trạng số liệu" "State of the figures";
    PUBLISH_BLOCKED "Chưa công bố được:" "It cannot be published yet:";
    PUBLISH_LOOK "Xin lưu ý trước khi công bố:" "Please note before publishing:";
    PUBLISH_NO_RUN "Kỳ này chưa có bản tạm tính. Hãy tính, xem sổ tổng hợp, rồi công bố."
        "This period has no provisional run yet. Compute it, look at the workbook, then publish.";
    PUBLISH_COMPUTE "Tính lại toàn tỉnh" "Compute the province";
    PUBLISH_FIRST "Đây là bản công bố đầu tiên của kỳ." "This is the first release of the period.";
    PUBLISH_CHANGES "Thay đổi so với bản công bố hiện hành" "Changes against the current release";
    PUBLISH_NO_CHANGE "Không có thay đổi so với bản công bố hiện hành." "Nothing changes against the current release.";
    PUBLISH_MORE "và {0} thay đổi nữa" "and {0} more changes";
    PUBLISH_WARNING "Công bố sẽ khóa kỳ báo cáo và không rút lại được. Sai sót về sau được đính chính bằng một bản công bố mới." "Publishing closes the period and cannot be undone. A mistake is mended by a new release.";
    PUBLISH_CONFIRM "Tôi đã xem các thay đổi và đồng ý công bố." "I have read the changes and agree to publish.";
    PUBLISH_DO "Công bố" "Publish";
    WHAT "Nội dung" "What";
    BEFORE "Trước" "Before";
    AFTER "Sau" "After";
    WHY "Vì sao" "Why";

    RELEASES "Các bản công bố" "Releases";
    RELEASES_TABLE "Các bản đã công bố và tạm tính" "Published and provisional releases";
    RELEASES_NONE "Chưa có bản công bố nào." "No release yet.";
    RELEASE "Bản" "Release";
    MADE "Lập lúc" "Made";
    PUBLISHED "Công bố lúc" "Published";
    PUBLISHED_BY "người công bố: {0}" "by {0}";
    PROVISIONAL "Tạm tính" "Provisional";
    CURRENT "Hiện hành" "Current";
    REPLACED "Đã thay thế" "Replaced";
    FILES "Tải về" "Downloads";
    DIFFERENCES "Thay đổi so với bản trước" "Changes against the one before";
    DIFFERENCES_OF "Thay đổi giữa hai bản công bố" "Changes between two releases";
    DIFFERENCES_BETWEEN "Bản {0} so với bản {1}." "Release {0} against release {1}.";
    DIFFERENCES_TABLE "Các thay đổi" "Changes";
    DIFFERENCES_NONE "Hai bản giống nhau." "Both are the same.";
}
