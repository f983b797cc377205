//! The board's standing committee.

use super::superior::period_links;
use super::{CAMPAIGN, Gallery, at, day, own_unit};
use crate::awards::{AwardKind, AwardRow, Awards, ProposalRow};
use crate::board::{Coverage, CoverageRow, RankRow, Ranking, TargetLine, Targets, WorkRow, Works};
use crate::chart::{CoverageChart, CoveragePoint, TargetBar, TargetChart};
use crate::paging::Paging;
use crate::releases::{
    Difference, Differences, Publish, PublishRun, Published, ReleaseFile, ReleaseRow, ReleaseState, Releases,
};
use crate::routes as to;
use crate::shown::{Choice, Figure, Tone};
use crate::{Date, Role, UnitRef, Verdict};

const PERIOD: &str = "Đợt 1 (sơ kết sáu tháng)";
const SOURCE: &str = "bản tạm tính ngày 07/06/2014";

pub(super) fn add(out: &mut Gallery) {
    let lang = out.lang;
    out.page("coverage", Role::Board, &to::coverage(CAMPAIGN, "dot-1"), &coverage());
    let empty = Coverage {
        chart: CoverageChart { points: Vec::new(), due: 0, deadline: None },
        superiors: Vec::new(),
        ..coverage()
    };
    out.page("coverage-none", Role::Board, &to::coverage(CAMPAIGN, "dot-1"), &empty);
    out.page("targets", Role::Board, &to::targets(CAMPAIGN, "dot-1"), &targets());
    out.page("ranking", Role::Board, &to::ranking(CAMPAIGN, "dot-1"), &ranking());
    out.page("works", Role::Board, &to::works(CAMPAIGN, "dot-1"), &works());
    let address = to::awards(CAMPAIGN, "dot-1");
    let kind = |kind: AwardKind, is_chosen| {
        Choice::new(&(address.clone() + &to::query(&[("kind", kind.as_str())])), kind.words(lang), is_chosen)
    };
    let kinds = vec![kind(AwardKind::Collective, false), kind(AwardKind::Person, true)];
    out.page("awards", Role::Department, &address, &Awards { kinds, ..awards() });
    let here = to::publish(CAMPAIGN, "dot-1");
    out.page("publish", Role::Board, &here, &publish());
    let blocked = Publish {
        blocked: vec!["Bản tạm tính cũ hơn lần sửa số liệu gần nhất; xin tính thử lại.".into()],
        against: None,
        changes: Vec::new(),
        ..publish()
    };
    out.page("publish-blocked", Role::Board, &here, &blocked);
    out.page("releases", Role::Board, &to::releases(CAMPAIGN), &releases());
    out.page("differences", Role::Board, &to::differences(CAMPAIGN, "r-4f1c22"), &differences());
}

fn coverage() -> Coverage {
    let reported = [3, 11, 25, 60, 142, 310, 388, 402, 655, 1120, 1496, 1702, 1790, 1811];
    let first: Date = day("2014-05-26");
    let points = (0_i64..)
        .zip(reported)
        .map(|(days, reported)| CoveragePoint {
            day: thidua_model::date::from_days(thidua_model::date::days(first) + days).expect("a date"),
            reported,
        })
        .collect();
    let row = |code: &str, name: &str, reported, due, late, approved| CoverageRow {
        unit: UnitRef::new(code, name),
        reported,
        due,
        late,
        approved,
        href: to::tracking(CAMPAIGN, code, "dot-1"),
    };
    Coverage {
        period_title: PERIOD.into(),
        periods: period_links(|period| to::coverage(CAMPAIGN, period)),
        chart: CoverageChart { points, due: 2031, deadline: Some(day("2014-06-05")) },
        superiors: vec![
            row("ldld-bmt", "LĐLĐ TP Buôn Ma Thuột", 132, 148, 9, 74),
            row("ldld-bh", "LĐLĐ TX Buôn Hồ", 96, 96, 2, 96),
            row("ldld-cumgar", "LĐLĐ huyện Cư M’gar", 101, 118, 14, 60),
            row("cd-yte", "Công đoàn ngành Y tế", 44, 45, 0, 30),
            row("cd-kcn", "Công đoàn các khu công nghiệp", 0, 12, 0, 0),
        ],
    }
}

