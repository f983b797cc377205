//! The same work for many numbered rows, on all processors.

/// The results of all rows in order, worked out on as many threads as there are processors. A row
/// knows only its number, so it does not matter which thread runs it.
pub fn rows<T: Send>(count: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(count.max(1));
    let run = &run;
    std::thread::scope(|scope| {
        let block = |thread: usize| count * thread / threads..count * (thread + 1) / threads;
        let workers: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || block(thread).map(run).collect::<Vec<T>>())).collect();
        let blocks = workers.into_iter().map(|worker| worker.join());
        blocks.flat_map(|block| block.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}
