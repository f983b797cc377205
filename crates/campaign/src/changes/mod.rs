//! What one definition changes against another, in words for whoever answers for it.
//!
//! In:  two definitions of one campaign.
//! Out: a line for each thing that is added, removed or otherwise: units, deadlines, periods, forms,
//!      rules, indicators, targets, scoring, decisions, the rest of `campaign.toml`.
//!
//! Units, deadlines, targets and decisions are compared as they were understood, everything else as
//! it is written (`written`): a comment or another order of keys changes nothing.
//!
//! Not here: which files differ (`differences`); what reports are kept (the store).

mod units;
mod written;

use crate::definition::{Campaign, DecisionKind};
use crate::differences::{FileRole, parse, roles};
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::date::dmy;
use thidua_model::numerals::decimal;
use thidua_model::{Lang, Text};
use toml::{Table, Value};

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    UnitAdded,
    UnitRemoved,
    UnitRenamed,
    /// Below another unit.
    UnitMoved,
    UnitCluster,
    UnitOther,
    Deadline,
    Period,
    Form,
    Rule,
    Indicator,
    /// Of the province, or assigned to a unit.
    Target,
    Scoring,
    Decision,
    /// Anything else that `campaign.toml` says.
    Other,
}

impl ChangeKind {
    /// What it is called.
    pub const fn title(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::UnitAdded => ("Đơn vị thêm", "units added"),
            Self::UnitRemoved => ("Đơn vị bỏ", "units removed"),
            Self::UnitRenamed => ("Đơn vị đổi tên", "units renamed"),
            Self::UnitMoved => ("Đơn vị đổi cấp trên", "units moved"),
            Self::UnitCluster => ("Đơn vị đổi cụm", "units in another cluster"),
            Self::UnitOther => ("Đơn vị đổi chi tiết khác", "units changed otherwise"),
            Self::Deadline => ("Hạn nộp", "deadlines"),
            Self::Period => ("Kỳ báo cáo", "periods"),
            Self::Form => ("Biểu mẫu", "forms and fields"),
            Self::Rule => ("Quy tắc kiểm tra", "rules"),
            Self::Indicator => ("Chỉ tiêu", "indicators"),
            Self::Target => ("Mức chỉ tiêu", "targets"),
            Self::Scoring => ("Chấm điểm, xếp hạng", "scoring and ranking"),
            Self::Decision => ("Quyết định", "decisions"),
            Self::Other => ("Mục khác của phong trào", "the rest of the campaign"),
        };
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// One thing that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    pub kind: ChangeKind,
    /// `cs-ea-kpam  CĐCS xã Ea Kpam: members 57 → 60`.
    pub line: String,
}

/// Stands for what is not there.
const NOTHING: &str = "–";

/// Everything that `to` changes against `from`, by kind.
pub fn changes(from: &Campaign, to: &Campaign) -> Vec<Change> {
    let mut found = Vec::new();
    units::compare(from, to, &mut found);
    compare(ChangeKind::Deadline, &deadlines(from), &deadlines(to), &mut found);
    compare(ChangeKind::Target, &targets(from), &targets(to), &mut found);
    compare(ChangeKind::Decision, &decisions(from), &decisions(to), &mut found);
    files(from, to, &mut found);
    // Stable: within a kind as it was found.
    found.sort_by_key(|change| change.kind);
    found
}

/// Ids that an older definition used, that the one in use does no longer have, and that `to` uses
/// for something else: units, fields, indicators, periods. `history` holds older definitions.
pub fn used_again(history: &[Campaign], from: &Campaign, to: &Campaign) -> BTreeSet<String> {
    let (now, new) = (meanings(from), meanings(to));
    let old = history.iter().flat_map(meanings);
    let is_other =
        |id: &(&str, Text), meaning: &String| !now.contains_key(id) && new.get(id).is_some_and(|it| it != meaning);
    old.filter(|(id, meaning)| is_other(id, meaning))
        .map(|(id, meaning)| format!("{} {}: {meaning} → {}", id.0, id.1, new[&id]))
        .collect()
}

