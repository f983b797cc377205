use super::*;
use crate::testing;
use crate::{Frozen, freeze, load, write};
use thidua_formula::Formula;
use thidua_model::{Intake, Outcome, RunOptions};

fn explained(unit: &str, indicator: Option<&str>) -> Explanation {
    explain(&testing::frozen(), &testing::campaign(), unit, indicator).unwrap()
}

/// The same campaign after a change.
fn changed(change: impl FnOnce(&mut Campaign, &mut Intake, &mut Outcome)) -> (Frozen, Campaign) {
    let (mut campaign, mut intake, mut outcome) = (testing::campaign(), testing::intake(), testing::outcome());
    change(&mut campaign, &mut intake, &mut outcome);
    (freeze(&campaign, &intake, &outcome, &RunOptions::default()), campaign)
}

fn figure(frozen: &Frozen, campaign: &Campaign, unit: &str, indicator: &str) -> Figure {
    match explain(frozen, campaign, unit, Some(indicator)).unwrap() {
        Explanation::Figure(figure) => *figure,
        Explanation::Overview(_) => panic!("an indicator was named"),
    }
}

#[test]
fn a_number_is_walked_back_to_its_cells() {
    assert_eq!(
        explained("P", Some("CT01")).render(Lang::Vi),
        "\
CT01 · CNVCLĐ được tuyên truyền
P LĐLĐ tỉnh · Đợt 2 (số liệu đến 30/11/2014)

1.680 / 1.734 = 96,9 %   Đạt (> 90 %)
  cơ sở số liệu: cộng từ cơ sở; báo cáo 2/4 (tạm tính)
  công thức: reached / workers
  căn cứ: Mục II.1 · Ban Tuyên giáo
  chỉ tiêu toàn tỉnh: > 90 % (Mục II.1)

S1 LĐLĐ huyện Một: 1.200 / 1.234 = 97,2 % · cộng từ cơ sở; báo cáo 1/3 (tạm tính)
  G1 CĐCS Một: 1.200 / 1.234 = 97,2 % · báo cáo của đơn vị
    reached “- Được tuyên truyền” = 1.200 người  (tử) ← g1.xlsx › Mẫu 1 › D21 ghi “1200”, nhận 03/12/2014 08:30
    workers “Tổng số lao động” = 1.234 người  (mẫu) ← g1.xlsx › Mẫu 1 › D14 ghi “1.234”, nhận 03/12/2014 08:30
  G2 CĐCS Hai: không cộng: Tử số lớn hơn mẫu số – hỏi lại đơn vị (300 / 100 = 300,0 %)
    reached “- Được tuyên truyền” = 300 người [nghi sai, không tính]  (tử) ← g2.xlsx › Mẫu 1 › D21 ghi “300”, nhận 04/12/2014 08:30
    workers “Tổng số lao động” = 100 người  (mẫu) ← g2.xlsx › Mẫu 1 › D14 ghi “100”, nhận 04/12/2014 08:30
  G3 CĐCS Ba: không cộng: Chưa báo cáo
    reached “- Được tuyên truyền” = chưa báo cáo  (tử)
    workers “Tổng số lao động” = chưa báo cáo  (mẫu)
S2 Công đoàn ngành Hai: 480 / 500 = 96,0 % · báo cáo của đơn vị
  reached “- Được tuyên truyền” = 480 người  (tử) ← s2.xlsx › Mẫu 1 › D21 ghi “480”, nhận 09/12/2014 08:30
  workers “Tổng số lao động” = 500 người  (mẫu) ← s2.xlsx › Mẫu 1 › D14 ghi “500”, nhận 09/12/2014 08:30
"
    );
}

#[test]
fn a_unit_sees_its_own_target_and_its_issues_in_either_language() {
    assert_eq!(
        explained("G1", Some("CT01")).render(Lang::En),
        "\
CT01 · Workers reached
G1 CĐCS Một · Wave 2 (as of 30/11/2014)

1,200 / 1,234 = 97.2 %   Met (> 90 %); registered: met
  basis: own report; reports 1/1
  formula: reached / workers
  source: Mục II.1 · Ban Tuyên giáo
  registered: ≥ 95 % (Mục II.1)
  province: > 90 % (Mục II.1)

reached “- Được tuyên truyền” = 1,200 người  (num.) ← g1.xlsx › Mẫu 1 › D21 reads “1200”, received 03/12/2014 08:30
workers “Tổng số lao động” = 1,234 người  (den.) ← g1.xlsx › Mẫu 1 › D14 reads “1.234”, received 03/12/2014 08:30
"
    );
    let text = explained("G2", Some("CT01")).render(Lang::Vi);
    assert!(text.contains("Chưa đánh giá (> 90 %); tử số lớn hơn mẫu số"), "{text}");
    assert!(
        text.ends_with(
            "Lỗi, cảnh báo\n  C301 CT01: 300/100 vượt 100 % – không đánh giá, không tính điểm, không cộng lên\n"
        ),
        "{text}"
    );
}

