//! What differs between two definitions: which files, and which indicators and tables in them.
//!
//! In:  the files of two definitions, as releases keep them.
//! Out: [`DefinitionDifferences`]: files by role; ids of indicators and tables that read otherwise.
//!
//! TOML is compared by value: a comment, a blank line or another order of keys changes a file and
//! nothing in it.
//!
//! Not here: checking a definition (`load`), differences of units and targets, which stand in
//! tables of the release.

use crate::MAIN_FILE;
use crate::definition::DefinitionFile;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::Text;
use toml::{Table, Value};

/// What a file of a definition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRole {
    /// `campaign.toml`: periods, deadlines, levels, measures.
    Main,
    Units,
    Targets,
    Decisions,
    Indicators,
    Scoring,
    Form,
    /// `campaign.toml` does not name it.
    Other,
}

/// A file that differs by its digest; `None` on the side that has no file of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDifference {
    pub name: Text,
    pub role: FileRole,
    pub from: Option<Text>,
    pub to: Option<Text>,
    /// Not only in comments, blank lines or the order of keys. Always so for registers.
    pub reads_otherwise: bool,
}

/// What differs between two definitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DefinitionDifferences {
    /// Sorted by name.
    pub files: Vec<FileDifference>,
    /// Ids of indicators whose entry is another, or stands in one definition only.
    pub indicators: BTreeSet<Text>,
    /// Ids of scoring tables whose entry, ranking policy or classes are others, or that score an
    /// indicator which is.
    pub tables: BTreeSet<Text>,
}

impl DefinitionDifferences {
    /// Names of the files of some roles that read otherwise, sorted.
    pub fn named(&self, roles: &[FileRole]) -> Vec<Text> {
        let files = self.files.iter().filter(|file| file.reads_otherwise && roles.contains(&file.role));
        files.map(|file| file.name.clone()).collect()
    }
}

/// Compares two definitions that were loaded once, such as those of two releases.
pub fn differences(from: &[DefinitionFile], to: &[DefinitionFile]) -> DefinitionDifferences {
    let (old_roles, new_roles) = (roles(from), roles(to));
    let digests = |files: &[DefinitionFile]| -> BTreeMap<Text, Text> {
        files.iter().map(|file| (file.name.clone(), file.digest.clone())).collect()
    };
    let (old, new) = (digests(from), digests(to));
    let names: BTreeSet<&Text> = old.keys().chain(new.keys()).collect();
    let files: Vec<FileDifference> = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| {
            let role = new_roles.get(name).or_else(|| old_roles.get(name)).copied().unwrap_or(FileRole::Other);
            let is_register = matches!(role, FileRole::Units | FileRole::Targets | FileRole::Decisions);
            let value = |files: &[DefinitionFile]| files.iter().find(|file| file.name == *name).map(parse);
            FileDifference {
                name: name.clone(),
                role,
                from: old.get(name).cloned(),
                to: new.get(name).cloned(),
                reads_otherwise: role != FileRole::Other && (is_register || value(from) != value(to)),
            }
        })
        .collect();
    let differs = |role| files.iter().any(|file| file.role == role);
    let both = |role| (table(from, &old_roles, role), table(to, &new_roles, role));
    let indicators = match differs(FileRole::Indicators) {
        true => {
            let (old, new) = both(FileRole::Indicators);
            entries(&old, &new, "indicators", |_| shared(&old, "indicators") != shared(&new, "indicators"))
        }
        false => BTreeSet::new(),
    };
    let tables = match differs(FileRole::Scoring) || !indicators.is_empty() {
        true => {
            let (old, new) = both(FileRole::Scoring);
            let around = ["ranking", "gates", "classes"].iter().any(|key| old.get(*key) != new.get(*key));
            let scores = |table: &Table| mentions(table.get("criteria"), &indicators);
            entries(&old, &new, "tables", |table| around || scores(table))
        }
        false => BTreeSet::new(),
    };
    DefinitionDifferences { files, indicators, tables }
}

/// The role of each file by its name.
pub(crate) fn roles(files: &[DefinitionFile]) -> BTreeMap<Text, FileRole> {
    let mut roles = BTreeMap::new();
    if let Some(main) = files.iter().find(|file| &*file.name == MAIN_FILE) {
        roles.insert(main.name.clone(), FileRole::Main);
        let main = parse(main);
        let named = main.get("files").and_then(Value::as_table);
        for (key, role) in [
            ("units", FileRole::Units),
            ("targets", FileRole::Targets),
            ("decisions", FileRole::Decisions),
            ("indicators", FileRole::Indicators),
            ("scoring", FileRole::Scoring),
            ("forms", FileRole::Form),
        ] {
            let value = named.and_then(|named| named.get(key));
            let one = value.and_then(Value::as_str);
            let several = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            roles.extend(one.into_iter().chain(several).map(|name| (Text::from(name), role)));
        }
    }
    roles
}

