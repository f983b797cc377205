//! What the board decided, resolved and checked: the types every later stage reads.
//!
//! Not here: reading TOML and register workbooks (`load`), questions about the hierarchy at a
//! date (`register`).

use crate::awards::{Award, AwardList};
use crate::bilingual::Bilingual;
use crate::rules::Rule;
use crate::scoring::{RankingPolicy, ScoringTable};
use std::collections::BTreeMap;
use thidua_formula::Formula;
use thidua_model::words::TargetKind;
use thidua_model::{
    ClusterId, Date, DateTime, DocumentId, FieldId, FieldIx, FormId, IndicatorId, KindId, LevelId, ListId, Measure,
    MeasureId, PeriodId, PeriodIx, SectorId, Text, UnitId, UnitIx, ValueKind,
};

/// A campaign: everything but the reports. Immutable after loading.
#[derive(Debug, Clone)]
pub struct Campaign {
    pub id: Text,
    pub year: i16,
    pub title: Bilingual,
    /// The organisation that runs the campaign, as it stands on the cover.
    pub organisation: Bilingual,
    /// Place of the signature line: `Đắk Lắk`.
    pub place: Text,
    /// The paper that starts the campaign: title, number, date.
    pub source: Text,
    /// Top first; the last level is the grassroots.
    pub levels: Vec<Level>,
    pub kinds: Vec<Kind>,
    pub sectors: Vec<Sector>,
    pub measures: Vec<Measure>,
    pub documents: Vec<Document>,
    /// In order of time.
    pub periods: Vec<Period>,
    pub clusters: Vec<Cluster>,
    /// Sorted by code; positions are [`UnitIx`].
    pub units: Vec<Unit>,
    /// Positions are [`FieldIx`].
    pub fields: Vec<Field>,
    pub forms: Vec<Form>,
    /// The workbooks that units receive, each made of forms.
    pub packages: Vec<Package>,
    pub derived: Vec<DerivedField>,
    /// How a consolidated report says how many units below it stands for; `None`: it does not, and
    /// the register's units below are taken.
    pub stated_coverage: Option<StatedCoverage>,
    pub indicators: Vec<Indicator>,
    pub tables: Vec<ScoringTable>,
    pub ranking: RankingPolicy,
    pub awards: Vec<Award>,
    /// The list in which units propose awards.
    pub award_list: Option<AwardList>,
    /// Which target is used for scoring, first that exists.
    pub target_order: Vec<TargetKind>,
    pub assigned: Vec<AssignedTarget>,
    pub decisions: Vec<Decision>,
    pub persons: Persons,
    /// The files of the definition, sorted by name, for the release's manifest and copy.
    pub files: Vec<DefinitionFile>,
}

#[derive(Debug, Clone)]
pub struct DefinitionFile {
    /// Path below the campaign folder, with `/`.
    pub name: Text,
    /// Lower-case hex SHA-256.
    pub digest: Text,
    pub bytes: std::sync::Arc<[u8]>,
}

impl DefinitionFile {
    /// A file from its bytes.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        crate::load::file(name, bytes)
    }
}

/// How long names of persons in lists ([`ListColumn::is_person`]) are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Persons {
    /// The last day; `None`: without end.
    pub shown_until: Option<Date>,
    pub source: Text,
}

impl Persons {
    /// Whether names are still shown on a day to those who need them.
    pub fn are_shown(&self, today: Date) -> bool {
        self.shown_until.is_none_or(|last| today <= last)
    }
}

/// A level of the organisation (cấp).
#[derive(Debug, Clone)]
pub struct Level {
    pub id: LevelId,
    pub title: Bilingual,
    /// Where a unit of this level takes its figures from unless the register says otherwise.
    pub basis: LevelBasis,
}

/// The basis of figures above the grassroots; grassroots units always state their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LevelBasis {
    /// The unit's own consolidated report (form 2).
    Own,
    /// Added up from the units below (form 1).
    Children,
}

#[derive(Debug, Clone)]
pub struct Kind {
    pub id: KindId,
    pub title: Bilingual,
    pub level: LevelId,
    /// `false`: receives the guidance, owes nothing, outside every denominator.
    pub is_due: bool,
}

#[derive(Debug, Clone)]
pub struct Sector {
    pub id: SectorId,
    pub title: Bilingual,
}

