//! Digests of everything, and the id that follows from them.

use super::facts::CORRECTIONS_FILE;
use super::lists::Layout;
use super::policies::policies;
use crate::digest::{self, Canonical};
use crate::manifest::{
    CampaignLine, ColumnLine, CorrectionsDigest, Counts, FORMAT, FileDigest, Manifest, Options, PeriodLine,
    ReceiptsDigest, TableDigest,
};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, DefinitionFile, Period};
use thidua_model::intake::CorrectionState;
use thidua_model::rows::{CoverageRow, FactRow, IssueRow};
use thidua_model::words::ReportStatus;
use thidua_model::{FactMark, Intake, Record, RunOptions, Severity, Table, Text};

/// The registers are kept by what they say, so their files are no submissions.
const RECEIPTS_FILE: &str = "received.csv";

pub(super) fn manifest(
    campaign: &Campaign,
    intake: &Intake,
    options: &RunOptions,
    definition: &[DefinitionFile],
    tables: &BTreeMap<Text, Table>,
    lists: &[Layout],
) -> Manifest {
    let periods = periods_run(campaign, options);
    let last = periods.last();
    let as_of = options.as_of.or_else(|| periods.iter().map(|period| period.as_of).max());
    let mut submissions: Vec<FileDigest> = intake
        .files
        .iter()
        .filter(|file| &*file.name != RECEIPTS_FILE && !file.name.eq_ignore_ascii_case(CORRECTIONS_FILE))
        .map(|file| FileDigest { name: file.name.to_string(), digest: file.digest.to_string(), bytes: file.bytes })
        .collect();
    submissions.sort_by(|a, b| a.name.cmp(&b.name));

    let mut manifest = Manifest {
        format: FORMAT,
        id: String::new(),
        digest: String::new(),
        campaign: CampaignLine {
            id: campaign.id.to_string(),
            year: campaign.year,
            title_vi: campaign.title.vi.to_string(),
            title_en: campaign.title.en.to_string(),
            organisation_vi: campaign.organisation.vi.to_string(),
            organisation_en: campaign.organisation.en.to_string(),
            source: campaign.source.to_string(),
            persons_shown_until: campaign.persons.shown_until.map(|date| date.to_string()),
            ranges_shown_to: campaign
                .ranking
                .variations
                .as_ref()
                .map(|it| it.shown_to.iter().map(|audience| audience.as_str().to_owned()).collect()),
        },
        options: Options {
            as_of: as_of.map(|date| date.to_string()).unwrap_or_default(),
            period: last.map(|period| period.id.to_string()).unwrap_or_default(),
            units_as_of: options.units_as_of,
        },
        periods: periods.iter().map(period_line).collect(),
        policies: policies(campaign, options.units_as_of),
        counts: counts(
            tables,
            submissions.len() as u64,
            intake.submissions.len() as u64,
            last.map(|period| period.id.as_str()),
        ),
        definition: definition
            .iter()
            .map(|file| FileDigest {
                name: file.name.to_string(),
                digest: file.digest.to_string(),
                bytes: file.bytes.len() as u64,
            })
            .collect(),
        submissions,
        receipts: receipts(campaign, intake),
        corrections: corrections(campaign, intake),
        tables: tables.values().map(|table| table_digest(table, lists)).collect(),
    };
    manifest.digest = id_digest(&manifest);
    manifest.id = manifest.digest[..16].to_owned();
    manifest
}

/// The id and digest are what the rest of the manifest gives.
pub(crate) fn check_id(manifest: &Manifest) -> bool {
    manifest.digest == id_digest(manifest) && manifest.digest.get(..16) == Some(manifest.id.as_str())
}

/// Policies, counts and titles are not hashed by themselves: they follow from the definition and
/// the tables, and their wording may improve.
fn id_digest(manifest: &Manifest) -> String {
    let mut sum = Canonical::new("thidua release 1");
    let files = |sum: &mut Canonical, files: &[FileDigest]| {
        sum.number(files.len() as u64);
        for file in files {
            sum.text(&file.name);
            sum.text(&file.digest);
        }
    };
    files(&mut sum, &manifest.definition);
    files(&mut sum, &manifest.submissions);
    sum.option(manifest.receipts.as_ref().map(|it| it.digest.as_str()));
    // An inbox without corrections has the id that it always had.
    if let Some(corrections) = &manifest.corrections {
        sum.text("corrections");
        sum.text(&corrections.digest);
    }
    sum.text(&manifest.options.as_of);
    sum.text(&manifest.options.period);
    // A run with each date's own register has the id that it always had.
    if let Some(date) = manifest.options.units_as_of {
        sum.text("units as of");
        sum.text(&date.to_string());
    }
    sum.number(manifest.tables.len() as u64);
    for table in &manifest.tables {
        sum.text(&table.name);
        sum.text(&table.digest);
    }
    sum.finish()
}

