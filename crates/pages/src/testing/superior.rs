//! A superior union and its subtree.

use super::{CAMPAIGN, Gallery, at, own_unit, periods, superior_unit};
use crate::paging::{Paging, ROWS};
use crate::routes as to;
use crate::shown::{Choice, Figure};
use crate::superior::{EarlierExtension, Extend, ExtendProblem, Form2, Form2Row, OnBehalf};
use crate::tracking::{TrackRow, TrackState, Tracking};
use crate::upload::UploadProblem;
use crate::{Reconciled, Role, UnitRef};

pub(super) fn add(out: &mut Gallery) {
    let unit = superior_unit().code;
    out.page("tracking", Role::Superior, &to::tracking(CAMPAIGN, &unit, "dot-1"), &tracking());
    let none = Tracking { filter: Some(TrackState::NotDue), rows: Vec::new(), paging: Paging::single(0), ..tracking() };
    out.page("tracking-none", Role::Superior, &to::tracking(CAMPAIGN, &unit, "dot-1"), &none);
    out.page("on-behalf", Role::Superior, &to::on_behalf(CAMPAIGN, &unit), &on_behalf());
    let typed =
        OnBehalf { units: Vec::new(), typed: "cdcs-9999".into(), is_unknown_unit: true, problem: None, ..on_behalf() };
    out.page("on-behalf-typed", Role::Superior, &to::on_behalf(CAMPAIGN, &unit), &typed);
    let full: Vec<TrackRow> = rows().into_iter().cycle().take(ROWS as usize).collect();
    let full = Tracking { rows: full, ..tracking() };
    out.page("tracking-full", Role::Superior, &to::tracking(CAMPAIGN, &unit, "dot-1"), &full);
    out.page("extend", Role::Superior, &to::extend(CAMPAIGN, own_unit().code, "dot-1"), &extend());
    out.page("form2", Role::Superior, &to::form2(CAMPAIGN, &unit, "dot-1"), &form2());
}

/// Links to the same page of other periods.
pub(super) fn period_links(address: impl Fn(&str) -> String) -> Vec<Choice> {
    periods().into_iter().map(|it| Choice { value: address(&it.value), ..it }).collect()
}

fn tracking() -> Tracking {
    Tracking {
        unit: superior_unit(),
        period: "dot-1".into(),
        period_title: "Đợt 1 (sơ kết sáu tháng)".into(),
        periods: period_links(|period| to::tracking(CAMPAIGN, superior_unit().code, period)),
        deadline: Some(at("2014-06-05T17:00")),
        reported: 132,
        due: 148,
        counts: vec![
            (TrackState::Overdue, 11),
            (TrackState::Missing, 5),
            (TrackState::Mend, 6),
            (TrackState::Returned, 2),
            (TrackState::Late, 9),
            (TrackState::Waiting, 41),
            (TrackState::Approved, 74),
            (TrackState::NotDue, 3),
        ],
        filter: None,
        rows: rows(),
        paging: Paging {
            address: to::tracking(CAMPAIGN, superior_unit().code, "dot-1") + "?page=",
            page: 1,
            pages: 3,
            total: 151,
        },
        has_form2: true,
        may_act: true,
    }
}

