//! Laws that hold for every formula and every column: results stay inside their bounds, and
//! polars agrees with plain checked arithmetic.

use proptest::prelude::*;
use thidua_formula::{Formula, Frame};

/// An expression over `a` and `b` with its value by hand; `None` is missing.
#[derive(Debug, Clone)]
enum Tree {
    A,
    B,
    Int(i32),
    Binary(char, Box<Tree>, Box<Tree>),
    Call(&'static str, Box<Tree>, Box<Tree>),
    Case(Box<Tree>, Box<Tree>, Box<Tree>, Box<Tree>),
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![Just(Tree::A), Just(Tree::B), (-9i32..100).prop_map(Tree::Int)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (prop::sample::select(vec!['+', '-', '*']), two.clone()).prop_map(|(op, (l, r))| Tree::Binary(
                op,
                l.into(),
                r.into()
            )),
            (prop::sample::select(vec!["least", "greatest", "coalesce", "nullif"]), two)
                .prop_map(|(name, (l, r))| Tree::Call(name, l.into(), r.into())),
            (inner.clone(), inner.clone(), inner.clone(), inner).prop_map(|(a, b, c, d)| Tree::Case(
                a.into(),
                b.into(),
                c.into(),
                d.into()
            )),
        ]
    })
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Self::A => "a".into(),
            Self::B => "b".into(),
            Self::Int(value) => format!("({value})"),
            Self::Binary(op, l, r) => format!("({} {op} {})", l.text(), r.text()),
            Self::Call(name, l, r) => format!("{name}({}, {})", l.text(), r.text()),
            Self::Case(l, r, yes, no) => {
                format!("case when {} < {} then {} else {} end", l.text(), r.text(), yes.text(), no.text())
            }
        }
    }

    fn value(&self, a: Option<i64>, b: Option<i64>) -> Option<i128> {
        let of = |tree: &Self| tree.value(a, b);
        match self {
            Self::A => a.map(i128::from),
            Self::B => b.map(i128::from),
            Self::Int(value) => Some(i128::from(*value)),
            Self::Binary(op, l, r) => {
                let (l, r) = (of(l)?, of(r)?);
                Some(match op {
                    '+' => l + r,
                    '-' => l - r,
                    _ => l.checked_mul(r)?,
                })
            }
            Self::Call("coalesce", l, r) => of(l).or_else(|| of(r)),
            Self::Call("nullif", l, r) => of(l).filter(|l| of(r) != Some(*l)),
            Self::Call("least", l, r) => Some(of(l)?.min(of(r)?)),
            Self::Call(_, l, r) => Some(of(l)?.max(of(r)?)),
            Self::Case(l, r, yes, no) => match (of(l), of(r)) {
                (Some(l), Some(r)) if l < r => of(yes),
                _ => of(no),
            },
        }
    }
}

fn column() -> impl Strategy<Value = Vec<Option<i64>>> {
    prop::collection::vec(prop::option::of(-1000i64..1000), 5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_result_is_the_arithmetic_of_its_inputs_and_stays_inside_its_bounds(tree in trees(), a in column(), b in column()) {
        let Ok(formula) = Formula::parse(&tree.text()) else {
            // Nesting or size; the only reasons a generated text can be refused for.
            let problem = Formula::parse(&tree.text()).unwrap_err().to_string();
            prop_assert!(problem.starts_with("nested too deeply") || problem.starts_with("too many terms")
                || problem.contains("bytes"), "{} {problem}", tree.text());
            return Ok(());
        };
        let Ok((low, high)) = formula.bounds(&|_| Some((-1000, 999))) else { return Ok(()) };
        let mut frame = Frame::new(a.len());
        frame.int("a", a.clone());
        frame.int("b", b.clone());
        for ((found, a), b) in formula.ints(&frame).unwrap().into_iter().zip(a).zip(b) {
            prop_assert_eq!(found.map(i128::from), tree.value(a, b), "{} with {:?}, {:?}", tree.text(), a, b);
            if let Some(found) = found {
                prop_assert!(low <= found && found <= high, "{found} outside {low}..={high}");
            }
        }
    }

    #[test]
    fn no_text_whatever_ends_the_process(text in "[ab0-9()+*<>=, '-]{0,80}") {
        let _ = Formula::parse(&text);
    }

    #[test]
    fn no_words_whatever_end_the_process(words in prop::collection::vec(prop::sample::select(vec![
        "a", "b", "1", "(", ")", "+", "-", "*", "=", "<", "and", "or", "not", "case", "when", "then", "else", "end",
        "between", "in", "is", "null", "true", "coalesce", "nullif", "least", "abs", ",", "'x'", "date", "current_date",
    ]), 0..60)) {
        let _ = Formula::parse(&words.join(" "));
    }
}
