//! What a text says as the value of a field, as if it stood in the field's cell; and back.
//!
//! In:  a field of a form, a text.
//! Out: its meaning; a text that is read as this meaning again; words for people.

use crate::plan::believable;
use thidua_campaign::{Campaign, Form, Line};
use thidua_model::date::{dmy, from_days};
use thidua_model::issue::Words;
use thidua_model::{CellRef, FieldIx, IssueKind, Lang, PeriodIx, Text, UnitIx, ValueKind, numerals};
use thidua_sheets::{Cell, CellValue};
use thidua_texts::values::numbers::show;
use thidua_texts::values::{Asked, Reading, read_cell};

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// There is none.
    Nothing,
    /// The unit says that the field does not concern it.
    NotApplicable,
    /// A number, a flag, a choice or a date, as facts are kept.
    Value(i64),
    Words(Text),
}

/// How a text was understood.
pub(crate) enum Said {
    One(Meaning),
    /// A share with two meanings, and what is wrong with it.
    Either(i64, i64, IssueKind),
    Unread(IssueKind),
}

/// A field of a form as one unit is asked for it in one period.
#[derive(Debug, Clone, Copy)]
pub struct FieldOf<'a> {
    campaign: &'a Campaign,
    field: FieldIx,
    /// As printed beside the cell.
    measure_label: &'a str,
    label: &'a Text,
    is_count_of_units: bool,
}

