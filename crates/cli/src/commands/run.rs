//! `thidua run`

use crate::args::{Format, Run};
use crate::clock;
use crate::database::{block_on, failed, location};
use crate::exit::Usage;
use crate::print::print;
use crate::progress::Progress;
use crate::{show, words};
use std::path::Path;
use std::sync::Arc;
use thidua_campaign::LoadError;
use thidua_model::RunOptions;
use thidua_pipeline::{Finished, Job, PipelineError, books};
use thidua_portal::{RunError, StoreRun};

pub(crate) fn run(args: &Run) -> anyhow::Result<()> {
    let finished = match &args.inbox {
        Some(inbox) => over_folder(args, inbox)?,
        None => over_store(args)?,
    };
    further_books(args, &finished)?;
    match args.format {
        Format::Text => print(&show::summary(&finished)),
        Format::Json => print(&format!("{}\n", show::json(&finished))),
    }
}

/// Books that the release itself does not hold, so that it is the same with and without them.
fn further_books(args: &Run, finished: &Finished) -> anyhow::Result<()> {
    let folder = args.out.join(books::BOOKS).join(&*finished.release.id);
    let (campaign, release) = (&finished.campaign, &finished.release);
    let write = || -> Result<(), PipelineError> {
        if args.publication {
            books::publication(campaign, release, &folder)?;
        }
        if args.split_by.is_some() {
            books::split_by_superior(campaign, release, books::Profile::Board, &folder)?;
        }
        Ok(())
    };
    write().map_err(|error| {
        let step = words::step(&error);
        anyhow::Error::new(error).context(step)
    })
}

fn options(args: &Run) -> RunOptions {
    RunOptions { as_of: args.as_of, period: args.period.clone(), units_as_of: args.units_as_of }
}

fn over_folder(args: &Run, inbox: &Path) -> anyhow::Result<Finished> {
    let progress = Progress::new(args.format == Format::Json);
    let job = Job {
        campaign: &args.campaign,
        inbox,
        out: &args.out,
        options: options(args),
        jobs: args.jobs,
        reader: super::read_workbooks::reader(),
        is_fresh: args.fresh,
        made_at: clock::now(),
    };
    let finished = thidua_pipeline::run(&job, &|stage| progress.show(stage));
    progress.finish();
    match finished {
        Err(PipelineError::Campaign(LoadError::Invalid { issues })) => Err(super::broken(&issues)),
        finished => finished.map_err(|error| {
            let step = words::step(&error);
            anyhow::Error::new(error).context(step)
        }),
    }
}

/// Over what counts of a portal, as its own provisional run.
fn over_store(args: &Run) -> anyhow::Result<Finished> {
    let place = location(&args.database).map_err(|Usage(asked)| {
        Usage(format!("thiếu thư mục báo cáo, hoặc cơ sở dữ liệu của cổng · no reports are named\n  {asked}"))
    })?;
    let progress = Arc::new(Progress::new(args.format == Format::Json));
    let shown = Arc::clone(&progress);
    let finished = block_on(async {
        let store = place.open().await?;
        let run = StoreRun {
            store: store.clone(),
            campaign: args.campaign.clone(),
            out: args.out.clone(),
            work: std::env::temp_dir(),
            options: options(args),
            jobs: args.jobs,
            reader: super::read_workbooks::reader(),
            is_fresh: args.fresh,
            made_at: clock::now(),
        };
        let finished = thidua_portal::run_store(run, move |stage| shown.show(stage)).await;
        if let Ok(finished) = &finished
            && !thidua_portal::is_in_use(&store, &finished.campaign).await.map_err(failed)?
        {
            eprintln!(
                "Lưu ý: định nghĩa này khác định nghĩa mà cổng đang dùng. \
                 Note: this is not the definition that the portal uses."
            );
        }
        store.close().await;
        Ok(finished)
    });
    progress.finish();
    match finished? {
        Err(RunError::Pipeline(PipelineError::Campaign(LoadError::Invalid { issues }))) => Err(super::broken(&issues)),
        finished => finished.map_err(|error| {
            let step = words::store_run(&error);
            anyhow::Error::new(error).context(step)
        }),
    }
}
