//! The consolidated workbook against deflating the very bytes that are in it.

use super::province::seconds;
use super::{Line, Part, child};
use crate::{Failure, memory};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::Instant;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const ROUNDS: usize = 5;
/// As the workbook is packed.
const LEVEL: i64 = 4;

pub(crate) fn measure(release: &Path) -> Result<Part, Failure> {
    eprintln!("the consolidated workbook");
    let frozen = thidua_release::load(release)?;
    let campaign = thidua_release::campaign(&frozen.manifest, frozen.definition.clone())?;
    let (before, _) = memory::used();
    let book = thidua_workbook::consolidated(&campaign, &frozen)?;
    let (_, most) = memory::used();
    let parts = unpacked(&book)?;
    let (mut makings, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (started, before) = (Instant::now(), child::own_time());
        std::hint::black_box(thidua_workbook::consolidated(&campaign, &frozen)?);
        makings.push((child::own_time() - before, started.elapsed()));
        let before = child::own_time();
        std::hint::black_box(packed(&parts)?);
        floors.push(child::own_time() - before);
    }
    let (making, wall) = makings.into_iter().min().unwrap_or_default();
    let floor = floors.into_iter().min().unwrap_or_default();
    let ratio = seconds(making) / seconds(floor);
    let bytes: usize = parts.iter().map(|(_, bytes)| bytes.len()).sum();
    let mut part = Part::default();
    part.lines.push(Line {
        path: "consolidated workbook",
        floor: format!("deflating its {:.0} MB of parts: {:.2} s processor time", bytes as f64 / 1e6, seconds(floor)),
        measured: format!(
            "{:.2} s processor time, {:.2} s on the wall: {ratio:.2} ×; {} MiB more at most",
            seconds(making),
            seconds(wall),
            most.unwrap_or_default().saturating_sub(before.unwrap_or_default())
        ),
        reach: "≤ 3 ×, under a second",
        is_reached: Some(ratio <= 3.0 && seconds(wall) < 1.0),
    });
    Ok(part)
}

type Parts = Vec<(String, Vec<u8>)>;

fn unpacked(book: &[u8]) -> Result<Parts, Failure> {
    let mut zip = ZipArchive::new(Cursor::new(book))?;
    let mut parts = Parts::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at)?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        parts.push((part.name()?.into_owned(), bytes));
    }
    Ok(parts)
}

fn packed(parts: &Parts) -> Result<usize, Failure> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let how =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL));
    for (name, bytes) in parts {
        zip.start_file(name, how)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner().len())
}
