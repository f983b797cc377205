//! `campaign.toml`: levels, kinds, sectors, measures, documents, periods, clusters.
//!
//! In:  the root table of the file.
//! Out: the declared things in their order, and their names for every later file.
//!
//! Not here: units (`units`), packages (`packages`), derived fields (`fields`).

use crate::definition::{Cluster, Deadline, Document, Kind, Level, LevelBasis, Period, Sector};
use crate::load::names::Names;
use crate::load::node::Node;
use thidua_model::issue::{Expected, Thing};
use thidua_model::{Date, DocumentId, KindId, LevelId, Measure, PeriodIx, SectorId};

/// Who and when, as `campaign.toml` declares them.
#[derive(Debug, Default)]
pub(crate) struct Organisation {
    pub(crate) levels: Vec<Level>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) documents: Vec<Document>,
    pub(crate) periods: Vec<Period>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) names: OrganisationNames,
}

#[derive(Debug)]
pub(crate) struct OrganisationNames {
    pub(crate) levels: Names,
    pub(crate) kinds: Names,
    pub(crate) sectors: Names,
    pub(crate) measures: Names,
    pub(crate) documents: Names,
    pub(crate) periods: Names,
    pub(crate) clusters: Names,
}

impl Default for OrganisationNames {
    fn default() -> Self {
        Self {
            levels: Names::new(Thing::Level),
            kinds: Names::new(Thing::Kind),
            sectors: Names::new(Thing::Sector),
            measures: Names::new(Thing::Measure),
            documents: Names::new(Thing::Document),
            periods: Names::new(Thing::Period),
            clusters: Names::new(Thing::Cluster),
        }
    }
}

impl Organisation {
    pub(crate) fn read(root: &Node<'_>) -> Self {
        let mut it = Self::default();
        let issues = root.issues;
        each(root, "levels", &mut it.names.levels, |node, id| {
            let basis = node.word("basis", &[("own", LevelBasis::Own), ("children", LevelBasis::Children)]);
            it.levels.push(Level {
                id: id.into(),
                title: node.needed_bilingual("title"),
                basis: basis.unwrap_or(LevelBasis::Own),
            });
        });
        each(root, "kinds", &mut it.names.kinds, |node, id| {
            let level = node.needed_text("level");
            if let Some(level) = &level {
                it.names.levels.find(issues, level, || node.place("level"));
            }
            it.kinds.push(Kind {
                id: id.into(),
                title: node.needed_bilingual("title"),
                level: LevelId::new(level.unwrap_or_default()),
                is_due: node.flag("is_due").unwrap_or(true),
            });
        });
        each(root, "sectors", &mut it.names.sectors, |node, id| {
            it.sectors.push(Sector { id: id.into(), title: node.needed_bilingual("title") });
        });
        each(root, "measures", &mut it.names.measures, |node, id| it.measures.push(measure(node, id)));
        each(root, "documents", &mut it.names.documents, |node, id| {
            it.documents.push(Document {
                id: id.into(),
                title: node.needed_bilingual("title"),
                has_form: node.flag("has_form").unwrap_or(true),
            });
        });
        each(root, "clusters", &mut it.names.clusters, |node, id| {
            it.clusters.push(Cluster { id: id.into(), title: node.needed_bilingual("title") });
        });
        let (levels, documents) = (&it.names.levels, &it.names.documents);
        each(root, "periods", &mut it.names.periods, |node, id| {
            let period = period(node, id, levels, documents);
            if let (Some(before), true) = (it.periods.last(), node.has("as_of"))
                && period.as_of <= before.as_of
            {
                let expected = Expected::DateAfter { date: before.as_of, period: before.id.text() };
                issues.bad_value(node.place("as_of"), period.as_of.to_string(), expected);
            }
            it.periods.push(period);
        });
        for (key, declared) in [("levels", it.levels.len()), ("kinds", it.kinds.len()), ("periods", it.periods.len())] {
            if declared == 0 {
                issues.bad_value(root.place(key), "", Expected::AtLeastOneTable { key: key.into() });
            }
        }
        it
    }

    /// Ids of an array of level names; D003 for each that is not declared.
    pub(crate) fn levels_of(&self, node: &Node<'_>, key: &'static str) -> Vec<LevelId> {
        ids(node, key, &self.names.levels, |at| self.levels[at].id.clone())
    }

    pub(crate) fn kinds_of(&self, node: &Node<'_>, key: &'static str) -> Vec<KindId> {
        ids(node, key, &self.names.kinds, |at| self.kinds[at].id.clone())
    }

    pub(crate) fn sectors_of(&self, node: &Node<'_>, key: &'static str) -> Vec<SectorId> {
        ids(node, key, &self.names.sectors, |at| self.sectors[at].id.clone())
    }

    /// Positions of an array of period names, in order of time.
    pub(crate) fn periods_of(&self, node: &Node<'_>, key: &'static str) -> Vec<PeriodIx> {
        let mut periods = ids(node, key, &self.names.periods, |at| PeriodIx(at as u16));
        periods.sort_unstable();
        periods
    }

