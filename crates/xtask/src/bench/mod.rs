//! One command that measures everything and writes the page with the figures.
//!
//! In:  the binary `thidua` beside this one, and the benches of `sheets` and `compute`.
//! Out: `benchmarks/README.md` and `scale.svg`: ratios to floors that were measured in the same run, with machine and date.
//!
//! Not here: what is compared with what inside a process (`sheets/benches`, `compute/benches`).

mod book;
mod child;
mod floors;
mod graphql;
mod http;
mod page;
mod province;
mod scale;

use crate::Failure;
use std::path::{Path, PathBuf};

pub(crate) const USAGE: &str = "\
thidua-xtask bench [--units N] [--scale N,N,...] [--only PART,PART] [--date YYYY-MM-DD]
    measures reading, computing, whole runs, the workbook and GraphQL; writes crates/xtask/benchmarks;
    parts: inner, province, workbook, graphql, scale";

/// What to measure.
struct Plan {
    units: usize,
    scale: Vec<usize>,
    only: Option<String>,
    date: String,
}

/// A line of the table.
pub(crate) struct Line {
    path: &'static str,
    floor: String,
    measured: String,
    /// What is aimed at, and whether it is reached.
    reach: &'static str,
    is_reached: Option<bool>,
}

/// A part of the page.
#[derive(Default)]
pub(crate) struct Part {
    lines: Vec<Line>,
    /// As programs printed it.
    printed: Vec<(String, String)>,
}

/// Where things are.
pub(crate) struct Places {
    /// The product.
    thidua: PathBuf,
    repository: PathBuf,
    /// A folder for what is made on the way.
    work: tempfile::TempDir,
}

impl Places {
    fn campaign(&self) -> PathBuf {
        self.repository.join("templates/dak-lak-2014")
    }
}

pub(crate) fn bench(options: &[&str]) -> Result<(), Failure> {
    let plan = plan(options)?;
    let thidua = std::env::current_exe()?.with_file_name("thidua");
    if !thidua.is_file() {
        return Err(format!("{} is missing: cargo build --release --workspace", thidua.display()).into());
    }
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let places = Places { thidua, repository, work: tempfile::tempdir()? };
    let wanted = |part: &str| plan.only.as_deref().is_none_or(|only| only.split(',').any(|it| it == part));
    let mut parts = Vec::new();
    if wanted("inner") {
        parts.push(floors::inner(&places)?);
    }
    if wanted("province") || wanted("workbook") || wanted("graphql") {
        let province = province::Province::make(&places, "province", plan.units)?;
        let (part, release) = province.measure(&places)?;
        parts.push(part);
        if wanted("workbook") {
            parts.push(book::measure(&release)?);
        }
        if wanted("graphql") {
            parts.push(graphql::measure(&places, &release)?);
        }
    }
    let mut points = Vec::new();
    if wanted("scale") {
        for units in &plan.scale {
            points.push(scale::point(&places, *units)?);
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks");
    page::write(&folder, &parts, &points, &plan.date)
}

fn plan(options: &[&str]) -> Result<Plan, Failure> {
    let mut plan = Plan {
        units: 2_000,
        scale: vec![500, 2_000, 8_000],
        only: None,
        date: "ngày không ghi · no date given".into(),
    };
    for pair in options.chunks(2) {
        match pair {
            ["--units", count] => plan.units = count.parse()?,
            ["--scale", counts] => plan.scale = counts.split(',').map(str::parse).collect::<Result<_, _>>()?,
            ["--only", part] => plan.only = Some((*part).to_owned()),
            ["--date", date] => plan.date = (*date).to_owned(),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(plan)
}
