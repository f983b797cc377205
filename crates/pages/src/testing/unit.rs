//! A unit's own page before, while and after it reports.

use super::{CAMPAIGN, Gallery, at, day, own_unit, periods};
use crate::routes as to;
use crate::shown::{Figure, Tone};
use crate::unit_home::{
    CriterionLine, Extension, FormDue, IndicatorLine, LastUpload, PeriodCard, PeriodState, Results, UnitHome,
};
use crate::upload::{UploadForm, UploadProblem};
use crate::{Role, SubmissionStatus, Verdict};

pub(super) fn add(out: &mut Gallery) {
    let here = to::unit_home(CAMPAIGN, &own_unit().code);
    out.page("unit-home", Role::Unit, &here, &home());
    let new = UnitHome { periods: vec![due(), later()], results: None, versions: 0, ..home() };
    out.page("unit-home-new", Role::Unit, &here, &new);
    let refused = UploadForm { problem: Some(UploadProblem::TooLarge { limit_mb: 20 }), ..upload_form() };
    let refused = UnitHome { upload: Some(refused), ..home() };
    out.page_after("unit-home-refused", Role::Unit, &here, (Tone::Bad, "Chưa nhận được tệp nào."), &refused);
    let returned = PeriodState::Returned {
        by: "LĐLĐ TP Buôn Ma Thuột".into(),
        reason: "Phụ lục thiếu số giao ước thi đua".into(),
    };
    let above = UnitHome {
        is_own: false,
        upload: None,
        periods: vec![PeriodCard { state: returned, ..sent() }],
        results: Some(published()),
        ..home()
    };
    out.page("unit-home-from-above", Role::Superior, &here, &above);
}

fn home() -> UnitHome {
    UnitHome {
        unit: own_unit(),
        superior: Some("LĐLĐ TP Buôn Ma Thuột".into()),
        is_own: true,
        periods: vec![due(), sent(), later()],
        upload: Some(upload_form()),
        results: Some(provisional()),
        versions: 3,
        open_objections: 1,
        attachments: 2,
    }
}

fn upload_form() -> UploadForm {
    let mut periods = periods();
    for period in &mut periods {
        period.is_chosen = false;
    }
    UploadForm { periods, limit_mb: 20, problem: None }
}

fn due() -> PeriodCard {
    PeriodCard {
        id: "dot-1".into(),
        title: "Đợt 1 (sơ kết sáu tháng)".into(),
        as_of: Some(day("2014-05-31")),
        forms: vec![
            form("Mẫu số 1-HĐCĐ – Báo cáo hoạt động công đoàn cơ sở", true, None),
            form("Phụ lục thi đua", true, None),
            form("Danh sách đề nghị khen thưởng", false, None),
        ],
        deadline: Some(at("2014-06-05T17:00")),
        extension: Some(Extension {
            until: at("2014-06-10T17:00"), reason: "Đơn vị tổ chức tổng kết năm học".into()
        }),
        state: PeriodState::Due { days_left: 4 },
        last: None,
        has_template: true,
    }
}

fn sent() -> PeriodCard {
    PeriodCard {
        id: "dang-ky".into(),
        title: "Đăng ký đầu năm".into(),
        as_of: None,
        forms: vec![form("Đăng ký thi đua", true, Some(SubmissionStatus::AcceptedWithWarnings))],
        deadline: Some(at("2014-02-10T17:00")),
        extension: None,
        state: PeriodState::Approved { by: "LĐLĐ TP Buôn Ma Thuột".into(), at: at("2014-02-12T09:20") },
        last: Some(LastUpload { id: "1207".into(), receipt: "0207-4KX".into(), at: at("2014-02-07T15:42") }),
        has_template: true,
    }
}