/// The file of a role as TOML; empty when there is none.
fn table(files: &[DefinitionFile], roles: &BTreeMap<Text, FileRole>, role: FileRole) -> Table {
    files.iter().find(|file| roles.get(&file.name) == Some(&role)).map(parse).unwrap_or_default()
}

/// A definition that was loaded has no syntax errors; what has reads as empty, and so as another.
pub(crate) fn parse(file: &DefinitionFile) -> Table {
    let text = std::str::from_utf8(&file.bytes).unwrap_or_default();
    toml::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).unwrap_or_default()
}

/// Everything in a file but one array.
fn shared(file: &Table, without: &str) -> Table {
    file.iter().filter(|(key, _)| *key != without).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Ids of the entries of an array that differ, stand on one side only, or of which `also` holds.
fn entries(from: &Table, to: &Table, array: &str, also: impl Fn(&Table) -> bool) -> BTreeSet<Text> {
    let by_id = |file: &Table| -> BTreeMap<String, Table> {
        let entries = file.get(array).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table);
        entries.filter_map(|entry| Some((entry.get("id")?.as_str()?.to_owned(), entry.clone()))).collect()
    };
    let (old, new) = (by_id(from), by_id(to));
    let is_other = |id: &&String| match (old.get(*id), new.get(*id)) {
        (Some(old), Some(new)) => old != new || also(old) || also(new),
        _ => true,
    };
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    ids.into_iter().filter(is_other).map(|id| Text::from(id.as_str())).collect()
}

/// Some word inside is one of these.
fn mentions(value: Option<&Value>, words: &BTreeSet<Text>) -> bool {
    match value {
        Some(Value::String(word)) => words.contains(word.as_str()),
        Some(Value::Array(values)) => values.iter().any(|value| mentions(Some(value), words)),
        Some(Value::Table(table)) => table.iter().any(|(_, value)| mentions(Some(value), words)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: &str = r#"
        [files]
        units = "units.csv"
        indicators = "indicators.toml"
        scoring = "scoring.toml"
        forms = ["forms/one.toml"]"#;
    const INDICATORS: &str = "
        [[indicators]]
        id = 'A'
        target = 90
        [[indicators]]
        id = 'B'
        target = 50";
    const SCORING: &str = "
        [ranking]
        must_have = []
        [[tables]]
        id = 'of-a'
        criteria = [{ id = 'x', points = 1, proportional = 'A' }]
        [[tables]]
        id = 'of-b'
        criteria = [{ id = 'x', points = 1, verdict = 'B' }]";

    fn files(indicators: &str, scoring: &str, form: &str) -> Vec<DefinitionFile> {
        [("campaign.toml", MAIN), ("indicators.toml", indicators), ("scoring.toml", scoring), ("forms/one.toml", form)]
            .map(|(name, text)| DefinitionFile {
                name: name.into(),
                digest: text.into(),
                bytes: text.as_bytes().into(),
            })
            .into()
    }

    #[test]
    fn only_what_reads_otherwise_differs() {
        let old = files(INDICATORS, SCORING, "");
        for (indicators, scoring, form, expected) in [
            (INDICATORS, SCORING, "", "files: indicators: tables:"),
            (INDICATORS, SCORING, "# x", "files: forms/one.toml indicators: tables:"),
            (&INDICATORS.replace("50", "50 # half"), SCORING, "", "files: indicators.toml indicators: tables:"),
            (&INDICATORS.replace("50", "60"), SCORING, "", "files: indicators.toml indicators: B tables: of-b"),
            (&INDICATORS.replace("'A'", "'C'"), SCORING, "", "files: indicators.toml indicators: A C tables: of-a"),
            (INDICATORS, &SCORING.replace("1, v", "2, v"), "", "files: scoring.toml indicators: tables: of-b"),
            (INDICATORS, &SCORING.replace("[]", "['x']"), "", "files: scoring.toml indicators: tables: of-a of-b"),
        ] {
            let found = differences(&old, &files(indicators, scoring, form));
            let mut shown = String::from("files:");
            found.files.iter().for_each(|file| shown += &format!(" {}", file.name));
            shown += " indicators:";
            found.indicators.iter().for_each(|id| shown += &format!(" {id}"));
            shown += " tables:";
            found.tables.iter().for_each(|id| shown += &format!(" {id}"));
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn a_file_has_the_role_that_the_main_file_gives_it() {
        let new = files("", "", "# x");
        let found = differences(&[], &new);
        let roles: Vec<(&str, FileRole)> = found.files.iter().map(|file| (&*file.name, file.role)).collect();
        assert_eq!(
            roles,
            [
                ("campaign.toml", FileRole::Main),
                ("forms/one.toml", FileRole::Form),
                ("indicators.toml", FileRole::Indicators),
                ("scoring.toml", FileRole::Scoring),
            ]
        );
        assert_eq!(found.named(&[FileRole::Form, FileRole::Main]).len(), 2);
        let commented = differences(&files("", "", ""), &new);
        assert_eq!((commented.files.len(), commented.named(&[FileRole::Form]).len()), (1, 0));
    }
}
