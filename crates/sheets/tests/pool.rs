//! What a pool makes of readers that abort, panic, hang, take all memory or answer rubbish.
//!
//! No test harness, since the same binary is the reader: a harness would write on its pipes.

use std::io::Write;
use std::time::{Duration, Instant};
use thidua_model::issue::ReaderEnd;
use thidua_sheets::{Bounds, Limits, Pool, ReaderCommand, Refusal, read, serve_child, serve_child_and, serve_child_with};

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("read") => serve_child().expect("a pool on the other side"),
        Some("work") => serve_child_and(join).expect("a pool on the other side"),
        Some("misbehave") => serve_child_with(misbehave).expect("a pool on the other side"),
        Some("not-a-reader") => println!("Usage: something else"),
        // `cargo test -- --list`, `--exact` and the like.
        Some(flag) if flag.starts_with("--list") => {}
        _ => {
            for (name, test) in [
                ("answers_are_those_of_reading_in_process", answers_are_those_of_reading_in_process as fn()),
                ("a_reader_that_goes_wrong_is_told_and_the_next_file_is_read", a_reader_that_goes_wrong_is_told),
                ("one_that_fails_after_other_files_is_asked_again", one_that_fails_later_is_asked_again),
                ("a_zip_is_taken_apart_by_a_child", a_zip_is_taken_apart_by_a_child),
                ("other_work_is_done_by_a_child", other_work_is_done_by_a_child),
                ("several_threads_share_a_pool", several_threads_share_a_pool),
                ("a_command_that_is_no_reader_is_told", a_command_that_is_no_reader_is_told),
            ] {
                test();
                println!("test {name} ... ok");
            }
        }
    }
}

fn a_zip_is_taken_apart_by_a_child() {
    let limits = Limits::default();
    let pool = Pool::new(command("read"), 1, bounds()).expect("a reader");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("xã/Ea Kpam.csv", &b"TT;So\n1;2\n"[..]), ("xã/Hồ Xanh.xlsx", b"two")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("written");
    }
    let zip = zip.finish().expect("a zip").into_inner();
    let files = pool.unpack(&zip, &limits).expect("its files");
    assert_eq!(Some(&files), thidua_sheets::unpack(&zip, &limits).as_ref());
    assert_eq!(files.len(), 2);
    // The same child reads a workbook afterwards, and says of one that it is no zip of files.
    assert_eq!(pool.read(&files[0].bytes, &limits), read(&files[0].bytes, &limits));
    assert_eq!(pool.unpack(&files[0].bytes, &limits), None);
}

/// The order behind the file, or what the order says.
fn join(order: &[u8], bytes: &[u8], _: &Limits) -> Result<Vec<u8>, Refusal> {
    match order {
        b"refuse" => Err(Refusal::Encrypted),
        b"panic" => panic!("work that nobody foresaw"),
        b"abort" => std::process::abort(),
        _ => Ok([bytes, order].concat()),
    }
}

fn other_work_is_done_by_a_child() {
    let limits = Limits::default();
    let pool = Pool::new(command("work"), 1, bounds()).expect("a reader");
    let crashed = || Err(Refusal::Stopped { how: ReaderEnd::Crashed });
    for (order, expected) in [
        ("mark", Ok(b"a;bmark".to_vec())),
        ("refuse", Err(Refusal::Encrypted)),
        ("panic", crashed()),
        ("abort", crashed()),
        ("", Ok(b"a;b".to_vec())),
    ] {
        assert_eq!(pool.work(order.as_bytes(), b"a;b", &limits), expected, "{order}");
        assert_eq!(pool.read(b"a;b\nc;d\n", &limits), read(b"a;b\nc;d\n", &limits), "a file after {order}");
    }
    let small = Limits { file_bytes: 2, ..limits };
    assert!(matches!(pool.work(b"", b"a;b", &small), Err(Refusal::Limit { .. })));
    // A child that only reads does nothing else.
    let reader = Pool::new(command("read"), 1, bounds()).expect("a reader");
    assert!(reader.work(b"mark", b"a;b", &limits).is_err());
}

fn command(argument: &str) -> ReaderCommand {
    let program = std::env::current_exe().expect("this binary");
    ReaderCommand { program, args: vec![argument.into()] }
}

fn bounds() -> Bounds {
    Bounds { memory_bytes: 256 << 20, seconds: 2, wall_seconds: 20 }
}

