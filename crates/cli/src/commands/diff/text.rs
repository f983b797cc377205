//! What differs, as lines: definition, register, reports, figures, places.

use super::Compared;
use crate::page::{Page, unit};
use thidua_model::{Lang, Points, Text, numerals};
use thidua_pipeline::SplitRow;
use thidua_release::compare::{
    Cause, Figure, Listed, PlaceLine, RankingChange, ResultChange, ScoreLine, SubmissionLine,
};

/// # Input
/// `limit`: rows of each list; more are counted.
pub(super) fn text(compared: &Compared, limit: usize, lang: Lang) -> String {
    let mut page = Page::new(lang);
    let it = &compared.found;
    let line = format!("{} {} → {}", page.say("Bản phát hành", "Release"), it.from, it.to);
    page.line(0, &line);
    around(&mut page, compared);
    definition(&mut page, compared);
    units(&mut page, compared, limit);
    submissions(&mut page, compared, limit);
    results(&mut page, compared, limit);
    scores(&mut page, compared, limit);
    rankings(&mut page, compared, limit);
    let lists = [it.units.total, it.submissions.total, it.results.total, it.rankings.total];
    if lists == [0; 4] && it.definition.is_empty() && it.options.is_empty() {
        let line = page.say("Không có gì khác.", "Nothing differs.").to_owned();
        page.line(0, &format!("\n{line}"));
    }
    page.text
}

/// Periods, options, registers beside the reports.
fn around(page: &mut Page, compared: &Compared) {
    let it = &compared.found;
    let joined = |ids: &[Text]| ids.iter().map(|id| &**id).collect::<Vec<_>>().join(", ");
    let line = format!("{}: {}", page.say("kỳ được so sánh", "periods compared"), joined(&it.periods));
    page.line(1, &line);
    for (ids, release) in [(&it.periods_from_only, &it.from), (&it.periods_to_only, &it.to)] {
        if !ids.is_empty() {
            let line = format!("{} {release}: {}", page.say("kỳ chỉ có ở", "periods of"), joined(ids));
            page.line(1, &line);
        }
    }
    for option in &it.options {
        let line = format!("{} {}: {} → {}", page.say("lựa chọn", "option"), option.name, option.from, option.to);
        page.line(1, &line);
    }
    if it.receipts_changed {
        let line = page.say("sổ nhận báo cáo (received.csv) thay đổi", "the register of receipts changed").to_owned();
        page.line(1, &line);
    }
    if compared.has_other_corrections() {
        let line =
            page.say("sổ sửa số liệu (corrections.csv) thay đổi", "the register of corrections changed").to_owned();
        page.line(1, &line);
    }
}

fn definition(page: &mut Page, compared: &Compared) {
    let it = &compared.found;
    if it.definition.is_empty() {
        return;
    }
    page.heading("Định nghĩa", "Definition");
    for file in &it.definition {
        let how = match (&file.from, &file.to, file.reads_otherwise) {
            (None, ..) => page.say("thêm mới", "added"),
            (_, None, _) => page.say("bỏ đi", "removed"),
            (.., true) => page.say("khác nội dung", "reads otherwise"),
            (.., false) => page.say("chỉ khác chú thích hoặc cách trình bày", "other comments or layout only"),
        };
        let line = format!("{}: {how}", file.name);
        page.line(1, &line);
    }
    for (ids, vi, en) in [(&it.indicators, "chỉ tiêu khác", "indicators"), (&it.tables, "bảng điểm khác", "tables")]
    {
        if !ids.is_empty() {
            let ids = ids.iter().map(|id| &**id).collect::<Vec<_>>().join(", ");
            let line = format!("{}: {ids}", page.say(vi, en));
            page.line(1, &line);
        }
    }
}

