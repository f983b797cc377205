//! What the definition lists, as tables beside those of the stages: one machinery asks them all.

use crate::lists;
use std::collections::BTreeMap;
use thidua_campaign::{Accumulation, Campaign, Direction, Item, Operator, Shape};
use thidua_model::date::days;
use thidua_model::{Column, ColumnData, Measure, Table, Text};
use thidua_release::Manifest;
use thidua_release::open::Packed;

/// By the name of the list's table.
pub(super) fn tables(campaign: &Campaign, manifest: &Manifest) -> BTreeMap<&'static str, Packed> {
    [
        (lists::PERIODS.table, periods(campaign, manifest)),
        (lists::INDICATORS.table, indicators(campaign)),
        (lists::CRITERIA.table, criteria(campaign)),
        (lists::CLUSTERS.table, clusters(campaign)),
        (lists::MEASURES.table, measures(campaign)),
        (lists::TERMS.table, super::terms::terms(campaign)),
    ]
    .into_iter()
    .map(|(name, columns)| (name, Packed::of(&Table { name: name.into(), columns })))
    .collect()
}

fn text<T>(name: &str, of: &[T], value: impl Fn(&T) -> Option<Text>) -> Column {
    Column { name: name.into(), data: ColumnData::Text(of.iter().map(value).collect()) }
}

fn int<T>(name: &str, of: &[T], value: impl Fn(&T) -> Option<i64>) -> Column {
    Column { name: name.into(), data: ColumnData::Int(of.iter().map(value).collect()) }
}

fn flag<T>(name: &str, of: &[T], value: impl Fn(&T) -> bool) -> Column {
    Column { name: name.into(), data: ColumnData::Bool(of.iter().map(|it| Some(value(it))).collect()) }
}

fn periods(campaign: &Campaign, manifest: &Manifest) -> Vec<Column> {
    let of = &campaign.periods;
    let date = |name: &str, value: fn(&thidua_campaign::Period) -> thidua_model::Date| Column {
        name: name.into(),
        data: ColumnData::Date(of.iter().map(|it| Some(days(value(it)))).collect()),
    };
    vec![
        text("period", of, |it| Some(it.id.text())),
        text("title_vi", of, |it| Some(it.title.vi.clone())),
        text("title_en", of, |it| Some(it.title.en.clone())),
        date("from", |it| it.from),
        date("to", |it| it.to),
        date("as_of", |it| it.as_of),
        flag("is_judged", of, |it| it.is_judged),
        flag("is_included", of, |it| manifest.periods.iter().any(|run| run.id == it.id.as_str())),
    ]
}

fn indicators(campaign: &Campaign) -> Vec<Column> {
    let of = &campaign.indicators;
    let shape = |shape| match shape {
        Shape::Share => "share",
        Shape::Value => "value",
        Shape::Flag => "flag",
    };
    let accumulation = |kind| match kind {
        Accumulation::Cumulative => "cumulative",
        Accumulation::State => "state",
        Accumulation::Yearly => "yearly",
        Accumulation::YearToDate => "year_to_date",
    };
    let levels =
        |it: &thidua_campaign::Indicator| it.levels.iter().map(|level| level.as_str()).collect::<Vec<_>>().join(" ");
    vec![
        text("indicator", of, |it| Some(it.id.text())),
        text("title_vi", of, |it| Some(it.title.vi.clone())),
        text("title_en", of, |it| Some(it.title.en.clone())),
        text("shape", of, |it| Some(shape(it.shape).into())),
        text("measure", of, |it| Some(it.measure.text())),
        int("decimals", of, |it| Some(i64::from(it.decimals))),
        text("operator", of, |it| Some(it.target.operator.as_str().into())),
        int("low", of, |it| (it.target.operator != Operator::Yes).then_some(it.target.low)),
        int("high", of, |it| it.target.high),
        int("target_decimals", of, |it| campaign.measure(&it.measure).map(|measure| i64::from(measure.decimals))),
        flag("lower_is_better", of, |it| it.direction == Direction::LowerIsBetter),
        text("levels", of, |it| Some(levels(it).into())),
        text("accumulation", of, |it| Some(accumulation(it.accumulation).into())),
        flag("is_part_of_whole", of, |it| it.is_part_of_whole),
        text("numerator", of, |it| Some(it.numerator.text().into())),
        text("denominator", of, |it| it.denominator.as_ref().map(|formula| formula.text().into())),
        text("department", of, |it| Some(it.department.clone())),
        text("source", of, |it| Some(it.source.clone())),
        text("note_vi", of, |it| Some(it.note.vi.clone())),
        text("note_en", of, |it| Some(it.note.en.clone())),
    ]
}

fn criteria(campaign: &Campaign) -> Vec<Column> {
    let of: Vec<_> = campaign
        .tables
        .iter()
        .flat_map(|table| table.criteria.iter().enumerate().map(move |(at, criterion)| (table, at, criterion)))
        .collect();
    vec![
        text("criterion", &of, |(_, _, it)| Some(it.id.text())),
        text("table", &of, |(table, ..)| Some(table.id.text())),
        text("usage", &of, |(table, ..)| Some(table.usage.as_str().into())),
        text("parent", &of, |(table, _, it)| it.parent.map(|parent| table.criteria[parent].id.text())),
        int("position", &of, |(_, at, _)| i64::try_from(*at + 1).ok()),
        text("title_vi", &of, |(.., it)| Some(it.title.vi.clone())),
        text("title_en", &of, |(.., it)| Some(it.title.en.clone())),
        int("max", &of, |(.., it)| Some(it.max.0)),
        text("method", &of, |(.., it)| it.item.as_ref().map(|item| item.method().into())),
        text("indicator", &of, |(.., it)| {
            let indicator = it.item.as_ref().and_then(Item::indicator);
            indicator.map(|at| campaign.indicators[at].id.text())
        }),
        text("aggregate", &of, |(.., it)| it.item.is_none().then(|| it.aggregate.as_str().into())),
        int("weight", &of, |(.., it)| Some(it.weight.0)),
        text("source", &of, |(.., it)| Some(it.source.as_str().into())),
    ]
}

fn clusters(campaign: &Campaign) -> Vec<Column> {
    let of = &campaign.clusters;
    vec![
        text("cluster", of, |it| Some(it.id.text())),
        text("title_vi", of, |it| Some(it.title.vi.clone())),
        text("title_en", of, |it| Some(it.title.en.clone())),
    ]
}

fn measures(campaign: &Campaign) -> Vec<Column> {
    let of: &[Measure] = &campaign.measures;
    vec![
        text("measure", of, |it| Some(it.id.text())),
        text("label_vi", of, |it| Some(it.label.clone())),
        text("label_en", of, |it| Some(it.label_en.clone())),
        int("decimals", of, |it| Some(i64::from(it.decimals))),
    ]
}
