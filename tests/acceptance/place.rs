//! `thidua explain --place`: a place of the sample explained.

use crate::program::{sample, text, thidua};

fn ask(more: &[&str]) -> (Option<i32>, String, String) {
    let release = sample().path.to_str().expect("UTF-8");
    let output = thidua(&[&["explain", release], more, &["--place"]].concat());
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_place_is_explained_in_both_languages() {
    let (code, told, _) = ask(&["ldld-krong-pac"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("place_vi", told);
    let (code, told, _) = ask(&["Môi trường Hoa Nắng", "--lang", "en"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("place_en", told);
}

#[test]
fn the_same_facts_stand_in_json() {
    let (code, told, _) = ask(&["ldld-krong-pac", "--format", "json"]);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&told).expect("one JSON object");
    let of = |name: &str| json[name].as_array().unwrap_or_else(|| panic!("{name} is a list"));
    let top = of("criteria").iter().filter(|it| it["depth"] == 0);
    let sum: i64 = top.map(|it| it["points"].as_i64().expect("points")).sum();
    assert_eq!(json["points"], sum, "the standards add up to the total");
    for it in of("criteria").iter().filter(|it| it["leader"].is_i64()) {
        let (own, leader) = (it["points"].as_i64(), it["leader"].as_i64());
        assert_eq!(it["loss_to_leader"].as_i64(), Some(leader.unwrap() - own.unwrap()), "{it}");
    }
    assert_eq!(of("policies").len(), 25, "five tie methods, five roundings");
    let own: Vec<_> = of("policies").iter().filter(|it| it["is_own"] == true).collect();
    assert_eq!((own.len(), &own[0]["place"]), (1, &json["place"]));
    let enough: Vec<_> = of("needs").iter().filter(|it| it["answer"] == "enough").collect();
    assert!(!enough.is_empty());
    for it in enough {
        assert!(it["place"].as_u64() < json["place"].as_u64(), "{it}");
        assert_eq!(it["change"].as_i64(), Some(it["to"].as_i64().unwrap() - it["now"].as_i64().unwrap()), "{it}");
    }
}

#[test]
fn who_is_first_needs_nothing_and_an_earlier_period_can_be_asked() {
    let (_, told, _) = ask(&["ldld-bmt"]);
    assert!(told.contains("đã đứng đầu"), "{told}");
    let (code, told, _) = ask(&["ldld-krong-pac", "--period", "dot-1", "--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(told.contains("31/05/2014"), "{told}");
}

#[test]
fn what_cannot_be_asked_is_told_with_its_exit_code() {
    for (more, words) in [
        (vec!["ldld-krong-pax"], "ldld-krong-pac"),
        (vec!["ldld-krong-pac", "--period", "dot-9"], "dot-2"),
        (vec!["ldld-tinh"], "không"),
        (vec!["ldld-krong-pac", "--indicator", "CT01"], "--indicator"),
    ] {
        let (code, _, told) = ask(&more);
        assert_eq!(code, Some(2), "{more:?}: {told}");
        assert!(told.contains(words), "{more:?}: {told}");
    }
}
