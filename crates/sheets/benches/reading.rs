//! Reading with every guard against the bare library, over the same bytes in the same run.
//!
//! `cargo test --release -p thidua-sheets --bench reading` prints times of 2,000 workbooks of about
//! 23 KB: in this process, in a child, and with calamine's `worksheet_range` alone. No time is
//! asserted here: a busy machine is no defect.

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
    let rounds = if cfg!(debug_assertions) { 1 } else { 3 };
    let program = std::env::current_exe().expect("this binary");
    let command = ReaderCommand { program, args: vec!["read".into()] };
    let pool = Pool::new(command, 1, Bounds::default()).expect("this binary starts");
    let count = if cfg!(debug_assertions) { 20 } else { FILES };
    let mut best = [Duration::MAX; 3];
    for _ in 0..rounds {
        let ways: [&dyn Fn(&[u8]); 3] = [
            &|bytes| {
                let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
                for name in book.sheet_names() {
                    black_box(book.worksheet_range(&name).expect("a sheet"));
                }
            },
            &|bytes| {
                black_box(read(bytes, &Limits::default()).expect("a workbook"));
            },
            &|bytes| {
                black_box(pool.read(bytes, &Limits::default()).expect("a workbook"));
            },
        ];
        for (way, best) in ways.iter().zip(&mut best) {
            let started = Instant::now();
            for number in 0..count {
                way(&files[number % files.len()]);
            }
            *best = started.elapsed().min(*best);
        }
    }
    for (name, time) in ["calamine, worksheet_range alone", "read", "Pool::read, one child"].iter().zip(best) {
        let factor = time.as_secs_f64() / best[0].as_secs_f64();
        println!("{name:32} {count} files in {:7.1} ms, {factor:.2} times the first", time.as_secs_f64() * 1e3);
    }
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