/// What each id stands for.
fn meanings(campaign: &Campaign) -> BTreeMap<(&'static str, Text), String> {
    let units = campaign.units.iter().map(|it| (("unit", it.id.text()), it.latest().name.to_string()));
    let fields = campaign.fields.iter().map(|it| {
        let measure = it.measure.as_ref().map_or(NOTHING, |measure| measure.as_str());
        (("field", it.id.text()), format!("{} ({measure}, {:?})", it.label, it.kind))
    });
    let indicators = campaign.indicators.iter().map(|it| (("indicator", it.id.text()), it.title.vi.to_string()));
    let periods = campaign
        .periods
        .iter()
        .map(|it| (("period", it.id.text()), format!("{} ({} – {})", it.title.vi, dmy(it.from), dmy(it.to))));
    units.chain(fields).chain(indicators).chain(periods).collect()
}

/// A line for each key whose value differs or stands on one side only.
fn compare(kind: ChangeKind, from: &BTreeMap<String, String>, to: &BTreeMap<String, String>, found: &mut Vec<Change>) {
    let keys: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    for key in keys {
        let (old, new) = (from.get(key), to.get(key));
        if old != new {
            let shown = |value: Option<&String>| value.map_or(NOTHING, String::as_str).to_owned();
            found.push(Change { kind, line: format!("{key}: {} → {}", shown(old), shown(new)) });
        }
    }
}

/// The last day on which each document is on time.
fn deadlines(campaign: &Campaign) -> BTreeMap<String, String> {
    let mut days: BTreeMap<String, String> = BTreeMap::new();
    for period in &campaign.periods {
        for deadline in &period.deadlines {
            let document = campaign.documents.iter().find(|it| it.id == deadline.document);
            let level = campaign.levels.iter().find(|it| it.id == deadline.level);
            let document = document.map_or(deadline.document.as_str(), |it| &*it.title.vi);
            let level = level.map_or(deadline.level.as_str(), |it| &*it.title.vi);
            days.insert(format!("{} · {document} · {level}", period.id), dmy(deadline.last_day));
        }
    }
    days
}

/// Targets assigned to units.
fn targets(campaign: &Campaign) -> BTreeMap<String, String> {
    let target = |it: &crate::AssignedTarget| {
        let indicator = &campaign.indicators[it.indicator];
        let decimals = campaign.measure(&indicator.measure).map_or(0, |measure| measure.decimals);
        let value = decimal(i128::from(it.value), u32::from(decimals), false, Lang::Vi);
        let paper = [&it.decided_by, &it.decision].into_iter().filter(|text| !text.is_empty());
        let paper: String = paper.map(|text| format!(", {text}")).collect();
        (format!("{} {}", campaign.unit(it.unit).id, indicator.id), format!("{value}{paper}"))
    };
    campaign.assigned.iter().map(target).collect()
}

fn decisions(campaign: &Campaign) -> BTreeMap<String, String> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for it in &campaign.decisions {
        let what = match it.what {
            DecisionKind::Discipline => "kỷ luật",
            DecisionKind::Exclude => "không xét thi đua",
            DecisionKind::OfficialClass => "công nhận xếp loại",
            DecisionKind::Place => "thứ hạng do bình chọn",
        };
        let period = it.period.map_or(NOTHING, |period| campaign.period(period).id.as_str());
        let key = format!("{} {what} {period} {}", campaign.unit(it.unit).id, dmy(it.when));
        let line = format!("{} ({}: {})", it.value, it.who, it.why);
        known.entry(key).and_modify(|lines| *lines = format!("{lines}; {line}")).or_insert(line);
    }
    known
}

