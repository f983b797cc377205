//! What reading costs, against floors and another library, over the same bytes in the same run.
//!
//! `cargo bench -p thidua-sheets --bench reading` reads 2,000 workbooks of each corpus in turns: inflated only; taken
//! apart into events of XML; by a hand reader that trusts its input; by calamine's bare `worksheet_range`; by `read`
//! with every guard, in this process, in a child, and in two children at once. It prints processor time, memory, and
//! for the pool time on the wall. Nothing is asserted about time: a busy machine is no defect.

mod corpus;
mod cost;
mod floors;

use calamine::{Reader, Xlsx};
use corpus::Corpus;
use std::hint::black_box;
use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use thidua_sheets::{Bounds, CellValue, Limits, Pool, ReaderCommand, read, serve_child};

const FILES: usize = 2_000;
const ROUNDS: usize = 8;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "read") {
        serve_child().expect("a pool on the other side");
        return;
    }
    let wanted = |key: &str| arguments.iter().find_map(|argument| argument.strip_prefix(key));
    for (short, make) in [("drawn", corpus::drawn as fn() -> Corpus), ("ours", corpus::ours)] {
        if wanted("corpus=").is_some_and(|wanted| wanted != short) {
            continue;
        }
        let corpus = make();
        println!("\n{}: {} different ones of {} bytes", corpus.name, corpus.files.len(), corpus.mean_bytes());
        check(&corpus);
        // `only=read`, `only=hand,read`, `only=pool`, `corpus=ours`: for a profiler, or for a quick look while working on one of them.
        let only = wanted("only=");
        if only != Some("pool") {
            in_this_process(&corpus, only);
        }
        if only.is_none_or(|only| only == "pool") {
            in_children(&corpus);
        }
        if only.is_none() {
            memory(&corpus);
        }
    }
}

/// The hand reader is a floor only if it reads what is there.
fn check(corpus: &Corpus) {
    let mut memory = floors::Memory::new();
    for bytes in &corpus.files {
        let flat = floors::hand(bytes, &mut memory);
        let book = read(bytes, &Limits::default()).expect("a workbook");
        let ours = book.sheets.iter().flat_map(|sheet| &sheet.cells);
        let wanted: usize = ours
            .filter_map(|cell| match &cell.value {
                CellValue::Text(text) => Some(text.len()),
                _ => None,
            })
            .sum();
        let found: usize = flat
            .cells
            .iter()
            .filter_map(|(_, _, value)| match value {
                floors::Value::Text(start, end) => Some((end - start) as usize),
                floors::Value::Number(_) => None,
            })
            .sum();
        assert_eq!(found, wanted, "bytes of texts");
    }
}

fn calamine_ranges(bytes: &[u8]) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    for name in book.sheet_names() {
        black_box(book.worksheet_range(&name).expect("a sheet"));
    }
}

fn ours(bytes: &[u8]) {
    black_box(read(bytes, &Limits::default()).expect("a workbook"));
}

type Way<'w> = (&'static str, Box<dyn FnMut(&[u8]) + 'w>);

fn ways<'w>() -> Vec<Way<'w>> {
    let (mut inflating, mut tokenising, mut by_hand) =
        (floors::Memory::new(), floors::Memory::new(), floors::Memory::new());
    vec![
        ("inflate only", Box::new(move |bytes| floors::inflate(bytes, &mut inflating))),
        ("inflate, events of XML", Box::new(move |bytes| floors::tokenise(bytes, &mut tokenising))),
        (HAND, Box::new(move |bytes| drop(black_box(floors::hand(bytes, &mut by_hand))))),
        ("calamine, worksheet_range", Box::new(calamine_ranges)),
        ("read", Box::new(ours)),
    ]
}

const HAND: &str = "hand reader";

fn in_this_process(corpus: &Corpus, only: Option<&str>) {
    let mut ways = ways();
    ways.retain(|(name, _)| only.is_none_or(|only| only.split(',').any(|wanted| name.starts_with(wanted))));
    let mut spent = vec![Vec::new(); ways.len()];
    // In rounds and in turns, so that a change of the machine's pace meets each alike.
    for round in 0..ROUNDS {
        let files = || corpus.files.iter().cycle().skip(round * FILES / ROUNDS).take(FILES / ROUNDS);
        for turn in 0..ways.len() {
            let number = (turn + round) % ways.len();
            let before = cost::thread_time();
            files().for_each(|bytes| (ways[number].1)(bytes));
            spent[number].push(cost::thread_time() - before);
        }
    }
    // Without a hand reader each is held against the first.
    let hand = ways.iter().position(|(name, _)| *name == HAND).unwrap_or_default();
    for ((name, _), times) in ways.iter().zip(&spent) {
        let total: Duration = times.iter().sum();
        let ratios = times.iter().zip(&spent[hand]).map(|(time, hand)| time.as_secs_f64() / hand.as_secs_f64());
        println!("{name:28} {:7.0} ms processor time, {:.2} × the hand reader", millis(total), median(ratios));
    }
}

