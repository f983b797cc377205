//! What was found, for people: one block a file, what to do first in front.

use super::Written;
use std::collections::BTreeSet;
use std::fmt::Write;
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

pub(super) fn text(validated: &Validated, written: &Written<'_>, lang: Lang) -> String {
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
    if let Some(path) = written.report {
        let _ = writeln!(out, "{} {}", say("Bảng lỗi:", "Issues as a workbook:"), path.display());
    }
    for path in written.annotated.written.values() {
        let _ = writeln!(out, "{} {}", say("Tệp đã đánh dấu:", "The file with its mistakes marked:"), path.display());
    }
    for (name, refusal) in &written.annotated.refused {
        let why = refusal.kind().message(lang);
        let _ = writeln!(out, "{} {name}: {why}", say("Không đánh dấu được", "Could not be marked:"));
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
    senders(out, campaign, &file.submissions, lang);
    let groups = groups(&file.issues);
    for severity in Severity::ALL {
        let mut of_severity = groups.iter().filter(|group| group.severity == severity).peekable();
        if of_severity.peek().is_some() {
            let heading = match (severity, lang) {
                (Severity::Error, Lang::Vi) => "Phải sửa (chỗ đó chưa dùng được)",
                (Severity::Error, Lang::En) => "To mend (what stands there cannot be used)",
                (Severity::Warning, Lang::Vi) => "Nên xem lại (số liệu được giữ và đánh dấu)",
                (Severity::Warning, Lang::En) => "To look at (what stands there is kept and marked)",
                (Severity::Explained, Lang::Vi) => "Đã giải trình (không phải làm gì)",
                (Severity::Explained, Lang::En) => "Explained by the sender (nothing to do)",
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

/// Each unit and period of a file once, with what became of its forms.
fn senders(out: &mut String, campaign: &Campaign, submissions: &[Submission], lang: Lang) {
    let (received, sheet) = match lang {
        Lang::Vi => ("nhận", "trang"),
        Lang::En => ("received", "sheet"),
    };
    for same in submissions.chunk_by(|a, b| (a.unit, a.period) == (b.unit, b.period)) {
        let (unit, period) = (campaign.unit(same[0].unit), campaign.period(same[0].period));
        let name = &unit.at(period.as_of).unwrap_or_else(|| unit.latest()).name;
        let at = same.iter().filter_map(|submission| submission.received_at).min();
        let at = at.map(|at| format!(" · {received} {} {:02}:{:02}", dmy(at.date()), at.hour(), at.minute()));
        let _ = writeln!(out, "   {name} ({}) · {}{}", unit.id.as_str(), period.title.of(lang), at.unwrap_or_default());
        for submission in same {
            let form = campaign.forms.iter().find(|form| form.id == submission.form);
            let number = form.map_or(submission.form.as_str(), |form| match &*form.number {
                "" => form.title.of(lang),
                number => number,
            });
            let status = submission.status.words(lang);
            let _ = writeln!(out, "     {number} ({sheet} “{}”): {status}", submission.sheet);
        }
    }
}

fn show_group(out: &mut String, group: &Group<'_>, lang: Lang) {
    let shared = group.fix(lang);
    let count = group.count();
    let times = if count > 1 { format!(" × {count}") } else { String::new() };
    let _ = writeln!(out, "   {}{times}", group.code);
    for mistake in group.mistakes.iter().take(MISTAKES) {
        let message = mistake.first().message(lang);
        lines(out, &format!("{}: {message}", places(mistake, &message, lang)), 5, 7);
        if shared.is_none() {
            lines(out, &format!("→ {}", mistake.first().fix(lang)), 7, 9);
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
fn places(mistake: &Mistake<'_>, message: &str, lang: Lang) -> String {
    // A label that all places share is told once; that of a relation begins its message.
    let label = |issue: &Issue| issue.label.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
    let first = label(mistake.first()).filter(|label| !message.starts_with(label.as_str()));
    let is_shared = mistake.issues.iter().all(|issue| label(issue) == label(mistake.first()));
    let mut shown: Vec<String> = Vec::new();
    let mut sheet: Option<&Text> = None;
    for issue in mistake.issues.iter().take(PLACES) {
        // The sheet is named once in a row of its cells.
        let place = match &issue.place {
            Place::Cell { sheet: own, cell, .. } if sheet == Some(own) => cell.to_string(),
            Place::Cell { sheet: own, cell, .. } => format!("{own} › {cell}"),
            Place::Sheet { sheet: own, .. } => own.to_string(),
            Place::File { .. } | Place::Campaign if lang == Lang::Vi => "cả tệp".to_owned(),
            Place::File { .. } | Place::Campaign => "the whole file".to_owned(),
            place => place.to_string(),
        };
        sheet = issue.place.sheet();
        shown.push(match label(issue).filter(|_| !is_shared) {
            Some(label) => format!("{place} ({label})"),
            None => place,
        });
    }
    let more = mistake.issues.len().saturating_sub(PLACES);
    let more = if more > 0 { format!(" {}", and_more(more, lang)) } else { String::new() };
    let label = first.filter(|_| is_shared).map(|label| format!(" ({label})"));
    format!("{}{more}{}", shown.join(if is_shared { ", " } else { "; " }), label.unwrap_or_default())
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
    let words = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    let parts = [
        (account.read, words("ô số liệu", "read")),
        (account.template, words("ô của biểu mẫu", "of the form itself")),
        (outside as u64, words("ô ngoài mọi dòng", "outside every field")),
        (unused, words("ô ở trang không dùng", "on sheets not used")),
        (account.own, words("ô trang ẩn của phần mềm", "on hidden sheets of this program")),
    ];
    let parts = parts.iter().filter(|(cells, _)| *cells > 0).map(|(cells, what)| format!("{cells} {what}"));
    let parts: Vec<String> = parts.collect();
    let nothing_lost = match outside as u64 + unused {
        0 => words("; không ô nào bị bỏ qua", "; no cell was left out"),
        _ => "",
    };
    let head = words("Mọi ô có dữ liệu", "All non-empty cells");
    let sum = if parts.is_empty() { "0".to_owned() } else { format!("{} = {}", account.cells, parts.join(" + ")) };
    lines(out, &format!("{head}: {sum}{nothing_lost}."), 3, 5);
    let (empty, formulas) = (account.empty, account.formulas);
    let tail = match lang {
        Lang::Vi => format!("Ô nhập để trống: {empty}. Số lấy từ kết quả công thức đã lưu: {formulas}."),
        Lang::En => format!("Input cells left empty: {empty}. Values of formulas as stored: {formulas}."),
    };
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
