//! `thidua diff`: what differs between two releases, and why.

mod json;
mod text;

use crate::args::{Diff, Format};
use crate::exit::Usage;
use crate::new_file::NewFile;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;
use thidua_campaign::Campaign;
use thidua_model::Text;
use thidua_pipeline::{Split, SplitError, SplitRow, books};
use thidua_release::Opened;
use thidua_release::compare::{Comparison, Depth, Listed, compare_to};

/// Two releases with what differs.
struct Compared {
    from: Opened,
    to: Opened,
    /// The definition of the second.
    campaign: Campaign,
    /// With the rows that were asked for.
    found: Comparison,
    /// Of the places that are shown; or why there is none.
    split: Result<Split, String>,
}

impl Compared {
    fn split_of(&self, period: &str, unit: &str) -> Option<&SplitRow> {
        let rows = &self.split.as_ref().ok()?.rows;
        rows.iter().find(|row| &*row.period == period && &*row.unit == unit)
    }

    fn has_other_corrections(&self) -> bool {
        let digest = |it: &Opened| it.manifest.corrections.as_ref().map(|it| it.digest.clone());
        digest(&self.from) != digest(&self.to)
    }
}

pub(crate) fn diff(args: &Diff) -> anyhow::Result<()> {
    let (from, to) = (open(&args.from)?, open(&args.to)?);
    let campaign = thidua_release::campaign(&to.manifest, to.definition.clone())
        .with_context(|| Step("không đọc được định nghĩa trong bản phát hành".to_owned()))?;
    check(args, &from, &to)?;
    // Filters come after; a limit keeps of what they leave.
    let mut found = compare_to(&from, &to, Depth { rows: usize::MAX, scores: args.unit.is_some() });
    keep(args, &to, &mut found);
    let is_short = args.format == Format::Text && args.out.is_none();
    let limit = args.limit.unwrap_or(if is_short { 40 } else { usize::MAX });
    let split = split(args, limit, &from, &to, &found)?;
    if let Some(out) = &args.out {
        let bytes = books::changes(&campaign, &found, &split)
            .with_context(|| Step("không lập được sổ khác nhau".to_owned()))?;
        NewFile::write(out, &bytes)?;
        return print(&format!("{}\n", out.display()));
    }
    let compared = Compared { from, to, campaign, found, split };
    match args.format {
        Format::Text => print(&text::text(&compared, limit, args.lang.into())),
        Format::Json => print(&format!("{:#}\n", json::object(&compared, limit))),
    }
}

/// Splits the differences of the points that will be shown. What cannot be split is told beside them.
fn split(
    args: &Diff,
    limit: usize,
    from: &Opened,
    to: &Opened,
    found: &Comparison,
) -> anyhow::Result<Result<Split, String>> {
    let shown = found.rankings.rows.iter().take(limit);
    let asked: Vec<(Text, Text)> =
        shown.filter(|row| row.difference.is_some()).map(|row| (row.period.clone(), row.unit.clone())).collect();
    if args.no_split || asked.is_empty() {
        return Ok(Ok(Split::default()));
    }
    match thidua_pipeline::split(from, to, &asked) {
        Err(SplitError::Release(error)) => {
            Err(error).with_context(|| Step("không tính lại được từ bản phát hành".to_owned()))
        }
        found => Ok(found.map_err(|error| error.to_string())),
    }
}

fn open(folder: &Path) -> anyhow::Result<Opened> {
    thidua_release::open(folder).with_context(|| Step(format!("không mở được bản phát hành {}", folder.display())))
}

/// What one of the releases knows can be asked for.
fn check(args: &Diff, from: &Opened, to: &Opened) -> anyhow::Result<()> {
    let known = |column: &str, id: &str| {
        let has = |opened: &Opened| opened.table("units").is_some_and(|table| !table.rows_where(column, id).is_empty());
        has(from) || has(to)
    };
    let has_period = |id: &str| [from, to].iter().any(|it| it.manifest.periods.iter().any(|period| period.id == id));
    for (asked, is_known, words) in [
        (&args.unit, args.unit.as_deref().is_none_or(|id| known("unit", id)), "không có đơn vị “{}” · no such unit"),
        (
            &args.cluster,
            args.cluster.as_deref().is_none_or(|id| known("cluster", id)),
            "không có cụm thi đua “{}” · no such cluster",
        ),
        (&args.period, args.period.as_deref().is_none_or(has_period), "không có kỳ “{}” · no such period"),
    ] {
        if let (Some(id), false) = (asked, is_known) {
            return Err(Usage(words.replace("{}", id)).into());
        }
    }
    Ok(())
}

/// Leaves the rows that were asked for.
fn keep(args: &Diff, to: &Opened, found: &mut Comparison) {
    let is_period = |id: &str| args.period.as_deref().is_none_or(|asked| asked == id);
    let in_cluster = |unit: &str| {
        let Some(cluster) = &args.cluster else { return true };
        let Some(table) = to.table("units") else { return false };
        let rows = table.rows_where("unit", unit).into_iter();
        let column = table.column("cluster");
        rows.filter_map(|row| column?.text(row)).any(|it| it == cluster)
    };
    let is_unit = |unit: &str| args.unit.as_deref().is_none_or(|asked| asked == unit) && in_cluster(unit);
    retain(&mut found.units, |it| is_unit(&it.unit));
    retain(&mut found.submissions, |it| is_unit(&it.unit) && is_period(&it.period));
    retain(&mut found.results, |it| is_unit(&it.unit) && is_period(&it.period));
    retain(&mut found.rankings, |it| {
        let cluster = args.cluster.as_deref();
        let is_of = |line: &Option<thidua_release::compare::PlaceLine>| {
            line.as_ref().is_some_and(|line| Some(&*line.cluster) == cluster)
        };
        args.unit.as_deref().is_none_or(|asked| asked == &*it.unit)
            && is_period(&it.period)
            && (cluster.is_none() || is_of(&it.from) || is_of(&it.to))
    });
    if let Some(scores) = &mut found.scores {
        retain(scores, |it| is_unit(&it.unit) && is_period(&it.period));
    }
}

fn retain<T>(list: &mut Listed<T>, is_asked: impl Fn(&T) -> bool) {
    list.rows.retain(is_asked);
    list.total = list.rows.len();
}
