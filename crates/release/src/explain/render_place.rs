//! A place explained as indented lines, Vietnamese or English.

use self::fine_points as points;
use super::place::{CriterionStand, NeedLine, Placing, PolicyPlace, RemovalLine, Rival, TreatmentLine, ties_words};
use super::render::Page;
use super::show;
use thidua_campaign::Ties;
use thidua_model::{Lang, Points, numerals};

/// Indicators that are named, those whose removal shifts most.
pub const REMOVALS: usize = 5;

pub(super) fn placing(it: &Placing, lang: Lang) -> String {
    let mut page = Page { text: String::new(), lang };
    page.line(0, &format!("{} {}", it.unit.id, it.unit.name));
    page.line(
        0,
        &format!(
            "{} ({} {}) · {} · {}",
            it.period.words(lang),
            page.say("số liệu đến", "as of"),
            show::day(&it.as_of),
            it.cluster.words(lang),
            it.table.words(lang)
        ),
    );
    page.place(it);
    page.neighbours(it);
    page.criteria(it);
    page.needs(it);
    page.policies(&it.policies);
    page.removals(it);
    page.treatments(it);
    page.text
}

/// Points or a difference of points, which may be small: two decimals; all of them where two would
/// show nothing.
pub fn fine_points(points: i64, lang: Lang) -> String {
    let hundredths = Points(points).scaled(1, i128::from(Points::ONE) / 100).map_or(0, |it| it.0);
    match hundredths {
        0 if points != 0 => show::number(points, 9, lang),
        _ => show::points(points, lang),
    }
}

/// `3=`, `2,5=`, or a dash.
fn place(place: Option<u32>, mean: Option<f64>, is_tied: bool, lang: Lang) -> String {
    let tie = if is_tied { "=" } else { "" };
    match (place, mean) {
        (Some(_), Some(mean)) => format!("{}{tie}", numerals::number((mean * 10.0) as i64, 1, lang)),
        (Some(place), None) => format!("{place}{tie}"),
        (None, _) => "–".to_owned(),
    }
}

fn said<'w>(lang: Lang, vi: &'w str, en: &'w str) -> &'w str {
    if lang == Lang::Vi { vi } else { en }
}

/// `đủ chữ số`, `2 số lẻ`.
pub fn rounding_words(decimals: Option<u8>, lang: Lang) -> String {
    match decimals {
        None => said(lang, "đủ chữ số", "in full").to_owned(),
        Some(decimals) => format!("{decimals} {}", said(lang, "số lẻ", "decimals")),
    }
}

/// The roundings that were tried, each once.
pub fn roundings(policies: &[PolicyPlace]) -> Vec<Option<u8>> {
    let mut roundings: Vec<Option<u8>> = policies.iter().map(|it| it.decimals).collect();
    roundings.sort_unstable();
    roundings.dedup();
    roundings
}

impl Placing {
    /// `3=/12`, or a dash.
    pub fn shown(&self, lang: Lang) -> String {
        format!("{}/{}", place(self.place, self.place_mean, self.place_upto.is_some(), lang), self.ranked)
    }

    /// Why nothing is said of what one more place needs, where it was looked for.
    pub fn needs_none(&self, lang: Lang) -> Option<&'static str> {
        match (self.place, self.needs.is_empty()) {
            (None, _) => Some(said(lang, "không xếp hạng", "not ranked")),
            (Some(1), _) => Some(said(lang, "đã đứng đầu", "first already")),
            (_, true) => Some(said(lang, "mọi tiêu chí đã đạt điểm tối đa", "all criteria have all their points")),
            (_, false) => None,
        }
    }
}

impl PolicyPlace {
    /// `3=`; `[3=]` by the campaign's own policy.
    pub fn shown(&self, lang: Lang) -> String {
        let shown = place(self.place, self.place_mean, self.is_tied, lang);
        if self.is_own { format!("[{shown}]") } else { shown }
    }
}

impl RemovalLine {
    /// `CT06A Kết nạp đoàn viên: hạng 2`.
    pub fn told(&self, lang: Lang) -> String {
        let without = self.without.map_or("–".to_owned(), |place| place.to_string());
        let (id, words) = (&self.indicator.id, self.indicator.words(lang));
        format!("{id} {words}: {} {without}", said(lang, "hạng", "place"))
    }
}