fn targets() -> Targets {
    struct Of(&'static str, &'static str, &'static str, &'static str, Verdict, Option<i64>, i64, Option<i64>);
    let all = [
        Of(
            "CT01",
            "CNVCLĐ được tuyên truyền chủ trương của Đảng, pháp luật, nghị quyết công đoàn",
            "94,3 %",
            "> 90 %",
            Verdict::Reached,
            Some(9430),
            9000,
            None,
        ),
        Of(
            "CT02",
            "Cơ quan, đơn vị, doanh nghiệp có tổ chức công đoàn đạt chuẩn văn hóa",
            "88,1 %",
            "> 90 %",
            Verdict::InProgress,
            Some(8810),
            9000,
            None,
        ),
        Of(
            "CT03C",
            "Hội nghị người lao động ở doanh nghiệp ngoài nhà nước",
            "41,0 %",
            "≥ 50 %",
            Verdict::NotMet,
            Some(4100),
            5000,
            None,
        ),
        Of("CT04", "Nhà “Mái ấm công đoàn”", "52 nhà", "≥ 80 nhà", Verdict::InProgress, Some(52), 80, None),
        Of(
            "CT06A",
            "Kết nạp đoàn viên",
            "2.035 người",
            "1.800 – 2.000 người",
            Verdict::Exceeded,
            Some(2035),
            1800,
            Some(2000),
        ),
        Of("CT06B", "Thành lập công đoàn cơ sở", "26 CĐCS", "25 – 30 CĐCS", Verdict::Met, Some(26), 25, Some(30)),
        Of("CT07B", "CĐCS trung bình và yếu", "1,01 %", "< 1 %", Verdict::NotMet, Some(101), 100, None),
        Of(
            "CT10",
            "Nữ CNVCLĐ đạt danh hiệu “Giỏi việc nước, đảm việc nhà”",
            "chưa đến kỳ",
            "> 80 %",
            Verdict::NotYetDue,
            None,
            8000,
            None,
        ),
    ];
    let tone = |verdict| match verdict {
        Verdict::NotMet => Tone::Bad,
        Verdict::InProgress | Verdict::NotYetDue => Tone::Wait,
        _ => Tone::Good,
    };
    Targets {
        period_title: PERIOD.into(),
        periods: period_links(|period| to::targets(CAMPAIGN, period)),
        source: SOURCE.into(),
        chart: TargetChart {
            bars: all
                .iter()
                .map(|it| TargetBar {
                    code: it.0.into(),
                    title: it.1.into(),
                    shown: it.2.into(),
                    value: it.5,
                    low: it.6,
                    high: it.7,
                    tone: tone(it.4),
                })
                .collect(),
        },
        rows: all
            .iter()
            .map(|it| TargetLine {
                code: it.0.into(),
                title: it.1.into(),
                value: if it.5.is_some() { Figure::known(it.2) } else { Figure::absent(it.2) },
                target: it.3.into(),
                verdict: it.4,
                basis: "cộng từ cơ sở".into(),
                covered: Figure::known("1.811/2.031"),
            })
            .collect(),
    }
}

