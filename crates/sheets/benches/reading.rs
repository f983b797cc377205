//! Reading with every guard against the bare library, over the same bytes in the same run.
//!
//! `cargo test --release -p thidua-sheets --bench reading` prints processor times of 2,000 workbooks of about
//! 23 KB: in this process, in a child, and with calamine's `worksheet_range` alone; and the most
//! memory that the reader took after a tenth of them and after all. Nothing is asserted here: a
//! busy machine is no defect.

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};
use thidua_sheets::{Bounds, Limits, Pool, ReaderCommand, read, serve_child};

const FILES: usize = 2_000;

fn main() {
    if std::env::args().any(|argument| argument == "read") {
        serve_child().expect("a pool on the other side");
        return;
    }
    // Eight different ones, so that no cache of the processor holds the only file.
    let files: Vec<Vec<u8>> = (0..8).map(workbook).collect();
    println!("workbooks of {} bytes", files.iter().map(Vec::len).sum::<usize>() / files.len());
    let calamine = |bytes: &[u8]| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        for name in book.sheet_names() {
            black_box(book.worksheet_range(&name).expect("a sheet"));
        }
    };
    let count = if cfg!(debug_assertions) { 20 } else { FILES };
    let mut spent = [Duration::ZERO; 3];
    // Before calamine, whose own memory would hide it.
    let mut peaks = Vec::new();
    for (number, bytes) in (0..count).map(|number| (number, &files[number % files.len()])) {
        black_box(read(bytes, &Limits::default()).expect("a workbook"));
        if number + 1 == count / 10 || number + 1 == count {
            peaks.push((number + 1, peak_memory()));
        }
    }
    for (files, peak) in peaks {
        println!("most memory of this process after {files} files: {}", peak.as_deref().unwrap_or("not known here"));
    }
    // In slices and in turns, so that a change of the machine's pace meets each alike.
    for slice in 0..4 {
        let files = || (slice * count / 4..(slice + 1) * count / 4).map(|number| &files[number % files.len()]);
        spent[0] += cost(|| files().for_each(|bytes| calamine(bytes)));
        spent[1] += cost(|| {
            files().for_each(|bytes| {
                black_box(read(bytes, &Limits::default()).expect("a workbook"));
            });
        });
        // The time of a child counts when it has ended.
        spent[2] += cost(|| {
            let program = std::env::current_exe().expect("this binary");
            let command = ReaderCommand { program, args: vec!["read".into()] };
            let pool = Pool::new(command, 1, Bounds::default()).expect("this binary starts");
            files().for_each(|bytes| {
                black_box(pool.read(bytes, &Limits::default()).expect("a workbook"));
            });
        });
    }
    for (name, time) in ["calamine, worksheet_range alone", "read", "Pool::read, one child"].iter().zip(spent) {
        let factor = time.as_secs_f64() / spent[0].as_secs_f64();
        println!("{name:32} {count} files in {:7.0} ms, {factor:.2} times the first", time.as_secs_f64() * 1e3);
    }
}

/// Processor time of this process and its ended children, which other work on the machine does not
/// change; where it cannot be had, the time on the wall.
fn cost(work: impl FnOnce()) -> Duration {
    let (started, before) = (Instant::now(), processor_time());
    work();
    match (before, processor_time()) {
        (Some(before), Some(after)) => after - before,
        _ => started.elapsed(),
    }
}

fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11).take(4);
    // Own and children's, user and system, in hundredths of a second.
    Some(Duration::from_millis(10 * fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>()))
}

/// As the system counts it, the files themselves included.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

/// A form as offices fill it: a sheet of labels and numbers, a list of a few hundred lines.
fn workbook(seed: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let (percent, date) = (Format::new().set_num_format("0.0%"), Format::new().set_num_format("dd/mm/yyyy"));
    let form = book.add_worksheet();
    for row in 0..120u32 {
        form.write(row, 0, row + 1).expect("in the grid");
        form.write(row, 1, format!("Chỉ tiêu thứ {row} của biểu, trong đó: nữ")).expect("in the grid");
        form.write(row, 2, "người").expect("in the grid");
        form.write(row, 3, (row * 37 + seed) % 1_000).expect("in the grid");
        form.write_with_format(row, 4, f64::from(row % 100) / 100.0, &percent).expect("in the grid");
    }
    let list = book.add_worksheet();
    for row in 0..380u32 {
        list.write(row, 0, row + 1).expect("in the grid");
        list.write(row, 1, format!("Nguyễn Văn {}", (row * 7 + seed) % 997)).expect("in the grid");
        list.write_with_format(row, 2, 40_000 + row, &date).expect("in the grid");
        list.write(row, 3, ["Xuất sắc", "Tốt", "Khá"][row as usize % 3]).expect("in the grid");
        list.write(row, 4, f64::from(row) * 1.5).expect("in the grid");
    }
    book.save_to_buffer().expect("memory")
}