    /// The document of a key that must be there.
    pub(crate) fn document_of(&self, node: &Node<'_>, key: &'static str) -> Option<DocumentId> {
        let name = node.needed_text(key)?;
        let at = self.names.documents.find(node.issues, &name, || node.place(key))?;
        Some(self.documents[at].id.clone())
    }

    /// The measure of a key; `None` when absent or not declared (D003).
    pub(crate) fn measure_of(&self, node: &Node<'_>, key: &'static str) -> Option<&Measure> {
        let name = node.text(key)?;
        self.names.measures.find(node.issues, &name, || node.place(key)).map(|at| &self.measures[at])
    }

    /// Periods in which a document can come: those with a deadline for it, or all when it has none.
    pub(crate) fn periods_with(&self, document: &DocumentId) -> Vec<PeriodIx> {
        let has = |period: &Period| period.deadlines.iter().any(|deadline| deadline.document == *document);
        let is_dated = self.periods.iter().any(has);
        let all = self.periods.iter().enumerate();
        all.filter(|(_, period)| !is_dated || has(period)).map(|(at, _)| PeriodIx(at as u16)).collect()
    }
}

/// Reads each table of an array: its id (needed, once), then the rest, then the unknown keys.
/// `read` must push one thing each time, so that positions are those of the names.
pub(crate) fn each<'a>(root: &Node<'a>, key: &'static str, names: &mut Names, mut read: impl FnMut(&Node<'a>, &str)) {
    let mut position = 0;
    for node in root.tables(key) {
        // Without an id the rest is read all the same, for its own mistakes.
        let id = node.needed_text("id").unwrap_or_default();
        if id.is_empty() || names.declare(root.issues, &id, position, || node.place("id")) {
            read(&node, &id);
            position += 1;
            node.finish();
        }
    }
}

fn ids<T>(node: &Node<'_>, key: &'static str, names: &Names, id: impl Fn(usize) -> T) -> Vec<T> {
    let words = node.texts(key);
    words.into_iter().filter_map(|word| names.find(node.issues, &word.text, || word.place).map(&id)).collect()
}

fn measure(node: &Node<'_>, id: &str) -> Measure {
    let label = node.needed_bilingual("label");
    let decimals = node.int("decimals", 0, 9).unwrap_or(0) as u8;
    let min = node.scaled("min", decimals).unwrap_or(0);
    let max = node.needed_scaled("max", decimals).unwrap_or(min);
    if max < min {
        node.issues.bad_value(node.place("max"), max.to_string(), Expected::NotBelowMin);
    }
    Measure { id: id.into(), label: label.vi, label_en: label.en, decimals, min, max }
}

fn period(node: &Node<'_>, id: &str, levels: &Names, documents: &Names) -> Period {
    let issues = node.issues;
    let from = node.needed_date("from").unwrap_or(Date::MIN);
    let to = node.needed_date("to").unwrap_or(from);
    let as_of = node.needed_date("as_of").unwrap_or(to);
    if to < from {
        issues.bad_value(node.place("to"), to.to_string(), Expected::DateNotBefore { date: from });
    }
    if node.has("as_of") && as_of < from {
        issues.bad_value(node.place("as_of"), as_of.to_string(), Expected::DateNotBefore { date: from });
    }
    let mut deadlines: Vec<Deadline> = Vec::new();
    for entry in node.tables("deadlines") {
        let document = entry.needed_text("document");
        let level = entry.needed_text("level");
        let document = document.filter(|name| documents.find(issues, name, || entry.place("document")).is_some());
        let level = level.filter(|name| levels.find(issues, name, || entry.place("level")).is_some());
        let due = due(&entry);
        let source = entry.text_or("source", "");
        if let (Some(document), Some(level), Some((due_before, last_day))) = (document, level, due) {
            let (document, level) = (DocumentId::new(document), LevelId::new(level));
            if last_day < from {
                issues.bad_value(entry.here(), last_day.to_string(), Expected::DeadlineNotBefore { date: from });
            }
            if deadlines.iter().any(|it| it.document == document && it.level == level) {
                issues.declared_twice(entry.here(), Thing::Deadline, &format!("{document}, {level}"));
            }
            deadlines.push(Deadline { document, level, due_before, last_day, source });
        }
        entry.finish();
    }
    Period {
        id: id.into(),
        title: node.needed_bilingual("title"),
        from,
        to,
        as_of,
        as_of_label: node.text("as_of_label"),
        is_judged: node.flag("is_judged").unwrap_or(false),
        deadlines,
        source: node.text_or("source", ""),
    }
}

/// `before = d`: from d's midnight on it is late; `by = d`: d is the last day.
fn due(entry: &Node<'_>) -> Option<(thidua_model::DateTime, Date)> {
    let (before, by) = (entry.date("before"), entry.date("by"));
    let midnight = |date: Date| date.at(0, 0, 0, 0);
    match (before, by) {
        (Some(before), None) => Some((midnight(before), before.yesterday().ok()?)),
        (None, Some(by)) => Some((midnight(by.tomorrow().ok()?), by)),
        _ => {
            if !(entry.has("before") ^ entry.has("by")) {
                entry.issues.bad_value(entry.here(), "", Expected::BeforeOrBy);
            }
            None
        }
    }
}
