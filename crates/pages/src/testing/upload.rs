//! Answers to uploads: being read, accepted, partly accepted, rejected, several at once.

use super::{CAMPAIGN, Gallery, at, own_unit, superior_unit};
use crate::routes as to;
use crate::upload::{FileOutcome, Received, ReceivedFile, UploadProblem};
use crate::upload_result::{
    CellPlace, Change, FileAccount, IssueGroup, Mistake, Review, SubmissionView, UploadResult, UploadState, ValueLine,
};
use crate::{Role, Severity, SubmissionStatus};

pub(super) fn add(out: &mut Gallery) {
    let here = to::upload_result(CAMPAIGN, "1342");
    out.page("upload-reading", Role::Unit, &here, &reading());
    out.page("upload-partly", Role::Unit, &here, &partly());
    out.page("upload-accepted", Role::Unit, &here, &accepted());
    out.page("upload-rejected", Role::Unit, &here, &rejected());
    out.page("upload-review", Role::Superior, &here, &review());
    out.page("received", Role::Superior, &to::received(CAMPAIGN), &received());
}

fn reading() -> UploadResult {
    UploadResult {
        id: "1342".into(),
        receipt: "0606-7QM".into(),
        received_at: at("2014-06-06T08:15"),
        file: "BÁO CÁO CĐCS HOA PƠ LANG đợt 1 (sửa lần 2).xlsx".into(),
        bytes: 48_211,
        digest: "6f1ed002ab5595859014ebf0951522d9a1b6e9a3f1c2d4e5f60718293a4b5c6d".into(),
        unit: own_unit(),
        sent_by: "Nguyễn Thị Hồng Hạnh".into(),
        is_on_behalf: false,
        state: UploadState::Reading { ahead: 3 },
        issues: Vec::new(),
        errors: 0,
        warnings: 0,
        submissions: Vec::new(),
        account: None,
    }
}

/// Errors, warnings and something that the unit explained.
pub fn partly() -> UploadResult {
    UploadResult {
        state: UploadState::Read(SubmissionStatus::PartlyAccepted),
        issues: vec![not_a_number(), part_above_whole(), explained()],
        errors: 14,
        warnings: 2,
        submissions: vec![form1(SubmissionStatus::PartlyAccepted, Review::None), appendix()],
        account: Some(account()),
        ..reading()
    }
}

fn accepted() -> UploadResult {
    UploadResult {
        state: UploadState::Read(SubmissionStatus::Accepted),
        submissions: vec![form1(SubmissionStatus::Accepted, Review::Waiting)],
        account: Some(account()),
        sent_by: "Trần Văn Thuận (LĐLĐ TP Buôn Ma Thuột)".into(),
        is_on_behalf: true,
        ..reading()
    }
}

fn rejected() -> UploadResult {
    let sentence = "Tệp không phải bảng tính (văn bản Word)";
    UploadResult {
        state: UploadState::Read(SubmissionStatus::Rejected),
        file: "bao cao so ket.doc".into(),
        issues: vec![IssueGroup {
            code: "F001".into(),
            severity: Severity::Error,
            fix: Some("Mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại".into()),
            mistakes: vec![Mistake {
                sentence: sentence.into(),
                found: None,
                expected: None,
                fix: None,
                cells: Vec::new(),
                more: 0,
            }],
            more: 0,
        }],
        errors: 1,
        ..reading()
    }
}

fn review() -> UploadResult {
    let changes = vec![
        Change { label: "Tổng số lao động".into(), before: "84 người".into(), after: "86 người".into() },
        Change { label: "- Trong đó: nữ".into(), before: "60 người".into(), after: "61 người".into() },
    ];
    let submission =
        SubmissionView { may_decide: true, changes, ..form1(SubmissionStatus::AcceptedWithWarnings, Review::Waiting) };
    UploadResult {
        state: UploadState::Read(SubmissionStatus::AcceptedWithWarnings),
        issues: vec![part_above_whole()],
        warnings: 1,
        submissions: vec![submission],
        account: Some(account()),
        ..reading()
    }
}

fn not_a_number() -> IssueGroup {
    IssueGroup {
        code: "V101".into(),
        severity: Severity::Error,
        fix: Some("Chỉ nhập chữ số; để trống ô nếu chưa có số liệu".into()),
        mistakes: vec![
            Mistake {
                sentence: "“khoảng 60” không phải là số".into(),
                found: Some("khoảng 60".into()),
                expected: Some("số nguyên, đơn vị tính: người".into()),
                fix: None,
                cells: vec![cell("Mẫu 1 › D15", "- Trong đó: nữ")],
                more: 0,
            },
            Mistake {
                sentence: "“x” không phải là số".into(),
                found: Some("x".into()),
                expected: Some("Có hoặc Không".into()),
                fix: None,
                cells: vec![
                    cell("Phụ lục › D9", "Đạt chuẩn văn hóa"),
                    cell("Phụ lục › D10", "Có quỹ “Đoàn kết tương trợ”"),
                    cell("Phụ lục › D12", "Đã ký giao ước thi đua"),
                ],
                more: 9,
            },
        ],
        more: 1,
    }
}