/// What can be due: plan, registration, report.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: DocumentId,
    pub title: Bilingual,
    /// `false` for a plan: kept with its receipt, never read.
    pub has_form: bool,
}

#[derive(Debug, Clone)]
pub struct Period {
    pub id: PeriodId,
    pub title: Bilingual,
    pub from: Date,
    pub to: Date,
    /// The date for which its reports speak, and at which the hierarchy is taken.
    pub as_of: Date,
    /// How the form's header names it: `31/5`. `None`: the form belongs to this period alone.
    pub as_of_label: Option<Text>,
    /// Verdicts and classes are given in this period; otherwise only progress is shown.
    pub is_judged: bool,
    pub deadlines: Vec<Deadline>,
    pub source: Text,
}

/// When a document is due from a level. On time is `received < due_before`.
#[derive(Debug, Clone)]
pub struct Deadline {
    pub document: DocumentId,
    pub level: LevelId,
    /// Exclusive: `before = 2014-02-20` gives 2014-02-20T00:00, `by = 2014-06-05` gives
    /// 2014-06-06T00:00.
    pub due_before: DateTime,
    /// The last day on which it is on time, for people.
    pub last_day: Date,
    pub source: Text,
}

/// A group of units ranked together.
#[derive(Debug, Clone)]
pub struct Cluster {
    pub id: ClusterId,
    pub title: Bilingual,
}

/// A unit over its life: one span for each row of the register.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: UnitId,
    /// In order of time; they do not overlap.
    pub spans: Vec<UnitSpan>,
}

#[derive(Debug, Clone)]
pub struct UnitSpan {
    pub name: Text,
    pub kind: usize,
    pub level: usize,
    pub parent: Option<UnitIx>,
    pub sector: Option<usize>,
    pub ownership: Option<Text>,
    pub cluster: Option<usize>,
    pub basis: LevelBasis,
    pub members: Option<i64>,
    pub followed_by: Option<Text>,
    pub contact: Option<Text>,
    pub valid_from: Date,
    /// Inclusive; `None` is open.
    pub valid_to: Option<Date>,
}

/// A field: what a line means, stable over forms and years.
#[derive(Debug, Clone)]
pub struct Field {
    pub id: FieldId,
    /// The label of its first line, for people.
    pub label: Text,
    pub measure: Option<MeasureId>,
    /// At the grassroots; above it a `Flag` is a `Number` of units.
    pub kind: ValueKind,
    /// For `Choice`: id and label; a fact keeps the position.
    pub choices: Vec<(Text, Text)>,
    /// `official` paper, or `sample`.
    pub source: Text,
    /// How the units below add up for reconciliation.
    pub rollup: Rollup,
    /// What a superior may state beside the sum of its units and still be right, in last places of
    /// the measure. `None`: what rounding makes.
    pub tolerance: Option<i64>,
    /// A share that the form asks for though it can be computed: recomputed and compared.
    pub recomputed: Option<(Formula, Formula)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rollup {
    Sum,
    /// Mean weighted by another field (average wage by people counted).
    Mean {
        weight: FieldIx,
    },
    /// Not added up (text, dates, choices).
    None,
}

/// A form of one version: one sheet with header and lines, and list sheets after it.
#[derive(Debug, Clone)]
pub struct Form {
    pub id: FormId,
    /// Distinguishes the scoring sheets of the tables; empty for every other form.
    pub variant: Text,
    pub version: Text,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub document: DocumentId,
    /// Which units fill it in.
    pub levels: Vec<LevelId>,
    /// Empty: any sector and kind of the levels.
    pub sectors: Vec<SectorId>,
    pub kinds: Vec<KindId>,
    /// Tab name: `Mẫu 1`.
    pub sheet: Text,
    /// `Mẫu số 1-HĐCĐ`.
    pub number: Text,
    /// `(Dùng cho công đoàn cơ sở)`.
    pub used_by: Text,
    pub title: Bilingual,
    /// Heading of the lines: `A- SỐ LIỆU`.
    pub heading: Text,
    /// Heading of the column of numbers: `TT`.
    pub tt_heading: Text,
    /// Heading of the column of labels: `Nội dung`.
    pub label_heading: Text,
    /// Heading of the column of measures: `Đơn vị tính`; `Điểm chuẩn` on a scoring sheet.
    pub measure_heading: Text,
    /// Heading of the last column: `Ghi chú`; `Diễn giải` on a scoring sheet.
    pub note_heading: Text,
    /// Headings of the value columns: `Số lượng`; `Tự chấm`, `Cấp trên chấm`. Headings above one
    /// another stand together: `Năm 2014 › Nữ`.
    pub value_columns: Vec<Text>,
    /// Aligned with `value_columns`: the measure of a column that has its own, as printed.
    pub column_measures: Vec<Option<Text>>,
    pub sections: Vec<Section>,
    pub lists: Vec<List>,
    pub rules: Vec<Rule>,
    pub source: Text,
    pub note: Text,
    /// The scoring table whose items are its lines, for scoring sheets.
    pub scoresheet_of: Option<usize>,
}

impl Form {
    /// The measure of a line in a value column, as printed.
    pub fn printed_measure<'a>(&'a self, line: &'a Line, column: usize) -> &'a Text {
        self.column_measures.get(column).and_then(Option::as_ref).unwrap_or(&line.measure_label)
    }
}

#[derive(Debug, Clone)]
pub struct Section {
    /// `I. Tình hình lao động`; a section can have a smaller heading: `1. Lao động`.
    pub title: Text,
    pub subtitle: Option<Text>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone)]