impl TreatmentLine {
    /// What was done to the figure of a criterion.
    pub fn told(&self, lang: Lang) -> String {
        let number = |value: f64| numerals::number((value * 1000.0).round() as i64, 3, lang);
        let from = self.from.map_or("–".to_owned(), number);
        let (criterion, treatment) = (self.criterion.words(lang), self.treatment.words(lang).to_lowercase());
        format!("{criterion}: {treatment}, {from} → {}", number(self.to))
    }
}

impl NeedLine {
    /// What the figure would have to be, and the place then: `CT01 +5 người (10 → 15) → hạng 2, 93,5 điểm`.
    pub fn told(&self, lang: Lang) -> String {
        let (need, say) = (self, |vi: &'static str, en: &'static str| said(lang, vi, en));
        let fact = match (need.kind.as_deref(), &need.fact) {
            (Some("figure" | "count"), Some(fact)) => format!("{fact} "),
            (Some("given"), _) => format!("{} ", say("điểm chấm", "points given")),
            _ => String::new(),
        };
        let number = |value: i64| show::number(value, need.decimals, lang);
        match (&*need.answer, need.now, need.to) {
            ("enough", Some(now), Some(to)) => {
                let reached = format!(
                    "{} {}, {} {}",
                    say("hạng", "place"),
                    need.place.map_or("–".to_owned(), |place| place.to_string()),
                    need.points.map_or("–".to_owned(), |it| points(it, lang)),
                    say("điểm", "points")
                );
                if need.kind.as_deref() == Some("condition") {
                    let holds = say("đáp ứng điều kiện", "the condition must hold:");
                    return format!("{holds} {} → {reached}", need.fact.as_deref().unwrap_or_default());
                }
                let sign = if to > now { "+" } else { "" };
                let change = show::with_measure(
                    &format!("{sign}{}", number(to - now)),
                    if lang == Lang::Vi { &need.measure } else { &need.measure_en },
                );
                let of = need.whole.map(|whole| format!(" {} {}", say("trên", "of"), show::number(whole, 0, lang)));
                format!("{fact}{change} ({} → {}{}) → {reached}", number(now), number(to), of.unwrap_or_default())
            }
            ("not_enough", _, _) => {
                format!("{fact}{}", say("không đủ dù đạt tối đa", "not enough even with all its points"))
            }
            _ => need.reason.as_ref().map_or_else(
                || say("chưa có số liệu", "no figure").to_owned(),
                |reason| format!("{} ({})", say("chưa có số liệu", "no figure"), reason.words(lang).to_lowercase()),
            ),
        }
    }
}

