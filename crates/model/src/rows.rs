//! The rows of each stage's table, as a release stores them. Lists (works, awards, houses, ...)
//! have the columns of their definition and are laid out by `release`.

use crate::record::rows;
use crate::words::{
    AwardKind, AwardStatus, Basis, Reason, Reconciled, ReportStatus, TableUse, TargetKind, Treatment, Verdict,
};
use crate::{Date, DateTime, Points, Text};

rows! {
    /// A span of a unit's life in the register.
    "units" => UnitRow {
        unit: Text,
        name: Text,
        kind: Text,
        level: Text,
        parent: Option<Text>,
        sector: Option<Text>,
        ownership: Option<Text>,
        cluster: Option<Text>,
        /// Union members at registration, as the register says.
        members: Option<i64>,
        followed_by: Option<Text>,
        contact: Option<Text>,
        is_due: bool,
        valid_from: Date,
        valid_to: Option<Date>,
    }

    /// What a unit registered at the start of the year: one row a field of the registration form.
    "registrations" => RegistrationRow {
        unit: Text,
        period: Text,
        field: Text,
        label: Text,
        value: Option<i64>,
        text: Option<Text>,
        measure: Option<Text>,
        decimals: u32,
        file: Text,
        sheet: Text,
        cell: Text,
    }

    /// Every target that is known: the province's (unit = root), assigned, registered.
    "targets" => TargetRow {
        unit: Text,
        indicator: Text,
        kind: TargetKind,
        operator: Text,
        /// In the indicator's measure, 10^-decimals of it kept in `decimals`.
        low: Option<i64>,
        high: Option<i64>,
        decimals: u32,
        decided_by: Option<Text>,
        decision: Option<Text>,
        source: Text,
    }

    /// One unit's data for one form and period.
    "submissions" => SubmissionRow {
        submission: u32,
        unit: Text,
        form: Text,
        version: Text,
        document: Text,
        period: Text,
        file: Text,
        sheet: Text,
        digest: Text,
        received_at: Option<DateTime>,
        status: Text,
        facts: u32,
        errors: u32,
        warnings: u32,
        cells_read: u32,
        cells_empty: u32,
        cells_template: u32,
        cells_outside: u32,
        /// Addresses of the cells outside, separated by spaces.
        outside: Text,
        formulas: u32,
    }

    /// One value of one field, with its cell.
    "facts" => FactRow {
        unit: Text,
        period: Text,
        field: Text,
        /// In 10^-decimals of the measure; `None` when the cell was blank or rejected.
        value: Option<i64>,
        text: Option<Text>,
        mark: Text,
        measure: Option<Text>,
        decimals: u32,
        submission: Option<u32>,
        file: Option<Text>,
        sheet: Option<Text>,
        cell: Option<Text>,
        label: Text,
        raw: Option<Text>,
    }

    "issues" => IssueRow {
        code: Text,
        severity: Text,
        unit: Option<Text>,
        period: Option<Text>,
        form: Option<Text>,
        field: Option<Text>,
        file: Option<Text>,
        sheet: Option<Text>,
        cell: Option<Text>,
        label: Option<Text>,
        message_vi: Text,
        fix_vi: Text,
        message_en: Text,
        fix_en: Text,
    }

    /// A figure of one unit in one period. Shares keep their two counts; nothing is rounded.
    "indicators" => IndicatorRow {
        unit: Text,
        period: Text,
        indicator: Text,
        level: Text,
        basis: Basis,
        numerator: Option<i64>,
        /// `None` for indicators that are plain values.
        denominator: Option<i64>,
        /// For people: `100 · numerator / denominator` for shares, else the value in its measure.
        value: Option<f64>,
        /// The same with every missing report counted against the target; `None` when unknown.
        pessimistic: Option<f64>,
        reason: Option<Reason>,
        /// Against the province's target.
        verdict: Verdict,
        /// Against the unit's own target (assigned, else registered), if it has one.
        own_verdict: Option<Verdict>,
        target: Text,
        own_target: Option<i64>,
        own_target_kind: Option<TargetKind>,
        /// Units below (or the unit itself) whose figures are in / that should be in.
        units_in: i64,
        units_due: i64,
        is_provisional: bool,
    }

    /// Points of one unit at one node of a scoring table.
    "scores" => ScoreRow {
        unit: Text,
        period: Text,
        table: Text,
        usage: TableUse,
        criterion: Text,
        parent: Option<Text>,
        is_item: bool,
        /// What the node can give, after redistribution of points that do not apply.
        max: Points,
        points: Option<Points>,
        reason: Option<Reason>,
        /// The actual and the target that the item compared, as text for people.
        actual: Option<Text>,
        target: Option<Text>,
        target_kind: Option<TargetKind>,
        /// From the scoring sheet: the unit's own score and its superior's, in 10⁻⁹ points.
        self_points: Option<Points>,
        superior_points: Option<Points>,
        explanation: Option<Text>,
        /// How children make the points of a criterion above items; absent for a sum.
        aggregate: Option<Text>,
        /// The figure that stands in is no report of the unit's for this period.
        imputed: Option<Treatment>,
    }

    /// What was done to a figure before it was laid on a scale: each one is told.
    "treatments" => TreatmentRow {
        unit: Text,
        period: Text,
        table: Text,
        criterion: Text,
        treatment: Treatment,
        /// The figure as it was; `None` where there was none.
        from: Option<f64>,
        to: f64,
        /// The group that bounds, means and medians were taken of.
        group: Text,
    }

    /// The class that the points give, beside the official one.
    "classes" => ClassRow {
        unit: Text,
        period: Text,
        table: Text,
        points: Option<Points>,
        /// Class by points alone.
        band: Option<Text>,
        /// Class proposed after the gates (đề xuất).
        proposed: Option<Text>,
        /// Ids of the gates that failed, separated by spaces.
        failed_gates: Text,
        /// Ids of gates that could not be decided.
        undecided_gates: Text,
        official: Option<Text>,
        /// `true` when both are known and differ.
        differs: bool,
        reason: Option<Reason>,
        is_provisional: bool,
    }

    /// A place inside a cluster.
    "rankings" => RankingRow {
        cluster: Text,
        period: Text,
        table: Text,
        unit: Text,
        points: Option<Points>,
        /// 1 is best; `None` with a reason when not ranked. Equal points share the best place.
        place: Option<u32>,
        is_tied: bool,
        /// Units ranked in the cluster / units of the cluster.
        ranked: u32,
        cluster_size: u32,
        reason: Option<Reason>,
        is_provisional: bool,
        elected_leader: bool,
        /// Last of the places that units with equal points take, where there are several.
        place_upto: Option<u32>,
        /// The mean of these places, when the policy gives that (ties = "average").
        place_mean: Option<f64>,
        /// Who decided the order of equal points, when and why.
        decided: Option<Text>,
        /// Ids of the gates that bar from a place and failed, separated by spaces.
        vetoes: Option<Text>,
        /// Items of the total that rest on an imputed figure.
        imputed: Option<u32>,
    }

    /// How far a place moves when weights, scales and aggregation are varied.
    "ranges" => RangeRow {
        cluster: Text,
        period: Text,
        table: Text,
        unit: Text,
        place: u32,
        /// Median, 5 % and 95 % quantile and mean of the places drawn.
        median: u32,
        low: u32,
        high: u32,
        mean: f64,
        /// Best and worst place of the units that it cannot be separated from, itself included.
        first: u32,
        last: u32,
        draws: u32,
    }

    /// How much of the shift of places each choice makes: Sobol indices of the mean shift.
    "sensitivity" => SensitivityRow {
        period: Text,
        table: Text,
        /// `weights`, `normalise`, `aggregate` or `missing`.
        choice: Text,
        /// Alone, and with everything it works together with.
        first_order: f64,
        total_order: f64,
        runs: u32,
    }

    /// The place of a unit without one indicator.
    "removals" => RemovalRow {
        cluster: Text,
        period: Text,
        table: Text,
        unit: Text,
        indicator: Text,
        place: Option<u32>,
        without: Option<u32>,
    }

    /// What the rules of an award give: who is proposed, who stands beyond the quota, and what becomes
    /// of units that were put on the list.
    "award_proposals" => AwardProposalRow {
        unit: Text,
        period: Text,
        award: Text,
        kind: AwardKind,
        /// The level that decides it.
        given_by: Text,
        cluster: Option<Text>,
        place: Option<u32>,
        /// Points of the ranking, else of the classification.
        points: Option<Points>,
        /// The official class where it is known, else the proposed one.
        class: Option<Text>,
        class_is_official: bool,
        status: AwardStatus,
        /// Awards that the unit cannot have beside this one, separated by spaces.
        conflict_with: Option<Text>,
        /// What does not hold, separated by spaces: `excluded`, `cluster`, `place`, `class`,
        /// `condition`, `gate.<id>`.
        fails: Option<Text>,
        /// What is not known, in the same words.
        undecided: Option<Text>,
        /// Who put it on the list (the unit, its superior), separated by spaces, and the first such row.
        listed_by: Option<Text>,
        file: Option<Text>,
        sheet: Option<Text>,
        /// Counted from 1, as a spreadsheet does.
        row: Option<u32>,
        /// Items of the place's total that rest on an imputed figure.
        imputed: Option<u32>,
        is_provisional: bool,
    }

    /// Documents in / due below each unit and of the unit itself.
    "coverage" => CoverageRow {
        unit: Text,
        period: Text,
        document: Text,
        /// The unit's own document.
        status: ReportStatus,
        due_at: Option<DateTime>,
        received_at: Option<DateTime>,
        basis: Basis,
        /// Below the unit (grassroots): documents in, in late, due.
        below_in: i64,
        below_late: i64,
        below_due: i64,
        followed_by: Option<Text>,
    }

    /// What a superior union stated on form 2 beside the sum of its units' form 1.
    "reconciliation" => ReconciliationRow {
        unit: Text,
        period: Text,
        field: Text,
        label: Text,
        measure: Option<Text>,
        decimals: u32,
        stated: Option<i64>,
        summed: Option<i64>,
        difference: Option<i64>,
        units_in: i64,
        units_due: i64,
        result: Reconciled,
        /// Up to what difference the two count as equal, in last places of `decimals`.
        tolerance: Option<i64>,
        /// Codes of the units that have to answer, separated by spaces: those below whose figures are
        /// missing (`+n` for more than are named), else the superior; absent where the two agree.
        answers: Option<Text>,
    }

    /// How the total of a superior went from one period to the next, each by the hierarchy at its own
    /// as-of date: opening + moved in − moved out + founded − dissolved + change = closing, exactly.
    /// Where nothing came in, a part is 0. Only for indicators that add up from below; units are
    /// counted that state the figure themselves, a superior since it has a report of its own.
    "bridge" => BridgeRow {
        unit: Text,
        /// The earlier period, and the later one.
        since: Text,
        period: Text,
        indicator: Text,
        opening_numerator: i64,
        /// Denominators are absent for indicators that are plain values.
        opening_denominator: Option<i64>,
        /// Of units that stood elsewhere (or owed nothing) before.
        moved_in_numerator: i64,
        moved_in_denominator: Option<i64>,
        /// Of units that stand elsewhere (or owe nothing) now.
        moved_out_numerator: i64,
        moved_out_denominator: Option<i64>,
        /// Of units that did not exist before.
        founded_numerator: i64,
        founded_denominator: Option<i64>,
        /// Of units that no longer exist: dissolved, or merged into another.
        dissolved_numerator: i64,
        dissolved_denominator: Option<i64>,
        /// Later less earlier figures of units that stood below the superior both times.
        change_numerator: i64,
        change_denominator: Option<i64>,
        closing_numerator: i64,
        closing_denominator: Option<i64>,
        units_before: i64,
        units_moved_in: i64,
        units_moved_out: i64,
        units_founded: i64,
        units_dissolved: i64,
        units_after: i64,
    }
}