fn later() -> PeriodCard {
    PeriodCard {
        id: "dot-2".into(),
        title: "Đợt 2 (tổng kết năm)".into(),
        as_of: Some(day("2014-11-30")),
        forms: Vec::new(),
        deadline: Some(at("2014-12-05T17:00")),
        extension: None,
        state: PeriodState::NotOpen { opens: Some(day("2014-07-01")) },
        last: None,
        has_template: false,
    }
}

fn form(title: &str, is_required: bool, status: Option<SubmissionStatus>) -> FormDue {
    FormDue { title: title.into(), is_required, status }
}

fn provisional() -> Results {
    Results {
        period: "Đợt 1".into(),
        source: "bản tạm tính ngày 07/06/2014".into(),
        class: Figure::absent("xếp loại vào tổng kết năm"),
        total: Figure::known("78,5"),
        place: Figure::absent("chưa công bố"),
        place_period: None,
        range: Figure::absent("chưa công bố"),
        indicators: indicators(),
        criteria: criteria(),
    }
}

fn published() -> Results {
    Results {
        source: "bản công bố ngày 30/06/2014".into(),
        class: Figure::known("Vững mạnh"),
        place: Figure::known("4/17"),
        place_period: Some("dot-1".into()),
        range: Figure::known("3–6"),
        ..provisional()
    }
}

fn indicators() -> Vec<IndicatorLine> {
    let line = |code: &str, title: &str, value: &str, own: Option<&str>, province: &str, verdict| IndicatorLine {
        code: code.into(),
        title: title.into(),
        value: if value.ends_with('%') || value.ends_with("người") || value == "Có" {
            Figure::known(value)
        } else {
            Figure::absent(value)
        },
        own_target: own.map_or_else(|| Figure::absent("không đăng ký"), Figure::known),
        province_target: Figure::known(province),
        verdict,
    };
    vec![
        line(
            "CT01",
            "CNVCLĐ được tuyên truyền chủ trương của Đảng, pháp luật, nghị quyết công đoàn",
            "95,2 %",
            Some("> 95 %"),
            "> 90 %",
            Verdict::Reached,
        ),
        line("CT03A", "Hội nghị cán bộ công chức", "Có", Some("Có"), "= 100 %", Verdict::Reached),
        line("CT06A", "Kết nạp đoàn viên", "3 người", Some("≥ 5 người"), "1.800 – 2.000 người", Verdict::InProgress),
        line(
            "CT09C",
            "Cán bộ công đoàn không chuyên trách được bồi dưỡng",
            "chưa báo cáo",
            None,
            "> 90 %",
            Verdict::NoVerdict,
        ),
        line(
            "CT10",
            "Nữ CNVCLĐ đạt danh hiệu “Giỏi việc nước, đảm việc nhà”",
            "72,4 %",
            Some("> 80 %"),
            "> 80 %",
            Verdict::NotMet,
        ),
    ]
}

fn criteria() -> Vec<CriterionLine> {
    let line = |depth, title: &str, points: &str, maximum: &str, why: &str| CriterionLine {
        title: title.into(),
        depth,
        points: Figure::known(points),
        maximum: maximum.into(),
        why: why.into(),
    };
    vec![
        line(0, "Bảng chấm điểm CĐCS khối sự nghiệp", "78,5", "100", ""),
        line(1, "1. Tuyên truyền, vận động", "25", "25", ""),
        line(2, "1.1. Tuyên truyền, phổ biến pháp luật", "15", "15", "95,2 % / 90 %"),
        line(2, "1.2. Cơ quan đạt chuẩn văn hóa", "10", "10", "có"),
        line(1, "2. Chăm lo, bảo vệ", "33,5", "45", ""),
        line(2, "2.1. Hội nghị cán bộ công chức", "20", "20", "đã tổ chức"),
        line(2, "2.2. Nữ “Giỏi việc nước, đảm việc nhà”", "13,5", "25", "72,4 % / 80 %"),
        line(1, "3. Xây dựng tổ chức", "20", "30", "kết nạp 3/5 đoàn viên"),
    ]
}
