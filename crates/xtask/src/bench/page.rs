//! The page with the figures.

use super::scale::{Point, picture};
use super::{Line, Part};
use crate::Failure;
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "# What it costs

Written by `thidua-xtask bench` (after `cargo build --release --workspace --all-targets`). Every floor was measured in the
same run, in turns with what is held against it; processor time, which other work on the machine disturbs least.
";

pub(crate) fn write(folder: &Path, parts: &[Part], points: &[Point], date: &str) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let mut page = format!("{HEAD}\n{date}; {}.\n", machine());
    let lines: Vec<&Line> = parts.iter().flat_map(|part| &part.lines).collect();
    if !lines.is_empty() {
        page += "\n| path | floor | measured | aim | reached |\n|---|---|---|---|---|\n";
    }
    for Line { path, floor, measured, reach, is_reached } in lines {
        let reached = match is_reached {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "–",
        };
        writeln!(page, "| {path} | {floor} | {measured} | {reach} | {reached} |")?;
    }
    for (title, printed) in parts.iter().flat_map(|part| &part.printed) {
        write!(page, "\n## {title}\n\n```text\n{printed}\n```\n")?;
    }
    if !points.is_empty() {
        page += "\n## Size\n\n| units | processor time, s | wall, s | memory, MiB |\n|---|---|---|---|\n";
        for Point { units, seconds, wall, memory } in points {
            writeln!(page, "| {units} | {seconds:.1} | {wall:.1} | {memory} |")?;
        }
        page += "\n![time and memory over units](scale.svg)\n";
        std::fs::write(folder.join("scale.svg"), picture(points))?;
    }
    // Written by hand: what figures cannot say.
    if let Ok(notes) = std::fs::read_to_string(folder.join("notes.md")) {
        write!(page, "\n{notes}")?;
    }
    std::fs::write(folder.join("README.md"), &page)?;
    println!("{page}");
    Ok(())
}

/// Processor, number of them, memory.
fn machine() -> String {
    let told = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let kib: u64 = told("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    format!("{processors} × {}, {:.0} GiB", told("/proc/cpuinfo", "model name"), kib as f64 / 1024.0 / 1024.0)
}
