//! What is read: workbooks drawn from a seed, and those that the product itself gives out and gets back.

use rust_xlsxwriter::{Format, Workbook};
use std::path::{Path, PathBuf};

/// Different workbooks of the drawn corpus: more than the caches of a processor hold.
const DRAWN: u32 = 250;

pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    pub(crate) files: Vec<Vec<u8>>,
}

impl Corpus {
    pub(crate) fn mean_bytes(&self) -> usize {
        self.files.iter().map(Vec::len).sum::<usize>() / self.files.len()
    }
}

/// As offices send them: a form of 110 lines, two lists of persons, and a hidden sheet of some thousand texts
/// that the drop-downs look up.
pub(crate) fn drawn() -> Corpus {
    Corpus { name: "drawn: form, lists, hidden look-up sheet", files: (0..DRAWN).map(workbook).collect() }
}

/// The blanks and the filled samples of the repository: checks beside each line, styled empty cells, drop-downs on a
/// small hidden sheet. Blanks keep their texts in a table, samples inside the cells.
pub(crate) fn ours() -> Corpus {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in ["templates/dak-lak-2014/blank", "samples/dak-lak-2014/inbox"] {
        workbooks(&top.join(folder), &mut paths);
    }
    paths.sort();
    let files = paths.iter().map(|path| std::fs::read(path).expect("readable"));
    Corpus { name: "ours: blanks and samples of the repository", files: files.collect() }
}

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "xlsx") {
            found.push(path);
        }
    }
}

const FAMILY: [&str; 12] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Y", "H'", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"];
const MIDDLE: [&str; 8] = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Hữu", "Thanh", "Quốc"];
const GIVEN: [&str; 10] = ["An", "Bình", "Cường", "Dung", "Hạnh", "Khánh", "Lan", "Niê", "Phúc", "Yến"];

fn workbook(seed: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let (percent, date) = (Format::new().set_num_format("0.0%"), Format::new().set_num_format("dd/mm/yyyy"));
    let mut draw = Draw(seed);
    let form = book.add_worksheet();
    for row in 0..110u32 {
        form.write(row, 0, row + 1).expect("in the grid");
        form.write(row, 1, format!("Chỉ tiêu thứ {row} của biểu, trong đó: nữ")).expect("in the grid");
        form.write(row, 2, ["người", "%", "đồng"][draw.below(3)]).expect("in the grid");
        form.write(row, 3, draw.below(5_000) as u32).expect("in the grid");
        form.write_with_format(row, 4, draw.below(1_000) as f64 / 1_000.0, &percent).expect("in the grid");
    }
    for _ in 0..2 {
        let list = book.add_worksheet();
        for row in 0..50u32 {
            let person = [FAMILY[draw.below(12)], MIDDLE[draw.below(8)], GIVEN[draw.below(10)]].join(" ");
            list.write(row, 0, row + 1).expect("in the grid");
            list.write(row, 1, person).expect("in the grid");
            list.write_with_format(row, 2, 25_000 + draw.below(15_000) as u32, &date).expect("in the grid");
            list.write(row, 3, ["Xuất sắc", "Tốt", "Khá"][draw.below(3)]).expect("in the grid");
            list.write(row, 4, draw.below(9_000) as f64 * 1.5).expect("in the grid");
        }
    }
    let hidden = book.add_worksheet();
    hidden.set_hidden(true);
    for row in 0..500u32 {
        for (col, list) in (0..4).zip(["CĐCS số", "Tổ công đoàn", "Nghề", "Xã, phường"]) {
            hidden.write(row, col, format!("{list} {row}")).expect("in the grid");
        }
    }
    book.save_to_buffer().expect("memory")
}

/// The same numbers for the same seed, on any machine.
struct Draw(u32);

impl Draw {
    fn below(&mut self, end: u32) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * u64::from(end)) >> 32) as usize
    }
}
