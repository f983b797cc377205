//! What work costs: processor time, which other work on the machine does not change, and memory.

use std::time::Duration;

/// Processor time of this thread; of what runs in it, to the nanosecond.
pub(crate) fn thread_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanos = told.split_ascii_whitespace().next().and_then(|nanos| nanos.parse().ok()).expect("a number");
    Duration::from_nanos(nanos)
}

/// Processor time of this process and its ended children, to the hundredth of a second.
pub(crate) fn family_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit_once(')').expect("a name").1.split_ascii_whitespace().skip(11).take(4);
    // Own and children's, user and system.
    Duration::from_millis(10 * fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>())
}

/// The most memory that a process took so far, in KiB.
pub(crate) fn peak(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

/// The processes that this one started and that still live.
pub(crate) fn children() -> Vec<String> {
    let own = std::process::id().to_string();
    let parent = |process: &str| {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(1).map(str::to_owned)
    };
    let all = std::fs::read_dir("/proc").expect("Linux").flatten();
    let processes = all.filter_map(|entry| entry.file_name().into_string().ok());
    processes.filter(|name| name.bytes().all(|b| b.is_ascii_digit()) && parent(name).as_ref() == Some(&own)).collect()
}
