//! Whole runs over a province: the first, one after a new report, and what a script in Python takes to read alone.

use super::child::{Cost, Stage, run};
use super::{Line, Part, Places};
use crate::Failure;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SCRIPT: &str = include_str!("read_all.py");
/// Runs of each kind; the least of them counts.
const ROUNDS: usize = 3;

/// An invented province and what its units sent.
pub(crate) struct Province {
    pub(crate) units: usize,
    pub(crate) campaign: PathBuf,
    pub(crate) inbox: PathBuf,
    folder: PathBuf,
    files: usize,
}

impl Province {
    /// `name`: of the folder, one for each part that makes provinces.
    pub(crate) fn make(places: &Places, name: &str, units: usize) -> Result<Self, Failure> {
        eprintln!("a province of {units} units");
        let folder = places.work.path().join(format!("{name}-{units}"));
        let mut sample = Command::new(&places.thidua);
        sample.arg("sample").arg(places.campaign()).args(["--units", &units.to_string(), "--seed", "1", "--out"]);
        run(sample.arg(&folder))?;
        let inbox = folder.join("inbox");
        let files = workbooks(&inbox)?.len();
        Ok(Self { units, campaign: folder.join("campaign"), inbox, folder, files })
    }

    /// A run into a folder; `fresh`: nothing of an earlier run is used.
    pub(crate) fn run(&self, places: &Places, out: &Path, fresh: bool) -> Result<(Cost, Vec<Stage>), Failure> {
        let mut command = Command::new(&places.thidua);
        command.arg("run").arg(&self.campaign).arg(&self.inbox).arg("--out").arg(out);
        run(command.args(fresh.then_some("--fresh")))
    }

    /// The figures, and the folder of the release.
    pub(crate) fn measure(&self, places: &Places) -> Result<(Part, PathBuf), Failure> {
        let out = self.folder.join("out");
        eprintln!("the first run");
        let mut first = Vec::new();
        for _ in 0..ROUNDS {
            first.push(self.run(places, &out, true)?);
        }
        let release = releases(&out)?.pop().ok_or("no release")?;
        eprintln!("the second run, after one new report");
        let mut second = Vec::new();
        for round in 0..ROUNDS {
            one_more(&self.inbox, round)?;
            second.push(self.run(places, &out, false)?);
        }
        let (first, stages) = least(first);
        let (second, _) = least(second);
        let reading = reading(&stages, &first);
        let mut part = Part::default();
        let kind = format!("{} units, {} workbooks", self.units, self.files);
        let ratio = seconds(first.processor) / seconds(reading);
        part.lines.push(Line {
            path: "whole run, to release and workbook",
            floor: format!("its own reading stage: {:.1} s processor time ({kind})", seconds(reading)),
            measured: format!(
                "{:.1} s processor time, {:.1} s on the wall: {ratio:.2} ×",
                seconds(first.processor),
                seconds(first.wall)
            ),
            reach: "≤ 1.3 ×",
            is_reached: Some(ratio <= 1.3),
        });
        part.lines.push(Line {
            path: "memory of that run, with its children",
            floor: "–".into(),
            measured: format!("{} MiB", first.most_memory),
            reach: "≤ 200 MiB",
            is_reached: Some(first.most_memory <= 200),
        });
        let share = seconds(second.processor) / seconds(first.processor);
        part.lines.push(Line {
            path: "second run after one new report",
            floor: format!("the first run: {:.1} s processor time", seconds(first.processor)),
            measured: format!(
                "{:.1} s processor time, {:.1} s on the wall: {:.0} %",
                seconds(second.processor),
                seconds(second.wall),
                share * 100.0
            ),
            reach: "≤ 30 %",
            is_reached: Some(share <= 0.30),
        });
        part.lines.extend(self.python(places, &first)?);
        Ok((part, release))
    }

    /// The same files read by pandas over openpyxl, where python has them; a twentieth of the files, for patience.
    fn python(&self, places: &Places, first: &Cost) -> Result<Option<Line>, Failure> {
        let has = |module: &str| {
            Command::new("python3")
                .args(["-c", &format!("import {module}")])
                .output()
                .is_ok_and(|it| it.status.success())
        };
        if !has("openpyxl") {
            eprintln!("python3 with openpyxl is missing: not compared");
            return Ok(None);
        }
        eprintln!("python over a twentieth of the files");
        let part: Vec<PathBuf> = workbooks(&self.inbox)?.into_iter().step_by(20).collect();
        let list = places.work.path().join("files.txt");
        let lines: Vec<String> = part.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        std::fs::write(&list, lines.join("\n"))?;
        let (cost, _) = run(Command::new("python3").args(["-c", SCRIPT]).arg(&list))?;
        let all = seconds(cost.processor) * self.files as f64 / part.len() as f64;
        let ratio = all / seconds(first.processor);
        let reader = if has("pandas") { "pandas over openpyxl" } else { "openpyxl alone (pandas is missing)" };
        Ok(Some(Line {
            path: "whole run against Python reading alone",
            floor: format!("{reader}: {all:.0} s processor time for {} workbooks", self.files),
            measured: format!("the whole run takes {:.1} s: {ratio:.0} × faster", seconds(first.processor)),
            reach: "≥ 25 × faster",
            is_reached: Some(ratio >= 25.0),
        }))
    }
}

pub(crate) fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// The run that other work on the machine disturbed least.
fn least(runs: Vec<(Cost, Vec<Stage>)>) -> (Cost, Vec<Stage>) {
    runs.into_iter().min_by_key(|(cost, _)| cost.processor).unwrap_or_default()
}

/// Processor time until computing starts.
fn reading(stages: &[Stage], whole: &Cost) -> Duration {
    stages.iter().find(|(name, ..)| name == "Tính toán").map_or(whole.processor, |(_, processor, _)| *processor)
}

fn workbooks(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(workbooks(&path)?);
        } else if path.extension().is_some_and(|it| it == "xlsx") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn releases(out: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folders = std::fs::read_dir(out)?.flatten().map(|entry| entry.path());
    Ok(folders.filter(|path| path.join("manifest.json").is_file()).collect())
}

/// A report that was not there: a copy of one under another name.
fn one_more(inbox: &Path, round: usize) -> Result<(), Failure> {
    let from = workbooks(inbox)?.into_iter().nth(round).ok_or("an empty inbox")?;
    std::fs::copy(&from, from.with_file_name(format!("gui-them-{round}.xlsx")))?;
    Ok(())
}