impl Page {
    fn place(&mut self, it: &Placing) {
        let lang = self.lang;
        let mut said = vec![match (it.place, &it.reason) {
            (Some(_), _) => {
                format!("{} {}", self.say("Hạng", "Place"), it.shown(lang))
            }
            (None, Some(reason)) => {
                format!("{}: {}", self.say("Không xếp hạng", "Not ranked"), reason.words(lang).to_lowercase())
            }
            (None, None) => self.say("Không xếp hạng", "Not ranked").to_owned(),
        }];
        if let Some(own) = it.points {
            let max = it.max.map(|max| format!("/{}", show::points(max, lang))).unwrap_or_default();
            said.push(format!("{}{max} {}", show::points(own, lang), self.say("điểm", "points")));
        }
        for (holds, vi, en) in [
            (it.is_provisional, "tạm tính", "provisional"),
            (it.elected_leader, "cụm bình chọn dẫn đầu", "elected leader of the cluster"),
        ] {
            if holds {
                said.push(self.say(vi, en).to_owned());
            }
        }
        self.line(0, &said.join(" · "));
        for gate in &it.vetoes {
            let text = format!("{}: {}", self.say("bị loại vì", "barred by"), gate.words(lang));
            self.line(1, &text);
        }
        if let Some(decided) = &it.decided {
            let text = format!("{}: {decided}", self.say("thứ tự do bình chọn", "order decided by ballot"));
            self.line(1, &text);
        }
        if it.imputed > 0 {
            let text =
                format!("{} {}", it.imputed, self.say("mục dựa trên số ước đoán", "items rest on imputed figures"));
            self.line(1, &text);
        }
        if let Some((leader, ahead)) = it.leader.as_ref().and_then(|leader| Some((leader, leader.ahead?)))
            && leader.unit.id != it.unit.id
        {
            let text =
                format!("{}: {} {}", self.difference(ahead, "dẫn đầu", "the leader"), leader.unit.id, leader.unit.name);
            self.line(1, &text);
        }
        if let Some(difference) = it.median.zip(it.points).map(|(median, own)| median - own) {
            let text = self.difference(difference, "trung vị của cụm", "the cluster's median");
            self.line(1, &text);
        }
        if let Some(range) = &it.range {
            let mut text = format!(
                "{} {} ({}–{}) {}",
                self.say("khoảng hạng", "range"),
                range.median,
                range.low,
                range.high,
                self.say("khi đổi trọng số, cách chuẩn hóa", "when weights and scales are varied"),
            );
            // A place that stands apart from all others has nobody to name.
            if range.first < range.last {
                let inseparable = self.say("không tách được khỏi hạng", "cannot be separated from");
                text += &format!("; {inseparable} {} {} {}", range.first, self.say("đến", "to"), range.last);
            }
            self.line(1, &text);
        }
        let rounded = match it.policy.decimals {
            None => self.say("so đủ mọi chữ số", "compared in full").to_owned(),
            Some(decimals) => format!("{decimals} {}", self.say("chữ số thập phân", "decimals")),
        };
        let ties = Ties::ALL.into_iter().find(|ties| ties.as_str() == it.policy.ties).map(ties_words);
        let ties = ties.map_or_else(|| it.policy.ties.clone(), |ties| ties.words(lang).to_owned());
        let mut text = format!(
            "{}: {}, {rounded}; {}: {ties}",
            self.say("cách xếp", "policy"),
            self.say("điểm", "points"),
            self.say("bằng điểm", "equal points")
        );
        if !it.policy.tie_breakers.is_empty() {
            text += &format!("; {}: {}", self.say("phân định bằng", "separated by"), it.policy.tie_breakers.join(", "));
        }
        self.line(1, &text);
    }

    /// `kém dẫn đầu 3,5 điểm`; `ahead`: the other's points less the unit's.
    fn difference(&self, ahead: i64, vi: &str, en: &str) -> String {
        let shown = points(ahead.abs(), self.lang);
        match (ahead, self.lang) {
            (0, Lang::Vi) => format!("bằng {vi}"),
            (0, Lang::En) => format!("equal to {en}"),
            (1.., Lang::Vi) => format!("kém {vi} {shown} điểm"),
            (1.., Lang::En) => format!("{shown} points behind {en}"),
            (_, Lang::Vi) => format!("hơn {vi} {shown} điểm"),
            (_, Lang::En) => format!("{shown} points ahead of {en}"),
        }
    }

    fn neighbours(&mut self, it: &Placing) {
        if it.above.is_none() && it.below.is_none() && it.tied_with.is_empty() {
            return;
        }
        self.heading("Hạng liền kề", "Neighbours");
        let above = it.above.iter().map(|rival| (rival, "trên", "above"));
        let tied = it.tied_with.iter().map(|rival| (rival, "đồng hạng", "tied"));
        let below = it.below.iter().map(|rival| (rival, "dưới", "below"));
        let all: Vec<(&Rival, &str, &str)> = above.chain(tied).chain(below).collect();
        let row = |(rival, vi, en): &(&Rival, &'static str, &'static str)| {
            let sign = |ahead: i64| format!("{}{}", if ahead > 0 { "+" } else { "" }, points(ahead, self.lang));
            vec![
                self.say(vi, en).to_owned(),
                format!("{} {}", self.say("hạng", "place"), rival.place),
                rival.points.map_or("–".to_owned(), |it| show::points(it, self.lang)),
                rival.ahead.map(sign).unwrap_or_default(),
                format!("{} {}", rival.unit.id, rival.unit.name),
            ]
        };
        let rows: Vec<Vec<String>> = all.iter().map(row).collect();
        self.columns(&[2, 3], &rows);
    }

