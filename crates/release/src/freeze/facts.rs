//! Facts as rows, each with its cell and the text that stood there.

use super::order::{Order, place};
use super::submissions::{Submissions, form_of, label_of, list_of};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, Field};
use thidua_model::date::from_days;
use thidua_model::facts::Source;
use thidua_model::intake::CorrectionState;
use thidua_model::rows::{FactRow, RegistrationRow};
use thidua_model::{CellRef, DocumentId, FactMark, FieldIx, Intake, ListRow, PeriodIx, Text, UnitIx, ValueKind};

/// The register of corrections, the place of values for which no cell was read.
pub(crate) const CORRECTIONS_FILE: &str = "corrections.csv";
/// The column of its new values.
const NEW_COLUMN: u32 = 5;

/// By period, unit and field of the definition.
pub(super) fn rows(campaign: &Campaign, intake: &Intake, submissions: &Submissions, order: &Order) -> Vec<FactRow> {
    let mut maker = Maker {
        campaign,
        intake,
        submissions,
        list_sheets: list_sheets(intake),
        labels: BTreeMap::new(),
        without_cell: without_cell(campaign, intake),
    };
    let mut rows = Vec::new();
    for (period, field, column) in intake.facts.columns() {
        for (at, &mark) in column.marks.iter().enumerate() {
            if mark == FactMark::NotReported {
                continue;
            }
            let unit = UnitIx(at as u32);
            let value = mark.has_value().then(|| column.values[at]);
            let mut row = maker.row(unit, period, field, mark, column.sources[at]);
            let (kind, measure, decimals) = reading(campaign, unit, period, field);
            row.text = value.and_then(|value| words(campaign.field(field), kind, value));
            (row.value, row.measure, row.decimals) = (value, measure, decimals);
            rows.push(row);
        }
    }
    for text in &intake.texts {
        let mut row = maker.row(text.unit, text.period, text.field, text.mark, text.source);
        row.text = Some(text.value.clone());
        rows.push(row);
    }
    rows.sort_by_cached_key(|row| {
        (place(&order.periods, &row.period), row.unit.clone(), place(&order.fields, &row.field), row.submission)
    });
    rows
}

/// The facts of documents that carry units' own targets: what was registered at the start.
pub(super) fn registrations(campaign: &Campaign, submissions: &Submissions, facts: &[FactRow]) -> Vec<RegistrationRow> {
    let documents = registration_documents(campaign);
    let mut rows = Vec::new();
    for fact in facts {
        let Some(submission) = fact.submission.and_then(|number| submissions.get(number)) else { continue };
        let (true, Some(file), Some(cell)) = (documents.contains(&submission.document), &fact.file, &fact.cell) else {
            continue;
        };
        // A line of the corrections has no sheet.
        let is_of_register = &**file == CORRECTIONS_FILE;
        let Some(sheet) = fact.sheet.clone().or_else(|| is_of_register.then(Text::default)) else { continue };
        rows.push(RegistrationRow {
            unit: fact.unit.clone(),
            period: fact.period.clone(),
            field: fact.field.clone(),
            label: fact.label.clone(),
            value: fact.value,
            text: fact.text.clone(),
            measure: fact.measure.clone(),
            decimals: fact.decimals,
            file: file.clone(),
            sheet,
            cell: cell.clone(),
        });
    }
    rows
}

/// Documents with a form that asks for some indicator's own target.
fn registration_documents(campaign: &Campaign) -> BTreeSet<DocumentId> {
    let targets: BTreeSet<FieldIx> = campaign.indicators.iter().filter_map(|it| it.registered_in).collect();
    let asks = |form: &&thidua_campaign::Form| {
        let mut fields = form.sections.iter().flat_map(|it| &it.lines).flat_map(|line| line.fields.iter().flatten());
        fields.any(|field| targets.contains(field))
    };
    campaign.forms.iter().filter(asks).map(|form| form.document.clone()).collect()
}

/// How the value of a field is to be read for this unit: a yes/no of the grassroots is a number of
/// units above it. Kind, measure and decimals.
fn reading(campaign: &Campaign, unit: UnitIx, period: PeriodIx, field: FieldIx) -> (ValueKind, Option<Text>, u32) {
    let field = campaign.field(field);
    let span = campaign.unit(unit).at(campaign.period(period).as_of);
    let is_grassroots = campaign.is_grassroots(span.unwrap_or_else(|| campaign.unit(unit).latest()));
    let kind = match field.kind {
        ValueKind::Flag if !is_grassroots => ValueKind::Number,
        kind => kind,
    };
    let measure = field.measure.as_ref().filter(|_| kind == ValueKind::Number);
    let decimals = measure.and_then(|id| campaign.measure(id)).map_or(0, |it| it.decimals);
    (kind, measure.map(|id| id.text()), u32::from(decimals))
}

