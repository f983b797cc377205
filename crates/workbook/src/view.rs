//! The release beside its campaign, with the look-ups that every sheet needs.
//!
//! In:  a campaign and a release made of it.
//! Out: names, orders and typed rows.

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, Indicator, Shape};
use thidua_model::date::dmy;
use thidua_model::rows::{CoverageRow, IndicatorRow};
use thidua_model::{FieldIx, PeriodIx, Record, Table, Text, UnitIx};
use thidua_release::Frozen;
use thidua_release::explain::telling_decimals;

use crate::shortened::Shortened;
use crate::table::Cell;
use crate::words;

pub(crate) struct View<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) release: &'a Frozen,
    /// The periods of the run, in order of time.
    pub(crate) periods: Vec<PeriodIx>,
    /// The last period of the run.
    pub(crate) last: PeriodIx,
    is_part: bool,
    short: Shortened,
    pub(crate) indicators: Vec<IndicatorRow>,
    pub(crate) coverage: Vec<CoverageRow>,
    /// Units in order of the hierarchy: the root, then each unit below it followed by its own. The root of a
    /// part is the unit that the part is of.
    pub(crate) order: Vec<Placed>,
    fields: BTreeMap<Text, FieldIx>,
    by_key: BTreeMap<(Text, Text, Text), usize>,
}

/// A unit and how deep it stands below the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) unit: UnitIx,
    pub(crate) depth: usize,
}

impl<'a> View<'a> {
    /// `None` when the campaign has no period at all.
    /// `top`: the unit that the release is a part of; `None`: all. `short`: tables that stand in the place of the release's.
    pub(crate) fn new(
        campaign: &'a Campaign,
        release: &'a Frozen,
        top: Option<UnitIx>,
        short: Shortened,
    ) -> Option<Self> {
        let mut periods: Vec<PeriodIx> =
            release.manifest.periods.iter().filter_map(|it| campaign.find_period(&it.id)).collect();
        if periods.is_empty() {
            periods = campaign.period_ixs().collect();
        }
        let last = *periods.last()?;
        let indicators: Vec<IndicatorRow> = release.rows();
        let by_key = indicators
            .iter()
            .enumerate()
            .map(|(at, row)| ((row.unit.clone(), row.period.clone(), row.indicator.clone()), at))
            .collect();
        let fields = campaign.fields.iter().zip(0..).map(|(field, at)| (field.id.text(), FieldIx(at))).collect();
        let order = order(campaign, last, top);
        Some(Self {
            campaign,
            release,
            periods,
            last,
            is_part: top.is_some(),
            indicators,
            coverage: short.rows_or(release),
            short,
            order,
            fields,
            by_key,
        })
    }

    pub(crate) fn indicator_row(&self, unit: &str, period: &str, indicator: &str) -> Option<&IndicatorRow> {
        let key = (Text::from(unit), Text::from(period), Text::from(indicator));
        self.by_key.get(&key).map(|&at| &self.indicators[at])
    }

