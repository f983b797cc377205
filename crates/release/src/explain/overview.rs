//! A unit at a glance: reports, place, class, points and all figures.

use super::figure::{issue_line, row, shape, telling_decimals, unit_line};
use super::terms::Term;
use super::tree::{ClassLine, CriterionLine, DocumentLine, IndicatorLine, Overview, PlaceLine, TableLine};
use crate::{Frozen, Opened};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Indicator, Period, ScoringTable};
use thidua_model::rows::{ClassRow, CoverageRow, IndicatorRow, IssueRow, RankingRow, ScoreRow};
use thidua_model::words::ReportStatus;
use thidua_model::{PeriodIx, Record, Text, UnitIx};

/// The rows of a release that may concern the unit.
pub(super) struct Rows {
    release: Text,
    coverage: Vec<CoverageRow>,
    rankings: Vec<RankingRow>,
    classes: Vec<ClassRow>,
    scores: Vec<ScoreRow>,
    indicators: Vec<IndicatorRow>,
    issues: Vec<IssueRow>,
}

impl Rows {
    pub(super) fn of_all(frozen: &Frozen) -> Self {
        Self {
            release: frozen.id.clone(),
            coverage: frozen.rows(),
            rankings: frozen.rows(),
            classes: frozen.rows(),
            scores: frozen.rows(),
            indicators: frozen.rows(),
            issues: frozen.rows(),
        }
    }

    /// Those of the unit alone: a page asks for one unit of thousands.
    pub(super) fn of_unit(opened: &Opened, unit: &str) -> Self {
        fn of<R: Record>(opened: &Opened, unit: &str) -> Vec<R> {
            opened.table(R::TABLE).map(|it| it.records_at(&it.rows_where("unit", unit))).unwrap_or_default()
        }
        Self {
            release: opened.id.clone(),
            coverage: of(opened, unit),
            rankings: of(opened, unit),
            classes: of(opened, unit),
            scores: of(opened, unit),
            indicators: of(opened, unit),
            issues: of(opened, unit),
        }
    }
}

/// Of the last of `periods`.
pub(super) fn build(rows: Rows, campaign: &Campaign, unit: UnitIx, periods: &[PeriodIx]) -> Overview {
    let id = campaign.unit(unit).id.text();
    // Names that are asked for exist, so at least one period does.
    let period = periods.last().copied().unwrap_or(PeriodIx(0));
    let at = campaign.period(period);
    let span = campaign.unit(unit).at(at.as_of).unwrap_or_else(|| campaign.unit(unit).latest());
    let look = Look { campaign, unit: &id, period: at.id.as_str(), periods };
    Overview {
        release: rows.release.to_string(),
        unit: unit_line(campaign, unit, period),
        unit_kind: Term::new(campaign.kind(span).id.as_str(), &campaign.kind(span).title),
        parent: span.parent.map(|parent| unit_line(campaign, parent, period)),
        cluster: span.cluster.map(|at| Term::new(campaign.clusters[at].id.as_str(), &campaign.clusters[at].title)),
        sector: span.sector.map(|at| Term::new(campaign.sectors[at].id.as_str(), &campaign.sectors[at].title)),
        followed_by: span.followed_by.as_ref().map(ToString::to_string),
        period: Term::new(at.id.as_str(), &at.title),
        as_of: at.as_of.to_string(),
        documents: look.documents(rows.coverage),
        places: look.places(rows.rankings),
        classes: look.classes(rows.classes),
        tables: look.tables(&rows.scores),
        indicators: look.indicators(&rows.indicators),
        issues: rows.issues.iter().filter(|it| it.unit.as_ref() == Some(&id)).map(issue_line).collect(),
    }
}

struct Look<'a> {
    campaign: &'a Campaign,
    unit: &'a Text,
    period: &'a str,
    /// Those that may be shown, in order of time; `period` is the last.
    periods: &'a [PeriodIx],
}

