//! Forms: header, sections and lines of `forms/*.toml`; lists and rules once all fields are known.
//!
//! In:  the root table of a form's file.
//! Out: a form. Two passes, because a rule or a list may name a field of another form.
//!
//! Not here: list sheets (`lists`), rules (`rules`), the expansion of scoring sheets (`scoresheets`).

use crate::definition::{Field, Form, Line, Section};
use crate::load::fields::{By, Fields};
use crate::load::formulas::Inputs;
use crate::load::keys::check_sheet;
use crate::load::lists;
use crate::load::node::Node;
use crate::load::organisation::Organisation;
use crate::load::rules;
use crate::load::value_columns::{self, ValueColumn};
use thidua_model::issue::Expected;
use thidua_model::{Date, FieldIx, LevelId, Measure, Place, SectorId, TableId, Text, ValueKind};

/// A form whose lists and rules are still to be read.
pub(crate) struct Draft<'a> {
    node: Node<'a>,
    pub(crate) form: Form,
    /// Every field that a line asks for.
    pub(crate) asked: Vec<Asked>,
    /// The form is a pattern for the sheets of scoring tables.
    pub(crate) pattern: Option<Pattern>,
}

/// A field asked of some units.
pub(crate) struct Asked {
    pub(crate) field: FieldIx,
    pub(crate) place: Place,
    pub(crate) levels: Vec<LevelId>,
    pub(crate) sectors: Vec<SectorId>,
}

/// What all lines of a section share.
struct LineScope<'a> {
    organisation: &'a Organisation,
    columns: &'a [ValueColumn<'a>],
    source: &'a str,
}

/// `[scoresheet]`: one sheet for each table of a use.
pub(crate) struct Pattern {
    pub(crate) usage: thidua_model::words::TableUse,
    pub(crate) measure: Option<Measure>,
    pub(crate) place: Place,
    /// Empty: every table of the use.
    pub(crate) tables: Vec<TableId>,
}

/// First pass: everything up to the lines.
pub(crate) fn draft<'a>(node: Node<'a>, organisation: &Organisation, fields: &mut Fields) -> Draft<'a> {
    use thidua_model::words::TableUse;
    let id = node.needed_text("id").unwrap_or_default();
    let source = node.text_or("source", "");
    let pattern = node.table("scoresheet").map(|table| {
        let words = [("classification", TableUse::Classification), ("competition", TableUse::Competition)];
        let tables = table.texts("tables").into_iter().map(|word| TableId::new(&word.text)).collect();
        let pattern = Pattern {
            usage: table.needed_word("usage", &words).unwrap_or(TableUse::Classification),
            measure: organisation.measure_of(&table, "measure").cloned(),
            place: table.here(),
            tables,
        };
        if pattern.measure.is_none() && !table.has("measure") {
            table.issues.bad_value(table.place("measure"), "", Expected::MeasureOfPoints);
        }
        table.finish();
        pattern
    });
    let columns = value_columns::read(&node, organisation);
    let headings: Vec<Text> = columns.iter().map(|column| column.heading.clone()).collect();
    let form = Form {
        id: id.as_ref().into(),
        variant: "".into(),
        version: node.needed_text("version").unwrap_or_default(),
        valid_from: node.needed_date("valid_from").unwrap_or(Date::MIN),
        valid_to: node.date("valid_to"),
        document: organisation.document_of(&node, "document").unwrap_or_else(|| "".into()),
        levels: organisation.levels_of(&node, "levels"),
        sectors: organisation.sectors_of(&node, "sectors"),
        kinds: organisation.kinds_of(&node, "kinds"),
        sheet: node.needed_text("sheet").unwrap_or_default(),
        number: node.text_or("number", ""),
        used_by: node.text_or("used_by", ""),
        title: node.needed_bilingual("title"),
        heading: node.text_or("heading", ""),
        tt_heading: node.text_or("tt_heading", "TT"),
        label_heading: node.text_or("label_heading", "Nội dung"),
        measure_heading: node.text_or("measure_heading", "Đơn vị tính"),
        note_heading: node.text_or("note_heading", "Ghi chú"),
        value_columns: if headings.is_empty() { vec!["Số lượng".into()] } else { headings },
        column_measures: columns.iter().map(ValueColumn::printed).collect(),
        sections: Vec::new(),
        lists: Vec::new(),
        rules: Vec::new(),
        source,
        note: node.text_or("note", ""),
        scoresheet_of: None,
    };
    let mut draft = Draft { node, form, asked: Vec::new(), pattern };
    draft.check_header(organisation);
    draft.read_sections(organisation, fields, &columns);
    draft
}

