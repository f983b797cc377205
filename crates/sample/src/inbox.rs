//! Writes what the units send: workbooks, the register of receipts, and the list of flaws.
//!
//! In:  the invented campaign.
//! Out: `<period>/<unit>-<document>.xlsx`, `received.csv`; and beside the inbox `flaws.csv`, which
//!      tells what is wrong where.

use crate::SampleError;
use crate::figures::{self, Figures};
use crate::files::{csv, write};
use crate::flaws::{self, Flaw};
use crate::random::Random;
use crate::world::World;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use thidua_campaign::{Deadline, Document, List, Package, UnitSpan};
use thidua_forms::{CellInput, Prefill, workbook};
use thidua_model::{Date, FieldIx, PeriodIx, Text, UnitIx, ValueKind};

const RESUBMITTED: i64 = 40;
const DAMAGED: i64 = 3;
const NO_RECEIPT: i64 = 5;

/// What one unit does about one document.
struct Job<'a> {
    unit: UnitIx,
    span: &'a UnitSpan,
    period: PeriodIx,
    document: &'a Document,
    deadline: &'a Deadline,
}

/// Rows for the two registers, and how many files were written.
#[derive(Default)]
struct Sent {
    receipts: Vec<Vec<String>>,
    flaws: Vec<Vec<String>>,
    files: usize,
}

/// Writes everything; gives the number of files that units sent.
pub(crate) fn write_folder(world: &World<'_>, out: &Path) -> Result<usize, SampleError> {
    let head = |columns: &[&str]| vec![columns.iter().map(|column| (*column).to_owned()).collect()];
    let mut all = Sent {
        receipts: head(&["unit", "document", "period", "file", "received_at"]),
        flaws: head(&["unit", "document", "period", "file", "flaw"]),
        files: 0,
    };
    for period in world.campaign.period_ixs() {
        let figures = figures::invent(world, period)?;
        // Files may be written in any order: each depends on its own unit alone.
        let sent: Result<Vec<Sent>, SampleError> =
            jobs(world, period).par_iter().map(|job| send(world, &figures, job, &out.join("inbox"))).collect();
        for sent in sent? {
            all.receipts.extend(sent.receipts);
            all.flaws.extend(sent.flaws);
            all.files += sent.files;
        }
    }
    write(&out.join("inbox/received.csv"), &csv(&all.receipts))?;
    write(&out.join("flaws.csv"), &csv(&all.flaws))?;
    Ok(all.files)
}

fn jobs<'a>(world: &World<'a>, period: PeriodIx) -> Vec<Job<'a>> {
    let campaign = world.campaign;
    let defined = campaign.period(period);
    let mut jobs = Vec::new();
    for deadline in &defined.deadlines {
        let Some(document) = campaign.documents.iter().find(|document| document.id == deadline.document) else {
            continue;
        };
        for unit in campaign.unit_ixs().filter(|unit| campaign.is_due(*unit, defined.as_of)) {
            if let Some(span) = campaign.unit(unit).at(defined.as_of)
                && campaign.level(span).id == deadline.level
            {
                jobs.push(Job { unit, span, period, document, deadline });
            }
        }
    }
    jobs
}