pub(super) fn rows() -> Vec<TrackRow> {
    let row = |code: &str, name: &str, state, sent: Option<&str>, contact: &str| TrackRow {
        unit: UnitRef::new(code, name),
        state,
        sent_at: sent.map(at),
        upload: sent.map(|_| format!("u{code}")),
        extended_until: (state == TrackState::Missing).then(|| at("2014-06-10T17:00")),
        contact: contact.into(),
        followed_by: "Lê Minh Tuấn".into(),
        account: (code != "cdcs-0409").then(|| format!("a{code}")),
    };
    vec![
        row(
            "cdcs-0401",
            "CĐCS Công ty TNHH MTV Cấp nước Đắk Lắk",
            TrackState::Overdue,
            None,
            "Phan Thị Lan, 0905 000 111",
        ),
        row("cdcs-0412", "CĐCS Trường Tiểu học Hoa Pơ Lang", TrackState::Missing, None, "Nguyễn Thị Hồng Hạnh"),
        row(
            "cdcs-0418",
            "CĐCS Trạm Y tế phường Tân Lợi",
            TrackState::Mend,
            Some("2014-06-04T16:50"),
            "Y Bhăm Êban, 0914 000 222",
        ),
        row("cdcs-0425", "CĐCS UBND phường Ea Tam", TrackState::Returned, Some("2014-06-03T10:05"), "H’Linh Mlô"),
        row("cdcs-0409", "CĐCS Hợp tác xã vận tải Thành Công", TrackState::Late, Some("2014-06-06T09:12"), ""),
        row(
            "cdcs-0431",
            "CĐCS Trường THCS Lạc Long Quân",
            TrackState::Waiting,
            Some("2014-06-02T14:30"),
            "Bùi Văn Đức, 0983 000 333",
        ),
        row(
            "cdcs-0440",
            "CĐCS Chi cục Thuế thành phố",
            TrackState::Approved,
            Some("2014-05-30T08:01"),
            "Võ Thị Thu Hà",
        ),
    ]
}

fn on_behalf() -> OnBehalf {
    let units = rows().into_iter().map(|it| Choice::new(&it.unit.code, &it.unit.name, false)).collect();
    let problem = Some(UploadProblem::TooMany { most: 200 });
    OnBehalf {
        unit: superior_unit(),
        units,
        typed: String::new(),
        is_unknown_unit: false,
        periods: periods(),
        limit_mb: 50,
        problem,
    }
}

fn extend() -> Extend {
    Extend {
        unit: own_unit(),
        period: "dot-1".into(),
        period_title: "Đợt 1 (sơ kết sáu tháng)".into(),
        deadline: Some(at("2014-06-05T17:00")),
        until: "2014-06-05T17:00".into(),
        reason: "Đơn vị tổ chức tổng kết năm học".into(),
        earlier: vec![EarlierExtension {
            until: at("2014-06-05T17:00"),
            reason: "Thay đổi cán bộ công đoàn".into(),
            by: "Trần Văn Thuận".into(),
            at: at("2014-05-28T10:00"),
        }],
        problem: Some(ExtendProblem::Earlier),
        back: to::tracking(CAMPAIGN, superior_unit().code, "dot-1"),
    }
}

fn form2() -> Form2 {
    let row = |label: &str, stated: &str, sum: &str, difference: &str, result| {
        let figure = |text: &str| {
            if text.starts_with(['c', 'k', '–']) { Figure::absent(text) } else { Figure::known(text) }
        };
        Form2Row {
            label: label.into(),
            stated: figure(stated),
            sum: figure(sum),
            difference: figure(difference),
            result,
        }
    };
    Form2 {
        unit: superior_unit(),
        period: "dot-1".into(),
        period_title: "Đợt 1 (sơ kết sáu tháng)".into(),
        periods: period_links(|period| to::form2(CAMPAIGN, superior_unit().code, period)),
        reported: 132,
        due: 148,
        lines: 64,
        differences: 2,
        only_differences: false,
        rows: vec![
            row("Tổng số lao động", "12.480 người", "12.480 người", "0", Some(Reconciled::Equal)),
            row("Trong đó: nữ", "7.310 người", "7.301 người", "+9", Some(Reconciled::Differs)),
            row("Đoàn viên mới kết nạp", "412 người", "398 người", "+14", Some(Reconciled::Incomplete)),
            row("CĐCS thành lập mới", "2 CĐCS", "chưa báo cáo", "chưa so sánh được", Some(Reconciled::OneSided)),
            row("Số cán bộ công đoàn chuyên trách", "3 người", "không cộng từ cấp dưới", "–", None),
        ],
    }
}