/// What a value that is not a number says: the id of a choice, a date as ISO.
fn words(field: &Field, kind: ValueKind, value: i64) -> Option<Text> {
    match kind {
        ValueKind::Choice => usize::try_from(value).ok().and_then(|at| field.choices.get(at)).map(|(id, _)| id.clone()),
        ValueKind::Date => from_days(value).map(|date| date.to_string().into()),
        ValueKind::Number | ValueKind::Flag | ValueKind::Text => None,
    }
}

/// By submission (reader's number) and list: the sheet its rows came from.
fn list_sheets(intake: &Intake) -> BTreeMap<(u32, &str), &Text> {
    let sheet = |row: &'_ ListRow| row.place.sheet().map(|_| ());
    intake
        .lists
        .iter()
        .filter(|row| sheet(row).is_some())
        .filter_map(|row| Some(((row.submission, row.list.as_str()), row.place.sheet()?)))
        .collect()
}

/// The lines of `corrections.csv` that are the only place of a value.
fn without_cell(campaign: &Campaign, intake: &Intake) -> BTreeMap<(UnitIx, PeriodIx, FieldIx), u32> {
    let applied = intake.corrections.iter().flatten().filter(|it| it.state == CorrectionState::AppliedWithoutCell);
    let lines = applied.filter_map(|it| {
        let field = campaign.find_field(it.field.as_str())?;
        Some(((it.unit, it.period, field), it.line))
    });
    lines.collect()
}

struct Maker<'a> {
    campaign: &'a Campaign,
    intake: &'a Intake,
    submissions: &'a Submissions<'a>,
    list_sheets: BTreeMap<(u32, &'a str), &'a Text>,
    /// By what they correct: lines of `corrections.csv` that are the place of a value.
    without_cell: BTreeMap<(UnitIx, PeriodIx, FieldIx), u32>,
    /// By form position and field: looking a label up walks the whole form.
    labels: BTreeMap<(usize, FieldIx), Text>,
}

impl Maker<'_> {
    /// A row without its value.
    fn row(&mut self, unit: UnitIx, period: PeriodIx, field: FieldIx, mark: FactMark, source: Source) -> FactRow {
        let campaign = self.campaign;
        let submission = self.submissions.of(source.submission);
        let is_corrected = matches!(mark, FactMark::Corrected | FactMark::TakenOut);
        let has_cell = source.cell != CellRef::default();
        let line = self.without_cell.get(&(unit, period, field)).copied().filter(|_| !has_cell);
        let from_list = mark == FactMark::Derived || (is_corrected && !has_cell);
        let sheet = submission.map(|(_, it)| match from_list {
            true => self.list_sheet(source.submission, field).unwrap_or_else(|| it.sheet.clone()),
            false => it.sheet.clone(),
        });
        FactRow {
            unit: campaign.unit(unit).id.text(),
            period: campaign.period(period).id.text(),
            field: campaign.field(field).id.text(),
            value: None,
            text: None,
            mark: mark.as_str().into(),
            measure: None,
            decimals: 0,
            submission: submission.map(|(number, _)| number),
            file: match line {
                Some(_) => Some(CORRECTIONS_FILE.into()),
                None => submission.map(|(_, it)| it.file.clone()),
            },
            sheet: sheet.filter(|_| line.is_none()),
            cell: match line {
                // The file opened as a sheet.
                Some(line) => Some(CellRef::new(line.saturating_sub(1), NEW_COLUMN).to_string().into()),
                // A count over a list has no cell of its own.
                None => submission.filter(|_| !from_list).map(|_| source.cell.to_string().into()),
            },
            label: self.label(source.submission, field),
            raw: self.intake.facts.raw_text(source.raw).cloned(),
        }
    }

    fn label(&mut self, submission: u32, field: FieldIx) -> Text {
        let campaign = self.campaign;
        let form = self.submissions.of(submission).and_then(|(_, it)| form_of(campaign, it));
        let Some(form) = form else { return campaign.field(field).label.clone() };
        let at = campaign.forms.iter().position(|it| std::ptr::eq(it, form)).unwrap_or(usize::MAX);
        let find = || label_of(form, field).unwrap_or(&campaign.field(field).label).clone();
        self.labels.entry((at, field)).or_insert_with(find).clone()
    }

    /// The sheet of the list whose rows were counted into the field.
    fn list_sheet(&self, submission: u32, field: FieldIx) -> Option<Text> {
        let (_, it) = self.submissions.of(submission)?;
        let form = form_of(self.campaign, it)?;
        let list = form.lists.iter().find(|list| list.counts.iter().any(|count| count.field == field))?;
        let sheet = self.list_sheets.get(&(submission, list.id.as_str())).map(|&sheet| sheet.clone());
        sheet.or_else(|| list_of(self.campaign, Some(it), &list.id).map(|list| list.sheet.clone()))
    }
}
