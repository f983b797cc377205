//! A draft of a form's definition from a blank workbook that an office already uses.
//!
//! In:  the cells of a workbook, and what is known of the campaign that will use it.
//! Out: for each form of the workbook the text of its file, with the cells that it came from and
//!      a remark wherever something was guessed. Nothing is certain before a person read it.
//!
//! A form is a table with labels; a table without is a list, which belongs to the form before it.
//!
//! Not here: reading bytes (`sheets`), what a definition may say (`campaign`), reading a filled copy
//! (`ingest`, by the labels and headings that stand in the draft).

mod doubt;
mod draft;
mod grid;
mod head;
mod ids;
mod lines;
mod list;
mod measure;
mod number;
mod parts;
mod rows;
mod table;
mod value;
mod words;
mod write;

pub use doubt::{Doubt, Kind};
pub use draft::{Draft, Headings, Line, List, ListColumn, NewMeasure, Section, Value, ValueColumn};

use grid::Grid;
use head::Head;
use ids::{Names, slug, slug_of_title};
use measure::Measures;
use std::collections::BTreeSet;
use thidua_model::{CellRef, Measure};
use thidua_sheets::{Book, Sheet};
use thidua_texts::legacy::Readable;

/// Tabs that are looked at.
const MAX_SHEETS: usize = 60;
/// Characters of the name of a tab.
const TAB_CHARS: usize = 31;

/// What the campaign says that the draft is for; defaults without one.
#[derive(Debug, Clone)]
pub struct Known {
    pub measures: Vec<Measure>,
    /// Ids that mean something already.
    pub fields: BTreeSet<String>,
    pub forms: BTreeSet<String>,
    /// Documents and levels, each with the words it is known by; the first is meant where a form
    /// does not say.
    pub documents: Vec<Choice>,
    pub levels: Vec<Choice>,
    pub year: Option<i16>,
    /// Where neither campaign nor workbook tells one.
    pub default_year: i16,
}

/// An id and the titles that speak for it.
#[derive(Debug, Clone)]
pub struct Choice {
    pub id: String,
    pub titles: Vec<String>,
}

impl Choice {
    pub fn new(id: &str, titles: &[&str]) -> Self {
        Self { id: id.to_owned(), titles: titles.iter().map(|title| (*title).to_owned()).collect() }
    }
}

impl Known {
    /// Without a campaign: the words of the definition in `templates`.
    pub fn nothing(default_year: i16) -> Self {
        Self {
            measures: Vec::new(),
            fields: BTreeSet::new(),
            forms: BTreeSet::new(),
            documents: vec![Choice::new("bao-cao", &["Báo cáo"]), Choice::new("dang-ky", &["Đăng ký thi đua"])],
            levels: vec![
                Choice::new("grassroots", &["Công đoàn cơ sở"]),
                Choice::new("superior", &["Công đoàn cấp trên trực tiếp cơ sở"]),
            ],
            year: None,
            default_year,
        }
    }
}

/// What was made of a workbook.
#[derive(Debug)]
pub struct Adopted {
    pub forms: Vec<Form>,
    /// Visible tabs in which no table was found.
    pub unused: Vec<String>,
}

/// A form and the text of its file.
#[derive(Debug)]
pub struct Form {
    pub draft: Draft,
    /// Measures that the campaign has to learn first.
    pub measures: Vec<NewMeasure>,
    pub text: String,
}

/// Drafts the forms of a workbook, in order of its tabs.
///
/// # Input
/// `file`: its name, for comments. `id`: of the first form; else it is taken from the form's number
/// or title.
///
/// # Output
/// No forms where no tab holds a table with headings.
pub fn adopt(book: &Book, file: &str, id: Option<&str>, known: &Known) -> Adopted {
    let mut measures = Measures::new(&known.measures);
    let mut fields = Names::taken(known.fields.iter().cloned());
    let mut forms = Names::taken(known.forms.iter().cloned());
    let mut unused = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    // Lists before the first form.
    let mut early: Vec<List> = Vec::new();
    let visible = book.sheets.iter().filter(|sheet| sheet.is_visible && !sheet.cells.is_empty());
    for sheet in visible.take(MAX_SHEETS) {
        let readable = Readable::new(sheet);
        let found = read_sheet(&readable.sheet, &mut measures, &mut fields);
        if found.form.is_none() && found.lists.is_empty() {
            unused.push(sheet.name.to_string());
        }
        if let Some(draft) = found.form {
            drafts.push(draft);
        }
        match drafts.last_mut() {
            Some(draft) => draft.lists.extend(found.lists),
            None => early.extend(found.lists),
        }
    }
    if !early.is_empty() {
        match drafts.first_mut() {
            Some(draft) => draft.lists.splice(..0, early).for_each(drop),
            None => drafts.push(of_lists(early)),
        }
    }
    for (at, draft) in drafts.iter_mut().enumerate() {
        let wanted = id.filter(|_| at == 0).map_or_else(|| id_of(draft), str::to_owned);
        // An id that was asked for is given, whoever has it.
        draft.id = if id.is_some() && at == 0 { wanted } else { forms.give(&wanted, '-') };
        name_lists(draft);
    }
    let all = measures.learned();
    let forms = drafts.into_iter().map(|draft| {
        let used = used_measures(&draft);
        let measures: Vec<NewMeasure> =
            all.iter().filter(|measure| used.contains(measure.id.as_str())).cloned().collect();
        let text = write::write(&draft, known, file, &measures);
        Form { measures, text, draft }
    });
    Adopted { forms: forms.collect(), unused }
}