/// The same through a pool: one thread, then two at once; time on the wall, and processor time of all.
fn in_children(corpus: &Corpus) {
    let mut walls = [const { Vec::new() }; 2];
    let mut counting = [const { Vec::new() }; 2];
    let mut spent = [Duration::ZERO; 2];
    for round in 0..ROUNDS {
        for turn in 0..2 {
            let threads = 1 + (turn + round) % 2;
            let next = AtomicUsize::new(round * FILES / ROUNDS);
            counting[threads - 1].push(count(threads));
            let before = cost::family_time();
            // The time of a child counts when it has ended.
            {
                let pool = pool(threads);
                warm(&pool, threads, corpus);
                let started = Instant::now();
                std::thread::scope(|scope| {
                    for _ in 0..threads {
                        scope.spawn(|| {
                            loop {
                                let number = next.fetch_add(1, Ordering::Relaxed);
                                if number >= (round + 1) * FILES / ROUNDS {
                                    return;
                                }
                                let bytes = &corpus.files[number % corpus.files.len()];
                                black_box(pool.read(bytes, &Limits::default()).expect("a workbook"));
                            }
                        });
                    }
                });
                walls[threads - 1].push(started.elapsed());
            }
            spent[threads - 1] += cost::family_time() - before;
        }
    }
    for (threads, (walls, spent)) in walls.iter().zip(spent).enumerate() {
        let total: Duration = walls.iter().sum();
        println!(
            "Pool::read, {} thread(s)      {:7.0} ms on the wall, {:7.0} ms processor time of all",
            threads + 1,
            millis(total),
            millis(spent)
        );
    }
    // Other work on the machine takes from two threads what one thread does not need: beside it what is left for work
    // that shares nothing.
    for (what, walls) in [("Pool::read", walls), ("counting alone", counting)] {
        let ratios = walls[0].iter().zip(&walls[1]).map(|(one, two)| one.as_secs_f64() / two.as_secs_f64());
        let quietest = |walls: &[Duration]| walls.iter().min().expect("rounds").as_secs_f64();
        println!(
            "{what:14} on two threads: {:.2} times as fast in the median round, {:.2} times in the quietest of each",
            median(ratios),
            quietest(&walls[0]) / quietest(&walls[1])
        );
    }
}

/// Time on the wall of plain counting, shared among threads.
fn count(threads: usize) -> Duration {
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for step in 0..300_000_000 / threads {
                    black_box(step);
                }
            });
        }
    });
    started.elapsed()
}

fn pool(readers: usize) -> Pool {
    let program = std::env::current_exe().expect("this binary");
    Pool::new(ReaderCommand { program, args: vec!["read".into()] }, readers, Bounds::default()).expect("it starts")
}

/// Starts each child, which no run of thousands of files does more than once.
fn warm(pool: &Pool, threads: usize, corpus: &Corpus) {
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| black_box(pool.read(&corpus.files[0], &Limits::default()).expect("a workbook")));
        }
    });
}

/// Of a child, as the system counts it, its program included.
fn memory(corpus: &Corpus) {
    let pool = pool(1);
    for (number, bytes) in corpus.files.iter().cycle().take(FILES).enumerate() {
        black_box(pool.read(bytes, &Limits::default()).expect("a workbook"));
        if number + 1 == FILES / 10 || number + 1 == FILES {
            let peaks: Vec<String> = cost::children()
                .iter()
                .filter_map(|child| cost::peak(child))
                .map(|peak| format!("{peak} KiB"))
                .collect();
            println!("most memory of a child after {} files: {}, its program included", number + 1, peaks.join(", "));
        }
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The machine's pace changes from round to round: each round is compared with itself.
fn median(ratios: impl Iterator<Item = f64>) -> f64 {
    let mut ratios: Vec<f64> = ratios.collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}
