//! A draft as the text of a form's file, laid out as people write them.
//!
//! In:  a draft, what the campaign is called by, measures to add.
//! Out: TOML; behind each line its cells, behind `?` what was guessed.

use crate::doubt::Doubt;
use crate::draft::{Draft, Line, List, ListColumn, NewMeasure, Section, Value, ValueColumn};
use crate::{Choice, Known};
use std::fmt::Write;
use thidua_model::ValueKind;
use thidua_model::text::fold;

/// The default headings, which a form does not repeat.
const DEFAULTS: [&str; 4] = ["TT", "Nội dung", "Đơn vị tính", "Ghi chú"];

/// # Input
/// `file`: the name of the workbook. `new`: measures that the campaign lacks.
pub(crate) fn write(draft: &Draft, known: &Known, file: &str, new: &[NewMeasure]) -> String {
    let mut out = String::new();
    comment(
        &mut out,
        &format!("Bản thảo định nghĩa biểu, lập từ {file}. Sau # là ô của biểu; sau ? là điều đoán, cần xem lại."),
    );
    comment(
        &mut out,
        &format!("Draft of a form, made from {file}. Behind # the cells of the form; behind ? what was guessed."),
    );
    out.push('\n');
    head(&mut out, draft, known);
    for section in &draft.sections {
        write_section(&mut out, draft, section);
    }
    if !draft.lists.is_empty() {
        out.push_str("\n# ---------------------------------------------------------------- danh sách · lists\n");
        for list in &draft.lists {
            write_list(&mut out, list);
        }
    }
    if !new.is_empty() {
        out.push_str("\n# ---------------------------------------------------------------- đơn vị tính · measures\n");
        out.push_str("# Chưa có trong campaign.toml: chép sang đó, bỏ dấu #.\n");
        out.push_str("# Not in campaign.toml yet: copy them there without the #.\n");
        for measure in new {
            let decimals =
                if measure.decimals == 0 { String::new() } else { format!("\n# decimals = {}", measure.decimals) };
            let (label, en) = (quoted(&measure.label), quoted(&measure.label_en));
            let _ = write!(
                out,
                "#\n# [[measures]]\n# id = {}\n# label = {{ vi = {label}, en = {en} }}{decimals}\n# max = {}\n",
                quoted(&measure.id),
                grouped(measure.max),
            );
        }
    }
    out
}

fn head(out: &mut String, draft: &Draft, known: &Known) {
    let mut line = |key: &str, value: String, remark: &str| {
        let remark = if remark.is_empty() { String::new() } else { format!(" # {}", plain(remark)) };
        let _ = writeln!(out, "{key} = {value}{remark}");
    };
    let unsure = "? hãy chọn · to be chosen";
    let year = draft.year.or(known.year).unwrap_or(known.default_year);
    line("id", quoted(&draft.id), "");
    line("version", quoted(&year.to_string()), unsure);
    line("valid_from", format!("{year:04}-01-01"), unsure);
    line("document", quoted(chosen(&known.documents, &draft.title)), unsure);
    line("levels", format!("[{}]", quoted(chosen(&known.levels, &draft.used_by))), unsure);
    line("sheet", quoted(&draft.sheet), "");
    if !draft.number.is_empty() {
        line("number", quoted(&draft.number), "");
    }
    if !draft.used_by.is_empty() {
        line("used_by", quoted(&draft.used_by), "");
    }
    let title = quoted(&draft.title);
    let at = draft.title_at.map_or_else(String::new, |at| format!("{}!{at} ", draft.sheet));
    line("title", format!("{{ vi = {title}, en = {title} }}"), &format!("{at}? en: chưa dịch · not translated"));
    if !draft.heading.is_empty() {
        line("heading", quoted(&draft.heading), "");
    }
    let headings = [&draft.headings.tt, &draft.headings.label, &draft.headings.measure, &draft.headings.note];
    let keys = ["tt_heading", "label_heading", "measure_heading", "note_heading"];
    for ((key, text), default) in keys.into_iter().zip(headings).zip(DEFAULTS) {
        if !text.is_empty() && text != default {
            line(key, quoted(text), "");
        }
    }
    if !draft.columns.is_empty() {
        write_columns(out, &draft.columns);
    }
    for doubt in &draft.doubts {
        comment(out, &format!("? {}", doubt.shown()));
    }
}

