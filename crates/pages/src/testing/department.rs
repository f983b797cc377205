//! The department of policy and law.

use super::superior::{period_links, rows};
use super::{CAMPAIGN, Gallery, at, own_unit};
use crate::department::{
    ChosenOfficer, Correct, CorrectProblem, CorrectionRow, CorrectionState, Corrections, Department, Officer,
};
use crate::jobs::{JobKind, JobPage, JobState};
use crate::paging::Paging;
use crate::routes as to;
use crate::shown::{Choice, Figure};
use crate::{Role, UnitRef};

pub(super) fn add(out: &mut Gallery) {
    let here = to::department(CAMPAIGN, "dot-1");
    out.page("department", Role::Department, &here, &department());
    let nobody = ChosenOfficer { name: String::new(), rows: rows(), paging: Paging::single(7) };
    let nobody = Department { chosen: Some(nobody), running: Some("88".into()), ..department() };
    out.page("department-nobody", Role::Department, &here, &nobody);
    out.page("job-running", Role::Department, &to::job(CAMPAIGN, "88"), &job());
    let done = JobPage {
        state: JobState::Done,
        outcome: Some("Đã tính 2.031 đơn vị; 14 chỉ tiêu đạt, 2 chưa đạt, 3 chưa đánh giá.".into()),
        links: vec![
            Choice::new(&to::targets(CAMPAIGN, "dot-1"), "Xem chỉ tiêu", false),
            Choice::new(&to::ranking(CAMPAIGN, "dot-1"), "Xem xếp hạng", false),
        ],
        ..job()
    };
    out.page("job-done", Role::Department, &to::job(CAMPAIGN, "88"), &done);
    let waiting = JobPage { state: JobState::Waiting, all: 0, done: 0, ..job() };
    out.page("job-waiting", Role::Department, &to::job(CAMPAIGN, "88"), &waiting);
    out.page("corrections", Role::Department, &to::corrections(CAMPAIGN), &corrections());
    out.page(
        "correct",
        Role::Department,
        &to::correct(CAMPAIGN, own_unit().code, "dot-1", "mau-1-hdcd", "admitted"),
        &correct(),
    );
}

fn department() -> Department {
    let officer = |name: &str, units, overdue, mend, waiting, objections| Officer {
        name: name.into(),
        units,
        overdue,
        mend,
        waiting,
        objections,
    };
    Department {
        period: "dot-1".into(),
        period_title: "Đợt 1 (sơ kết sáu tháng)".into(),
        periods: period_links(|period| to::department(CAMPAIGN, period)),
        officers: vec![
            officer("Lê Minh Tuấn", 712, 31, 12, 104, 2),
            officer("Nguyễn Thị Bích Ngọc", 655, 18, 9, 88, 0),
            officer("Y Thanh Kbuôr", 640, 44, 20, 131, 1),
            officer("", 24, 7, 1, 3, 0),
        ],
        chosen: Some(ChosenOfficer { name: "Lê Minh Tuấn".into(), rows: rows(), paging: Paging::single(7) }),
        last_run: Some(at("2014-06-07T07:05")),
        running: None,
        may_run: true,
    }
}

fn job() -> JobPage {
    JobPage {
        id: "88".into(),
        kind: JobKind::Provisional,
        subject: "Đợt 1 (sơ kết sáu tháng)".into(),
        state: JobState::Running,
        done: 1240,
        all: 2031,
        started_by: "Lê Minh Tuấn".into(),
        started_at: at("2014-06-07T07:05"),
        outcome: None,
        links: Vec::new(),
    }
}

fn corrections() -> Corrections {
    let row = |id: &str, line: &str, before, after: &str, withdrawn| CorrectionRow {
        id: id.into(),
        unit: own_unit(),
        period: "Đợt 1".into(),
        line: line.into(),
        before,
        after: after.into(),
        reason: "Đơn vị xác nhận qua điện thoại: gõ thừa số 0".into(),
        by: "Lê Minh Tuấn".into(),
        at: at("2014-06-07T09:00"),
        state: CorrectionState::InForce,
        withdrawn,
    };
    Corrections {
        rows: vec![
            row("5", "Mẫu 1: Đoàn viên mới kết nạp", Figure::known("30 người"), "3 người", None),
            row("4", "Phụ lục: Đối thoại", Figure::absent("để trống"), "2 cuộc", Some(at("2014-06-08T10:30"))),
        ],
        paging: Paging::single(2),
        may_withdraw: true,
    }
}

fn correct() -> Correct {
    Correct {
        unit: UnitRef::new("cdcs-0412", "CĐCS Trường Tiểu học Hoa Pơ Lang"),
        period: "dot-1".into(),
        period_title: "Đợt 1 (sơ kết sáu tháng)".into(),
        form: "mau-1-hdcd".into(),
        field: "admitted".into(),
        line: "Mẫu số 1-HĐCĐ: Đoàn viên mới kết nạp".into(),
        now: Figure::known("30 người"),
        cell: Some("Mẫu 1 › D40".into()),
        measure: "người".into(),
        value: "3 ngừoi".into(),
        reason: "Đơn vị xác nhận qua điện thoại: gõ thừa số 0".into(),
        problem: Some(CorrectProblem::NotRead),
        back: to::upload_result(CAMPAIGN, "1342"),
    }
}
