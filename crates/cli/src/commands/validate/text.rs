//! What was found, for people: one block a file, what to do first in front.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use thidua_campaign::Campaign;
use thidua_model::date::dmy;
use thidua_model::issue::pages;
use thidua_model::{Issue, Lang, Place, Severity, Submission, Text};
use thidua_pipeline::validate::{FileAccount, Group, Mistake, groups};
use thidua_pipeline::{Checked, FileStatus, Validated};

/// Different mistakes of one code that are told; the others are counted.
const MISTAKES: usize = 5;
/// Places of one mistake that are told.
const PLACES: usize = 6;
/// Cells outside of everything that are told, and sheets that were not used.
const OUTSIDE: usize = 12;
/// Where lines are broken.
const WIDTH: usize = 110;

pub(super) fn text(validated: &Validated, report: Option<&Path>, lang: Lang) -> String {
    let say = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    let campaign = &validated.campaign;
    let mut out = format!("{} ({})\n", campaign.title.of(lang), campaign.id);
    for (at, file) in validated.files.iter().enumerate() {
        let _ = write!(out, "\n{}. {}\n", at + 1, file.record.name);
        one(&mut out, campaign, file, lang);
    }
    let _ = write!(out, "\n{}\n", totals(validated, lang));
    let codes: BTreeSet<&str> = validated.files.iter().flat_map(|file| &file.issues).map(Issue::code).collect();
    if !codes.is_empty() {
        let _ = writeln!(
            out,
            "{}",
            say("Giải thích từng mã, có ví dụ và cách sửa:", "Each code explained, with examples:")
        );
        for (letter, file, title) in pages::LAYERS {
            let codes: Vec<&str> = codes.iter().copied().filter(|code| code.starts_with(*letter)).collect();
            if !codes.is_empty() {
                let title = pages::of(*title, lang);
                let _ = writeln!(out, "  {} – {}: {}/{file}", codes.join(", "), title, pages::FOLDER);
            }
        }
    }
    if let Some(path) = report {
        let _ = writeln!(out, "{} {}", say("Bảng lỗi:", "Issues as a workbook:"), path.display());
    }
    out
}

fn one(out: &mut String, campaign: &Campaign, file: &Checked, lang: Lang) {
    let (errors, warnings) = (file.count(Severity::Error), file.count(Severity::Warning));
    let counts = match lang {
        Lang::Vi => format!("{errors} lỗi, {warnings} cảnh báo"),
        Lang::En => format!("{errors} error(s), {warnings} warning(s)"),
    };
    let status = file.status.words(lang).to_uppercase();
    let counts = if errors + warnings > 0 { format!(" – {counts}") } else { String::new() };
    let _ = writeln!(out, "   {status}{counts}");
    for submission in &file.submissions {
        let status = if file.submissions.len() > 1 { submission.status.words(lang) } else { "" };
        let _ = writeln!(out, "   {}{}", sender(campaign, submission, lang), behind(" – ", status));
    }
    let groups = groups(&file.issues);
    for severity in [Severity::Error, Severity::Warning] {
        let mut of_severity = groups.iter().filter(|group| group.severity == severity).peekable();
        if of_severity.peek().is_some() {
            let heading = match (severity, lang) {
                (Severity::Error, Lang::Vi) => "Phải sửa (chỗ đó chưa dùng được)",
                (Severity::Error, Lang::En) => "To mend (what stands there cannot be used)",
                (Severity::Warning, Lang::Vi) => "Nên xem lại (số liệu vẫn được dùng)",
                (Severity::Warning, Lang::En) => "To look at (what stands there is used)",
            };
            let _ = writeln!(out, "\n   {heading}");
        }
        of_severity.for_each(|group| show_group(out, group, lang));
    }
    if let Some(account) = &file.account {
        out.push('\n');
        show_account(out, account, lang);
    }
}

/// Unit, form, period and sheet of a submission.
fn sender(campaign: &Campaign, submission: &Submission, lang: Lang) -> String {
    let period = campaign.period(submission.period);
    let unit = campaign.unit(submission.unit);
    let name = &unit.at(period.as_of).unwrap_or_else(|| unit.latest()).name;
    let form = campaign.forms.iter().find(|form| form.id == submission.form);
    let number =
        form.map_or(
            submission.form.as_str(),
            |form| if form.number.is_empty() { form.title.of(lang) } else { &form.number },
        );
    let received = submission.received_at.map(|at| {
        let word = if lang == Lang::Vi { "nhận" } else { "received" };
        format!(" · {word} {} {:02}:{:02}", dmy(at.date()), at.hour(), at.minute())
    });
    let sheet = if lang == Lang::Vi { "trang" } else { "sheet" };
    format!(
        "{name} ({}) · {number} · {} · {sheet} “{}”{}",
        unit.id.as_str(),
        period.title.of(lang),
        submission.sheet,
        received.unwrap_or_default()
    )
}

fn show_group(out: &mut String, group: &Group<'_>, lang: Lang) {
    let shared = group.fix(lang);
    let count = group.count();
    let times = if count > 1 { format!(" × {count}") } else { String::new() };
    let _ = writeln!(out, "   {}{times}", group.code);
    for mistake in group.mistakes.iter().take(MISTAKES) {
        let message = mistake.first().kind.message(lang);
        lines(out, &format!("{}: {message}", places(mistake, lang)), 5, 7);
        if shared.is_none() {
            lines(out, &format!("→ {}", mistake.first().kind.fix(lang)), 7, 9);
        }
    }
    let more: usize = group.mistakes.iter().skip(MISTAKES).map(|mistake| mistake.issues.len()).sum();
    if more > 0 {
        let _ = writeln!(out, "     {}", and_more(more, lang));
    }
    if let Some(fix) = shared {
        lines(out, &format!("→ {fix}"), 5, 7);
    }
}

