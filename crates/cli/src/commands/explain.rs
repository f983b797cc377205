//! `thidua explain`

use crate::args::{Explain, Format};
use crate::exit::Usage;
use crate::print::print;
use crate::words::{self, Step};
use anyhow::Context;
use thidua_pipeline::{Thawed, WhatIfError};

pub(crate) fn explain(args: &Explain) -> anyhow::Result<()> {
    if args.place {
        return place(args);
    }
    let (release, campaign) = super::release(&args.release)?;
    let (indicator, period) = (args.indicator.as_deref(), args.period.as_deref());
    let explanation = thidua_release::explain::explain_period(&release, &campaign, &args.unit, indicator, period)
        .map_err(|error| Usage(words::unexplained(&error)))?;
    match args.format {
        Format::Text => print(&explanation.render(args.lang.into())),
        Format::Json => print(&format!("{}\n", serde_json::to_string_pretty(&explanation)?)),
    }
}

fn place(args: &Explain) -> anyhow::Result<()> {
    let step = || Step(format!("không mở được bản phát hành {}", args.release.display()));
    let opened = thidua_release::open(&args.release).with_context(step)?;
    // One release for one answer: however many units, it is worth the wait.
    let thawed = match Thawed::within(&opened, u64::MAX) {
        Err(error @ WhatIfError::Release(_)) => return Err(anyhow::Error::new(error).context(step())),
        thawed => thawed.map_err(|error| Usage(error.to_string()))?,
    };
    let unit = thidua_release::explain::named_unit(thawed.campaign(), &args.unit)
        .map_err(|error| Usage(words::unexplained(&error)))?;
    let placing = thidua_pipeline::place(&opened, &thawed, unit, args.period.as_deref())
        .map_err(|error| Usage(error.to_string()))?;
    let placing = placing.ok_or_else(|| {
        let code = &thawed.campaign().unit(unit).id;
        Usage(format!("{code} không thuộc cụm thi đua nào trong kỳ này · it competes in no cluster of the period"))
    })?;
    match args.format {
        Format::Text => print(&placing.render(args.lang.into())),
        Format::Json => print(&format!("{}\n", serde_json::to_string_pretty(&placing)?)),
    }
}
