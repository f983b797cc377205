//! Scoring sheets (bảng chấm điểm): one form for each table, one line for each item.
//!
//! In:  a form with `[scoresheet]` and the scoring tables.
//! Out: forms whose lines have the unit's own score and its superior's; the criteria know the
//!      fields of both.
//!
//! Top criteria become sections, criteria between them and an item become headings below.

use crate::bilingual::Bilingual;
use crate::definition::{Field, Form, Line, Rollup, Section};
use crate::load::forms::Pattern;
use crate::load::issues::Issues;
use crate::load::names::Names;
use crate::scoring::{Criterion, ScoringTable};
use thidua_model::issue::{Expected, Thing};
use thidua_model::{FieldIx, MeasureId, Points, Text, ValueKind};

/// The sheets of all tables that the pattern means; their fields are added to `fields`.
pub(crate) fn expand(
    form: &Form,
    pattern: &Pattern,
    tables: &mut [ScoringTable],
    fields: &mut Vec<Field>,
    issues: &Issues,
) -> Vec<Form> {
    if form.value_columns.len() != 2 {
        let found = form.value_columns.join(", ");
        issues.bad_value(pattern.place.clone(), found, Expected::TwoValueColumns);
        return Vec::new();
    }
    let names = Names::of(Thing::ScoringTable, tables.iter().map(|table| table.id.as_str()));
    for table in &pattern.tables {
        names.find(issues, table.as_str(), || pattern.place.clone());
    }
    let measure = pattern.measure.as_ref().map(|measure| measure.id.clone());
    let mut sheets = Vec::new();
    for (position, table) in tables.iter_mut().enumerate() {
        let is_meant = pattern.tables.is_empty() || pattern.tables.contains(&table.id);
        if table.usage == pattern.usage && is_meant {
            let mut sheet = sheet(form, table, measure.clone(), fields);
            sheet.scoresheet_of = Some(position);
            sheets.push(sheet);
        }
    }
    sheets
}

fn sheet(form: &Form, table: &mut ScoringTable, measure: Option<MeasureId>, fields: &mut Vec<Field>) -> Form {
    let mut sections: Vec<Section> = Vec::new();
    for at in 0..table.criteria.len() {
        if table.criteria[at].item.is_none() {
            continue;
        }
        let path = path(&table.criteria, at);
        let (title, subtitle) = headings(&path);
        let label = table.criteria[at].title.vi.clone();
        let mut add = |who: &str, column: &str| {
            fields.push(Field {
                id: format!("{who}_{}_{}", name_part(table.id.as_str()), name_part(table.criteria[at].id.as_str()))
                    .into(),
                label: format!("{label} ({column})").into(),
                measure: measure.clone(),
                kind: ValueKind::Number,
                choices: Vec::new(),
                source: form.source.clone(),
                rollup: Rollup::None,
                tolerance: None,
                recomputed: None,
            });
            FieldIx((fields.len() - 1) as u32)
        };
        let own = add("self", &form.value_columns[0]);
        let superior = add("superior", &form.value_columns[1]);
        let criterion = &mut table.criteria[at];
        (criterion.self_field, criterion.superior_field) = (Some(own), Some(superior));
        if sections.last().is_none_or(|last| last.title != title || last.subtitle != subtitle) {
            sections.push(Section { title, subtitle, lines: Vec::new() });
        }
        let lines = &mut sections.last_mut().expect("a section was just pushed").lines;
        lines.push(Line {
            tt: "".into(),
            label: table.criteria[at].title.vi.clone(),
            measure_label: shown(table.criteria[at].max),
            fields: vec![Some(own), Some(superior)],
            required: false,
            sectors: Vec::new(),
            levels: Vec::new(),
            note: "".into(),
        });
    }
    let mut number = 0;
    for line in sections.iter_mut().flat_map(|section| &mut section.lines) {
        number += 1;
        line.tt = number.to_string().into();
    }
    let with = |form: &Text, table: &Text| -> Text {
        if form.is_empty() { table.clone() } else { format!("{form}: {table}").into() }
    };
    Form {
        variant: table.id.as_str().into(),
        levels: table.levels.clone(),
        kinds: table.kinds.clone(),
        sectors: table.sectors.clone(),
        title: Bilingual { vi: with(&form.title.vi, &table.title.vi), en: with(&form.title.en, &table.title.en) },
        sections,
        ..form.clone()
    }
}

/// The criteria from the top down to this one's parent; itself when it stands at the top.
fn path(criteria: &[Criterion], at: usize) -> Vec<&Criterion> {
    let mut path = Vec::new();
    let mut above = criteria[at].parent;
    while let Some(parent) = above {
        path.insert(0, &criteria[parent]);
        above = criteria[parent].parent;
    }
    if path.is_empty() { vec![&criteria[at]] } else { path }
}

fn headings(path: &[&Criterion]) -> (Text, Option<Text>) {
    let heading = |criterion: &&Criterion| format!("{} ({} điểm)", criterion.title.vi, shown(criterion.max));
    let below: Vec<String> = path[1..].iter().map(heading).collect();
    (heading(&path[0]).into(), (!below.is_empty()).then(|| below.join(" – ").into()))
}

/// `10`, `2,5`: as a Vietnamese office writes points.
fn shown(points: Points) -> Text {
    let text = format!("{points}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('.', ",").into()
}

/// An id as a part of a field's id.
fn name_part(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}