impl Draft<'_> {
    fn check_header(&self, organisation: &Organisation) {
        let (node, form) = (&self.node, &self.form);
        if form.valid_to.is_some_and(|to| to < form.valid_from) {
            node.issues.bad_value(node.place("valid_to"), "", Expected::DateNotBefore { date: form.valid_from });
        }
        if form.levels.is_empty() && self.pattern.is_none() {
            node.issues.bad_value(node.place("levels"), "", Expected::LevelsOfForm);
        }
        let document = organisation.documents.iter().find(|document| document.id == form.document);
        if document.is_some_and(|document| !document.has_form) {
            node.issues.bad_value(node.place("document"), form.document.text(), Expected::DocumentWithForm);
        }
        check_sheet(node, "sheet", &form.sheet);
    }

    fn read_sections(&mut self, organisation: &Organisation, fields: &mut Fields, columns: &[ValueColumn<'_>]) {
        for section in self.node.tables("sections") {
            let title = section.text_or("title", "");
            let subtitle = section.text("subtitle");
            let source = section.text_or("source", &self.form.source);
            let scope = LineScope { organisation, columns, source: &source };
            let mut lines = Vec::new();
            for line in section.tables("lines") {
                lines.push(self.read_line(&line, &scope, fields));
                line.finish();
            }
            section.finish();
            self.form.sections.push(Section { title, subtitle, lines });
        }
        if self.form.sections.is_empty() && self.pattern.is_none() && !self.node.has("lists") {
            self.node.issues.bad_value(self.node.place("sections"), "", Expected::SectionOrList);
        }
    }

    fn read_line(&mut self, node: &Node<'_>, scope: &LineScope<'_>, fields: &mut Fields) -> Line {
        let organisation = scope.organisation;
        let label = node.needed_text("label").unwrap_or_default();
        let by = By { form: self.form.id.as_str(), source: scope.source };
        let needs_measure = scope.columns.is_empty() || scope.columns.iter().any(ValueColumn::asks_line);
        let declaration = Fields::declaration(node, organisation, label.clone(), by, needs_measure);
        let kind = declaration.kind;
        let measure = declaration.measure.as_ref().and_then(|id| organisation.names.measures.get(id.as_str()));
        let levels = organisation.levels_of(node, "levels");
        for level in levels.iter().filter(|level| !self.form.levels.contains(level)) {
            node.issues.bad_value(node.place("levels"), level.text(), Expected::LevelOfForm);
        }
        let asked_of = if levels.is_empty() { &self.form.levels } else { &levels };
        // Above the grassroots a yes/no is a number of units, with its measure.
        let bottom = organisation.levels.last();
        let is_grassroots = bottom.is_some_and(|bottom| asked_of.iter().all(|level| *level == bottom.id));
        let printed = match measure {
            _ if kind == ValueKind::Flag && is_grassroots => "Có/Không".into(),
            Some(at) if matches!(kind, ValueKind::Number | ValueKind::Flag) => organisation.measures[at].label.clone(),
            _ => "".into(),
        };
        let mut names: Vec<(Text, Place)> =
            node.texts("fields").into_iter().map(|word| (word.text, word.place)).collect();
        if !node.has("fields") {
            names.extend(node.needed_text("field").map(|field| (field, node.place("field"))));
        }
        let columns = self.form.value_columns.len();
        if names.len() != columns && (node.has("fields") || columns != 1) {
            let expected = Expected::NameForEachColumn { columns };
            node.issues.bad_value(node.place("fields"), names.len().to_string(), expected);
        }
        let sectors = organisation.sectors_of(node, "sectors");
        let mut line_fields = Vec::new();
        for (at, (name, place)) in names.into_iter().enumerate() {
            let declaration = || match scope.columns.get(at) {
                Some(column) => declaration.clone().in_column(column),
                None => declaration.clone(),
            };
            // An empty name: the column is not filled in this line.
            let field = (!name.is_empty()).then(|| fields.declare(node.issues, &name, declaration(), place.clone()));
            if let Some(field) = field {
                self.asked.push(Asked {
                    field,
                    place,
                    levels: asked_of.clone(),
                    sectors: if sectors.is_empty() { self.form.sectors.clone() } else { sectors.clone() },
                });
            }
            line_fields.push(field);
        }
        line_fields.resize(columns, None);
        Line {
            tt: node.text_or("tt", ""),
            label,
            measure_label: node.text("shown").unwrap_or(printed),
            fields: line_fields,
            required: node.flag("required").unwrap_or(false),
            sectors,
            levels,
            note: node.text_or("note", ""),
        }
    }

    /// Second pass: lists and rules, then the keys that nobody asked for.
    pub(crate) fn complete(
        mut self,
        organisation: &Organisation,
        inputs: &Inputs,
        fields: &[Field],
    ) -> (Form, Vec<Asked>, Option<Pattern>) {
        self.form.lists = lists::read(&self.node, organisation, inputs, &self.form);
        let scope = rules::Scope { organisation, inputs, fields, form: &self.form };
        self.form.rules = rules::read(&self.node, &scope);
        self.node.finish();
        (self.form, self.asked, self.pattern)
    }

    pub(crate) fn place(&self) -> Place {
        self.node.place("id")
    }
}
