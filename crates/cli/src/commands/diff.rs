//! `thidua diff`: what differs between two releases, and why.

mod json;
mod text;

use crate::args::{Diff, Format};
use crate::exit::Usage;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::path::Path;
use thidua_campaign::Campaign;
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
}

impl Compared {
    fn has_other_corrections(&self) -> bool {
        let digest = |it: &Opened| it.manifest.corrections.as_ref().map(|it| it.digest.clone());
        digest(&self.from) != digest(&self.to)
    }
}

pub(crate) fn diff(args: &Diff) -> anyhow::Result<()> {
    let (from, to) = (open(&args.from)?, open(&args.to)?);
    let campaign = thidua_campaign::from_files(to.definition.clone())
        .with_context(|| Step("không đọc được định nghĩa trong bản phát hành".to_owned()))?;
    check(args, &from, &to)?;
    // Filters come after; a limit keeps of what they leave.
    let mut found = compare_to(&from, &to, Depth { rows: usize::MAX, scores: args.unit.is_some() });
    keep(args, &to, &mut found);
    let compared = Compared { from, to, campaign, found };
    match args.format {
        Format::Text => print(&text::text(&compared, args.limit.unwrap_or(40), args.lang.into())),
        Format::Json => print(&format!("{:#}\n", json::object(&compared, args.limit.unwrap_or(usize::MAX)))),
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