#[derive(Default)]
struct Found {
    form: Option<Draft>,
    lists: Vec<List>,
}

fn read_sheet(sheet: &Sheet, measures: &mut Measures, fields: &mut Names) -> Found {
    let grid = Grid::new(sheet);
    let tables = table::tables(&grid);
    let mut found = Found::default();
    let Some(first) = tables.first() else { return found };
    let head = head::read(&grid, first.first);
    let mut after = None;
    let mut places = Vec::new();
    let place = |table: &table::Table| {
        let col = table.columns.first().map_or(0, |column| column.at.col);
        format!("{}!{}", sheet.name, CellRef::new(table.first, col))
    };
    for (at, table) in tables.iter().enumerate() {
        let measure = head.measure.as_deref();
        let body = if found.form.is_none() { lines::read(&grid, table, measure, measures, fields) } else { None };
        if let Some(body) = body {
            found.form = Some(form(sheet, &head, body, at == 0));
        } else if let Some(list) = list::read(&grid, table, after, measure, measures) {
            found.lists.push(list);
            places.push(place(table));
        } else if let Some(form) = &mut found.form {
            form.doubts.push(Doubt::Below(place(table)));
        }
        after = grid.rows[..table.body.end].last().map(|row| row.at);
    }
    if let Some(form) = &mut found.form {
        if grid.is_cut {
            form.doubts.push(Doubt::TooLong);
        }
        for (list, place) in found.lists.iter_mut().zip(places) {
            list.doubts.push(Doubt::ListOnForm(place));
        }
    }
    found
}

fn form(sheet: &Sheet, head: &Head, body: lines::Body, is_first: bool) -> Draft {
    let mut doubts = body.doubts;
    let title = head.title.clone().filter(|_| is_first);
    if title.is_none() {
        doubts.push(Doubt::Title);
    }
    let heading = |column: &Option<table::Column>| column.as_ref().map_or_else(String::new, |it| it.leaf().to_owned());
    Draft {
        id: String::new(),
        sheet: tab(&sheet.name),
        number: head.number.clone(),
        used_by: head.used_by.clone(),
        title_at: title.as_ref().map(|(_, at)| *at),
        title: title.map_or_else(|| sheet.name.trim().to_owned(), |(text, _)| text),
        heading: head.heading.clone(),
        year: head.year,
        headings: Headings {
            tt: heading(&body.parts.tt),
            label: body.parts.label.leaf().to_owned(),
            measure: heading(&body.parts.measure),
            note: heading(&body.parts.note),
        },
        columns: body.columns,
        sections: body.sections,
        lists: Vec::new(),
        doubts,
    }
}

/// A workbook of nothing but lists.
fn of_lists(lists: Vec<List>) -> Draft {
    let first = &lists[0];
    Draft {
        id: String::new(),
        // A tab of its own, apart from those of the lists.
        sheet: tab(&format!("Biểu {}", first.found_on)),
        number: String::new(),
        used_by: String::new(),
        title: first.title.clone(),
        title_at: None,
        heading: String::new(),
        year: None,
        headings: Headings::default(),
        columns: Vec::new(),
        sections: Vec::new(),
        lists,
        doubts: Vec::new(),
    }
}

/// The number tells forms apart where it has one; else the title.
fn id_of(draft: &Draft) -> String {
    let has_digit = draft.number.contains(|c: char| c.is_ascii_digit());
    let number = if has_digit { slug(&draft.number, '-') } else { String::new() };
    [number, slug_of_title(&draft.title, '-'), slug(&draft.sheet, '-')]
        .into_iter()
        .find(|id| !id.is_empty())
        .unwrap_or_else(|| "bieu".to_owned())
}

/// Each list has an id and a tab that no other one has.
fn name_lists(draft: &mut Draft) {
    let mut ids = Names::default();
    let mut tabs = vec![draft.sheet.to_lowercase()];
    for list in &mut draft.lists {
        list.id = ids.give(&list.id, '_');
        let own = tab(&list.found_on);
        let mut name = own.clone();
        let mut next = 2u32;
        while tabs.contains(&name.to_lowercase()) {
            let tail = format!(" ({next})");
            name = own.chars().take(TAB_CHARS - tail.len()).collect::<String>() + &tail;
            next += 1;
        }
        tabs.push(name.to_lowercase());
        list.sheet = name;
    }
}

/// A name that every program takes for a tab.
fn tab(name: &str) -> String {
    let fit: String = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let fit: String = fit.trim().trim_matches('\'').trim().chars().take(TAB_CHARS).collect();
    if fit.is_empty() { "Biểu".to_owned() } else { fit.trim_end_matches('\'').to_owned() }
}

fn used_measures(draft: &Draft) -> BTreeSet<&str> {
    let any_asked = draft.columns.iter().any(|column| column.own.is_none());
    let lines = draft.lines().filter(|_| any_asked).map(|line| &line.value);
    let columns = draft.columns.iter().filter_map(|column| column.own.as_ref());
    let lists = draft.lists.iter().flat_map(|list| &list.columns).map(|column| &column.value);
    lines.chain(columns).chain(lists).filter_map(|value| value.measure.as_deref()).collect()
}