pub struct Line {
    /// As printed: `1`, `2.`, or empty. Never a key.
    pub tt: Text,
    pub label: Text,
    /// As printed in the column "Đơn vị tính": may be empty or a ditto mark.
    pub measure_label: Text,
    /// One for each value column of the form; `None` where the column is not filled.
    pub fields: Vec<Option<FieldIx>>,
    pub required: bool,
    /// Empty: asked of every sector.
    pub sectors: Vec<SectorId>,
    /// Empty: asked of every level of the form.
    pub levels: Vec<LevelId>,
    pub note: Text,
}

/// A list of objects, one row each, on a sheet of its own.
#[derive(Debug, Clone)]
pub struct List {
    pub id: ListId,
    /// Name of the release's table: `works`. Lists of several forms can share a table.
    pub table: Text,
    pub sheet: Text,
    pub title: Bilingual,
    pub levels: Vec<LevelId>,
    pub columns: Vec<ListColumn>,
    pub flags: Vec<ListFlag>,
    pub counts: Vec<ListCount>,
    pub official_class: Option<OfficialClass>,
    pub source: Text,
}

#[derive(Debug, Clone)]
pub struct ListColumn {
    pub id: Text,
    pub label: Text,
    pub kind: ValueKind,
    pub measure: Option<MeasureId>,
    pub choices: Vec<(Text, Text)>,
    pub required: bool,
    /// The value names a unit (by code or name); kept as its code.
    pub is_unit: bool,
    /// The value can name a person: shown to those who need it, and for as long as [`Persons`] says.
    pub is_person: bool,
}

/// A yes/no about each row: early = `finished_on < planned_on`.
#[derive(Debug, Clone)]
pub struct ListFlag {
    pub id: Text,
    pub title: Bilingual,
    pub when: Formula,
}

/// Rows that give a fact: the count (or sum of a column) of the rows where `when` holds.
#[derive(Debug, Clone)]
pub struct ListCount {
    pub field: FieldIx,
    pub when: Option<Formula>,
    /// Sum this column instead of counting rows.
    pub sum: Option<usize>,
    /// The fact belongs to the unit named in this column instead of the sender.
    pub unit_column: Option<usize>,
}

/// A list that carries the official class of units (danh sách xếp loại).
#[derive(Debug, Clone)]
pub struct OfficialClass {
    pub unit_column: usize,
    pub class_column: usize,
    /// A flag column: the leader that the cluster elected.
    pub leader_column: Option<usize>,
}

/// A workbook that units receive and send back: forms of one document, with their lists.
#[derive(Debug, Clone)]
pub struct Package {
    pub id: Text,
    pub title: Bilingual,
    pub document: DocumentId,
    pub levels: Vec<LevelId>,
    /// Positions in `Campaign::forms`.
    pub forms: Vec<usize>,
    /// File name of the blank: `bao-cao-cdcs.xlsx`.
    pub file: Text,
}

