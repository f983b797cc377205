//! `thidua campaign new`: the folder of the next year, and what people have to look at in it.

use crate::exit::Usage;
use crate::print::print;
use crate::words::Step;
use anyhow::Context;
use std::fmt::Write;
use std::path::{Component, Path};
use thidua_campaign::{Campaign, DefinitionFile, NextYear, NextYearError};
use thidua_model::{Date, Lang, date::dmy};

/// Lines that still speak of the old year and are shown.
const LINES: usize = 20;

pub(crate) fn next(from: &Path, year: i16, out: &Path, id: Option<&str>) -> anyhow::Result<()> {
    let (old, _) = super::super::load(from)?;
    let next = thidua_campaign::next_year(&old, year, id).map_err(|error| refused(error, from))?;
    write(&next.files, out)?;
    let checked = super::super::load(out);
    match checked {
        Ok((new, warnings)) => {
            for warning in &warnings {
                eprintln!("{}", warning.render(Lang::Vi));
            }
            print(&to_look_at(&new, &next, out))
        }
        // What the old year says does not hold in the new one: the folder stays, to be mended.
        Err(error) => {
            print(&format!(
                "{}\nHãy sửa các lỗi ở trên trong thư mục này. Mend the problems above there.\n",
                out.display()
            ))?;
            Err(error)
        }
    }
}

fn refused(error: NextYearError, from: &Path) -> anyhow::Error {
    let said = match &error {
        NextYearError::SameYear { year } => format!("phong trào này đã là của năm {year} · it is of that year already"),
        NextYearError::NoYearInId { id, year } => {
            format!("mã “{id}” không có năm {year}; hãy cho --id · the id does not hold the year, give --id")
        }
        NextYearError::SameId { id } => format!("phong trào mới cần mã khác “{id}” · it needs another id"),
        NextYearError::NoSuchDate { file, date } => {
            format!("{file}: không chuyển được ngày {date} sang năm đó · the date cannot be moved to that year")
        }
        NextYearError::NoToml { .. } => {
            let step = Step(format!("không đọc được định nghĩa phong trào {}", from.display()));
            return anyhow::Error::new(error).context(step);
        }
    };
    Usage(said).into()
}

/// Writes the folder, whole or not at all; none that holds anything is touched.
fn write(files: &[DefinitionFile], out: &Path) -> anyhow::Result<()> {
    let step = || Step(format!("không ghi được {}", out.display()));
    let is_empty = || std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if out.symlink_metadata().is_ok() && !is_empty() {
        let said = format!("{} đã có; hãy chọn thư mục mới · it is there already, choose a new folder", out.display());
        return Err(Usage(said).into());
    }
    let out = std::path::absolute(out).with_context(step)?;
    let parent = out.components().next_back().filter(|last| matches!(last, Component::Normal(_))).and(out.parent());
    let parent = parent.unwrap_or(&out);
    std::fs::create_dir_all(parent).with_context(step)?;
    let part = tempfile::Builder::new().prefix(".thidua-").tempdir_in(parent).with_context(step)?;
    for file in files {
        let path = part.path().join(&*file.name);
        std::fs::create_dir_all(path.parent().unwrap_or(part.path())).with_context(step)?;
        std::fs::write(path, &file.bytes).with_context(step)?;
    }
    let part = part.keep();
    open_to_all(&part).with_context(step)?;
    std::fs::rename(&part, &out).inspect_err(|_| drop(std::fs::remove_dir_all(&part))).with_context(step)
}

/// A temporary folder is its owner's alone; a definition is a folder like any other.
fn open_to_all(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

/// What no program can know of the new year.
fn to_look_at(new: &Campaign, next: &NextYear, out: &Path) -> String {
    let mut text =
        format!("{}\n{} ({})\n\nCần xem lại bằng mắt · to be looked at by hand\n", out.display(), new.title.vi, new.id);
    text.push_str("\n1. Hạn nộp đã chuyển sang năm mới · deadlines, moved to the new year\n");
    for period in &new.periods {
        for deadline in &period.deadlines {
            let _ = writeln!(
                text,
                "   {:9} {:12} {:12} {}{}",
                period.id,
                deadline.document,
                deadline.level,
                dmy(deadline.last_day),
                weekend(deadline.last_day)
            );
        }
    }
    text.push_str("\n2. Biểu mẫu còn dùng không, từ ngày nào · forms: still valid, and since when?\n");
    for form in new.forms.iter().filter(|form| form.variant.is_empty()) {
        let until = form.valid_to.map_or_else(String::new, |to| format!(" – {}", dmy(to)));
        let _ = writeln!(text, "   {} {}: {}{until}", form.id, form.version, dmy(form.valid_from));
    }
    let _ = writeln!(
        text,
        "\n3. Chỉ tiêu: {} mức chỉ tiêu trong indicators.toml vẫn của năm cũ; targets.csv và decisions.csv để trống\n   \
         targets: those of the indicators are still the old year's; assigned targets and decisions are empty",
        new.indicators.len()
    );
    let first = new.periods.iter().map(|period| period.from).min();
    let gone =
        new.units.iter().filter(|unit| unit.latest().valid_to.is_some_and(|to| first.is_some_and(|day| to < day)));
    let _ = writeln!(
        text,
        "\n4. Sổ đơn vị giữ nguyên: {} đơn vị, {} đã thôi trước năm mới · the register is as it was",
        new.units.len(),
        gone.count()
    );
    if !next.old_year.is_empty() {
        text.push_str("\n5. Còn nhắc năm cũ · places that still speak of the old year\n");
        for (file, line, words) in next.old_year.iter().take(LINES) {
            let _ = writeln!(text, "   {file}:{line}: {}", words.chars().take(100).collect::<String>());
        }
        if next.old_year.len() > LINES {
            let _ = writeln!(text, "   … {} chỗ nữa · more", next.old_year.len() - LINES);
        }
    }
    text
}

fn weekend(day: Date) -> &'static str {
    match day.weekday().to_monday_one_offset() {
        6 => "  thứ Bảy · Saturday",
        7 => "  Chủ nhật · Sunday",
        _ => "",
    }
}
