use super::*;
use thidua_formula::{Formula, Frame};

fn cell(name: &str) -> Shown {
    Shown { value: format!("[{name}]"), present: vec![format!("has {name}")] }
}

#[test]
fn what_a_spreadsheet_can_compute_is_understood_and_the_rest_is_left() {
    for (formula, shown, present) in [
        ("a", Some("[a]"), "has a"),
        (" a + b - 3 ", Some("(([a]+[b])-3)"), "has a, has b"),
        ("a - (b - 2)", Some("([a]-([b]-2))"), "has a, has b"),
        ("a + b * 2 + a", Some("(([a]+([b]*2))+[a])"), "has a, has b"),
        ("-a + b", Some("((-[a])+[b])"), "has a, has b"),
        ("0", Some("0"), ""),
        ("coalesce(a, 0)", Some("IF(has a,[a],0)"), ""),
        ("coalesce(a, b)", Some("IF(has a,[a],[b])"), "OR(has a,has b)"),
        ("coalesce(a, b, 5) + c", Some("(IF(has a,[a],IF(has b,[b],5))+[c])"), "has c"),
        (
            "case when a > 0 then b else 1 end",
            Some("IF(IF(has a,[a]>0,FALSE),[b],1)"),
            "IF(IF(has a,[a]>0,FALSE),has b,TRUE)",
        ),
        ("CASE WHEN a IS NULL THEN 1 ELSE 2 END", Some("IF(NOT(has a),1,2)"), ""),
        ("case when 1 <> 2 then a end", Some("IF(1<>2,[a],0)"), "IF(1<>2,has a,FALSE)"),
        (
            "case when not (a >= 1 and b is not null) then 1 else 0 end",
            Some("IF(OR(IF(has a,[a]<1,FALSE),NOT(has b)),1,0)"),
            "",
        ),
        ("a > b", None, ""),
        ("a b", None, ""),
        ("(a", None, ""),
        ("", None, ""),
        ("abs(a)", None, ""),
        ("least(a, b)", None, ""),
        ("case when kind = 'x' then a else b end", None, ""),
        ("case when a between 1 and 2 then a else b end", None, ""),
        ("case a when 1 then a else b end", None, ""),
        ("case when a > 0 then b else 1", None, ""),
        ("coalesce()", None, ""),
        ("9999999999999999999", None, ""),
    ] {
        let found = Expression::parse(formula).map(|it| it.shown(&cell));
        assert_eq!(found.as_ref().map(|it| it.value.as_str()), shown, "{formula}");
        assert_eq!(found.map(|it| it.present.join(", ")).unwrap_or_default(), present, "{formula}");
    }
    for deep in ["(", "-", "case when (", "case when a > 0 then ", "not "] {
        assert_eq!(Expression::parse(&format!("case when {}", deep.repeat(5_000))), None, "depth has a limit");
    }
}

#[test]
fn a_value_is_that_of_the_definitions_own_language_and_missing_where_it_is() {
    let formulas = [
        "a + b * 2 - c",
        "-(a - b)",
        "coalesce(a, b, 7)",
        "coalesce(a, b) + c",
        "coalesce(case when a > b then c end, b)",
        "case when a > 0 then b else 1 end",
        "case when a > 0 then b end",
        "case when a = b then 1 when a < b then 2 when b is null then 3 else c end",
        "case when a is not null and b >= 1 then 1 else 0 end",
        "case when not (a <= 1 or b <> 2) then 1 else 0 end",
        "case when not (a > 1 and b != 2) then c else -c end",
        "case when (a + b) * 2 > c then 1 else 0 end",
        "case when ((a > 0)) then 1 else 0 end",
        "case when coalesce(a, 0) = 0 then 0 else b end",
    ];
    let some = [None, Some(-3), Some(0), Some(1), Some(2), Some(40)];
    let digit = |row: usize, place: usize| some[row / some.len().pow(place as u32) % some.len()];
    let rows: Vec<[Option<i64>; 3]> =
        (0..some.len().pow(3)).map(|row| [0, 1, 2].map(|place| digit(row, place))).collect();
    let mut frame = Frame::new(rows.len());
    for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
        frame.int(name, rows.iter().map(|row| row[at]).collect());
    }
    for formula in formulas {
        let expected = Formula::parse(formula).expect("the language knows it").ints(&frame).expect("columns");
        let own = Expression::parse(formula).expect("a spreadsheet knows it");
        for (row, expected) in rows.iter().zip(expected) {
            let of = |name: &str| ["a", "b", "c"].iter().position(|known| *known == name).and_then(|at| row[at]);
            assert_eq!(own.value(&of), expected, "{formula} of {row:?}");
        }
    }
}