/// The choice of whose title a text has most words, and as few others as may be; else the first.
fn chosen<'a>(choices: &'a [Choice], text: &str) -> &'a str {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| word.len() > 1).collect()
    };
    let here = words(text);
    let score = |title: &String| {
        let wanted = words(title);
        let both = wanted.iter().filter(|word| here.contains(word)).count();
        (both >= 2 && both * 3 >= wanted.len() * 2).then_some((both, std::cmp::Reverse(wanted.len())))
    };
    let mut best: Option<((usize, std::cmp::Reverse<usize>), &str)> = None;
    for choice in choices {
        if let Some(score) = choice.titles.iter().filter_map(score).max()
            && best.is_none_or(|(most, _)| score > most)
        {
            best = Some((score, &choice.id));
        }
    }
    best.map_or_else(|| choices.first().map_or("", |first| &first.id), |(_, id)| id)
}

fn write_columns(out: &mut String, columns: &[ValueColumn]) {
    let one = |column: &ValueColumn| match &column.own {
        None => quoted(&column.heading),
        Some(own) => format!("{{ heading = {}{} }}", quoted(&column.heading), own_keys(own)),
    };
    if columns.iter().all(|column| column.own.is_none()) {
        let _ = writeln!(out, "value_columns = [{}]", columns.iter().map(one).collect::<Vec<_>>().join(", "));
        return;
    }
    out.push_str("value_columns = [\n");
    for column in columns {
        let doubts = column.own.as_ref().map_or(&[][..], |own| &own.doubts);
        let _ = writeln!(out, "  {}, # {}", one(column), plain(&format!("{}{}", column.at, shown(doubts))));
    }
    out.push_str("]\n");
}

/// `, kind = "flag", measure = "nguoi"`: what differs from a number that is added up.
fn own_keys(value: &Value) -> String {
    let mut keys = String::new();
    let kind = match value.kind {
        ValueKind::Number => None,
        ValueKind::Flag => Some("flag"),
        ValueKind::Choice => Some("choice"),
        ValueKind::Date => Some("date"),
        ValueKind::Text => Some("text"),
    };
    if let Some(kind) = kind {
        let _ = write!(keys, ", kind = {}", quoted(kind));
    }
    if let Some(measure) = &value.measure {
        let _ = write!(keys, ", measure = {}", quoted(measure));
    }
    if !value.choices.is_empty() {
        let choice = |(id, label): &(String, String)| format!("[{}, {}]", quoted(id), quoted(label));
        let _ = write!(keys, ", choices = [{}]", value.choices.iter().map(choice).collect::<Vec<_>>().join(", "));
    }
    if value.kind == ValueKind::Number && !value.is_summed {
        keys.push_str(", rollup = \"none\"");
    }
    keys
}

fn write_section(out: &mut String, draft: &Draft, section: &Section) {
    out.push_str("\n[[sections]]\n");
    let at = section.at.map_or_else(String::new, |at| {
        format!(" # {}", plain(&format!("{}!{at}{}", draft.sheet, shown(&section.doubts))))
    });
    let (title_at, sub_at) = if section.subtitle.is_some() { ("", &*at) } else { (&*at, "") };
    if !section.title.is_empty() {
        let _ = writeln!(out, "title = {}{title_at}", quoted(&section.title));
    }
    if let Some(subtitle) = &section.subtitle {
        let _ = writeln!(out, "subtitle = {}{sub_at}", quoted(subtitle));
    }
    if section.lines.is_empty() {
        out.push_str("lines = []\n");
        return;
    }
    out.push_str("lines = [\n");
    for line in &section.lines {
        let _ = writeln!(out, "  {}", line_text(draft, line));
    }
    out.push_str("]\n");
}

