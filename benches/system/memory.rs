//! How much memory a benchmark took, by the operating system's own figure.

/// The most memory the process has held, in kilobytes, as Linux counts it; 0 elsewhere.
pub(super) fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
