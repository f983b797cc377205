//! What reading looks for, prepared once from the definition.
//!
//! In:  the campaign.
//! Out: for each form its labels in order, for each list its headings, and the words around them.
//!
//! Not here: finding them on a sheet (`locate`, `lists`).

use crate::names::NameIndex;
use std::collections::HashMap;
use thidua_campaign::Campaign;
use thidua_model::text::fold;
use thidua_model::{Date, Measure, MeasureId, PeriodIx};
use thidua_texts::labels::{Key, Vocabulary};

/// Years before the campaign's first and after its last that a date may lie in: people are born,
/// unions founded and houses planned there. Beyond them a digit was mistyped.
const YEARS_BEFORE: i16 = 80;
const YEARS_AFTER: i16 = 10;

pub(crate) struct Plan<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) words: Vocabulary,
    /// Aligned with the campaign's forms.
    pub(crate) forms: Vec<FormPlan>,
    pub(crate) lists: Vec<ListPlan>,
    pub(crate) heads: Headings,
    pub(crate) names: NameIndex,
    /// `Đơn vị báo cáo :`.
    pub(crate) sender_label: Option<Key>,
    /// The first and the last day that a cell is believed.
    pub(crate) dates: (Date, Date),
    measures: HashMap<MeasureId, usize>,
}

pub(crate) struct FormPlan {
    pub(crate) items: Vec<Item>,
    /// For each section the item of its own heading, beside which its tick stands.
    pub(crate) ticks: Vec<Option<usize>>,
    /// Keys of the items, sorted, each once.
    pub(crate) labels: Vec<Key>,
    /// Number, title and heading, which tell versions apart.
    pub(crate) marks: Vec<Key>,
    /// Headings of the value columns.
    pub(crate) values: Vec<(Option<Key>, String)>,
    /// Aligned with `values`: the headings above one another, top down; empty for a plain one.
    pub(crate) paths: Vec<Vec<Key>>,
    /// Folded; empty when the form has none.
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) sheet: String,
    pub(crate) periods: Vec<PeriodIx>,
}

impl FormPlan {
    pub(crate) fn has_label(&self, key: Key) -> bool {
        self.labels.binary_search(&key).is_ok()
    }
}

/// A label of a form, in the order of the sheet.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) key: Option<Key>,
    /// Without dots: `1.` and `1` are the same number.
    pub(crate) tt: String,
    pub(crate) measure: String,
    /// Section and line; `None` for a heading, which only helps to tell repeated lines apart.
    pub(crate) line: Option<(usize, usize)>,
    /// It says something of the line above it: "- Trong đó: nữ", "+ Số người được tính".
    pub(crate) is_part: bool,
}

pub(crate) struct ListPlan {
    pub(crate) form: usize,
    pub(crate) list: usize,
    pub(crate) columns: Vec<Option<Key>>,
    pub(crate) title: String,
    pub(crate) sheet: String,
}

/// Words that forms print around their lines.
pub(crate) struct Headings {
    pub(crate) tt: Vec<Key>,
    pub(crate) label: Vec<Key>,
    pub(crate) measure: Vec<Key>,
    pub(crate) note: Vec<Key>,
}

const FOOTER: &[&str] = &[
    "NGƯỜI LẬP BIỂU",
    "TM. BAN CHẤP HÀNH",
    "TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH",
    "(Ký, ghi rõ họ tên)",
    "(Ký tên, đóng dấu)",
    "Công đoàn cấp trên :",
    SENDER,
];

/// Stands between a heading and the one above it: `Năm 2014 › Nữ`.
const ABOVE: char = '›';

const SENDER: &str = "Đơn vị báo cáo :";

impl<'a> Plan<'a> {
    pub(crate) fn new(campaign: &'a Campaign) -> Self {
        let mut words = Vocabulary::default();
        let mut learn = |texts: &[&str]| texts.iter().filter_map(|text| words.learn_heading(text)).collect();
        let mut heads = Headings {
            tt: learn(&["TT", "STT", "Số TT", "Mã số"]),
            label: learn(&["Nội dung", "Chỉ tiêu", "Nội dung chấm điểm", "Nội dung, tiêu chí", "Tiêu chí"]),
            measure: learn(&["Đơn vị tính", "ĐVT", "Điểm chuẩn"]),
            note: learn(&["Ghi chú", "Diễn giải"]),
        };
        // What the forms call these columns.
        for form in &campaign.forms {
            let own = [
                (&mut heads.tt, &form.tt_heading),
                (&mut heads.label, &form.label_heading),
                (&mut heads.measure, &form.measure_heading),
                (&mut heads.note, &form.note_heading),
            ];
            for (known, text) in own {
                if let Some(key) = words.learn_heading(text).filter(|key| !known.contains(key)) {
                    known.push(key);
                }
            }
        }
        // The footer; known so that it is not listed as outside of the form.
        for text in FOOTER {
            words.learn(text);
        }
        let sender_label = words.learn(SENDER);
        let forms: Vec<FormPlan> = campaign.forms.iter().map(|form| form_plan(campaign, form, &mut words)).collect();
        let mut lists = Vec::new();
        for (at, form) in campaign.forms.iter().enumerate() {
            for (list_at, list) in form.lists.iter().enumerate() {
                words.learn(&list.title.vi);
                lists.push(ListPlan {
                    form: at,
                    list: list_at,
                    columns: list.columns.iter().map(|column| words.learn_heading(&column.label)).collect(),
                    title: fold(&list.title.vi),
                    sheet: fold(&list.sheet),
                });
            }
        }
        let measures = campaign.measures.iter().enumerate().map(|(at, measure)| (measure.id.clone(), at)).collect();
        Self {
            campaign,
            words,
            forms,
            lists,
            heads,
            names: NameIndex::new(campaign),
            sender_label,
            dates: believable(campaign),
            measures,
        }
    }

