//! Our own blank forms, adopted as if they were anybody's, beside their definition.

use crate::program::{top, workbooks};
use std::collections::{BTreeMap, BTreeSet};
use thidua_adopt::{Choice, Draft, Known, adopt};
use thidua_campaign::{Campaign, Form};
use thidua_model::text::fold;
use thidua_model::{FieldIx, ValueKind};
use thidua_sheets::{Book, CellValue, Limits};

/// What agreed, of how many.
#[derive(Default)]
struct Agreed {
    lines: (usize, usize),
    sections: (usize, usize),
    kinds: (usize, usize),
    measures: (usize, usize),
    columns: (usize, usize),
    column_kinds: (usize, usize),
    /// Lines that the definition does not have.
    invented: usize,
}

fn known(campaign: &Campaign) -> Known {
    Known {
        measures: campaign.measures.clone(),
        fields: BTreeSet::new(),
        forms: BTreeSet::new(),
        documents: vec![Choice::new("bao-cao", &["Báo cáo"])],
        levels: vec![Choice::new("grassroots", &["Công đoàn cơ sở"])],
        year: Some(campaign.year),
        default_year: campaign.year,
    }
}

/// Every text of a tab, folded.
fn texts(book: &Book, tab: &str) -> BTreeSet<String> {
    let sheet = book.sheets.iter().find(|sheet| &*sheet.name == tab);
    let cells = sheet.into_iter().flat_map(|sheet| &sheet.cells);
    cells.filter_map(|cell| if let CellValue::Text(text) = &cell.value { Some(fold(text)) } else { None }).collect()
}

fn compare(campaign: &Campaign, book: &Book, form: &Form, drafts: &[&Draft]) -> Agreed {
    let mut agreed = Agreed::default();
    let printed = texts(book, &form.sheet);
    let draft = drafts.iter().find(|draft| draft.sheet == *form.sheet);
    let count = |pair: &mut (usize, usize), is_same: bool| {
        pair.0 += usize::from(is_same);
        pair.1 += 1;
    };
    // Labels repeat: the first drafted line of a label is the first one of the form.
    let mut drafted: BTreeMap<String, Vec<&thidua_adopt::Line>> = BTreeMap::new();
    let mut headings: BTreeSet<String> = BTreeSet::new();
    for section in draft.iter().flat_map(|draft| &draft.sections) {
        headings.extend([&section.title].into_iter().chain(&section.subtitle).map(|text| fold(text)));
        for line in section.lines.iter().rev() {
            drafted.entry(fold(&line.label)).or_default().insert(0, line);
        }
    }
    for lines in drafted.values_mut() {
        lines.sort_by_key(|line| line.fields.iter().flatten().map(|(_, at)| at.row).min());
    }
    for section in &form.sections {
        let is_printed = section.lines.iter().any(|line| printed.contains(&fold(&line.label)));
        for title in [Some(&section.title), section.subtitle.as_ref()].into_iter().flatten().filter(|_| is_printed) {
            count(&mut agreed.sections, headings.contains(&fold(title)));
        }
        for line in section.lines.iter().filter(|line| printed.contains(&fold(&line.label))) {
            let of_label = drafted.get_mut(&fold(&line.label)).filter(|lines| !lines.is_empty());
            let found = of_label.map(|lines| lines.remove(0));
            count(&mut agreed.lines, found.is_some());
            let (Some(found), Some(field)) = (found, line.fields.iter().flatten().next()) else { continue };
            let field: FieldIx = *field;
            let known = campaign.field(field);
            // What a column says holds for every line.
            let own = draft.and_then(|draft| draft.columns.first()).and_then(|column| column.own.as_ref());
            let value = own.unwrap_or(&found.value);
            count(&mut agreed.kinds, value.kind == known.kind);
            if known.kind == ValueKind::Number {
                let wanted = known.measure.as_ref().map(|id| id.as_str());
                count(&mut agreed.measures, value.measure.as_deref() == wanted);
            }
        }
    }
    agreed.invented = drafted.values().map(Vec::len).sum();
    for list in form.lists.iter().filter(|list| book.sheets.iter().any(|sheet| *sheet.name == *list.sheet)) {
        let drafted = drafts.iter().flat_map(|draft| &draft.lists).find(|drafted| drafted.sheet == *list.sheet);
        for column in &list.columns {
            let found = drafted.and_then(|list| list.columns.iter().find(|it| fold(&it.label) == fold(&column.label)));
            count(&mut agreed.columns, found.is_some());
            if let Some(found) = found {
                count(&mut agreed.column_kinds, found.value.kind == column.kind);
            }
        }
    }
    agreed
}

#[test]
fn our_own_blank_forms_give_drafts_that_agree_with_their_definition() {
    let campaign = thidua_campaign::load(&top("templates/dak-lak-2014")).expect("the campaign is sound");
    let known = known(&campaign);
    let folder = top("templates/dak-lak-2014/blank");
    let mut table = format!(
        "{:<36} {:<20} {:>7} {:>8} {:>7} {:>8} {:>7} {:>7} {:>8}\n",
        "workbook", "form", "lines", "sections", "kinds", "measures", "columns", "kinds", "invented"
    );
    for name in workbooks(&folder) {
        let bytes = std::fs::read(folder.join(&name)).expect("readable");
        let book = thidua_sheets::read(&bytes, &Limits::default()).expect("a workbook of ours");
        let adopted = adopt(&book, &name, None, &known);
        let drafts: Vec<&Draft> = adopted.forms.iter().map(|form| &form.draft).collect();
        for form in campaign.forms.iter().filter(|form| !texts(&book, &form.sheet).is_empty()) {
            // A scoring sheet stands for one table.
            if !form.variant.is_empty() && !name.contains(&*form.variant) {
                continue;
            }
            let agreed = compare(&campaign, &book, form, &drafts);
            let of = |(same, all): (usize, usize)| format!("{same}/{all}");
            table += &format!(
                "{name:<36} {:<20} {:>7} {:>8} {:>7} {:>8} {:>7} {:>7} {:>8}\n",
                form.id.as_str(),
                of(agreed.lines),
                of(agreed.sections),
                of(agreed.kinds),
                of(agreed.measures),
                of(agreed.columns),
                of(agreed.column_kinds),
                agreed.invented,
            );
        }
    }
    insta::assert_snapshot!(table);
}
