//! A figure as indented lines, Vietnamese or English.
//!
//! Not here: a unit at a glance (`render_overview`).

use super::show;
use super::tree::{Figure, Input, IssueLine, Node, Origin, Part, Row, ShapeWord, Side};
use std::fmt::Write;
use thidua_model::{FactMark, Lang};

/// Lines of text; writing into a `String` cannot fail.
pub(super) struct Page {
    pub(super) text: String,
    pub(super) lang: Lang,
}

pub(super) fn figure(figure: &Figure, lang: Lang) -> String {
    let mut page = Page { text: String::new(), lang };
    let node = &figure.node;
    let as_of = show::day(&figure.as_of);
    page.line(0, &format!("{} · {}", figure.indicator.id, figure.indicator.words(lang)));
    page.line(
        0,
        &format!(
            "{} {} · {} ({} {as_of})",
            node.unit.id,
            node.unit.name,
            figure.period.words(lang),
            page.say("số liệu đến", "as of")
        ),
    );
    page.blank();
    if let Some(row) = &node.row {
        page.line(0, &format!("{}   {}", counts(figure, row, lang), verdict(row, lang)));
        // With every report in, it says nothing new.
        if let Some(pessimistic) = row.pessimistic.filter(|_| row.is_provisional) {
            let value = show::value_of(pessimistic, figure.shape, &figure.measure, figure.decimals, lang);
            page.line(
                1,
                &format!(
                    "{}: {value}",
                    page.say(
                        "tính cả đơn vị chưa báo cáo theo hướng bất lợi",
                        "with missing reports counted against the target"
                    )
                ),
            );
        }
        page.line(
            1,
            &format!("{}: {}{}", page.say("cơ sở số liệu", "basis"), row.basis.words(lang), coverage(row, lang)),
        );
    }
    let formula = match &figure.denominator {
        Some(denominator) => format!("{} / {}", bracketed(&figure.numerator), bracketed(denominator)),
        None => figure.numerator.clone(),
    };
    page.line(1, &format!("{}: {formula}", page.say("công thức", "formula")));
    page.line(1, &format!("{}: {} · {}", page.say("căn cứ", "source"), figure.source, figure.department));
    for target in &figure.targets {
        let decided: Vec<&str> =
            [&target.decided_by, &target.decision].into_iter().flatten().map(String::as_str).collect();
        let by = if decided.is_empty() { target.source.clone() } else { decided.join(", ") };
        let shown = show::target(target, &figure.measure, lang);
        page.line(1, &format!("{}: {shown} ({by})", target.kind.words(lang).to_lowercase()));
    }
    for other in &figure.other_periods {
        page.line(
            1,
            &format!(
                "{}: {}   {}",
                other.period.words(lang),
                counts(figure, &other.row, lang),
                verdict(&other.row, lang)
            ),
        );
    }
    page.blank();
    page.node(figure, node, 0, true);
    page.issues(&figure.issues);
    page.text
}