    pub(crate) fn measure(&self, id: Option<&MeasureId>) -> Option<&'a Measure> {
        self.measures.get(id?).map(|&at| &self.campaign.measures[at])
    }
}

/// The first and the last day that a cell is believed.
pub(crate) fn believable(campaign: &Campaign) -> (Date, Date) {
    let years = campaign.periods.iter().flat_map(|period| [period.from.year(), period.to.year()]);
    let first = years.clone().min().unwrap_or(campaign.year) - YEARS_BEFORE;
    let last = years.max().unwrap_or(campaign.year) + YEARS_AFTER;
    let new = |year: i16, month, day| Date::new(year.clamp(1, 9999), month, day).unwrap_or(Date::MIN);
    (new(first, 1, 1), new(last, 12, 31))
}

fn form_plan(campaign: &Campaign, form: &thidua_campaign::Form, words: &mut Vocabulary) -> FormPlan {
    let marks = [&form.number, &form.used_by, &form.title.vi, &form.heading];
    let marks = marks.into_iter().filter_map(|text| words.learn(text)).collect();
    let mut items = Vec::new();
    let mut title: &str = "";
    let heading = |text: &str, words: &mut Vocabulary| Item {
        key: words.learn(text),
        tt: String::new(),
        measure: String::new(),
        line: None,
        is_part: false,
    };
    let mut ticks = Vec::new();
    for (section_at, section) in form.sections.iter().enumerate() {
        // Sections that share a title print it once.
        if !section.title.is_empty() && *section.title != *title {
            items.push(heading(&section.title, words));
        }
        title = &section.title;
        if let Some(subtitle) = section.subtitle.as_deref().filter(|subtitle| !subtitle.is_empty()) {
            items.push(heading(subtitle, words));
        }
        ticks.push(form.has_own_heading(section_at).then(|| items.len() - 1));
        for (line_at, line) in section.lines.iter().enumerate() {
            items.push(Item {
                key: words.learn(&line.label),
                tt: fold(&line.tt),
                measure: fold(&line.measure_label),
                line: Some((section_at, line_at)),
                is_part: is_part(&line.label),
            });
        }
    }
    let mut headings: Vec<&str> = form.value_columns.iter().map(|heading| &**heading).collect();
    if headings.is_empty() {
        headings.push("Số lượng");
    }
    let path = |heading: &&str, words: &mut Vocabulary| -> Vec<Key> {
        let parts: Vec<&str> = heading.split(ABOVE).collect();
        if parts.len() < 2 { Vec::new() } else { parts.iter().filter_map(|part| words.learn_heading(part)).collect() }
    };
    let paths = headings.iter().map(|heading| path(heading, words)).collect();
    let mut labels: Vec<Key> = items.iter().filter_map(|item| item.key).collect();
    labels.sort_unstable();
    labels.dedup();
    FormPlan {
        items,
        ticks,
        labels,
        marks,
        paths,
        values: headings.iter().map(|heading| (words.learn_heading(heading), (*heading).to_owned())).collect(),
        number: fold(&form.number),
        title: fold(&form.title.vi),
        sheet: fold(&form.sheet),
        periods: periods_of(campaign, form),
    }
}

fn is_part(label: &str) -> bool {
    label.trim_start().starts_with(['-', '+', '–', '*', '•']) || fold(label).starts_with("trongdo")
}

/// Periods in which the form's document is due; all of them for a document without deadlines.
fn periods_of(campaign: &Campaign, form: &thidua_campaign::Form) -> Vec<PeriodIx> {
    let is_due = |period: &PeriodIx| {
        campaign.period(*period).deadlines.iter().any(|deadline| deadline.document == form.document)
    };
    let due: Vec<PeriodIx> = campaign.period_ixs().filter(is_due).collect();
    if due.is_empty() { campaign.period_ixs().collect() } else { due }
}