fn line_text(draft: &Draft, line: &Line) -> String {
    let mut text = String::from("{ ");
    if !line.tt.is_empty() {
        let _ = write!(text, "tt = {}, ", quoted(&line.tt));
    }
    let names: Vec<String> =
        line.fields.iter().map(|it| it.as_ref().map_or_else(String::new, |(name, _)| name.clone())).collect();
    if let [only] = names.as_slice() {
        let _ = write!(text, "field = {}, ", quoted(only));
    } else {
        let _ = write!(text, "fields = {}, ", array(names.iter()));
    }
    let _ = write!(text, "label = {}", quoted(&line.label));
    // Where every column that is filled has its own, the line says nothing.
    let is_asked =
        line.fields.iter().zip(&draft.columns).any(|(field, column)| field.is_some() && column.own.is_none());
    let any_asked = draft.columns.iter().any(|column| column.own.is_none());
    let mut doubts: Vec<Doubt> = Vec::new();
    if is_asked || any_asked {
        text.push_str(&own_keys(&line.value));
        doubts.extend(line.value.doubts.iter().cloned());
    }
    doubts.extend(line.doubts.iter().cloned());
    let cells: Vec<String> = line.fields.iter().flatten().map(|(_, at)| at.to_string()).collect();
    let place = format!("{}!{}", draft.sheet, cells.join(", "));
    let _ = write!(text, " }}, # {}", plain(&format!("{place}{}", shown(&doubts))));
    text
}

fn write_list(out: &mut String, list: &List) {
    out.push_str("\n[[lists]]\n");
    let title = quoted(&list.title);
    let _ = writeln!(out, "id = {}\nsheet = {}", quoted(&list.id), quoted(&list.sheet));
    let _ = writeln!(out, "title = {{ vi = {title}, en = {title} }} # ? en: chưa dịch · not translated");
    for doubt in &list.doubts {
        comment(out, &format!("? {}", doubt.shown()));
    }
    out.push_str("columns = [\n");
    for column in &list.columns {
        let _ = writeln!(out, "  {}", column_text(list, column));
    }
    out.push_str("]\n");
}

fn column_text(list: &List, column: &ListColumn) -> String {
    let mut text = format!("{{ id = {}, label = {}", quoted(&column.id), quoted(&column.label));
    match column.value.kind {
        ValueKind::Number => text.push_str(", kind = \"number\""),
        ValueKind::Text => {}
        _ => {}
    }
    // Texts are the default of a list, numbers that of a form.
    if column.value.kind != ValueKind::Text {
        text.push_str(&own_keys(&Value { is_summed: true, ..column.value.clone() }));
    }
    if column.required {
        text.push_str(", required = true");
    }
    if column.is_person {
        text.push_str(", person = true");
    }
    let mut doubts: Vec<Doubt> = column.value.doubts.clone();
    doubts.retain(|doubt| *doubt != Doubt::NotSummed);
    let _ = write!(text, " }}, # {}", plain(&format!("{}!{}{}", list.found_on, column.at, shown(&doubts))));
    text
}

/// ` ? what · what; …` behind the cells of a line.
fn shown(doubts: &[Doubt]) -> String {
    if doubts.is_empty() {
        return String::new();
    }
    format!(" ? {}", doubts.iter().map(Doubt::shown).collect::<Vec<_>>().join("; "))
}

fn array<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    format!("[{}]", texts.map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

fn comment(out: &mut String, text: &str) {
    let _ = writeln!(out, "# {}", plain(text));
}

/// For a comment: on one line, without control characters.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `1_000_000`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_told_by_the_words_for_whom_a_form_is() {
        let levels = [
            Choice::new("grassroots", &["Công đoàn cơ sở"]),
            Choice::new("superior", &["Công đoàn cấp trên trực tiếp cơ sở"]),
        ];
        for (text, expected) in [
            ("(Dùng cho công đoàn cơ sở)", "grassroots"),
            ("(Dùng cho công đoàn cấp trên cơ sở)", "superior"),
            ("(Dùng cho mọi đơn vị)", "grassroots"),
            ("", "grassroots"),
        ] {
            assert_eq!(chosen(&levels, text), expected, "{text}");
        }
    }

    #[test]
    fn texts_are_written_so_that_toml_reads_them_back() {
        assert_eq!(quoted("Nhà \"Mái ấm\" \\ \u{7}"), "\"Nhà \\\"Mái ấm\\\" \\\\ \\u0007\"");
        assert_eq!(plain("a\nb"), "a b");
        assert_eq!([grouped(5), grouped(1_000), grouped(12_345_678)], ["5", "1_000", "12_345_678"]);
    }
}
