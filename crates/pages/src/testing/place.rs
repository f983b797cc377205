//! A place explained: to the unit, to the office, before it is published.

use super::superior::period_links;
use super::{CAMPAIGN, Gallery, own_unit};
use crate::place::{Explained, Need, Neighbour, Place, PolicyRow, Stand};
use crate::routes as to;
use crate::shown::Figure;
use crate::{Lang, Role};

pub(super) fn add(out: &mut Gallery) {
    let here = to::place(CAMPAIGN, "cdcs-0412", "dot-1");
    out.page("place", Role::Unit, &here, &page(Ok(explained(out.lang, false))));
    out.page("place-office", Role::Department, &here, &page(Ok(explained(out.lang, true))));
    out.page("place-not-published", Role::Unit, &here, &page(Err("chưa công bố".into())));
    let first = Explained {
        place: Figure::known("1/6"),
        against_leader: Figure::known("–"),
        neighbours: Vec::new(),
        needs: Vec::new(),
        needs_none: "đã đứng đầu".into(),
        policies: Vec::new(),
        removals: Vec::new(),
        treatments: Vec::new(),
        notes: Vec::new(),
        ..explained(out.lang, false)
    };
    out.page("place-first", Role::Unit, &here, &page(Ok(first)));
}

fn page(explained: Result<Explained, String>) -> Place {
    Place {
        unit: own_unit(),
        period_title: "Đợt 1 (sơ kết sáu tháng)".into(),
        periods: period_links(|period| to::place(CAMPAIGN, "cdcs-0412", period)),
        source: "bản công bố 20/06/2014 08:00".into(),
        explained,
    }
}

fn explained(lang: Lang, has_names: bool) -> Explained {
    let known = |text: &str| Figure::known(text);
    let unit = |name: &str| if has_names { name.to_owned() } else { String::new() };
    let stand = |title: &str, depth, points: &str, maximum: &str, leader: &str, behind: &str| Stand {
        title: title.into(),
        depth,
        points: known(points),
        maximum: maximum.into(),
        leader: known(leader),
        behind_leader: known(behind),
        median: known(leader),
        behind_median: known(behind),
        note: String::new(),
    };
    let mut criteria = vec![
        stand("Xây dựng tổ chức công đoàn", 0, "38", "40", "40", "2"),
        stand("Kết nạp đoàn viên mới vào tổ chức công đoàn", 1, "13", "15", "15", "2"),
        stand("Thành lập công đoàn cơ sở", 1, "25", "25", "25", "0"),
        stand("Tuyên truyền, giáo dục công nhân viên chức lao động", 0, "54", "60", "57,25", "3,25"),
    ];
    criteria.push(Stand {
        points: Figure::absent("chưa đến hạn"),
        note: "chưa đến hạn".into(),
        ..stand("Thi đua chuyên đề", 0, "", "0", "0", "")
    });
    let policy = |ties: &str, places: [&str; 5]| PolicyRow {
        ties: ties.into(),
        places: places.into_iter().map(str::to_owned).collect(),
    };
    Explained {
        cluster: "Cụm trường học TP Buôn Ma Thuột · Bảng điểm công đoàn cơ sở".into(),
        place: known("3=/6"),
        points: known("92/100"),
        against_leader: known("kém 5,25 điểm"),
        against_median: known("bằng"),
        range: known("2–5"),
        notes: vec!["chưa tách được khỏi hạng 2–5".into(), "1 mục dựa trên số liệu ước đoán".into()],
        neighbours: vec![
            Neighbour {
                at: "liền trên".into(),
                place: 2,
                unit: unit("CĐCS Trường THCS Phan Chu Trinh"),
                points: known("96,5"),
                ahead: known("+4,5"),
            },
            Neighbour {
                at: "đồng hạng".into(),
                place: 3,
                unit: unit("CĐCS Trường THCS Lạc Long Quân"),
                points: known("92"),
                ahead: known("0"),
            },
        ],
        has_names,
        criteria,
        summary: vec!["mạnh nhất: Thành lập công đoàn cơ sở (25/25)".into()],
        needs_none: String::new(),
        needs: vec![
            Need {
                criterion: "Kết nạp đoàn viên mới vào tổ chức công đoàn".into(),
                told: "CT06A +12 người (48 → 60) → hạng 2, 96,6 điểm".into(),
            },
            Need { criterion: "Tuyên truyền, giáo dục".into(), told: "không đủ dù đạt tối đa".into() },
        ],
        roundings: ["đủ chữ số", "0 số lẻ", "1 số lẻ", "2 số lẻ", "3 số lẻ"].map(str::to_owned).to_vec(),
        policies: vec![
            policy("cùng hạng tốt nhất (1, 2, 2, 4)", ["[3=]", "3=", "3=", "3=", "3="]),
            policy("lần lượt theo mã (1, 2, 3, 4)", ["4", "4", "4", "4", "4"]),
        ],
        removals: vec!["CT06A Kết nạp đoàn viên: hạng 2".into()],
        treatments: vec!["Kết nạp đoàn viên: thu về biên, 130 → 120".into()],
        policy: vec![match lang {
            Lang::Vi => "Điểm so đủ mọi chữ số, đồng điểm thì đồng hạng.".into(),
            Lang::En => "Points are compared in full; equals share their place.".into(),
        }],
    }
}
