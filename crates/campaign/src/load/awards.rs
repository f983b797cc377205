//! `[[awards]]` and `[award_list]` of `scoring.toml`.
//!
//! In:  the root table; gates, classes and tables of the file; the lists of the forms.
//! Out: awards whose conditions something can meet, and whose words stand in the list.

use crate::awards::{Award, AwardList, PerUnits, Quota};
use crate::definition::{List, ListColumn};
use crate::load::criteria::Scope;
use crate::load::formulas::Gives;
use crate::load::names::Names;
use crate::load::node::{Node, Word};
use crate::load::organisation::each;
use crate::scoring::{Gate, ScoringTable};
use thidua_model::issue::{Expected, Thing};
use thidua_model::text::fold;
use thidua_model::words::{AwardKind, TableUse};
use thidua_model::{LevelId, PeriodIx, Place, Text, ValueKind};

/// What awards may name.
pub(super) struct Declared<'a> {
    pub(super) gates: &'a [Gate],
    pub(super) gate_names: &'a Names,
    pub(super) class_names: &'a Names,
    pub(super) tables: &'a [ScoringTable],
}

/// The columns of the list, while awards are read.
struct Listed<'a> {
    list: &'a List,
    names: Names,
    /// Position of the column of awards.
    award: Option<usize>,
}

pub(super) fn read(root: &Node<'_>, scope: &Scope<'_>, declared: &Declared<'_>) -> (Vec<Award>, Option<AwardList>) {
    let (list, listed) = list(root, scope).unzip();
    let listed = listed.flatten();
    let mut awards = Vec::new();
    let mut names = Names::new(Thing::Award);
    each(root, "awards", &mut names, |node, id| awards.extend(award(node, id, scope, declared, listed.as_ref())));
    (awards, list.flatten())
}

type ReadList<'a> = (Option<AwardList>, Option<Listed<'a>>);

fn list<'a>(root: &Node<'_>, scope: &Scope<'a>) -> Option<ReadList<'a>> {
    let node = root.table("award_list")?;
    let lists = Names::of(Thing::List, scope.lists.iter().map(|list| list.id.as_str()));
    let list = node.needed_text("list");
    let list = list.and_then(|name| lists.find(node.issues, &name, || node.place("list")));
    let (nominee, award) = (node.needed_text("nominee"), node.needed_text("award"));
    let only = node.table("only");
    let read = list.map(|at| {
        let list = scope.lists[at];
        let names = Names::of(Thing::Column, list.columns.iter().map(|column| &*column.id));
        let find = |key: &str, name: &Option<Text>| {
            names.find(node.issues, name.as_ref()?, || node.place(key)).filter(|at| is_of_words(&list.columns[*at]))
        };
        let (nominee, award) = (find("nominee", &nominee), find("award", &award));
        let mut listed = Listed { list, names, award };
        let only = only.as_ref().map(|only| values(only, &listed)).unwrap_or_default();
        let known = nominee.zip(award).map(|(nominee, award)| AwardList {
            list: list.id.clone(),
            nominee: list.columns[nominee].id.clone(),
            award: list.columns[award].id.clone(),
            only,
        });
        listed.award = award;
        (known, Some(listed))
    });
    if let Some(only) = only {
        if read.is_none() {
            // Columns of a list that is not there: told already.
            only.entries();
        }
        only.finish();
    }
    node.finish();
    Some(read.unwrap_or((None, None)))
}

fn is_of_words(column: &ListColumn) -> bool {
    matches!(column.kind, ValueKind::Text | ValueKind::Choice)
}

/// Columns with the value that a row must have.
fn values(node: &Node<'_>, listed: &Listed<'_>) -> Vec<(Text, Text)> {
    let mut values = Vec::new();
    for (Word { text: name, place }, value) in node.entries() {
        let Some(at) = listed.names.find(node.issues, &name, || place.clone()) else { continue };
        if let Some(value) = value_of(node, &listed.list.columns[at], &value, place) {
            values.push((name, value));
        }
    }
    values
}

/// The stored word of a choice, from its word or its label; D006 with the choices for any other.
fn value_of(node: &Node<'_>, column: &ListColumn, value: &str, place: Place) -> Option<Text> {
    if column.kind != ValueKind::Choice {
        return Some(value.into());
    }
    let known = column.choices.iter().find(|(id, label)| fold(id) == fold(value) || fold(label) == fold(value));
    if known.is_none() {
        let words: Vec<&str> = column.choices.iter().map(|(id, _)| &**id).collect();
        node.issues.bad_value(place, value, Expected::OneOf { words: words.join(", ").into() });
    }
    known.map(|(id, _)| id.clone())
}

