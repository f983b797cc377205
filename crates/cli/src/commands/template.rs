//! `thidua template`

mod known;

use crate::args::Template;
use crate::exit::Usage;
use crate::print::print;
use crate::words::{self, Step};
use anyhow::Context;
use known::FromReleases;
use std::path::{Path, PathBuf};
use thidua_campaign::Campaign;
use thidua_forms::{wanted, write_all, write_blanks};
use thidua_model::{PeriodIx, UnitIx};
use thidua_release::Opened;

/// More files than this are counted instead of named.
const NAMED: usize = 50;

pub(crate) fn template(args: &Template) -> anyhow::Result<()> {
    let (campaign, _) = super::load(&args.campaign)?;
    let step = || Step(format!("không ghi được biểu mẫu vào {}", args.out.display()));
    if args.unit.is_none() && !args.all {
        if args.period.is_some() || args.from.is_some() || args.last.is_some() {
            return Err(Usage(
                "--period, --from, --last đi cùng --unit hoặc --all · these options need --unit or --all".to_owned(),
            )
            .into());
        }
        return told(&write_blanks(&campaign, &args.out).with_context(step)?, &args.out);
    }
    let units: Vec<UnitIx> = match &args.unit {
        Some(named) => {
            let found = thidua_release::explain::named_unit(&campaign, named);
            vec![found.map_err(|error| Usage(words::unexplained(&error)))?]
        }
        None => campaign.unit_ixs().collect(),
    };
    let from = args.from.as_deref().map(|folder| open(&campaign, folder)).transpose()?;
    let last = args.last.as_deref().map(|folder| open(&campaign, folder)).transpose()?;
    let period = period(&campaign, args.period.as_ref().map(|id| id.as_str()), from.as_ref())?;
    let wanted = wanted(&campaign, &units, period);
    if wanted.is_empty() {
        return Err(Usage(nothing(&campaign, &units, period)).into());
    }
    let known = FromReleases::new(&campaign, from.as_ref(), last.as_ref(), &wanted)
        .with_context(|| Step("không đọc được bản phát hành".to_owned()))?;
    told(&write_all(&campaign, &wanted, &known, &args.out).with_context(step)?, &args.out)
}

/// A release of this campaign.
fn open(campaign: &Campaign, folder: &Path) -> anyhow::Result<Opened> {
    let opened = thidua_release::open(folder)
        .with_context(|| Step(format!("không mở được bản phát hành {}", folder.display())))?;
    if *opened.manifest.campaign.id != *campaign.id {
        let of = &opened.manifest.campaign.id;
        let told = format!("{} là của phong trào {of} · it is a release of another campaign", folder.display());
        return Err(Usage(told).into());
    }
    Ok(opened)
}

/// The period asked for, else the last one of the release.
fn period(campaign: &Campaign, asked: Option<&str>, from: Option<&Opened>) -> anyhow::Result<Option<PeriodIx>> {
    let of_release = || from.map(|opened| opened.manifest.options.period.as_str());
    let Some(id) = asked.or_else(of_release) else { return Ok(None) };
    let found = campaign.find_period(id).ok_or_else(|| {
        let known: Vec<&str> = campaign.periods.iter().map(|period| period.id.as_str()).collect();
        Usage(format!("không có kỳ “{id}” · no such period; {}", known.join(", ")))
    })?;
    Ok(Some(found))
}

fn nothing(campaign: &Campaign, units: &[UnitIx], period: Option<PeriodIx>) -> String {
    let who = match units {
        [unit] => campaign.unit(*unit).id.to_string(),
        _ => "không đơn vị nào".to_owned(),
    };
    let when = period.map_or_else(|| "–".to_owned(), |period| campaign.period(period).id.to_string());
    format!("{who}: không có biểu nào phải nộp trong kỳ {when} · no form is due in the period")
}

fn told(written: &[PathBuf], out: &Path) -> anyhow::Result<()> {
    if written.len() > NAMED {
        return print(&format!("{}: {} tệp · files\n", out.display(), written.len()));
    }
    print(&written.iter().map(|path| format!("{}\n", path.display())).collect::<String>())
}