/// What is written in the TOML files.
fn files(from: &Campaign, to: &Campaign, found: &mut Vec<Change>) {
    let (old, new) = (by_role(from), by_role(to));
    let one = |side: &BTreeMap<FileRole, Vec<Table>>, role| {
        side.get(&role).and_then(|tables| tables.first()).cloned().unwrap_or_default()
    };
    let both = |role| (one(&old, role), one(&new, role));

    let (mut main_from, mut main_to) = both(FileRole::Main);
    for main in [&mut main_from, &mut main_to] {
        // Which file holds what is no change of its content.
        main.remove("files");
        for period in main.get_mut("periods").and_then(Value::as_array_mut).into_iter().flatten() {
            period.as_table_mut().and_then(|period| period.remove("deadlines"));
        }
    }
    for line in written::differences(&main_from, &main_to) {
        let kind = if line.is_in("periods") { ChangeKind::Period } else { ChangeKind::Other };
        found.push(Change { kind, line: line.text });
    }

    let empty = Vec::new();
    let forms = |side: &BTreeMap<FileRole, Vec<Table>>| by_id(side.get(&FileRole::Form).unwrap_or(&empty));
    for line in written::differences(&forms(&old), &forms(&new)) {
        let kind = if line.is_in("rules") { ChangeKind::Rule } else { ChangeKind::Form };
        found.push(Change { kind, line: line.text });
    }

    let (indicators_from, indicators_to) = both(FileRole::Indicators);
    for line in written::differences(&indicators_from, &indicators_to) {
        let kind = if line.is_in("target") { ChangeKind::Target } else { ChangeKind::Indicator };
        found.push(Change { kind, line: line.text });
    }

    let (scoring_from, scoring_to) = both(FileRole::Scoring);
    let lines = written::differences(&scoring_from, &scoring_to).into_iter();
    found.extend(lines.map(|line| Change { kind: ChangeKind::Scoring, line: line.text }));
}

fn by_role(campaign: &Campaign) -> BTreeMap<FileRole, Vec<Table>> {
    let roles = roles(&campaign.files);
    let mut tables: BTreeMap<FileRole, Vec<Table>> = BTreeMap::new();
    for file in &campaign.files {
        let role = roles.get(&file.name).copied().unwrap_or(FileRole::Other);
        if matches!(role, FileRole::Main | FileRole::Form | FileRole::Indicators | FileRole::Scoring) {
            tables.entry(role).or_default().push(parse(file));
        }
    }
    tables
}