fn periods_run<'c>(campaign: &'c Campaign, options: &RunOptions) -> Vec<&'c Period> {
    let upto = options.period.as_ref().and_then(|id| campaign.find_period(id.as_str()));
    let count = upto.map_or(campaign.periods.len(), |last| usize::from(last.0) + 1);
    campaign.periods.iter().take(count).collect()
}

fn period_line(period: &&Period) -> PeriodLine {
    PeriodLine {
        id: period.id.to_string(),
        title_vi: period.title.vi.to_string(),
        title_en: period.title.en.to_string(),
        as_of: period.as_of.to_string(),
        is_judged: period.is_judged,
    }
}

fn receipts(campaign: &Campaign, intake: &Intake) -> Option<ReceiptsDigest> {
    let receipts = intake.receipts.as_ref()?;
    let mut lines: Vec<[Option<String>; 5]> = receipts
        .iter()
        .map(|it| {
            [
                Some(campaign.unit(it.unit).id.to_string()),
                Some(it.document.to_string()),
                Some(campaign.period(it.period).id.to_string()),
                it.file.as_ref().map(ToString::to_string),
                Some(it.received_at.to_string()),
            ]
        })
        .collect();
    lines.sort();
    let mut sum = Canonical::new("thidua receipts 1");
    sum.number(lines.len() as u64);
    for value in lines.iter().flatten() {
        sum.option(value.as_deref());
    }
    Some(ReceiptsDigest { count: lines.len() as u64, digest: sum.finish() })
}

/// What was corrected and by whom, in the order that decides which counts.
fn corrections(campaign: &Campaign, intake: &Intake) -> Option<CorrectionsDigest> {
    let mut corrections: Vec<_> = intake.corrections.as_ref()?.iter().collect();
    corrections.sort_by_key(|it| it.at);
    let mut sum = Canonical::new("thidua corrections 1");
    sum.number(corrections.len() as u64);
    for it in &corrections {
        sum.text(campaign.unit(it.unit).id.as_str());
        sum.text(campaign.period(it.period).id.as_str());
        sum.text(it.form.as_str());
        sum.text(it.field.as_str());
        for text in [&it.old, &it.new, &it.by, &it.reason] {
            sum.text(text);
        }
        sum.text(&it.at.to_string());
    }
    let is_applied = |state| matches!(state, CorrectionState::Applied | CorrectionState::AppliedWithoutCell);
    Some(CorrectionsDigest {
        count: corrections.len() as u64,
        applied: corrections.iter().filter(|it| is_applied(it.state)).count() as u64,
        digest: sum.finish(),
    })
}

fn table_digest(table: &Table, lists: &[Layout]) -> TableDigest {
    let described = lists.iter().find(|layout| layout.table == table.name);
    let line = |column: &thidua_model::Column| {
        let laid = described.and_then(|it| it.lines().find(|line| line.name == *column.name));
        laid.cloned().unwrap_or_else(|| ColumnLine {
            name: column.name.to_string(),
            kind: column.data.type_name().to_owned(),
            label: None,
            measure: None,
            decimals: None,
            person: false,
        })
    };
    TableDigest {
        name: table.name.to_string(),
        rows: table.rows() as u64,
        digest: digest::of_table(table),
        columns: table.columns.iter().map(line).collect(),
    }
}

/// What `files` and `submissions` brought, counted in the tables.
pub(crate) fn counts(tables: &BTreeMap<Text, Table>, files: u64, submissions: u64, last: Option<&str>) -> Counts {
    let mut due = BTreeSet::new();
    let mut reported = BTreeSet::new();
    for row in rows::<CoverageRow>(tables) {
        if Some(&*row.period) != last {
            continue;
        }
        if matches!(row.status, ReportStatus::OnTime | ReportStatus::Late | ReportStatus::Received) {
            reported.insert(row.unit.clone());
        }
        if row.status != ReportStatus::NotDue {
            due.insert(row.unit);
        }
    }
    let has_value = |row: &FactRow| FactMark::parse(&row.mark).is_some_and(FactMark::has_value);
    let issues = rows::<IssueRow>(tables);
    let of = |severity: Severity| issues.iter().filter(|it| *it.severity == *severity.as_str()).count() as u64;
    Counts {
        units_due: due.len() as u64,
        units_reported: reported.len() as u64,
        files,
        submissions,
        facts: rows::<FactRow>(tables).iter().filter(|row| has_value(row)).count() as u64,
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
    }
}

fn rows<R: Record>(tables: &BTreeMap<Text, Table>) -> Vec<R> {
    tables.get(R::TABLE).and_then(|table| R::from_table(table).ok()).unwrap_or_default()
}
