//! What a formula may say, what it gives, and what must never reach the parser.

use thidua_formula::{Formula, FormulaError, Frame, Kind, MAX_BYTES};

/// Columns a, b, c with gaps, and words w.
fn frame() -> Frame {
    let mut frame = Frame::new(4);
    frame.int("a", vec![Some(1), Some(-2), None, Some(0)]);
    frame.int("b", vec![Some(10), None, Some(3), Some(0)]);
    frame.int("c", vec![Some(7), Some(7), Some(7), None]);
    frame.text("w", vec![Some("tot".into()), Some("dat".into()), None, Some("".into())]);
    frame
}

#[track_caller]
fn check(table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once("=>").expect("formula => values");
        let text = text.trim();
        let formula = Formula::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        let found: Vec<String> = formula
            .ints(&frame())
            .unwrap_or_else(|problem| panic!("{text}: {problem}"))
            .into_iter()
            .map(|value| value.map_or("-".into(), |value| value.to_string()))
            .collect();
        assert_eq!(found, expected.split_whitespace().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn a_missing_value_stays_missing_unless_the_formula_says_otherwise() {
    check(
        "a                                          => 1 -2 - 0
         a + b                                      => 11 - - 0
         a - b * 2                                  => -19 - - 0
         -a                                         => -1 2 - 0
         +a                                         => 1 -2 - 0
         abs(a)                                     => 1 2 - 0
         coalesce(a, 0) + coalesce(b, 0)            => 11 -2 3 0
         coalesce(a, b)                             => 1 -2 3 0
         nullif(a, 0)                               => 1 -2 - -
         least(a, b)                                => 1 - - 0
         greatest(a, b)                             => 10 - - 0
         least(a, 1)                                => 1 -2 - 0
         greatest(null, 1)                          => - - - -
         least(coalesce(a, 9), coalesce(b, 9))      => 1 -2 3 0
         case when a > 0 then b else c end          => 10 7 7 -
         case when a > 0 then b end                 => 10 - - -
         case when a > 0 then 1 when a < 0 then 2 else 3 end => 1 2 3 3
         case when w = 'tot' then b else 0 end      => 10 0 0 0
         7                                          => 7 7 7 7
         null                                       => - - - -",
    );
}

#[test]
fn conditions_give_one_or_zero_and_stay_undecided_without_their_inputs() {
    check(
        "a > 0                        => 1 0 - 0
         a >= 0 and b > 5             => 1 0 0 0
         a >= 0 and b < 5             => 0 0 - 1
         a > 0 or b = 3               => 1 - 1 0
         not a > 0                    => 0 1 - 1
         not (a > 0 and b > 5)        => 0 1 1 1
         a <> 1                       => 0 1 - 1
         a != 1                       => 0 1 - 1
         a is null                    => 0 0 1 0
         a is not null and b is null  => 0 1 0 0
         a between -2 and 0           => 0 1 - 1
         a not between -2 and 0       => 1 0 - 0
         a in (1, -2)                 => 1 1 - 0
         a not in (1, 5)              => 0 1 - 1
         w = 'tot'                    => 1 0 - 0
         w in ('tot', 'dat')          => 1 1 - 0
         w < 'e'                      => 0 1 - 1
         true                         => 1 1 1 1",
    );
    let truths = Formula::parse("a").unwrap().truths(&frame()).unwrap();
    assert_eq!(truths, [Some(true), Some(true), None, Some(false)], "a yes/no field alone is a condition");
}

#[test]
fn what_is_not_integers_is_refused() {
    for text in [
        "",
        "   ",
        "a / b",
        "a % b",
        "a // b",
        "1.5 * a",
        ".5",
        "1e3",
        "1e400",
        "1_000",
        "a ^ b",
        "a || b",
        "a & b",
        "a | b",
        "~a",
        "a::float",
        "cast(a as float)",
        "sqrt(a)",
        "round(a)",
        "ln(a)",
        "avg(a)",
        "sum(a)",
        "count(*)",
        "*",
        "a.b",
        "\"a\"",
        "`a`",
        "[a]",
        "a[1]",
        "a -- comment",
        "a /* comment */",
        "a; b",
        "a, b",
        "a b",
        "a as b",
        "(select 1)",
        "select a",
        "exists (select 1)",
        "a in (select 1)",
        "a in (b)",
        "a in (1, null)",
        "a in ()",
        "a like 'x'",
        "interval '1 day'",
        "date '2014-01-01'",
        "current_date",
        "random()",
        "coalesce",
        "abs a",
        "abs(a, b)",
        "coalesce()",
        "least()",
        "nullif(a)",
        "case a when 1 then 2 end",
        "case when a then 1 end",
        "a and b",
        "not a",
        "a = b = c",
        "(a > b) = (b > c)",
        "a + 'x'",
        "w = 'x' and w = 1",
        "a > 0 + (b > 0)",
        "coalesce(a, 'x', 1)",
        "case when a > 0 then 1 else 'x' end",
        "abs(w = 'x')",
        "'open",
        "(a",
        "a)",
        "case when a > 0 then 1",
        "a < = b",
        "a => b",
        "a == b",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999",
        "tỷ_lệ",
        "a\u{a0}+ b",
        "a\0",
        "if(a > 0, 1, 2)",
        "read_csv('x')",
        "x'00'",
        "$$a$$",
        "$1",
        "?",
        "@a",
        ":a",
        "#",
        "a is distinct from b",
        "a over ()",
        "{a: 1}",
    ] {
        assert!(Formula::parse(text).is_err(), "{text:?} must be refused");
    }
}

#[test]
fn refusals_say_what_to_mend() {
    for (text, words) in [
        ("a / b", "\"/\" is not allowed"),
        ("1.5 * a", "\"1.5 * a\" is not an integer; numbers are whole and in the field's own decimals"),
        ("sqrt(a)", "function \"sqrt\" is not allowed; use abs, coalesce, greatest, least, nullif"),
        ("a and b = 1", "a field stands where a condition (field = 1) is needed"),
        ("(a", "parentheses or case … end do not match"),
    ] {
        assert_eq!(Formula::parse(text).unwrap_err().to_string(), words, "{text}");
    }
}

/// Any of these ended the process when it reached the parser or the optimiser.
#[test]
fn a_huge_formula_is_refused_before_it_is_parsed() {
    let long = vec!["a"; 10_000].join("+");
    assert_eq!(Formula::parse(&long).unwrap_err(), FormulaError::TooLong { bytes: long.len(), allowed: MAX_BYTES });
    for text in [
        "(".repeat(4000),
        format!("{}a{}", "(".repeat(2000), ")".repeat(2000)),
        format!("{}a", "-".repeat(4000)),
        format!("{}a", "- ".repeat(2000)),
        format!("{}a > 0", "not ".repeat(1000)),
        vec!["a"; 2000].join("+"),
        "case when ".repeat(400),
        "abs(".repeat(1000),
    ] {
        assert!(text.len() <= MAX_BYTES, "the test is about terms and nesting, not length");
        assert!(Formula::parse(&text).is_err(), "{}…", &text[..20]);
    }
}

#[test]
fn operands_that_are_used_twice_do_not_multiply() {
    let mut text = String::from("a");
    for _ in 0..20 {
        text = format!("nullif({text}, 0)");
    }
    assert!(matches!(Formula::parse(&text), Err(FormulaError::TooManyTerms { .. })));
}

#[test]
fn the_largest_formulas_that_are_let_through_can_be_evaluated() {
    let sum = vec!["a"; 256].join("+");
    let ors = vec!["a=1"; 128].join(" or ");
    let nested = format!("{}a{}", "abs(".repeat(24), ")".repeat(24));
    let cases = format!("case {} else 0 end", "when a = 1 then 2 ".repeat(60));
    for (text, expected) in [(sum, 256), (ors, 1), (nested, 1), (cases, 2)] {
        let formula = Formula::parse(&text).unwrap_or_else(|problem| panic!("{}…: {problem}", &text[..20]));
        assert_eq!(formula.ints(&frame()).unwrap()[0], Some(expected), "{}…", &text[..20]);
    }
}

#[test]
fn inputs_are_sorted_and_named_once_with_their_kind() {
    let formula = Formula::parse("case when w = 'x' then b + a else b end").unwrap();
    assert_eq!(formula.inputs().iter().map(|name| &**name).collect::<Vec<_>>(), ["a", "b", "w"]);
    assert_eq!((formula.kind_of("a"), formula.kind_of("w")), (Some(Kind::Number), Some(Kind::Text)));
    assert_eq!(formula.kind(), Some(Kind::Number));
    assert_eq!(Formula::parse("a").unwrap().kind(), None);
    assert_eq!(Formula::parse("a < b").unwrap().kind(), Some(Kind::Truth));
    // The kind of b is only known through a, later in the text.
    assert_eq!(Formula::parse("b = a and a > 1").unwrap().kind_of("b"), None);
    assert_eq!(Formula::parse("Workers + workers").unwrap().inputs().len(), 2, "names are case-sensitive");
}

#[test]
fn bounds_follow_the_arithmetic() {
    let of = |name: &str| match name {
        "a" => Some((-5, 10)),
        "b" => Some((2, 3)),
        "big" => Some((0, i64::MAX)),
        _ => None,
    };
    for (text, expected) in [
        ("a", Ok((-5, 10))),
        ("a + b", Ok((-3, 13))),
        ("a - b", Ok((-8, 8))),
        ("b - a", Ok((-8, 8))),
        ("-a", Ok((-10, 5))),
        ("a * b", Ok((-15, 30))),
        ("a * a", Ok((-50, 100))),
        ("abs(a)", Ok((0, 10))),
        ("abs(b)", Ok((2, 3))),
        ("abs(-b)", Ok((2, 3))),
        ("least(a, b)", Ok((-5, 3))),
        ("greatest(a, b)", Ok((2, 10))),
        ("coalesce(a, 99)", Ok((-5, 99))),
        ("nullif(a, 0)", Ok((-5, 10))),
        ("case when w = 'x' then a else b end", Ok((-5, 10))),
        ("case when a > 0 then b end", Ok((2, 3))),
        ("a > b", Ok((0, 1))),
        ("null", Ok((0, 0))),
        ("big", Ok((0, i64::MAX))),
        ("big + 1", Err(FormulaError::Overflow)),
        ("big + 1 > 0", Err(FormulaError::Overflow)),
        ("case when big * 2 > 0 then 1 else 0 end", Err(FormulaError::Overflow)),
        ("big - big - big", Err(FormulaError::Overflow)),
        ("nowhere + 1", Err(FormulaError::Unbounded { name: "nowhere".into() })),
        ("w", Err(FormulaError::Unbounded { name: "w".into() })),
    ] {
        assert_eq!(Formula::parse(text).unwrap().bounds(&of), expected, "{text}");
    }
}

#[test]
fn values_that_would_wrap_are_an_error_and_not_a_wrong_number() {
    let mut frame = Frame::new(2);
    frame.int("a", vec![Some(i64::MAX), Some(1)]);
    for text in ["a + 1", "a * 2", "-a - 2", "a + 1 > 0"] {
        assert_eq!(Formula::parse(text).unwrap().ints(&frame), Err(FormulaError::Overflow), "{text}");
    }
    frame.int("a", vec![Some(i64::MIN), Some(1)]);
    assert_eq!(Formula::parse("abs(a)").unwrap().ints(&frame), Err(FormulaError::Overflow));
    assert_eq!(Formula::parse("-a").unwrap().ints(&frame), Err(FormulaError::Overflow));
}

#[test]
fn a_frame_must_hold_every_input_in_its_kind() {
    let missing = Formula::parse("a + zz").unwrap().ints(&frame());
    assert_eq!(missing, Err(FormulaError::NoColumn { name: "zz".into() }));
    assert!(Formula::parse("w + 1").unwrap().ints(&frame()).is_err());
    assert!(Formula::parse("a = 'x'").unwrap().ints(&frame()).is_err());
    assert!(Formula::parse("w").unwrap().ints(&frame()).is_err(), "a text is no number, even if it looks like one");
    assert!(Formula::parse("a = w").unwrap().ints(&frame()).is_err());
    assert_eq!(Formula::parse("a is null and w is null").unwrap().ints(&frame()).unwrap()[2], Some(1));
}

#[test]
fn an_empty_frame_gives_an_empty_column() {
    let mut frame = Frame::new(0);
    frame.int("a", vec![]);
    assert_eq!(Formula::parse("a + 1").unwrap().ints(&frame), Ok(vec![]));
    assert_eq!(Formula::parse("7").unwrap().ints(&frame), Ok(vec![]));
}

#[test]
fn a_column_of_gaps_only_is_still_a_column_of_numbers() {
    let mut frame = Frame::new(2);
    frame.int("a", vec![None, None]);
    assert_eq!(Formula::parse("a + 1").unwrap().ints(&frame), Ok(vec![None, None]));
    assert_eq!(Formula::parse("coalesce(a, 3)").unwrap().ints(&frame), Ok(vec![Some(3), Some(3)]));
}
