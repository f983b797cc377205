//! Versions, questions and objections, attachments.

use super::{CAMPAIGN, Gallery, at, own_unit, periods};
use crate::attachments::{AttachmentForm, AttachmentKind, AttachmentRow, Attachments};
use crate::history::{History, Version};
use crate::objections::{
    Decide, Entry, NewObjection, Objection, ObjectionRow, ObjectionState, Objections, PlaceChange,
};
use crate::paging::Paging;
use crate::routes as to;
use crate::shown::Choice;
use crate::upload::UploadProblem;
use crate::upload_result::{Review, UploadState};
use crate::{Role, SubmissionStatus};

pub(super) fn add(out: &mut Gallery) {
    let unit = own_unit().code;
    out.page("history", Role::Unit, &to::history(CAMPAIGN, &unit), &history());
    let none = History { versions: Vec::new(), ..history() };
    out.page("history-none", Role::Unit, &to::history(CAMPAIGN, &unit), &none);
    out.page("objections", Role::Unit, &to::objections(CAMPAIGN, &unit), &objections());
    let all = Objections { unit: None, form: None, filter: Some(ObjectionState::Open), ..objections() };
    out.page("objections-all", Role::Department, &to::all_objections(CAMPAIGN), &all);
    out.page("objection", Role::Unit, &to::objection(CAMPAIGN, "17"), &Objection { decide: None, ..objection() });
    out.page("objection-decide", Role::Department, &to::objection(CAMPAIGN, "17"), &objection());
    out.page("attachments", Role::Unit, &to::attachments(CAMPAIGN, &unit), &attachments());
}

fn history() -> History {
    let version = |upload: &str, receipt: &str, at_: &str, state, review, counts| Version {
        upload: upload.into(),
        receipt: receipt.into(),
        received_at: at(at_),
        file: "BÁO CÁO CĐCS HOA PƠ LANG đợt 1.xlsx".into(),
        sent_by: "Nguyễn Thị Hồng Hạnh".into(),
        is_on_behalf: receipt.ends_with('C'),
        covers: vec!["Đợt 1: Mẫu số 1-HĐCĐ, Phụ lục thi đua".into()],
        state,
        review,
        counts,
    };
    let returned = Review::Returned {
        by: "LĐLĐ TP Buôn Ma Thuột".into(),
        at: at("2014-06-05T10:00"),
        reason: "Phụ lục thiếu số giao ước thi đua".into(),
    };
    let approved = Review::Approved { by: "LĐLĐ TP Buôn Ma Thuột".into(), at: at("2014-06-07T10:00") };
    History {
        unit: own_unit(),
        versions: vec![
            version(
                "1342",
                "0606-7QM",
                "2014-06-06T08:15",
                UploadState::Read(SubmissionStatus::Accepted),
                approved,
                true,
            ),
            version(
                "1320",
                "0605-3HC",
                "2014-06-05T09:01",
                UploadState::Read(SubmissionStatus::AcceptedWithWarnings),
                returned,
                false,
            ),
            version(
                "1301",
                "0604-9LT",
                "2014-06-04T16:44",
                UploadState::Read(SubmissionStatus::Rejected),
                Review::None,
                false,
            ),
        ],
        paging: Paging::single(3),
    }
}

fn objections() -> Objections {
    let row = |id: &str, about: &str, start: &str, replies, state| ObjectionRow {
        id: id.into(),
        unit: own_unit(),
        period: "Đợt 1".into(),
        about: about.into(),
        start: start.into(),
        asked_at: at("2014-07-02T08:30"),
        replies,
        state,
    };
    let mut indicators = vec![
        Choice::new("CT01", "CT01 – CNVCLĐ được tuyên truyền", false),
        Choice::new("CT10", "CT10 – Nữ “Giỏi việc nước, đảm việc nhà”", true),
    ];
    indicators.push(Choice::new("CT06A", "CT06A – Kết nạp đoàn viên", false));
    Objections {
        unit: Some(own_unit()),
        rows: vec![
            row(
                "17",
                "CT10 – Nữ “Giỏi việc nước, đảm việc nhà”",
                "Đơn vị có 44 nữ đạt danh hiệu, không phải 34…",
                1,
                ObjectionState::Open,
            ),
            row(
                "11",
                "Mẫu 1 › D22 Tiền lương bình quân",
                "Có tính phụ cấp thâm niên không?",
                2,
                ObjectionState::Answered,
            ),
            row("9", "Xếp loại", "Đề nghị xem lại điều kiện xếp loại…", 3, ObjectionState::Dismissed),
        ],
        filter: None,
        counts: vec![
            (ObjectionState::Open, 1),
            (ObjectionState::Answered, 1),
            (ObjectionState::Upheld, 0),
            (ObjectionState::Dismissed, 1),
        ],
        paging: Paging::single(3),
        form: Some(NewObjection {
            periods: periods(),
            indicators,
            cell: "Phụ lục › D21".into(),
            text: String::new(),
            is_empty: true,
        }),
    }
}

fn objection() -> Objection {
    let entry =
        |by: &str, time: &str, text: &str, decision| Entry { by: by.into(), at: at(time), text: text.into(), decision };
    Objection {
        id: "17".into(),
        unit: own_unit(),
        period: "Đợt 1".into(),
        about: "CT10 – Nữ “Giỏi việc nước, đảm việc nhà”".into(),
        state: ObjectionState::Open,
        thread: vec![
            entry(
                "CĐCS Trường Tiểu học Hoa Pơ Lang",
                "2014-07-02T08:30",
                "Đơn vị có 44 nữ đạt danh hiệu, không phải 34.\nQuyết định công nhận gửi kèm ở trang tài liệu.",
                None,
            ),
            entry("Lê Minh Tuấn, Ban CS-PL", "2014-07-03T14:10", "Đã nhận quyết định, đang đối chiếu.", None),
        ],
        may_reply: true,
        decide: Some(Decide {
            places: vec![
                PlaceChange { unit: own_unit().name, before: "4".into(), after: "3".into() },
                PlaceChange {
                    unit: "CĐCS Trường THCS Lạc Long Quân".into(), before: "3".into(), after: "4".into()
                },
            ],
            is_unknown: false,
        }),
        back: to::objections(CAMPAIGN, own_unit().code),
    }
}

fn attachments() -> Attachments {
    let row = |id: &str, kind, file: &str, bytes| AttachmentRow {
        id: id.into(),
        kind,
        period: "Đăng ký đầu năm".into(),
        file: file.into(),
        bytes,
        receipt: "0207-5AB".into(),
        received_at: at("2014-02-07T15:50"),
        sent_by: "Nguyễn Thị Hồng Hạnh".into(),
    };
    Attachments {
        unit: own_unit(),
        rows: vec![
            row("31", AttachmentKind::Plan, "Kế hoạch 05 phát động thi đua 2014.pdf", 214_553),
            row("32", AttachmentKind::Evidence, "Quyết định công nhận GVN-ĐVN.docx", 48_000),
        ],
        form: Some(AttachmentForm {
            periods: periods(),
            kind: AttachmentKind::Evidence,
            limit_mb: 20,
            problem: Some(UploadProblem::WrongType),
        }),
    }
}