/// `[coverage] reported = "grassroots_reported", due = "grassroots"` of `campaign.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedCoverage {
    /// Units below whose reports the figures hold.
    pub reported: FieldIx,
    /// All units below.
    pub due: FieldIx,
}

/// A field that no form asks for: the register or the receipts know it.
#[derive(Debug, Clone)]
pub struct DerivedField {
    pub field: FieldIx,
    pub from: DerivedFrom,
}

#[derive(Debug, Clone)]
pub enum DerivedFrom {
    /// 1 for each due unit of these levels and sectors (empty: all), 0 for the others of the
    /// levels; in every period at whose as-of date the unit lives.
    Register { levels: Vec<LevelId>, sectors: Vec<SectorId>, kinds: Vec<KindId> },
    /// 1 when the document arrived on time, 0 when late or missing after its deadline; missing
    /// without receipts or before the deadline.
    OnTime { document: DocumentId, levels: Vec<LevelId> },
}

/// A figure of the plan.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub id: IndicatorId,
    pub title: Bilingual,
    pub numerator: Formula,
    /// `None`: a plain value or a yes/no.
    pub denominator: Option<Formula>,
    pub shape: Shape,
    pub measure: MeasureId,
    /// Decimals where people read it.
    pub decimals: u8,
    pub target: Target,
    pub direction: Direction,
    /// Levels that have the figure.
    pub levels: Vec<LevelId>,
    pub accumulation: Accumulation,
    pub periods: Vec<PeriodIx>,
    /// Numerator counts a part of what the denominator counts: above 100 % is an error of
    /// counting, not a success.
    pub is_part_of_whole: bool,
    /// Exceptions to the unit's basis, by level.
    pub numerator_from: BTreeMap<LevelId, TakenFrom>,
    pub denominator_from: BTreeMap<LevelId, TakenFrom>,
    /// The province's target also holds for units without one of their own.
    pub target_holds_below: bool,
    /// The field of the registration form that holds the unit's own target.
    pub registered_in: Option<FieldIx>,
    pub department: Text,
    pub source: Text,
    pub note: Bilingual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// 100 · numerator / denominator.
    Share,
    /// The numerator in its measure.
    Value,
    /// 1 yes, 0 no.
    Flag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    HigherIsBetter,
    LowerIsBetter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Accumulation {
    /// From 01/01 to the as-of date.
    Cumulative,
    /// A state at the as-of date.
    State,
    /// Known once a year.
    Yearly,
    /// Year to date against an annual estimate.
    YearToDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TakenFrom {
    Own,
    Children,
    OwnPlusChildren,
}

/// A target. Limits are in the kept integer of the indicator's measure (90 % with two decimals
/// is 9000); the comparison is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub operator: Operator,
    pub low: i64,
    /// For `Range` alone.
    pub high: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// trên: >
    Above,
    /// đạt, từ ... trở lên: ≥
    AtLeast,
    /// đạt 100 %: =
    Exactly,
    /// dưới: <
    Below,
    AtMost,
    /// từ ... đến: met inside, exceeded above.
    Range,
    /// có
    Yes,
}

impl Operator {
    /// The stored word; its meaning never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AtLeast => "at_least",
            Self::Exactly => "exactly",
            Self::Below => "below",
            Self::AtMost => "at_most",
            Self::Range => "range",
            Self::Yes => "yes",
        }
    }
}

/// A target assigned to a unit (chỉ tiêu giao).
#[derive(Debug, Clone)]
pub struct AssignedTarget {
    pub unit: UnitIx,
    pub indicator: usize,
    pub value: i64,
    pub decided_by: Text,
    pub decision: Text,
}

/// A manual decision of `decisions.xlsx`.
#[derive(Debug, Clone)]
pub struct Decision {
    pub what: DecisionKind,
    pub unit: UnitIx,
    pub period: Option<PeriodIx>,
    pub value: Text,
    pub who: Text,
    pub when: Date,
    pub why: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionKind {
    /// Disciplined (kỷ luật); value: the form of discipline.
    Discipline,
    /// Barred from ranking (không xét thi đua).
    Exclude,
    /// Official class (công nhận xếp loại); value: class id.
    OfficialClass,
    /// Order among units with equal points (bình chọn); value: the place.
    Place,
}
