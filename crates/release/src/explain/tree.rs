//! The typed form of an explanation; its JSON is a contract with other tools.

use super::Term;
use serde::Serialize;

/// A unit as it was at the period's as-of date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitLine {
    pub id: String,
    pub name: String,
    pub level: Term,
}

/// One indicator of one unit in one period, with the way to its cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    pub release: String,
    pub period: Term,
    /// ISO date of the period's data.
    pub as_of: String,
    pub indicator: Term,
    /// Paragraph of the plan.
    pub source: String,
    pub department: String,
    /// Formula over fields.
    pub numerator: String,
    pub denominator: Option<String>,
    pub shape: ShapeWord,
    /// What is printed after the value: `%`, `người`.
    pub measure: String,
    /// Decimals of the numerator of a plain value.
    pub kept_decimals: u32,
    /// Decimals of a share where people read it.
    pub decimals: u8,
    /// Every target that is known for the unit, and the one of the whole campaign.
    pub targets: Vec<TargetLine>,
    pub node: Node,
    /// The same figure in the other periods of the run, in order of time.
    pub other_periods: Vec<OtherPeriod>,
    /// Issues of the unit in this period that name the indicator or one of its fields.
    pub issues: Vec<IssueLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapeWord {
    Share,
    Value,
    Flag,
}

/// Where one side of a fraction is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Own,
    Children,
    OwnPlusChildren,
}

/// A unit's figure and what it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    pub unit: UnitLine,
    /// `None` when the release has no row of this unit: the figure is not one of its level.
    pub row: Option<Row>,
    pub numerator_from: Side,
    pub denominator_from: Option<Side>,
    /// Its counts are added into the unit above; otherwise `row.reason` says why not.
    pub is_counted: bool,
    /// Facts of the unit's own reports, the register and the receipts.
    pub inputs: Vec<Input>,
    /// Units directly below that are due, in order of code.
    pub parts: Vec<Node>,
    /// Sums over the parts that count; `None` for a side that is not added up.
    pub parts_numerator: Option<i64>,
    pub parts_denominator: Option<i64>,
}

/// What the table `indicators` holds of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    pub basis: Term,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// For people; shares in percent.
    pub value: Option<f64>,
    pub pessimistic: Option<f64>,
    pub reason: Option<Term>,
    pub verdict: Term,
    /// Target of the campaign as text: `> 90 %`.
    pub target: String,
    pub own_verdict: Option<Term>,
    /// In the measure's kept integer.
    pub own_target: Option<i64>,
    pub own_target_kind: Option<Term>,
    pub units_in: i64,
    pub units_due: i64,
    pub is_provisional: bool,
}

/// One fact that a formula reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    pub field: String,
    /// As the form prints it.
    pub label: String,
    pub of: Vec<Part>,
    pub value: Option<i64>,
    pub decimals: u32,
    pub measure: Option<String>,
    pub text: Option<String>,
    pub mark: Term,
    /// What was typed.
    pub raw: Option<String>,
    pub origin: Origin,
    /// From what to what it was corrected, by whom, when and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Told>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    pub vi: String,
    pub en: String,
}

/// Which side of the fraction reads the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Numerator,
    Denominator,
}

/// Where a fact came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// A cell of a form; without a sheet, of `corrections.csv`.
    Cell { file: String, sheet: String, cell: String, received_at: Option<String> },
    /// Rows of a list; numbers as a spreadsheet shows them.
    List { file: String, sheet: String, title: Term, rows: Vec<i64>, received_at: Option<String> },
    /// The register: kind and sector of the unit.
    Register { unit_kind: Term, sector: Option<Term> },
    /// The receipts of a document.
    Receipts { document: Term, status: Option<Term>, due_at: Option<String>, received_at: Option<String> },
    /// Nothing came.
    Nowhere,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetLine {
    pub unit: String,
    pub kind: Term,
    /// `above`, `at_least`, `exactly`, `below`, `at_most`, `range`, `yes`.
    pub operator: String,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub decimals: u32,
    pub decided_by: Option<String>,
    pub decision: Option<String>,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherPeriod {
    pub period: Term,
    pub row: Row,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueLine {
    pub code: String,
    pub severity: String,
    /// `file › sheet › cell`; empty for the run as a whole.
    pub place: String,
    pub message_vi: String,
    pub message_en: String,
}

/// A unit at a glance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    pub release: String,
    pub unit: UnitLine,
    pub unit_kind: Term,
    pub parent: Option<UnitLine>,
    pub cluster: Option<Term>,
    pub sector: Option<Term>,
    pub followed_by: Option<String>,
    /// The period that places, points, classes and figures are of.
    pub period: Term,
    pub as_of: String,
    /// Over all periods of the run.
    pub documents: Vec<DocumentLine>,
    pub places: Vec<PlaceLine>,
    pub classes: Vec<ClassLine>,
    pub tables: Vec<TableLine>,
    pub indicators: Vec<IndicatorLine>,
    pub issues: Vec<IssueLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentLine {
    pub period: Term,
    pub document: Term,
    pub status: Term,
    pub due_at: Option<String>,
    pub received_at: Option<String>,
    /// Documents of the units below: in, of those late, due.
    pub below_in: i64,
    pub below_late: i64,
    pub below_due: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceLine {
    pub cluster: Term,
    pub table: Term,
    pub place: Option<u32>,
    pub is_tied: bool,
    pub ranked: u32,
    pub cluster_size: u32,
    /// In 10⁻⁹.
    pub points: Option<i64>,
    pub reason: Option<Term>,
    pub is_provisional: bool,
    pub elected_leader: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassLine {
    pub table: Term,
    /// In 10⁻⁹.
    pub points: Option<i64>,
    pub band: Option<Term>,
    pub proposed: Option<Term>,
    pub failed_gates: Vec<Term>,
    pub undecided_gates: Vec<Term>,
    pub official: Option<Term>,
    pub differs: bool,
    pub reason: Option<Term>,
    pub is_provisional: bool,
}

/// The points of one scoring table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableLine {
    pub table: Term,
    pub criteria: Vec<CriterionLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionLine {
    pub criterion: Term,
    /// 0 for the top criteria.
    pub depth: usize,
    /// In 10⁻⁹, as `points`.
    pub max: i64,
    pub points: Option<i64>,
    pub actual: Option<String>,
    pub target: Option<String>,
    pub reason: Option<Term>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorLine {
    pub indicator: Term,
    /// The latest period that tells it; can be earlier than the overview's.
    pub period: Term,
    pub shape: ShapeWord,
    pub measure: String,
    pub kept_decimals: u32,
    pub decimals: u8,
    pub row: Row,
}
