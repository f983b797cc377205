//! A unit at a glance as indented lines, Vietnamese or English.

use super::render::{Page, coverage, verdict};
use super::show;
use super::terms::Term;
use super::tree::Overview;
use std::fmt::Write;
use thidua_model::Lang;

pub(super) fn overview(overview: &Overview, lang: Lang) -> String {
    let mut page = Page { text: String::new(), lang };
    let unit = &overview.unit;
    page.line(0, &format!("{} {}", unit.id, unit.name));
    let parent = overview.parent.as_ref().map(|it| format!("{} {} {}", page.say("thuộc", "under"), it.id, it.name));
    let about: Vec<String> = [
        Some(overview.unit_kind.words(lang).to_owned()),
        overview.sector.as_ref().map(|it| it.words(lang).to_owned()),
        parent,
        overview.cluster.as_ref().map(|it| it.words(lang).to_owned()),
        overview.followed_by.as_ref().map(|it| format!("{}: {it}", page.say("theo dõi", "followed by"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    page.line(0, &about.join(" · "));
    page.line(
        0,
        &format!(
            "{} ({} {})",
            overview.period.words(lang),
            page.say("số liệu đến", "as of"),
            show::day(&overview.as_of)
        ),
    );
    page.documents(overview);
    page.places(overview);
    page.classes(overview);
    page.points(overview);
    page.indicators(overview);
    page.issues(&overview.issues);
    page.text
}

impl Page {
    fn documents(&mut self, overview: &Overview) {
        if overview.documents.is_empty() {
            return;
        }
        self.heading("Báo cáo", "Reports");
        for line in &overview.documents {
            let lang = self.lang;
            let mut text = format!(
                "{} · {}: {}",
                line.period.words(lang),
                line.document.words(lang),
                line.status.words(lang).to_lowercase()
            );
            if let Some(at) = &line.received_at {
                let _ = write!(text, ", {} {}", self.say("nhận", "received"), show::time(at));
            }
            if let Some(at) = &line.due_at {
                let _ = write!(text, " ({} {})", self.say("phải đến trước", "due before"), show::time(at));
            }
            if line.below_due > 0 {
                let _ = write!(text, "; {} {}/{}", self.say("cơ sở đã nộp", "below"), line.below_in, line.below_due);
                if line.below_late > 0 {
                    let _ = write!(text, ", {} {}", line.below_late, self.say("trễ hạn", "late"));
                }
            }
            self.line(1, &text);
        }
    }

    fn places(&mut self, overview: &Overview) {
        if overview.places.is_empty() {
            return;
        }
        self.heading("Xếp hạng", "Place");
        for line in &overview.places {
            let lang = self.lang;
            let place = match (line.place, &line.reason) {
                (Some(place), _) => format!("{} {place}/{}", self.say("hạng", "place"), line.ranked),
                (None, Some(reason)) => {
                    format!("{}: {}", self.say("không xếp hạng", "not ranked"), reason.words(lang).to_lowercase())
                }
                (None, None) => self.say("không xếp hạng", "not ranked").to_owned(),
            };
            let mut text = format!("{} · {}: {place}", line.cluster.words(lang), line.table.words(lang));
            if let Some(points) = line.points {
                let _ = write!(text, ", {} {}", show::points(points, lang), self.say("điểm", "points"));
            }
            for (holds, vi, en) in [
                (line.is_tied, "đồng hạng", "tied"),
                (line.is_provisional, "tạm tính", "provisional"),
                (line.elected_leader, "cụm bình chọn dẫn đầu", "elected leader of the cluster"),
            ] {
                if holds {
                    let _ = write!(text, ", {}", self.say(vi, en));
                }
            }
            self.line(1, &text);
        }
    }

    fn classes(&mut self, overview: &Overview) {
        if overview.classes.is_empty() {
            return;
        }
        self.heading("Xếp loại", "Class");
        for line in &overview.classes {
            let lang = self.lang;
            let term = |it: &Option<Term>| it.as_ref().map_or("–".to_owned(), |it| it.words(lang).to_owned());
            let mut text =
                format!("{}: {} {}", line.table.words(lang), self.say("đề xuất", "proposed"), term(&line.proposed));
            if let Some(points) = line.points {
                let _ = write!(text, " ({} {})", show::points(points, lang), self.say("điểm", "points"));
            }
            if line.band != line.proposed {
                let _ = write!(text, "; {} {}", self.say("theo điểm", "by points"), term(&line.band));
            }
            let _ = write!(text, "; {} {}", self.say("công nhận", "official"), term(&line.official));
            if line.differs {
                let _ = write!(text, " ({})", self.say("khác đề xuất", "differs"));
            }
            if let Some(reason) = &line.reason {
                let _ = write!(text, "; {}", reason.words(lang).to_lowercase());
            }
            if line.is_provisional {
                let _ = write!(text, "; {}", self.say("tạm tính", "provisional"));
            }
            self.line(1, &text);
            for (gates, vi, en) in [
                (&line.failed_gates, "không đạt điều kiện", "failed"),
                (&line.undecided_gates, "chưa xét được điều kiện", "undecided"),
            ] {
                for gate in gates {
                    let text = format!("{}: {}", self.say(vi, en), gate.words(lang));
                    self.line(2, &text);
                }
            }
        }
    }

    fn points(&mut self, overview: &Overview) {
        for table in &overview.tables {
            let lang = self.lang;
            self.heading("Điểm", "Points");
            let title = table.table.words(lang).to_owned();
            self.line(1, &title);
            for line in &table.criteria {
                let points = line.points.map_or("–".to_owned(), |points| show::points(points, lang));
                let mut text = format!(
                    "{} {}: {points}/{}",
                    line.criterion.id,
                    line.criterion.words(lang),
                    show::points(line.max, lang)
                );
                if let Some(actual) = &line.actual {
                    let _ = write!(text, " · {actual}");
                }
                if let Some(target) = &line.target {
                    let _ = write!(text, " ({} {target})", self.say("chỉ tiêu", "target"));
                }
                if let Some(reason) = &line.reason {
                    let _ = write!(text, " · {}", reason.words(lang).to_lowercase());
                }
                self.line(line.depth + 2, &text);
            }
        }
    }

    fn indicators(&mut self, overview: &Overview) {
        if overview.indicators.is_empty() {
            return;
        }
        self.heading("Chỉ tiêu", "Indicators");
        for line in &overview.indicators {
            let lang = self.lang;
            let value = show::value(&line.row, line.shape, &line.measure, line.kept_decimals, line.decimals, lang);
            let stated = match (&line.row.denominator, line.row.numerator) {
                (Some(whole), Some(part)) => {
                    format!(" ({}/{})", show::number(part, 0, lang), show::number(*whole, 0, lang))
                }
                _ => String::new(),
            };
            let mut text = format!(
                "{} {}: {}{stated}   {}",
                line.indicator.id,
                line.indicator.words(lang),
                value.unwrap_or_else(|| "–".to_owned()),
                verdict(&line.row, lang)
            );
            if line.row.is_provisional {
                text.push_str(&coverage(&line.row, lang));
            }
            if line.period != overview.period {
                let _ = write!(text, " · {}", line.period.words(lang));
            }
            self.line(1, &text);
        }
    }
}