fn ranking() -> Ranking {
    let row = |name: &str, place: &str, points: &str, class: &str, range: &str, is_tied| RankRow {
        unit: UnitRef::new("u", name),
        place: Figure::known(place),
        is_tied,
        points: Figure::known(points),
        class: Figure::known(class),
        range: Figure::known(range),
        note: String::new(),
        is_own: false,
        why: to::place(CAMPAIGN, "u", "dot-1"),
    };
    let mut rows = vec![
        row("CĐCS Trường THPT Chu Văn An", "1", "97,25", "Vững mạnh xuất sắc", "1–2", false),
        row("CĐCS Trường THCS Phan Chu Trinh", "2", "96,5", "Vững mạnh xuất sắc", "1–4", false),
        row("CĐCS Trường THCS Lạc Long Quân", "3", "92", "Vững mạnh", "2–5", true),
        row("CĐCS Trường Tiểu học Hoa Pơ Lang", "3", "92", "Vững mạnh", "2–5", true),
        row("CĐCS Trường Mầm non Hoa Hồng", "5", "81,75", "Khá", "5", false),
    ];
    rows.push(RankRow {
        place: Figure::absent("không xét"),
        points: Figure::absent("chưa báo cáo"),
        class: Figure::absent("chưa xếp loại"),
        range: Figure::absent("–"),
        note: "Chưa nộp báo cáo đợt 1".into(),
        why: String::new(),
        ..row("CĐCS Trường Tiểu học Y Jút", "", "", "", "", false)
    });
    rows[3].is_own = true;
    let clusters = [("tp-bmt-gd", "Cụm trường học TP Buôn Ma Thuột", true), ("huyen-1", "Cụm huyện số 1", false)];
    Ranking {
        period_title: PERIOD.into(),
        periods: period_links(|period| to::ranking(CAMPAIGN, period)),
        clusters: clusters
            .map(|(id, title, chosen)| {
                Choice::new(&(to::ranking(CAMPAIGN, "dot-1") + &to::query(&[("cluster", id)])), title, chosen)
            })
            .to_vec(),
        cluster: "Cụm trường học TP Buôn Ma Thuột".into(),
        source: SOURCE.into(),
        policy: vec![
            "Xếp theo tổng điểm, không làm tròn trước khi so sánh.".into(),
            "Bằng điểm thì đồng hạng; các hạng sau tính tiếp theo số đơn vị.".into(),
            "Đơn vị chưa báo cáo hoặc bị kỷ luật từ cảnh cáo trở lên không xét (quy định mẫu).".into(),
        ],
        rows,
    }
}

fn works() -> Works {
    Works {
        period_title: PERIOD.into(),
        periods: period_links(|period| to::works(CAMPAIGN, period)),
        source: SOURCE.into(),
        rows: vec![
            WorkRow {
                name: "Cải tạo sân chơi và nhà đa năng cho học sinh dân tộc nội trú".into(),
                kind: "Công trình".into(),
                unit: own_unit(),
                planned: day("2014-06-30"),
                finished: day("2014-05-19"),
                days_early: 42,
                quality: "Tốt".into(),
            },
            WorkRow {
                name: "Phần mềm quản lý đoàn viên".into(),
                kind: "Sáng kiến".into(),
                unit: UnitRef::new("cdcs-0440", "CĐCS Chi cục Thuế thành phố"),
                planned: day("2014-06-15"),
                finished: day("2014-06-02"),
                days_early: 13,
                quality: "Đạt".into(),
            },
        ],
        paging: Paging::single(2),
    }
}