    pub(crate) fn unit_id(&self, unit: UnitIx) -> &'a str {
        self.campaign.unit(unit).id.as_str()
    }

    /// The unit's name at the as-of date of the last period; its code if nobody knows it.
    pub(crate) fn unit_name(&self, code: &str) -> String {
        self.campaign.find_unit(code).map_or_else(|| code.to_owned(), |unit| self.name(unit))
    }

    pub(crate) fn name(&self, unit: UnitIx) -> String {
        let as_of = self.campaign.period(self.last).as_of;
        let unit = self.campaign.unit(unit);
        unit.at(as_of).unwrap_or_else(|| unit.latest()).name.to_string()
    }

    pub(crate) fn parent(&self, unit: UnitIx) -> Option<UnitIx> {
        let as_of = self.campaign.period(self.last).as_of;
        let unit = self.campaign.unit(unit);
        unit.at(as_of).unwrap_or_else(|| unit.latest()).parent
    }

    /// Name of the unit that a unit reports to.
    pub(crate) fn parent_name(&self, code: &str) -> Option<String> {
        Some(self.name(self.parent(self.campaign.find_unit(code)?)?))
    }

    pub(crate) fn sector(&self, code: &str) -> Option<&'a str> {
        let as_of = self.campaign.period(self.last).as_of;
        let unit = self.campaign.unit(self.campaign.find_unit(code)?);
        let sector = unit.at(as_of).unwrap_or_else(|| unit.latest()).sector?;
        Some(&self.campaign.sectors[sector].title.vi)
    }

    /// The unit is below the root and not below another one: superior unions and direct units.
    pub(crate) fn is_direct(&self, placed: &Placed) -> bool {
        placed.depth <= 1
    }

    /// The rows of a stage, as far as they stand in the book.
    pub(crate) fn rows<R: Record>(&self) -> Vec<R> {
        self.short.rows_or(self.release)
    }

    /// A table by name, as far as it stands in the book.
    pub(crate) fn table(&self, name: &str) -> Option<&Table> {
        self.short.tables.get(name).or_else(|| self.release.table(name))
    }

    pub(crate) fn is_shortened(&self, table: &str) -> bool {
        self.short.rows.contains_key(table)
    }

    /// What a sheet says when its table is too long for the book.
    pub(crate) fn short_note(&self, table: &str) -> Option<String> {
        let (kept, all) = self.short.rows.get(table)?;
        let number = |count: &usize| words::number(*count as i64, 0);
        Some(format!(
            "Rút gọn: {} trong {} dòng – của đơn vị đứng đầu và các đơn vị trực thuộc. Các dòng khác ở sổ riêng của từng công \
             đoàn cấp trên và trong bảng {table} của bản phát hành.",
            number(kept),
            number(all)
        ))
    }

    /// Whose book it is: the organisation's, or of the unit at the top of a part.
    pub(crate) fn whose(&self) -> String {
        match self.root().filter(|_| self.is_part) {
            Some(top) => self.name(top),
            None => self.campaign.organisation.vi.to_string(),
        }
    }

    /// The first unit without a parent: the province.
    pub(crate) fn root(&self) -> Option<UnitIx> {
        self.order.first().map(|it| it.unit)
    }

    /// Units right below the root.
    pub(crate) fn below_top(&self) -> impl Iterator<Item = UnitIx> + '_ {
        self.order.iter().filter(|it| it.depth == 1).map(|it| it.unit)
    }

    /// Position in the order of the hierarchy, for sorting.
    pub(crate) fn ranks(&self) -> BTreeMap<&'a str, usize> {
        self.order.iter().enumerate().map(|(at, it)| (self.unit_id(it.unit), at)).collect()
    }

    pub(crate) fn period_title(&self, id: &str) -> String {
        self.campaign
            .find_period(id)
            .map_or_else(|| id.to_owned(), |period| self.campaign.period(period).title.vi.to_string())
    }

    /// `Đợt 2 (số liệu đến 30/11/2014)`.
    pub(crate) fn period_and_date(&self, period: PeriodIx) -> String {
        let period = self.campaign.period(period);
        format!("{} (số liệu đến {})", period.title.vi, dmy(period.as_of))
    }

    pub(crate) fn period_rank(&self, id: &str) -> usize {
        self.campaign.find_period(id).map_or(usize::MAX, |it| usize::from(it.0))
    }

    pub(crate) fn document_title(&self, id: &str) -> String {
        let documents = &self.campaign.documents;
        documents.iter().find(|it| it.id.as_str() == id).map_or_else(|| id.to_owned(), |it| it.title.vi.to_string())
    }

    pub(crate) fn form_number(&self, id: &str) -> String {
        let form = self.campaign.forms.iter().find(|it| it.id.as_str() == id);
        match form {
            Some(form) if !form.number.trim().is_empty() => form.number.to_string(),
            Some(form) => form.title.vi.to_string(),
            None => id.to_owned(),
        }
    }

    pub(crate) fn cluster_title(&self, id: &str) -> String {
        let clusters = &self.campaign.clusters;
        clusters.iter().find(|it| it.id.as_str() == id).map_or_else(|| id.to_owned(), |it| it.title.vi.to_string())
    }

    pub(crate) fn table_title(&self, id: &str) -> String {
        let tables = &self.campaign.tables;
        tables.iter().find(|it| it.id.as_str() == id).map_or_else(|| id.to_owned(), |it| it.title.vi.to_string())
    }

    pub(crate) fn class_title(&self, id: &str) -> String {
        let mut classes = self.campaign.tables.iter().flat_map(|it| &it.classes);
        if let Some(class) = classes.find(|it| it.id.as_str() == id) {
            return class.title.vi.to_string();
        }
        // An official list can say what no table gives: "not classified".
        let lists = self.campaign.forms.iter().flat_map(|form| &form.lists);
        let columns = lists.filter_map(|list| list.columns.get(list.official_class.as_ref()?.class_column));
        let choice = columns.flat_map(|column| &column.choices).find(|(choice, _)| &**choice == id);
        choice.map_or_else(|| id.to_owned(), |(_, label)| label.to_string())
    }

    pub(crate) fn field(&self, id: &str) -> Option<FieldIx> {
        self.fields.get(id).copied()
    }

    pub(crate) fn measure_label(&self, id: Option<&str>) -> &'a str {
        let measures = &self.campaign.measures;
        id.and_then(|id| measures.iter().find(|it| it.id.as_str() == id)).map_or("", |it| &it.label)
    }

    /// Indicators that some unit has in one of the periods, in the order of the definition.
    pub(crate) fn indicators_in(&self, periods: &[PeriodIx]) -> Vec<&'a Indicator> {
        let ids: BTreeSet<&str> = periods.iter().map(|&it| self.campaign.period(it).id.as_str()).collect();
        let seen: BTreeSet<&str> =
            self.indicators.iter().filter(|row| ids.contains(&*row.period)).map(|row| &*row.indicator).collect();
        self.campaign.indicators.iter().filter(|it| seen.contains(it.id.as_str())).collect()
    }

    /// Periods of the run in which verdicts are given; without any, the last.
    pub(crate) fn judged_periods(&self) -> Vec<PeriodIx> {
        let judged: Vec<PeriodIx> =
            self.periods.iter().copied().filter(|&it| self.campaign.period(it).is_judged).collect();
        if judged.is_empty() { vec![self.last] } else { judged }
    }
}