/// A heading with the number of rows, the rows, and how many are not shown.
fn list<T>(page: &mut Page, (vi, en): (&str, &str), list: &Listed<T>, limit: usize, each: impl Fn(&mut Page, &T)) {
    if list.total == 0 {
        return;
    }
    let count = page.count(list.total as u64);
    page.heading(&format!("{vi} ({count})"), &format!("{en} ({count})"));
    list.rows.iter().take(limit).for_each(|row| each(page, row));
    let more = list.total.saturating_sub(limit.min(list.rows.len()));
    if more > 0 {
        let line = format!("… {} {}", page.count(more as u64), page.say("dòng nữa (--limit)", "more rows (--limit)"));
        page.line(1, &line);
    }
}

fn units(page: &mut Page, compared: &Compared, limit: usize) {
    list(page, ("Danh bạ đơn vị", "Units"), &compared.found.units, limit, |page, it| {
        let sides = match (&it.from, &it.to) {
            (Some(from), Some(to)) => format!(": {from} → {to}"),
            _ => String::new(),
        };
        let name = compared.unit(&it.unit);
        let line = format!("{name} · {} · {}{sides}", it.period, it.difference.words(page.lang));
        page.line(1, &line);
    });
}

fn submissions(page: &mut Page, compared: &Compared, limit: usize) {
    list(page, ("Báo cáo", "Reports"), &compared.found.submissions, limit, |page, it| {
        let name = compared.unit(&it.unit);
        let line = format!("{name} · {} · {} · {}", it.period, it.form, it.difference.words(page.lang));
        page.line(1, &line);
        let file = |line: &SubmissionLine| {
            let at = line.received_at.map_or_else(String::new, |at| format!(", {at}"));
            format!("{} ({}{at})", line.file, line.status.words(page.lang))
        };
        let sides: Vec<String> =
            [&it.from, &it.to].into_iter().map(|it| it.as_ref().map_or("–".into(), file)).collect();
        page.line(2, &sides.join(" → "));
    });
}

fn results(page: &mut Page, compared: &Compared, limit: usize) {
    list(page, ("Chỉ tiêu", "Indicators"), &compared.found.results, limit, |page, it| {
        let name = compared.unit(&it.unit);
        let line = format!("{name} · {} · {}: {}", it.period, it.indicator, figures(page, compared, it));
        page.line(1, &line);
        causes(page, &it.why);
    });
}

fn figures(page: &Page, compared: &Compared, it: &ResultChange) -> String {
    let decimals = compared.campaign.find_indicator(&it.indicator).map_or(2, |(_, found)| u32::from(found.decimals));
    let figure = |figure: &Option<Figure>| {
        let Some(figure) = figure else { return page.say("không có", "not there").to_owned() };
        let counts = match (figure.numerator, figure.denominator) {
            (Some(part), Some(whole)) => {
                let percent = numerals::percent(part, whole, decimals);
                let percent = percent.map_or_else(String::new, |it| {
                    format!(" = {} %", numerals::decimal(it, decimals, true, page.lang))
                });
                format!("{}/{}{percent}", numerals::number(part, 0, page.lang), numerals::number(whole, 0, page.lang))
            }
            (Some(value), None) => compared.value(&it.indicator, value, page.lang),
            (None, _) => figure.reason.map_or("–", |reason| reason.words(page.lang)).to_owned(),
        };
        format!("{counts} [{}]", figure.verdict.words(page.lang))
    };
    format!("{} → {}", figure(&it.from), figure(&it.to))
}

fn scores(page: &mut Page, compared: &Compared, limit: usize) {
    let Some(scores) = &compared.found.scores else { return };
    list(page, ("Điểm từng tiêu chí", "Points by criterion"), scores, limit, |page, it| {
        let score = |line: &Option<ScoreLine>| match line {
            Some(line) if line.points.is_some() => {
                format!("{}/{}", page.rounded(line.points), page.rounded(Some(line.max)))
            }
            Some(line) => line.reason.map_or("–", |reason| reason.words(page.lang)).to_owned(),
            None => "–".to_owned(),
        };
        let sides = format!("{} → {}", score(&it.from), score(&it.to));
        let name = compared.unit(&it.unit);
        let line = format!("{name} · {} · {}.{}: {sides}", it.period, it.table, it.criterion);
        page.line(1, &line);
    });
}

