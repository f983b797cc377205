//! Fields: declared by the lines that ask for them, once or on several forms.
//!
//! In:  lines of all forms, and fields that the register or the receipts give.
//! Out: one field for each id; D012 where two lines declare it in different ways.

use crate::definition::{Field, Rollup};
use crate::load::formulas::{Gives, Inputs};
use crate::load::issues::Issues;
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::Organisation;
use crate::load::value_columns::ValueColumn;
use thidua_model::issue::{Disagreement, Expected, Thing};
use thidua_model::{FieldId, FieldIx, IssueKind, MeasureId, Place, Text, ValueKind};

pub(crate) const KINDS: &[(&str, ValueKind)] = &[
    ("number", ValueKind::Number),
    ("flag", ValueKind::Flag),
    ("choice", ValueKind::Choice),
    ("date", ValueKind::Date),
    ("text", ValueKind::Text),
];

/// What a line says about the value it asks for.
#[derive(Debug, Clone)]
pub(crate) struct Declaration {
    pub(crate) label: Text,
    pub(crate) kind: ValueKind,
    pub(crate) measure: Option<MeasureId>,
    pub(crate) choices: Vec<(Text, Text)>,
    pub(crate) source: Text,
    is_summed: bool,
    /// In last places of the measure.
    tolerance: Option<i64>,
    /// The field that weights a mean.
    weight: Option<(Text, Place)>,
    /// Part and whole of a share that is asked for though it can be computed.
    recomputed: Option<Share>,
    place: Place,
    /// The form, for messages.
    by: Text,
}

#[derive(Debug, Clone)]
struct Share {
    part: (Text, Place),
    whole: (Text, Place),
}

/// Where a field is declared, and the source of a line that names none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) form: &'a str,
    pub(crate) source: &'a str,
}

impl Declaration {
    /// The same line in a column that has a kind or a measure of its own.
    pub(crate) fn in_column(mut self, column: &ValueColumn<'_>) -> Self {
        if let Some(kind) = column.kind {
            self.kind = kind;
            self.choices.clear();
            self.measure = None;
            self.is_summed = matches!(kind, ValueKind::Number | ValueKind::Flag);
        }
        if let Some(measure) = column.measure {
            self.measure = Some(measure.id.clone());
        }
        self.is_summed = column.is_summed.unwrap_or(self.is_summed);
        self
    }
}

/// Fields while the forms are read.
#[derive(Debug)]
pub(crate) struct Fields {
    ids: Vec<FieldId>,
    declared: Vec<Declaration>,
    pub(crate) names: Names,
}

impl Default for Fields {
    fn default() -> Self {
        Self { ids: Vec::new(), declared: Vec::new(), names: Names::new(Thing::Field) }
    }
}

impl Fields {
    /// Reads the keys `kind`, `measure`, `choices`, `source`, `rollup`, `tolerance`, `weight`,
    /// `recomputed`.
    pub(crate) fn declaration(
        node: &Node<'_>,
        organisation: &Organisation,
        label: Text,
        by: By<'_>,
        needs_measure: bool,
    ) -> Declaration {
        let issues = node.issues;
        let kind = node.word("kind", KINDS).unwrap_or(ValueKind::Number);
        let measure = organisation.measure_of(node, "measure");
        let tolerance = tolerance(node, kind, measure.map_or(0, |measure| measure.decimals));
        let measure = measure.map(|measure| measure.id.clone());
        if needs_measure && kind == ValueKind::Number && !node.has("measure") {
            issues.bad_value(node.place("measure"), "", Expected::MeasureOfNumber);
        }
        let choices = node.pairs("choices");
        if (kind == ValueKind::Choice) == choices.is_empty() {
            let (found, expected) = match kind {
                ValueKind::Choice => ("", Expected::Choices),
                _ => ("choices", Expected::NoChoices),
            };
            issues.bad_value(node.place("choices"), found, expected);
        }
        let weight = node.text("weight").map(|field| (field, node.place("weight")));
        let recomputed = node.table("recomputed").and_then(|share| {
            let (part, whole) = (share.needed_text("part"), share.needed_text("whole"));
            let places = (share.place("part"), share.place("whole"));
            share.finish();
            Some(Share { part: (part?, places.0), whole: (whole?, places.1) })
        });
        let adds_up = matches!(kind, ValueKind::Number | ValueKind::Flag) && recomputed.is_none();
        let is_summed = node.word("rollup", &[("sum", true), ("none", false)]).unwrap_or(adds_up);
        if is_summed && !adds_up {
            issues.bad_value(node.place("rollup"), "sum", Expected::NoRollup);
        }
        Declaration {
            label,
            kind,
            measure,
            choices,
            source: node.text_or("source", by.source),
            is_summed,
            tolerance,
            weight,
            recomputed,
            place: node.here(),
            by: by.form.into(),
        }
    }