/// The value of a figure, as a number with the decimals it is read with, or why there is none.
pub(crate) fn value_cell(indicator: &Indicator, row: &IndicatorRow, campaign: &Campaign) -> Cell {
    match indicator.shape {
        Shape::Share => match (row.numerator, row.denominator) {
            (Some(numerator), Some(denominator)) if denominator != 0 => {
                let decimals = telling_decimals(indicator, row, campaign);
                Cell::Percent(numerator as f64 / denominator as f64, decimals)
            }
            _ => missing_cell(row),
        },
        Shape::Flag => match row.value.or(row.numerator.map(|it| it as f64)) {
            Some(value) => Cell::centre(words::yes_no(value != 0.0)),
            None => missing_cell(row),
        },
        Shape::Value => row.value.map_or_else(|| missing_cell(row), |value| Cell::Number(value, indicator.decimals)),
    }
}

/// The value on the assumption that missing reports count against the target.
pub(crate) fn pessimistic_cell(indicator: &Indicator, row: &IndicatorRow) -> Cell {
    match (row.pessimistic, indicator.shape) {
        (Some(value), Shape::Share) => Cell::Percent(value / 100.0, indicator.decimals),
        (Some(value), Shape::Flag) => Cell::centre(words::yes_no(value != 0.0)),
        (Some(value), Shape::Value) => Cell::Number(value, indicator.decimals),
        (None, _) => match row.reason {
            Some(reason) => Cell::word(words::short_reason(reason)),
            None => Cell::word("chưa rõ"),
        },
    }
}

fn missing_cell(row: &IndicatorRow) -> Cell {
    Cell::word(row.reason.map_or("chưa có", words::short_reason))
}

/// Depth first from each unit without a parent, units with others below them before the rest.
fn order(campaign: &Campaign, last: PeriodIx, top: Option<UnitIx>) -> Vec<Placed> {
    let as_of = campaign.period(last).as_of;
    let children = campaign.children_at(as_of);
    let parent = |unit: UnitIx| campaign.unit(unit).at(as_of).and_then(|span| span.parent);
    let is_alive = |unit: &UnitIx| campaign.unit(*unit).at(as_of).is_some();
    let roots = campaign.unit_ixs().filter(|&it| match top {
        Some(top) => it == top,
        None => is_alive(&it) && parent(it).is_none(),
    });
    let mut order = Vec::with_capacity(campaign.units.len());
    let mut open: Vec<Placed> = roots.map(|unit| Placed { unit, depth: 0 }).collect();
    open.reverse();
    while let Some(placed) = open.pop() {
        order.push(placed);
        let mut below = children[placed.unit.0 as usize].clone();
        below.sort_by_key(|&it| campaign.unit(it).at(as_of).map(|span| span.level));
        open.extend(below.into_iter().rev().map(|unit| Placed { unit, depth: placed.depth + 1 }));
    }
    // Units that were dissolved before the last as-of date keep their place at the end.
    if top.is_some() {
        return order;
    }
    order.extend(campaign.unit_ixs().filter(|it| !is_alive(it)).map(|unit| Placed { unit, depth: 2 }));
    order
}
