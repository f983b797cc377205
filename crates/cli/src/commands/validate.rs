//! `thidua validate`

mod annotated;
mod json;
mod text;

use crate::args::{Format, Validate};
use crate::exit::NotAccepted;
use crate::print::print;
use crate::progress::Progress;
use crate::words::{self, Step};
use anyhow::Context;
use std::path::Path;
use thidua_campaign::LoadError;
use thidua_pipeline::{Check, PipelineError};

/// What was written beside the answer.
struct Written<'a> {
    report: Option<&'a Path>,
    annotated: &'a annotated::Annotated,
}

pub(crate) fn validate(args: &Validate) -> anyhow::Result<()> {
    // Text is for people, who see the end soon enough: progress is worth a line for many files only.
    let progress = Progress::new(args.format == Format::Json || args.files.len() < 20);
    let check = Check {
        campaign: &args.campaign,
        files: &args.files,
        jobs: args.jobs,
        reader: super::read_workbooks::reader(),
    };
    let validated = thidua_pipeline::validate::validate(&check, &|it| progress.show(it.into()));
    progress.finish();
    let validated = match validated {
        Err(PipelineError::Campaign(LoadError::Invalid { issues })) => return Err(super::broken(&issues)),
        validated => validated.map_err(|error| {
            let step = words::step(&error);
            anyhow::Error::new(error).context(step)
        })?,
    };
    if let Some(path) = &args.report {
        let step = || Step(format!("không ghi được bảng lỗi {}", path.display()));
        let workbook = validated.report(path).with_context(step)?;
        std::fs::write(path, workbook).with_context(step)?;
    }
    let annotated = match &args.annotate {
        Some(out) => annotated::write(&validated, &args.files, out, check.reader.as_ref())?,
        None => annotated::Annotated::default(),
    };
    let written = Written { report: args.report.as_deref(), annotated: &annotated };
    match args.format {
        Format::Text => print(&text::text(&validated, &written, args.lang.into()))?,
        Format::Json => print(&format!("{:#}\n", json::json(&validated, &written)))?,
    }
    if validated.is_accepted() { Ok(()) } else { Err(NotAccepted.into()) }
}
