//! List sheets of a form: columns, flags, counts, official classes.
//!
//! In:  `[[lists]]` of a form's file.
//! Out: lists whose formulas read their own columns.

use crate::definition::{Form, List, ListColumn, ListCount, ListFlag, OfficialClass};
use crate::load::fields::KINDS;
use crate::load::formulas::{DATES, Gives, Input, Inputs};
use crate::load::keys::check_sheet;
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::{Organisation, each};
use thidua_model::issue::{Expected, Thing};
use thidua_model::{FieldIx, ListId, ValueKind};

pub(crate) fn read(node: &Node<'_>, organisation: &Organisation, fields: &Inputs, form: &Form) -> Vec<List> {
    let mut lists = Vec::new();
    each(node, "lists", &mut Names::new(Thing::List), |node, id| {
        lists.push(list(node, id, organisation, fields, form));
    });
    lists
}

fn list(node: &Node<'_>, id: &str, organisation: &Organisation, fields: &Inputs, form: &Form) -> List {
    let issues = node.issues;
    let mut columns: Vec<ListColumn> = Vec::new();
    let mut names = Names::new(Thing::Column);
    each(node, "columns", &mut names, |node, id| columns.push(column(node, id, organisation)));
    if columns.is_empty() {
        issues.bad_value(node.place("columns"), "", Expected::AtLeastOneColumn);
    }
    let inputs = Inputs::new(names.clone(), columns.iter().map(|column| input(column, organisation)).collect());

    let mut flags: Vec<ListFlag> = Vec::new();
    each(node, "flags", &mut Names::new(Thing::Flag), |node, id| {
        let title = node.needed_bilingual("title");
        if let Some(when) = inputs.needed(node, "when", Gives::Condition) {
            flags.push(ListFlag { id: id.into(), title, when });
        }
        if names.get(id).is_some() {
            issues.declared_twice(node.place("id"), Thing::ColumnOrFlag, id);
        }
    });

    let mut counts: Vec<ListCount> = Vec::new();
    for count in node.tables("counts") {
        let field = count.needed_text("field");
        let field = field.and_then(|name| fields.find(issues, &name, || count.place("field")));
        let when = inputs.read(&count, "when", Gives::Condition);
        let sum = find_column(&count, "sum", &names);
        if let Some(at) = sum
            && columns[at].kind != ValueKind::Number
        {
            issues.bad_value(count.place("sum"), columns[at].id.clone(), Expected::NumberColumn);
        }
        let unit_column = find_column(&count, "of", &names);
        if let Some(at) = unit_column
            && !columns[at].is_unit
        {
            issues.bad_value(count.place("of"), columns[at].id.clone(), Expected::UnitColumn);
        }
        if let Some(field) = field {
            counts.push(ListCount { field: FieldIx(field as u32), when, sum, unit_column });
        }
        count.finish();
    }

    let official_class = node.table("official_class").and_then(|table| {
        let find =
            |key: &'static str| table.needed_text(key).and_then(|name| names.find(issues, &name, || table.place(key)));
        let (unit, class) = (find("unit"), find("class"));
        let leader_column = find_column(&table, "leader", &names);
        if let Some(at) = unit
            && !columns[at].is_unit
        {
            issues.bad_value(table.place("unit"), columns[at].id.clone(), Expected::UnitColumn);
        }
        if let Some(at) = class
            && columns[at].kind != ValueKind::Choice
        {
            issues.bad_value(table.place("class"), columns[at].id.clone(), Expected::ChoiceColumn);
        }
        if let Some(at) = leader_column
            && columns[at].kind != ValueKind::Flag
        {
            issues.bad_value(table.place("leader"), columns[at].id.clone(), Expected::FlagColumn);
        }
        table.finish();
        Some(OfficialClass { unit_column: unit?, class_column: class?, leader_column })
    });

    let levels = organisation.levels_of(node, "levels");
    for level in levels.iter().filter(|level| !form.levels.contains(level)) {
        issues.bad_value(node.place("levels"), level.text(), Expected::LevelOfForm);
    }
    let sheet = node.needed_text("sheet").unwrap_or_default();
    check_sheet(node, "sheet", &sheet);
    List {
        id: ListId::new(id),
        table: node.text_or("table", id),
        sheet,
        title: node.needed_bilingual("title"),
        levels: if levels.is_empty() { form.levels.clone() } else { levels },
        columns,
        flags,
        counts,
        official_class,
        source: node.text_or("source", &form.source),
    }
}

fn column(node: &Node<'_>, id: &str, organisation: &Organisation) -> ListColumn {
    let kind = node.word("kind", KINDS).unwrap_or(ValueKind::Text);
    let measure = organisation.measure_of(node, "measure").map(|measure| measure.id.clone());
    if kind == ValueKind::Number && !node.has("measure") {
        node.issues.bad_value(node.place("measure"), "", Expected::MeasureOfNumber);
    }
    let choices = node.pairs("choices");
    if kind == ValueKind::Choice && choices.is_empty() {
        node.issues.bad_value(node.place("choices"), "", Expected::Choices);
    }
    let is_unit = node.flag("is_unit").unwrap_or(false);
    let is_person = node.flag("person").unwrap_or(false);
    if is_person && (kind != ValueKind::Text || is_unit) {
        node.issues.bad_value(node.place("person"), id, Expected::TextColumn);
    }
    ListColumn {
        id: id.into(),
        label: node.needed_text("label").unwrap_or_default(),
        kind,
        measure,
        choices,
        required: node.flag("required").unwrap_or(false),
        is_unit,
        is_person,
    }
}

/// What a column holds in the formulas of its list.
fn input(column: &ListColumn, organisation: &Organisation) -> Input {
    let measure = column.measure.as_ref().and_then(|id| organisation.names.measures.get(id.as_str()));
    match (column.kind, measure) {
        (ValueKind::Number, Some(at)) => Input::Number(organisation.measures[at].min, organisation.measures[at].max),
        (ValueKind::Number, None) => Input::Outside,
        (ValueKind::Flag, _) => Input::Number(0, 1),
        (ValueKind::Date, _) => DATES,
        (ValueKind::Text | ValueKind::Choice, _) => Input::Text,
    }
}

fn find_column<'a>(node: &Node<'a>, key: &'a str, names: &Names) -> Option<usize> {
    let name = node.text(key)?;
    names.find(node.issues, &name, || node.place(key))
}