    /// The position of a field: a new one, or the one declared before, compared with this.
    pub(crate) fn declare(&mut self, issues: &Issues, id: &str, declaration: Declaration, place: Place) -> FieldIx {
        if let Some(at) = self.names.get(id) {
            let first = &mut self.declared[at];
            if let Some(problem) = disagreement(first, &declaration) {
                issues.add(IssueKind::FieldsDisagree { field: id.into(), problem }, place);
            }
            first.tolerance = first.tolerance.or(declaration.tolerance);
            first.weight = first.weight.take().or(declaration.weight);
            first.recomputed = first.recomputed.take().or(declaration.recomputed);
            return FieldIx(at as u32);
        }
        // A formula names it, so it must look like a name.
        let is_name = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && id.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        if !is_name {
            issues.bad_value(place.clone(), id, Expected::Id);
        }
        self.names.declare(issues, id, self.ids.len(), || place.clone());
        self.ids.push(id.into());
        self.declared.push(declaration);
        FieldIx((self.ids.len() - 1) as u32)
    }

    /// All fields, with weights and recomputed shares resolved.
    pub(crate) fn resolve(self, organisation: &Organisation, issues: &Issues) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for (id, it) in self.ids.iter().zip(&self.declared) {
            let weight = it.weight.as_ref().and_then(|(name, place)| self.names.find(issues, name, || place.clone()));
            let rollup = match (weight, it.is_summed) {
                (Some(weight), _) => Rollup::Mean { weight: FieldIx(weight as u32) },
                (None, true) if it.weight.is_none() => Rollup::Sum,
                _ => Rollup::None,
            };
            fields.push(Field {
                id: id.clone(),
                label: it.label.clone(),
                measure: it.measure.clone(),
                kind: it.kind,
                choices: it.choices.clone(),
                source: it.source.clone(),
                rollup,
                tolerance: it.tolerance,
                recomputed: None,
            });
        }
        let inputs = Inputs::of_fields(&fields, organisation);
        for (field, it) in fields.iter_mut().zip(&self.declared) {
            let check = |(text, place): &(Text, Place)| inputs.check(issues, text, Gives::Number, || place.clone());
            if let Some(share) = &it.recomputed {
                field.recomputed = check(&share.part).zip(check(&share.whole));
            }
        }
        fields
    }
}

/// `tolerance = 0.05`: in the measure, as people write it.
fn tolerance(node: &Node<'_>, kind: ValueKind, decimals: u8) -> Option<i64> {
    let tolerance = node.scaled("tolerance", decimals)?;
    if tolerance < 0 || !matches!(kind, ValueKind::Number | ValueKind::Flag) {
        node.refuse("tolerance", Expected::Tolerance);
        return None;
    }
    Some(tolerance)
}

/// What two lines say differently; `None` when they agree.
fn disagreement(first: &Declaration, second: &Declaration) -> Option<Disagreement> {
    let at: Text = match &first.place {
        Place::Definition { file, line, .. } if *line > 0 => format!("{file}:{line}").into(),
        _ => first.by.clone(),
    };
    let kind = |kind: ValueKind| KINDS.iter().find(|(_, it)| *it == kind).map_or("", |(word, _)| word).into();
    let measure = |measure: &Option<MeasureId>| measure.as_ref().map_or_else(|| "–".into(), MeasureId::text);
    if first.kind != second.kind {
        return Some(Disagreement::Kind { here: kind(second.kind), there: kind(first.kind), at });
    }
    if first.measure != second.measure {
        return Some(Disagreement::Measure { here: measure(&second.measure), there: measure(&first.measure), at });
    }
    if first.choices != second.choices {
        return Some(Disagreement::Choices { at });
    }
    if first.is_summed != second.is_summed {
        return Some(Disagreement::Rollup { at });
    }
    if first.tolerance.zip(second.tolerance).is_some_and(|(one, other)| one != other) {
        return Some(Disagreement::Tolerance { at });
    }
    match (&first.weight, &second.weight) {
        (Some((a, _)), Some((b, _))) if a != b => Some(Disagreement::Weight { here: b.clone(), there: a.clone(), at }),
        _ => None,
    }
}
