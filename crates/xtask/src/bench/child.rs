//! A process with all that it starts: how long, how much processor time, how much memory at once.
//!
//! In:  a command.
//! Out: [`Cost`], and when each stage that the program tells on stderr began.

use crate::Failure;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// Of the process and everything that it started.
    pub(crate) processor: Duration,
    /// MiB of the process and everything that it started, added, at the worst moment seen.
    pub(crate) most_memory: u64,
}

/// A stage as the program names it, with processor time and wall since the start.
pub(crate) type Stage = (String, Duration, Duration);

const EVERY: Duration = Duration::from_millis(10);

/// Runs a command to its end.
///
/// # Errors
/// It does not start, or fails.
pub(crate) fn run(command: &mut Command) -> Result<(Cost, Vec<Stage>), Failure> {
    let before = ended_children();
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let stderr = child.stderr.take().ok_or("no stderr")?;
    let (top, is_done) = (child.id(), AtomicBool::new(false));
    let (most_memory, stages, told) = thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = 0;
            while !is_done.load(Ordering::Relaxed) {
                most = most.max(family(top).into_iter().map(memory).sum());
                thread::sleep(EVERY);
            }
            most
        });
        let (mut stages, mut told): (Vec<Stage>, Vec<String>) = (Vec::new(), Vec::new());
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let name = line.split(':').next().unwrap_or_default().to_owned();
            if stages.last().is_none_or(|(last, ..)| *last != name) {
                stages.push((name, family(top).into_iter().map(processor).sum(), started.elapsed()));
            }
            told.push(line);
        }
        is_done.store(true, Ordering::Relaxed);
        (watching.join().unwrap_or_default(), stages, told)
    });
    let status = child.wait()?;
    let wall = started.elapsed();
    if !status.success() {
        return Err(format!("{command:?}: {status}\n{}", told.join("\n")).into());
    }
    let cost = Cost { wall, processor: ended_children() - before, most_memory: most_memory / 1024 };
    Ok((cost, stages))
}

/// Processor time of this process, its ended threads included.
pub(crate) fn own_time() -> Duration {
    fields("self").map_or(Duration::ZERO, |times| ticks(&times[..2]))
}

/// Processor time of all children of this process that have ended, and of theirs.
fn ended_children() -> Duration {
    fields("self").map_or(Duration::ZERO, |times| ticks(&times[2..]))
}

/// Of a process and of its ended children.
fn processor(process: u32) -> Duration {
    fields(&process.to_string()).map_or(Duration::ZERO, |times| ticks(&times))
}

/// User and system, own and ended children's, in hundredths of a second.
fn fields(process: &str) -> Option<Vec<u64>> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11).take(4);
    fields.map(|field| field.parse().ok()).collect()
}

fn ticks(times: &[u64]) -> Duration {
    Duration::from_millis(10 * times.iter().sum::<u64>())
}

/// KiB in memory now.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

/// The process, and those that it and its descendants started.
fn family(top: u32) -> Vec<u32> {
    let mut all = vec![top];
    let mut at = 0;
    while let Some(process) = all.get(at).copied() {
        at += 1;
        let Ok(threads) = std::fs::read_dir(format!("/proc/{process}/task")) else { continue };
        for thread in threads.flatten() {
            let children = std::fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            all.extend(children.split_ascii_whitespace().filter_map(|child| child.parse::<u32>().ok()));
        }
    }
    all
}