fn award(
    node: &Node<'_>,
    id: &str,
    scope: &Scope<'_>,
    declared: &Declared<'_>,
    listed: Option<&Listed<'_>>,
) -> Option<Award> {
    let issues = node.issues;
    let kinds: Vec<(&str, AwardKind)> = AwardKind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    let kind = node.needed_word("kind", &kinds);
    let title = node.needed_bilingual("title");
    let given_by = node.needed_text("given_by").unwrap_or_default();
    let form = form(node, listed);
    let levels = scope.organisation.levels_of(node, "levels");
    if levels.is_empty() && !node.has("levels") {
        issues.bad_value(node.place("levels"), "", Expected::LevelsOfAward);
    }
    let period = node.needed_text("period");
    let periods = &scope.organisation.names.periods;
    let period = period.and_then(|name| periods.find(issues, &name, || node.place("period")));
    let period = period.map(|at| PeriodIx(at as u16));

    let places_upto = node.int("places_upto", 1, 1_000_000).map(|place| place as u32);
    let classes = node.texts("classes").into_iter().filter(|word| {
        declared.class_names.find(issues, &word.text, || word.place.clone()).is_some()
            && period.is_none_or(|period| is_class_given(scope, declared, word, &levels, period, issues))
    });
    let classes = classes.map(|word| word.text.as_ref().into()).collect();
    let condition = scope.inputs.read(node, "condition", Gives::Condition);
    let gates = node.texts("gates").into_iter().filter_map(|word| {
        declared.gate_names.find(issues, &word.text, || word.place.clone())?;
        declared.gates.iter().find(|gate| *gate.id == *word.text).cloned()
    });
    let gates: Vec<Gate> = gates.collect();
    if !["places_upto", "classes", "condition", "gates"].into_iter().any(|key| node.has(key)) {
        issues.bad_value(node.here(), "", Expected::ConditionOfAward);
    }
    let quota = quota(node);
    for key in ["places_upto", "per_cluster", "per_units"] {
        let is_given = |period: PeriodIx| {
            declared.tables.iter().any(|it| it.usage == TableUse::Competition && is_for(it, &levels, period))
        };
        if node.has(key) && !levels.is_empty() && period.is_some_and(|period| !is_given(period)) {
            issues.bad_value(node.place(key), "", Expected::PlacesForAward);
        }
    }
    let source = node.text_or("source", "").to_string();
    let where_listed = node.table("listed").map(|table| {
        let values = listed.map(|listed| values(&table, listed));
        if values.is_none() {
            issues.bad_value(node.place("listed"), "", Expected::AwardList);
            table.entries();
        }
        table.finish();
        values.unwrap_or_default()
    });
    Some(Award {
        id: id.into(),
        title,
        kind: kind?,
        given_by,
        form,
        listed: where_listed.unwrap_or_default(),
        levels,
        period: period?,
        places_upto,
        classes,
        condition,
        gates,
        quota,
        source,
    })
}

/// The form of the award; where the list has choices, one of them.
fn form(node: &Node<'_>, listed: Option<&Listed<'_>>) -> Text {
    let form = node.needed_text("form").unwrap_or_default();
    let column = listed.and_then(|listed| Some(&listed.list.columns[listed.award?]));
    match column {
        Some(column) if !form.is_empty() => value_of(node, column, &form, node.place("form")).unwrap_or_default(),
        _ => form,
    }
}

fn quota(node: &Node<'_>) -> Quota {
    let count = |node: &Node<'_>, key: &'static str, low: i64| node.int(key, low, 1_000_000).map(|it| it as u32);
    let per_units = node.table("per_units").and_then(|table| {
        let one_for = count(&table, "one_for", 1);
        if !table.has("one_for") {
            table.issues.bad_value(table.place("one_for"), "", Expected::WholeNumber { low: 1, high: 1_000_000 });
        }
        let at_least = count(&table, "at_least", 0).unwrap_or(0);
        table.finish();
        Some(PerUnits { one_for: one_for?, at_least })
    });
    Quota { per_cluster: count(node, "per_cluster", 1), per_units, most: count(node, "most", 1) }
}

fn is_for(table: &ScoringTable, levels: &[LevelId], period: PeriodIx) -> bool {
    table.periods.contains(&period) && table.levels.iter().any(|level| levels.contains(level))
}

/// D006 for a class that no unit of these levels can get in the period.
fn is_class_given(
    scope: &Scope<'_>,
    declared: &Declared<'_>,
    word: &Word,
    levels: &[LevelId],
    period: PeriodIx,
    issues: &crate::load::issues::Issues,
) -> bool {
    let is_judged = scope.organisation.periods[period.0 as usize].is_judged;
    let mut tables = declared.tables.iter().filter(|it| is_for(it, levels, period));
    // Without levels nothing is known, and that is told.
    let is_given = levels.is_empty()
        || is_judged && tables.any(|it| it.classes.iter().any(|class| class.id.as_str() == &*word.text));
    if !is_given {
        issues.bad_value(word.place.clone(), &*word.text, Expected::ClassForAward);
    }
    is_given
}