#[test]
fn a_unit_at_a_glance() {
    assert_eq!(
        explained("S1", None).render(Lang::Vi),
        "\
S1 LĐLĐ huyện Một
LĐLĐ huyện · thuộc P LĐLĐ tỉnh · Cụm I · theo dõi: Đ/c Hòa
Đợt 2 (số liệu đến 30/11/2014)

Xếp hạng
  Cụm I · Thi đua cụm: hạng 1/2, 98 điểm, tạm tính

Điểm
  Thi đua cụm
    A1 Tuyên truyền: 98/100 · 97,2 % (chỉ tiêu > 90 %)

Chỉ tiêu
  CT01 CNVCLĐ được tuyên truyền: 97,2 % (1.200/1.234)   Đạt (> 90 %); báo cáo 1/3 (tạm tính)
"
    );
    let late = explained("S2", None).render(Lang::Vi);
    assert!(
        late.contains("Đợt 2 · Báo cáo: trễ hạn, nhận 09/12/2014 08:30 (phải đến trước 06/12/2014 00:00)"),
        "{late}"
    );
    let missing = explained("G3", None).render(Lang::Vi);
    assert!(missing.contains("Đợt 2 · Báo cáo: chưa có"), "{missing}");
    assert!(missing.contains("CT01 CNVCLĐ được tuyên truyền: –   Chưa đánh giá (> 90 %); chưa báo cáo"), "{missing}");
}

#[test]
fn a_figure_of_the_start_of_the_year_stands_in_the_overview_with_its_period() {
    let (frozen, campaign) = changed(|_, _, outcome| {
        let of_s2 = outcome.indicators.iter_mut().find(|row| &*row.unit == "S2").unwrap();
        of_s2.period = "dang-ky".into();
    });
    let text = explain(&frozen, &campaign, "S2", None).unwrap().render(Lang::Vi);
    assert!(text.contains("96,0 % (480/500)   Đạt (> 90 %) · Đăng ký đầu năm\n"), "{text}");
}

#[test]
fn a_total_that_is_not_the_sum_of_its_parts_is_told() {
    let (frozen, campaign) = changed(|_, _, outcome| {
        let province = outcome.indicators.iter_mut().find(|row| &*row.unit == "P").unwrap();
        province.numerator = Some(1700);
    });
    let text = explain(&frozen, &campaign, "P", Some("CT01")).unwrap().render(Lang::Vi);
    assert!(text.ends_with("\ncộng lại tử số: 1.680\n"), "{text}");
}

#[test]
fn a_count_over_a_list_leads_to_the_rows_that_counted() {
    // Of two works only the first counts: the other was done by another unit.
    let text = explained("G1", Some("PT5")).render(Lang::Vi);
    let origin = "works_registered “Công trình” = 1 người  (tử) ← danh sách g1.xlsx › Công trình 1, dòng 6, nhận 03/12/2014 08:30";
    assert!(text.contains(origin), "{text}");
}

#[test]
fn a_condition_of_a_list_can_read_its_flags() {
    let (frozen, campaign) = changed(|campaign, intake, _| {
        let count = &mut campaign.forms[1].lists[0].counts[0];
        count.when = Some(Formula::parse("early is null").unwrap());
        assert_eq!(intake.lists[1].flags, [None]);
    });
    let figure = figure(&frozen, &campaign, "G1", "PT5");
    let Origin::List { rows, .. } = &figure.node.inputs[0].origin else { panic!("{figure:?}") };
    assert_eq!(rows, &[7]);
}

