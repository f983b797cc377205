//! Orders against sorting the rows by hand.

use super::random::Random;
use super::truth::{self, Fields, by_columns, everything};
use crate::list::{FieldSpec, Holds};
use crate::lists::LISTS;
use crate::testing::{Seat, ask, data, frozen};
use serde_json::{Value, json};
use std::cmp::Ordering;

fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64().partial_cmp(&other.as_f64()).unwrap(),
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        // Words of enums stand in capitals, and are ordered as they are stored.
        (Value::String(one), Value::String(other)) => one.to_lowercase().cmp(&other.to_lowercase()),
        other => panic!("{other:?}"),
    }
}

/// Missing values last, whatever the direction.
fn compare_by(terms: &[(&FieldSpec, bool)], one: &Fields, other: &Fields) -> Ordering {
    for (field, is_descending) in terms {
        let name = field.flat_name();
        let order = match (&one[&name], &other[&name]) {
            (Value::Null, Value::Null) => Ordering::Equal,
            (Value::Null, _) => Ordering::Greater,
            (_, Value::Null) => Ordering::Less,
            (Value::String(one), Value::String(other)) if !matches!(field.holds, Holds::Word(_)) => {
                if *is_descending {
                    other.cmp(one)
                } else {
                    one.cmp(other)
                }
            }
            (one, other) if *is_descending => compare(other, one),
            (one, other) => compare(one, other),
        };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

#[test]
fn an_order_is_that_of_its_fields_and_ends_in_the_order_of_the_table() {
    let (seat, campaign, mut random) = (Seat::whole(), truth::campaign(), Random::new(7));
    for list in LISTS {
        let rows = truth::rows(list, frozen(), &campaign);
        let fields: Vec<&FieldSpec> = list.fields.iter().filter(|field| !matches!(field.holds, Holds::Name)).collect();
        // Every field by itself in both directions, then some of two and three.
        let mut orders: Vec<Vec<(&FieldSpec, bool)>> =
            fields.iter().flat_map(|field| [vec![(*field, false)], vec![(*field, true)]]).collect();
        for terms in [2, 3, 3] {
            orders.push((0..terms).map(|_| (*random.pick(&fields), random.is_one_in(2))).collect());
        }
        for terms in orders {
            let mut expected = rows.clone();
            expected.sort_by(|one, other| compare_by(&terms, one, other));
            let order: Vec<Value> = terms
                .iter()
                .map(|(field, is_descending)| {
                    let direction = if *is_descending { "DESC" } else { "ASC" };
                    json!({ "field": field.order_name(), "direction": direction })
                })
                .collect();
            let arguments = format!(", orderBy: $order{}", everything(list));
            let declared = format!("($order: [{}Order!])", list.name);
            let what = format!("{} {order:?}", list.plural);
            let shown = by_columns(&seat, list, &arguments, (&declared, json!({ "order": order })));
            truth::assert_rows(&what, &shown, &expected);
        }
    }
}

/// Letters of the Vietnamese alphabet with the others where Latin has them; the mark of the tone
/// counts after all letters are compared.
fn dictionary_key(name: &str) -> (Vec<usize>, Vec<usize>, String) {
    use unicode::{letter, tone};
    let letters: Vec<(usize, usize)> = name.to_lowercase().chars().map(|c| (letter(c), tone(c))).collect();
    (letters.iter().map(|it| it.0).collect(), letters.iter().map(|it| it.1).collect(), name.to_owned())
}

mod unicode {
    const LETTERS: &str = " '-.0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    /// Each vowel as it is written without a tone, then with huyền, hỏi, ngã, sắc, nặng.
    const VOWELS: [&str; 12] = [
        "aàảãáạ",
        "ăằẳẵắặ",
        "âầẩẫấậ",
        "eèẻẽéẹ",
        "êềểễếệ",
        "iìỉĩíị",
        "oòỏõóọ",
        "ôồổỗốộ",
        "ơờởỡớợ",
        "uùủũúụ",
        "ưừửữứự",
        "yỳỷỹýỵ",
    ];

    pub(super) fn tone(c: char) -> usize {
        VOWELS.iter().find_map(|row| row.chars().position(|it| it == c)).unwrap_or(0)
    }

    pub(super) fn letter(c: char) -> usize {
        let plain = VOWELS.iter().find(|row| row.contains(c)).and_then(|row| row.chars().next()).unwrap_or(c);
        LETTERS.chars().position(|it| it == plain).unwrap_or_else(|| panic!("{c:?} in a name of the sample"))
    }
}

#[test]
fn names_stand_as_in_a_vietnamese_dictionary() {
    let list = LISTS.iter().find(|list| list.name == "Unit").unwrap();
    let names = |direction: &str| -> Vec<String> {
        let arguments = format!(", orderBy: [{{ field: NAME, direction: {direction} }}]");
        let rows = by_columns(&Seat::whole(), list, &arguments, ("", Value::Null));
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let shown = names("ASC");
    let mut expected = shown.clone();
    expected.sort_by_key(|name| dictionary_key(name));
    assert_eq!(shown, expected);
    let mut by_bytes = shown.clone();
    by_bytes.sort();
    assert_ne!(shown, by_bytes, "the sample has names that bytes would put elsewhere");
    let mut backward = names("DESC");
    backward.reverse();
    assert_eq!(backward, shown, "no two living units have one name");
}

#[test]
fn an_order_has_at_most_three_fields() {
    let term = "{ field: CODE, direction: ASC }";
    let it = ask(&format!("{{ units(first: 1, orderBy: [{}]) {{ totalCount }} }}", [term; 4].join(" ")));
    assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    // One term needs no brackets, and ASC need not be said.
    let it = data("{ units(first: 1, orderBy: { field: MEMBERS }) { nodes { members } } }");
    assert_eq!(it["units"]["nodes"][0]["members"], 18);
}
