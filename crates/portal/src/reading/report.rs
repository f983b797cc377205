//! The report about one file, as it is kept and shown again years later, whatever the definition
//! says by then: with all its words, in both languages.
//!
//! In:  a checked file.
//! Out: JSON; and the submissions of the store. Names of fields never change their meaning.

use super::shown;
use crate::site::Site;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thidua_model::issue::Severity;
use thidua_model::{Issue, Lang, Place, SubmissionStatus};
use thidua_pipeline::Checked;
use thidua_pipeline::validate::{FileStatus, ReadValue, groups};
use thidua_store::{Fact, NewSubmission, Status};

/// Mistakes of a group and places of a mistake that a report keeps; the others are counted.
const MISTAKES: usize = 40;
const PLACES: usize = 40;
/// Cells and sheets that the account lists.
const LISTED: usize = 60;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Both {
    pub(crate) vi: String,
    pub(crate) en: String,
}

impl Both {
    pub(crate) fn new(vi: &str, en: &str) -> Self {
        Self { vi: vi.to_owned(), en: en.to_owned() }
    }

    pub(crate) fn same(text: &str) -> Self {
        Self::new(text, text)
    }

    fn told(tell: impl Fn(Lang) -> String) -> Self {
        Self { vi: tell(Lang::Vi), en: tell(Lang::En) }
    }

    pub(crate) fn of(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.vi.clone(),
            Lang::En => self.en.clone(),
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Report {
    /// A word of [`SubmissionStatus`], or `document`.
    pub(crate) status: String,
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) parts: Vec<Part>,
    pub(crate) groups: Vec<Group>,
    pub(crate) account: Option<Account>,
}

/// One form of one unit and period.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) unit: String,
    pub(crate) period: String,
    pub(crate) form: String,
    pub(crate) title: Both,
    pub(crate) status: String,
    pub(crate) values: Vec<Value>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Value {
    /// Absent in reports that were made before corrections were.
    #[serde(default)]
    pub(crate) field: Option<String>,
    pub(crate) label: String,
    pub(crate) value: Both,
    pub(crate) cell: String,
    pub(crate) mark: Both,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) fix: Option<Both>,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) more: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mistake {
    pub(crate) sentence: Both,
    pub(crate) fix: Option<Both>,
    /// Place, and the label that stands there.
    pub(crate) places: Vec<(String, Option<String>)>,
    pub(crate) more: u64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) read: u64,
    pub(crate) template: u64,
    pub(crate) outside: u64,
    pub(crate) outside_cells: Vec<String>,
    pub(crate) unused: u64,
    pub(crate) unused_sheets: Vec<String>,
    pub(crate) own: u64,
    pub(crate) empty: u64,
    pub(crate) formulas: u64,
}

/// The report about a file.
pub(super) fn of(site: &Site, checked: &Checked) -> Report {
    let status = match checked.status {
        FileStatus::Read(_) => overall(checked).as_str().to_owned(),
        FileStatus::NotRead(_) => "document".to_owned(),
    };
    Report {
        status,
        errors: checked.count(Severity::Error) as u64,
        warnings: checked.count(Severity::Warning) as u64,
        parts: parts(site, checked),
        groups: groups(&checked.issues).iter().map(group).collect(),
        account: checked.account.as_ref().map(|account| Account {
            read: account.read,
            template: account.template,
            outside: account.outside.len() as u64,
            outside_cells: account.outside.iter().take(LISTED).map(|(sheet, at)| format!("{sheet} › {at}")).collect(),
            unused: account.unused.iter().map(|(_, cells)| cells).sum(),
            unused_sheets: account.unused.iter().take(LISTED).map(|(sheet, _)| sheet.to_string()).collect(),
            own: account.own,
            empty: account.empty,
            formulas: account.formulas,
        }),
    }
}

/// What became of the file, after forms of others were refused.
pub(super) fn overall(checked: &Checked) -> SubmissionStatus {
    let statuses: Vec<SubmissionStatus> = checked.submissions.iter().map(|it| it.status).collect();
    worst(&statuses, checked.count(Severity::Error) > 0, checked.count(Severity::Warning) > 0)
}

/// One word for several forms, or for several sheets of one.
fn worst(statuses: &[SubmissionStatus], has_error: bool, has_warning: bool) -> SubmissionStatus {
    use SubmissionStatus::{Accepted, AcceptedWithWarnings, PartlyAccepted, Rejected};
    let counts = statuses.iter().filter(|status| status.counts()).count();
    if counts == 0 {
        Rejected
    } else if has_error || counts < statuses.len() || statuses.contains(&PartlyAccepted) {
        PartlyAccepted
    } else if has_warning || statuses.contains(&AcceptedWithWarnings) {
        AcceptedWithWarnings
    } else {
        Accepted
    }
}

type Key = (String, String, String);