#[test]
fn a_corrected_value_says_by_whom_and_why_beside_what_was_typed() {
    let (frozen, campaign) = changed(|campaign, intake, _| {
        let (unit, period) = (testing::G1, testing::YEAR);
        let field = campaign.find_field("workers").unwrap();
        let mut fact = intake.facts.get(period, field, unit);
        (fact.value, fact.mark) = (1235, thidua_model::FactMark::Corrected);
        let place = intake.place_of(fact.source);
        intake.facts.put(period, field, unit, fact);
        let words = |text: &str| thidua_model::issue::Words { vi: text.into(), en: text.into() };
        let kind = thidua_model::IssueKind::ValueCorrected {
            was: words("1.234 người"),
            corrected: words("1.235 người"),
            by: "Lê Thị B".into(),
            at: "10/12/2014 08:30".into(),
            reason: "đã hỏi lại".into(),
        };
        let mut issue = thidua_model::Issue::new(kind, place);
        issue.unit = Some(campaign.unit(unit).id.clone());
        issue.period = Some(campaign.period(period).id.clone());
        issue.field = Some(campaign.field(field).id.clone());
        intake.issues.push(issue);
    });
    let text = explain(&frozen, &campaign, "G1", Some("CT01")).unwrap().render(Lang::Vi);
    let line = "workers “Tổng số lao động” = 1.235 người [đã sửa]  (mẫu) ← g1.xlsx › Mẫu 1 › D14 ghi “1.234”";
    assert!(text.contains(line), "{text}");
    let told = "đã sửa từ 1.234 người thành 1.235 người; người sửa: Lê Thị B, 10/12/2014 08:30; lý do: đã hỏi lại\n";
    assert!(text.contains(told), "{text}");
    let json = serde_json::to_value(figure(&frozen, &campaign, "G1", "CT01")).unwrap();
    let inputs = json["node"]["inputs"].as_array().unwrap();
    assert!(inputs[0].get("corrected").is_none(), "said of what was corrected alone");
    assert!(inputs[1]["corrected"]["en"].as_str().unwrap().starts_with("corrected from"));
}

#[test]
fn what_no_form_asks_for_leads_to_the_register_and_the_receipts() {
    let text = explained("G1", Some("PT4")).render(Lang::Vi);
    assert!(text.contains("due “Phải báo cáo” = 1 bản  (mẫu) ← danh bạ: Công đoàn cơ sở, Hành chính"), "{text}");
    let receipt = "on_time “Báo cáo đúng hạn” = 1 bản  (tử) ← sổ nhận, Báo cáo: đúng hạn, phải đến trước 06/12/2014 00:00, nhận 03/12/2014 08:30";
    assert!(text.contains(receipt), "{text}");
}

#[test]
fn a_unit_is_found_by_code_or_by_any_spelling_of_its_name() {
    let (campaign, id) = (testing::campaign(), |unit: thidua_model::UnitIx| unit.0);
    for (named, at) in [("S1", 4), ("s1", 4), ("LDLD huyen Mot", 4), (" cđcs  BA ", 2), ("nganh hai", 5)] {
        assert_eq!(lookup::unit(&campaign, named).map(id), Ok(at), "{named}");
    }
}

#[test]
fn a_name_that_is_not_known_is_told_with_the_nearest() {
    let (frozen, campaign) = (testing::frozen(), testing::campaign());
    let fail =
        |unit, indicator, period| explain_period(&frozen, &campaign, unit, indicator, period).unwrap_err().to_string();
    assert!(
        fail("G4", None, None).starts_with("no unit \"G4\" (nearest: G1 CĐCS Một; G2 CĐCS Hai"),
        "{}",
        fail("G4", None, None)
    );
    assert!(fail("CĐCS", None, None).contains("nearest: "), "several units hold the word");
    assert!(fail("", None, None).contains("no unit"));
    assert_eq!(fail("G1", Some("CT99"), None), "no indicator \"CT99\" (there are: CT01, PT4, PT5)");
    assert_eq!(fail("G1", None, Some("dot-9")), "no period \"dot-9\" in this release (there are: dang-ky, dot-2)");
    assert_eq!(
        fail("S1", Some("PT5"), None),
        "the release has no figure of PT5 for S1 LĐLĐ huyện Một; it is one of: Cơ sở"
    );
}

#[test]
fn the_json_form_carries_the_same_tree() {
    let json = serde_json::to_value(explained("P", Some("CT01"))).unwrap();
    assert_eq!(json["kind"], "figure");
    assert_eq!(json["node"]["row"]["numerator"], 1680);
    assert_eq!(json["node"]["parts"][0]["parts"][0]["inputs"][1]["origin"]["cell"], "D14");
    assert_eq!(json["node"]["parts"][0]["parts"][1]["row"]["reason"]["id"], "part_above_whole");
    assert_eq!(json["node"]["parts"][1]["numerator_from"], "own");
    assert_eq!(serde_json::to_value(explained("P", None)).unwrap()["kind"], "overview");
}

#[test]
fn a_release_read_from_disk_explains_itself_the_same_way() {
    let out = tempfile::tempdir().unwrap();
    let folder = write(&testing::frozen(), &[], out.path()).unwrap();
    let back = load(&folder).unwrap();
    let again = explain(&back, &testing::campaign(), "P", Some("CT01")).unwrap();
    assert_eq!(again, explained("P", Some("CT01")));
}
