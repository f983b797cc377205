//! Pages of the C codes: what computing finds. They come with a run, never with one file alone.

use super::{Page, of_unit, page};
use crate::IssueKind as K;

pub(super) fn pages() -> Vec<Page> {
    vec![
        page(
            of_unit(
                "cdcs-017",
                K::ShareAbove100 {
                    indicator: "CT01 CNVCLĐ được tuyên truyền".into(),
                    numerator: "145".into(),
                    denominator: "120".into(),
                },
            ),
            [
                "Tỷ lệ trên 100 % cho thấy tử số đếm lượt thay vì đếm người; dùng nó thì tổng của cấp trên cũng sai.",
                "A share above 100 % shows that visits were counted, not persons; using it would spoil the sums above.",
            ],
            &[
                ["Hỏi đơn vị cách đếm của tử số.", "Ask the unit how the numerator was counted."],
                ["Đơn vị sửa và gửi lại; chạy lại.", "The unit mends and sends again; run again."],
            ],
        ),
        page(
            of_unit("cdcs-017", K::ReportMissing { document: "Báo cáo – Đợt 2".into(), due: "05/12/2014".into() }),
            [
                "Thiếu báo cáo thì số liệu của đơn vị là chưa biết, không phải bằng 0; độ phủ của cấp trên giảm.",
                "Without the report the unit's figures are unknown, not zero; the coverage of the level above falls.",
            ],
            &[
                ["Liên hệ cán bộ phụ trách của đơn vị.", "Talk to the officer who follows the unit."],
                [
                    "Nếu đã gửi: kiểm tra tệp có trong thư mục nhận và tên đơn vị có được nhận ra không.",
                    "If it was sent: see whether the file is in the inbox and its unit was recognised.",
                ],
            ],
        ),
        page(
            of_unit(
                "cdcs-017",
                K::ReportLate {
                    document: "Báo cáo – Đợt 2".into(),
                    due: "05/12/2014".into(),
                    received: "09/12/2014".into(),
                },
            ),
            [
                "Số liệu vẫn được tính đủ; việc trễ chỉ ảnh hưởng đến điểm nếu bảng điểm quy định.",
                "The figures count in full; being late matters only where the scoring table says so.",
            ],
            &[
                ["Kiểm tra giờ nhận trong received.csv.", "Check the time in received.csv."],
                ["Sửa nếu ghi sai, rồi chạy lại.", "Mend it if it is wrong, and run again."],
            ],
        ),
        page(
            of_unit(
                "ldld-lak",
                K::FormsDisagree {
                    field: "Tổng số đoàn viên".into(), stated: "1250".into(), summed: "1210".into()
                },
            ),
            [
                "Biểu tổng hợp của cấp trên phải bằng tổng các biểu cơ sở; lệch nhau là có nơi sai hoặc thiếu.",
                "The consolidated form must equal the sum of the forms below; a difference means an error or a gap.",
            ],
            &[
                [
                    "Mở trang Đối chiếu của sổ tổng hợp.",
                    "Open the sheet of reconciliation in the consolidated workbook.",
                ],
                [
                    "So từng cơ sở với số của huyện và sửa bên sai.",
                    "Compare unit by unit and mend the side that is wrong.",
                ],
            ],
        )
        .with("field", ["dòng được đối chiếu", "the line that is compared"]),
        page(
            of_unit(
                "cdcs-017",
                K::TargetBelow { indicator: "CT02".into(), registered: "85 %".into(), assigned: "90 %".into() },
            ),
            [
                "Đơn vị không được tự đặt mức thấp hơn mức được giao; mức giao được dùng.",
                "A unit may not register less than it was assigned; the assigned target is used.",
            ],
            &[["Đề nghị đơn vị đăng ký lại cho khớp.", "Ask the unit to register again."]],
        ),
        page(
            of_unit("ldld-tinh", K::OutOfRange { what: "CT11A".into() }),
            [
                "Kết quả lớn đến mức máy không giữ được chính xác; thường do một số thành phần gõ thừa nhiều chữ số.",
                "The result is too large to be kept exactly; usually one of its parts has far too many digits.",
            ],
            &[
                ["Truy con số bằng thidua explain để thấy các thành phần.", "Use thidua explain to see its parts."],
                ["Sửa số bất thường ở đơn vị và chạy lại.", "Have the odd figure mended and run again."],
            ],
        )
        .with("what", ["con số không tính được", "the figure that cannot be made"]),
        page(
            of_unit(
                "cdcs-017",
                K::ClassDiffers { proposed: "Vững mạnh".into(), official: "Vững mạnh xuất sắc".into() },
            ),
            [
                "Kết quả công nhận là kết quả chính thức; chương trình chỉ đề xuất. Chỗ lệch cần có lý do để giải trình.",
                "The recognised class is the official one; the program only proposes. A difference wants a reason.",
            ],
            &[
                [
                    "Xem tiêu chí nào làm nên chỗ lệch (trang Điểm).",
                    "See which criteria make the difference (sheet of points).",
                ],
                ["Ghi lý do vào quyết định công nhận.", "Give the reason in the decision."],
            ],
        ),
        page(
            of_unit("cdcs-017", K::PlaceNotDecidable { decided: "2".into(), place: "4".into() }),
            [
                "Bình chọn của cụm chỉ phân định những đơn vị bằng điểm nhau. Quyết định này muốn một thứ hạng mà điểm số không cho, nên không được áp dụng.",
                "A cluster's ballot orders units with equal points. This decision wants a place that the points do not give, so it was not followed.",
            ],
            &[
                [
                    "Xem điểm và số đơn vị đồng hạng trong cụm.",
                    "Look at the points and the units that share a place in the cluster.",
                ],
                [
                    "Sửa hoặc bỏ dòng quyết định trong tệp quyết định của phong trào.",
                    "Mend or remove the line in the campaign's file of decisions.",
                ],
            ],
        ),
        page(
            of_unit(
                "ldld-lak",
                K::AwardsInConflict {
                    comprehensive: "Cờ thi đua LĐLĐ tỉnh".into(),
                    thematic: "Bằng khen chuyên đề LĐLĐ tỉnh".into(),
                    given_by: "province".into(),
                },
            ),
            [
                "Cùng một cấp chỉ khen một trong hai: khen toàn diện hoặc khen chuyên đề. Chương trình không tự chọn; cả hai dòng đều được giữ và đánh dấu.",
                "One level gives either a comprehensive or a thematic award. The program does not choose; both rows are kept and marked.",
            ],
            &[
                [
                    "Hội đồng chọn một hình thức cho đơn vị khi họp xét.",
                    "The council chooses one of the two when it decides the awards.",
                ],
                [
                    "Suất còn lại xét cho đơn vị kế tiếp ghi “Đủ điều kiện, hết suất”.",
                    "The place that is left goes to the next unit that meets the conditions.",
                ],
            ],
        )
        .with("comprehensive", ["hình thức khen toàn diện", "the comprehensive award"])
        .with("thematic", ["hình thức khen chuyên đề", "the thematic award"])
        .with("given_by", ["cấp quyết định khen thưởng", "the level that decides"]),
    ]
}
