//! `thidua run`

use crate::args::{Format, Run};
use crate::print::print;
use crate::progress::Progress;
use crate::{show, words};
use thidua_campaign::LoadError;
use thidua_model::RunOptions;
use thidua_pipeline::{Job, PipelineError};

pub(crate) fn run(args: &Run) -> anyhow::Result<()> {
    let progress = Progress::new(args.format == Format::Json);
    let job = Job {
        campaign: &args.campaign,
        inbox: &args.inbox,
        out: &args.out,
        options: RunOptions { as_of: args.as_of, period: args.period.clone() },
        jobs: args.jobs,
        reader: super::read_workbooks::reader(),
        made_at: super::publish::now(),
    };
    let finished = thidua_pipeline::run(&job, &|stage| progress.show(stage));
    progress.finish();
    let finished = match finished {
        Err(PipelineError::Campaign(LoadError::Invalid { issues })) => return Err(super::broken(&issues)),
        finished => finished.map_err(|error| {
            let step = words::step(&error);
            anyhow::Error::new(error).context(step)
        })?,
    };
    match args.format {
        Format::Text => print(&show::summary(&finished)),
        Format::Json => print(&format!("{}\n", show::json(&finished))),
    }
}
