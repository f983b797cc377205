//! What the board's standing committee sees of a period: coverage, targets, ranking, works.

use crate::chart::{CoverageChart, TargetChart};
use crate::paging::Paging;
use crate::shown::{Choice, Figure};
use crate::view::page;
use crate::{Date, Frame, UnitRef, Verdict, words::board as b};
use std::fmt::Display;
use thidua_model::date::dmy;

/// How many units have reported, over time and by superior union.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub period_title: String,
    /// Links to the same page of other periods.
    pub periods: Vec<Choice>,
    pub chart: CoverageChart,
    pub superiors: Vec<CoverageRow>,
}
page!(Coverage, "coverage.html", board);

/// One superior union with its subtree.
#[derive(Debug, Clone)]
pub struct CoverageRow {
    pub unit: UnitRef,
    pub reported: u64,
    pub due: u64,
    pub late: u64,
    pub approved: u64,
    /// Address of its tracking page.
    pub href: String,
}

impl Coverage {
    fn reported(&self) -> u64 {
        self.chart.last().reported
    }

    /// The chart in a sentence, for whoever does not see it.
    fn describe(&self, frame: &Frame) -> String {
        let (first, last) = (self.chart.first(), self.chart.last());
        let parts: [&dyn Display; 5] =
            [&dmy(first.day), &dmy(last.day), &first.reported, &last.reported, &self.chart.due];
        b::COVERAGE_CHART_DESC.fill(frame.lang, &parts)
    }

    fn total(&self) -> CoverageRow {
        let sum = |of: fn(&CoverageRow) -> u64| self.superiors.iter().map(of).fold(0, u64::saturating_add);
        CoverageRow {
            unit: UnitRef::new("", ""),
            reported: sum(|it| it.reported),
            due: sum(|it| it.due),
            late: sum(|it| it.late),
            approved: sum(|it| it.approved),
            href: String::new(),
        }
    }
}

/// The targets of the province with their verdicts.
#[derive(Debug, Clone)]
pub struct Targets {
    pub period_title: String,
    pub periods: Vec<Choice>,
    /// What the figures come from: `bản tạm tính ngày …`.
    pub source: String,
    pub chart: TargetChart,
    pub rows: Vec<TargetLine>,
}
page!(Targets, "targets.html", board);

/// One indicator of the province.
#[derive(Debug, Clone)]
pub struct TargetLine {
    pub code: String,
    pub title: String,
    pub value: Figure,
    pub target: String,
    pub verdict: Verdict,
    /// Where the figures come from.
    pub basis: String,
    /// Reports in of reports due: `132/148`.
    pub covered: Figure,
}

impl Targets {
    /// Met, not met, undecided.
    fn tally(&self) -> (usize, usize, usize) {
        let met = |it: &&TargetLine| matches!(it.verdict, Verdict::Met | Verdict::Exceeded | Verdict::Reached);
        let met = self.rows.iter().filter(met).count();
        let not_met = self.rows.iter().filter(|it| it.verdict == Verdict::NotMet).count();
        (met, not_met, self.rows.len() - met - not_met)
    }
}

/// The places of one cluster.
#[derive(Debug, Clone)]
pub struct Ranking {
    pub period_title: String,
    pub periods: Vec<Choice>,
    /// Links to the other clusters.
    pub clusters: Vec<Choice>,
    pub cluster: String,
    pub source: String,
    /// The ranking policy, a sentence each; printed with the table.
    pub policy: Vec<String>,
    pub rows: Vec<RankRow>,
}
page!(Ranking, "ranking.html", board);

/// One unit of a cluster.
#[derive(Debug, Clone)]
pub struct RankRow {
    pub unit: UnitRef,
    pub place: Figure,
    /// Others have the same place.
    pub is_tied: bool,
    pub points: Figure,
    pub class: Figure,
    pub range: Figure,
    /// May be empty.
    pub note: String,
    /// The row of the one who reads.
    pub is_own: bool,
    /// Address of the page that explains the place; empty: there is none.
    pub why: String,
}

/// Registered works and products that were finished early.
#[derive(Debug, Clone)]
pub struct Works {
    pub period_title: String,
    pub periods: Vec<Choice>,
    pub source: String,
    pub rows: Vec<WorkRow>,
    pub paging: Paging,
}
page!(Works, "works.html", board);

/// One work.
#[derive(Debug, Clone)]
pub struct WorkRow {
    pub name: String,
    pub kind: String,
    pub unit: UnitRef,
    pub planned: Date,
    pub finished: Date,
    pub days_early: u32,
    pub quality: String,
}