/// The first places of a mistake, and how many more there are.
fn places(mistake: &Mistake<'_>, lang: Lang) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut sheet: Option<&Text> = None;
    for issue in mistake.issues.iter().take(PLACES) {
        // The sheet is named once in a row of its cells.
        let place = match &issue.place {
            Place::Cell { sheet: own, cell, .. } if sheet == Some(own) => cell.to_string(),
            Place::Cell { sheet: own, cell, .. } => format!("{own} › {cell}"),
            Place::Sheet { sheet: own, .. } => own.to_string(),
            Place::File { .. } | Place::Campaign => {
                if lang == Lang::Vi { "cả tệp" } else { "the whole file" }.to_owned()
            }
            place => place.to_string(),
        };
        sheet = issue.place.sheet();
        let label = issue.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
        shown.push(match label {
            Some(label) => format!("{place} ({label})"),
            None => place,
        });
    }
    let more = mistake.issues.len().saturating_sub(PLACES);
    let more = if more > 0 { format!(" {}", and_more(more, lang)) } else { String::new() };
    format!("{}{more}", shown.join("; "))
}

fn and_more(more: usize, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("và {more} ô khác"),
        Lang::En => format!("and {more} more"),
    }
}

/// Where every non-empty cell went.
fn show_account(out: &mut String, account: &FileAccount, lang: Lang) {
    let unused: u64 = account.unused.iter().map(|(_, cells)| cells).sum();
    let outside = account.outside.len();
    let mut parts = match lang {
        Lang::Vi => vec![
            format!("{} ô số liệu", account.read),
            format!("{} ô của biểu mẫu", account.template),
            format!("{outside} ô ngoài mọi dòng"),
            format!("{unused} ô ở trang không dùng"),
        ],
        Lang::En => vec![
            format!("{} read", account.read),
            format!("{} of the form itself", account.template),
            format!("{outside} outside every field"),
            format!("{unused} on sheets not used"),
        ],
    };
    if account.own > 0 {
        parts.push(match lang {
            Lang::Vi => format!("{} ô trang ẩn của phần mềm", account.own),
            Lang::En => format!("{} on hidden sheets of this program", account.own),
        });
    }
    let (head, tail) = match lang {
        Lang::Vi => (
            format!("Mọi ô có dữ liệu: {} = ", account.cells),
            format!("Ô nhập để trống: {}. Số lấy từ kết quả công thức đã lưu: {}.", account.empty, account.formulas),
        ),
        Lang::En => (
            format!("All non-empty cells: {} = ", account.cells),
            format!("Input cells left empty: {}. Values of formulas as stored: {}.", account.empty, account.formulas),
        ),
    };
    lines(out, &format!("{head}{}.", parts.join(" + ")), 3, 5);
    lines(out, &tail, 3, 5);
    if outside > 0 {
        let mut sheet = None;
        let cells = account.outside.iter().take(OUTSIDE).map(|(own, cell)| {
            let text = if sheet == Some(own) { cell.to_string() } else { format!("{own} › {cell}") };
            sheet = Some(own);
            text
        });
        let cells: Vec<String> = cells.collect();
        let word = if lang == Lang::Vi {
            "Ngoài mọi dòng, không được đọc"
        } else {
            "Outside every field, not read"
        };
        lines(out, &format!("{word}: {}", capped(&cells, outside, lang)), 3, 5);
    }
    if !account.unused.is_empty() {
        let sheets = account.unused.iter().take(OUTSIDE).map(|(name, cells)| match lang {
            Lang::Vi => format!("{name} ({cells} ô)"),
            Lang::En => format!("{name} ({cells} cells)"),
        });
        let sheets: Vec<String> = sheets.collect();
        let word = if lang == Lang::Vi { "Trang không dùng" } else { "Sheets not used" };
        lines(out, &format!("{word}: {}", capped(&sheets, account.unused.len(), lang)), 3, 5);
    }
}

fn capped(shown: &[String], all: usize, lang: Lang) -> String {
    let more = all.saturating_sub(shown.len());
    let rest = match lang {
        _ if more == 0 => String::new(),
        Lang::Vi => format!(" và {more} chỗ khác"),
        Lang::En => format!(" and {more} more"),
    };
    format!("{}{rest}", shown.join(", "))
}

/// How many files came to what.
fn totals(validated: &Validated, lang: Lang) -> String {
    let mut counts: Vec<(FileStatus, usize)> = Vec::new();
    for file in &validated.files {
        let words = file.status.words(lang);
        match counts.iter_mut().find(|(status, _)| status.words(lang) == words) {
            Some((_, count)) => *count += 1,
            None => counts.push((file.status, 1)),
        }
    }
    let parts: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {}", status.words(lang))).collect();
    let word = if lang == Lang::Vi { "tệp" } else { "file(s)" };
    format!("{} {word}: {}.", validated.files.len(), parts.join("; "))
}

fn behind(separator: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{separator}{text}") }
}

/// Adds a text in lines of at most [`WIDTH`] characters, broken between words; `first` and `next`
/// are the indents of the first and of further lines.
fn lines(out: &mut String, text: &str, first: usize, next: usize) {
    let mut used = first;
    out.push_str(&" ".repeat(first));
    for (at, word) in text.split_whitespace().enumerate() {
        let width = word.chars().count();
        if at > 0 && used + 1 + width > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(next));
            used = next;
        } else if at > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += width;
    }
    out.push('\n');
}