/// The sheets of one unit, period and form together, in order of the first.
fn together(site: &Site, checked: &Checked) -> Vec<(Key, Vec<usize>)> {
    let mut order: Vec<(Key, Vec<usize>)> = Vec::new();
    let mut found: BTreeMap<Key, usize> = BTreeMap::new();
    for (at, it) in checked.submissions.iter().enumerate() {
        let period = site.campaign.period(it.period).id.as_str();
        let key = (site.code(it.unit).to_owned(), period.to_owned(), it.form.as_str().to_owned());
        let place = *found.entry(key.clone()).or_insert_with(|| {
            order.push((key, Vec::new()));
            order.len() - 1
        });
        order[place].1.push(at);
    }
    order
}

fn status_of(checked: &Checked, sheets: &[usize]) -> SubmissionStatus {
    let statuses: Vec<SubmissionStatus> = sheets.iter().map(|&at| checked.submissions[at].status).collect();
    worst(&statuses, false, false)
}

fn parts(site: &Site, checked: &Checked) -> Vec<Part> {
    let of_key = |((unit, period, form), sheets): (Key, Vec<usize>)| {
        let defined = site.campaign.forms.iter().find(|it| it.id.as_str() == form);
        let title = defined.map_or_else(|| Both::same(&form), |it| Both::new(&it.title.vi, &it.title.en));
        let values = sheets.iter().flat_map(|&at| {
            let sheet = &checked.submissions[at].sheet;
            checked.values[at].iter().map(move |value| Value {
                field: Some(site.campaign.field(value.field).id.as_str().to_owned()),
                label: site.campaign.field(value.field).label.to_string(),
                value: shown::value(&site.campaign, value),
                cell: value.cell.map_or_else(String::new, |cell| format!("{sheet} › {cell}")),
                mark: shown::mark(value.mark),
            })
        });
        let status = status_of(checked, &sheets).as_str().to_owned();
        Part { values: values.collect(), unit, period, form, title, status }
    };
    together(site, checked).into_iter().map(of_key).collect()
}

/// The submissions of a file for the store.
pub(super) fn submissions(site: &Site, checked: &Checked) -> Vec<NewSubmission> {
    let of_key = |((unit, period, form), sheets): (Key, Vec<usize>)| {
        let facts = sheets.iter().flat_map(|&at| {
            let sheet = checked.submissions[at].sheet.to_string();
            checked.values[at].iter().map(move |value| fact(site, value, &sheet))
        });
        NewSubmission { facts: facts.collect(), status: stored(status_of(checked, &sheets)), unit, period, form }
    };
    together(site, checked).into_iter().map(of_key).collect()
}

fn fact(site: &Site, value: &ReadValue, sheet: &str) -> Fact {
    let raw = value.raw.as_ref().or(value.words.as_ref()).map(|text| text.to_string());
    Fact {
        field: site.campaign.field(value.field).id.as_str().to_owned(),
        value: value.value,
        words: value.words.as_ref().map(|words| words.to_string()),
        mark: Some(value.mark.as_str().to_owned()),
        raw: raw.unwrap_or_else(|| value.value.map_or_else(String::new, |value| value.to_string())),
        sheet: sheet.to_owned(),
        cell: value.cell.map_or_else(String::new, |cell| cell.to_string()),
    }
}

pub(super) fn stored(status: SubmissionStatus) -> Status {
    match status {
        SubmissionStatus::Accepted => Status::Accepted,
        SubmissionStatus::AcceptedWithWarnings => Status::AcceptedWithWarnings,
        SubmissionStatus::PartlyAccepted => Status::PartlyAccepted,
        SubmissionStatus::Rejected | SubmissionStatus::Superseded | SubmissionStatus::Contested => Status::Rejected,
    }
}

fn group(group: &thidua_pipeline::validate::Group<'_>) -> Group {
    let fix = group.fix(Lang::Vi).map(|vi| Both { en: group.fix(Lang::En).unwrap_or_else(|| vi.clone()), vi });
    let mistakes = group.mistakes.iter().take(MISTAKES).map(|mistake| {
        let first: &Issue = mistake.first();
        let places = mistake
            .issues
            .iter()
            .take(PLACES)
            .map(|issue| (place(&issue.place), issue.label.as_ref().map(|label| label.to_string())));
        Mistake {
            sentence: Both::told(|lang| first.message(lang)),
            fix: fix.is_none().then(|| Both::told(|lang| first.fix(lang))),
            places: places.collect(),
            more: mistake.issues.len().saturating_sub(PLACES) as u64,
        }
    });
    Group {
        code: group.code.to_owned(),
        severity: group.severity.as_str().to_owned(),
        mistakes: mistakes.collect(),
        more: group.mistakes.iter().skip(MISTAKES).map(|mistake| mistake.issues.len() as u64).sum(),
        fix,
    }
}

/// As the sender sees it, without the name of the file.
fn place(place: &Place) -> String {
    match place {
        Place::Cell { sheet, cell, .. } => format!("{sheet} › {cell}"),
        Place::Sheet { sheet, .. } => sheet.to_string(),
        Place::File { .. } | Place::Campaign | Place::Definition { .. } => String::new(),
    }
}