fn send(world: &World<'_>, figures: &Figures, job: &Job<'_>, inbox: &Path) -> Result<Sent, SampleError> {
    let mut sent = Sent::default();
    let (unit, period) = (world.code(job.unit), world.campaign.period(job.period).id.as_str());
    let document = job.document.id.as_str();
    let row = |file: &str, last: &str| [unit, document, period, file, last].map(str::to_owned).to_vec();
    if world.is_missing(job.unit, job.period, &job.document.id) {
        sent.flaws.push(row("", Flaw::Missing.as_str()));
        return Ok(sent);
    }
    let mut random = world.fate("sending", job.unit, job.period, &job.document.id);
    let is_late = world.is_late(job.unit, job.period, &job.document.id);
    let days = if is_late { random.between(1, 15) } else { -random.between(0, 9) };
    let time = moment(job.deadline.last_day, days, &mut random);
    let package = world.package(job.span, &job.document.id).filter(|_| job.document.has_form);
    let Some(package) = package else {
        // A plan on paper: a receipt alone.
        if !job.document.has_form {
            sent.receipts.push(row("", &time));
            if is_late {
                sent.flaws.push(row("", Flaw::Late.as_str()));
            }
        }
        return Ok(sent);
    };

    let name = |tail: &str| format!("{period}/{unit}-{document}{tail}.xlsx");
    let file = name("");
    let mut flaw = |file: &str, flaw: Flaw| sent.flaws.push(row(file, flaw.as_str()));
    if is_late {
        flaw(&file, Flaw::Late);
    }
    let mut typed = typed(world, figures, job);
    let truth = typed.clone();
    if let Some(made) = flaws::make(world, figures, job.unit, &mut typed, &mut random) {
        flaw(&file, made);
    }
    if random.chance(RESUBMITTED)
        && let Some(earlier) = flaws::earlier(world, &truth, &mut random)
    {
        let first = name("-lan-1");
        write(&inbox.join(&first), &book(world, figures, job, package, &earlier)?)?;
        sent.receipts.push(row(&first, &moment(job.deadline.last_day, days - 3, &mut random)));
        sent.files += 1;
        flaw(&first, Flaw::Resubmitted);
    }
    let mut bytes = book(world, figures, job, package, &typed)?;
    if random.chance(DAMAGED) {
        bytes.truncate(bytes.len() / 2);
        flaw(&file, Flaw::Damaged);
    }
    write(&inbox.join(&file), &bytes)?;
    sent.files += 1;
    // Versions are told apart by their receipts: a second one is always noted.
    if sent.receipts.is_empty() && random.chance(NO_RECEIPT) {
        flaw(&file, Flaw::NoReceipt);
    } else {
        sent.receipts.push(row(&file, &time));
    }
    Ok(sent)
}

/// The true figures and words of a workbook.
fn typed(world: &World<'_>, figures: &Figures, job: &Job<'_>) -> BTreeMap<FieldIx, CellInput> {
    let asked = world.fields(job.span, job.period, &job.document.id);
    let mut typed = BTreeMap::new();
    for field in asked.into_keys() {
        let known = world.campaign.field(field);
        let cell = match known.kind {
            ValueKind::Text => Some(CellInput::Text(words(world, job, &known.label))),
            _ => figures.value(job.unit, field).map(CellInput::Int),
        };
        typed.extend(cell.map(|cell| (field, cell)));
    }
    typed
}

fn words(world: &World<'_>, job: &Job<'_>, label: &str) -> Text {
    const SENTENCES: [&str; 6] = [
        "Không có.",
        "Kinh phí hoạt động còn hạn chế.",
        "Đoàn viên làm việc phân tán, khó tập hợp.",
        "Cán bộ công đoàn thay đổi giữa năm.",
        "Đề nghị mở thêm lớp bồi dưỡng nghiệp vụ.",
        "Đề nghị gửi biểu mẫu sớm hơn.",
    ];
    let mut random = world.random(&["words", label, world.code(job.unit), &job.period.0.to_string()]);
    // A label that ends in "số" asks for a number of a paper.
    match label.trim_end().ends_with(" số") {
        true => format!("{:02}/KH", random.between(1, 40)).into(),
        false => Text::from(SENTENCES[random.below(SENTENCES.len())]),
    }
}

fn book(
    world: &World<'_>,
    figures: &Figures,
    job: &Job<'_>,
    package: &Package,
    typed: &BTreeMap<FieldIx, CellInput>,
) -> Result<Vec<u8>, SampleError> {
    let rows = &figures.rows[job.unit.0 as usize];
    let prefill = Prefill {
        unit: Some(job.unit),
        period: Some(job.period),
        value: &|field| typed.get(&field).cloned(),
        rows: &|list: &List| rows.get(&list.id).cloned().unwrap_or_default(),
        ..Prefill::blank()
    };
    Ok(workbook(world.campaign, package, &prefill)?)
}

/// In office hours, so many days after a day.
fn moment(day: Date, days: i64, random: &mut Random) -> String {
    let day = thidua_model::date::from_days(thidua_model::date::days(day) + days).unwrap_or(day);
    format!("{day} {:02}:{:02}", random.between(7, 16), random.between(0, 59))
}