impl Page {
    pub(super) fn say<'s>(&self, vi: &'s str, en: &'s str) -> &'s str {
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    pub(super) fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.text, "{:indent$}{}", "", text.trim_end(), indent = depth * 2);
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, vi: &str, en: &str) {
        self.blank();
        let heading = self.say(vi, en).to_owned();
        self.line(0, &heading);
    }

    fn node(&mut self, figure: &Figure, node: &Node, depth: usize, is_top: bool) {
        let lang = self.lang;
        if !is_top {
            let figures = match &node.row {
                None => self.say("không có chỉ tiêu này", "has no such figure").to_owned(),
                Some(row) if node.is_counted => {
                    let mut text = format!("{} · {}", counts(figure, row, lang), row.basis.words(lang));
                    if !node.parts.is_empty() || row.units_due != 1 {
                        text.push_str(&coverage(row, lang));
                    }
                    text
                }
                Some(row) => {
                    let why = row.reason.as_ref().map_or_else(|| row.verdict.words(lang), |it| it.words(lang));
                    let stated = if row.numerator.is_some() {
                        format!(" ({})", counts(figure, row, lang))
                    } else {
                        String::new()
                    };
                    format!("{}: {why}{stated}", self.say("không cộng", "not added"))
                }
            };
            self.line(depth, &format!("{} {}: {figures}", node.unit.id, node.unit.name));
        }
        let below = if is_top { depth } else { depth + 1 };
        for input in &node.inputs {
            self.input(input, below);
        }
        for part in &node.parts {
            self.node(figure, part, below, false);
        }
        self.sum(node, below);
    }

    /// A stated count that is not the sum of its parts is said, whatever the cause.
    fn sum(&mut self, node: &Node, depth: usize) {
        let Some(row) = &node.row else { return };
        let differs = |side: Option<Side>, stated: Option<i64>, sum: Option<i64>| {
            side == Some(Side::Children) && sum.is_some() && stated != sum
        };
        let numerator = differs(Some(node.numerator_from), row.numerator, node.parts_numerator);
        let denominator = differs(node.denominator_from, row.denominator, node.parts_denominator);
        for (differs, sum, vi, en) in [
            (numerator, node.parts_numerator, "tử số", "numerator"),
            (denominator, node.parts_denominator, "mẫu số", "denominator"),
        ] {
            if let (true, Some(sum)) = (differs, sum) {
                let text = format!(
                    "{} {}: {}",
                    self.say("cộng lại", "added up again,"),
                    self.say(vi, en),
                    show::number(sum, 0, self.lang)
                );
                self.line(depth, &text);
            }
        }
    }

    fn input(&mut self, input: &Input, depth: usize) {
        let lang = self.lang;
        let value = match (&input.text, input.value) {
            (Some(text), _) => text.clone(),
            (None, Some(value)) => {
                show::with_measure(&show::number(value, input.decimals, lang), input.measure.as_deref().unwrap_or(""))
            }
            (None, None) => input.mark.words(lang).to_owned(),
        };
        let told = [FactMark::Warned, FactMark::Suspect, FactMark::NothingToReport, FactMark::Corrected];
        let is_told = told.iter().any(|mark| mark.as_str() == input.mark.id);
        let mark = if is_told { format!(" [{}]", input.mark.words(lang)) } else { String::new() };
        let sides: Vec<&str> = input
            .of
            .iter()
            .map(|part| match part {
                Part::Numerator => self.say("tử", "num."),
                Part::Denominator => self.say("mẫu", "den."),
            })
            .collect();
        let origin = self.origin(input);
        self.line(
            depth,
            &format!("{} {} = {value}{mark}  ({}){origin}", input.field, quoted(&input.label), sides.join(", ")),
        );
        if let Some(told) = &input.corrected {
            self.line(depth + 1, self.say(&told.vi, &told.en));
        }
    }

    fn origin(&self, input: &Input) -> String {
        let lang = self.lang;
        let received = |at: &Option<String>| match at {
            Some(at) => format!(", {} {}", self.say("nhận", "received"), show::time(at)),
            None => String::new(),
        };
        let raw = match &input.raw {
            Some(raw) => format!(" {} {}", self.say("ghi", "reads"), quoted(raw)),
            None => String::new(),
        };
        match &input.origin {
            Origin::Cell { file, sheet, cell, received_at } => {
                let part = |part: &String| if part.is_empty() { String::new() } else { format!(" › {part}") };
                format!(" ← {file}{}{}{raw}{}", part(sheet), part(cell), received(received_at))
            }
            Origin::List { file, sheet, rows, received_at, .. } => {
                let rows = match rows.as_slice() {
                    [] => String::new(),
                    rows => {
                        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
                        format!(", {} {}", self.say("dòng", "rows"), rows.join(", "))
                    }
                };
                format!(" ← {} {file} › {sheet}{rows}{}", self.say("danh sách", "list"), received(received_at))
            }
            Origin::Register { unit_kind, sector } => {
                let sector = sector.as_ref().map(|it| format!(", {}", it.words(lang))).unwrap_or_default();
                format!(" ← {}: {}{sector}", self.say("danh bạ", "register"), unit_kind.words(lang))
            }
            Origin::Receipts { document, status, due_at, received_at } => {
                let status =
                    status.as_ref().map(|it| format!(": {}", it.words(lang).to_lowercase())).unwrap_or_default();
                let due = due_at
                    .as_ref()
                    .map(|at| format!(", {} {}", self.say("phải đến trước", "due before"), show::time(at)));
                let document = document.words(lang);
                format!(
                    " ← {}, {document}{status}{}{}",
                    self.say("sổ nhận", "receipts"),
                    due.unwrap_or_default(),
                    received(received_at)
                )
            }
            Origin::Nowhere => String::new(),
        }
    }

    pub(super) fn issues(&mut self, issues: &[IssueLine]) {
        if issues.is_empty() {
            return;
        }
        self.heading("Lỗi, cảnh báo", "Issues");
        for issue in issues {
            let message = self.say(&issue.message_vi, &issue.message_en);
            let place = if issue.place.is_empty() { String::new() } else { format!(" ({})", issue.place) };
            let text = format!("{} {message}{place}", issue.code);
            self.line(1, &text);
        }
    }
}

/// `1.680 / 1.734 = 96,9 %`; a plain value with its measure; the reason where there is neither.
fn counts(figure: &Figure, row: &Row, lang: Lang) -> String {
    let value = show::value(row, figure.shape, &figure.measure, figure.kept_decimals, figure.decimals, lang);
    let missing = || row.reason.as_ref().map_or("–", |reason| reason.words(lang)).to_owned();
    match (figure.shape, row.numerator, row.denominator) {
        (ShapeWord::Share, Some(part), Some(whole)) => {
            let fraction = format!("{} / {}", show::number(part, 0, lang), show::number(whole, 0, lang));
            value.map_or_else(|| fraction.clone(), |value| format!("{fraction} = {value}"))
        }
        _ => value.unwrap_or_else(missing),
    }
}

/// The verdict against the campaign's target, then against the unit's own.
pub(super) fn verdict(row: &Row, lang: Lang) -> String {
    let mut text = row.verdict.words(lang).to_owned();
    if !row.target.is_empty() {
        let _ = write!(text, " ({})", row.target);
    }
    if let (Some(own), Some(kind)) = (&row.own_verdict, &row.own_target_kind) {
        let _ = write!(text, "; {}: {}", kind.words(lang).to_lowercase(), own.words(lang).to_lowercase());
    }
    if let Some(reason) = row.reason.as_ref().filter(|reason| reason.words(lang) != row.verdict.words(lang)) {
        let _ = write!(text, "; {}", reason.words(lang).to_lowercase());
    }
    text
}

/// `; báo cáo 2/4 (tạm tính)`; nothing when no report below is due.
pub(super) fn coverage(row: &Row, lang: Lang) -> String {
    if row.units_due == 0 {
        return String::new();
    }
    let (reports, provisional) = match lang {
        Lang::Vi => ("báo cáo", " (tạm tính)"),
        Lang::En => ("reports", " (provisional)"),
    };
    let provisional = if row.is_provisional { provisional } else { "" };
    format!("; {reports} {}/{}{provisional}", row.units_in, row.units_due)
}

/// A formula of one name needs no brackets.
fn bracketed(formula: &str) -> String {
    if formula.contains(' ') { format!("({formula})") } else { formula.to_owned() }
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}
