//! Facts that lists give: what a list cannot say, whom it may speak of, and which version counts.

use crate::{GOOD, form_1, read_with, shown, shown_intake, small};
use thidua_testkit::draw;

/// The lines about the field, list versions and relations.
fn about(text: &str, words: &[&str]) -> String {
    let lines = text.lines().filter(|line| words.iter().any(|word| line.contains(word)));
    lines.map(|line| line.split(" @ ").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

const HOUSES: &str = "
    | Mái ấm | A  | B                    | C         | D          | E             | F      |
    | 1      | DANH SÁCH NHÀ MÁI ẤM | |           |            |               |        |
    | 2      |    | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban | |   |               |        |
    | 4      | TT | Người được hỗ trợ    | Hình thức | Dự kiến    | Ngày bàn giao | Đơn vị |
    | 5      | 1  | Nguyễn Thị A         | Xây mới   |            |               |        |
    | 6      | 2  | Y Bình Niê           | Xây mới   |            |               |        |";

#[test]
fn a_list_with_a_row_that_cannot_be_counted_says_only_how_many_there_are_at_least() {
    let unclear = format!("{HOUSES}\n    | 7 | 3 | Trần Văn C | ? | | | |");
    for (line, list, expected) in [
        ("2", HOUSES, "fact  houses = 2 D21 derived"),
        ("3", HOUSES, "fact  houses = 2 D21 derived"),   // the list wins
        ("3", unclear.as_str(), "fact  houses = 3 D21"), // two or three: the line may be right
        ("2", unclear.as_str(), "fact  houses = 2 D21"),
        ("4", unclear.as_str(), "fact  houses = 2 D21 derived"), // no reading of the list gives four
        (" ", unclear.as_str(), "rejected houses D21"),          // nobody knows, and it is not two
    ] {
        let form = form_1(GOOD).replace("| nhà    | 1 ", &format!("| nhà    | {line} "));
        let text = shown(&[("a.xlsx", draw(&format!("{form}\n\n{list}")))]);
        assert_eq!(about(&text, &[" houses "]).trim_end(), expected, "line {line}: {text}");
    }
}

#[test]
fn a_list_sent_alone_later_takes_the_place_of_the_one_in_the_workbook() {
    let workbook = draw(&format!("{}\n\n{HOUSES}", form_1(GOOD)));
    let longer = draw(&format!("{HOUSES}\n    | 7 | 3 | Trần Văn C | Xây mới | | | |"));
    let receipts = |first: &str, second: &str| {
        format!(
            "unit,document,period,file,received_at\n\
             cs-hoa-ban,bao-cao,dot-1,a.xlsx,{first}\n\
             cs-hoa-ban,bao-cao,dot-1,dot-1/nha.xlsx,{second}\n"
        )
    };
    for (receipts, expected) in [
        (receipts("2014-06-03 08:00", "2014-06-04 08:00"), "fact  houses = 3 D21 derived"),
        (receipts("2014-06-04 08:00", "2014-06-03 08:00"), "fact  houses = 2 D21 derived"),
    ] {
        let files =
            [("a.xlsx", workbook.clone()), ("dot-1/nha.xlsx", longer.clone()), ("received.csv", receipts.into_bytes())];
        let text = shown(&files);
        assert_eq!(about(&text, &[" houses "]), expected, "{text}");
        assert_eq!(text.matches("F010").count(), 1, "{text}");
    }
}

fn classes(file: &str, sender: &str, rows: &str) -> String {
    let sheet = format!(
        "| Xếp loại | A  | B                | C         |
         | 1        |    | DANH SÁCH XẾP LOẠI |         |
         | 2        |    | Đơn vị báo cáo : {sender} | |
         | 3        |    | (Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) | |
         | 4        | TT | Công đoàn cơ sở  | Xếp loại  |
         {rows}"
    );
    let (campaign, intake) = read_with(small::campaign_with_classes(), &[(file, draw(&sheet))], 1);
    about(&shown_intake(&campaign, &intake), &[" class_", "R20", "accepted", "rejected", "F0"])
}

#[test]
fn a_class_counts_when_one_row_of_the_unit_above_gives_it() {
    let good = "| 5 | 1 | CĐCS Trường THCS Hoa Ban | Vững mạnh |";
    let of = |file, sender, rows: &str| {
        let text = classes(file, sender, rows);
        text.lines().filter(|line| !line.contains("read ")).map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
    };
    let district = "LĐLĐ huyện Lắk";
    assert_eq!(of("dot-1/x.xlsx", district, good), "fact  class_good = 1 A1 derived\nfact  class_weak = 0 A1 derived");
    assert_eq!(
        of("dot-1/x.xlsx", district, &format!("{good}\n| 6 | 2 | CĐCS Trường THCS Hoa Ban | Vững mạnh |")),
        "fact  class_good = 1 A1 derived\nfact  class_weak = 0 A1 derived",
        "the same row again"
    );
    let twice = of("dot-1/x.xlsx", district, &format!("{good}\n| 6 | 2 | CĐCS Trường THCS Hoa Ban | Yếu |"));
    assert!(twice.contains("R207") && !twice.contains("class_"), "{twice}");
    // Founded on 01/7, so nobody's unit at 31/5.
    let later = of("dot-1/x.xlsx", district, "| 5 | 1 | CĐCS Trường Tiểu học Sao Mai | Yếu |");
    assert!(later.contains("R206") && !later.contains("class_"), "{later}");
    let unclear = of("dot-1/x.xlsx", district, "| 5 | 1 | CĐCS Trường THCS Hoa Ban | ? |");
    assert!(unclear.contains("rejected class_good") && unclear.contains("rejected class_weak"), "{unclear}");
    let own = classes("dot-1/x.xlsx", "CĐCS Trường THCS Hoa Ban", good);
    assert!(own.contains(": rejected") && !own.contains("class_"), "{own}");
}
