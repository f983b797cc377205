//! The facts that a formula reads for one unit, each with where it came from.

use super::terms::{self, Term};
use super::tree::{Input, Origin, Part, Told};
use crate::Frozen;
use crate::freeze::{Layout, layouts};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, DerivedFrom, Field, Form, Indicator, List, ListCount};
use thidua_formula::Frame;
use thidua_model::rows::{CoverageRow, FactRow, IssueRow, SubmissionRow};
use thidua_model::{ColumnData, FactMark, FieldIx, PeriodIx, Table, Text, UnitIx};

/// The code of an applied correction.
pub(crate) const VALUE_CORRECTED: &str = "V150";

/// The rows of a release by what they are looked up with.
pub(super) struct Sources<'a> {
    frozen: &'a Frozen,
    campaign: &'a Campaign,
    /// By unit, period and field.
    facts: BTreeMap<(Text, Text, Text), FactRow>,
    submissions: Vec<SubmissionRow>,
    layouts: Vec<Layout>,
    /// What is said of corrected facts, by unit, period and field.
    corrections: BTreeMap<(Text, Text, Text), Told>,
    /// By unit, period and document.
    coverage: BTreeMap<(Text, Text, Text), CoverageRow>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(frozen: &'a Frozen, campaign: &'a Campaign) -> Self {
        let facts = frozen.rows::<FactRow>().into_iter();
        let coverage = frozen.rows::<CoverageRow>().into_iter();
        Self {
            frozen,
            campaign,
            facts: facts.map(|row| ((row.unit.clone(), row.period.clone(), row.field.clone()), row)).collect(),
            corrections: corrections(frozen),
            submissions: frozen.rows(),
            layouts: layouts(campaign),
            coverage: coverage.map(|row| ((row.unit.clone(), row.period.clone(), row.document.clone()), row)).collect(),
        }
    }

    /// The fields of the sides that are taken from the unit itself, numerator first.
    pub(super) fn inputs(
        &self,
        indicator: &Indicator,
        unit: UnitIx,
        period: PeriodIx,
        numerator: bool,
        denominator: bool,
    ) -> Vec<Input> {
        let above = indicator.numerator.inputs().iter().filter(|_| numerator).map(|name| (name, Part::Numerator));
        let below = indicator.denominator.iter().filter(|_| denominator).flat_map(|formula| formula.inputs());
        let mut inputs: Vec<Input> = Vec::new();
        for (name, part) in above.chain(below.map(|name| (name, Part::Denominator))) {
            if let Some(known) = inputs.iter_mut().find(|it| it.field == **name) {
                known.of.push(part);
            } else if let Some(field) = self.campaign.find_field(name) {
                inputs.push(self.input(field, unit, period, part));
            }
        }
        inputs
    }

    fn input(&self, field: FieldIx, unit: UnitIx, period: PeriodIx, part: Part) -> Input {
        let id = self.campaign.field(field).id.text();
        let key = (self.campaign.unit(unit).id.text(), self.campaign.period(period).id.text(), id.clone());
        // What the register knows goes before what a form says, as in computing.
        if let Some(input) = self.derived(field, unit, period, part) {
            return input;
        }
        let definition = self.campaign.field(field);
        let Some(fact) = self.facts.get(&key) else {
            return Input {
                field: id.to_string(),
                label: definition.label.to_string(),
                of: vec![part],
                value: None,
                decimals: 0,
                measure: None,
                text: None,
                mark: terms::mark(FactMark::NotReported.as_str()),
                raw: None,
                origin: Origin::Nowhere,
                corrected: None,
            };
        };
        let measure = fact.measure.as_ref().and_then(|id| self.measure(id));
        Input {
            field: id.to_string(),
            label: fact.label.to_string(),
            of: vec![part],
            value: fact.value,
            decimals: fact.decimals,
            measure,
            text: fact.text.as_ref().map(|text| chosen(definition, text)),
            mark: terms::mark(&fact.mark),
            raw: fact.raw.as_ref().map(ToString::to_string).filter(|raw| !raw.is_empty()),
            origin: self.origin(fact, field, unit),
            corrected: self.corrections.get(&key).cloned(),
        }
    }

    fn origin(&self, fact: &FactRow, field: FieldIx, unit: UnitIx) -> Origin {
        let Some(file) = &fact.file else { return Origin::Nowhere };
        let sheet = fact.sheet.clone().unwrap_or_default();
        let submission = fact.submission.and_then(|number| self.submissions.get(number as usize));
        let received_at = submission.and_then(|it| it.received_at).map(|time| time.to_string());
        let (file, sheet) = (file.to_string(), sheet.to_string());
        if let Some(cell) = &fact.cell {
            return Origin::Cell { file, sheet, cell: cell.to_string(), received_at };
        }
        match submission.and_then(|it| self.counted(it, field)) {
            Some((list, count)) => Origin::List {
                title: Term::new(list.id.as_str(), &list.title),
                rows: self.counted_rows(list, count, &file, &sheet, unit),
                file,
                sheet,
                received_at,
            },
            None => Origin::Cell { file, sheet, cell: String::new(), received_at },
        }
    }

    /// The list of the submission's form that gives the field.
    fn counted(&self, submission: &SubmissionRow, field: FieldIx) -> Option<(&'a List, &'a ListCount)> {
        let of_form = |form: &&Form| *form.id.as_str() == *submission.form;
        let forms: Vec<&Form> = self.campaign.forms.iter().filter(of_form).collect();
        let version = forms.iter().filter(|form| form.version == submission.version);
        version
            .chain(&forms)
            .flat_map(|form| &form.lists)
            .find_map(|list| Some((list, list.counts.iter().find(|count| count.field == field)?)))
    }

    /// Rows of the sheet that the count holds, as a spreadsheet numbers them.
    fn counted_rows(&self, list: &List, count: &ListCount, file: &str, sheet: &str, unit: UnitIx) -> Vec<i64> {
        let layout = self.layouts.iter().find(|layout| layout.defined_as == list.table);
        let Some((layout, table)) = layout.and_then(|it| Some((it, self.frozen.table(&it.table)?))) else {
            return Vec::new();
        };
        let holds = count.when.as_ref().map(|when| when.truths(&frame(table, layout, list)));
        let named = count.unit_column.and_then(|at| layout.column(&list.columns.get(at)?.id));
        let unit = self.campaign.unit(unit).id.as_str();
        (0..table.rows())
            .filter(|&row| {
                let text = |name: &str| table.text(name, row).map(|it| &**it);
                text("file") == Some(file)
                    && text("sheet") == Some(sheet)
                    && text("list") == Some(list.id.as_str())
                    && named.is_none_or(|name| text(name) == Some(unit))
                    && match &holds {
                        None => true,
                        Some(Ok(holds)) => holds.get(row).copied().flatten() == Some(true),
                        Some(Err(_)) => false,
                    }
            })
            .filter_map(|row| table.int("row", row))
            .collect()
    }

    /// What the register or the receipts say of the field, if the definition takes it from there
    /// for units of this level.
    fn derived(&self, field: FieldIx, unit: UnitIx, period: PeriodIx, part: Part) -> Option<Input> {
        let campaign = self.campaign;
        let span = campaign.unit(unit).at(campaign.period(period).as_of)?;
        let level = &campaign.level(span).id;
        let derived = campaign.derived.iter().filter(|it| it.field == field).find(|it| {
            let (DerivedFrom::Register { levels, .. } | DerivedFrom::OnTime { levels, .. }) = &it.from;
            levels.is_empty() || levels.contains(level)
        })?;
        let (value, origin) = match &derived.from {
            DerivedFrom::Register { sectors, kinds, .. } => {
                let sector = span.sector.map(|at| &campaign.sectors[at]);
                let kind = campaign.kind(span);
                let holds = (sectors.is_empty() || sector.is_some_and(|it| sectors.contains(&it.id)))
                    && (kinds.is_empty() || kinds.contains(&kind.id));
                let origin = Origin::Register {
                    unit_kind: Term::new(kind.id.as_str(), &kind.title),
                    sector: sector.map(|it| Term::new(it.id.as_str(), &it.title)),
                };
                (Some(i64::from(holds)), origin)
            }
            DerivedFrom::OnTime { document, .. } => {
                use thidua_model::words::ReportStatus::{Late, Missing, OnTime, Unusable};
                let key = (campaign.unit(unit).id.text(), campaign.period(period).id.text(), document.text());
                let row = self.coverage.get(&key);
                let value = row.and_then(|row| match row.status {
                    _ if self.frozen.manifest.receipts.is_none() => None,
                    OnTime => Some(1),
                    Late | Missing => Some(0),
                    Unusable => row.received_at.zip(row.due_at).map(|(came, due)| i64::from(came < due)),
                    _ => None,
                });
                let titles = campaign.documents.iter().map(|it| (it.id.as_str(), &it.title));
                let origin = Origin::Receipts {
                    document: Term::find(document.as_str(), titles),
                    status: row.map(|row| row.status.into()),
                    due_at: row.and_then(|row| row.due_at).map(|time| time.to_string()),
                    received_at: row.and_then(|row| row.received_at).map(|time| time.to_string()),
                };
                (value, origin)
            }
        };
        let mark = if value.is_some() { FactMark::Derived } else { FactMark::NotReported };
        Some(Input {
            field: campaign.field(field).id.to_string(),
            label: campaign.field(field).label.to_string(),
            of: vec![part],
            value,
            decimals: 0,
            measure: campaign.field(field).measure.as_ref().and_then(|id| self.measure(id.as_str())),
            text: None,
            mark: terms::mark(mark.as_str()),
            raw: None,
            origin,
            corrected: None,
        })
    }

    fn measure(&self, id: &str) -> Option<String> {
        self.campaign.measures.iter().find(|it| it.id.as_str() == id).map(|it| it.label.to_string())
    }
}