impl Look<'_> {
    fn is_here(&self, unit: &Text, period: &Text) -> bool {
        unit == self.unit && **period == *self.period
    }

    fn documents(&self, rows: Vec<CoverageRow>) -> Vec<DocumentLine> {
        let concerns =
            |row: &CoverageRow| row.unit == *self.unit && (row.status != ReportStatus::NotDue || row.below_due > 0);
        let line = |row: CoverageRow| DocumentLine {
            period: Term::find(&row.period, self.campaign.periods.iter().map(|it| (it.id.as_str(), &it.title))),
            document: Term::find(&row.document, self.campaign.documents.iter().map(|it| (it.id.as_str(), &it.title))),
            status: row.status.into(),
            due_at: row.due_at.map(|time| time.to_string()),
            received_at: row.received_at.map(|time| time.to_string()),
            below_in: row.below_in,
            below_late: row.below_late,
            below_due: row.below_due,
        };
        rows.into_iter().filter(concerns).map(line).collect()
    }

    fn places(&self, rows: Vec<RankingRow>) -> Vec<PlaceLine> {
        let line = |row: RankingRow| PlaceLine {
            cluster: Term::find(&row.cluster, self.campaign.clusters.iter().map(|it| (it.id.as_str(), &it.title))),
            table: self.table_term(&row.table),
            place: row.place,
            is_tied: row.is_tied,
            ranked: row.ranked,
            cluster_size: row.cluster_size,
            points: row.points.map(|it| it.0),
            reason: row.reason.map(Term::from),
            is_provisional: row.is_provisional,
            elected_leader: row.elected_leader,
        };
        rows.into_iter().filter(|row| self.is_here(&row.unit, &row.period)).map(line).collect()
    }

    fn classes(&self, rows: Vec<ClassRow>) -> Vec<ClassLine> {
        let line = |row: ClassRow| {
            let table = self.table(&row.table);
            // An official class may be one that this table does not have.
            let classes = || {
                let own = table.iter().flat_map(|it| &it.classes);
                own.chain(self.campaign.tables.iter().flat_map(|it| &it.classes)).map(|it| (it.id.as_str(), &it.title))
            };
            let class = |id: Option<&Text>| id.map(|id| Term::find(id, classes()));
            let gates = |ids: &Text| {
                let known = || table.iter().flat_map(|it| &it.gates).map(|it| (it.id.as_str(), &it.title));
                ids.split_whitespace().map(|id| Term::find(id, known())).collect()
            };
            ClassLine {
                table: self.table_term(&row.table),
                points: row.points.map(|it| it.0),
                band: class(row.band.as_ref()),
                proposed: class(row.proposed.as_ref()),
                failed_gates: gates(&row.failed_gates),
                undecided_gates: gates(&row.undecided_gates),
                official: class(row.official.as_ref()),
                differs: row.differs,
                reason: row.reason.map(Term::from),
                is_provisional: row.is_provisional,
            }
        };
        rows.into_iter().filter(|row| self.is_here(&row.unit, &row.period)).map(line).collect()
    }

    /// Rows stand in the order of their tables, a parent before its children.
    fn tables(&self, rows: &[ScoreRow]) -> Vec<TableLine> {
        let mut lines: Vec<TableLine> = Vec::new();
        let mut depths: BTreeMap<(&Text, &Text), usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| self.is_here(&row.unit, &row.period)) {
            let above = row.parent.as_ref().and_then(|parent| depths.get(&(&row.table, parent)));
            let depth = above.map_or(0, |depth| depth + 1);
            depths.insert((&row.table, &row.criterion), depth);
            let criteria = self.table(&row.table).into_iter().flat_map(|it| &it.criteria);
            let line = CriterionLine {
                criterion: Term::find(&row.criterion, criteria.map(|it| (it.id.as_str(), &it.title))),
                depth,
                max: row.max.0,
                points: row.points.map(|it| it.0),
                actual: row.actual.as_ref().map(ToString::to_string),
                target: row.target.as_ref().map(ToString::to_string),
                reason: row.reason.map(Term::from),
            };
            match lines.last_mut().filter(|last| *last.table.id == *row.table) {
                Some(table) => table.criteria.push(line),
                None => lines.push(TableLine { table: self.table_term(&row.table), criteria: vec![line] }),
            }
        }
        lines
    }

    /// Each indicator once, from the latest period that tells it: what was registered at the start
    /// of the year is not asked again at its end.
    fn indicators(&self, rows: &[IndicatorRow]) -> Vec<IndicatorLine> {
        let own: Vec<&IndicatorRow> = rows.iter().filter(|row| row.unit == *self.unit).collect();
        let line = |indicator: &Indicator| {
            let find = |period: &Period| {
                own.iter().find(|row| *row.period == *period.id.as_str() && *row.indicator == *indicator.id.as_str())
            };
            let periods = self.periods.iter().rev().map(|&period| self.campaign.period(period));
            let (period, stored) = periods.filter_map(|period| Some((period, find(period)?))).next()?;
            let measure = self.campaign.measure(&indicator.measure);
            Some(IndicatorLine {
                indicator: Term::new(indicator.id.as_str(), &indicator.title),
                period: Term::new(period.id.as_str(), &period.title),
                shape: shape(indicator),
                measure: measure.map(|it| it.label.to_string()).unwrap_or_default(),
                kept_decimals: measure.map_or(0, |it| u32::from(it.decimals)),
                decimals: telling_decimals(indicator, stored, self.campaign),
                row: row(stored),
            })
        };
        self.campaign.indicators.iter().filter_map(line).collect()
    }

    fn table(&self, id: &str) -> Option<&ScoringTable> {
        self.campaign.tables.iter().find(|it| it.id.as_str() == id)
    }

    fn table_term(&self, id: &str) -> Term {
        Term::find(id, self.campaign.tables.iter().map(|it| (it.id.as_str(), &it.title)))
    }
}