fn rankings(page: &mut Page, compared: &Compared, limit: usize) {
    list(page, ("Thứ hạng", "Places"), &compared.found.rankings, limit, |page, it| {
        let name = compared.unit(&it.unit);
        let cluster = compared.campaign.clusters.iter().find(|cluster| cluster.id.as_str() == &*it.cluster);
        let cluster = cluster.map_or(&*it.cluster, |cluster| page.word(&cluster.title)).to_owned();
        let line = format!("{name} · {} · {cluster}: {}", it.period, places(page, it));
        page.line(1, &line);
        causes(page, &it.why);
        if let Some(row) = compared.split_of(&it.period, &it.unit) {
            parts(page, row);
        }
    });
    if let Err(problem) = &compared.split {
        let words = page.say("Không tách được chênh lệch điểm", "Differences of points are not split").to_owned();
        page.line(1, &format!("{words}: {problem}"));
    }
}

fn places(page: &Page, it: &RankingChange) -> String {
    let place = |line: &Option<PlaceLine>| match line {
        Some(line) => match line.place {
            Some(place) => {
                let tied = if line.is_tied { "=" } else { "" };
                format!("{} {place}{tied} ({})", page.say("hạng", "place"), page.rounded(line.points))
            }
            None => line.reason.map_or(page.say("chưa xếp hạng", "not ranked"), |it| it.words(page.lang)).to_owned(),
        },
        None => page.say("không có", "not there").to_owned(),
    };
    let difference = match it.difference {
        None | Some(Points::ZERO) => String::new(),
        Some(points) => format!("   {} {}", page.say("điểm", "points"), page.signed(points)),
    };
    format!("{} → {}{difference}", place(&it.from), place(&it.to))
}

/// Parts that add up to the difference; those of nothing are left out.
fn parts(page: &mut Page, row: &SplitRow) {
    let parts: Vec<String> = row
        .parts
        .iter()
        .filter(|(_, points)| *points != Points::ZERO)
        .map(|(part, points)| format!("{} {}", part.words(page.lang), page.signed(*points)))
        .collect();
    if parts.is_empty() {
        return;
    }
    let gap = match row.has_gap {
        true => page.say(" (có bước trung gian chưa có điểm, tính là 0)", " (a step between has no points: 0)"),
        false => "",
    };
    let line = format!("{}: {}{gap}", page.say("gồm", "of which"), parts.join("; "));
    page.line(2, &line);
}

fn causes(page: &mut Page, why: &[Cause]) {
    let line = format!(
        "{}: {}",
        page.say("vì", "because"),
        why.iter().map(|cause| cause.words(page.lang)).collect::<Vec<_>>().join("; ")
    );
    page.line(2, &line);
}

impl Compared {
    /// Names of units that the second definition no longer has stand in the first one's register.
    fn unit(&self, code: &str) -> String {
        match self.campaign.find_unit(code) {
            Some(_) => unit(&self.campaign, code),
            None => {
                let table = self.from.table("units");
                let row = table.and_then(|table| table.rows_where("unit", code).last().copied());
                let name = table.zip(row).and_then(|(table, row)| table.column("name")?.text(row));
                name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
            }
        }
    }

    /// A plain value in the decimals of its measure.
    fn value(&self, indicator: &str, value: i64, lang: Lang) -> String {
        let measure = self.campaign.find_indicator(indicator).and_then(|(_, it)| self.campaign.measure(&it.measure));
        let decimals = measure.map_or(0, |measure| u32::from(measure.decimals));
        numerals::number(value, decimals, lang)
    }
}
