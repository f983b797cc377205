//! Makes a release by the program's own stages: definition, reports, computing, freezing, writing.
//! Only reading workbooks is left out: the reports are invented as if they had been read.

use crate::{Failure, country, memory};
use std::path::Path;
use std::time::Instant;
use thidua_campaign::LoadError;
use thidua_model::{DateTime, RunOptions};
use thidua_release::journal;

/// The journal's times; nothing here reads a clock but for telling how long a step took.
const MADE_AT: DateTime = DateTime::constant(2014, 12, 16, 8, 30, 0, 0);

/// # Input
/// `units`: grassroots unions; the same `units` and `seed` give the same release.
pub(crate) fn make(units: usize, seed: u64, out: &Path) -> Result<(), Failure> {
    let mut watch = Watch(Instant::now());
    let files = country::definition(units, seed);
    let campaign = thidua_campaign::from_files(files).map_err(told)?;
    watch.tell(&format!("definition: {} units of all levels", campaign.units.len()));
    let intake = country::reports(&campaign, seed);
    watch.tell(&format!("reports: {} submissions", intake.submissions.len()));
    let options = RunOptions::default();
    let outcome = thidua_compute::compute(&campaign, &intake, &options);
    watch.tell(&format!("computed: {} indicators, {} scores", outcome.indicators.len(), outcome.scores.len()));
    let frozen = thidua_release::freeze(&campaign, &intake, &outcome, &options);
    drop((campaign, intake, outcome));
    watch.tell("frozen");
    for (name, table) in &frozen.tables {
        println!("{:>10} rows  {name}", table.rows());
    }
    let folder = thidua_release::write(&frozen, &[], out)?;
    let id = frozen.id.clone();
    drop(frozen);
    watch.tell("written");
    journal::made(out, &id, MADE_AT, "synthetic")?;
    journal::publish(out, &id, MADE_AT, "synthetic")?;
    watch.tell("published");
    println!("{}", folder.display());
    Ok(())
}

fn told(error: LoadError) -> Failure {
    match error {
        LoadError::Invalid { issues } => {
            issues.iter().take(20).map(|issue| format!("{issue}\n")).collect::<String>().into()
        }
        other => other.into(),
    }
}

/// Tells how long each step took.
struct Watch(Instant);

impl Watch {
    fn tell(&mut self, what: &str) {
        println!("{:>7.1} s  {what} {}", self.0.elapsed().as_secs_f64(), memory::told());
        self.0 = Instant::now();
    }
}
