//! The pages as Markdown: Vietnamese first, English after.

use super::{Both, LAYERS, Page, of, pages};
use crate::Lang;
use crate::issue::{Entry, Severity};
use std::fmt::Write;

const NOTICE: &str = "<!-- Tệp này do chương trình viết · this file is generated: \
                      UPDATE_PAGES=1 cargo test -p thidua-model --test issue_pages -->";

/// The table of all codes.
pub fn index() -> String {
    let pages = pages();
    let mut out = format!(
        "{NOTICE}\n\n# Mã lỗi và cảnh báo · Codes of issues\n\n\
         Mỗi lỗi, cảnh báo có một mã không bao giờ đổi nghĩa. **Lỗi**: ô đó không cho số liệu. **Cảnh báo**: số \
         liệu được giữ và đánh dấu.\n\n\
         Every issue has a code whose meaning never changes. **Error**: the cell gives no figure. **Warning**: the \
         figure is kept and marked.\n"
    );
    for (letter, file, title) in LAYERS {
        let _ =
            write!(out, "\n## {} · {}\n\n| Mã | Mức | Nội dung | Message |\n|---|---|---|---|\n", title[0], title[1]);
        for page in pages.iter().filter(|page| page.code().starts_with(*letter)) {
            let (code, entry) = (page.code(), page.entry());
            let _ = writeln!(
                out,
                "| [{code}]({file}#{}) | {} | {} | {} |",
                code.to_lowercase(),
                entry.severity.words(Lang::Vi),
                cell(entry.message_vi),
                cell(entry.message_en)
            );
        }
    }
    out
}

/// The pages of a layer, told by the letter of its codes.
pub fn layer(letter: char) -> String {
    let (_, _, title) = LAYERS.iter().find(|(it, ..)| *it == letter).expect("one of the letters of LAYERS");
    let mut out = format!("{NOTICE}\n\n# {letter}: {} · {}\n\n[Mọi mã · all codes](README.md)\n", title[0], title[1]);
    for page in pages().iter().filter(|page| page.code().starts_with(letter)) {
        one(&mut out, page);
    }
    out
}

fn one(out: &mut String, page: &Page) {
    let _ = write!(out, "\n## {}\n", page.code());
    half(out, page, Lang::Vi);
    half(out, page, Lang::En);
}

fn half(out: &mut String, page: &Page, lang: Lang) {
    let entry = page.entry();
    let (message, fix) = match lang {
        Lang::Vi => (entry.message_vi, entry.fix_vi),
        Lang::En => (entry.message_en, entry.fix_en),
    };
    let say = |both: Both| of(both, lang);
    if lang == Lang::En {
        out.push_str("\n<details><summary>English</summary>\n");
    }
    let _ = write!(out, "\n**{}** {}\n", sentence(message), say(consequence(entry)));
    let _ = write!(out, "\n{} {}\n", say(["*Cách sửa:*", "*Try:*"]), sentence(fix));
    if !entry.parts.is_empty() {
        out.push('\n');
        for name in entry.parts {
            let _ = writeln!(out, "- `{{{name}}}`: {}", page.part(name).map_or("", say));
        }
    }
    let example = page.example.render(lang);
    let _ = write!(out, "\n{}\n\n```text\n{example}\n```\n", say(["Ví dụ:", "Example:"]));
    let _ = write!(out, "\n**{}** {}\n", say(["Vì sao quan trọng.", "Why it matters."]), say(page.why));
    let _ = write!(out, "\n**{}**\n\n", say(["Làm gì.", "What to do."]));
    for (at, step) in page.steps.iter().enumerate() {
        let _ = writeln!(out, "{}. {}", at + 1, say(*step));
    }
    if lang == Lang::En {
        out.push_str("\n</details>\n");
    }
}

/// What becomes of the place, by the layer of the code.
fn consequence(entry: &Entry) -> Both {
    match (entry.severity, entry.code.as_bytes()[0]) {
        (Severity::Warning, b'D') => ["Cảnh báo: vẫn chạy được.", "Warning: the campaign can be run."],
        (Severity::Warning, _) => {
            ["Cảnh báo: số liệu được giữ và đánh dấu.", "Warning: what was read is kept and marked."]
        }
        (Severity::Explained, _) => [
            "Ghi nhận: số được thay hoặc lấy ra, có lý do kèm theo.",
            "Noted: the value was replaced or taken out, with the reason.",
        ],
        (Severity::Error, b'D') => ["Lỗi: không chạy cho đến khi sửa.", "Error: nothing runs until it is mended."],
        (Severity::Error, b'F') => ["Lỗi: nội dung ở đây không được dùng.", "Error: what stands there is not used."],
        (Severity::Error, b'R') => ["Lỗi: số được giữ nhưng không dùng.", "Error: the figure is kept and not used."],
        (Severity::Error, b'C') => ["Lỗi: chưa có con số này.", "Error: the figure is missing."],
        (Severity::Error, _) => ["Lỗi: ô này không cho số liệu.", "Error: the cell gives no figure."],
    }
}

/// A sentence with its first letter and its full stop; a template that begins with a part stays.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect());
    format!("{first}.")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