fn part_above_whole() -> IssueGroup {
    IssueGroup {
        code: "R201".into(),
        severity: Severity::Warning,
        fix: Some("Đếm người, không đếm lượt; nếu số đúng, ghi lý do vào cột Ghi chú".into()),
        mistakes: vec![Mistake {
            sentence: "“CNVCLĐ được tuyên truyền” (145) lớn hơn “Tổng số lao động” (86)".into(),
            found: Some("145".into()),
            expected: Some("không quá 86".into()),
            fix: None,
            cells: vec![cell("Phụ lục › D6", "CNVCLĐ được tuyên truyền (không tính lượt)")],
            more: 0,
        }],
        more: 0,
    }
}

fn explained() -> IssueGroup {
    IssueGroup {
        code: "R310".into(),
        severity: Severity::Explained,
        fix: None,
        mistakes: vec![Mistake {
            sentence: "Tiền lương bình quân giảm 32 % so với kỳ trước – đã giải trình: “thay đổi cách tính phụ cấp”"
                .into(),
            found: None,
            expected: None,
            fix: None,
            cells: vec![cell("Mẫu 1 › D22", "Tiền lương bình quân tháng của 1 người lao động")],
            more: 0,
        }],
        more: 0,
    }
}

fn cell(place: &str, label: &str) -> CellPlace {
    CellPlace { place: place.into(), label: Some(label.into()) }
}

fn form1(status: SubmissionStatus, review: Review) -> SubmissionView {
    let line = |label: &str, value: &str, cell: &str, mark: &str| ValueLine {
        label: label.into(),
        value: value.into(),
        cell: cell.into(),
        mark: mark.into(),
        correct: None,
    };
    SubmissionView {
        id: "2201".into(),
        unit: own_unit(),
        form: "Mẫu số 1-HĐCĐ".into(),
        period: "Đợt 1".into(),
        status,
        values: vec![
            line("Tổng số lao động", "86 người", "Mẫu 1 › D14", ""),
            line("Số lao động thiếu việc làm", "0 người", "Mẫu 1 › D18", "ghi “không”"),
            line("Tiền lương bình quân tháng của 1 người lao động", "4.250.000 đồng", "Mẫu 1 › D22", "theo công thức"),
            line("Số lao động được đóng BHXH, BHYT, BHTN", "86 người", "Mẫu 1 › D31", ""),
            line("Đoàn viên mới kết nạp", "3 người", "Mẫu 1 › D40", "Ban CS-PL sửa: trước là 30"),
        ],
        changes: Vec::new(),
        review,
        may_decide: false,
    }
}

fn appendix() -> SubmissionView {
    SubmissionView {
        id: "2202".into(),
        form: "Phụ lục thi đua".into(),
        status: SubmissionStatus::Rejected,
        values: Vec::new(),
        ..form1(SubmissionStatus::Rejected, Review::None)
    }
}

fn account() -> FileAccount {
    FileAccount {
        read: 38,
        template: 214,
        outside: 2,
        outside_cells: vec!["Mẫu 1 › G40".into(), "Mẫu 1 › G41".into()],
        unused: 17,
        unused_sheets: vec!["Sheet3".into()],
        own: 12,
        empty: 6,
        formulas: 1,
    }
}

fn received() -> Received {
    let taken = |file: &str, id: &str, receipt: &str, state| ReceivedFile {
        file: file.into(),
        outcome: FileOutcome::Taken { id: id.into(), receipt: receipt.into(), at: at("2014-06-06T08:15"), state },
    };
    Received {
        unit: superior_unit(),
        files: vec![
            taken("CĐCS Hoa Pơ Lang.xlsx", "1342", "0606-7QM", UploadState::Read(SubmissionStatus::Accepted)),
            taken("CĐCS THCS Lạc Long Quân.xls", "1343", "0606-7QN", UploadState::Reading { ahead: 0 }),
            taken("ke hoach.pdf", "1344", "0606-7QP", UploadState::Document),
            taken("bao cao.ods", "1345", "0606-7QR", UploadState::Failed),
            ReceivedFile {
                file: "anh hoi nghi.zip".into(),
                outcome: FileOutcome::NotTaken(UploadProblem::TooLarge { limit_mb: 20 }),
            },
        ],
    }
}