/// Does what the file says.
fn misbehave(bytes: &[u8], limits: &Limits) -> Result<thidua_sheets::Book, Refusal> {
    match bytes {
        b"abort" => std::process::abort(),
        b"exit" => std::process::exit(3),
        b"panic" => panic!("a file that nobody foresaw"),
        b"overflow" => {
            std::hint::black_box(dig(0));
        }
        b"memory" => {
            let mut all = Vec::new();
            loop {
                all.push(std::hint::black_box(vec![1u8; 16 << 20]));
            }
        }
        b"one huge allocation" => {
            std::hint::black_box(vec![1u8; 1 << 40]);
        }
        b"work" => loop {
            std::hint::black_box(dig(100_000 - 1));
        },
        b"sleep" => std::thread::sleep(Duration::from_secs(3_600)),
        b"rubbish" => {
            // Twelve bytes: the beginning of a frame.
            let _ = std::io::stdout().write_all(b"Hello, world");
        }
        b"silence" => {
            // An answer of the right frame with the wrong inside.
            let _ = std::io::stdout().write_all(b"TDa1\x03\0\0\0\0\0\0\0\xFF\xFF\xFF");
        }
        b"endless answer" => {
            let _ = std::io::stdout().write_all(b"TDa1\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
        }
        b"memory of an earlier file" => HOARD.with(|hoard| hoard.borrow_mut().push(vec![1u8; 150 << 20])),
        _ => return read(bytes, limits),
    }
    read(b"a;b\nc;d\n", limits)
}

thread_local! {
    static HOARD: std::cell::RefCell<Vec<Vec<u8>>> = const { std::cell::RefCell::new(Vec::new()) };
}

#[expect(unconditional_recursion, reason = "to run out of stack")]
fn endless(depth: u64) -> u64 {
    std::hint::black_box([depth; 64])[1] + endless(depth + 1)
}

fn dig(depth: u64) -> u64 {
    if depth == 100_000 - 1 { depth } else { endless(depth) }
}

/// Every workbook of the sample, and what is none.
fn files() -> Vec<Vec<u8>> {
    let mut files = vec![b"".to_vec(), b"%PDF-1.4".to_vec(), b"PK\x03\x04".to_vec(), b"a;1\nb;2\n".to_vec()];
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ext| ["xlsx", "xls", "ods", "png"].iter().any(|known| ext == *known))
            {
                files.push(std::fs::read(path).expect("readable"));
            }
        }
    }
    files
}

fn answers_are_those_of_reading_in_process() {
    let pool = Pool::new(command("read"), 1, bounds()).expect("this binary starts");
    let files = files();
    assert!(files.len() > 50, "{} files", files.len());
    for (number, bytes) in files.iter().enumerate() {
        for limits in [Limits::default(), Limits { cells: 100, ..Limits::default() }] {
            assert_eq!(pool.read(bytes, &limits), read(bytes, &limits), "file {number}");
        }
    }
}

fn a_reader_that_goes_wrong_is_told() {
    let pool = Pool::new(command("misbehave"), 1, bounds()).expect("this binary starts");
    let out_of_memory = ReaderEnd::OutOfMemory { megabytes: 256 };
    let mut cases: Vec<(&[u8], ReaderEnd)> = vec![
        (b"abort", ReaderEnd::Crashed),
        (b"exit", ReaderEnd::Crashed),
        (b"panic", ReaderEnd::Crashed),
        (b"overflow", ReaderEnd::Crashed),
        (b"one huge allocation", out_of_memory.clone()),
        (b"rubbish", ReaderEnd::BadAnswer),
        (b"silence", ReaderEnd::BadAnswer),
        (b"endless answer", ReaderEnd::BadAnswer),
    ];
    if cfg!(target_os = "linux") {
        cases.push((b"memory", out_of_memory));
        // Without an address space there is no such limit, and without a clock of its own only the wall's.
        cases.push((b"work", ReaderEnd::TooSlow { seconds: 2 }));
    }
    let limits = Limits::default();
    for (file, how) in cases {
        let name = String::from_utf8_lossy(file);
        let answer = pool.read(file, &limits);
        assert_eq!(answer, Err(Refusal::Stopped { how }), "{name}");
        assert!(pool.read(b"a;b\nc;d\n", &limits).is_ok(), "the file after {name}");
    }
    let hasty = Pool::new(command("misbehave"), 1, Bounds { wall_seconds: 1, ..bounds() }).expect("this binary starts");
    let started = Instant::now();
    assert_eq!(hasty.read(b"sleep", &limits), Err(Refusal::Stopped { how: ReaderEnd::TooSlow { seconds: 1 } }));
    assert!(started.elapsed() < Duration::from_secs(3_000), "the hanging child was not waited for");
    assert!(hasty.read(b"a;b\nc;d\n", &limits).is_ok(), "the file after one that hangs");
}

/// Two files of 150 MB leave no room in one child: the second is read in a fresh one.
fn one_that_fails_later_is_asked_again() {
    let pool = Pool::new(command("misbehave"), 1, bounds()).expect("this binary starts");
    for _ in 0..3 {
        assert!(pool.read(b"memory of an earlier file", &Limits::default()).is_ok());
    }
}

fn several_threads_share_a_pool() {
    let pool = Pool::new(command("misbehave"), 2, bounds()).expect("this binary starts");
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let pool = &pool;
            scope.spawn(move || {
                for turn in 0..10 {
                    if (thread + turn) % 5 == 0 {
                        assert_eq!(
                            pool.read(b"abort", &Limits::default()),
                            Err(Refusal::Stopped { how: ReaderEnd::Crashed })
                        );
                    } else {
                        assert!(pool.read(format!("{thread};{turn}\n1;2\n").as_bytes(), &Limits::default()).is_ok());
                    }
                }
            });
        }
    });
}

fn a_command_that_is_no_reader_is_told() {
    let missing = ReaderCommand { program: "/nowhere/at-all".into(), args: Vec::new() };
    assert!(Pool::new(missing, 1, bounds()).is_err());
    let other = Pool::new(command("not-a-reader"), 1, bounds()).expect("it starts");
    assert_eq!(other.read(b"a;b\nc;d\n", &Limits::default()), Err(Refusal::Stopped { how: ReaderEnd::BadAnswer }));
}