/// The issues that tell of applied corrections.
fn corrections(frozen: &Frozen) -> BTreeMap<(Text, Text, Text), Told> {
    let issues = frozen.rows::<IssueRow>().into_iter().filter(|issue| &*issue.code == VALUE_CORRECTED);
    let told = issues.filter_map(|issue| {
        let told = Told { vi: issue.message_vi.to_string(), en: issue.message_en.to_string() };
        Some(((issue.unit?, issue.period?, issue.field?), told))
    });
    told.collect()
}

/// A choice as the form prints it; any other text as it stands.
fn chosen(field: &Field, text: &Text) -> String {
    let label = field.choices.iter().find(|(id, _)| id == text).map(|(_, label)| label);
    label.unwrap_or(text).to_string()
}

/// The columns and flags of a list's table under the ids that its formulas use.
fn frame(table: &Table, layout: &Layout, list: &List) -> Frame {
    let mut frame = Frame::new(table.rows());
    for column in &list.columns {
        let stored = layout.column(&column.id).and_then(|name| table.column(name));
        match stored.map(|it| &it.data) {
            Some(ColumnData::Int(values) | ColumnData::Date(values)) => frame.int(&column.id, values.clone()),
            Some(ColumnData::Bool(values)) => {
                frame.int(&column.id, values.iter().map(|value| value.map(i64::from)).collect());
            }
            Some(ColumnData::Text(values)) => frame.text(&column.id, values.clone()),
            Some(ColumnData::Float(_)) | None => {}
        }
    }
    for flag in &list.flags {
        let stored = layout.flag(&flag.id).and_then(|name| table.column(name));
        if let Some(ColumnData::Bool(values)) = stored.map(|it| &it.data) {
            frame.int(&flag.id, values.iter().map(|value| value.map(i64::from)).collect());
        }
    }
    frame
}
