//! Memory of this process, as Linux counts it; unknown elsewhere.

/// MiB in use now, and at most so far.
pub(crate) fn used() -> (Option<u64>, Option<u64>) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let read = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib / 1024)
    };
    (read("VmRSS:"), read("VmHWM:"))
}

/// `[12 MiB now, 30 MiB at most]`
pub(crate) fn told() -> String {
    match used() {
        (Some(now), Some(most)) => format!("[{now} MiB now, {most} MiB at most]"),
        _ => "[memory unknown]".to_owned(),
    }
}