    fn criteria(&mut self, it: &Placing) {
        if it.criteria.is_empty() {
            return;
        }
        self.heading("Điểm từng tiêu chí", "Points by criterion");
        let lang = self.lang;
        let heads = [
            ("tiêu chí", "criterion"),
            ("điểm", "points"),
            ("tối đa", "at most"),
            ("dẫn đầu", "leader"),
            ("kém", "behind"),
            ("trung vị", "median"),
            ("kém", "behind"),
            ("", ""),
        ];
        let shown = |value: Option<i64>| value.map_or("–".to_owned(), |it| points(it, lang));
        let row = |line: &CriterionStand| {
            let notes = [&line.reason, &line.imputed].into_iter().flatten();
            let notes: Vec<String> = notes.map(|it| it.words(lang).to_lowercase()).collect();
            vec![
                format!("{:indent$}{}", "", line.criterion.words(lang), indent = line.depth * 2),
                shown(line.points),
                shown(Some(line.max)),
                shown(line.leader),
                shown(line.loss_to_leader),
                shown(line.median),
                shown(line.loss_to_median),
                notes.join(", "),
            ]
        };
        let mut rows = vec![heads.map(|(vi, en)| self.say(vi, en).to_owned()).to_vec()];
        rows.extend(it.criteria.iter().map(row));
        self.columns(&[1, 2, 3, 4, 5, 6], &rows);
        for (ids, vi, en) in [
            (&it.strongest, "mạnh nhất", "strongest"),
            (&it.weakest, "yếu nhất", "weakest"),
            (&it.costliest, "kém dẫn đầu nhiều nhất", "costliest against the leader"),
        ] {
            let named = ids.iter().filter_map(|id| it.criterion(id)).map(|line| {
                let (own, max) = (shown(line.points), shown(Some(line.max)));
                format!("{} ({own}/{max})", line.criterion.words(lang))
            });
            let named: Vec<String> = named.collect();
            if !named.is_empty() {
                let text = format!("{}: {}", self.say(vi, en), named.join("; "));
                self.line(1, &text);
            }
        }
    }

    fn needs(&mut self, it: &Placing) {
        if it.policies.is_empty() || it.place.is_none() {
            return;
        }
        self.heading(
            "Để lên một hạng (mỗi dòng chỉ đổi một số liệu, mọi số khác giữ nguyên)",
            "For one more place (each line changes one figure, everything else stays)",
        );
        if let Some(why) = it.needs_none(self.lang) {
            return self.line(1, why);
        }
        for need in &it.needs {
            let text = format!("{}: {}", need.criterion.words(self.lang), need.told(self.lang));
            self.line(1, &text);
        }
    }

    fn policies(&mut self, policies: &[PolicyPlace]) {
        if policies.is_empty() {
            return;
        }
        self.heading("Hạng theo cách xếp khác", "Places under other policies");
        let lang = self.lang;
        let roundings = roundings(policies);
        let mut heads = vec![self.say("bằng điểm", "equal points").to_owned()];
        heads.extend(roundings.iter().map(|decimals| rounding_words(*decimals, lang)));
        let mut rows = vec![heads];
        for ties in Ties::ALL {
            let mut row = vec![ties_words(ties).words(lang).to_owned()];
            for decimals in &roundings {
                let it = policies.iter().find(|it| it.ties == ties.as_str() && it.decimals == *decimals);
                row.push(it.map_or_else(String::new, |it| it.shown(lang)));
            }
            rows.push(row);
        }
        self.columns(&(1..=roundings.len()).collect::<Vec<_>>(), &rows);
        let text = self.say("[ ] cách xếp của phong trào; = đồng hạng", "[ ] the campaign's policy; = tied").to_owned();
        self.line(1, &text);
    }

    fn removals(&mut self, it: &Placing) {
        if it.removals.is_empty() {
            return;
        }
        self.heading("Bỏ một chỉ tiêu thì hạng khác đi", "Without one indicator the place is another");
        for line in it.removals.iter().take(REMOVALS) {
            self.line(1, &line.told(self.lang));
        }
    }

    fn treatments(&mut self, it: &Placing) {
        if it.treatments.is_empty() {
            return;
        }
        self.heading("Số liệu đã xử lý trước khi chấm", "Figures changed before they were scored");
        for line in &it.treatments {
            self.line(1, &line.told(self.lang));
        }
    }

    /// Columns of equal width, one step in; `right`: those that end flush.
    fn columns(&mut self, right: &[usize], rows: &[Vec<String>]) {
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|it| it.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count).map(width).collect();
        for row in rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| match right.contains(&at) {
                true => format!("{cell:>width$}"),
                false => format!("{cell:width$}"),
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            self.line(1, &line);
        }
    }
}