/// Forms by their id, and by their version where one has several: wherever their files are.
fn by_id(forms: &[Table]) -> Table {
    let text = |form: &Table, key| form.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut known = Table::new();
    for form in forms {
        let id = text(form, "id");
        let is_alone = forms.iter().filter(|other| text(other, "id") == id).count() == 1;
        let name = if is_alone { id } else { format!("{id} {}", text(form, "version")) };
        known.insert(name, Value::Table(form.clone()));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_files;
    use crate::load::tests::files;

    /// The small campaign with passages replaced.
    fn campaign(edits: &[(&str, &str, &str)]) -> Campaign {
        let edited = files().into_iter().map(|(name, text)| {
            let of_file = edits.iter().filter(|(file, ..)| *file == name);
            let text = of_file.fold(text, |text, (_, passage, by)| {
                assert_eq!(text.matches(passage).count(), 1, "the passage stands once: {passage}");
                text.replace(passage, by)
            });
            crate::DefinitionFile::new(name, text.into_bytes())
        });
        from_files(edited.collect()).expect("a valid definition")
    }

    #[test]
    fn each_change_is_told_where_it_is_and_nothing_else_is() {
        for (file, passage, by, expected) in [
            ("campaign.toml", "year = 2020", "year = 2020 # the same", &[][..]),
            (
                "campaign.toml",
                "by = 2020-02-05",
                "by = 2020-02-07",
                &["Deadline t1 · Báo cáo tháng · Câu lạc bộ: 05/02/2020 → 07/02/2020"],
            ),
            ("campaign.toml", "is_judged = true", "is_judged = false", &["Period periods.t2.is_judged: true → false"]),
            ("campaign.toml", "title = \"Cụm A\"", "title = \"Cụm 1\"", &["Other clusters.a.title: Cụm A → Cụm 1"]),
            (
                "campaign.toml",
                "[[clusters]]\n",
                "[[clusters]]\nid = \"b\"\ntitle = \"B\"\n\n[[clusters]]\n",
                &["Other clusters.b: + B"],
            ),
            (
                "forms/thang.toml",
                "label = \"Hội viên\"",
                "label = \"Số hội viên\"",
                &["Form thang.sections.I. Hội viên.lines.members.label: Hội viên → Số hội viên"],
            ),
            (
                "forms/thang.toml",
                "Hoạt động không quá hội viên",
                "Như thường",
                &["Rule thang.rules.active-of-members.title: Hoạt động không quá hội viên → Như thường"],
            ),
            ("indicators.toml", "value = 90.5", "value = 91", &["Target indicators.A1.target.value: 90.5 → 91"]),
            ("indicators.toml", "[\"t1\", \"t2\"]", "[\"t2\"]", &["Indicator indicators.A1.periods: [t1, t2] → [t2]"]),
            ("targets.csv", "92.5,", "93,", &["Target c1 A1: 92,5, Vùng, 2/QĐ → 93, Vùng, 2/QĐ"]),
            (
                "decisions.csv",
                "exclude",
                "discipline",
                &[
                    "Decision c2 không xét thi đua t2 01/03/2020:  (Vùng: không báo cáo) → –",
                    "Decision c2 kỷ luật t2 01/03/2020: – →  (Vùng: không báo cáo)",
                ],
            ),
            ("units.csv", "Hoa Cúc,clb", "Hoa Sen,clb", &["UnitRenamed c2: Hoa Cúc → Hoa Sen"]),
            ("units.csv", "c2,Hoa Cúc,clb,v,,,", "c2,Hoa Cúc,clb,v,,a,", &["UnitCluster c2 Hoa Cúc: – → Cụm A"]),
            (
                "units.csv",
                "c2,Hoa Cúc,clb,v,,,,\n",
                "c2,Hoa Cúc,clb,v,tre,,,2020-12-31\n",
                &["UnitOther c2 Hoa Cúc: sector – → tre, valid_to – → 31/12/2020"],
            ),
            (
                "units.csv",
                "c1,Hoa Hồng,clb,v,tre,a,,2020-02-10",
                "c1,Hoa Hồng,clb,v,tre,,,2020-02-10",
                &["UnitOther c1 Hoa Hồng: 01/01/2020 – 10/02/2020"],
            ),
            ("units.csv", "c2,Hoa Cúc,clb,v,,,,\n", "c2,Hoa Cúc,clb,v,,,,\nc3,Lan,clb,v,,,,\n", &["UnitAdded c3: Lan"]),
        ] {
            let found = changes(&campaign(&[]), &campaign(&[(file, passage, by)]));
            let shown: Vec<String> = found.iter().map(|it| format!("{:?} {}", it.kind, it.line)).collect();
            assert_eq!(shown, expected, "{file}: {passage}");
        }
    }

    #[test]
    fn a_unit_that_goes_or_moves_is_told() {
        let register = files().into_iter().find(|(name, _)| *name == "units.csv").expect("the register").1;
        let other = register.replace("v,Vùng 1", "w,Vùng 2").replace(",clb,v,", ",clb,w,");
        let other = campaign(&[("units.csv", &register, &other)]);
        let found = changes(&campaign(&[]), &other);
        let shown: Vec<String> = found.iter().map(|it| format!("{:?} {}", it.kind, it.line)).collect();
        let expected = [
            "UnitAdded w: Vùng 2",
            "UnitRemoved v: Vùng 1",
            "UnitMoved c1 Hoa Hồng: Vùng 1 → Vùng 2",
            "UnitMoved c2 Hoa Cúc: Vùng 1 → Vùng 2",
            "UnitOther c1 Hoa Hồng: 01/01/2020 – 10/02/2020",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_id_that_was_given_up_comes_back_as_itself_or_not_at_all() {
        let with = |rest: &str| {
            let rest = format!("c2,Hoa Cúc,clb,v,,,,\n{rest}");
            campaign(&[("units.csv", "c2,Hoa Cúc,clb,v,,,,\n", &rest)])
        };
        let (lan, hue, none) = (|| with("c3,Lan,clb,v,,,,\n"), || with("c3,Huệ,clb,v,,,,\n"), || campaign(&[]));
        for (history, from, to, expected) in [
            (vec![lan(), none()], none(), lan(), &[][..]),
            (vec![lan(), none()], none(), hue(), &["unit c3: Lan → Huệ"]),
            (vec![lan()], lan(), hue(), &[]), // a new name of one that is there
            (vec![none()], none(), hue(), &[]),
        ] {
            let found: Vec<String> = used_again(&history, &from, &to).into_iter().collect();
            assert_eq!(found, expected);
        }
    }
}
