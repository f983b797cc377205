//! What the codes of a campaign mean: levels, kinds, sectors, documents, forms, tables, classes,
//! gates, lists, fields and choices with their titles.
//!
//! Not here: periods, indicators, criteria, clusters, measures, which are lists of their own.

use std::collections::BTreeSet;
use thidua_campaign::{Bilingual, Campaign};
use thidua_model::{Column, ColumnData, Text};

struct Term {
    kind: &'static str,
    code: Text,
    within: Option<Text>,
    vi: Text,
    en: Option<Text>,
}

fn titled(kind: &'static str, code: &str, within: Option<&str>, title: &Bilingual) -> Term {
    let (vi, en) = (title.vi.clone(), Some(title.en.clone()));
    Term { kind, code: code.into(), within: within.map(Text::from), vi, en }
}

fn labelled(kind: &'static str, code: &str, within: Option<&str>, label: &Text) -> Term {
    Term { kind, code: code.into(), within: within.map(Text::from), vi: label.clone(), en: None }
}

/// In the order of the definition; a term that several forms name stands once.
pub(super) fn terms(campaign: &Campaign) -> Vec<Column> {
    let mut terms: Vec<Term> = Vec::new();
    terms.extend(campaign.levels.iter().map(|it| titled("level", it.id.as_str(), None, &it.title)));
    terms.extend(
        campaign.kinds.iter().map(|it| titled("unit_kind", it.id.as_str(), Some(it.level.as_str()), &it.title)),
    );
    terms.extend(campaign.sectors.iter().map(|it| titled("sector", it.id.as_str(), None, &it.title)));
    terms.extend(campaign.documents.iter().map(|it| titled("document", it.id.as_str(), None, &it.title)));
    terms.extend(campaign.forms.iter().map(|it| titled("form", it.id.as_str(), Some(it.document.as_str()), &it.title)));
    for table in &campaign.tables {
        let id = table.id.as_str();
        terms.push(titled("table", id, None, &table.title));
        terms.extend(table.classes.iter().map(|it| titled("class", it.id.as_str(), Some(id), &it.title)));
        terms.extend(table.gates.iter().map(|it| titled("gate", &it.id, Some(id), &it.title)));
    }
    for field in &campaign.fields {
        let id = field.id.as_str();
        terms.push(labelled("field", id, None, &field.label));
        terms.extend(field.choices.iter().map(|(choice, label)| labelled("choice", choice, Some(id), label)));
    }
    for form in &campaign.forms {
        for list in &form.lists {
            terms.push(titled("list", list.id.as_str(), Some(form.id.as_str()), &list.title));
            for column in &list.columns {
                let within = format!("{}.{}", list.id, column.id);
                terms.extend(column.choices.iter().map(|(id, label)| labelled("choice", id, Some(&within), label)));
            }
        }
    }
    let mut known = BTreeSet::new();
    terms.retain(|it| known.insert((it.kind, it.code.clone(), it.within.clone())));
    let column = |name: &str, value: fn(&Term) -> Option<Text>| Column {
        name: name.into(),
        data: ColumnData::Text(terms.iter().map(value).collect()),
    };
    vec![
        column("kind", |it| Some(it.kind.into())),
        column("code", |it| Some(it.code.clone())),
        column("within", |it| it.within.clone()),
        column("title_vi", |it| Some(it.vi.clone())),
        column("title_en", |it| it.en.clone()),
    ]
}