fn awards() -> Awards {
    Awards {
        period_title: PERIOD.into(),
        periods: period_links(|period| to::awards(CAMPAIGN, period)),
        source: SOURCE.into(),
        is_masked: true,
        proposals: vec![
            ProposalRow {
                award: "Cờ thi đua LĐLĐ tỉnh".into(),
                unit: UnitRef::new("cs-hoa-po-lang", "CĐCS Trường Tiểu học Hoa Pơ Lang"),
                place: Figure::known("1"),
                points: Figure::known("96,5"),
                class: Figure::known("Vững mạnh xuất sắc (công nhận)"),
                status: "Đề xuất".into(),
                note: String::new(),
            },
            ProposalRow {
                award: "Cờ thi đua LĐLĐ tỉnh".into(),
                unit: UnitRef::new("cs-tan-loi", "CĐCS Trạm Y tế phường Tân Lợi"),
                place: Figure::absent("không xếp hạng"),
                points: Figure::absent("chưa tính"),
                class: Figure::absent("chưa xếp loại"),
                status: "Đơn vị đề nghị, không đủ điều kiện".into(),
                note: "không đạt: thứ hạng".into(),
            },
        ],
        kinds: Vec::new(),
        rows: vec![
            AwardRow {
                name: "N. T. H. H.".into(),
                position: "Giáo viên, CĐCS Trường Tiểu học Hoa Pơ Lang".into(),
                award: "Bằng khen của LĐLĐ tỉnh".into(),
                achievement: "Lao động giỏi, hai sáng kiến cấp trường".into(),
                proposed_by: "LĐLĐ TP Buôn Ma Thuột".into(),
                note: "lao động trực tiếp".into(),
            },
            AwardRow {
                name: "Y. B. Ê.".into(),
                position: "Điều dưỡng, CĐCS Trạm Y tế phường Tân Lợi".into(),
                award: "Giấy khen".into(),
                achievement: "Điển hình tiên tiến".into(),
                proposed_by: "Công đoàn ngành Y tế".into(),
                note: String::new(),
            },
        ],
        paging: Paging::single(2),
    }
}

fn changes() -> Vec<Difference> {
    let row = |unit: &str, what: &str, before: &str, after: &str, why: &str| Difference {
        unit: unit.into(),
        what: what.into(),
        before: before.into(),
        after: after.into(),
        why: why.into(),
    };
    vec![
        row(
            "CĐCS Trường Tiểu học Hoa Pơ Lang",
            "CT10 – Nữ “Giỏi việc nước, đảm việc nhà”",
            "55,7 %",
            "72,4 %",
            "Đơn vị sửa báo cáo",
        ),
        row("CĐCS Trường Tiểu học Hoa Pơ Lang", "Thứ hạng trong cụm", "4", "3", "Đơn vị sửa báo cáo"),
        row("CĐCS Trường THCS Lạc Long Quân", "Thứ hạng trong cụm", "3", "4", "Đơn vị khác trong cụm thay đổi"),
    ]
}

fn publish() -> Publish {
    Publish {
        period: "dot-1".into(),
        period_title: PERIOD.into(),
        periods: period_links(|period| to::publish(CAMPAIGN, period)),
        run: Some(PublishRun { id: "r-4f1c22".into(), made_at: at("2014-06-07T07:05"), reported: 1811, due: 2031 }),
        blocked: Vec::new(),
        notes: vec!["Còn 220 đơn vị chưa nộp.".into(), "Còn 3 kiến nghị đang chờ.".into()],
        against: Some("r-11aa09".into()),
        changes: changes(),
        more: 41,
        may_publish: true,
    }
}

fn releases() -> Releases {
    let file = |name: &str, title: &str, bytes| ReleaseFile { name: name.into(), title: title.into(), bytes };
    let files = || {
        vec![
            file("consolidated.xlsx", "Sổ tổng hợp (.xlsx)", 1_830_022),
            file("release.zip", "Toàn bộ bản (.zip)", 6_402_114),
        ]
    };
    let published = |time: &str| Some(Published { at: at(time), by: "H’Yim Niê".into() });
    let row = |id: &str, state, published, has_differences| ReleaseRow {
        id: id.into(),
        period: "Đợt 1".into(),
        made_at: at("2014-06-07T07:05"),
        published,
        state,
        files: files(),
        has_differences,
    };
    Releases {
        rows: vec![
            row("r-7be310", ReleaseState::Provisional, None, true),
            row("r-4f1c22", ReleaseState::Current, published("2014-07-05T09:00"), true),
            row("r-11aa09", ReleaseState::Replaced, published("2014-06-30T16:00"), false),
        ],
    }
}

fn differences() -> Differences {
    Differences {
        release: "r-4f1c22".into(),
        against: "r-11aa09".into(),
        rows: changes(),
        paging: Paging { address: to::differences(CAMPAIGN, "r-4f1c22") + "?page=", page: 2, pages: 2, total: 103 },
    }
}