impl<'a> FieldOf<'a> {
    /// `None`: no form of this id that the unit fills in for the period has the field.
    pub fn find(
        campaign: &'a Campaign,
        unit: UnitIx,
        period: PeriodIx,
        form: &str,
        field: FieldIx,
    ) -> Option<FieldOf<'a>> {
        let date = campaign.period(period).as_of;
        let span = campaign.unit(unit).at(date).unwrap_or(campaign.unit(unit).latest());
        let is_it = |it: &&Form| it.id.as_str() == form && it.is_for(campaign, span);
        let is_valid = |it: &&Form| it.valid_from <= date && it.valid_to.is_none_or(|to| date <= to);
        let forms = || campaign.forms.iter().filter(is_it);
        let found = forms().filter(is_valid).chain(forms()).find_map(|form| Self::of_form(campaign, form, field))?;
        Some(Self { is_count_of_units: Self::counts_units(campaign, unit, period, field), ..found })
    }

    fn of_form(campaign: &'a Campaign, form: &'a Form, field: FieldIx) -> Option<FieldOf<'a>> {
        let of = |label, measure_label| Self { campaign, field, measure_label, label, is_count_of_units: false };
        let mut lines = form.sections.iter().flat_map(|section| &section.lines);
        let column = |line: &Line| line.fields.iter().position(|it| *it == Some(field));
        if let Some((line, column)) = lines.find_map(|line| Some((line, column(line)?))) {
            return Some(of(&line.label, form.printed_measure(line, column)));
        }
        let is_counted = form.lists.iter().flat_map(|list| &list.counts).any(|count| count.field == field);
        is_counted.then(|| of(&campaign.field(field).label, ""))
    }

    /// A yes or no of the grassroots is a number of units above it.
    fn counts_units(campaign: &Campaign, unit: UnitIx, period: PeriodIx, field: FieldIx) -> bool {
        let unit = campaign.unit(unit);
        let span = unit.at(campaign.period(period).as_of).unwrap_or(unit.latest());
        campaign.field(field).kind == ValueKind::Flag && !campaign.is_grassroots(span)
    }

    /// As the form prints it.
    pub fn label(&self) -> &'a Text {
        self.label
    }

    /// What is printed behind a value; empty for words and dates.
    pub fn measure(&self, lang: Lang) -> &'a str {
        let measure = self.campaign.field(self.field).measure.as_ref().and_then(|id| self.campaign.measure(id));
        match (measure, lang) {
            (None, _) => "",
            (Some(measure), Lang::Vi) => &measure.label,
            (Some(measure), Lang::En) => &measure.label_en,
        }
    }

    /// What a text says, as if somebody had typed it into the cell.
    ///
    /// # Errors
    /// What is wrong with it: no value of the field, or one that can be read in two ways.
    pub fn read(&self, text: &str) -> Result<Meaning, Box<IssueKind>> {
        match self.said(text) {
            Said::One(meaning) => Ok(meaning),
            Said::Either(_, _, issue) | Said::Unread(issue) => Err(Box::new(issue)),
        }
    }

    pub(crate) fn said(&self, text: &str) -> Said {
        let text = text.trim();
        if text.is_empty() {
            return Said::One(Meaning::Nothing);
        }
        let campaign = self.campaign;
        let known = campaign.field(self.field);
        let cell = Cell {
            at: CellRef::default(),
            value: CellValue::Text(text.into()),
            is_formula: false,
            is_percent: false,
            font: 0,
        };
        let asked = Asked {
            kind: known.kind,
            measure: known.measure.as_ref().and_then(|id| campaign.measure(id)),
            measure_label: self.measure_label,
            choices: &known.choices,
            is_count_of_units: self.is_count_of_units,
            may_be_formula: false,
            dates: believable(campaign),
            font: None,
        };
        let mut issues = Vec::new();
        Said::One(match read_cell(Some(&cell), asked, &mut issues) {
            Reading::Blank => Meaning::Nothing,
            Reading::Nothing => Meaning::Value(0),
            Reading::NotApplicable => Meaning::NotApplicable,
            Reading::Int(value) => Meaning::Value(value),
            Reading::Text(words) => Meaning::Words(words),
            Reading::Unclear(two) => return Said::Either(two.one, two.other, two.issue),
            Reading::Rejected => {
                let issue = issues.into_iter().last();
                return Said::Unread(issue.unwrap_or_else(|| IssueKind::NotANumber { found: text.into() }));
            }
        })
    }

    /// A text that is read as this meaning.
    pub fn written(&self, meaning: &Meaning) -> Text {
        match meaning {
            Meaning::Nothing => "".into(),
            Meaning::NotApplicable => "không áp dụng".into(),
            Meaning::Words(words) => words.clone(),
            Meaning::Value(value) => match self.word(*value) {
                Some(words) => words.vi,
                None => show((*value).into(), self.decimals() as u8).into(),
            },
        }
    }

    /// For people, with its measure.
    pub fn shown(&self, meaning: &Meaning) -> Words {
        let words = |vi: &str, en: &str| Words { vi: vi.into(), en: en.into() };
        match meaning {
            Meaning::Nothing => words("(không có giá trị)", "(no value)"),
            Meaning::NotApplicable => words("(không áp dụng)", "(not applicable)"),
            Meaning::Words(text) => words(&format!("“{text}”"), &format!("\"{text}\"")),
            Meaning::Value(value) => self.word(*value).unwrap_or_else(|| {
                let tell = |lang| {
                    let number = numerals::number(*value, self.decimals(), lang);
                    let measure = if self.is_count_of_units { "" } else { self.measure(lang) };
                    match measure {
                        "" => number,
                        "%" => format!("{number}%"),
                        measure => format!("{number} {measure}"),
                    }
                };
                words(&tell(Lang::Vi), &tell(Lang::En))
            }),
        }
    }

    fn decimals(&self) -> u32 {
        let field = self.campaign.field(self.field);
        let measure = field.measure.as_ref().and_then(|id| self.campaign.measure(id));
        measure.filter(|_| !self.is_count_of_units).map_or(0, |measure| u32::from(measure.decimals))
    }

    /// Of what is no number.
    fn word(&self, value: i64) -> Option<Words> {
        let field = self.campaign.field(self.field);
        let same = |text: &str| Words { vi: text.into(), en: text.into() };
        match field.kind {
            ValueKind::Flag if self.is_count_of_units => None,
            ValueKind::Flag if value == 1 => Some(Words { vi: "Có".into(), en: "yes".into() }),
            ValueKind::Flag if value == 0 => Some(Words { vi: "Không".into(), en: "no".into() }),
            ValueKind::Choice => {
                let choice = usize::try_from(value).ok().and_then(|at| field.choices.get(at));
                choice.map(|(_, label)| same(label))
            }
            ValueKind::Date => from_days(value).map(|date| same(&dmy(date))),
            ValueKind::Flag | ValueKind::Number | ValueKind::Text => None,
        }
    }
}
